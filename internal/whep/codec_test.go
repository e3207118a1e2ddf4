package whep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

var withB = &media.Track{Codec: media.H264, SPS: h264.SPS, PPS: h264.PPS, Reordered: true}

// twoStreams is a camera whose main stream is coded as main says, and whose sub stream is as sub says.
func twoStreams(t *testing.T, main, sub *media.Track) *source {
	src := newSource()
	for st, track := range map[vms.Stream]*media.Track{vms.Main: main, vms.Sub: sub} {
		if track != nil {
			c := src.add("a1-01", st, newCam(track))
			c.write(10, 30, 3000, frameTime)
			c.run(t, 30, 3000, frameTime)
		}
	}
	return src
}

func TestH265WhereTheBrowserTakesIt(t *testing.T) {
	src := twoStreams(t, h265, nil)
	other := src.add("a1-02", vms.Main, newCam(h264))
	other.write(10, 30, 3000, frameTime)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{h265: true, dropEvery: 20})
	f := v.frame()
	require.Equal(t, uint8(49), f.pt)
	require.Equal(t, 0, f.id)
	require.True(t, f.key)
	for i := 1; i < 40; i++ {
		require.Equal(t, i, v.frame().id)
	}
	v.say(`{"type":"open","camera":"a1-02"}`)
	for v.message("position")["camera"] != "a1-02" {
	}
}

func TestOtherStreamWhereTheBrowserCannotShowTheFirst(t *testing.T) {
	for name, c := range map[string]struct {
		main, sub      *media.Track
		fallback, code string
	}{
		"h265":                {h265, h264, "codec", ""},
		"h265 only":           {h265, nil, "", "codec-not-supported"},
		"h265 twice":          {h265, h265, "", "codec-not-supported"},
		"b-frames":            {withB, h264, "reordered", ""},
		"b-frames only":       {withB, nil, "", "b-frames"},
		"h265, then b-frames": {h265, withB, "", "b-frames"},
	} {
		for _, hint := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				src := twoStreams(t, c.main, c.sub)
				src.noHint = !hint
				s := newServer(t)
				v := newViewer(t, viewerOptions{})
				sess, answer, err := s.Offer(t.Context(), []byte(v.offer()), src, mainOf)
				if c.code != "" && hint {
					require.ErrorIs(t, err, vms.Invalid)
					require.Equal(t, c.code, vms.Code(err))
					require.Zero(t, src.opened())
					return
				}
				require.NoError(t, err)
				v.answer(sess, answer)
				if c.code != "" {
					<-sess.Done()
					require.Zero(t, src.opened())
					return
				}
				for {
					if q := v.message("quality"); q["stream"] == "sub" {
						require.Equal(t, c.fallback, q["reason"])
						break
					}
				}
				v.frame()
				reqs := src.requests()
				require.Equal(t, whep.Request{Camera: "a1-01", Stream: vms.Sub, Fallback: c.fallback}, reqs[len(reqs)-1])
				require.Equal(t, 1, src.opened())
			})
		}
	}
}

func TestOpeningWhatTheBrowserCannotShowIsDenied(t *testing.T) {
	src := twoStreams(t, h264, nil)
	src.add("a1-03", vms.Main, newCam(h265))
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.frame()
	v.say(`{"type":"open","camera":"a1-03"}`)
	require.Equal(t, "codec-not-supported", v.message("denied")["code"])
	v.frame()
	require.Equal(t, 1, src.opened())
}

func TestCodecThatChangesUnderway(t *testing.T) {
	src := twoStreams(t, nil, h264)
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(10, 30, 3000, frameTime)
	v := watch(t, newServer(t), src, mainOf, viewerOptions{})
	v.until(9)
	c.track, c.id = h265, 30
	c.write(1, 30, 3000, frameTime)
	for v.message("quality")["stream"] != "sub" {
	}
	v.frame()
}
