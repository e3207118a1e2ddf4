package gateway_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
	"yagura/internal/vms"
	"yagura/internal/whep/wheptest"
)

// The matrix: every route × every method × every post in every relation × every camera in every
// state, against what DESIGN section 4 says, written down here once more. It shares no code with the
// rules, nor with what reads them.

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// matrix is one run through all cells.
type matrix struct {
	*house
	cams     []cam
	variants []variant
	sdp      string
	filmed   map[vms.Feed][]vms.Span // footage of the past
	foreign  string                  // path of somebody else's WHEP session
	wall     string                  // id of somebody else's set
	noted    []noted

	everybody []oracle
	cells     atomic.Int64

	mu    sync.Mutex
	alike map[string]bool // 404 answers about cameras, whole
}

func newMatrix(t *testing.T) *matrix {
	m := &matrix{house: newHouse(t), alike: map[string]bool{}, sdp: wheptest.Offer(t)}
	begin, _ := vms.ParseInstant("2017-06-01T00:00:00+09:00")
	future, _ := vms.ParseInstant("2099-04-01T00:00:00+09:00")
	koseki, gomi := []string{"koseki", "kumin"}, []string{"gomi", "kankyo"}
	m.cams = []cam{
		{"c-koseki", "surveillance", true, []place{{begin, koseki}}},
		{"c-security", "security", true, []place{{begin, koseki}}},
		{"c-gomi", "surveillance", true, []place{{begin, gomi}}},
		{"c-shared", "surveillance", true, []place{{begin, slices.Concat(koseki, gomi)}}},
		{"c-moved", "surveillance", true, []place{{begin, koseki}, {m.Moved, gomi}}},
		{"c-future", "surveillance", true, []place{{future, koseki}}},
		{"c-main", "surveillance", false, []place{{begin, koseki}}},
		{id: "no-such-camera"},
	}
	before, after := m.Moved.Add(-10*time.Minute), m.Moved.Add(10*time.Minute)
	var ids []vms.CameraID
	for _, c := range m.cams {
		ids = append(ids, vms.CameraID(c.id))
	}
	m.Film(ids...)
	m.filmed = map[vms.Feed][]vms.Span{}
	for _, feed := range []vms.Feed{{Camera: "c-koseki", Stream: vms.Sub}, {Camera: "c-koseki", Stream: vms.Main}, {Camera: "c-moved", Stream: vms.Sub}} {
		for _, at := range []vms.Instant{before, after} {
			span := vms.Span{From: at.Add(-time.Second), To: at.Add(time.Second)}
			m.Record(feed, span)
			m.filmed[feed] = append(m.filmed[feed], span)
		}
	}
	return m
}

// people makes everybody: each post in each relation, and the odd ones.
func (m *matrix) people() (all []oracle) {
	add := func(login string, posts ...identity.Appointment) {
		m.Add(login, "", "")
		o := oracle{login: login}
		for _, a := range posts {
			a.Login = login
			if a = m.Appoint(a); a.From <= m.Now() && m.Now() < a.To {
				o.posts = append(o.posts, a)
			}
		}
		all = append(all, o)
	}
	for _, post := range identity.Posts {
		if _, ok := rightsOf[post]; !ok {
			m.t.Errorf("the post %s has no row in the matrix", post)
		}
		for _, unit := range []string{"koseki", "kumin", "gomi", "zeimu", ""} {
			if unit != "" || !slices.Contains(identity.UnitPosts, post) {
				add(strings.ReplaceAll(string(post), "_", "-")+"."+unit, identity.Appointment{Post: post, Unit: unit})
			}
		}
	}
	hour := time.Hour
	head := identity.Appointment{Post: "department_head", Unit: "kumin"}
	add("nobody")
	add("former", identity.Appointment{Post: head.Post, Unit: head.Unit, From: m.Now().Add(-2 * hour), To: m.Now().Add(-hour)})
	add("next", identity.Appointment{Post: head.Post, Unit: head.Unit, From: m.Now().Add(hour)})
	add("two-posts", identity.Appointment{Post: "administrator"}, identity.Appointment{Post: "general_manager", Unit: "koseki"})
	add("two-units", identity.Appointment{Post: "general_manager", Unit: "koseki"}, identity.Appointment{Post: "general_manager", Unit: "gomi"})
	return all
}

// flushed is a recorder whose request ends at the first flush, as a browser that leaves.
type flushed struct {
	*httptest.ResponseRecorder
	leave func()
}

func (f flushed) Flush() { f.leave() }

// cell makes one request without a network, and counts it.
func (m *matrix) cell(token, method, path, body, kind string) *httptest.ResponseRecorder {
	if token != "" {
		return m.cellWith(method, path, body, kind, "Authorization", "Bearer "+token)
	}
	return m.cellWith(method, path, body, kind)
}

// cellWith makes it with these headers, in pairs.
func (m *matrix) cellWith(method, path, body, kind string, headers ...string) *httptest.ResponseRecorder {
	n := m.cells.Add(1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	r.RemoteAddr = fmt.Sprintf("[2001:db8::%x:%x]:443", n>>16, n&0xffff) // how often one address may ask is not the matrix's question
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := flushed{httptest.NewRecorder(), cancel}
	m.gateway.ServeHTTP(w, r)
	return w.ResponseRecorder
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	for _, r := range m.gateway.Routes() {
		if _, ok := expected[r.Method+" "+r.Path]; !ok {
			t.Errorf("the route %s %s has no row in the matrix", r.Method, r.Path)
		}
	}
	m.Add("owner", identity.CrisisManagement, "")
	theirs := m.cell(m.Token("owner"), "POST", "/whep/c-koseki", m.sdp, "application/sdp")
	require.Equal(t, 201, theirs.Code)
	m.foreign = theirs.Header().Get("Location")
	theirs = m.cell(m.Token("owner"), "POST", "/api/me/sets", `{"name":"x","layout":"1","cameras":["c-koseki"]}`, "application/json")
	m.wall = idOf(theirs.Body.Bytes())
	m.note("author")
	require.Len(t, m.noted, 24, "six cameras hang: two instants, shared and not")
	m.openRights("open")
	require.NoError(t, m.routes(oracle{login: "anybody"}, ""))
	var g errgroup.Group
	g.SetLimit(8) // their audit rows share syncs
	m.everybody = m.people()
	for _, o := range m.everybody {
		unproved, token := m.Token(o.login), m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error {
			if err := m.unproved(o, unproved); err != nil {
				return err
			}
			for _, look := range []func(oracle, string) error{m.routes, m.lists, m.plans, m.bookmarks, m.sets, m.simulated} {
				if err := look(o, token); err != nil {
					return err
				}
			}
			if got := m.cell(token, "DELETE", "/api/session", "", ""); got.Code != 204 {
				return fmt.Errorf("%s: sign-out: %d", o.login, got.Code)
			}
			if got := m.cell(token, "GET", "/api/session", "", ""); got.Code != 401 {
				return fmt.Errorf("%s: after sign-out: %d", o.login, got.Code)
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.Len(t, m.alike, 3, "what does not exist and what one may not know of answer alike: cameras, whoever asks about them, and bookmarks")
	require.Greater(t, m.cells.Load(), int64(78000))
	t.Logf("%d cells", m.cells.Load())
}
