package staff

import (
	"context"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Unit is a part of the ward on a day, and who heads it.
type Unit struct {
	*camera.Unit
	Depth   int
	Post    identity.Post // of its head; "" where it has none
	Heads   []Head
	Vacant  bool // nobody holds the head's post
	Cameras int  // that belong to it, or to a unit below it
}

// Head is somebody who holds a post of head.
type Head struct {
	Login, Name string
	Kind        identity.Kind
}

// headOf is the post that heads a unit of that kind.
func headOf(u *camera.Unit) identity.Post {
	switch u.Kind {
	case "department":
		return identity.DepartmentHead
	case "section", "office":
		return identity.GeneralManager
	}
	return ""
}

// Units returns the units of a day in 建制順.
func (r *Room) Units(ctx context.Context, c identity.Caller, day string) ([]Unit, error) {
	if err := r.mayRead(c); err != nil {
		return nil, err
	}
	at, err := r.at(day)
	if err != nil {
		return nil, err
	}
	all, err := r.Identity.Members(ctx)
	if err != nil {
		return nil, err
	}
	return unitsAt(r.Cameras(), all, at), nil
}

// unitsAt is the organisation of a set at an instant, headed by whom.
func unitsAt(set *camera.Set, all []*identity.Member, at vms.Instant) []Unit {
	owned := map[string]int{}
	for _, cam := range set.Cameras {
		for id := range ownersOf(set, cam, at) {
			owned[id]++
		}
	}
	var units []Unit
	for _, u := range set.Organisation.Units {
		if !u.In(at) {
			continue
		}
		row := Unit{Unit: u, Depth: len(set.Organisation.Line(u.ID)) - 1, Post: headOf(u), Cameras: owned[u.ID]}
		for _, m := range all {
			for _, a := range m.Appointments {
				if a.Post == row.Post && a.Unit == u.ID && a.InForce(at) && !m.Disabled {
					row.Heads = append(row.Heads, Head{m.Login, m.Name, a.Kind})
				}
			}
		}
		row.Vacant = row.Post != "" && len(row.Heads) == 0
		units = append(units, row)
	}
	return units
}

// ownersOf are the units a camera belongs to at an instant, with those above them; empty before its first placement.
func ownersOf(set *camera.Set, cam *camera.Camera, at vms.Instant) map[string]bool {
	owners := map[string]bool{}
	place, ok := cam.PlacementAt(at)
	if !ok {
		return owners
	}
	for _, id := range place.Sections {
		for _, heir := range set.Organisation.Heirs(id, at) {
			for _, above := range set.Organisation.Line(heir.ID) {
				owners[above] = true
			}
		}
	}
	return owners
}
