package db_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// worker is a node whose leases are running.
type worker struct {
	*db.Leases
	db   *db.DB
	stop func() error // ends Run in good order; what Run returned
}

func start(t *testing.T, url, name string, term time.Duration) *worker {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	l := db.NewLeases(d, db.Node{Name: name, Role: "ingest", Addr: name + ":8554"}, slog.New(slog.DiscardHandler))
	l.Term = term
	ctx, cancel := context.WithCancel(t.Context())
	var g errgroup.Group
	g.Go(func() error { return l.Run(ctx) })
	w := &worker{l, d, func() error { cancel(); return g.Wait() }}
	t.Cleanup(func() { w.stop(); d.Close() })
	return w
}

// kill cuts the node off from the database for good, as a crash does.
func (w *worker) kill(t *testing.T) { require.NoError(t, w.db.Close()) }

// takeOver claims name as often as a worker would and returns the lease and how long that took.
func (w *worker) takeOver(t *testing.T, name string) (*db.Lease, time.Duration) {
	t.Helper()
	for begin := time.Now(); ; {
		got, err := w.ClaimSome(t.Context(), 1, name)
		require.NoError(t, err)
		if len(got) == 1 {
			return got[0], time.Since(begin)
		}
		require.True(t, vms.Sleep(t.Context(), w.Term/4))
	}
}

func cameras(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("camera/%03d", i))
	}
	return names
}

// inBubble runs test in simulated time on a SQLite database.
func inBubble(t *testing.T, test func(t *testing.T, url string)) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	synctest.Test(t, func(t *testing.T) { test(t, url) })
}

func TestFirstStartAndRestartClaimAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		begin := time.Now()
		for epoch := int64(1); epoch <= 3; epoch++ {
			w := start(t, url, "a", db.LeaseTerm)
			got, err := w.ClaimSome(t.Context(), 100, cameras(100)...)
			require.NoError(t, err)
			require.Len(t, got, 100)
			for _, s := range got {
				require.Equal(t, epoch, s.Epoch)
				require.True(t, s.Sure())
			}
			w.kill(t)
		}
		require.Zero(t, time.Since(begin))
	})
}

func TestTakeOverAfterDeath(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		a, b := start(t, url, "a", db.LeaseTerm), start(t, url, "b", db.LeaseTerm)
		old, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		_, err = b.Claim(t.Context(), "camera/1")
		require.ErrorIs(t, err, vms.Conflict)
		require.True(t, vms.Sleep(t.Context(), time.Minute))
		_, err = b.Claim(t.Context(), "camera/1")
		require.ErrorIs(t, err, vms.Conflict, "a is alive")

		strict, done := old.While(t.Context())
		defer done()
		loose, done := old.UntilLost(t.Context())
		defer done()
		a.kill(t)
		s, took := b.takeOver(t, "camera/1")
		require.LessOrEqual(t, took, 9*time.Second)
		require.GreaterOrEqual(t, took, db.LeaseTerm*3/4)
		require.Equal(t, int64(2), s.Epoch)
		require.ErrorIs(t, context.Cause(strict), db.ErrDoubt, "before anybody else took over")
		require.False(t, old.Sure())
		require.NoError(t, loose.Err(), "a cannot know")

		holder, epoch, err := b.db.Holder(t.Context(), "camera/1")
		require.NoError(t, err)
		require.Equal(t, db.Node{Name: "b", Role: "ingest", Addr: "b:8554"}, holder)
		require.Equal(t, int64(2), epoch)
		require.NoError(t, b.db.Tx(t.Context(), func(tx *db.Tx) error {
			require.Equal(t, "stale-epoch", vms.Code(db.CheckEpoch(t.Context(), tx, "camera/1", old.Epoch)))
			return db.CheckEpoch(t.Context(), tx, "camera/1", s.Epoch)
		}))
	})
}

// The doubt begins before the earliest moment another node may act, whenever the holder dies.
func TestDoubtPrecedesEveryTakeOver(t *testing.T) {
	for i := range 12 {
		inBubble(t, func(t *testing.T, url string) {
			a, b := start(t, url, "a", db.LeaseTerm), start(t, url, "b", db.LeaseTerm)
			s, err := a.Claim(t.Context(), "camera/1")
			require.NoError(t, err)
			strict, done := s.While(t.Context())
			defer done()
			ended := make(chan time.Time, 1)
			defer context.AfterFunc(strict, func() { ended <- time.Now() })()
			require.True(t, vms.Sleep(t.Context(), time.Duration(i)*137*time.Millisecond))
			a.kill(t)
			_, _ = b.takeOver(t, "camera/1")
			require.GreaterOrEqual(t, time.Since(<-ended), time.Second, "a sixth of the term to spare")
		})
	}
}

// While the database is away nobody's beat rises, and nobody is dead for that.
func TestAnOutageIsNoDeath(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		a := start(t, url, "a", db.LeaseTerm)
		_, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		require.True(t, vms.Sleep(t.Context(), db.LeaseTerm/8))
		b := start(t, url, "b", db.LeaseTerm)
		require.True(t, vms.Sleep(t.Context(), db.LeaseTerm*17/16)) // b has looked since a's last beat
		other, err := db.Open(t.Context(), url)
		require.NoError(t, err)
		defer other.Close()
		require.NoError(t, other.Tx(t.Context(), func(*db.Tx) error { // nobody else may write now
			a.kill(t)
			require.True(t, vms.Sleep(t.Context(), time.Minute))
			return nil
		}))
		_, took := b.takeOver(t, "camera/1")
		require.GreaterOrEqual(t, took, db.LeaseTerm, "b saw a for the first time again")
		require.LessOrEqual(t, took, 9*time.Second+db.LeaseTerm/3)
	})
}

func TestOnlyOneGetsIt(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		var workers []*worker
		for i := range 4 {
			workers = append(workers, start(t, url, fmt.Sprint("node", i), db.LeaseTerm))
		}
		var total atomic.Int64
		var g errgroup.Group
		for _, w := range workers {
			g.Go(func() error {
				got, err := w.ClaimSome(t.Context(), 7, cameras(25)...)
				total.Add(int64(len(got)))
				return err
			})
		}
		require.NoError(t, g.Wait())
		require.EqualValues(t, 25, total.Load(), "7 + 7 + 7 + 4: each once")
	})
}

func TestReleaseHandsOverAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		a, b := start(t, url, "a", db.LeaseTerm), start(t, url, "b", db.LeaseTerm)
		s, err := a.Claim(t.Context(), "retention")
		require.NoError(t, err)
		ctx, done := s.UntilLost(t.Context())
		defer done()
		require.NoError(t, a.Release(t.Context(), "retention"))
		require.ErrorIs(t, context.Cause(ctx), db.ErrReleased)
		_, _, err = b.db.Holder(t.Context(), "retention")
		require.ErrorIs(t, err, vms.NotFound)
		s, err = b.Claim(t.Context(), "retention")
		require.NoError(t, err)
		require.Equal(t, int64(2), s.Epoch)

		require.NoError(t, b.stop())
		s, err = a.Claim(t.Context(), "retention")
		require.NoError(t, err, "b ended in good order")
		require.Equal(t, int64(3), s.Epoch)
		_, err = b.Claim(t.Context(), "retention")
		require.ErrorIs(t, err, db.ErrReleased)
		nodes, err := a.db.Nodes(t.Context())
		require.NoError(t, err)
		require.Equal(t, []db.Node{{Name: "a", Role: "ingest", Addr: "a:8554"}}, nodes)
	})
}

func TestDoubtPasses(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		a := start(t, url, "a", db.LeaseTerm)
		s, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		strict, done := s.While(t.Context())
		defer done()
		loose, done := s.UntilLost(t.Context())
		defer done()
		require.NoError(t, a.db.Tx(t.Context(), func(*db.Tx) error { // nobody else may write now
			<-strict.Done()
			again, done := s.While(t.Context())
			defer done()
			require.ErrorIs(t, context.Cause(again), db.ErrDoubt)
			return nil
		}))
		require.True(t, vms.Sleep(t.Context(), db.LeaseTerm))
		require.True(t, s.Sure())
		require.NoError(t, loose.Err())
		same, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		require.Same(t, s, same)
	})
}

func TestTwoProcessesUnderOneName(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		first := start(t, url, "a", db.LeaseTerm)
		s, err := first.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		ctx, done := s.UntilLost(t.Context())
		defer done()
		second := start(t, url, "a", db.LeaseTerm)
		_, err = second.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		<-ctx.Done()
		require.ErrorContains(t, first.stop(), "another process")
		_, ok := second.Held("camera/1")
		require.True(t, ok, "the first's end does not touch the second's leases")
		require.True(t, vms.Sleep(t.Context(), time.Minute))
		holder, _, err := second.db.Holder(t.Context(), "camera/1")
		require.NoError(t, err)
		require.Equal(t, "a", holder.Name)
	})
}

func TestFairShare(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		a := start(t, url, "a", db.LeaseTerm)
		_, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		require.Equal(t, 100, a.Share(100))
		b, c := start(t, url, "b", db.LeaseTerm), start(t, url, "c", db.LeaseTerm)
		require.True(t, vms.Sleep(t.Context(), db.LeaseTerm/2))
		require.Equal(t, 34, a.Share(100))
		b.kill(t)
		require.NoError(t, c.stop())
		require.True(t, vms.Sleep(t.Context(), 2*db.LeaseTerm))
		require.Equal(t, 100, a.Share(100))
		require.Len(t, a.Live("ingest"), 1)
		require.Empty(t, a.Live("gateway"))
	})
}

// A claim whose answer was lost leaves a row no lease here knows: it is handed back.
func TestOrphanIsReleased(t *testing.T) {
	inBubble(t, func(t *testing.T, url string) {
		a := start(t, url, "a", db.LeaseTerm)
		_, err := a.Claim(t.Context(), "camera/1")
		require.NoError(t, err)
		_, err = a.db.Exec(t.Context(), `INSERT INTO lease (name, holder, run, epoch) VALUES ('camera/2', 'a', 1, 5)`)
		require.NoError(t, err)
		require.True(t, vms.Sleep(t.Context(), db.LeaseTerm))
		_, _, err = a.db.Holder(t.Context(), "camera/2")
		require.ErrorIs(t, err, vms.NotFound)
		s, err := a.Claim(t.Context(), "camera/2")
		require.NoError(t, err)
		require.Equal(t, int64(6), s.Epoch)
	})
}

func TestTakeOverOnPostgres(t *testing.T) {
	const term = 2 * time.Second
	url := testserver.Postgres(t)
	a, b := start(t, url, "a", term), start(t, url, "b", term)
	got, err := a.ClaimSome(t.Context(), 100, cameras(100)...)
	require.NoError(t, err)
	require.Len(t, got, 100)
	strict, done := got[0].While(t.Context())
	defer done()
	a.kill(t)
	s, took := b.takeOver(t, got[0].Name)
	require.Equal(t, int64(2), s.Epoch)
	require.Error(t, strict.Err())
	require.GreaterOrEqual(t, took, term/2)
}

func TestNodeNameIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	name, err := db.NodeName(dir)
	require.NoError(t, err)
	require.Regexp(t, `^[a-z0-9-]+-[0-9a-f]{8}$`, name)
	again, err := db.NodeName(dir)
	require.NoError(t, err)
	require.Equal(t, name, again)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "node"), nil, 0o600))
	_, err = db.NodeName(dir)
	require.Error(t, err)
}
