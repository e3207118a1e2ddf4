package audit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Viewing is a view with its end.
type Viewing struct {
	Entry             // as it began; Ranges is what was seen
	Ended vms.Instant // 0: nobody said so yet
	Why   string      // why it ended
}

// mostlyEnds is within how long nearly all views end: a session lasts 12 hours, a node is seldom away
// for longer than a day.
const mostlyEnds = 48 * time.Hour

// Viewings returns the views, refused ones left out, that these people began within span, oldest first.
//
// Beginnings and ends are read in one pass over (actor, at) and joined here: a join in SQL is, depending
// on the planner, a pass over every view there ever was.
func (l *Log) Viewings(ctx context.Context, actors []string, span vms.Span) ([]Viewing, error) {
	if len(actors) == 0 || span.Empty() {
		return nil, nil
	}
	args, marks := []any{int64(span.From), int64(span.To.Add(mostlyEnds)), OK}, []string{}
	for _, a := range actors {
		args = append(args, a)
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	rows, err := l.query(ctx, `actor IN (`+strings.Join(marks, ", ")+`) AND at >= $1 AND at < $2 AND outcome = $3 AND action LIKE 'view.%'`, 1<<31-1, args...)
	if err != nil {
		return nil, err
	}
	var out []Viewing
	ends := map[string]Entry{}
	for _, e := range rows { // newest first: an end comes before its view
		if e.Action == ViewEnd {
			ends[e.Refers] = e
		} else if e.Time < span.To {
			out = append(out, Viewing{Entry: e})
		}
	}
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b Viewing) int { return cmp.Compare(a.Time, b.Time) }) // nodes write in their own pace
	return out, l.end(ctx, out, ends)
}

// end fills in the ends of views; those that came late are looked up one by one.
func (l *Log) end(ctx context.Context, views []Viewing, ends map[string]Entry) error {
	for i := range views {
		v := &views[i]
		e, ok := ends[v.ID]
		if !ok {
			late, err := l.query(ctx, `refers = $1`, 10, v.ID)
			if err != nil {
				return err
			}
			for _, row := range late {
				if row.Action == ViewEnd {
					e, ok = row, true
				}
			}
		}
		if ok {
			v.Ended, v.Why, v.Ranges = e.Time, e.Detail, e.Ranges
		}
	}
	return nil
}

// Ends adds to rows what their ends say, where they are views and have one.
func (l *Log) Ends(ctx context.Context, rows []Entry) ([]Viewing, error) {
	out := make([]Viewing, len(rows))
	place := map[string]int{}
	for i, e := range rows {
		out[i].Entry = e
		if slices.Contains(Views, e.Action) {
			place[e.ID] = i
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(place)), 500) {
		var c clauses
		about, err := l.entries(ctx, in(&c, "refers", ids), c.args...) // no order and no action: either leads SQLite to another index
		if err != nil {
			return nil, err
		}
		for _, e := range about {
			if v := &out[place[e.Refers]]; e.Action == ViewEnd {
				v.Ended, v.Why, v.Ranges = e.Time, e.Detail, e.Ranges
			}
		}
	}
	return out, nil
}

// Tally is how often somebody viewed a camera on a day: live and past, single pictures not.
type Tally struct {
	Actor  string
	Camera vms.CameraID
	Day    int64 // days since 1970-01-01, in Japan
}

// DayOf is the day of an instant, as a Tally counts.
func DayOf(at vms.Instant) int64 { return (int64(at) + zone) / day }

const (
	zone = int64(9 * time.Hour / time.Microsecond) // Japan has no summer time
	day  = int64(24 * time.Hour / time.Microsecond)
)

// Looker is somebody at a camera.
type Looker struct {
	Actor  string
	Camera vms.CameraID
}

const manyLookers = 400 // in one question

// Tallies counts the views that these people began at these cameras on the days from first to last.
func (l *Log) Tallies(ctx context.Context, lookers []Looker, first, last int64) (map[Tally]int, error) {
	out := map[Tally]int{}
	for some := range slices.Chunk(lookers, manyLookers) {
		if err := l.tally(ctx, out, some, first, last); err != nil {
			return nil, fmt.Errorf("count views: %w", err)
		}
	}
	return out, nil
}

// tally asks the index audit_views alone: its condition must stand here word for word.
func (l *Log) tally(ctx context.Context, out map[Tally]int, lookers []Looker, first, last int64) error {
	var c clauses
	var pairs []string
	for _, k := range lookers {
		pairs = append(pairs, fmt.Sprintf("(CAST(%s AS TEXT), CAST(%s AS TEXT))", c.arg(k.Actor), c.arg(string(k.Camera))))
	}
	for row, err := range db.Rows(l.db.Query(ctx, fmt.Sprintf(`WITH w(actor, camera) AS (VALUES %s)
		SELECT a.actor, a.camera, (a.at + %d) / %d, COUNT(*) FROM w CROSS JOIN audit a
		WHERE a.actor = w.actor AND a.camera = w.camera AND a.at >= %s AND a.at < %s AND a.outcome = 'ok' AND a.action IN ('view.live', 'view.past')
		GROUP BY 1, 2, 3`, strings.Join(pairs, ", "), zone, day, c.arg(first*day-zone), c.arg((last+1)*day-zone)), c.args...)) {
		if err != nil {
			return err
		}
		var t Tally
		var n int
		if err := row.Scan(&t.Actor, &t.Camera, &t.Day, &n); err != nil {
			return err
		}
		out[t] = n
	}
	return nil
}
