package compliance

import (
	"context"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Week is one of the 52 or 53 weeks, Monday to Sunday, whose Thursday lies in a fiscal year.
type Week struct {
	From, To string // as 2017-04-03
}

// weeksOf are the weeks of a fiscal year.
func weeksOf(year int) (out []Week) {
	thursday := time.Date(year, time.April, 1, 0, 0, 0, 0, conf.JST)
	for thursday.Weekday() != time.Thursday {
		thursday = thursday.AddDate(0, 0, 1)
	}
	end := time.Date(year+1, time.April, 1, 0, 0, 0, 0, conf.JST)
	for ; thursday.Before(end); thursday = thursday.AddDate(0, 0, 7) {
		out = append(out, Week{thursday.AddDate(0, 0, -3).Format(time.DateOnly), thursday.AddDate(0, 0, 3).Format(time.DateOnly)})
	}
	return out
}

// How a week of awareness stands in a unit.
const (
	WeekDone    = "done"    // something was told
	WeekMissing = "missing" // it went by without
	WeekCurrent = "current" // it runs, and nothing was told yet
	WeekAhead   = "ahead"
	WeekFree    = "free" // at most one business day, or the unit was not there: it is not counted
)

// leastDays is how many business days a week has at least to be counted.
const leastDays = 2

// UnitWeeks is how the weeks of a unit stand.
type UnitWeeks struct {
	Unit   *camera.Unit
	Writes bool
	Weeks  []string       // one for each week
	Told   *record.Record // of the word of the week; nil: not yet
}

// Weeks is awareness in a fiscal year: units × weeks, and the word of the week that is out.
type Weeks struct {
	Year  int
	Today string
	Weeks []Week
	Units []UnitWeeks
	Word  *record.Record // 今週の一言; nil: there is none
}

// Weeks returns how awareness stands in the units whose records somebody may read.
func (r *Room) Weeks(ctx context.Context, a record.Actor, year int) (*Weeks, error) {
	units := r.readableUnits(a, &Awareness)
	if len(units) == 0 {
		return nil, errNoUnit
	}
	w := &Weeks{Year: year, Today: record.DayOf(r.c.Now()), Weeks: weeksOf(year)}
	var err error
	if w.Word, err = r.word(ctx, a); err != nil {
		return nil, err
	}
	told, err := r.every(ctx, a, Awareness.ID, record.Query{States: []string{"done"}, From: w.Weeks[0].From, To: w.Weeks[len(w.Weeks)-1].To})
	if err != nil {
		return nil, err
	}
	of := map[string][]*record.Record{}
	for _, t := range told {
		of[t.Unit] = append(of[t.Unit], t)
	}
	for _, u := range units {
		if r.divided(u) && len(of[u.ID]) == 0 {
			continue // its parts tell their own staff
		}
		w.Units = append(w.Units, r.unitWeeks(a, u, w, of[u.ID]))
	}
	return w, nil
}

// divided reports whether a unit consists of others now, as a 部 of its 分野.
func (r *Room) divided(u *camera.Unit) bool {
	return slices.ContainsFunc(r.c.Cameras().Organisation.Units, func(x *camera.Unit) bool { return x.Parent == u.ID && x.In(r.c.Now()) })
}

func (r *Room) unitWeeks(a record.Actor, u *camera.Unit, w *Weeks, told []*record.Record) UnitWeeks {
	out := UnitWeeks{Unit: u, Writes: Awareness.Writes(a, u.ID)}
	for _, week := range w.Weeks {
		out.Weeks = append(out.Weeks, r.stands(u, week, w.Today, told))
	}
	if w.Word != nil {
		if i := slices.IndexFunc(told, func(t *record.Record) bool { return t.Values.Text("material") == Material.Label(w.Word) }); i >= 0 {
			out.Told = told[i]
		}
	}
	return out
}

// stands is how a week stands in a unit.
func (r *Room) stands(u *camera.Unit, week Week, today string, told []*record.Record) string {
	switch {
	case slices.ContainsFunc(told, func(t *record.Record) bool {
		day := t.Values.Text("day")
		return week.From <= day && day <= week.To
	}):
		return WeekDone
	case r.businessDays(u, week) < leastDays:
		return WeekFree
	case week.To < today:
		return WeekMissing
	case week.From <= today:
		return WeekCurrent
	}
	return WeekAhead
}

// businessDays are the days of a week on which a unit works.
func (r *Room) businessDays(u *camera.Unit, week Week) (n int) {
	day, _ := time.ParseInLocation(time.DateOnly, week.From, conf.JST) // as weeksOf wrote it
	for range 7 {
		if u.In(vms.InstantOf(day)) && r.Calendar.Works(u.ID, day) {
			n++
		}
		day = day.AddDate(0, 0, 1)
	}
	return n
}

// word is 今週の一言: the newest one that is published and whose day has come. Written ahead, it appears on its Friday.
func (r *Room) word(ctx context.Context, a record.Actor) (*record.Record, error) {
	p, err := r.List(ctx, a, Material.ID, record.Query{States: []string{"published"}, To: record.DayOf(r.c.Now()), Fields: map[string][]string{"kind": {"weekly"}}, Limit: 1})
	if err != nil || len(p.Records) == 0 {
		return nil, err
	}
	return p.Records[0], nil
}

// every is all records a list has, the oldest first.
func (r *Room) every(ctx context.Context, a record.Actor, kind string, q record.Query) (all []*record.Record, err error) {
	q.Oldest, q.Limit = true, 1000
	for {
		p, err := r.List(ctx, a, kind, q)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Records...)
		if !p.More {
			return all, nil
		}
		q.After = all[len(all)-1].ID
	}
}

// Telling is that something was told in units, all in one go: the word of the week, or a training of several units.
type Telling struct {
	Units   []string
	Methods []string // 朝礼 where there are none
	Present int64    // 0: not counted
}

// Tell records that the word of the week was read out and confirmed. A draft of a unit about it is completed.
func (r *Room) Tell(ctx context.Context, a record.Actor, t Telling) ([]*record.Record, error) {
	word, err := r.word(ctx, a)
	if err != nil {
		return nil, err
	}
	if word == nil {
		return nil, vms.Errorf(vms.Conflict, "no-word", "公開中の「今週の一言」がありません。 No word of the week is out.")
	}
	begun, err := r.every(ctx, a, Awareness.ID, record.Query{Units: t.Units, From: word.Values.Text("day")})
	if err != nil {
		return nil, err
	}
	var acts []record.Act
	for _, unit := range t.Units {
		i := slices.IndexFunc(begun, func(b *record.Record) bool {
			return b.Unit == unit && b.Values.Text("material") == Material.Label(word)
		})
		switch {
		case i >= 0 && begun[i].State == "done":
			return nil, vms.Errorf(vms.Conflict, "told", "%sでは、もう実施を記録しています。 It is recorded there already.", begun[i].Name)
		case i >= 0:
			acts = append(acts, record.Act{ID: begun[i].ID, Version: begun[i].Version, Moves: []record.Going{{Move: "done"}}})
		default:
			acts = append(acts, record.Act{Kind: Awareness.ID, Draft: record.Draft{Unit: unit, Values: r.telling(a, word, t)}, Moves: []record.Going{{Move: "done"}}})
		}
	}
	return r.Together(ctx, a, acts)
}

func (r *Room) telling(a record.Actor, word *record.Record, t Telling) map[string]any {
	methods := []any{"morning_meeting"}
	if len(t.Methods) > 0 {
		methods = nil
		for _, m := range t.Methods {
			methods = append(methods, m)
		}
	}
	v := map[string]any{"day": record.DayOf(r.c.Now()), "methods": methods, "theme": word.Values.Text("title"), "material": Material.Label(word), "speaker": a.Name}
	if t.Present > 0 {
		v["present"] = t.Present
	}
	return v
}
