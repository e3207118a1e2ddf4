package proof

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

// TestStore: the object store is away for a long time under load, and nobody notices but the spool.
func TestStore(t *testing.T) {
	parallel(t)
	p, minio := servers(t, plan{cameras: size(10, 100), segment: size(4*time.Second, 30*time.Second)})
	h := newHouse(t, p)
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	n.ready()
	vms.Sleep(t.Context(), size(6*time.Second, time.Minute))

	away := size(20*time.Second, 10*time.Minute)
	minio.Stop(t)
	from := vms.InstantOf(time.Now())
	looks := h.lookBack(n, from, away)
	minio.Start(t)
	back := time.Now()
	to, backlog := vms.InstantOf(back), 0
	for range n.unstored(vms.InstantOf(back)) {
		backlog++
	}
	until(t, size(time.Minute, 10*time.Minute), "what waited is in the store", func() error {
		n.alive()
		return n.uploaded(to)
	})
	drained := time.Since(back)
	middle := from.Add(away / 2) // plays out of the store now
	n.watch(h.feeds[0], middle).sees(h.feeds[0], frameRate, middle.Add(-2*time.Second), to)
	h.hush()
	n.fsck()
	units := h.unbroken(n)
	figure(t, "run", "%d cameras, MinIO away for %v", h.cameras, to.Sub(from).Round(time.Second))
	figure(t, "frames", "%d sent, 0 lost", units)
	figure(t, "looked back meanwhile", "%d times over WHEP, at random moments of the outage: each played", looks)
	figure(t, "drained", "%d files, within %.1f s of the return, recording going on", backlog, drained.Seconds())
}

// lookBack opens moments of the outage while it lasts, of one camera after the other, and returns how
// often. Live pictures are looked at too.
func (h *house) lookBack(n *node, from vms.Instant, away time.Duration) (looks int) {
	h.t.Helper()
	draw, every := dice(h.t), away/10
	for end := from.Add(away); ; looks++ {
		if left := end.Sub(vms.InstantOf(time.Now())); left < every {
			vms.Sleep(h.t.Context(), left)
			return looks
		}
		vms.Sleep(h.t.Context(), every)
		n.alive()
		feed, now := h.feeds[draw.IntN(len(h.feeds))], vms.InstantOf(time.Now())
		at := from.Add(time.Duration(draw.Int64N(int64(now.Sub(from)))))
		n.watch(feed, at).sees(feed, frameRate/2, at.Add(-2*time.Second), now.Add(time.Minute))
		n.watch(feed, 0).sees(feed, frameRate, now.Add(-3*time.Second), now.Add(time.Minute))
		spans, _ := n.accounted(feed, vms.Span{From: from, To: now})
		require.Len(h.t, spans, 1)
	}
}
