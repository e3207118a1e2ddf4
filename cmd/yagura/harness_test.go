package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
)

// TestMain lets the test binary be yagura itself: a process of its own, to be killed.
func TestMain(m *testing.M) {
	if os.Getenv("YAGURA_TEST_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

const (
	patience = 30 * time.Second // for things that take a second on a quiet machine
	password = "correct horse battery"
)

const organisation = `name: tests
units:
  - {id: kumin, name: 区民, units: [{id: koseki, name: 戸籍}, {id: zeimu, name: 税務}]}
`

// site is a folder with configuration, cameras and policies, as a ward would have it.
type site struct {
	t        *testing.T
	dir      string
	config   string
	web      string // http://HOST:PORT
	settings map[string]string
}

// newSite makes one whose cameras stand at that address.
func newSite(t *testing.T, cameras string) *site {
	t.Helper()
	dir := t.TempDir()
	s := &site{t: t, dir: dir, config: filepath.Join(dir, "yagura.yaml"), settings: map[string]string{
		"listen": free(t), "webrtc": fmt.Sprintf("{udp: %q, tcp: %q}", free(t), free(t)), "relay": fmt.Sprintf("{listen: %q}", free(t)),
		"camera_networks": "[127.0.0.0/8]", "segment": "{duration: 2s}",
	}}
	s.web = "http://" + s.settings["listen"]
	s.settings["origin"] = s.web
	s.write("cameras/organisation.yaml", organisation)
	s.write("cameras/hall.yaml", cameraFile(cameras, "koseki"))
	for _, name := range []string{"rules.csv", "model.conf", "access_test.yaml"} {
		b, err := os.ReadFile(filepath.Join("../../policies", name))
		require.NoError(t, err)
		s.write("policies/"+name, string(b))
	}
	s.settings["cameras"] = "./cameras"
	s.save()
	return s
}

func cameraFile(addr, section string) string {
	text := "site: honcho\nfloor: 1F\ncameras:\n"
	for _, id := range []string{"a1", "a2"} {
		text += fmt.Sprintf("  - {id: %s, name: %s, kind: surveillance, section: %s, starts: 2017-06-01, streams: {main: \"rtsp://%s/%s/main\", sub: \"rtsp://%s/%s/sub\"}}\n",
			id, id, section, addr, id, addr, id)
	}
	return text
}

// free is an address nobody listens at.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

func (s *site) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	require.NoError(s.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(s.t, os.WriteFile(path, []byte(text), 0o644))
}

func (s *site) read(name string) string {
	s.t.Helper()
	b, err := os.ReadFile(filepath.Join(s.dir, name))
	require.NoError(s.t, err)
	return string(b)
}

// save writes yagura.yaml from the settings.
func (s *site) save() {
	s.t.Helper()
	var text strings.Builder
	for key, value := range s.settings {
		fmt.Fprintf(&text, "%s: %s\n", key, value)
	}
	s.write("yagura.yaml", text.String())
}

// output is one command's.
type output struct {
	status   int
	out, err string
}

// do runs a command with standard input.
func (s *site) do(in string, args ...string) output {
	s.t.Helper()
	var out, err bytes.Buffer
	status := run(s.t.Context(), append(args, "--config", s.config), streams{strings.NewReader(in), &out, &err})
	return output{status, out.String(), err.String()}
}

// must runs a command that succeeds and returns what it printed.
func (s *site) must(in string, args ...string) string {
	s.t.Helper()
	o := s.do(in, args...)
	require.Zero(s.t, o.status, "%v: %s%s", args, o.out, o.err)
	return o.out
}

// server is a running process.
type server struct {
	t    *testing.T
	cmd  *exec.Cmd
	done chan struct{}
	log  *bytesLocked
}

type bytesLocked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *bytesLocked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *bytesLocked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs `yagura serve` in a process of its own.
func (s *site) start(args ...string) *server {
	s.t.Helper()
	self, err := os.Executable()
	require.NoError(s.t, err)
	p := &server{t: s.t, done: make(chan struct{}), log: &bytesLocked{}}
	p.cmd = exec.Command(self, append([]string{"serve", "--config", s.config}, args...)...)
	p.cmd.Env = append(os.Environ(), "YAGURA_TEST_MAIN=1")
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	require.NoError(s.t, p.cmd.Start())
	go func() {
		defer close(p.done)
		_ = p.cmd.Wait() // the state says how it ended
	}()
	s.t.Cleanup(func() {
		p.kill()
		if s.t.Failed() {
			s.t.Log(p.log)
		}
	})
	return p
}

// serve starts and waits until the server is ready.
func (s *site) serve(args ...string) *server {
	s.t.Helper()
	p := s.start(args...)
	s.until("ready", func() bool {
		select {
		case <-p.done:
			require.Fail(s.t, "the server ended", p.log)
		default:
		}
		status, _ := s.get("/readyz", "")
		return status == 200
	})
	return p
}

func (p *server) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.done
}

// end ends the server as systemd does, and returns its exit status and how long it took.
func (p *server) end() (int, time.Duration) {
	p.t.Helper()
	began := time.Now()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-p.done:
	case <-time.After(patience):
		require.Fail(p.t, "the server does not end", p.log)
	}
	return p.cmd.ProcessState.ExitCode(), time.Since(began)
}

// waits for the end of a server that ends by itself.
func (p *server) ended() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		require.Fail(p.t, "the server does not end", p.log)
	}
	return p.cmd.ProcessState.ExitCode()
}

// until waits for a condition.
func (s *site) until(what string, ok func() bool) {
	s.t.Helper()
	limit := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			require.Fail(s.t, "not within "+patience.String()+": "+what)
		}
	}
}

// get asks the server; status 0: it does not answer.
func (s *site) get(path, token string) (int, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), "GET", s.web+path, nil)
	require.NoError(s.t, err)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	return res.StatusCode, string(b)
}

// recorded is how many seconds of a camera are recorded, all in all.
func (s *site) recorded(token, camera string) float64 {
	s.t.Helper()
	now := time.Now().UTC()
	status, body := s.get(fmt.Sprintf("/api/cameras/%s/recordings?from=%s&to=%s", camera, now.Add(-24*time.Hour).Format(time.RFC3339), now.Format(time.RFC3339Nano)), token)
	require.Equal(s.t, 200, status, body)
	var list struct {
		Spans []struct{ From, To time.Time }
	}
	require.NoError(s.t, json.Unmarshal([]byte(body), &list))
	sum := 0.0
	for _, span := range list.Spans {
		sum += span.To.Sub(span.From).Seconds()
	}
	return sum
}

// cameras starts simulated ones and returns their address.
func cameras(t *testing.T) string {
	t.Helper()
	clip := camsim.TestClip(t, camsim.Options{Width: 160, Height: 96, FPS: 15, GOP: 15, Bitrate: 60})
	return camsim.Start(t, camsim.Config{Schedule: &camsim.Schedule{Library: camsim.Loop(clip, clip)}}).Addr()
}
