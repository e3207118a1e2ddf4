// Package inventory is アクセス権棚卸: once a year it is written down who holds which post with which right to
// footage, the heads confirm or object line by line, and 情報安全担当 closes it.
//
// Invariants:
//   - The lines are what was in force at the instant they were taken, and never change; what became of an
//     appointment since is told beside them.
//   - A line is decided by the head of the 部 it belongs to; by 情報安全担当 where no such head is, or the head
//     is whom it is about. Nobody decides about their own.
//   - An objection ends nothing by itself: it asks those who keep the list of people to end the
//     appointment, and stays open until it has ended.
//   - Every step is in the audit log before it takes effect.
package inventory

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// Audit actions. Detail is the review, and the line.
const (
	Taken     = "rights.take"
	Confirmed = "rights.confirm"
	Objected  = "rights.object"
	Closed    = "rights.close"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Audit    *audit.Log
	Access   *access.Engine
	Identity *identity.Registry
	Cameras  func() *camera.Set
	Now      func() vms.Instant
}

// Room keeps the reviews.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// States of a line.
const (
	Open = "open"
	OK   = "confirmed"
	No   = "objected"
)

// Review is who held what at an instant.
type Review struct {
	ID       string
	Taken    vms.Instant
	TakenBy  string
	Closed   vms.Instant // 0: open
	ClosedBy string
	Remark   string
	Lines    []Line
}

// Line is one appointment.
type Line struct {
	N           int
	Appointment string // id
	Login, Name string
	Post        identity.Post
	Unit        string // id; "" none
	From, To    vms.Instant
	Actions     []string // on footage
	Cameras     int      // of which they see footage
	State       string
	Reason      string // of an objection
	DecidedBy   string
	Decided     vms.Instant
	Ended       bool // it is not in force any more
	Mine        bool // whoever asks decides it, now
}

// Left counts the lines nobody has decided.
func (v *Review) Left() (n int) {
	for _, l := range v.Lines {
		if l.State == Open {
			n++
		}
	}
	return n
}

const (
	mostText  = 500 // characters
	mostLines = 1000
)

var (
	errDenied = vms.Errorf(vms.Denied, "denied", "アクセス権棚卸は、所管の部長と情報安全担当が行います。 Department heads and information security review rights.")
	errNone   = vms.Errorf(vms.NotFound, "no-review", "その棚卸はありません。 There is no such review.")
	errLine   = vms.Errorf(vms.NotFound, "no-line", "その行はありません。 There is no such line.")
	errClosed = vms.Errorf(vms.Conflict, "closed", "この棚卸は締め切られています。 The review is closed.")
)

// Keeps reports whether the person takes and closes reviews; ReadsAll whether they read every line.
func (r *Room) Keeps(p *identity.Person) bool {
	return p.Holds(r.Now(), identity.InformationSecurity)
}

func (r *Room) ReadsAll(p *identity.Person) bool {
	return r.Keeps(p) || r.Access.CheckUnit(p, access.ReadRecords, "", r.Now()).Allow
}

// Ends reports whether the person keeps the list of people, or the review: they are asked to end what
// somebody objects to.
func (r *Room) Ends(p *identity.Person) bool {
	return r.Access.CheckUnit(p, access.People, "", r.Now()).Allow || r.Keeps(p)
}

// headed are the units of whose 部 the person is head.
func (r *Room) headed(p *identity.Person) (units []string) {
	for _, a := range p.Appointments {
		if a.InForce(r.Now()) && a.Post == identity.DepartmentHead {
			units = append(units, a.Unit)
		}
	}
	return units
}

// under reports whether the unit is one of those, or lies below one.
func (r *Room) under(unit string, units []string) bool {
	return unit != "" && slices.ContainsFunc(r.Cameras().Organisation.Line(unit), func(id string) bool { return slices.Contains(units, id) })
}

// deciders answers who decides about which line, for one person, now.
type deciders struct {
	room   *Room
	person *identity.Person
	mine   []string            // units whose head they are
	heads  map[string][]string // units by the login of their heads
	keeps  bool
}

func (r *Room) deciders(p *identity.Person, people []*identity.Person) *deciders {
	d := &deciders{r, p, r.headed(p), map[string][]string{}, r.Keeps(p)}
	for _, other := range people {
		if units := r.headed(other); len(units) > 0 && !other.Disabled {
			d.heads[other.Login] = units
		}
	}
	return d
}

func (d *deciders) may(l *Line) bool {
	if l.Login == d.person.Login {
		return false
	}
	if d.room.under(l.Unit, d.mine) {
		return true
	}
	for login, units := range d.heads {
		if login != l.Login && d.room.under(l.Unit, units) {
			return false
		}
	}
	return d.keeps
}

// Take writes down who holds what now. There is one open review at a time.
func (r *Room) Take(ctx context.Context, c identity.Caller) (*Review, error) {
	if !r.Keeps(c.Person) {
		return nil, errDenied
	}
	v := &Review{ID: strings.ToLower(rand.Text()), Taken: r.Now(), TakenBy: c.Person.Login}
	var err error
	if v.Lines, err = r.lines(ctx, v.Taken); err != nil {
		return nil, err
	}
	if err := r.DB.Read(ctx, noneOpen(ctx)); err != nil {
		return nil, err
	}
	if err := r.did(ctx, c, Taken, v.ID); err != nil {
		return nil, err
	}
	return v, r.change(ctx, func(tx *db.Tx) error {
		if err := noneOpen(ctx)(tx); err != nil {
			return err
		}
		return insert(ctx, tx, v)
	})
}

// lines are the appointments in force, by unit in 建制順, then by post.
func (r *Room) lines(ctx context.Context, now vms.Instant) (out []Line, err error) {
	people, err := r.Identity.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		for _, a := range p.Appointments {
			if a.InForce(now) && !p.Disabled {
				l := Line{Appointment: a.ID, Login: p.Login, Name: p.Name, Post: a.Post, Unit: a.Unit, From: a.From, To: a.To, State: Open}
				r.measure(&l, p, a, now)
				out = append(out, l)
			}
		}
	}
	place := map[string]int{}
	for i, u := range r.Cameras().Organisation.Units {
		place[u.ID] = i + 1
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		if n := place[a.Unit] - place[b.Unit]; n != 0 {
			return n
		}
		return slices.Index(identity.Posts, a.Post) - slices.Index(identity.Posts, b.Post)
	})
	for i := range out {
		out[i].N = i + 1
	}
	return out, nil
}

// measure fills in what footage the appointment gives by itself.
func (r *Room) measure(l *Line, p *identity.Person, a identity.Appointment, now vms.Instant) {
	only := *p
	only.Appointments = []identity.Appointment{a}
	for _, cam := range r.Cameras().Cameras {
		sees := false
		for _, action := range []access.Action{access.Live, access.Past, access.Main, access.Still, access.EvidenceRequest, access.EvidenceApprove, access.Hold} {
			if len(r.Access.Permitted(&only, action, cam, now)) == 0 {
				continue
			}
			sees = sees || action == access.Live || action == access.Past
			if !slices.Contains(l.Actions, string(action)) {
				l.Actions = append(l.Actions, string(action))
			}
		}
		if sees {
			l.Cameras++
		}
	}
}

// did notes a step in the log.
func (r *Room) did(ctx context.Context, c identity.Caller, action, detail string) error {
	_, err := r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: detail})
	return err
}

// change runs a transaction after which somebody may have something else to do.
func (r *Room) change(ctx context.Context, fn func(*db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
}
