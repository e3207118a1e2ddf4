package compliance

import (
	"yagura/internal/attachment"
	"yagura/internal/record"
)

// Posts, as the kinds name them.
const (
	clerk             record.Role = "clerk"
	executingOfficer  record.Role = "executing_officer"
	generalManager    record.Role = "general_manager"
	departmentHead    record.Role = "department_head"
	informationOffice record.Role = "information_security"
	auditor           record.Role = "auditor"
)

var (
	// unitKeeps is who keeps a unit's own records.
	unitKeeps = []record.Role{clerk, executingOfficer, generalManager}
	// officeReads is who reads the records of every unit.
	officeReads = []record.Role{informationOffice, auditor, departmentHead}
	// office keeps what belongs to the ward.
	office = []record.Role{informationOffice}
	// everyUnit reads what the office publishes.
	everyUnit = []record.Role{clerk, executingOfficer, generalManager, departmentHead, auditor, informationOffice}
)

func text(ja, en string) record.Text { return record.Text{Ja: ja, En: en} }

func field(id string, t record.Type, ja, en string) record.Field {
	return record.Field{ID: id, Type: t, Name: text(ja, en)}
}

func line(id, ja, en string) record.Field   { return field(id, record.Line, ja, en) }
func lines(id, ja, en string) record.Field  { return field(id, record.Lines, ja, en) }
func date(id, ja, en string) record.Field   { return field(id, record.Date, ja, en) }
func clock(id, ja, en string) record.Field  { return field(id, record.Clock, ja, en) }
func yes(id, ja, en string) record.Field    { return field(id, record.Yes, ja, en) }
func person(id, ja, en string) record.Field { return field(id, record.Person, ja, en) }

// number is a whole number of something, from 0.
func number(id, ja, en, unitJa, unitEn string) record.Field {
	f := field(id, record.Number, ja, en)
	f.Unit, f.Max = text(unitJa, unitEn), 9_999_999
	return f
}

func choice(id, ja, en string, options ...record.Option) record.Field {
	f := field(id, record.Choice, ja, en)
	f.Options, f.Filter = options, true
	return f
}

func choices(id, ja, en string, options ...record.Option) record.Field {
	f := field(id, record.Choices, ja, en)
	f.Options, f.Filter = options, true
	return f
}

func table(id, ja, en string, columns ...record.Field) record.Field {
	f := field(id, record.Table, ja, en)
	f.Columns = columns
	return f
}

// files are attached: of these types, or of any.
func files(id, ja, en string, types ...attachment.Type) record.Field {
	f := field(id, record.Files, ja, en)
	f.Filing.Types = types
	return f
}

// photos and papers are what most files are.
var (
	photos = attachment.Photos
	papers = attachment.Documents
)

// link is the number of a record of another kind.
func link(id, kind, ja, en string) record.Field {
	f := field(id, record.Link, ja, en)
	f.Kind = kind
	return f
}

func option(id, ja, en string) record.Option { return record.Option{ID: id, Name: text(ja, en)} }

// must is the field, required.
func must(f record.Field) record.Field { f.Required = true; return f }

// sought is the field, one that lists are narrowed by.
func sought(f record.Field) record.Field { f.Filter = true; return f }

// when is the field, there only where another has one of the values.
func when(f record.Field, other string, is ...string) record.Field {
	f.When = &record.When{Field: other, Is: is}
	return f
}

func helped(f record.Field, ja, en string) record.Field { f.Help = text(ja, en); return f }

func open(id, ja, en string) record.State {
	return record.State{ID: id, Name: text(ja, en), Open: true}
}
func state(id, ja, en string) record.State { return record.State{ID: id, Name: text(ja, en)} }
func done(id, ja, en string) record.State {
	return record.State{ID: id, Name: text(ja, en), Done: true}
}

func move(id, ja, en, from, to string, more ...func(*record.Move)) record.Move {
	m := record.Move{ID: id, Name: text(ja, en), From: []string{from}, To: to}
	for _, f := range more {
		f(&m)
	}
	return m
}

func by(roles ...record.Role) func(*record.Move) { return func(m *record.Move) { m.By = roles } }
func deputy(roles ...record.Role) func(*record.Move) {
	return func(m *record.Move) { m.Deputy = roles }
}
func needs(fields ...string) func(*record.Move) { return func(m *record.Move) { m.Needs = fields } }
func takes(fields ...string) func(*record.Move) { return func(m *record.Move) { m.Takes = fields } }
func alsoFrom(states ...string) func(*record.Move) {
	return func(m *record.Move) { m.From = append(m.From, states...) }
}
func withReason(m *record.Move)            { m.Reason = true }
func notBy(move string) func(*record.Move) { return func(m *record.Move) { m.Other = move } }
func guard(f func(record.Values) string) func(*record.Move) {
	return func(m *record.Move) { m.Guard = f }
}

// within is a deadline some business days after a record came into a state.
func within(id, ja, en string, days int, while string, owed ...record.Role) record.Deadline {
	return record.Deadline{ID: id, Name: text(ja, en), While: []string{while}, Days: days, Business: true, Owed: owed}
}

// ahead is a deadline some days before a date of the record.
func ahead(id, ja, en string, days int, of, while string, owed ...record.Role) record.Deadline {
	return record.Deadline{ID: id, Name: text(ja, en), While: []string{while}, Of: of, Days: -days, Owed: owed}
}

// settled is the deadline, settled by moves of other ids than its own.
func settled(d record.Deadline, moves ...string) record.Deadline { d.By = moves; return d }

func wrong(field, ja, en string) *record.Problem {
	return &record.Problem{Field: field, Text: text(ja, en)}
}

// ordered is the rule that one date is not before another.
func ordered(first, second, ja, en string) record.Rule {
	return func(v record.Values) *record.Problem {
		if a, b := v.Text(first), v.Text(second); a != "" && b != "" && b < a {
			return wrong(second, ja, en)
		}
		return nil
	}
}
