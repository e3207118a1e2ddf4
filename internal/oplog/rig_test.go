package oplog_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/sample"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) {
	for _, name := range []string{"CAM_A1", "CAM_A2", "CAM_A3", "CAM_B", "CAM_C"} {
		os.Setenv(name, "name:word")
	}
	os.Setenv("CAMERAS", "10.0.0.1:554")
	goleak.VerifyTestMain(m)
}

// now is a Thursday morning.
var now = time.Date(2026, 11, 26, 9, 0, 0, 0, conf.JST)

// rig is the room over a database, with the ward's real organisation and rules.
type rig struct {
	*oplog.Room
	t    testing.TB
	db   *db.DB
	ward *sample.Ward
	log  *audit.Log
}

func newRig(t testing.TB, url string, ward *sample.Ward) *rig {
	if url == "" {
		url = "sqlite:" + filepath.Join(t.TempDir(), "yagura.db")
	}
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	profiles, err := event.Profiles()
	require.NoError(t, err)
	key, err := event.NewKey("a secret of the tests, long enough")
	require.NoError(t, err)
	set, err := camera.Load("../../camera-configs")
	require.NoError(t, err)
	policy, err := access.Load("../../policies")
	require.NoError(t, err)
	engine := access.New()
	engine.SetCameras(set)
	engine.SetPolicy(policy)
	log := audit.New(d, vms.NewClock(), "test")
	r := &rig{t: t, db: d, ward: ward, log: log}
	r.Room = oplog.New(oplog.Config{DB: d, Access: engine, Audit: log, Identity: identity.New(d, identity.Options{Now: func() vms.Instant { return vms.InstantOf(now) }}), Cameras: func() *camera.Set { return set }, Profiles: profiles, Key: key,
		Now: func() vms.Instant { return vms.InstantOf(now) }, Log: slog.New(slog.DiscardHandler), Terminals: r.terminals})
	return r
}

func (r *rig) terminals(context.Context) (map[string]oplog.Terminal, error) {
	out := map[string]oplog.Terminal{}
	for _, d := range r.ward.Desks {
		t := oplog.Terminal{ID: d.ID, Unit: d.Unit, Room: d.Room}
		for _, c := range d.Cameras {
			t.Cameras = append(t.Cameras, vms.CameraID(c))
		}
		out[d.ID] = t
	}
	return out, nil
}

// holding is somebody who holds a post.
func holding(login string, post identity.Post, unit string) identity.Caller {
	p := &identity.Person{Login: login, Name: login}
	if post != "" {
		p.Appointments = []identity.Appointment{{Login: login, Post: post, Unit: unit, From: 1, To: camera.Forever, State: "accepted"}}
	}
	return identity.Caller{Person: p, Session: "s-" + login, From: "192.0.2.1"}
}

var (
	analyst = holding("kaiseki", identity.LogAnalyst, "")
	office  = holding("joho", identity.InformationSecurity, "")
	koseki  = holding("tokatsu-koseki", identity.GeneralManager, "koseki")
	nobody  = holding("shisetsu", identity.Facilities, "")
)

// register takes the ward's register of staff in.
func (r *rig) register() {
	r.t.Helper()
	var b bytes.Buffer
	require.NoError(r.t, r.ward.Register(&b))
	g, err := sheet.Read(b.Bytes())
	require.NoError(r.t, err)
	rep, err := r.ImportStaff(r.t.Context(), analyst, g, false)
	require.NoError(r.t, err)
	require.Empty(r.t, rep.Problems)
}

// file is the ward's log of some days.
func (r *rig) file(from, to time.Time) io.Reader {
	in, out := io.Pipe()
	go func() { out.CloseWithError(r.ward.Log(out, from, to)) }()
	return in
}

// take imports the ward's log of some days.
func (r *rig) take(from, to time.Time) *oplog.Report {
	r.t.Helper()
	rep, err := r.Import(r.t.Context(), analyst, "resident", "M-001", r.file(from, to))
	require.NoError(r.t, err)
	require.Empty(r.t, rep.Problems)
	return rep
}
