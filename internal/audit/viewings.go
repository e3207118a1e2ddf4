package audit

import (
	"cmp"
	"context"
	"fmt"
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
