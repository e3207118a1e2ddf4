package proof

import (
	"errors"
	"fmt"
	"math"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/camsim"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

const (
	frameRate = 10 // of the cameras, so that a hundred of them are a thousand stamps a second
	frame     = time.Second / frameRate
	login     = "kiki"
)

// plan says what a proof stands on. The zero value is the embedded default.
type plan struct {
	cameras  int
	subs     bool          // sub streams too
	segment  time.Duration // 0: 10 s
	bitrate  int           // kbit/s of a stream; 0: 60
	database string        // URL; "": the node's own SQLite
	objects  string        // URL; "": the node's own folder
	data     string        // the nodes' data folder; "": one in the house's
}

// house is simulated cameras and the nodes that record them.
type house struct {
	plan
	t     *testing.T
	dir   string
	sim   *camsim.Server
	shows *camsim.Schedule
	ids   []vms.CameraID
	feeds []vms.Feed
	nodes []*node

	opened objects
	stored map[string]bool // spool files whose objects were seen
}

func newHouse(t *testing.T, p plan) *house {
	t.Helper()
	if p.segment == 0 {
		p.segment = 10 * time.Second
	}
	if p.bitrate == 0 {
		p.bitrate = 60
	}
	clip := camsim.TestClip(t, camsim.Options{Width: 160, Height: 96, FPS: frameRate, GOP: frameRate, Bitrate: p.bitrate})
	h := &house{plan: p, t: t, dir: t.TempDir(), shows: &camsim.Schedule{Library: camsim.Loop(clip, clip), Stamp: true, Seed: 1}, stored: map[string]bool{}}
	for i := range p.cameras {
		id := vms.CameraID(fmt.Sprintf("c-%03d", i+1))
		h.ids = append(h.ids, id)
		h.feeds = append(h.feeds, vms.Feed{Camera: id, Stream: vms.Main})
		if p.subs {
			h.feeds = append(h.feeds, vms.Feed{Camera: id, Stream: vms.Sub})
		}
	}
	h.sim = camsim.Start(t, camsim.Config{Schedule: h.shows, Cameras: h.ids})
	h.write("cameras/organisation.yaml", "name: proof\nunits: [{id: keiei, name: 経営, units: [{id: kiki-kanri, name: 危機管理}]}]\n")
	h.write("cameras/cameras.yaml", h.cameraFile())
	t.Cleanup(func() {
		for _, n := range h.nodes {
			n.kill()
			if t.Failed() {
				t.Logf("the log of %s ends:\n%s", n.name, n.tail())
			}
		}
	})
	return h
}

func (h *house) write(name, text string) {
	path := filepath.Join(h.dir, name)
	require.NoError(h.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(h.t, os.WriteFile(path, []byte(text), 0o644))
}

func (h *house) cameraFile() string {
	text := "site: honcho\nfloor: 1F\ncameras:\n"
	for _, id := range h.ids {
		sub := ""
		if h.subs {
			sub = fmt.Sprintf(", sub: %q", h.sim.URL(id, vms.Sub))
		}
		text += fmt.Sprintf("  - {id: %s, name: %s, kind: surveillance, section: kiki-kanri, starts: 2017-06-01, streams: {main: %q%s}}\n",
			id, id, h.sim.URL(id, vms.Main), sub)
	}
	return text
}

// freeAddress returns an address that is free at this moment, for TCP and for UDP.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		u, err := net.ListenPacket("udp", l.Addr().String())
		if err = errors.Join(err, l.Close()); err != nil {
			continue
		}
		require.NoError(t, u.Close())
		return l.Addr().String()
	}
	require.FailNow(t, "no free port")
	return ""
}

// servers is a plan on PostgreSQL and a MinIO of the proof's own, which it may stop.
func servers(t *testing.T, p plan) (plan, *testserver.Server) {
	t.Helper()
	minio := testserver.StartMinIO(t)
	p.database, p.objects = testserver.Postgres(t), minio.URL
	return p, minio
}

// objects is a store that lists.
type objects interface {
	blob.Store
	blob.Lister
}

// store is where the objects are, past everything the product knows of them.
func (h *house) store() objects {
	if h.opened != nil {
		return h.opened
	}
	url := h.objects
	if url == "" {
		url = "dir:" + filepath.Join(h.nodes[0].dir, "data", "objects")
	}
	s, err := blob.Open(url)
	require.NoError(h.t, err)
	h.opened = s.(objects)
	return h.opened
}

// sent is what the cameras say they sent, by feed.
func (h *house) sent() map[vms.Feed]camsim.Sent {
	out := map[vms.Feed]camsim.Sent{}
	for _, f := range h.feeds {
		out[f] = h.sim.Camera(f.Camera).Sent(f.Stream)
	}
	return out
}

// playing waits until every camera has sent more than a second of each stream to somebody.
func (h *house) playing() {
	h.t.Helper()
	before := h.sent()
	until(h.t, time.Minute, "every camera is asked for its streams", func() error {
		for f, s := range h.sent() {
			if s.Last < max(before[f].Last, s.First)+frameRate {
				return fmt.Errorf("%v", f)
			}
		}
		return nil
	})
}

// hush makes the cameras fall silent, everything they sent having arrived, and waits until all of it
// is in the store.
func (h *house) hush() {
	h.t.Helper()
	for _, id := range h.ids {
		h.sim.Camera(id).Change(func(m *camsim.Mode) { m.Silent = true })
	}
	h.drained(2 * time.Minute)
}

// drained waits until every segment of every spool is in the store. Where the store is behind a
// network, files stay for a while all the same.
func (h *house) drained(limit time.Duration) {
	h.t.Helper()
	until(h.t, limit, "the spools are in the store", func() error {
		for _, n := range h.nodes {
			if n.exited != nil {
				n.alive()
			}
			if err := n.uploaded(math.MaxInt64); err != nil {
				return err
			}
		}
		return nil
	})
}
