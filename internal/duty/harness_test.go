package duty_test

import (
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// noon is where the stories begin: Wednesday, 2025-06-18, 12:00 in Japan.
var noon = vms.InstantOf(time.Date(2025, 6, 18, 12, 0, 0, 0, conf.JST))

// begin is when cameras and appointments begin.
var begin = vms.InstantOf(time.Date(2017, 6, 1, 0, 0, 0, 0, conf.JST))

// ward is a small ward with a month of footage in its index, and a clock that stands still.
type ward struct {
	*viewingtest.World
	t        testing.TB
	room     *duty.Room
	now      vms.Instant
	watching map[string][]vms.Span // by login and camera

	mu   sync.Mutex
	seed *rand.ChaCha8
}

func newWard(t testing.TB, url string) *ward {
	t.Helper()
	w := &ward{World: viewingtest.NewOn(t, url), t: t, now: noon, watching: map[string][]vms.Span{}, seed: rand.NewChaCha8([32]byte{1})}
	w.Cameras(viewingtest.Files(noon.Add(-10 * 24 * time.Hour)))
	w.room = w.otherRoom()
	return w
}

func (w *ward) otherRoom() *duty.Room {
	return duty.New(duty.Config{DB: w.DB, Access: w.Access, Identity: w.Identity, Audit: w.Audit, Cameras: w.Set, Footage: w.Archive,
		Watching: func(login string, id vms.CameraID) []vms.Span { return w.watching[login+" "+string(id)] },
		Rand:     w, Now: func() vms.Instant { return w.now }})
}

// Read is the ward's random source: the same in every run.
func (w *ward) Read(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seed.Read(b)
}

// onBoth plays a story on SQLite and on PostgreSQL.
func onBoth(t *testing.T, story func(*ward)) {
	t.Run("sqlite", func(t *testing.T) { story(newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "y.db"))) })
	t.Run("postgres", func(t *testing.T) { story(newWard(t, testserver.Postgres(t))) })
}

// person adds somebody who has held that post since the beginning.
func (w *ward) person(login string, post identity.Post, unit string) identity.Caller {
	w.t.Helper()
	w.World.Add(login, "", "")
	w.Appoint(identity.Appointment{Login: login, Post: post, Unit: unit, From: begin})
	return w.as(login)
}

// as is somebody with the posts they hold now.
func (w *ward) as(login string) identity.Caller {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s-" + login, From: "10.0.0.7"}
}

// end ends whatever posts somebody holds, now.
func (w *ward) end(login string) {
	w.t.Helper()
	for _, a := range w.as(login).Person.Appointments {
		require.NoError(w.t, w.Identity.End(w.t.Context(), a.ID, w.now))
	}
}

func (w *ward) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.DB.Exec(w.t.Context(), query, args...)
	require.NoError(w.t, err)
}

// recorded puts stretches into the index.
func (w *ward) recorded(id vms.CameraID, spans ...vms.Span) {
	w.t.Helper()
	for _, s := range spans {
		w.exec(`INSERT INTO span (camera, stream, from_us, to_us) VALUES ($1, 'main', $2, $3)`, string(id), int64(s.From), int64(s.To))
	}
}

// lost puts a gap into the index.
func (w *ward) lost(id vms.CameraID, from vms.Instant, d time.Duration, cause vms.Cause) {
	w.t.Helper()
	w.exec(`INSERT INTO gap (camera, stream, from_us, to_us, cause) VALUES ($1, 'main', $2, $3, $4)`, string(id), int64(from), int64(from.Add(d)), string(cause))
}

// month is the thirty days before now.
func (w *ward) month() vms.Span { return vms.Span{From: w.now.Add(-30 * 24 * time.Hour), To: w.now} }

// filmed records a month of these cameras.
func (w *ward) filmed(ids ...vms.CameraID) {
	w.t.Helper()
	for _, id := range ids {
		w.recorded(id, w.month())
	}
}

// viewed writes the rows of a view into the log: begun then, closed a minute later, having shown seen.
func (w *ward) viewed(login string, id vms.CameraID, begun vms.Instant, seen ...vms.Span) {
	w.t.Helper()
	e := audit.Entry{Actor: login, Action: audit.ViewPast, Camera: id, Stream: vms.Sub, At: seen[0].From, Time: begun, From: "10.0.0.7", Purpose: "deterrence_check"}
	row, err := w.Audit.Append(w.t.Context(), e)
	require.NoError(w.t, err)
	e.Action, e.Refers, e.Time, e.Ranges = audit.ViewEnd, row, begun.Add(time.Minute), seen
	_, err = w.Audit.Append(w.t.Context(), e)
	require.NoError(w.t, err)
}

// begin draws a round.
func (w *ward) begin(c identity.Caller, unit string) *duty.Round {
	w.t.Helper()
	r, fresh, err := w.room.Begin(w.t.Context(), c, unit)
	require.NoError(w.t, err)
	require.True(w.t, fresh)
	return r
}

// look sees a moment of a round, as it should be.
func (w *ward) look(r *duty.Round, m duty.Moment) {
	w.t.Helper()
	w.viewed(r.Login, m.Camera, w.now, vms.Span{From: m.From, To: m.From.Add(3 * time.Second)})
}

// finish looks at everything and marks it.
func (w *ward) finish(c identity.Caller, r *duty.Round, result string) *duty.Round {
	w.t.Helper()
	for _, m := range r.Moments {
		w.look(r, m)
		var err error
		r, err = w.room.Mark(w.t.Context(), c, r.ID, m.N, result, "")
		require.NoError(w.t, err)
	}
	return r
}

// details are the audit rows of an action, in words.
func (w *ward) details(action string) (out []string) {
	for _, e := range w.Rows(action) {
		out = append(out, e.Actor+" "+string(e.Camera)+" "+e.Detail)
	}
	return out
}
