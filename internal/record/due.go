package record

import (
	"context"
	"slices"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Calendar knows the days on which the ward works.
type Calendar interface {
	// Works reports whether the unit works on a day. Unit "" is the ward.
	Works(unit string, day time.Time) bool
}

// DayOf is the day of an instant in Japan, as 2017-06-01.
func DayOf(at vms.Instant) string { return at.Time().In(conf.JST).Format(time.DateOnly) }

// due is a deadline of a record that somebody owes.
type due struct {
	deadline, day string
	told          vms.Instant // from when on; 0: at once
	role          Role
}

// owed are the deadlines of a record as it stands.
func (s *Store) owed(k *Kind, r *Record) (out []due) {
	for _, d := range k.Due {
		if !slices.Contains(d.While, r.State) {
			continue
		}
		from := DayOf(r.Since)
		if d.Of != "" {
			from = r.Values.Text(d.Of)
		}
		begin, err := time.ParseInLocation(time.DateOnly, from, conf.JST)
		if err != nil {
			continue // the date it counts from is not known yet
		}
		last := s.after(begin, d, r.Unit)
		day, told := last.Format(time.DateOnly), d.told(last)
		roles := d.Owed
		if len(roles) == 0 {
			roles = k.Writers
		}
		for _, role := range roles {
			out = append(out, due{d.ID, day, told, role})
		}
	}
	return out
}

// told is from when on it is told, where its last day is this one.
func (d *Deadline) told(day time.Time) vms.Instant {
	if d.Told == "" {
		return 0
	}
	clock, err := time.Parse("15:04", d.Told)
	if err != nil {
		return 0 // Check refuses it
	}
	return vms.InstantOf(day.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute))
}

const yearOfDays = 366 // no calendar closes for longer; a deadline beyond is counted in days

func (s *Store) after(day time.Time, d Deadline, unit string) time.Time {
	if !d.Business {
		return day.AddDate(0, 0, d.Days)
	}
	step, left := 1, d.Days
	if left < 0 {
		step, left = -1, -left
	}
	for range yearOfDays {
		if left == 0 {
			return day
		}
		day = day.AddDate(0, 0, step)
		if s.Calendar.Works(unit, day) {
			left--
		}
	}
	return day
}

// Reckon counts anew the deadlines that go by business days, since a calendar says otherwise than before.
func (s *Store) Reckon(ctx context.Context) error {
	for _, k := range s.Declared {
		if !slices.ContainsFunc(k.Due, func(d Deadline) bool { return d.Business }) {
			continue
		}
		waiting, err := s.collect(ctx, `WHERE r.kind = $1 AND r.id IN (SELECT record FROM record_due WHERE kind = $2)`, k.ID, k.ID)
		if err != nil {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, r := range waiting {
				if err := s.reckon(ctx, tx, k, r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reckon leaves alone what a record has become since it was read.
func (s *Store) reckon(ctx context.Context, tx *db.Tx, k *Kind, r *Record) error {
	for _, d := range s.owed(k, r) {
		if _, err := tx.Exec(ctx, `UPDATE record_due SET day = $1, told_us = $8 WHERE record = $2 AND deadline = $3 AND role = $4 AND day <> $5
			AND EXISTS (SELECT 1 FROM record WHERE id = $6 AND version = $7)`, d.day, r.ID, d.deadline, d.role, d.day, r.ID, r.Version, d.told); err != nil {
			return err
		}
	}
	return nil
}
