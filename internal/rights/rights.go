// Package rights is where people see and change who may see what: the simulator, rights for a limited time,
// exclusions and 緊急閲覧, and the versions of cameras, organisation and policies that wait for a second person.
//
// Invariants: what the simulator answers is what access would decide, and asking changes nothing. Only
// posts that decide about rights or oversee them may ask about everybody; heads may ask who can see a
// camera of theirs. Who decides is never who asked. Every decision and every refusal has a row in the
// audit log.
//
// It decides no view (access does), and keeps no versions (camera does) and no grants (identity does, beside
// appointments, so that they are heard of on every node as those are).
package rights

import (
	"context"
	"fmt"
	"sync"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Identity *identity.Registry
	Access   *access.Engine
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Files    []*camera.Store // cameras and policies
	Now      func() vms.Instant
	Night    Night // who may begin a 緊急閲覧, and when

	// Articles are those of the regulations in force, from whoever keeps regulations; nil: nobody does.
	Articles func(context.Context) ([]Article, error)
}

// Room answers about rights.
type Room struct {
	Config

	mu     sync.Mutex
	people []*identity.Person // everybody, as of epoch
	epoch  uint64
}

// New returns the room.
func New(c Config) *Room {
	if c.Night.Posts == nil {
		c.Night = Night{EmergencyPosts, OfficeOpens, OfficeCloses}
	}
	return &Room{Config: c}
}

// Office hours, where nothing else is set.
const (
	OfficeOpens  = 8*time.Hour + 30*time.Minute
	OfficeCloses = 17*time.Hour + 15*time.Minute
)

// MayAsk reports whether somebody may ask about the rights of everybody: who decides about policies or
// people, and who oversees them.
func (r *Room) MayAsk(p *identity.Person) bool {
	for _, a := range []access.Action{access.ApprovePolicy, access.People, access.ReadRecords} {
		if r.Access.CheckUnit(p, a, "", r.Now()).Allow {
			return true
		}
	}
	return false
}

// MayApprove reports whether somebody may be the second person of a version.
func (r *Room) MayApprove(p *identity.Person) bool {
	return r.Access.CheckUnit(p, access.ApprovePolicy, "", r.Now()).Allow
}

var errPost = vms.Errorf(vms.Denied, "denied", "この操作は、あなたの職の権限に含まれていません。情報安全担当に相談してください。 Not among the rights of your post; ask information security.")

// everybody is all people, read anew after each change.
func (r *Room) everybody(ctx context.Context) ([]*identity.Person, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	epoch := r.Identity.Epoch()
	if r.people != nil && r.epoch == epoch {
		return r.people, nil
	}
	people, err := r.Identity.People(ctx)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	r.people, r.epoch = people, epoch
	return people, nil
}

// did notes what somebody did, or why they were refused, and returns err.
func (r *Room) did(ctx context.Context, c identity.Caller, action string, cam vms.CameraID, detail string, err error) error {
	return r.Audit.Did(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Camera: cam, Detail: detail}, err)
}

// told is did, and wakes the inboxes where there is something to tell: the row comes first, whatever happens next.
func (r *Room) told(ctx context.Context, c identity.Caller, action, detail string, err error) error {
	if err := r.did(ctx, c, action, "", detail, err); err != nil {
		return err
	}
	return r.tell(ctx)
}
