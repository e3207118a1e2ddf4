package audit_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func onBoth(t *testing.T, story func(t *testing.T, d *db.DB)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := db.Open(t.Context(), url(t))
			require.NoError(t, err)
			defer d.Close()
			story(t, d)
		})
	}
}

func view(camera vms.CameraID) audit.Entry {
	return audit.Entry{Actor: "kiki", Session: "s1", From: "10.0.0.7", Action: audit.ViewPast, Camera: camera,
		Stream: vms.Main, At: 1_000_000, Purpose: "incident"}
}

func TestWhatWasDoneAndWhatWasRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		l := audit.New(d, vms.NewClock(), "n1")
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()
		e := audit.Entry{Actor: "kiki", Action: audit.DecideGrant, Detail: "g1"}
		refused, ours := vms.Errorf(vms.Denied, "denied", "no"), errors.New("ours")
		require.NoError(t, l.Did(gone, e, nil))
		require.Equal(t, error(refused), l.Did(gone, e, refused))
		require.Equal(t, ours, l.Did(gone, e, ours))
		rows, err := l.Query(t.Context(), audit.Filter{Actor: "kiki"})
		require.NoError(t, err)
		require.Len(t, rows, 2, "nothing was done by what failed")
		require.Equal(t, []string{audit.OK, "g1", audit.Refused, "g1: denied"}, []string{rows[1].Outcome, rows[1].Detail, rows[0].Outcome, rows[0].Detail})
	})
}

func TestAViewOpensAndClosesOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		l := audit.New(d, vms.NewClock(), "n1")
		id, err := l.Append(ctx, view("a1-01"))
		require.NoError(t, err)
		seen := []vms.Span{{From: 1_000_000, To: 4_000_000}, {From: 9_000_000, To: 9_500_000}}
		require.NoError(t, l.CloseView(ctx, id, seen, "closed by the viewer"))
		require.NoError(t, l.CloseView(ctx, id, nil, "again"))
		require.ErrorIs(t, l.CloseView(ctx, "nothing", nil, ""), vms.NotFound)

		rows, err := l.Query(ctx, audit.Filter{Camera: "a1-01"})
		require.NoError(t, err)
		require.Len(t, rows, 2)
		want := view("a1-01")
		want.Seq, want.ID, want.Node, want.Outcome, want.Time = 1, id, "n1", audit.OK, rows[1].Time
		want.Written, want.Process, want.Hash = rows[1].Written, rows[1].Process, rows[1].Hash
		require.Equal(t, want, rows[1])
		require.Equal(t, []any{audit.ViewEnd, id, seen, "closed by the viewer", "kiki", int64(2)},
			[]any{rows[0].Action, rows[0].Refers, rows[0].Ranges, rows[0].Detail, rows[0].Actor, rows[0].Seq})
		rows, err = l.Query(ctx, audit.Filter{Actor: "kiki", Before: 2, Limit: 1, Time: vms.Span{From: 1}})
		require.NoError(t, err)
		require.Len(t, rows, 1)
		rows, err = l.Query(ctx, audit.Filter{Actor: "nobody"})
		require.NoError(t, err)
		require.Empty(t, rows)
	})
}

// TestViewings: each view once, with its end where it has one.
func TestViewings(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx, seen := t.Context(), []vms.Span{{From: 1_000_000, To: 4_000_000}}
		l := audit.New(d, vms.NewClock(), "n1")
		add := func(action, actor, outcome string, at vms.Instant) string {
			e := view("a1-01")
			e.Action, e.Actor, e.Outcome, e.Time, e.Case = action, actor, outcome, at, "29-14"
			id, err := l.Append(ctx, e)
			require.NoError(t, err)
			return id
		}
		still := add(audit.ViewStill, "kiki", audit.OK, 100)
		closed := add(audit.ViewPast, "head", audit.OK, 200)
		running := add(audit.ViewLive, "kiki", audit.OK, 300)
		add(audit.ViewLive, "kiki", audit.Refused, 200)
		add(audit.SignIn, "kiki", audit.OK, 200)
		add(audit.ViewLive, "other", audit.OK, 200)
		add(audit.ViewLive, "kiki", audit.OK, 400) // the span is half-open
		require.NoError(t, l.CloseView(ctx, closed, seen, "closed by the viewer"))
		require.NoError(t, l.CloseView(ctx, still, nil, "process ended"))
		got, err := l.Viewings(ctx, []string{"kiki", "head"}, vms.Span{From: 100, To: 400})
		require.NoError(t, err)
		require.Len(t, got, 3)
		require.Equal(t, []string{still, closed, running}, []string{got[0].ID, got[1].ID, got[2].ID})
		require.Equal(t, []any{seen, "closed by the viewer", "29-14", "10.0.0.7", vms.Main, vms.Instant(1_000_000)},
			[]any{got[1].Ranges, got[1].Why, got[1].Case, got[1].From, got[1].Stream, got[1].At})
		require.NotZero(t, got[1].Ended)
		require.Equal(t, []any{"process ended", true}, []any{got[0].Why, got[0].Ranges == nil})
		require.Zero(t, got[2].Ended)
		e := view("a1-01") // one whose end came within the pass
		e.Actor, e.Action, e.Time = "soon", audit.ViewPast, 150
		soon, err := l.Append(ctx, e)
		require.NoError(t, err)
		e.Action, e.Refers, e.Time, e.Ranges = audit.ViewEnd, soon, 500, seen
		_, err = l.Append(ctx, e)
		require.NoError(t, err)
		got, err = l.Viewings(ctx, []string{"soon"}, vms.Span{From: 100, To: 400})
		require.NoError(t, err)
		require.Equal(t, []any{1, vms.Instant(500), seen}, []any{len(got), got[0].Ended, got[0].Ranges})
		none, err := l.Viewings(ctx, nil, vms.Span{From: 0, To: 400})
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

func TestTheNextLifeClosesWhatTheLastLeftOpen(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		append := func(l *audit.Log, e audit.Entry) string {
			id, err := l.Append(ctx, e)
			require.NoError(t, err)
			return id
		}
		dead, elsewhere := audit.New(d, vms.NewClock(), "n1"), audit.New(d, vms.NewClock(), "n2")
		open := append(dead, view("a1-01"))
		closed := append(dead, view("a1-02"))
		require.NoError(t, dead.CloseView(ctx, closed, nil, "closed by the viewer"))
		refused := view("a1-03")
		refused.Outcome = audit.Refused
		append(dead, refused)
		append(elsewhere, view("a1-04"))

		next := audit.New(d, vms.NewClock(), "n1")
		for range 2 {
			require.NoError(t, next.Begin(ctx))
		}
		mine := append(next, view("a1-05"))
		require.NoError(t, next.Begin(ctx))
		rows, err := next.Query(ctx, audit.Filter{Action: audit.ViewEnd})
		require.NoError(t, err)
		ends := map[string]string{}
		for _, r := range rows {
			ends[r.Refers] = r.Detail
		}
		require.Equal(t, map[string]string{closed: "closed by the viewer", open: "process ended"}, ends)
		require.NotContains(t, ends, mine)
	})
}

func TestManyAtOnceKeepTheOrderWithoutHoles(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		logs := []*audit.Log{audit.New(d, vms.NewClock(), "n1"), audit.New(d, vms.NewClock(), "n2")} // two nodes
		var wg sync.WaitGroup
		errs := make(chan error, 200)
		for i := range 200 {
			wg.Go(func() {
				_, err := logs[i%2].Append(t.Context(), view(vms.CameraID(fmt.Sprint("c-", i))))
				errs <- err
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		rows, err := logs[0].Query(t.Context(), audit.Filter{Limit: 1000})
		require.NoError(t, err)
		require.Len(t, rows, 200)
		for i, r := range rows {
			require.Equal(t, int64(200-i), r.Seq)
		}
		require.Nil(t, verified(t, logs[1], 1).Bad, "one chain")
	})
}

func TestWithoutADatabaseThereIsNoRow(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	require.NoError(t, err)
	l := audit.New(d, vms.NewClock(), "n1")
	require.NoError(t, d.Close())
	_, err = l.Append(t.Context(), view("a1-01"))
	require.Error(t, err)
}

func TestSomebodyElsesCancelledRequestLosesNoRow(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	require.NoError(t, err)
	defer d.Close()
	l := audit.New(d, vms.NewClock(), "n1")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { l.Append(gone, view("a1-01")) })
		wg.Go(func() {
			if _, err := l.Append(t.Context(), view("a1-02")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	rows, err := l.Query(t.Context(), audit.Filter{Camera: "a1-02"})
	require.NoError(t, err)
	require.Len(t, rows, 50)
}

func BenchmarkAppend(b *testing.B) {
	d, err := db.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "y.db"))
	require.NoError(b, err)
	defer d.Close()
	l := audit.New(d, vms.NewClock(), "n1")
	for b.Loop() {
		if _, err := l.Append(b.Context(), view("a1-01")); err != nil {
			b.Fatal(err)
		}
	}
}
