package compliance

import (
	"context"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Day is a day of a unit's calendar.
type Day struct {
	Day     string // as 2017-06-01
	Weekday time.Weekday
	Closed  bool   // the unit does not work
	Holiday string // its name; "" none
}

// days are the days of a unit in [from, to).
func (r *Room) days(unit string, from, to time.Time) (out []Day) {
	for d := from; d.Before(to); d = d.AddDate(0, 0, 1) {
		out = append(out, Day{d.Format(time.DateOnly), d.Weekday(), !r.Calendar.Works(unit, d), holiday.On(vms.InstantOf(d))})
	}
	return out
}

// Month is the patrols of a unit in a month: its slots are the rows, its days the columns.
type Month struct {
	Unit    *camera.Unit
	Units   []*camera.Unit // whose months this person may read
	Today   string
	Days    []Day
	Slots   []*record.Record // in force on some day of the month
	Patrols []*record.Record // of the month; those taken back are left out
	By      string           // as whom this person patrols: an option of the field by; "" they do not
	Heads   []Head           // to whom designated staff of the unit report
}

// Head is somebody who receives reports of a unit.
type Head struct {
	Login, Name string
	Post        identity.Post
}

// monthMost is how many patrols of a month, or slots of a unit, are read: 31 days of 32 slots.
const monthMost = 1000

// Month returns the patrols of a unit in a month, written 2017-06; of the first unit they may read where that is "*".
func (r *Room) Month(ctx context.Context, a record.Actor, unit, month string) (*Month, error) {
	first, err := time.ParseInLocation("2006-01", month, conf.JST)
	if err != nil {
		return nil, vms.Errorf(vms.Invalid, "bad-month", "月を 2017-06 の形で指定してください。 A month like 2017-06.")
	}
	m := &Month{Units: r.readableUnits(a, &Patrol), Today: record.DayOf(r.c.Now())}
	if m.Unit = unitOf(m.Units, unit); m.Unit == nil {
		return nil, errNoUnit
	}
	next := first.AddDate(0, 1, 0)
	m.Days = r.days(m.Unit.ID, first, next)
	from, to := m.Days[0].Day, m.Days[len(m.Days)-1].Day
	if m.Slots, err = r.slots(ctx, a, m.Unit.ID, from, to); err != nil {
		return nil, err
	}
	if m.Patrols, err = r.patrols(ctx, a, m.Unit.ID, from, to); err != nil {
		return nil, err
	}
	m.By = patrolsAs(a, m.Unit.ID)
	m.Heads, err = r.heads(ctx, a.Login, m.Unit.ID)
	return m, err
}

// errNoUnit answers alike for units that do not exist and those whose records one may not read.
var errNoUnit = vms.Errorf(vms.NotFound, "no-unit", "その所属の記録は見られません。 No unit whose records you may read.")

// unitOf is the unit of that id, or the first of them; nil where there is none. "*" is any.
func unitOf(units []*camera.Unit, id string) *camera.Unit {
	i := slices.IndexFunc(units, func(u *camera.Unit) bool { return id == "*" || u.ID == id })
	if i < 0 {
		return nil
	}
	return units[i]
}

// readableUnits are the units there are now, in 建制順, whose records of a kind somebody may read: those for which
// they write come first, since these are theirs.
func (r *Room) readableUnits(a record.Actor, k *record.Kind) (out []*camera.Unit) {
	var others []*camera.Unit
	for _, u := range r.c.Cameras().Organisation.Units {
		switch {
		case !u.In(r.c.Now()):
		case k.Writes(a, u.ID):
			out = append(out, u)
		case k.Reads(a, u.ID):
			others = append(others, u)
		}
	}
	return append(out, others...)
}

// slots are those of a unit in force on some day of a period, by their time.
func (r *Room) slots(ctx context.Context, a record.Actor, unit, from, to string) ([]*record.Record, error) {
	p, err := r.List(ctx, a, PatrolSlot.ID, record.Query{Units: []string{unit}, To: to, States: []string{"in_force", "ended"}, Oldest: true, Limit: monthMost})
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(p.Records, func(s *record.Record) bool {
		until := s.Values.Text("until")
		return until != "" && until < from
	})
	slices.SortStableFunc(out, func(x, y *record.Record) int {
		switch a, b := x.Values.Text("begin"), y.Values.Text("begin"); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	return out, nil
}

func (r *Room) patrols(ctx context.Context, a record.Actor, unit, from, to string) ([]*record.Record, error) {
	p, err := r.List(ctx, a, Patrol.ID, record.Query{Units: []string{unit}, From: from, To: to, Oldest: true, Limit: monthMost})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(p.Records, func(x *record.Record) bool { return x.State == "void" }), nil
}

// patrolsAs is 実施者区分 of somebody who keeps a unit's records; "" of others.
func patrolsAs(a record.Actor, unit string) string {
	switch {
	case a.Has(generalManager, unit):
		return "manager"
	case a.Has(executingOfficer, unit):
		return "executing_officer"
	case a.Has(clerk, unit):
		return "designated"
	}
	return ""
}

// heads are who receives reports of a unit, 執行責任者 first, without the one who reports.
func (r *Room) heads(ctx context.Context, but, unit string) (out []Head, err error) {
	people, err := r.c.Identity.People(ctx)
	line := r.c.Cameras().Organisation.Line(unit)
	for _, post := range []identity.Post{identity.ExecutingOfficer, identity.GeneralManager} {
		for _, p := range people {
			holds := slices.ContainsFunc(p.Appointments, func(x identity.Appointment) bool {
				return x.Post == post && x.InForce(r.c.Now()) && slices.Contains(line, x.Unit)
			})
			if holds && !p.Disabled && p.Login != but {
				out = append(out, Head{p.Login, p.Name, post})
			}
		}
	}
	return out, err
}

// Walked is a day's patrols that found nothing, to be recorded in one go.
type Walked struct {
	Unit, Day  string
	Slots      []string // numbers of slots; "" is a patrol of none
	AsBefore   bool     // the slots that were walked on the business day before, instead of Slots
	ReportedTo string   // of designated staff; "" the first head there is
}

// Walk records patrols without findings, all of them or none: every check ○, and then whatever their patroller's
// post asks for: a head's are complete, those of designated staff are reported. It tells whether the unit works at
// the time, for where it does not somebody should look again.
func (r *Room) Walk(ctx context.Context, a record.Actor, w Walked) (made []*record.Record, open bool, err error) {
	unit := unitOf(r.readableUnits(a, &Patrol), w.Unit)
	day, bad := time.ParseInLocation(time.DateOnly, w.Day, conf.JST)
	today := record.DayOf(r.c.Now())
	switch {
	case unit == nil || w.Unit == "*":
		return nil, false, errNoUnit
	case bad != nil || w.Day > today:
		return nil, false, vms.Errorf(vms.Invalid, "bad-day", "今日までの日を選んでください。 A day until today.")
	case patrolsAs(a, unit.ID) == "":
		return nil, false, vms.Errorf(vms.Denied, "denied", "この所属の巡回を記録する職ではありません。 Not a post that patrols this unit.")
	}
	if w.AsBefore {
		if w.Slots, err = r.before(ctx, a, unit.ID, day); err != nil {
			return nil, false, err
		}
	}
	steps, err := r.walk(ctx, a, unit.ID, w)
	if err != nil {
		return nil, false, err
	}
	made, err = r.Together(ctx, a, steps)
	open = !slices.ContainsFunc(made, func(p *record.Record) bool { return !r.inHours(p) })
	return made, open && r.Days.Works(unit.ID, day), err
}

// before are the slots that were walked on the last business day before a day.
func (r *Room) before(ctx context.Context, a record.Actor, unit string, day time.Time) (slots []string, err error) {
	last := day.AddDate(0, 0, -1)
	for range 31 {
		if r.Calendar.Works(unit, last) {
			break
		}
		last = last.AddDate(0, 0, -1)
	}
	then, err := r.patrols(ctx, a, unit, last.Format(time.DateOnly), last.Format(time.DateOnly))
	if err != nil {
		return nil, err
	}
	for _, p := range then {
		if s := p.Values.Text("slot"); !slices.Contains(slots, s) {
			slots = append(slots, s)
		}
	}
	if len(slots) == 0 {
		return nil, vms.Errorf(vms.Conflict, "nothing-before", "前の開庁日（%s）に巡回の記録がありません。 Nothing was walked on the business day before.", last.Format(time.DateOnly))
	}
	return slots, nil
}

// walk are the steps of a day's patrols. Slots that have one of that day are left out when the day before is copied, and
// refused otherwise: somebody else was there first.
func (r *Room) walk(ctx context.Context, a record.Actor, unit string, w Walked) (steps []record.Act, err error) {
	there, err := r.patrols(ctx, a, unit, w.Day, w.Day)
	if err != nil {
		return nil, err
	}
	slots, err := r.slots(ctx, a, unit, w.Day, w.Day)
	if err != nil {
		return nil, err
	}
	by := patrolsAs(a, unit)
	if by == "designated" && w.ReportedTo == "" {
		heads, err := r.heads(ctx, a.Login, unit)
		if err != nil {
			return nil, err
		}
		if len(heads) == 0 {
			return nil, vms.Errorf(vms.Conflict, "no-head", "報告先の執行責任者・統括管理者がいません。情報安全担当に連絡してください。 Nobody to report to.")
		}
		w.ReportedTo = heads[0].Login
	}
	for _, slot := range w.Slots {
		if slices.ContainsFunc(there, func(p *record.Record) bool { return p.Values.Text("slot") == slot }) {
			if w.AsBefore {
				continue
			}
			return nil, vms.Errorf(vms.Conflict, "walked", "%sは、ほかの人が先に記録しました。読み直してください。 Somebody else recorded it first.", w.Day)
		}
		i := slices.IndexFunc(slots, func(s *record.Record) bool { return PatrolSlot.Label(s) == slot })
		if i < 0 && slot != "" {
			if w.AsBefore {
				continue // it ended since
			}
			return nil, vms.Errorf(vms.Invalid, "no-slot", "この日に実施している巡回枠ではありません。 Not a slot of that day.")
		}
		var of *record.Record
		if i >= 0 {
			of = slots[i]
		}
		steps = append(steps, r.walked(a, unit, by, w, of))
	}
	if len(steps) == 0 {
		return nil, vms.Errorf(vms.Conflict, "walked", "%sの巡回はすべて記録済みです。 All of that day is recorded.", w.Day)
	}
	return steps, nil
}

// walked is one patrol that found nothing.
func (r *Room) walked(a record.Actor, unit, by string, w Walked, slot *record.Record) record.Act {
	var checks []any
	for _, item := range checklist {
		checks = append(checks, map[string]any{"item": item, "result": "ok"})
	}
	v := map[string]any{"day": w.Day, "patroller": a.Login, "by": by, "checks": checks, "findings": int64(0)}
	now := r.c.Now()
	if w.Day == record.DayOf(now) {
		v["from"] = now.Time().In(conf.JST).Format("15:04")
	}
	if slot != nil {
		v["slot"], v["area"] = PatrolSlot.Label(slot), slot.Values.Text("area")
		if v["from"] == nil {
			v["from"], v["to"] = slot.Values.Text("begin"), slot.Values.Text("end")
		}
	}
	moves := []record.Going{{Move: "record"}, {Move: "close"}}
	if by == "designated" {
		v["reported_to"], moves = w.ReportedTo, []record.Going{{Move: "report"}}
	}
	return record.Act{Kind: Patrol.ID, Draft: record.Draft{Unit: unit, Values: v}, Moves: moves}
}

// inHours reports whether a patrol began in the business hours of its unit.
func (r *Room) inHours(p *record.Record) bool {
	day, err := time.ParseInLocation(time.DateOnly, p.Values.Text("day"), conf.JST)
	return err != nil || r.Days.open(p.Unit, day, p.Values.Text("from"))
}

// Remarks are what somebody should look at again in a record, that is no error.
func (r *Room) Remarks(ctx context.Context, rec *record.Record) (out []record.Text, err error) {
	if rec.Kind != Patrol.ID {
		return nil, nil
	}
	if !r.inHours(rec) {
		out = append(out, text("この所属の業務時間の外の巡回です。日と時刻を確かめてください。", "Outside the unit's business hours: see whether day and time are right."))
	}
	if rec.Values.Text("by") == "designated" {
		known, err := r.designated(ctx, rec.Unit, rec.Values.Text("patroller"), rec.Values.Text("day"))
		if err != nil {
			return nil, err
		}
		if !known {
			out = append(out, text("実施者は、この日を含む指定期間のある指定職員として登録されていません。「巡回の指定職員」に登録してください。", "The patroller is not designated for that day: record the designation."))
		}
	}
	return out, nil
}
