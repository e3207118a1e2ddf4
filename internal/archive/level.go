package archive

import (
	"slices"
	"time"

	"yagura/internal/vms"
)

const (
	mostActivity = 1000 // the top of the scale
	ordinaryAt   = 275  // where ordinary work lies on it
	leastMove    = 100  // bytes/s; what moves less is nothing: pictures without any change take more

	peakSeconds = 3                      // a burst is weighed over so long
	leastCell   = 200 * time.Millisecond // a second cut shorter by its segment's end counts as so long
)

// level is how much moves before one camera, in bytes of non-key pictures per second. Cameras, scenes
// and bit rates differ by two orders of magnitude: only a camera's own past says what is much.
type level struct {
	quiet    int64 // when nothing happens: noise alone
	ordinary int64 // in the middle of the working hours
}

// levelOf takes the means of a week's segments. The working hours are a quarter of a week, so the
// middle of the upper quarter is ordinary work; a fifth from below is night.
func levelOf(means []int64) level {
	if len(means) == 0 {
		return level{}
	}
	sorted := slices.Clone(means)
	slices.Sort(sorted)
	at := func(permille int) int64 { return sorted[(len(sorted)-1)*permille/1000] }
	return level{quiet: at(200), ordinary: at(870)}
}

// scale puts a rate on the scale of 0 to mostActivity. Half of the noise is taken off: a night is
// then low, and a scene in which nothing ever happens still shows as ordinary rather than as its noise.
func (l level) scale(rate float64) int {
	base := float64(l.quiet) / 2
	v := (rate - base) * ordinaryAt / max(float64(l.ordinary)-base, leastMove)
	return int(max(0, min(v+0.5, mostActivity)))
}

// burst is the rate from which on something happens: a third of the way to ordinary work, and where
// work goes on all the time, clearly more than that. With half of quiet instead of three quarters a
// busy office has a burst every half minute, with all of it no fewer.
func (l level) burst() int64 { return l.quiet + max((l.ordinary-l.quiet)/3, l.quiet*3/4, leastMove) }

// weigh returns the mean of a segment's activity, and that of its liveliest three seconds.
func weigh(activity []uint32, span vms.Span) (mean, peak int64) {
	var sum int64
	for i, v := range activity {
		sum += int64(v)
		peak = max(peak, around(activity, i))
	}
	return int64(float64(sum) / max(span.Duration().Seconds(), 1)), peak
}

// around is the mean of the seconds from i on that a burst is weighed over.
func around(activity []uint32, i int) int64 {
	end := min(i+peakSeconds, len(activity))
	var sum int64
	for _, v := range activity[i:end] {
		sum += int64(v)
	}
	return sum / int64(end-i)
}

// bars gathers rates into buckets of equal width.
type bars struct {
	span vms.Span
	n    int
	wide bool      // a bucket shows its liveliest stretch
	sum  []float64 // of rate × µs
	dur  []float64 // µs
	top  []int64   // of the stretches whose middle lies in the bucket; −1: none
}

// wideBucket is the width from which on a bucket shows its liveliest minute rather than its mean: who
// crosses a hall at night must not vanish in a bar of half an hour.
const wideBucket = 2 * time.Minute

func newBars(span vms.Span, n int) *bars {
	b := &bars{span: span, n: n, wide: span.Duration()/time.Duration(n) >= wideBucket, sum: make([]float64, n), dur: make([]float64, n), top: make([]int64, n)}
	for i := range b.top {
		b.top[i] = -1
	}
	return b
}

func (b *bars) width() float64 { return float64(b.span.To-b.span.From) / float64(b.n) }

// start is where bucket i begins.
func (b *bars) start(i int) float64 { return float64(b.span.From) + float64(i)*b.width() }

// at is the bucket of an instant of the span.
func (b *bars) at(i vms.Instant) int {
	return min(max(0, int(float64(i-b.span.From)/b.width())), b.n-1)
}

// add notes the rate of a stretch.
func (b *bars) add(s vms.Span, rate int64) {
	if mid := s.From + (s.To-s.From)/2; b.wide && b.span.Contains(mid) {
		i := b.at(mid)
		b.top[i] = max(b.top[i], rate)
	}
	if s = s.Intersect(b.span); s.Empty() {
		return
	}
	for i := b.at(s.From); i < b.n && b.start(i) < float64(s.To); i++ {
		share := min(float64(s.To), b.start(i+1)) - max(float64(s.From), b.start(i))
		if share > 0 {
			b.sum[i] += float64(rate) * share
			b.dur[i] += share
		}
	}
}

// values puts the buckets on the level's scale; −1 where nothing of recorded lies in one, 0 where
// nobody said how much moved.
func (b *bars) values(l level, recorded []vms.Span) []int {
	out := make([]int, b.n)
	for i := range out {
		out[i] = -1
	}
	for _, s := range recorded {
		if s = s.Intersect(b.span); s.Empty() {
			continue
		}
		for i := b.at(s.From); i <= b.at(s.To-1); i++ {
			out[i] = 0
			switch {
			case b.top[i] >= 0:
				out[i] = l.scale(float64(b.top[i]))
			case b.dur[i] > 0:
				out[i] = l.scale(b.sum[i] / b.dur[i])
			}
		}
	}
	return out
}
