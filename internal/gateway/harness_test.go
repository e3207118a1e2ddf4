package gateway_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/access"
	"yagura/internal/attachment"
	"yagura/internal/audit/anchor"
	"yagura/internal/blob"
	"yagura/internal/bookmark"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/desk"
	"yagura/internal/dossier"
	"yagura/internal/duty"
	"yagura/internal/form"
	"yagura/internal/gateway"
	"yagura/internal/health"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/inquiry"
	"yagura/internal/inventory"
	"yagura/internal/oplog"
	logs "yagura/internal/oplog/event"
	"yagura/internal/oversight"
	"yagura/internal/record"
	"yagura/internal/request"
	"yagura/internal/review"
	"yagura/internal/rights"
	"yagura/internal/staff"
	"yagura/internal/survey"
	"yagura/internal/tally"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const password = "correct horse battery"

// house is a gateway over a small ward, listening on 127.0.0.1.
type house struct {
	*viewingtest.World
	t       *testing.T
	gateway *gateway.Gateway
	board   *health.Board
	whep    *whep.Server
	srv     *httptest.Server
	ready   atomic.Pointer[error]
	files   blob.Store // of what is attached to records

	cameraFiles, policyFiles *camera.Store
}

var web = fstest.MapFS{
	"public.html":         {Data: []byte("<!doctype html><title>監視カメラ</title>")},
	"index.html":          {Data: []byte("<!doctype html><title>櫓</title>")},
	"assets/app-1234.js":  {Data: []byte("export {}")},
	".placeholder":        {Data: []byte("x")},
	"fonts/noto.woff2":    {Data: []byte("x")},
	"assets/app-1234.css": {Data: []byte("x")},
}

func newHouse(t *testing.T, edit ...func(*gateway.Config)) *house {
	t.Helper()
	return houseOf(t, viewingtest.New(t), edit...)
}

func houseOf(t *testing.T, world *viewingtest.World, edit ...func(*gateway.Config)) *house {
	t.Helper()
	h := &house{World: world, t: t}
	h.board = health.NewBoard(h.DB)
	var err error
	h.whep, err = whep.New(whep.Config{UDP: "127.0.0.1:0", TCP: "127.0.0.1:0"})
	require.NoError(t, err)
	registry := prometheus.NewRegistry()
	registry.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "yagura_test"}))
	c := gateway.Config{Origin: "http://yagura.test:8080", Identity: h.Identity, Access: h.Access, Audit: h.Audit, Cameras: h.Set,
		Archive: h.Archive, Health: h.board, Viewing: h.Room, WHEP: h.whep, Duty: h.duty(), Metrics: registry, Web: web, Clock: h.Clock,
		Desk:     desk.New(desk.Config{DB: h.DB, Clock: h.Clock}),
		Bookmark: bookmark.New(bookmark.Config{DB: h.DB, Access: h.Access, Audit: h.Audit, Cameras: h.Set, Clock: h.Clock, Log: slog.New(slog.DiscardHandler)}),
		Log:      slog.New(slog.DiscardHandler), Ready: func(context.Context) error {
			if e := h.ready.Load(); e != nil {
				return *e
			}
			return nil
		}}
	c.Rights = h.rights()
	c.Staff = staff.New(staff.Config{Identity: h.Identity, Access: h.Access, Audit: h.Audit, Cameras: h.Set, Files: h.cameraFiles, Now: h.Now})
	c.Oversight = h.oversight()
	c.Inquiry = inquiry.New(inquiry.Config{DB: h.DB, Access: h.Access, Identity: h.Identity, Audit: h.Audit, Cameras: h.Set, Now: h.Now, Page: c.Origin + "/public",
		Sealed: c.Oversight.Sealed, Contact: inquiry.Contact{Responsible: "危機管理担当", Office: "危機管理室", Phone: "03-0000-0000"}})
	c.Review = review.New(review.Config{DB: h.DB, Audit: h.Audit, Access: h.Access, Identity: h.Identity, Oversight: c.Oversight, Key: c.Oversight.Key, Now: h.Now, Log: c.Log})
	c.Inventory = inventory.New(inventory.Config{DB: h.DB, Audit: h.Audit, Access: h.Access, Identity: h.Identity, Cameras: h.Set, Now: h.Now})
	c.Hold = hold.New(hold.Config{DB: h.DB, Access: h.Access, Audit: h.Audit, Cameras: h.Set, Footage: h.Archive, Now: h.Now})
	h.files, err = blob.Open("dir:" + t.TempDir())
	require.NoError(t, err)
	shelf, err := attachment.New(h.files, t.TempDir())
	require.NoError(t, err)
	c.Records, err = compliance.New(compliance.Config{DB: h.DB, Access: h.Access, Audit: h.Audit, Identity: h.Identity, Cameras: h.Set, Now: h.Now, Shelf: shelf})
	require.NoError(t, err)
	c.Dossier = dossier.New(dossier.Config{DB: h.DB, Audit: h.Audit, Records: c.Records, Key: c.Oversight.Key, Now: h.Now})
	c.Oplog = h.oplog(c.Records)
	c.Survey = survey.New(survey.Config{DB: h.DB, Audit: h.Audit, Records: c.Records.Store, Cameras: h.Set, Now: h.Now,
		Actor: func(p *identity.Person) record.Actor { return c.Records.Actor(&identity.Session{Person: p}, "") }})
	c.Request = request.New(request.Config{DB: h.DB, Access: h.Access, Audit: h.Audit, Cameras: h.Set, Footage: h.Archive, Holds: c.Hold, Seal: c.Oversight.Seal, Now: h.Now,
		Hint: gateway.RequestHint(c.Oplog), HintAsked: c.Oplog.FootageAsked, HintAnswered: c.Oplog.FootageOutcome,
		Terminal: func(context.Context, string) (request.Terminal, error) {
			return request.Terminal{Room: "戸籍住民", Cameras: []vms.CameraID{"c-koseki", "c-shared"}}, nil
		},
		Member: func(_ context.Context, _ identity.Caller, known string) (request.Member, error) {
			return request.Member{Number: known, Name: "見本　太郎", Unit: "戸籍"}, nil
		}})
	c.Inbox = inbox.New(h.DB, h.Now, c.Duty, c.Rights, c.Hold, c.Request, c.Oplog, c.Inquiry, c.Review, c.Inventory, c.Survey, c.Records, &inbox.SignIns{Identity: h.Identity}, &inbox.Approvals{Identity: h.Identity, Access: h.Access, Now: h.Now})
	c.Rate = 1 << 20 // tests ask faster than people
	c.Anchored = func(ctx context.Context) (anchor.Status, error) { return anchor.StatusOf(ctx, h.DB) }
	c.Forms = form.New(form.Config{Records: c.Records, Cameras: h.Set, Now: h.Now})
	c.Tally = tally.New(tally.Config{Records: c.Records.Store, Calendar: c.Records.Calendar, Cameras: h.Set, Audit: h.Audit, Now: h.Now})
	h.Run(c.Inbox.Run)
	for _, e := range edit {
		e(&c)
	}
	h.gateway, err = gateway.New(c)
	require.NoError(t, err)
	h.srv = httptest.NewServer(h.gateway)
	t.Cleanup(func() {
		h.srv.CloseClientConnections()
		h.srv.Close()
		require.NoError(t, h.whep.Close())
		h.srv.Client().CloseIdleConnections()
	})
	return h
}

// oversight reads the ward's log, and signs with a key of its own.
func (h *house) oversight() *oversight.Room {
	_, key, err := ed25519.GenerateKey(nil)
	require.NoError(h.t, err)
	return oversight.New(oversight.Config{DB: h.DB, Log: h.Audit, Access: h.Access, Identity: h.Identity, Cameras: h.Set, Key: key, Now: h.Now})
}

// oplog is the room of operation logs, with a key of the tests.
func (h *house) oplog(records *compliance.Room) *oplog.Room {
	profiles, err := logs.Profiles()
	require.NoError(h.t, err)
	key, err := logs.NewKey("a secret of the tests, long enough")
	require.NoError(h.t, err)
	return oplog.New(oplog.Config{DB: h.DB, Access: h.Access, Audit: h.Audit, Identity: h.Identity, Cameras: h.Set, Profiles: profiles, Key: key, Now: h.Now, Log: slog.New(slog.DiscardHandler),
		Terminals: func(ctx context.Context) (map[string]oplog.Terminal, error) {
			seats, err := records.Seats(ctx)
			out := map[string]oplog.Terminal{}
			for _, s := range seats {
				out[s.Terminal] = oplog.Terminal{ID: s.Terminal, Unit: s.Unit, Room: s.Room, Cameras: s.Cameras}
			}
			return out, err
		}})
}

// rights is the room of rights, with the ward's files as their first versions.
func (h *house) rights() *rights.Room {
	h.cameraFiles, h.policyFiles = camera.NewStore(h.DB, false), access.NewStore(h.DB, false)
	policies, err := conf.ReadDir("../../policies", access.Patterns...)
	require.NoError(h.t, err)
	for store, files := range map[*camera.Store][]conf.File{h.cameraFiles: viewingtest.Files(h.Moved), h.policyFiles: policies} {
		_, err := store.Propose(h.t.Context(), files, "files")
		require.NoError(h.t, err)
	}
	return rights.New(rights.Config{DB: h.DB, Identity: h.Identity, Access: h.Access, Audit: h.Audit, Cameras: h.Set,
		Files: []*camera.Store{h.cameraFiles, h.policyFiles}, Now: h.Now, Night: rights.Night{Posts: rights.EmergencyPosts}}) // it is always night
}

// duty is the room of the duty to look, over the ward's archive.
func (h *house) duty() *duty.Room {
	return duty.New(duty.Config{DB: h.DB, Access: h.Access, Identity: h.Identity, Audit: h.Audit, Cameras: h.Set, Footage: h.Archive,
		Watching: h.Room.Seen, Now: h.Now})
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// ask makes a request; headers come in pairs. A path that begins with / is of this house.
func (h *house) ask(method, path, body string, headers ...string) answer {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.srv.URL+path, strings.NewReader(body))
	require.NoError(h.t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := h.srv.Client().Transport.RoundTrip(req) // no redirects, no cookies
	require.NoError(h.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(h.t, err)
	return answer{res, string(b)}
}

// as makes a request with a person's token.
func (h *house) as(token, method, path, body string, headers ...string) answer {
	h.t.Helper()
	return h.ask(method, path, body, append(headers, "Authorization", "Bearer "+token)...)
}

// offer posts an SDP offer.
func (h *house) offer(token, path, sdp string) answer {
	h.t.Helper()
	return h.as(token, "POST", path, sdp, "Content-Type", "application/sdp")
}

// read decodes a JSON answer.
func read[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(a.body), &v), "%s", a.body)
	return v
}

// problem checks that an answer is a problem of that status and code.
func problem(t *testing.T, a answer, status int, code string) {
	t.Helper()
	require.Equal(t, status, a.StatusCode, "%s", a.body)
	require.Equal(t, "application/problem+json", a.Header.Get("Content-Type"))
	p := read[struct {
		Title, Detail, Code string
		Status              int
	}](t, a)
	require.Equal(t, status, p.Status)
	require.Equal(t, http.StatusText(status), p.Title)
	require.Equal(t, code, p.Code, "%s", a.body)
}
