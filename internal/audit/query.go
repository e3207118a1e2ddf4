package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Filter selects rows; zero fields select all.
type Filter struct {
	IDs     []string // one of these, where not nil
	Actor   string
	Camera  vms.CameraID
	Cameras []vms.CameraID // one of these, where not nil
	Action  string
	Actions []string // one of these, where not nil
	Outcome string
	Purpose string
	Refers  string
	Time    vms.Span // when it happened; To 0 is without end
	Before  int64    // only rows of a smaller Seq: the next page
	Limit   int      // 100 where 0
	NoEnds  bool     // without the ends of views
	Reader  *Reader  // nil: whoever may read everything
}

// Reader may read their own rows, and views by others, refused ones left out, of some cameras.
type Reader struct {
	Login   string
	Cameras []vms.CameraID
}

// Query returns the rows of a filter, newest first.
func (l *Log) Query(ctx context.Context, f Filter) ([]Entry, error) {
	where, args := f.where()
	if f.Limit == 0 {
		f.Limit = 100
	}
	return l.query(ctx, where, f.Limit, args...)
}

// Count returns how many rows a filter has, whatever its Limit.
func (l *Log) Count(ctx context.Context, f Filter) (n int, err error) {
	where, args := f.where()
	if err := l.db.QueryRow(ctx, `SELECT COUNT(*) FROM audit WHERE `+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count rows of the audit log: %w", err)
	}
	return n, nil
}

// First is when the oldest thing in the log happened; 0 while there is none.
func (l *Log) First(ctx context.Context) (at vms.Instant, err error) {
	if err := l.db.QueryRow(ctx, `SELECT COALESCE(MIN(at), 0) FROM audit`).Scan(&at); err != nil {
		return 0, fmt.Errorf("look for the beginning of the audit log: %w", err)
	}
	return at, nil
}

// clauses are conditions with their arguments.
type clauses struct {
	where []string
	args  []any
}

// arg is the mark of one more argument.
func (c *clauses) arg(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *clauses) add(set bool, clause string, v any) {
	if set {
		c.where = append(c.where, clause+" "+c.arg(v))
	}
}

// in is true for what equals one of values.
func in[T ~string](c *clauses, column string, values []T) string {
	if len(values) == 0 {
		return "1 = 0"
	}
	marks := make([]string, 0, len(values))
	for _, v := range values {
		marks = append(marks, c.arg(string(v)))
	}
	return column + " IN (" + strings.Join(marks, ", ") + ")"
}

func (f Filter) where() (string, []any) {
	var c clauses
	c.add(true, "seq >", int64(0))
	c.add(f.Actor != "", "actor =", f.Actor)
	c.add(f.Camera != "", "camera =", string(f.Camera))
	c.add(f.Action != "", "action =", f.Action)
	c.add(f.Outcome != "", "outcome =", f.Outcome)
	c.add(f.Purpose != "", "purpose =", f.Purpose)
	c.add(f.Refers != "", "refers =", f.Refers)
	c.add(f.Time.From != 0, "at >=", int64(f.Time.From))
	c.add(f.Time.To != 0, "at <", int64(f.Time.To))
	c.add(f.Before != 0, "seq <", f.Before)
	c.add(f.NoEnds, "action <>", ViewEnd)
	if f.IDs != nil {
		c.where = append(c.where, in(&c, "id", f.IDs))
	}
	if f.Actions != nil {
		c.where = append(c.where, in(&c, "action", f.Actions))
	}
	if f.Cameras != nil {
		c.where = append(c.where, in(&c, "camera", f.Cameras))
	}
	if r := f.Reader; r != nil {
		own := "actor = " + c.arg(r.Login)
		views := in(&c, "action", Views) + " AND outcome = " + c.arg(OK) + " AND " + in(&c, "camera", r.Cameras)
		c.where = append(c.where, "("+own+" OR "+views+")")
	}
	return strings.Join(c.where, " AND "), c.args
}

// Views are the actions with which a view begins.
var Views = []string{ViewLive, ViewPast, ViewStill}

// query returns the newest rows, newest first.
func (l *Log) query(ctx context.Context, where string, limit int, args ...any) ([]Entry, error) {
	return l.entries(ctx, where+fmt.Sprintf(` ORDER BY seq DESC LIMIT %d`, limit), args...)
}

// entries returns rows in the order that tail says, or in none.
func (l *Log) entries(ctx context.Context, tail string, args ...any) ([]Entry, error) {
	rows, err := readRows(l.db.Query(ctx, `SELECT `+columns+` FROM audit WHERE `+tail, args...))
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
	return db.Collect(db.Rows(rows, err), func(line db.Row) (r row, err error) {
		var hash []byte
		err = line.Scan(&r.Seq, &r.ID, &r.Time, &r.Written, &r.Node, &r.Process, &r.Actor, &r.Session, &r.From, &r.Action, &r.Outcome,
			&r.Camera, &r.Stream, &r.At, &r.Purpose, &r.Case, &r.Detail, &r.Refers, &r.ranges, &hash)
		copy(r.Hash[:], hash)
		return r, err
	})
}
