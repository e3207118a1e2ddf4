package archive

import (
	"slices"
	"time"

	"yagura/internal/vms"
)

const (
	stale     = 500 * time.Millisecond // a unit this much newer than an event shows that it is over
	maxEvents = 1024                   // kept while nothing is known about the past
	maxPast   = 64                     // settled gaps one segment's header carries
)

// coverage explains every instant of a feed that is not recorded. It is told what is recorded and
// what happened, and splits what lies between the end of one recording and the start of the next
// by cause. It does no I/O and knows no clock.
//
// It may start without knowing where the past ends (the database may be away): what precedes the
// first recording is then explained once resolve says so.
type coverage struct {
	known  bool
	end    vms.Instant // everything before is recorded or explained
	base   vms.Cause   // from end until the first event; "" lets the first event reach back to end
	events []event     // rising
	past   []vms.Gap   // settled since the last recording; what the next segment's header carries
	early  *early      // the stretch before the first recording, until the past is known
}

// event says that from an instant on nothing is recorded, and why.
type event struct {
	at    vms.Instant
	cause vms.Cause
}

type early struct {
	to       vms.Instant
	events   []event
	fallback vms.Cause
}

// interrupted notes that recording stopped at an instant, or that the cause changed.
func (c *coverage) interrupted(at vms.Instant, cause vms.Cause) {
	i, _ := slices.BinarySearchFunc(c.events, at, func(e event, at vms.Instant) int {
		if e.at <= at {
			return -1 // behind those of the same instant
		}
		return 1
	})
	if len(c.events) >= maxEvents && i > 0 && c.events[i-1].cause == cause {
		return
	}
	c.events = slices.Insert(c.events, i, event{at, cause})
}

// resolve says where the past ends, and what holds from there until the first event. It returns the
// gaps before the first recording where that has begun already.
func (c *coverage) resolve(end vms.Instant, base vms.Cause) []vms.Gap {
	if e := c.early; e != nil {
		c.early = nil
		return explain(end, e.to, base, e.events, e.fallback)
	}
	if !c.known {
		c.known, c.end, c.base = true, end, base
	}
	return nil
}

// begin says that recording starts at an instant. It returns the gaps from the end until there;
// the fallback explains them where nothing was said.
func (c *coverage) begin(at vms.Instant, fallback vms.Cause) []vms.Gap {
	var gaps []vms.Gap
	if c.known {
		gaps = explain(c.end, at, c.base, c.events, fallback)
	} else if c.early == nil {
		c.early = &early{to: at, events: slices.Clone(c.events), fallback: fallback}
	}
	c.known, c.end, c.base = true, at, ""
	c.events = slices.DeleteFunc(c.events, func(e event) bool { return e.at <= at })
	return gaps
}

// extend says that footage goes on until to, and that its last unit came at last.
func (c *coverage) extend(last, to vms.Instant) {
	c.end = max(c.end, to)
	for len(c.events) > 0 && c.events[0].at.Add(stale) < last {
		c.events = c.events[1:]
	}
}

// over reports whether something was said that the footage has not made void.
func (c *coverage) over() bool { return len(c.events) > 0 || c.base != "" }

// cause is what was said last; "" where nothing was.
func (c *coverage) cause() vms.Cause {
	if n := len(c.events); n > 0 {
		return c.events[n-1].cause
	}
	return c.base
}

// open returns the gaps from the end until now, as they would be if nothing more is recorded.
func (c *coverage) open(now vms.Instant, fallback vms.Cause) []vms.Gap {
	if !c.known {
		return nil
	}
	return explain(c.end, now, c.base, c.events, fallback)
}

// settle makes gaps that open returned final: they are kept elsewhere now. Only the last one goes on growing.
func (c *coverage) settle(gaps []vms.Gap) {
	if len(gaps) == 0 {
		return
	}
	last := gaps[len(gaps)-1]
	c.past = joinGaps(append(c.past, gaps[:len(gaps)-1]...))
	c.end, c.base = last.From, last.Cause
	c.events = slices.DeleteFunc(c.events, func(e event) bool { return e.at <= last.From })
}

// carry returns the gaps a segment's header states, the settled ones and those given, and forgets them.
// When there are too many the oldest are told as one.
func (c *coverage) carry(gaps []vms.Gap) []vms.Gap {
	all := joinGaps(append(c.past, gaps...))
	c.past = nil
	for len(all) > maxPast {
		a, b := all[0], all[1]
		if b.Duration() > a.Duration() {
			a.Cause = b.Cause
		}
		all[1] = vms.Gap{Span: vms.Span{From: a.From, To: b.To}, Cause: a.Cause}
		all = all[1:]
	}
	return all
}

// explain splits [end, to) by cause. An event before end counts at end; with no cause to begin with,
// the first event reaches back.
func explain(end, to vms.Instant, cause vms.Cause, events []event, fallback vms.Cause) []vms.Gap {
	if to <= end {
		return nil
	}
	var gaps []vms.Gap
	from := end
	for _, e := range events {
		at := max(e.at, end)
		if at >= to {
			if cause == "" {
				cause = e.cause
			}
			break
		}
		if cause != "" && e.cause != cause && at > from {
			gaps = append(gaps, vms.Gap{Span: vms.Span{From: from, To: at}, Cause: cause})
			from = at
		}
		cause = e.cause
	}
	if cause == "" {
		cause = fallback
	}
	return append(gaps, vms.Gap{Span: vms.Span{From: from, To: to}, Cause: cause})
}
