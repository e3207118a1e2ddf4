package relay_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/relay"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

const secret = "s3cret"

var feed = vms.Feed{Camera: "a1-01", Stream: vms.Main}

func TestMain(m *testing.M) {
	flag.Parse()
	_ = flag.Set("test.parallel", "8")
	goleak.VerifyTestMain(m)
}

// background runs f until the test ends or the returned func is called.
func background(t *testing.T, f func(ctx context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			cancel()
			require.NoError(t, <-done)
		}
	}
	t.Cleanup(stop)
	return stop
}

// node is a process that ingests feeds and serves them.
type node struct {
	hub  *stream.Hub
	addr string
	stop func()
	url  string // of its camera
}

func newNode(t *testing.T) *node {
	t.Helper()
	clip := camsim.TestClip(t, camsim.Options{GOP: 15})
	sim := camsim.Start(t, camsim.Config{Schedule: &camsim.Schedule{Library: camsim.Loop(clip, nil), Stamp: true}})
	n := &node{hub: stream.NewHub(), url: sim.URL(feed.Camera, feed.Stream)}
	n.listen(t, "127.0.0.1:0")
	return n
}

func (n *node) listen(t *testing.T, addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", addr)
	require.NoError(t, err)
	n.addr = ln.Addr().String()
	files := fstest.MapFS{"a/b c.mp4": {Data: []byte("0123456789")}, "index": {Data: []byte("x")}}
	server := &relay.Node{Hub: n.hub, Secret: secret, Spool: http.StripPrefix("/spool", http.FileServerFS(files))}
	n.stop = background(t, func(ctx context.Context) error { return server.Serve(ctx, ln) })
}

// ingest records the camera into the hub.
func (n *node) ingest(t *testing.T) (stop func()) {
	t.Helper()
	c := &rtsp.Client{URL: n.url, Dial: rtsp.Networks{netip.MustParsePrefix("127.0.0.0/8")}.Dial, Clock: vms.NewClock()}
	s := n.hub.Open(feed)
	end := background(t, func(ctx context.Context) error { return c.Run(ctx, s, nil) })
	require.Eventually(t, func() bool { return s.Newest() != nil }, 10*time.Second, 10*time.Millisecond)
	return func() { end(); n.hub.Remove(feed) }
}

// holder is where the feed is ingested.
type holder struct{ addr atomic.Value }

func at(addr string) *holder {
	h := &holder{}
	h.addr.Store(addr)
	return h
}

func (h *holder) Holder(context.Context, vms.Feed) (string, error) {
	if a := h.addr.Load().(string); a != "" {
		return a, nil
	}
	return "", vms.NotFound
}

func newRelay(t *testing.T, hub *stream.Hub, leases relay.Leases) *relay.Relay {
	t.Helper()
	r := relay.New(relay.Config{Hub: hub, Leases: leases, Secret: secret})
	background(t, r.Run)
	return r
}

func open(t *testing.T, r *relay.Relay) media.Reader {
	t.Helper()
	v, err := r.Open(t.Context(), feed)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, v.Close()) })
	return v
}

// read returns the next n units, and asserts that they are decodable and in order, none twice.
func read(t *testing.T, v media.Reader, last *media.Unit, n int) []*media.Unit {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var out []*media.Unit
	for len(out) < n {
		u, err := v.ReadUnit(ctx)
		var lag *media.Lagged
		if errors.As(err, &lag) {
			last = nil
			continue
		}
		require.NoError(t, err)
		if last == nil || last.Run != u.Run {
			require.True(t, u.Key)
		} else {
			require.Greater(t, u.DTS, last.DTS)
		}
		out, last = append(out, u), u
	}
	return out
}

func stampOf(t *testing.T, u *media.Unit) uint64 {
	t.Helper()
	s, ok := camsim.StampOf(u.NALs)
	require.True(t, ok)
	return s.Seq
}

// TestOpenHereAndElsewhere: the same units to the bit, and one pull for all readers.
func TestOpenHereAndElsewhere(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	n.ingest(t)
	here := open(t, newRelay(t, n.hub, at("")))
	read(t, here, nil, 20)
	r := newRelay(t, stream.NewHub(), at(n.addr))
	a, b := open(t, r), open(t, r)
	first := read(t, a, nil, 20)
	again := read(t, b, nil, 20)
	shared := map[*media.Unit]bool{}
	for _, u := range first {
		shared[u] = true
	}
	require.True(t, shared[again[0]], "both read one pull")
	local := read(t, open(t, newRelay(t, n.hub, at(""))), nil, 1)[0]
	remote := first[0]
	for remote.At < local.At {
		remote = read(t, a, first[len(first)-1], 1)[0]
		first = append(first, remote)
	}
	for i, u := range first {
		if i > 0 {
			require.Equal(t, stampOf(t, first[i-1])+1, stampOf(t, u))
		}
		if u.At == local.At {
			remote = u
		}
	}
	require.True(t, local.Track.Same(remote.Track))
	want := *local
	want.Track = remote.Track
	require.Equal(t, want, *remote)
}

// TestReaderSurvivesABreak: the node's port goes away and comes back; nothing is read twice, and
// what the node still has is not missed.
func TestReaderSurvivesABreak(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	n.ingest(t)
	v := open(t, newRelay(t, stream.NewHub(), at(n.addr)))
	us := read(t, v, nil, 20)
	for range 3 {
		n.stop()
		n.listen(t, n.addr)
		us = append(us, read(t, v, us[len(us)-1], 20)...)
	}
	missing := uint64(0)
	for i := range us[1:] {
		d := stampOf(t, us[i+1]) - stampOf(t, us[i])
		require.True(t, d == 1 || us[i+1].Key)
		missing += d - 1
	}
	require.LessOrEqual(t, missing, uint64(3*15))
}

// TestReaderFollowsTheLease: to another node, then here, then away again.
func TestReaderFollowsTheLease(t *testing.T) {
	t.Parallel()
	a, b, own := newNode(t), newNode(t), newNode(t)
	stopA := a.ingest(t)
	leases := at(a.addr)
	v := open(t, newRelay(t, own.hub, leases))
	us := read(t, v, nil, 20)

	b.ingest(t)
	leases.addr.Store(b.addr)
	stopA()
	u := nextRun(t, v, us[len(us)-1])

	stopOwn := own.ingest(t)
	b.stop()
	u = nextRun(t, v, u)

	b.listen(t, "127.0.0.1:0")
	leases.addr.Store(b.addr)
	stopOwn()
	read(t, v, nextRun(t, v, u), 20)
}

// nextRun reads on to the first unit of another run.
func nextRun(t *testing.T, v media.Reader, u *media.Unit) *media.Unit {
	t.Helper()
	for run := u.Run; u.Run == run; {
		u = read(t, v, u, 1)[0]
	}
	return u
}

// TestPullEndsWithItsReaders: seconds after the last has left; one that comes in between keeps it.
func TestPullEndsWithItsReaders(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	n.ingest(t)
	var dialled atomic.Int64
	r := newRelay(t, stream.NewHub(), counted{at(n.addr), &dialled})
	for range 2 {
		v := open(t, r)
		read(t, v, nil, 5)
		require.NoError(t, v.Close())
		require.Equal(t, int64(1), dialled.Load())
	}
	require.Eventually(t, func() bool {
		v := open(t, r)
		_ = v.Close()
		return dialled.Load() > 1
	}, 20*time.Second, 6*time.Second)
}

type counted struct {
	*holder
	n *atomic.Int64
}

func (c counted) Holder(ctx context.Context, f vms.Feed) (string, error) {
	c.n.Add(1)
	return c.holder.Holder(ctx, f)
}

func TestReadWaitsWhereNobodyIngests(t *testing.T) {
	t.Parallel()
	v := open(t, newRelay(t, stream.NewHub(), at("")))
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := v.ReadUnit(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, v.Close())
	_, err = v.ReadUnit(t.Context())
	require.ErrorIs(t, err, media.ErrClosed)
}

// ask gets a path below /spool/ of a node.
func ask(t *testing.T, r *relay.Relay, addr, path, span string) (status int, body string) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/spool/"+path, nil)
	require.NoError(t, err)
	if span != "" {
		req.Header.Set("Range", span)
	}
	res, err := r.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(b)
}

func TestSpool(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	r := newRelay(t, n.hub, at(""))
	t.Cleanup(relay.CloseIdle)
	for _, tc := range []struct {
		span   string
		status int
		want   string
	}{{"", 200, "0123456789"}, {"bytes=3-6", 206, "3456"}, {"bytes=3-", 206, "3456789"}, {"bytes=8-100", 206, "89"}} {
		status, body := ask(t, r, n.addr, "a/b%20c.mp4", tc.span)
		require.Equal(t, tc.status, status)
		require.Equal(t, tc.want, body)
	}
	status, _ := ask(t, r, n.addr, "gone", "")
	require.Equal(t, http.StatusNotFound, status)

	stranger := relay.New(relay.Config{Hub: n.hub, Leases: at(""), Secret: "wrong"})
	status, _ = ask(t, stranger, n.addr, "index", "")
	require.Equal(t, http.StatusUnauthorized, status)
}

// TestNodeTurnsAwayWhatItDoesNotKnow: neither protocol, or none of it.
func TestNodeTurnsAwayWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	for _, say := range []string{"GET / HTTP/1.0\r\n\r\n", "SSH-2.0-x\r\n", strings.Repeat("x", 5000), "\n", "\x16\x03\x01\n"} {
		c, err := net.Dial("tcp", n.addr)
		require.NoError(t, err)
		_, _ = io.WriteString(c, say)
		require.NoError(t, c.SetReadDeadline(time.Now().Add(2*time.Second)))
		var b [1]byte
		_, err = c.Read(b[:])
		require.Error(t, err)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, c.Close())
	}
	// A first line that comes in pieces is waited for.
	c, err := net.Dial("tcp", n.addr)
	require.NoError(t, err)
	defer c.Close()
	for _, piece := range []string{"OPTIONS rtsp://x/ RT", "SP/1.0\r\nCSeq: 1\r\n\r\n"} {
		_, err = io.WriteString(c, piece)
		require.NoError(t, err)
	}
	head := make([]byte, 15)
	_, err = io.ReadFull(c, head)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(head, []byte("RTSP/1.0 200 OK")), "%q", head)
}
