package gateway_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/gateway"
)

// certificate writes one of that name, with its key.
func certificate(t *testing.T, dir, name string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{"yagura.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
}

// TestTLS: a certificate that is replaced is used without a restart, a broken one is not; nothing old is spoken.
func TestTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	log := slog.New(slog.DiscardHandler)
	require.ErrorContains(t, gateway.Serve(t.Context(), l, http.NotFoundHandler(), cert, key, log), "tls")
	certificate(t, dir, "first")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- gateway.Serve(ctx, l, http.NotFoundHandler(), cert, key, log) }()
	shake := func(c *tls.Config) (tls.ConnectionState, error) {
		c.InsecureSkipVerify, c.ServerName = true, "yagura.test" // the name is looked at below
		conn, err := tls.Dial("tcp", l.Addr().String(), c)
		if err != nil {
			return tls.ConnectionState{}, err
		}
		defer conn.Close()
		return conn.ConnectionState(), nil
	}
	name := func() string {
		state, err := shake(&tls.Config{})
		require.NoError(t, err)
		require.Equal(t, uint16(tls.VersionTLS13), state.Version)
		return state.PeerCertificates[0].Subject.CommonName
	}
	require.Equal(t, "first", name())
	for _, old := range []*tls.Config{
		{MaxVersion: tls.VersionTLS11}, {MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_128_GCM_SHA256}},
	} {
		old.MinVersion = tls.VersionTLS10
		_, err := shake(old)
		require.Error(t, err)
	}
	state, err := shake(&tls.Config{MaxVersion: tls.VersionTLS12})
	require.NoError(t, err)
	require.Equal(t, uint16(tls.VersionTLS12), state.Version)

	certificate(t, dir, "second")
	require.Eventually(t, func() bool { return name() == "second" }, 20*time.Second, 50*time.Millisecond)
	require.NoError(t, os.WriteFile(cert, []byte("half a certif"), 0o600))
	limit := time.Now().Add(1500 * time.Millisecond) // longer than it takes to look again
	for time.Now().Before(limit) {
		require.Equal(t, "second", name())
	}
	certificate(t, dir, "third")
	require.Eventually(t, func() bool { return name() == "third" }, 20*time.Second, 50*time.Millisecond)
	cancel()
	require.NoError(t, <-done)
}
