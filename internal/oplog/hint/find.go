package hint

import (
	"math"
	"slices"
	"time"

	"yagura/internal/oplog/event"
)

// volume is H1: far more operations than peers.
func (f *finder) volume(m *member) {
	if len(m.peers) < leastPeers || len(m.events) < 100 {
		return
	}
	var counts, logs []float64
	for _, p := range m.peers {
		counts, logs = append(counts, float64(len(p.events))), append(logs, math.Log(float64(len(p.events))))
	}
	z, mid := robust(math.Log(float64(len(m.events))), logs, 0.1), median(counts)
	if z >= 3.5 && float64(len(m.events)) >= 2.5*mid {
		f.raise("H1", m, 0, m.events, beside("events", float64(len(m.events)), mid), figure("robust_z", math.Round(z*10)/10))
	}
}

// The offices are open from 8:30 to 17:15; what is near that is an ordinary day.
const (
	opens  = 8 * time.Hour
	closes = 18 * time.Hour
)

// outside reports whether an event lies outside of hours or on a closed day.
func (f *finder) outside(e *event.Event) bool {
	at := local(e.At)
	clock := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	return clock < opens || clock >= closes || f.closed(e.Unit, e.At, at.Format("2006-01-02"))
}

// hours is H2: outside of hours, on closed days, on leave.
func (f *finder) hours(m *member) {
	var about []*event.Event
	var leave, uncased int
	for _, e := range m.events {
		away := len(f.Register.Leave[m.number]) > 0 && f.Register.Leave[m.number][day(e.At)]
		if !away && !f.outside(e) {
			continue
		}
		about = append(about, e)
		if away {
			leave++
		}
		if !e.Cased {
			uncased++
		}
	}
	if leave == 0 && uncased < 5 && len(about) < 20 {
		return
	}
	var peers []float64
	for _, p := range m.peers {
		n := 0
		for _, e := range p.events {
			if f.outside(e) {
				n++
			}
		}
		peers = append(peers, float64(n))
	}
	f.raise("H2", m, 0, about, beside("outside", float64(len(about)), median(peers)), figure("on_leave", float64(leave)), figure("uncased", float64(uncased)))
}

// again is H5: the same person on three days or more, each time without a number.
func (f *finder) again(m *member) {
	days := map[event.Pseudonym]map[string]bool{}
	for _, e := range m.events {
		if e.Cased || e.Person == 0 {
			continue
		}
		if days[e.Person] == nil {
			days[e.Person] = map[string]bool{}
		}
		days[e.Person][day(e.At)] = true
	}
	var worst event.Pseudonym
	persons := 0
	for p, d := range days {
		if len(d) >= 3 {
			persons++
		}
		if len(d) > len(days[worst]) || len(d) == len(days[worst]) && p < worst {
			worst = p
		}
	}
	if persons == 0 {
		return
	}
	about := m.where(func(e *event.Event) bool { return !e.Cased && len(days[e.Person]) >= 3 })
	f.raise("H5", m, worst, about, figure("days", float64(len(days[worst]))), figure("persons", float64(persons)))
}

// where are the events for which it is so.
func (m *member) where(is func(*event.Event) bool) (out []*event.Event) {
	for _, e := range m.events {
		if is(e) {
			out = append(out, e)
		}
	}
	return out
}

// famous is H6: one person looked up by many units without a number.
func (f *finder) famous() {
	type interest struct {
		units, staff map[string]bool
		events       []*event.Event
	}
	all := map[event.Pseudonym]*interest{}
	for _, m := range f.members {
		for _, e := range m.events {
			if e.Person == 0 || e.Cased {
				continue
			}
			i := all[e.Person]
			if i == nil {
				i = &interest{map[string]bool{}, map[string]bool{}, nil}
				all[e.Person] = i
			}
			i.units[e.Unit], i.staff[e.Staff] = true, true
			i.events = append(i.events, e)
		}
	}
	var units []float64
	for _, i := range all {
		units = append(units, float64(len(i.units)))
	}
	usual := median(units)
	for p, i := range all {
		if len(i.units) >= 6 && len(i.staff) >= 8 {
			slices.SortStableFunc(i.events, func(a, b *event.Event) int { return int(a.At - b.At) })
			f.raise("H6", nil, p, i.events, beside("units", float64(len(i.units)), usual), figure("staff", float64(len(i.staff))))
		}
	}
}

// own is H7: oneself, one's household, the same name in the same block, colleagues.
func (f *finder) own(m *member) {
	family, colleagues := 0, map[string]bool{}
	about := m.where(func(e *event.Event) bool {
		t := f.Register.Last(m.number)
		if t == nil || e.Person == 0 {
			return false
		}
		if e.Person == t.Person || t.Household != 0 && e.Household == t.Household || t.Kin != 0 && e.Kin == t.Kin {
			family++
			return true
		}
		if other := f.staff[e.Person]; other != "" && other != m.number && !e.Cased {
			if o := f.Register.Last(other); o != nil && o.Unit == m.unit {
				colleagues[other+day(e.At)] = true
				return true
			}
		}
		return false
	})
	if family > 0 || len(colleagues) >= 2 {
		f.raise("H7", m, 0, about, figure("family", float64(family)), figure("colleagues", float64(len(colleagues))))
	}
}

// protected is H8: people under 支援措置, without a number.
func (f *finder) protected(m *member) {
	seen := map[string]bool{}
	is := func(e *event.Event) bool { return e.Protected && !e.Cased }
	about := m.where(is)
	for _, e := range about {
		seen[e.Person.String()+day(e.At)] = true
	}
	if len(about) < 3 || len(seen) < 2 {
		return
	}
	var peers []float64
	for _, p := range m.peers {
		peers = append(peers, float64(len(p.where(is))))
	}
	f.raise("H8", m, 0, about, beside("protected", float64(len(about)), median(peers)), figure("persons", float64(len(seen))))
}

// sweep is H10: household after household of one block.
func (f *finder) sweep(m *member) {
	const within, households = 30 * time.Minute, 6
	placed := m.where(func(e *event.Event) bool { return e.Place != 0 && e.Household != 0 })
	for from := 0; from < len(placed); from++ {
		seen := map[event.Pseudonym]bool{}
		to := from
		for ; to < len(placed) && placed[to].Place == placed[from].Place && placed[to].At.Sub(placed[from].At) <= within; to++ {
			seen[placed[to].Household] = true
		}
		if len(seen) >= households {
			f.raise("H10", m, 0, placed[from:to], figure("households", float64(len(seen))), figure("minutes", math.Ceil(placed[to-1].At.Sub(placed[from].At).Minutes())))
			return
		}
	}
}

// shared is H11: one ID on two terminals at once, or all day long without a break.
func (f *finder) shared(m *member) {
	const turn, often = 3 * time.Minute, 3
	var about []*event.Event
	times := 0
	var before, last *event.Event // the last event at the terminal before this one, and at this one
	for _, e := range m.events {
		if last != nil && e.Terminal != last.Terminal {
			if before != nil && e.Terminal == before.Terminal && e.At.Sub(before.At) <= turn {
				times++
				about = append(about, e)
			}
			before = last
		}
		last = e
	}
	long := m.longDays()
	if times >= often || len(long) > 0 {
		if times < often {
			about = long
		}
		f.raise("H11", m, 0, about, figure("at_once", float64(times)), figure("long_days", float64(len(long))))
	}
}

// longDays are days from opening to closing without a break of 20 minutes, each by its last event.
func (m *member) longDays() (out []*event.Event) {
	for from := 0; from < len(m.events); {
		d, to := day(m.events[from].At), from+1
		gap := time.Duration(0)
		for ; to < len(m.events) && day(m.events[to].At) == d; to++ {
			gap = max(gap, m.events[to].At.Sub(m.events[to-1].At))
		}
		if to-from >= 60 && gap <= 20*time.Minute && m.events[to-1].At.Sub(m.events[from].At) >= 8*time.Hour {
			out = append(out, m.events[to-1])
		}
		from = to
	}
	return out
}

// elsewhere is H12: at a terminal of another section.
func (f *finder) elsewhere(m *member) {
	terminals := map[string]bool{}
	about := m.where(func(e *event.Event) bool {
		unit, known := f.Terminals[e.Terminal]
		t := f.Register.On(m.number, day(e.At))
		if !known || t == nil || unit == "" || unit == t.Unit {
			return false
		}
		terminals[e.Terminal] = true
		return true
	})
	if len(about) >= 6 {
		f.raise("H12", m, 0, about, figure("events", float64(len(about))), figure("terminals", float64(len(terminals))))
	}
}

// gone is H13: the ID of somebody who was transferred or left, who is not known, or who has not signed a consent.
func (f *finder) gone(m *member) {
	var left, unknown, moved, unsigned int
	about := m.where(func(e *event.Event) bool {
		d := day(e.At)
		t := f.Register.On(m.number, d)
		switch {
		case t == nil && f.Register.Last(m.number) == nil:
			unknown++
		case t == nil:
			left++
		case t.Temporary && (t.Consent == "" || d < t.Consent):
			unsigned++
		case e.Unit != "" && e.Unit != t.Unit && slices.ContainsFunc(f.Register.Tenures[m.number], func(o Tenure) bool { return o.Unit == e.Unit && o.To != "" && o.To < d }):
			moved++
		default:
			return false
		}
		return true
	})
	if len(about) > 0 {
		f.raise("H13", m, 0, about, figure("left", float64(left)), figure("unknown", float64(unknown)), figure("moved", float64(moved)), figure("unsigned", float64(unsigned)))
	}
}

// authority is H14: a business they may not use.
func (f *finder) authority(m *member) {
	businesses := map[string]bool{}
	about := m.where(func(e *event.Event) bool {
		t := f.Register.On(m.number, day(e.At))
		if t == nil || len(t.Businesses) == 0 || slices.Contains(t.Businesses, e.Business) {
			return false
		}
		businesses[e.Business] = true
		return true
	})
	if len(about) > 0 {
		f.raise("H14", m, 0, about, figure("events", float64(len(about))), figure("businesses", float64(len(businesses))))
	}
}
