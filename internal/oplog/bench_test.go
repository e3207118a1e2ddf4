package oplog_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/oplog/sample"
	"yagura/internal/testserver"
)

// BenchmarkImport takes a million events from a file, on each database.
func BenchmarkImport(b *testing.B) {
	ward := sample.New(sample.Options{Now: now})
	name := filepath.Join(b.TempDir(), "log.csv")
	f, err := os.Create(name)
	require.NoError(b, err)
	require.NoError(b, ward.Log(f, now.AddDate(0, 0, -benchDays()), now))
	require.NoError(b, f.Close())
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(database, func(b *testing.B) {
			for range b.N {
				url := ""
				if database == "postgres" {
					url = testserver.Postgres(b)
				}
				r := newRig(b, url, ward)
				r.register()
				file, err := os.Open(name)
				require.NoError(b, err)
				stop, peak := make(chan struct{}), make(chan uint64)
				go watchHeap(stop, peak)
				began, spent := time.Now(), processor(b)
				rep, err := r.Import(b.Context(), analyst, "resident", "M-001", file)
				took := time.Since(began)
				close(stop)
				require.NoError(b, err)
				b.ReportMetric((processor(b)-spent).Seconds()*1e6/float64(rep.Rows), "cpu-s/million")
				require.Empty(b, rep.Problems)
				require.NoError(b, file.Close())
				b.ReportMetric(float64(rep.Rows), "rows")
				b.ReportMetric(float64(rep.Rows)/took.Seconds(), "rows/s")
				b.ReportMetric(float64(<-peak)/1e6, "MB-heap")
			}
		})
	}
}

// watchHeap tells the largest heap in use until it is stopped.
func watchHeap(stop <-chan struct{}, peak chan<- uint64) {
	var most uint64
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			peak <- most
			return
		case <-tick.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
}

// processor is the time this process has worked, without that of a database server.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchDays is how many days of log are taken: 155 make a million events.
func benchDays() int {
	if n, err := strconv.Atoi(os.Getenv("OPLOG_DAYS")); err == nil {
		return n
	}
	return 155
}
