// Package staff keeps the ward's people and organisation for those whose business that is: who works
// here, who holds which post from when to when, which posts are vacant, and what a reorganisation will
// change.
//
// Invariants:
//   - Administrators change people and ask for appointments; the second person of a post that gives
//     footage is somebody outside administration, who neither asked for it nor is appointed.
//   - Nobody has two 本務 at a time, nobody keeps themselves out, and an administrator is always left.
//   - A file of people is done whole or not at all. A reorganisation asks for its appointments so, then proposes
//     the organisation; it may be repeated where that failed. Both show before what they do.
//   - Every change, and every refusal of one, is in the audit log, by logins and ids.
//
// It keeps no rows of its own: people are identity's, the organisation is camera's, and it decides no right:
// its peer rights compares who sees what before and after.
package staff

import (
	"context"
	"fmt"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Audit actions, beside audit.AddPerson and audit.Appoint.
const (
	EditPerson    = "person.edit"
	DisablePerson = "person.disable"
	EnablePerson  = "person.enable"
	Approve       = "person.appoint.approve"
	Refuse        = "person.appoint.refuse"
	EndPost       = "person.appoint.end"
	ImportPeople  = "person.import"
	Reorganised   = "organisation.propose"
)

// Config is what a Room works with.
type Config struct {
	Identity *identity.Registry
	Access   *access.Engine
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Files    *camera.Store // of cameras and organisation
	Now      func() vms.Instant
}

// Room answers about people, and changes them.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// did notes in the audit log what was done, or why it was refused, and passes the error on.
func (r *Room) did(ctx context.Context, c identity.Caller, action, detail string, err error) error {
	return r.Audit.Did(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: detail}, err)
}

// mayChange is nil for those who keep the list of people.
func (r *Room) mayChange(c identity.Caller) error {
	return r.Access.CheckUnit(c.Person, access.People, "", r.Now()).Err()
}

// mayRead is nil for those, and for whoever may be a second person.
func (r *Room) mayRead(c identity.Caller) error {
	if err := r.mayChange(c); err == nil {
		return nil
	}
	return r.Access.CheckUnit(c.Person, access.ApprovePolicy, "", r.Now()).Err()
}

// MayChange reports whether the person keeps the list, and whether they may be a second person.
func (r *Room) MayChange(c identity.Caller) (change, approve bool) {
	return r.mayChange(c) == nil, r.mayApprove(c) == nil
}

// mayApprove is nil for those who may be the second person of an appointment: outside administration.
func (r *Room) mayApprove(c identity.Caller) error {
	now := r.Now()
	if err := r.Access.CheckUnit(c.Person, access.ApprovePolicy, "", now).Err(); err != nil {
		return err
	}
	if c.Person.Holds(now, identity.Administrator) {
		return vms.Errorf(vms.Denied, "administrator", "管理者を兼ねる人は承認できません。ほかの承認者に依頼してください。 Whoever is an administrator too does not approve; ask somebody else.")
	}
	return nil
}

// at is the instant a day stands for: now for today, else its beginning.
func (r *Room) at(day string) (vms.Instant, error) {
	now := r.Now()
	if day == "" || day == now.Time().In(conf.JST).Format(time.DateOnly) {
		return now, nil
	}
	return dayOf(day)
}

// dayOf is the beginning of a day of the ward.
func dayOf(day string) (vms.Instant, error) {
	t, err := time.ParseInLocation(time.DateOnly, day, conf.JST)
	if err != nil || t.Year() < 1971 || t.Year() > 2999 {
		return 0, vms.Errorf(vms.Invalid, "bad-day", "日付「%s」を読み取れません。2018-04-01 のように書いてください。 %q is not a day such as 2018-04-01.", day, day)
	}
	return vms.InstantOf(t), nil
}

// say writes an appointment for the audit log.
func say(a identity.Appointment) string {
	text := fmt.Sprintf("%s: %s %s (%s) from %s", a.Login, a.Post, a.Unit, a.Kind, a.From)
	if a.To != camera.Forever {
		text += " to " + a.To.String()
	}
	return text + ", " + a.State
}
