package whep_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
	"yagura/internal/whep"
)

const gopLen = 30

var tapeStart = vms.InstantOf(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC))

// moment is when picture i of the past was taken; recorded is its number.
func moment(i int) vms.Instant { return tapeStart.Add(time.Duration(i) * time.Second / 15) }
func recorded(i int) int       { return 1_000_000 + i }

func pastOf(at vms.Instant) whep.Request {
	return whep.Request{Camera: "a1-01", Stream: vms.Main, At: at, Purpose: "incident"}
}

func pastCam(src *source) *cam {
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.record(tapeStart, 3000, gopLen, 2000)
	return c
}

// seekTo asks for a moment and returns the position answered and the pictures up to it.
func (v *viewer) seekTo(i int) (map[string]any, []frame) {
	v.t.Helper()
	v.say(fmt.Sprintf(`{"type":"seek","at":%q}`, moment(i).Add(20*time.Millisecond)))
	var got []frame
	for {
		f := v.frame()
		got = append(got, f)
		if f.id == recorded(i) {
			break
		}
	}
	for {
		if p := v.message("position"); p["at"] == moment(i).String() {
			return p, got
		}
	}
}

func (v *viewer) pause() {
	v.t.Helper()
	v.say(`{"type":"pause"}`)
	for v.message("position")["rate"] != 0.0 {
	}
	v.idle()
}

// idle takes what is still on its way.
func (v *viewer) idle() (out []frame) {
	for {
		select {
		case f := <-v.frames:
			out = append(out, f)
		case <-time.After(150 * time.Millisecond):
			return out
		}
	}
}

func TestPastShowsTheExactPictureThenPlays(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(100).Add(time.Millisecond)), viewerOptions{})
	got := v.until(recorded(100))
	require.Equal(t, recorded(90), got[0].id, "from its key frame")
	for i, f := range got[1:] {
		require.Equal(t, uint32(90), f.rtp-got[i].rtp)
	}
	pos := v.message("position")
	require.Equal(t, moment(100).String(), pos["at"])
	require.EqualValues(t, got[10].rtp, pos["rtp"])
	require.EqualValues(t, 1, pos["rate"])
	require.Equal(t, false, pos["live"])
	began := got[10].when
	last := got[10]
	for i := 101; i < 116; i++ {
		f := v.frame()
		require.Equal(t, recorded(i), f.id)
		require.InDelta(t, 6000, f.rtp-last.rtp, 10)
		last = f
	}
	require.InDelta(t, 1, last.when.Sub(began).Seconds(), 0.3, "in real time")
}

func TestPausedSeekIsExact(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(0)), viewerOptions{})
	v.frame()
	v.pause()
	var last uint32
	for _, i := range []int{29, 0, 30, 31, 59, 1234, 7, 2990} {
		pos, got := v.seekTo(i)
		require.EqualValues(t, 0, pos["rate"])
		require.EqualValues(t, got[len(got)-1].rtp, pos["rtp"])
		require.Equal(t, recorded(i-i%gopLen), got[0].id)
		require.Len(t, got, i%gopLen+1)
		require.Less(t, last, got[0].rtp, "the clock only rises")
		last = got[len(got)-1].rtp
		require.Empty(t, v.idle(), "nothing behind the picture asked for")
	}
}

func TestStepsBothWays(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(50)), viewerOptions{})
	v.frame()
	v.pause()
	v.seekTo(58)
	for i := 59; i < 63; i++ {
		v.say(`{"type":"step","step":1}`)
		require.Equal(t, recorded(i), v.frame().id)
		require.Equal(t, moment(i).String(), v.message("position")["at"])
	}
	for i := 61; i > 57; i-- {
		v.say(`{"type":"step","step":-1}`)
		got := v.until(recorded(i))
		pos := v.message("position")
		require.Equal(t, moment(i).String(), pos["at"])
		require.EqualValues(t, got[len(got)-1].rtp, pos["rtp"])
	}
	v.say(`{"type":"step","step":1}{`)
	require.Equal(t, "bad-message", v.message("denied")["code"])
	v.say(`{"type":"step","step":1}`)
	v.say(`{"type":"step","step":1}`)
	v.until(recorded(60))
	require.Empty(t, v.idle())
}

func TestRates(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(1500)), viewerOptions{})
	v.until(recorded(1500))
	for _, c := range []struct {
		rate  float64
		every int // pictures between those sent
	}{{4, 1}, {8, 1}, {16, gopLen}, {-8, -gopLen}, {64, gopLen}, {0.5, 1}} {
		v.say(fmt.Sprintf(`{"type":"rate","rate":%v}`, c.rate))
		for v.message("position")["rate"] != c.rate {
		}
		for len(v.frames) > 0 {
			<-v.frames
		}
		v.frame()
		a := v.frame()
		b := v.frame()
		require.Equal(t, c.every, b.id-a.id, "rate %v", c.rate)
		want := float64(c.every) * 6000 / c.rate
		require.InDelta(t, want, float64(b.rtp-a.rtp), want*0.6+200, "rate %v", c.rate)
	}
}

func TestSynchronisedStart(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(10)), viewerOptions{})
	v.frame()
	v.pause()
	v.seekTo(40)
	when := time.Now().Add(400 * time.Millisecond)
	v.say(fmt.Sprintf(`{"type":"play","when":%q}`, vms.InstantOf(when)))
	f := v.frame()
	require.Equal(t, recorded(41), f.id)
	require.WithinDuration(t, when, f.when, 80*time.Millisecond)
}

func TestASeekMayPauseAndItsAnswerNamesWhatWasAsked(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(100)), viewerOptions{})
	require.Equal(t, moment(100).String(), v.message("position")["sought"], "also of what was opened")
	v.until(recorded(103))
	at := moment(102).Add(time.Millisecond)
	v.say(fmt.Sprintf(`{"type":"seek","at":%q,"pause":true}`, at))
	for {
		if p := v.message("position"); p["sought"] == at.String() {
			require.Equal(t, moment(102).String(), p["at"])
			require.Equal(t, 0.0, p["rate"])
			break
		}
	}
	v.idle()
	v.say(`{"type":"pause"}`)
	require.Empty(t, v.idle(), "it stands")
}

func TestSeveralStartOnOneMoment(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(100)), viewerOptions{})
	v.until(recorded(100))
	v.pause()
	v.seekTo(100)
	when := time.Now().Add(400 * time.Millisecond)
	v.say(`{"type":"rate","rate":0.5}`)
	v.say(fmt.Sprintf(`{"type":"play","when":%q,"at":%q}`, vms.InstantOf(when), moment(100)))
	f := v.frame()
	require.Equal(t, recorded(101), f.id)
	require.WithinDuration(t, when.Add(2*time.Second/15), f.when, 50*time.Millisecond, "a fifteenth behind the moment that was due, at half the rate")
}

func TestGapIsToldAndPassedOver(t *testing.T) {
	src := newSource()
	c := pastCam(src)
	g := vms.Gap{Span: vms.Span{From: moment(99).Add(time.Millisecond), To: moment(120)}, Cause: vms.Stalled}
	c.gaps = append(c.gaps, g)
	v := watch(t, newServer(t), src, pastOf(moment(10)), viewerOptions{})
	v.frame()
	v.pause()
	v.say(fmt.Sprintf(`{"type":"seek","at":%q}`, moment(105)))
	got := v.message("gap")
	require.Equal(t, "stalled", got["cause"])
	require.Equal(t, g.From.String(), got["from"])
	v.until(recorded(120))
	require.Equal(t, moment(120).String(), v.message("position")["at"])
}

func TestSeeksCoalesce(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(10)), viewerOptions{})
	v.frame()
	v.pause()
	for i := range 60 {
		v.say(fmt.Sprintf(`{"type":"seek","at":%q}`, moment(i*30)))
	}
	got := v.until(recorded(59 * 30))
	require.Less(t, len(got), 20)
}

func TestFromLiveToPastAndBackOnOneTrack(t *testing.T) {
	src := newSource()
	c := pastCam(src)
	c.write(10, 30, 3000, frameTime)
	c.run(t, 30, 3000, frameTime)
	other := src.add("a1-02", vms.Sub, newCam(h264))
	other.id = 5_000_010
	other.write(20, 5, 2000, frameTime)
	other.run(t, 5, 2000, frameTime)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	last := v.until(9)[9]
	v.seekTo(200)
	v.say(`{"type":"live"}`)
	for {
		f := v.frame()
		require.Less(t, int32(0), int32(f.rtp-last.rtp))
		last = f
		if f.id < 1_000_000 {
			require.True(t, f.key)
			break
		}
	}
	for v.message("position")["live"] != true {
	}
	v.say(`{"type":"open","camera":"a1-02","stream":"sub"}`)
	for last.id < 5_000_000 {
		f := v.frame()
		require.Less(t, int32(0), int32(f.rtp-last.rtp))
		last = f
	}
	require.True(t, last.key)
	for v.message("position")["camera"] != "a1-02" {
	}
	require.Equal(t, 1, src.opened(), "the old views were closed")

	v.say(`{"type":"open","camera":"nobody"}`)
	require.Equal(t, "no-camera", v.message("denied")["code"])
	require.Greater(t, v.frame().id, 5_000_000, "the old view goes on")
	reqs := src.requests()
	require.Equal(t, moment(200).Add(20*time.Millisecond), reqs[1].At)
}

func TestDeniedSeekLeavesThePictureAsItIs(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(100)), viewerOptions{})
	v.until(recorded(102))
	v.say(`{"type":"seek","at":"2001-01-01T00:00:00Z"}`)
	require.Equal(t, "not-yours", v.message("denied")["code"])
	v.until(recorded(110))
}

// Nothing follows a picture that stands, so a browser cannot notice that its end was lost.
func TestTheEndOfAPictureThatStandsIsNotMissed(t *testing.T) {
	src := newSource()
	pastCam(src)
	var lossy atomic.Bool
	v := watch(t, newServer(t), src, pastOf(moment(100)), viewerOptions{dropLast: &lossy})
	v.until(recorded(100))
	v.pause()
	for _, i := range []int{690, 30, 1200} { // key frames: nothing leads up to them
		lossy.Store(true)
		began := time.Now()
		_, got := v.seekTo(i)
		require.Equal(t, recorded(i), got[len(got)-1].id)
		require.Less(t, time.Since(began), 2*time.Second, "well before a browser would ask for a key frame")
	}
}

func TestPictureLossWhilePaused(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(0)), viewerOptions{})
	v.frame()
	v.pause()
	_, got := v.seekTo(40)
	v.pli(<-v.ssrc)
	again := v.until(recorded(40))
	require.Len(t, again, 11)
	require.Less(t, got[10].rtp, again[0].rtp)
	require.Equal(t, float64(again[10].rtp), v.message("replay")["rtp"], "told before, so that the browser hides the way there")
	for {
		if p := v.message("position"); p["rtp"] == float64(again[10].rtp) {
			require.Equal(t, moment(40).String(), p["at"])
			return
		}
	}
}

func TestEndOfFootage(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(2995)), viewerOptions{})
	v.until(recorded(2999))
	for v.message("position")["end"] != true {
	}
	v.seekTo(5)
	v.say(`{"type":"play"}`)
	require.Equal(t, recorded(6), v.frame().id)
}

func TestMalformedMessagesAreAnswered(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := watch(t, newServer(t), src, pastOf(moment(100)), viewerOptions{})
	for _, m := range []string{``, `[]`, `{}`, `{"type":"fly"}`, `{"type":"seek"}`, `{"type":"seek","at":"noon"}`, `{"type":"rate","rate":65}`,
		`{"type":"rate","rate":0}`, `{"type":"step","step":2}`, `{"type":"open","camera":"../x"}`, `{"type":"play","when":"2999-01-01T00:00:00Z"}`} {
		v.say(m)
		require.NotEmpty(t, v.message("denied")["reason"], m)
	}
}

func TestForeignDataChannelIsClosed(t *testing.T) {
	src := newSource()
	pastCam(src)
	v := newViewer(t, viewerOptions{})
	dc, err := v.pc.CreateDataChannel("else", nil)
	require.NoError(t, err)
	closed := make(chan struct{})
	dc.OnClose(func() { close(closed) })
	sess, answer, err := newServer(t).Offer(t.Context(), []byte(v.offer()), src, pastOf(moment(1)))
	require.NoError(t, err)
	v.answer(sess, answer)
	select {
	case <-closed:
	case <-time.After(patience):
		require.Fail(t, "still open")
	}
	v.say(`{"type":"pause"}`)
	v.message("position")
}
