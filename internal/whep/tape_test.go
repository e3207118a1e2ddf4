package whep_test

import (
	"context"
	"io"
	"sort"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

var _ media.Seeker = (*tape)(nil)

// tape plays a cam's past from memory, by the contract of media.Seeker.
type tape struct {
	c *cam

	mu     sync.Mutex
	closed bool
	pos    int // of the next unit
	rush   int // units before this one are due at once
	gap    *media.Gap
	rate   float64
	from   vms.Instant // pacing: this moment ...
	began  time.Time   // ... at this time
}

func newTape(c *cam, at vms.Instant) *tape {
	t := &tape{c: c, rate: 1}
	_ = t.Seek(context.Background(), at)
	return t
}

func (t *tape) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	return nil
}

func (t *tape) Seek(_ context.Context, at vms.Instant) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	past := t.c.past
	if at < past[0].At.Add(-time.Hour) {
		return vms.Errorf(vms.Denied, "not-yours", "before your time")
	}
	n := max(0, sort.Search(len(past), func(i int) bool { return past[i].At > at })-1)
	t.gap = nil
	for _, g := range t.c.gaps {
		if g.Contains(at) {
			t.gap = &media.Gap{Gap: g}
			n = sort.Search(len(past), func(i int) bool { return past[i].At >= g.To })
		}
	}
	t.rush = n + 1
	for n > 0 && !past[n].Key {
		n--
	}
	t.pos = n
	t.from, t.began = past[t.rush-1].At, time.Now()
	return nil
}

func (t *tape) SetRate(rate float64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rate = rate
	if t.pos >= t.rush {
		t.from = t.c.past[min(max(t.pos-1, 0), len(t.c.past)-1)].At
	}
	t.began = time.Now()
	return nil
}

func (t *tape) ReadUnit(ctx context.Context) (*media.Unit, error) {
	for {
		u, wait, err := t.poll()
		if u != nil || err != nil {
			return u, err
		}
		if !vms.Sleep(ctx, wait) {
			return nil, ctx.Err()
		}
	}
}

func (t *tape) poll() (*media.Unit, time.Duration, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return nil, 0, media.ErrClosed
	}
	if g := t.gap; g != nil {
		t.gap = nil
		return nil, 0, g
	}
	past := t.c.past
	i := t.pos
	if i >= t.rush && (t.rate < 0 || t.rate > 8) {
		dir := 1
		if t.rate < 0 {
			dir = -1
			if past[min(i, len(past)-1)].At >= t.from {
				i = sort.Search(len(past), func(i int) bool { return past[i].At >= t.from }) - 1
			}
		}
		for i >= 0 && i < len(past) && !past[i].Key {
			i += dir
		}
	}
	if i < 0 || i >= len(past) {
		return nil, 0, io.EOF
	}
	u := past[i]
	if i >= t.rush {
		due := t.began.Add(time.Duration(float64(u.At.Sub(t.from)) / t.rate))
		if wait := time.Until(due); wait > 0 {
			return nil, wait, nil
		}
		if t.rate < 0 {
			t.from, t.began = u.At, due
		}
	}
	t.pos = i + 1
	if i >= t.rush && t.rate < 0 {
		t.pos, t.rush = i, 0
	}
	return u, 0, nil
}
