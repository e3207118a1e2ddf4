package archive

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
)

var always = []vms.Span{{From: 0, To: 1 << 60}}

// hourAgo plants segments of 10 groups of 10 pictures at 10 fps.
func hourAgo(t *testing.T, r *rig, segments int) *footage {
	f := &footage{feed: feed1}
	f.record(shape{start: vms.InstantOf(time.Now().Add(-time.Hour)), segments: segments, groups: 10, group: 10, frame: 100 * time.Millisecond})
	f.plant(t, r.a)
	return f
}

func (f *footage) span() vms.Span { return vms.Span{From: f.units[0][0].At, To: f.ends[len(f.ends)-1]} }

func open(t *testing.T, r *rig, at vms.Instant, permit ...vms.Span) *Player {
	p, err := r.a.Player(t.Context(), feed1, at, permit)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

func read(t *testing.T, p *Player) *media.Unit {
	t.Helper()
	u, err := p.ReadUnit(t.Context())
	require.NoError(t, err)
	return u
}

func TestPlayerPaces(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		f := hourAgo(t, r, 3)
		from := f.span().From
		p := open(t, r, from.Add(5350*time.Millisecond), f.span())
		began := time.Now()
		for i := range 4 { // the run-up
			require.Equal(t, from.Add(time.Duration(50+i)*100*time.Millisecond), read(t, p).At)
		}
		require.Zero(t, time.Since(began))
		for _, step := range []struct {
			rate float64 // 0: as before
			at   time.Duration
		}{
			{0, 5400 * time.Millisecond}, {0, 5500 * time.Millisecond}, {0.5, 5600 * time.Millisecond}, {8, 5700 * time.Millisecond},
			{2, 5800 * time.Millisecond}, {-1, 5 * time.Second}, {0, 4 * time.Second}, {1, 4100 * time.Millisecond},
			{16, 5 * time.Second}, {0, 7 * time.Second}, {0, 9 * time.Second}, // 16 key frames a second are too many
			{-64, 8 * time.Second}, {0, 2 * time.Second}, {1, 2100 * time.Millisecond},
		} {
			if step.rate != 0 {
				pass(time.Minute) // not reading is pausing
				require.NoError(t, p.SetRate(step.rate))
			}
			began, before := time.Now(), p.here.at
			require.Equal(t, from.Add(step.at), read(t, p).At)
			want := time.Duration(float64(from.Add(step.at).Sub(before)) / p.rate)
			require.InDelta(t, want, time.Since(began), float64(2*time.Microsecond))
		}
		for _, bad := range []float64{0, 0.4, 65, -65, -0.1, math.NaN(), math.Inf(1)} {
			require.ErrorIs(t, p.SetRate(bad), vms.Invalid)
		}
	})
}

func TestPlayerGivesAtMostTwelveKeyFramesASecond(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		f := &footage{feed: feed1}
		f.record(shape{start: vms.InstantOf(time.Now().Add(-time.Hour)), segments: 4, groups: 100, group: 3, frame: 100 * time.Millisecond})
		f.plant(t, r.a)
		for _, rate := range []float64{9, 20, 64, -1, -8, -33, -64} {
			at := f.span().From
			if rate < 0 {
				at = f.span().To - 1
			}
			p := open(t, r, at, f.span())
			require.NoError(t, p.SetRate(rate))
			n, began := 0, time.Now()
			for ; ; n++ {
				if _, err := p.ReadUnit(t.Context()); err != nil {
					require.Equal(t, io.EOF, err)
					break
				}
			}
			took := time.Since(began).Seconds()
			require.LessOrEqual(t, float64(n), 12*took+4, "rate %v", rate)
			require.InDelta(t, 120, took*max(rate, -rate), 7, "rate %v", rate)
		}
	})
}

func TestPlayerStepsAcrossAGap(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		f := &footage{feed: feed1}
		s := shape{start: vms.InstantOf(time.Now().Add(-time.Hour)), segments: 1, groups: 2, group: 5, frame: 100 * time.Millisecond}
		gap := vms.Gap{Span: vms.Span{From: f.record(s)}, Cause: vms.Stalled}
		gap.To, s.start = gap.From.Add(time.Minute), gap.From.Add(time.Minute)
		f.gaps = []vms.Gap{gap}
		f.record(s)
		f.plant(t, r.a)
		var back []vms.Instant
		told := 0
		at := f.span().To - 1
		p := open(t, r, at, f.span())
		for {
			require.NoError(t, p.Seek(t.Context(), at))
			for len(p.runup) > 0 {
				if _, err := p.ReadUnit(t.Context()); err != nil {
					require.Equal(t, &media.Gap{Gap: gap}, err)
					told++
				}
			}
			if back = append(back, p.here.at); p.here.at == f.span().From {
				break
			}
			at = p.here.at - 1
		}
		slices.Reverse(back)
		var all []vms.Instant
		for _, u := range f.all() {
			all = append(all, u.At)
		}
		require.Equal(t, all, back)
		require.Equal(t, 1, told)
	})
}

// spoil changes the object of a segment.
func spoil(t *testing.T, r *rig, key string, change func([]byte) []byte) {
	t.Helper()
	name := filepath.Join(filepath.Dir(r.cfg.Spool), "objects", key)
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, os.Remove(name))
	if b = change(b); b != nil {
		require.NoError(t, os.WriteFile(name, b, 0o600))
	}
}

func TestPlayerSkipsWhatIsDamaged(t *testing.T) {
	for name, c := range map[string]struct {
		change   func(t *testing.T, s *Segment) func([]byte) []byte
		from, to time.Duration // what is lost
	}{
		"a byte changed": {func(_ *testing.T, s *Segment) func([]byte) []byte {
			return func(b []byte) []byte { b[s.Fragments[7].Off+300] ^= 1; return b } // second half of the fourth group
		}, 13700 * time.Millisecond, 14 * time.Second},
		"cut short": {func(_ *testing.T, s *Segment) func([]byte) []byte {
			return func(b []byte) []byte { return b[:s.Fragments[7].Off+10] }
		}, 13700 * time.Millisecond, 20 * time.Second},
		"gone": {func(*testing.T, *Segment) func([]byte) []byte {
			return func([]byte) []byte { return nil }
		}, 10 * time.Second, 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, r *rig) {
				f := hourAgo(t, r, 3)
				segs, err := r.a.Find(t.Context(), feed1, f.span())
				require.NoError(t, err)
				from := f.span().From
				lost := vms.Span{From: from.Add(c.from), To: from.Add(c.to)}
				spoil(t, r, f.keys[1], c.change(t, segs[1]))
				checkLost(t, r, f, lost)
			})
		})
	}
}

// played is all that comes from an instant on, units and lost stretches.
func played(t *testing.T, r *rig, f *footage, at vms.Instant, rate float64) (units []string, gaps []vms.Span) {
	t.Helper()
	p := open(t, r, at, f.span())
	require.NoError(t, p.SetRate(rate))
	for {
		u, err := p.ReadUnit(t.Context())
		var gap *media.Gap
		switch {
		case err == io.EOF:
			return units, gaps
		case errors.As(err, &gap):
			require.Equal(t, vms.Lost, gap.Cause)
			gaps = append(gaps, gap.Span)
		default:
			require.NoError(t, err)
			units = append(units, unitText(u))
		}
	}
}

// checkLost plays over, into and back from a stretch that cannot be played.
func checkLost(t *testing.T, r *rig, f *footage, lost vms.Span) {
	t.Helper()
	var good, keys []string
	for _, u := range f.all() {
		if lost.Contains(u.At) {
			continue
		}
		if good = append(good, unitText(u)); u.Key {
			keys = append(keys, unitText(u))
		}
	}
	units, gaps := played(t, r, f, f.span().From, 8)
	require.Equal(t, good, units)
	require.Equal(t, []vms.Span{lost}, vms.Union(gaps))

	units, gaps = played(t, r, f, f.span().To-1, -1)
	slices.Reverse(keys)
	require.Equal(t, keys, units[10:], "behind the run-up")
	require.Empty(t, vms.Subtract(gaps, []vms.Span{lost}))

	units, gaps = played(t, r, f, lost.From+1, 8) // into it: the picture before, then what is behind
	require.Equal(t, []vms.Span{lost}, vms.Union(gaps))
	last := slices.IndexFunc(good, func(s string) bool { return s > lost.From.String() })
	require.Contains(t, units, good[last-1])
	require.Equal(t, good[last:], units[len(units)-len(good[last:]):])
}

func TestPlayerTellsTheOpenGapOnceAndGoesOn(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(5 * time.Second)
		r.a.Recorder(feed1).Interrupted(vms.InstantOf(time.Now()), vms.Unreachable)
		c.lose()
		pass(10 * time.Second)
		p := open(t, r, c.sent[0].At, always...)
		require.NoError(t, p.SetRate(8))
		gaps, units := 0, 0
		done := make(chan struct{})
		go func() {
			defer close(done)
			pass(20 * time.Second)
			c.play(10 * time.Second)
		}()
		for units < 100 {
			_, err := p.ReadUnit(t.Context())
			var gap *media.Gap
			if errors.As(err, &gap) {
				require.Equal(t, vms.Unreachable, gap.Cause)
				require.Equal(t, 50, units)
				gaps++
				continue
			}
			require.NoError(t, err)
			units++
		}
		require.Equal(t, 1, gaps)
		<-done
		end()
	})
}

func TestCancellingLosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		f := hourAgo(t, r, 2)
		p := open(t, r, f.span().From, f.span())
		var got []string
		for cancelled := 0; ; {
			ctx, cancel := context.WithTimeout(t.Context(), 37*time.Millisecond)
			u, err := p.ReadUnit(ctx)
			cancel()
			if err == io.EOF {
				require.Greater(t, cancelled, 100)
				break
			}
			if err != nil {
				require.ErrorIs(t, err, context.DeadlineExceeded)
				cancelled++
				continue
			}
			got = append(got, unitText(u))
		}
		var want []string
		for _, u := range f.all() {
			want = append(want, unitText(u))
		}
		require.Equal(t, want, got)
	})
}

func TestTrackChangesOnlyWithTheParameterSets(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		f := &footage{feed: feed1}
		s := shape{start: vms.InstantOf(time.Now().Add(-time.Hour)), segments: 2, groups: 1, group: 3, frame: 100 * time.Millisecond}
		s.start = f.record(s)
		f.record(s)
		f.plant(t, r.a)
		p := open(t, r, f.span().From, f.span())
		var tracks []*media.Track
		for range f.all() {
			if u := read(t, p); !slices.Contains(tracks, u.Track) {
				tracks = append(tracks, u.Track)
			}
		}
		require.Len(t, tracks, 2)
		_, err := p.ReadUnit(t.Context())
		require.Equal(t, io.EOF, err)
		require.NoError(t, p.Close())
		_, err = p.ReadUnit(t.Context())
		require.Equal(t, media.ErrClosed, err)
	})
}
