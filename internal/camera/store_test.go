package camera_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func onBoth(t *testing.T, story func(t *testing.T, d *db.DB)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := db.Open(t.Context(), url(t))
			require.NoError(t, err)
			defer d.Close()
			story(t, d)
		})
	}
}

func TestWhatWidensWaitsForASecondPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s := camera.NewStore(d, false)
		_, err := s.Current(ctx)
		require.ErrorIs(t, err, vms.NotFound)

		propose := func(text string) camera.Version {
			t.Helper()
			v, err := s.Propose(ctx, files(text), "files")
			require.NoError(t, err)
			return v
		}
		first := propose(camText)
		require.True(t, first.Accepted())
		require.Equal(t, "first start", first.AcceptedBy)
		require.Contains(t, first.Files[0].Data, "${CRED}", "secrets stay unresolved")
		require.Equal(t, int64(1), propose("# only a comment\n"+camText).Number)

		more := strings.ReplaceAll(strings.TrimPrefix(camText, "site: annex\ncameras:\n"), "n-1", "n-2")
		require.True(t, propose(camText+more).Accepted(), "a new camera is not a widening")

		given := propose(strings.Replace(camText, "section: sec", "section: dep", 1) + more)
		require.False(t, given.Accepted())
		require.Equal(t, []string{"カメラn-1が、これまで所管でなかった期間について部署depの所管になります。 Camera n-1 is given to unit dep for a time it did not have."}, given.Why)
		require.Equal(t, given.Number, propose(strings.Replace(camText, "section: sec", "section: dep", 1)+more).Number, "asked once")
		require.ErrorIs(t, s.Accept(ctx, given.Number, "files", camera.Ground{}), vms.Denied)
		require.NoError(t, s.Accept(ctx, given.Number, "kiki", camera.Ground{}))
		current, err := s.Current(ctx)
		require.NoError(t, err)
		require.Equal(t, []any{given.Number, "kiki"}, []any{current.Number, current.AcceptedBy})

		shorter := propose(strings.Replace(camText, `credentials: "${CRED}"`, "retention: 7d", 1) + more)
		require.False(t, shorter.Accepted())
		require.ErrorIs(t, s.Accept(ctx, given.Number, "kiki", camera.Ground{}), vms.Conflict)
		require.Equal(t, current.Number, propose(strings.Replace(camText, "section: sec", "section: dep", 1)+more).Number)
		require.ErrorIs(t, s.Accept(ctx, shorter.Number, "kiki", camera.Ground{}), vms.Conflict, "withdrawn when the files went back")

		_, err = s.Propose(ctx, files("site: ["), "files")
		require.Error(t, err)
	})
}

func TestRemovingAndAddingACameraAgainWidensNothing(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	require.NoError(t, err)
	defer d.Close()
	s := camera.NewStore(d, false)
	other := strings.Replace(camText, "n-1", "n-9", 2)
	for _, text := range []string{camText, other} {
		v, err := s.Propose(t.Context(), files(text), "files")
		require.NoError(t, err)
		require.True(t, v.Accepted())
	}
	v, err := s.Propose(t.Context(), files(strings.Replace(camText, "section: sec", "section: dep", 1)), "files")
	require.NoError(t, err)
	require.False(t, v.Accepted())
}

func TestRelaxedAcceptsAtOnceAndNodesHear(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	require.NoError(t, err)
	defer d.Close()
	s := camera.NewStore(d, true)
	_, err = s.Propose(t.Context(), files(camText), "files")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	heard, done := make(chan int64), make(chan error)
	go func() {
		done <- s.Watch(ctx, func(_ context.Context, v camera.Version) error { heard <- v.Number; return nil })
	}()
	require.Equal(t, int64(1), <-heard)
	v, err := s.Propose(t.Context(), files(strings.Replace(camText, "kind: security", "kind: surveillance", 1)), "files")
	require.NoError(t, err)
	require.Equal(t, "relaxed", v.AcceptedBy)
	require.Equal(t, int64(2), <-heard)
	cancel()
	require.NoError(t, <-done)
}

// TestAPasswordInAFileIsStoredSealed: in every form it can be written; where it is only named, the files stay readable.
func TestAPasswordInAFileIsStoredSealed(t *testing.T) {
	const canary = "canary-7Q2X9"
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s := camera.NewStore(d, true)
		stored := func() string {
			var text string
			require.NoError(t, d.QueryRow(ctx, `SELECT files FROM config_version ORDER BY number DESC LIMIT 1`).Scan(&text))
			return text
		}
		_, err := s.Propose(ctx, files(camText), "files")
		require.NoError(t, err)
		require.Contains(t, stored(), "${CRED}")
		forms := []string{"user:" + canary, "user:${X}" + canary, canary}
		_, err = s.Propose(ctx, files(strings.Replace(camText, "${CRED}", forms[0], 1)), "files")
		require.ErrorContains(t, err, "no key")
		require.NotContains(t, err.Error(), canary)
		s.Sealing = func() (camera.Seal, error) { return factor.NewSeal("a key file of the tests") }
		for _, form := range forms {
			want := strings.Replace(camText, "${CRED}", form, 1)
			_, err := s.Propose(ctx, files(want), "files")
			require.NoError(t, err, form)
			require.NotContains(t, stored(), canary, form)
			v, err := s.Current(ctx)
			require.NoError(t, err)
			require.Equal(t, files(want), v.Files)
		}
		_, err = s.Propose(ctx, files(strings.Replace(camText, "rtsp://", "rtsp://h/x?password="+canary+"&of=", 1)), "files")
		require.NoError(t, err)
		require.NotContains(t, stored(), canary)

		other := camera.NewStore(d, true)
		other.Sealing = func() (camera.Seal, error) { return factor.NewSeal("another node's key file") }
		_, err = other.Current(ctx)
		require.ErrorContains(t, err, "every node needs the same")
	})
}

// TestVersionsOfBeforeAreSealed: a database from before the seal holds passwords until the next start.
func TestVersionsOfBeforeAreSealed(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s := camera.NewStore(d, true)
		_, err := s.Propose(ctx, files(camText), "files")
		require.NoError(t, err)
		_, err = d.Exec(ctx, `UPDATE config_version SET files = REPLACE(files, '${CRED}', 'user:canary')`)
		require.NoError(t, err)
		s.Sealing = func() (camera.Seal, error) { return factor.NewSeal("a key file of the tests") }
		require.NoError(t, s.SealOld(ctx))
		require.NoError(t, s.SealOld(ctx))
		var text string
		require.NoError(t, d.QueryRow(ctx, `SELECT files FROM config_version`).Scan(&text))
		require.NotContains(t, text, "canary")
		v, err := s.Current(ctx)
		require.NoError(t, err)
		require.Contains(t, v.Files[0].Data, "user:canary")
	})
}

// TestWhatAnArticleGovernsIsAcceptedOnIt: a version that changes retention says which article governs that; one that came
// into force by itself is told later, once.
func TestWhatAnArticleGovernsIsAcceptedOnIt(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s := camera.NewStore(d, false)
		keeps := func(days string) camera.Version {
			t.Helper()
			v, err := s.Propose(ctx, files(strings.Replace(camText, `credentials: "${CRED}"`, "retention: "+days, 1)), "files")
			require.NoError(t, err)
			return v
		}
		article := camera.Ground{Regulation: "要綱", Article: "第7条", From: "2026-04-01", By: "kiki"}
		require.False(t, keeps("20d").Ground.Named(), "the first version is taken as it is")

		shorter := keeps("7d")
		require.Equal(t, "ground-required", vms.Code(s.Accept(ctx, shorter.Number, "kiki", camera.Ground{})))
		require.NoError(t, s.Accept(ctx, shorter.Number, "kiki", article))
		v, before, err := s.Find(ctx, shorter.Number)
		require.NoError(t, err)
		require.Equal(t, article, v.Ground)
		require.Equal(t, "要綱 第7条（2026-04-01施行）", v.Ground.String())
		governs, err := s.Governed(v, before)
		require.NoError(t, err)
		require.Equal(t, []string{camera.SettingRetention}, governs)
		require.Equal(t, "grounded", vms.Code(s.Name(ctx, shorter.Number, article)), "once")

		longer := keeps("8d")
		require.Equal(t, "narrows", longer.AcceptedBy)
		require.Equal(t, "ground-required", vms.Code(s.Name(ctx, longer.Number, camera.Ground{})))
		words := camera.Ground{Text: "区長決裁", Reason: "規程が未登録のため", By: "joho"}
		require.NoError(t, s.Name(ctx, longer.Number, words))
		all, err := s.All(ctx)
		require.NoError(t, err)
		require.Equal(t, []camera.Ground{words, article, {}}, []camera.Ground{all[0].Ground, all[1].Ground, all[2].Ground})
		require.Equal(t, "ground-incomplete", vms.Code(camera.Ground{Text: "口頭"}.Checked()))
	})
}
