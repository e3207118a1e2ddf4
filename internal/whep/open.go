package whep

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Why a view is opened that the viewer did not ask for.
const (
	becauseReopen = "reopen" // the live view broke off
	becauseClimb  = "climb"  // the path has been calm
)

// pending is a view being opened, and how it is to be shown.
type pending struct {
	req    Request
	paused bool
	rate   float64
	steps  int
	why    string // "": the viewer asked; else becauseReopen, becauseClimb or a fallback
}

// opened is what came of it.
type opened struct {
	*pending
	view     *View
	fallback string // why view is not the stream asked for
	err      error
}

func (o *opened) discard() {
	if o != nil {
		o.view.close()
	}
}

// openView opens what is asked for, or the sub stream where the browser cannot show it.
func (s *Session) openView(ctx context.Context, p *pending) (*opened, error) {
	v, err := s.src.Open(ctx, p.req)
	if err != nil {
		return nil, err
	}
	o := &opened{pending: p, view: v, fallback: p.req.Fallback}
	why := unfit(v.Track, s.can)
	if why != "" {
		v.close()
		if o.view, err = s.openSub(ctx, p.req, why); err != nil {
			return nil, err
		}
		o.fallback = why
	}
	if _, ok := o.view.Reader.(media.Seeker); !ok && !o.view.Live {
		o.discard()
		return nil, fmt.Errorf("open %s: the reader of the past cannot seek", p.req.Camera)
	}
	return o, nil
}

func (s *Session) openSub(ctx context.Context, r Request, why string) (*View, error) {
	if r.Stream == vms.Sub {
		return nil, unfitError(why)
	}
	r.Stream, r.Fallback = vms.Sub, why
	v, err := s.src.Open(ctx, r)
	if err != nil {
		if errors.Is(err, vms.NotFound) {
			return nil, unfitError(why)
		}
		return nil, err
	}
	if also := unfit(v.Track, s.can); also != "" {
		v.close()
		return nil, unfitError(also)
	}
	return v, nil
}

// open opens a view beside the present one, which goes on until then. Of several asked for in a row
// only the latest is shown.
func (p *player) open(ctx context.Context, o *pending) {
	if p.opening != nil {
		p.next = o
		return
	}
	p.opening = o
	p.bg.Go(func() {
		res, err := p.s.openView(ctx, o)
		if err != nil {
			res = &opened{pending: o, err: err}
		}
		p.s.box.post(res)
	})
}

func (p *player) onOpened(ctx context.Context, o *opened) {
	p.opening = nil
	if next := p.next; next != nil {
		p.next = nil
		o.discard()
		p.open(ctx, next)
		return
	}
	if o.err != nil {
		p.openFailed(o)
		return
	}
	p.adopt(o)
}

// openFailed: the present view goes on, where there is one.
func (p *player) openFailed(o *opened) {
	final := errors.Is(o.err, vms.Denied) || errors.Is(o.err, vms.NotFound) || errors.Is(o.err, vms.Invalid)
	switch o.why {
	case "":
		p.wantSeek = 0
		p.s.ctrl.send(denial(o.err))
	case fallbackSlow:
		p.q.noSub = true
		p.setKeysOnly(true)
	case becauseClimb:
		p.q.fell(time.Now())
	case fallbackCodec, fallbackReordered:
		p.s.End(reasonOf(o.err))
	case becauseReopen:
		if final {
			p.s.End(reasonOf(o.err))
		}
	}
}

// adopt makes a view the present one and lets go of the last.
func (p *player) adopt(o *opened) {
	p.release()
	p.view, p.gone = o.view, make(chan struct{})
	view, gone := p.view, p.gone
	p.bg.Go(func() {
		select {
		case <-view.Ended:
			reason := "the right to see this was withdrawn"
			if view.Reason != nil {
				reason = view.Reason()
			}
			p.s.End(reason)
		case <-gone:
		}
	})
	asked := o.req
	if asked.Fallback != "" {
		asked.Stream, asked.Fallback = p.asked.Stream, ""
	}
	p.asked, p.track = asked, nil
	p.past, p.held, p.gop, p.lost = nil, nil, nil, false
	p.hunt = seeking{}
	p.paused, p.rate, p.steps = o.paused, o.rate, o.steps
	p.catchUp, p.fresh, p.needKey, p.down = true, true, true, time.Time{}
	if !view.Live {
		p.past = view.Reader.(media.Seeker)
		p.rate = o.rate
		p.hunt = seeking{active: true, at: o.req.At, sought: o.req.At}
		p.pace(peekRate)
	}
	p.q.adopted(o, time.Now())
	p.s.count(func(st *Stats) { st.Camera, st.Stream, st.Live = asked.Camera, view.Stream, view.Live })
	p.sayQuality()
}

func (p *player) release() {
	if p.view != nil {
		close(p.gone)
		p.view.close()
		p.view = nil
	}
}

// reopen tries to get a broken live view back.
func (p *player) reopen(ctx context.Context, now time.Time) {
	if now.Sub(p.down) > reopenUntil {
		p.s.End("the camera's stream was lost")
		return
	}
	p.backoff = min(2*p.backoff, reopenLast)
	p.reopenAt = now.Add(p.backoff)
	r := p.asked
	r.At = 0
	p.open(ctx, &pending{req: r, paused: p.paused, rate: 1, why: becauseReopen})
}

// fit reports whether a unit of a new track can be shown; if not, the sub stream is opened instead.
func (p *player) fit(ctx context.Context, u *media.Unit) bool {
	why := unfit(u.Track, p.s.can)
	if why == "" {
		p.track = u.Track
		return true
	}
	p.needKey = true
	if p.opening != nil {
		return false
	}
	if p.view.Stream == vms.Sub {
		p.s.End(reasonOf(unfitError(why)))
		return false
	}
	r := p.asked
	r.Stream, r.Fallback = vms.Sub, why
	if p.past != nil {
		r.At = u.At
	}
	p.open(ctx, &pending{req: r, paused: p.paused, rate: p.rate, why: why})
	return false
}
