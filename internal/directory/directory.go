// Package directory asks the ward's directory who somebody is: by OpenID Connect, where the directory has
// a page of its own for signing in, and by LDAP, where it compares a password that was typed here.
//
// Invariants: it answers with a login only when the directory itself, over TLS that was verified or on this
// machine, said so about whoever asked just now. What one browser began no other can finish. Nothing is
// kept, and no secret or password is in an error.
//
// It knows no people, posts or sessions: who of the directory is somebody here is for identity to say.
package directory

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"time"

	"yagura/internal/vms"
)

const timeout = 5 * time.Second // of one exchange with the directory

// Codes of errors.
const (
	Away    = "directory-away"    // it does not answer, or not as it should; vms.Conflict
	Refused = "directory-refused" // it says no, or the person changed their mind; vms.Denied
	Failed  = "directory-failed"  // the answer does not belong to the question; vms.Denied
	NoLogin = "directory-login"   // who it names has no login that could be one of ours; vms.Denied
)

var (
	errRefused = vms.Errorf(vms.Denied, Refused, "区のアカウントでのサインインは行われませんでした。 The directory did not sign you in.")
	errFailed  = vms.Errorf(vms.Denied, Failed, "サインインの手続きが途中で切れたか、期限が過ぎました。もう一度はじめてください。 The sign-in was broken off, or took too long; begin again.")
	errNoLogin = vms.Errorf(vms.Denied, NoLogin, "区のアカウントから職員IDを読み取れませんでした。情報システム担当に連絡してください。 The directory names no login that Yagura could know.")
)

// away is what people hear when the directory does not answer; why goes into the log.
func away(doing string, why error) error {
	return fmt.Errorf("%s: %w: %w", doing, why, vms.Errorf(vms.Conflict, Away,
		"区のディレクトリに接続できません。時間をおいて、もう一度お試しください。 The directory does not answer; try again later."))
}

// Roots reads the certificates a directory's own may be issued by; "" are those of the system.
func Roots(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM", file)
	}
	return pool, nil
}

func tlsTo(host string, roots *x509.CertPool) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots, ServerName: host}
}

// here reports whether an URL leads to this machine, where nobody listens on the way.
func here(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// private reports whether nobody reads along on the way to an URL.
func private(u *url.URL) bool { return u.Scheme == "https" || here(u) }

func parse(text string, schemes ...string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.Unwrap(err) // the cause alone: a URL may hold a secret
	}
	for _, s := range schemes {
		if u.Scheme == s && u.Host != "" && u.User == nil {
			return u, nil
		}
	}
	return nil, fmt.Errorf("begin it with %s:// and a host, without a name or password", schemes[0])
}
