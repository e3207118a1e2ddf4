// Package form prints records on forms: the record itself, lists of them, papers that are handed out, and blank
// sheets that come back by their code. A form is a declaration: of which kind, of what, and how it is laid out;
// head, boxes for seals, code, foot, rights and the row in the log are the same for all.
//
// Invariants:
//   - Whoever may not read a record does not get it on paper, and what is printed is in the log before it is made.
//   - A code holds the address of a record or of a unit's blank sheet, nothing of what the record says.
//   - What a form says about a record is what the record says: nothing is typed here a second time.
//
// It imports its peer compliance, whose kinds it prints. It knows no HTTP and no footage.
package form

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Of is what one printing of a form is about.
type Of string

// What forms are of.
const (
	One  Of = "one"  // a record, or several one after the other
	List Of = "list" // what a list shows
	Unit Of = "unit" // no record yet: a sheet of a unit to be filled in by hand
)

// Form is a printed form of a kind of record.
type Form struct {
	ID     string
	Kind   string // "": of every kind
	Name   record.Text
	Of     Of
	States []string // of One: only of records in these; none: of all

	one  func(*press, *record.Record) ([]*paper.Document, error)
	list func(*press, []*record.Record) ([]*paper.Document, error)
	unit func(*press, *camera.Unit) (*paper.Document, error)
}

// Config is what a Room works with.
type Config struct {
	Records *compliance.Room
	Cameras func() *camera.Set
	Now     func() vms.Instant
}

// Room prints forms.
type Room struct{ c Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// Of are the forms of a kind, its own first.
func (r *Room) Of(kind string) (out []*Form) {
	for _, own := range []bool{true, false} {
		for _, f := range forms {
			if (f.Kind == kind) == own && (own || f.Kind == "") {
				out = append(out, f)
			}
		}
	}
	return out
}

// Order is what is to be printed.
type Order struct {
	Kind, Form string
	Records    []string     // ids, of One; none: those of the query
	Unit       string       // of Unit
	Query      record.Query // of List, and of One without ids
}

const (
	sheetsMost = 100  // records on forms of One in one printing
	rowsMost   = 3000 // records in one list
)

var (
	errNoForm = vms.Errorf(vms.NotFound, "no-form", "その様式はありません。 There is no such form.")
	errEmpty  = vms.Errorf(vms.NotFound, "nothing-to-print", "印刷するものがありません。 There is nothing to print.")
	errState  = vms.Errorf(vms.Conflict, "not-yet", "この状態の記録は、この様式では印刷できません。 Not on this form in this state.")
	errNoUnit = vms.Errorf(vms.NotFound, "no-unit", "その所属の記録は見られません。 No unit whose records you may read.")
)

// Print lays a form out. The row in the audit log is written before the first byte.
func (r *Room) Print(ctx context.Context, a record.Actor, o Order) (*Book, error) {
	i := slices.IndexFunc(forms, func(f *Form) bool { return f.ID == o.Form && (f.Kind == o.Kind || f.Kind == "") })
	k, err := r.c.Records.Kind(o.Kind)
	switch {
	case err != nil:
		return nil, err
	case !r.c.Records.Reads(k, a):
		return nil, vms.Errorf(vms.NotFound, "no-kind", "その種類の記録はありません。 There is no such kind of record.")
	case i < 0:
		return nil, errNoForm
	}
	p := &press{Room: r, ctx: ctx, actor: a, kind: k, form: forms[i], order: o, now: r.c.Now()}
	if p.form.Of == Unit {
		return p.blank()
	}
	all, err := p.records()
	if err != nil {
		return nil, err
	}
	if err := r.c.Records.SayPrinted(ctx, a, k.ID, p.form.ID, all); err != nil {
		return nil, err
	}
	return p.lay(all)
}

// records are those to be printed.
func (p *press) records() (all []*record.Record, err error) {
	q, most := p.order.Query, rowsMost
	if p.form.Of == One {
		if most = sheetsMost; len(p.order.Records) > 0 {
			return p.named()
		}
		if len(q.States) == 0 {
			q.States = p.form.States
		}
	}
	if all, err = p.c.Records.Every(p.ctx, p.actor, p.kind.ID, q, most); err != nil {
		return nil, err
	}
	if p.form.Of == One {
		all = slices.DeleteFunc(all, func(x *record.Record) bool { return !p.form.prints(x) })
		if len(all) == 0 {
			return nil, errEmpty
		}
	}
	return all, nil
}

func (f *Form) prints(x *record.Record) bool {
	return len(f.States) == 0 || slices.Contains(f.States, x.State)
}

// named are the records that were asked for by id.
func (p *press) named() (all []*record.Record, err error) {
	if len(p.order.Records) > sheetsMost {
		return nil, vms.Errorf(vms.Invalid, "too-many-records", "一度に%d件まで印刷できます。 At most %[1]d at a time.", sheetsMost)
	}
	for _, id := range p.order.Records {
		x, err := p.c.Records.Find(p.ctx, p.actor, id)
		switch {
		case err != nil:
			return nil, err
		case x.Kind != p.kind.ID:
			return nil, vms.Errorf(vms.NotFound, "no-record", "記録がありません。 There is no such record.")
		case !p.form.prints(x):
			return nil, errState
		}
		all = append(all, x)
	}
	return all, nil
}

func (p *press) lay(all []*record.Record) (*Book, error) {
	b := &Book{Title: p.form.Name.Ja}
	if p.form.Of == List {
		docs, err := p.form.list(p, all)
		b.Docs = docs
		return b, err
	}
	for _, x := range all {
		docs, err := p.form.one(p, x)
		if err != nil {
			return nil, err
		}
		b.Docs = append(b.Docs, docs...)
	}
	if len(all) == 1 {
		b.Title += " " + p.kind.Label(all[0])
	}
	return b, nil
}

// blank is a sheet of a unit that has no record yet.
func (p *press) blank() (*Book, error) {
	u := p.c.Cameras().Organisation.Find(p.order.Unit)
	if u == nil || !u.In(p.now) || !p.kind.Reads(p.actor, u.ID) {
		return nil, errNoUnit
	}
	if err := p.c.Records.SayPrinted(p.ctx, p.actor, p.kind.ID, p.form.ID+" "+u.ID, nil); err != nil {
		return nil, err
	}
	d, err := p.form.unit(p, u)
	return &Book{Title: p.form.Name.Ja + " " + u.Name, Docs: []*paper.Document{d}}, err
}

// Book is what goes to the printer.
type Book struct {
	Title string
	Docs  []*paper.Document
}

// WritePDF writes it as one PDF.
func (b *Book) WritePDF(w io.Writer) error { return paper.WriteBook(w, b.Title, b.Docs) }

// Address is what a code holds: where a record is found again. Letters, digits and /, so that a scanner that types
// as a keyboard of another country types the same.
func Address(id string) string { return "/r/" + id }

// unitAddress is what the code of a unit's blank sheet holds: where its record begins.
func unitAddress(kind, unit string) string { return "/r/" + kind + "/" + unit }

// Place is where a code leads: to a record, or to a new one of a unit.
type Place struct{ Kind, Record, Unit string }

// Find follows a code, or the number of a record as it is typed. Whom the record is not for learns nothing of it.
func (r *Room) Find(ctx context.Context, a record.Actor, code string) (*Place, error) {
	code = strings.TrimSpace(vms.Fold(code))
	if i := strings.LastIndex(code, "/r/"); i >= 0 {
		code = code[i+len("/r/"):]
	}
	if kind, unit, two := strings.Cut(code, "/"); two {
		k, err := r.c.Records.Kind(kind)
		if err != nil {
			return nil, err
		}
		if u := r.c.Cameras().Organisation.Find(unit); u == nil || !u.In(r.c.Now()) || !k.Reads(a, unit) {
			return nil, errNoUnit
		}
		return &Place{Kind: kind, Unit: unit}, nil
	}
	x, err := r.c.Records.Called(ctx, a, code)
	if err != nil {
		return nil, fmt.Errorf("follow a code: %w", err)
	}
	return &Place{Kind: x.Kind, Record: x.ID, Unit: x.Unit}, nil
}
