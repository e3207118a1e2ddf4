package archive

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	slowest    = 0.5
	fastest    = 64
	everyUnit  = 8  // the fastest rate at which every picture is handed out
	keysPerSec = 12 // of wall time, at most, where only key frames are
)

// Player plays the past of one feed, paced, by the contract of media.Reader and media.Seeker.
//
// Invariants: no fragment that lies outside the permitted spans is read and no unit outside them handed
// out; a unit is handed out only when everything from its key frame on was handed out or could be; no
// byte is handed out whose hash is not that of the index. What cannot be played is told as a
// *media.Gap, once, and playing goes on behind it (in reverse: before it). The permitted spans are
// played one after the other. At the live edge it waits for what comes; a faster rate is 1 from then on.
type Player struct {
	walk
	closed atomic.Bool

	rate  float64
	runup []item // due at once: what Seek asked for
	ahead []item // due by the rate

	anchored bool        // else the next unit is due at once, and paces what follows
	anchor   vms.Instant // this moment of footage ...
	began    time.Time   // ... was due then
}

var _ media.Seeker = (*Player)(nil)

// item is a unit, or a gap, that waits to be handed out.
type item struct {
	unit *media.Unit
	gap  *media.Gap
	place
}

// Player opens the past of a feed at an instant, within the permitted spans. It fails with vms.Denied
// where at lies outside them.
func (a *Archive) Player(ctx context.Context, feed vms.Feed, at vms.Instant, permit []vms.Span) (*Player, error) {
	p := &Player{walk: walk{src: a, feed: feed, permit: vms.Union(permit)}, rate: 1}
	if err := p.Seek(ctx, at); err != nil {
		return nil, err
	}
	return p, nil
}

// ReadUnit is that of media.Reader. Errors of the store are returned as they are; it may be called again.
func (p *Player) ReadUnit(ctx context.Context) (*media.Unit, error) {
	if p.closed.Load() {
		return nil, media.ErrClosed
	}
	if len(p.runup) > 0 {
		it := p.runup[0]
		p.runup = p.runup[1:]
		return p.handOut(it, len(p.runup) == 0)
	}
	for len(p.ahead) == 0 {
		if err := p.load(ctx); err != nil {
			return nil, err
		}
		if len(p.runup) > 0 {
			return p.ReadUnit(ctx)
		}
	}
	it := p.ahead[0]
	if p.anchored {
		wait := time.Duration(float64(it.due.Sub(p.anchor))/p.rate) - time.Since(p.began)
		if wait > 0 && !vms.Sleep(ctx, wait) {
			return nil, ctx.Err()
		}
	}
	p.ahead = p.ahead[1:]
	return p.handOut(it, !p.anchored)
}

// handOut gives out an item; a unit may be what pacing starts from.
func (p *Player) handOut(it item, anchor bool) (*media.Unit, error) {
	if it.gap != nil {
		p.anchored = false
		return nil, it.gap
	}
	p.here = it.place
	if anchor {
		p.anchorAt(it.due)
	}
	return it.unit, nil
}

func (p *Player) anchorAt(at vms.Instant) { p.anchored, p.anchor, p.began = true, at, time.Now() }

// Close is that of media.Reader.
func (p *Player) Close() error {
	p.closed.Store(true)
	return nil
}

// Seek is that of media.Seeker.
func (p *Player) Seek(ctx context.Context, at vms.Instant) error {
	next := p.walk
	if !next.enterSpan(at) {
		return p.outside(at)
	}
	runup, rest, err := next.runUp(ctx, at)
	if err != nil {
		return err
	}
	p.walk, p.runup, p.ahead, p.anchored = next, runup, rest, false
	if p.rate > everyUnit || p.rate < 0 {
		p.turn()
	}
	return nil
}

// SetRate is that of media.Seeker; ±0.5 to ±64, else it fails with vms.Invalid.
func (p *Player) SetRate(rate float64) error {
	if size := math.Abs(rate); !(size >= slowest && size <= fastest) {
		return vms.Errorf(vms.Invalid, "bad-rate", "rate %v is not between 0.5 and 64, forward or reverse", rate)
	}
	same := p.mode() == modeOf(rate)
	p.rate = rate
	if !same || p.mode() != everything {
		p.turn()
	}
	if p.here.seg != nil && len(p.runup) == 0 {
		p.anchorAt(p.here.due)
	}
	return nil
}

// mode is which units are handed out.
type mode int

const (
	everything mode = iota
	keysForward
	keysReverse
)

func modeOf(rate float64) mode {
	switch {
	case rate < 0:
		return keysReverse
	case rate > everyUnit:
		return keysForward
	}
	return everything
}

func (p *Player) mode() mode { return modeOf(p.rate) }

// turn drops what was read ahead; reading goes on from the present picture, or the one sought.
func (p *Player) turn() {
	p.ahead = nil
	from := p.here
	if n := len(p.runup); n > 0 && p.runup[n-1].unit != nil {
		from = p.runup[n-1].place
	}
	p.resume(from, p.mode())
}

// load reads ahead. Afterwards there is something, or there is an error.
func (p *Player) load(ctx context.Context) error {
	step := time.Duration(math.Abs(p.rate) * float64(time.Second) / keysPerSec)
	items, err := p.read(ctx, p.mode(), step)
	if errors.Is(err, errEdge) {
		return p.follow(ctx)
	}
	if p.jumped {
		p.jumped, p.anchored = false, false
	}
	p.ahead = items
	return err
}

// follow waits at the live edge. What comes then is due as it comes. Where only key frames were read,
// the last one may lie a group of pictures and more back: reading goes on at the newest picture.
func (p *Player) follow(ctx context.Context) error {
	const patience = 100 * time.Millisecond
	if p.waited == p.edge && !vms.Sleep(ctx, patience) { // something came, but it is not to be found yet
		return ctx.Err()
	}
	if err := p.src.Wait(ctx, p.feed, p.edge); err != nil {
		return err
	}
	if p.mode() == keysForward && p.here.seg != nil && p.permit[p.span].Contains(p.edge-1) {
		told := p.hole
		if err := p.Seek(ctx, p.edge-1); err != nil {
			return err
		}
		p.hole = told
	}
	if p.rate > 1 {
		if err := p.SetRate(1); err != nil {
			return err
		}
	}
	p.waited, p.anchored, p.near = p.edge, false, nil
	return nil
}
