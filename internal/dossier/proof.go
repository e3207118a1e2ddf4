package dossier

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yagura/internal/audit"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// State is how a control stands in a year.
type State string

// States of a control.
const (
	Proved   State = "proved"
	Short    State = "short"    // something proves it, but some of what should does not, or not often enough
	Missing  State = "missing"  // nothing does
	Unset    State = "unset"    // nobody has said what should
	Excluded State = "excluded" // it does not apply
)

// Proof is one kind of evidence of a control in a year.
type Proof struct {
	Kind   string // of record, or a ledger
	Ledger bool
	Field  string // records are only those whose field has this value; "" all
	Value  string
	Count  int
	Least  int  // so many are needed
	Hidden bool // the asker may not read such records
}

// enough reports whether there is as much as is needed.
func (p *Proof) enough() bool { return p.Count >= p.Least }

// what names the evidence: 指摘・是正（状態＝完了）.
func (p *Proof) what() string {
	name := compliance.ProofName(p.Kind).Ja
	if p.Field != "" {
		name += "（" + p.Field + "＝" + p.Value + "）"
	}
	return name
}

// Single is a record that a control names by its number.
type Single struct {
	Label, Note string
	Kind        *record.Kind   // nil: there is none, or the asker may not read it
	Record      *record.Record // likewise
}

// Control is a control of the statement of applicability with what proves it.
type Control struct {
	Record  *record.Record
	State   State
	Proofs  []Proof
	Singles []Single
}

func (c *Control) text(field string) string { return c.Record.Values.Text(field) }

// Code is its number, as 8.15.
func (c *Control) Code() string { return c.text("code") }

// Controls are all controls, in the order of their numbers, as the records of a fiscal year prove them.
func (r *Room) Controls(ctx context.Context, a record.Actor, year int) ([]*Control, error) {
	if err := r.may(ctx, a, Asked, strconv.Itoa(year)); err != nil {
		return nil, err
	}
	return r.controls(ctx, a, year)
}

func (r *Room) controls(ctx context.Context, a record.Actor, year int) (out []*Control, err error) {
	n := &counter{r: r, a: a, year: year, known: map[string]int{}}
	for rec, err := range r.records(ctx, a, selection{kind: compliance.Control.ID}) {
		if err != nil {
			return nil, err
		}
		c := &Control{Record: rec}
		if err := n.prove(ctx, c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b *Control) int { return byNumber(a.Code(), b.Code()) })
	return out, nil
}

// byNumber orders 5.9 before 5.10.
func byNumber(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		if errM != nil || errN != nil || m != n {
			if errM == nil && errN == nil {
				return m - n
			}
			return strings.Compare(x[i], y[i])
		}
	}
	return len(x) - len(y)
}

// counter counts evidence; the same is counted once.
type counter struct {
	r     *Room
	a     record.Actor
	year  int
	known map[string]int
}

// prove fills in what proves a control, and how it stands.
func (n *counter) prove(ctx context.Context, c *Control) error {
	c.Proofs = proofsOf(c.Record.Values)
	got, enough := 0, true
	for i := range c.Proofs {
		p := &c.Proofs[i]
		var err error
		if p.Count, err = n.count(ctx, p); err != nil {
			return err
		}
		got += p.Count
		enough = enough && p.enough()
	}
	for _, row := range c.Record.Values.Rows("singles") {
		s := Single{Label: row.Text("record"), Note: row.Text("note")}
		var err error
		if s.Kind, s.Record, err = n.r.c.Records.Numbered(ctx, n.a, s.Label); err != nil {
			return err
		}
		if enough = enough && s.Record != nil; s.Record != nil {
			got++
		}
		c.Singles = append(c.Singles, s)
	}
	c.State = stateOf(c, got, enough)
	return nil
}

func stateOf(c *Control, got int, enough bool) State {
	switch {
	case c.text("applies") == "no":
		return Excluded
	case len(c.Proofs)+len(c.Singles) == 0:
		return Unset
	case got == 0:
		return Missing
	case !enough:
		return Short
	}
	return Proved
}

// proofsOf are the kinds of evidence a control names. A kind with conditions is there once for each of them.
func proofsOf(v record.Values) (out []Proof) {
	for _, kind := range v.List("proof") {
		before := len(out)
		for _, row := range v.Rows("conditions") {
			if row.Text("kind") == kind {
				out = append(out, Proof{Kind: kind, Field: row.Text("field"), Value: row.Text("value"), Least: max(1, int(row.Number("least")))})
			}
		}
		if len(out) == before {
			out = append(out, Proof{Kind: kind, Least: 1})
		}
	}
	for i := range out {
		out[i].Ledger = ledgerOf(out[i].Kind) != nil
	}
	return out
}

func ledgerOf(id string) *compliance.Ledger {
	i := slices.IndexFunc(compliance.Ledgers, func(l compliance.Ledger) bool { return l.ID == id })
	if i < 0 {
		return nil
	}
	return &compliance.Ledgers[i]
}

func (n *counter) count(ctx context.Context, p *Proof) (int, error) {
	key := strings.Join([]string{p.Kind, p.Field, p.Value}, "\x1f")
	if count, known := n.known[key]; known {
		p.Hidden = count < 0
		return max(0, count), nil
	}
	count, err := n.look(ctx, p)
	if p.Hidden = vms.Code(err) == "no-kind"; p.Hidden {
		count, err = -1, nil
	}
	n.known[key] = count
	return max(0, count), err
}

func (n *counter) look(ctx context.Context, p *Proof) (count int, err error) {
	if l := ledgerOf(p.Kind); l != nil {
		return n.r.c.Audit.Count(ctx, filterOf(l, n.year))
	}
	s, err := selectionOf(p, n.year)
	if err != nil {
		return 0, err
	}
	return n.r.size(ctx, n.a, s)
}

// selection is the records of one kind of evidence.
type selection struct {
	kind  string
	query record.Query
	since string // of records that stand: those that ended before this day are out; "" none are
}

// Year is a fiscal year as days, both included.
func Year(year int) (from, to string) {
	return fmt.Sprintf("%d-04-01", year), fmt.Sprintf("%d-03-31", year+1)
}

// yearSpan is the same as instants.
func yearSpan(year int) vms.Span {
	at := func(y int) vms.Instant { return vms.InstantOf(time.Date(y, time.April, 1, 0, 0, 0, 0, conf.JST)) }
	return vms.Span{From: at(year), To: at(year + 1)}
}

func selectionOf(p *Proof, year int) (selection, error) {
	q, ok := compliance.Narrowed(p.Kind, p.Field, p.Value)
	if !ok {
		return selection{}, fmt.Errorf("%s cannot be narrowed by %s=%s", p.Kind, p.Field, p.Value)
	}
	s := selection{kind: p.Kind, query: q}
	s.query.From, s.query.To = Year(year)
	if compliance.Stands(p.Kind) {
		s.since, s.query.From = s.query.From, ""
	}
	return s, nil
}

// size is how many records a selection has.
func (r *Room) size(ctx context.Context, a record.Actor, s selection) (n int, err error) {
	if s.since == "" {
		q := s.query
		q.Limit = 1
		p, err := r.c.Records.List(ctx, a, s.kind, q)
		if err != nil {
			return 0, err
		}
		return p.All, nil
	}
	for _, err := range r.records(ctx, a, s) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

const page = 500 // records or rows read at once

// records are the records of a selection, the oldest first, a page at a time.
func (r *Room) records(ctx context.Context, a record.Actor, s selection) func(func(*record.Record, error) bool) {
	return func(yield func(*record.Record, error) bool) {
		q := s.query
		q.Oldest, q.Limit = true, page
		k, err := r.c.Records.Kind(s.kind)
		for more := err == nil; more; {
			var p *record.Page
			if p, err = r.c.Records.List(ctx, a, s.kind, q); err != nil {
				break
			}
			for _, rec := range p.Records {
				if s.since != "" && k.Ended(rec) && record.DayOf(rec.Since) < s.since {
					continue
				}
				if !yield(rec, nil) {
					return
				}
			}
			if more = p.More; more {
				q.After = p.Records[len(p.Records)-1].ID
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// filterOf selects a ledger's rows of a year.
func filterOf(l *compliance.Ledger, year int) audit.Filter {
	return audit.Filter{Actions: l.Actions, Outcome: audit.OK, Time: yearSpan(year)}
}
