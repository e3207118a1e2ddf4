// Package testserver gives tests the real servers they speak with: PostgreSQL and MinIO, started
// for one test process in a temporary folder, on a socket or on 127.0.0.1, and gone with the
// process however it ends.
//
// A missing program fails the test and says what to install; nothing is skipped. It is no part of
// the product: only tests import it.
package testserver

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

const startTimeout = 60 * time.Second // generous: the machine may be busy with many test processes

// supervise runs a program until its standard input closes, which happens also when the test
// process is killed; then it ends the program and removes the folder, unless told to keep it.
const supervise = `signal=$1 dir=$2; shift 2
"$@" </dev/null & p=$!
read -r word
kill -s "$signal" $p; wait $p
if [ "$word" != keep ]; then rm -rf -- "$dir"; fi`

// process is a running program.
type process struct {
	cmd  *exec.Cmd
	hold io.WriteCloser // its standard input
}

// start runs args in dir, which is removed when this process ends. signal is what ends the program;
// what it prints goes to dir/log.
func start(signal, dir string, as *syscall.Credential, env []string, args ...string) (*process, error) {
	out, err := os.OpenFile(filepath.Join(dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command("/bin/sh", append([]string{"-c", supervise, "sh", signal, dir}, args...)...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	// A session of its own: Ctrl-C in the terminal must reach the test process first.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: as}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd, in}, nil
}

// kill ends the program and waits until it is gone; its folder stays.
func (p *process) kill() error {
	if _, err := io.WriteString(p.hold, "keep\n"); err != nil {
		return err
	}
	return p.end()
}

// end ends the program and waits until it and its folder are gone.
func (p *process) end() error {
	if err := p.hold.Close(); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// await calls ready until it returns nil; the end of dir/log explains why it never did.
func await(dir string, ready func() error) error {
	deadline := time.After(startTimeout)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ready()
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-deadline:
			return fmt.Errorf("not ready after %v: %w\n%s", startTimeout, err, tail(filepath.Join(dir, "log")))
		}
	}
}

func tail(log string) string {
	text, err := os.ReadFile(log)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// Server is a server of one test's own, which the test may stop and start again.
type Server struct {
	URL string // as configuration files write it

	dir    string // its data, its log
	launch func() (*process, error)
	ready  func() error
	proc   *process // nil while stopped
}

// Stop kills the server; what it has stored stays. Stopped twice is stopped.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.proc == nil {
		return
	}
	err := s.proc.kill()
	s.proc = nil
	if err != nil {
		t.Fatalf("stop the server: %v\n%s", err, tail(filepath.Join(s.dir, "log")))
	}
}

// Start starts a stopped server again, at the same address, and waits until it answers.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) start() (err error) {
	if s.proc, err = s.launch(); err != nil {
		return err
	}
	return await(s.dir, s.ready)
}

// own ends the server with the test.
func (s *Server) own(t testing.TB) {
	t.Cleanup(func() {
		var err error
		if s.proc != nil {
			err = s.proc.end()
		}
		if err = errors.Join(err, os.RemoveAll(s.dir)); err != nil {
			t.Errorf("end the server: %v", err)
		}
	})
}
