package testserver

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	sharedMinIO = sync.OnceValues(newMinIO)
	buckets     atomic.Int64
)

// MinIO returns the s3:// URL of a new bucket on a MinIO server that all tests of the process
// share. blob.Open makes the bucket; with "&versions=true" appended, a versioned one.
func MinIO(t testing.TB) string {
	t.Helper()
	s, err := sharedMinIO()
	if err != nil {
		t.Fatal(err)
	}
	return s.bucket()
}

// StartMinIO returns a MinIO server of the test's own; its URL leads to an empty bucket.
func StartMinIO(t testing.TB) *Server {
	t.Helper()
	s, err := newMinIO()
	if err != nil {
		t.Fatal(err)
	}
	s.own(t)
	s.URL = s.bucket()
	return s
}

func (s *Server) bucket() string {
	return strings.Replace(s.URL, "BUCKET", fmt.Sprintf("test%d", buckets.Add(1)), 1)
}

func newMinIO() (*Server, error) {
	binary, err := minioBinary()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "yagura-minio-")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	key, secret := rand.Text()[:16], rand.Text()
	s := &Server{dir: dir, URL: fmt.Sprintf("s3://%s/BUCKET?tls=false&create=true&key=%s&secret=%s", address, key, secret)}
	env := []string{"MINIO_ROOT_USER=" + key, "MINIO_ROOT_PASSWORD=" + secret, "MINIO_BROWSER=off", "MINIO_UPDATE=off", "MINIO_CI_CD=1"}
	s.launch = func() (*process, error) {
		return start("KILL", dir, nil, env, binary, "server", "--address", address,
			"--config-dir", filepath.Join(dir, "conf"), filepath.Join(dir, "data"))
	}
	s.ready = func() error { return minioReady(address) }
	return s, s.start()
}

func minioReady(address string) error {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get("http://" + address + "/minio/health/live")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Header.Get("X-Minio-Server-Status") != "" {
		return fmt.Errorf("%s, server status %q", res.Status, res.Header.Get("X-Minio-Server-Status"))
	}
	return nil
}

// minioBinary is .tools/bin/minio at the module's root.
func minioBinary() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = filepath.Dir(dir)
	}
	binary := filepath.Join(dir, ".tools", "bin", "minio")
	if _, err := os.Stat(binary); err != nil {
		return "", fmt.Errorf("no MinIO at %s: scripts/test builds it there once (about 4 minutes): %w", binary, err)
	}
	return binary, nil
}
