package identity_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/factor/factortest"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	origin = "http://localhost:8080"
	here   = "10.0.0.7"
)

func onBothStrict(t *testing.T, story func(t *testing.T, h house)) {
	onBoth(t, func(t *testing.T, h house) { h = h.strict(t); story(t, h) })
}

// strict is the house with every safeguard on.
func (h house) strict(t *testing.T) house {
	t.Helper()
	keys, err := factor.NewKeys(origin)
	require.NoError(t, err)
	seal, err := factor.NewSeal("a key file of the tests")
	require.NoError(t, err)
	h.Registry = identity.New(h.db, identity.Options{SecondPerson: true, SecondFactor: true, ConfirmToken: true, Keys: keys, Seal: seal, Now: h.clock.Now})
	return h
}

// add adds somebody with a password and, where it is not "", a post.
func (h house) add(t *testing.T, login string, post identity.Post) {
	t.Helper()
	ctx := t.Context()
	require.NoError(t, h.AddPerson(ctx, login, "氏名"+login, ""))
	require.NoError(t, h.SetPassword(ctx, login, password))
	if post == "" {
		return
	}
	a, err := h.Appoint(ctx, identity.Appointment{Login: login, Post: post}, "tests")
	require.NoError(t, err)
	if a.State == "waiting" {
		require.NoError(t, h.Approve(ctx, a.ID, "others"))
	}
}

func (h house) half(t *testing.T, login string) *identity.Session {
	t.Helper()
	s, token, err := h.SignIn(t.Context(), login, password, here)
	require.NoError(t, err)
	require.Equal(t, identity.Half, s.Kind)
	_, err = h.Resolve(t.Context(), token)
	require.Equal(t, identity.NotSignedIn, vms.Code(err), "half a sign-in opens nothing")
	for _, look := range []func() (*identity.Session, error){func() (*identity.Session, error) { return h.Keep(t.Context(), s.ID) },
		func() (*identity.Session, error) { return h.Look(t.Context(), s.ID) }} {
		_, err = look()
		require.Error(t, err)
	}
	s, err = h.HalfOf(t.Context(), token)
	require.NoError(t, err)
	return s
}

// enrol signs in for the first time, making a key on the device.
func (h house) enrol(t *testing.T, login string, device *factortest.Authenticator) (*identity.Session, string) {
	t.Helper()
	half := h.half(t, login)
	options, err := h.CreateKey(t.Context(), half)
	require.NoError(t, err)
	s, token, _, err := h.Complete(t.Context(), half, identity.Proof{Key: device.Create(options), Label: " 机の鍵 ", Source: here})
	require.NoError(t, err)
	return s, token
}

func TestTheFirstSignInEnrolsAndTheNextOnesAsk(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "kiki", identity.CrisisManagement)
		half := h.half(t, "kiki")
		w, err := h.Ways(ctx, half)
		require.NoError(t, err)
		require.Equal(t, identity.Ways{Enrol: []string{identity.Key}}, w, "codes need an administrator")
		_, err = h.CreateCode(ctx, half)
		require.Equal(t, "codes-not-allowed", vms.Code(err))
		_, err = h.AskKey(ctx, half)
		require.Equal(t, "no-factor", vms.Code(err))

		device := factortest.New(t, origin)
		s, token := h.enrol(t, "kiki", device)
		got, err := h.Resolve(ctx, token)
		require.NoError(t, err)
		has, err := h.Factors(ctx, "kiki")
		require.NoError(t, err)
		require.Len(t, has, 1)
		require.Equal(t, []string{s.ID, has[0].ID, "机の鍵", identity.Key}, []string{got.ID, got.Factor, has[0].Label, has[0].Kind})
		require.True(t, h.Fresh(got))

		half = h.half(t, "kiki")
		w, err = h.Ways(ctx, half)
		require.NoError(t, err)
		require.Equal(t, identity.Ways{Prove: []string{identity.Key}}, w)
		_, err = h.CreateKey(ctx, half)
		require.Equal(t, factor.Failed, vms.Code(err), "whoever knows the password adds no key of their own")
		options, err := h.AskKey(ctx, half)
		require.NoError(t, err)
		answer := device.Get(options)
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Key: answer})
		require.NoError(t, err)
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Key: answer})
		require.Error(t, err, "an answer counts once")

		half = h.half(t, "kiki")
		options, err = h.AskKey(ctx, half)
		require.NoError(t, err)
		require.Nil(t, factortest.New(t, origin).Get(options), "another device has no such key")
		h.pass(identity.HalfLasts + time.Second)
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Key: device.Get(options)})
		require.Error(t, err, "too late")
	})
}

func TestWhoNeedsNoFactor(t *testing.T) {
	h := open(t, sqliteURL(t)).strict(t)
	ctx := t.Context()
	h.add(t, "shisetsu", identity.Facilities)
	s, token, err := h.SignIn(ctx, "shisetsu", password, here)
	require.NoError(t, err)
	require.Equal(t, identity.Full, s.Kind)

	// A post that needs one ends the session that was opened without.
	a, err := h.Appoint(ctx, identity.Appointment{Login: "shisetsu", Post: identity.Administrator}, "tests")
	require.NoError(t, err)
	_, err = h.Resolve(ctx, token)
	require.Equal(t, identity.NotSignedIn, vms.Code(err))
	h.enrol(t, "shisetsu", factortest.New(t, origin))

	// Who has a factor proves it, needed or not.
	require.NoError(t, h.End(ctx, a.ID, 0))
	h.half(t, "shisetsu")

	relaxed := identity.New(h.db, identity.Options{Now: h.clock.Now})
	s, _, err = relaxed.SignIn(ctx, "shisetsu", password, here)
	require.NoError(t, err)
	require.Equal(t, identity.Full, s.Kind)
}

func code(t *testing.T, secret string, h house, ahead time.Duration) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, h.Now().Time().Add(ahead))
	require.NoError(t, err)
	return c
}

func TestCodesWhereAnAdministratorAllowsThem(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "bucho", identity.CrisisManagement)
		require.NoError(t, h.AllowCodes(ctx, "bucho", true))
		half := h.half(t, "bucho")
		w, err := h.Ways(ctx, half)
		require.NoError(t, err)
		require.Equal(t, []string{identity.Key, identity.Code}, w.Enrol)
		c, err := h.CreateCode(ctx, half)
		require.NoError(t, err)
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Code: "000000", Source: here})
		require.Equal(t, factor.Failed, vms.Code(err))
		first := code(t, c.Secret, h, 0)
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Code: first, Source: here})
		require.NoError(t, err, "a slip of the finger costs nothing")
		var stored string
		require.NoError(t, h.db.QueryRow(ctx, `SELECT secret FROM factor WHERE login = 'bucho'`).Scan(&stored))
		require.NotContains(t, stored, c.Secret, "sealed at rest")

		half = h.half(t, "bucho")
		_, _, _, err = h.Complete(ctx, half, identity.Proof{Code: first, Source: here})
		require.Equal(t, factor.Failed, vms.Code(err), "a code counts once")
		_, token, _, err := h.Complete(ctx, half, identity.Proof{Code: code(t, c.Secret, h, 30*time.Second), Source: here})
		require.NoError(t, err)

		// A code steps up with the password, and not without.
		h.pass(6 * time.Minute)
		s, err := h.Resolve(ctx, token)
		require.NoError(t, err)
		require.False(t, h.Fresh(s))
		_, _, err = h.StepUp(ctx, s, identity.Proof{Password: password, Source: here})
		require.Equal(t, factor.Failed, vms.Code(err))
		_, _, err = h.StepUp(ctx, s, identity.Proof{Code: code(t, c.Secret, h, 0), Password: "wrong", Source: here})
		require.Equal(t, identity.SignInFailed, vms.Code(err))
		_, _, err = h.StepUp(ctx, s, identity.Proof{Code: code(t, c.Secret, h, 0), Password: password, Source: here})
		require.NoError(t, err)

		require.NoError(t, h.AllowCodes(ctx, "bucho", false))
		_, err = h.Resolve(ctx, token)
		require.Contains(t, err.Error(), "認証器が変更された")
		has, err := h.Factors(ctx, "bucho")
		require.NoError(t, err)
		require.Empty(t, has)
	})
}

func TestStepUpChangesTheToken(t *testing.T) {
	h := open(t, sqliteURL(t)).strict(t)
	ctx := t.Context()
	h.add(t, "kiki", identity.CrisisManagement)
	device := factortest.New(t, origin)
	_, old := h.enrol(t, "kiki", device)
	h.pass(6 * time.Minute)
	s, err := h.Resolve(ctx, old)
	require.NoError(t, err)
	options, err := h.AskKey(ctx, s)
	require.NoError(t, err)
	token, until, err := h.StepUp(ctx, s, identity.Proof{Key: device.Get(options), Source: here})
	require.NoError(t, err)
	require.Equal(t, h.Now().Add(identity.StepUpLasts), until)
	for _, tok := range []string{token, old} {
		got, err := h.Resolve(ctx, tok)
		require.NoError(t, err, "requests under way end well")
		require.Equal(t, s.ID, got.ID)
		require.True(t, h.Fresh(got))
	}
	h.pass(11 * time.Second)
	_, err = h.Resolve(ctx, old)
	require.Equal(t, identity.NotSignedIn, vms.Code(err), "the old token is good for a moment only")
	got, err := h.Resolve(ctx, token)
	require.NoError(t, err)
	h.pass(identity.StepUpLasts)
	require.False(t, h.Fresh(got))
	_, _, err = h.StepUp(ctx, s, identity.Proof{Password: password, Source: here})
	require.Equal(t, factor.Failed, vms.Code(err), "no weaker way beside the key")
}

func TestFactorsComeAndGo(t *testing.T) {
	h := open(t, sqliteURL(t)).strict(t)
	ctx := t.Context()
	h.add(t, "kiki", identity.CrisisManagement)
	device, second := factortest.New(t, origin), factortest.New(t, origin)
	s, token := h.enrol(t, "kiki", device)
	_, err := h.RemoveFactor(ctx, s, s.Factor)
	require.Equal(t, "last-factor", vms.Code(err))
	options, err := h.CreateKey(ctx, s)
	require.NoError(t, err)
	require.Nil(t, device.Create(options), "one key for one device")
	f, err := h.AddKey(ctx, s, second.Create(options), strings.Repeat("長", 41))
	require.Equal(t, "bad-label", vms.Code(err))
	options, err = h.CreateKey(ctx, s)
	require.NoError(t, err)
	f, err = h.AddKey(ctx, s, second.Create(options), "")
	require.NoError(t, err)
	require.Equal(t, "認証器", f.Label)

	half := h.half(t, "kiki")
	options, err = h.AskKey(ctx, half)
	require.NoError(t, err)
	_, other, _, err := h.Complete(ctx, half, identity.Proof{Key: second.Get(options)})
	require.NoError(t, err)
	h.add(t, "another", identity.Facilities)
	stranger, _, err := h.SignIn(ctx, "another", password, here)
	require.NoError(t, err)
	_, err = h.RemoveFactor(ctx, stranger, f.ID)
	require.ErrorIs(t, err, vms.NotFound)
	_, err = h.RemoveFactor(ctx, s, s.Factor)
	require.NoError(t, err, "there is another one")
	_, err = h.Resolve(ctx, other)
	require.Contains(t, err.Error(), "認証器が変更された")
	_, err = h.Resolve(ctx, token)
	require.NoError(t, err)
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "p", identity.Facilities)
		var tokens []string
		var ids []string
		for i := range 4 {
			s, token, err := h.SignIn(ctx, "p", password, fmt.Sprint("10.0.0.", i))
			require.NoError(t, err)
			tokens, ids = append(tokens, token), append(ids, s.ID)
			h.pass(time.Minute)
		}
		_, err := h.Resolve(ctx, tokens[0])
		require.Equal(t, identity.Ended, vms.Code(err))
		require.Contains(t, err.Error(), "3 件まで", "the oldest is told why")
		uses := func() (ids []string) {
			list, err := h.Uses(ctx, "p")
			require.NoError(t, err)
			for _, u := range list {
				ids = append(ids, u.ID)
			}
			return ids
		}
		require.Equal(t, []string{ids[3], ids[2], ids[1]}, uses())
		require.ErrorIs(t, h.EndUse(ctx, "somebody", ids[1]), vms.NotFound)
		require.NoError(t, h.EndUse(ctx, "p", ids[1]))
		require.ErrorIs(t, h.EndUse(ctx, "p", ids[1]), vms.NotFound)
		_, err = h.Resolve(ctx, tokens[1])
		require.Contains(t, err.Error(), "一覧から終了")
		_, err = h.AddToken(ctx, "p", "script", "cli", time.Hour)
		require.NoError(t, err)
		require.Len(t, uses(), 3)

		s, err := h.Resolve(ctx, tokens[3])
		require.NoError(t, err)
		require.Equal(t, identity.SignInFailed, vms.Code(h.ChoosePassword(ctx, s, "wrong", "kita-no-yagura-7", here)))
		require.Equal(t, "password-common", vms.Code(h.ChoosePassword(ctx, s, password, "password12345", here)))
		require.NoError(t, h.ChoosePassword(ctx, s, password, "kita-no-yagura-7", here))
		_, err = h.Resolve(ctx, tokens[2])
		require.Contains(t, err.Error(), "パスワードが変更された")
		require.Len(t, uses(), 2, "this one, and the token")
		_, _, err = h.SignIn(ctx, "p", "kita-no-yagura-7", here)
		require.NoError(t, err)
	})
}

func TestPostsThatDecideAreIdleSooner(t *testing.T) {
	h := open(t, sqliteURL(t))
	for login, post := range map[string]identity.Post{"kiki": identity.CrisisManagement, "joho": identity.InformationSecurity, "admin": identity.Administrator, "shisetsu": identity.Facilities} {
		h.add(t, login, post)
		_, token, err := h.SignIn(t.Context(), login, password, here)
		require.NoError(t, err)
		h.pass(14 * time.Minute)
		_, err = h.Resolve(t.Context(), token)
		require.NoError(t, err, login)
		h.pass(16 * time.Minute)
		_, err = h.Resolve(t.Context(), token)
		require.Equal(t, login != "shisetsu", err != nil, login)
	}
}

func TestATokenOfAFootagePostWaitsForItsPerson(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.add(t, "kiki", identity.CrisisManagement)
		h.add(t, "shisetsu", identity.Facilities)
		_, err := h.AddToken(ctx, "kiki", "x", "cli", 25*time.Hour)
		require.Equal(t, "bad-period", vms.Code(err))
		token, err := h.AddToken(ctx, "kiki", "x", "cli", 24*time.Hour)
		require.NoError(t, err)
		_, err = h.Resolve(ctx, token)
		require.Equal(t, identity.Unconfirmed, vms.Code(err))
		list, err := h.Uses(ctx, "kiki")
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.True(t, list[0].Waits)
		_, err = h.ConfirmToken(ctx, "shisetsu", list[0].ID)
		require.ErrorIs(t, err, vms.NotFound)
		label, err := h.ConfirmToken(ctx, "kiki", list[0].ID)
		require.NoError(t, err)
		require.Equal(t, "x", label)
		s, err := h.Resolve(ctx, token)
		require.NoError(t, err)
		require.True(t, s.StatesPurpose)
		h.pass(24 * time.Hour)
		_, err = h.Resolve(ctx, token)
		require.Equal(t, identity.NotSignedIn, vms.Code(err))

		token, err = h.AddToken(ctx, "kiki", "x", "kiki", time.Hour)
		require.NoError(t, err)
		_, err = h.Resolve(ctx, token)
		require.NoError(t, err, "made by its person, who proved themselves")

		// A token that outlived the day dies when its person gets to see footage.
		token, err = h.AddToken(ctx, "shisetsu", "x", "cli", 100*time.Hour)
		require.NoError(t, err)
		s, err = h.Resolve(ctx, token)
		require.NoError(t, err)
		require.False(t, h.Fresh(s))
		_, _, err = h.StepUp(ctx, s, identity.Proof{Password: password, Source: here})
		require.NoError(t, err)
		s, err = h.Resolve(ctx, token)
		require.NoError(t, err)
		require.True(t, h.Fresh(s), "a script steps up as its person does")
		a, err := h.Appoint(ctx, identity.Appointment{Login: "shisetsu", Post: identity.CrisisManagement}, "tests")
		require.NoError(t, err)
		require.NoError(t, h.Approve(ctx, a.ID, "others"))
		_, err = h.Resolve(ctx, token)
		require.Equal(t, identity.Unconfirmed, vms.Code(err))
		h.pass(25 * time.Hour)
		_, err = h.Resolve(ctx, token)
		require.Equal(t, identity.NotSignedIn, vms.Code(err))
	})
}

func TestRecoveryTakesTwoPeople(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		for login, post := range map[string]identity.Post{"kiki": identity.CrisisManagement, "admin": identity.Administrator, "admin2": identity.Administrator,
			"joho": identity.InformationSecurity, "kansa": identity.Auditor} {
			h.add(t, login, post)
		}
		p := map[string]*identity.Person{}
		for _, login := range []string{"kiki", "admin", "admin2", "joho", "kansa"} {
			var err error
			p[login], err = h.Person(ctx, login)
			require.NoError(t, err)
		}
		_, lost := h.enrol(t, "kiki", factortest.New(t, origin))
		for _, by := range []string{"kiki", "joho", "kansa"} {
			_, _, err := h.AskRecovery(ctx, p[by], "admin2", "x")
			require.ErrorIs(t, err, vms.Denied, by)
		}
		_, _, err := h.AskRecovery(ctx, p["admin"], "admin", "x")
		require.Equal(t, "second-person", vms.Code(err))
		_, _, err = h.AskRecovery(ctx, p["admin"], "kiki", "")
		require.Equal(t, "reason-required", vms.Code(err))
		_, _, err = h.AskRecovery(ctx, p["admin"], "nobody", "x")
		require.ErrorIs(t, err, vms.NotFound)
		id, first, err := h.AskRecovery(ctx, p["admin"], "kiki", "鍵をなくした")
		require.NoError(t, err)
		for _, by := range []string{"admin", "kiki", "kansa"} {
			_, _, err = h.DecideRecovery(ctx, p[by], id, true)
			require.ErrorIs(t, err, vms.Denied, by)
		}
		rec, second, err := h.DecideRecovery(ctx, p["joho"], id, true)
		require.NoError(t, err)
		require.Equal(t, []string{"kiki", "approved", "admin", "joho"}, []string{rec.Login, rec.State, rec.RequestedBy, rec.DecidedBy})
		_, _, err = h.DecideRecovery(ctx, p["admin2"], id, true)
		require.ErrorIs(t, err, vms.NotFound, "decided once")

		const chosen = "three swans under a bridge"
		for _, wrong := range []string{first, first + first, second + first, ""} {
			_, _, err = h.Recover(ctx, "kiki", wrong, chosen, here)
			require.Equal(t, identity.RecoveryFailed, vms.Code(err))
		}
		_, _, err = h.Recover(ctx, "admin2", first+second, chosen, here)
		require.Equal(t, identity.RecoveryFailed, vms.Code(err), "another's")
		_, err = h.Resolve(ctx, lost)
		require.NoError(t, err, "nothing has changed yet")
		_, _, err = h.Recover(ctx, "kiki", first+second, "password1234", here)
		require.Equal(t, "password-common", vms.Code(err))
		s, _, err := h.Recover(ctx, " Kiki", strings.ToLower(first[:4]+"-"+first[4:])+" "+second, chosen, here)
		require.NoError(t, err)
		require.Equal(t, identity.Half, s.Kind, "a factor is made anew")
		w, err := h.Ways(ctx, s)
		require.NoError(t, err)
		require.Equal(t, []string{identity.Key}, w.Enrol)
		_, err = h.Resolve(ctx, lost)
		require.Contains(t, err.Error(), "回復")
		_, _, err = h.Recover(ctx, "kiki", first+second, chosen, here)
		require.Equal(t, identity.RecoveryFailed, vms.Code(err), "once")
		_, _, err = h.SignIn(ctx, "kiki", password, here)
		require.Equal(t, identity.SignInFailed, vms.Code(err))

		id, first, err = h.AskRecovery(ctx, p["admin2"], "kiki", "また")
		require.NoError(t, err)
		_, second, err = h.DecideRecovery(ctx, p["admin"], id, true)
		require.NoError(t, err)
		h.pass(10 * time.Minute)
		_, _, err = h.Recover(ctx, "kiki", first+second, chosen, here)
		require.Equal(t, identity.RecoveryFailed, vms.Code(err), "ten minutes")
		list, err := h.Recoveries(ctx)
		require.NoError(t, err)
		require.Empty(t, list)
	})
}

func TestTheFirstTwoPeople(t *testing.T) {
	onBothStrict(t, func(t *testing.T, h house) {
		ctx := t.Context()
		unused, err := h.StartLink(ctx)
		require.NoError(t, err)
		code, err := h.StartLink(ctx)
		require.NoError(t, err)
		left, err := h.StartPosts(ctx, code)
		require.NoError(t, err)
		require.Equal(t, []identity.Post{identity.Administrator, identity.InformationSecurity}, left)
		const chosen = "three swans under a bridge"
		start := func(code string, post identity.Post, login, password string) string {
			return vms.Code(h.Start(ctx, code, post, login, "見本　一郎", password))
		}
		require.Equal(t, "start-ended", start("guess", identity.Administrator, "admin", chosen))
		require.Equal(t, "start-ended", start(code, identity.CrisisManagement, "kiki", chosen))
		require.Equal(t, "password-common", start(code, identity.Administrator, "admin", "password1234"))
		require.Equal(t, "bad-login", start(code, identity.Administrator, "管理", chosen))
		require.Empty(t, start(code, identity.Administrator, "Admin", chosen))
		require.Equal(t, "start-ended", start(code, identity.Administrator, "admin9", chosen), "one of each")
		require.Equal(t, "login-taken", start(code, identity.InformationSecurity, "admin", chosen), "two different people")
		require.Empty(t, start(code, identity.InformationSecurity, "joho", chosen))
		require.Equal(t, "start-ended", start(code, identity.InformationSecurity, "joho2", chosen))
		require.Equal(t, "start-ended", start(unused, identity.InformationSecurity, "joho2", chosen))
		none, err := h.StartLink(ctx)
		require.NoError(t, err)
		require.Empty(t, none, "there are people")
		s, _, err := h.SignIn(ctx, "admin", chosen, here)
		require.NoError(t, err)
		require.Equal(t, []any{identity.Half, true}, []any{s.Kind, s.Person.Holds(h.Now(), identity.Administrator)})
	})
	t.Run("late", func(t *testing.T) {
		h := open(t, sqliteURL(t))
		code, err := h.StartLink(t.Context())
		require.NoError(t, err)
		h.pass(time.Hour)
		_, err = h.StartPosts(t.Context(), code)
		require.Equal(t, "start-ended", vms.Code(err))
	})
	t.Run("people came otherwise", func(t *testing.T) {
		h := open(t, sqliteURL(t))
		code, err := h.StartLink(t.Context())
		require.NoError(t, err)
		h.add(t, "p", identity.Facilities)
		_, err = h.StartPosts(t.Context(), code)
		require.Equal(t, "start-ended", vms.Code(err))
	})
}

// TestAHundredThousandGuesses: from as many addresses as one likes, of each kind at most 20 in any hour
// are evaluated.
func TestAHundredThousandGuesses(t *testing.T) {
	h := open(t, sqliteURL(t)).strict(t)
	ctx := t.Context()
	h.add(t, "victim", identity.CrisisManagement)
	require.NoError(t, h.AllowCodes(ctx, "victim", true))
	half := h.half(t, "victim")
	c, err := h.CreateCode(ctx, half)
	require.NoError(t, err)
	s, _, _, err := h.Complete(ctx, half, identity.Proof{Code: code(t, c.Secret, h, 0), Source: here})
	require.NoError(t, err)
	half = h.half(t, "victim")
	began := h.Now()
	evaluated := map[string][]vms.Instant{}
	const guesses, hours = 100_000, 5
	for i := range guesses {
		from := fmt.Sprintf("10.%d.%d.%d", i%7, i/251%251, i%251)
		var err error
		var kind string
		switch i % 16 {
		case 1:
			kind = "password"
			_, _, err = h.StepUp(ctx, s, identity.Proof{Password: "guess", Code: "123456", Source: from})
		case 2:
			kind = "code"
			_, _, _, err = h.Complete(ctx, half, identity.Proof{Code: "000000", Source: from})
		case 3:
			kind = "recovery"
			_, _, err = h.Recover(ctx, "victim", "AAAAAAAABBBBBBBB", "three swans under a bridge", from)
		default:
			kind = "password"
			_, _, err = h.SignIn(ctx, "victim", "guess guess guess", from)
		}
		require.Error(t, err)
		switch vms.Code(err) {
		case identity.TooMany:
		case identity.SignInFailed, factor.Failed, identity.RecoveryFailed:
			evaluated[kind] = append(evaluated[kind], h.Now())
		default:
			require.NoError(t, err)
		}
		h.pass(hours * time.Hour / guesses)
	}
	for kind, at := range evaluated {
		for i, from := range at {
			n, _ := slices.BinarySearch(at[i:], from.Add(time.Hour))
			require.LessOrEqual(t, n, 20, "%s, in the hour from %v", kind, from.Sub(began))
		}
		require.Greater(t, len(at), 15*hours/2, "%s: the limit is no lock", kind)
	}
	require.Len(t, evaluated, 3)
}

// TestNothingSecretIsStored looks for every secret of a person in every row.
func TestNothingSecretIsStored(t *testing.T) {
	h := open(t, sqliteURL(t)).strict(t)
	ctx := t.Context()
	h.add(t, "kiki", identity.CrisisManagement)
	h.add(t, "admin", identity.Administrator)
	h.add(t, "joho", identity.InformationSecurity)
	require.NoError(t, h.AllowCodes(ctx, "kiki", true))
	half := h.half(t, "kiki")
	c, err := h.CreateCode(ctx, half)
	require.NoError(t, err)
	_, token, _, err := h.Complete(ctx, half, identity.Proof{Code: code(t, c.Secret, h, 0), Source: here})
	require.NoError(t, err)
	admin, err := h.Person(ctx, "admin")
	require.NoError(t, err)
	joho, err := h.Person(ctx, "joho")
	require.NoError(t, err)
	id, first, err := h.AskRecovery(ctx, admin, "kiki", "x")
	require.NoError(t, err)
	_, second, err := h.DecideRecovery(ctx, joho, id, true)
	require.NoError(t, err)
	dump := dumpOf(t, h.db, "person", "session", "factor", "ceremony", "recovery", "signin_bucket")
	require.Contains(t, dump, "kiki")
	for _, secret := range []string{password, c.Secret, token, first, second} {
		require.NotContains(t, dump, secret)
	}
}

func dumpOf(t *testing.T, d *db.DB, tables ...string) string {
	t.Helper()
	var out strings.Builder
	for _, table := range tables {
		rows, err := d.Query(t.Context(), "SELECT * FROM "+table)
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			require.NoError(t, rows.Scan(values...))
			for _, v := range values {
				b, err := json.Marshal(fmt.Sprint(*v.(*any)))
				require.NoError(t, err)
				out.Write(b)
			}
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return out.String()
}
