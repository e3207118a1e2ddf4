package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"yagura/internal/vms"
)

// Filter selects rows; zero fields select all.
type Filter struct {
	Actor  string
	Camera vms.CameraID
	Action string
	Refers string
	Time   vms.Span // when it happened; To 0 is without end
	Before int64    // only rows of a smaller Seq: the next page
	Limit  int      // 100 where 0
}

// Query returns the rows of a filter, newest first.
func (l *Log) Query(ctx context.Context, f Filter) ([]Entry, error) {
	var where []string
	var args []any
	add := func(set bool, clause string, arg any) {
		if set {
			args = append(args, arg)
			where = append(where, fmt.Sprintf("%s $%d", clause, len(args)))
		}
	}
	add(true, "seq >", int64(0))
	add(f.Actor != "", "actor =", f.Actor)
	add(f.Camera != "", "camera =", string(f.Camera))
	add(f.Action != "", "action =", f.Action)
	add(f.Refers != "", "refers =", f.Refers)
	add(f.Time.From != 0, "at >=", int64(f.Time.From))
	add(f.Time.To != 0, "at <", int64(f.Time.To))
	add(f.Before != 0, "seq <", f.Before)
	if f.Limit == 0 {
		f.Limit = 100
	}
	return l.query(ctx, strings.Join(where, " AND "), f.Limit, args...)
}

func (l *Log) query(ctx context.Context, where string, limit int, args ...any) ([]Entry, error) {
	rows, err := l.db.Query(ctx, `SELECT seq, id, at, node, actor, session, source, action, outcome, camera, stream,
		footage, purpose, case_ref, detail, refers, ranges FROM audit WHERE `+where+fmt.Sprintf(` ORDER BY seq DESC LIMIT %d`, limit), args...)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	var out []Entry
	for rows.Next() {
		var e Entry
		var ranges string
		if err := rows.Scan(&e.Seq, &e.ID, &e.Time, &e.Node, &e.Actor, &e.Session, &e.From, &e.Action, &e.Outcome, &e.Camera,
			&e.Stream, &e.At, &e.Purpose, &e.Case, &e.Detail, &e.Refers, &ranges); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(ranges), &e.Ranges); err != nil {
			return nil, fmt.Errorf("audit row %d: %w", e.Seq, err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
