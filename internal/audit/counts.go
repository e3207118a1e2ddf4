package audit

import (
	"context"
	"fmt"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Count is how many views began: of a camera, of footage of a day, for a purpose and a case.
type Count struct {
	Camera  vms.CameraID
	Action  string // one of Views
	Purpose string
	Case    string
	Footage int64 // day of what was looked at, as DayOf counts
	N       int
}

// Counts counts the views that began in span, refused ones left out.
func (l *Log) Counts(ctx context.Context, span vms.Span) (out []Count, err error) {
	var c clauses
	c.add(true, "at >=", int64(span.From))
	c.add(true, "at <", int64(span.To))
	c.add(true, "outcome =", OK)
	where := strings.Join(append(c.where, in(&c, "action", Views)), " AND ")
	for row, err := range db.Rows(l.db.Query(ctx, fmt.Sprintf(`SELECT camera, action, purpose, case_ref,
		(CASE footage WHEN 0 THEN at ELSE footage END + %[1]d) / %[2]d, COUNT(*) FROM audit WHERE %[3]s GROUP BY 1, 2, 3, 4, 5`, zone, day, where), c.args...)) {
		if err != nil {
			return nil, fmt.Errorf("count views: %w", err)
		}
		var n Count
		if err := row.Scan(&n.Camera, &n.Action, &n.Purpose, &n.Case, &n.Footage, &n.N); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// DayStart is the first instant of a day, as DayOf counts.
func DayStart(n int64) vms.Instant { return vms.Instant(n*day - zone) }
