package whep

import (
	"strconv"
	"strings"

	"github.com/pion/webrtc/v4"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const playoutDelayURI = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"

// Why a lower stream is opened instead of the one asked for.
const (
	fallbackSlow      = "slow"
	fallbackCodec     = "codec"
	fallbackReordered = "reordered"
)

// profiles are the H.264 profile-level-ids we answer to, best first. Browsers decode every common
// profile under 42e01f, so that one is used and the camera's bits are sent unchanged.
var profiles = []string{"42e01f", "42001f", "4d001f", "64001f"}

// newMediaEngine knows H.264 (packetization-mode 1), H.265, their retransmission formats and the
// playout-delay extension; no audio, by the ward's rule. It does not ask for goog-remb: the browser's
// estimate begins near half a megabit and rises by some per cent a second, whatever the path takes.
func newMediaEngine() (*webrtc.MediaEngine, error) {
	var m webrtc.MediaEngine
	pt := webrtc.PayloadType(96)
	add := func(mime, fmtp string) error {
		feedback := []webrtc.RTCPFeedback{{Type: "ccm", Parameter: "fir"}, {Type: "nack"}, {Type: "nack", Parameter: "pli"}}
		if mime == webrtc.MimeTypeRTX {
			feedback = nil
		}
		c := webrtc.RTPCodecParameters{PayloadType: pt, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: mime, ClockRate: media.ClockRate, SDPFmtpLine: fmtp, RTCPFeedback: feedback}}
		pt++
		return m.RegisterCodec(c, webrtc.RTPCodecTypeVideo)
	}
	formats := [][2]string{}
	for _, p := range profiles {
		formats = append(formats, [2]string{webrtc.MimeTypeH264, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + p})
	}
	formats = append(formats, [2]string{webrtc.MimeTypeH265, "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST"})
	for _, f := range formats {
		rtx := "apt=" + strconv.Itoa(int(pt))
		if err := add(f[0], f[1]); err != nil {
			return nil, err
		}
		if err := add(webrtc.MimeTypeRTX, rtx); err != nil {
			return nil, err
		}
	}
	err := m.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: playoutDelayURI},
		webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverDirectionSendonly)
	return &m, err
}

// format is the pair of payload types one codec was negotiated under; rtx is 0 without RFC 4588.
type format struct{ pt, rtx uint8 }

// formats picks, per codec, the best of what was negotiated.
func formats(codecs []webrtc.RTPCodecParameters) map[media.Codec]format {
	out := map[media.Codec]format{}
	rank := map[media.Codec]int{}
	for _, c := range codecs {
		codec, r := media.H265, 0
		if strings.EqualFold(c.MimeType, webrtc.MimeTypeH264) {
			codec, r = media.H264, profileRank(c.SDPFmtpLine)
		} else if !strings.EqualFold(c.MimeType, webrtc.MimeTypeH265) {
			continue
		}
		if _, ok := out[codec]; ok && rank[codec] <= r {
			continue
		}
		out[codec], rank[codec] = format{uint8(c.PayloadType), rtxFor(c.PayloadType, codecs)}, r
	}
	return out
}

func profileRank(fmtp string) int {
	for i, p := range profiles {
		if strings.Contains(strings.ToLower(fmtp), "profile-level-id="+p[:4]) {
			return i
		}
	}
	return len(profiles)
}

func rtxFor(pt webrtc.PayloadType, codecs []webrtc.RTPCodecParameters) uint8 {
	for _, c := range codecs {
		if strings.EqualFold(c.MimeType, webrtc.MimeTypeRTX) && c.SDPFmtpLine == "apt="+strconv.Itoa(int(pt)) {
			return uint8(c.PayloadType)
		}
	}
	return 0
}

// unfit says why a track cannot be shown to a browser that takes these formats; "" when it can.
func unfit(t *media.Track, can map[media.Codec]format) string {
	switch _, ok := can[trackCodec(t)]; {
	case t == nil:
		return ""
	case !ok:
		return fallbackCodec
	case t.Reordered:
		return fallbackReordered
	}
	return ""
}

func trackCodec(t *media.Track) media.Codec {
	if t == nil {
		return media.H264
	}
	return t.Codec
}

// unfitError is what the viewer is told when no other stream helps.
func unfitError(why string) error {
	if why == fallbackReordered {
		return vms.Errorf(vms.Invalid, "b-frames", "this camera sends B-frames, which browsers do not show over WebRTC; switch them off in the camera")
	}
	return vms.Errorf(vms.Invalid, "codec-not-supported", "this browser does not show the camera's codec (H.265), and the camera has no H.264 sub stream")
}
