package audit_test

import (
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

func both(t *testing.T, story func(t *testing.T, open func() *db.DB)) {
	for name, url := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "a.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			u := url(t)
			story(t, func() *db.DB {
				d, err := db.Open(t.Context(), u)
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, d.Close()) })
				return d
			})
		})
	}
}

func TestViewIsClosedOnceByARowOfItsOwn(t *testing.T) {
	both(t, func(t *testing.T, open func() *db.DB) {
		l := audit.New(open(), vms.NewClock(), "n1")
		id, err := l.Append(t.Context(), audit.Entry{Actor: "kiki", Session: "s", Source: "127.0.0.1", Action: audit.ViewPast,
			Camera: "a1-07", Stream: vms.Main, Footage: 42, Purpose: "incident"})
		require.NoError(t, err)
		seen := []vms.Span{{From: 42, To: 50}, {From: 90, To: 99}}
		require.NoError(t, l.CloseView(t.Context(), id, seen, "closed by the viewer"))
		require.NoError(t, l.CloseView(t.Context(), id, nil, "again"))
		rows, err := l.Query(t.Context(), audit.Filter{Camera: "a1-07"})
		require.NoError(t, err)
		require.Len(t, rows, 2)
		require.Equal(t, audit.ViewEnded, rows[0].Action)
		require.Equal(t, id, rows[0].Refers)
		require.Equal(t, seen, rows[0].Ranges)
		require.Equal(t, "kiki", rows[0].Actor)
		require.Equal(t, "closed by the viewer", rows[0].Detail)
		require.Equal(t, id, rows[1].ID)
		require.Empty(t, rows[1].Ranges)
	})
}

func TestRowsAreNumberedWithoutHoles(t *testing.T) {
	both(t, func(t *testing.T, open func() *db.DB) {
		d := open()
		var wg sync.WaitGroup
		for w := range 4 {
			l := audit.New(d, vms.NewClock(), fmt.Sprint("n", w))
			wg.Go(func() {
				for range 10 {
					_, err := l.Append(t.Context(), audit.Entry{Action: audit.SignIn, Outcome: audit.Refused})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		rows, err := audit.New(d, vms.NewClock(), "n").Query(t.Context(), audit.Filter{})
		require.NoError(t, err)
		require.Len(t, rows, 40)
		for i, r := range rows {
			require.EqualValues(t, 40-i, r.Seq)
		}
	})
}

func TestViewsOfADeadProcessAreClosedAtItsNextStart(t *testing.T) {
	both(t, func(t *testing.T, open func() *db.DB) {
		d := open()
		dead, other := audit.New(d, vms.NewClock(), "n1"), audit.New(d, vms.NewClock(), "n2")
		id, err := dead.Append(t.Context(), audit.Entry{Actor: "kiki", Action: audit.ViewLive, Camera: "a1-01"})
		require.NoError(t, err)
		_, err = dead.Append(t.Context(), audit.Entry{Actor: "x", Action: audit.ViewLive, Camera: "a1-01", Outcome: audit.Refused})
		require.NoError(t, err)
		_, err = other.Append(t.Context(), audit.Entry{Actor: "kiki2", Action: audit.ViewLive, Camera: "a1-01"})
		require.NoError(t, err)

		n, err := audit.New(d, vms.NewClock(), "n1").CloseUnfinished(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, n)
		rows, err := other.Query(t.Context(), audit.Filter{Actor: "kiki", Limit: 1})
		require.NoError(t, err)
		require.Equal(t, audit.ViewEnded, rows[0].Action)
		require.Equal(t, id, rows[0].Refers)
		require.Contains(t, rows[0].Detail, "process ended")
	})
}
