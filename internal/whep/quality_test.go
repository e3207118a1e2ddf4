package whep_test

import (
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

func TestSlowViewerGetsLess(t *testing.T) {
	t.Parallel()
	src := twoStreams(t, h264, h264)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	ssrc := <-v.ssrc
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = v.pc.WriteRTCP([]rtcp.Packet{&rtcp.ReceiverReport{Reports: []rtcp.ReceptionReport{{SSRC: ssrc, FractionLost: 80}}}})
			case <-stop:
				return
			}
		}
	}()
	defer func() { close(stop); <-done }()
	for v.message("quality")["stream"] != "sub" {
	}
	reqs := src.requests()
	require.Equal(t, "slow", reqs[len(reqs)-1].Fallback)
	require.Equal(t, vms.Sub, reqs[len(reqs)-1].Stream)
	q := v.message("quality")
	require.Equal(t, "keys", q["mode"])
	require.Equal(t, "slow", q["reason"])
	for range v.idle() {
	}
	for range 2 {
		require.True(t, v.frame().key)
	}
}

func TestLaggingReaderResumesAtAKeyFrame(t *testing.T) {
	src := newSource()
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(10, 30, 3000, frameTime)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.until(9)
	v.say(`{"type":"pause"}`)
	for v.message("position")["rate"] != 0.0 {
	}
	for i := 10; i < 200; i++ { // the ring turns over
		require.NoError(t, c.ring.WriteUnit(picture(h264, i, i%30 == 0, c.last.Add(time.Duration(i)*frameTime), 3000)))
	}
	v.say(`{"type":"play"}`)
	f := v.frame()
	require.True(t, f.key)
	require.Equal(t, 180, f.id)
}
