package gateway_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// The matrix, continued: cameras in the states that a ward's have over the years, appointments that are
// not in force, and credentials that are none any more.

// newStates is a ward whose cameras were replaced, taken away, and handed on with their unit.
func newStates(t *testing.T) *matrix {
	m := newMatrix(t)
	begin, moved := m.cams[0].places[0].from, m.Moved.String()
	files := viewingtest.Files(m.Moved)
	files[0].Data = strings.Replace(files[0].Data, "{id: gomi, name: ごみ}", fmt.Sprintf(
		`{id: gomi, name: ごみ}, {id: old, name: 旧ごみ, to: "%s", successors: [gomi]}, {id: gone, name: 廃止, to: "%s"}`, moved, moved), 1)
	add := func(id, section, more string) {
		files[1].Data += fmt.Sprintf("  - {id: %s, name: %s, kind: surveillance, placements: [{from: 2017-06-01, sections: [%s]}], streams: {main: \"rtsp://127.0.0.1/%s\", sub: \"rtsp://127.0.0.1/%s/sub\"}%s}\n",
			id, id, section, id, id, more)
	}
	add("c-replaced", "koseki", fmt.Sprintf(`, devices: [{from: 2017-06-01, model: a}, {from: "%s", model: b}]`, moved))
	add("c-handed-on", "old", "")
	add("c-orphan", "gone", "")
	before := slices.Clone(files)
	add("c-retired", "koseki", "")
	m.Cameras(files)
	m.Film("c-replaced", "c-handed-on", "c-orphan", "c-retired")
	m.Cameras(before)
	last := len(m.cams) - 1
	m.cams = slices.Insert(m.cams, last, cam{"c-replaced", "surveillance", true, []place{{begin, []string{"koseki", "kumin"}}}},
		cam{"c-handed-on", "surveillance", true, []place{{begin, []string{"gomi", "kankyo"}}}},
		cam{"c-orphan", "surveillance", true, []place{{begin, nil}}},
		cam{id: "c-retired"})
	for _, stream := range []string{"sub", "main"} {
		for _, at := range append(m.instants(), 0) {
			for _, purpose := range map[string][]string{"sub": {"", "incident", "deterrence_check", "curiosity"}, "main": {"", "incident"}}[stream] {
				m.variants = append(m.variants, variant{stream, purpose, at})
			}
		}
	}
	for _, purpose := range []string{"misuse_verification", "maintenance", "legal_request", "subject_request"} {
		m.variants = append(m.variants, variant{"sub", purpose, m.Moved.Add(10 * time.Minute)}, variant{"main", purpose, m.Moved.Add(-10 * time.Minute)})
	}
	return m
}

// appointedOtherwise is everybody whose post is over, still to come, or waits for a second person.
func (m *matrix) appointedOtherwise() (all []oracle) {
	hour, now := time.Hour, m.Now()
	for _, post := range identity.Posts {
		for state, a := range map[string]identity.Appointment{"over": {From: now.Add(-2 * hour), To: now.Add(-hour)}, "to-come": {From: now.Add(hour)}, "waiting": {}} {
			if state == "waiting" && !post.GivesFootage() {
				continue
			}
			a.Login, a.Post = strings.ReplaceAll(string(post), "_", "-")+"."+state, post
			if slices.Contains(identity.UnitPosts, post) {
				a.Unit = "koseki"
			}
			m.Add(a.Login, "", "")
			if state == "waiting" {
				a, err := m.Identity.Appoint(m.t.Context(), a, "tests")
				require.NoError(m.t, err)
				require.Equal(m.t, "waiting", a.State)
			} else {
				m.Appoint(a)
			}
			all = append(all, oracle{login: a.Login})
		}
	}
	return all
}

// givenMore is everybody who was given something beside their posts, or who was excluded from something.
func (m *matrix) givenMore() (all []oracle) {
	now, most := m.Now(), []string{"live", "past", "search", "main", "still"}
	for _, p := range []struct {
		login      string
		post, unit string
		given      []given
	}{
		{"given-camera", "", "", []given{{camera: "c-gomi", actions: most}}},
		{"given-live", "", "", []given{{camera: "c-gomi", actions: []string{"live"}}}},
		{"given-moved", "", "", []given{{camera: "c-moved", actions: most}}},
		{"given-unit", "clerk", "zeimu", []given{{unit: "koseki", actions: most}}},
		{"given-both", "general_manager", "zeimu", []given{{unit: "kankyo", actions: []string{"live", "past"}}, {camera: "c-koseki", actions: []string{"live", "main"}}}},
		{"given-admin", "administrator", "", []given{{camera: "c-gomi", actions: most}}},
		{"given-auditor", "auditor", "", []given{{unit: "kumin", actions: most}}},
		{"given-facilities", "facilities", "", []given{{camera: "c-koseki", actions: most}}},
		{"excluded-camera", "department_head", "kumin", []given{{camera: "c-koseki"}}},
		{"excluded-moved", "crisis_management", "", []given{{camera: "c-moved"}}},
		{"excluded-unit", "crisis_management", "", []given{{unit: "kankyo"}}},
		{"excluded-auditor", "auditor", "", []given{{unit: "koseki"}}},
		{"excluded-and-given", "", "", []given{{unit: "kumin", actions: most}, {camera: "c-security"}}},
	} {
		o := oracle{login: p.login, given: p.given}
		m.Add(p.login, "", "")
		if p.post != "" {
			o.posts = append(o.posts, m.Appoint(identity.Appointment{Login: p.login, Post: identity.Post(p.post), Unit: p.unit}))
		}
		for _, g := range p.given {
			m.give(p.login, g, now.Add(-time.Minute), "others")
		}
		all = append(all, o)
	}
	for state, from := range map[string]vms.Instant{"given-to-come": now.Add(time.Hour), "given-waiting": now.Add(-time.Minute)} {
		m.Add(state, "", "")
		by := "others"
		if state == "given-waiting" {
			by = ""
		}
		m.give(state, given{camera: "c-gomi", actions: most}, from, by)
		all = append(all, oracle{login: state})
	}
	return all
}

// give has it decided by somebody, or wait.
func (m *matrix) give(login string, g given, from vms.Instant, by string) {
	m.t.Helper()
	grant := identity.Grant{Kind: identity.Extra, Login: login, Unit: g.unit, Actions: g.actions, From: from, To: from.Add(2 * time.Hour), Reason: "x", State: "waiting"}
	if g.camera != "" {
		grant.Cameras = []vms.CameraID{vms.CameraID(g.camera)}
	}
	if g.actions == nil {
		grant.Kind, grant.State, grant.DecidedBy = identity.Denial, "accepted", by
	}
	made, err := m.Identity.AddGrant(m.t.Context(), grant, "tests")
	require.NoError(m.t, err)
	if g.actions != nil && by != "" {
		_, err = m.Identity.DecideGrant(m.t.Context(), made.ID, by, true)
		require.NoError(m.t, err)
	}
}

// verbs asks for every camera by every verb that its routes do not have, and for a session that is not there.
func (m *matrix) verbs(o oracle, token string) error {
	for path, has := range m.cameraPaths() {
		for _, c := range m.cams {
			url := strings.NewReplacer("{id}", c.id, "{camera}", c.id, "{session}", "0123456789abcdef").Replace(path)
			for _, method := range methods {
				want := 405
				switch {
				case slices.Contains(has, method) && strings.Contains(path, "{session}") && method == "DELETE", method == "PATCH" && slices.Contains(has, "PATCH"):
					want = 404
				case slices.Contains(has, method) || method == "HEAD" && slices.Contains(has, "GET"):
					continue // is looked at closely
				}
				if got := m.cell(token, method, url, "{}", "application/json"); got.Code != want {
					return fmt.Errorf("%s: %s %s: %d, want %d", o.login, method, url, got.Code, want)
				}
			}
		}
	}
	return nil
}

// cameraPaths are the paths that name a camera, with their methods.
func (m *matrix) cameraPaths() map[string][]string {
	paths := map[string][]string{}
	for _, r := range m.gateway.Routes() {
		if strings.HasPrefix(r.Path, "/api/cameras/{id}") || strings.Contains(r.Path, "{camera}") {
			paths[r.Path] = append(paths[r.Path], r.Method)
		}
	}
	return paths
}

func TestCameraStates(t *testing.T) {
	t.Parallel()
	m := newStates(t)
	m.Add("owner", identity.CrisisManagement, "")
	theirs := m.cell(m.Token("owner"), "POST", "/whep/c-koseki", m.sdp, "application/sdp")
	require.Equal(t, 201, theirs.Code)
	m.foreign = theirs.Header().Get("Location")
	var g errgroup.Group
	g.SetLimit(32) // their audit rows share syncs
	for n, o := range slices.Concat(m.people(), m.givenMore(), m.appointedOtherwise()) {
		token, variants := m.Token(o.login), m.third(n)
		g.Go(func() error {
			if err := m.lists(o, token); err != nil {
				return err
			}
			if err := m.verbs(o, token); err != nil {
				return err
			}
			return m.shown(o, token, variants)
		})
	}
	require.NoError(t, g.Wait())
	require.Len(t, m.alike, 3, "a camera that is gone, one that never was, and one that one may not know of answer alike")
	require.Greater(t, m.cells.Load(), int64(60000))
	t.Logf("%d cells", m.cells.Load())
}

// third is every third way to ask, another third for the next person, so that each post, which several hold,
// asks in every way. With YAGURA_CELLS=all everybody does.
func (m *matrix) third(person int) (variants []variant) {
	if os.Getenv("YAGURA_CELLS") == "all" {
		return m.variants
	}
	for i := person % 3; i < len(m.variants); i += 3 {
		variants = append(variants, m.variants[i])
	}
	return variants
}

// credential is what somebody shows who is nobody.
type credential struct {
	name    string
	headers []string
}

// dead are credentials of a holder of the post that open nothing.
func (m *matrix) dead(post identity.Post, unit string) (all []credential) {
	ctx := m.t.Context()
	login := strings.ReplaceAll(string(post), "_", "-")
	bearer := func(name, token string) {
		all = append(all, credential{name, []string{"Authorization", "Bearer " + token}})
	}
	m.Add(login, post, unit)
	if post.GivesFootage() {
		bearer("unconfirmed", m.Token(login))
	}
	expired, err := m.Identity.AddToken(ctx, login, "tests", "tests", time.Microsecond)
	require.NoError(m.t, err)
	bearer("expired", expired)
	over := m.Token(login)
	sum := sha256.Sum256([]byte(over))
	var id string
	require.NoError(m.t, m.DB.QueryRow(ctx, `SELECT id FROM session WHERE hash = $1`, hex.EncodeToString(sum[:])).Scan(&id))
	require.NoError(m.t, m.Identity.SignOut(ctx, id))
	bearer("signed out", over)
	if slices.Contains(identity.FactorPosts, post) {
		require.NoError(m.t, m.Identity.SetPassword(ctx, login, password))
		half, token, err := m.Identity.SignIn(ctx, login, password, "192.0.2.9")
		require.NoError(m.t, err)
		require.Equal(m.t, identity.Half, half.Kind)
		bearer("half, as a token", token)
		all = append(all, credential{"half", []string{"Cookie", "yagura-half=" + token + "; yagura=" + token}})
	}
	off := login + ".off"
	m.Add(off, post, unit)
	token := m.Token(off)
	require.NoError(m.t, m.Identity.SetDisabled(ctx, off, true))
	bearer("disabled", token)
	return all
}

// refused asks for every route by every verb, and where it names a camera for every camera.
func (m *matrix) refused(post identity.Post, c credential) error {
	methodsOf := map[string][]string{}
	for _, r := range m.gateway.Routes() {
		methodsOf[r.Path] = append(methodsOf[r.Path], r.Method)
	}
	named := m.cameraPaths()
	for _, r := range m.gateway.Routes() {
		if r.Need == gateway.Halfway && c.name == "half" {
			continue // that is what it is for
		}
		cams := m.cams[:1]
		if named[r.Path] != nil {
			cams = m.cams
		}
		for _, cam := range cams {
			path := fillIn(cam.id).Replace(r.Path)
			for _, method := range methods {
				want := asker{}.status(methodsOf, r, method)
				if got := m.cellWith(method, path, "{}", "application/json", c.headers...); got.Code != want {
					return fmt.Errorf("%s, %s: %s %s: %d, want %d: %s", post, c.name, method, path, got.Code, want, got.Body)
				}
			}
		}
	}
	return nil
}

func TestCredentialsThatAreNone(t *testing.T) {
	t.Parallel()
	m := &matrix{house: strictHouse(t), alike: map[string]bool{}}
	m.cams = []cam{{id: "c-koseki"}, {id: "c-security"}, {id: "c-moved"}, {id: "c-future"}, {id: "no-such-camera"}}
	strangers := []credential{{"nothing", nil}, {"made up", []string{"Authorization", "Bearer " + strings.Repeat("x", 43)}}, {"made up", []string{"Cookie", "yagura=" + strings.Repeat("x", 43)}}}
	g, _ := errgroup.WithContext(context.Background())
	g.SetLimit(8)
	for _, post := range identity.Posts {
		unit := ""
		if slices.Contains(identity.UnitPosts, post) {
			unit = "koseki"
		}
		for _, c := range append(m.dead(post, unit), strangers...) {
			g.Go(func() error { return m.refused(post, c) })
		}
		strangers = nil
	}
	require.NoError(t, g.Wait())
	require.Empty(t, m.Rows("view.live"))
	require.Empty(t, m.Rows("view.past"))
	require.Greater(t, m.cells.Load(), int64(40000))
	t.Logf("%d cells", m.cells.Load())
}
