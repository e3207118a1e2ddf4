package whep

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	// A burst any faster overflows receive buffers: a default one holds some 90 packets, and a busy
	// browser does not look at it for some milliseconds. What decoding begins with may hurry.
	paceKey    = 100e6 / 8 // bytes/s
	paceRest   = 50e6 / 8  // bytes/s
	paceBucket = 32 << 10  // bytes that may go at once
)

// output is the one video track of a session, and writes its packets. It is a webrtc.TrackLocal of
// its own because the payload type follows the camera's codec within one connection.
type output struct {
	clk rtpClock

	open  atomic.Bool // false: nothing leaves any more
	bound chan struct{}

	mu      sync.Mutex // guards what Bind sets, and history
	writer  webrtc.TrackLocalWriter
	ssrc    uint32
	rtxSSRC uint32
	formats map[media.Codec]format
	delayID uint8
	sent    history
	rtxSeq  uint16

	// Only the sending goroutine uses these.
	seq      uint16
	frags    []fragment
	buf      []byte
	tokens   float64
	refill   time.Time
	blocked  time.Duration // spent in the socket since last asked
	lastSent time.Time     // when the last packet went out
	repeats  int           // of it since then

	packets, bytes, resent atomic.Uint64
}

func newOutput() *output {
	var b [6]byte
	rand.Read(b[:])
	o := &output{
		clk:    newRTPClock(binary.BigEndian.Uint32(b[:])),
		seq:    binary.BigEndian.Uint16(b[4:]) & 0x7fff,
		bound:  make(chan struct{}),
		tokens: paceBucket,
		refill: time.Now(),
	}
	o.open.Store(true)
	return o
}

func (o *output) ID() string                { return "video" }
func (o *output) RID() string               { return "" }
func (o *output) StreamID() string          { return "yagura" }
func (o *output) Kind() webrtc.RTPCodecType { return webrtc.RTPCodecTypeVideo }

// Bind is called by pion once the codecs are settled.
func (o *output) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.writer, o.ssrc, o.rtxSSRC = c.WriteStream(), uint32(c.SSRC()), uint32(c.SSRCRetransmission())
	o.formats = formats(c.CodecParameters())
	for _, e := range c.HeaderExtensions() {
		if e.URI == playoutDelayURI {
			o.delayID = uint8(e.ID)
		}
	}
	for _, codec := range []media.Codec{media.H264, media.H265} {
		for _, p := range c.CodecParameters() {
			if f, ok := o.formats[codec]; ok && uint8(p.PayloadType) == f.pt {
				close(o.bound)
				return p, nil
			}
		}
	}
	return webrtc.RTPCodecParameters{}, webrtc.ErrUnsupportedCodec
}

// Unbind is called when the connection ends.
func (o *output) Unbind(webrtc.TrackLocalContext) error { return nil }

// header makes an RTP header with the playout-delay extension (min = max = 0: show at once).
func (o *output) header(ssrc uint32, pt uint8, seq uint16, ts uint32, marker bool) *rtp.Header {
	h := &rtp.Header{Version: 2, Marker: marker, PayloadType: pt, SequenceNumber: seq, Timestamp: ts, SSRC: ssrc}
	if o.delayID != 0 {
		// A three-byte payload under a negotiated id cannot be refused.
		_ = h.SetExtension(o.delayID, []byte{0, 0, 0})
	}
	return h
}

// send writes one access unit at a tick of the output clock, paced. It must not be called before the
// track is bound.
func (o *output) send(ctx context.Context, u *media.Unit, tick int64) error {
	f, ok := o.formats[u.Track.Codec]
	if !ok {
		return unfitError(fallbackCodec)
	}
	rate := float64(paceRest)
	if u.Key {
		rate = paceKey
	}
	o.frags = packetize(u, o.frags[:0])
	ts := o.clk.rtp(tick)
	for i := range o.frags {
		if err := o.pace(ctx, o.frags[i].size(), rate); err != nil {
			return err
		}
		if !o.open.Load() {
			return context.Canceled
		}
		if err := o.write(ctx, f, ts, &o.frags[i], i == len(o.frags)-1); err != nil {
			return err
		}
	}
	return nil
}

// write sends one packet. Until the transport is up pion takes packets for sent that went nowhere
// (0 bytes, no error); that only lasts for the moment between connecting and the first packet.
func (o *output) write(ctx context.Context, f format, ts uint32, frag *fragment, marker bool) error {
	h := o.header(o.ssrc, f.pt, o.seq, ts, marker)
	o.buf = frag.appendTo(o.buf[:0])
	o.mu.Lock()
	o.sent.add(sentPacket{seq: o.seq, ts: ts, format: f, marker: marker, frag: *frag})
	o.mu.Unlock()
	o.seq++
	for {
		began := time.Now()
		n, err := o.writer.WriteRTP(h, o.buf)
		o.blocked += time.Since(began)
		if err != nil {
			return err
		}
		if n > 0 {
			break
		}
		if !vms.Sleep(ctx, time.Millisecond) {
			return ctx.Err()
		}
	}
	o.lastSent, o.repeats = time.Now(), 0
	o.packets.Add(1)
	o.bytes.Add(uint64(len(o.buf)))
	return nil
}

// pace waits until n more bytes may go, at a rate in bytes/s.
func (o *output) pace(ctx context.Context, n int, rate float64) error {
	now := time.Now()
	o.tokens = min(paceBucket, o.tokens+now.Sub(o.refill).Seconds()*rate)
	o.refill = now
	o.tokens -= float64(n)
	if o.tokens >= 0 {
		return nil
	}
	if !vms.Sleep(ctx, time.Duration(-o.tokens/rate*float64(time.Second))) {
		return ctx.Err()
	}
	return nil
}
