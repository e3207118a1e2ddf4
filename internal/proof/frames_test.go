package proof

import (
	"testing"
	"time"

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
	units := h.unbroken(n)
	n.stop()
	figure(t, "run", "%d cameras, main and sub, %v", h.cameras, length)
	figure(t, "frames", "%d sent, 0 lost", units)
}
