package whep

import (
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	tickSquash = media.ClockRate / 1000 // pictures sent at once lie 1 ms apart
	tickSlack  = media.ClockRate / 2    // the mapping is made anew when it is off by more than this
)

// rtpClock is a viewer's one output clock: ticks of 90 kHz since it was made, plus a random offset.
// It maps footage time to ticks from an anchor, at a rate, and never stands still or runs back.
type rtpClock struct {
	start  time.Time
	offset uint32

	last int64 // ticks given out last
	used bool

	anchorTick int64
	anchorAt   vms.Instant
	rate       float64 // of the mapping, never 0
}

func newRTPClock(offset uint32) rtpClock {
	return rtpClock{start: time.Now(), offset: offset, rate: 1}
}

func (c *rtpClock) now() int64 { return media.ToTicks(time.Since(c.start)) }

// rtp converts ticks to what is on the wire.
func (c *rtpClock) rtp(tick int64) uint32 { return c.offset + uint32(tick) }

// take gives out the tick, or the earliest allowed one behind the last.
func (c *rtpClock) take(tick int64) int64 {
	if c.used {
		tick = max(tick, c.last+tickSquash)
	}
	c.last, c.used = tick, true
	return tick
}

// anchor ties the tick given out last to a moment of footage.
func (c *rtpClock) anchor(at vms.Instant, rate float64) {
	c.anchorTick, c.anchorAt, c.rate = c.last, at, rate
}

// stamp gives out the tick of a picture; anchored reports that the mapping had to be made anew.
func (c *rtpClock) stamp(at vms.Instant, rate float64, fresh bool) (tick int64, anchored bool) {
	now := c.now()
	tick = c.anchorTick + int64(float64(at-c.anchorAt)*media.ClockRate/1e6/c.rate)
	if fresh || rate != c.rate || tick < now-tickSlack || tick > now+tickSlack {
		tick = c.take(now)
		c.anchor(at, rate)
		return tick, true
	}
	return c.take(tick), false
}
