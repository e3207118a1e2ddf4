package archive

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"slices"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	readAhead = 1 << 20         // bytes read at once, where that is more than one fragment
	outlook   = 2 * time.Minute // of segments looked up at once
	unlisted  = time.Second     // what is recorded but not found is told from this length on
)

// errEdge says that what comes next is not recorded yet.
var errEdge = errors.New("end of what is recorded so far")

// place is where a unit lies.
type place struct {
	seg        *Segment
	frag, unit int
	at         vms.Instant // its At
	due        vms.Instant // when it is decoded, on the footage's clock
}

// cursor is where reading goes on.
type cursor struct {
	seg  *Segment    // nil: look for the one at, or behind (in reverse: before), from
	frag int         // the next fragment in it
	skip int         // units of that fragment that were handed out
	from vms.Instant // forward: nothing earlier. In reverse: nothing from here on
	key  bool        // go on at a key frame only
	next vms.Instant // of key frames: not before this one (in reverse: not behind it); 0 for any
}

// walk reads a feed's footage, in either direction, within the permitted spans.
type walk struct {
	src    *Archive
	feed   vms.Feed
	permit []vms.Span // in order, apart
	span   int        // the one we are in

	cursor
	here   place        // of the last unit handed out; none: nothing was, since the last Seek
	sought vms.Instant  // by the last Seek
	hole   vms.Span     // told already, by Seek or at the live edge
	jumped bool         // to another permitted span
	near   []*Segment   // finished ones without a hole in our knowledge of them
	edge   vms.Instant  // errEdge: wait for what ends behind
	waited vms.Instant  // the edge waited at last
	track  *media.Track // of the last unit read
	most   int64        // bytes of a run-up; 0: any number
}

// enterSpan moves to the permitted span an instant lies in, if there is one.
func (w *walk) enterSpan(at vms.Instant) bool {
	i := slices.IndexFunc(w.permit, func(s vms.Span) bool { return s.Contains(at) })
	w.span = max(i, 0)
	return i >= 0
}

func (w *walk) outside(at vms.Instant) error {
	return vms.Errorf(vms.Denied, "outside-permit", "footage of %v at %v may not be seen", w.feed, at)
}

// resume sets the cursor behind a place, or in reverse before it.
func (w *walk) resume(from place, m mode) {
	if from.seg == nil {
		w.cursor = cursor{from: w.sought, key: true}
		return
	}
	for i, s := range w.permit {
		if s.Contains(from.at) {
			w.span = i
		}
	}
	w.cursor = cursor{seg: from.seg, frag: from.frag, from: from.at}
	switch m {
	case everything:
		w.skip = from.unit + 1
	case keysForward:
		w.frag++
	}
}

// read returns what comes next: at least one item, or io.EOF, errEdge or another error. Between two
// key frames lies at least a step where only they are read.
func (w *walk) read(ctx context.Context, m mode, step time.Duration) ([]item, error) {
	for {
		var items []item
		var err error
		switch {
		case m == keysReverse:
			items, err = w.backward(ctx, step)
		case w.seg == nil:
			items, err = w.enter(ctx)
		default:
			items, err = w.forward(ctx, m, step)
		}
		if err != nil || len(items) > 0 {
			return items, err
		}
	}
}

// forward reads the next fragments of the segment, or steps behind it.
func (w *walk) forward(ctx context.Context, m mode, step time.Duration) ([]item, error) {
	span, frags := w.permit[w.span], w.seg.Fragments
	i := w.frag
	for w.key || m == keysForward {
		if i == len(frags) || frags[i].Key && frags[i].From >= max(w.from, span.From, w.next) {
			break
		}
		i++
	}
	switch {
	case i >= len(frags) && w.seg.Open:
		return nil, w.refresh(ctx)
	case i >= len(frags):
		w.cursor = cursor{from: w.seg.Span.To, key: true, next: w.next}
		return nil, nil
	case frags[i].Low >= span.To || m == keysForward && frags[i].From >= span.To:
		return nil, w.nextSpan()
	case m == keysForward:
		return w.readKey(ctx, i, step)
	}
	end, size := i+1, frags[i].Len
	for end < len(frags) && size+frags[end].Len <= readAhead && frags[end].Low < span.To {
		size += frags[end].Len
		end++
	}
	return w.readAll(ctx, i, end)
}

// readAll reads fragments [i, end) of the segment.
func (w *walk) readAll(ctx context.Context, i, end int) ([]item, error) {
	b, end, err := w.fetch(ctx, w.seg, i, end)
	if errors.Is(err, fs.ErrNotExist) {
		return w.lose(i, len(w.seg.Fragments)), nil
	}
	if err != nil {
		return nil, err
	}
	var items []item
	seg := w.seg
	for ; i < end; i++ {
		units, err := w.parse(seg, &b, i)
		if err != nil {
			return append(items, w.lose(i, i+1)...), nil
		}
		kept, over := w.permitted(seg, i, units, w.skip)
		items = append(items, kept...)
		if w.frag, w.skip, w.key = i+1, 0, false; over {
			w.cursor = cursor{from: w.permit[w.span].To}
			break
		}
	}
	return items, nil
}

// permitted makes items of a fragment's units without the first few. over: the span's end was reached;
// what follows in decoding order may need pictures behind it.
func (w *walk) permitted(seg *Segment, frag int, units []*media.Unit, skip int) (items []item, over bool) {
	span := w.permit[w.span]
	for i := min(skip, len(units)); i < len(units); i++ {
		u := units[i]
		if u.At >= span.To {
			return items, true
		}
		if u.At >= span.From {
			items = append(items, itemOf(u, seg, frag, i))
		}
	}
	return items, false
}

func itemOf(u *media.Unit, seg *Segment, frag, i int) item {
	due := u.At.Add(-media.Ticks(u.PTS - u.DTS))
	return item{unit: u, place: place{seg: seg, frag: frag, unit: i, at: u.At, due: due}}
}

// readKey reads the key frame of fragment i.
func (w *walk) readKey(ctx context.Context, i int, step time.Duration) ([]item, error) {
	u, err := w.keyOf(ctx, i)
	if errors.Is(err, fs.ErrNotExist) {
		return w.lose(i, len(w.seg.Fragments)), nil
	}
	if errors.Is(err, vms.Invalid) {
		return w.lose(i, i+1), nil
	}
	if err != nil {
		return nil, err
	}
	w.frag, w.skip, w.key, w.next = i+1, 0, false, u.At.Add(step)
	return []item{itemOf(u, w.seg, i, 0)}, nil
}

func (w *walk) keyOf(ctx context.Context, i int) (*media.Unit, error) {
	b, _, err := w.fetch(ctx, w.seg, i, i+1)
	if err != nil {
		return nil, err
	}
	units, err := w.parse(w.seg, &b, i)
	if err != nil {
		return nil, err
	}
	return units[0], nil
}

// lose tells that fragments [i, end) are lost, and with them what needs them; the cursor moves behind.
func (w *walk) lose(i, end int) []item {
	lost := w.seg.lost(i, end)
	w.cursor = cursor{seg: w.seg, frag: end, from: lost.To, key: true, next: w.next}
	return w.gapItems([]vms.Gap{{Span: lost, Cause: vms.Lost}}, false)
}

// lost is the stretch that cannot be played when fragments [i, end) are damaged.
func (s *Segment) lost(i, end int) vms.Span {
	for ; end < len(s.Fragments); end++ {
		if s.Fragments[end].Key {
			return vms.Span{From: s.Fragments[i].From, To: s.Fragments[end].From}
		}
	}
	return vms.Span{From: s.Fragments[i].From, To: s.Span.To}
}

// gapItems makes items of the permitted parts of gaps.
func (w *walk) gapItems(gaps []vms.Gap, reverse bool) []item {
	var items []item
	for _, g := range gaps {
		if g.Span = g.Intersect(w.permit[w.span]); g.Empty() {
			continue
		}
		it := item{gap: &media.Gap{Gap: g}, place: place{due: g.From}}
		if reverse {
			it.due = g.To
		}
		items = append(items, it)
	}
	if reverse {
		slices.Reverse(items)
	}
	return items
}

// nextSpan goes on to the next permitted span.
func (w *walk) nextSpan() error {
	if w.span+1 >= len(w.permit) {
		return io.EOF
	}
	w.span++
	w.cursor, w.jumped = cursor{from: w.permit[w.span].From, key: true}, true
	return nil
}

// previousSpan goes back to the end of the permitted span before.
func (w *walk) previousSpan() error {
	if w.span == 0 {
		return io.EOF
	}
	w.span--
	w.cursor, w.jumped = cursor{from: w.permit[w.span].To}, true
	return nil
}

// refresh looks how far a growing segment has grown.
func (w *walk) refresh(ctx context.Context) error {
	seg, err := w.again(ctx, w.seg)
	switch {
	case err != nil:
		return err
	case seg == nil || w.seg.Span.To >= w.permit[w.span].To:
		w.cursor = cursor{from: w.seg.Span.To, key: true, next: w.next}
	case seg.Open && len(seg.Fragments) <= len(w.seg.Fragments):
		w.edge = w.seg.Span.To
		return errEdge
	default:
		w.seg = seg
	}
	return nil
}

// backward reads the key frame before, or tells the gap before.
func (w *walk) backward(ctx context.Context, step time.Duration) ([]item, error) {
	if w.seg == nil {
		return w.enterBackward(ctx)
	}
	span, frags := w.permit[w.span], w.seg.Fragments
	i := min(w.frag, len(frags)-1)
	for i >= 0 && !(frags[i].Key && frags[i].From < w.from && (w.next == 0 || frags[i].From <= w.next)) {
		i--
	}
	if i < 0 {
		w.cursor = cursor{from: min(w.from, w.seg.Span.From), next: w.next}
		return nil, nil
	}
	if frags[i].From < span.From {
		return nil, w.previousSpan()
	}
	u, err := w.keyOf(ctx, i)
	end := i + 1
	switch {
	case errors.Is(err, fs.ErrNotExist):
		i, end = 0, len(frags)
	case errors.Is(err, vms.Invalid):
	case err != nil:
		return nil, err
	default:
		w.frag, w.from, w.next = i-1, u.At, max(1, u.At.Add(-step))
		return []item{itemOf(u, w.seg, i, 0)}, nil
	}
	lost := w.seg.lost(i, end)
	lost.To = min(lost.To, w.from)
	w.frag, w.from = i-1, lost.From
	return w.gapItems([]vms.Gap{{Span: lost, Cause: vms.Lost}}, true), nil
}

// enterBackward finds the segment before, and tells the gap that lies between.
func (w *walk) enterBackward(ctx context.Context) ([]item, error) {
	span := w.permit[w.span]
	if w.from <= span.From {
		return nil, w.previousSpan()
	}
	seg, err := w.before(ctx, w.from, span.From)
	if err != nil {
		return nil, err
	}
	end := span.From
	if seg != nil {
		end = seg.Span.To
	}
	var gaps []vms.Gap
	if !w.hole.Contains(w.from - 1) {
		if gaps, err = w.gapsIn(ctx, vms.Span{From: end, To: w.from}); err != nil {
			return nil, err
		}
	}
	w.cursor = cursor{seg: seg, frag: math.MaxInt, from: w.from, next: w.next}
	if seg == nil {
		w.from = span.From
	}
	return w.gapItems(gaps, true), nil
}

// enter finds the segment that goes on, and tells the gap before it.
func (w *walk) enter(ctx context.Context) ([]item, error) {
	span := w.permit[w.span]
	if w.from >= span.To {
		return nil, w.nextSpan()
	}
	seg, err := w.after(ctx, w.from, span.To)
	if err != nil {
		return nil, err
	}
	if seg != nil && seg.Span.From <= w.from {
		w.cursor = cursor{seg: seg, from: w.from, key: true, next: w.next}
		return nil, nil
	}
	hole := vms.Span{From: w.from, To: span.To}
	if seg != nil {
		hole.To = min(hole.To, seg.Span.From)
	}
	gaps, err := w.gapsIn(ctx, hole)
	if err != nil {
		return nil, err
	}
	told := w.hole.Contains(hole.From)
	switch n := len(gaps); {
	case seg != nil || n > 0 && gaps[n-1].To >= span.To:
		w.from, w.hole = hole.To, vms.Span{}
	case n > 0 && !told:
		w.hole = vms.Span{From: hole.From, To: math.MaxInt64}
	default:
		w.edge = w.from
		return nil, errEdge
	}
	if told {
		return nil, nil
	}
	return w.gapItems(gaps, false), nil
}
