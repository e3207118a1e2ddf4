package gateway

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// keyPair is a certificate with its key, read again when its files change: a new certificate of the ward
// takes effect without a restart. Files that do not fit together, as while one is written, change nothing.
type keyPair struct {
	cert, key string // paths
	log       *slog.Logger

	mu      sync.Mutex
	pair    *tls.Certificate
	stamp   string    // of the files it was read from, or that were refused
	checked time.Time // when the files were last looked at
}

const lookAgain = time.Second // at the files, at most this often

// tlsConfig reads the certificate, and returns how connections are spoken: TLS 1.3, or 1.2 with forward secrecy
// and authenticated encryption alone (RFC 9325 section 4.2).
func tlsConfig(cert, key string, log *slog.Logger) (*tls.Config, error) {
	k := &keyPair{cert: cert, key: key, log: log}
	if err := k.load(k.filesStamp()); err != nil {
		return nil, fmt.Errorf("tls: %w", err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: k.get, CipherSuites: []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	}}, nil
}

func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := time.Now(); now.Sub(k.checked) >= lookAgain {
		k.checked = now
		if stamp := k.filesStamp(); stamp != k.stamp {
			if err := k.load(stamp); err != nil {
				k.log.Error("the new certificate cannot be used; the old one stays", "err", err)
			} else {
				k.log.Info("a new certificate is in use", "cert", k.cert, "until", k.pair.Leaf.NotAfter)
			}
		}
	}
	return k.pair, nil
}

// load reads the files. mu is held, or nobody else knows k.
func (k *keyPair) load(stamp string) error {
	k.stamp = stamp
	pair, err := tls.LoadX509KeyPair(k.cert, k.key)
	if err == nil {
		k.pair = &pair
	}
	return err
}

// filesStamp changes when the files do.
func (k *keyPair) filesStamp() (stamp string) {
	for _, name := range []string{k.cert, k.key} {
		if info, err := os.Stat(name); err == nil {
			stamp += fmt.Sprintf("%d %d;", info.ModTime().UnixNano(), info.Size())
		}
	}
	return stamp
}
