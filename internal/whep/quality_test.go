package whep_test

import (
	"context"
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
	v.loses()
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

// loses has the browser report until the test ends that a third of the packets is lost.
func (v *viewer) loses() {
	ssrc := <-v.ssrc
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for vms.Sleep(ctx, 200*time.Millisecond) {
			_ = v.pc.WriteRTCP([]rtcp.Packet{&rtcp.ReceiverReport{Reports: []rtcp.ReceptionReport{{SSRC: ssrc, FractionLost: 80}}}})
		}
	}()
	v.t.Cleanup(func() { cancel(); <-done })
}

// quality waits until it is said which pictures are sent, and why.
func (v *viewer) quality(stream, mode, reason string) {
	v.t.Helper()
	for q := v.message("quality"); q["stream"] != stream || q["mode"] != mode || q["reason"] != reason; q = v.message("quality") {
	}
}

func TestViewerWantsKeyFramesOnly(t *testing.T) {
	t.Parallel()
	src := newSource()
	liveCam(t, src, 15)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	v.say(`{"type":"keys","only":true}`)
	v.quality("main", "keys", "asked")
	for range v.idle() {
	}
	for range 2 {
		require.Zero(t, v.frame().id%15)
	}
	v.say(`{"type":"keys","only":false}`)
	v.quality("main", "all", "")
	for v.frame().id%15 != 1 { // key frames, until the one that all begin with
	}
	for i := 2; i < 40; i++ {
		require.Equal(t, i%15, v.frame().id%15, "every picture, in order")
	}
	for _, bad := range []string{`{"type":"keys"}`, `{"type":"keys","only":"yes"}`} {
		v.say(bad)
		require.Equal(t, "bad-message", v.message("denied")["code"])
	}
}

// TestAllPicturesAreBackAtOnce: nobody waits for the next key frame.
func TestAllPicturesAreBackAtOnce(t *testing.T) {
	t.Parallel()
	src := newSource()
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(1, 1000, 3000, frameTime)
	c.run(t, 1000, 3000, frameTime) // the next key frame is more than a minute away
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.until(5)
	v.say(`{"type":"keys","only":true}`)
	v.quality("main", "keys", "asked")
	for range v.idle() {
	}
	v.say(`{"type":"keys","only":false}`)
	began := time.Now()
	first := v.frame()
	require.Zero(t, first.id)
	require.True(t, first.key)
	for i := 1; i < 30; i++ {
		require.Equal(t, i, v.frame().id)
	}
	require.Less(t, time.Since(began), 5*time.Second)
}

func TestKeyFramesOnlyOfThePast(t *testing.T) {
	t.Parallel()
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(5)), viewerOptions{})
	v.frame()
	v.say(`{"type":"keys","only":true}`)
	v.quality("main", "keys", "asked")
	for range v.idle() {
	}
	require.Zero(t, (v.frame().id-recorded(0))%gopLen)
	_, got := v.seekTo(100) // is exact all the same
	require.Equal(t, recorded(90), got[len(got)-11].id)
	require.Equal(t, recorded(120), v.frame().id)
	v.say(`{"type":"open","camera":"a1-01","stream":"main","at":"` + moment(300).String() + `"}`)
	v.quality("main", "keys", "asked") // the wish outlives the view
}

// TestTheWishAndTheJudgementDoNotFight: what the path allows still counts, below the wish and after it.
func TestTheWishAndTheJudgementDoNotFight(t *testing.T) {
	t.Parallel()
	src := twoStreams(t, h264, h264)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	v.say(`{"type":"keys","only":true}`)
	v.quality("main", "keys", "asked")
	v.loses()
	v.quality("sub", "keys", "asked")
	v.quality("sub", "keys", "asked") // judged anew, and said
	v.say(`{"type":"keys","only":false}`)
	v.quality("sub", "keys", "slow")
	for range v.idle() {
	}
	require.True(t, v.frame().key)
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
