package media

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
)

// CodecString is the track's codecs parameter (RFC 6381; ISO/IEC 14496-15 annex E), such as
// "avc1.64001f" or "hvc1.1.6.L93.b0"; "" where the SPS is too short to tell.
func (t *Track) CodecString() string {
	if t.Codec == H264 {
		if len(t.SPS) < 4 {
			return ""
		}
		return fmt.Sprintf("avc1.%x", t.SPS[1:4])
	}
	general := GeneralProfile(t.SPS)
	if general == nil {
		return ""
	}
	space := [...]string{"", "A", "B", "C"}[general[0]>>6]
	tier := [...]string{"L", "H"}[general[0]>>5&1]
	compatible := bits.Reverse32(binary.BigEndian.Uint32(general[1:]))
	s := fmt.Sprintf("hvc1.%s%d.%x.%s%d", space, general[0]&31, compatible, tier, general[11])
	constraints := general[5:11]
	for len(constraints) > 0 && constraints[len(constraints)-1] == 0 {
		constraints = constraints[:len(constraints)-1]
	}
	for _, b := range constraints {
		s += fmt.Sprintf(".%x", b)
	}
	return s
}

// GeneralProfile returns the general part of profile_tier_level of an H.265 SPS (ITU-T H.265 7.3.3):
// profile space, tier and profile, compatibility flags, constraint flags, level, 12 bytes in all; nil
// where the SPS is too short.
func GeneralProfile(sps []byte) []byte {
	const before = 3 // NAL header, then sps_video_parameter_set_id to sps_temporal_id_nesting_flag
	head := h264.EmulationPreventionRemove(sps[:min(len(sps), 64)])
	if len(head) < before+12 {
		return nil
	}
	return head[before : before+12]
}
