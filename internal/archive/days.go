package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	coverReads  = 2 // transactions at once: the work is reading rows, and others read too
	coverAtOnce = 25
)

// Tail is what whoever records a feed says of the time the index knows nothing of yet.
type Tail struct {
	Written vms.Instant // recorded up to here
	Cause   vms.Cause   // why nothing is recorded since then; "" where recording goes on
}

// Day is what became of a feed during one day, or any other stretch.
type Day struct {
	Recorded time.Duration
	Missing  time.Duration // in operation and configured, yet not recorded; what was erased is not missing
	Planned  time.Duration // the camera was not configured
	Longest  time.Duration // of the gaps that Missing is made of, within the day
	Cause    vms.Cause     // of that one
}

// Coverage returns, for each feed, what became of it during each of the days, which are in order and
// do not overlap; time behind now belongs to none. It reads the index alone, and takes the feeds'
// tails for what the index does not know yet.
func (a *Archive) Coverage(ctx context.Context, feeds map[vms.Feed]Tail, days []vms.Span) (map[vms.Feed][]Day, error) {
	if len(days) == 0 {
		return nil, nil
	}
	now := a.now()
	whole := vms.Span{From: days[0].From, To: min(days[len(days)-1].To, now)}
	out := make(map[vms.Feed][]Day, len(feeds))
	var mu sync.Mutex // guards out
	var g errgroup.Group
	g.SetLimit(coverReads)
	for some := range slices.Chunk(slices.Collect(maps.Keys(feeds)), coverAtOnce) {
		g.Go(func() error {
			return a.cfg.DB.Read(ctx, func(tx *db.Tx) error {
				for _, feed := range some {
					spans, gaps, err := a.whole(ctx, tx, feed, feeds[feed], whole)
					if err != nil {
						return fmt.Errorf("coverage of %v: %w", feed, err)
					}
					list := divide(spans, gaps, days)
					mu.Lock()
					out[feed] = list
					mu.Unlock()
				}
				return nil
			})
		})
	}
	return out, g.Wait()
}

// whole returns what is recorded in a stretch and why the rest is not: together they are the stretch.
func (a *Archive) whole(ctx context.Context, tx reader, feed vms.Feed, tail Tail, span vms.Span) ([]vms.Span, []vms.Gap, error) {
	spans, err := spansNear(ctx, tx, feed, span)
	if err != nil {
		return nil, nil, err
	}
	gaps, err := gapsNear(ctx, tx, feed, span)
	if err != nil {
		return nil, nil, err
	}
	p := past{}
	err = tx.QueryRow(ctx, `SELECT first_us FROM feed WHERE camera = $1 AND stream = $2`, feed.Camera, feed.Stream).Scan(&p.first)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, nil, err
	}
	if n := len(spans); n > 0 {
		p.reach(spans[n-1], "")
	}
	if n := len(gaps); n > 0 {
		p.reach(gaps[n-1].Span, gaps[n-1].Cause)
	}
	if p.first != 0 && tail.Written > p.end {
		spans = append(spans, vms.Span{From: max(p.end, p.first), To: tail.Written})
		p.reach(spans[len(spans)-1], "")
	}
	var open []vms.Gap
	if p.first != 0 && tail.Cause != "" && p.end < span.To {
		open = append(open, vms.Gap{Span: vms.Span{From: p.end, To: span.To}, Cause: tail.Cause})
	}
	spans, gaps = tile(span, spans, [][]vms.Gap{gaps, open}, func(s vms.Span) []vms.Gap { return a.residual(feed, s, p) })
	return spans, gaps, nil
}

// divide adds up spans and gaps by day.
func divide(spans []vms.Span, gaps []vms.Gap, days []vms.Span) []Day {
	out := make([]Day, len(days))
	i := 0
	for _, s := range spans {
		i = each(days, i, s, func(i int, d time.Duration) { out[i].Recorded += d })
	}
	i = 0
	for _, g := range gaps {
		i = each(days, i, g.Span, func(i int, d time.Duration) { out[i].miss(d, g.Cause) })
	}
	return out
}

// each tells how much of s lies in each day, from day i on, and returns the day s ends in.
func each(days []vms.Span, i int, s vms.Span, tell func(int, time.Duration)) int {
	for ; i < len(days) && days[i].From < s.To; i++ {
		if d := days[i].Intersect(s).Duration(); d > 0 {
			tell(i, d)
		}
		if s.To < days[i].To {
			return i
		}
	}
	return i
}

func (d *Day) miss(n time.Duration, cause vms.Cause) {
	switch cause {
	case vms.NotInOperation: // there was nothing to record
	case vms.Expired, vms.Quota: // it was recorded, and is no longer
	case vms.NotConfigured:
		d.Planned += n
	default:
		d.Missing += n
		if n > d.Longest {
			d.Longest, d.Cause = n, cause
		}
	}
}
