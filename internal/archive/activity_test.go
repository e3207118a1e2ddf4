package archive

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// onDatabases runs a story on either database.
func onDatabases(t *testing.T, story func(t *testing.T, r *rig)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			story(t, newRig(t, url(t), "dir:"+filepath.Join(dir, "objects"), filepath.Join(dir, "spool")))
		})
	}
}

const (
	quietPicture = 200   // bytes, ten a second
	busyPicture  = 4_000 // while somebody is there
)

// hall is half an hour of a hall, ten minutes without a picture, and twenty minutes more. Somebody is
// there in the fifth and the fifteenth minute of the first, and in the second minute of the second part.
func hall(feed vms.Feed, start vms.Instant) (f *footage, busy []vms.Span) {
	f = &footage{feed: feed}
	at := func(d time.Duration) vms.Instant { return start.Add(d) }
	end := f.record(shape{start: start, segments: 30, groups: 30, group: 20, frame: 100 * time.Millisecond})
	f.gaps = []vms.Gap{{Span: vms.Span{From: end, To: end.Add(10 * time.Minute)}, Cause: vms.Unreachable}}
	f.record(shape{start: f.gaps[0].To, segments: 20, groups: 30, group: 20, frame: 100 * time.Millisecond})
	busy = []vms.Span{
		{From: at(300 * time.Second), To: at(320 * time.Second)},
		{From: at(900 * time.Second), To: at(960 * time.Second)},
		{From: f.gaps[0].To.Add(100 * time.Second), To: f.gaps[0].To.Add(130 * time.Second)},
	}
	for _, u := range f.all() {
		size := quietPicture
		if slices.ContainsFunc(busy, func(s vms.Span) bool { return s.Contains(u.At) }) {
			size = busyPicture
		}
		u.NALs = [][]byte{slices.Repeat([]byte{0x41}, size)}
	}
	return f, busy
}

func TestActivityOfAHall(t *testing.T) {
	onDatabases(t, func(t *testing.T, r *rig) {
		start := vms.InstantOf(time.Now().Add(-3 * time.Hour)).Time().Truncate(time.Second)
		f, busy := hall(feed1, vms.InstantOf(start))
		f.plant(t, r.a)
		always := []vms.Span{{To: 1 << 60}}
		values := func(from vms.Instant, each time.Duration, n int, permit []vms.Span) []int {
			t.Helper()
			got, err := r.a.Activity(t.Context(), feed1, vms.Span{From: from, To: from.Add(time.Duration(n) * each)}, n, permit)
			require.NoError(t, err)
			require.Len(t, got, n)
			return got
		}
		t0 := f.all()[0].At
		minutes := func(t *testing.T) {
			got := values(t0.Add(-time.Minute), time.Minute, 62, always)
			for m, v := range got {
				switch at := m - 1; {
				case at < 0 || at >= 30 && at < 40 || at >= 60:
					require.Equal(t, -1, v, at)
				case at == 5 || at == 15 || at == 41 || at == 42:
					require.Greater(t, v, 450, at)
				default:
					require.InDelta(t, 275, v, 30, "%d: on so quiet a day this is ordinary", at)
				}
			}
		}
		minutes(t)
		seconds := values(busy[0].From.Add(-10*time.Second), time.Second, 40, always)
		for s, v := range seconds {
			require.Equal(t, s >= 10 && s < 30, v > 500, "%d: %v", s, seconds)
		}
		month := values(t0.Add(-29*24*time.Hour), 30*time.Minute, 48*30, always)
		require.Equal(t, -1, month[0])
		require.Greater(t, month[29*48], 300, "a minute of movement is not lost in a month")

		// What may not be seen is not hinted at: neither a second nor the scale.
		mine := []vms.Span{{From: t0, To: busy[0].From.Add(5 * time.Second)}}
		for s, v := range values(busy[0].From.Add(-5*time.Second), time.Second, 20, mine) {
			require.Equal(t, s >= 10, v == -1, "%d: %d", s, v)
			require.Equal(t, s >= 5 && s < 10, v > 500, "%d: %d", s, v)
		}
		theirs := values(t0, time.Minute, 60, mine)
		require.Equal(t, 0, theirs[5], "of a minute that is not wholly theirs nothing is said")
		require.Equal(t, -1, theirs[6])

		_, err := r.cfg.DB.Exec(t.Context(), `UPDATE segment SET mean = -1, peak = -1`)
		require.NoError(t, err)
		require.Equal(t, 0, values(t0, time.Minute, 60, always)[5], "recorded, and not known how much moved")
		require.NoError(t, r.a.weighAll(t.Context()))
		minutes(t)
	})
}

func TestNextActivityOfAHall(t *testing.T) {
	onDatabases(t, func(t *testing.T, r *rig) {
		f, busy := hall(feed1, vms.InstantOf(time.Now().Add(-3*time.Hour)))
		f.plant(t, r.a)
		next := func(at vms.Instant, direction int, permit ...vms.Span) vms.Instant {
			t.Helper()
			found, err := r.a.NextActivity(t.Context(), feed1, at, direction, permit)
			require.NoError(t, err)
			return found
		}
		always := vms.Span{To: 1 << 60}
		begins := func(s vms.Span, got vms.Instant) {
			t.Helper()
			require.InDelta(t, 0, s.From.Sub(got).Seconds(), 2.1)
			require.LessOrEqual(t, got, s.From)
		}
		at := f.all()[0].At
		for _, s := range busy {
			at = next(at, 1, always)
			begins(s, at)
		}
		require.Zero(t, next(at, 1, always))
		at = f.ends[len(f.ends)-1]
		for _, s := range slices.Backward(busy) {
			at = next(at, -1, always)
			begins(s, at)
		}
		require.Zero(t, next(at, -1, always))

		begins(busy[1], next(busy[1].From.Add(20*time.Second), -1, always)) // the one we are in
		begins(busy[2], next(busy[1].From.Add(20*time.Second), 1, always))
		begins(busy[2], next(at, 1, vms.Span{To: busy[0].From.Add(-time.Minute)}, vms.Span{From: busy[2].From.Add(-time.Hour / 4), To: 1 << 60}))
		require.Zero(t, next(at, 1, vms.Span{To: busy[0].From.Add(-time.Minute)}))
		require.Zero(t, next(at.Add(-8*24*time.Hour), 1, always), "it is looked for within seven days")
		require.Zero(t, next(at.Add(8*24*time.Hour), -1, always))
		require.Zero(t, next(at, 1))
	})
}

// TestActivityOfWhatIsBeingRecorded: the spool's part counts, up to the last second.
func TestActivityOfWhatIsBeingRecorded(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		start := vms.InstantOf(time.Now())
		c.play(150 * time.Second)
		got, err := r.a.Activity(t.Context(), feed1, vms.Span{From: start.Add(-10 * time.Second), To: start.Add(160 * time.Second)}, 17, []vms.Span{{To: 1 << 60}})
		require.NoError(t, err)
		for i, v := range got {
			require.Equal(t, i == 0 || i == 16, v == -1, "%d: %v", i, got)
			if v != -1 {
				require.InDelta(t, 275, v, 50, "%d: %v", i, got)
			}
		}
		end()
	})
}

// TestCoverageOfAHall agrees with Recordings, hour by hour.
func TestCoverageOfAHall(t *testing.T) {
	onDatabases(t, func(t *testing.T, r *rig) {
		f, _ := hall(feed1, vms.InstantOf(time.Now().Add(-3*time.Hour)))
		r.cfg.Began = func(vms.Feed) vms.Instant { return f.all()[0].At.Add(-30 * time.Minute) }
		r.a.cfg.Began = r.cfg.Began
		f.plant(t, r.a)
		now := r.a.now()
		var days []vms.Span
		for h := range 6 {
			days = append(days, vms.Span{From: now.Add(time.Duration(h-5) * time.Hour), To: now.Add(time.Duration(h-4) * time.Hour)})
		}
		cover := func(tail Tail) []Day {
			t.Helper()
			got, err := r.a.Coverage(t.Context(), map[vms.Feed]Tail{feed1: tail, feed2: {}}, days)
			require.NoError(t, err)
			require.Len(t, got, 2)
			for _, d := range got[feed2] {
				require.Equal(t, Day{Planned: d.Planned}, d, "never asked for")
			}
			return got[feed1]
		}
		sum := func(list []Day) (all Day) {
			for _, d := range list {
				all.Recorded, all.Missing, all.Planned = all.Recorded+d.Recorded, all.Missing+d.Missing, all.Planned+d.Planned
			}
			return all
		}
		spans, gaps, err := r.a.Recordings(t.Context(), feed1, vms.Span{From: days[0].From, To: now})
		require.NoError(t, err)
		got := cover(Tail{})
		require.Equal(t, brute(spans, gaps, days)[:5], got[:5])
		end := f.ends[len(f.ends)-1]
		all := roughly(sum(got))
		require.Equal(t, []time.Duration{50 * time.Minute, 30 * time.Minute}, []time.Duration{all.Recorded, all.Planned})
		require.InDelta(t, 10*60+now.Sub(end).Seconds(), all.Missing.Seconds(), 30)

		require.Equal(t, (50*time.Minute + now.Sub(end)).Round(time.Second), roughly(sum(cover(Tail{Written: now}))).Recorded, "it is being recorded")
		stopped := cover(Tail{Written: end.Add(time.Minute), Cause: vms.Refused})
		require.Equal(t, vms.Refused, stopped[4].Cause)
		require.Equal(t, 51*time.Minute, roughly(sum(stopped)).Recorded)
	})
}

// roughly rounds: the clock goes on.
func roughly(d Day) Day {
	return Day{Recorded: d.Recorded.Round(time.Second), Missing: d.Missing.Round(time.Second), Planned: d.Planned.Round(time.Second)}
}

// brute looks at every day and every stretch.
func brute(spans []vms.Span, gaps []vms.Gap, days []vms.Span) []Day {
	out := make([]Day, len(days))
	for i, day := range days {
		for _, s := range spans {
			out[i].Recorded += s.Intersect(day).Duration()
		}
		for _, g := range gaps {
			if n := g.Intersect(day).Duration(); n > 0 {
				out[i].miss(n, g.Cause)
			}
		}
	}
	return out
}

func TestDaysAreDividedExactly(t *testing.T) {
	causes := []vms.Cause{vms.Unreachable, vms.Stalled, vms.NotConfigured, vms.NotInOperation, vms.Expired, vms.Quota}
	rapid.Check(t, func(t *rapid.T) {
		var days, spans []vms.Span
		var gaps []vms.Gap
		for at, n := vms.Instant(0), rapid.IntRange(1, 6).Draw(t, "days"); n > 0; n-- {
			to := at + vms.Instant(rapid.Int64Range(1, 20).Draw(t, "day"))
			days = append(days, vms.Span{From: at, To: to})
			at = to
		}
		for at, i := vms.Instant(rapid.Int64Range(-5, 5).Draw(t, "begin")), 0; at < 100; i++ {
			s := vms.Span{From: at, To: at + vms.Instant(rapid.Int64Range(1, 30).Draw(t, "length"))}
			if i%2 == 0 {
				spans = append(spans, s)
			} else {
				gaps = append(gaps, vms.Gap{Span: s, Cause: rapid.SampledFrom(causes).Draw(t, "cause")})
			}
			at = s.To
		}
		require.Equal(t, brute(spans, gaps, days), divide(spans, gaps, days))
	})
}
