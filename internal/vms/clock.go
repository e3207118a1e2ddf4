package vms

import (
	"sync"
	"time"
)

const (
	clockStep = 500 * time.Millisecond // a larger difference to the wall clock is a step, not drift
	clockSlew = 2000                   // drift is followed by at most 1/2000 of the time passed (500 ppm)
)

// Clock is the node's arrival clock: wall time carried forward by the monotonic clock, so that a
// correction of the wall clock never makes it jump. Small differences are followed at 500 ppm at
// most; a larger one is a step: Now then returns the new time and a higher epoch, and whoever
// records starts a new run.
type Clock struct {
	read func() (wall Instant, mono time.Duration)

	mu    sync.Mutex
	base  Instant       // this clock's time ...
	mono  time.Duration // ... at this monotonic time
	epoch uint64
}

// NewClock starts at the present wall time.
func NewClock() *Clock {
	start := time.Now()
	return newClock(func() (Instant, time.Duration) {
		now := time.Now()
		return InstantOf(now), now.Sub(start)
	})
}

func newClock(read func() (Instant, time.Duration)) *Clock {
	c := &Clock{read: read}
	c.base, c.mono = read()
	return c
}

// Now returns the time and the number of steps so far.
func (c *Clock) Now() (Instant, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	wall, mono := c.read()
	passed := mono - c.mono
	now := c.base.Add(passed)
	off := wall.Sub(now)
	if off > clockStep || off < -clockStep {
		c.base, c.mono = wall, mono
		c.epoch++
		return wall, c.epoch
	}
	if limit := passed / clockSlew; passed >= time.Second {
		c.base, c.mono = now.Add(max(-limit, min(limit, off))), mono
		return c.base, c.epoch
	}
	return now, c.epoch
}
