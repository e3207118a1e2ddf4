// Package hold is 保全: who keeps footage from being erased, until when and why, and how that ends.
//
// Invariants:
//   - An entry of the ledger and what retention obeys are written in one transaction: what the ledger calls
//     held is held, on every node and after every restart, and what it does not is not.
//   - The row of the audit log is durable before a hold, an extension or a release takes effect. It names no
//     camera in its camera field: heads read what is logged about their cameras, and may be what a hold is about.
//   - Whoever may hold a stretch of footage places a hold on it; 危機管理 alone extends and releases, and a
//     release takes a second person. Nothing ends a hold but that, or its day.
//   - 危機管理 and 監査 read the whole ledger; others what they placed themselves.
//
// It imports its peers access for who may, archive, whose retention obeys, audit, identity for who asks, and inbox,
// whose Source it is. It erases nothing itself.
package hold

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// Actions in the audit log. Detail names hold, camera and range; Case the case.
const (
	Placed   = "hold.place"
	Extended = "hold.extend"
	Asked    = "hold.ask-release"
	Released = "hold.release"
	Kept     = "hold.keep" // a release was refused
)

// Limits.
const (
	Longest    = 24 * time.Hour       // of footage in one hold
	Furthest   = 366 * 24 * time.Hour // from now, that it may end
	ahead      = 24 * time.Hour       // footage that is still to come
	EndsSoon   = 7 * 24 * time.Hour   // before the end of a hold, 危機管理 is told
	mostReason = 500                  // characters
	mostCase   = 64
	mostListed = 500
)

// States.
const (
	Held    = "held"
	Waiting = "release_asked" // held; its release waits for a second person
	Free    = "released"
	Ended   = "ended" // its day has come
)

// Config is what a Room works with.
type Config struct {
	DB      *db.DB
	Access  *access.Engine
	Audit   *audit.Log
	Cameras func() *camera.Set
	Footage *archive.Archive
	Alone   bool // one person releases: the safeguard of the second is switched off
	Now     func() vms.Instant
}

// Room keeps the ledger.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// Hold is an entry of the ledger.
type Hold struct {
	ID         string
	Camera     vms.CameraID
	Span       vms.Span // of the footage
	Reason     string
	Case       string
	Until      vms.Instant // then it ends by itself
	PlacedBy   string      // login
	PlacedAt   vms.Instant
	ExtendedBy string // who did last
	ExtendedAt vms.Instant
	AskedBy    string // who asks that it be released
	AskedAt    vms.Instant
	AskedWhy   string
	ReleasedBy string
	ReleasedAt vms.Instant
}

// State is what it is now.
func (h *Hold) State(now vms.Instant) string {
	switch {
	case h.ReleasedBy != "":
		return Free
	case now >= h.Until:
		return Ended
	case h.AskedBy != "":
		return Waiting
	}
	return Held
}

// InForce reports whether it keeps footage now.
func (h *Hold) InForce(now vms.Instant) bool { return h.ReleasedBy == "" && now < h.Until }

// Manages reports whether somebody extends and releases holds: 危機管理, to whom cases are handed over.
func (r *Room) Manages(p *identity.Person) bool {
	return r.Access.CheckUnit(p, access.CaseRecords, "", r.Now()).Allow
}

func (r *Room) readsAll(p *identity.Person) bool {
	return r.Manages(p) || r.Access.CheckUnit(p, access.ReadRecords, "", r.Now()).Allow
}

var (
	errNone   = vms.Errorf(vms.NotFound, "no-hold", "その保全はありません。 There is no such hold.")
	errManage = vms.Errorf(vms.Denied, "denied", "保全の延長と解除は、危機管理担当が行います。 Crisis management extends and releases holds.")
	errOver   = vms.Errorf(vms.Conflict, "hold-over", "この保全は、すでに終わっています。 This hold has ended already.")
)

// text is a typed text without space around it, or what is wrong with it.
func text(s string, most int, code, ja, en string) (string, error) {
	s = strings.TrimSpace(norm.NFC.String(s))
	if n := utf8.RuneCountInString(s); n == 0 || n > most {
		return s, vms.Errorf(vms.Invalid, code, "%sを1～%d字で入力してください。 %s, in %d characters at most.", ja, most, en, most)
	}
	return s, nil
}

// check tidies a hold that is asked for, and says what is wrong with it.
func (r *Room) check(c identity.Caller, h *Hold) (err error) {
	now := r.Now()
	cam := r.Cameras().Find(h.Camera)
	if cam == nil {
		return vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")
	}
	if err := r.Access.Check(c.Person, access.Hold, cam, h.Span.From, "", now).Err(); err != nil {
		return err
	}
	if h.Span.Empty() || h.Span.Duration() > Longest || h.Span.To > now.Add(ahead) || h.Span.From < 0 {
		return vms.Errorf(vms.Invalid, "bad-range", "範囲は24時間以内で指定してください。 A hold covers at most 24 hours.")
	}
	if len(vms.Subtract([]vms.Span{h.Span}, r.Access.Permitted(c.Person, access.Hold, cam, now))) > 0 {
		return vms.Errorf(vms.Denied, "denied", "この範囲の全部を保全する権限がありません。 You may not hold all of this range.")
	}
	if err := r.checkUntil(h.Until); err != nil {
		return err
	}
	h.Case = strings.TrimSpace(norm.NFKC.String(h.Case))
	if utf8.RuneCountInString(h.Case) > mostCase {
		return vms.Errorf(vms.Invalid, "bad-case", "事案番号は%d字以内で入力してください。 A case number has at most %d characters.", mostCase, mostCase)
	}
	h.Reason, err = text(h.Reason, mostReason, "reason-required", "理由", "Say why")
	return err
}

func (r *Room) checkUntil(until vms.Instant) error {
	if now := r.Now(); until <= now || until > now.Add(Furthest) {
		return vms.Errorf(vms.Invalid, "bad-until", "期限は、今から1年以内で指定してください。延長もできます。 A hold ends within a year from now; it can be extended.")
	}
	return nil
}

// errDry ends a transaction that only looked whether a change is possible.
var errDry = errors.New("possible")

// change looks whether a change of a hold is possible, writes it into the log, and makes it. made fills in
// what is to be written; it may run several times.
func (r *Room) change(ctx context.Context, c identity.Caller, action, id string, made func(h *Hold, now vms.Instant) error) (out Hold, err error) {
	now := r.Now()
	run := func(dry bool) error {
		return r.DB.Tx(ctx, func(tx *db.Tx) error {
			h, err := one(ctx, tx, id)
			if err != nil {
				return err
			}
			if !r.readsAll(c.Person) && h.PlacedBy != c.Person.Login {
				return errNone
			}
			if !r.Manages(c.Person) {
				return errManage
			}
			if !h.InForce(now) {
				return errOver
			}
			if err := made(&h, now); err != nil {
				return err
			}
			out = h
			if dry {
				return errDry
			}
			return r.write(ctx, tx, h)
		})
	}
	if err := run(true); !errors.Is(err, errDry) {
		return Hold{}, r.refused(ctx, c, action, id, err)
	}
	return out, r.logged(ctx, c, action, out, func() error { return run(false) })
}

// write puts an entry and what retention obeys in one transaction.
func (r *Room) write(ctx context.Context, tx *db.Tx, h Hold) error {
	if err := save(ctx, tx, h); err != nil {
		return err
	}
	var err error
	if h.ReleasedBy != "" {
		err = r.Footage.ReleaseIn(ctx, tx, h.ID)
	} else {
		err = r.Footage.HoldIn(ctx, tx, archive.Hold{ID: h.ID, Camera: h.Camera, Span: h.Span, Reason: h.Reason, Until: h.Until})
	}
	if err != nil {
		return err
	}
	return r.DB.Signal(ctx, tx, inbox.Topic)
}

// logged writes the row of a change, and then makes the change; one that fails after that is a row too.
func (r *Room) logged(ctx context.Context, c identity.Caller, action string, h Hold, do func() error) error {
	e := audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Case: h.Case, Detail: h.words(action)}
	id, err := r.Audit.Append(ctx, e)
	if err != nil {
		return err
	}
	if err = do(); err != nil {
		e.Outcome, e.Refers, e.Detail = audit.Failed, id, h.ID
		_, failed := r.Audit.Append(ctx, e)
		return errors.Join(err, failed)
	}
	return nil
}

// refused writes that somebody tried what they may not, and passes err on.
func (r *Room) refused(ctx context.Context, c identity.Caller, action, detail string, err error) error {
	if !errors.Is(err, vms.Denied) {
		return err
	}
	return r.Audit.Did(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: detail}, err)
}

// words are what the log says of a hold.
func (h *Hold) words(action string) string {
	out := h.ID + ": " + string(h.Camera) + " " + h.Span.String()
	switch action {
	case Placed, Extended:
		return out + " until " + h.Until.String() + ": " + h.Reason
	case Asked:
		return out + ": " + h.AskedWhy
	}
	return out
}
