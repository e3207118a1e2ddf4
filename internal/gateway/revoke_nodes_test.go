package gateway_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep/wheptest"
)

// Two gateways over one PostgreSQL. What takes a right away is done at one; who watches sits at the same or
// at the other. Cameras and policies come into force as accepted versions, people's changes as they are made.

// pair is the two nodes, and the files that are in force.
type pair struct {
	t                *testing.T
	nodes            [2]*house
	files            []conf.File // cameras
	policy           []conf.File
	cameras, polices *camera.Store
}

func newPair(t *testing.T, cameras []string) *pair {
	one := viewingtest.NewOn(t, testserver.Postgres(t))
	p := &pair{t: t, files: viewingtest.Files(one.Moved)}
	for _, id := range cameras {
		p.files[1].Data += cameraLine(id, "koseki")
	}
	p.nodes = [2]*house{houseOf(t, one), houseOf(t, one.OtherNode())}
	var err error
	p.policy, err = conf.ReadDir(filepath.Join("..", "..", "policies"), access.Patterns...)
	require.NoError(t, err)
	p.cameras, p.polices = camera.NewStore(one.DB, true), access.NewStore(one.DB, true)
	p.proposes(p.cameras, p.files)
	p.proposes(p.polices, p.policy)
	for _, h := range p.nodes {
		h.Cameras(p.files)
		cameras, polices := camera.NewStore(h.DB, true), access.NewStore(h.DB, true)
		h.Run(func(ctx context.Context) error {
			return cameras.Watch(ctx, func(_ context.Context, v camera.Version) error { h.Cameras(v.Files); return nil })
		}, func(ctx context.Context) error {
			return polices.Watch(ctx, func(_ context.Context, v camera.Version) error {
				policy, err := access.Compile(v.Files)
				if err == nil {
					h.Access.SetPolicy(policy)
				}
				return err
			})
		})
	}
	return p
}

func cameraLine(id, section string) string {
	return fmt.Sprintf("  - {id: %s, name: %s, kind: surveillance, placements: [{from: 2017-06-01, sections: [%s]}], streams: {main: \"rtsp://127.0.0.1/%s\", sub: \"rtsp://127.0.0.1/%s/sub\"}}\n", id, id, section, id, id)
}

// proposes puts cameras or policies in force, and returns since when.
func (p *pair) proposes(store *camera.Store, files []conf.File) time.Time {
	p.t.Helper()
	_, err := store.Propose(p.t.Context(), files, "tests")
	require.NoError(p.t, err)
	return time.Now()
}

// losing is a way to lose a right to a camera, done at a node.
type losing struct {
	name string
	do   func(p *pair, at *house, w *watcher)
	by   string // what gives the right; "": an appointment
}

// watcher looks at one camera, live and in the past, by the one sign-in they have.
type watcher struct {
	login, token, camera string
	appointment          identity.Appointment
	grant                identity.Grant
	node                 *house
	live, past           *wheptest.Viewer
	lost                 time.Time // when the right ended, where that is not when do was called
}

var losings = []losing{
	{"grant withdrawn", func(_ *pair, at *house, w *watcher) {
		_, err := at.Identity.EndGrant(at.t.Context(), w.grant.ID, "others", func(*identity.Grant) error { return nil })
		require.NoError(at.t, err)
	}, "grant"},
	{"excluded", func(_ *pair, at *house, w *watcher) {
		_, err := at.Identity.AddGrant(at.t.Context(), identity.Grant{Kind: identity.Denial, Login: w.login, Cameras: []vms.CameraID{vms.CameraID(w.camera)},
			From: at.Now(), To: at.Now().Add(time.Hour), Reason: "x", State: "accepted", DecidedBy: "others"}, "others")
		require.NoError(at.t, err)
	}, ""},
	{"sign-out", func(_ *pair, at *house, w *watcher) {
		require.Equal(at.t, 204, at.as(w.token, "DELETE", "/api/session", "").StatusCode)
	}, ""},
	{"person disabled", func(_ *pair, at *house, w *watcher) {
		require.NoError(at.t, at.Identity.SetDisabled(at.t.Context(), w.login, true))
	}, ""},
	{"appointment ended", func(_ *pair, at *house, w *watcher) {
		require.NoError(at.t, at.Identity.End(at.t.Context(), w.appointment.ID, 0))
	}, ""},
	{"appointment runs out", func(_ *pair, at *house, w *watcher) {
		end := at.Now().Add(time.Second)
		require.NoError(at.t, at.Identity.End(at.t.Context(), w.appointment.ID, end))
		w.lost = end.Time()
	}, ""},
	{"session expired", func(_ *pair, at *house, w *watcher) {
		s, err := at.Identity.Resolve(at.t.Context(), w.token)
		require.NoError(at.t, err)
		end := at.Now().Add(time.Second)
		_, err = at.DB.Exec(at.t.Context(), `UPDATE session SET expires_at = $2 WHERE id = $1`, s.ID, int64(end))
		require.NoError(at.t, err)
		require.NoError(at.t, at.Identity.SetPurpose(at.t.Context(), s.ID, "incident", "")) // what nodes remember is read anew
		w.lost = end.Time()
	}, ""},
	{"camera moved", func(p *pair, _ *house, w *watcher) {
		p.files[1].Data = strings.Replace(p.files[1].Data, cameraLine(w.camera, "koseki"), cameraLine(w.camera, "gomi"), 1)
		w.lost = p.proposes(p.cameras, p.files)
	}, ""},
	{"camera removed", func(p *pair, _ *house, w *watcher) {
		p.files[1].Data = strings.Replace(p.files[1].Data, cameraLine(w.camera, "koseki"), "", 1)
		w.lost = p.proposes(p.cameras, p.files)
	}, ""},
	{"policy narrowed", func(p *pair, _ *house, w *watcher) {
		texts := map[string]string{}
		for _, f := range p.policy {
			texts[f.Name] = f.Data
		}
		viewingtest.WithoutHeads(texts)
		p.policy = slices.Clone(p.policy)
		for i := range p.policy {
			p.policy[i].Data = texts[p.policy[i].Name]
		}
		w.lost = p.proposes(p.polices, p.policy)
	}, ""},
}

// watch brings somebody to the gateway of a node.
func (p *pair) watch(node *house, login, camera, by string) (*watcher, error) {
	w := &watcher{login: login, camera: camera, node: node}
	ctx := p.t.Context()
	if err := node.Identity.AddPerson(ctx, login, login, ""); err != nil {
		return nil, err
	}
	var err error
	if by == "grant" {
		w.grant, err = node.Identity.AddGrant(ctx, identity.Grant{Kind: identity.Extra, Login: login, Cameras: []vms.CameraID{vms.CameraID(camera)},
			Actions: []string{"live", "past", "still"}, From: node.Now(), To: node.Now().Add(time.Hour), Reason: "x", State: "waiting"}, "tests")
		if err == nil {
			_, err = node.Identity.DecideGrant(ctx, w.grant.ID, "others", true)
		}
	} else {
		w.appointment, err = node.Identity.Appoint(ctx, identity.Appointment{Login: login, Post: identity.DepartmentHead, Unit: "kumin"}, "tests")
		if err == nil {
			err = node.Identity.Approve(ctx, w.appointment.ID, "others")
		}
	}
	if err != nil {
		return nil, err
	}
	if w.token, err = node.Identity.AddToken(ctx, login, "tests", "tests", time.Hour); err != nil {
		return nil, err
	}
	return w, nil
}

func (w *watcher) connect(moved vms.Instant) {
	url := w.node.srv.URL + "/whep/" + w.camera
	w.live = wheptest.Watch(w.node.t, w.node.srv.Client(), url, w.token)
	w.past = wheptest.Watch(w.node.t, w.node.srv.Client(), fmt.Sprintf("%s?at=%v&purpose=incident", url, moved.Add(10*time.Second)), w.token)
}

// picture asks for a single picture of the past, as the mouse does that hovers.
func (w *watcher) picture(moved vms.Instant) int {
	return w.node.as(w.token, "GET", fmt.Sprintf("/api/cameras/%s/picture?at=%v&purpose=incident", w.camera, moved.Add(20*time.Second)), "").StatusCode
}

// trial is one loss: how long after it the last of each kind of footage left.
type trial struct {
	cause, node         string
	live, past, picture time.Duration
}

// lose takes the right away and waits for what follows.
func (p *pair) lose(c losing, at *house, w *watcher, node string) trial {
	moved := p.nodes[0].Moved
	w.live.More(2)
	w.past.More(2)
	require.Equal(p.t, 200, w.picture(moved), c.name)
	began := time.Now()
	c.do(p, at, w)
	if !w.lost.IsZero() {
		began = w.lost
	}
	last := began
	for time.Since(began) < 5*time.Second {
		asked := time.Now()
		if w.picture(moved) != 200 {
			break
		}
		last = asked
	}
	out := trial{cause: c.name, node: node, picture: max(0, last.Sub(began))}
	for v, d := range map[*wheptest.Viewer]*time.Duration{w.live: &out.live, w.past: &out.past} {
		require.NotEmpty(p.t, v.Hear("ended")["reason"], c.name)
		_, last := v.Packets()
		*d = max(0, last.Sub(began))
	}
	still := fmt.Sprintf(`{"at":%q,"text":"","shared":false,"still":true,"purpose":"incident"}`, moved.Add(20*time.Second))
	if c.name == "policy narrowed" {
		return out // of live and past alone
	}
	got := w.node.as(w.token, "POST", "/api/cameras/"+w.camera+"/bookmarks", still)
	require.Contains(p.t, []int{401, 403, 404}, got.StatusCode, "%s: a still: %s", c.name, got.body)
	return out
}

// round has somebody watch for every cause, and then takes their rights away one by one.
func (p *pair) round(n int) (trials []trial) {
	moved := p.nodes[0].Moved
	sits, at := p.nodes[0], p.nodes[n%2]
	node := []string{"same", "other"}[n%2]
	whole := slices.Clone(p.policy)
	watchers := make([]*watcher, len(losings))
	for i, c := range losings {
		var err error
		watchers[i], err = p.watch(sits, fmt.Sprintf("head%d-%d", n, i), lens(n, i), c.by)
		require.NoError(p.t, err, c.name)
	}
	var g errgroup.Group
	for _, w := range watchers {
		g.Go(func() error { w.connect(moved); return nil })
	}
	require.NoError(p.t, g.Wait())
	for i, c := range losings {
		trials = append(trials, p.lose(c, at, watchers[i], node))
		for _, other := range watchers[i+1:] {
			other.live.More(1) // nobody else is cut off
		}
	}
	p.policy = whole
	p.proposes(p.polices, p.policy)
	return trials
}

func lens(n, i int) string { return fmt.Sprintf("lens-%d-%d", n, i) }

// TestSixtyRevocations: media stops within two seconds, half of the time within half a second, whatever the
// cause, live and in the past, on the node where it happened and on another; so do single pictures and stills.
func TestSixtyRevocations(t *testing.T) { // by itself: it measures time
	const rounds = 4
	var ids []string
	var filmed []vms.CameraID
	for n := range rounds {
		for i := range losings {
			ids, filmed = append(ids, lens(n, i)), append(filmed, vms.CameraID(lens(n, i)))
		}
	}
	p := newPair(t, ids)
	p.nodes[0].Film(filmed...)
	for _, id := range filmed {
		p.nodes[0].Record(vms.Feed{Camera: id, Stream: vms.Sub}, vms.Span{From: p.nodes[0].Moved, To: p.nodes[0].Moved.Add(time.Minute)})
	}
	var trials []trial
	for n := range rounds {
		trials = append(trials, p.round(n)...)
	}
	var media, pictures []time.Duration
	for _, tr := range trials {
		t.Logf("%-22s %-5s node: live %4d ms, past %4d ms, single pictures %4d ms", tr.cause, tr.node, tr.live.Milliseconds(), tr.past.Milliseconds(), tr.picture.Milliseconds())
		media, pictures = append(media, tr.live, tr.past), append(pictures, tr.picture)
	}
	slices.Sort(media)
	slices.Sort(pictures)
	n := len(media)
	require.GreaterOrEqual(t, n, 60)
	t.Logf("%d trials: last packet of media after a median of %d ms, at worst %d ms; last single picture asked for %d ms, %d ms",
		n, media[n/2].Milliseconds(), media[n-1].Milliseconds(), pictures[len(pictures)/2].Milliseconds(), pictures[len(pictures)-1].Milliseconds())
	require.LessOrEqual(t, media[n-1], 2*time.Second)
	require.LessOrEqual(t, media[n/2], 500*time.Millisecond)
	require.LessOrEqual(t, pictures[len(pictures)-1], 2*time.Second)
}
