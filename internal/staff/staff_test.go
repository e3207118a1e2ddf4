package staff_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/staff"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// ward is a small ward with administrators, second persons and a head.
type ward struct {
	*viewingtest.World
	t    *testing.T
	room *staff.Room
}

func onBoth(t *testing.T, story func(*ward)) {
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": testserver.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t}
			w.room = staff.New(staff.Config{Identity: w.Identity, Access: w.Access, Audit: w.Audit, Cameras: w.Set, Now: w.Now})
			w.Add("admin", identity.Administrator, "")
			w.Add("admin2", identity.Administrator, "")
			w.Add("joho", identity.InformationSecurity, "")
			w.Add("kiki", identity.CrisisManagement, "")
			w.Add("head", identity.GeneralManager, "koseki")
			story(w)
		})
	}
}

func (w *ward) by(login string) identity.Caller {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s", From: "10.0.0.7"}
}

func (w *ward) person(login string) *identity.Person { return w.by(login).Person }

// sees reports whether somebody may look at a camera now.
func (w *ward) sees(login, cam string) bool {
	return w.Access.Check(w.person(login), "live", w.Set().Find(vms.CameraID(cam)), 0, "", w.Now()).Allow
}

func code(err error) string { return vms.Code(err) }

func TestSomebodyIsAddedAppointedApprovedAndEnded(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		m, err := w.room.Add(ctx, w.by("admin"), identity.Person{Login: " Suzuki ", Name: "見本　鈴", Number: "００１２３"})
		require.NoError(t, err)
		require.Equal(t, []any{"suzuki", "00123", true}, []any{m.Login, m.Number, m.New})
		for _, bad := range []identity.Person{{Login: "suzuki", Name: "x"}, {Login: "other", Name: "x", Number: "00123"}, {Login: "あ", Name: "x"}, {Login: "y", Name: " "}} {
			_, err := w.room.Add(ctx, w.by("admin"), bad)
			require.NotEmpty(t, code(err), bad)
		}

		a, err := w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "suzuki", Post: identity.DepartmentHead, Unit: "kankyo"})
		require.NoError(t, err)
		require.Equal(t, "waiting", a.State)
		require.False(t, w.sees("suzuki", "c-gomi"))
		_, err = w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "suzuki", Post: identity.DepartmentHead, Unit: "kankyo", Kind: identity.Concurrent})
		require.Equal(t, "appointed", code(err))
		_, err = w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "suzuki", Post: identity.Clerk, Unit: "koseki"})
		require.Equal(t, "two-regular", code(err))
		acting, err := w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "suzuki", Post: identity.Clerk, Unit: "koseki", Kind: identity.Acting})
		require.NoError(t, err)
		require.Equal(t, "accepted", acting.State, "no footage, no second person")

		_, err = w.room.Decide(ctx, w.by("admin2"), a.ID, true)
		require.Equal(t, "denied", code(err), "an administrator is no second person")
		w.Appoint(identity.Appointment{Login: "admin2", Post: identity.InformationSecurity})
		_, err = w.room.Decide(ctx, w.by("admin2"), a.ID, true)
		require.Equal(t, "administrator", code(err), "nor with another post beside")
		a, err = w.room.Decide(ctx, w.by("joho"), a.ID, true)
		require.NoError(t, err)
		require.Equal(t, []string{"accepted", "joho"}, []string{a.State, a.DecidedBy})
		require.True(t, w.sees("suzuki", "c-gomi"))
		_, err = w.room.Decide(ctx, w.by("kiki"), a.ID, false)
		require.Equal(t, "not-waiting", code(err))

		_, err = w.room.End(ctx, w.by("head"), a.ID, 0)
		require.Equal(t, "denied", code(err))
		a, err = w.room.End(ctx, w.by("joho"), a.ID, 0)
		require.NoError(t, err)
		require.LessOrEqual(t, a.To, w.Now())
		require.False(t, w.sees("suzuki", "c-gomi"))

		var log []string
		for _, action := range []string{audit.AddPerson, audit.Appoint, staff.Approve, staff.EndPost} {
			for _, e := range w.Rows(action) {
				log = append(log, action+" "+e.Actor+" "+e.Outcome)
			}
		}
		require.Equal(t, []string{"person.add admin ok", "person.add admin refused", "person.add admin refused", "person.add admin refused", "person.add admin refused",
			"person.appoint admin ok", "person.appoint admin refused", "person.appoint admin refused", "person.appoint admin ok",
			"person.appoint.approve admin2 refused", "person.appoint.approve admin2 refused", "person.appoint.approve joho ok",
			"person.appoint.end head refused", "person.appoint.end joho ok"}, log)
	})
}

// TestNobodyApprovesTheirOwn: neither who asked, nor who is appointed.
func TestNobodyApprovesTheirOwn(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		a, err := w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "joho", Post: identity.DepartmentHead, Unit: "kankyo", Kind: identity.Concurrent})
		require.NoError(t, err)
		_, err = w.room.Decide(ctx, w.by("joho"), a.ID, true)
		require.Equal(t, "second-person", code(err))
		_, err = w.room.Decide(ctx, w.by("kiki"), a.ID, false)
		require.NoError(t, err)
		require.False(t, w.sees("joho", "c-gomi"))
		_, err = w.room.Appoint(ctx, w.by("kiki"), identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kankyo"})
		require.Equal(t, "denied", code(err), "who approves does not ask")
		back, err := w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "joho", Post: identity.DepartmentHead, Unit: "kankyo", Kind: identity.Concurrent})
		require.NoError(t, err)
		back, err = w.room.End(ctx, w.by("admin"), back.ID, 0)
		require.NoError(t, err)
		require.Equal(t, "refused", back.State, "a request is taken back")
	})
}

// TestWhoIsKeptOutComesBackWithoutFootage: nobody gets footage by one person's word, also not again.
func TestWhoIsKeptOutComesBackWithoutFootage(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		s := w.Session("head")
		edit := func(by, login string, disabled bool) error {
			_, err := w.room.Edit(ctx, w.by(by), identity.Person{Login: login, Name: "例示　統", Number: login, Disabled: disabled})
			return err
		}
		g, err := w.Identity.AddGrant(ctx, identity.Grant{Kind: identity.Extra, Login: "head", Cameras: []vms.CameraID{"c-gomi"}, Actions: []string{"live"}, To: w.Now().Add(time.Hour), State: "accepted"}, "kiki")
		require.NoError(t, err)
		require.True(t, w.sees("head", "c-gomi"), g)
		require.NoError(t, edit("admin", "head", true))
		_, err = w.Identity.Look(ctx, s.ID)
		require.Error(t, err, "sessions end at once")
		require.NoError(t, edit("admin", "head", false))
		require.False(t, w.sees("head", "c-koseki"))
		waiting, err := w.room.Waiting(ctx, w.by("joho"))
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		require.Equal(t, "admin", waiting[0].RequestedBy)
		_, err = w.room.Decide(ctx, w.by("joho"), waiting[0].ID, true)
		require.NoError(t, err)
		require.True(t, w.sees("head", "c-koseki"))
		require.False(t, w.sees("head", "c-gomi"), "a grant does not come back")
		require.NoError(t, edit("admin", "head", false))
		require.True(t, w.sees("head", "c-koseki"), "nothing was changed")

		require.Equal(t, "own", code(edit("admin", "admin", true)))
		require.NoError(t, edit("admin", "admin2", true))
		admins, err := w.room.List(ctx, w.by("admin"), staff.Query{Post: identity.Administrator, State: "active"})
		require.NoError(t, err)
		require.Len(t, admins.People, 1)
		_, err = w.room.End(ctx, w.by("admin"), admins.People[0].Appointments[0].ID, 0)
		require.Equal(t, "last-administrator", code(err))
		require.Equal(t, []string{"ok", "ok"}, []string{w.Rows(staff.DisablePerson)[0].Outcome, w.Rows(staff.EnablePerson)[0].Outcome})
	})
}

func TestPeopleAreFound(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		_, err := w.room.Add(ctx, w.by("admin"), identity.Person{Login: "tanaka", Name: "例示　太郎", Kana: "レイジ　タロウ", Number: "A-77"})
		require.NoError(t, err)
		_, err = w.room.Appoint(ctx, w.by("admin"), identity.Appointment{Login: "tanaka", Post: identity.Clerk, Unit: "gomi", From: w.Now().Add(48 * time.Hour)})
		require.NoError(t, err)
		later := w.Now().Add(72 * time.Hour).Time().Format(time.DateOnly)
		for name, c := range map[string]struct {
			q    staff.Query
			want string
		}{
			"all, in 建制順":            {staff.Query{}, "head kiki joho admin admin2 tanaka"},
			"a number of any width":  {staff.Query{Text: "ａ-77"}, "tanaka"},
			"a name without a space": {staff.Query{Text: "例示太郎"}, "tanaka"},
			"half-width kana":        {staff.Query{Text: "ﾚｲｼﾞ"}, "tanaka"},
			"a unit and below":       {staff.Query{Unit: "kumin"}, "head"},
			"a post":                 {staff.Query{Post: identity.Administrator}, "admin admin2"},
			"a day to come":          {staff.Query{Unit: "kankyo", Day: later}, "tanaka"},
			"without a post today":   {staff.Query{State: "none"}, "tanaka"},
			"nobody":                 {staff.Query{Text: "だれか"}, ""},
		} {
			got, err := w.room.List(ctx, w.by("joho"), c.q)
			require.NoError(t, err, name)
			var logins []string
			for _, m := range got.People {
				logins = append(logins, m.Login)
			}
			require.Equal(t, c.want, strings.Join(logins, " "), name)
		}
		for _, nobody := range []string{"head", "tanaka"} {
			_, err := w.room.List(ctx, w.by(nobody), staff.Query{})
			require.Equal(t, "denied", code(err))
		}
		_, err = w.room.List(ctx, w.by("admin"), staff.Query{Day: "4月1日"})
		require.Equal(t, "bad-day", code(err))
	})
}

func TestVacancies(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		units, err := w.room.Units(t.Context(), w.by("admin"), "")
		require.NoError(t, err)
		var got []string
		for _, u := range units {
			line := strings.Repeat(" ", u.Depth) + u.ID
			for _, h := range u.Heads {
				line += " " + h.Login
			}
			if u.Vacant {
				line += " vacant " + u.Post.Title()
			}
			got = append(got, line)
		}
		require.Equal(t, []string{"kumin vacant 部長", " koseki head", " zeimu vacant 統括管理者", "kankyo vacant 部長", " gomi vacant 統括管理者"}, got)
		require.Equal(t, []int{4, 4, 0, 3, 3}, []int{units[0].Cameras, units[1].Cameras, units[2].Cameras, units[3].Cameras, units[4].Cameras})
		_, err = w.room.Appoint(t.Context(), w.by("admin"), identity.Appointment{Login: "joho", Post: identity.Clerk, Unit: "nowhere"})
		require.Equal(t, "no-unit", code(err))
		require.Equal(t, camera.Forever, units[0].To)
	})
}
