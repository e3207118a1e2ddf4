package viewing

import (
	"context"
	"errors"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	pictureTime = 100 * time.Millisecond // a picture is shown about this long
	leap        = 10 * time.Second       // pictures further apart are not one range; fast play shows one every 6 s
	maxRanges   = 500                    // of one view; the closest are joined above that
	peekTime    = 300 * time.Millisecond // how long an offer waits to learn how the footage is coded; live it is known at once
)

// tracked notes which stretches of footage were handed out.
type tracked struct {
	media.Reader
	head *media.Unit // read ahead for its track, not handed out yet ...
	gap  error       // ... or the gap that came instead

	mu      sync.Mutex
	before  []vms.Span // ranges seen
	present vms.Span   // the range being seen; empty before the first unit
	run     vms.Instant
	last    vms.Instant
	jump    bool // the next unit begins a new range
}

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
	switch {
	case err == nil:
		t.note(u)
	case ctx.Err() == nil:
		t.jump = true // a gap, or lost pictures
	}
	return u, err
}

// note adds a unit to the range being seen, or begins another.
func (t *tracked) note(u *media.Unit) {
	shown := vms.Span{From: u.At, To: u.At.Add(pictureTime)}
	away := max(u.At.Sub(t.last), t.last.Sub(u.At))
	if t.jump || u.Run != t.run || away > leap {
		t.cut()
		t.present = shown
	}
	t.present.From = min(t.present.From, shown.From)
	t.present.To = max(t.present.To, shown.To)
	t.run, t.last, t.jump = u.Run, u.At, false
}

// cut ends the range being seen.
func (t *tracked) cut() {
	if t.present.Empty() {
		return
	}
	if t.before = append(t.before, t.present); len(t.before) > maxRanges {
		t.before = closest(vms.Union(t.before))
	}
	t.present = vms.Span{}
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
	return vms.Union(append([]vms.Span{t.present}, t.before...))
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
	if err := s.seeker.Seek(ctx, at); err != nil {
		return err // the reader is where it was
	}
	s.head, s.gap = nil, nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jump = true
	return nil
}

func (s *steered) SetRate(rate float64) error { return s.seeker.SetRate(rate) }
