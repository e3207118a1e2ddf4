package archive

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"sort"
	"time"

	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// runUp moves to the picture shown at an instant of the current permitted span. It returns what is to be
// handed out at once, up to that picture, and what was read behind it; the cursor is behind that.
func (w *walk) runUp(ctx context.Context, at vms.Instant) (now, rest []item, err error) {
	const attempts = 16 // at damaged ones, before it goes on behind
	w.here, w.hole, w.sought, w.jumped = place{}, vms.Span{}, at, false
	span, behind, target := w.permit[w.span], cursor{from: at, key: true}, at
	for n := 0; n < attempts; n++ {
		seg, err := w.before(ctx, target+1, span.From)
		if err != nil {
			return nil, nil, err
		}
		if n == 0 && (seg == nil || seg.Span.To <= at) {
			if now, err = w.tellHole(ctx, at, seg); err != nil {
				return nil, nil, err
			}
		}
		if seg == nil {
			break
		}
		units, next, lost, err := w.group(ctx, seg, target)
		if err != nil {
			return nil, nil, err
		}
		if !lost.Empty() {
			if now == nil {
				now, behind = w.gapItems([]vms.Gap{{Span: lost, Cause: vms.Lost}}, false), next
			}
			next = behind
		}
		if len(units) > 0 {
			w.cursor = next
			cut := shown(units, at)
			return append(now, units[:cut]...), units[cut:], nil
		}
		if lost.Empty() {
			break
		}
		target = lost.From - 1
	}
	w.cursor = behind
	return now, nil, nil
}

// shown is how many units there are up to and including the picture shown at an instant.
func shown(units []item, at vms.Instant) int {
	best := 0
	for i, it := range units {
		if it.at <= at && (it.at >= units[best].at || units[best].at > at) {
			best = i
		}
	}
	return best + 1
}

// group reads from the key frame at or before an instant to the end of the fragment that holds the
// picture shown then; no units: there is none that may be seen. next is where reading goes on. lost is
// what could not be read on the way; the units are those before.
func (w *walk) group(ctx context.Context, seg *Segment, at vms.Instant) (units []item, next cursor, lost vms.Span, err error) {
	span, frags := w.permit[w.span], seg.Fragments
	end := len(frags) // behind the last fragment with something at or before; in between may be later ones, too
	for end > 0 && frags[end-1].Low > at {
		end--
	}
	key := end - 1
	for key >= 0 && !(frags[key].Key && frags[key].From <= at) {
		key--
	}
	if key < 0 || frags[key].From < span.From {
		return nil, next, lost, nil
	}
	if size := frags[end-1].Off + frags[end-1].Len - frags[key].Off; w.most > 0 && size > w.most {
		return nil, next, lost, vms.Errorf(vms.Conflict, "too-large", "この画像はキーフレームから離れすぎています。 This picture lies %d bytes behind its key frame.", size)
	}
	var b []byte
	for i, upto := key, key; i < end; i++ {
		if i == upto {
			if b, upto, err = w.fetch(ctx, seg, i, end); errors.Is(err, fs.ErrNotExist) {
				return nil, cursor{from: seg.Span.To, key: true}, seg.Span, nil
			} else if err != nil {
				return nil, next, lost, err
			}
		}
		found, err := w.parse(seg, &b, i)
		if err != nil {
			lost = seg.lost(i, i+1)
			return units, cursor{seg: seg, frag: i + 1, from: lost.To, key: true}, lost, nil
		}
		kept, over := w.permitted(seg, i, found, 0)
		if units = append(units, kept...); over {
			return units, cursor{from: span.To, key: true}, lost, nil
		}
	}
	return units, cursor{seg: seg, frag: end, from: at}, lost, nil
}

// tellHole tells the gap that an instant lies in; seg is the segment before it, or nil. There is none
// where footage is merely not written yet.
func (w *walk) tellHole(ctx context.Context, at vms.Instant, seg *Segment) ([]item, error) {
	hole := w.permit[w.span]
	if seg != nil {
		hole.From = max(hole.From, seg.Span.To)
	}
	after, err := w.after(ctx, at, hole.To)
	if err != nil {
		return nil, err
	}
	if after != nil {
		hole.To = min(hole.To, after.Span.From)
	}
	gaps, err := w.gapsIn(ctx, hole)
	if err != nil {
		return nil, err
	}
	for _, g := range gaps {
		if g.Contains(at) {
			w.hole = hole
			return w.gapItems([]vms.Gap{g}, false), nil
		}
	}
	return nil, nil
}

// gapsIn returns why nothing is found in a hole: the gaps the archive knows, and what it takes for
// recorded although it cannot be found. That part is left out at the live edge, and where it is short.
func (w *walk) gapsIn(ctx context.Context, hole vms.Span) ([]vms.Gap, error) {
	if hole.Empty() {
		return nil, nil
	}
	spans, gaps, err := w.src.Recordings(ctx, w.feed, hole)
	if err != nil {
		return nil, err
	}
	var lost []vms.Gap
	for i, s := range spans {
		live := i == len(spans)-1 && (len(gaps) == 0 || gaps[len(gaps)-1].To <= s.From) && s.To < hole.To
		if !live && s.Duration() >= unlisted {
			lost = append(lost, vms.Gap{Span: s, Cause: vms.Lost})
		}
	}
	all := append(lost, gaps...)
	sort.Slice(all, func(i, j int) bool { return all[i].From < all[j].From })
	return all, nil
}

// after returns the first segment that ends behind an instant, and begins before a limit; or nil.
func (w *walk) after(ctx context.Context, at, limit vms.Instant) (*Segment, error) {
	pick := func(segs []*Segment) *Segment {
		i := sort.Search(len(segs), func(i int) bool { return segs[i].Span.To > at })
		if i < len(segs) && segs[i].Span.From < limit {
			return segs[i]
		}
		return nil
	}
	if n := len(w.near); n > 0 && w.near[0].Span.From <= at && at < w.near[n-1].Span.To {
		return pick(w.near), nil
	}
	segs, err := w.find(ctx, vms.Span{From: at, To: min(plus(at, outlook), limit)})
	if seg := pick(segs); err != nil || seg != nil {
		return seg, err
	}
	for _, to := range []vms.Instant{min(plus(at, time.Hour), limit), limit} {
		spans, _, err := w.src.Recordings(ctx, w.feed, vms.Span{From: at, To: to})
		if err != nil {
			return nil, err
		}
		for _, s := range spans {
			segs, err := w.find(ctx, vms.Span{From: s.From, To: min(plus(s.From, outlook), limit)})
			if seg := pick(segs); err != nil || seg != nil {
				return seg, err
			}
		}
	}
	return nil, nil
}

// before returns the last segment that begins before an instant, and ends behind a floor; or nil.
func (w *walk) before(ctx context.Context, at, floor vms.Instant) (*Segment, error) {
	pick := func(segs []*Segment) *Segment {
		i := sort.Search(len(segs), func(i int) bool { return segs[i].Span.From >= at })
		if i > 0 && segs[i-1].Span.To > floor {
			return segs[i-1]
		}
		return nil
	}
	if n := len(w.near); n > 0 && w.near[0].Span.From < at && at <= w.near[n-1].Span.To {
		return pick(w.near), nil
	}
	segs, err := w.find(ctx, vms.Span{From: max(at-1, floor), To: at})
	if seg := pick(segs); err != nil || seg != nil {
		return seg, err
	}
	for _, from := range []vms.Instant{max(minus(at, time.Hour), floor), floor} {
		spans, _, err := w.src.Recordings(ctx, w.feed, vms.Span{From: from, To: at})
		if err != nil {
			return nil, err
		}
		for i := len(spans) - 1; i >= 0; i-- {
			segs, err := w.find(ctx, vms.Span{From: max(minus(spans[i].To, outlook), floor), To: spans[i].To})
			if seg := pick(segs); err != nil || seg != nil {
				return seg, err
			}
		}
	}
	return nil, nil
}

// find asks the archive, and remembers the finished segments.
func (w *walk) find(ctx context.Context, span vms.Span) ([]*Segment, error) {
	if span.Empty() {
		return nil, nil
	}
	segs, err := w.src.Find(ctx, w.feed, span)
	if err != nil {
		return nil, err
	}
	w.near = nil
	for _, s := range segs {
		if !s.Open {
			w.near = append(w.near, s)
		}
	}
	return segs, nil
}

// again finds a segment anew; nil: it is gone.
func (w *walk) again(ctx context.Context, old *Segment) (*Segment, error) {
	segs, err := w.find(ctx, vms.Span{From: old.Span.From, To: old.Span.From + 1})
	if err != nil {
		return nil, err
	}
	for _, s := range segs {
		if s.Span.From == old.Span.From && s.Run == old.Run && s.Seq == old.Seq {
			return s, nil
		}
	}
	return nil, nil
}

// fetch reads fragments [i, end) in one piece. A segment that is not where it was is looked up anew,
// once. Of a file that is too short it reads less, up to fragment upto; the first one may be missing in it.
func (w *walk) fetch(ctx context.Context, seg *Segment, i, end int) (b []byte, upto int, err error) {
	first, last := seg.Fragments[i], seg.Fragments[end-1]
	b, err = w.src.Read(ctx, seg, first.Off, last.Off+last.Len-first.Off)
	if errors.Is(err, fs.ErrNotExist) {
		moved, again := w.again(ctx, seg)
		if again != nil {
			return nil, 0, again
		}
		if moved != nil {
			b, err = w.src.Read(ctx, moved, first.Off, last.Off+last.Len-first.Off)
		}
	}
	short := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, vms.Invalid)
	switch {
	case short && end > i+1:
		return w.fetch(ctx, seg, i, i+(end-i)/2)
	case short:
		return nil, end, nil
	}
	return b, end, err
}

// parse takes fragment i off b; an error is vms.Invalid: it is damaged.
func (w *walk) parse(seg *Segment, b *[]byte, i int) ([]*media.Unit, error) {
	if !seg.Track.Same(w.track) {
		w.track = seg.Track
	}
	n := int(min(seg.Fragments[i].Len, int64(len(*b))))
	units, err := segment.ReadFragment((*b)[:n:n], w.track, seg.Run, seg.Fragments[i])
	*b = (*b)[n:]
	return units, err
}

// plus adds without running over; permits may be open-ended.
func plus(i vms.Instant, d time.Duration) vms.Instant {
	if i > math.MaxInt64-vms.Instant(d/time.Microsecond) {
		return math.MaxInt64
	}
	return i.Add(d)
}

// minus subtracts without running under.
func minus(i vms.Instant, d time.Duration) vms.Instant {
	if i < math.MinInt64+vms.Instant(d/time.Microsecond) {
		return math.MinInt64
	}
	return i.Add(-d)
}
