package inbox_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// ward is a small ward in which cameras and appointments wait for a second person.
type ward struct {
	*viewingtest.World
	t     testing.TB
	room  *inbox.Room
	files *camera.Store
}

func onBoth(t *testing.T, story func(*ward)) {
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": testserver.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t}
			w.files = camera.NewStore(w.DB, false)
			w.room = w.otherRoom()
			w.Run(w.room.Run)
			story(w)
		})
	}
}

func (w *ward) otherRoom() *inbox.Room {
	return inbox.New(w.DB, w.Now, &inbox.Approvals{Files: []*camera.Store{w.files}, Identity: w.Identity, Access: w.Access, Now: w.Now})
}

func (w *ward) person(login string) *identity.Person {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return p
}

// propose offers cameras of which one belongs to that unit.
func (w *ward) propose(unit, by string) camera.Version {
	w.t.Helper()
	files := viewingtest.Files(w.Moved)
	for i := range files {
		files[i].Data = strings.Replace(files[i].Data, "sections: [gomi]", "sections: ["+unit+"]", 1)
	}
	v, err := w.files.Propose(w.t.Context(), files, by)
	require.NoError(w.t, err)
	return v
}

func (w *ward) items(login string) []inbox.Item {
	w.t.Helper()
	items, err := w.room.Items(w.t.Context(), w.person(login))
	require.NoError(w.t, err)
	return items
}

func ids(items []inbox.Item) (out []string) {
	for _, i := range items {
		out = append(out, i.ID)
	}
	return out
}

func TestWhatWaitsForASecondPerson(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.Add("kiki", identity.CrisisManagement, "")
		w.Add("joho", identity.InformationSecurity, "")
		w.Add("head", identity.DepartmentHead, "kumin")
		w.Add("new", "", "")
		require.Equal(t, "accepted", w.propose("gomi", "files").State)
		require.Empty(t, w.items("kiki"))

		v := w.propose("koseki", "kiki") // another jurisdiction: it waits
		require.Equal(t, "waiting", v.State)
		a, err := w.Identity.Appoint(ctx, identity.Appointment{Login: "new", Post: identity.DepartmentHead, Unit: "kankyo"}, "admin")
		require.NoError(t, err)
		files, appointment := "approval-cameras-2", "approval-appointment-"+a.ID
		require.Equal(t, []string{appointment, files}, ids(w.items("joho")), "newest first")
		require.Equal(t, []string{appointment}, ids(w.items("kiki")), "not one's own proposal")
		require.Empty(t, w.items("head"))
		require.Equal(t, inbox.Item{ID: appointment, Kind: inbox.Approval, At: a.RequestedAt, Link: "/people/waiting",
			Subject: inbox.Subject{What: "appointment", ID: a.ID, Login: "new", Post: identity.DepartmentHead, Unit: "kankyo", From: "admin"}}, w.items("joho")[0])
		require.Equal(t, inbox.Subject{What: "cameras", Version: 2, From: "kiki"}, w.items("joho")[1].Subject)

		own, err := w.Identity.Appoint(ctx, identity.Appointment{Login: "joho", Post: identity.DepartmentHead, Unit: "kankyo"}, "admin")
		require.NoError(t, err)
		require.NotContains(t, ids(w.items("joho")), "approval-appointment-"+own.ID, "not what is about oneself")

		require.NoError(t, w.files.Accept(ctx, v.Number, "joho", camera.Ground{}))
		require.NoError(t, w.Identity.Refuse(ctx, a.ID, "joho"))
		require.Empty(t, w.items("joho"), "what is decided no longer waits")
	})
}

func TestOnlyTheReadMarkIsKept(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.Add("kiki", identity.CrisisManagement, "")
		w.Add("joho", identity.InformationSecurity, "")
		require.Equal(t, "accepted", w.propose("gomi", "files").State)
		w.propose("koseki", "files")
		require.Equal(t, 1, inbox.Unread(w.items("kiki")))
		for range 2 {
			require.NoError(t, w.room.MarkRead(ctx, w.person("kiki"), "approval-cameras-2"))
		}
		require.True(t, w.items("kiki")[0].Read)
		require.Zero(t, inbox.Unread(w.items("kiki")))
		require.Equal(t, 1, inbox.Unread(w.items("joho")), "another has not read it")
		require.ErrorIs(t, w.room.MarkRead(ctx, w.person("kiki"), "approval-cameras-3"), vms.NotFound)
		w.propose("zeimu", "files") // something else waits now
		require.Equal(t, 1, inbox.Unread(w.items("kiki")))
		require.ErrorIs(t, w.room.MarkRead(ctx, w.person("kiki"), "approval-cameras-2"), vms.NotFound)
	})
}

// TestAChangeIsHeardOnEveryNode: a mark made in one room wakes who listens to another's.
func TestAChangeIsHeardOnEveryNode(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		w.Add("kiki", identity.CrisisManagement, "")
		require.Equal(t, "accepted", w.propose("gomi", "files").State)
		w.propose("koseki", "files")
		elsewhere := w.otherRoom()
		hears := func(changed <-chan struct{}) {
			t.Helper()
			select {
			case <-changed:
			case <-time.After(10 * time.Second):
				require.Fail(t, "nothing was heard")
			}
		}
		first := elsewhere.Changed()
		w.Run(elsewhere.Run)
		hears(first) // it has looked once
		changed := elsewhere.Changed()
		require.NoError(t, w.room.MarkRead(t.Context(), w.person("kiki"), "approval-cameras-2"))
		hears(changed)
	})
}
