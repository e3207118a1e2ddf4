package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func sqliteURL(t *testing.T) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "made", "on the way", "a?b#c%20.db")
}

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

// onBoth runs a test on each database.
func onBoth(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteURL(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, testserver.Postgres(t)) })
}

func TestTypesRunThrough(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		_, err := d.Exec(ctx, `CREATE TABLE kept (camera TEXT NOT NULL, at BIGINT NOT NULL, body BYTEA, note TEXT, PRIMARY KEY (camera, at))`)
		require.NoError(t, err)
		at := vms.Instant(1_496_300_400_123_456)
		body := []byte{0, 1, 255}
		insert := `INSERT INTO kept (at, camera, body, note) VALUES ($2, $1, $3, $4)`
		_, err = d.Exec(ctx, insert, vms.CameraID("a1-07"), at, body, "あ")
		require.NoError(t, err)
		_, err = d.Exec(ctx, insert, vms.CameraID("a1-07"), at.Add(time.Second), nil, sql.NullString{})
		require.NoError(t, err)

		var gotAt vms.Instant
		var camera vms.CameraID
		var gotBody []byte
		var note sql.NullString
		row := d.QueryRow(ctx, `SELECT at, camera, body, note FROM kept WHERE camera = $1 AND at = $2 AND $2 > 0`, "a1-07", at)
		require.NoError(t, row.Scan(&gotAt, &camera, &gotBody, &note))
		require.Equal(t, at, gotAt)
		require.Equal(t, vms.CameraID("a1-07"), camera)
		require.Equal(t, body, gotBody)
		require.Equal(t, "あ", note.String)

		row = d.QueryRow(ctx, `SELECT body, note FROM kept WHERE at > $1`, at)
		require.NoError(t, row.Scan(&gotBody, &note))
		require.Nil(t, gotBody)
		require.False(t, note.Valid)

		_, err = d.Exec(ctx, insert, "a1-07", at, nil, nil)
		require.True(t, d.Duplicate(err), "%v", err)
		_, err = d.Exec(ctx, insert, "a1-07", 1, nil)
		require.Error(t, err)
		require.False(t, d.Duplicate(err))
	})
}

func TestByteOrderOnBoth(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		for _, name := range []string{"b", "A", "a", "B", "あ", "-"} {
			require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, name, "") }))
		}
		rows, err := d.Query(ctx, `SELECT name FROM setting ORDER BY name COLLATE "C"`)
		require.NoError(t, err)
		defer rows.Close()
		var got []string
		for rows.Next() {
			var s string
			require.NoError(t, rows.Scan(&s))
			got = append(got, s)
		}
		require.NoError(t, rows.Err())
		require.Equal(t, []string{"-", "A", "B", "a", "b", "あ"}, got)
	})
}

func TestSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		for _, want := range []string{"1", "2"} {
			require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "k", want) }))
			require.NoError(t, d.Read(ctx, func(tx *db.Tx) error {
				got, err := tx.Setting(ctx, "k")
				require.Equal(t, want, got)
				return err
			}))
		}
		err := d.Read(ctx, func(tx *db.Tx) error { _, err := tx.Setting(ctx, "none"); return err })
		require.ErrorIs(t, err, vms.NotFound)
	})
}

// Two transactions that each read what the other writes: without serialisability both would see 0.
func TestTransactionsAreSerialisable(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		_, err := d.Exec(ctx, `CREATE TABLE duty (person BIGINT NOT NULL, n BIGINT NOT NULL)`)
		require.NoError(t, err)
		const people = 12
		var g errgroup.Group
		for i := range people {
			g.Go(func() error {
				return d.Tx(ctx, func(tx *db.Tx) error {
					var n int64
					if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM duty`).Scan(&n); err != nil {
						return err
					}
					_, err := tx.Exec(ctx, `INSERT INTO duty (person, n) VALUES ($1, $2)`, i, n)
					return err
				})
			})
		}
		require.NoError(t, g.Wait())
		var got int64
		require.NoError(t, d.QueryRow(ctx, `SELECT COUNT(DISTINCT n) FROM duty`).Scan(&got))
		require.EqualValues(t, people, got)
	})
}

func TestTxRollsBack(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		boom := errors.New("boom")
		require.ErrorIs(t, d.Tx(ctx, func(tx *db.Tx) error {
			require.NoError(t, tx.SetSetting(ctx, "k", "v"))
			return boom
		}), boom)
		require.Panics(t, func() {
			d.Tx(ctx, func(tx *db.Tx) error {
				require.NoError(t, tx.SetSetting(ctx, "k", "v"))
				panic(boom)
			})
		})
		cancelled, cancel := context.WithCancel(ctx)
		require.ErrorIs(t, d.Tx(cancelled, func(tx *db.Tx) error {
			require.NoError(t, tx.SetSetting(ctx, "k", "v"))
			cancel()
			<-cancelled.Done()
			return cancelled.Err()
		}), context.Canceled)
		var n int
		require.NoError(t, d.QueryRow(ctx, `SELECT COUNT(*) FROM setting`).Scan(&n))
		require.Zero(t, n)
		require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "k", "v") }), "the writer is free again")
	})
}

func TestReadersDoNotWriteNorWait(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		require.Error(t, d.Read(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "k", "v") }))
		require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error {
			require.NoError(t, tx.SetSetting(ctx, "k", "v"))
			var n int
			require.NoError(t, d.QueryRow(ctx, `SELECT COUNT(*) FROM setting`).Scan(&n))
			require.Zero(t, n, "not committed yet")
			return nil
		}))
	})
}

func TestReadSeesOneSnapshot(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d, ctx := open(t, url), t.Context()
		count := func(tx *db.Tx) (n int) {
			require.NoError(t, tx.QueryRow(ctx, `SELECT COUNT(*) FROM setting`).Scan(&n))
			return n
		}
		require.NoError(t, d.Read(ctx, func(snapshot *db.Tx) error {
			require.Zero(t, count(snapshot))
			require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "k", "v") }))
			require.Zero(t, count(snapshot))
			return nil
		}))
	})
}

func TestNodesMigrateTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		var g errgroup.Group
		for range 5 {
			g.Go(func() error {
				d, err := db.Open(t.Context(), url)
				if err != nil {
					return err
				}
				return d.Close()
			})
		}
		require.NoError(t, g.Wait())
	})
}

func TestOpenRefuses(t *testing.T) {
	for _, url := range []string{"", "sqlite:", "mysql://x", "/tmp/x.db", "postgres://u:geheim@127.0.0.1:1/x", "postgres://u:geheim@:x:/"} {
		_, err := db.Open(t.Context(), url)
		require.Error(t, err, url)
		require.NotContains(t, err.Error(), "geheim")
	}
}

func TestSQLiteIsDurableAndStrict(t *testing.T) {
	d, ctx := open(t, sqliteURL(t)), t.Context()
	require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
			var got string
			require.NoError(t, tx.QueryRow(ctx, `PRAGMA `+pragma).Scan(&got))
			require.Equal(t, want, got, pragma)
		}
		return nil
	}))
}

func TestWatchHearsEveryProcess(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		here, there := open(t, url), open(t, url)
		ctx, cancel := context.WithCancel(t.Context())
		heard := make(chan struct{}, 100)
		var g errgroup.Group
		g.Go(func() error {
			return here.Watch(ctx, "policy", func(context.Context) error { heard <- struct{}{}; return nil })
		})
		defer func() { cancel(); require.NoError(t, g.Wait()) }()
		<-heard // at the start

		for _, d := range []*db.DB{here, there, there} {
			start := time.Now()
			require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return d.Signal(ctx, tx, "policy") }))
			<-heard
			require.Less(t, time.Since(start), 5*time.Second)
		}
		require.NoError(t, there.Tx(ctx, func(tx *db.Tx) error { return there.Signal(ctx, tx, "other") }))
		require.ErrorIs(t, there.Tx(ctx, func(tx *db.Tx) error {
			return errors.Join(there.Signal(ctx, tx, "policy"), errRolledBack)
		}), errRolledBack)
		select {
		case <-heard:
			t.Error("neither another topic nor a rolled-back change is news")
		case <-time.After(600 * time.Millisecond):
		}
	})
}

var errRolledBack = errors.New("rolled back")

func TestWatchRepeatsWhatFailed(t *testing.T) {
	d := open(t, sqliteURL(t))
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	require.NoError(t, d.Watch(ctx, "policy", func(context.Context) error {
		if calls++; calls < 3 {
			return errors.New("not now")
		}
		cancel()
		return nil
	}))
	require.Equal(t, 3, calls)
}

func TestPostgresComesBack(t *testing.T) {
	server := testserver.StartPostgres(t)
	d, ctx := open(t, server.URL), t.Context()
	set := func(v string) error {
		return d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "k", v) })
	}
	require.NoError(t, set("before"))
	server.Stop(t)
	require.Error(t, set("during"))
	server.Start(t)
	require.NoError(t, d.Read(ctx, func(tx *db.Tx) error {
		got, err := tx.Setting(ctx, "k")
		require.Equal(t, "before", got, "what was committed survived, what failed did not happen")
		return err
	}))
	require.NoError(t, set("after"))
}

// Writers queue for SQLite's one writer, two processes for its lock; none is refused as busy.
func TestWritersQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		one, two := open(t, url), open(t, url)
		ctx := t.Context()
		const writers = 20
		var g errgroup.Group
		for i := range writers {
			d := []*db.DB{one, two}[i%2]
			g.Go(func() error {
				return d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, fmt.Sprint(i), "v") })
			})
		}
		require.NoError(t, g.Wait())
		var n int
		require.NoError(t, one.QueryRow(ctx, `SELECT COUNT(*) FROM setting`).Scan(&n))
		require.Equal(t, writers, n)
	})
}
