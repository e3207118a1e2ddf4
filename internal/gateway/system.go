package gateway

import (
	"context"
	"net"
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type systemOutput struct {
	Body struct {
		Relaxed   []string `json:"relaxed" nullable:"false" doc:"safeguards that are switched off here"`
		Zone      string   `json:"zone" doc:"time zone of screens"`
		Directory []string `json:"directory" nullable:"false" enum:"oidc,ldap" doc:"how the ward's directory takes part in signing in: by its own page, by passwords typed here"`
		Overlay   string   `json:"overlay" enum:"choice,always" doc:"who decides on name and time over pictures: each person, or nobody"`
	}
}

// system says what also the page one signs in on must say.
func (g *Gateway) system(context.Context, *struct{}) (*systemOutput, error) {
	out := &systemOutput{}
	out.Body.Relaxed, out.Body.Zone, out.Body.Overlay = g.relaxed(), zone, g.Desk.Overlay
	out.Body.Directory = []string{}
	if g.Directory != nil {
		out.Body.Directory = append(out.Body.Directory, "oidc")
	}
	if g.DirectoryPasswords {
		out.Body.Directory = append(out.Body.Directory, "ldap")
	}
	return out, nil
}

const zone = "Asia/Tokyo"

// relaxed is never nil.
func (g *Gateway) relaxed() []string { return append([]string{}, g.Relaxed...) }

// Probes is what a process without the role of a gateway answers: whether it is well.
func (g *Gateway) Probes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", g.healthz)
	mux.HandleFunc("GET /readyz", g.readyz)
	mux.HandleFunc("GET /metrics", g.metrics())
	mux.HandleFunc("/", g.noRoute)
	return g.headers(mux)
}

func (g *Gateway) healthz(w http.ResponseWriter, _ *http.Request) { answerOK(w) }

// readyz is 200 once database, store, cameras, policies and people are loaded.
func (g *Gateway) readyz(w http.ResponseWriter, r *http.Request) {
	if err := g.Ready(r.Context()); err != nil {
		writeProblem(w, &problem{Title: http.StatusText(http.StatusServiceUnavailable), Status: http.StatusServiceUnavailable, Detail: err.Error()})
		return
	}
	answerOK(w)
}

func answerOK(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// metrics answers this machine only, and nothing that a proxy on it passes on: the list of cameras
// is confidential.
func (g *Gateway) metrics() http.HandlerFunc {
	h := promhttp.HandlerFor(g.Metrics, promhttp.HandlerOpts{})
	return func(w http.ResponseWriter, r *http.Request) {
		ip := net.ParseIP(who(r.Context()).source)
		if ip == nil || !ip.IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
			g.noRoute(w, r)
			return
		}
		h.ServeHTTP(w, r)
	}
}

func (g *Gateway) noRoute(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, &problem{Title: http.StatusText(http.StatusNotFound), Status: http.StatusNotFound,
		Detail: "There is no " + r.Method + " " + r.URL.Path + "."})
}
