package oplog

import (
	"context"
	"fmt"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Summary is how the analysis stands, for its reader.
type Summary struct {
	States map[string]int // hints, by state
	Late   int            // hints whose day is over
	Lapses vms.Instant    // the first footage of an open hint that nobody asked for; 0 none
	Hint   string         // whose footage that is

	Month   string  // the last one that is over
	Due     string  // day by which its log is to be taken
	Taken   *Import // the import that has it whole; nil none yet
	Overdue bool    // it is not there, and the day is over
	Last    *Import // the newest one

	N        int64  // operations of the last month with counts, in the reader's scope
	Counted  string // that month; "" nothing is counted
	Previous *int64
	LastYear *int64
}

// Summary tells how the analysis stands. Hints are those the caller may read; that they read them is in the log first.
func (r *Room) Summary(ctx context.Context, c identity.Caller) (*Summary, error) {
	s, err := r.reading(ctx, c, Read, "summary", nil)
	if err != nil {
		return nil, err
	}
	out := &Summary{States: map[string]int{}}
	hints, err := r.hints(ctx, c.Person, s, HintQuery{})
	if err != nil {
		return nil, err
	}
	now := r.Now()
	for i := range hints {
		h := &hints[i]
		out.States[h.State]++
		if h.Late {
			out.Late++
		}
		if h.Footage == "" && h.Lapses > now && (h.State == StateNew || h.State == StateAsked || h.State == StateLook) && (out.Lapses == 0 || h.Lapses < out.Lapses) {
			out.Lapses, out.Hint = h.Lapses, h.ID
		}
	}
	if err := r.DB.Read(ctx, func(tx *db.Tx) error { return r.sumUp(ctx, tx, s, out) }); err != nil {
		return nil, fmt.Errorf("sum up operation logs: %w", err)
	}
	return out, nil
}

func (r *Room) sumUp(ctx context.Context, tx *db.Tx, s Scope, out *Summary) (err error) {
	if out.Taken, out.Last, err = r.taken(ctx, tx, lastMonth(r.Now())); err != nil {
		return err
	}
	out.Month = lastMonth(r.Now())
	out.Due = due(out.Month)
	out.Overdue = out.Taken == nil && dayOf(r.Now()) > out.Due
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(month), '') FROM oplog_sum WHERE dim = 'sex' AND month <= $1`, out.Month).Scan(&out.Counted); err != nil || out.Counted == "" {
		return err
	}
	p, err := periodOf(Monthly, out.Counted)
	if err != nil {
		return err
	}
	for i, month := range []string{out.Counted, p.before().months()[0], p.lastYear().months()[0]} {
		counts, err := s.sumsOf(ctx, tx, bySex, &Query{}, []string{month})
		if err != nil {
			return err
		}
		var n int64
		for _, c := range counts {
			n += c.n
		}
		switch {
		case i == 0:
			out.N = n
		case counts != nil && i == 1:
			out.Previous = &n
		case counts != nil:
			out.LastYear = &n
		}
	}
	return nil
}

// wholeAfter is how near its end a log of a whole month comes: over the New Year nobody works for a week.
const wholeAfter = 7 * 24 * time.Hour

// taken is the import that was made when a month was over and reaches to its end, and the newest one; nil where there is none.
func (r *Room) taken(ctx context.Context, tx *db.Tx, month string) (taken, last *Import, err error) {
	in, err := monthSpan(month)
	if err != nil {
		return nil, nil, err
	}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, by_login, at_us, rows, from_us, to_us FROM oplog_import WHERE state = 'done' ORDER BY id DESC`)) {
		if err != nil {
			return nil, nil, err
		}
		var im Import
		if err := row.Scan(&im.ID, &im.By, &im.At, &im.Rows, &im.From, &im.To); err != nil {
			return nil, nil, err
		}
		if last == nil {
			last = &im
		}
		if im.At >= in.To && im.From < in.To && im.To >= in.To.Add(-wholeAfter) {
			taken = &im // the first one that did
		}
	}
	return taken, last, nil
}
