package whep

import (
	"context"
	"sync"
	"time"

	"yagura/internal/media"
)

// inboxMax bounds what may wait; a browser that floods loses its messages, not our memory.
const inboxMax = 128

// event is something the player must hear of.
type event any

type (
	connected   struct{}
	pictureLost struct{} // PLI or FIR
	received    struct { // from a receiver report
		loss float64       // fraction of the packets since the last report
		rtt  time.Duration // 0: not known
	}
	refused struct{ err error } // a message that was none
)

// inbox hands events to the player's goroutine and interrupts its reading, so that one goroutine can
// both read footage and obey.
type inbox struct {
	mu        sync.Mutex
	events    []event
	interrupt context.CancelFunc // of the read that is going on
	wake      chan struct{}      // holds one token when events wait
}

func newInbox() *inbox { return &inbox{wake: make(chan struct{}, 1)} }

// post adds an event; false when too many wait.
func (b *inbox) post(e event) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.events) >= inboxMax {
		if _, must := e.(*opened); !must {
			return false
		}
	}
	b.events = append(b.events, e)
	if b.interrupt != nil {
		b.interrupt()
	}
	select {
	case b.wake <- struct{}{}:
	default:
	}
	return true
}

func (b *inbox) take() []event {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.events
	b.events = nil
	return e
}

// read reads one unit until an event comes or the deadline passes; then it returns nil, nil.
func (b *inbox) read(ctx context.Context, r media.Reader, deadline time.Time) (*media.Unit, error) {
	rctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	b.mu.Lock()
	if len(b.events) > 0 {
		b.mu.Unlock()
		return nil, nil
	}
	b.interrupt = cancel
	b.mu.Unlock()
	u, err := r.ReadUnit(rctx)
	b.mu.Lock()
	b.interrupt = nil
	b.mu.Unlock()
	if err != nil && rctx.Err() != nil && ctx.Err() == nil && isContext(err) {
		return nil, nil
	}
	return u, err
}

// wait sleeps until an event comes or the deadline passes.
func (b *inbox) wait(ctx context.Context, deadline time.Time) {
	t := time.NewTimer(time.Until(deadline))
	defer t.Stop()
	select {
	case <-b.wake:
	case <-t.C:
	case <-ctx.Done():
	}
}
