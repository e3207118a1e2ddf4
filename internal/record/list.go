package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Find returns a record the actor may read.
func (s *Store) Find(ctx context.Context, a Actor, id string) (*Record, error) {
	r, err := s.scan(s.DB.QueryRow(ctx, `SELECT `+columns+` FROM record WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) || err == nil && !s.kinds[r.Kind].Reads(a, r.Unit) {
		return nil, errNone
	}
	return r, err
}

// History returns the versions of a record, the newest first.
func (s *Store) History(ctx context.Context, a Actor, id string) ([]Version, error) {
	r, err := s.Find(ctx, a, id)
	if err != nil {
		return nil, err
	}
	k := s.kinds[r.Kind]
	var out []Version
	for row, err := range db.Rows(s.DB.Query(ctx, `SELECT version, what, deputy, state, actor, actor_name, at_us, reason, value, names FROM record_version WHERE record = $1 ORDER BY version DESC`, id)) {
		if err != nil {
			return nil, err
		}
		var v Version
		var value, names string
		if err := row.Scan(&v.Version, &v.What, &v.Deputy, &v.State, &v.By, &v.Name, &v.At, &v.Reason, &value, &names); err != nil {
			return nil, err
		}
		if v.Names, err = decodeNames(names); err != nil {
			return nil, err
		}
		if v.Values, err = k.decode(value); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Query narrows a list. Empty parts do not.
type Query struct {
	Units  []string            // ids
	States []string            // ids
	From   string              // first day
	To     string              // last day
	Fields map[string][]string // any of these values, of fields that are for filtering; "" alone: those where it is empty
	Text   string              // words that all occur, whatever their width and case
	Oldest bool                // the oldest first, else the newest
	After  string              // id of the last record of the page before
	Limit  int                 // 50 where 0, at most 1000
}

const (
	pageUsual = 50
	pageMost  = 1000
)

// Page is a part of a list.
type Page struct {
	Records []*Record
	More    bool
	All     int // how many there are on all pages
}

// List returns the records of a kind that the actor may read, by their day.
func (s *Store) List(ctx context.Context, a Actor, kind string, q Query) (*Page, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	p := &Page{}
	units := s.readable(k, a, q.Units)
	if len(units) == 0 && len(q.Units) == 0 {
		return nil, errNoKind
	}
	if len(units) == 0 {
		return p, nil
	}
	w, err := k.where(q, units)
	if err != nil {
		return nil, err
	}
	limit := min(max(q.Limit, 0), pageMost)
	if limit == 0 {
		limit = pageUsual
	}
	return p, s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM record r WHERE `+w.sql(), w.args...).Scan(&p.All); err != nil {
			return err
		}
		w.after(q)
		order := "DESC"
		if q.Oldest {
			order = "ASC"
		}
		rows, err := tx.Query(ctx, fmt.Sprintf(`SELECT %s FROM record r WHERE %s ORDER BY day %s, created_us %s, id %s LIMIT %d`, columns, w.sql(), order, order, order, limit+1), w.args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			r, err := s.scan(rows)
			if err != nil {
				return err
			}
			p.Records = append(p.Records, r)
		}
		if p.More = len(p.Records) > limit; p.More {
			p.Records = p.Records[:limit]
		}
		return rows.Err()
	})
}

// readable are the units, of those asked for, whose records the actor may read.
func (s *Store) readable(k *Kind, a Actor, asked []string) (out []string) {
	all := []string{""}
	if !k.Ward {
		all = s.Units()
	}
	for _, u := range all {
		if (len(asked) == 0 || slices.Contains(asked, u)) && k.Reads(a, u) {
			out = append(out, u)
		}
	}
	return out
}

// where collects conditions.
type where struct {
	parts []string
	args  []any
}

func (w *where) sql() string { return strings.Join(w.parts, " AND ") }

// add takes a condition with a ? for each argument.
func (w *where) add(cond string, args ...any) {
	for _, a := range args {
		w.args = append(w.args, a)
		cond = strings.Replace(cond, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	w.parts = append(w.parts, cond)
}

func (w *where) in(column string, values []string) {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	w.add(column+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", args...)
}

func (k *Kind) where(q Query, units []string) (*where, error) {
	w := &where{}
	w.add("r.kind = ?", k.ID)
	w.in("r.unit", units)
	if len(q.States) > 0 {
		w.in("r.state", q.States)
	}
	if q.From != "" {
		w.add("r.day >= ?", q.From)
	}
	if q.To != "" {
		w.add("r.day <= ?", q.To)
	}
	for _, id := range slices.Sorted(maps.Keys(q.Fields)) {
		f := k.field(id)
		if f == nil || !f.Filter || len(q.Fields[id]) == 0 {
			return nil, vms.Errorf(vms.Invalid, "bad-filter", "%sでは絞り込めません。 Not a field to filter by.", id)
		}
		if values := q.Fields[id]; len(values) == 1 && values[0] == "" {
			w.add("r.id NOT IN (SELECT record FROM record_field WHERE kind = ? AND field = ?)", k.ID, id)
			continue
		}
		sub := &where{args: w.args}
		sub.add("field = ?", id)
		sub.in("value", q.Fields[id])
		w.args = sub.args
		w.parts = append(w.parts, "r.id IN (SELECT record FROM record_field WHERE "+sub.sql()+")")
	}
	for _, term := range vms.Terms(q.Text) {
		w.add(`r.folded LIKE ? ESCAPE '\'`, db.Like(term))
	}
	return w, nil
}

// after goes on behind the record that ended the page before.
func (w *where) after(q Query) {
	if q.After == "" {
		return
	}
	sign := "<"
	if q.Oldest {
		sign = ">"
	}
	w.add("(r.day, r.created_us, r.id) "+sign+" (SELECT day, created_us, id FROM record WHERE id = ?)", q.After)
}
