package audit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

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
		where := in(&c, "refers", ids) + " AND action = " + c.arg(ViewEnd)
		ends, err := l.query(ctx, where, len(ids), c.args...)
		if err != nil {
			return nil, err
		}
		for _, e := range ends {
			v := &out[place[e.Refers]]
			v.Ended, v.Why, v.Ranges = e.Time, e.Detail, e.Ranges
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

// Tallies counts the views that these people began on the days from first to last.
func (l *Log) Tallies(ctx context.Context, actors []string, first, last int64) (map[Tally]int, error) {
	var c clauses
	c.add(true, "at >=", first*day-zone)
	c.add(true, "at <", (last+1)*day-zone)
	c.add(true, "outcome =", OK)
	where := strings.Join(append(c.where, in(&c, "actor", actors), in(&c, "action", Views[:2])), " AND ")
	rows, err := l.db.Query(ctx, fmt.Sprintf(`SELECT actor, camera, (at + %d) / %d, COUNT(*) FROM audit WHERE %s GROUP BY 1, 2, 3`, zone, day, where), c.args...)
	if err != nil {
		return nil, fmt.Errorf("count views: %w", err)
	}
	defer rows.Close()
	out := map[Tally]int{}
	for rows.Next() {
		var t Tally
		var n int
		if err := rows.Scan(&t.Actor, &t.Camera, &t.Day, &n); err != nil {
			return nil, err
		}
		out[t] = n
	}
	return out, rows.Err()
}
