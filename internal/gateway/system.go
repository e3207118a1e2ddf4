package gateway

import (
	"net"
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

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

// metrics answers this machine only, where a scraper or a proxy with rules of its own stands: the
// list of cameras is confidential.
func (g *Gateway) metrics() http.HandlerFunc {
	h := promhttp.HandlerFor(g.Metrics, promhttp.HandlerOpts{})
	return func(w http.ResponseWriter, r *http.Request) {
		if ip := net.ParseIP(source(r)); ip == nil || !ip.IsLoopback() {
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
