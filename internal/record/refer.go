package record

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Presence is whether something that a record names was there on a day.
type Presence int

// Presences.
const (
	Unknown Presence = iota // nobody knows of it, or the one who writes may not
	Gone                    // it was there, but not on that day any more
	There
)

// Named is something that a record names: a person, a unit, a camera, or another record.
type Named struct {
	Type Type
	Kind string // of a Link
	ID   string
}

// mention is where a record names something.
type mention struct {
	field string // "checks.3.by" in a table
	Named
}

// mentions are all that values name.
func mentions(fields []Field, v Values, at string) (out []mention) {
	for i := range fields {
		switch f := &fields[i]; f.Type {
		case Person, Unit, Camera, Link:
			if s := v.Text(f.ID); s != "" {
				out = append(out, mention{at + f.ID, Named{f.Type, f.Kind, s}})
			}
		case Table:
			for n, row := range v.Rows(f.ID) {
				out = append(out, mentions(f.Columns, row, fmt.Sprintf("%s%s.%d.", at, f.ID, n+1))...)
			}
		}
	}
	return out
}

// querier is a transaction, or the database outside of one.
type querier interface {
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// refer holds what a record names against what there is, and notes names of people. What it named before
// stays, whatever became of it since. was is nil where the record is new.
func (s *Store) refer(ctx context.Context, q querier, a Actor, k *Kind, was, r *Record) error {
	if err := s.check(ctx, q, a, k, was, r); err != nil {
		return err
	}
	return s.naming(ctx, k, r)
}

func (s *Store) check(ctx context.Context, q querier, a Actor, k *Kind, was, r *Record) error {
	before := map[Named]bool{}
	if was != nil {
		for _, m := range mentions(k.Fields, was.Values, "") {
			before[m.Named] = true
		}
	}
	day := k.day(r)
	var problems Problems
	for _, m := range mentions(k.Fields, r.Values, "") {
		if before[m.Named] {
			continue
		}
		p, err := s.presence(ctx, q, a, m.Named, day)
		if err != nil {
			return err
		}
		if p != There {
			problems = append(problems, Problem{m.field, s.absent(m.Named, p, day)})
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// presence is whether something is there on a record's day. Of a day ahead, what is there today will do.
func (s *Store) presence(ctx context.Context, q querier, a Actor, n Named, day string) (Presence, error) {
	if n.Type == Link {
		return s.linked(ctx, q, a, n)
	}
	if s.Exists == nil {
		return There, nil
	}
	today := DayOf(s.Now())
	if day == "" {
		day = today
	}
	p, err := s.Exists(ctx, n, day)
	if p == There || err != nil || day <= today {
		return p, err
	}
	return s.Exists(ctx, n, today)
}

func (s *Store) linked(ctx context.Context, q querier, a Actor, n Named) (Presence, error) {
	k := s.kinds[n.Kind]
	year, number, ok := k.parseLabel(n.ID)
	if !ok {
		return Unknown, nil
	}
	var unit string
	err := q.QueryRow(ctx, `SELECT unit FROM record WHERE kind = $1 AND year = $2 AND number = $3`, k.ID, year, number).Scan(&unit)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && !k.Reads(a, unit):
		return Unknown, nil
	case err != nil:
		return Unknown, err
	}
	return There, nil
}

// absent says what is not there, and where to look.
func (s *Store) absent(n Named, p Presence, day string) Text {
	if p == Gone {
		what := map[Type]string{Person: "在籍していません", Unit: "廃止されています"}[n.Type]
		return Text{fmt.Sprintf("「%s」は、%sにはもう%s。", n.ID, day, cmp.Or(what, "ありません")), fmt.Sprintf("%s was no longer there on %s.", n.ID, day)}
	}
	switch n.Type {
	case Link:
		k := s.kinds[n.Kind]
		return Text{fmt.Sprintf("「%s」という番号の「%s」はありません。一覧で番号を確かめてください（例 %s）。", n.ID, k.Name.Ja, k.Label(&Record{Year: FiscalYear(s.Now()), Number: 12})),
			fmt.Sprintf("There is no %s numbered %s: see its list.", k.Name.En, n.ID)}
	case Unit:
		return Text{fmt.Sprintf("「%s」という所属はありません。組織の一覧で所属コードを確かめてください。", n.ID), fmt.Sprintf("There is no unit %s: see the organisation.", n.ID)}
	case Camera:
		return Text{fmt.Sprintf("「%s」というカメラはありません。カメラの一覧でIDを確かめてください。", n.ID), fmt.Sprintf("There is no camera %s: see the list of cameras.", n.ID)}
	}
	return Text{fmt.Sprintf("「%s」という職員はいません。ログイン名か職員番号を、名前で探して選んでください。", n.ID),
		fmt.Sprintf("There is nobody of the login or staff number %s: search by name.", n.ID)}
}
