package archive

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

func files(t *testing.T, r *rig, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(r.cfg.Spool, "*", "*", pattern))
	require.NoError(t, err)
	return found
}

func TestRecordsUploadsAndFinds(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		end := r.record(c)
		c.play(200 * time.Second)
		spans, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Len(t, spans, 1)
		require.Empty(t, gaps)
		found, err := r.a.Find(t.Context(), feed1, vms.Span{From: start, To: 1 << 60})
		require.NoError(t, err)
		require.True(t, found[len(found)-1].Open)
		require.GreaterOrEqual(t, len(found), 4)
		end()
		pass(5 * time.Second)
		r.complete(c)
		require.Empty(t, files(t, r, "*"))
		for i, s := range found[1:] {
			require.Equal(t, found[i].Span.To, s.Span.From)
		}
	})
}

func TestCrashLosesAtMostTheLastFragment(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		rec := r.a.Recorder(feed1)
		require.NoError(t, r.a.spool.own())
		require.NoError(t, rec.begin())
		rec.learn(t.Context())
		for range 905 { // 90.5 s
			rec.take(c.next())
			pass(100 * time.Millisecond)
		}
		require.NotEmpty(t, files(t, r, "*.part"))
		r.halt() // the recorder never ends

		pass(3 * time.Second)
		r.open()
		r.run()
		c.lose()
		end := r.record(c)
		c.play(90 * time.Second)
		end()
		pass(3 * time.Second)
		require.Empty(t, files(t, r, "*"))
		got := r.stored(feed1)
		require.GreaterOrEqual(t, len(got), len(c.sent)-10)
		spans, gaps := r.recordings(feed1, vms.Span{From: start, To: c.sent[len(c.sent)-1].At})
		require.Len(t, spans, 2)
		require.Len(t, gaps, 1)
		require.Equal(t, vms.Restarted, gaps[0].Cause)
		require.InDelta(t, 3, gaps[0].Duration().Seconds(), 1.1)
	})
}

func TestOutageIsExplained(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		rec := r.a.Recorder(feed1)
		start := vms.InstantOf(time.Now())
		end := r.record(c)
		rec.Interrupted(start, vms.Unreachable)
		pass(10 * time.Second)
		c.play(30 * time.Second)
		lost := vms.InstantOf(time.Now())
		c.lose()
		rec.Interrupted(lost, vms.Disconnected)
		pass(10 * time.Second)
		refused := vms.InstantOf(time.Now())
		rec.Interrupted(refused, vms.Refused)
		pass(25 * time.Second)
		_, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Equal(t, []vms.Cause{vms.Unreachable, vms.Disconnected, vms.Refused}, causes(gaps))
		c.play(30 * time.Second)
		check := func() {
			t.Helper()
			spans, gaps := r.recordings(feed1, vms.Span{From: start, To: c.sent[len(c.sent)-1].At})
			require.Len(t, spans, 2)
			require.Equal(t, []vms.Cause{vms.Unreachable, vms.Disconnected, vms.Refused}, causes(gaps))
			require.Equal(t, refused, gaps[2].From)
			require.Equal(t, spans[1].From, gaps[2].To)
		}
		check()
		end()
		pass(3 * time.Second)
		check()
		require.Empty(t, files(t, r, "*"))
		r.complete(c)
	})
}

func causes(gaps []vms.Gap) []vms.Cause {
	var out []vms.Cause
	for _, g := range gaps {
		out = append(out, g.Cause)
	}
	return out
}

func TestNothingBeforeTheFirstRecordingIsUnexplained(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		now := vms.InstantOf(time.Now())
		r.cfg.Began = func(vms.Feed) vms.Instant { return now.Add(-time.Hour) }
		r.halt()
		r.open()
		r.run()
		_, gaps := r.recordings(feed1, vms.Span{From: now.Add(-2 * time.Hour), To: now})
		require.Equal(t, []vms.Cause{vms.NotInOperation, vms.NotConfigured}, causes(gaps))
		c := newCamera(feed1)
		end := r.record(c)
		c.play(5 * time.Second)
		_, gaps = r.recordings(feed1, vms.Span{From: now.Add(-2 * time.Hour), To: now.Add(time.Hour)})
		require.Equal(t, []vms.Cause{vms.NotInOperation, vms.NotConfigured}, causes(gaps))
		end()
	})
}

func TestClockSetBackNeitherLosesNorOverlaps(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(70 * time.Second)
		c.lose()
		c.skew = -150 * time.Millisecond // melts within the run
		c.play(400 * time.Second)
		c.lose()
		c.skew = -time.Hour
		c.play(70 * time.Second)
		end()
		pass(3 * time.Second)
		got := r.stored(feed1)
		require.Equal(t, len(c.sent), len(got))
		for i, u := range got[1:] {
			require.Greater(t, u.At, got[i].At)
			require.Equal(t, c.sent[i+1].NALs, u.NALs)
		}
		first := c.sent[0].At
		spans, _ := r.recordings(feed1, vms.Span{From: first, To: got[len(got)-1].At})
		require.Len(t, spans, 1)
	})
}

func TestFullSpoolRefusesAndRecovers(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		r.cfg.SpoolMax = 100 << 10
		r.open()
		r.run()
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		r.a.uploader.store.failed(time.Now().Add(24*time.Hour), os.ErrDeadlineExceeded) // away for long
		end := r.record(c)
		c.play(90 * time.Second)
		_, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Equal(t, []vms.Cause{vms.DiskFull}, causes(gaps))
		r.a.uploader.store.worked(time.Now())
		c.play(30 * time.Second)
		spans, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Equal(t, []vms.Cause{vms.DiskFull}, causes(gaps))
		require.Len(t, spans, 2)
		end()
	})
}

// A recorder that waits for the disk is no gap yet: what comes meanwhile is in the ring.
func TestSlowDiskIsNoGapYet(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(5 * time.Second)
		rec := r.a.Recorder(feed1)
		rec.mu.Lock()
		pass(5 * time.Second)
		_, gaps := r.recordings(feed1, vms.Span{From: c.sent[0].At, To: 1 << 60})
		rec.mu.Unlock()
		require.Empty(t, gaps)
		end()
	})
}
