package record

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Debt is something that somebody owes.
type Debt struct {
	Record   *Record
	Deadline *Deadline
	Day      string // the last one on which it is in time
}

// Owed are the deadlines of any kind that the actor owes and that fall due by a day, the earliest first.
func (s *Store) Owed(ctx context.Context, a Actor, by string) ([]Debt, error) {
	var out []Debt
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.owing(ctx, tx, a, by)
		if err != nil || w == nil {
			return err
		}
		for row, err := range db.Rows(tx.Query(ctx, `SELECT DISTINCT d.deadline, d.day, `+prefixed("r.", columns)+` FROM record_due d JOIN record r ON r.id = d.record
			WHERE `+w.sql()+` ORDER BY d.day, r.created_us, r.id, d.deadline`, w.args...)) {
			if err != nil {
				return err
			}
			var id string
			var d Debt
			if d.Record, err = s.scan(scanAfter{row, []any{&id, &d.Day}}); err != nil {
				return err
			}
			if d.Deadline = find(s.kinds[d.Record.Kind].Due, func(x *Deadline) bool { return x.ID == id }); d.Deadline != nil {
				out = append(out, d)
			}
		}
		return nil
	})
}

// owing narrows deadlines to those of the actor's posts and units; nil where there are none. The same
// deadline of two of their posts is one.
func (s *Store) owing(ctx context.Context, tx *db.Tx, a Actor, by string) (*where, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT role, unit FROM record_due WHERE day <= $1`, by)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	units := map[Role][]string{}
	for rows.Next() {
		var role Role
		var unit string
		if err := rows.Scan(&role, &unit); err != nil {
			return nil, err
		}
		if a.Has(role, unit) {
			units[role] = append(units[role], unit)
		}
	}
	if err := rows.Err(); err != nil || len(units) == 0 {
		return nil, err
	}
	w := &where{}
	w.add("d.day <= ?", by)
	w.add("d.told_us <= ?", s.Now())
	var any []string
	for _, role := range slices.Sorted(maps.Keys(units)) {
		of := &where{args: w.args}
		of.add("d.role = ?", role)
		of.in("d.unit", units[role])
		w.args, any = of.args, append(any, "("+of.sql()+")")
	}
	w.parts = append(w.parts, "("+strings.Join(any, " OR ")+")")
	return w, nil
}

// Unseen are the records in which a deputy acted for a post of the actor, who has not seen it yet.
func (s *Store) Unseen(ctx context.Context, a Actor) ([]*Record, error) {
	all, err := s.collect(ctx, `WHERE r.unseen <> '' ORDER BY r.changed_us, r.id`)
	return slices.DeleteFunc(all, func(r *Record) bool { return !a.Has(r.Unseen, r.Unit) }), err
}

// AsOf returns the records of a kind as they were at an instant, in the order of their numbers. It asks
// nobody's leave: figures come of it, not lists.
func (s *Store) AsOf(ctx context.Context, kind string, at vms.Instant) ([]*Record, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	var out []*Record
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		for row, err := range db.Rows(tx.Query(ctx, `SELECT `+prefixed("r.", columns)+`, v.version, v.state, v.value, v.names FROM record r JOIN record_version v ON v.record = r.id
			WHERE r.kind = $1 AND v.version = (SELECT MAX(version) FROM record_version w WHERE w.record = r.id AND w.at_us <= $2)
			ORDER BY r.year, r.number`, kind, at)) {
			if err != nil {
				return err
			}
			var version int64
			var state, value, names string
			r, err := s.scan(scanBefore{row, []any{&version, &state, &value, &names}})
			if err != nil {
				return err
			}
			r.Version, r.State = version, state
			if r.Names, err = decodeNames(names); err != nil {
				return err
			}
			if r.Values, err = k.decode(value); err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
}

func (s *Store) collect(ctx context.Context, where string, args ...any) ([]*Record, error) {
	return db.Collect(db.Rows(s.DB.Query(ctx, `SELECT `+columns+` FROM record r `+where, args...)), s.scan)
}

// Last is the last day on which each unit has a record of a kind in one of the states, until today; with year not "", of
// those whose field year says so. It asks nobody's leave: what did not happen comes of it.
func (s *Store) Last(ctx context.Context, kind string, states []string, year string) (map[string]string, error) {
	w := &where{}
	w.add("r.kind = ?", kind)
	w.in("r.state", states)
	w.add("r.day <= ?", DayOf(s.Now()))
	if year != "" {
		w.add("r.id IN (SELECT record FROM record_field WHERE kind = ? AND field = 'year' AND value = ?)", kind, year)
	}
	out := map[string]string{}
	for row, err := range db.Rows(s.DB.Query(ctx, `SELECT r.unit, MAX(r.day) FROM record r WHERE `+w.sql()+` GROUP BY r.unit`, w.args...)) {
		if err != nil {
			return nil, err
		}
		var unit, day string
		if err := row.Scan(&unit, &day); err != nil {
			return nil, err
		}
		out[unit] = day
	}
	return out, nil
}
