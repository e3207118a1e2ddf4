package factor_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/factor"
	"yagura/internal/factor/factortest"
	"yagura/internal/vms"
)

const origin = "http://localhost:8080"

func TestAKeyIsMadeAndProvesItself(t *testing.T) {
	keys, err := factor.NewKeys(origin)
	require.NoError(t, err)
	device := factortest.New(t, origin)
	owner := factor.Owner{Handle: []byte("0123456789abcdef"), Login: "kiki", Name: "見本　一郎"}
	begun, err := keys.Create(owner)
	require.NoError(t, err)
	answer := device.Create(begun.Options)
	id, key, err := keys.Created(owner, begun.State, answer)
	require.NoError(t, err)
	owner.Keys = [][]byte{key}
	again, err := keys.Create(owner)
	require.NoError(t, err)
	require.Nil(t, device.Create(again.Options), "one key of a person for one device")

	ask := func() factor.Ceremony {
		c, err := keys.Ask(owner)
		require.NoError(t, err)
		return c
	}
	asked := ask()
	got, _, err := keys.Answered(owner, asked.State, device.Get(asked.Options))
	require.NoError(t, err)
	require.Equal(t, id, got)

	refused := func(what string, state, answer []byte) {
		t.Helper()
		_, _, err := keys.Answered(owner, state, answer)
		require.Equal(t, factor.Failed, vms.Code(err), "%s: %v", what, err)
	}
	refused("of another challenge", ask().State, device.Get(asked.Options))
	refused("not JSON", ask().State, []byte("{"))
	begun = ask()
	device.Unverified = true
	refused("without user verification", begun.State, device.Get(begun.Options))
	device.Unverified, device.Origin = false, "http://localhost.example:8080"
	begun = ask()
	refused("at another site", begun.State, device.Get(begun.Options))
	device.Origin = origin
	other := owner
	other.Handle = []byte("fedcba9876543210")
	begun = ask()
	_, _, err = keys.Answered(other, begun.State, device.Get(begun.Options))
	require.Equal(t, factor.Failed, vms.Code(err), "somebody else's ceremony")
}

func TestACopiedKeyIsRefused(t *testing.T) {
	keys, err := factor.NewKeys(origin)
	require.NoError(t, err)
	device := factortest.New(t, origin)
	device.Counter = 10
	owner := factor.Owner{Handle: []byte("0123456789abcdef"), Login: "kiki", Name: "n"}
	begun, err := keys.Create(owner)
	require.NoError(t, err)
	_, key, err := keys.Created(owner, begun.State, device.Create(begun.Options))
	require.NoError(t, err)
	owner.Keys = [][]byte{key}
	begun, err = keys.Ask(owner)
	require.NoError(t, err)
	_, owner.Keys[0], err = keys.Answered(owner, begun.State, device.Get(begun.Options))
	require.NoError(t, err)
	device.Counter = 5
	begun, err = keys.Ask(owner)
	require.NoError(t, err)
	_, _, err = keys.Answered(owner, begun.State, device.Get(begun.Options))
	require.Equal(t, factor.Failed, vms.Code(err))
}

func TestOriginsWithoutKeys(t *testing.T) {
	for _, bad := range []string{"http://127.0.0.1:8080", "https://[::1]", "http://yagura.example.lg.jp", "", "localhost"} {
		_, err := factor.NewKeys(bad)
		require.Error(t, err, bad)
	}
	_, err := factor.NewKeys("https://yagura.example.lg.jp")
	require.NoError(t, err)
}

func TestACodeCountsOnce(t *testing.T) {
	// RFC 6238 appendix B, SHA-1, the last six digits.
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	at := time.Unix(1111111109, 0)
	step, ok := factor.Match(secret, "081 804", at, 0)
	require.True(t, ok)
	require.Equal(t, int64(1111111109/30), step)
	_, ok = factor.Match(secret, "０８１８０４", at.Add(30*time.Second), step-1)
	require.True(t, ok, "a clock may be off by a step, digits may be wide")
	for what, c := range map[string]struct {
		code  string
		at    time.Time
		after int64
	}{"used": {"081804", at, step}, "old": {"081804", at.Add(61 * time.Second), 0}, "early": {"081804", at.Add(-60 * time.Second), 0},
		"wrong": {"081805", at, 0}, "short": {"81804", at, 0}, "empty": {"", at, 0}} {
		_, ok = factor.Match(secret, c.code, c.at, c.after)
		require.False(t, ok, what)
	}
	made, err := factor.NewCode("kiki")
	require.NoError(t, err)
	require.Contains(t, made.URI, "otpauth://totp/Yagura:kiki?")
	require.Len(t, made.Secret, 32)
	require.Len(t, made.QR, len(made.QR[0]), "a square")
	require.True(t, strings.HasPrefix(made.QR[0], "1111111"), "a finder pattern: %s", made.QR[0])
}

func TestSeal(t *testing.T) {
	seal, err := factor.NewSeal("one key file")
	require.NoError(t, err)
	sealed, err := seal.Close("the secret", "kiki")
	require.NoError(t, err)
	require.NotContains(t, sealed, "secret")
	open, err := seal.Open(sealed, "kiki")
	require.NoError(t, err)
	require.Equal(t, "the secret", open)
	_, err = seal.Open(sealed, "another")
	require.Error(t, err)
	_, err = seal.Open(sealed[:len(sealed)-3]+"AAA", "kiki")
	require.Error(t, err)
	other, err := factor.NewSeal("another key file")
	require.NoError(t, err)
	_, err = other.Open(sealed, "kiki")
	require.ErrorContains(t, err, "every node needs the same")
	_, err = factor.Seal{}.Close("x", "y")
	require.Error(t, err)
}

func TestChoosePassword(t *testing.T) {
	for password, code := range map[string]string{
		"short-of-12": "password-length", strings.Repeat("long ", 26): "password-length", "twelve\xff\xfe chars": "password-length",
		"password1234": "password-common", "Password1234!": "password-common", "P@ssw0rd12345": "password-common", "qwerty123456": "password-common",
		"1qaz2wsx3edc4rfv": "password-common", "iloveyou1234567": "password-common", "あああああああああああああ": "password-common",
		"ｐａｓｓｗｏｒｄ１２３４": "password-common", strings.Repeat("password", 16): "password-common",
		"the Bucho-Kumin of 2017": "password-name", "鍵は見本部長の引き出しの中": "password-name", "BUCHO counts the swans": "password-name",
		"kita-no-yagura-7": "", "correct horse battery": "", "区民ひろばの鍵と傘と夕立": "", "three swans under a bridge": "", "toshima-kumin-2017-haru": "password-name",
	} {
		err := factor.ChoosePassword(password, "bucho-kumin", "見本　部長", "ミホン　ブチョウ")
		require.Equal(t, code, vms.Code(err), "%q: %v", password, err)
	}
}

func FuzzChoosePassword(f *testing.F) {
	f.Add("p@$$w0rd!|7%2(<{[" + strings.Repeat("4@8({[<3", 8))
	f.Add(strings.Repeat("🦢", 40))
	f.Fuzz(func(t *testing.T, password string) {
		watch := time.AfterFunc(5*time.Second, func() { panic(fmt.Sprintf("%q takes long", password)) })
		defer watch.Stop()
		_ = factor.ChoosePassword(password, "kiki", "見本　一郎")
	})
}
