package gateway

import (
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
	perSignIn = 40       // WHEP sessions of one sign-in
	sdpType   = "application/sdp"
)

// sessions knows which WHEP session belongs to which sign-in: its URL is no credential.
type sessions struct {
	mu    sync.Mutex
	owned map[string]map[string]*whep.Session // by sign-in, by session id
}

func newSessions() *sessions { return &sessions{owned: map[string]map[string]*whep.Session{}} }

// reserve reports whether the sign-in may have another session.
func (s *sessions) reserve(owner string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.owned[owner]) < perSignIn
}

// add keeps the session until it is done.
func (s *sessions) add(owner string, sess *whep.Session) {
	s.mu.Lock()
	if s.owned[owner] == nil {
		s.owned[owner] = map[string]*whep.Session{}
	}
	s.owned[owner][sess.ID()] = sess
	s.mu.Unlock()
	go func() { // ends with the session, and the whep server waits for those
		<-sess.Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.owned[owner], sess.ID())
		if len(s.owned[owner]) == 0 {
			delete(s.owned, owner)
		}
	}()
}

func (s *sessions) find(owner, id string) *whep.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.owned[owner][id]
}

// end ends every session of a sign-in.
func (s *sessions) end(owner, reason string) {
	s.mu.Lock()
	var all []*whep.Session
	for _, sess := range s.owned[owner] {
		all = append(all, sess)
	}
	s.mu.Unlock()
	for _, sess := range all {
		sess.End(reason)
	}
}

// whepOffer answers POST /whep/{camera} (draft-ietf-wish-whep section 4).
func (g *Gateway) whepOffer(w http.ResponseWriter, r *http.Request) {
	c := who(r.Context())
	q, err := whepRequest(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	offer, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxOffer))
	if err != nil {
		g.fail(w, r, vms.Errorf(vms.Invalid, "bad-offer", "the SDP offer could not be read, or is longer than 64 KiB"))
		return
	}
	if !g.sessions.reserve(c.session.ID) {
		g.fail(w, r, vms.Errorf(vms.Conflict, "too-many-sessions", "同時に開ける映像は %d までです。 No more than %d sessions for one sign-in.", perSignIn, perSignIn))
		return
	}
	sess, answer, err := g.WHEP.Offer(r.Context(), offer, g.Viewing.For(c.session, c.source), q)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	g.sessions.add(c.session.ID, sess)
	w.Header().Set("Content-Type", sdpType)
	w.Header().Set("Location", "/whep/"+url.PathEscape(string(q.Camera))+"/"+sess.ID())
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(answer) // the connection is gone where this fails; ICE then gives up
}

func whepRequest(r *http.Request) (q whep.Request, err error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != sdpType {
		return q, vms.Errorf(vms.Invalid, "bad-offer", "send the SDP offer as Content-Type: application/sdp")
	}
	query := r.URL.Query()
	q = whep.Request{Camera: vms.CameraID(r.PathValue("camera")), Stream: vms.Stream(query.Get("stream")), Purpose: query.Get("purpose")}
	if q.Stream == "" {
		q.Stream = vms.Sub
	}
	if !q.Stream.Valid() {
		return q, vms.Errorf(vms.Invalid, "bad-stream", "stream is main or sub, not %q", q.Stream)
	}
	if at := query.Get("at"); at != "" {
		q.At, err = vms.ParseInstant(at)
	}
	return q, err
}

func (g *Gateway) whepEnd(w http.ResponseWriter, r *http.Request) {
	if sess := g.own(w, r); sess != nil {
		sess.End("closed by the viewer")
		w.WriteHeader(http.StatusOK)
	}
}

// whepPatch: no trickle ICE and no ICE restart; the answer carries every candidate.
func (g *Gateway) whepPatch(w http.ResponseWriter, r *http.Request) {
	if g.own(w, r) != nil {
		w.Header().Set("Allow", "DELETE")
		writeProblem(w, &problem{Title: http.StatusText(http.StatusMethodNotAllowed), Status: http.StatusMethodNotAllowed})
	}
}

// own returns the session of the URL if it is the caller's, and answers 404 otherwise.
func (g *Gateway) own(w http.ResponseWriter, r *http.Request) *whep.Session {
	sess := g.sessions.find(who(r.Context()).session.ID, r.PathValue("session"))
	if sess == nil {
		g.fail(w, r, vms.Errorf(vms.NotFound, "no-session", "there is no such session"))
	}
	return sess
}
