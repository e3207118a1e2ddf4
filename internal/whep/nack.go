package whep

import (
	"encoding/binary"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// resendAfter is how long a packet is not sent again after it was.
const resendAfter = 10 * time.Millisecond

// repeatAfter is when the last packet is sent again where nothing follows it: a receiver notices a loss
// by what comes behind it, so the end of a picture that stands would be missed for seconds (as tail loss
// probes do, RFC 8985 section 7).
var repeatAfter = [...]time.Duration{25 * time.Millisecond, 100 * time.Millisecond, 400 * time.Millisecond}

// sentPacket is what is needed to send a packet once more. It refers to the camera's bytes, which
// other viewers share, instead of copying them.
type sentPacket struct {
	seq    uint16
	used   bool
	marker bool
	format format
	ts     uint32
	again  time.Time // when it was resent last
	frag   fragment
}

// history keeps the last packets by sequence number.
type history struct{ ring [1024]sentPacket }

func (h *history) add(p sentPacket) {
	p.used = true
	h.ring[p.seq%uint16(len(h.ring))] = p
}

func (h *history) find(seq uint16) *sentPacket {
	p := &h.ring[seq%uint16(len(h.ring))]
	if !p.used || p.seq != seq {
		return nil
	}
	return p
}

// resend answers a NACK: RFC 4588 where negotiated, else the packet itself.
func (o *output) resend(nack *rtcp.TransportLayerNack) {
	for _, pair := range nack.Nacks {
		for _, seq := range pair.PacketList() {
			if !o.open.Load() || !o.resendOne(seq) {
				return
			}
		}
	}
}

func (o *output) resendOne(seq uint16) bool {
	o.mu.Lock()
	p := o.sent.find(seq)
	if p == nil || time.Since(p.again) < resendAfter {
		o.mu.Unlock()
		return true
	}
	p.again = time.Now()
	ssrc, pt, out := o.ssrc, p.format.pt, p.seq
	var b []byte
	if o.rtxSSRC != 0 && p.format.rtx != 0 {
		ssrc, pt, out = o.rtxSSRC, p.format.rtx, o.rtxSeq
		o.rtxSeq++
		b = binary.BigEndian.AppendUint16(b, p.seq)
	}
	h := o.header(ssrc, pt, out, p.ts, p.marker)
	b = p.frag.appendTo(b)
	o.mu.Unlock()
	return o.writeAgain(h, b)
}

func (o *output) writeAgain(h *rtp.Header, b []byte) bool {
	if _, err := o.writer.WriteRTP(h, b); err != nil {
		return false
	}
	o.resent.Add(1)
	return true
}

// repeatDue is when the last packet is to be sent once more; false when that was done often enough.
func (o *output) repeatDue() (time.Time, bool) {
	if o.lastSent.IsZero() || o.repeats == len(repeatAfter) {
		return time.Time{}, false
	}
	return o.lastSent.Add(repeatAfter[o.repeats]), true
}

// repeat sends the last packet once more, as it is: who has it drops it (RFC 3711 section 3.3.2).
func (o *output) repeat() {
	o.repeats++
	o.mu.Lock()
	p := o.sent.find(o.seq - 1)
	if p == nil || !o.open.Load() {
		o.mu.Unlock()
		return
	}
	h, b := o.header(o.ssrc, p.format.pt, p.seq, p.ts, p.marker), p.frag.appendTo(nil)
	o.mu.Unlock()
	o.writeAgain(h, b) // a path that is gone is noticed elsewhere
}
