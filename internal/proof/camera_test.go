package proof

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/vms"
)

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
	mode := func(f func(m *camsim.Mode)) func() { return func() { bad.Change(f) } }
	for _, deed := range []func(){
		func() { bad.Garbage(1 << 20) }, func() { bad.Noise(60000) }, func() { bad.Huge(vms.Main, 30<<20) }, func() { bad.Jump(time.Hour) },
		func() { bad.WrapIn(time.Second) }, func() { bad.Skip(3) }, func() { bad.Disconnect() },
		mode(func(m *camsim.Mode) { m.EndlessFU = true }), mode(func(m *camsim.Mode) { *m = camsim.Mode{Loss: 0.3} }),
		mode(func(m *camsim.Mode) { *m = camsim.Mode{NoKey: true} }), mode(func(m *camsim.Mode) { *m = camsim.Mode{SameTime: true} }),
		mode(func(m *camsim.Mode) { *m = camsim.Mode{Deaf: true} }), mode(func(m *camsim.Mode) { *m = camsim.Mode{Redirect: "rtsp://127.0.0.1:1/"} }),
		mode(func(m *camsim.Mode) { *m = camsim.Mode{Down: true} }), mode(func(m *camsim.Mode) { *m = camsim.Mode{} }),
	} {
		deed()
		vms.Sleep(t.Context(), size(500*time.Millisecond, 20*time.Second))
		bad.Disconnect()
		vms.Sleep(t.Context(), size(500*time.Millisecond, 10*time.Second))
		n.alive()
	}
	last := h.sim.Camera(h.ids[0]).Sent(vms.Main).Last
	until(t, time.Minute, "the camera is recorded again", func() error {
		if s := bad.Sent(vms.Main); s.Last < last+3*frameRate {
			return fmt.Errorf("%v", s)
		}
		return nil
	})
	h.hush()
	n.fsck()
	sent := h.sent()
	h.feeds = h.feeds[1:] // its own units are not bit for bit what it should have sent
	for _, l := range h.ledgers() {
		l.whole(t, sent[l.feed])
		spans, _ := n.accounted(l.feed, vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())})
		require.Len(t, spans, 1, "%v", l.feed)
	}
	spans, gaps := n.accounted(vms.Feed{Camera: h.ids[0], Stream: vms.Main}, vms.Span{From: n.exec, To: vms.InstantOf(time.Now())})
	require.NotEmpty(t, spans)
	causes := map[vms.Cause]int{}
	for _, g := range gaps {
		causes[g.Cause]++
	}
	n.alive()
	figure(t, "gaps of the camera that misbehaves", "%v; the others lost nothing", causes)
}
