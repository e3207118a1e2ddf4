package record

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Text is a name in both languages.
type Text struct{ Ja, En string }

// Role is a post as a kind names it, in words of package identity: "clerk", "executing_officer",
// "information_security". Whether somebody has it for a unit is the caller's to say (Actor.Has).
type Role string

// Kind declares a kind of record. Everything the engine does with records of the kind follows from it.
type Kind struct {
	ID     string // [a-z][a-z0-9-]*, stable: it stands in addresses and rows
	Name   Text
	Note   Text   // what it is for, in a sentence
	Prefix string // of its numbers, as in 巡 of 29巡第123号
	Ward   bool   // records belong to the ward as a whole, not to a unit

	Fields []Field
	States []State // the first is where a record begins
	Moves  []Move
	Due    []Deadline
	Rules  []Rule // across fields; each field's own stand in Fields
	Stamps []Stamp
	Counts Counting // in figures; none: it does not

	Day     string   // the Date field that says which period a record belongs to
	Key     []string // fields that together name a record when rows are imported; none: its number does
	Title   []string // fields that make the line by which people know a record
	Columns []string // of lists; "" ones: Title

	Readers []Role // who may read records of a unit; whoever may write or move them may too
	Writers []Role // who may create and edit records of a unit
}

// Type is what a field holds.
type Type string

// Types, and how their values are written in JSON and in cells.
const (
	Line    Type = "line"    // one line of text
	Lines   Type = "lines"   // text
	Number  Type = "number"  // a whole number
	Date    Type = "date"    // 2017-06-01
	Clock   Type = "clock"   // 09:30
	Yes     Type = "yes"     // true or false; ○ or nothing in cells
	Choice  Type = "choice"  // the id of an option; its name in cells
	Choices Type = "choices" // several; in cells with 、 between them
	Person  Type = "person"  // a login, or a staff number
	Unit    Type = "unit"    // the id of a unit
	Camera  Type = "camera"  // the id of a camera
	Link    Type = "link"    // the number of a record of another kind
	Table   Type = "table"   // rows of fields of their own
	Files   Type = "files"   // files, kept beside; in cells their names and hashes, which no import changes
)

// Field declares a field.
type Field struct {
	ID       string // [a-z][a-z0-9_]*
	Name     Text
	Help     Text
	Type     Type
	Unit     Text     // of a Number: 分, 枚
	Options  []Option // of Choice and Choices
	Columns  []Field  // of a Table; not tables themselves
	Rows     []string // of a Table: its rows are these, named in its first column; none: rows are added
	Kind     string   // of a Link
	Required bool
	When     *When          // the field is there only then; otherwise it is empty
	Min, Max int64          // of a Number, both included; of text, Max characters. 0, 0: no bounds but the usual
	Match    *regexp.Regexp // what a Line must look like
	Filter   bool           // lists can be narrowed by it
	Filing   Filing         // of Files
}

// Option is one of several to choose from.
type Option struct {
	ID   string
	Name Text
}

// When is a condition on another field of the record: it has one of these values (a Yes field: "true").
type When struct {
	Field string
	Is    []string
}

// State is how far a record has come.
type State struct {
	ID   string
	Name Text
	Open bool // whoever may write may edit. In other states a record is only corrected, with a reason
	Done bool // nothing is owed any more
}

// Move takes a record from one state to another.
type Move struct {
	ID     string
	Name   Text // the verb of its button
	From   []string
	To     string
	By     []Role              // who may; none: whoever may write
	Deputy []Role              // who may in their place (代決); those of By then see it afterwards (後閲)
	Needs  []string            // fields that must be filled in by then
	Takes  []string            // fields that may be filled in on the way, beside them
	Reason bool                // it wants a reason: a return, a refusal, a withdrawal
	Other  string              // not by whoever made this move, or "create" or "edit", last
	Guard  func(Values) string // what stands in its way, in words for people; "" nothing
}

// Deadline says when something is owed while a record waits in a state.
type Deadline struct {
	ID       string
	Name     Text
	While    []string // states
	Of       string   // a Date field it counts from; "": the day the record came into its state
	Days     int      // after that day; negative: before
	Business bool     // only business days count
	Owed     []Role   // who owes it; none: whoever may write
	By       []string // the moves that settle it; none: the one of its own id
	Told     string   // it is told only on its day, from this time on, as 16:00: it goes to those above; "": ahead
}

// Rule is a rule across fields. It returns what is wrong, or nil.
type Rule func(v Values) *Problem

// Stamp is a box of the printed form that is filled by whoever made a move last (決裁欄).
type Stamp struct {
	Name Text
	Move string // or "create"
}

var (
	kindID  = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	fieldID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// field returns the declaration of a field, or nil.
func (k *Kind) field(id string) *Field {
	return find(k.Fields, func(f *Field) bool { return f.ID == id })
}

// links are the fields that lead to other records, those of tables too.
func links(fields []Field) (out []*Field) {
	for i := range fields {
		if fields[i].Type == Link {
			out = append(out, &fields[i])
		}
		out = append(out, links(fields[i].Columns)...)
	}
	return out
}

// state returns the declaration of a state, or nil.
func (k *Kind) state(id string) *State {
	return find(k.States, func(s *State) bool { return s.ID == id })
}

// Ended reports whether nothing is owed of a record any more.
func (k *Kind) Ended(r *Record) bool { return k.state(r.State).Done }

// move returns the declaration of a move, or nil.
func (k *Kind) move(id string) *Move { return find(k.Moves, func(m *Move) bool { return m.ID == id }) }

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// Check reports what is wrong with the declaration itself.
func (k *Kind) Check() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf("kind "+k.ID+": "+format, args...)) }
	if !kindID.MatchString(k.ID) || k.Name.Ja == "" || k.Prefix == "" || len(k.States) == 0 {
		bad("needs an id, a name, a prefix and a state")
	}
	checkFields(k.Fields, false, bad)
	for _, id := range slices.Concat(k.Key, k.Title, k.Columns, []string{k.Day}) {
		if id != "" && k.field(id) == nil {
			bad("there is no field %q", id)
		}
	}
	if f := k.field(k.Day); k.Day != "" && f != nil && f.Type != Date {
		bad("the day must be a date")
	}
	k.checkMoves(bad)
	return errors.Join(errs...)
}

func checkFields(fields []Field, within bool, bad func(string, ...any)) {
	seen := map[string]bool{}
	for i := range fields {
		f := &fields[i]
		switch {
		case !fieldID.MatchString(f.ID) || f.Name.Ja == "" || seen[f.ID]:
			bad("field %q: an id of its own, and a name", f.ID)
		case slices.Contains(reserved, f.Name.Ja):
			bad("field %s: %s is the heading of another column", f.ID, f.Name.Ja)
		case (f.Type == Choice || f.Type == Choices) != (len(f.Options) > 0):
			bad("field %s: options belong to choices", f.ID)
		case (f.Type == Table) != (len(f.Columns) > 0):
			bad("field %s: columns belong to tables", f.ID)
		case f.Type == Files && (f.Filter || within):
			bad("field %s: files are no cells of a table, and no list is narrowed by them", f.ID)
		case f.When != nil && !seen[f.When.Field]:
			bad("field %s: the field of its condition must stand before it", f.ID)
		}
		if f.Type == Table {
			checkFields(f.Columns, true, func(format string, args ...any) { bad(f.ID+": "+format, args...) })
		}
		seen[f.ID] = true
	}
}

func (k *Kind) checkMoves(bad func(string, ...any)) {
	known := func(where string, states ...string) {
		for _, s := range states {
			if k.state(s) == nil {
				bad("%s: there is no state %q", where, s)
			}
		}
	}
	for _, m := range k.Moves {
		known(m.ID, append(slices.Clone(m.From), m.To)...)
		for _, f := range slices.Concat(m.Needs, m.Takes) {
			if k.field(f) == nil {
				bad("%s: there is no field %q", m.ID, f)
			}
		}
		if m.Other != "" && m.Other != Created && m.Other != Edited && k.move(m.Other) == nil {
			bad("%s: there is no move %q", m.ID, m.Other)
		}
	}
	for _, d := range k.Due {
		known(d.ID, d.While...)
		for _, m := range d.By {
			if k.move(m) == nil {
				bad("%s: there is no move %q", d.ID, m)
			}
		}
		if _, err := time.Parse("15:04", d.Told); d.Told != "" && err != nil {
			bad("%s: told at a time like 16:00", d.ID)
		}
		if f := k.field(d.Of); d.Of != "" && (f == nil || f.Type != Date) {
			bad("%s: there is no date %q", d.ID, d.Of)
		}
	}
	for _, s := range k.Stamps {
		if s.Move != Created && k.move(s.Move) == nil {
			bad("stamp %s: there is no move %q", s.Name.Ja, s.Move)
		}
	}
}
