package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// thursday is when the sample is made: 2026-11-26, 10:00 in Japan.
var thursday = vms.InstantOf(time.Date(2026, 11, 26, 10, 0, 0, 0, conf.JST))

type ward struct {
	Config
	db *db.DB
}

// newWard is the demo's ward with its people, and no records.
func newWard(t testing.TB, url string) *ward {
	ctx := context.Background()
	d, err := db.Open(ctx, url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	files, err = conf.ReadDir("../../policies", access.Patterns...)
	require.NoError(t, err)
	policy, err := access.Compile(files)
	require.NoError(t, err)
	engine := access.New()
	engine.SetCameras(set)
	engine.SetPolicy(policy)
	now := func() vms.Instant { return thursday }
	people := identity.New(d, identity.Options{Now: now})
	require.NoError(t, people.SyncUnits(ctx, set.Organisation))
	files, err = conf.ReadDir("../../scripts", "sample-people.yaml")
	require.NoError(t, err)
	for _, f := range append(files, Staff(set.Organisation, thursday)) {
		require.NoError(t, people.Import(ctx, f, "", "one", "two"))
	}
	all, err := people.People(ctx)
	require.NoError(t, err)
	room, err := compliance.New(compliance.Config{DB: d, Access: engine, Audit: audit.New(d, vms.NewClock(), "test"), Identity: people, Cameras: func() *camera.Set { return set }, Now: now})
	require.NoError(t, err)
	return &ward{Config{Room: room, People: all, Set: set, Now: thursday, Seed: 2017, Actor: record.Actor{Login: "test"}}, d}
}

func (w *ward) write(t testing.TB) map[string]int {
	n := map[string]int{}
	require.NoError(t, Write(context.Background(), w.Config, func(kind string, count int) { n[kind] = count }))
	return n
}

func (w *ward) all(t testing.TB, kind string) []*record.Record {
	all, err := w.Room.AsOf(context.Background(), kind, thursday)
	require.NoError(t, err)
	return all
}

func TestASampleWardKeepsTheRulesAndHasWhatWasPlanted(t *testing.T) {
	t.Parallel()
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	require.InDelta(t, 65, len(w.People), 8, "staff")
	n := w.write(t)
	for kind, want := range map[string]int{"terminal": 312, "device-exception": 70, "induction": 263, "finding": 40, "information-system": 24, "isms-control": 93} {
		require.Equal(t, want, n[kind], kind)
	}
	for _, k := range compliance.Kinds() {
		require.NotZero(t, n[k.ID], "%s has records", k.ID)
	}
	row, bare := 0, 0
	for _, r := range w.all(t, "terminal") {
		if cam := vms.CameraID(r.Values.Text("camera")); cam == "" {
			bare++
		} else {
			require.NotNil(t, w.Set.Find(cam), cam)
			if cam == "a1-07" {
				row++
			}
		}
	}
	require.GreaterOrEqual(t, row, 6, "the row of terminals under a1-07")
	require.Equal(t, 7, bare)
	w.planted(t)

	require.Empty(t, sums(w.write(t)), "twice is once")
}

func sums(n map[string]int) (kinds []string) {
	for kind, count := range n {
		if count > 0 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// planted are the late, the unsigned and the expiring.
func (w *ward) planted(t *testing.T) {
	late, unsigned := 0, 0
	for _, r := range w.all(t, "induction") {
		if v := r.Values; v.Text("trained") != "" {
			if v.Text("trained") != v.Text("from") {
				late++
			}
			if v.Text("signed") == "" {
				unsigned++
			}
		}
	}
	require.Equal(t, 3, late)
	require.Equal(t, 1, unsigned)
	month, expiring := record.DayOf(thursday.Add(30*24*time.Hour)), 0
	for _, r := range w.all(t, "device-exception") {
		if u := r.Values.Text("until"); r.State == "valid" && u >= record.DayOf(thursday) && u <= month {
			expiring++
		}
	}
	require.Equal(t, 12, expiring)
	two := 0
	for _, r := range w.all(t, "information-system") {
		if r.Values.Yes("my_number") {
			require.Equal(t, "two_factor", r.Values.Text("auth"))
			two++
		}
	}
	require.Equal(t, 6, two)
}

func TestASampleThatWasCutOffIsFinished(t *testing.T) {
	t.Parallel()
	w := newWard(t, testserver.Postgres(t))
	mobile := slices.IndexFunc(parts, func(p part) bool { return p.kind == "official-mobile" })
	made := newWorld(w.Config)
	made.rand = rand.New(rand.NewPCG(w.Seed, sum("official-mobile")))
	told := made.told(parts[mobile])
	_, err := w.Room.Retell(t.Context(), w.Actor, told[:9])
	require.NoError(t, err)
	n, err := made.write(t.Context(), parts[mobile])
	require.NoError(t, err)
	require.Equal(t, len(told)-9, n)
	n, err = made.write(t.Context(), parts[mobile])
	require.NoError(t, err)
	require.Zero(t, n)

	_, err = w.Room.Retell(t.Context(), w.Actor, told[:1]) // a key that is taken
	require.Error(t, err)
	other := told[0]
	other.At, other.Steps, other.Draft.Values = other.At+1, nil, values{"asset": "K9999", "model": "x", "keeper": told[0].By.Login}
	_, err = w.Room.Retell(t.Context(), w.Actor, []record.Told{other})
	require.NoError(t, err)
	n, err = made.write(t.Context(), parts[mobile])
	require.NoError(t, err)
	require.Zero(t, n, "a kind with records of its own is left alone")
}

func TestTheSameSeedMakesTheSame(t *testing.T) {
	t.Parallel()
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	lines := func(seed uint64) (out []string) {
		made := newWorld(w.Config)
		for _, p := range parts {
			if made.rand = rand.New(rand.NewPCG(seed, sum(p.kind))); p.kind == "induction" {
				made.labels["training-material"] = []string{"R7材-1", "R8材-1"}
			}
			for _, x := range made.told(p) {
				out = append(out, fmt.Sprint(x.Kind, x.At, x.By.Login, x.Draft, len(x.Steps)))
			}
		}
		return out
	}
	require.Equal(t, lines(1), lines(1))
	require.NotEqual(t, lines(1), lines(2))
}
