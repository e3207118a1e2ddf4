package whep

import (
	"context"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	peekRate   = 8                     // fastest pace at which every picture is read
	quietAfter = 60 * time.Millisecond // nothing came for so long: the last picture sent is taken for the one sought
	heldMax    = 5 * time.Second       // the next picture waits no longer, whatever its time says
)

// start ties a moment of footage to the instant at which it is to be shown; the zero value ties none.
type start struct {
	when time.Time
	at   vms.Instant
}

// due is when the next picture is to be sent: at once where no moment is tied.
func (s start) due(next *media.Unit, rate float64) time.Time {
	if s.at == 0 || next == nil || next.At < s.at {
		return time.Now()
	}
	return s.when.Add(min(time.Duration(float64(next.At.Sub(s.at))/rate), heldMax))
}

// seeking is the way to one picture. Its run-up is sent as it comes, 1 ms apart. That it was the
// last one at or before the moment asked for is certain when the next is seen; that one is held.
type seeking struct {
	active bool
	at     vms.Instant
	n      int         // pictures sent on the way
	step   bool        // one more than at
	sought vms.Instant // what the viewer asked for; told with the picture
	told   bool        // position was sent
	quiet  time.Time   // see quietAfter
}

// doSeek goes to wantSeek: in the past by the reader, from live by opening the past.
func (p *player) doSeek(ctx context.Context, now time.Time) {
	at := p.wantSeek
	p.wantSeek, p.seekNext = 0, now.Add(seekEvery)
	if p.past != nil {
		p.seekTo(ctx, at, at)
		return
	}
	r := p.asked
	r.At = at
	p.open(ctx, &pending{req: r, paused: p.paused, rate: p.rate})
}

// seekTo moves the reader; refused, everything stays as it is. sought is what the viewer asked for, 0: a step.
func (p *player) seekTo(ctx context.Context, at, sought vms.Instant) {
	if err := p.past.Seek(ctx, at); err != nil {
		if ctx.Err() == nil {
			p.s.ctrl.send(denial(err))
		}
		return
	}
	p.hunt = seeking{active: true, at: at, sought: sought}
	p.held, p.gop, p.needKey, p.fresh = nil, nil, false, true
	p.pace(peekRate)
}

// pace sets the reader's rate.
func (p *player) pace(rate float64) {
	if err := p.past.SetRate(rate); err != nil {
		p.s.ctrl.send(denial(err))
	}
}

func (p *player) pastUnit(ctx context.Context, u *media.Unit) {
	if !p.hunt.active {
		p.goOnWith(ctx, u)
		return
	}
	h := &p.hunt
	if h.n > 0 && u.At > h.at && !h.step {
		p.held = u
		p.arrive()
		return
	}
	p.approach(ctx, u)
	h.n++
	h.quiet = time.Now().Add(quietAfter)
	if h.step {
		h.step, h.at = false, u.At
		p.tell()
	}
}

func (p *player) goOnWith(ctx context.Context, u *media.Unit) {
	p.keep(u)
	if !p.onlyKeys() || u.Key {
		p.play(ctx, u)
	}
}

// approach sends one picture of the run-up.
func (p *player) approach(ctx context.Context, u *media.Unit) {
	p.keep(u)
	p.shown = u.At
	if !p.connected {
		return
	}
	tick := p.clk.last + tickSquash
	if p.fresh {
		tick, p.fresh = p.clk.now(), false
	}
	p.send(ctx, u, p.clk.take(tick))
}

// tell says where we are, once for every seek.
func (p *player) tell() {
	if p.connected {
		p.hunt.told = true
		p.anchor()
	}
}

// arrive ends the seek: the picture asked for is the last one sent.
func (p *player) arrive() {
	p.hunt.active = false
	if !p.connected {
		return
	}
	if !p.hunt.told {
		p.tell()
	}
	p.goOn(time.Now())
}

// goOn continues behind the picture shown, unless paused.
func (p *player) goOn(now time.Time) {
	if p.paused || p.past == nil || p.hunt.active {
		return
	}
	if p.held == nil || p.rate < 0 || p.rate > peekRate {
		p.held = nil
		p.pace(p.rate)
		return
	}
	wait := time.Duration(float64(p.held.At.Sub(p.shown)) / p.rate)
	p.due = now.Add(max(0, min(wait, heldMax)))
}

// startPast sends what was read while the browser connected.
func (p *player) startPast(ctx context.Context) {
	p.fresh = len(p.gop) == 0
	for i, u := range p.gop {
		tick := p.clk.last + tickSquash
		if i == 0 {
			tick = p.clk.now()
		}
		if p.send(ctx, u, p.clk.take(tick)) != nil {
			return
		}
	}
	if !p.hunt.active {
		p.arrive()
	}
}

func (p *player) pastTimers(ctx context.Context, now time.Time) {
	if p.past == nil || !p.connected {
		return
	}
	if h := &p.hunt; h.active && h.n > 0 && !h.told && !now.Before(h.quiet) {
		p.tell()
	}
	if p.steps != 0 && p.opening == nil && p.wantSeek == 0 && (!p.hunt.active || p.hunt.told) {
		p.stepOnce(ctx)
	}
	if at, ok := p.out.repeatDue(); ok && p.standing() && !now.Before(at) {
		p.out.repeat()
	}
	if p.held != nil && !p.paused && !now.Before(p.due) {
		u := p.held
		p.held = nil
		p.pace(p.rate)
		p.goOnWith(ctx, u)
	}
}

// standing reports whether a picture of the past stands on the screen and nothing will follow it.
func (p *player) standing() bool { return p.past != nil && p.connected && p.paused && !p.hunt.active }

// stepOnce makes one of the steps asked for.
func (p *player) stepOnce(ctx context.Context) {
	if p.steps < 0 {
		p.steps++
		p.seekTo(ctx, p.shown-1, 0)
		return
	}
	p.steps--
	if p.hunt.active {
		p.hunt.step, p.hunt.told = true, false
		return
	}
	u := p.held
	p.held = nil
	p.hunt = seeking{active: true, at: p.shown, n: 1, step: true}
	p.pace(peekRate)
	if u != nil {
		p.pastUnit(ctx, u)
	}
}

// onGap tells of missing footage; reading goes on behind it.
func (p *player) onGap(ctx context.Context, gap *media.Gap) {
	p.s.ctrl.send(gapMessage{Type: "gap", Gap: gap.Gap})
	if p.past != nil && p.hunt.active && p.hunt.n > 0 && !p.hunt.step {
		p.arrive()
	}
	p.fresh, p.needKey = true, true
}

// pastEnd stops at the end of the footage that may be seen.
func (p *player) pastEnd() {
	p.hunt.active, p.paused, p.steps = false, true, 0
	if p.connected {
		p.position(true)
	}
}

// obey carries out a command that was found well-formed.
func (p *player) obey(ctx context.Context, c command) {
	switch c.Type {
	case "pause":
		p.startAt = time.Time{}
		if !p.paused {
			p.paused = true
			p.position(false)
		}
	case "play":
		p.startFrom = start{}
		if c.When > 0 && c.At > 0 {
			p.startFrom = start{c.When.Time(), c.At}
		}
		if time.Until(c.When.Time()) > 0 {
			p.startAt = c.When.Time()
			return
		}
		p.resume(ctx)
	case "rate":
		p.setRate(ctx, c.Rate)
	case "seek":
		p.wantSeek, p.steps = c.At, 0
		if c.Pause {
			p.startAt, p.paused = time.Time{}, true
		}
	case "step":
		p.step(ctx, c.Step)
	case "live":
		p.goLive(ctx)
	case "keys":
		p.wishKeys(*c.Only)
	case "open":
		p.openOther(ctx, c)
	}
}

func (p *player) resume(ctx context.Context) {
	p.startAt = time.Time{}
	if !p.paused {
		return
	}
	p.paused = false
	if p.past == nil {
		p.catchUp, p.fresh = true, true
		return
	}
	if p.hunt.active && p.hunt.told {
		p.hunt.active = false // the next picture is late; it is not waited for
	}
	if !p.hunt.active && p.connected {
		p.goOn(time.Now())
		p.due = p.startFrom.due(p.held, p.rate)
		p.fresh = true
	}
}

func (p *player) setRate(ctx context.Context, rate float64) {
	if p.past == nil && p.opening == nil {
		if rate != 1 {
			r := p.asked
			r.At = p.shown
			p.open(ctx, &pending{req: r, rate: rate})
		}
		return
	}
	if p.opening != nil {
		p.opening.rate = rate
	}
	p.rate, p.late = rate, 0
	if p.past == nil || !p.connected {
		return
	}
	p.goOn(time.Now())
	if !p.hunt.active {
		p.anchor()
	}
}

func (p *player) step(ctx context.Context, by int) {
	p.startAt = time.Time{}
	if p.past == nil {
		r := p.asked
		r.At = p.shown
		p.open(ctx, &pending{req: r, paused: true, rate: 1, steps: by})
		return
	}
	p.paused = true
	p.steps += by
}

func (p *player) goLive(ctx context.Context) {
	p.wantSeek, p.steps = 0, 0
	if p.past == nil && p.opening == nil {
		p.resume(ctx)
		return
	}
	r := p.asked
	r.At = 0
	p.open(ctx, &pending{req: r, rate: 1})
}

func (p *player) openOther(ctx context.Context, c command) {
	p.wantSeek, p.steps = 0, 0
	r := Request{Camera: c.Camera, Stream: c.Stream, At: c.At, Purpose: c.Purpose}
	if r.Stream == "" {
		r.Stream = p.asked.Stream
	}
	if r.Purpose == "" {
		r.Purpose = p.asked.Purpose
	}
	p.open(ctx, &pending{req: r, rate: 1})
}
