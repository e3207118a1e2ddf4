package whep

import (
	"errors"
	"fmt"

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

// tidyAnswer puts the candidates where browsers look for them. Pion lists them in the first section,
// also when that one is refused (audio); there they are ignored, and nothing connects.
func tidyAnswer(offer, answer []byte) ([]byte, error) {
	var o, a sdp.SessionDescription
	if err := errors.Join(o.Unmarshal(offer), a.Unmarshal(answer)); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	var stray []sdp.Attribute
	for i, m := range a.MediaDescriptions {
		if m.MediaName.Port.Value == 0 {
			kept := m.Attributes[:0]
			for _, at := range m.Attributes {
				if at.IsICECandidate() || at.Key == sdp.AttrKeyEndOfCandidates {
					stray = append(stray, at)
				} else {
					kept = append(kept, at)
				}
			}
			m.Attributes = kept
			if i < len(o.MediaDescriptions) {
				keepMID(o.MediaDescriptions[i], m)
			}
			continue
		}
		m.Attributes = append(m.Attributes, stray...)
		stray = nil
	}
	return a.Marshal()
}

// keepMID gives a refused section the offer's mid, where it has none (RFC 9429 section 5.3.1).
func keepMID(offered, answered *sdp.MediaDescription) {
	mid, ok := offered.Attribute(sdp.AttrKeyMID)
	if _, has := answered.Attribute(sdp.AttrKeyMID); ok && !has {
		answered.WithValueAttribute(sdp.AttrKeyMID, mid)
	}
}
