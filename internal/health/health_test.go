package health_test

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/health"
	"yagura/internal/vms"
)

func TestStatesAreReportedAndGrowStale(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	require.NoError(t, err)
	defer d.Close()
	b := health.NewBoard(d)
	now := vms.InstantOf(time.Now())
	f := health.Feed{Feed: vms.Feed{Camera: "a1-01", Stream: vms.Main}, Node: "n1", State: health.Stopped, Since: now - 1,
		Cause: vms.Refused, FPS: 15, Loss: 0.25, Written: now - 2, Offset: time.Second, Reported: now}
	require.NoError(t, b.Report(t.Context(), []health.Feed{f}))
	got, err := b.Feeds(t.Context(), now)
	require.NoError(t, err)
	require.Equal(t, map[vms.Feed]health.Feed{f.Feed: f}, got)
	got, err = b.Feeds(t.Context(), now.Add(16*time.Second))
	require.NoError(t, err)
	require.Equal(t, health.Unknown, got[f.Feed].State)
	require.Equal(t, now, got[f.Feed].Since)
}

func TestReportDoesNotWaitForEver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	synctest.Test(t, func(t *testing.T) {
		d, err := db.Open(t.Context(), "sqlite:"+path)
		require.NoError(t, err)
		defer d.Close()
		begin := time.Now()
		require.NoError(t, d.Tx(t.Context(), func(*db.Tx) error { // nobody else may write now
			require.Error(t, health.NewBoard(d).Report(t.Context(), []health.Feed{{Node: "n1"}}))
			return nil
		}))
		require.Less(t, time.Since(begin), 10*time.Second)
	})
}
