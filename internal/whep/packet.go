package whep

import (
	"encoding/binary"

	"yagura/internal/media"
)

// maxPayload is the largest RTP payload in bytes. With header, extension, retransmission prefix and
// SRTP tag a datagram stays within 1200 bytes, which passes every path worth having.
const maxPayload = 1160

// fragment is one RTP payload: up to three bytes of payload header, then camera bytes by reference.
type fragment struct {
	head [3]byte
	n    uint8
	body []byte
}

func (f *fragment) appendTo(b []byte) []byte { return append(append(b, f.head[:f.n]...), f.body...) }

func (f *fragment) size() int { return int(f.n) + len(f.body) }

// packetize cuts an access unit into RTP payloads: H.264 as RFC 6184 packetization-mode 1 (single NAL
// units, STAP-A, FU-A), H.265 as RFC 7798 (single, AP, FU). The payloads refer to the unit's bytes.
func packetize(u *media.Unit, out []fragment) []fragment {
	form := h264Form
	if u.Track.Codec == media.H265 {
		form = h265Form
	}
	var group [][]byte
	size := form.header
	flush := func() {
		out = form.join(group, size, out)
		group, size = group[:0], form.header
	}
	for _, nal := range withParameters(u, form) {
		if len(nal) > maxPayload {
			flush()
			out = form.split(nal, out)
			continue
		}
		if size+2+len(nal) > maxPayload {
			flush()
		}
		group = append(group, nal)
		size += 2 + len(nal)
	}
	flush()
	return out
}

// withParameters returns the NAL units to send: a key frame's missing parameter sets first, nothing
// that only fills or delimits.
func withParameters(u *media.Unit, form *payloadForm) [][]byte {
	nals := make([][]byte, 0, len(u.NALs)+3)
	if u.Key {
		for _, ps := range [][]byte{u.Track.VPS, u.Track.SPS, u.Track.PPS} {
			if len(ps) > 0 && !form.contains(u.NALs, form.kind(ps)) {
				nals = append(nals, ps)
			}
		}
	}
	for _, nal := range u.NALs {
		if len(nal) > form.header && !form.omit(form.kind(nal)) {
			nals = append(nals, nal)
		}
	}
	return nals
}

// payloadForm is what differs between the two payload formats.
type payloadForm struct {
	header int // bytes of a NAL unit header
	kind   func(nal []byte) byte
	omit   func(kind byte) bool
	fu     func(nal []byte) (head [3]byte, n uint8) // fragmentation header, S and E bits clear
	group  func(nals [][]byte) []byte               // header of an aggregation packet
}

var h264Form = &payloadForm{
	header: 1,
	kind:   func(nal []byte) byte { return nal[0] & 0x1f },
	omit:   func(kind byte) bool { return kind >= 9 && kind <= 12 }, // delimiter, ends, filler
	fu: func(nal []byte) ([3]byte, uint8) {
		return [3]byte{nal[0]&0xe0 | 28, nal[0] & 0x1f}, 2
	},
	group: func(nals [][]byte) []byte {
		var nri byte
		for _, nal := range nals {
			nri = max(nri, nal[0]&0x60)
		}
		return []byte{nri | 24}
	},
}

var h265Form = &payloadForm{
	header: 2,
	kind:   func(nal []byte) byte { return nal[0] >> 1 & 0x3f },
	omit:   func(kind byte) bool { return kind >= 35 && kind <= 38 },
	fu: func(nal []byte) ([3]byte, uint8) {
		return [3]byte{nal[0]&0x81 | 49<<1, nal[1], nal[0] >> 1 & 0x3f}, 3
	},
	group: func([][]byte) []byte { return []byte{48 << 1, 1} },
}

func (f *payloadForm) contains(nals [][]byte, kind byte) bool {
	for _, nal := range nals {
		if len(nal) > f.header && f.kind(nal) == kind {
			return true
		}
	}
	return false
}

// join appends one payload for a group of small NAL units; size is that of the aggregation packet.
func (f *payloadForm) join(nals [][]byte, size int, out []fragment) []fragment {
	switch len(nals) {
	case 0:
		return out
	case 1:
		return append(out, fragment{body: nals[0]})
	}
	b := append(make([]byte, 0, size), f.group(nals)...)
	for _, nal := range nals {
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(nal))), nal...)
	}
	return append(out, fragment{body: b})
}

// split appends the fragments of a large NAL unit. All but the last have the same size, so that the
// kernel can segment them in one call.
func (f *payloadForm) split(nal []byte, out []fragment) []fragment {
	head, n := f.fu(nal)
	rest := nal[f.header:]
	for first := true; len(rest) > 0; first = false {
		k := min(len(rest), maxPayload-int(n))
		frag := fragment{head: head, n: n, body: rest[:k]}
		rest = rest[k:]
		if first {
			frag.head[n-1] |= 0x80
		}
		if len(rest) == 0 {
			frag.head[n-1] |= 0x40
		}
		out = append(out, frag)
	}
	return out
}
