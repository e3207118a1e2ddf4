package viewing

import (
	"context"
	"errors"
	"sync"
	"time"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// view is one reader of one feed in front of one person.
type view struct {
	viewer  *Viewer
	request whep.Request
	entry   string // id of the opening audit row
	reader  *tracked

	once   sync.Once
	ended  chan struct{} // the right is gone
	reason string        // set before ended is closed
	closed sync.Once
}

func (w *view) opening(s *identity.Session) audit.Entry {
	action := audit.ViewLive
	if w.request.At != 0 {
		action = audit.ViewPast
	}
	return audit.Entry{Actor: s.Person.Login, Session: s.ID, From: w.viewer.from, Action: action,
		Camera: w.request.Camera, Stream: w.request.Stream, At: w.request.At, Purpose: w.request.Purpose}
}

// present is the request as it stands now: of past footage, at the picture shown last.
func (w *view) present() whep.Request {
	q := w.request
	if at := w.reader.position(); q.At != 0 && at != 0 {
		q.At = at
	}
	return q
}

func (w *view) whep(ctx context.Context) *whep.View {
	out := &whep.View{Reader: w.reader, Track: w.reader.peek(ctx), Stream: w.request.Stream, Live: w.request.At == 0,
		Ended: w.ended, Reason: func() string { return w.reason }, Close: w.close}
	if seeker, ok := w.reader.Reader.(media.Seeker); ok {
		out.Reader = &steered{w.reader, seeker}
	}
	return out
}

// end withdraws the view; whep then stops and closes it.
func (w *view) end(reason string) {
	w.once.Do(func() {
		w.reason = reason
		close(w.ended)
	})
}

func (w *view) close() {
	w.closed.Do(func() {
		r := w.viewer.room
		r.mu.Lock()
		delete(r.views, w)
		r.mu.Unlock()
		if err := w.reader.Reader.Close(); err != nil {
			r.Log.Warn("closing a view", "err", err)
		}
		reason := "closed by the viewer"
		select {
		case <-w.ended:
			reason = w.reason
		default:
		}
		r.close(closing{w.entry, w.reader.seen(), reason})
	})
}

// tracked notes which stretches of footage were handed out.
type tracked struct {
	media.Reader
	head *media.Unit // read ahead for its track, not handed out yet ...
	gap  error       // ... or the gap that came instead

	mu     sync.Mutex
	ranges []vms.Span
	jump   bool // the next unit begins a new range
	last   vms.Instant
}

const (
	pictureTime = 100 * time.Millisecond // a picture is shown about this long
	maxRanges   = 500                    // of one view; the closest are joined above that
)

// peekTime is how long an offer waits to learn how the footage is coded; live it is known at once.
const peekTime = 300 * time.Millisecond

// peek returns the track of the first unit, nil where none comes in time.
func (t *tracked) peek(ctx context.Context) *media.Track {
	ctx, cancel := context.WithTimeout(ctx, peekTime)
	defer cancel()
	u, err := t.Reader.ReadUnit(ctx)
	if err != nil {
		var gap *media.Gap
		if errors.As(err, &gap) {
			t.gap = err
		}
		return nil
	}
	t.head = u
	return u.Track
}

func (t *tracked) next(ctx context.Context) (*media.Unit, error) {
	if u, err := t.head, t.gap; u != nil || err != nil {
		t.head, t.gap = nil, nil
		return u, err
	}
	return t.Reader.ReadUnit(ctx)
}

func (t *tracked) ReadUnit(ctx context.Context) (*media.Unit, error) {
	u, err := t.next(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil {
			t.jump = true
		}
		return u, err
	}
	t.last = u.At
	end := u.At.Add(pictureTime)
	if n := len(t.ranges); n > 0 && !t.jump {
		t.ranges[n-1].From = min(t.ranges[n-1].From, u.At)
		t.ranges[n-1].To = max(t.ranges[n-1].To, end)
		return u, nil
	}
	t.jump = false
	t.ranges = append(t.ranges, vms.Span{From: u.At, To: end})
	if len(t.ranges) > maxRanges {
		t.ranges = closest(vms.Union(t.ranges))
	}
	return u, nil
}

// closest joins the two ranges with the least between them until there are few enough: the log then
// says a little more was seen than was, never less.
func closest(ranges []vms.Span) []vms.Span {
	for len(ranges) > maxRanges {
		best := 1
		for i := 2; i < len(ranges); i++ {
			if ranges[i].From.Sub(ranges[i-1].To) < ranges[best].From.Sub(ranges[best-1].To) {
				best = i
			}
		}
		ranges[best-1].To = ranges[best].To
		ranges = append(ranges[:best], ranges[best+1:]...)
	}
	return ranges
}

// seen returns the stretches handed out, joined, in order of time.
func (t *tracked) seen() []vms.Span {
	t.mu.Lock()
	defer t.mu.Unlock()
	return vms.Union(t.ranges)
}

func (t *tracked) position() vms.Instant {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last
}

// steered is a tracked reader of the past.
type steered struct {
	*tracked
	seeker media.Seeker
}

func (s *steered) Seek(ctx context.Context, at vms.Instant) error {
	s.mu.Lock()
	s.jump = true
	s.mu.Unlock()
	s.head, s.gap = nil, nil
	return s.seeker.Seek(ctx, at)
}

func (s *steered) SetRate(rate float64) error { return s.seeker.SetRate(rate) }
