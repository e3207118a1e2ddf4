package directory

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/go-ldap/ldap/v3"
)

const atOnce = 8 // connections

// placeholder stands in a filter where the login comes.
const placeholder = "{login}"

// LDAPConfig is what an LDAP works with.
type LDAPConfig struct {
	URL                  string // ldaps, or ldap: StartTLS, which only this machine may do without
	Roots                *x509.CertPool
	StartTLS             bool   // ldap on this machine too
	BindDN, BindPassword string // who looks people up
	Base                 string // below which they are
	Filter               string // RFC 4515, with {login}; (uid={login}) when empty
}

// LDAP compares passwords with a directory's, as RFC 4511 and RFC 4513, section 5.1.3, have it: bind as who
// may search, find the one entry of that login, bind as it.
type LDAP struct {
	cfg   LDAPConfig
	host  string
	plain bool
	slots chan struct{}
}

// NewLDAP says what is wrong with the configuration.
func NewLDAP(cfg LDAPConfig) (*LDAP, error) {
	u, err := parse(cfg.URL, "ldaps", "ldap")
	if err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	if cfg.Filter == "" {
		cfg.Filter = "(uid=" + placeholder + ")"
	}
	if cfg.BindDN == "" || cfg.BindPassword == "" || cfg.Base == "" {
		return nil, errors.New("bind_dn, bind_password and base are all needed")
	}
	if !strings.Contains(cfg.Filter, placeholder) {
		return nil, fmt.Errorf("filter: write %s where the login comes", placeholder)
	}
	if _, err := ldap.CompileFilter(filled(cfg.Filter, "x")); err != nil {
		return nil, fmt.Errorf("filter: %w", err)
	}
	if _, err := ldap.ParseDN(cfg.Base); err != nil {
		return nil, fmt.Errorf("base: %w", err)
	}
	return &LDAP{cfg: cfg, host: u.Hostname(), plain: plain(u, cfg), slots: make(chan struct{}, atOnce)}, nil
}

// plain reports whether nothing is encrypted: on this machine, unless it is asked for.
func plain(u *url.URL, cfg LDAPConfig) bool { return u.Scheme == "ldap" && here(u) && !cfg.StartTLS }

func filled(filter, login string) string {
	return strings.ReplaceAll(filter, placeholder, ldap.EscapeFilter(login))
}

// Verify reports whether the directory lets somebody of that login in with that password. An empty login is
// nobody's: the directory is asked the same questions, and the answer is no. So it is for an empty password,
// with which a directory would let anybody in as nobody (RFC 4513, section 5.1.2).
func (l *LDAP) Verify(ctx context.Context, login, password string) (bool, error) {
	decoy := login == "" || password == ""
	if login == "" {
		login = rand.Text()
	}
	if password == "" {
		password = rand.Text()
	}
	conn, leave, err := l.dial(ctx)
	if err != nil {
		return false, away("LDAP", err)
	}
	defer leave()
	dn, err := l.find(conn, login)
	if err != nil {
		return false, away("LDAP: search", err)
	}
	if dn == "" || decoy {
		dn, decoy = "cn="+rand.Text()+","+l.cfg.Base, true // nobody: the same exchange again
	}
	err = conn.Bind(dn, password)
	switch {
	case err == nil:
		return !decoy, nil
	case ldap.IsErrorAnyOf(err, ldap.LDAPResultInvalidCredentials, ldap.LDAPResultNoSuchObject, ldap.LDAPResultUnwillingToPerform,
		ldap.LDAPResultInappropriateAuthentication, ldap.LDAPResultConstraintViolation, ldap.LDAPResultInsufficientAccessRights, ldap.LDAPResultInvalidDNSyntax):
		return false, nil // wrong, locked or switched off: which one, the directory knows
	}
	return false, away("LDAP: bind", err)
}

// Check binds as who may search, and searches.
func (l *LDAP) Check(ctx context.Context) error {
	conn, leave, err := l.dial(ctx)
	if err != nil {
		return err
	}
	defer leave()
	_, err = l.find(conn, "yagura-check")
	return err
}

// find is the name of the one entry of a login; "" where there is none, or more than one.
func (l *LDAP) find(conn *ldap.Conn, login string) (string, error) {
	if err := conn.Bind(l.cfg.BindDN, l.cfg.BindPassword); err != nil {
		return "", fmt.Errorf("bind as bind_dn: %w", err)
	}
	res, err := conn.Search(ldap.NewSearchRequest(l.cfg.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 2, int(timeout.Seconds()), false,
		filled(l.cfg.Filter, login), []string{"1.1"}, nil)) // no attributes (RFC 4511, section 4.5.1.8)
	if ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("base: %w", err)
	}
	if len(res.Entries) != 1 {
		return "", nil
	}
	return res.Entries[0].DN, nil
}

// dial connects, encrypted. The connection is closed when ctx ends or leave is called.
func (l *LDAP) dial(ctx context.Context) (conn *ldap.Conn, leave func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		cancel()
		return nil, nil, ctx.Err()
	}
	free := func() { cancel(); <-l.slots }
	conf := tlsTo(l.host, l.cfg.Roots)
	conn, err = ldap.DialURL(l.cfg.URL, ldap.DialWithDialer(&net.Dialer{Timeout: timeout}), ldap.DialWithTLSConfig(conf))
	if err != nil {
		free()
		return nil, nil, err
	}
	conn.SetTimeout(timeout)
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	leave = func() { stop(); _ = conn.Close(); free() }
	if strings.HasPrefix(l.cfg.URL, "ldap:") && !l.plain {
		if err := conn.StartTLS(conf); err != nil {
			leave()
			return nil, nil, err
		}
	}
	return conn, leave, nil
}
