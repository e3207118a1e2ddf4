// Package viewing is the one door to footage: it asks access, writes the audit row, opens the
// reader, watches the right while the view lasts, and closes the row with what was really seen.
//
// Invariants: no unit leaves before access said yes and the audit row is durable. A right that ends
// (sign-out, session over, appointment, policy, placement) ends the running view within a second. A
// single picture is a view like any other: its right is looked up again when it was read.
// Every refusal has a row, and every view a closing row with the ranges seen; where the process died
// it is written at the next start. While the database is away, views go on for at most a minute
// under the rights last known, and no new ones start.
//
// It moves no packets (whep does) and decides no right (access does).
package viewing

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// Config is what a Room works with.
type Config struct {
	Access   *access.Engine
	Identity *identity.Registry
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Live     func(ctx context.Context, feed vms.Feed) (media.Reader, error) // newest key frame first
	Archive  *archive.Archive
	Clock    *vms.Clock
	Log      *slog.Logger
}

// Room holds the running views of this node.
type Room struct {
	Config
	grace time.Duration

	mu     sync.Mutex
	views  map[*view]struct{}
	unsaid []closing     // closing rows to be written
	wake   chan struct{} // holds one when there is something to be said
}

// New returns an empty Room.
func New(c Config) *Room {
	return &Room{Config: c, grace: grace, views: map[*view]struct{}{}, wake: make(chan struct{}, 1)}
}

// Views is the number of running views.
func (r *Room) Views() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.views)
}

// Seen returns the footage of a camera that a person has seen on this node in views whose closing row
// is not in the audit log yet: those that run, and those that ended just now.
func (r *Room) Seen(login string, id vms.CameraID) (seen []vms.Span) {
	r.mu.Lock()
	defer r.mu.Unlock()
	theirs := func(w *view) bool { return w.login == login && w.request.Camera == id }
	for w := range r.views {
		if theirs(w) {
			seen = append(seen, w.reader.seen()...)
		}
	}
	for _, c := range r.unsaid {
		if theirs(c.view) {
			seen = append(seen, c.ranges...)
		}
	}
	return vms.Union(seen)
}

// Viewer is one signed-in person at one place, as whep sees them.
type Viewer struct {
	room    *Room
	session string // id
	from    string // network address
	caseRef string // stated for what is opened; "": the session's
}

var _ whep.Source = (*Viewer)(nil)

// For returns the viewer behind a session, at a network address.
func (r *Room) For(s *identity.Session, from string) *Viewer {
	return &Viewer{room: r, session: s.ID, from: from}
}

// ForCase returns the viewer as they look for a case of their own, whatever the session states.
func (v *Viewer) ForCase(ref string) *Viewer {
	w := *v
	w.caseRef = ref
	return &w
}

// Open checks, audits and opens what is asked for. A request without a purpose is for the one the
// session states, where that is valid for the camera. Errors are vms kinds: NotFound for cameras the
// person may not know of, Denied with a reason, Invalid with code "purpose-required", Conflict with
// code "unavailable" while the database is away.
func (v *Viewer) Open(ctx context.Context, q whep.Request) (*whep.View, error) {
	r := v.room
	w, cam, err := v.begin(ctx, q, actionOf(q))
	if err != nil {
		return nil, err
	}
	if _, err := r.Audit.Append(ctx, w.opening()); err != nil {
		r.later(closing{w, nil, "not opened", time.Now()}) // the row may have been written all the same
		return nil, r.away(ctx, err)
	}
	reader, err := r.open(ctx, w, cam)
	if err != nil {
		r.later(closing{w, nil, "not opened: " + err.Error(), time.Now()})
		return nil, err
	}
	w.reader = &tracked{Reader: reader}
	r.mu.Lock()
	r.views[w] = struct{}{}
	r.mu.Unlock()
	return w.whep(ctx), nil
}

// Check is what Open does before it writes the row of a view: it refuses without the cost of a
// connection, and the refusal has its row.
func (v *Viewer) Check(ctx context.Context, q whep.Request) error {
	_, _, err := v.begin(ctx, q, actionOf(q))
	return err
}

// actionOf is how the log calls a view.
func actionOf(q whep.Request) string {
	if q.At != 0 {
		return audit.ViewPast
	}
	return audit.ViewLive
}

func (v *Viewer) begin(ctx context.Context, q whep.Request, action string) (*view, *camera.Camera, error) {
	r := v.room
	s, err := r.Identity.Keep(ctx, v.session)
	if err != nil {
		return nil, nil, r.away(ctx, err)
	}
	cam := r.Cameras().Find(q.Camera)
	unstated := q.Purpose == "" && s.StatesPurpose
	if q.Purpose == "" && cam != nil && slices.Contains(access.Purposes(cam.Kind), s.Purpose) {
		q.Purpose = s.Purpose
	}
	w := &view{viewer: v, login: s.Person.Login, request: q, session: s, entry: rand.Text(), action: action, ended: make(chan struct{})}
	if q.Purpose != "" && q.Purpose == s.Purpose {
		w.caseRef = s.Case
	}
	if v.caseRef != "" {
		w.caseRef = v.caseRef
	}
	err = r.allowed(s.Person, cam, q)
	if err == nil && unstated {
		err = errUnstated
	}
	if err != nil {
		return nil, nil, r.refuse(ctx, w, err)
	}
	return w, cam, nil
}

// errUnstated: a token acts without anybody at a screen, so each view says what for.
var errUnstated = vms.Errorf(vms.Invalid, "purpose-required", "トークンでの映像確認は、毎回 purpose= で目的を示してください。 With a token, every view names its purpose.")

// away is what a person hears where rights cannot be looked up or views not be logged.
func (r *Room) away(ctx context.Context, err error) error {
	var known *vms.Error
	if errors.As(err, &known) || ctx.Err() != nil {
		return err
	}
	r.Log.Error("view refused: the database is away", "err", err)
	return vms.Errorf(vms.Conflict, "unavailable", "記録を残せないため、映像を表示できません。 No footage without an audit row; the database is away.")
}

// allowed is the check of every view, at its start and again and again while it lasts. cam may be nil.
func (r *Room) allowed(p *identity.Person, cam *camera.Camera, q whep.Request) error {
	if cam == nil {
		return errNoCamera
	}
	now, _ := r.Clock.Now()
	for _, a := range needs(q) {
		if err := r.Access.Check(p, a, cam, q.At, q.Purpose, now).Err(); err != nil {
			if errors.Is(err, vms.NotFound) {
				return errNoCamera
			}
			return err
		}
	}
	if cam.Streams[q.Stream] == "" {
		return vms.Errorf(vms.NotFound, "no-stream", "このカメラには %s ストリームがありません。 This camera has no %s stream.", q.Stream, q.Stream)
	}
	return nil
}

// needs are the actions a request takes; all of them must be allowed.
func needs(q whep.Request) []access.Action {
	actions := []access.Action{access.Live}
	if q.At != 0 {
		actions[0] = access.Past
	}
	if q.Stream == vms.Main {
		actions = append(actions, access.Main)
	}
	return actions
}

// errNoCamera answers alike, byte for byte, for cameras that do not exist and those one may not know of.
var errNoCamera = vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")

func (r *Room) open(ctx context.Context, w *view, cam *camera.Camera) (media.Reader, error) {
	feed := vms.Feed{Camera: cam.ID, Stream: w.request.Stream}
	if w.request.At == 0 {
		return r.Live(ctx, feed)
	}
	w.permit = r.permitted(w.session.Person, cam, w.request)
	return r.Archive.Player(ctx, feed, w.request.At, w.permit)
}

// permitted is the footage the whole of the request is allowed for.
func (r *Room) permitted(p *identity.Person, cam *camera.Camera, q whep.Request) []vms.Span {
	now, _ := r.Clock.Now()
	var spans []vms.Span
	for i, a := range needs(q) {
		may := r.Access.Permitted(p, a, cam, now)
		if i == 0 {
			spans = may
			continue
		}
		spans = vms.Subtract(spans, vms.Subtract(spans, may))
	}
	return spans
}

// refuse writes the refusal into the log and returns it.
func (r *Room) refuse(ctx context.Context, w *view, why error) error {
	e := w.opening()
	e.Outcome, e.Detail = audit.Refused, why.Error()
	if _, err := r.Audit.Append(ctx, e); err != nil {
		r.Log.Error("refusal not in the audit log", "err", err)
	}
	return why
}
