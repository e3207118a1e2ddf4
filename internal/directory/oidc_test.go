package directory_test

import (
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/directory"
	"yagura/internal/testserver/provider"
	"yagura/internal/vms"
)

const back = "https://yagura.example.lg.jp/signin/back"

type idp struct {
	*provider.Server
	t *testing.T
}

func newIDP(t *testing.T, people ...string) *idp {
	t.Helper()
	return &idp{provider.Start(t, back, people...), t}
}

func (d *idp) config() directory.OIDCConfig {
	return directory.OIDCConfig{Issuer: d.Issuer, ClientID: provider.ClientID, Secret: provider.Secret, Redirect: back, Roots: d.Roots}
}

func (d *idp) oidc(edit ...func(*directory.OIDCConfig)) *directory.OIDC {
	d.t.Helper()
	c := d.config()
	for _, e := range edit {
		e(&c)
	}
	o, err := directory.NewOIDC(c)
	require.NoError(d.t, err)
	return o
}

func (d *idp) signIn(page, login string) url.Values {
	d.t.Helper()
	return d.SignIn(d.t, page, login)
}

func TestSignInAtTheDirectory(t *testing.T) {
	d, ctx := newIDP(t, "sato", "Suzuki"), t.Context()
	o := d.oidc()
	require.NoError(t, o.Check(ctx))
	for _, login := range []string{"sato", "Suzuki"} {
		page, secret, err := o.Ask(ctx, false)
		require.NoError(t, err)
		require.NotContains(t, page, provider.Secret)
		require.NotContains(t, page, secret)
		a, err := o.Answer(ctx, secret, d.signIn(page, login))
		require.NoError(t, err)
		require.Equal(t, strings.ToLower(login), a.Login)
		require.Equal(t, d.Issuer+" subject-of-"+login, a.Subject)
		require.WithinDuration(t, time.Now(), a.Proved, 5*time.Second)
	}
	page, _, err := o.Ask(ctx, true)
	require.NoError(t, err)
	require.Contains(t, page, "prompt=login")
}

func TestAnAnswerBelongsToItsQuestion(t *testing.T) {
	d, ctx := newIDP(t, "sato"), t.Context()
	o := d.oidc()
	ask := func() (string, string) {
		page, secret, err := o.Ask(ctx, false)
		require.NoError(t, err)
		return page, secret
	}
	refused := func(o *directory.OIDC, secret string, query url.Values, code string) {
		t.Helper()
		_, err := o.Answer(ctx, secret, query)
		require.Equal(t, code, vms.Code(err), "%v", err)
	}
	page, secret := ask()
	_, other := ask()
	query := d.signIn(page, "sato")
	refused(o, other, query, directory.Failed) // another browser's
	refused(o, "", query, directory.Failed)    // none
	refused(o, "9999999999.x", query, directory.Failed)
	_, err := o.Answer(ctx, secret, query)
	require.NoError(t, err)
	refused(o, secret, query, directory.Failed) // a code is good once

	page, secret = ask()
	query = d.signIn(page, "sato")
	query.Set("iss", "https://elsewhere.example") // mix-up, RFC 9207
	refused(o, secret, query, directory.Failed)

	// A code that was begun by another browser, with the state of this one: PKCE says no.
	stolen, _ := ask()
	query = d.signIn(stolen, "sato")
	mine, secret := ask()
	u, err := url.Parse(mine)
	require.NoError(t, err)
	query.Set("state", u.Query().Get("state"))
	refused(o, secret, query, directory.Failed)

	mine, secret = ask()
	u, err = url.Parse(mine)
	require.NoError(t, err)
	refused(o, secret, url.Values{"state": u.Query()["state"], "error": {"access_denied"}}, directory.Refused)
	refused(o, secret, url.Values{"state": u.Query()["state"]}, directory.Failed) // no code

	// Ten minutes later, and when the token is too old.
	page, secret = ask()
	query = d.signIn(page, "sato")
	late := d.oidc(func(c *directory.OIDCConfig) { c.Now = func() time.Time { return time.Now().Add(11 * time.Minute) } })
	refused(late, secret, query, directory.Failed)
	page, secret = ask()
	query = d.signIn(page, "sato")
	calls := 0
	expired := d.oidc(func(c *directory.OIDCConfig) {
		c.Now = func() time.Time { // the question is young, the token is not
			if calls++; calls == 1 {
				return time.Now()
			}
			return time.Now().Add(2 * time.Hour)
		}
	})
	refused(expired, secret, query, directory.Failed)
}

func TestADirectoryThatIsWrong(t *testing.T) {
	d, ctx := newIDP(t, "sato"), t.Context()
	o := d.oidc(func(c *directory.OIDCConfig) { c.Secret = "canary-wrong" })
	page, secret, err := o.Ask(ctx, false)
	require.NoError(t, err)
	_, err = o.Answer(ctx, secret, d.signIn(page, "sato"))
	require.Equal(t, directory.Away, vms.Code(err), "%v", err)
	require.NotContains(t, err.Error(), "canary")

	_, _, err = d.oidc(func(c *directory.OIDCConfig) { c.Roots = x509.NewCertPool() }).Ask(ctx, false) // nobody vouches for it
	require.Equal(t, directory.Away, vms.Code(err))
	_, _, err = d.oidc(func(c *directory.OIDCConfig) { c.Issuer += "/other" }).Ask(ctx, false)
	require.Equal(t, directory.Away, vms.Code(err))

	for claim, domain := range map[string]string{"no_such_claim": "", "preferred_username": "ward.example"} {
		o = d.oidc(func(c *directory.OIDCConfig) { c.Claim, c.Domain = claim, domain })
		page, secret, err = o.Ask(ctx, false)
		require.NoError(t, err)
		_, err = o.Answer(ctx, secret, d.signIn(page, "sato"))
		require.Equal(t, directory.NoLogin, vms.Code(err), "%v", err)
	}

	for _, c := range []directory.OIDCConfig{{}, {Issuer: "http://idp.example.lg.jp", ClientID: "a", Secret: "b"}, {Issuer: "https://u:p@idp.example.lg.jp", ClientID: "a", Secret: "b"}, {Issuer: "https://idp.example.lg.jp"}} {
		_, err := directory.NewOIDC(c)
		require.Error(t, err, "%+v", c)
	}
}

// TestNothingGoesInTheClear: neither a description nor a redirection makes us ask anybody without TLS, above all
// not for the keys that vouch for everybody.
func TestNothingGoesInTheClear(t *testing.T) {
	var issuer, clear string
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if clear == "redirection" {
			http.Redirect(w, r, "http://idp.example/", http.StatusTemporaryRedirect)
			return
		}
		says := map[string]any{"issuer": issuer, "id_token_signing_alg_values_supported": []string{"RS256"}}
		for _, name := range []string{"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"} {
			says[name] = issuer + "/" + name
			if name == clear {
				says[name] = "http://idp.example/" + name
			}
		}
		_ = json.NewEncoder(w).Encode(says)
	}))
	t.Cleanup(srv.Close)
	issuer = srv.URL
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	for _, clear = range []string{"", "redirection", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"} {
		o, err := directory.NewOIDC(directory.OIDCConfig{Issuer: issuer, ClientID: "a", Secret: "b", Redirect: back, Roots: roots})
		require.NoError(t, err)
		if err = o.Check(t.Context()); clear == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, "http://idp.example/", clear)
	}
}
