package camera

import (
	"slices"

	"yagura/internal/vms"
)

// Unit is a part of the ward: a 部, a 分野 (later 課), a 係 or an office.
type Unit struct {
	ID         string
	Name       string
	Kind       string // department, section, team or office
	Parent     string // id; "" for a 部
	Order      int    // 建制順, counted over the whole organisation
	From, To   vms.Instant
	Successors []string // who took over its work when it ended
}

// In reports whether the unit exists at that instant.
func (u *Unit) In(at vms.Instant) bool { return u.From <= at && at < u.To }

// Site is a building or facility.
type Site struct {
	ID, Name string
}

// Organisation is the ward's units in 建制順, and its sites.
type Organisation struct {
	Name  string
	Units []*Unit
	Sites []Site

	byID map[string]*Unit
}

// Find returns the unit of that id, or nil.
func (o *Organisation) Find(id string) *Unit { return o.byID[id] }

// Heirs returns the units that do the work of this unit at that instant: itself while it exists,
// afterwards those of its successors, through any number of reorganisations. A unit that ended
// without successors has none.
func (o *Organisation) Heirs(id string, at vms.Instant) []*Unit {
	var heirs []*Unit
	o.heirs(id, at, map[string]bool{}, &heirs)
	slices.SortFunc(heirs, func(a, b *Unit) int { return a.Order - b.Order })
	return heirs
}

func (o *Organisation) heirs(id string, at vms.Instant, seen map[string]bool, heirs *[]*Unit) {
	u := o.byID[id]
	if u == nil || seen[id] {
		return
	}
	seen[id] = true
	if u.In(at) {
		*heirs = append(*heirs, u)
		return
	}
	if at >= u.To {
		for _, s := range u.Successors {
			o.heirs(s, at, seen, heirs)
		}
	}
}

// Line returns the ids of the unit and of everything above it, from itself upwards.
func (o *Organisation) Line(id string) []string {
	var line []string
	for u := o.byID[id]; u != nil && len(line) <= len(o.Units); u = o.byID[u.Parent] {
		line = append(line, u.ID)
	}
	return line
}

// Department returns the 部 the unit lies in; for a 部 itself.
func (o *Organisation) Department(id string) *Unit {
	line := o.Line(id)
	if len(line) == 0 {
		return nil
	}
	return o.byID[line[len(line)-1]]
}

// Turns are the instants at which some unit begins or ends, in order: between two of them Heirs
// gives the same answers.
func (o *Organisation) Turns() []vms.Instant {
	var turns []vms.Instant
	for _, u := range o.Units {
		turns = append(turns, u.From, u.To)
	}
	slices.Sort(turns)
	return slices.DeleteFunc(slices.Compact(turns), func(at vms.Instant) bool { return at <= 0 || at == Forever })
}
