package record

import (
	"slices"
	"time"

	"yagura/internal/conf"
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
		day := s.after(begin, d, r.Unit).Format(time.DateOnly)
		roles := d.Owed
		if len(roles) == 0 {
			roles = k.Writers
		}
		for _, role := range roles {
			out = append(out, due{d.ID, day, role})
		}
	}
	return out
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
