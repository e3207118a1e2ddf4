package whep

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	burstGap    = 3 * time.Millisecond   // a live reader that waits longer than this has caught up
	replayEvery = 200 * time.Millisecond // at most, on PLI
	seekEvery   = 50 * time.Millisecond  // at most; of more only the latest counts
	fetchMax    = 10 * time.Second       // a reader of the past is left alone for so long
	edge        = time.Minute            // footage this young may be at the live edge
	gopBytes    = 16 << 20               // a longer group of pictures is not kept for replay
	reopenFirst = 500 * time.Millisecond // a live view that broke is opened again after this, then
	reopenLast  = 5 * time.Second        // ever more slowly, and given up
	reopenUntil = time.Minute            // after this
)

// player drives one viewer: it reads the current view and sends it, and obeys the control channel.
// Its fields belong to its one goroutine.
type player struct {
	s   *Session
	out *output
	clk *rtpClock
	bg  *sync.WaitGroup

	connected bool
	giveUp    time.Time

	view  *View
	gone  chan struct{} // closed when view is released
	past  media.Seeker  // nil: live
	asked Request       // what the viewer asked for, before any fallback
	keys  bool          // the viewer wants key frames only, of whatever is shown
	track *media.Track  // the last that was found fit

	paused    bool
	rate      float64
	startAt   time.Time // a start that was put off
	startFrom start     // the moment that is due then

	gop     []*media.Unit // since the last key frame, for replay
	gopSize int
	needKey bool        // skip to the next key frame
	catchUp bool        // live: what comes at once is a burst, not the present
	fresh   bool        // the next picture begins a new mapping of time
	late    int         // times the mapping was made anew because the footage was late
	shown   vms.Instant // of the last picture sent

	hunt seeking
	held *media.Unit // the picture behind the one shown
	due  time.Time   // when it is to be sent

	steps    int // to be made
	wantSeek vms.Instant
	seekNext time.Time // not before

	lost       bool // a picture loss waits to be answered
	replayNext time.Time

	opening *pending
	next    *pending // asked for while opening

	down     time.Time // since when the live view is broken
	reopenAt time.Time
	backoff  time.Duration

	tick time.Time // next second
	q    quality
}

func newPlayer(s *Session) *player {
	now := time.Now()
	return &player{s: s, out: s.out, clk: &s.out.clk, rate: 1, giveUp: now.Add(connectWithin), tick: now.Add(time.Second), q: newQuality(now)}
}

// run returns when ctx ends; then the view is released.
func (p *player) run(ctx context.Context, first *opened, bg *sync.WaitGroup) {
	p.bg = bg
	p.adopt(first)
	defer p.release()
	for ctx.Err() == nil {
		for _, e := range p.s.box.take() {
			p.hear(ctx, e)
		}
		p.timers(ctx, time.Now())
		if ctx.Err() != nil {
			return
		}
		if p.resting() {
			p.s.box.wait(ctx, p.deadline())
			continue
		}
		began := time.Now()
		u, err := p.s.box.read(ctx, p.view.Reader, p.deadline())
		switch {
		case u != nil:
			p.unit(ctx, u, time.Since(began))
		case err != nil:
			p.readFailed(ctx, err)
		}
	}
}

// resting reports whether nothing is to be read now.
func (p *player) resting() bool {
	if p.past == nil {
		return p.paused || !p.down.IsZero()
	}
	return p.held != nil || p.paused && !p.hunt.active || !p.connected && !p.hunt.active
}

func (p *player) hear(ctx context.Context, e event) {
	switch e := e.(type) {
	case connected:
		p.start(ctx)
	case pictureLost:
		p.lost = true
	case received:
		p.q.report(e.loss, e.rtt)
	case refused:
		p.s.ctrl.send(denial(e.err))
	case command:
		p.obey(ctx, e)
	case *opened:
		p.onOpened(ctx, e)
	}
}

// timers does what is due.
func (p *player) timers(ctx context.Context, now time.Time) {
	if !p.connected && now.After(p.giveUp) {
		p.s.End("the browser did not connect")
		return
	}
	if !p.startAt.IsZero() && !now.Before(p.startAt) {
		p.resume(ctx)
	}
	if p.opening == nil && p.wantSeek != 0 && !now.Before(p.seekNext) {
		p.doSeek(ctx, now)
	}
	p.pastTimers(ctx, now)
	if p.lost && p.connected && !now.Before(p.replayNext) {
		p.replay(ctx)
	}
	if !p.down.IsZero() && p.opening == nil && !now.Before(p.reopenAt) {
		p.reopen(ctx, now)
	}
	if !now.Before(p.tick) {
		p.tick = now.Add(time.Second)
		p.second(ctx, now)
	}
}

// deadline is when timers must look again. A reader of the past may fetch for longer than a second,
// and would begin anew each time it is interrupted, so the seconds do not count there.
func (p *player) deadline() time.Time {
	d := p.tick
	if p.past != nil && p.connected {
		d = time.Now().Add(fetchMax)
	}
	sooner := func(t time.Time, when bool) {
		if when && t.Before(d) {
			d = t
		}
	}
	sooner(p.startAt, !p.startAt.IsZero())
	sooner(p.seekNext, p.wantSeek != 0 && p.opening == nil)
	sooner(p.hunt.quiet, p.hunt.active && p.hunt.n > 0 && !p.hunt.told)
	sooner(p.due, p.held != nil && !p.paused && p.connected)
	sooner(p.replayNext, p.lost && p.connected)
	sooner(p.reopenAt, !p.down.IsZero() && p.opening == nil)
	if at, ok := p.out.repeatDue(); ok {
		sooner(at, p.standing())
	}
	return d
}

// start is called once, when packets can go out: what was read while connecting goes first.
func (p *player) start(ctx context.Context) {
	if p.connected {
		return
	}
	p.connected = true
	if p.past != nil {
		p.startPast(ctx)
		return
	}
	units := p.replayable()
	first := p.clk.now() - int64(max(0, len(units)-1))*tickSquash
	p.burst(ctx, units, first)
	p.catchUp, p.fresh = true, len(units) == 0
}

// burst sends pictures at once, 1 ms apart, and ties the last one to its moment.
func (p *player) burst(ctx context.Context, units []*media.Unit, tick int64) {
	if len(units) == 0 {
		return
	}
	p.replayNext = time.Now().Add(replayEvery)
	for _, u := range units {
		if p.send(ctx, u, p.clk.take(tick)) != nil {
			return
		}
		tick = p.clk.last + tickSquash
	}
	p.anchor()
}

// anchor makes the last picture sent the origin of the mapping, and tells the browser.
func (p *player) anchor() {
	p.clk.anchor(p.shown, p.rate)
	p.position(false)
}

func (p *player) position(end bool) {
	rate := p.rate
	if p.paused {
		rate = 0
	}
	var sought vms.Instant
	if p.hunt.told || end {
		sought, p.hunt.sought = p.hunt.sought, 0
	}
	p.q.positioned = time.Now()
	p.s.ctrl.send(positionMessage{Type: "position", RTP: p.clk.rtp(p.clk.last), At: p.shown, Rate: rate,
		Live: p.past == nil, Camera: p.asked.Camera, Stream: p.view.Stream, End: end, Sought: sought})
}

// replay answers a picture loss: the whole group of pictures again, just behind what was sent last.
func (p *player) replay(ctx context.Context) {
	p.lost = false
	units := p.replayable()
	if len(units) == 0 {
		return
	}
	p.s.count(func(st *Stats) { st.Replays++ })
	p.s.ctrl.send(replayMessage{Type: "replay", RTP: p.clk.rtp(p.clk.last + int64(len(units))*tickSquash)})
	p.burst(ctx, units, p.clk.last+tickSquash)
}

// replayable is what has been shown since the last key frame.
func (p *player) replayable() []*media.Unit {
	if p.onlyKeys() && len(p.gop) > 0 {
		return p.gop[:1]
	}
	return p.gop
}

// unit takes what the reader gave; took is how long it waited for it.
func (p *player) unit(ctx context.Context, u *media.Unit, took time.Duration) {
	if u.Track != p.track && !p.fit(ctx, u) {
		return
	}
	if p.needKey && !u.Key {
		return
	}
	p.needKey = false
	if p.past != nil {
		p.pastUnit(ctx, u)
		return
	}
	p.keep(u)
	if !p.connected || p.onlyKeys() && !u.Key {
		return
	}
	if p.catchUp && took > burstGap {
		p.catchUp, p.fresh = false, true
	}
	if !p.catchUp {
		p.play(ctx, u)
		return
	}
	tick := p.clk.last + tickSquash
	if p.fresh {
		tick = p.clk.now()
	}
	if p.send(ctx, u, p.clk.take(tick)) != nil {
		return
	}
	p.clk.anchor(u.At, p.rate)
	if p.fresh {
		p.fresh = false
		p.position(false)
	}
}

// play sends the next picture of something that runs. Footage that keeps coming later than its rate
// says, and is young, has reached the live edge, where it goes on at rate 1.
func (p *player) play(ctx context.Context, u *media.Unit) {
	fresh := p.fresh
	tick, anchored := p.clk.stamp(u.At, p.rate, fresh)
	p.fresh = false
	if anchored && !fresh && p.rate > 1 && time.Since(u.At.Time()) < edge {
		if p.late++; p.late > 1 {
			p.rate, p.late = 1, 0
			p.pace(1)
			p.clk.anchor(u.At, 1)
		}
	}
	if p.send(ctx, u, tick) == nil && anchored {
		p.position(false)
	}
}

// keep remembers a unit for replay.
func (p *player) keep(u *media.Unit) {
	if u.Key {
		p.gop, p.gopSize = nil, 0
	} else if len(p.gop) == 0 {
		return // the key frame was let go: see below
	}
	p.gop = append(p.gop, u)
	if p.gopSize += u.Size(); p.gopSize > gopBytes {
		p.gop = nil
	}
}

func (p *player) send(ctx context.Context, u *media.Unit, tick int64) error {
	p.shown = u.At
	err := p.out.send(ctx, u, tick)
	if err != nil && ctx.Err() == nil {
		p.s.srv.log.Debug("send picture", "session", p.s.id, "err", err)
		return nil // a packet that could not be sent is a lost packet; if the path is gone, ICE says so
	}
	return err
}

// readFailed handles what a reader says instead of a unit.
func (p *player) readFailed(ctx context.Context, err error) {
	var lag *media.Lagged
	var gap *media.Gap
	switch {
	case ctx.Err() != nil:
	case errors.As(err, &lag):
		p.needKey = true
		p.q.lags++
	case errors.As(err, &gap):
		p.onGap(ctx, gap)
	case p.past == nil:
		p.s.srv.log.Info("live view broke off", "session", p.s.id, "camera", p.asked.Camera, "err", err)
		p.down, p.backoff = time.Now(), reopenFirst
		p.reopenAt = p.down.Add(p.backoff)
	case errors.Is(err, io.EOF):
		p.pastEnd()
	default:
		p.s.srv.log.Warn("read past footage", "session", p.s.id, "camera", p.asked.Camera, "err", err)
		p.s.ctrl.send(denial(err))
		p.hunt.active, p.paused = false, true
		p.position(false)
	}
}
