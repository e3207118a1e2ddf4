package archive

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"yagura/internal/vms"
)

const (
	fineBucket  = 30 * time.Second   // narrower ones are filled from seconds, others from whole segments
	levelTime   = 7 * 24 * time.Hour // the past a camera's own level is taken from ...
	levelSample = 15 * time.Minute   // ... by one segment of each
	fewSamples  = 96                 // are not enough: then all segments are taken
	levelLasts  = 5 * time.Minute
	mostLevels  = 4096               // kept
	lookAhead   = 7 * 24 * time.Hour // for the next burst
	lookStep    = 6 * time.Hour      // rows looked through at once
	quietBefore = 10 * time.Second   // a burst begins after at least so long without one
	notHere     = time.Second        // of the moment given: the next burst begins later ...
	notAgain    = 2 * time.Second    // ... and the previous one earlier
	runIn       = 10 * time.Minute   // read before a stretch, to know what it begins with
)

// stretch is a segment as Activity sees it.
type stretch struct {
	span       vms.Span
	mean, peak int64    // bytes of non-key pictures per second; < 0: not known
	seconds    []uint32 // of these per second since span.From; nil: not read, or not known
}

// Activity returns how much moved before a camera, in so many buckets of equal width over span: 0 to
// 1000, measured by the bytes of non-key pictures, on a scale of the camera's own last week (ordinary
// work lies at about 150 to 400); −1 where nothing is recorded or permitted. A bucket of two minutes
// and more shows its liveliest minute. It reads no footage.
func (a *Archive) Activity(ctx context.Context, feed vms.Feed, span vms.Span, buckets int, permit []vms.Span) ([]int, error) {
	if span.Empty() || buckets < 1 {
		return nil, vms.Errorf(vms.Invalid, "bad-range", "activity needs a stretch of time and at least one bucket")
	}
	b, may := newBars(span, buckets), vms.Union(permit)
	parts, err := a.parts(ctx, feed, span)
	if err != nil {
		return nil, err
	}
	l, err := a.level(ctx, feed, may, parts)
	if err != nil {
		return nil, err
	}
	recorded, _, err := a.recordings(ctx, feed, span, parts)
	if err != nil {
		return nil, err
	}
	if err := a.fill(ctx, feed, b, parts, may); err != nil {
		return nil, fmt.Errorf("activity of %v: %w", feed, err)
	}
	return b.values(l, permitted(recorded, may)), nil
}

// fill puts what moved into the bars, as far as it may be seen.
func (a *Archive) fill(ctx context.Context, feed vms.Feed, b *bars, parts []Part, may []vms.Span) error {
	var list []stretch
	fine := b.width() < float64(fineBucket.Microseconds())
	if b.wide {
		for _, p := range permitted([]vms.Span{b.span}, may) {
			if err := a.liveliest(ctx, feed, b, p); err != nil {
				return err
			}
		}
	} else {
		var err error
		if list, err = a.stretches(ctx, feed, b.span, fine); err != nil {
			return err
		}
	}
	for _, s := range addSpooled(list, parts, b.span) {
		s.fill(b, may, fine)
	}
	return nil
}

// liveliest notes in wide bars the liveliest of the indexed segments that begin in each and lie wholly
// in p. The database picks it, from an index alone: a month has 43,000 segments.
func (a *Archive) liveliest(ctx context.Context, feed vms.Feed, b *bars, p vms.Span) error {
	const begins, ends = `$3 + i * $4 / $5`, `$3 + (i + 1) * $4 / $5`
	rows, err := a.cfg.DB.Query(ctx, `WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $5)
		SELECT i, (SELECT MAX(mean) FROM segment WHERE camera = $1 AND stream = $2 AND state = 'stored'
			AND start_us >= CASE WHEN `+begins+` > $6 THEN `+begins+` ELSE $6 END AND start_us < `+ends+` AND end_us <= $7) AS mean FROM n`,
		feed.Camera, feed.Stream, b.span.From, int64(b.span.To-b.span.From), int64(b.n), p.From, p.To)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var i int
		var mean sql.NullInt64
		if err := rows.Scan(&i, &mean); err != nil {
			return err
		}
		if mean.Valid {
			b.top[i] = max(b.top[i], mean.Int64)
		}
	}
	return rows.Err()
}

// fill adds a stretch to the bars if all of it is permitted, or those of its seconds that are.
func (s *stretch) fill(b *bars, may []vms.Span, fine bool) {
	if !fine || s.seconds == nil {
		if s.mean >= 0 && within(s.span, may) {
			b.add(s.span, s.mean)
		}
		return
	}
	for i, v := range s.seconds {
		cell := vms.Span{From: s.span.From.Add(time.Duration(i) * time.Second)}
		cell.To = min(cell.From.Add(time.Second), s.span.To)
		if cell.Overlaps(b.span) && within(cell, may) {
			b.add(cell, int64(float64(v)/max(cell.Duration(), leastCell).Seconds()))
		}
	}
}

// within reports whether all of s lies in spans, which are joined and in order.
func within(s vms.Span, spans []vms.Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.From, func(m vms.Span, at vms.Instant) int {
		if m.To <= at {
			return -1
		}
		return 1
	})
	return i < len(spans) && spans[i].From <= s.From && s.To <= spans[i].To
}

// permitted returns what lies both in spans and in may.
func permitted(spans, may []vms.Span) []vms.Span {
	return vms.Subtract(spans, vms.Subtract(spans, may))
}

func meansOf(list []stretch) (out []int64) {
	for _, s := range list {
		if s.mean >= 0 {
			out = append(out, s.mean)
		}
	}
	return out
}

// stretches returns the indexed segments that overlap span, in order, with their seconds where they
// are asked for.
func (a *Archive) stretches(ctx context.Context, feed vms.Feed, span vms.Span, seconds bool) ([]stretch, error) {
	columns := `start_us, end_us, mean, peak`
	if seconds {
		columns += `, activity`
	}
	return stretchRows(a.cfg.DB.Query(ctx, `SELECT `+columns+ranged, feed.Camera, feed.Stream, span.From, span.To))
}

// addSpooled adds what overlaps span in the spools and in none of the list.
func addSpooled(list []stretch, parts []Part, span vms.Span) []stretch {
	for _, p := range parts {
		for _, s := range p.Segments {
			if s.Span.Overlaps(span) && !slices.ContainsFunc(list, func(h stretch) bool { return h.span.Overlaps(s.Span) }) {
				list = append(list, spooled(s))
			}
		}
	}
	slices.SortFunc(list, func(x, y stretch) int { return cmp.Compare(x.span.From, y.span.From) })
	return list
}

func spooled(s *Segment) stretch {
	out := stretch{span: s.Span, mean: -1, peak: -1, seconds: s.Activity}
	if s.Activity != nil {
		out.mean, out.peak = weigh(s.Activity, s.Span)
	}
	return out
}

func stretchRows(rows *sql.Rows, err error) ([]stretch, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []stretch
	for rows.Next() {
		var s stretch
		var activity sql.RawBytes
		if err := rows.Scan([]any{&s.span.From, &s.span.To, &s.mean, &s.peak, &activity}[:len(columns)]...); err != nil {
			return nil, err
		}
		if len(columns) > 4 {
			s.seconds = decodeActivity(activity)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// levelKey is whose level, as seen by whom: what one may not see has no part in it.
type levelKey struct {
	feed vms.Feed
	last vms.Span // the last permitted stretch
}

type keptLevel struct {
	level
	until time.Time
}

// level returns a camera's own level of the last week that is permitted; it is kept for some minutes.
// Of a camera that is not in the index yet it is that of the spools.
func (a *Archive) level(ctx context.Context, feed vms.Feed, may []vms.Span, parts []Part) (level, error) {
	if len(may) == 0 {
		return level{}, nil
	}
	key := levelKey{feed, may[len(may)-1]}
	a.mu.Lock()
	kept, ok := a.levels[key]
	a.mu.Unlock()
	if ok && time.Now().Before(kept.until) {
		return kept.level, nil
	}
	end := min(a.now(), key.last.To)
	means, err := a.sample(ctx, feed, vms.Span{From: max(end.Add(-levelTime), key.last.From), To: end})
	if err != nil {
		return level{}, fmt.Errorf("activity of %v: %w", feed, err)
	}
	if len(means) == 0 {
		list := addSpooled(nil, parts, vms.Span{To: math.MaxInt64})
		return levelOf(meansOf(slices.DeleteFunc(list, func(s stretch) bool { return !within(s.span, may) }))), nil
	}
	l := levelOf(means)
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.levels) >= mostLevels {
		clear(a.levels)
	}
	a.levels[key] = keptLevel{l, time.Now().Add(levelLasts)}
	return l, nil
}

// sample returns the means of segments within span: of one in each quarter of an hour, or where those
// are few, of all.
func (a *Archive) sample(ctx context.Context, feed vms.Feed, span vms.Span) ([]int64, error) {
	n := int64(span.Duration()/levelSample) + 1
	rows, err := a.cfg.DB.Query(ctx, `WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $3)
		SELECT (SELECT mean FROM segment WHERE camera = $1 AND stream = $2 AND state = 'stored' AND start_us >= $4 + i * $5
			AND start_us < $4 + (i + 1) * $5 AND end_us <= $6 ORDER BY start_us LIMIT 1) AS mean FROM n`,
		feed.Camera, feed.Stream, n, span.From, levelSample.Microseconds(), span.To)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var means []int64
	for rows.Next() {
		var mean sql.NullInt64
		if err := rows.Scan(&mean); err != nil {
			return nil, err
		}
		if mean.Valid && mean.Int64 >= 0 {
			means = append(means, mean.Int64)
		}
	}
	if err := rows.Err(); err != nil || len(means) >= fewSamples {
		return means, err
	}
	list, err := a.stretches(ctx, feed, span, false)
	return meansOf(slices.DeleteFunc(list, func(s stretch) bool { return !within(s.span, []vms.Span{span}) })), err
}

// NextActivity returns where the next burst of activity begins behind an instant, or for a direction
// below 0 the one before it, within permitted footage and seven days; 0 where there is none. A burst
// is movement clearly above the camera's own quiet, after ten seconds without.
func (a *Archive) NextActivity(ctx context.Context, feed vms.Feed, at vms.Instant, direction int, permit []vms.Span) (vms.Instant, error) {
	may := vms.Union(permit)
	window := vms.Span{From: at.Add(notHere) + 1, To: min(at.Add(lookAhead), a.now())}
	if direction < 0 {
		window = vms.Span{From: max(0, at.Add(-lookAhead)), To: min(at.Add(-notAgain), a.now())}
	}
	parts, err := a.parts(ctx, feed, window)
	if err != nil {
		return 0, err
	}
	l, err := a.level(ctx, feed, may, parts)
	if err != nil {
		return 0, err
	}
	for !window.Empty() {
		step := vms.Span{From: window.From, To: min(window.To, window.From.Add(lookStep))}
		if direction < 0 {
			step = vms.Span{From: max(window.From, window.To.Add(-lookStep)), To: window.To}
		}
		found, err := a.bursts(ctx, feed, step, l.burst(), may, parts)
		if err != nil {
			return 0, fmt.Errorf("next activity of %v: %w", feed, err)
		}
		switch n := len(found); {
		case n > 0 && direction < 0:
			return found[n-1], nil
		case n > 0:
			return found[0], nil
		case direction < 0:
			window.To = step.From
		default:
			window.From = step.To
		}
	}
	return 0, nil
}

// bursts returns where those begin that begin within span.
func (a *Archive) bursts(ctx context.Context, feed vms.Feed, span vms.Span, least int64, may []vms.Span, parts []Part) ([]vms.Instant, error) {
	early := vms.Span{From: max(0, span.From.Add(-runIn)), To: span.To}
	list, err := stretchRows(a.cfg.DB.Query(ctx, `SELECT start_us, end_us, mean, peak, activity FROM segment WHERE camera = $1 AND stream = $2
		AND state = 'stored' AND start_us >= $3 AND start_us < $4 AND peak >= $5 ORDER BY start_us`,
		feed.Camera, feed.Stream, early.From, early.To, least))
	if err != nil {
		return nil, err
	}
	list = addSpooled(list, parts, early)
	var found []vms.Instant
	last := vms.Instant(math.MinInt64 / 2)
	for _, s := range list {
		for i := range s.seconds {
			at := s.span.From.Add(time.Duration(i) * time.Second)
			if around(s.seconds, i) < least || !within(vms.Span{From: at, To: at.Add(peakSeconds * time.Second)}, may) {
				continue
			}
			if at.Sub(last) > quietBefore && span.Contains(at) {
				found = append(found, at)
			}
			last = at
		}
	}
	return found, nil
}
