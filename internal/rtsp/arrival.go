package rtsp

import (
	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	jump       = 500_000         // µs of disagreement between RTP and arrival time that start a new run
	far        = 50_000          // µs beyond which the offset is corrected faster
	reordering = 1_500_000       // µs by which B-frames may step back
	settling   = 300_000         // µs after which an opening burst is taken to be over
	window     = 10              // seconds over which the smallest delay is looked for
	recent     = 3               // seconds that a lasting change of delay must show
	runStart   = media.ClockRate // PTS of a run's first unit: DTS never falls below 0
)

// arrival gives every access unit its time: RTP timestamps, unwrapped and mended, carried onto the
// node's clock. The offset between the two is the smallest (arrival − RTP time) of the last ten
// seconds, for nothing arrives before it was taken but much arrives late; the offset in use follows
// it at 2000 ppm (5 % where it is far off), so jitter and bursts do not show, and a camera whose
// clock drifts by 100 ppm is followed within about 1 ms.
//
// A timestamp that jumps by more than 500 ms against arrival is mended, so that pictures already
// begun go on, and the next key frame starts a new run; so does a step of the node's clock and a
// delay that changed for good.
type arrival struct {
	reorder bool // timestamps may step back (B-frames)

	started bool
	rtp     uint32      // of the last unit
	ext     int64       // unwrapped and mended, 90 kHz
	top     int64       // largest ext so far
	last    vms.Instant // arrival of the last unit
	epoch   uint64
	shift   int64 // µs the node's clock stepped since the run began

	first   int64         // arrival of the first unit, µs
	settled bool          // an opening burst is over
	mins    [window]int64 // smallest offset ...
	seconds [window]int64 // ... in which second
	late    int64         // arrival since when units have been later than a jump; 0: they are not
	broken  bool          // the next key frame starts a new run

	offset int64       // in use: At = ext + offset, µs
	origin int64       // ext of the run's first unit
	run    vms.Instant // 0 before the first
	prev   vms.Instant // At last given
}

// mark is a unit's place on the mended time line.
type mark struct {
	ext int64 // 90 kHz
	now int64 // arrival, µs
}

// observe takes the RTP timestamp of the unit that was completed at the instant now. It is called
// for every unit, also for those that are not written.
func (a *arrival) observe(ts uint32, now vms.Instant, epoch uint64) mark {
	if !a.started {
		*a = arrival{reorder: a.reorder, started: true, rtp: ts, last: now, epoch: epoch, first: int64(now)}
	}
	step, passed := int64(int32(ts-a.rtp)), int64(now-a.last)
	if epoch != a.epoch {
		a.shift += passed - max(0, micro(step))
		passed = max(0, micro(step))
		a.epoch, a.broken = epoch, true
	}
	arrived := int64(now) - a.shift
	if a.jumped(step, passed, arrived) {
		step = max(1, passed*9/100)
		a.ext, a.broken = max(a.ext, a.top), true
	}
	a.ext += step
	advance := max(0, a.ext-a.top)
	a.top += advance
	a.rtp, a.last = ts, now
	a.sample(arrived, arrived-micro(a.ext))
	a.settled = a.settled || arrived-a.first > settling || advance > 0 && passed >= micro(step)/2
	a.follow(micro(advance), arrived)
	return mark{a.ext, arrived}
}

// jumped reports whether the timestamp cannot belong to the line: it ran ahead of arrival, or back.
func (a *arrival) jumped(step, passed, arrived int64) bool {
	d := micro(step)
	switch {
	case d < 0 && a.reorder:
		return d < -reordering
	case d < 0:
		return d < -jump
	case d-passed <= jump:
		return false
	case !a.settled:
		return d > 20*jump // an opening burst of a slow camera runs ahead too
	}
	return arrived-micro(a.ext+step) < a.offset-jump
}

func (a *arrival) sample(arrived, offset int64) {
	s := arrived / 1e6
	i := ((s % window) + window) % window
	if a.seconds[i] != s {
		a.seconds[i], a.mins[i] = s, offset
	}
	a.mins[i] = min(a.mins[i], offset)
}

// least is the smallest offset of the last n seconds up to the unit just sampled.
func (a *arrival) least(n, arrived int64) int64 {
	s := arrived / 1e6
	best := arrived - micro(a.ext)
	for i, sec := range a.seconds {
		if sec > s-n && sec <= s {
			best = min(best, a.mins[i])
		}
	}
	return best
}

// follow moves the offset in use towards the smallest one. It moves with media time, by less than
// that advances, so At never runs backwards.
func (a *arrival) follow(advance, arrived int64) {
	if a.run == 0 {
		a.offset = a.least(window, arrived)
		return
	}
	diff := a.least(window, arrived) - a.offset
	limit := advance / 500
	if diff > far || diff < -far || a.ext-a.origin < 5*media.ClockRate {
		limit = advance / 20
	}
	a.offset += max(-limit, min(limit, diff))

	switch own := arrived - micro(a.ext) - a.offset; {
	case own < -jump:
		a.broken = true
	case own <= jump:
		a.late = 0
	case a.late == 0:
		a.late = arrived
	case arrived-a.late > recent*1e6:
		a.broken = true
	}
}

// stamp gives the marked unit its PTS, At and run. The first unit ever stamped must be a key frame.
func (a *arrival) stamp(m mark, key bool) (pts int64, at, run vms.Instant) {
	if a.run == 0 || key && a.broken {
		a.begin(m)
	}
	at = vms.Instant(micro(m.ext) + a.offset)
	if !a.reorder && a.prev != 0 {
		at = max(at, a.prev+1)
	}
	a.prev = at
	return m.ext - a.origin + runStart, at, a.run
}

func (a *arrival) begin(m mark) {
	if a.run != 0 { // what was before the last seconds counts no more
		a.offset = a.least(recent, m.now) + a.shift
		clear(a.seconds[:])
		a.sample(m.now+a.shift, a.offset)
	}
	at := vms.Instant(micro(m.ext) + a.offset)
	if a.run != 0 && a.shift == 0 && at <= a.prev {
		a.offset += int64(a.prev-at) + 1
		at = a.prev + 1
	}
	a.run, a.origin, a.prev = at, m.ext, 0
	a.shift, a.late, a.broken = 0, 0, false
}

// at is the instant of an RTP timestamp near the present one.
func (a *arrival) at(ts uint32) vms.Instant {
	return vms.Instant(micro(a.ext+int64(int32(ts-a.rtp))) + a.offset)
}

// micro converts 90 kHz ticks to µs.
func micro(ticks int64) int64 { return ticks * 100 / 9 }
