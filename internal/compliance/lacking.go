package compliance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Expected is something that is done again and again in every unit. Where it did not happen in its time somebody
// owes it, though there is no record yet.
type Expected struct {
	ID     string
	Name   record.Text
	Kind   *record.Kind
	States []string // of the records that say it was done
	ByYear bool     // the fiscal year stands in the field year

	lacks func(r *Room, u *camera.Unit, since, today time.Time) []step
}

// step is who is told of it, and when: the post that owes it, then those above.
type step struct {
	day   time.Time // the last one on which it is in time
	told  time.Duration
	roles []record.Role
}

// Expectations are all of them.
var Expectations = []*Expected{
	{ID: "patrol", Name: text("巡回の実施", "Patrol"), Kind: &Patrol, States: []string{"recorded", "reported", "mending", "done"}, lacks: lacksPatrol},
	{ID: "awareness", Name: text("今週の啓発", "This week's awareness"), Kind: &Awareness, States: []string{"done"}, lacks: lacksAwareness},
	{ID: "memo", Name: text("今年度のメモのルールの見直し", "Review of the memo rule"), Kind: &MemoPolicy, States: []string{"waiting", "in_force", "revising"}, ByYear: true, lacks: lacksMemo},
}

// Lack is something that did not happen in a unit.
type Lack struct {
	*Expected
	Unit  *camera.Unit
	Day   string // the last one on which it is, or was, in time
	Roles []record.Role
}

// lacksPatrol: none within the unit's norm, then none within twice of it. since is the last one.
func lacksPatrol(r *Room, u *camera.Unit, since, _ time.Time) []step {
	n := r.Days.PatrolWithin(u.ID, since)
	return []step{{r.businessDay(u.ID, since, n), 0, []record.Role{executingOfficer}}, {r.businessDay(u.ID, since, 2*n), 0, []record.Role{generalManager}}}
}

// lacksAwareness: none this week by Thursday, 10:00; where the unit does not work on Thursday, on the day before or after.
func lacksAwareness(r *Room, u *camera.Unit, since, today time.Time) []step {
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	week := Week{monday.Format(time.DateOnly), monday.AddDate(0, 0, 6).Format(time.DateOnly)}
	if !since.Before(monday) || r.businessDays(u, week) < leastDays {
		return nil
	}
	for _, i := range []int{3, 2, 1, 0, 4, 5, 6} {
		if day := monday.AddDate(0, 0, i); r.Days.Works(u.ID, day) {
			return []step{{day, 10 * time.Hour, []record.Role{clerk, executingOfficer}}}
		}
	}
	return nil
}

// lacksMemo: nobody looked at the rule since 1 April; by 30 April, or a month after records began. since is before that
// 1 April where nobody did.
func lacksMemo(_ *Room, _ *camera.Unit, since, today time.Time) []step {
	first := time.Date(record.FiscalYear(vms.InstantOf(today)), time.April, 1, 0, 0, 0, 0, conf.JST)
	if last := first.AddDate(0, 0, 29); since.Before(last) {
		return []step{{last, -29 * 24 * time.Hour, []record.Role{executingOfficer, generalManager}}}
	}
	return []step{{since.AddDate(0, 0, 30), -29 * 24 * time.Hour, []record.Role{executingOfficer, generalManager}}}
}

// businessDay is the n-th day after a day on which a unit works.
func (r *Room) businessDay(unit string, day time.Time, n int) time.Time {
	for range 366 {
		if n == 0 {
			break
		}
		if day = day.AddDate(0, 0, 1); r.Days.Works(unit, day) {
			n--
		}
	}
	return day
}

// Lacking are what did not happen, of all that the actor owes or is told of, due by a day; the earliest first.
func (r *Room) Lacking(ctx context.Context, a record.Actor, by string) ([]Lack, error) {
	all, err := r.lacking(ctx, by)
	return slices.DeleteFunc(all, func(l Lack) bool {
		return !slices.ContainsFunc(l.Roles, func(role record.Role) bool { return a.Has(role, l.Unit.ID) })
	}), err
}

// lacking asks nobody's leave.
func (r *Room) lacking(ctx context.Context, by string) (out []Lack, err error) {
	began, err := r.Began(ctx)
	if err != nil || began == 0 {
		return nil, err // nothing is kept here yet
	}
	now := r.c.Now().Time().In(conf.JST)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, conf.JST)
	for _, e := range Expectations {
		last, err := r.Last(ctx, e.Kind.ID, e.States, e.year(today))
		if err != nil {
			return nil, err
		}
		for _, u := range r.c.Cameras().Organisation.Units {
			if !u.In(r.c.Now()) || r.divided(u) || e.ByYear && last[u.ID] != "" {
				continue
			}
			since := midnight(max(last[u.ID], record.DayOf(max(began, u.From))))
			for _, s := range e.lacks(r, u, since, today) {
				if day := s.day.Format(time.DateOnly); !now.Before(s.day.Add(s.told)) && day <= by {
					out = append(out, Lack{e, u, day, s.roles})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Lack) int { return strings.Compare(x.Day, y.Day) })
	return out, nil
}

// year narrows to records of the fiscal year of a day, where they name it.
func (e *Expected) year(today time.Time) string {
	if !e.ByYear {
		return ""
	}
	return fmt.Sprint(record.FiscalYear(vms.InstantOf(today)))
}

func midnight(day string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, day, conf.JST) // a day of a record, checked when it was written
	return t
}

// Claims are what is owed by a day, whoever owes it: deadlines of records, and what did not happen.
func (r *Room) Claims(ctx context.Context, by string) ([]record.Claim, error) {
	out, err := r.Store.Claims(ctx, by)
	if err != nil {
		return nil, err
	}
	all, err := r.lacking(ctx, by)
	for _, l := range all {
		for _, role := range l.Roles {
			out = append(out, record.Claim{Record: l.Unit.ID, Deadline: l.ID, Unit: l.Unit.ID, Day: l.Day, Role: role})
		}
	}
	slices.SortStableFunc(out, func(x, y record.Claim) int { return strings.Compare(x.Day, y.Day) })
	return out, err
}
