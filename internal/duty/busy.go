package duty

import (
	"context"
	"slices"
	"time"

	"yagura/internal/vms"
)

const (
	usualFrom   = 14 * 24 * time.Hour // what is usual is learnt from so long
	busyBucket  = 5 * time.Minute
	fineBucket  = 10 * time.Second
	leastKnown  = 24 * time.Hour // of recorded time outside office hours; with less nothing is usual yet
	busyUsual   = 950            // ‰ of these buckets show less than this level, which is called usual;
	farAbove    = 2              // so many times that is far above it ...
	leastBusy   = 150            // ... if it is at least what ordinary work shows (archive.Activity's scale)
	mostBuckets = int(usualFrom / busyBucket)
)

// busy returns the liveliest stretch since an instant of what went far beyond the camera's usual
// outside office hours; ok is false where nothing did.
func (r *Room) busy(ctx context.Context, id vms.CameraID, may []vms.Span, since, now vms.Instant) (m Moment, ok bool, err error) {
	feed, whole := vms.Feed{Camera: id, Stream: vms.Main}, vms.Span{From: now.Add(-usualFrom), To: now}
	values, err := r.Footage.Activity(ctx, feed, whole, mostBuckets, may)
	if err != nil {
		return m, false, err
	}
	outside := outsideHours(whole, values)
	least, known := farAboveUsual(outside)
	if !known {
		return m, false, nil
	}
	best, peak := vms.Span{}, 0
	for _, b := range joinBusy(outside, least) {
		if b.To > since && (b.peak > peak || b.peak == peak && b.Duration() > best.Duration()) {
			best, peak = b.Span, b.peak
		}
	}
	if peak == 0 {
		return m, false, nil
	}
	first := vms.Span{From: best.From, To: best.From.Add(busyBucket)}
	fine, err := r.Footage.Activity(ctx, feed, first, int(busyBucket/fineBucket), may)
	if i := slices.IndexFunc(fine, func(v int) bool { return v >= least }); i > 0 {
		best.From = best.From.Add(time.Duration(i) * fineBucket)
	}
	return Moment{Camera: id, Span: best, Why: OutsideHours}, true, err
}

// bucket is a stretch and how much moved in it.
type bucket struct {
	vms.Span
	peak int // −1: not recorded, or not to be seen
}

// outsideHours returns the buckets that lie wholly outside office hours.
func outsideHours(whole vms.Span, values []int) (out []bucket) {
	office := officeHours(whole)
	for i, v := range values {
		from := whole.From.Add(time.Duration(i) * busyBucket)
		b := bucket{vms.Span{From: from, To: from.Add(busyBucket)}, v}
		for len(office) > 0 && office[0].To <= b.From {
			office = office[1:]
		}
		if len(office) == 0 || !office[0].Overlaps(b.Span) {
			out = append(out, b)
		}
	}
	return out
}

// farAboveUsual is the level from which on a bucket stands out, and whether enough is known to say so.
func farAboveUsual(buckets []bucket) (least int, known bool) {
	var levels []int
	for _, b := range buckets {
		if b.peak >= 0 {
			levels = append(levels, b.peak)
		}
	}
	if len(levels) < int(leastKnown/busyBucket) {
		return 0, false
	}
	slices.Sort(levels)
	return max(leastBusy, farAbove*levels[(len(levels)-1)*busyUsual/1000]), true
}

// joinBusy makes one stretch of the buckets that stand out and follow one another, one missing between
// them or not.
func joinBusy(buckets []bucket, least int) (out []bucket) {
	for _, b := range buckets {
		n := len(out) - 1
		switch {
		case b.peak < least:
		case n >= 0 && b.From.Sub(out[n].To) <= busyBucket:
			out[n].To, out[n].peak = b.To, max(out[n].peak, b.peak)
		default:
			out = append(out, b)
		}
	}
	return out
}
