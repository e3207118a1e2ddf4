package segment

import (
	"encoding/binary"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h265"

	"yagura/internal/media"
)

// sampleEntry appends avc1 or hvc1 (ISO/IEC 14496-12 12.1.3, ISO/IEC 14496-15 5.4.2, 8.4.1).
func sampleEntry(b []byte, t *media.Track) []byte {
	kind := "avc1"
	if t.Codec == media.H265 {
		kind = "hvc1"
	}
	return box(b, kind, func(b []byte) []byte {
		b = zeros(b, 6)
		b = u16(b, 1) // data_reference_index
		b = zeros(b, 16)
		b = u16(b, uint16(t.Width))
		b = u16(b, uint16(t.Height))
		b = u32(b, 72<<16) // dpi
		b = u32(b, 72<<16)
		b = u32(b, 0)
		b = u16(b, 1) // frame_count
		b = zeros(b, 32)
		b = u16(b, 24) // depth
		b = u16(b, 0xffff)
		if t.Codec == media.H265 {
			return box(b, "hvcC", func(b []byte) []byte { return hvcC(b, t) })
		}
		return box(b, "avcC", func(b []byte) []byte { return avcC(b, t) })
	})
}

// avcC appends AVCDecoderConfigurationRecord (ISO/IEC 14496-15 5.3.3.1).
func avcC(b []byte, t *media.Track) []byte {
	b = append(b, 1, t.SPS[1], t.SPS[2], t.SPS[3], 0xff, 0xe1)
	b = append(u16(b, uint16(len(t.SPS))), t.SPS...)
	b = append(b, 1)
	b = append(u16(b, uint16(len(t.PPS))), t.PPS...)
	switch t.SPS[1] {
	case 100, 110, 122, 144:
		var sps h264.SPS
		if sps.Unmarshal(t.SPS) == nil {
			b = append(b, 0xfc|byte(sps.ChromaFormatIdc), 0xf8|byte(sps.BitDepthLumaMinus8), 0xf8|byte(sps.BitDepthChromaMinus8), 0)
		}
	}
	return b
}

// hvcC appends HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 8.3.3.1).
func hvcC(b []byte, t *media.Track) []byte {
	sps := h265.SPS{ChromaFormatIdc: 1}
	layers, nested := byte(0), byte(0)
	if sps.Unmarshal(t.SPS) == nil {
		layers = sps.MaxSubLayersMinus1
		if sps.TemporalIDNestingFlag {
			nested = 1
		}
	}
	b = append(b, 1)
	b = append(b, media.GeneralProfile(t.SPS)...)
	b = u16(b, 0xf000) // min_spatial_segmentation_idc
	b = append(b, 0xfc, 0xfc|byte(sps.ChromaFormatIdc), 0xf8|byte(sps.BitDepthLumaMinus8), 0xf8|byte(sps.BitDepthChromaMinus8))
	b = u16(b, 0) // avgFrameRate
	b = append(b, (layers+1)<<3|nested<<2|3, 3)
	for _, nal := range [][]byte{t.VPS, t.SPS, t.PPS} {
		b = append(b, nal[0]>>1&0x3f, 0, 1)
		b = append(u16(b, uint16(len(nal))), nal...)
	}
	return b
}

// parseEntry reads the content of stsd back into a Track; nil where it is none of ours.
func parseEntry(stsd []byte) *media.Track {
	const fixed = 78
	if len(stsd) < 8+8+fixed {
		return nil
	}
	kind, entry := string(stsd[12:16]), stsd[16:]
	t := &media.Track{
		Width:  int(binary.BigEndian.Uint16(entry[24:])),
		Height: int(binary.BigEndian.Uint16(entry[26:])),
	}
	switch kind {
	case "avc1":
		t.Codec = media.H264
		if c := child(entry[fixed:], "avcC"); len(c) > 6 {
			var rest []byte
			t.SPS, rest = parameterSet(c[6:])
			if len(rest) > 1 {
				t.PPS, _ = parameterSet(rest[1:])
			}
		}
	case "hvc1":
		t.Codec = media.H265
		if c := child(entry[fixed:], "hvcC"); len(c) > 23 {
			c = c[23:]
			for _, set := range []*[]byte{&t.VPS, &t.SPS, &t.PPS} {
				if len(c) > 3 {
					*set, c = parameterSet(c[3:])
				}
			}
		}
	}
	if checkTrack(t) != nil {
		return nil
	}
	return t
}

// parameterSet takes a NAL unit with a two-byte length off b.
func parameterSet(b []byte) (nal, rest []byte) {
	if len(b) < 2 {
		return nil, nil
	}
	n := 2 + int(binary.BigEndian.Uint16(b))
	if n > len(b) {
		return nil, nil
	}
	return b[2:n:n], b[n:]
}
