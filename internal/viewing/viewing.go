// Package viewing is the one door to footage: it asks access, writes the audit row, opens the
// reader, watches the right while the view lasts, and closes the row with what was really seen.
//
// Invariants: no unit leaves before access said yes and the audit row is durable. A right that ends
// (sign-out, session over, appointment, policy, placement) ends the running view within a second.
// Every view has a closing row with the ranges seen; where the process died it is written at the
// next start. While the database cannot be read, views go on for a minute and no new ones start.
//
// It moves no packets (whep does) and decides no right (access does).
package viewing

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

const (
	lookAgain = 250 * time.Millisecond // how often every right is checked anew
	grace     = time.Minute            // how long views outlive a database that cannot be read
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

	mu     sync.Mutex
	views  map[*view]struct{}
	unsaid []closing // closing rows the database did not take yet
}

// New returns an empty Room.
func New(c Config) *Room { return &Room{Config: c, views: map[*view]struct{}{}} }

// Viewer is one signed-in person at one place, as whep sees them.
type Viewer struct {
	room    *Room
	session string // id
	from    string // network address
}

var _ whep.Source = (*Viewer)(nil)

// For returns the viewer behind a session, at a network address.
func (r *Room) For(s *identity.Session, from string) *Viewer {
	return &Viewer{room: r, session: s.ID, from: from}
}

// Open checks, audits and opens what is asked for. Errors are vms kinds: NotFound for cameras the
// person may not know of, Denied with a reason, Invalid with code "purpose-required".
func (v *Viewer) Open(ctx context.Context, q whep.Request) (*whep.View, error) {
	r := v.room
	s, err := r.Identity.Keep(ctx, v.session)
	if err != nil {
		return nil, err
	}
	if q.Purpose == "" {
		q.Purpose = s.Purpose
	}
	w := &view{viewer: v, request: q, ended: make(chan struct{})}
	cam, err := r.allowed(s, q)
	if err != nil {
		return nil, r.refuse(ctx, w, s, err)
	}
	if cam.Streams[q.Stream] == "" {
		return nil, vms.Errorf(vms.NotFound, "no-stream", "%s には %s ストリームがありません。 This camera has no %s stream.", cam.Number, q.Stream, q.Stream)
	}
	w.entry, err = r.Audit.Append(ctx, w.opening(s))
	if err != nil {
		r.Log.Error("view refused: no audit row", "err", err)
		return nil, vms.Errorf(vms.Conflict, "unavailable", "記録を残せないため、映像を表示できません。 No footage without an audit row; the database is away.")
	}
	reader, err := r.open(ctx, s, cam, q)
	if err != nil {
		r.close(closing{w.entry, nil, "not opened: " + err.Error()})
		return nil, err
	}
	w.reader = &tracked{Reader: reader}
	r.mu.Lock()
	r.views[w] = struct{}{}
	r.mu.Unlock()
	return w.whep(ctx), nil
}

// allowed is the check of every view, at its start and again and again while it lasts.
func (r *Room) allowed(s *identity.Session, q whep.Request) (*camera.Camera, error) {
	cam := r.Cameras().Find(q.Camera)
	if cam == nil {
		return nil, unknownCamera(q.Camera)
	}
	now, _ := r.Clock.Now()
	actions := []access.Action{access.Live}
	if q.At != 0 {
		actions[0] = access.Past
	}
	if q.Stream == vms.Main {
		actions = append(actions, access.Main)
	}
	for _, a := range actions {
		if err := r.Access.Check(s.Person, a, cam, q.At, q.Purpose, now).Err(); err != nil {
			if errors.Is(err, vms.NotFound) {
				return nil, unknownCamera(q.Camera)
			}
			return nil, err
		}
	}
	return cam, nil
}

// unknownCamera answers alike for cameras that do not exist and those one may not know of.
func unknownCamera(id vms.CameraID) error {
	return vms.Errorf(vms.NotFound, "no-camera", "カメラ %s は見つかりません。 There is no camera %s.", id, id)
}

func (r *Room) open(ctx context.Context, s *identity.Session, cam *camera.Camera, q whep.Request) (media.Reader, error) {
	feed := vms.Feed{Camera: cam.ID, Stream: q.Stream}
	if q.At == 0 {
		return r.Live(ctx, feed)
	}
	now, _ := r.Clock.Now()
	return r.Archive.Player(ctx, feed, q.At, r.Access.Permitted(s.Person, access.Past, cam, now))
}

// refuse writes the refusal into the log and returns it.
func (r *Room) refuse(ctx context.Context, w *view, s *identity.Session, why error) error {
	e := w.opening(s)
	e.Outcome, e.Detail = audit.Refused, why.Error()
	if _, err := r.Audit.Append(ctx, e); err != nil {
		r.Log.Error("refusal not in the audit log", "err", err)
	}
	return why
}

// Run checks running views again and again until ctx ends, then ends them all.
func (r *Room) Run(ctx context.Context) error {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	var away time.Time // since when the database cannot be read
	for {
		select {
		case <-ctx.Done():
			r.endAll("サーバーを終了しています。 The server is stopping.")
			return nil
		case <-tick.C:
		}
		err := r.check(ctx)
		switch {
		case err == nil:
			away = time.Time{}
		case away.IsZero():
			away = time.Now()
		case time.Since(away) > grace:
			r.endAll("権限を確認できなくなりました。 Rights can no longer be checked.")
		}
		r.say(ctx)
	}
}

// check ends the views whose right is gone; its error says that rights could not be looked up.
func (r *Room) check(ctx context.Context) error {
	var failed error
	for _, w := range r.list() {
		s, err := r.Identity.Keep(ctx, w.viewer.session)
		if err == nil {
			_, err = r.allowed(s, w.present())
		}
		var known *vms.Error
		switch {
		case err == nil:
		case errors.As(err, &known):
			w.end(known.Text)
		default:
			failed = fmt.Errorf("check views: %w", err)
		}
	}
	return failed
}

func (r *Room) list() []*view {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]*view, 0, len(r.views))
	for w := range r.views {
		out = append(out, w)
	}
	return out
}

func (r *Room) endAll(reason string) {
	for _, w := range r.list() {
		w.end(reason)
	}
}

// Views is the number of running views.
func (r *Room) Views() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.views)
}

// closing is a closing row to be written.
type closing struct {
	entry  string
	ranges []vms.Span
	reason string
}

const closeTime = 5 * time.Second

// close writes the closing row, or keeps it for later.
func (r *Room) close(c closing) {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	if err := r.Audit.CloseView(ctx, c.entry, c.ranges, c.reason); err != nil {
		r.Log.Warn("end of a view not in the audit log yet", "err", err)
		r.mu.Lock()
		r.unsaid = append(r.unsaid, c)
		r.mu.Unlock()
	}
}

// say writes closing rows that are still to be written.
func (r *Room) say(ctx context.Context) {
	r.mu.Lock()
	unsaid := r.unsaid
	r.unsaid = nil
	r.mu.Unlock()
	for i, c := range unsaid {
		if err := r.Audit.CloseView(ctx, c.entry, c.ranges, c.reason); err != nil {
			r.mu.Lock()
			r.unsaid = append(r.unsaid, unsaid[i:]...)
			r.mu.Unlock()
			return
		}
	}
}
