package rights_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/factor"
	"yagura/internal/identity"
	"yagura/internal/rights"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// office is a small ward with everybody who has to do with rights.
type office struct {
	*viewingtest.World
	t                 testing.TB
	room              *rights.Room
	cameras, policies *camera.Store
}

func onBoth(t *testing.T, story func(*office)) {
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": testserver.Postgres,
	} {
		t.Run(name, func(t *testing.T) { story(newOffice(t, url(t))) })
	}
}

func newOffice(t testing.TB, url string) *office {
	o := &office{World: viewingtest.NewOn(t, url), t: t}
	o.cameras, o.policies = camera.NewStore(o.DB, false), access.NewStore(o.DB, false)
	o.cameras.Sealing = func() (camera.Seal, error) { return factor.NewSeal("a key file of the tests") }
	o.propose(o.cameras, "files", viewingtest.Files(o.Moved))
	o.propose(o.policies, "files", policies(t, nil))
	o.room = rights.New(rights.Config{DB: o.DB, Identity: o.Identity, Access: o.Access, Audit: o.Audit, Cameras: o.Set,
		Files: []*camera.Store{o.cameras, o.policies}, Now: o.Now, Night: rights.Night{Posts: rights.EmergencyPosts}}) // it is always night
	o.Add("kiki", identity.CrisisManagement, "")
	o.Add("kiki2", identity.CrisisManagement, "")
	o.Add("joho", identity.InformationSecurity, "")
	o.Add("kansa", identity.Auditor, "")
	o.Add("admin", identity.Administrator, "")
	o.Add("head", identity.DepartmentHead, "kumin")
	o.Add("clerk", identity.Clerk, "gomi")
	o.Add("clerk2", identity.Clerk, "gomi")
	return o
}

func policies(t testing.TB, edit func(name, text string) string) []conf.File {
	t.Helper()
	files, err := conf.ReadDir("../../policies", access.Patterns...)
	require.NoError(t, err)
	for i, f := range files {
		if edit != nil {
			files[i].Data = edit(f.Name, f.Data)
		}
	}
	return files
}

func (o *office) propose(s *camera.Store, by string, files []conf.File) camera.Version {
	o.t.Helper()
	v, err := s.Propose(o.t.Context(), files, by)
	require.NoError(o.t, err)
	return v
}

func (o *office) as(login string) identity.Caller {
	o.t.Helper()
	p, err := o.Identity.Person(o.t.Context(), login)
	require.NoError(o.t, err)
	return identity.Caller{Person: p, Session: "s", From: "10.0.0.1"}
}

func (o *office) ask(login string, q rights.Question) *rights.Answer {
	o.t.Helper()
	a, err := o.room.Simulate(o.t.Context(), o.as(login), q)
	require.NoError(o.t, err)
	return a
}

// changes are a difference in words.
func changes(d rights.Difference) (out []string) {
	for _, c := range d.Changes {
		sign := "-"
		if c.Gain {
			sign = "+"
		}
		var ids []string
		for _, cam := range c.Cameras {
			ids = append(ids, string(cam.ID))
		}
		out = append(out, fmt.Sprintf("%s %s%s %s", c.Person.Login, sign, c.Action, strings.Join(ids, ",")))
	}
	return out
}

func TestWhatAnAppointmentWouldGive(t *testing.T) {
	onBoth(t, func(o *office) {
		t := o.t
		a := o.ask("admin", rights.Question{Draft: &rights.Draft{Appointment: &identity.Appointment{Login: "clerk", Post: identity.GeneralManager, Unit: "gomi"}}})
		got := changes(a.Difference)
		require.Contains(t, got, "clerk +live c-gomi,c-shared,c-moved")
		require.Contains(t, got, "clerk +hold c-gomi,c-shared,c-moved", "that one may ask for it is more than nothing")
		require.NotContains(t, strings.Join(got, " "), " -")
		require.Len(t, a.People, 8)

		row := o.ask("admin", rights.Question{Who: "clerk", Camera: "c-gomi", Draft: &rights.Draft{Appointment: &identity.Appointment{Login: "clerk", Post: identity.DepartmentHead, Unit: "kankyo"}}}).Rows[0]
		require.Equal(t, [2]access.Answer{access.No, access.Yes}, [2]access.Answer{row.Now[0].Answer, row.After[0].Answer})
		require.Contains(t, row.Rule(0), "no rule allows it")
		require.Contains(t, row.RuleAfter(0), "p, department_head, own, live")
		require.Empty(t, o.ask("admin", rights.Question{Who: "clerk", Camera: "c-gomi"}).Changes, "it was not saved")

		_, err := o.room.Simulate(t.Context(), o.as("admin"), rights.Question{Who: "ghost"})
		require.ErrorIs(t, err, vms.NotFound)
		future := o.ask("kansa", rights.Question{Who: "head", At: o.Set().Find("c-future").Placements[0].From})
		i := slices.IndexFunc(future.Rows, func(r rights.Row) bool { return r.Camera.ID == "c-future" })
		require.Equal(t, access.Yes, future.Rows[i].Now[0].Answer, "as of that day")
	})
}

func TestWhatRulesWouldDo(t *testing.T) {
	o := newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	var rules string
	policies(t, func(name, text string) string {
		if name == access.RulesName {
			rules = text
		}
		return text
	})
	draft := func(from, to string) (*rights.Answer, error) {
		require.Contains(t, rules, from)
		return o.room.Simulate(t.Context(), o.as("joho"), rights.Question{Draft: &rights.Draft{Rules: strings.Replace(rules, from, to, 1)}})
	}
	a, err := draft("p, department_head, own, live search", "p, department_head, own, search")
	require.NoError(t, err)
	require.Equal(t, []string{"head -live c-koseki,c-security,c-shared,c-main"}, changes(a.Difference))
	require.Equal(t, []rights.PostChange{{Gain: access.Gain{Post: identity.DepartmentHead, Action: access.Live, Relation: "own"}}}, a.Posts)
	require.NotEmpty(t, a.Failing, "the rules and their tests change together")
	require.Greater(t, a.Tests, 40)
	_, err = draft("p, clerk, own, records,", "p, clerk, own, live,")
	require.Equal(t, "bad-policy", vms.Code(err))
	require.ErrorContains(t, err, "clerk may never have live")
	_, err = draft("\nend\n", "\n")
	require.Equal(t, "bad-policy", vms.Code(err))
}

func TestHeadsAreToldOfTheirOwnCamerasAlone(t *testing.T) {
	o := newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	a := o.ask("head", rights.Question{Camera: "c-koseki"})
	var logins []string
	for _, r := range a.Rows {
		logins = append(logins, r.Person.Login)
	}
	require.Equal(t, []string{"admin", "head", "kansa", "kiki", "kiki2"}, logins)
	require.Equal(t, 3, a.Others)
	for code, q := range map[string]rights.Question{
		"no-camera": {Camera: "c-gomi"},
		"denied":    {Who: "clerk"},
	} {
		_, err := o.room.Simulate(t.Context(), o.as("head"), q)
		require.Equal(t, code, vms.Code(err))
	}
	_, err := o.room.Simulate(t.Context(), o.as("clerk"), rights.Question{})
	require.Equal(t, "denied", vms.Code(err))
	rows := o.Rows(audit.Simulate)
	require.Len(t, rows, 3, "each refusal has its row")
	require.Equal(t, audit.Refused, rows[0].Outcome)
}

func TestAVersionIsComparedAndDecided(t *testing.T) {
	onBoth(t, func(o *office) {
		t, ctx := o.t, o.t.Context()
		files := viewingtest.Files(o.Moved)
		files[1].Data = strings.Replace(files[1].Data, "sections: [gomi]", "sections: [koseki]", 1)
		files[1].Data += "  # one more line\n"
		v := o.propose(o.cameras, "kiki", files)
		require.Equal(t, "waiting", v.State)
		seen, err := o.room.Version(ctx, o.as("kansa"), "cameras", v.Number)
		require.NoError(t, err)
		require.Equal(t, []any{int64(1), false, "waiting"}, []any{seen.Before, seen.InForce, seen.State})
		require.Contains(t, changes(seen.Difference), "head +live c-gomi")
		require.Len(t, seen.Files, 1)
		var plus, minus int
		for _, l := range seen.Files[0].Lines {
			plus += map[string]int{"plus": 1}[l.Kind]
			minus += map[string]int{"minus": 1}[l.Kind]
		}
		require.Equal(t, [2]int{2, 1}, [2]int{plus, minus})

		for login, code := range map[string]string{"kiki": "second-person", "admin": "denied", "head": "denied", "kansa": "denied"} {
			require.Equal(t, code, vms.Code(o.room.Decide(ctx, o.as(login), "cameras", v.Number, true, camera.Ground{})), login)
		}
		require.Equal(t, "no-version", vms.Code(o.room.Decide(ctx, o.as("joho"), "people", 1, true, camera.Ground{})))
		require.NoError(t, o.room.Decide(ctx, o.as("joho"), "cameras", v.Number, false, camera.Ground{}))
		again := o.propose(o.cameras, "files", files)
		require.Equal(t, []any{v.Number, "refused"}, []any{again.Number, again.State}, "the same files are not asked about twice")
		require.Equal(t, "not-waiting", vms.Code(o.room.Decide(ctx, o.as("joho"), "cameras", v.Number, false, camera.Ground{})))
		require.NoError(t, o.room.Decide(ctx, o.as("kiki2"), "cameras", v.Number, true, camera.Ground{}))
		all, err := o.room.Versions(ctx, o.as("admin"))
		require.NoError(t, err)
		require.Equal(t, []any{"cameras", v.Number, 2}, []any{all[0].Kind, all[0].InForce, len(all[0].All)})
		_, err = o.room.Versions(ctx, o.as("head"))
		require.Equal(t, "denied", vms.Code(err))
		rows := o.Rows(audit.DecideVersion)
		require.Len(t, rows, 8)
		require.Equal(t, []string{"kiki2", audit.OK, "cameras 2 accepted"}, []string{rows[7].Actor, rows[7].Outcome, rows[7].Detail})
	})
}

func TestSecretsOfCamerasAreCovered(t *testing.T) {
	o := newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	files := viewingtest.Files(o.Moved)
	files[1].Data += `  - id: c-new
    name: new
    kind: surveillance
    section: koseki
    starts: 2020-01-01
    streams: {main: "rtsp://127.0.0.1/new"}
    credentials: "user:hunter2"
  - {id: c-new2, name: n, kind: surveillance, section: koseki, starts: 2020-01-01, streams: {main: "rtsp://127.0.0.1/n2"}, credentials: user:hunter2}
  - {id: c-new3, name: n, kind: surveillance, section: koseki, starts: 2020-01-01, streams: {main: "rtsp://127.0.0.1/n3"}, "credentials": 'user:hunter2', transport: tcp}
  - id: c-new4
    name: new
    kind: surveillance
    section: koseki
    starts: 2020-01-01
    streams: {main: "rtsp://127.0.0.1/new4"}
    credentials: >-
      user:hunter2
  - id: c-new5
    name: new
    kind: surveillance
    section: koseki
    starts: 2020-01-01
    streams: {main: "rtsp://127.0.0.1/new5"}
    credentials:
      user:hunter2
    transport: tcp
  - {id: c-new6, name: n, kind: surveillance, section: koseki, starts: 2020-01-01, streams: {main: "rtsp://127.0.0.1/n6"}, credentials: "${CAM_NEW}"}
`
	v := o.propose(o.cameras, "files", files)
	seen, err := o.room.Version(t.Context(), o.as("kansa"), "cameras", v.Number)
	require.NoError(t, err)
	text := fmt.Sprint(seen.Files)
	require.NotContains(t, text, "hunter2")
	require.Contains(t, text, "transport: tcp")
	require.Contains(t, text, "${CAM_NEW}", "the name of a variable is no secret")
}

// TestAThousandPeople: an answer about everybody takes 300 ms at most; a busy test machine gets ten times that.
func TestAThousandPeople(t *testing.T) {
	o, _ := crowded(t)
	for name, q := range questions(t) {
		began := time.Now()
		_, err := o.room.Simulate(t.Context(), o.as("admin"), q)
		require.NoError(t, err)
		t.Logf("%s: %v", name, time.Since(began))
		require.Less(t, time.Since(began), 3*time.Second)
	}
}

// TestAnArticleInForceGovernsWhatAVersionChanges: who accepts shorter retention names an article that there is.
func TestAnArticleInForceGovernsWhatAVersionChanges(t *testing.T) {
	onBoth(t, func(o *office) {
		t, ctx := o.t, o.t.Context()
		o.room.Articles = func(context.Context) ([]rights.Article, error) {
			return []rights.Article{{Regulation: "要綱", From: "2026-04-01", Article: "第1条"}, {Regulation: "要綱", From: "2026-04-01", Article: "第7条", Setting: camera.SettingRetention, Value: "30日"}}, nil
		}
		files := viewingtest.Files(o.Moved)
		files[1].Data = strings.Replace(files[1].Data, "kind: surveillance,", "kind: surveillance, retention: 7d,", 1)
		v := o.propose(o.cameras, "kiki", files)
		require.Equal(t, "waiting", v.State)
		seen, err := o.room.Version(ctx, o.as("joho"), "cameras", v.Number)
		require.NoError(t, err)
		require.Equal(t, []string{camera.SettingRetention}, seen.Governs)
		require.Equal(t, "第7条", seen.Articles[0].Article, "those that govern it first")

		for code, g := range map[string]camera.Ground{
			"ground-required":   {},
			"no-article":        {Regulation: "要綱", Article: "第7条", From: "2025-04-01"},
			"ground-incomplete": {Text: "口頭の指示"},
		} {
			require.Equal(t, code, vms.Code(o.room.Decide(ctx, o.as("joho"), "cameras", v.Number, true, g)))
		}
		require.NoError(t, o.room.Decide(ctx, o.as("joho"), "cameras", v.Number, true, camera.Ground{Regulation: "要綱", Article: "第7条", From: "2026-04-01"}))
		rows := o.Rows(audit.DecideVersion)
		require.Equal(t, "cameras 2 accepted; 要綱 第7条（2026-04-01施行）", rows[len(rows)-1].Detail)
		require.Equal(t, "grounded", vms.Code(o.room.Name(ctx, o.as("kiki2"), "cameras", v.Number, camera.Ground{Text: "x", Reason: "y"})))
		require.Equal(t, "denied", vms.Code(o.room.Name(ctx, o.as("kansa"), "cameras", v.Number, camera.Ground{Text: "x", Reason: "y"})))
	})
}
