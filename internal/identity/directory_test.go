package identity_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

// withDirectory is the house whose people the directory knows by ask.
func (h house) withDirectory(ask func(login, password string) (bool, error)) house {
	h.Registry = identity.New(h.db, identity.Options{Now: h.clock.Now,
		Directory: func(_ context.Context, login, password string) (bool, error) { return ask(login, password) }})
	return h
}

func (h house) vouched(t *testing.T, v identity.Vouched) (*identity.Session, error) {
	t.Helper()
	s, _, _, err := h.SignInVouched(t.Context(), here, func(context.Context) (identity.Vouched, error) { return v, nil })
	return s, err
}

func TestPeopleOfTheDirectoryHaveNoPasswordHere(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "sato", "")
		h.add(t, "admin", identity.Administrator)
		h.add(t, "joho", identity.InformationSecurity)
		old, _, err := h.SignIn(ctx, "sato", password, here)
		require.NoError(t, err)
		require.NoError(t, h.SetDirectory(ctx, "sato", true))
		_, err = h.Look(ctx, old.ID)
		require.Equal(t, identity.Ended, vms.Code(err), "signed in with a password that is gone")
		_, _, err = h.SignIn(ctx, "sato", password, here)
		require.Equal(t, identity.SignInFailed, vms.Code(err))
		require.ErrorIs(t, h.SetPassword(ctx, "sato", password), identity.ErrNoPassword)

		s, err := h.vouched(t, identity.Vouched{Login: "sato", Subject: "1", Proved: h.clock.Now().Time()})
		require.NoError(t, err)
		require.True(t, h.Fresh(s))
		require.ErrorIs(t, h.ChoosePassword(ctx, s, password, "three swans under a bridge", here), identity.ErrNoPassword)

		admin, err := h.Person(ctx, "admin")
		require.NoError(t, err)
		joho, err := h.Person(ctx, "joho")
		require.NoError(t, err)
		id, first, err := h.AskRecovery(ctx, admin, "sato", "鍵をなくした")
		require.NoError(t, err)
		_, second, err := h.DecideRecovery(ctx, joho, id, true)
		require.NoError(t, err)
		s, token, err := h.Recover(ctx, "sato", first+second, "three swans under a bridge", here)
		require.NoError(t, err)
		require.Nil(t, s, "the directory has to let them in")
		require.Empty(t, token)
		_, _, err = h.SignIn(ctx, "sato", "three swans under a bridge", here)
		require.Equal(t, identity.SignInFailed, vms.Code(err))
		var stored string
		require.NoError(t, h.db.QueryRow(ctx, `SELECT password FROM person WHERE login = 'sato'`).Scan(&stored))
		require.Empty(t, stored)
	})
}

func TestTheDirectoryOnlyVouchesForPeopleMarkedSo(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "sato", "")
		h.add(t, "kiki", identity.CrisisManagement)
		h.add(t, "local", "")
		require.NoError(t, h.SetDirectory(ctx, "sato", true))
		require.NoError(t, h.SetDirectory(ctx, "kiki", true))
		for login, code := range map[string]string{"local": identity.DirectoryLocal, "stranger": identity.DirectoryUnknown, "": identity.DirectoryUnknown} {
			_, err := h.vouched(t, identity.Vouched{Login: login, Subject: "x"})
			require.Equal(t, code, vms.Code(err), login)
		}
		_, err := h.Person(ctx, "stranger")
		require.Error(t, err)

		s, err := h.vouched(t, identity.Vouched{Login: " SATO", Subject: "1"})
		require.NoError(t, err)
		require.False(t, h.Fresh(s), "the directory does not say when they proved themselves")
		s, err = h.vouched(t, identity.Vouched{Login: "sato", Subject: "1", Proved: h.clock.Now().Add(-identity.StepUpLasts).Time()})
		require.NoError(t, err)
		require.False(t, h.Fresh(s), "a while ago")
		s, err = h.vouched(t, identity.Vouched{Login: "sato", Subject: "1", Proved: h.clock.Now().Add(time.Hour).Time()})
		require.NoError(t, err)
		require.True(t, h.Fresh(s))
		h.clock.pass(identity.StepUpLasts)
		require.False(t, h.Fresh(s), "its clock does not prolong it")
		_, err = h.vouched(t, identity.Vouched{Login: "sato", Subject: "2"})
		require.Equal(t, identity.DirectoryOther, vms.Code(err), "the login was given to somebody else")
		require.NoError(t, h.SetDirectory(ctx, "sato", true)) // an administrator knows of it
		_, err = h.vouched(t, identity.Vouched{Login: "sato", Subject: "2"})
		require.NoError(t, err)

		s, err = h.vouched(t, identity.Vouched{Login: "kiki", Subject: "3", Proved: h.clock.Now().Time()})
		require.NoError(t, err)
		require.Equal(t, identity.Half, s.Kind, "the post asks for a second factor")
		require.NoError(t, h.SetDisabled(ctx, "sato", true))
		_, err = h.vouched(t, identity.Vouched{Login: "sato", Subject: "2"})
		require.Equal(t, identity.DirectoryOff, vms.Code(err))
	})
}

func TestAnswersOfTheDirectoryAreLimitedPerSource(t *testing.T) {
	h := open(t, sqliteURL(t))
	asked := 0
	ask := func(context.Context) (identity.Vouched, error) { asked++; return identity.Vouched{}, errors.New("no") }
	for range 100 {
		_, _, _, err := h.SignInVouched(t.Context(), here, ask)
		require.Error(t, err)
	}
	require.Equal(t, 30, asked)
}

func TestTheDirectoryComparesPasswords(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "sato", "")
		h.add(t, "local", "")
		h.add(t, "off", "")
		require.NoError(t, h.AddPerson(ctx, "fresh", "まだない", "")) // no password yet
		require.NoError(t, h.SetDirectory(ctx, "sato", true))
		require.NoError(t, h.SetDirectory(ctx, "off", true))
		require.NoError(t, h.SetDisabled(ctx, "off", true))
		const theirs = "password of the ward"
		var asked atomic.Int32
		away := false
		d := h.withDirectory(func(login, typed string) (bool, error) {
			asked.Add(1)
			if away {
				return false, vms.Errorf(vms.Conflict, "directory-away", "away")
			}
			if login == "" {
				require.Empty(t, typed, "a password of ours is nothing for the directory")
				return true, nil // whatever it says of nobody
			}
			require.Contains(t, []string{"sato", "stranger", "off"}, login, "people of ours are nothing for the directory")
			return typed == theirs, nil
		})
		in := func(login, password string) string {
			before := asked.Load()
			_, _, err := d.SignIn(ctx, login, password, here)
			require.Equal(t, before+1, asked.Load(), "whoever asks, the directory is asked once")
			return vms.Code(err)
		}
		require.Empty(t, in("sato", theirs))
		require.Empty(t, in("local", password))
		for login, want := range map[string]string{"stranger": identity.DirectoryUnknown, "off": identity.DirectoryOff, "local": identity.SignInFailed, "fresh": identity.SignInFailed, "a*b": identity.SignInFailed} {
			require.Equal(t, want, in(login, theirs), login)
			require.Equal(t, identity.SignInFailed, in(login, "wrong wrong"), login)
		}
		require.Equal(t, identity.SignInFailed, in("sato", ""))
		s, _, err := d.SignIn(ctx, "sato", theirs, here)
		require.NoError(t, err)
		w, err := d.Ways(ctx, s)
		require.NoError(t, err)
		require.Equal(t, []string{identity.WithPassword}, w.Prove)
		_, _, err = d.StepUp(ctx, s, identity.Proof{Password: theirs, Source: here})
		require.NoError(t, err)

		away = true
		require.Empty(t, in("local", password), "who has a password here gets in")
		h.clock.pass(time.Hour)
		for _, login := range []string{"sato", "stranger", "local", "fresh"} {
			require.Equal(t, "directory-away", in(login, "wrong wrong"), "nobody is told from another")
		}
	})
}
