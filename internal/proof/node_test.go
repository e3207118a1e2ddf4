package proof

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

// node is one yagura process, over all its lives. The proof is its supervisor.
type node struct {
	h      *house
	name   string
	role   string
	dir    string
	config string
	origin string
	relay  string // where other nodes reach it
	token  string

	cmd    *exec.Cmd
	exited chan struct{} // closed when the process is gone; nil while none should run
	exec   vms.Instant   // when the process was started
}

// node makes a node; it does not start it.
func (h *house) node(name, role string) *node {
	h.t.Helper()
	n := &node{h: h, name: name, role: role, dir: filepath.Join(h.dir, name), relay: freeAddress(h.t)}
	n.config = filepath.Join(n.dir, "yagura.yaml")
	web, rtc := freeAddress(h.t), freeAddress(h.t)
	n.origin = "http://" + web
	policies, err := filepath.Abs("../../policies")
	require.NoError(h.t, err)
	h.write(name+"/yagura.yaml", fmt.Sprintf(`listen: %s
origin: http://%s
webrtc: {udp: %q, tcp: %q}
relay: {listen: %q, secret: a-secret-of-the-proof}
data: %q
database: %q
objects: %q
cameras: ../cameras
camera_networks: [127.0.0.1/32]
policies: %q
relax: [second_factor, second_person, footage_tokens]
segment: {duration: %v}
`, web, web, rtc, rtc, n.relay, cmp.Or(h.data, "data"), cmp.Or(h.database, "sqlite:data/yagura.db"),
		cmp.Or(h.objects, "dir:data/objects"), policies, h.segment))
	require.NoError(h.t, os.MkdirAll(filepath.Join(n.dir, "data"), 0o755))
	h.nodes = append(h.nodes, n)
	return n
}

// run executes another verb and returns what it printed.
func (n *node) run(stdin string, args ...string) (string, error) {
	n.h.t.Helper()
	cmd := exec.Command(yagura(n.h.t), append(args, "--config", n.config)...)
	cmd.Stdin = strings.NewReader(stdin)
	var diagnosis bytes.Buffer
	cmd.Stderr = &diagnosis
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("yagura %s: %w\n%s%s", strings.Join(args, " "), err, out, diagnosis.Bytes())
	}
	return string(out), err
}

// person adds somebody who may see all footage, and takes their token for this node's API.
func (n *node) person() {
	n.h.t.Helper()
	_, err := n.run("a password of the proof\n", "user", "add", login, "--role", "crisis_management", "--unit", "kiki-kanri", "--password-stdin")
	require.NoError(n.h.t, err)
	out, err := n.run("", "token", "add", "--for", login)
	require.NoError(n.h.t, err)
	n.token = strings.TrimSpace(out)
}

// start starts the process, as a supervisor does: at once.
func (n *node) start() {
	n.h.t.Helper()
	log, err := os.OpenFile(filepath.Join(n.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	require.NoError(n.h.t, err)
	defer log.Close()
	n.cmd = exec.Command(yagura(n.h.t), "serve", "--role", n.role, "--config", n.config)
	n.cmd.Stdout, n.cmd.Stderr = log, log
	n.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	n.exec = vms.InstantOf(time.Now())
	require.NoError(n.h.t, n.cmd.Start())
	n.exited = make(chan struct{})
	go func(cmd *exec.Cmd, exited chan struct{}) {
		_ = cmd.Wait() // how it ended the proof knows, or alive asks
		close(exited)
	}(n.cmd, n.exited)
}

// alive fails the proof where the process ended by itself.
func (n *node) alive() {
	n.h.t.Helper()
	select {
	case <-n.exited:
		require.FailNow(n.h.t, n.name+" ended by itself", n.tail())
	default:
	}
}

// ready waits for /readyz.
func (n *node) ready() {
	n.h.t.Helper()
	until(n.h.t, 30*time.Second, n.name+" is ready", func() error {
		n.alive()
		return n.get("/readyz", nil)
	})
}

// kill ends the process as a power cut would, and waits until it is gone.
func (n *node) kill() { n.end(syscall.SIGKILL) }

// stop ends the process in good order, and soon.
func (n *node) stop() {
	n.h.t.Helper()
	n.alive()
	begin := time.Now()
	n.end(syscall.SIGTERM)
	require.True(n.h.t, n.cmd.ProcessState.Success(), "%v\n%s", n.cmd.ProcessState, n.tail())
	require.Less(n.h.t, time.Since(begin), 10*time.Second)
}

func (n *node) end(sig os.Signal) {
	if n.exited == nil {
		return
	}
	_ = n.cmd.Process.Signal(sig) // it may have ended already
	<-n.exited
	n.exited = nil
}

func (n *node) tail() string {
	b, err := os.ReadFile(filepath.Join(n.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(b[max(0, len(b)-4000):])
}

// spool returns the files of segments in the node's spool.
func (n *node) spool() []string {
	data := cmp.Or(n.h.data, filepath.Join(n.dir, "data"))
	files, _ := filepath.Glob(filepath.Join(data, "spool", "*", "*", "*.mp4*"))
	return files
}

var client = &http.Client{Timeout: 10 * time.Second}

func (n *node) get(path string, out any) error {
	req, err := http.NewRequest(http.MethodGet, n.origin+path, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+n.token)
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %s", path, res.Status, body)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// recordings asks the API what is recorded.
func (n *node) recordings(feed vms.Feed, span vms.Span) (spans []vms.Span, gaps []vms.Gap, err error) {
	var out struct {
		Spans []vms.Span
		Gaps  []vms.Gap
	}
	q := url.Values{"from": {span.From.String()}, "to": {span.To.String()}, "stream": {string(feed.Stream)}}
	err = n.get("/api/cameras/"+string(feed.Camera)+"/recordings?"+q.Encode(), &out)
	return out.Spans, out.Gaps, err
}

// accounted checks that recordings and explained gaps are all of span, and returns both.
func (n *node) accounted(feed vms.Feed, span vms.Span) ([]vms.Span, []vms.Gap) {
	n.h.t.Helper()
	spans, gaps, err := n.recordings(feed, span)
	require.NoError(n.h.t, err)
	all, length := append([]vms.Span(nil), spans...), time.Duration(0)
	for _, g := range gaps {
		require.NotEqual(n.h.t, vms.Unexplained, g.Cause, "%v %v", feed, g)
		all = append(all, g.Span)
	}
	for _, s := range all {
		length += s.Duration()
	}
	require.Equal(n.h.t, []vms.Span{span}, vms.Union(all), "%v", feed)
	require.Equal(n.h.t, span.Duration(), length, "%v: recordings and gaps overlap", feed)
	return spans, gaps
}

// fsck runs yagura fsck and requires that nothing is wrong.
func (n *node) fsck() {
	n.h.t.Helper()
	out, err := n.run("", "fsck", "--deep")
	require.NoError(n.h.t, err)
	n.h.t.Logf("fsck: %s", strings.TrimSpace(out))
}

// unstored yields the spool files of segments that began before an instant and are not in the store.
func (n *node) unstored(before vms.Instant) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range n.spool() {
			if start, key := keyOf(name); start < before && !n.h.holds(name, key) && !yield(name) {
				return
			}
		}
	}
}

// uploaded is nil when there are none.
func (n *node) uploaded(before vms.Instant) error {
	for name := range n.unstored(before) {
		return fmt.Errorf("%s is not in the store", name)
	}
	return nil
}

// holds reports whether the object of a closed spool file is in the store.
func (h *house) holds(name, key string) bool {
	if h.stored[name] || filepath.Ext(name) == ".part" {
		return h.stored[name]
	}
	body, err := h.store().Get(context.Background(), key, 0, 1)
	if err != nil {
		return false
	}
	h.stored[name] = body.Close() == nil
	return h.stored[name]
}

// keyOf is when the segment in a spool file begins, and where it lies in the store.
func keyOf(name string) (start vms.Instant, key string) {
	stem, _, _ := strings.Cut(filepath.Base(name), ".")
	_, _ = fmt.Sscanf(stem, "%d-", &start) // 0 for a name that is none
	camera, stream := filepath.Split(filepath.Dir(name))
	return start, fmt.Sprintf("footage/%s/%s/%s/%s.mp4", filepath.Base(camera), stream, start.Time().Format("2006/01/02/15"), stem)
}
