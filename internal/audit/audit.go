// Package audit is the append-only log of who saw, did and was refused what.
//
// Invariants: a row that Append returned is durable; rows are never changed or deleted: the end of a
// view is a second row that refers to the first. Rows are numbered without holes in the order they
// were written. Views of a process that died are closed, with that reason, when its node starts again.
//
// It decides nothing. Its rows are not chained by hashes yet.
package audit

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Action is what a row is about.
type Action string

const (
	SignIn       Action = "sign-in"
	SignOut      Action = "sign-out"
	StatePurpose Action = "purpose"
	ViewLive     Action = "view.live"
	ViewPast     Action = "view.past"
	ViewEnded    Action = "view.ended" // refers to a view
	Configured   Action = "configured" // cameras, policies, or safeguards that are switched off
	People       Action = "people"     // a person, an appointment, a token
)

// Outcome is how it went.
type Outcome string

const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
)

// Entry is one row. Seq, ID, Time and Node are the log's to set.
type Entry struct {
	Seq     int64
	ID      string
	Time    vms.Instant
	Node    string
	Actor   string // login; of a refused sign-in what was typed
	Session string // id, never a token
	Source  string // network address
	Action  Action
	Outcome Outcome // Done when empty
	Camera  vms.CameraID
	Stream  vms.Stream
	Footage vms.Instant // instant asked for; 0: live
	Purpose string
	Refers  string     // id of the row this one closes
	Ranges  []vms.Span // of footage seen, in a closing row
	Detail  string
}

// Log appends rows for one node.
type Log struct {
	db    *db.DB
	clock *vms.Clock
	node  string
}

// New returns the log of a node.
func New(d *db.DB, clock *vms.Clock, node string) *Log { return &Log{d, clock, node} }

// Append writes a row and returns its id once it is durable.
func (l *Log) Append(ctx context.Context, e Entry) (id string, err error) {
	err = l.db.Tx(ctx, func(tx *db.Tx) error {
		id, err = l.append(ctx, tx, e)
		if err == nil && e.Outcome != Refused && (e.Action == ViewLive || e.Action == ViewPast) {
			_, err = tx.Exec(ctx, `INSERT INTO audit_open (id, node) VALUES ($1, $2)`, id, l.node)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("append to the audit log: %w", err)
	}
	return id, nil
}

const columns = `seq, id, at_us, node, actor, session, source, action, outcome, camera, stream, footage_us, purpose, refers, ranges, detail`

func (l *Log) append(ctx context.Context, tx *db.Tx, e Entry) (string, error) {
	now, _ := l.clock.Now()
	if err := tx.QueryRow(ctx, `UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq`).Scan(&e.Seq); err != nil {
		return "", err
	}
	if e.Outcome == "" {
		e.Outcome = Done
	}
	ranges, err := encodeRanges(e.Ranges)
	if err != nil {
		return "", err
	}
	e.ID = rand.Text()
	_, err = tx.Exec(ctx, `INSERT INTO audit (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		e.Seq, e.ID, int64(now), l.node, e.Actor, e.Session, e.Source, string(e.Action), string(e.Outcome),
		string(e.Camera), string(e.Stream), int64(e.Footage), e.Purpose, e.Refers, ranges, e.Detail)
	return e.ID, err
}

// CloseView says that a view has ended, what was really seen, and why it ended. Closing it again
// does nothing.
func (l *Log) CloseView(ctx context.Context, id string, seen []vms.Span, reason string) error {
	err := l.db.Tx(ctx, func(tx *db.Tx) error { return l.closeView(ctx, tx, id, seen, reason) })
	if err != nil {
		return fmt.Errorf("close view %s in the audit log: %w", id, err)
	}
	return nil
}

func (l *Log) closeView(ctx context.Context, tx *db.Tx, id string, seen []vms.Span, reason string) error {
	res, err := tx.Exec(ctx, `DELETE FROM audit_open WHERE id = $1`, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	opened, err := one(ctx, tx, id)
	if err != nil {
		return err
	}
	_, err = l.append(ctx, tx, Entry{Actor: opened.Actor, Session: opened.Session, Source: opened.Source, Action: ViewEnded,
		Camera: opened.Camera, Stream: opened.Stream, Footage: opened.Footage, Purpose: opened.Purpose,
		Refers: id, Ranges: seen, Detail: reason})
	return err
}

// CloseUnfinished closes the views that an earlier process of this node left open. What was seen of
// them is not known any more, and the row says so. Call it before the first view.
func (l *Log) CloseUnfinished(ctx context.Context) (n int, err error) {
	err = l.db.Tx(ctx, func(tx *db.Tx) error {
		ids, err := l.open(ctx, tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := l.closeView(ctx, tx, id, nil, "the process ended; the end of the view and what was seen are not known"); err != nil {
				return err
			}
		}
		n = len(ids)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("close unfinished views: %w", err)
	}
	return n, nil
}

func (l *Log) open(ctx context.Context, tx *db.Tx) (ids []string, err error) {
	rows, err := tx.Query(ctx, `SELECT id FROM audit_open WHERE node = $1 ORDER BY id`, l.node)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func encodeRanges(spans []vms.Span) (string, error) {
	pairs := make([][2]int64, len(spans))
	for i, s := range spans {
		pairs[i] = [2]int64{int64(s.From), int64(s.To)}
	}
	b, err := json.Marshal(pairs)
	return string(b), err
}

func decodeRanges(text string) ([]vms.Span, error) {
	var pairs [][2]int64
	if err := json.Unmarshal([]byte(text), &pairs); err != nil {
		return nil, err
	}
	var out []vms.Span
	for _, p := range pairs {
		out = append(out, vms.Span{From: vms.Instant(p[0]), To: vms.Instant(p[1])})
	}
	return out, nil
}
