// Package hint finds what is unusual in some weeks of operations: H1 to H14.
//
// Invariants:
//   - A hint says what was seen, in figures beside those of peers, and which ordinary reasons there may be.
//     It is never a verdict.
//   - The same events, register and terminals give the same hints. Nothing is learned or remembered.
//   - Peers are the staff of the same unit who mostly use the same business; with fewer than five, nothing is
//     compared with them.
//
// It reads pseudonyms, stores nothing, and decides nothing.
package hint

import (
	"cmp"
	"slices"
	"time"

	"yagura/internal/conf"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Hint is something unusual about a member of staff, or of H6 about a searched person.
type Hint struct {
	Rule        string // H1 to H14
	Staff       string // number; "" of H6
	Person      event.Pseudonym
	Unit        string // of the member of staff
	Figures     []Figure
	Samples     []event.Event // some of the events
	Events      int           // how many it is about
	First, Last vms.Instant   // of them
}

// Figure is a number of a hint.
type Figure struct {
	ID        string   `json:"id"`
	Value     float64  `json:"value"`
	Peers     *float64 `json:"peers"` // their median; nil: nothing to compare with
	Low, High *float64 // of a share: where it lies with 95 % confidence
	Text      string   `json:"text"` // what it is about, such as f 20–29
}

// Tenure is where somebody works, in which period.
type Tenure struct {
	Number, Name, Unit string
	From, To           string // days; To is the last one, "" open
	Temporary          bool
	Consent            string // day of the signed consent; "" none
	Businesses         []string
	Person             event.Pseudonym
	Household          event.Pseudonym
	Kin                event.Pseudonym
}

// Covers reports whether a day lies in the tenure.
func (t *Tenure) Covers(day string) bool { return t.From <= day && (t.To == "" || day <= t.To) }

// Register is who works where, and who was on leave.
type Register struct {
	Tenures map[string][]Tenure // by number, in order
	Leave   map[string]map[string]bool
}

// On is the tenure of a day; nil where there is none.
func (r *Register) On(number, day string) *Tenure {
	list := r.Tenures[number]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Covers(day) {
			return &list[i]
		}
	}
	return nil
}

// Last is the tenure that began last; nil where the number is not known.
func (r *Register) Last(number string) *Tenure {
	if list := r.Tenures[number]; len(list) > 0 {
		return &list[len(list)-1]
	}
	return nil
}

// Ward is what events are held against.
type Ward struct {
	Register  *Register
	Terminals map[string]string                      // the unit of a terminal, by its ID
	Closed    func(unit string, at vms.Instant) bool // whether a unit does not work on that day
}

// member is what somebody did.
type member struct {
	number, unit, business string
	events                 []*event.Event // without logins, in order
	persons                map[event.Pseudonym]*event.Event
	peers                  []*member
}

// finder looks through the events once everybody is known.
type finder struct {
	*Ward
	members  []*member
	staff    map[event.Pseudonym]string // numbers of staff, by themselves as residents
	found    []Hint
	calendar map[[2]string]bool // closed, by unit and day
}

// Find returns the hints of some weeks, in the order of rules and staff. Events are in the order of time.
func Find(w *Ward, events []event.Event) []Hint {
	f := &finder{Ward: w, staff: map[event.Pseudonym]string{}, calendar: map[[2]string]bool{}}
	for number, list := range w.Register.Tenures {
		for _, t := range list {
			if t.Person != 0 {
				f.staff[t.Person] = number
			}
		}
	}
	f.gather(events)
	for _, m := range f.members {
		for _, rule := range []func(*member){f.volume, f.hours, f.skew, f.alone, f.again, f.own, f.protected, f.viewOnly, f.sweep, f.shared, f.elsewhere, f.gone, f.authority} {
			rule(m)
		}
	}
	f.famous()
	slices.SortStableFunc(f.found, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(len(a.Rule), len(b.Rule)), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Staff, b.Staff), cmp.Compare(a.Person, b.Person))
	})
	return f.found
}

// gather sorts events by who did them, and finds peers.
func (f *finder) gather(events []event.Event) {
	byNumber := map[string]*member{}
	for i := range events {
		e := &events[i]
		if e.Action == event.Login {
			continue
		}
		m := byNumber[e.Staff]
		if m == nil {
			m = &member{number: e.Staff, persons: map[event.Pseudonym]*event.Event{}}
			byNumber[e.Staff] = m
			f.members = append(f.members, m)
		}
		m.events = append(m.events, e)
		if e.Person != 0 {
			m.persons[e.Person] = e
		}
	}
	slices.SortFunc(f.members, func(a, b *member) int { return cmp.Compare(a.number, b.number) })
	groups := map[[2]string][]*member{}
	for _, m := range f.members {
		m.unit = most(m.events, func(e *event.Event) string { return e.Unit })
		m.business = most(m.events, func(e *event.Event) string { return e.Business })
		groups[[2]string{m.unit, m.business}] = append(groups[[2]string{m.unit, m.business}], m)
	}
	for _, m := range f.members {
		for _, other := range groups[[2]string{m.unit, m.business}] {
			if other != m {
				m.peers = append(m.peers, other)
			}
		}
	}
}

// most is the most frequent value.
func most(events []*event.Event, of func(*event.Event) string) (best string) {
	n := map[string]int{}
	for _, e := range events {
		n[of(e)]++
	}
	for v, c := range n {
		if c > n[best] || c == n[best] && v < best {
			best = v
		}
	}
	return best
}

const samples = 10

// raise notes a hint about events, which are in order.
func (f *finder) raise(rule string, m *member, person event.Pseudonym, about []*event.Event, figures ...Figure) {
	h := Hint{Rule: rule, Person: person, Figures: figures, Events: len(about), First: about[0].At, Last: about[len(about)-1].At}
	if m != nil {
		h.Staff, h.Unit = m.number, m.unit
	}
	for i := range min(samples, len(about)) { // spread over all of them, the last one among them
		h.Samples = append(h.Samples, *about[(i+1)*len(about)/min(samples, len(about))-1])
	}
	f.found = append(f.found, h)
}

func local(at vms.Instant) time.Time { return at.Time().In(conf.JST) }

func day(at vms.Instant) string { return local(at).Format("2006-01-02") }

// closed reports whether a unit does not work, remembered by day.
func (f *finder) closed(unit string, at vms.Instant, day string) bool {
	c, known := f.calendar[[2]string{unit, day}]
	if !known {
		c = f.Closed(unit, at)
		f.calendar[[2]string{unit, day}] = c
	}
	return c
}
