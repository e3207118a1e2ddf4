package directory_test

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/directory"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func ldapOf(t *testing.T, d *testserver.Directory, edit ...func(*directory.LDAPConfig)) *directory.LDAP {
	t.Helper()
	roots, err := directory.Roots(d.CA)
	require.NoError(t, err)
	c := directory.LDAPConfig{URL: d.TLS, Roots: roots, StartTLS: true, BindDN: d.BindDN, BindPassword: d.Password, Base: d.Base}
	for _, e := range edit {
		e(&c)
	}
	l, err := directory.NewLDAP(c)
	require.NoError(t, err)
	return l
}

func TestThePasswordIsTheDirectorys(t *testing.T) {
	d := testserver.StartDirectory(t, "sato", "suzuki", "locked!", "twin", "twin", "o*(brien)")
	ctx := t.Context()
	for name, edit := range map[string]func(*directory.LDAPConfig){
		"ldaps":        func(*directory.LDAPConfig) {},
		"StartTLS":     func(c *directory.LDAPConfig) { c.URL = d.URL },
		"this machine": func(c *directory.LDAPConfig) { c.URL, c.StartTLS = d.URL, false },
		"filter":       func(c *directory.LDAPConfig) { c.Filter = "(&(objectClass=inetOrgPerson)(|(uid={login})(cn={login})))" },
	} {
		t.Run(name, func(t *testing.T) {
			l := ldapOf(t, d, edit)
			require.NoError(t, l.Check(ctx))
			in := func(login, password string) bool {
				t.Helper()
				ok, err := l.Verify(ctx, login, password)
				require.NoError(t, err)
				return ok
			}
			require.True(t, in("sato", d.PeoplePassword))
			require.True(t, in("suzuki", d.PeoplePassword))
			require.True(t, in("o*(brien)", d.PeoplePassword), "what means something in a filter is escaped")
			require.False(t, in("sato", "wrong"))
			require.False(t, in("sato", ""), "an empty password is nobody's, though this directory would say yes")
			require.False(t, in("", d.PeoplePassword))
			require.False(t, in("", ""))
			require.False(t, in("locked", d.PeoplePassword), "locked in the directory")
			require.False(t, in("twin", d.PeoplePassword), "which of them?")
			for _, login := range []string{"nobody", "s*", "*", "sato)(uid=*", "*)(uid=sato", "o*", "\x00", `sato\2a`, "yagura"} {
				require.False(t, in(login, d.PeoplePassword), "%q", login)
			}
		})
	}
	d.Stop(t)
	_, err := ldapOf(t, d).Verify(ctx, "sato", d.PeoplePassword)
	require.Equal(t, directory.Away, vms.Code(err), "%v", err)
	d.Start(t)
	ok, err := ldapOf(t, d).Verify(ctx, "sato", d.PeoplePassword)
	require.NoError(t, err)
	require.True(t, ok)
}

func TestNothingGoesToADirectoryThatNobodyVouchesFor(t *testing.T) {
	d := testserver.StartDirectory(t, "sato")
	for name, edit := range map[string]func(*directory.LDAPConfig){
		"ldaps, unknown certificate":    func(c *directory.LDAPConfig) { c.Roots = nil },
		"StartTLS, unknown certificate": func(c *directory.LDAPConfig) { c.URL, c.Roots = d.URL, nil },
		"wrong password of bind_dn":     func(c *directory.LDAPConfig) { c.BindPassword = "canary-wrong" },
		"no such base":                  func(c *directory.LDAPConfig) { c.Base = "ou=nobody,dc=kita,dc=example" },
	} {
		l := ldapOf(t, d, edit)
		_, err := l.Verify(t.Context(), "sato", d.PeoplePassword)
		require.Equal(t, directory.Away, vms.Code(err), name)
		require.NotContains(t, err.Error(), "canary", name)
		err = l.Check(t.Context())
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "canary", name)
	}
	for _, c := range []directory.LDAPConfig{{}, {URL: "ldap://ad.example.lg.jp"}, {URL: "http://ad.example.lg.jp", BindDN: "cn=a", BindPassword: "b", Base: "dc=c"},
		{URL: "ldaps://ad.example.lg.jp", BindDN: "cn=a", BindPassword: "b", Base: "dc=c", Filter: "(uid=x)"},
		{URL: "ldaps://ad.example.lg.jp", BindDN: "cn=a", BindPassword: "b", Base: "dc=c", Filter: "(uid={login}"},
		{URL: "ldaps://ad.example.lg.jp", BindDN: "cn=a", BindPassword: "b", Base: "no name"}} {
		_, err := directory.NewLDAP(c)
		require.Error(t, err, "%+v", c)
	}
}

// A directory that accepts and then says nothing keeps nobody for longer than the timeout, and ends with the request.
func TestASilentDirectoryIsGivenUp(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer silent.Close()
	l, err := directory.NewLDAP(directory.LDAPConfig{URL: "ldap://" + silent.Addr().String(), BindDN: "cn=a", BindPassword: "b", Base: "dc=c"})
	require.NoError(t, err)
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err = l.Verify(ctx, "sato", "x")
	require.Equal(t, directory.Away, vms.Code(err))
	require.Less(t, time.Since(began), 2*time.Second)
	_, err = l.Verify(t.Context(), "sato", "x")
	require.Equal(t, directory.Away, vms.Code(err))
	require.Less(t, time.Since(began), 15*time.Second)
}
