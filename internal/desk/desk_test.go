package desk_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/db"
	"yagura/internal/desk"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// onBoth tells a story on each database, with the people kiki and bucho.
func onBoth(t *testing.T, story func(t *testing.T, d *desk.Desk)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := db.Open(t.Context(), url(t))
			require.NoError(t, err)
			defer d.Close()
			people := identity.New(d, identity.Options{})
			for _, login := range []string{"kiki", "bucho"} {
				require.NoError(t, people.AddPerson(t.Context(), login, login, ""))
			}
			story(t, desk.New(desk.Config{DB: d, Clock: vms.NewClock()}))
		})
	}
}

func TestSettingsAreOnesOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk.Desk) {
		ctx := t.Context()
		defaults := desk.Settings{Calendar: "western", Start: "wall", Overlay: true}
		mine := desk.Settings{Language: "en", Calendar: "both", Start: "duty"}
		for _, want := range []desk.Settings{mine, {Language: "ja", Calendar: "era", Start: "health", Overlay: true}, mine} {
			require.NoError(t, d.SetSettings(ctx, "kiki", want))
			got, err := d.Settings(ctx, "kiki")
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		got, err := d.Settings(ctx, "bucho")
		require.NoError(t, err)
		require.Equal(t, defaults, got)
		for _, s := range []desk.Settings{{}, {Language: "fr", Calendar: "era", Start: "wall"}, {Calendar: "era", Start: "/"}, {Calendar: "", Start: "wall"}} {
			require.Equal(t, "bad-setting", vms.Code(d.SetSettings(ctx, "kiki", s)), "%+v", s)
		}
	})
}

func TestTheSystemKeepsTheOverlayOn(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk.Desk) {
		ctx := t.Context()
		off := desk.Settings{Calendar: "western", Start: "wall"}
		require.NoError(t, d.SetSettings(ctx, "kiki", off))
		always := desk.New(desk.Config{DB: d.DB, Clock: d.Clock, Overlay: "always"})
		got, err := always.Settings(ctx, "kiki")
		require.NoError(t, err)
		require.True(t, got.Overlay, "whatever was chosen before")
		require.Equal(t, "overlay-always", vms.Code(always.SetSettings(ctx, "kiki", off)))
		off.Overlay = true
		require.NoError(t, always.SetSettings(ctx, "kiki", off))
	})
}

func TestSets(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk.Desk) {
		ctx := t.Context()
		add := func(login, name, layout string, cameras ...vms.CameraID) desk.Set {
			s, err := d.AddSet(ctx, login, desk.Set{Name: name, Layout: layout, Cameras: cameras})
			require.NoError(t, err)
			return s
		}
		lobby, floor := add("kiki", " 窓口 ", "4", "a1-01", "", "a1-02"), add("kiki", "1F", "floor")
		theirs := add("bucho", "窓口", "1", "a1-01")
		require.Equal(t, []any{"窓口", "4", []vms.CameraID{"a1-01", "", "a1-02"}}, []any{lobby.Name, lobby.Layout, lobby.Cameras})
		sets, err := d.Sets(ctx, "kiki")
		require.NoError(t, err)
		require.Equal(t, []desk.Set{lobby, floor}, sets, "in the order they were made")

		lobby.Name, lobby.Layout, lobby.Cameras = "窓口 2", "9", []vms.CameraID{"a1-09"}
		changed, err := d.ChangeSet(ctx, "kiki", lobby)
		require.NoError(t, err)
		lobby.Updated = changed.Updated
		require.Equal(t, lobby, changed)
		_, err = d.ChangeSet(ctx, "kiki", theirs)
		none := d.RemoveSet(ctx, "kiki", "none")
		require.ErrorIs(t, none, vms.NotFound)
		require.Equal(t, none, err)
		require.Equal(t, none, d.RemoveSet(ctx, "kiki", theirs.ID))
		require.NoError(t, d.RemoveSet(ctx, "kiki", floor.ID))
		require.Equal(t, none, d.RemoveSet(ctx, "kiki", floor.ID))
		for login, want := range map[string]desk.Set{"kiki": lobby, "bucho": theirs} {
			sets, err = d.Sets(ctx, login)
			require.NoError(t, err)
			require.Equal(t, []desk.Set{want}, sets)
		}
	})
}

func TestWhatIsNoSet(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk.Desk) {
		good := desk.Set{Name: "窓口", Layout: "4", Cameras: []vms.CameraID{"a1-01"}}
		kept, err := d.AddSet(t.Context(), "kiki", good)
		require.NoError(t, err)
		for code, edits := range map[string][]func(*desk.Set){
			"bad-name": {func(s *desk.Set) { s.Name = " 　" }, func(s *desk.Set) { s.Name = strings.Repeat("名", 61) },
				func(s *desk.Set) { s.Name = "a\nb" }, func(s *desk.Set) { s.Name = "a\xff" }},
			"bad-layout":       {func(s *desk.Set) { s.Layout = "2" }},
			"bad-camera":       {func(s *desk.Set) { s.Cameras = []vms.CameraID{"A1-01"} }},
			"too-many-cameras": {func(s *desk.Set) { s.Cameras = make([]vms.CameraID, 41) }},
		} {
			for _, edit := range edits {
				s := good
				edit(&s)
				_, err := d.AddSet(t.Context(), "kiki", s)
				require.Equal(t, code, vms.Code(err), "%q", s.Name)
				s.ID = kept.ID
				_, err = d.ChangeSet(t.Context(), "kiki", s)
				require.Equal(t, code, vms.Code(err), "%q", s.Name)
			}
		}
	})
}

func TestFiftySetsAndNoMore(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk.Desk) {
		var wg sync.WaitGroup
		codes := make(chan string, 60)
		for i := range 60 {
			wg.Go(func() {
				_, err := d.AddSet(t.Context(), "kiki", desk.Set{Name: fmt.Sprint(i), Layout: "1"})
				if err != nil && vms.Code(err) == "" {
					t.Error(err)
				}
				codes <- vms.Code(err)
			})
		}
		wg.Wait()
		close(codes)
		count := map[string]int{}
		for c := range codes {
			count[c]++
		}
		require.Equal(t, map[string]int{"": desk.MaxSets, "too-many-sets": 10}, count)
		sets, err := d.Sets(t.Context(), "kiki")
		require.NoError(t, err)
		require.Len(t, sets, desk.MaxSets)
		_, err = d.AddSet(t.Context(), "bucho", desk.Set{Name: "1", Layout: "1"})
		require.NoError(t, err, "each person has their own fifty")
	})
}
