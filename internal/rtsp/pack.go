package rtsp

import (
	"fmt"

	"github.com/bluenviron/gortsplib/v4/pkg/format"
	"github.com/bluenviron/gortsplib/v4/pkg/format/rtph264"
	"github.com/bluenviron/gortsplib/v4/pkg/format/rtph265"
	"github.com/pion/rtp"

	"yagura/internal/media"
)

const packPayload = 1400 // bytes of RTP payload; header and extension fit beside it in gortsplib's 1472

// packer makes RTP packets of units.
type packer struct {
	encode func(nals [][]byte) ([]*rtp.Packet, error)
}

// format prepares for a track and describes it.
func (p *packer) format(t *media.Track) (format.Format, error) {
	const payloadType = 96
	switch t.Codec {
	case media.H264:
		e := &rtph264.Encoder{PayloadType: payloadType, PayloadMaxSize: packPayload, PacketizationMode: 1}
		p.encode = e.Encode
		return &format.H264{PayloadTyp: payloadType, PacketizationMode: 1, SPS: t.SPS, PPS: t.PPS}, e.Init()
	case media.H265:
		e := &rtph265.Encoder{PayloadType: payloadType, PayloadMaxSize: packPayload}
		p.encode = e.Encode
		return &format.H265{PayloadTyp: payloadType, VPS: t.VPS, SPS: t.SPS, PPS: t.PPS}, e.Init()
	}
	return nil, fmt.Errorf("codec %q is not relayed", t.Codec)
}

// pack returns the unit's packets, its times in the first one's header extension.
func (p *packer) pack(u *media.Unit) ([]*rtp.Packet, error) {
	packets, err := p.encode(u.NALs)
	if err != nil {
		return nil, err
	}
	for _, pkt := range packets {
		pkt.Timestamp = uint32(u.PTS)
	}
	first := &packets[0].Header
	first.Extension, first.ExtensionProfile = true, extensionProfile
	return packets, first.SetExtension(0, appendTimes(nil, u))
}
