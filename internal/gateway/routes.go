package gateway

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Need is what a route asks of the caller before its handler runs. What concerns one camera is
// checked behind it, after the camera is known.
type Need string

const (
	Nothing Need = "nothing"   // anybody on the network
	SignIn  Need = "signed-in" // any person
)

// Route is one line of the table: it makes the mux, the OpenAPI document and the access matrix.
type Route struct {
	Method, Path string
	Need         Need
	Action       string // the access action checked on the object; "" where there is none
	Summary      string

	plain http.HandlerFunc               // WHEP, events, files
	json  func(huma.API, huma.Operation) // JSON, by huma
}

// table is every route there is.
func (g *Gateway) table() []Route {
	return []Route{
		{"POST", "/api/session", Nothing, "", "Sign in", nil, handle(g, g.signIn)},
		{"GET", "/api/session", SignIn, "", "Who am I", nil, handle(g, g.session)},
		{"PUT", "/api/session", SignIn, "", "State the purpose of this session", nil, handle(g, g.setPurpose)},
		{"DELETE", "/api/session", SignIn, "", "Sign out", nil, handle(g, g.signOut)},
		{"GET", "/api/cameras", SignIn, "", "Cameras this person may know of", nil, handle(g, g.listCameras)},
		{"GET", "/api/cameras/{id}/recordings", SignIn, "past", "What is recorded, and gaps with their cause", nil, handle(g, g.recordings)},
		{"GET", "/api/health/cameras", SignIn, "health", "State and figures of cameras", nil, handle(g, g.healthCameras)},
		{"GET", "/api/events", SignIn, "", "Changes, as server-sent events", g.events, nil},
		{"POST", "/whep/{camera}", SignIn, "live, past, main", "Open a WebRTC session (WHEP)", g.whepOffer, nil},
		{"DELETE", "/whep/{camera}/{session}", SignIn, "own session", "End a WebRTC session", g.whepEnd, nil},
		{"PATCH", "/whep/{camera}/{session}", SignIn, "own session", "Not supported", g.whepPatch, nil},
		{"GET", "/healthz", Nothing, "", "The process answers", g.healthz, nil},
		{"GET", "/readyz", Nothing, "", "Everything is loaded", g.readyz, nil},
		{"GET", "/metrics", Nothing, "", "Figures for Prometheus", g.metrics(), nil},
		{"GET", "/api/openapi.json", Nothing, "", "This surface as OpenAPI 3.1", nil, nil},
		{"", "/api/", Nothing, "", "No such route", g.noRoute, nil},
		{"", "/whep/", Nothing, "", "No such route", g.noRoute, nil},
		{"", "/", Nothing, "", "The browser application", static{g.Web}.ServeHTTP, nil},
	}
}

// Routes is the table without handlers, for the access matrix.
func (g *Gateway) Routes() []Route {
	t := g.table()
	for i := range t {
		t[i].plain, t[i].json = nil, nil
	}
	return t
}

func (g *Gateway) routes() http.Handler {
	mux := http.NewServeMux()
	inner := http.NewServeMux() // huma's, behind the checks below
	config := huma.DefaultConfig("Yagura", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/openapi", "", ""
	config.CreateHooks = nil // no $schema links
	api := humago.New(inner, config)
	for _, r := range g.table() {
		var h http.Handler = inner
		if r.plain != nil {
			h = r.plain
			document(api, r)
		} else if r.json != nil {
			r.json(api, operation(r))
		}
		if r.Need == SignIn {
			h = g.signedIn(h)
		}
		mux.Handle(r.pattern(), h)
	}
	return mux
}

func (r Route) pattern() string {
	if r.Method == "" {
		return r.Path
	}
	return r.Method + " " + r.Path
}

func operation(r Route) huma.Operation {
	op := huma.Operation{Method: r.Method, Path: r.Path, Summary: r.Summary, MaxBodyBytes: 256 << 10}
	if r.Need == SignIn {
		op.Security = []map[string][]string{{"cookie": {}}, {"bearer": {}}}
	}
	return op
}

// document puts a route that huma does not serve into the OpenAPI document.
func document(api huma.API, r Route) {
	if r.Method == "" {
		return
	}
	op := operation(r)
	op.Responses = map[string]*huma.Response{"default": {Description: "An answer, or an RFC 9457 problem"}}
	api.OpenAPI().AddOperation(&op)
}

// handle registers a JSON handler with huma, turning kinds of error into problems.
func handle[In, Out any](g *Gateway, fn func(context.Context, *In) (*Out, error)) func(huma.API, huma.Operation) {
	return func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *In) (*Out, error) {
			out, err := fn(ctx, in)
			if err != nil {
				return nil, g.told(ctx, op.Path, err)
			}
			return out, nil
		})
	}
}
