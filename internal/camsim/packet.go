package camsim

import (
	"encoding/binary"

	"yagura/internal/media"
)

const (
	maxPayload  = 1400 // bytes of an RTP payload; with headers it fits an Ethernet frame
	payloadType = 96
	prefix      = 4 // "$", channel, length: RFC 2326 10.12
	rtpHeader   = 12
)

// packet is one RTP payload: a few bytes of fragmentation header and a slice of the clip's NAL unit.
type packet struct {
	head   [3]byte
	n      uint8 // bytes of head in use
	marker bool
	body   []byte
}

// appendPackets cuts a NAL unit as RFC 6184 5.6 and 5.8 (single, FU-A) or RFC 7798 4.4.1 and 4.4.3 say.
func appendPackets(to []packet, codec media.Codec, nal []byte) []packet {
	if len(nal) <= maxPayload {
		return append(to, packet{body: nal})
	}
	p := packet{n: 2, head: [3]byte{nal[0]&0xe0 | 28, nal[0] & 0x1f}}
	body := nal[1:]
	if codec == media.H265 {
		p = packet{n: 3, head: [3]byte{nal[0]&0x81 | 49<<1, nal[1], nal[0] >> 1 & 0x3f}}
		body = nal[2:]
	}
	last := p.n - 1
	typ := p.head[last]
	p.head[last] |= 0x80
	for room := maxPayload - int(p.n); len(body) > room; body = body[room:] {
		p.body = body[:room]
		to = append(to, p)
		p.head[last] = typ
	}
	p.head[last], p.body = typ|0x40, body
	return append(to, p)
}

// wire is a unit as it goes out: interleaved RTP packets, with channel, sequence number and SSRC
// left to the session. It is reused from unit to unit.
type wire struct {
	buf  []byte
	ends []int // where each packet ends in buf
}

func (w *wire) reset() {
	if cap(w.buf) > 4<<20 { // after a huge unit
		*w = wire{}
	}
	w.buf, w.ends = w.buf[:0], w.ends[:0]
}

func (w *wire) add(p *packet, marker bool, ts uint32) {
	size := rtpHeader + int(p.n) + len(p.body)
	pt := byte(payloadType)
	if marker {
		pt |= 0x80
	}
	w.buf = append(w.buf, '$', 0, byte(size>>8), byte(size), 0x80, pt, 0, 0)
	w.buf = binary.BigEndian.AppendUint32(w.buf, ts)
	w.buf = append(w.buf, 0, 0, 0, 0)
	w.buf = append(w.buf, p.head[:p.n]...)
	w.buf = append(w.buf, p.body...)
	w.ends = append(w.ends, len(w.buf))
}

// address fills in what is the session's own.
func (w *wire) address(channel byte, seq uint16, ssrc uint32) {
	start := 0
	for i, end := range w.ends {
		p := w.buf[start:end]
		p[1] = channel
		binary.BigEndian.PutUint16(p[prefix+2:], seq+uint16(i))
		binary.BigEndian.PutUint32(p[prefix+8:], ssrc)
		start = end
	}
}
