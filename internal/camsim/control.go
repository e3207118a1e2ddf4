package camsim

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"yagura/internal/vms"
)

// Control steers the cameras over HTTP, for tests from outside the process:
//
//	GET   /cameras/{id}                      how it behaves, and its counters
//	PATCH /cameras/{id}                      a JSON object of what changes in its Mode
//	POST  /cameras/{id}/{deed}[?by=&stream=] disconnect; jump or wrap by a duration (1h);
//	                                         garbage, noise or huge by bytes; skip by units
//	POST  /down, /up                         the whole server
//
// It asks for no credentials: it belongs on a loopback address.
func (s *Server) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cameras/{id}", s.steer(func(*Camera, *http.Request) error { return nil }))
	mux.HandleFunc("PATCH /cameras/{id}", s.steer(patchMode))
	mux.HandleFunc("POST /cameras/{id}/{deed}", s.steer(doDeed))
	mux.HandleFunc("POST /down", func(http.ResponseWriter, *http.Request) { s.Down() })
	mux.HandleFunc("POST /up", func(w http.ResponseWriter, _ *http.Request) {
		if err := s.Up(); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	})
	return mux
}

// steer finds the camera, acts on it and answers with its state.
func (s *Server) steer(act func(*Camera, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := s.Camera(vms.CameraID(r.PathValue("id")))
		if c == nil {
			http.NotFound(w, r)
			return
		}
		if err := act(c, r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(struct {
			Mode  Mode  `json:"mode"`
			Stats Stats `json:"stats"`
		}{c.Mode(), c.Stats()})
	}
}

func patchMode(c *Camera, r *http.Request) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	var err error
	c.Change(func(m *Mode) {
		old := *m
		if err = d.Decode(m); err != nil {
			*m = old
		}
	})
	return err
}

func doDeed(c *Camera, r *http.Request) error {
	by := r.FormValue("by")
	switch deed := r.PathValue("deed"); deed {
	case "disconnect":
		c.Disconnect()
	case "jump", "wrap":
		d, err := time.ParseDuration(by)
		if err != nil {
			return vms.Errorf(vms.Invalid, "bad-duration", "by=%q is not a duration such as 1h or -30s", by)
		}
		if deed == "wrap" {
			c.WrapIn(d)
		} else {
			c.Jump(d)
		}
	case "garbage", "noise", "huge", "skip":
		n, err := strconv.Atoi(by)
		if err != nil || n < 0 || n > maxBacklog {
			return vms.Errorf(vms.Invalid, "bad-number", "by=%q is not a number of bytes or units", by)
		}
		c.disturb(deed, vms.Stream(r.FormValue("stream")), n)
	default:
		return vms.Errorf(vms.NotFound, "unknown-deed", "no deed %q", deed)
	}
	return nil
}

func (c *Camera) disturb(deed string, st vms.Stream, n int) {
	switch deed {
	case "garbage":
		c.Garbage(n)
	case "noise":
		c.Noise(n)
	case "huge":
		c.Huge(st, n)
	case "skip":
		c.Skip(n)
	}
}
