// Package audit is the append-only log of who did what, and above all of who saw what: every view
// and single picture with its true range, every refusal, sign-in and change.
//
// Invariants: Append returns when the row survives a power cut, or with an error. Rows are never
// changed or deleted; the end of a view is a row that refers to its beginning. Every view ends once:
// what a dead process left open is closed when its node starts again. The order (seq) has no holes,
// and every row carries a hash over itself and all rows before it (chain.go), so that Verify finds
// what somebody changed behind the program's back. What Verify cannot find, a whole chain that was
// built anew or a tail that was cut off, the anchors outside the database do (package anchor).
//
// It decides nothing and shows nothing; whoever writes to it says what happened.
package audit

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Actions. Other rooms add their own, in the same form.
const (
	ViewLive     = "view.live"
	ViewPast     = "view.past"
	ViewStill    = "view.still" // one picture of the past
	ViewEnd      = "view.end"   // refers to the view; Ranges is what was seen
	SignIn       = "session.sign-in"
	SignOut      = "session.sign-out"
	StatePurpose = "session.purpose"
	AddPerson    = "person.add"
	Appoint      = "person.appoint"
	AddToken     = "person.token"
	ChangeConfig = "config.version" // cameras or policies: Detail says which and what
	Relax        = "system.relax"   // safeguards are switched off: Detail names them
	Roots        = "footage.roots"  // what came into the index: Detail has how many segments, and the Merkle root over theirs
	Chained      = "audit.chained"  // the rows before it carry no hashes of their own: its hash is over them
)

// Outcomes.
const (
	OK      = "ok"
	Refused = "refused"
	Failed  = "failed"
)

// processEnded is the reason of views that ended with their process.
const processEnded = "process ended"

// Entry is one row.
type Entry struct {
	Seq     int64       // place in the log; set by Append
	ID      string      // set by Append
	Time    vms.Instant // when it happened; set by Append where 0
	Node    string      // set by Append
	Actor   string      // login
	Session string      // public id of the session or token
	From    string      // network address
	Action  string
	Outcome string // OK where empty
	Camera  vms.CameraID
	Stream  vms.Stream
	At      vms.Instant // the footage asked for; 0: live, or not about footage
	Purpose string
	Case    string     // number of the case a view belongs to, as it was stated
	Detail  string     // in words or JSON
	Refers  string     // id of the row this one is about
	Ranges  []vms.Span // footage really seen; of view.end

	Written vms.Instant // when it was written, which is never before the row above it; set by Append
	Process string      // in which of the node's lives; set by Append
	Hash    Hash        // over this row and all before it; zero in rows from before the chain; set by Append
}

// Log is the audit log in a database.
type Log struct {
	db      *db.DB
	clock   *vms.Clock
	process string

	node string

	mu      sync.Mutex
	pending *batch // rows that wait for the next transaction
	writing bool   // somebody writes, or holds the turn to
}

// batch is rows that become durable together.
type batch struct {
	entries []Entry
	turn    chan struct{} // whoever takes from it writes the batch
	done    chan struct{} // closed when err is set
	err     error
}

const writeTime = 10 * time.Second // longer than a busy database needs; then the view is refused

// New returns the log kept in d, written by the node of that name.
func New(d *db.DB, clock *vms.Clock, node string) *Log {
	return &Log{db: d, clock: clock, node: node, process: rand.Text()}
}

// Append writes a row and returns its id when it is durable. Rows that arrive while others are
// being written share one transaction. With an error the row may still be written: the caller
// refuses what it stood for.
func (l *Log) Append(ctx context.Context, e Entry) (id string, err error) {
	if e.ID == "" {
		e.ID = rand.Text()
	}
	if e.Time == 0 {
		e.Time, _ = l.clock.Now()
	}
	if e.Outcome == "" {
		e.Outcome = OK
	}
	b := l.join(e)
	select {
	case <-b.turn:
		l.writeBatch(context.WithoutCancel(ctx), b) // others wait for it
	case <-b.done:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if b.err != nil {
		return "", fmt.Errorf("audit %s: %w", e.Action, b.err)
	}
	return e.ID, nil
}

// Did writes what somebody did or, where err says why not, that they were refused, and passes err on. An error
// without a code is ours: nothing was done, and nothing is written. Who hangs up meanwhile is noted all the same.
func (l *Log) Did(ctx context.Context, e Entry, err error) error {
	if err != nil {
		if vms.Code(err) == "" {
			return err
		}
		e.Outcome, e.Detail = Refused, e.Detail+": "+vms.Code(err)
	}
	if _, failed := l.Append(context.WithoutCancel(ctx), e); failed != nil {
		if err == nil {
			failed = fmt.Errorf("done, but not in the audit log: %w", failed)
		}
		return errors.Join(err, failed)
	}
	return err
}

// join adds the entry to the next batch, whose turn it is at once when nobody writes.
func (l *Log) join(e Entry) *batch {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.Node = l.node
	if l.pending == nil {
		l.pending = &batch{turn: make(chan struct{}, 1), done: make(chan struct{})}
	}
	l.pending.entries = append(l.pending.entries, e)
	if !l.writing {
		l.writing = true
		l.pending.turn <- struct{}{}
	}
	return l.pending
}

// writeBatch writes a batch whose turn it is, and passes the turn on.
func (l *Log) writeBatch(ctx context.Context, b *batch) {
	l.mu.Lock()
	l.pending = nil
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	b.err = l.write(ctx, b.entries)
	close(b.done)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.writing = l.pending != nil; l.writing {
		l.pending.turn <- struct{}{}
	}
}

// write adds rows at the end of the chain. Without entries it only begins the chain where there are rows
// from before it.
func (l *Log) write(ctx context.Context, entries []Entry) error {
	return l.db.Tx(ctx, func(tx *db.Tx) error {
		head, chained, err := headOf(ctx, tx)
		if err != nil {
			return err
		}
		if !chained {
			if err := l.insert(ctx, tx, &head, l.chaining(head.Seq)); err != nil {
				return err
			}
		}
		for _, e := range entries {
			if err := l.insert(ctx, tx, &head, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// insert adds one row, unless its id is there already, and moves head on.
func (l *Log) insert(ctx context.Context, tx *db.Tx, head *Head, e Entry) error {
	ranges, err := json.Marshal(e.Ranges)
	if err != nil {
		return err
	}
	now, _ := l.clock.Now()
	e.Seq, e.Written, e.Process = head.Seq+1, max(now, head.Written), l.process
	r := row{Entry: e, ranges: string(ranges)}
	r.Hash = head.Hash.next(&r)
	res, err := tx.Exec(ctx, `INSERT INTO audit (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
		$15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO NOTHING`,
		r.Seq, r.ID, int64(r.Time), int64(r.Written), r.Node, r.Process, r.Actor, r.Session, r.From, r.Action, r.Outcome,
		string(r.Camera), string(r.Stream), int64(r.At), r.Purpose, r.Case, r.Detail, r.Refers, r.ranges, r.Hash[:])
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if n > 0 { // a row that was there already takes no place
		*head = Head{r.Seq, r.Hash, r.Written}
	}
	return err
}
