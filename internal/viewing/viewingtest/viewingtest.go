// Package viewingtest is a small ward for tests of the rooms that show footage: real database, real
// archive, real policies, and cameras whose pictures are numbered. It is no part of the product: only
// tests import it.
package viewingtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/blob"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/stream"
	"yagura/internal/viewing"
	"yagura/internal/vms"
)

// Node is the name in audit rows.
const Node = "n1"

const frameTime = time.Second / 15

// World is the ward. Its units are the 部 kumin with the 分野 koseki and zeimu, and the 部 kankyo
// with the 分野 gomi; its cameras are those of Files.
type World struct {
	Dir      string
	URL      string // of the database
	DB       *db.DB
	Clock    *vms.Clock
	Identity *identity.Registry
	Access   *access.Engine
	Audit    *audit.Log
	Archive  *archive.Archive
	Hub      *stream.Hub
	Room     *viewing.Room
	Moved    vms.Instant // when c-moved came from koseki to gomi
	Opening  func(vms.Feed)

	t     testing.TB
	set   atomic.Pointer[camera.Set]
	ahead atomic.Int64 // the wall clock of identity is ahead by, µs
	log   lines
}

// New builds a ward whose room runs, on SQLite.
func New(t testing.TB) *World {
	t.Helper()
	return NewOn(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
}

// Origin is what browsers see of a strict ward.
const Origin = "http://localhost:8080"

// Strict builds a ward with every safeguard on: second factors are asked for, and tokens of footage
// posts wait for their people.
func Strict(t testing.TB) *World {
	t.Helper()
	keys, err := factor.NewKeys(Origin)
	require.NoError(t, err)
	seal, err := factor.NewSeal("a key file of the tests")
	require.NoError(t, err)
	return NewOn(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"), func(o *identity.Options) {
		o.SecondFactor, o.ConfirmToken, o.Keys, o.Seal = true, true, keys, seal
	})
}

// NewOn builds a ward on the database at url; edit changes what its people are asked for.
func NewOn(t testing.TB, url string, edit ...func(*identity.Options)) *World {
	t.Helper()
	w := &World{t: t, Dir: t.TempDir(), URL: url, Hub: stream.NewHub()}
	w.build(Node, filepath.Join(w.Dir, "objects"), edit...)
	return w
}

// OtherNode is another node of the ward, on the same database and store; live pictures reach both. Of what
// changes it hears as nodes do.
func (w *World) OtherNode() *World {
	w.t.Helper()
	n := &World{t: w.t, Dir: w.t.TempDir(), URL: w.URL, Hub: w.Hub, Moved: w.Moved}
	n.build("n2", filepath.Join(w.Dir, "objects"))
	return n
}

func (w *World) build(node, objects string, edit ...func(*identity.Options)) {
	t := w.t
	t.Helper()
	w.Clock, w.Access, w.Opening = vms.NewClock(), access.New(), func(vms.Feed) {}
	log := slog.New(slog.NewTextHandler(&w.log, nil))
	var err error
	w.DB, err = db.Open(t.Context(), w.URL)
	require.NoError(t, err)
	store, err := blob.Open("dir:" + objects)
	require.NoError(t, err)
	w.Archive, err = archive.New(archive.Config{DB: w.DB, Store: store, Spool: filepath.Join(w.Dir, "spool"), Node: node, Clock: w.Clock,
		Log: log, Began: func(f vms.Feed) vms.Instant { return w.Set().Find(f.Camera).Placements[0].From }})
	require.NoError(t, err)
	opts := identity.Options{SecondPerson: true, Now: func() vms.Instant { return vms.InstantOf(time.Now()) + vms.Instant(w.ahead.Load()) }}
	for _, e := range edit {
		e(&opts)
	}
	w.Identity = identity.New(w.DB, opts)
	w.Audit = audit.New(w.DB, w.Clock, node)
	if w.Moved == 0 {
		w.Moved = w.Now().Add(-20 * time.Minute)
	}
	w.Policy(nil)
	w.Cameras(Files(w.Moved))
	w.Room = w.OtherRoom()
	w.t.Cleanup(w.close) // after every room has ended, those that Run is asked for later too
	w.Run(w.Archive.Run, w.Identity.Run, w.Room.Run)
}

func (w *World) close() {
	_, _ = w.Archive.Close(), w.DB.Close() // a test may have closed them
	if w.t.Failed() {
		w.t.Log(w.log.String())
	}
}

// OtherRoom is another room of the same ward; it does not run.
func (w *World) OtherRoom() *viewing.Room {
	return viewing.New(viewing.Config{Access: w.Access, Identity: w.Identity, Audit: w.Audit, Cameras: w.Set, Live: w.live,
		Archive: w.Archive, Clock: w.Clock, Log: slog.New(slog.NewTextHandler(&w.log, nil))})
}

// Run runs rooms until the test ends.
func (w *World) Run(rooms ...func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	var g errgroup.Group
	for _, run := range rooms {
		g.Go(func() error { return run(ctx) })
	}
	w.t.Cleanup(func() {
		cancel()
		if err := g.Wait(); err != nil {
			w.t.Error(err)
		}
	})
}

// Files are the ward's organisation and cameras.
func Files(moved vms.Instant) []conf.File {
	const org = `name: tests
units:
  - {id: kumin, name: 区民, units: [{id: koseki, name: 戸籍}, {id: zeimu, name: 税務}]}
  - {id: kankyo, name: 環境, units: [{id: gomi, name: ごみ}]}
`
	text := "site: honcho\nfloor: 1F\ncameras:\n"
	add := func(id, kind, placements, streams string) {
		text += fmt.Sprintf("  - {id: %s, name: %s, kind: %s, placements: [%s], streams: {%s}}\n", id, id, kind, placements,
			strings.ReplaceAll(streams, "rtsp://", "rtsp://127.0.0.1/"+id+"/"))
	}
	const both = `main: "rtsp://main", sub: "rtsp://sub"`
	add("c-koseki", "surveillance", "{from: 2017-06-01, sections: [koseki]}", both)
	add("c-security", "security", "{from: 2017-06-01, sections: [koseki]}", both)
	add("c-gomi", "surveillance", "{from: 2017-06-01, sections: [gomi]}", both)
	add("c-shared", "surveillance", "{from: 2017-06-01, sections: [koseki, gomi]}", both)
	add("c-moved", "surveillance", fmt.Sprintf(`{from: 2017-06-01, sections: [koseki]}, {from: "%s", sections: [gomi]}`, moved), both)
	add("c-future", "surveillance", "{from: 2099-04-01, sections: [koseki]}", both)
	add("c-main", "surveillance", "{from: 2017-06-01, sections: [koseki]}", `main: "rtsp://main"`)
	return []conf.File{{Name: "organisation.yaml", Data: org}, {Name: "cameras.yaml", Data: text},
		{Name: "plans/gomi.yaml", Data: planOf("c-gomi", "c-moved")}, {Name: "plans/hall.yaml", Data: planOf("c-koseki", "c-shared", "c-future")}}
}

// planOf is a floor plan of cameras in a row.
func planOf(ids ...string) string {
	text := "site: honcho\nfloor: 1F\nheight: 500\noutline: [[0, 0], [1000, 0], [1000, 500], [0, 500]]\ncameras:\n"
	for i, id := range ids {
		text += fmt.Sprintf("  - {id: %s, at: [%d, 100], angle: 90}\n", id, 100*(i+1))
	}
	return text
}

// Set is the cameras in force.
func (w *World) Set() *camera.Set { return w.set.Load() }

// Cameras puts files in force.
func (w *World) Cameras(files []conf.File) {
	w.t.Helper()
	set, err := camera.Parse(files, w.Dir, conf.Env)
	require.NoError(w.t, err)
	require.NoError(w.t, w.Identity.SyncUnits(w.t.Context(), set.Organisation))
	w.set.Store(set)
	w.Access.SetCameras(set)
}

// Policy puts the project's policies in force, as edit leaves them: it gets the text of each file, by
// name. Nil leaves them as they are.
func (w *World) Policy(edit func(map[string]string)) {
	w.t.Helper()
	_, here, _, _ := runtime.Caller(0)
	files, err := conf.ReadDir(filepath.Join(filepath.Dir(here), "../../../policies"), access.Patterns...)
	require.NoError(w.t, err)
	if edit != nil {
		texts := map[string]string{}
		for _, f := range files {
			texts[f.Name] = f.Data
		}
		edit(texts)
		for i := range files {
			files[i].Data = texts[files[i].Name]
		}
	}
	p, err := access.Compile(files)
	require.NoError(w.t, err)
	w.Access.SetPolicy(p)
}

// Now is the ward's time.
func (w *World) Now() vms.Instant {
	now, _ := w.Clock.Now()
	return now
}

// Pass lets time pass for sessions.
func (w *World) Pass(d time.Duration) { w.ahead.Add(d.Microseconds()) }

// Add adds a person with a post, approved where needed; no post adds one without.
func (w *World) Add(login string, post identity.Post, unit string) {
	w.t.Helper()
	ctx := w.t.Context()
	require.NoError(w.t, w.Identity.AddPerson(ctx, login, login, ""))
	if post != "" {
		w.Appoint(identity.Appointment{Login: login, Post: post, Unit: unit})
	}
}

// Appoint gives a post, approved where needed, and returns it.
func (w *World) Appoint(a identity.Appointment) identity.Appointment {
	w.t.Helper()
	a, err := w.Identity.Appoint(w.t.Context(), a, "tests")
	require.NoError(w.t, err)
	if a.State == "waiting" {
		require.NoError(w.t, w.Identity.Approve(w.t.Context(), a.ID, "others"))
	}
	return a
}

// Token makes an API token of a person.
func (w *World) Token(login string) string {
	w.t.Helper()
	token, err := w.Identity.AddToken(w.t.Context(), login, "tests", "tests", 12*time.Hour)
	require.NoError(w.t, err)
	return token
}

// Fresh has the person of a token, not used before, proved for an hour: no story is about to wait for it.
func (w *World) Fresh(token string) {
	w.t.Helper()
	sum := sha256.Sum256([]byte(token))
	res, err := w.DB.Exec(w.t.Context(), `UPDATE session SET proved_at = $2 WHERE hash = $1`, hex.EncodeToString(sum[:]), int64(w.Now().Add(time.Hour)))
	require.NoError(w.t, err)
	n, err := res.RowsAffected()
	require.NoError(w.t, err)
	require.Equal(w.t, int64(1), n)
}

// Session resolves a new token of a person.
func (w *World) Session(login string) *identity.Session {
	w.t.Helper()
	s, err := w.Identity.Resolve(w.t.Context(), w.Token(login))
	require.NoError(w.t, err)
	return s
}

var track = &media.Track{Codec: media.H264, SPS: []byte{0x67, 0x64, 0, 0x1f, 1, 2, 3}, PPS: []byte{0x68, 1, 2, 3}, Width: 1280, Height: 720}

func picture(n int, at, run vms.Instant) *media.Unit {
	nal := make([]byte, 400)
	nal[0] = 0x41
	if n%15 == 0 {
		nal[0] = 0x65
	}
	for i := 1; i < len(nal); i++ {
		nal[i] = byte(i) | 1
	}
	return &media.Unit{Track: track, PTS: int64(n) * 6000, DTS: int64(n) * 6000, At: at, Run: run, Key: n%15 == 0, NALs: [][]byte{nal}}
}

// live opens a feed of the hub, as a relay would.
func (w *World) live(_ context.Context, feed vms.Feed) (media.Reader, error) {
	w.Opening(feed)
	return w.Hub.Open(feed).Live(), nil
}

// Film writes 15 pictures a second into the camera's streams until the test ends.
func (w *World) Film(ids ...vms.CameraID) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	run := w.Now()
	for _, id := range ids {
		for _, st := range []vms.Stream{vms.Main, vms.Sub} {
			s := w.Hub.Open(vms.Feed{Camera: id, Stream: st})
			_ = s.WriteUnit(picture(0, run, run)) // the stream is open
			wg.Go(func() {
				for n := 1; vms.Sleep(ctx, frameTime); n++ {
					_ = s.WriteUnit(picture(n, w.Now(), run)) // as above
				}
			})
		}
	}
	w.t.Cleanup(func() { cancel(); wg.Wait() })
}

// Record puts footage of a stretch into the archive.
func (w *World) Record(feed vms.Feed, span vms.Span) {
	w.t.Helper()
	require.NoError(w.t, w.Archive.Import(w.t.Context(), feed, &reel{span: span}, false))
}

// reel is a media.Reader of made-up footage.
type reel struct {
	span vms.Span
	n    int
}

func (r *reel) ReadUnit(context.Context) (*media.Unit, error) {
	at := r.span.From.Add(time.Duration(r.n) * frameTime)
	if at >= r.span.To {
		return nil, io.EOF
	}
	r.n++
	return picture(r.n-1, at, r.span.From), nil
}

func (r *reel) Close() error { return nil }

// Rows returns the audit rows of an action, oldest first.
func (w *World) Rows(action string) []audit.Entry {
	w.t.Helper()
	rows, err := w.Audit.Query(w.t.Context(), audit.Filter{Action: action, Limit: 10000})
	require.NoError(w.t, err)
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows
}

// End waits for the closing row of a view.
func (w *World) End(view string) audit.Entry {
	w.t.Helper()
	var rows []audit.Entry
	require.Eventually(w.t, func() bool {
		var err error
		rows, err = w.Audit.Query(context.Background(), audit.Filter{Refers: view})
		return err == nil && len(rows) > 0
	}, 15*time.Second, 10*time.Millisecond, "the view has no closing row")
	require.Len(w.t, rows, 1)
	return rows[0]
}

// Log is what was logged so far.
func (w *World) Log() string { return w.log.String() }

// lines keeps a log.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
