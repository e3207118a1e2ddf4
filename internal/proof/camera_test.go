package proof

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/vms"
)

// mode is the misdeed of behaving so from now on.
func mode(m camsim.Mode) func(*camsim.Camera) {
	return func(c *camsim.Camera) { c.Change(func(now *camsim.Mode) { *now = m }) }
}

var misdeeds = []func(*camsim.Camera){
	func(c *camsim.Camera) { c.Garbage(1 << 20) },
	func(c *camsim.Camera) { c.Noise(60000) },
	func(c *camsim.Camera) { c.Huge(vms.Main, 30<<20) },
	func(c *camsim.Camera) { c.Jump(time.Hour) },
	func(c *camsim.Camera) { c.WrapIn(time.Second) },
	func(c *camsim.Camera) { c.Skip(3) },
	func(c *camsim.Camera) { c.Disconnect() },
	mode(camsim.Mode{EndlessFU: true}),
	mode(camsim.Mode{Loss: 0.3}),
	mode(camsim.Mode{NoKey: true}),
	mode(camsim.Mode{SameTime: true}),
	mode(camsim.Mode{Deaf: true}),
	mode(camsim.Mode{Redirect: "rtsp://127.0.0.1:1/"}),
	mode(camsim.Mode{Down: true}),
	mode(camsim.Mode{}),
}

// TestCamera: one camera misbehaves in every way there is, and does not cost the others a frame.
func TestCamera(t *testing.T) {
	parallel(t)
	h := newHouse(t, plan{cameras: size(10, 100)})
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	n.ready()
	bad := h.sim.Camera(h.ids[0])
	for _, do := range misdeeds {
		do(bad)
		vms.Sleep(t.Context(), size(500*time.Millisecond, 20*time.Second))
		bad.Disconnect()
		vms.Sleep(t.Context(), size(500*time.Millisecond, 10*time.Second))
		n.alive()
	}
	last := bad.Sent(vms.Main).Last
	until(t, time.Minute, "the camera is recorded again", func() error {
		if s := bad.Sent(vms.Main); s.Last < last+3*frameRate {
			return fmt.Errorf("%v", s)
		}
		return nil
	})
	h.hush()
	n.fsck()
	h.feeds = h.feeds[1:] // its own units are not bit for bit what it should have sent
	h.unbroken(n)
	spans, gaps := n.accounted(vms.Feed{Camera: h.ids[0], Stream: vms.Main}, vms.Span{From: n.exec, To: vms.InstantOf(time.Now())})
	require.NotEmpty(t, spans)
	causes := map[vms.Cause]int{}
	for _, g := range gaps {
		causes[g.Cause]++
	}
	n.alive()
	figure(t, "gaps of the camera that misbehaves", "%v; the others lost nothing", causes)
}
