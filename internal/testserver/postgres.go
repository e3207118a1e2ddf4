package testserver

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

const postgresUser = "yagura"

var (
	sharedPostgres = sync.OnceValues(newPostgres)
	databases      atomic.Int64
)

// Postgres returns the URL of a new, empty database on a PostgreSQL server that all tests of the
// process share. It commits durably (fsync on), and sorts text as Japanese does rather than by
// byte, so that SQL which silently relies on byte order is found out.
func Postgres(t testing.TB) string {
	t.Helper()
	s, err := sharedPostgres()
	if err != nil {
		t.Fatal(err)
	}
	return s.database(t)
}

// StartPostgres returns a PostgreSQL server of the test's own; its URL leads to an empty database.
func StartPostgres(t testing.TB) *Server {
	t.Helper()
	s, err := newPostgres()
	if err != nil {
		t.Fatal(err)
	}
	s.own(t)
	s.URL = s.database(t)
	return s
}

func (s *Server) database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", databases.Add(1))
	if out, err := exec.Command(postgresBinary("createdb"), "-h", s.dir, "-U", postgresUser, name).CombinedOutput(); err != nil {
		t.Fatalf("createdb: %v\n%s", err, out)
	}
	u := url.URL{Scheme: "postgres", User: url.User(postgresUser), Path: "/" + name, RawQuery: "host=" + url.QueryEscape(s.dir)}
	return u.String()
}

func newPostgres() (*Server, error) {
	if postgresBinary("initdb") == "" {
		return nil, errors.New("no PostgreSQL server found in /usr/lib/postgresql/*/bin or PATH: run scripts/test, or apt-get install postgresql-15")
	}
	as, err := postgresCredential()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "yagura-pg-") // a socket's path must be short
	if err != nil {
		return nil, err
	}
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(postgresBinary("initdb"), "-D", data, "-U", postgresUser, "--auth=trust", "--no-sync", "--encoding=UTF8",
		"--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ja-JP")
	initdb.Dir = dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s := &Server{dir: dir}
	s.launch = func() (*process, error) {
		return start("QUIT", dir, as, nil, postgresBinary("postgres"), "-D", data, "-k", dir,
			"-c", "listen_addresses=", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	}
	s.ready = func() error {
		out, err := exec.Command(postgresBinary("pg_isready"), "-h", dir).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	return s, s.start()
}

// postgresCredential is user postgres where the tests run as root, which PostgreSQL refuses.
func postgresCredential() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres: apt-get install postgresql-15 makes one: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// postgresBinary finds a program of the newest PostgreSQL server installed, "" where there is none.
func postgresBinary(name string) string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) > 0 {
		return found[len(found)-1]
	}
	path, _ := exec.LookPath(name)
	return path
}

// freeAddress returns an address on 127.0.0.1 that is free at this moment.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
