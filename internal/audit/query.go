package audit

import (
	"context"
	"database/sql"
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
	rows, err := readRows(l.db.Query(ctx, `SELECT `+columns+` FROM audit WHERE `+where+fmt.Sprintf(` ORDER BY seq DESC LIMIT %d`, limit), args...))
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	var out []Entry
	for _, r := range rows {
		if err := json.Unmarshal([]byte(r.ranges), &r.Ranges); err != nil {
			return nil, fmt.Errorf("audit row %d: %w", r.Seq, err)
		}
		out = append(out, r.Entry)
	}
	return out, nil
}

const columns = `seq, id, at, written, node, process, actor, session, source, action, outcome, camera, stream, footage,
	purpose, case_ref, detail, refers, ranges, hash`

// row is a row as it is stored.
type row struct {
	Entry         // without Ranges
	ranges string // JSON
}

func readRows(rows *sql.Rows, err error) ([]row, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []row
	for rows.Next() {
		var r row
		var hash []byte
		if err := rows.Scan(&r.Seq, &r.ID, &r.Time, &r.Written, &r.Node, &r.Process, &r.Actor, &r.Session, &r.From, &r.Action, &r.Outcome,
			&r.Camera, &r.Stream, &r.At, &r.Purpose, &r.Case, &r.Detail, &r.Refers, &r.ranges, &hash); err != nil {
			return nil, err
		}
		copy(r.Hash[:], hash)
		out = append(out, r)
	}
	return out, rows.Err()
}
