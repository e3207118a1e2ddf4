package archive

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/vms"
)

// week is the means of a week's segments: 40 of 168 hours of work.
func week(quiet, busy int64) (out []int64) {
	for hour := range int64(168) {
		for m := range int64(60) {
			v := quiet + (hour*7+m)%5*quiet/50
			if hour < 40 {
				v = max(quiet, busy/2+m*busy/60)
			}
			out = append(out, v)
		}
	}
	return out
}

// TestOrdinaryWorkLiesInTheMiddleOfTheScale for cameras, scenes and bit rates of every kind.
func TestOrdinaryWorkLiesInTheMiddleOfTheScale(t *testing.T) {
	for name, c := range map[string]struct{ quiet, busy int64 }{
		"an office":               {8_000, 60_000},
		"a small stream":          {900, 7_000},
		"a noisy night":           {30_000, 60_000},
		"a street":                {100_000, 900_000},
		"a camera that is exact":  {0, 40_000},
		"one that sees no change": {20_000, 20_000},
	} {
		t.Run(name, func(t *testing.T) {
			l := levelOf(week(c.quiet, c.busy))
			for m := range int64(60) {
				v := l.scale(float64(max(c.quiet, c.busy/2+m*c.busy/60)))
				if m >= 15 && m < 45 {
					require.GreaterOrEqual(t, v, 150, m)
					require.LessOrEqual(t, v, 400, m)
				}
			}
			if c.quiet*4 < c.busy {
				require.Less(t, l.scale(float64(c.quiet)), 80)
				require.Less(t, c.quiet, l.burst())
				require.Less(t, l.burst(), c.busy)
			}
			require.Equal(t, 1000, l.scale(50*float64(c.busy)))
		})
	}
}

func TestNoiseIsNoActivity(t *testing.T) {
	l := levelOf(week(5, 8)) // bytes/s: an encoder that has nothing to say
	require.Less(t, l.scale(12), 30)
	require.Equal(t, level{}, levelOf(nil))
	require.Zero(t, level{}.scale(0))
	require.Equal(t, []any{level{5, 5}}, []any{levelOf([]int64{5})})
}

func TestScaleRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quiet := rapid.Int64Range(0, 1e6).Draw(t, "quiet")
		l := level{quiet, quiet + rapid.Int64Range(0, 1e6).Draw(t, "more")}
		a, b := rapid.Float64Range(0, 1e7).Draw(t, "a"), rapid.Float64Range(0, 1e7).Draw(t, "b")
		va, vb := l.scale(min(a, b)), l.scale(max(a, b))
		require.LessOrEqual(t, va, vb)
		require.GreaterOrEqual(t, va, 0)
		require.LessOrEqual(t, vb, 1000)
	})
}

func TestWeigh(t *testing.T) {
	minute := vms.Span{To: 60e6}
	activity := make([]uint32, 60)
	mean, peak := weigh(activity, minute)
	require.Equal(t, []int64{0, 0}, []int64{mean, peak})
	for i := 20; i < 26; i++ {
		activity[i] = 60_000
	}
	mean, peak = weigh(activity, minute)
	require.Equal(t, []int64{6_000, 60_000}, []int64{mean, peak})
	mean, peak = weigh([]uint32{9_000}, vms.Span{To: 1000}) // one picture
	require.Equal(t, []int64{9_000, 9_000}, []int64{mean, peak})
	mean, peak = weigh(nil, minute)
	require.Equal(t, []int64{0, 0}, []int64{mean, peak})
}

// TestBarsKeepWhatMoved: buckets of whatever width add up to what was put in.
func TestBarsKeepWhatMoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := vms.Span{From: 1e15, To: 1e15 + vms.Instant(rapid.Int64Range(1, 100e6).Draw(t, "length"))}
		b := newBars(span, rapid.IntRange(1, 300).Draw(t, "buckets"))
		at, want := span.From-vms.Instant(rapid.Int64Range(0, 2e6).Draw(t, "before")), 0.0
		for at < span.To+1e6 {
			s := vms.Span{From: at, To: at + vms.Instant(rapid.Int64Range(1, 20e6).Draw(t, "stretch"))}
			rate := rapid.Int64Range(0, 1e6).Draw(t, "rate")
			b.add(s, rate)
			want += float64(rate) * float64(max(0, s.Intersect(span).To-s.Intersect(span).From))
			at = s.To
		}
		got, dur := 0.0, 0.0
		for i := range b.n {
			got, dur = got+b.sum[i], dur+b.dur[i]
		}
		require.InEpsilon(t, want+1, got+1, 1e-6)
		require.InEpsilon(t, float64(span.To-span.From), dur, 1e-6)
	})
}

func TestWideBarsShowTheLiveliestMinute(t *testing.T) {
	l := level{quiet: 1_000, ordinary: 50_000}
	span := vms.Span{To: vms.Instant(time.Hour.Microseconds())}
	for buckets, want := range map[int]int{2: l.scale(40_000), 60: l.scale(40_000), 1: l.scale(40_000)} {
		b := newBars(span, buckets)
		for m := range 60 {
			rate := int64(1_000)
			if m == 40 { // somebody crosses the hall
				rate = 40_000
			}
			b.add(vms.Span{From: vms.Instant(m * 60e6), To: vms.Instant((m + 1) * 60e6)}, rate)
		}
		require.Equal(t, want, slices.Max(b.values(l, []vms.Span{span})), buckets)
	}
}

func TestBarsOfWhatIsNotRecorded(t *testing.T) {
	b := newBars(vms.Span{From: 100e6, To: 110e6}, 5)
	b.add(vms.Span{From: 100e6, To: 102e6}, 10_000)
	got := b.values(level{ordinary: 10_000}, []vms.Span{{From: 100e6, To: 103e6}, {From: 107_999_999, To: 108e6}})
	require.Equal(t, []int{275, 0, -1, 0, -1}, got)
}
