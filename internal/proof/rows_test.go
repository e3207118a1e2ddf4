package proof

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
	"yagura/internal/whep/wheptest"
)

// TestRows: the serving process is killed, or its database is, while views are being opened. Whatever was opened
// has its row, and no view stays open in the log.
func TestRows(t *testing.T) {
	parallel(t)
	t.Run("killed", func(t *testing.T) { proveRows(t, plan{cameras: 2}, nil) })
	t.Run("killed on PostgreSQL", func(t *testing.T) { proveRows(t, plan{cameras: 2, database: testserver.Postgres(t)}, nil) })
	t.Run("the database killed", func(t *testing.T) {
		server := testserver.StartPostgres(t)
		proveRows(t, plan{cameras: 2, database: server.URL}, server)
	})
}

// opener opens views as fast as it is answered, each for a case of its own, and notes what it got.
type opener struct {
	n      *node
	sdp    string
	mu     sync.Mutex
	tokens []string // one for each that opens at the same time
	opened []string // cases whose view was opened: footage may have left
	asked  int
}

func proveRows(t *testing.T, p plan, server *testserver.Server) {
	draw := dice(t)
	h := newHouse(t, p)
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	n.ready()
	at := vms.InstantOf(time.Now()).Add(-time.Second)
	o := &opener{n: n, sdp: wheptest.Offer(t)}
	for range 8 {
		token, err := n.run("", "token", "add", "--for", login)
		require.NoError(t, err)
		o.tokens = append(o.tokens, strings.TrimSpace(token))
	}
	kills := size(3, 30)
	for k := range kills {
		before := o.count()
		ctx, end := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i, token := range o.tokens {
			wg.Go(func() { o.run(ctx, token, fmt.Sprintf("%d-%d", k, i), h.feeds[i%len(h.feeds)], at) })
		}
		until(t, time.Minute, "views are opened", func() error {
			if o.count() < before+8 {
				return errors.New("too few yet")
			}
			return nil
		})
		vms.Sleep(t.Context(), time.Duration(draw.Int64N(int64(500*time.Millisecond))))
		if server != nil {
			server.Stop(t)
			vms.Sleep(t.Context(), time.Second) // nothing is opened meanwhile, or it has a row
		}
		n.kill()
		end()
		wg.Wait()
		if server != nil {
			server.Start(t)
		}
		n.start()
		n.ready()
	}
	n.stop()
	h.rowsOf(n, o)
}

func (o *opener) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.opened)
}

func (o *opener) note(asked int, opened ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked, o.opened = o.asked+asked, append(o.opened, opened...)
}

// run alternates between sessions and single pictures of the past until ctx ends.
func (o *opener) run(ctx context.Context, token, name string, feed vms.Feed, at vms.Instant) {
	for i := 0; ctx.Err() == nil; i++ {
		which := fmt.Sprintf("%s-%d", name, i)
		q := url.Values{"stream": {string(feed.Stream)}}
		o.note(1)
		if i%2 == 1 {
			q.Set("at", at.String())
			q.Set("purpose", "incident")
			q.Set("case", which)
			if status, _ := o.do(ctx, token, http.MethodGet, "/api/cameras/"+string(feed.Camera)+"/picture?"+q.Encode(), "", ""); status == http.StatusOK {
				o.note(0, which)
			}
			continue
		}
		if status, _ := o.do(ctx, token, http.MethodPut, "/api/session", "application/json", fmt.Sprintf(`{"purpose":"incident","case":%q}`, which)); status != http.StatusOK {
			continue
		}
		if status, at := o.do(ctx, token, http.MethodPost, "/whep/"+string(feed.Camera)+"?"+q.Encode(), "application/sdp", o.sdp); status == http.StatusCreated {
			o.note(0, which)
			o.do(ctx, token, http.MethodDelete, at, "", "") // sessions of a sign-in are few
		}
	}
}

// do returns the status once the header is there, 0 where none came: from then on footage may have come, whatever
// becomes of the rest.
func (o *opener) do(ctx context.Context, token, method, path, kind, body string) (status int, location string) {
	req, err := http.NewRequestWithContext(ctx, method, o.n.origin+path, strings.NewReader(body))
	if err != nil {
		return 0, ""
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", kind)
	res, err := client.Do(req)
	if err != nil {
		return 0, ""
	}
	_, _ = io.Copy(io.Discard, res.Body) // it may be cut
	_ = res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

// rowsOf holds the log to what was opened.
func (h *house) rowsOf(n *node, o *opener) {
	d, err := db.Open(h.t.Context(), cmp.Or(h.database, "sqlite:"+filepath.Join(n.dir, "data/yagura.db")))
	require.NoError(h.t, err)
	defer d.Close()
	log := audit.New(d, vms.NewClock(), "proof")
	report, err := log.Verify(h.t.Context(), 0)
	require.NoError(h.t, err)
	require.Nil(h.t, report.Bad)
	rows := map[string]string{} // id by case
	for _, action := range audit.Views {
		all, err := log.Query(h.t.Context(), audit.Filter{Action: action, Limit: 1 << 30})
		require.NoError(h.t, err)
		for _, e := range all {
			if e.Outcome == audit.OK {
				rows[e.Case] = e.ID
			}
		}
	}
	for _, which := range o.opened {
		require.Contains(h.t, rows, which, "opened without a row")
	}
	var open int
	require.NoError(h.t, d.QueryRow(h.t.Context(), `SELECT COUNT(*) FROM audit v WHERE v.action IN ('view.live', 'view.past', 'view.still') AND v.outcome = 'ok'
		AND NOT EXISTS (SELECT 1 FROM audit e WHERE e.refers = v.id)`).Scan(&open))
	require.Zero(h.t, open, "views that stay open in the log")
	figure(h.t, "opened and killed", "%d of %d views were opened, %d rows, each of them closed", len(o.opened), o.asked, len(rows))
}
