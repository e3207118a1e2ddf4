package gateway

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"sync"

	"yagura/internal/vms"
	"yagura/internal/whep"
)

const (
	maxOffer  = 64 << 10 // bytes of an SDP offer
	perSignIn = 40       // WHEP sessions of one sign-in, those being opened included
	sdpType   = "application/sdp"
)

// sessions knows which WHEP session belongs to which sign-in: its URL is no credential.
type sessions struct {
	mu    sync.Mutex
	owned map[string]*owned // by sign-in
}

type owned struct {
	opening int
	open    map[string]*whep.Session // by id
}

func newSessions() *sessions { return &sessions{owned: map[string]*owned{}} }

// reserve takes a place for another session of the sign-in, until settle; false where none is left.
func (s *sessions) reserve(owner string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prune()
	o := s.owned[owner]
	if o == nil {
		o = &owned{open: map[string]*whep.Session{}}
		s.owned[owner] = o
	}
	if o.opening+len(o.open) >= perSignIn {
		return false
	}
	o.opening++
	return true
}

// settle fills a reserved place, or gives it back where sess is nil.
func (s *sessions) settle(owner string, sess *whep.Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.owned[owner]
	o.opening--
	if sess != nil {
		o.open[sess.ID()] = sess
	}
}

// prune forgets sessions that have ended. mu is held.
func (s *sessions) prune() {
	for owner, o := range s.owned {
		for id, sess := range o.open {
			select {
			case <-sess.Done():
				delete(o.open, id)
			default:
			}
		}
		if o.opening+len(o.open) == 0 {
			delete(s.owned, owner)
		}
	}
}

func (s *sessions) find(owner, id string) *whep.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prune()
	if o := s.owned[owner]; o != nil {
		return o.open[id]
	}
	return nil
}

// take finds a session for the last time.
func (s *sessions) take(owner, id string) *whep.Session {
	sess := s.find(owner, id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.owned[owner]; o != nil {
		delete(o.open, id)
	}
	return sess
}

// end ends every session of a sign-in.
func (s *sessions) end(owner, reason string) {
	s.mu.Lock()
	var all []*whep.Session
	if o := s.owned[owner]; o != nil {
		for _, sess := range o.open {
			all = append(all, sess)
		}
	}
	s.mu.Unlock()
	for _, sess := range all {
		sess.End(reason)
	}
}

// quota counts what a sign-in has at once.
type quota struct {
	most int

	mu  sync.Mutex
	has map[string]int
}

func newQuota(most int) *quota { return &quota{most: most, has: map[string]int{}} }

// take reports whether the owner may have one more; then it is to be given back.
func (q *quota) take(owner string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.has[owner] >= q.most {
		return false
	}
	q.has[owner]++
	return true
}

func (q *quota) give(owner string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.has[owner]--; q.has[owner] == 0 {
		delete(q.has, owner)
	}
}

func tooMany(n int) error {
	return vms.Errorf(vms.Conflict, "too-many-sessions", "同時に開けるのは %d までです。 No more than %d at once for one sign-in.", n, n)
}

// whepOffer answers POST /whep/{camera} (draft-ietf-wish-whep section 4).
func (g *Gateway) whepOffer(w http.ResponseWriter, r *http.Request) {
	c := who(r.Context())
	q, err := g.whepRequest(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	offer, err := readOffer(w, r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	viewer := g.Viewing.For(c.session, c.source)
	if err := viewer.Check(r.Context(), q); err != nil { // before anything is spent on a connection
		g.fail(w, r, err)
		return
	}
	if !g.sessions.reserve(c.session.ID) {
		g.fail(w, r, tooMany(perSignIn))
		return
	}
	sess, answer, err := g.WHEP.Offer(r.Context(), offer, viewer, q)
	g.sessions.settle(c.session.ID, sess)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", sdpType)
	w.Header().Set("Location", "/whep/"+url.PathEscape(string(q.Camera))+"/"+sess.ID())
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(answer) // the connection is gone where this fails; ICE then gives up
}

func readOffer(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	offer, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxOffer))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, vms.Errorf(vms.Invalid, "too-long", "an SDP offer has at most 64 KiB")
	case err != nil:
		return nil, vms.Errorf(vms.Invalid, "bad-offer", "the SDP offer could not be read")
	}
	return offer, nil
}

func (g *Gateway) whepRequest(r *http.Request) (q whep.Request, err error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != sdpType {
		return q, errNoOffer
	}
	query := r.URL.Query()
	q = whep.Request{Camera: vms.CameraID(r.PathValue("camera")), Stream: vms.Stream(query.Get("stream")), Purpose: query.Get("purpose")}
	if q.Stream == "" {
		q.Stream = g.usualStream(q.Camera)
	}
	if !q.Stream.Valid() {
		return q, vms.Errorf(vms.Invalid, "bad-stream", "stream is main or sub, not %q", q.Stream)
	}
	if at := query.Get("at"); at != "" {
		if q.At, err = vms.ParseInstant(at); err == nil && q.At == 0 {
			err = vms.Errorf(vms.Invalid, "bad-time", "there is no footage of 1970") // and 0 would be live
		}
	}
	return q, err
}

// usualStream is the small one, where a camera has it.
func (g *Gateway) usualStream(id vms.CameraID) vms.Stream {
	if cam := g.Cameras().Find(id); cam != nil && cam.Streams[vms.Sub] == "" {
		return vms.Main
	}
	return vms.Sub
}

func (g *Gateway) whepEnd(w http.ResponseWriter, r *http.Request) {
	sess := g.sessions.take(who(r.Context()).session.ID, r.PathValue("session"))
	if sess == nil {
		g.fail(w, r, errNoSession)
		return
	}
	sess.End("closed by the viewer")
	w.WriteHeader(http.StatusOK)
}

// whepPatch: no trickle ICE and no ICE restart; the answer carries every candidate.
func (g *Gateway) whepPatch(w http.ResponseWriter, r *http.Request) {
	if g.sessions.find(who(r.Context()).session.ID, r.PathValue("session")) == nil {
		g.fail(w, r, errNoSession)
		return
	}
	notAllowed(w, "DELETE")
}

// errNoSession is said of sessions that do not exist and of those of others.
var errNoSession = vms.Errorf(vms.NotFound, "no-session", "there is no such session")
