package camera_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
)

// TestUnitsWrittenAnewAreTheSame: the sample organisation, taken apart and written again.
func TestUnitsWrittenAnewAreTheSame(t *testing.T) {
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	before, err := camera.Parse(files, "", nil)
	require.NoError(t, err)
	var units []camera.Unit
	for _, u := range before.Organisation.Units {
		units = append(units, *u)
	}
	text, err := camera.WriteUnits(camera.OrganisationText(files), units)
	require.NoError(t, err)
	after, err := camera.Parse(camera.WithOrganisation(files, text), "", nil)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(before.Organisation, after.Organisation, cmpopts.IgnoreUnexported(camera.Organisation{})))
	_, err = camera.WriteUnits("units: []\nname: x\n", units)
	require.Error(t, err)
}

// TestFilesThatDidNotChangeTakeNothingBack: what a person proposed outlives a restart, which offers the
// files again as they were.
func TestFilesThatDidNotChangeTakeNothingBack(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		s := camera.NewStore(d, false)
		ctx := t.Context()
		files := func(name string) []conf.File {
			return []conf.File{{Name: "organisation.yaml", Data: "name: 区\nunits: [{id: dep, name: " + name + ", units: [{id: sec, name: 課}, {id: other, name: 他}]}]\n"},
				{Name: "a.yaml", Data: "site: x\ncameras: [{id: a1, name: a, kind: security, section: " + map[bool]string{true: "sec", false: "other"}[name == "部"] + ", starts: 2017-06-01, streams: {main: \"rtsp://127.0.0.1/a\"}}]\n"}}
		}
		_, err := s.Propose(ctx, files("部"), "files")
		require.NoError(t, err)
		v, err := s.Propose(ctx, files("室"), "admin")
		require.NoError(t, err)
		require.Equal(t, "waiting", v.State)
		again, err := s.Propose(ctx, files("部"), "files")
		require.NoError(t, err)
		require.Equal(t, v.Number, again.Number, "a restart offers the old files, and takes nothing back")
		require.NoError(t, s.Accept(ctx, v.Number, "joho", camera.Ground{}))
		_, err = s.Propose(ctx, files("部"), "files")
		require.NoError(t, err)
		now, err := s.Current(ctx)
		require.NoError(t, err)
		require.Equal(t, v.Number, now.Number, "nor puts them in force again")
		changed, err := s.Propose(ctx, files("局"), "files")
		require.NoError(t, err)
		require.Greater(t, changed.Number, v.Number, "files that were edited are proposed")
	})
}
