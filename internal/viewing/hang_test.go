package viewing_test

import (
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
)

// frozen stands before a database's socket and, while gate is locked, passes nothing on: connections
// stand, and nobody answers, as behind a broken switch.
type frozen struct {
	gate sync.RWMutex
	wg   sync.WaitGroup
}

// before returns the URL of the same database behind the freezer.
func (f *frozen) before(t *testing.T, database string) string {
	t.Helper()
	u, err := url.Parse(database)
	require.NoError(t, err)
	const name = ".s.PGSQL.5432"
	real, dir := filepath.Join(u.Query().Get("host"), name), t.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, name))
	require.NoError(t, err)
	f.wg.Go(func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("unix", real)
			if err != nil {
				_ = in.Close() // the client sees that nobody is there
				continue
			}
			f.wg.Go(func() { f.pass(in, out) })
			f.wg.Go(func() { f.pass(out, in) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); f.wg.Wait() })
	u.RawQuery = "host=" + url.QueryEscape(dir)
	return u.String()
}

func (f *frozen) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		f.gate.RLock()
		_, werr := to.Write(b[:n])
		f.gate.RUnlock()
		if err != nil || werr != nil {
			return
		}
	}
}

// TestViewsDoNotOutliveADatabaseThatHangs: no error comes, only silence.
func TestViewsDoNotOutliveADatabaseThatHangs(t *testing.T) {
	t.Parallel()
	const grace = 2 * time.Second
	var f frozen
	w := viewingtest.NewOn(t, f.before(t, testserver.Postgres(t)))
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	room := w.OtherRoom()
	room.SetGrace(grace)
	w.Run(room.Run)
	v, err := room.For(w.Session("kiki"), here).Open(t.Context(), live("c-koseki"))
	require.NoError(t, err)
	t.Cleanup(v.Close)
	read(t, v, 3)
	f.gate.Lock()
	defer f.gate.Unlock()
	w.Pass(11 * time.Second) // identity remembers nothing any more
	read(t, v, 5)            // and yet the picture goes on
	goesOn(t, v)
	require.Contains(t, ended(t, v, grace+2*atOnce), "can no longer be checked")
}
