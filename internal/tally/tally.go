package tally

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Obligation is what the rules ask for.
type Obligation struct {
	ID      string
	Name    record.Text
	Note    record.Text // when it is met
	Counted record.Text // what is counted: 週, 件
	Weekly  bool        // once in each business week; else by the deadlines of records
	Each    bool        // every unit owes one in a fiscal year, by 30 April
	Stock   bool        // all there are, whatever the year
	Kind    string      // of the records it comes from
}

func text(ja, en string) record.Text { return record.Text{Ja: ja, En: en} }

var (
	weeksOf = text("週", "weeks")
	cases   = text("件", "")
)

// Obligations are all, in the order of the ward's report.
var Obligations = []Obligation{
	{ID: compliance.ObligePatrol, Kind: "patrol", Name: text("巡回", "Patrols"), Note: text("開庁週に1回以上", "Once a business week"), Counted: weeksOf, Weekly: true},
	{ID: compliance.ObligeMend, Kind: "patrol", Name: text("巡回の指摘", "Found on patrols"), Note: text("是正期限までに", "Mended in time"), Counted: cases},
	{ID: compliance.ObligeAwareness, Kind: "awareness", Name: text("啓発", "Awareness"), Note: text("開庁週に1回以上", "Once a business week"), Counted: weeksOf, Weekly: true},
	{ID: compliance.ObligeMemo, Kind: "memo-policy", Name: text("メモのルール", "Memo rules"), Note: text("4月30日までに適用", "In force by 30 April"), Counted: text("部署", "units"), Each: true},
	{ID: compliance.ObligePaper, Kind: "memo-issue", Name: text("メモ用紙", "Memo paper"), Note: text("7日以内に回収", "Back within a week"), Counted: cases},
	{ID: compliance.ObligeDevice, Kind: "device-exception", Name: text("私物機器", "Private devices"), Note: text("期限後に残さない", "None past its time"), Counted: cases},
	{ID: compliance.ObligeInduction, Kind: "induction", Name: text("任用時研修", "Inductions"), Note: text("任用初日に研修と署名", "On the first day, signed"), Counted: text("人", "people")},
	{ID: compliance.ObligeFinding, Kind: "finding", Name: text("ISMS 是正", "ISMS actions"), Note: text("是正期限までに", "Done in time"), Counted: cases},
	{ID: compliance.ObligeTwoFactor, Kind: "information-system", Name: text("二要素認証", "Two factors"), Note: text("個人情報を扱うシステム", "Systems with personal data"), Counted: text("システム", "systems"), Stock: true},
}

// Figure is how far an obligation was met: Due = Done + Late + Missing + Open.
type Figure struct {
	Due, Done, Late, Missing, Open int
	Count                          int // how many records say so; of weekly ones more than weeks
}

func (f *Figure) add(g Figure) {
	f.Due, f.Done, f.Late, f.Missing, f.Open, f.Count = f.Due+g.Due, f.Done+g.Done, f.Late+g.Late, f.Missing+g.Missing, f.Open+g.Open, f.Count+g.Count
}

// Line is a unit's figures, one for each obligation. The figures of a 部 are the sums of its units'.
type Line struct {
	Unit, Name, Department string // ids; Department is "" of a 部, and all are of the ward
	Figures                []Figure
}

// Sheet is the figures of a fiscal year as they were known at an instant.
type Sheet struct {
	Year  int
	At    vms.Instant
	Day   string // the last one that counts
	Whole bool   // the reader sees all units
	Ward  []Figure
	Lines []Line // each 部, followed by its units, in 建制順
}

// Config is what a Room works with.
type Config struct {
	Records  *record.Store
	Calendar record.Calendar
	Cameras  func() *camera.Set
	Audit    *audit.Log
	Now      func() vms.Instant
}

// Room computes figures.
type Room struct{ c Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// readers may see figures of a unit.
var readers = []record.Role{"information_security", "auditor", "department_head", "general_manager", "executing_officer", "clerk"}

// sees are the units, of those without units below them, whose figures somebody may see; all says whether
// these are all there are.
func (r *Room) sees(a record.Actor, at vms.Instant) (units []*camera.Unit, all bool) {
	all = true
	for _, u := range r.c.Cameras().Organisation.Units {
		if u.Parent == "" || !u.In(at) {
			continue
		}
		if slices.ContainsFunc(readers, func(role record.Role) bool { return a.Has(role, u.ID) }) {
			units = append(units, u)
		} else {
			all = false
		}
	}
	return units, all
}

// Of returns the figures of a fiscal year as they were known at an instant: that the actor may see.
func (r *Room) Of(ctx context.Context, a record.Actor, year int, at vms.Instant) (*Sheet, error) {
	if now := r.c.Now(); at > now || at == 0 {
		at = now
	}
	if year < 2000 || record.FiscalYear(at) < year {
		return nil, vms.Errorf(vms.Invalid, "bad-year", "%d年度は、この時点ではまだ始まっていません。 That fiscal year had not begun then.", year)
	}
	units, all := r.sees(a, at)
	if len(units) == 0 {
		return nil, vms.Errorf(vms.Denied, "denied", "実施状況を見る職ではありません。 Not a post that sees these figures.")
	}
	p := r.period(year, at)
	s := &Sheet{Year: year, At: at, Day: p.last, Whole: all}
	byUnit := map[string][]Figure{}
	for i, o := range Obligations {
		figures, err := r.figures(ctx, &o, p)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if byUnit[u.ID] == nil {
				byUnit[u.ID] = make([]Figure, len(Obligations))
			}
			byUnit[u.ID][i] = figures(u.ID)
		}
	}
	s.sum(r.c.Cameras().Organisation, units, byUnit)
	return s, nil
}

// Before is the sheet of the year before as it was known a year before; nil where nothing had been written then.
func (r *Room) Before(ctx context.Context, a record.Actor, s *Sheet) (*Sheet, error) {
	at := vms.InstantOf(s.At.Time().In(conf.JST).AddDate(-1, 0, 0))
	began, err := r.c.Records.Began(ctx)
	if err != nil || began == 0 || began > at {
		return nil, err
	}
	return r.Of(ctx, a, s.Year-1, at)
}

// sum puts units under their 部, and adds up.
func (s *Sheet) sum(org *camera.Organisation, units []*camera.Unit, byUnit map[string][]Figure) {
	s.Ward = make([]Figure, len(Obligations))
	top := -1
	for _, u := range units {
		d := org.Department(u.ID)
		if top < 0 || s.Lines[top].Unit != d.ID {
			top = len(s.Lines)
			s.Lines = append(s.Lines, Line{Unit: d.ID, Name: d.Name, Figures: make([]Figure, len(Obligations))})
		}
		s.Lines = append(s.Lines, Line{Unit: u.ID, Name: u.Name, Department: d.ID, Figures: byUnit[u.ID]})
		for i, f := range byUnit[u.ID] {
			s.Lines[top].Figures[i].add(f)
			s.Ward[i].add(f)
		}
	}
}

// period is what of a fiscal year counts at an instant.
type period struct {
	at          vms.Instant
	first, last string // days of the year that are not ahead
	end         string // 31 March
	today       string // of the instant
}

func (r *Room) period(year int, at vms.Instant) period {
	p := period{at: at, first: fmt.Sprintf("%d-04-01", year), end: fmt.Sprintf("%d-03-31", year+1), today: record.DayOf(at)}
	p.last = min(p.end, p.today)
	return p
}

// figures reads what is known of an obligation, and returns it unit by unit.
func (r *Room) figures(ctx context.Context, o *Obligation, p period) (func(unit string) Figure, error) {
	from, to := p.first, p.end
	switch {
	case o.Stock:
		from, to = "", ""
	case o.Weekly:
		from, to = monday(p.first, 3), monday(p.end, -3)
		to = shifted(to, 6)
	}
	tallies, err := r.c.Records.Tallies(ctx, o.ID, from, to, p.at)
	if err != nil {
		return nil, err
	}
	of := map[string][]record.Tally{}
	for _, t := range tallies {
		of[t.Unit] = append(of[t.Unit], t)
	}
	if o.Weekly {
		return func(unit string) Figure { return weekly(of[unit], r.weeks(unit, p)) }, nil
	}
	return func(unit string) Figure {
		if o.Each && len(of[unit]) == 0 {
			return byDeadline([]record.Tally{{Fact: record.Fact{Due: p.first[:4] + "-04-30"}, Count: 1}}, p.today).without()
		}
		return byDeadline(of[unit], p.today)
	}, nil
}

// without is the figure of what there is no record of.
func (f Figure) without() Figure { f.Count = 0; return f }

func byDeadline(tallies []record.Tally, today string) (f Figure) {
	for _, t := range tallies {
		f.Due += t.Count
		f.Count += t.Count
		switch {
		case t.Met != "" && t.Met <= today && (t.Due == "" || t.Met <= t.Due):
			f.Done += t.Count
		case t.Met != "" && t.Met <= today:
			f.Late += t.Count
		case t.Due == "" || t.Due < today:
			f.Missing += t.Count
		default:
			f.Open += t.Count
		}
	}
	return f
}

// week is a business week: Monday to Sunday.
type week struct {
	monday string
	over   bool // its last business day is past
}

// weeks are those whose Thursday lies in the period and in which the unit works on two days at least; the last
// one may not be over.
func (r *Room) weeks(unit string, p period) (out []week) {
	for at := monday(p.first, 3); at <= p.last && shifted(at, 3) <= p.end; at = shifted(at, 7) {
		open, last := 0, ""
		for i := range 7 {
			if day := shifted(at, i); r.c.Calendar.Works(unit, dayOf(day)) {
				open, last = open+1, day
			}
		}
		if open > 1 {
			out = append(out, week{at, last < p.today})
		}
	}
	return out
}

func dayOf(day string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, conf.JST)
	if err != nil {
		return time.Time{} // days of records are checked when they are written
	}
	return t
}

func shifted(day string, n int) string { return dayOf(day).AddDate(0, 0, n).Format(time.DateOnly) }

// monday is the Monday of the week of the first Thursday from a day on, with -3 of the last one up to it.
func monday(day string, toward int) string {
	return mondayOf(dayOf(shifted(day, toward))).Format(time.DateOnly)
}

func mondayOf(d time.Time) time.Time { return d.AddDate(0, 0, -(int(d.Weekday())+6)%7) }

func weekly(tallies []record.Tally, weeks []week) (f Figure) {
	done := map[string]bool{}
	for _, t := range tallies {
		done[mondayOf(dayOf(t.Day)).Format(time.DateOnly)] = true
		f.Count += t.Count
	}
	for _, w := range weeks {
		f.Due++
		switch {
		case done[w.monday]:
			f.Done++
		case w.over:
			f.Missing++
		default:
			f.Open++
		}
	}
	return f
}
