// Package bookmark keeps what people noted on footage: moments and stretches with a text, for
// themselves or shared inside the jurisdiction, and stills. A still names a picture of the archive
// and copies nothing; whoever looks at it views that footage, with all that a view needs.
//
// Invariants:
//   - Nobody learns of a bookmark, their own included, unless they may bookmark that footage now:
//     the right is judged at the instant of the footage, as for a view.
//   - Nobody changes or removes somebody else's; those answer like bookmarks that do not exist.
//   - The audit row of a still and of every change is durable before the change is. It names the
//     bookmark and never holds its text, which may be removed; the log may not.
//   - The author's name and post are those of when it was made.
//
// It stands above access, audit and identity, beside viewing, and asks them; it opens no footage.
package bookmark

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Actions in the audit log. Detail is JSON: {"bookmark","to","shared"} and, of a change, {"text"}.
const (
	ActionAdd    = "bookmark.add"
	ActionChange = "bookmark.change"
	ActionRemove = "bookmark.remove"
	ActionKeep   = "still.keep"
)

// Limits.
const (
	maxText = 500 // characters
	maxCase = 64
	longest = 24 * time.Hour // of a stretch
)

// Config is what a Room works with.
type Config struct {
	DB      *db.DB
	Access  *access.Engine
	Audit   *audit.Log
	Cameras func() *camera.Set
	Clock   *vms.Clock
	Log     *slog.Logger
}

// Room keeps bookmarks in a database.
type Room struct {
	Config
}

// New returns the room kept in c.DB.
func New(c Config) *Room { return &Room{c} }

// Who asks, and from which network address.
type Who struct {
	Session *identity.Session
	From    string
}

// Note is what somebody writes down.
type Note struct {
	Camera  vms.CameraID
	At      vms.Instant // of the footage
	To      vms.Instant // 0: a moment
	Text    string
	Shared  bool // with whoever may bookmark that footage
	Still   bool
	Purpose string // the session's where empty, if valid for the camera
	Case    string // number of a case; the session's where empty, if the purpose is
}

// Bookmark is a note that was kept.
type Bookmark struct {
	Note
	ID      string
	By      string // login
	ByName  string
	ByPost  identity.Post
	Mine    bool
	Created vms.Instant
	Changed vms.Instant
}

// Add keeps a note on footage the person may bookmark and, for a still, keep stills of. Errors are
// access's, and vms.Invalid for a note that cannot be kept.
func (r *Room) Add(ctx context.Context, who Who, n Note) (Bookmark, error) {
	now, _ := r.Clock.Now()
	action := ActionAdd
	if n.Still {
		action = ActionKeep
	}
	cam := r.Cameras().Find(n.Camera)
	n = n.stated(who.Session, cam)
	if err := r.may(who.Session.Person, cam, n, now); err != nil {
		return Bookmark{}, r.refuse(ctx, who, action, n, err)
	}
	n.Text = strings.TrimSpace(n.Text)
	if err := n.check(now); err != nil {
		return Bookmark{}, err
	}
	b := Bookmark{Note: n, ID: newID(n.At), By: who.Session.Person.Login, ByName: who.Session.Person.Name,
		ByPost: postOf(who.Session.Person, now), Mine: true, Created: now, Changed: now}
	return b, r.audited(ctx, r.row(who, action, b, false), func() error {
		return r.DB.Tx(ctx, func(tx *db.Tx) error { return insert(ctx, tx, b) })
	})
}

// Change replaces text and sharing of the person's own bookmark.
func (r *Room) Change(ctx context.Context, who Who, id, text string, shared bool) (Bookmark, error) {
	b, err := r.own(ctx, who, id)
	if err != nil {
		return b, err
	}
	before := b
	b.Text, b.Shared = strings.TrimSpace(text), shared
	b.Changed, _ = r.Clock.Now()
	if err := b.check(b.Changed); err != nil {
		return b, err
	}
	return b, r.audited(ctx, r.row(who, ActionChange, b, b.Text != before.Text), func() error { return r.update(ctx, b) })
}

// Remove forgets the person's own bookmark.
func (r *Room) Remove(ctx context.Context, who Who, id string) error {
	b, err := r.own(ctx, who, id)
	if err != nil {
		return err
	}
	return r.audited(ctx, r.row(who, ActionRemove, b, false), func() error { return r.remove(ctx, b) })
}

// own returns the person's bookmark of that id while they may see it.
func (r *Room) own(ctx context.Context, who Who, id string) (Bookmark, error) {
	b, err := r.read(ctx, who.Session.Person.Login, id)
	if err != nil {
		return b, err
	}
	now, _ := r.Clock.Now()
	cam := r.Cameras().Find(b.Camera)
	if cam == nil || !covers(r.Access.Permitted(who.Session.Person, access.Bookmark, cam, now), b.At) {
		return Bookmark{}, errNoBookmark
	}
	return b, nil
}

// errNoBookmark answers alike for bookmarks that do not exist and those that are not for one's eyes.
var errNoBookmark = vms.Errorf(vms.NotFound, "no-bookmark", "しおりがありません。 There is no such bookmark.")

// errNoCamera answers alike, byte for byte, for cameras that do not exist and those one may not know of.
var errNoCamera = vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")

// may says whether the person may note this on that footage, to the end of the stretch.
func (r *Room) may(p *identity.Person, cam *camera.Camera, n Note, now vms.Instant) error {
	if cam == nil {
		return errNoCamera
	}
	needs := []access.Action{access.Bookmark}
	if n.Still {
		needs = append(needs, access.Still)
	}
	for _, a := range needs {
		for _, at := range n.edges(cam) {
			if d := r.Access.Check(p, a, cam, at, n.Purpose, now); !d.Known {
				return errNoCamera
			} else if !d.Allow {
				return d.Err()
			}
		}
	}
	return nil
}

// stated completes a note with the purpose the session states, where it is valid for the camera, and
// with the case stated for that purpose.
func (n Note) stated(s *identity.Session, cam *camera.Camera) Note {
	if n.Purpose == "" && cam != nil && slices.Contains(access.Purposes(cam.Kind), s.Purpose) {
		n.Purpose = s.Purpose
	}
	if n.Case = strings.TrimSpace(n.Case); n.Case == "" && n.Purpose != "" && n.Purpose == s.Purpose {
		n.Case = s.Case
	}
	return n
}

// edges are the instants at which the answer for a note may differ: its beginning, and every move of
// the camera within.
func (n Note) edges(cam *camera.Camera) []vms.Instant {
	at := []vms.Instant{max(n.At, 1)} // to access 0 is now
	for _, p := range cam.Placements {
		if n.At < p.From && p.From < n.To {
			at = append(at, p.From)
		}
	}
	return at
}

// check says what of a note cannot be kept.
func (n Note) check(now vms.Instant) error {
	chars := utf8.RuneCountInString(n.Text)
	switch {
	case n.At > now || n.To > now:
		return vms.Errorf(vms.Invalid, "in-future", "未来の時刻は選べません。 That lies in the future.")
	case n.To != 0 && (n.To <= n.At || n.To.Sub(n.At) > longest):
		return vms.Errorf(vms.Invalid, "bad-range", "終わりの時刻は、始まりより後、24時間以内にしてください。 to must lie after at, by at most 24 hours.")
	case n.To != 0 && n.Still:
		return vms.Errorf(vms.Invalid, "bad-range", "静止画は一つの時刻で残します。 A still is one moment: leave out to.")
	case chars > maxText || chars == 0 && !n.Still || !printable(n.Text):
		return vms.Errorf(vms.Invalid, "bad-text", "本文は1～%d文字で入力してください。 A text has 1 to %d characters.", maxText, maxText)
	case utf8.RuneCountInString(n.Case) > maxCase || strings.ContainsFunc(n.Case, unicode.IsControl):
		return vms.Errorf(vms.Invalid, "bad-case", "事案番号は%d文字までです。 A case has at most %d characters.", maxCase, maxCase)
	}
	return nil
}

func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' })
}

func covers(spans []vms.Span, at vms.Instant) bool {
	for _, s := range spans {
		if s.Contains(at) {
			return true
		}
	}
	return false
}

// postOf is the post the person acts in: of those in force one that gives footage, else the first.
func postOf(p *identity.Person, now vms.Instant) (post identity.Post) {
	for _, a := range p.Appointments {
		if a.InForce(now) && (post == "" || a.Post.GivesFootage() && !post.GivesFootage()) {
			post = a.Post
		}
	}
	return post
}

// newID makes an id that sorts as the footage does.
func newID(at vms.Instant) string { return edge(at) + rand.Text() }

// edge is smaller than every id of that instant or later, and larger than every earlier one.
func edge(at vms.Instant) string { return fmt.Sprintf("%016x", uint64(max(at, 0))) }
