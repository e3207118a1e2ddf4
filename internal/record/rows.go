package record

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const columns = `id, kind, number, year, unit, unit_name, state, version, value, created_by, created_us, changed_us, since_us, unseen, names`

// scanAfter scans further columns that stand before those of the record, scanBefore such that stand behind.
type (
	scanAfter struct {
		db.Row
		first []any
	}
	scanBefore struct {
		db.Row
		last []any
	}
)

func (s scanAfter) Scan(dst ...any) error  { return s.Row.Scan(slices.Concat(s.first, dst)...) }
func (s scanBefore) Scan(dst ...any) error { return s.Row.Scan(slices.Concat(dst, s.last)...) }

// prefixed puts a table's alias before each column of a list.
func prefixed(alias, list string) string { return alias + strings.ReplaceAll(list, ", ", ", "+alias) }

func (s *Store) scan(row db.Row) (*Record, error) {
	r := &Record{}
	var value, names string
	err := row.Scan(&r.ID, &r.Kind, &r.Number, &r.Year, &r.Unit, &r.Name, &r.State, &r.Version, &value, &r.By, &r.Created, &r.Changed, &r.Since, &r.Unseen, &names)
	if err != nil {
		return nil, err
	}
	if r.Names, err = decodeNames(names); err != nil {
		return nil, err
	}
	k, err := s.Kind(r.Kind)
	if err != nil {
		return nil, err
	}
	r.Values, err = k.decode(value)
	return r, err
}

// insert gives a record its number and writes it.
func (s *Store) insert(ctx context.Context, tx *db.Tx, a Actor, k *Kind, r *Record) error {
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM record WHERE kind = $1 AND year = $2`, k.ID, r.Year).Scan(&r.Number); err != nil {
		return err
	}
	value, names, err := r.encode()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO record (`+columns+`, day, key, title, folded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		r.ID, r.Kind, r.Number, r.Year, r.Unit, r.Name, r.State, r.Version, value, r.By, r.Created, r.Changed, r.Since, r.Unseen, names,
		k.day(r), k.keyOf(r), k.TitleOf(r.Values), k.folded(r))
	if s.DB.Duplicate(err) {
		return errSame
	}
	if err != nil {
		return err
	}
	role, _ := a.role(k.Writers, r.Unit)
	if err := s.remember(ctx, tx, r.ID, &Version{Version: 1, What: Created, State: r.State, By: a.Login, Name: a.Sign(role), At: r.Created, Values: r.Values, Names: r.Names}); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, a, k, r); err != nil {
		return err
	}
	return s.follow(ctx, tx, k, r)
}

// update writes a record over the version it was made from.
func (s *Store) update(ctx context.Context, tx *db.Tx, k *Kind, was, r *Record) error {
	value, names, err := r.encode()
	if err != nil {
		return err
	}
	res, err := tx.Exec(ctx, `UPDATE record SET state = $1, version = $2, value = $3, changed_us = $4, since_us = $5, unseen = $6, day = $7, key = $8, title = $9, folded = $10, names = $11
		WHERE id = $12 AND version = $13`,
		r.State, r.Version, value, r.Changed, r.Since, r.Unseen, k.day(r), k.keyOf(r), k.TitleOf(r.Values), k.folded(r), names, r.ID, was.Version)
	if s.DB.Duplicate(err) {
		return errSame
	}
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return cmp.Or(err, error(errChanged))
	}
	return s.follow(ctx, tx, k, r)
}

// remember keeps a version.
func (s *Store) remember(ctx context.Context, tx *db.Tx, id string, v *Version) error {
	value, err := v.Values.encode()
	if err != nil {
		return err
	}
	names, err := encodeNames(v.Names)
	if err != nil {
		return err
	}
	deputy := 0
	if v.Deputy {
		deputy = 1
	}
	_, err = tx.Exec(ctx, `INSERT INTO record_version (record, version, what, deputy, state, actor, actor_name, at_us, reason, value, names) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		id, v.Version, v.What, deputy, v.State, v.By, v.Name, v.At, v.Reason, value, names)
	return err
}

// follow keeps what lists and deadlines look at in step with the record.
func (s *Store) follow(ctx context.Context, tx *db.Tx, k *Kind, r *Record) error {
	for _, q := range []string{`DELETE FROM record_field WHERE record = $1`, `DELETE FROM record_due WHERE record = $1`} {
		if _, err := tx.Exec(ctx, q, r.ID); err != nil {
			return err
		}
	}
	for _, f := range k.Fields {
		if !f.Filter {
			continue
		}
		for _, value := range r.Values.has(f.ID) {
			if _, err := tx.Exec(ctx, `INSERT INTO record_field (record, kind, field, value) VALUES ($1, $2, $3, $4)`, r.ID, k.ID, f.ID, value); err != nil {
				return err
			}
		}
	}
	for _, d := range s.owed(k, r) {
		if _, err := tx.Exec(ctx, `INSERT INTO record_due (record, deadline, kind, unit, day, told_us, role) VALUES ($1, $2, $3, $4, $5, $6, $7)`, r.ID, d.deadline, k.ID, r.Unit, d.day, d.told, d.role); err != nil {
			return err
		}
	}
	if s.Wrote != nil {
		if err := s.Wrote(ctx, tx, r); err != nil {
			return err
		}
	}
	return s.count(ctx, tx, k, r)
}

func (k *Kind) day(r *Record) string {
	if k.Day == "" {
		return DayOf(r.Created)
	}
	return r.Values.Text(k.Day)
}

// keyOf names a record for imports: its unit and its key fields. Without one of them it has none.
func (k *Kind) keyOf(r *Record) sql.NullString {
	if len(k.Key) == 0 {
		return sql.NullString{}
	}
	parts := []string{r.Unit}
	for _, f := range k.Key {
		s := r.Values.Text(f)
		if s == "" {
			return sql.NullString{}
		}
		parts = append(parts, s)
	}
	return sql.NullString{String: strings.Join(parts, "\x1f"), Valid: true}
}

// TitleOf is the line by which people know a record.
func (k *Kind) TitleOf(v Values) string {
	var parts []string
	for _, id := range k.Title {
		if s := k.field(id).Say(v); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "　")
}

// folded is what a search looks through: everything people see of it.
func (k *Kind) folded(r *Record) string {
	parts := append([]string{k.Label(r), r.Name}, r.named()...)
	for i := range k.Fields {
		parts = append(parts, k.Fields[i].Say(r.Values))
	}
	return vms.Fold(strings.Join(parts, "\n"))
}

// Label is the number of a record as it is written: 令和8年度 巡第12号 is R8巡-12.
func (k *Kind) Label(r *Record) string {
	return fmt.Sprintf("%s%s-%d", era(r.Year), k.Prefix, r.Number)
}

// era is a fiscal year in short: H29, R1, R8.
func era(year int) string {
	if year >= 2019 {
		return fmt.Sprintf("R%d", year-2018)
	}
	return fmt.Sprintf("H%d", year-1988)
}

// Say is a value in words: the names of options, ○ for yes; the rows of a table one under the other.
func (f *Field) Say(v Values) string {
	switch x := v[f.ID].(type) {
	case bool:
		return "○"
	case []string:
		var names []string
		for _, id := range x {
			names = append(names, f.nameOf(id))
		}
		return strings.Join(names, "、")
	case []File:
		return sayFiles(x)
	case []Values:
		var lines []string
		for _, row := range x {
			var cells []string
			for i := range f.Columns {
				cells = append(cells, strings.ReplaceAll(f.Columns[i].Say(row), "\n", " "))
			}
			lines = append(lines, strings.TrimRight(strings.Join(cells, "｜"), "｜"))
		}
		return strings.Join(lines, "\n")
	}
	s := v.Text(f.ID)
	if f.Type == Choice {
		return f.nameOf(s)
	}
	return s
}

func (f *Field) nameOf(id string) string {
	if o := find(f.Options, func(o *Option) bool { return o.ID == id }); o != nil {
		return o.Name.Ja
	}
	return id
}
