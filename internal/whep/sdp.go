package whep

import (
	"github.com/pion/sdp/v3"

	"yagura/internal/vms"
)

// checkOffer refuses what is no WHEP offer: exactly one video section that only receives, perhaps
// audio that only receives (answered as refused), perhaps a data channel.
func checkOffer(b []byte) (control bool, err error) {
	bad := func(text string) error { return vms.Errorf(vms.Invalid, "bad-offer", "the offer %s", text) }
	if len(b) > sdpMax {
		return false, bad("has more than 64 KiB")
	}
	var d sdp.SessionDescription
	if err := d.Unmarshal(b); err != nil {
		return false, bad("is not SDP")
	}
	videos, controls := 0, 0
	for _, m := range d.MediaDescriptions {
		switch m.MediaName.Media {
		case "application":
			controls++
		case "video", "audio":
			if !receives(&d, m) {
				return false, bad("may only receive (a=recvonly): nothing is accepted from a viewer")
			}
			if m.MediaName.Media == "video" {
				videos++
			}
		default:
			return false, bad("has a section that is neither video, audio nor a data channel")
		}
	}
	if videos != 1 || controls > 1 {
		return false, bad("needs one video section and at most one data channel section")
	}
	return controls == 1, nil
}

// receives reports whether a section asks to receive only, or not at all.
func receives(d *sdp.SessionDescription, m *sdp.MediaDescription) bool {
	for _, has := range []func(string) (string, bool){m.Attribute, d.Attribute} {
		for _, dir := range []string{"recvonly", "inactive", "sendrecv", "sendonly"} {
			if _, ok := has(dir); ok {
				return dir == "recvonly" || dir == "inactive" && m.MediaName.Media == "audio"
			}
		}
	}
	return false
}
