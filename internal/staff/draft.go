package staff

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// What a line of a file does.
const (
	Adds      = "new"     // somebody
	Changes   = "changed" // what somebody is called
	Appoints  = "appointed"
	Requests  = "waiting" // an appointment, for a second person
	Ends      = "ended"   // an appointment
	Untouched = "same"
)

// Effect is something a line does.
type Effect struct {
	Line        int
	What        string
	Login, Name string
	identity.Appointment
}

// Draft is what a file would do, or did.
type Draft struct {
	Problems []Problem // while there are any, nothing is done
	Effects  []Effect
	Done     bool
}

const mostProblems = 500

// file is a file of people against everybody there is.
type file struct {
	org     *camera.Organisation
	now     vms.Instant
	today   vms.Instant // its beginning
	waits   func(identity.Post) bool
	people  map[string]*identity.Member // by login; as the file makes them
	said    map[string]line             // where a person is first spoken of
	numbers map[string]string           // login by staff number
	open    []wish
	changes identity.Changes
	draft   Draft
}

// wish is an appointment that is not there yet.
type wish struct {
	line
	identity.Appointment
}

// read works out what a file changes. Ends come first, whatever the order of lines: somebody who moves
// ends one post and begins another.
func (f *file) read(all []line) {
	for _, l := range all {
		p, ok := l.person()
		if !ok || !f.speaksOf(l, p) {
			continue
		}
		if a, ok := l.appointment(f.org, p.Login, f.now); ok {
			f.post(l, a)
		} else if l.cell(colPost) == "" && !f.told(l) {
			f.effect(l, Untouched, identity.Appointment{Login: p.Login})
		}
	}
	for _, w := range f.open {
		f.appoint(w)
	}
	slices.SortStableFunc(f.draft.Effects, func(a, b Effect) int { return a.Line - b.Line })
	slices.SortStableFunc(f.draft.Problems, func(a, b Problem) int { return a.Line - b.Line })
	f.draft.Problems = f.draft.Problems[:min(len(f.draft.Problems), mostProblems)]
}

// told reports whether the line, the last one read, did something.
func (f *file) told(l line) bool {
	n := len(f.draft.Effects)
	return n > 0 && f.draft.Effects[n-1].Line == l.n
}

func (f *file) effect(l line, what string, a identity.Appointment) {
	f.draft.Effects = append(f.draft.Effects, Effect{l.n, what, a.Login, f.people[a.Login].Name, a})
}

// speaksOf takes in who a line is about: somebody new, or somebody who may be called otherwise now.
func (f *file) speaksOf(l line, p identity.Person) bool {
	if owner, taken := f.numbers[p.Number]; taken && p.Number != "" && owner != p.Login {
		l.bad(colNumber, "職員番号 %s は %s のものです。番号か職員IDを直してください。 This staff number is that of %q.", p.Number, owner, owner)
		return false
	}
	if first, again := f.said[p.Login]; again {
		if had := f.people[p.Login]; had.Name != p.Name || p.Number != "" && had.Number != p.Number {
			l.bad(colName, "%d行目では「%s %s」です。どちらかにそろえてください。 Line %[1]d says otherwise; make them alike.", first.n, had.Number, had.Name)
			return false
		}
		return true
	}
	f.said[p.Login] = l
	m := f.people[p.Login]
	switch {
	case m == nil:
		m = &identity.Member{Person: p}
		f.people[p.Login] = m
		f.changes.People = append(f.changes.People, p)
		f.effect(l, Adds, identity.Appointment{Login: p.Login})
	case m.Name != p.Name || p.Kana != "" && m.Kana != p.Kana || p.Number != "" && m.Number != p.Number:
		edited := m.Person
		edited.Name = p.Name
		if p.Kana != "" {
			edited.Kana = p.Kana
		}
		if p.Number != "" {
			edited.Number = p.Number
		}
		m.Person = edited
		f.changes.Edited = append(f.changes.Edited, edited)
		f.effect(l, Changes, identity.Appointment{Login: p.Login})
	}
	if p.Number != "" {
		f.numbers[p.Number] = p.Login
	}
	return true
}

// post compares a post with those the person has: it is there, it ends, or it is to come.
func (f *file) post(l line, a identity.Appointment) {
	m := f.people[a.Login]
	for i := range m.Appointments {
		b := &m.Appointments[i]
		if b.Post != a.Post || b.Unit != a.Unit || b.Kind != a.Kind || b.To <= f.now || a.From != 0 && a.From >= b.To {
			continue
		}
		switch {
		case a.From != 0 && a.From != b.From && a.From != dayStart(b.From):
			l.bad(colFrom, "同じ職が %s から始まっています。その日付にするか、空にしてください。 The same post began on that day; write it, or leave this empty.", dayText(b.From))
		case a.To == 0 || a.To == b.To:
			f.effect(l, Untouched, *b)
		case a.To > b.To:
			l.bad(colTo, "いまの終了日（%s）より後です。延ばすときは、その日を開始日にした行を加えてください。 Later than its end: add a line that begins then.", dayText(b.To))
		case a.To < f.today:
			l.bad(colTo, "終了日が過ぎています。すぐ終えるときは、今日の日付を書いてください。 This day is over; write today's to end it now.")
		default:
			end := max(a.To, f.now, b.From)
			f.changes.End = append(f.changes.End, identity.Ending{ID: b.ID, At: end})
			b.To = end
			f.effect(l, Ends, *b)
		}
		return
	}
	for _, b := range m.Requested {
		if b.State == "waiting" && b.Post == a.Post && b.Unit == a.Unit && b.Kind == a.Kind && (a.From == 0 || a.From == b.From) && (a.To == 0 || a.To == b.To) {
			f.effect(l, Untouched, b)
			return
		}
	}
	f.open = append(f.open, wish{l, a})
}

func (f *file) appoint(w wish) {
	a, m := w.Appointment, f.people[w.Login]
	if a.From == 0 {
		a.From = f.now
	}
	if a.To == 0 {
		a.To = camera.Forever
	}
	if a.To <= a.From {
		w.bad(colTo, "終了日が過ぎています。行を消すか、日付を直してください。 This post is over; drop the line, or correct the day.")
		return
	}
	if err := alone(m, a); err != nil {
		w.bad(colKind, "%s", err.Error())
		return
	}
	what := Appoints
	a.State = "accepted"
	if f.waits(a.Post) {
		what, a.State = Requests, "waiting"
		m.Requested = append(m.Requested, a)
	} else {
		m.Appointments = append(m.Appointments, a)
	}
	f.changes.Appoint = append(f.changes.Appoint, a)
	f.effect(w.line, what, a)
}
