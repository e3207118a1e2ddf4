package record

import (
	"context"
	"database/sql"
	"errors"
	"math"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Counting says what of a record counts in figures.
type Counting struct {
	Form int64 // one more whenever Of says something else than before: what is stored is then written anew
	Of   func(r *Record) []Fact
}

// Fact is something that was owed by a day, and when it was met. Days are as in 2017-06-01.
type Fact struct {
	What string // an obligation
	Day  string // which says the period it belongs to
	Due  string // the last one on which it is in time; "": none was set
	Met  string // "": it is not
}

const stands = math.MaxInt64 // to_us of the version that is the last

// count keeps the facts of a record in step with it: those of the version before end, those of this one begin.
func (s *Store) count(ctx context.Context, tx *db.Tx, k *Kind, r *Record) error {
	if k.Counts.Of == nil {
		return nil
	}
	if r.Version > 1 {
		if _, err := tx.Exec(ctx, `UPDATE record_fact SET to_us = $1 WHERE record = $2 AND to_us = $3`, r.Changed, r.ID, int64(stands)); err != nil {
			return err
		}
	}
	return k.keepFacts(ctx, tx, r, stands)
}

func (k *Kind) keepFacts(ctx context.Context, tx *db.Tx, r *Record, until vms.Instant) error {
	for n, f := range k.Counts.Of(r) {
		if _, err := tx.Exec(ctx, `INSERT INTO record_fact (record, version, n, kind, unit, what, day, due, met, from_us, to_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			r.ID, r.Version, n, k.ID, r.Unit, f.What, f.Day, f.Due, f.Met, r.Changed, until); err != nil {
			return err
		}
	}
	return nil
}

// Tally is how many records of a unit say the same of an obligation.
type Tally struct {
	Unit string
	Fact
	Count int
}

// Tallies are the facts of an obligation as they were known at an instant, of periods from one day to another;
// from "" are those of any period. It asks nobody's leave: figures come of it, not lists.
func (s *Store) Tallies(ctx context.Context, what, from, to string, at vms.Instant) ([]Tally, error) {
	w := &where{}
	w.add("what = ?", what)
	if from != "" {
		w.add("day >= ?", from)
		w.add("day <= ?", to)
	}
	w.add("from_us <= ?", at)
	w.add("to_us > ?", at)
	var out []Tally
	for row, err := range db.Rows(s.DB.Query(ctx, `SELECT unit, day, due, met, COUNT(*) FROM record_fact WHERE `+w.sql()+` GROUP BY unit, day, due, met`, w.args...)) {
		if err != nil {
			return nil, err
		}
		t := Tally{Fact: Fact{What: what}}
		if err := row.Scan(&t.Unit, &t.Day, &t.Due, &t.Met, &t.Count); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// Began is when the first record came that counts; 0 where there is none.
func (s *Store) Began(ctx context.Context) (at vms.Instant, err error) {
	err = s.DB.QueryRow(ctx, `SELECT COALESCE(MIN(from_us), 0) FROM record_fact`).Scan(&at)
	return at, err
}

// Recount writes the facts of every kind anew that now counts otherwise than when they were written.
func (s *Store) Recount(ctx context.Context) error {
	for _, k := range s.Declared {
		if k.Counts.Of == nil {
			continue
		}
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { return s.recount(ctx, tx, k) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) recount(ctx context.Context, tx *db.Tx, k *Kind) error {
	var form int64
	err := tx.QueryRow(ctx, `SELECT form FROM record_counting WHERE kind = $1`, k.ID).Scan(&form)
	if err == nil && form == k.Counts.Form || err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM record_fact WHERE kind = $1`, k.ID); err != nil {
		return err
	}
	versions, err := s.versions(ctx, tx, k)
	if err != nil {
		return err
	}
	for i, r := range versions {
		until := vms.Instant(stands)
		if i+1 < len(versions) && versions[i+1].ID == r.ID {
			until = versions[i+1].Changed
		}
		if err := k.keepFacts(ctx, tx, r, until); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO record_counting (kind, form) VALUES ($1, $2) ON CONFLICT (kind) DO UPDATE SET form = $2`, k.ID, k.Counts.Form)
	return err
}

// versions are the records of a kind as they stood at each of their versions, in order.
func (s *Store) versions(ctx context.Context, tx *db.Tx, k *Kind) ([]*Record, error) {
	var out []*Record
	for row, err := range db.Rows(tx.Query(ctx, `SELECT `+prefixed("r.", columns)+`, v.version, v.state, v.value, v.at_us FROM record_version v JOIN record r ON r.id = v.record
		WHERE r.kind = $1 ORDER BY v.record, v.version`, k.ID)) {
		if err != nil {
			return nil, err
		}
		var v Version
		var value string
		r, err := s.scan(scanBefore{row, []any{&v.Version, &v.State, &value, &v.At}})
		if err != nil {
			return nil, err
		}
		r.Version, r.State, r.Changed, r.Since = v.Version, v.State, v.At, v.At
		if n := len(out); n > 0 && out[n-1].ID == r.ID && out[n-1].State == r.State {
			r.Since = out[n-1].Since
		}
		if r.Values, err = k.decode(value); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}
