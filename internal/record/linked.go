package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"yagura/internal/db"
)

// Linked are the records that a record names and the actor may read, by number.
func (s *Store) Linked(ctx context.Context, a Actor, r *Record) (map[string]*Record, error) {
	out := map[string]*Record{}
	for _, m := range mentions(s.kinds[r.Kind].Fields, r.Values, "") {
		if m.Type != Link {
			continue
		}
		k := s.kinds[m.Kind]
		year, number, ok := k.parseLabel(m.ID)
		if !ok {
			continue
		}
		x, err := s.scan(s.DB.QueryRow(ctx, `SELECT `+columns+` FROM record WHERE kind = $1 AND year = $2 AND number = $3`, k.ID, year, number))
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if k.Reads(a, x.Unit) {
			out[m.ID] = x
		}
	}
	return out, nil
}

// referringMost is how many records that name another are told.
const referringMost = 20

// Referring are records that name a record and that the actor may read, the newest first; more: there are others.
func (s *Store) Referring(ctx context.Context, a Actor, r *Record) (all []*Record, more bool, err error) {
	label := s.kinds[r.Kind].Label(r)
	for _, k := range s.Declared {
		for _, f := range links(k.Fields) {
			if f.Kind != r.Kind {
				continue
			}
			units := s.readable(k, a, nil)
			if len(units) == 0 {
				continue
			}
			some, err := s.byLink(ctx, k, f, label, units)
			if err != nil {
				return nil, false, err
			}
			all = append(all, some...)
		}
	}
	return all[:min(len(all), referringMost)], len(all) > referringMost, nil
}

// byLink are the newest records of a kind that name another in a field.
func (s *Store) byLink(ctx context.Context, k *Kind, f *Field, label string, units []string) ([]*Record, error) {
	w := &where{}
	w.add("r.kind = ?", k.ID)
	w.in("r.unit", units)
	if k.field(f.ID) == f && f.Filter {
		w.add("r.id IN (SELECT record FROM record_field WHERE kind = ? AND field = ? AND value = ?)", k.ID, f.ID, label)
	} else {
		said, err := json.Marshal(label)
		if err != nil {
			return nil, err
		}
		w.add(`r.value LIKE ? ESCAPE '\'`, db.Like(`"`+f.ID+`":`+string(said)))
	}
	return s.collect(ctx, `WHERE `+w.sql()+` ORDER BY r.day DESC, r.created_us DESC, r.id DESC LIMIT `+strconv.Itoa(referringMost+1), w.args...)
}
