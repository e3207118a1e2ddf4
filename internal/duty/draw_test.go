package duty

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

func at(day, hour, minute int) vms.Instant {
	return vms.InstantOf(time.Date(2025, 6, day, hour, minute, 0, 0, conf.JST)) // the 16th is a Monday
}

func TestOfficeHours(t *testing.T) {
	hours := func(day int) vms.Span { return vms.Span{From: at(day, 8, 30), To: at(day, 17, 15)} }
	for name, c := range map[string]struct {
		span vms.Span
		want []vms.Span
	}{
		"a day":           {vms.Span{From: at(16, 0, 0), To: at(17, 0, 0)}, []vms.Span{hours(16)}},
		"the end is open": {vms.Span{From: at(16, 9, 0), To: at(17, 0, 0)}, []vms.Span{hours(16)}},
		"into the next":   {vms.Span{From: at(16, 9, 0), To: at(17, 0, 1)}, []vms.Span{hours(16), hours(17)}},
		"a weekend":       {vms.Span{From: at(20, 18, 0), To: at(23, 0, 0)}, []vms.Span{hours(20)}},
		"nothing":         {vms.Span{From: at(21, 0, 0), To: at(22, 12, 0)}, nil},
	} {
		require.Equal(t, c.want, officeHours(c.span), name)
	}
}

// TestEveryCameraAndEveryHourHasItsChance draws many rounds and compares with what chance would give.
func TestEveryCameraAndEveryHourHasItsChance(t *testing.T) {
	seed := rand.NewChaCha8([32]byte{7})
	whole := vms.Span{From: at(16, 0, 0), To: at(23, 0, 0)}
	office := officeHours(whole)
	var stocks []stock
	for _, id := range []vms.CameraID{"a", "b", "c", "d", "e", "f", "g"} {
		stocks = append(stocks, stock{id, office, vms.Subtract([]vms.Span{whole}, office)})
	}
	const rounds = 4000
	cameras, days, inOffice := map[vms.CameraID]int{}, map[int]int{}, 0
	for range rounds {
		drawn, err := draw(seed, 5, stocks)
		require.NoError(t, err)
		seen := map[vms.CameraID]bool{}
		for _, m := range drawn {
			require.True(t, whole.Contains(m.From))
			require.False(t, seen[m.Camera], "a camera twice while others were not drawn")
			seen[m.Camera] = true
			cameras[m.Camera]++
			if slices.ContainsFunc(office, func(s vms.Span) bool { return s.Contains(m.From) }) {
				inOffice++
				days[m.From.Time().In(conf.JST).Day()]++
			}
		}
	}
	require.Equal(t, 3*rounds, inOffice)
	for id, n := range cameras {
		require.InDelta(t, 5*rounds/7, n, 5*54, id) // five standard deviations
	}
	for day, n := range days {
		require.InDelta(t, 3*rounds/5, n, 5*44, "%d", day)
	}
}

func TestADrawTakesWhatThereIs(t *testing.T) {
	day := []vms.Span{{From: at(16, 9, 0), To: at(16, 9, 1)}}
	seed := rand.NewChaCha8([32]byte{7})
	drawn, err := draw(seed, 5, []stock{{camera: "a", office: day}, {camera: "b", other: day}})
	require.NoError(t, err)
	count := map[vms.CameraID]int{}
	for _, m := range drawn {
		count[m.Camera]++
		require.True(t, day[0].Contains(m.From))
	}
	require.Len(t, drawn, 5)
	require.GreaterOrEqual(t, min(count["a"], count["b"]), 2)
	drawn, err = draw(seed, 5, nil)
	require.NoError(t, err)
	require.Empty(t, drawn)
}

// TestTheSameBitsDrawTheSame: a draw is a function of its random source, and its source's failure is its own.
func TestTheSameBitsDrawTheSame(t *testing.T) {
	stocks := []stock{{camera: "a", office: officeHours(vms.Span{From: at(16, 0, 0), To: at(20, 0, 0)})}, {camera: "b", other: []vms.Span{{From: 1, To: 1000}}}}
	one, err := draw(rand.NewChaCha8([32]byte{1}), 9, stocks)
	require.NoError(t, err)
	two, err := draw(rand.NewChaCha8([32]byte{1}), 9, stocks)
	require.NoError(t, err)
	require.Equal(t, one, two)
	other, err := draw(rand.NewChaCha8([32]byte{2}), 9, stocks)
	require.NoError(t, err)
	require.NotEqual(t, one, other)
	_, err = draw(bytes.NewReader([]byte{1, 2, 3}), 9, stocks)
	require.Error(t, err)
}

func TestBelowIsUniform(t *testing.T) {
	seed := rand.NewChaCha8([32]byte{3})
	var count [6]int
	for range 60000 {
		v, err := below(seed, 6)
		require.NoError(t, err)
		count[v]++
	}
	for v, n := range count {
		require.InDelta(t, 10000, n, 500, "%d", v)
	}
	v, err := below(seed, 1)
	require.NoError(t, err)
	require.Zero(t, v)
	_, err = below(seed, 0)
	require.Error(t, err)
}

func TestGapsThatTouchAreOne(t *testing.T) {
	gap := func(from, to int, cause vms.Cause) vms.Gap {
		return vms.Gap{Span: vms.Span{From: at(16, 0, from), To: at(16, 0, to)}, Cause: cause}
	}
	got := joined([]vms.Gap{gap(0, 1, vms.Disconnected), gap(1, 9, vms.Unreachable), gap(9, 10, vms.Refused), gap(10, 20, vms.Expired),
		gap(20, 21, vms.Stalled), gap(30, 31, vms.NotInOperation), gap(40, 41, vms.NotConfigured)})
	require.Equal(t, []vms.Gap{gap(0, 10, vms.Unreachable), gap(20, 21, vms.Stalled)}, got)
}

func TestTheMostNotableAreChosen(t *testing.T) {
	noted := func(id vms.CameraID, why Why, minutes int, cause vms.Cause) Moment {
		return Moment{Camera: id, Span: vms.Span{From: at(16, 0, 0), To: at(16, 0, minutes)}, Why: why, Cause: cause}
	}
	long, short, server := noted("a", Gap, 50, vms.Unreachable), noted("b", Gap, 5, vms.Unreachable), noted("c", Gap, 59, vms.Restarted)
	stall, night := noted("d", Stall, 2, vms.Stalled), noted("e", OutsideHours, 10, "")
	require.Equal(t, []Moment{night, long, stall, short, server}, choose([]Moment{short, server, long, night, stall}))
	var many []Moment
	for range 20 {
		many = append(many, short)
	}
	require.Len(t, choose(many), 5)
	require.Empty(t, choose(nil))
}

func TestWhatIsFarAboveUsual(t *testing.T) {
	day := func(level int) (out []bucket) {
		for i := range int(leastKnown / busyBucket) {
			from := at(16, 0, 0).Add(time.Duration(i) * busyBucket)
			out = append(out, bucket{vms.Span{From: from, To: from.Add(busyBucket)}, level})
		}
		return out
	}
	for _, c := range []struct{ usual, want int }{{0, 150}, {40, 150}, {100, 200}, {300, 600}} {
		least, known := farAboveUsual(day(c.usual))
		require.Equal(t, []any{c.want, true}, []any{least, known})
	}
	_, known := farAboveUsual(day(1)[1:])
	require.False(t, known, "with less than a day nothing is usual")
	_, known = farAboveUsual(day(-1))
	require.False(t, known, "what is not recorded says nothing")

	b := day(0)
	for _, i := range []int{10, 11, 13, 20} {
		b[i].peak = 400 + i
	}
	require.Equal(t, []bucket{{vms.Span{From: b[10].From, To: b[13].To}, 413}, b[20]}, joinBusy(b, 150))
}
