package sample

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// Planted is a pattern, and who shows it.
type Planted struct {
	Rule   string // H1 to H14
	Staff  string // number; "" where it is about a person
	Person string // 宛名番号, of H6
}

// Planted are the patterns there are.
func (w *Ward) Planted() []Planted { return slices.Clone(w.planted) }

// workdays are the last n days before Now on which the offices were open, newest first.
func (w *Ward) workdays(n int) (out []time.Time) {
	for d := day(w.Now).AddDate(0, 0, -1); len(out) < n; d = d.AddDate(0, 0, -1) {
		if !closed(d) {
			out = append(out, d)
		}
	}
	return out
}

// add plants acts, each looking one person up without a number, two operations a person.
func (w *Ward) look(m *Member, terminal int, business string, at time.Time, every time.Duration, persons ...int) {
	for i, p := range persons {
		t := at.Add(time.Duration(i) * every)
		a := act{at: t, staff: m.Number, unit: m.Unit.ID, terminal: w.Desks[terminal].ID, business: business, action: "検索", criteria: "住所", person: p}
		b := a
		b.at, b.action = t.Add(every/3), "照会"
		w.acts[day(t).Format("2006-01-02")] = append(w.acts[day(t).Format("2006-01-02")], a, b)
	}
}

// pick is somebody who serves at the windows and shows nothing else; each is picked once.
func (w *Ward) pick(r *rand.Rand, rule string, of string) *Member {
	for {
		m := w.Members[r.IntN(len(w.Members))]
		if (of == "" || m.Unit.ID == of) && !m.Temporary && m.level > 0.5 && m.level < 2 &&
			!slices.ContainsFunc(w.planted, func(p Planted) bool { return p.Staff == m.Number }) {
			w.planted = append(w.planted, Planted{Rule: rule, Staff: m.Number})
			return m
		}
	}
}

// some are n different persons for whom it is so.
func (w *Ward) some(r *rand.Rand, n int, is func(*Person) bool) (out []int) {
	for _, i := range r.Perm(len(w.persons)) {
		if len(out) < n && is(&w.persons[i]) {
			out = append(out, i)
		}
	}
	return out
}

func anybody(p *Person) bool { return !p.protected && p.members < 5 }

// plant puts each pattern somewhere in the weeks before Now.
func (w *Ward) plant(r *rand.Rand) {
	days := w.workdays(10)
	w.pattern2017(r, days)
	w.pick(r, "H1", "").level = 6
	w.outsideHours(r, days)
	w.famous(r, days)
	w.family(r, days)
	w.protected(r, days)
	m := w.pick(r, "H9", "zeimu-kazei")
	for _, d := range days[:8] {
		w.look(m, m.terminal, "税", d.Add(13*time.Hour+35*time.Minute), 3*time.Minute, w.some(r, 25, anybody)...)
	}
	m.level = 0.3
	w.sweep(r, days)
	w.shared(r, days)
	m = w.pick(r, "H12", "kokuho")
	other := w.desks["kosodate"][r.IntN(len(w.desks["kosodate"]))]
	for _, d := range days[:4] {
		w.look(m, other, "国保", d.Add(12*time.Hour+40*time.Minute), 4*time.Minute, w.some(r, 3, anybody)...)
	}
	m = w.pick(r, "H13", "kaigo")
	m.Until = days[6].Format("2006-01-02")
	w.look(m, m.terminal, "介護", days[2].Add(10*time.Hour+7*time.Minute), 4*time.Minute, w.some(r, 4, anybody)...)
	m = w.pick(r, "H14", "kosodate")
	w.look(m, m.terminal, "税", days[3].Add(15*time.Hour+11*time.Minute), 5*time.Minute, w.some(r, 6, anybody)...)
}

// pattern2017 is that of 2017: young women who live alone, looked at after hours, some of them again and again,
// by somebody with little to do, at a terminal that camera a1-07 covers; yesterday from 18:10 to 19:00.
func (w *Ward) pattern2017(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H3", "koseki")
	m.level = 0.12
	w.planted = append(w.planted, Planted{Rule: "H4", Staff: m.Number}, Planted{Rule: "H5", Staff: m.Number})
	at := slices.IndexFunc(w.Desks, func(t Terminal) bool { return t.Cameras[0] == "a1-07" })
	young := func(p *Person) bool { a := p.age(w.Now); return p.sex == "女" && a >= 20 && a < 30 && p.members == 1 }
	targets := w.some(r, 70, young)
	yesterday := day(w.Now).AddDate(0, 0, -1)
	evening := 18*time.Hour + 10*time.Minute
	w.look(m, at, "住民記録", yesterday.Add(evening), 80*time.Second, targets[:36]...)
	for i, d := range slices.DeleteFunc(slices.Clone(days[:3]), func(d time.Time) bool { return d.Equal(yesterday) }) {
		w.look(m, at, "住民記録", d.Add(evening), 90*time.Second, append(slices.Clone(targets[:3]), targets[36+i*11:47+i*11]...)...)
	}
}

// outsideHours is somebody who works on a closed day and on leave.
func (w *Ward) outsideHours(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H2", "hoiku")
	sunday := day(w.Now).AddDate(0, 0, -2)
	for !closed(sunday) {
		sunday = sunday.AddDate(0, 0, -1)
	}
	w.look(m, m.terminal, "子育て", sunday.Add(14*time.Hour+20*time.Minute), 4*time.Minute, w.some(r, 6, anybody)...)
	away := days[4]
	w.leave[m.Number] = append(w.leave[m.Number], away.Format("2006-01-02"))
	w.look(m, m.terminal, "子育て", away.Add(11*time.Hour), 4*time.Minute, w.some(r, 2, anybody)...)
}

// famous is a person whom half the house looks up.
func (w *Ward) famous(r *rand.Rand, days []time.Time) {
	person := w.some(r, 1, anybody)[0]
	w.planted = append(w.planted, Planted{Rule: "H6", Person: w.persons[person].ref})
	for i := range Units {
		for n := range 2 {
			for {
				m := w.Members[r.IntN(len(w.Members))]
				if m.Unit == &Units[i] {
					w.look(m, m.terminal, m.Unit.Businesses[0], days[1+n].Add(12*time.Hour+time.Duration(5+r.IntN(50))*time.Minute), time.Minute, person)
					break
				}
			}
		}
	}
}

// family is somebody who looks up their own household.
func (w *Ward) family(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H7", "zeimu-shuno")
	for i, h := range w.households {
		if len(h) == 4 && i > r.IntN(len(w.households)) {
			m.self = h[0]
			w.look(m, m.terminal, "税", days[5].Add(12*time.Hour+30*time.Minute), 2*time.Minute, h[1], h[2])
			return
		}
	}
}

// protected is somebody who looks up people under 支援措置 without a number.
func (w *Ward) protected(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H8", "seikatsu-engo")
	for i, p := range w.some(r, 4, func(p *Person) bool { return p.protected }) {
		w.look(m, m.terminal, "福祉", days[i].Add(16*time.Hour+40*time.Minute), 3*time.Minute, p)
	}
}

// sweep is somebody who goes through a block, household by household.
func (w *Ward) sweep(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H10", "shogai")
	block := "中野五丁目33番"
	var persons []int
	for i, h := range r.Perm(len(w.households))[:14] {
		for _, p := range w.households[h] {
			w.persons[p].address = block + strconv.Itoa(i+1) + "号"
		}
		persons = append(persons, w.households[h][0])
	}
	w.look(m, m.terminal, "福祉", days[2].Add(13*time.Hour+20*time.Minute), 70*time.Second, persons...)
}

// shared is an ID that two people use at once.
func (w *Ward) shared(r *rand.Rand, days []time.Time) {
	m := w.pick(r, "H11", "koki-koreisha")
	desks := w.desks[m.Unit.ID]
	second := desks[(slices.Index(desks, m.terminal)+1)%len(desks)]
	for _, d := range days[:3] {
		at := d.Add(10*time.Hour + 15*time.Minute)
		w.look(m, m.terminal, "後期高齢", at, time.Minute, w.some(r, 6, anybody)...)
		w.look(m, second, "後期高齢", at.Add(30*time.Second), time.Minute, w.some(r, 6, anybody)...)
	}
}
