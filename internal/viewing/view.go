package viewing

import (
	"context"
	"slices"
	"sync"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// view is one reader of one feed in front of one person.
type view struct {
	viewer  *Viewer
	login   string
	request whep.Request
	entry   string // id of the opening audit row
	caseRef string // stated for the view; else with the session's purpose, where the view is for that
	action  string // of that row
	permit  []vms.Span
	reader  *tracked

	session *identity.Session // last known; Run's once the view is open

	once   sync.Once
	ended  chan struct{} // the right is gone
	reason string        // set before ended is closed
	closed sync.Once
}

// opening is the row the view begins with. What is not one of our own words stays out of the log.
func (w *view) opening() audit.Entry {
	q := w.request
	e := audit.Entry{ID: w.entry, Actor: w.session.Person.Login, Session: w.session.ID, From: w.viewer.from,
		Action: w.action, Stream: q.Stream, At: q.At, Case: w.caseRef}
	if q.Camera.Valid() {
		e.Camera = q.Camera
	}
	if slices.Contains(access.Purposes(camera.Surveillance), q.Purpose) {
		e.Purpose = q.Purpose
	}
	return e
}

// present is the request as it stands now: of past footage, at the picture shown last.
func (w *view) present() whep.Request {
	q := w.request
	if at := w.reader.position(); q.At != 0 && at != 0 {
		q.At = at
	}
	return q
}

func (w *view) whep(ctx context.Context) *whep.View {
	out := &whep.View{Reader: w.reader, Track: w.reader.peek(ctx), Stream: w.request.Stream, Live: w.request.At == 0,
		Ended: w.ended, Reason: func() string { return w.reason }, Close: w.close}
	if seeker, ok := w.reader.Reader.(media.Seeker); ok {
		out.Reader = &steered{w.reader, seeker}
	}
	return out
}

// end withdraws the view; whep then stops and closes it.
func (w *view) end(reason string) {
	w.once.Do(func() {
		w.reason = reason
		close(w.ended)
	})
}

// close lets go of the view; its row is written soon after.
func (w *view) close() {
	w.closed.Do(func() {
		r := w.viewer.room
		if err := w.reader.Reader.Close(); err != nil {
			r.Log.Warn("closing a view", "err", err)
		}
		reason := "closed by the viewer"
		select {
		case <-w.ended:
			reason = w.reason
		default:
		}
		r.later(closing{w, w.reader.seen(), reason, time.Now()})
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.views, w)
	})
}
