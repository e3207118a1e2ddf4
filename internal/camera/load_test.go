package camera_test

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

const orgText = `name: 区
retention_max: 31d
units:
  - id: dep
    name: 部
    units:
      - {id: old, name: 旧, to: 2018-04-01, successors: [x, y]}
      - {id: x, name: X, from: 2018-04-01, to: 2020-04-01, successors: [z]}
      - {id: y, name: Y, from: 2018-04-01}
      - {id: z, name: Z, from: 2019-04-01}
      - {id: sec, name: 課}
`

const camText = `site: annex
cameras:
  - id: n-1
    name: 窓口
    kind: security
    section: sec
    starts: 2017-06-01
    streams: {main: "rtsp://${HOST}/n-1"}
    credentials: "${CRED}"
`

func env(name string) (string, bool) {
	v, ok := map[string]string{"HOST": "10.0.0.1:554", "CRED": "u:p:${x}"}[name]
	return v, ok
}

func files(cams string) []conf.File {
	return []conf.File{{Name: "annex.yaml", Data: cams}, {Name: "organisation.yaml", Data: orgText}}
}

func parse(t require.TestingT, cams string) *camera.Set {
	set, err := camera.Parse(files(cams), "", env)
	require.NoError(t, err)
	return set
}

func TestShortForm(t *testing.T) {
	c := parse(t, camText).Find("n-1")
	june, _ := vms.ParseInstant("2017-05-31T15:00:00Z") // midnight in Japan
	require.Equal(t, []camera.Placement{{From: june, Sections: []string{"sec"}}}, c.Placements)
	require.Equal(t, "rtsp://10.0.0.1:554/n-1", c.Streams[vms.Main])
	require.Equal(t, "u", c.User)
	require.Equal(t, "p:${x}", c.Password, "what a variable holds is not expanded again")
	require.Equal(t, []string{"N-1", "annex", "annex", "tcp"}, []string{c.Number, c.Site, c.SiteName, c.Transport})
	require.Equal(t, camera.DefaultRetention, c.Retention)
	_, ok := c.PlacementAt(june - 1)
	require.False(t, ok)
}

func TestEveryMistakeIsNamedWithItsPlace(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"name: 窓口", "nmae: 窓口", `annex.yaml:4:5: unknown key "nmae"`},
		{"    name: 窓口\n", "", `annex.yaml:3:5: key "name" is missing`},
		{"${HOST}", "${HOTS}", `annex.yaml:8:21: variable ${HOTS} is not defined`},
		{"id: n-1", "id: N_1", `annex.yaml:3:9: camera id "N_1"`},
		{"section: sec", "section: sek", `annex.yaml:6:14: unit "sek" is not in organisation.yaml`},
		{"section: sec", "section: x", `annex.yaml:6:14: unit "x" does not exist on`},
		{"starts: 2017-06-01", "starts: 2017-06-31", `annex.yaml:7:13: "2017-06-31" is not a day`},
		{"    starts: 2017-06-01\n", "", `needs section and starts together`},
		{"rtsp://${HOST}", "rtsp://root:hunter2@${HOST}", `annex.yaml:8:21: stream main: holds a user or password`},
		{"rtsp://${HOST}", "http://${HOST}", `annex.yaml:8:21: stream main: must begin with rtsp://`},
		{"rtsp://${HOST}", "rtsp://", `stream main: names no host`},
		{`credentials: "${CRED}"`, "credentials: abc", `annex.yaml:9:18: credentials must read user:password`},
		{`credentials: "${CRED}"`, "credentials: file:no/such", `annex.yaml:9:18: secret file`},
		{`credentials: "${CRED}"`, "retention: 32d", `annex.yaml:9:16: retention is longer than retention_max`},
		{`credentials: "${CRED}"`, "retention: 0s", `annex.yaml:9:16: retention must be longer than nothing`},
		{`credentials: "${CRED}"`, "retention: forever", `annex.yaml:9:16: "forever" is not a length of time`},
		{`credentials: "${CRED}"`, "transport: quic", `annex.yaml:9:16: "quic" is not one of: tcp, udp`},
		{`credentials: "${CRED}"`, "kind: security", `annex.yaml:9:5: mapping key "kind" already defined`},
		{`credentials: "${CRED}"`, "placements: [{from: 2017-01-01, sections: [sec]}]", `keep one form`},
		{"kind: security", "kind: [security]", `annex.yaml:5:11: must be a single value, not a list`},
		{"cameras:\n", "cameras: &a\n", "anchor"},
		{camText, "", "annex.yaml: the file is empty"},
		{camText, "site: [", "annex.yaml:1:7"},
	} {
		set, err := camera.Parse(files(strings.Replace(camText, c.from, c.to, 1)), "", env)
		require.Nil(t, set, c.to)
		require.ErrorContains(t, err, c.want)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestProblemsAreReportedTogetherAndBounded(t *testing.T) {
	_, err := camera.Parse(files(strings.Repeat("", 1)+"site: a\ncameras:\n"+
		strings.Repeat("  - {id: a, name: b, kind: security, section: no, starts: 2017-06-01, streams: {main: \"rtsp://h/\"}}\n", 30)), "", env)
	var problems conf.Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 30)
	require.Contains(t, err.Error(), "and 10 more problems")
	require.Less(t, strings.Count(err.Error(), "\n"), 22)
}

func TestSharingAnAddressAcrossJurisdictionsIsAWidening(t *testing.T) {
	other := strings.ReplaceAll(strings.TrimPrefix(camText, "site: annex\ncameras:\n"), "id: n-1", "id: n-2")
	same, foreign := files(camText+other), files(camText+strings.Replace(other, "section: sec", "section: dep", 1))
	history := func(versions ...[]conf.File) iter.Seq2[[]conf.File, error] {
		return func(yield func([]conf.File, error) bool) {
			for _, v := range versions {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
	wider, err := camera.Wider(history(), foreign)
	require.NoError(t, err)
	require.Empty(t, wider) // a first start takes files as they are
	wider, err = camera.Wider(history(files(camText)), same)
	require.NoError(t, err)
	require.Empty(t, wider)
	wider, err = camera.Wider(history(files(camText)), foreign)
	require.NoError(t, err)
	require.Equal(t, []string{"所管の違うカメラn-1とn-2が同じ接続先になります。 Cameras n-1 and n-2, of different jurisdictions, get the same address."}, wider)
	wider, err = camera.Wider(history(foreign), foreign)
	require.NoError(t, err)
	require.Empty(t, wider)
}

func TestSecretFromFile(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cam.key"), []byte("admin:geheim\n"), 0o600))
	set, err := camera.Parse(files(strings.Replace(camText, `"${CRED}"`, "file:cam.key", 1)), dir, env)
	require.NoError(t, err)
	require.Equal(t, "geheim", set.Find("n-1").Password)
}

func TestHeirsFollowReorganisations(t *testing.T) {
	org := parse(t, camText).Organisation
	ids := func(at string) (out []string) {
		i, err := vms.ParseInstant(at + "T00:00:00+09:00")
		require.NoError(t, err)
		for _, u := range org.Heirs("old", i) {
			out = append(out, u.ID)
		}
		return out
	}
	require.Equal(t, []string{"old"}, ids("2018-03-31"))
	require.Equal(t, []string{"x", "y"}, ids("2018-04-01"))
	require.Equal(t, []string{"y", "z"}, ids("2020-04-01"))
	require.Equal(t, []string{"sec", "dep"}, org.Line("sec"))
	require.Equal(t, "dep", org.Department("z").ID)
}

// Whatever an editor leaves behind: an error or a whole set, never a panic, never half of it.
func TestDamagedFilesNeverPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(camText + orgText)
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			i := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			text[i] = rapid.SampledFrom([]byte("\x00 :-{}[]&*#'\"\n\tA0${!|>%@`")).Draw(t, "byte")
		}
		cut := rapid.IntRange(0, len(camText)).Draw(t, "cut")
		set, err := camera.Parse([]conf.File{{Name: "a.yaml", Data: string(text[:cut])}, {Name: "organisation.yaml", Data: string(text[len(camText):])}}, "", env)
		if (set == nil) == (err == nil) {
			t.Fatalf("set %v, err %v", set, err)
		}
	})
}

func TestLoadOfAMissingDirectory(t *testing.T) {
	_, err := camera.Load(filepath.Join(t.TempDir(), "none"))
	require.True(t, errors.Is(err, os.ErrNotExist))
}
