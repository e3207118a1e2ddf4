package relay

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

// Mutual is how nodes prove themselves to each other by certificates, besides the secret: each shows cert
// with key, and takes only what ca has signed (PEM files). The names in a node's certificate are those of its
// relay address. It is spoken in TLS 1.3 alone.
func Mutual(cert, key, ca string) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("relay certificate: %w", err)
	}
	text, err := os.ReadFile(ca)
	if err != nil {
		return nil, fmt.Errorf("relay ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, errors.New("relay ca: there is no certificate in " + ca)
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{pair}, RootCAs: pool, ClientCAs: pool,
		ClientAuth: tls.RequireAndVerifyClientCert}, nil
}

// dial connects to another node, by TLS where c is given.
func dial(c *tls.Config) func(ctx context.Context, network, addr string) (net.Conn, error) {
	plain := &net.Dialer{Timeout: firstLineTime} // a host that is gone is not waited for minutes
	if c == nil {
		return plain.DialContext
	}
	return (&tls.Dialer{NetDialer: plain, Config: c}).DialContext
}

// client is who asks other nodes' spools.
func client(c *tls.Config) *http.Client {
	if c == nil {
		return spoolClient
	}
	t := spoolClient.Transport.(*http.Transport).Clone()
	t.DialContext = dial(c)
	return &http.Client{Transport: t, CheckRedirect: spoolClient.CheckRedirect}
}
