package whep

import (
	"context"
	"time"

	"github.com/pion/rtcp"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	slowLoss    = 0.10                   // fraction lost that retransmission no longer hides
	slowDelay   = 400 * time.Millisecond // round trip above the best seen: a queue builds up
	slowBlocked = 0.6                    // of the time spent waiting for the socket
	slowStrikes = 3                      // bad seconds in a row
	slowSettle  = 3                      // seconds after a change that do not count
	calmFirst   = 20 * time.Second       // before a better stream is tried again; doubled when it did not last
	calmLast    = 5 * time.Minute

	asked = "asked" // why key frames only are sent: the viewer wants no more
)

// quality judges once a second whether a viewer keeps up, with hysteresis.
type quality struct {
	keysOnly bool   // no more than key frames can be sent
	onSub    bool   // the sub stream is sent because main was too much
	noSub    bool   // there is none, or it may not be seen
	reason   string // why less is sent than was asked for

	strikes  int
	calm     time.Time // since when all was well
	wait     time.Duration
	climbed  time.Time
	loss     float64 // since the last second; < 0: no report
	rtt, low time.Duration
	lags     int

	positioned time.Time
	seen       uint64 // packets, at the last second
}

func newQuality(now time.Time) quality { return quality{calm: now, wait: calmFirst, loss: -1} }

func (q *quality) report(loss float64, rtt time.Duration) {
	q.loss = max(q.loss, loss)
	if rtt > 0 {
		q.rtt = rtt
		if q.low == 0 || rtt < q.low {
			q.low = rtt
		}
	}
}

// judge takes one second, and the share of it spent waiting for the socket. It returns −1 to send
// less, +1 to try more.
func (q *quality) judge(now time.Time, blocked float64) int {
	bad := q.loss >= slowLoss || q.low > 0 && q.rtt > q.low+slowDelay || q.lags > 0 || blocked > slowBlocked
	known := q.loss >= 0 || blocked > 0
	hard := q.lags > 1
	q.loss, q.lags = -1, 0
	switch {
	case bad:
		q.strikes++
		q.calm = now
	case known:
		q.strikes = min(q.strikes, 0)
	}
	if q.strikes < 0 && !bad {
		q.strikes++
	}
	if q.strikes >= slowStrikes || hard && q.strikes > 0 {
		return -1
	}
	if (q.keysOnly || q.onSub) && now.Sub(q.calm) >= q.wait {
		return 1
	}
	return 0
}

// fell notes that less is sent from now on; right after a climb the next one waits longer.
func (q *quality) fell(now time.Time) {
	if !q.climbed.IsZero() && now.Sub(q.climbed) < 30*time.Second {
		q.wait = min(2*q.wait, calmLast)
	}
	q.changed(now)
}

func (q *quality) changed(now time.Time) { q.strikes, q.calm = -slowSettle, now }

// adopted notes which view is sent now.
func (q *quality) adopted(o *opened, now time.Time) {
	if o.why == "" || o.why == becauseClimb {
		q.noSub, q.keysOnly = false, false
	}
	q.onSub = o.fallback == fallbackSlow
	q.reason = o.fallback
	q.changed(now)
}

// second is called once a second.
func (p *player) second(ctx context.Context, now time.Time) {
	if !p.connected {
		return
	}
	packets, bytes := p.out.packets.Load(), p.out.bytes.Load()
	blocked := p.out.blocked.Seconds()
	p.out.blocked = 0
	loss := max(0, p.q.loss)
	verdict := p.q.judge(now, blocked)
	if packets != p.q.seen {
		p.senderReport(now, packets, bytes)
		if !p.paused && now.Sub(p.q.positioned) >= time.Second && !p.hunt.active {
			p.position(false)
		}
	}
	p.q.seen = packets
	p.s.count(func(st *Stats) { st.Loss, st.RTT, st.Mode = loss, p.q.rtt, p.mode() })
	switch {
	case p.opening != nil:
	case verdict < 0:
		p.fall(ctx, now)
	case verdict > 0:
		p.climb(ctx, now)
	}
}

// fall sends less: the sub stream, then key frames only.
func (p *player) fall(ctx context.Context, now time.Time) {
	p.q.fell(now)
	if p.view.Stream == vms.Sub || p.q.noSub {
		p.setKeysOnly(true)
		return
	}
	r := p.asked
	r.Stream, r.Fallback = vms.Sub, fallbackSlow
	p.open(ctx, p.resumable(r, fallbackSlow))
}

// climb tries the next better thing. While the viewer wants key frames only, that they pass well says
// nothing of all pictures.
func (p *player) climb(ctx context.Context, now time.Time) {
	if p.q.keysOnly && p.keys {
		return
	}
	p.q.climbed = now
	p.q.changed(now)
	if p.q.keysOnly {
		p.setKeysOnly(false)
		return
	}
	p.open(ctx, p.resumable(p.asked, becauseClimb))
}

// resumable asks for a view that goes on where the present one is.
func (p *player) resumable(r Request, why string) *pending {
	r.At = 0
	if p.past != nil {
		r.At = p.shown
	}
	return &pending{req: r, paused: p.paused, rate: p.rate, why: why}
}

func (p *player) setKeysOnly(on bool) {
	if p.q.keysOnly == on {
		return
	}
	p.q.keysOnly = on
	if on {
		p.q.reason = fallbackSlow
	} else {
		p.needKey = true
		if !p.q.onSub {
			p.q.reason = ""
		}
	}
	p.sayQuality()
}

// wishKeys does as the viewer wishes, as far as the path allows. All pictures begin again with what
// came since the last key frame, or where that was sent just now, with the next one.
func (p *player) wishKeys(only bool) {
	was := p.onlyKeys()
	if p.keys = only; was && !p.onlyKeys() {
		if len(p.gop) == 0 || time.Now().Before(p.replayNext) {
			p.needKey = true
		} else {
			p.lost = true
		}
	}
	p.sayQuality()
}

// onlyKeys reports whether only key frames are sent.
func (p *player) onlyKeys() bool { return p.keys || p.q.keysOnly }

func (p *player) mode() string {
	if p.onlyKeys() {
		return "keys"
	}
	return "all"
}

func (p *player) sayQuality() {
	reason := p.q.reason
	if p.keys {
		reason = asked
	}
	p.s.ctrl.send(qualityMessage{Type: "quality", Stream: p.view.Stream, Mode: p.mode(), Reason: reason})
}

// senderReport lets the browser's reports tell the round trip (RFC 3550 section 6.4.1).
func (p *player) senderReport(now time.Time, packets, bytes uint64) {
	sr := &rtcp.SenderReport{SSRC: p.out.ssrc, NTPTime: ntp(now), RTPTime: p.clk.rtp(p.clk.now()),
		PacketCount: uint32(packets), OctetCount: uint32(bytes)}
	if err := p.s.pc.WriteRTCP([]rtcp.Packet{sr}); err != nil {
		p.s.srv.log.Debug("send report", "session", p.s.id, "err", err)
	}
}

// ntp is the 64-bit NTP timestamp.
func ntp(t time.Time) uint64 {
	const since1900 = 2208988800
	return uint64(t.Unix()+since1900)<<32 | uint64(t.Nanosecond())<<32/1e9
}

// roundTrip is RFC 3550 section 6.4.1: arrival − LSR − DLSR; 0 when not known.
func roundTrip(r rtcp.ReceptionReport, now time.Time) time.Duration {
	if r.LastSenderReport == 0 {
		return 0
	}
	d := uint32(ntp(now)>>16) - r.LastSenderReport - r.Delay
	if d > 1<<31 {
		return 0
	}
	return media.Ticks(int64(d) * media.ClockRate >> 16)
}
