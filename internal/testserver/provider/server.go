package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Server is a provider on 127.0.0.1, by TLS.
type Server struct {
	Issuer string
	Roots  *x509.CertPool // that vouch for it

	srv  *httptest.Server
	back string
}

// Start returns a provider of the test's own.
func Start(t testing.TB, redirect string, people ...string) *Server {
	t.Helper()
	var h http.Handler // known once the address is
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	h = New(srv.URL, redirect, people...)
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	return &Server{Issuer: srv.URL, Roots: roots, srv: srv, back: redirect}
}

// PEM is the certificate that vouches for it.
func (s *Server) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.srv.Certificate().Raw}))
}

var form = regexp.MustCompile(`name="id" value="([^"]+)"`)

// SignIn does what a browser would: it goes to the provider's page, fills it in as somebody, and returns
// what it is sent back with.
func (s *Server) SignIn(t testing.TB, page, login string) url.Values {
	t.Helper()
	query, err := s.signIn(page, login)
	if err != nil {
		t.Fatal(err)
	}
	return query
}

func (s *Server) signIn(page, login string) (url.Values, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	browser := &http.Client{Transport: s.srv.Client().Transport, Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), s.back) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	res, err := browser.Get(page)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return nil, err
	}
	id := form.FindSubmatch(body)
	if id == nil {
		return nil, errors.New("no page for signing in: " + string(body))
	}
	res, err = browser.PostForm(s.Issuer+"/login/username", url.Values{"id": {string(id[1])}, "username": {login}, "password": {Password}})
	if err != nil {
		return nil, err
	}
	if err := res.Body.Close(); err != nil {
		return nil, err
	}
	at, err := url.Parse(res.Header.Get("Location"))
	if err == nil && !strings.HasPrefix(at.String(), s.back) {
		err = errors.New("not sent back: " + res.Status)
	}
	if err != nil {
		return nil, err
	}
	return at.Query(), nil
}
