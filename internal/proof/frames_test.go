package proof

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

// TestFrames: not one frame is lost.
func TestFrames(t *testing.T) {
	parallel(t)
	h := newHouse(t, plan{cameras: size(10, 100), subs: true})
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	length := size(25*time.Second, 10*time.Minute)
	vms.Sleep(t.Context(), length)
	h.hush()
	n.fsck()
	sent, units := h.sent(), 0
	for _, l := range h.ledgers() {
		l.whole(t, sent[l.feed])
		spans, _ := n.accounted(l.feed, vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())})
		require.Len(t, spans, 1, "%v", l.feed)
		units += len(l.stamps)
	}
	n.alive()
	figure(t, "run", "%d cameras, main and sub, %v", h.cameras, length)
	figure(t, "frames", "%d sent, 0 lost", units)
}
