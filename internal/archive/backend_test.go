package archive

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// both runs a story on SQLite with a directory, and on PostgreSQL with MinIO, in real time.
func both(t *testing.T, story func(t *testing.T, r *rig)) {
	t.Run("embedded", func(t *testing.T) {
		dir := t.TempDir()
		story(t, newRig(t, "sqlite:"+filepath.Join(dir, "db"), "dir:"+filepath.Join(dir, "objects"), filepath.Join(dir, "spool")))
	})
	t.Run("servers", func(t *testing.T) {
		story(t, newRig(t, testserver.Postgres(t), testserver.MinIO(t), t.TempDir()))
	})
}

// tape is a media.Reader of units at 10 fps from an instant of the past, as fast as they are taken.
type tape struct {
	at    vms.Instant
	left  int
	n     int
	skips map[int]time.Duration // before the unit of a number, a new run begins so much later
	run   vms.Instant
}

func newTape(from vms.Instant, length time.Duration) *tape {
	return &tape{at: from, left: int(length / (100 * time.Millisecond)), run: from}
}

func (p *tape) ReadUnit(ctx context.Context) (*media.Unit, error) {
	if p.left == 0 {
		return nil, io.EOF
	}
	if d := p.skips[p.n]; d > 0 {
		p.at = p.at.Add(d)
		p.run = p.at
	}
	dts := int64(p.n) * 9000
	u := &media.Unit{Track: testTrack, PTS: dts, DTS: dts, At: p.at, Run: p.run, Key: p.n%20 == 0, NALs: [][]byte{[]byte(fmt.Sprintf("%0200d", p.n))}}
	p.n++
	p.left--
	p.at = p.at.Add(100 * time.Millisecond)
	return u, nil
}

func (p *tape) Close() error { return nil }

// settled waits until nothing is on its way.
func (r *rig) settled() {
	r.t.Helper()
	require.Eventually(r.t, func() bool {
		return r.a.Stats().Pending == 0 && len(r.a.uploader.queued()) == 0
	}, 30*time.Second, 10*time.Millisecond)
}

func (r *rig) clean(opt FsckOptions) *Report {
	r.t.Helper()
	report, err := r.a.Fsck(r.t.Context(), opt)
	require.NoError(r.t, err)
	require.Empty(r.t, report.Findings)
	return report
}

func TestImportFsckReindex(t *testing.T) {
	both(t, func(t *testing.T, r *rig) {
		r.run()
		from := vms.InstantOf(time.Now().Add(-2 * time.Hour))
		make := func() *tape {
			p := newTape(from, 10*time.Minute)
			p.skips = map[int]time.Duration{2000: time.Minute}
			return p
		}
		require.NoError(t, r.a.Import(t.Context(), feed1, make(), true))
		require.NoError(t, r.a.Import(t.Context(), feed1, make(), true), "again: adds nothing")
		r.settled()
		report := r.clean(FsckOptions{Deep: true})
		require.Equal(t, report.Rows, report.Objects)
		require.GreaterOrEqual(t, report.Rows, 10)
		whole := vms.Span{From: from, To: from.Add(15 * time.Minute)}
		spans, gaps := r.recordings(feed1, whole)
		require.Len(t, spans, 2)
		require.Equal(t, []vms.Cause{vms.NotConfigured, vms.NotConfigured}, causes(gaps))
		require.Equal(t, 10*time.Minute, spans[0].Duration()+spans[1].Duration())
		require.Len(t, r.stored(feed1), 6000)

		// Every edge, ± 1 µs.
		for _, edge := range []vms.Instant{spans[0].To, spans[1].From, spans[1].To} {
			for d := vms.Instant(-1); d <= 1; d++ {
				r.recordings(feed1, vms.Span{From: edge + d, To: edge + d + 1})
				r.recordings(feed1, vms.Span{From: from, To: edge + d})
				r.recordings(feed1, vms.Span{From: edge + d, To: whole.To})
			}
		}

		// A new database knows all of it from the store alone.
		url := "sqlite:" + filepath.Join(t.TempDir(), "db")
		if r.url[:6] != "sqlite" {
			url = testserver.Postgres(t)
		}
		d, err := db.Open(t.Context(), url)
		require.NoError(t, err)
		defer d.Close()
		cfg := r.cfg
		cfg.DB, cfg.Spool = d, t.TempDir()
		other, err := New(cfg)
		require.NoError(t, err)
		defer other.Close()
		done, err := other.Reindex(t.Context())
		require.NoError(t, err)
		require.Equal(t, report.Objects, done.Added)
		again, err := other.Reindex(t.Context())
		require.NoError(t, err)
		require.Zero(t, again.Added)
		spans2, _, err := other.Recordings(t.Context(), feed1, whole)
		require.NoError(t, err)
		require.Equal(t, spans, spans2)
		found, err := other.Fsck(t.Context(), FsckOptions{})
		require.NoError(t, err)
		require.Empty(t, found.Findings)
	})
}

func TestFsckFindsWhatIsWrong(t *testing.T) {
	both(t, func(t *testing.T, r *rig) {
		r.run()
		from := vms.InstantOf(time.Now().Add(-time.Hour))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(from, 5*time.Minute), false))
		r.settled()
		segs, err := r.a.Find(t.Context(), feed1, vms.Span{From: from, To: 1 << 60})
		require.NoError(t, err)
		ctx := t.Context()
		require.NoError(t, r.cfg.Store.Delete(ctx, segs[0].Key)) // missing

		b, err := r.a.Read(ctx, segs[1], 0, -1) // flipped
		require.NoError(t, err)
		b[len(b)/2] ^= 1
		r.replace(segs[1].Key, b)

		stray := "footage/a1-07/main/2017/06/01/00/1496275200000000-0.mp4" // unknown
		r.replace(stray, []byte("no footage"))

		report, err := r.a.Fsck(ctx, FsckOptions{Deep: true, Mark: true})
		require.NoError(t, err)
		kinds := map[string]string{}
		for _, f := range report.Findings {
			kinds[f.Kind] = f.Key
		}
		require.Equal(t, map[string]string{"missing": segs[0].Key, "damaged": segs[1].Key, "unknown": stray}, kinds)
		spans, gaps := r.recordings(feed1, vms.Span{From: segs[0].Span.From, To: segs[2].Span.To})
		require.Equal(t, []vms.Span{segs[2].Span}, spans)
		require.Equal(t, []vms.Cause{vms.Lost}, causes(gaps))
		report, err = r.a.Fsck(ctx, FsckOptions{Deep: true})
		require.NoError(t, err)
		require.Len(t, report.Findings, 1, "what is marked is known; the unknown object is still there: %v", report.Findings)
		require.Equal(t, 2, report.Quarantined)
	})
}

// replace puts other content under a key, behind the archive's back.
func (r *rig) replace(key string, b []byte) {
	r.t.Helper()
	require.NoError(r.t, r.cfg.Store.Delete(r.t.Context(), key))
	f, err := os.CreateTemp(r.t.TempDir(), "")
	require.NoError(r.t, err)
	defer f.Close()
	_, err = f.Write(b)
	require.NoError(r.t, err)
	require.NoError(r.t, r.cfg.Store.Put(r.t.Context(), key, f, int64(len(b))))
}

func TestRetentionAndHolds(t *testing.T) {
	both(t, func(t *testing.T, r *rig) {
		r.halt()
		keep := 24 * time.Hour
		r.cfg.Retention = func(vms.Feed) time.Duration { return keep }
		r.open()
		r.run()
		from := vms.InstantOf(time.Now().Add(-30 * time.Hour))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(from, 10*time.Minute), false))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(vms.InstantOf(time.Now().Add(-time.Hour)), 5*time.Minute), false))
		r.settled()
		ctx := t.Context()
		held := vms.Span{From: from.Add(4 * time.Minute), To: from.Add(5 * time.Minute)}
		require.NoError(t, r.a.Hold(ctx, Hold{ID: "h1", Camera: feed1.Camera, Span: held, Reason: "case 1"}))
		ret := r.a.Retention()
		require.NoError(t, ret.Once(ctx))
		r.clean(FsckOptions{Deep: true})
		spans, _ := r.recordings(feed1, vms.Span{From: from, To: from.Add(11 * time.Minute)})
		require.Len(t, spans, 1)
		require.LessOrEqual(t, spans[0].From, held.From)
		require.GreaterOrEqual(t, spans[0].To, held.To)
		require.NoError(t, r.a.Release(ctx, "h1"))
		require.ErrorIs(t, r.a.Release(ctx, "h1"), vms.NotFound)
		require.NoError(t, ret.Once(ctx))
		spans, gaps := r.recordings(feed1, vms.Span{From: from, To: from.Add(10 * time.Minute)})
		require.Empty(t, spans)
		require.Equal(t, []vms.Cause{vms.Expired}, causes(gaps))
		require.Equal(t, 3000, len(r.stored(feed1)))
		r.clean(FsckOptions{Deep: true})
	})
}

func TestQuotaTakesTheOldestUnheldAndSparesTheExempt(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		r.cfg.Max = 800 << 10
		r.open()
		r.run()
		old := vms.InstantOf(time.Now().Add(-30 * time.Hour))
		ctx := t.Context()
		require.NoError(t, r.a.Import(ctx, feed1, newTape(old, 5*time.Minute), true))
		require.NoError(t, r.a.Import(ctx, feed2, newTape(old.Add(time.Hour), 10*time.Minute), false))
		r.settledIn(time.Minute)
		ret := r.a.Retention()
		for range 40 {
			require.NoError(t, ret.Once(ctx))
		}
		_, bytes, err := r.a.feeds(ctx)
		require.NoError(t, err)
		require.LessOrEqual(t, bytes, r.cfg.Max)
		require.Greater(t, bytes, r.cfg.Max/2)
		require.Len(t, r.stored(feed1), 3000)
		_, gaps := r.recordings(feed2, vms.Span{From: old.Add(time.Hour), To: old.Add(70 * time.Minute)})
		require.Equal(t, []vms.Cause{vms.Quota}, causes(gaps))
		r.clean(FsckOptions{})
	})
}

func (r *rig) settledIn(d time.Duration) {
	r.t.Helper()
	pass(d)
	require.Zero(r.t, r.a.Stats().Pending)
}

func TestRetentionRefuses(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		r.cfg.Retention = func(vms.Feed) time.Duration { return time.Hour }
		r.cfg.Segment = time.Second * 4
		r.open()
		r.run()
		ctx := t.Context()
		from := vms.InstantOf(time.Now().Add(-3 * time.Hour))
		require.NoError(t, r.a.Import(ctx, feed1, newTape(from, 14*time.Minute), false))
		r.settledIn(time.Minute)
		ret := r.a.Retention()
		err := ret.Once(ctx)
		require.Equal(t, "too-much", vms.Code(err))
		require.Len(t, r.stored(feed1), 8400)

		moved := time.Duration(0)
		read := ret.read
		ret.read = func() (vms.Instant, time.Duration) {
			wall, mono := read()
			return wall.Add(moved), mono
		}
		require.NoError(t, r.a.AcceptRetention(ctx, vms.InstantOf(time.Now().Add(time.Hour))))
		moved = 30 * 24 * time.Hour
		require.Equal(t, "clock-moved", vms.Code(ret.Once(ctx)))
		require.Len(t, r.stored(feed1), 8400)
		moved = 0
		require.NoError(t, ret.Once(ctx))
		require.Empty(t, r.stored(feed1))
	})
}

func TestRetentionGoesOnAfterACrash(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		ctx := t.Context()
		from := vms.InstantOf(time.Now().Add(-3 * time.Hour))
		require.NoError(t, r.a.Import(ctx, feed1, newTape(from, 5*time.Minute), false))
		r.settledIn(time.Minute)
		segs, err := r.a.Find(ctx, feed1, vms.Span{From: from, To: 1 << 60})
		require.NoError(t, err)
		ret := r.a.Retention()
		require.NoError(t, ret.hideAll(ctx, segs[:2], vms.Expired)) // hidden, and the first one's object is gone
		require.NoError(t, r.cfg.Store.Delete(ctx, segs[0].Key))
		require.Len(t, r.stored(feed1), 3000-segs[0].units()-segs[1].units())
		require.NoError(t, r.a.Retention().Once(ctx))
		r.clean(FsckOptions{Deep: true})
	})
}

func (s *Segment) units() int {
	n := 0
	for _, f := range s.Fragments {
		n += f.Units
	}
	return n
}

// behind is a node whose clock is half a second behind ours when it says what it records.
type behind struct{ Remote }

func (b behind) Spools(ctx context.Context, feed vms.Feed, span vms.Span) ([]Part, error) {
	parts, err := b.Remote.Spools(ctx, feed, span)
	for i := range parts {
		parts[i].Tail.To = parts[i].Tail.To.Add(-500 * time.Millisecond)
	}
	return parts, err
}

// A gateway node plays what another node has in its spool only.
func TestRemoteSpool(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		r.a.uploader.store.failed(time.Now().Add(24*time.Hour), os.ErrDeadlineExceeded) // away
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		end := r.record(c)
		c.play(90 * time.Second)
		cfg := r.cfg
		cfg.Spool = t.TempDir()
		cfg.Remote = &Peers{
			Nodes: func(context.Context) ([]string, error) { return []string{"http://node1"}, nil },
			Do: func(req *http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				r.a.SpoolHandler().ServeHTTP(w, req)
				return w.Result(), nil
			},
		}
		gateway, err := New(cfg)
		require.NoError(t, err)
		defer gateway.Close()
		g := &rig{t: t, cfg: cfg, a: gateway}
		require.GreaterOrEqual(t, len(g.stored(feed1)), 890)
		spans, gaps := g.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Len(t, spans, 1)
		require.Empty(t, gaps)
		require.NoError(t, gateway.Wait(t.Context(), feed1, start.Add(80*time.Second)))

		gateway.cfg.Remote = behind{cfg.Remote}
		_, gaps = g.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Empty(t, gaps, "a clock a little behind is no gap")
		end()
	})
}
