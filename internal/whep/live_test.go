package whep_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/vms"
	"yagura/internal/whep"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const frameTime = time.Second / 15

var mainOf = whep.Request{Camera: "a1-01", Stream: vms.Main}

func liveCam(t testing.TB, src *source, gop int) *cam {
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(gop+gop/2, gop, 3000, frameTime)
	c.run(t, gop, 3000, frameTime)
	return c
}

func TestLiveBeginsWithTheRingSquashedOntoNow(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	first := v.frame()
	require.Equal(t, 30, first.id, "the newest key frame")
	require.True(t, first.key, "parameter sets were not inserted")
	last := first
	for i := 31; i < 45; i++ {
		f := v.frame()
		require.Equal(t, i, f.id)
		require.Equal(t, uint32(90), f.rtp-last.rtp, "burst pictures lie 1 ms apart")
		last = f
	}
	for range 5 {
		v.frame()
	}
	f, g := v.frame(), v.frame()
	require.InDelta(t, 6000, g.rtp-f.rtp, 2500, "live pictures keep their distance")
	pos := v.message("position")
	require.Equal(t, true, pos["live"])
	require.EqualValues(t, 1, pos["rate"])

	v.mu.Lock()
	defer v.mu.Unlock()
	for i, p := range v.packets {
		require.Len(t, p.Extensions, 1, "playout-delay on every packet")
		require.Equal(t, []byte{0, 0, 0}, p.GetExtension(p.GetExtensionIDs()[0]))
		require.LessOrEqual(t, len(p.Payload), 1200)
		require.Equal(t, uint8(108), p.PayloadType, "42e01f")
		if i > 0 {
			require.Equal(t, v.packets[i-1].SequenceNumber+1, p.SequenceNumber)
		}
	}
}

func TestAnyWHEPClientSeesLive(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	s := newServer(t)
	v := watch(t, s, src, mainOf, viewerOptions{noControl: true, audio: true})
	require.Equal(t, 30, v.frame().id)
	require.Len(t, v.sess.ID(), 32)
	v.sess.End("deleted")
	<-v.sess.Done()
	require.Zero(t, src.opened())
	require.Empty(t, s.Sessions())
}

func TestOverTCP(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{tcpOnly: true})
	require.Equal(t, 30, v.frame().id)
}

func TestPictureLossReplaysTheWholeGOP(t *testing.T) {
	src := newSource()
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(10, 30, 3000, frameTime)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	last := v.until(9)[9]
	v.pli(<-v.ssrc)
	again := v.until(9)
	require.Len(t, again, 10)
	require.True(t, again[0].key)
	for _, f := range again {
		require.Equal(t, uint32(90), f.rtp-last.rtp, "squashed just behind the last picture")
		last = f
	}
	require.Equal(t, uint64(1), v.sess.Stats().Replays)
}

func TestLostPacketsAreSentAgain(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{dropEvery: 10})
	for i := 30; i < 75; i++ {
		require.Equal(t, i, v.frame().id)
	}
	require.NotZero(t, v.sess.Stats().Resent)
}

func TestOffersThatAreRefused(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	s := newServer(t)
	good := newViewer(t, viewerOptions{noControl: true}).offer()
	for name, c := range map[string]struct {
		sdp, code string
		req       whep.Request
	}{
		"empty":      {"", "bad-offer", mainOf},
		"garbage":    {"v=0\r\nnonsense", "bad-offer", mainOf},
		"too large":  {good + strings.Repeat("a=x:y\r\n", 10000), "bad-offer", mainOf},
		"sends":      {strings.Replace(good, "a=recvonly", "a=sendrecv", 1), "bad-offer", mainOf},
		"past":       {good, "control-required", whep.Request{Camera: "a1-01", Stream: vms.Main, At: 1}},
		"no codec":   {newViewer(t, viewerOptions{noH264: true}).offer(), "codec-not-supported", mainOf},
		"no camera":  {good, "no-camera", whep.Request{Camera: "b", Stream: vms.Main}},
		"no finger":  {strings.Replace(good, "a=fingerprint", "a=fingerprimt", -1), "bad-offer", mainOf},
		"two videos": {good + good[strings.Index(good, "m=video"):], "bad-offer", mainOf},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := s.Offer(context.Background(), []byte(c.sdp), src, c.req)
			require.Error(t, err)
			require.Equal(t, c.code, vms.Code(err), err)
		})
	}
	require.Zero(t, src.opened())
	require.Empty(t, s.Sessions())
}

func TestWithdrawnRightEndsTheSession(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	<-v.open
	close(src.ended)
	require.Equal(t, "appointment ended", v.message("ended")["reason"])
	select {
	case <-v.sess.Done():
	case <-time.After(time.Second):
		require.Fail(t, "still open")
	}
	<-v.closed
	require.Zero(t, src.opened())
}

func TestBrowserThatLeavesIsForgotten(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	require.NoError(t, v.pc.GracefulClose())
	select {
	case <-v.sess.Done():
	case <-time.After(patience):
		require.Fail(t, "still open")
	}
}

// TestManyViewersComeAndGo has a small part of them never connect, end, and leave by themselves;
// TestMain finds what they leave behind.
func TestManyViewersComeAndGo(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	s := newServer(t)
	const workers, each = 6, 35
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				comeAndGo(t, s, src, w+i)
			}
		})
	}
	wg.Wait()
	require.Zero(t, src.opened())
	require.Empty(t, s.Sessions())
}

func comeAndGo(t *testing.T, s *whep.Server, src *source, i int) {
	v := newViewer(t, viewerOptions{noControl: i%2 == 0})
	sess, answer, err := s.Offer(context.Background(), []byte(v.offer()), src, mainOf)
	if !assert.NoError(t, err) {
		return
	}
	if i%5 > 0 {
		v.answer(sess, answer)
		select {
		case <-v.frames:
		case <-time.After(patience):
			assert.Fail(t, "no picture")
		}
	}
	if i%3 > 0 {
		sess.End("enough")
	}
	assert.NoError(t, v.pc.GracefulClose())
	if i%5 == 0 {
		sess.End("it never connected")
	}
	<-sess.Done()
}

func ExampleServer_Offer() {
	s, err := whep.New(whep.Config{UDP: "127.0.0.1:0"})
	if err != nil {
		panic(err)
	}
	defer s.Close()
	_, _, err = s.Offer(context.Background(), []byte("no SDP"), nil, whep.Request{})
	fmt.Println(vms.Code(err))
	// Output: bad-offer
}

// TestWhoIsEndedAtOnceIsTold: the right goes before the browser has opened the channel; it hears why all the same.
func TestWhoIsEndedAtOnceIsTold(t *testing.T) {
	src := newSource()
	liveCam(t, src, 30)
	close(src.ended)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	require.Equal(t, "appointment ended", v.message("ended")["reason"])
	<-v.closed
	require.Zero(t, src.opened())
}
