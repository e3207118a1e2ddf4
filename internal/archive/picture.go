package archive

import (
	"context"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	nearPicture = 2 * time.Second // from a moment without footage to a picture that stands for it
	mostGroup   = 16 << 20        // bytes of footage read for one picture
)

// Picture returns the units it takes to decode the picture shown at an instant: from its key frame to
// that picture, in decoding order. Where nothing is recorded then, it is the last picture of the two
// seconds before, else the first key frame of the two behind; without either it fails with
// vms.NotFound, code "no-picture", and the text ends in the cause of the gap. Outside the permitted spans it fails with
// vms.Denied. No fragment outside them is read.
func (a *Archive) Picture(ctx context.Context, feed vms.Feed, at vms.Instant, permit []vms.Span) ([]*media.Unit, error) {
	w := walk{src: a, feed: feed, permit: vms.Union(permit), most: mostGroup}
	if !w.enterSpan(at) {
		return nil, w.outside(at)
	}
	items, _, err := w.runUp(ctx, at)
	if err != nil {
		return nil, err
	}
	var gap *media.Gap
	if len(items) > 0 && items[0].gap != nil {
		gap, items = items[0].gap, items[1:]
	}
	if n := len(items); n > 0 {
		last := items[n-1]
		recorded := gap == nil && last.seg.Span.To > at // pictures may lie far apart
		if recorded || at.Sub(last.at) <= nearPicture {
			return unitsOf(items), nil
		}
	}
	if key, err := w.keyBehind(ctx, at); key != nil || err != nil {
		return key, err
	}
	cause, err := w.whyNone(ctx, at, gap)
	if err != nil {
		return nil, err
	}
	return nil, vms.Errorf(vms.NotFound, "no-picture", "この時刻の映像はありません。 There is no picture of this moment: %s", cause)
}

// notYet stands in for the cause of a gap where the moment is not recorded yet.
const notYet = vms.Cause("not-yet")

func (w *walk) whyNone(ctx context.Context, at vms.Instant, gap *media.Gap) (vms.Cause, error) {
	if gap != nil {
		return gap.Cause, nil
	}
	seg, err := w.before(ctx, at+1, w.permit[w.span].From)
	if seg != nil && seg.Span.To > at {
		return vms.NoKeyFrame, err // the one before lies outside what may be seen
	}
	return notYet, err
}

func unitsOf(items []item) []*media.Unit {
	if len(items) == 0 {
		return nil
	}
	units := make([]*media.Unit, len(items))
	for i, it := range items {
		units[i] = it.unit
	}
	return units
}

// keyBehind returns the first key frame shortly behind an instant, or nil.
func (w *walk) keyBehind(ctx context.Context, at vms.Instant) ([]*media.Unit, error) {
	limit := min(plus(at, nearPicture), w.permit[w.span].To)
	for from := at; from < limit; {
		seg, err := w.after(ctx, from, limit)
		if err != nil || seg == nil {
			return nil, err
		}
		for _, f := range seg.Fragments {
			if !f.Key || f.From < at || f.From >= limit {
				continue
			}
			units, _, lost, err := w.group(ctx, seg, f.From)
			if err != nil || len(units) > 0 && lost.Empty() {
				return unitsOf(units[:min(1, len(units))]), err
			}
		}
		from = seg.Span.To
	}
	return nil, nil
}
