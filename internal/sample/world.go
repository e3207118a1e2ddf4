package sample

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Config is what the sample is made for.
type Config struct {
	Room   *compliance.Room
	People []*identity.Person
	Set    *camera.Set
	Now    vms.Instant
	Seed   uint64
	Actor  record.Actor // who brings it in, as the log says
}

// values are the fields of a draft.
type values = map[string]any

// world is what the records are made of.
type world struct {
	Config
	rand   *rand.Rand
	today  time.Time   // its midnight in Japan
	open   []time.Time // business days, from the beginning to yesterday
	units  []*unit
	actors map[string]record.Actor
	labels map[string][]string // of records written before, by kind
	slots  map[string]string   // numbers of patrol slots, by unit and name
}

// unit is a 分野 with those who keep its records.
type unit struct {
	*camera.Unit
	manager, officer, clerk string // logins; "" nobody
}

// writers are those of the unit who may write, at least one.
func (u *unit) writers() (out []string) {
	for _, login := range []string{u.clerk, u.officer, u.manager} {
		if login != "" {
			out = append(out, login)
		}
	}
	return out
}

// part writes the records of a kind.
type part struct {
	kind string
	tell func(*world) []record.Told
}

// parts are in an order in which what is linked to comes first.
var parts = []part{
	{"business-calendar", calendars}, {"training-material", materials}, {"awareness-material", words}, {"awareness", awareness}, {"patrol-slot", slots}, {"patrol-designation", designations}, {"patrol", patrols}, {"memo-policy", memoPolicies},
	{"memo-issue", memoIssues}, {"device-exception", exceptions}, {"official-mobile", mobiles}, {"induction", inductions}, {"zone", zones}, {"terminal", terminals},
	{"information-system", systems}, {"regulation", regulations}, {"isms-scope", scopes}, {"isms-document", documents}, {"isms-asset", assets}, {"isms-risk", risks},
	{"isms-control", controls}, {"internal-audit", audits}, {"finding", findings}, {"management-review", reviews}, {"milestone", milestones},
	{"notice", notices}, {"consultation", consultations}, {"inspection", inspections}, {"complaint", complaints}, {"disclosure", disclosures},
}

// atOnce is how many records come in together: whoever writes meanwhile waits no longer than for these.
const atOnce = 300

// Write brings in the records of every kind that has none yet, or only such as an earlier run of the same day
// left behind, and tells how many of which.
func Write(ctx context.Context, c Config, said func(kind string, n int)) error {
	w := newWorld(c)
	for _, p := range parts {
		n, err := w.write(ctx, p)
		if err != nil {
			return err
		}
		said(p.kind, n)
	}
	return nil
}

// write brings in what of a part is missing.
func (w *world) write(ctx context.Context, p part) (int, error) {
	k, err := w.Room.Kind(p.kind)
	if err != nil {
		return 0, err
	}
	there, err := w.Room.AsOf(ctx, p.kind, w.Now)
	if err != nil {
		return 0, err
	}
	w.rand = rand.New(rand.NewPCG(w.Seed, sum(p.kind)))
	left := missing(w.told(p), there)
	for chunk := range slices.Chunk(left, atOnce) {
		written, err := w.Room.Retell(ctx, w.Actor, chunk)
		if err != nil {
			return 0, err
		}
		there = append(there, written...)
	}
	w.labels[p.kind] = nil
	for _, r := range there {
		if p.kind == "patrol-slot" {
			w.slots[r.Unit+r.Values.Text("name")] = k.Label(r)
		}
		w.labels[p.kind] = append(w.labels[p.kind], k.Label(r))
	}
	return len(left), nil
}

// missing are the records that are not there yet; none where there are others.
func missing(told []record.Told, there []*record.Record) []record.Told {
	known := map[vms.Instant]int{}
	for _, r := range there {
		known[r.Created]++
	}
	left := slices.DeleteFunc(told, func(t record.Told) bool {
		if known[t.At] == 0 {
			return false
		}
		known[t.At]--
		return true
	})
	for _, n := range known {
		if n > 0 {
			return nil
		}
	}
	return left
}

// told is a part in the order in which it happened, which is that of its numbers.
func (w *world) told(p part) []record.Told {
	all := p.tell(w)
	slices.SortStableFunc(all, func(a, b record.Told) int { return cmp.Compare(a.At, b.At) })
	return all
}

func sum(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return h.Sum64()
}

func newWorld(c Config) *world {
	t := c.Now.Time().In(conf.JST)
	w := &world{Config: c, today: date(t.Year(), t.Month(), t.Day()), actors: map[string]record.Actor{}, labels: map[string][]string{}, slots: map[string]string{}}
	for d := w.begin(); d.Before(w.today); d = d.AddDate(0, 0, 1) {
		if !holiday.Closed(vms.InstantOf(d)) {
			w.open = append(w.open, d)
		}
	}
	for _, u := range c.Set.Organisation.Units {
		if u.Parent == "" || !u.In(c.Now) {
			continue
		}
		x := &unit{Unit: u, manager: w.holder(identity.GeneralManager, u.ID), officer: w.holder(identity.ExecutingOfficer, u.ID), clerk: w.holder(identity.Clerk, u.ID)}
		if len(x.writers()) > 0 {
			w.units = append(w.units, x)
		}
	}
	return w
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, conf.JST) }

// begin is the first day of the fiscal year before this one.
func (w *world) begin() time.Time {
	return date(record.FiscalYear(vms.InstantOf(w.today))-1, time.April, 1)
}

// year is the fiscal year of a day.
func year(d time.Time) int { return record.FiscalYear(vms.InstantOf(d)) }

// holder is who holds a post for a unit: of it, or else of its 部.
func (w *world) holder(post identity.Post, unit string) string {
	for _, of := range []string{unit, w.Set.Organisation.Department(unit).ID} {
		for _, p := range w.People {
			if slices.ContainsFunc(p.Appointments, func(a identity.Appointment) bool { return a.InForce(w.Now) && a.Post == post && a.Unit == of }) {
				return p.Login
			}
		}
	}
	return ""
}

// as is a person of the sample.
func (w *world) as(login string) record.Actor {
	if a, ok := w.actors[login]; ok {
		return a
	}
	i := slices.IndexFunc(w.People, func(p *identity.Person) bool { return p.Login == login })
	if i < 0 {
		return record.Actor{Login: login, Sign: func(record.Role) string { return login }, Has: func(record.Role, string) bool { return false }}
	}
	a := w.Room.Actor(&identity.Session{Person: w.People[i]}, "")
	w.actors[login] = a
	return a
}

// chance is true with a probability in percent.
func (w *world) chance(percent int) bool { return w.rand.IntN(100) < percent }

// pick is one of several.
func pick[T any](w *world, of []T) T { return of[w.rand.IntN(len(of))] }

// between is a whole number from a to b, both included.
func (w *world) between(a, b int) int { return a + w.rand.IntN(b-a+1) }

// at is an instant of a day in office hours: 9:00 and some hours, plus minutes.
func (w *world) at(day time.Time, minutes int) vms.Instant {
	return vms.InstantOf(day.Add(9*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(w.rand.IntN(50))*time.Second))
}

// workday is the n-th business day after a day, or before it.
func workday(day time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day = day.AddDate(0, 0, step)
		if !holiday.Closed(vms.InstantOf(day)) {
			n--
		}
	}
	return day
}

// onOrAfter is the first business day from a day on.
func onOrAfter(day time.Time) time.Time { return workday(day.AddDate(0, 0, -1), 1) }

func iso(d time.Time) string { return d.Format(time.DateOnly) }

// story is a record on its way.
type story struct {
	record.Told
	w    *world
	over bool // what would come next has not happened yet
}

// tell begins a record; unit "" is the ward's.
func (w *world) tell(kind, unit, by string, at vms.Instant, v values) *story {
	return &story{record.Told{Kind: kind, At: at, By: w.as(by), Draft: record.Draft{Unit: unit, Values: v}}, w, false}
}

// then is what somebody did next, unless it has not happened yet.
func (s *story) then(move, by string, at vms.Instant, v values) *story {
	return s.because(move, by, at, v, "")
}

func (s *story) because(move, by string, at vms.Instant, v values, reason string) *story {
	last := s.At
	if n := len(s.Steps); n > 0 {
		last = s.Steps[n-1].At
	}
	if at = max(at, last+1); s.over || at > s.w.Now {
		s.over = true
		return s
	}
	s.Steps = append(s.Steps, record.Step{At: at, By: s.w.as(by), Move: move, Change: v, Reason: reason})
	return s
}

// out are the records, those that have not begun left out.
func (w *world) out(stories []*story) []record.Told {
	var all []record.Told
	for _, s := range stories {
		if s.At <= w.Now {
			all = append(all, s.Told)
		}
	}
	return all
}

func num(format string, n int) string { return fmt.Sprintf(format, n) }
