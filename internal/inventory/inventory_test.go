package inventory_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/inventory"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type ward struct {
	*viewingtest.World
	t    *testing.T
	room *inventory.Room
	of   map[string]identity.Appointment
}

func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t, of: map[string]identity.Appointment{}}
			w.room = inventory.New(inventory.Config{DB: w.DB, Audit: w.Audit, Access: w.Access, Identity: w.Identity, Cameras: w.Set, Now: w.Now})
			for _, a := range []identity.Appointment{{Login: "kumin", Post: identity.DepartmentHead, Unit: "kumin"}, {Login: "koseki", Post: identity.GeneralManager, Unit: "koseki"},
				{Login: "clerk", Post: identity.Clerk, Unit: "zeimu"}, {Login: "gomi", Post: identity.GeneralManager, Unit: "gomi"}, {Login: "kiki", Post: identity.CrisisManagement},
				{Login: "joho", Post: identity.InformationSecurity}, {Login: "kansa", Post: identity.Auditor}, {Login: "admin", Post: identity.Administrator}} {
				w.Add(a.Login, "", "")
				w.of[a.Login] = w.Appoint(a)
			}
			w.Add("former", "", "")
			w.Appoint(identity.Appointment{Login: "former", Post: identity.Clerk, Unit: "koseki", From: 1, To: 2})
			story(t, w)
		})
	}
}

func (w *ward) caller(login string) identity.Caller {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s9", From: "10.0.0.9"}
}

// review returns the newest as somebody reads it: whose lines there are, and whose they decide.
func (w *ward) review(login string) (v *inventory.Review, reads, decides []string) {
	w.t.Helper()
	list, err := w.room.List(w.t.Context(), w.caller(login))
	require.NoError(w.t, err)
	v, err = w.room.Review(w.t.Context(), w.caller(login), list[0].ID)
	require.NoError(w.t, err)
	require.Equal(w.t, list[0], *v)
	for i := range v.Lines {
		reads = append(reads, v.Lines[i].Login)
		if v.Lines[i].Mine {
			decides = append(decides, v.Lines[i].Login)
		}
	}
	return v, reads, decides
}

func (w *ward) line(login string) inventory.Line {
	v, _, _ := w.review("joho")
	return v.Lines[slices.IndexFunc(v.Lines, func(l inventory.Line) bool { return l.Login == login })]
}

func (w *ward) waits(login string) (kinds []string) {
	w.t.Helper()
	items, err := w.room.Items(w.t.Context(), w.caller(login).Person)
	require.NoError(w.t, err)
	for _, i := range items {
		kinds = append(kinds, i.Kind)
	}
	return kinds
}

func TestRightsAreReviewed(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		code := func(err error, want string) {
			t.Helper()
			require.Equal(t, want, vms.Code(err), "%v", err)
		}
		for _, login := range []string{"kumin", "kansa", "admin", "kiki"} {
			_, err := w.room.Take(ctx, w.caller(login))
			code(err, "denied")
		}
		taken, err := w.room.Take(ctx, w.caller("joho"))
		require.NoError(t, err)
		_, err = w.room.Take(ctx, w.caller("joho"))
		code(err, "one-open")
		id := taken.ID

		_, reads, decides := w.review("joho")
		require.Equal(t, []string{"kiki", "kansa", "joho", "admin", "kumin", "koseki", "clerk", "gomi"}, reads, "nobody whose time is over")
		require.Equal(t, []string{"kiki", "kansa", "admin", "kumin", "gomi"}, decides, "where no head is, and the head")
		_, reads, decides = w.review("kumin")
		require.Equal(t, []any{[]string{"kumin", "koseki", "clerk"}, []string{"koseki", "clerk"}}, []any{reads, decides})
		_, reads, decides = w.review("kansa")
		require.Equal(t, []any{8, 0}, []any{len(reads), len(decides)})
		for _, login := range []string{"koseki", "kiki", "former"} {
			_, err := w.room.List(ctx, w.caller(login))
			code(err, "denied")
		}
		require.Equal(t, []any{6, "live past main still evidence.request"}, []any{w.line("koseki").Cameras, strings.Join(w.line("koseki").Actions, " ")})
		require.Equal(t, []any{0, ""}, []any{w.line("clerk").Cameras, strings.Join(w.line("clerk").Actions, " ")})
		require.Equal(t, []any{[]string{inbox.RightsLines}, []string{inbox.RightsLines}, []string(nil)}, []any{w.waits("kumin"), w.waits("joho"), w.waits("admin")})

		kumin, joho := w.caller("kumin"), w.caller("joho")
		code(w.room.Confirm(ctx, kumin, id, []int{w.line("kumin").N}), "own")
		code(w.room.Confirm(ctx, kumin, id, []int{w.line("gomi").N}), "no-line")
		code(w.room.Confirm(ctx, joho, id, []int{w.line("koseki").N}), "others")
		code(w.room.Object(ctx, kumin, id, w.line("clerk").N, " "), "bad-text")
		require.NoError(t, w.room.Confirm(ctx, kumin, id, []int{w.line("koseki").N}))
		require.NoError(t, w.room.Object(ctx, kumin, id, w.line("clerk").N, "異動した"))
		require.Empty(t, w.waits("kumin"))
		require.Equal(t, []string{inbox.RightsObjection}, w.waits("admin"), "who may end it is asked to")
		_, reads, decides = w.review("admin")
		require.Equal(t, []any{[]string{"clerk"}, []string(nil)}, []any{reads, decides}, "and reads no more than that")
		l := w.line("clerk")
		require.Equal(t, []any{inventory.No, "異動した", "kumin", false}, []any{l.State, l.Reason, l.DecidedBy, l.Ended})
		require.NoError(t, w.Identity.End(ctx, w.of["clerk"].ID, 0))
		require.True(t, w.line("clerk").Ended)
		require.Empty(t, w.waits("admin"))

		code(w.room.Close(ctx, kumin, id, "x"), "denied")
		code(w.room.Close(ctx, joho, id, ""), "remark-required")
		require.NoError(t, w.room.Confirm(ctx, joho, id, []int{w.line("kiki").N, w.line("kansa").N, w.line("admin").N, w.line("kumin").N, w.line("gomi").N}))
		require.NoError(t, w.room.Close(ctx, joho, id, "情報安全担当は一人のため"))
		code(w.room.Confirm(ctx, kumin, id, []int{w.line("koseki").N}), "closed")
		code(w.room.Close(ctx, joho, id, "x"), "closed")
		v, _, decides := w.review("joho")
		require.Equal(t, []any{1, "情報安全担当は一人のため", 0}, []any{v.Left(), v.Remark, len(decides)})
		for action, n := range map[string]int{inventory.Taken: 1, inventory.Confirmed: 2, inventory.Objected: 1, inventory.Closed: 1} {
			require.Len(t, w.Rows(action), n, action)
		}
	})
}
