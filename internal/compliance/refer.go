package compliance

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Somebody is a person as records may name them: who signs in, who is in the register of staff, or whose
// appointment is in the inductions.
type Somebody struct {
	ID   string // login, or staff number
	Name string
	Kana string
	Unit string // name, or id
	Last string // last day in the office, as 2017-06-01; "": open
}

// exists is whether a person, unit or camera was there on a day.
func (r *Room) exists(ctx context.Context, n record.Named, day string) (record.Presence, error) {
	switch n.Type {
	case record.Unit:
		u := r.c.Cameras().Organisation.Find(n.ID)
		return presence(u != nil, u != nil && u.To != camera.Forever && record.DayOf(u.To-1) < day), nil
	case record.Camera:
		return presence(r.c.Cameras().Find(vms.CameraID(n.ID)) != nil, false), nil
	}
	p, err := r.somebody(ctx, n.ID)
	return presence(p != nil, p != nil && p.Last != "" && p.Last < day), err
}

func presence(known, gone bool) record.Presence {
	switch {
	case !known:
		return record.Unknown
	case gone:
		return record.Gone
	}
	return record.There
}

// somebody is the person of a login or a staff number; nil: nobody.
func (r *Room) somebody(ctx context.Context, id string) (*Somebody, error) {
	p, err := r.c.Identity.Person(ctx, id)
	if errors.Is(err, vms.NotFound) {
		return r.numbered(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	return r.signsIn(p), nil
}

// numbered is the person of a staff number. Of several tenures the last one counts.
func (r *Room) numbered(ctx context.Context, number string) (*Somebody, error) {
	people, err := r.c.Identity.People(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(people, func(p *identity.Person) bool { return p.Number == number }); i >= 0 {
		s := r.signsIn(people[i])
		s.ID = number
		return s, nil
	}
	var all []Somebody
	if r.c.Staff != nil {
		if all, err = r.c.Staff(ctx, number); err != nil {
			return nil, err
		}
	}
	appointed, err := r.appointed(ctx, number)
	if err != nil {
		return nil, err
	}
	var last *Somebody
	for _, s := range append(all, appointed...) {
		if s.ID == number && (last == nil || s.Last == "" || last.Last != "" && last.Last < s.Last) {
			last = &s
		}
	}
	return last, nil
}

// signsIn is somebody with a login. They left when the last of their posts ended; without posts, when they were shut out.
func (r *Room) signsIn(p *identity.Person) *Somebody {
	s := &Somebody{ID: p.Login, Name: p.Name, Kana: p.Kana}
	var last vms.Instant
	for _, a := range p.Appointments {
		if last = max(last, a.To); a.InForce(r.c.Now()) && s.Unit == "" {
			s.Unit = r.nameOfUnit(a.Unit)
		}
	}
	switch {
	case p.Disabled && (last == 0 || last > r.c.Now()):
		s.Last = record.DayOf(r.c.Now().Add(-24 * time.Hour))
	case last != 0 && last != camera.Forever:
		s.Last = record.DayOf(last - 1)
	}
	return s
}

func (r *Room) nameOfUnit(id string) string {
	if u := r.c.Cameras().Organisation.Find(id); u != nil {
		return u.Name
	}
	return id
}

// house reads whatever there is, for what the room itself looks up.
var house = record.Actor{Has: func(record.Role, string) bool { return true }}

// appointed are temporary staff by words of their number or name, as the inductions have them.
func (r *Room) appointed(ctx context.Context, words string) (out []Somebody, err error) {
	p, err := r.List(ctx, house, Induction.ID, record.Query{Text: words, Limit: 200})
	if err != nil {
		return nil, err
	}
	for _, x := range p.Records {
		out = append(out, Somebody{x.Values.Text("staff"), x.Values.Text("name"), x.Values.Text("kana"), x.Name, x.Values.Text("until")})
	}
	return out, nil
}

// offered is how many are offered to choose from.
const offered = 20

// Somebodies are people whose name, reading, login or number has all of the words, for somebody who writes records.
func (r *Room) Somebodies(ctx context.Context, words string) ([]Somebody, error) {
	people, err := r.c.Identity.People(ctx)
	if err != nil {
		return nil, err
	}
	var all []Somebody
	for _, p := range people {
		all = append(all, *r.signsIn(p))
		all[len(all)-1].Kana += " " + p.Number // sought by it too
	}
	if r.c.Staff != nil {
		register, err := r.c.Staff(ctx, "")
		if err != nil {
			return nil, err
		}
		all = append(all, register...)
	}
	appointed, err := r.appointed(ctx, words)
	if err != nil {
		return nil, err
	}
	today, seen := record.DayOf(r.c.Now()), map[string]bool{}
	return first(slices.DeleteFunc(append(all, appointed...), func(s Somebody) bool {
		drop := seen[s.ID] || s.Last != "" && s.Last < today || !has(words, s.ID, s.Name, s.Kana, s.Unit)
		seen[s.ID] = seen[s.ID] || !drop
		return drop
	})), nil
}

// UnitsNamed are the units there are now whose name or code has all of the words.
func (r *Room) UnitsNamed(words string) (out []*camera.Unit) {
	for _, u := range r.c.Cameras().Organisation.Units {
		if u.In(r.c.Now()) && has(words, u.ID, u.Name) {
			out = append(out, u)
		}
	}
	return first(out)
}

func first[T any](all []T) []T { return all[:min(len(all), offered)] }

// has reports whether all words occur, whatever their width and case.
func has(words string, in ...string) bool {
	whole := vms.Fold(strings.Join(in, " "))
	return !slices.ContainsFunc(vms.Terms(words), func(w string) bool { return !strings.Contains(whole, w) })
}
