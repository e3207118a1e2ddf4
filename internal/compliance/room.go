package compliance

import (
	"context"
	"slices"
	"strings"

	"yagura/internal/access"
	"yagura/internal/attachment"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Access   *access.Engine
	Audit    *audit.Log
	Identity *identity.Registry
	Cameras  func() *camera.Set
	Now      func() vms.Instant
	Shelf    *attachment.Shelf // of files attached to records; nil: none are taken

	// Staff is the register of staff: those of a number, of "" all. nil: there is none.
	Staff func(ctx context.Context, number string) ([]Somebody, error)

	// Present is what is set now of what an article may govern, from whoever knows; nil: nobody does.
	Present func(ctx context.Context, setting string) ([]Present, error)
}

// Room is the records of the ward, for people.
type Room struct {
	*record.Store
	Days *Calendar // when units work
	c    Config
}

// New returns the room.
func New(c Config) (*Room, error) {
	r := &Room{Days: &Calendar{cameras: c.Cameras}, c: c}
	var err error
	r.Store, err = record.New(record.Config{DB: c.DB, Log: c.Audit, Now: c.Now, Declared: Kinds(), Calendar: r.Days, Unit: r.unitName, Units: r.units, Person: r.nameOf, Exists: r.exists, Wrote: r.wrote, Shelf: c.Shelf})
	if err != nil {
		return nil, err
	}
	return r, r.loadCalendars(context.Background()) // Run keeps them up to date
}

// nameOf is the name of a person; "" where a login or number is nobody's.
func (r *Room) nameOf(ctx context.Context, id string) (string, error) {
	p, err := r.somebody(ctx, id)
	if err != nil || p == nil {
		return "", err
	}
	return p.Name, nil
}

// unitName is the name of a unit there is now: new records belong to units that exist.
func (r *Room) unitName(id string) (string, bool) {
	u := r.c.Cameras().Organisation.Find(id)
	if u == nil || !u.In(r.c.Now()) {
		return "", false
	}
	return u.Name, true
}

func (r *Room) units() []string {
	var ids []string
	for _, u := range r.c.Cameras().Organisation.Units {
		ids = append(ids, u.ID)
	}
	return ids
}

// onRecords are the rights to records of a unit: whoever has one of them for it by a post holds the post there.
var onRecords = []access.Action{access.Records, access.ReadRecords, access.CaseRecords}

// Actor is somebody as the records see them, for one request.
func (r *Room) Actor(s *identity.Session, from string) record.Actor {
	p, now := s.Person, r.c.Now()
	known := map[roleAt]bool{}
	sign := func(role record.Role) string { return strings.TrimSpace(identity.Post(role).Title() + " " + p.Name) }
	return record.Actor{Login: p.Login, Name: p.Name, Entry: audit.Entry{Session: s.ID, From: from}, Sign: sign, Has: func(role record.Role, unit string) bool {
		at := roleAt{role, unit}
		has, asked := known[at]
		if !asked {
			has = r.has(p, at, now)
			known[at] = has
		}
		return has
	}}
}

type roleAt struct {
	role record.Role
	unit string
}

// has asks what the person may by that post alone. The ward's records are for a post wherever it is held.
func (r *Room) has(p *identity.Person, at roleAt, now vms.Instant) bool {
	only := *p
	only.Appointments = slices.DeleteFunc(slices.Clone(p.Appointments), func(a identity.Appointment) bool {
		return !a.InForce(now) || a.Post != identity.Post(at.role)
	})
	units := []string{at.unit}
	if at.unit == "" {
		for _, a := range only.Appointments {
			units = append(units, a.Unit)
		}
	}
	return slices.ContainsFunc(units, func(unit string) bool {
		return slices.ContainsFunc(onRecords, func(a access.Action) bool { return r.c.Access.CheckUnit(&only, a, unit, now).Allow })
	})
}

// Writable are the units for which somebody may write new records of a kind, in 建制順; "" is the ward.
func (r *Room) Writable(a record.Actor, k *record.Kind) []*camera.Unit {
	var out []*camera.Unit
	for _, u := range r.c.Cameras().Organisation.Units {
		if u.In(r.c.Now()) && k.Writes(a, u.ID) {
			out = append(out, u)
		}
	}
	return out
}
