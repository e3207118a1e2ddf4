package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/rights"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Reorganisation is 組織改正: the organisation from a day on, and who is appointed to it.
type Reorganisation struct {
	Day          string // YYYY-MM-DD, to come
	Name         string // of the file with the organisation: YAML, or a table of units (see UnitsFile)
	Organisation []byte
	Appointments []byte // a file of people as Import takes it; empty: nobody is appointed anew
}

// Outlook is what a reorganisation does: everybody's rights on its day beside those of today.
type Outlook struct {
	Problems []Problem // while there are any, nothing can be proposed
	Source   string    // of the problems: OfUnits or OfPosts
	Day      vms.Instant
	Effects  []Effect // of the file of people
	Changes  []rights.Change
	Cameras  []Moved    // whose units change, or that nobody's head sees
	Vacant   []Unit     // of that day, with cameras or people, and without a head
	Stranded []Stranded // posts of units that are no more on that day

	Version camera.Version // when it was proposed
	Done    bool
}

// Moved is a camera whose units are others on the day, or whose pictures no head of a unit sees then.
type Moved struct {
	*camera.Camera
	Before, After []string // names of units
	Orphan        bool     // it belongs to no unit that stands
	Unseen        bool     // no head sees it
}

// Stranded is a post that is in force on the day, of a unit that is not.
type Stranded struct {
	identity.Appointment
	Name  string
	Unit  string   // its name
	Heirs []string // names of the units that take over
}

// plan is a reorganisation that was read.
type plan struct {
	Outlook
	files   []conf.File
	set     *camera.Set
	grid    *sheet.Grid
	members []*identity.Member // as they will be
}

// Preview says what a reorganisation would do. It changes nothing.
func (r *Room) Preview(ctx context.Context, c identity.Caller, in Reorganisation) (Outlook, error) {
	if err := r.mayChange(c); err != nil {
		return Outlook{}, err
	}
	p, err := r.plan(ctx, in)
	if err != nil {
		return Outlook{}, err
	}
	return p.Outlook, nil
}

func (r *Room) plan(ctx context.Context, in Reorganisation) (*plan, error) {
	p := &plan{}
	var err error
	if p.Day, err = dayOf(in.Day); err != nil {
		return nil, err
	}
	if p.Day < dayStart(r.Now()) {
		return nil, vms.Errorf(vms.Invalid, "bad-day", "今日より後の日を選んでください。 Choose a day to come.")
	}
	v, err := r.Files.Current(ctx)
	if err != nil {
		return nil, err
	}
	p.Source = OfUnits
	if p.files, p.set = organisation(v.Files, in.Name, in.Organisation, &p.Problems); len(p.Problems) > 0 {
		return p, nil
	}
	if len(in.Appointments) > 0 {
		if p.grid, err = sheet.Read(in.Appointments); err != nil {
			p.Source, p.Problems = OfPosts, []Problem{{Text: err.Error()}}
			return p, nil
		}
	}
	before, err := r.Identity.Members(ctx)
	if err != nil {
		return nil, err
	}
	draft, _ := r.planned(p, before)
	p.Effects, p.Problems = draft.Effects, draft.Problems
	if p.Source = OfPosts; len(p.Problems) > 0 {
		return p, nil
	}
	now, err := r.Identity.Members(ctx) // before is as the file of people makes it
	if err != nil {
		return nil, err
	}
	r.compare(p, now)
	return p, nil
}

// planned is what the file of people does, seen from the new organisation; all is its to change.
func (r *Room) planned(p *plan, all []*identity.Member) (Draft, identity.Changes) {
	if p.grid == nil {
		p.members = all
		return Draft{}, identity.Changes{}
	}
	return r.draftIn(p.set.Organisation, p.grid, all, &p.members)
}

// compare works out who sees what on the day, beside today.
func (r *Room) compare(p *plan, today []*identity.Member) {
	now, set := r.Now(), r.Cameras()
	known := map[string]*identity.Person{}
	for _, m := range today {
		known[m.Login] = &m.Person
	}
	var before, after []*identity.Person
	for _, m := range p.members {
		then := m.Person
		then.Appointments = slices.Clone(m.Appointments)
		for _, a := range m.Requested {
			if a.State == "waiting" {
				a.State = "accepted" // as if it were approved: that is what is asked about
				then.Appointments = append(then.Appointments, a)
			}
		}
		is := known[m.Login]
		if is == nil {
			is = &identity.Person{Login: m.Login, Name: m.Name}
		}
		before, after = append(before, is), append(after, &then)
	}
	policy := r.Access.Policy()
	was, will := access.NewSurvey(policy, set, now), access.NewSurvey(policy, p.set, p.Day)
	for _, c := range rights.Compare(was, will, before, after, set.Cameras, p.set.Cameras) {
		if c.Action == access.Live || c.Action == access.Past {
			p.Changes = append(p.Changes, c)
		}
	}
	p.Cameras = moved(set, p.set, now, p.Day, will, after)
	p.Vacant = vacant(p.set, after, p.Day)
	p.Stranded = stranded(p.set.Organisation, after, p.Day)
}

// moved lists cameras whose units change, or that no head sees on the day.
func moved(old, set *camera.Set, now, day vms.Instant, will *access.Survey, people []*identity.Person) (out []Moved) {
	live := slices.Index(access.CameraActions, access.Live)
	for _, cam := range set.Cameras {
		place, placed := cam.PlacementAt(day)
		if !placed {
			continue
		}
		m := Moved{Camera: cam, After: namesOf(set.Organisation, place.Sections, day)}
		if was := old.Find(cam.ID); was != nil {
			if place, ok := was.PlacementAt(now); ok {
				m.Before = namesOf(old.Organisation, place.Sections, now)
			}
		}
		m.Orphan = len(m.After) == 0
		m.Unseen = !slices.ContainsFunc(people, func(p *identity.Person) bool {
			return p.Holds(day, identity.DepartmentHead, identity.GeneralManager) && will.Of(p, cam)[live].Answer == access.Yes
		})
		if m.Orphan || m.Unseen || !slices.Equal(m.Before, m.After) {
			out = append(out, m)
		}
	}
	return out
}

// vacant are the units of the day that have cameras and no head.
func vacant(set *camera.Set, people []*identity.Person, day vms.Instant) []Unit {
	var all []*identity.Member
	for _, p := range people {
		all = append(all, &identity.Member{Person: *p})
	}
	return slices.DeleteFunc(unitsAt(set, all, day), func(u Unit) bool { return !u.Vacant || u.Cameras == 0 })
}

// stranded are posts of units that do not stand on the day.
func stranded(org *camera.Organisation, people []*identity.Person, day vms.Instant) (out []Stranded) {
	for _, p := range people {
		for _, a := range p.Appointments {
			u := org.Find(a.Unit)
			if a.Unit == "" || !a.InForce(day) || u != nil && u.In(day) {
				continue
			}
			s := Stranded{Appointment: a, Name: p.Name, Unit: a.Unit, Heirs: namesOf(org, []string{a.Unit}, day)}
			if u != nil {
				s.Unit = u.Name
			}
			out = append(out, s)
		}
	}
	return out
}

// Reorganise proposes it: the organisation as a version that a second person accepts where it widens, and
// the appointments as requests. Where anything is wrong, neither.
func (r *Room) Reorganise(ctx context.Context, c identity.Caller, in Reorganisation) (Outlook, error) {
	p := &plan{}
	err := r.mayChange(c)
	if err == nil {
		p, err = r.plan(ctx, in)
	}
	if err != nil {
		return Outlook{}, r.did(ctx, c, Reorganised, in.Day+" "+in.Name, err)
	}
	if len(p.Problems) > 0 {
		return p.Outlook, nil
	}
	if err := r.propose(ctx, c, in.Name, p); err != nil {
		if errors.Is(err, errProblems) {
			return p.Outlook, nil
		}
		return Outlook{}, r.did(ctx, c, Reorganised, in.Day+" "+in.Name, err)
	}
	p.Done = true
	detail := fmt.Sprintf("%s, %s: version %d of cameras, %s, SHA-256 %s; %d lines of people", in.Day, in.Name, p.Version.Number, p.Version.State, p.Version.Hash, len(p.Effects))
	if len(p.Version.Why) > 0 {
		detail += "; wider: " + strings.Join(p.Version.Why, "; ")
	}
	return p.Outlook, r.did(ctx, c, Reorganised, detail, nil)
}

// propose asks for the appointments first: they may still be refused by what happened meanwhile. They are noted
// before the version is proposed: where that fails they stand, and to propose the same again asks for none twice.
func (r *Room) propose(ctx context.Context, c identity.Caller, name string, p *plan) error {
	if p.grid != nil {
		if err := r.Identity.AnnounceUnits(ctx, p.set.Organisation); err != nil {
			return err
		}
		_, err := r.Identity.Change(ctx, c.Person.Login, func(all []*identity.Member) (identity.Changes, error) {
			draft, changes := r.planned(p, all)
			if p.Effects, p.Problems = draft.Effects, draft.Problems; len(p.Problems) > 0 {
				return changes, errProblems
			}
			return changes, nil
		})
		if err != nil {
			return err
		}
		if err := r.noteEffects(ctx, c, name, p.Effects); err != nil {
			return err
		}
	}
	var err error
	p.Version, err = r.Files.Propose(ctx, p.files, c.Person.Login)
	return err
}
