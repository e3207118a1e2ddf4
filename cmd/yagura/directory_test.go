package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/testserver"
	"yagura/internal/testserver/provider"
)

func TestTheDirectoryIsConfiguredInOrder(t *testing.T) {
	for text, want := range map[string]string{
		"directory: {oidc: {client_id: a}}\n":                                                   "directory.oidc needs an issuer",
		"directory: {oidc: {issuer: \"http://idp.example.lg.jp\"}}\n":                           "only one on this machine may do without https",
		"directory: {oidc: {issuer: \"https://idp.example.lg.jp\", client_id: a}}\n":            "client_secret",
		"directory: {oidc: {issuer: \"https://i.example\", ca: none.pem}}\n":                    "none.pem",
		"directory: {ldap: {base: \"dc=kita\"}}\n":                                              "directory.ldap needs a url",
		"directory: {ldap: {url: \"ldaps://ad.example.lg.jp\"}}\n":                              "bind_dn, bind_password and base",
		"directory: {ldap: {url: \"ad.example.lg.jp\"}}\n":                                      "begin it with ldaps://",
		"directory: {ldap: {url: \"ldaps://u:canary@ad.example.lg.jp\"}}\n":                     "without a name or password",
		"directory: {ldap: {url: \"ldaps://ad\", bind_dn: a, bind_password: b, base: \"x\"}}\n": "base: ",
	} {
		_, err := load(t, text)
		require.ErrorContains(t, err, want, text)
		require.ErrorContains(t, err, "yagura.yaml:1:", text)
		require.NotContains(t, err.Error(), "canary")
	}
}

// TestSignInByTheDirectory: with a directory that compares passwords and one that has a page, one process.
func TestSignInByTheDirectory(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	ldap := testserver.StartDirectory(t, "kansa", "yosomono")
	idp := provider.Start(t, s.web+"/signin/back", "kansa")
	s.write("idp.pem", idp.PEM())
	s.write("bind.secret", ldap.Password+"\n")
	s.settings["directory"] = fmt.Sprintf(`{oidc: {issuer: %q, client_id: %s, client_secret: %q, ca: idp.pem}, ldap: {url: %q, ca: %q, bind_dn: %q, bind_password: "file:bind.secret", base: %q}}`,
		idp.Issuer, provider.ClientID, provider.Secret, ldap.URL, ldap.CA, ldap.BindDN, ldap.Base)
	s.save()
	check := s.must("", "check")
	require.Contains(t, check, "by OpenID Connect: "+idp.Issuer+"; it has to send people back to "+s.web+"/signin/back")
	require.Contains(t, check, "by LDAP: "+ldap.URL)

	require.Equal(t, 2, s.do(password, "user", "add", "kansa", "--role", "auditor", "--directory", "--password-stdin").status, "either or")
	s.must("", "user", "add", "kansa", "--role", "auditor", "--directory")
	s.must(password, "user", "add", "admin", "--role", "administrator", "--password-stdin")
	p := s.serve()
	in := func(login, password string) int {
		return s.post("/api/session", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password))
	}
	require.Equal(t, 200, in("kansa", ldap.PeoplePassword))
	require.Equal(t, 401, in("kansa", password))
	require.Equal(t, 403, in("yosomono", ldap.PeoplePassword))
	require.Equal(t, 200, in("admin", password))
	require.Equal(t, "directory-unknown yosomono", s.rows(audit.SignIn)[0].Detail)
	s.must("", "user", "directory", "kansa", "--local")
	require.Equal(t, 401, in("kansa", ldap.PeoplePassword), "not the directory's any more")
	require.Equal(t, "for kansa, false", s.rows(audit.SetDirectory)[0].Detail)

	ldap.Stop(t)
	require.Equal(t, 200, in("admin", password), "who has a password here gets in")
	require.Equal(t, 503, in("yosomono", ldap.PeoplePassword))
	o := s.do("", "check")
	require.Equal(t, 1, o.status)
	require.Contains(t, o.err, "directory.ldap: ")
	p.end()
	for _, secret := range []string{ldap.Password, ldap.PeoplePassword, provider.Secret} {
		require.NotContains(t, p.log.String()+o.out+o.err+check, secret)
	}
}
