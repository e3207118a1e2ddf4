package hint

import (
	"fmt"

	"yagura/internal/oplog/event"
)

const leastPersons = 30 // whom somebody looked up, before it is said whom they look up

// who says of how many different people somebody looked up it is so.
func (m *member) who(is func(*event.Event) bool) (n int) {
	for _, e := range m.persons {
		if is(e) {
			n++
		}
	}
	return n
}

// shares are the share of each peer, and that of all of them together; ok where there are enough of both.
func (m *member) shares(is, counts func(*event.Event) bool) (all []float64, pooled float64, ok bool) {
	var k, n int
	for _, p := range m.peers {
		of := p.who(counts)
		if of < 10 {
			continue
		}
		part := p.who(is)
		all, k, n = append(all, float64(part)/float64(of)), k+part, n+of
	}
	return all, float64(k) / float64(max(n, 1)), len(all) >= leastPeers
}

// skew is H3: one sex and age far more often than peers.
func (f *finder) skew(m *member) {
	known := func(e *event.Event) bool { return e.Sex != "" && e.Age >= 0 }
	n := m.who(known)
	if n < leastPersons {
		return
	}
	var best Figure
	var about func(*event.Event) bool
	lead := 0.0
	for _, sex := range []string{event.Female, event.Male} {
		for band := range event.Bands {
			for _, last := range []int{band, band + 1} {
				is := func(e *event.Event) bool {
					b := event.Band(e.Age)
					return e.Sex == sex && b >= band && b <= last
				}
				k := m.who(is)
				if k*5 < n {
					continue
				}
				others, pooled, ok := m.shares(is, known)
				low, _ := wilson(k, n, 4)
				if ahead := low - (1.8*pooled + 0.03); ok && ahead > lead {
					lead, about = ahead, is
					best = share("share", fmt.Sprintf("%s %d–%d", sex, band*5, last*5+4), k, n, median(others))
				}
			}
		}
	}
	if about != nil {
		f.raise("H3", m, 0, m.where(about), best, figure("persons", float64(n)))
	}
}

// alone is H4: people who live alone far more often than peers.
func (f *finder) alone(m *member) {
	known := func(e *event.Event) bool { return e.Members > 0 }
	single := func(e *event.Event) bool { return e.Members == 1 }
	n, k := m.who(known), m.who(single)
	if n < leastPersons {
		return
	}
	others, pooled, ok := m.shares(single, known)
	low, _ := wilson(k, n, 4)
	if ok && low > pooled+0.15 {
		f.raise("H4", m, 0, m.where(single), share("share", "", k, n, median(others)), figure("persons", float64(n)))
	}
}

// viewed is how many people somebody looked up in a day, and of how many they only looked: nothing was printed or
// changed, and no number given.
func (m *member) viewed() (only, all int) {
	type visit struct {
		person event.Pseudonym
		day    string
	}
	done := map[visit]bool{}
	for _, e := range m.events {
		if e.Person == 0 {
			continue
		}
		v := visit{e.Person, day(e.At)}
		done[v] = done[v] || e.Cased || e.Action == event.Print || e.Action == event.Update
	}
	for _, d := range done {
		if !d {
			only++
		}
	}
	return only, len(done)
}

// viewOnly is H9: looked at far more often than peers without anything coming of it.
func (f *finder) viewOnly(m *member) {
	only, all := m.viewed()
	if all < leastPersons || len(m.peers) < leastPeers {
		return
	}
	var others []float64
	for _, p := range m.peers {
		if o, a := p.viewed(); a >= 10 {
			others = append(others, float64(o)/float64(a))
		}
	}
	s := float64(only) / float64(all)
	if len(others) >= leastPeers && s-median(others) >= 0.3 && robust(s, others, 0.03) >= 5 {
		about := m.where(func(e *event.Event) bool { return !e.Cased && (e.Action == event.View || e.Action == event.Search) })
		f.raise("H9", m, 0, about, share("share", "", only, all, median(others)), figure("persons", float64(all)))
	}
}
