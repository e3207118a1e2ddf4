package gateway

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Need is what a route asks of the caller before its handler runs. What concerns one camera is
// checked behind it, after the camera is known.
type Need string

const (
	Nothing Need = "nothing"   // anybody on the network
	Machine Need = "machine"   // anybody on this machine
	SignIn  Need = "signed-in" // any person
)

// Route is one line of the table: it makes the mux, the OpenAPI document and the access matrix.
type Route struct {
	Method, Path string // without a method: whatever no other line takes
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
		{"GET", "/api/system", Nothing, "", "What every page says, before signing in too", nil, handle(g, g.system)},
		{"GET", "/api/cameras", SignIn, "", "Cameras this person may know of", nil, handle(g, g.listCameras)},
		{"GET", "/api/cameras/{id}/recordings", SignIn, "past", "What is recorded, and gaps with their cause", nil, handle(g, g.recordings)},
		{"POST", "/api/cameras/{id}/bookmarks", SignIn, "bookmark, still", "Bookmark a moment of footage, or keep a still of it", nil, handle(g, g.addBookmark)},
		{"GET", "/api/bookmarks", SignIn, "bookmark", "Bookmarks this person may see", nil, handle(g, g.listBookmarks)},
		{"PUT", "/api/bookmarks/{id}", SignIn, "own, bookmark", "Change a bookmark", nil, handle(g, g.changeBookmark)},
		{"DELETE", "/api/bookmarks/{id}", SignIn, "own, bookmark", "Remove a bookmark", nil, handle(g, g.removeBookmark)},
		{"GET", "/api/me/settings", SignIn, "", "How this person likes to work", nil, handle(g, g.settings)},
		{"PUT", "/api/me/settings", SignIn, "", "Change it", nil, handle(g, g.setSettings)},
		{"GET", "/api/me/sets", SignIn, "own", "Saved walls", nil, handle(g, g.listSets)},
		{"POST", "/api/me/sets", SignIn, "own", "Save a wall", nil, handle(g, g.addSet)},
		{"PUT", "/api/me/sets/{id}", SignIn, "own", "Change a saved wall", nil, handle(g, g.changeSet)},
		{"DELETE", "/api/me/sets/{id}", SignIn, "own", "Forget a saved wall", nil, handle(g, g.removeSet)},
		{"GET", "/api/cameras/{id}/activity", SignIn, "past", "How much moved, in buckets", nil, handle(g, g.activity)},
		{"GET", "/api/cameras/{id}/activity/next", SignIn, "past", "Where something begins to move next", nil, handle(g, g.nextActivity)},
		{"GET", "/api/cameras/{id}/picture", SignIn, "past, main", "One picture of the past, to be decoded in the browser", g.picture, nil},
		{"GET", "/api/health/cameras", SignIn, "health", "State and figures of cameras", nil, handle(g, g.healthCameras)},
		{"GET", "/api/health/coverage", SignIn, "health", "How much of each day is recorded", nil, handle(g, g.coverage)},
		{"GET", "/api/duty", SignIn, "own unit, duty.read", "How the duty to look stands this month", nil, handle(g, g.dutyUnits)},
		{"PUT", "/api/duty/norms/{unit}", SignIn, "approve_policy", "Set how much a unit's heads shall look", nil, handle(g, g.setDutyNorm)},
		{"POST", "/api/duty/rounds", SignIn, "duty", "Draw a round of looking, or find the open one", nil, handle(g, g.beginRound)},
		{"GET", "/api/duty/rounds/{id}", SignIn, "own round", "A round", nil, handle(g, g.round)},
		{"PUT", "/api/duty/rounds/{id}/moments/{n}", SignIn, "own round", "Mark a moment one has seen", nil, handle(g, g.markMoment)},
		{"POST", "/api/duty/reports", SignIn, "past", "Tell crisis management", nil, handle(g, g.sendReport)},
		{"GET", "/api/duty/reports", SignIn, "own reports, duty.receive", "Reports to crisis management", nil, handle(g, g.reports)},
		{"POST", "/api/duty/reports/{id}/receipt", SignIn, "duty.receive", "Note that a report was received", nil, handle(g, g.receiveReport)},
		{"POST", "/api/duty/reports/{id}/outcome", SignIn, "duty.receive", "Say what came of a report", nil, handle(g, g.decideReport)},
		{"GET", "/api/duty/months/{month}", SignIn, "duty.read", "The ledger of a unit's month", nil, handle(g, g.dutyMonth)},
		{"GET", "/api/inbox", SignIn, "", "What waits for this person", nil, handle(g, g.listInbox)},
		{"POST", "/api/inbox/{id}/read", SignIn, "own item", "Note that an item was read", nil, handle(g, g.readItem)},
		{"GET", "/api/events", SignIn, "", "Changes, as server-sent events", g.events, nil},
		{"POST", "/whep/{camera}", SignIn, "live, past, main", "Open a WebRTC session (WHEP)", g.whepOffer, nil},
		{"DELETE", "/whep/{camera}/{session}", SignIn, "own session", "End a WebRTC session", g.whepEnd, nil},
		{"PATCH", "/whep/{camera}/{session}", SignIn, "own session", "Answers 405: no trickle ICE, no restart", g.whepPatch, nil},
		{"GET", "/api/diagnostics", SignIn, "", "What the server sees of the way to this browser", nil, handle(g, g.diagnostics)},
		{"POST", "/api/diagnostics/webrtc", SignIn, "", "A WebRTC connection that only echoes, to try the way", g.probe, nil},
		{"GET", "/api/plans", SignIn, "", "Floor plans, with the cameras this person may know of", nil, handle(g, g.listPlans)},
		{"GET", "/healthz", Nothing, "", "The process answers", g.healthz, nil},
		{"GET", "/readyz", Nothing, "", "Everything is loaded", g.readyz, nil},
		{"GET", "/metrics", Machine, "", "Figures for Prometheus", g.metrics(), nil},
		{"GET", "/api/openapi.json", Nothing, "", "This surface as OpenAPI 3.1", g.openapi, nil},
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

func (g *Gateway) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	inner := http.NewServeMux() // huma's, behind the checks below
	api := humago.New(inner, apiConfig())
	methods := map[string][]string{} // by path
	for _, r := range g.table() {
		var h http.Handler = inner
		switch {
		case r.json != nil:
			r.json(api, operation(r))
		case r.plain != nil:
			h = r.plain
			document(api, r)
		}
		if r.Need == SignIn {
			h = g.signedIn(h)
		}
		if mux.Handle(r.pattern(), h); r.Method != "" {
			methods[r.Path] = append(methods[r.Path], r.Method)
		}
	}
	for path, list := range methods {
		mux.HandleFunc(path, otherMethod(list))
	}
	var err error
	g.document, err = json.Marshal(tidy(api.OpenAPI()))
	return mux, err
}

func (r Route) pattern() string {
	if r.Method == "" {
		return r.Path
	}
	return r.Method + " " + r.Path
}

// otherMethod answers methods a path does not have.
func otherMethod(has []string) http.HandlerFunc {
	allow := slices.Clone(has)
	if slices.Contains(allow, http.MethodGet) {
		allow = append(allow, http.MethodHead)
	}
	slices.Sort(allow)
	return func(w http.ResponseWriter, _ *http.Request) { notAllowed(w, strings.Join(allow, ", ")) }
}

// handle registers a JSON handler with huma, turning kinds of error into problems.
func handle[In, Out any](g *Gateway, fn func(context.Context, *In) (*Out, error)) func(huma.API, huma.Operation) {
	return func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *In) (*Out, error) {
			out, err := fn(ctx, in)
			if err != nil {
				p := g.told(ctx, op.Path, err)
				return nil, huma.ErrorWithHeaders(p, p.headers())
			}
			return out, nil
		})
	}
}
