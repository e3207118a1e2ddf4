package camsim

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"yagura/internal/vms"
)

// coalesce is how long the pacer sleeps at least: frames that fall due meanwhile go out together.
const coalesce = 2 * time.Millisecond

// pacer sends the frames of all feeds when they are due, on one goroutine.
type pacer struct {
	wake chan struct{}

	mu   sync.Mutex
	heap dueHeap
}

type dueFeed struct {
	at   vms.Instant
	feed *feed
}

func newPacer() *pacer { return &pacer{wake: make(chan struct{}, 1)} }

// add hands a feed to the pacer; it leaves when its emit says so.
func (p *pacer) add(f *feed, at vms.Instant) {
	p.mu.Lock()
	heap.Push(&p.heap, dueFeed{at, f})
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *pacer) run(ctx context.Context) {
	var w wire
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		case <-t.C:
		}
		t.Reset(p.round(&w))
	}
}

// round emits what is due and returns how long to sleep.
func (p *pacer) round(w *wire) time.Duration {
	for {
		now := vms.InstantOf(time.Now())
		f, wait := p.take(now)
		if f == nil {
			return wait
		}
		if due, ok := f.emit(now, w); ok {
			p.mu.Lock()
			heap.Push(&p.heap, dueFeed{due, f})
			p.mu.Unlock()
		}
	}
}

func (p *pacer) take(now vms.Instant) (*feed, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.heap) == 0 {
		return nil, time.Hour
	}
	if wait := p.heap[0].at.Sub(now); wait > 0 {
		return nil, min(max(wait, coalesce), time.Second) // a second: the wall clock may be set
	}
	return heap.Pop(&p.heap).(dueFeed).feed, 0
}

type dueHeap []dueFeed

func (h dueHeap) Len() int           { return len(h) }
func (h dueHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h dueHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *dueHeap) Push(x any)        { *h = append(*h, x.(dueFeed)) }
func (h *dueHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	old[len(old)-1] = dueFeed{}
	*h = old[:len(old)-1]
	return x
}
