package staff

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Query selects people; empty fields select all.
type Query struct {
	Text  string        // in login, number, name or kana
	Unit  string        // an appointment there or below, on the day
	Post  identity.Post // in force on the day
	Day   string        // YYYY-MM-DD; today when empty
	State string        // active, disabled, new, waiting or none (without a post on the day)
}

// List is an answer to a Query: those that fit best first, at most so many.
type List struct {
	At     vms.Instant
	People []*identity.Member
	Total  int
}

const mostListed = 200

// List returns people: by 建制順 of where they are on the day, then by post, then by login.
func (r *Room) List(ctx context.Context, c identity.Caller, q Query) (List, error) {
	if err := r.mayRead(c); err != nil {
		return List{}, err
	}
	at, err := r.at(q.Day)
	if err != nil {
		return List{}, err
	}
	all, err := r.Identity.Members(ctx)
	if err != nil {
		return List{}, err
	}
	found := slices.DeleteFunc(all, func(m *identity.Member) bool { return !r.fits(m, q, at) })
	slices.SortStableFunc(found, func(a, b *identity.Member) int {
		return cmp.Or(slices.Compare(r.rank(a, at), r.rank(b, at)), strings.Compare(a.Login, b.Login))
	})
	return List{at, found[:min(len(found), mostListed)], len(found)}, nil
}

// Member returns one person; vms.NotFound where there is none.
func (r *Room) Member(ctx context.Context, login string) (*identity.Member, error) {
	all, err := r.Identity.Members(ctx)
	if err != nil {
		return nil, err
	}
	return member(all, login)
}

func member(all []*identity.Member, login string) (*identity.Member, error) {
	i := slices.IndexFunc(all, func(m *identity.Member) bool { return m.Login == login })
	if i < 0 {
		return nil, vms.Errorf(vms.NotFound, "no-person", "職員ID「%s」の人はいません。 No person has the login %q.", login, login)
	}
	return all[i], nil
}

// plain is a text as it is compared: whatever the width of its letters, without spaces.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), "")
}

func (r *Room) fits(m *identity.Member, q Query, at vms.Instant) bool {
	now := slices.DeleteFunc(slices.Clone(m.Appointments), func(a identity.Appointment) bool { return !a.InForce(at) })
	if q.Text != "" && !strings.Contains(plain(m.Login+"\n"+m.Number)+"\n"+plain(m.Name)+"\n"+plain(m.Kana), plain(q.Text)) {
		return false
	}
	org := r.Cameras().Organisation
	if (q.Unit != "" || q.Post != "") && !slices.ContainsFunc(now, func(a identity.Appointment) bool {
		return (q.Post == "" || a.Post == q.Post) && (q.Unit == "" || a.Unit == q.Unit || slices.Contains(org.Line(a.Unit), q.Unit))
	}) {
		return false
	}
	switch q.State {
	case "active":
		return !m.Disabled && len(now) > 0
	case "disabled":
		return m.Disabled
	case "new":
		return m.New && !m.Disabled
	case "waiting":
		return slices.ContainsFunc(m.Requested, func(a identity.Appointment) bool { return a.State == "waiting" })
	case "none":
		return len(now) == 0
	}
	return true
}

// rank is where a person stands in a list: place in 建制順, then post.
func (r *Room) rank(m *identity.Member, at vms.Instant) []int {
	best := []int{1 << 30, 0}
	for _, a := range m.Appointments {
		if !a.InForce(at) {
			continue
		}
		place := 1 << 29
		if u := r.Cameras().Organisation.Find(a.Unit); u != nil {
			place = u.Order
		}
		if own := []int{place, slices.Index(identity.Posts, a.Post)}; slices.Compare(own, best) < 0 {
			best = own
		}
	}
	return best
}

// tidy is a person as typed, without stray spaces.
func tidy(p identity.Person) identity.Person {
	p.Login, p.Name, p.Kana = strings.ToLower(strings.TrimSpace(p.Login)), strings.TrimSpace(p.Name), strings.TrimSpace(p.Kana)
	p.Number = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(p.Number)))
	return p
}

// Add adds a person, who has no post yet and comes in by a code.
func (r *Room) Add(ctx context.Context, c identity.Caller, p identity.Person) (*identity.Member, error) {
	p = tidy(p)
	err := r.mayChange(c)
	if err == nil {
		_, err = r.Identity.Change(ctx, c.Person.Login, func(all []*identity.Member) (identity.Changes, error) {
			return identity.Changes{People: []identity.Person{p}}, free(all, p)
		})
	}
	if err := r.did(ctx, c, audit.AddPerson, p.Login, err); err != nil {
		return nil, err
	}
	return r.Member(ctx, p.Login)
}

// free says whether somebody else has the person's number.
func free(all []*identity.Member, p identity.Person) error {
	i := slices.IndexFunc(all, func(m *identity.Member) bool { return p.Number != "" && m.Number == p.Number && m.Login != p.Login })
	if i < 0 {
		return nil
	}
	return vms.Errorf(vms.Conflict, "number-taken", "職員番号 %s は %s が使っています。 The staff number %s is that of %q.", p.Number, all[i].Name, p.Number, all[i].Login)
}

// Edit changes what a person is called, and whether they may sign in. Who is kept out is out at once.
func (r *Room) Edit(ctx context.Context, c identity.Caller, p identity.Person) (*identity.Member, error) {
	p = tidy(p)
	action := EditPerson
	err := r.mayChange(c)
	if err == nil {
		_, err = r.Identity.Change(ctx, c.Person.Login, func(all []*identity.Member) (identity.Changes, error) {
			old, err := member(all, p.Login)
			changes := identity.Changes{Edited: []identity.Person{p}}
			switch {
			case err != nil:
				return changes, err
			case p.Disabled && !old.Disabled && p.Login == c.Person.Login:
				return changes, vms.Errorf(vms.Denied, "own", "自分自身は停止できません。ほかの管理者に依頼してください。 Nobody keeps themselves out; ask another administrator.")
			case p.Disabled && !old.Disabled:
				action, changes.Disable = DisablePerson, []string{p.Login}
			case !p.Disabled && old.Disabled:
				action, changes.Enable = EnablePerson, []string{p.Login}
			}
			return changes, free(all, p)
		})
	}
	if err := r.did(ctx, c, action, strings.TrimSpace(p.Login+" "+p.Number), err); err != nil {
		return nil, err
	}
	return r.Member(ctx, p.Login)
}
