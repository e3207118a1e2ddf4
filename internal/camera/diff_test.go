package camera_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

func TestDiff(t *testing.T) {
	more := strings.Replace(strings.TrimPrefix(camText, "site: annex\ncameras:\n"), "n-1", "n-2", 1)
	old := parse(t, camText+more)
	new := parse(t, strings.Replace(camText, "name: 窓口", "name: 受付", 1)+strings.Replace(more, "n-2", "n-3", 1))
	ids := func(cams []*camera.Camera) (out []vms.CameraID) {
		for _, c := range cams {
			out = append(out, c.ID)
		}
		return out
	}
	c := camera.Diff(old, new)
	require.Equal(t, []vms.CameraID{"n-3"}, ids(c.Added))
	require.Equal(t, []vms.CameraID{"n-1"}, ids(c.Changed))
	require.Equal(t, []vms.CameraID{"n-2"}, ids(c.Removed))
	require.Len(t, camera.Diff(nil, new).Added, 2)
}

func TestWatchTellsOfChangesAndOfMistakes(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	t.Setenv("HOST", "h")
	t.Setenv("CRED", "u:p")
	write("organisation.yaml", orgText)
	write("annex.yaml", camText)
	type news struct {
		set *camera.Set
		err error
	}
	heard, done, poke := make(chan news), make(chan error), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		done <- camera.Watch(ctx, dir, poke, func(_ []conf.File, s *camera.Set, err error) { heard <- news{s, err} })
	}()
	require.Len(t, (<-heard).set.Cameras, 1)
	write("annex.yaml", strings.Replace(camText, "n-1", "N 1", 1))
	require.ErrorContains(t, (<-heard).err, "annex.yaml:3:9")
	write("annex.yaml", strings.Replace(camText, "窓口", "受付", 1))
	require.Equal(t, "受付", (<-heard).set.Cameras[0].Name)
	poke <- struct{}{}
	require.NoError(t, (<-heard).err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "plans"), 0o755))
	write("plans/annex.yaml", planText)
	require.Equal(t, 400, (<-heard).set.Plans[0].Height)
	write("plans/annex.yaml", strings.Replace(planText, "height: 400", "height: 401", 1))
	require.Equal(t, 401, (<-heard).set.Plans[0].Height, "the folder is watched from when it is there")
	cancel()
	require.NoError(t, <-done)
}
