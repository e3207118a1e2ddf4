package archive

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

var (
	feed1 = vms.Feed{Camera: "a1-07", Stream: vms.Main}
	feed2 = vms.Feed{Camera: "a1-08", Stream: vms.Sub}
)

var testTrack = &media.Track{
	Codec: media.H264, Width: 320, Height: 240,
	SPS: []byte{0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0x88}, PPS: []byte{0x68, 0xce, 0x3c, 0x80},
}

// rig is one node: database, store and spool, which survive its archive.
type rig struct {
	t    *testing.T
	url  string
	cfg  Config
	a    *Archive
	stop func()
}

// bubble runs a story in simulated time, on SQLite and a directory.
func bubble(t *testing.T, story func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		story(t, newRig(t, "sqlite:"+filepath.Join(dir, "db"), "dir:"+filepath.Join(dir, "objects"), filepath.Join(dir, "spool")))
	})
}

func newRig(t *testing.T, database, store, spool string) *rig {
	t.Helper()
	d, err := db.Open(t.Context(), database)
	require.NoError(t, err)
	s, err := blob.Open(store)
	require.NoError(t, err)
	r := &rig{t: t, url: database, cfg: Config{DB: d, Store: s, Spool: spool, Log: slog.New(slog.NewTextHandler(testLog{t}, nil))}}
	t.Cleanup(func() {
		r.halt()
		require.NoError(t, d.Close())
	})
	r.open()
	return r
}

// open makes the archive, as a new process would.
func (r *rig) open() {
	r.t.Helper()
	a, err := New(r.cfg)
	require.NoError(r.t, err)
	r.a = a
}

// run runs it until halt.
func (r *rig) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.a.Run(ctx) }()
	r.stop = func() {
		cancel()
		require.NoError(r.t, <-done)
	}
}

func (r *rig) halt() {
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
	if r.a != nil {
		require.NoError(r.t, r.a.Close())
		r.a = nil
	}
}

// record runs the feed's recorder on what the camera sends; the returned function ends it.
func (r *rig) record(c *camera) func() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	rec := r.a.Recorder(c.feed)
	go func() { done <- rec.Run(ctx, c) }()
	end := sync.OnceFunc(func() {
		cancel()
		require.NoError(r.t, <-done)
	})
	r.t.Cleanup(end)
	return end
}

// camera makes units at 10 fps with a key frame every 2 s, in real time, and remembers them.
type camera struct {
	feed  vms.Feed
	track *media.Track

	mu   sync.Mutex
	n    int
	run  vms.Instant
	skew time.Duration // of the node's clock
	sent []*media.Unit
	out  chan any // *media.Unit or error
}

func newCamera(feed vms.Feed) *camera {
	return &camera{feed: feed, track: testTrack, out: make(chan any, 100)}
}

// next makes the unit of now.
func (c *camera) next() *media.Unit {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := vms.InstantOf(time.Now().Add(c.skew))
	if c.run == 0 {
		c.run, c.n = at, 0
	}
	nal := make([]byte, 200)
	for i := range nal {
		nal[i] = byte(c.n * i)
	}
	dts := int64(c.n) * 9000
	u := &media.Unit{Track: c.track, PTS: dts, DTS: dts, At: at, Run: c.run, Key: c.n%20 == 0, NALs: [][]byte{nal}}
	c.n++
	c.sent = append(c.sent, u)
	return u
}

// play sends for so long.
func (c *camera) play(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); pass(100 * time.Millisecond) {
		c.out <- c.next()
	}
}

// lose ends the run.
func (c *camera) lose() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.run = 0
}

func (c *camera) ReadUnit(ctx context.Context) (*media.Unit, error) {
	select {
	case v := <-c.out:
		if u, ok := v.(*media.Unit); ok {
			return u, nil
		}
		return nil, v.(error)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *camera) Close() error { return nil }

// stored reads back all units of the feed, through Find and Read.
func (r *rig) stored(feed vms.Feed) []*media.Unit {
	r.t.Helper()
	found, err := r.a.Find(r.t.Context(), feed, vms.Span{From: 0, To: 1 << 60})
	require.NoError(r.t, err)
	var out []*media.Unit
	for _, s := range found {
		for _, f := range s.Fragments {
			b, err := r.a.Read(r.t.Context(), s, f.Off, f.Len)
			require.NoError(r.t, err)
			units, err := segment.ReadFragment(b, s.Track, s.Run, f)
			require.NoError(r.t, err)
			out = append(out, units...)
		}
	}
	return out
}

// complete asserts that everything sent is kept, bit for bit.
func (r *rig) complete(c *camera) {
	r.t.Helper()
	got := r.stored(c.feed)
	require.Equal(r.t, len(c.sent), len(got))
	for i, u := range c.sent {
		require.Equal(r.t, u.NALs, got[i].NALs)
		require.Equal(r.t, u.At, got[i].At)
		require.Equal(r.t, u.PTS, got[i].PTS)
	}
}

// recordings asserts that they tile the span up to now, with no unexplained time, and returns them.
func (r *rig) recordings(feed vms.Feed, span vms.Span) ([]vms.Span, []vms.Gap) {
	r.t.Helper()
	before := r.a.now()
	spans, gaps, err := r.a.Recordings(r.t.Context(), feed, span)
	require.NoError(r.t, err)
	all := append([]vms.Span(nil), spans...)
	total := time.Duration(0)
	for _, g := range gaps {
		require.NotEqual(r.t, vms.Unexplained, g.Cause, "%v", g)
		all = append(all, g.Span)
	}
	for _, s := range all {
		total += s.Duration()
	}
	union := vms.Union(all)
	require.Len(r.t, union, 1)
	require.Equal(r.t, span.From, union[0].From)
	require.GreaterOrEqual(r.t, union[0].To, min(span.To, before))
	require.Equal(r.t, union[0].Duration(), total, "they overlap")
	return spans, gaps
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Logf("%s", b)
	return len(b), nil
}

var _ io.Writer = testLog{}

// pass lets the simulated time of a bubble pass.
func pass(d time.Duration) { vms.Sleep(context.Background(), d) }
