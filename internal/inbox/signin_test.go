package inbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/viewing/viewingtest"
)

// TestWhatWaitsAboutSigningIn: a recovery for those who may approve it, a token for its person.
func TestWhatWaitsAboutSigningIn(t *testing.T) {
	w := viewingtest.Strict(t)
	room := inbox.New(w.DB, w.Now, &inbox.SignIns{Identity: w.Identity})
	for login, post := range map[string]identity.Post{"admin": identity.Administrator, "admin2": identity.Administrator, "joho": identity.InformationSecurity,
		"kiki": identity.CrisisManagement, "kansa": identity.Auditor} {
		w.Add(login, post, "")
	}
	person := func(login string) *identity.Person {
		p, err := w.Identity.Person(t.Context(), login)
		require.NoError(t, err)
		return p
	}
	waits := func(login string) (kinds []string) {
		items, err := room.Items(t.Context(), person(login))
		require.NoError(t, err)
		for _, i := range items {
			kinds = append(kinds, i.Kind+" "+i.Link)
		}
		return kinds
	}
	id, _, err := w.Identity.AskRecovery(t.Context(), person("admin"), "admin2", "紛失")
	require.NoError(t, err)
	_, err = w.Identity.AddToken(t.Context(), "kiki", "点検", "command line", time.Hour)
	require.NoError(t, err)
	_, err = w.Identity.AddToken(t.Context(), "kansa", "点検", "command line", time.Hour)
	require.NoError(t, err)
	for login, want := range map[string][]string{"joho": {"recovery /recovery"}, "admin": nil, "admin2": nil, "kiki": {"token /settings"}, "kansa": nil} {
		require.Equal(t, want, waits(login), login)
	}
	_, _, err = w.Identity.DecideRecovery(t.Context(), person("joho"), id, false)
	require.NoError(t, err)
	require.Empty(t, waits("joho"))
	uses, err := w.Identity.Uses(t.Context(), "kiki")
	require.NoError(t, err)
	_, err = w.Identity.ConfirmToken(t.Context(), "kiki", uses[0].ID)
	require.NoError(t, err)
	require.Empty(t, waits("kiki"))
}
