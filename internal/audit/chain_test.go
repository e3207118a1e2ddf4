package audit_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// old writes rows as the program did before there was a chain.
func old(t *testing.T, d *db.DB, from, to int) {
	t.Helper()
	require.NoError(t, d.Tx(t.Context(), func(tx *db.Tx) error {
		for i := from; i <= to; i++ {
			_, err := tx.Exec(t.Context(), `INSERT INTO audit (seq, id, at, node, process, actor, session, source, action, outcome, camera, stream,
				footage, purpose, detail, refers, ranges) VALUES ($1, $2, $3, 'n1', 'p', 'kiki', 's', '10.0.0.7', 'session.sign-in', 'ok', '', '', 0, '', '', '', 'null')`,
				i, fmt.Sprint("old-", i), int64(i))
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func verified(t *testing.T, l *audit.Log, from int64) audit.Report {
	t.Helper()
	r, err := l.Verify(t.Context(), from)
	require.NoError(t, err)
	return r
}

func TestALogFromBeforeTheChainIsChained(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		old(t, d, 1, 1200)
		l := audit.New(d, vms.NewClock(), "n1")
		require.Equal(t, audit.Unchained, verified(t, l, 1).Bad.Kind, "before the program started")
		for range 2 {
			require.NoError(t, l.Begin(t.Context()))
		}
		_, err := l.Append(t.Context(), view("a1-01"))
		require.NoError(t, err)
		rows, err := l.Query(t.Context(), audit.Filter{Action: audit.Chained})
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.Equal(t, int64(1201), rows[0].Seq)
		require.Contains(t, rows[0].Detail, "rows 1 to 1200 ")
		head, err := l.Head(t.Context())
		require.NoError(t, err)
		r := verified(t, l, 1)
		require.Nil(t, r.Bad)
		require.Equal(t, []any{int64(1202), int64(1201), head}, []any{r.Rows, r.Begins, r.Head})
		require.Equal(t, int64(1202), verified(t, l, 600).Rows, "rows from before the chain are verified as a whole")

		for _, change := range []string{`UPDATE audit SET actor = 'x' WHERE seq = 7`, `DELETE FROM audit WHERE seq = 6`} {
			_, err = d.Exec(t.Context(), change)
			require.NoError(t, err)
			require.NotNil(t, verified(t, l, 1).Bad, change)
		}
	})
}

// TestARowOfAnotherProgramIsPointedAt: the log goes on, because views would end otherwise.
func TestARowOfAnotherProgramIsPointedAt(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		l := audit.New(d, vms.NewClock(), "n1")
		for range 3 {
			_, err := l.Append(t.Context(), view("a1-01"))
			require.NoError(t, err)
		}
		old(t, d, 4, 5)
		before, err := l.Head(t.Context())
		require.NoError(t, err)
		require.Equal(t, int64(5), before.Seq)
		for range 2 {
			_, err = l.Append(t.Context(), view("a1-01"))
			require.NoError(t, err)
		}
		r := verified(t, l, 1)
		require.Equal(t, []any{audit.Unchained, int64(4)}, []any{r.Bad.Kind, r.Bad.Seq})
		rows, err := l.Query(t.Context(), audit.Filter{Action: audit.Chained})
		require.NoError(t, err)
		require.Empty(t, rows, "nobody makes it right")
		r = verified(t, l, 7)
		require.Nil(t, r.Bad, "what follows can be verified")
		require.Equal(t, int64(1), r.Rows)
	})
}

func TestAWholeLogIsInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, d *db.DB) {
		l := audit.New(d, vms.NewClock(), "n1")
		require.NoError(t, l.Begin(t.Context()))
		r := verified(t, l, 1)
		require.Equal(t, audit.Report{}, r, "empty")
		odd := view("a1-01")
		odd.Detail, odd.Time = "改行\n\"'\\ \u2028 é 😀", 1 // of an event long ago
		for i := range 1100 {
			e := odd
			if i != 7 {
				e.Time = 0
			}
			e.ID = fmt.Sprint(i / 2) // written twice, it takes one place
			_, err := l.Append(t.Context(), e)
			require.NoError(t, err)
		}
		r = verified(t, l, 1)
		require.Nil(t, r.Bad)
		require.Equal(t, []int64{550, 1, 0}, []int64{r.Rows, r.Begins, r.Late})
		f, err := l.Holds(t.Context(), r.Head, 0)
		require.NoError(t, err)
		require.Nil(t, f)
		require.Equal(t, int64(51), verified(t, l, 500).Rows)
		odd.ID = ""
		_, err = l.Append(t.Context(), odd)
		require.NoError(t, err)
		r = verified(t, l, 1)
		require.Equal(t, []int64{1, 551}, []int64{r.Late, r.FirstLate})
	})
}

// TestWrittenNeverGoesBack although the clocks of two nodes differ.
func TestWrittenNeverGoesBack(t *testing.T) {
	in := sqliteInsider(t, anchorEvery)
	ahead := vms.InstantOf(time.Now().Add(time.Hour))
	in.exec(`UPDATE audit SET written = $2 WHERE seq = $1`, anchorEvery, int64(ahead))
	in.rehash(anchorEvery, anchorEvery)
	_, err := in.l.Append(t.Context(), view("a1-02"))
	require.NoError(t, err)
	rows, err := in.l.Query(t.Context(), audit.Filter{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, ahead, rows[0].Written)
	require.Less(t, rows[0].Time, ahead)
	require.Nil(t, verified(t, in.l, 1).Bad)
}

func BenchmarkVerify(b *testing.B) {
	d, err := db.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "y.db"))
	require.NoError(b, err)
	defer d.Close()
	l := audit.New(d, vms.NewClock(), "n1")
	done := make(chan error)
	const rows = 20000
	for range rows {
		go func() { _, err := l.Append(b.Context(), view("a1-01")); done <- err }()
	}
	for range rows {
		require.NoError(b, <-done)
	}
	for b.Loop() {
		r, err := l.Verify(b.Context(), 1)
		require.NoError(b, err)
		require.Nil(b, r.Bad)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/rows, "µs/row")
}
