package relay_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/relay"
	"yagura/internal/stream"
)

// authority signs certificates of nodes.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t, file: filepath.Join(t.TempDir(), "ca.pem")}
	var err error
	a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "ca"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	require.NoError(t, err)
	a.cert, err = x509.ParseCertificate(der)
	require.NoError(t, err)
	write(t, a.file, "CERTIFICATE", der)
	return a
}

func write(t *testing.T, name, kind string, der []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

// node makes a certificate of a node at that address, and says how it speaks.
func (a *authority) node(ip string) *tls.Config {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: ip}, IPAddresses: []net.IP{net.ParseIP(ip)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	require.NoError(a.t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(a.t, err)
	dir := a.t.TempDir()
	write(a.t, filepath.Join(dir, "cert.pem"), "CERTIFICATE", der)
	write(a.t, filepath.Join(dir, "key.pem"), "PRIVATE KEY", private)
	c, err := relay.Mutual(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), a.file)
	require.NoError(a.t, err)
	return c
}

// TestMutual: streams and spool go to nodes of the same authority alone, also with the right secret.
func TestMutual(t *testing.T) {
	t.Parallel()
	a, other := newAuthority(t), newAuthority(t)
	n := newNode(t) // in clear, to ingest
	n.ingest(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &relay.Node{Hub: n.hub, Secret: secret, TLS: a.node("127.0.0.1"), Spool: http.StripPrefix("/spool", http.FileServerFS(fstest.MapFS{"index": {Data: []byte("x")}}))}
	background(t, func(ctx context.Context) error { return server.Serve(ctx, ln) })
	addr := ln.Addr().String()

	made := func(c *tls.Config) *relay.Relay {
		r := relay.New(relay.Config{Hub: stream.NewHub(), Leases: at(addr), Secret: secret, TLS: c})
		background(t, r.Run)
		t.Cleanup(r.CloseIdle)
		return r
	}
	friend := made(a.node("127.0.0.1"))
	read(t, open(t, friend), nil, 20)
	status, body := ask(t, friend, addr, "index", "")
	require.Equal(t, []any{200, "x"}, []any{status, body})

	wrong := a.node("127.0.0.1")
	wrong.RootCAs = other.node("127.0.0.1").RootCAs // takes our node for a stranger
	for name, c := range map[string]*tls.Config{
		"in clear": nil, "of another authority": other.node("127.0.0.1"), "who trusts another authority": wrong,
		"without a certificate": {RootCAs: a.node("127.0.0.1").RootCAs, MinVersion: tls.VersionTLS13},
		"old":                   {RootCAs: a.node("127.0.0.1").RootCAs, Certificates: a.node("127.0.0.1").Certificates, MaxVersion: tls.VersionTLS12},
	} {
		stranger := made(c)
		req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+addr+"/spool/index", nil)
		require.NoError(t, err)
		res, err := stranger.Do(req)
		if err == nil {
			require.NoError(t, res.Body.Close())
		}
		require.Error(t, err, name)
	}

	elsewhere, err := net.Listen("tcp", "127.0.0.1:0") // a node of the authority that stands at another's address
	require.NoError(t, err)
	impostor := &relay.Node{Hub: n.hub, Secret: secret, TLS: a.node("10.0.0.9")}
	background(t, func(ctx context.Context) error { return impostor.Serve(ctx, elsewhere) })
	req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+elsewhere.Addr().String()+"/spool/index", nil)
	require.NoError(t, err)
	res, err := friend.Do(req)
	if err == nil {
		require.NoError(t, res.Body.Close())
	}
	require.ErrorContains(t, err, "certificate")

	_, err = relay.Mutual("none", "none", a.file)
	require.Error(t, err)
}
