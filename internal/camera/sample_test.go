package camera_test

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

var update = flag.Bool("update", false, "write camera-configs/*.schema.json")

const sampleDir = "../../camera-configs"

func sample(t *testing.T) *camera.Set {
	t.Helper()
	for _, name := range []string{"CAM_A1", "CAM_A2", "CAM_A3", "CAM_B", "CAM_C"} {
		t.Setenv(name, "user:pass")
	}
	t.Setenv("CAMERAS", "127.0.0.1:8083")
	set, err := camera.Load(sampleDir)
	require.NoError(t, err)
	return set
}

func TestSampleIsTheFixture(t *testing.T) {
	set := sample(t)
	now := vms.InstantOf(time.Now())
	departments, groups := map[string]int{}, map[string]int{}
	for _, c := range set.Cameras {
		seen := map[string]bool{}
		p, ok := c.PlacementAt(now)
		require.True(t, ok, c.ID)
		for _, s := range p.Sections {
			for _, heir := range set.Organisation.Heirs(s, now) {
				seen[set.Organisation.Department(heir.ID).Name] = true
			}
		}
		for name := range seen {
			departments[name]++
		}
		groups[string(c.ID[:1])]++
		require.Equal(t, 30*24*time.Hour, c.Retention, c.ID)
		require.Len(t, c.Streams, 2, c.ID)
		require.NotEqual(t, c.Site, c.SiteName, "site of %s has no name", c.ID)
	}
	want := map[string]int{"区民サービス管理部": 41, "地域支えあい推進室": 18, "健康福祉部": 16, "子ども教育部": 8,
		"教育委員会事務局": 5, "経営室": 4, "都市基盤部": 2, "環境部": 2, "政策室": 2, "会計室": 1, "選挙管理委員会事務局": 1}
	require.Empty(t, cmp.Diff(want, departments))
	require.Empty(t, cmp.Diff(map[string]int{"a": 39, "b": 15, "c": 46}, groups))
	for i := 1; i <= 9; i++ {
		c := set.Find(vms.CameraID("a1-0" + string(rune('0'+i))))
		require.Equal(t, []string{"koseki"}, c.Placements[0].Sections)
	}
	require.Equal(t, "戸籍住民 端末列", set.Find("a1-07").Name)
	require.Equal(t, "user", set.Find("a1-07").User)
}

func TestSchemasAreCurrent(t *testing.T) {
	for name, want := range map[string][]byte{
		"schema.json": camera.Schema(), "organisation.schema.json": camera.OrganisationSchema(),
		"plans/schema.json": camera.PlanSchema()} {
		path := sampleDir + "/" + name
		if *update {
			require.NoError(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "run go test ./internal/camera -run Schemas -update")
	}
}

func TestHashIgnoresCommentsAndSecrets(t *testing.T) {
	set := sample(t)
	files, err := conf.ReadDir(sampleDir, camera.Patterns...)
	require.NoError(t, err)
	files[0].Data = "# another comment\n" + files[0].Data
	t.Setenv("CAM_A1", "other:secret")
	again, err := camera.Parse(files, sampleDir, conf.Env)
	require.NoError(t, err)
	require.Equal(t, set.Hash, again.Hash)
}
