package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/archive"
	"yagura/internal/blob"
	"yagura/internal/camera"
	"yagura/internal/camsim"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/health"
	"yagura/internal/media"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

// house is one node with everything ingest needs, and simulated cameras.
type house struct {
	*Ingest
	t    *testing.T
	dir  string
	sim  *camsim.Server
	hub  *stream.Hub
	log  *logged
	stop func()
}

// logged keeps the log lines of a test.
type logged struct {
	mu    sync.Mutex
	lines []string
	wake  chan struct{}
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, string(b))
	close(l.wake)
	l.wake = make(chan struct{})
	return len(b), nil
}

func (l *logged) all() (string, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprint(l.lines), l.wake
}

func newHouse(t *testing.T) *house {
	clip := camsim.TestClip(t, camsim.Options{Width: 160, Height: 96, FPS: 15, GOP: 15, Bitrate: 60})
	h := &house{t: t, dir: t.TempDir(), log: &logged{wake: make(chan struct{})}}
	h.sim = camsim.Start(t, camsim.Config{Schedule: &camsim.Schedule{Library: camsim.Loop(clip, clip), Stamp: true}})
	h.start()
	t.Cleanup(func() { h.stop() })
	return h
}

// start runs the node; stop ends it in order.
func (h *house) start() {
	log := slog.New(slog.NewTextHandler(h.log, nil))
	ctx, cancel := context.WithCancel(context.Background())
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(h.dir, "yagura.db"))
	require.NoError(h.t, err)
	objects, err := blob.Open("dir:" + filepath.Join(h.dir, "objects"))
	require.NoError(h.t, err)
	clock := vms.NewClock()
	a, err := archive.New(archive.Config{DB: d, Store: objects, Spool: filepath.Join(h.dir, "spool"), Segment: 3 * time.Second,
		Node: "n1", Clock: clock, Log: log})
	require.NoError(h.t, err)
	leases := db.NewLeases(d, db.Node{Name: "n1", Role: "ingest"}, log)
	h.hub = stream.NewHub()
	h.Ingest = New(Config{Node: "n1", Hub: h.hub, Archive: a, Leases: leases, Board: health.NewBoard(d),
		Networks: rtsp.Networks{netip.MustParsePrefix("127.0.0.0/8")}, Clock: clock, Log: log})
	back, endBack := context.WithCancel(context.Background())
	var fronts, backs errgroup.Group
	backs.Go(func() error { return a.Run(back) })
	backs.Go(func() error { return leases.Run(back) })
	fronts.Go(func() error { return h.Run(ctx) })
	h.stop = func() {
		cancel()
		require.NoError(h.t, fronts.Wait())
		endBack()
		require.NoError(h.t, backs.Wait())
		require.NoError(h.t, a.Close())
		require.NoError(h.t, d.Close())
	}
}

// cameras makes a configuration of these ids, all at the simulator.
func (h *house) cameras(ids ...string) *camera.Set {
	text := "site: honcho\nfloor: 1F\ncameras:\n"
	for _, id := range ids {
		text += fmt.Sprintf("  - {id: %s, name: %s, kind: surveillance, section: koseki, starts: 2017-06-01, "+
			"streams: {main: \"rtsp://%s/%s/main\", sub: \"rtsp://%s/%s/sub\"}, credentials: \"canary:s3cret-canary\"}\n", id, id, h.sim.Addr(), id, h.sim.Addr(), id)
	}
	org := "name: test\nunits: [{id: kumin, name: 区民, units: [{id: koseki, name: 戸籍住民}]}]\n"
	set, err := camera.Parse([]conf.File{{Name: "organisation.yaml", Data: org}, {Name: "a.yaml", Data: text}}, "", conf.Env)
	require.NoError(h.t, err)
	return set
}

// until waits for cond, looking again whenever a unit or a log line may have changed it.
func (h *house) until(what string, cond func() bool) {
	h.t.Helper()
	limit := time.After(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		lines, wake := h.log.all()
		select {
		case <-wake:
		case <-tick.C:
		case <-limit:
			h.t.Fatalf("not within 30 s: %s\n%s", what, lines)
		}
	}
}

func (h *house) state(id string) health.Feed {
	p := h.pipelines()[vms.CameraID(id)]
	if p == nil {
		return health.Feed{}
	}
	return p.feeds[0].health()
}

func (h *house) recording(ids ...string) func() bool {
	return func() bool {
		for _, id := range ids {
			if f := h.state(id); f.State != health.Recording || f.Written == 0 {
				return false
			}
		}
		return true
	}
}

func main(id string) vms.Feed { return vms.Feed{Camera: vms.CameraID(id), Stream: vms.Main} }

// accounted checks that recordings and explained gaps are all the time since from.
func (h *house) accounted(id string, from vms.Instant) []vms.Gap {
	now, _ := h.Clock.Now()
	span := vms.Span{From: from, To: now}
	spans, gaps, err := h.Archive.Recordings(h.t.Context(), main(id), span)
	require.NoError(h.t, err)
	for _, g := range gaps {
		require.NotEqual(h.t, vms.Unexplained, g.Cause)
		spans = append(spans, g.Span)
	}
	require.Equal(h.t, []vms.Span{span}, vms.Union(spans))
	return gaps
}

func TestCamerasComeChangeAndGoWithoutTouchingTheOthers(t *testing.T) {
	h := newHouse(t)
	h.Apply(h.cameras("a1-01", "a1-02"))
	h.until("two cameras record", h.recording("a1-01", "a1-02"))
	first := h.pipelines()["a1-01"]

	h.Apply(h.cameras("a1-01", "a1-03"))
	h.until("the third records", h.recording("a1-01", "a1-03"))
	require.Same(t, first, h.pipelines()["a1-01"])
	require.Nil(t, h.pipelines()["a1-02"])
	require.Nil(t, h.hub.Lookup(main("a1-02")))
	_, held := h.Leases.Held("camera/a1-02")
	require.False(t, held)
}

func TestCameraThatGoesAwayIsBackAndTheGapSaysWhy(t *testing.T) {
	h := newHouse(t)
	h.Apply(h.cameras("a1-01", "a1-02"))
	h.until("both record", h.recording("a1-01", "a1-02"))
	from, _ := h.Clock.Now()
	other := h.state("a1-02")

	h.sim.Camera("a1-01").Change(func(m *camsim.Mode) { m.Down = true })
	h.sim.Camera("a1-01").Disconnect()
	h.until("it is stopped", func() bool { return h.state("a1-01").State == health.Stopped })
	h.until("it was tried again", func() bool {
		p := h.pipelines()["a1-01"].feeds[0]
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.tries > 2
	})
	h.sim.Camera("a1-01").Change(func(m *camsim.Mode) { m.Down = false })
	back := time.Now()
	h.until("it records again", h.recording("a1-01"))
	require.Less(t, time.Since(back), 3*time.Second) // a deadline users rely on, not a speed

	causes := map[vms.Cause]bool{}
	for _, g := range h.accounted("a1-01", from) {
		causes[g.Cause] = true
	}
	require.NotEmpty(t, causes)
	require.Subset(t, []vms.Cause{vms.Disconnected, vms.Unreachable}, keys(causes))
	require.Empty(t, h.accounted("a1-02", from))
	require.Equal(t, other.Since, h.state("a1-02").Since)
}

func keys(m map[vms.Cause]bool) (out []vms.Cause) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

// TestAHundredCamerasReturnTogether is a switch that reboots: all are gone, then all answer at once.
func TestAHundredCamerasReturnTogether(t *testing.T) {
	h := newHouse(t)
	var ids []string
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("cam-%03d", i))
	}
	h.Apply(h.cameras(ids...))
	h.until("all record", h.recording(ids...))
	h.sim.Down()
	h.until("all are stopped", func() bool {
		return !slices.ContainsFunc(ids, func(id string) bool { return h.state(id).State != health.Stopped })
	})
	require.NoError(t, h.sim.Up())
	back := time.Now()
	h.until("all record again", h.recording(ids...))
	require.Less(t, time.Since(back), 15*time.Second) // a deadline users rely on
}

func TestRefusedCameraIsNotHammeredAndSecretsStayOutOfTheLog(t *testing.T) {
	h := newHouse(t)
	h.sim.Camera("a1-01").Change(func(m *camsim.Mode) { m.Refuse = true })
	h.Apply(h.cameras("a1-01"))
	h.until("it is refused", func() bool { return h.state("a1-01").Cause == vms.Refused })
	lines, _ := h.log.all()
	require.NotContains(t, lines, "s3cret-canary")
	for n := 1; n < 20; n++ {
		d := pause(vms.Refused, n)
		if n >= refusedTries {
			require.GreaterOrEqual(t, d, refusedPause/2)
		}
	}
}

func TestRestartLeavesAGapOfItsOwnCause(t *testing.T) {
	h := newHouse(t)
	h.Apply(h.cameras("a1-01"))
	h.until("it records", h.recording("a1-01"))
	from, _ := h.Clock.Now()
	h.stop()
	h.start()
	h.Apply(h.cameras("a1-01"))
	h.until("it records again", h.recording("a1-01"))
	gaps := h.accounted("a1-01", from)
	require.NotEmpty(t, gaps)
	require.Equal(t, vms.Restarted, gaps[0].Cause)
}

func TestGapsOfAChangedConfigurationSaySo(t *testing.T) {
	h := newHouse(t)
	gapsSince := func(from vms.Instant) []vms.Cause {
		causes := map[vms.Cause]bool{}
		for _, g := range h.accounted("a1-01", from) {
			causes[g.Cause] = true
		}
		return keys(causes)
	}
	h.Apply(h.cameras("a1-01"))
	h.until("it records", h.recording("a1-01"))
	from, _ := h.Clock.Now()
	h.Apply(h.cameras("a1-02"))
	h.until("it is gone", func() bool { return h.pipelines()["a1-01"] == nil && len(gapsSince(from)) > 0 })
	require.Equal(t, []vms.Cause{vms.NotConfigured}, gapsSince(from))
	h.Apply(h.cameras("a1-01"))
	h.until("it records again", h.recording("a1-01"))
	require.Equal(t, []vms.Cause{vms.NotConfigured}, gapsSince(from))

	from, _ = h.Clock.Now()
	before, set := h.pipelines()["a1-01"], h.cameras("a1-01")
	set.Find("a1-01").Streams[vms.Main] = "rtsp://" + h.sim.Addr() + "/a1-09/main"
	h.Apply(set)
	h.until("it records from elsewhere", func() bool { return h.pipelines()["a1-01"] != before && h.recording("a1-01")() })
	require.Equal(t, []vms.Cause{vms.Restarted}, gapsSince(from))
}

// faulty panics at its first units, as a fault of ours would.
type faulty struct {
	recorder
	panics atomic.Int32
}

func (f *faulty) Run(ctx context.Context, r media.Reader) error {
	if _, err := r.ReadUnit(ctx); err == nil && f.panics.Add(1) <= 2 {
		panic("a fault of ours")
	}
	return f.recorder.Run(ctx, r)
}

func TestPanicInOneCameraStopsThatCameraOnly(t *testing.T) {
	h := newHouse(t)
	h.Apply(h.cameras("a1-02"))
	h.until("the other records", h.recording("a1-02"))
	from, _ := h.Clock.Now()
	lease, err := h.Leases.Claim(t.Context(), "camera/a1-01")
	require.NoError(t, err)
	p := newPipeline(&h.Config, h.cameras("a1-01").Cameras[0], lease, func() {})
	f := &faulty{recorder: p.feeds[0].rec}
	p.feeds[0].rec = f
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { p.run(ctx) })
	h.until("it records after two panics", func() bool { return f.panics.Load() > 2 && p.feeds[0].health().Written > from })
	cancel()
	wg.Wait()
	lines, _ := h.log.all()
	require.Contains(t, lines, "a fault of ours")
	require.Empty(t, h.accounted("a1-02", from))
}

func TestPauseIsShortJitteredAndBounded(t *testing.T) {
	for n := 1; n < 100; n++ {
		d := pause(vms.Unreachable, n)
		require.Greater(t, d, time.Duration(0))
		require.LessOrEqual(t, d, longestPause)
	}
	require.Greater(t, pause(vms.Forbidden, 2), uselessPause/3)
}
