// Package gateway is the HTTP surface: one route table, cookies, JSON, events and the browser
// application. A handler decodes, asks the rooms below, and answers.
//
// Invariants: every route stands in the table of routes.go with what it needs, and nothing is
// served that is not in it. Answers are never cached by anybody, save files named by their content.
// Errors are RFC 9457 problems; what is not for the person's eyes is logged, not answered. No CORS.
//
// It holds no rules: who may do what is access, what footage leaves is viewing.
package gateway

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/audit/anchor"
	"yagura/internal/bookmark"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/desk"
	"yagura/internal/directory"
	"yagura/internal/dossier"
	"yagura/internal/duty"
	"yagura/internal/form"
	"yagura/internal/health"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/inquiry"
	"yagura/internal/inventory"
	"yagura/internal/oplog"
	"yagura/internal/oversight"
	"yagura/internal/request"
	"yagura/internal/review"
	"yagura/internal/rights"
	"yagura/internal/staff"
	"yagura/internal/survey"
	"yagura/internal/tally"
	"yagura/internal/viewing"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// Config is what a Gateway works with.
type Config struct {
	Origin   string   // what browsers see
	Relaxed  []string // safeguards that are switched off; every page says so
	Identity *identity.Registry
	Access   *access.Engine
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Archive  *archive.Archive
	Health   *health.Board
	Desk     *desk.Desk
	Bookmark *bookmark.Room
	Viewing  *viewing.Room
	WHEP     *whep.Server
	Duty     *duty.Room
	Inbox    *inbox.Room
	Metrics  prometheus.Gatherer
	Ready    func(context.Context) error // nil once everything is loaded
	Web      fs.FS
	Clock    *vms.Clock
	Log      *slog.Logger

	Directory          *directory.OIDC // nil: nobody signs in at the directory's page
	DirectoryPasswords bool            // it compares passwords typed here

	Staff    *staff.Room
	BodyTime time.Duration // how long the body of a request may take; 30 s where 0
	Rate     int           // requests a second of one sign-in, or of one address without; 100 where 0. Ten times that at once

	Oversight *oversight.Room
	Review    *review.Room
	Inventory *inventory.Room
	Hold      *hold.Room
	Request   *request.Room
	Rights    *rights.Room
	Inquiry   *inquiry.Room
	Records   *compliance.Room
	Forms     *form.Room
	Dossier   *dossier.Room
	Survey    *survey.Room
	Oplog     *oplog.Room
	Tally     *tally.Room
	Anchored  func(context.Context) (anchor.Status, error) // how far the audit log is known outside the database
}

// Gateway is the http.Handler of the whole surface.
type Gateway struct {
	Config
	secure   bool // browsers come by https
	handler  http.Handler
	document []byte      // OpenAPI
	began    vms.Instant // nothing is known of the time before
	sessions *sessions
	streams  *quota // of events, by sign-in
	pictures *quota // being fetched, by sign-in
	files    *quota // attached ones on their way, likewise
	probes   *quota // of the way media takes, likewise
	feed     *feed
	floods   *rate.Limiter
	people   *pace // of requests, by sign-in
	visitors *pace // of requests, by address where nobody is signed in
	notices  *pace // of the public page, by address
	asking   *pace // of inquiries, likewise
	looking  *pace // at answers, likewise
}

// New builds the handler. Its error says that the origin is none.
func New(c Config) (*Gateway, error) {
	g := &Gateway{Config: c, sessions: newSessions(), streams: newQuota(eventStreams), pictures: newQuota(pictureFetch), probes: newQuota(probesAtOnce), files: newQuota(filesAtOnce),
		feed: newFeed(), floods: rate.NewLimiter(rate.Every(floodEvery), floodBurst),
		notices: newPace(time.Second, 60), asking: newPace(10*time.Minute, 5), looking: newPace(10*time.Second, 10)}
	g.began = g.now()
	g.BodyTime, g.Rate = cmp.Or(c.BodyTime, bodyTime), cmp.Or(c.Rate, requestRate)
	every := time.Second / time.Duration(g.Rate)
	g.people, g.visitors = newPace(every, 10*g.Rate), newPace(every, 10*g.Rate)
	origin, err := url.Parse(c.Origin)
	if err != nil {
		return nil, fmt.Errorf("origin: %w", err)
	}
	g.secure = origin.Scheme == "https"
	protect := http.NewCrossOriginProtection()
	if err := protect.AddTrustedOrigin(origin.Scheme + "://" + origin.Host); err != nil {
		return nil, fmt.Errorf("origin %q: %w", c.Origin, err)
	}
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, &problem{Title: http.StatusText(http.StatusForbidden), Status: http.StatusForbidden, Code: "cross-origin",
			Detail: "ほかのサイトからの操作は受け付けません。 Nothing is done on behalf of another site."})
	}))
	routes, err := g.routes()
	if err != nil {
		return nil, fmt.Errorf("describe the routes: %w", err)
	}
	g.handler = g.headers(protect.Handler(routes))
	return g, nil
}

func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.handler.ServeHTTP(w, r) }

// Serve answers on l until ctx ends, by TLS where there is a certificate (PEM files), then lets running requests finish for a moment.
func Serve(ctx context.Context, l net.Listener, h http.Handler, cert, key string, log *slog.Logger) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return ctx }}
	if cert != "" {
		var err error
		if s.TLSConfig, err = tlsConfig(cert, key, log); err != nil {
			return err
		}
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if s.Shutdown(late) != nil {
			_ = s.Close() // what is still open is cut
		}
	}()
	var err error
	if cert != "" {
		err = s.ServeTLS(l, "", "")
	} else {
		err = s.Serve(l)
	}
	if ctx.Err() == nil {
		return err
	}
	<-stopped
	return nil
}

const (
	maxBody      = 256 << 10        // bytes of a JSON request
	bodyTime     = 30 * time.Second // for the body of a request
	requestRate  = 100              // requests a second
	eventStreams = 20               // of one sign-in
	floodEvery   = 10 * time.Second // too many sign-ins are told to the audit log this often,
	floodBurst   = 10               // after so many at once
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
	"font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"

// headers sets what every answer carries.
func (g *Gateway) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store, private")
		h.Set("Vary", "Cookie, Authorization")
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), fullscreen=(self)")
		if g.secure {
			h.Set("Strict-Transport-Security", "max-age=63072000")
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(g.BodyTime)) // not every listener can; then it has none
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), contextKey{}, caller{source: host(r.RemoteAddr)})))
	})
}

const (
	plainCookie  = "yagura"
	secureCookie = "__Host-yagura"
	plainHalf    = "yagura-half" // of half a sign-in
	secureHalf   = "__Host-yagura-half"
	plainAsk     = "yagura-ask" // of a question to the directory
	secureAsk    = "__Host-yagura-ask"
)

// cookieName carries the __Host- prefix where the browser comes by https.
func (g *Gateway) cookieName() string {
	if g.secure {
		return secureCookie
	}
	return plainCookie
}

func (g *Gateway) halfCookieName() string {
	if g.secure {
		return secureHalf
	}
	return plainHalf
}

// token is what the request proves itself with: a bearer token, else the session cookie.
func (g *Gateway) token(r *http.Request) string {
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(bearer)
	}
	if c, err := r.Cookie(g.cookieName()); err == nil {
		return c.Value
	}
	return ""
}

func host(addr string) string {
	if h, _, err := net.SplitHostPort(addr); err == nil {
		return h
	}
	return addr
}

type contextKey struct{}

// caller is who makes a request.
type caller struct {
	session *identity.Session // nil on routes that need nobody; half of one on Halfway routes
	source  string            // network address
}

// who returns the caller that the route table let in.
func who(ctx context.Context) caller {
	c, _ := ctx.Value(contextKey{}).(caller)
	return c
}

// asking is the same caller, as the rooms below want to know them.
func asking(ctx context.Context) identity.Caller {
	c := who(ctx)
	return identity.Caller{Person: c.session.Person, Session: c.session.ID, From: c.source}
}

// signedIn lets signed-in people through and answers 401 to all others.
func (g *Gateway) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := who(r.Context())
		var err error
		if c.session, err = g.Identity.Resolve(r.Context(), g.token(r)); err != nil {
			if !g.visitors.allow(c.source) {
				err = errBusy
			}
			g.fail(w, r, g.away(r.Context(), err))
			return
		}
		if !g.people.allow(c.session.ID) {
			g.fail(w, r, errBusy)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), contextKey{}, c)))
	})
}

// visiting holds back floods where nobody is signed in.
func (g *Gateway) visiting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.visitors.allow(who(r.Context()).source) {
			g.fail(w, r, errBusy)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// halfway lets through whoever knows a password and has to prove a second factor. Half a sign-in has a
// cookie of its own, which no other route reads.
func (g *Gateway) halfway(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, token := who(r.Context()), ""
		if cookie, err := r.Cookie(g.halfCookieName()); err == nil {
			token = cookie.Value
		}
		var err error
		if c.session, err = g.Identity.HalfOf(r.Context(), token); err != nil {
			g.fail(w, r, g.away(r.Context(), err))
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), contextKey{}, c)))
	})
}

// steppedUp lets signed-in people through who proved themselves a short while ago.
func (g *Gateway) steppedUp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.Identity.Fresh(who(r.Context()).session) {
			g.fail(w, r, errStepUp)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// errStepUp asks for a fresh proof: POST /api/session/step-up/begin says how, and then the request is made again.
var errStepUp = vms.Errorf(vms.Denied, "step-up", "この操作の前に、もう一度本人確認をしてください。 Prove yourself anew, then ask again.")

// away is what is answered while nobody can be recognised.
func (g *Gateway) away(ctx context.Context, err error) error {
	if err == nil || vms.Code(err) != "" || ctx.Err() != nil {
		return err
	}
	g.Log.Error("the database is away", "err", err)
	return vms.Errorf(vms.Conflict, "unavailable", "データベースに接続できません。時間をおいて、もう一度お試しください。 The database is away; try again later.")
}

// fail answers an error as a problem.
func (g *Gateway) fail(w http.ResponseWriter, r *http.Request, err error) {
	writeProblem(w, g.told(r.Context(), r.URL.Path, err))
}

// told turns an error into what is answered, and logs what is our own fault.
func (g *Gateway) told(ctx context.Context, path string, err error) *problem {
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError && ctx.Err() == nil {
		g.Log.Error("request failed", "path", path, "err", err)
	}
	return p
}
