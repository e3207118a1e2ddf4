package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

const benchStart = vms.Instant(1496278800000000)

// benchSegments is how many rows the index has: YAGURA_BENCH_SEGMENTS, of 100 cameras in one-minute
// segments. 4300000 is the goal's size; the default is a hundredth of it.
func benchSegments(b *testing.B) int {
	if text := os.Getenv("YAGURA_BENCH_SEGMENTS"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(b, err)
		return n
	}
	return 43_000
}

// benchArchive has 100 cameras with so many segments in all, and a gap of 2 s every hour.
func benchArchive(b *testing.B, url string) (*Archive, int) {
	b.Helper()
	d, err := db.Open(b.Context(), url)
	require.NoError(b, err)
	each := benchSegments(b) / 100
	for cam := range 100 {
		require.NoError(b, fill(b, d, vms.CameraID(fmt.Sprintf("cam-%03d", cam)), each))
	}
	if !strings.HasPrefix(url, "sqlite:") { // SQLite does not need it
		_, err := d.Exec(b.Context(), `ANALYZE`) // autovacuum does it within minutes
		require.NoError(b, err)
	}
	store, err := blob.Open("dir:" + b.TempDir())
	require.NoError(b, err)
	a, err := New(Config{DB: d, Store: store, Spool: b.TempDir()})
	require.NoError(b, err)
	b.Cleanup(func() {
		require.NoError(b, a.Close())
		require.NoError(b, d.Close())
	})
	return a, each
}

const numbers = `WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1) `

func fill(b testing.TB, d *db.DB, cam vms.CameraID, each int) error {
	return d.Tx(b.Context(), func(tx *db.Tx) error {
		seed := &row{
			Segment: Segment{Feed: vms.Feed{Camera: cam, Stream: vms.Sub}, Track: testTrack, Fragments: make([]segment.Fragment, 60), Activity: slices.Repeat([]uint32{180_000}, 60)},
			state:   hidden,
		}
		if err := insertRow(b.Context(), tx, seed); err != nil {
			return err
		}
		_, err := tx.Exec(b.Context(), numbers+`INSERT INTO segment (camera, stream, start_us, end_us, run_us, seq, epoch, key, size, root,
			track, fragments, activity, clock_us, state, cause, exempt, mean, peak)
			SELECT camera, 'main', $3 + i * 60000000, $3 + (i + 1) * 60000000 - CASE WHEN i % 60 = 59 THEN 2000000 ELSE 0 END,
				$3, i, 1, 'footage/' || camera || '/main/2017/06/01/00/' || CAST($3 + i * 60000000 AS TEXT) || '-0.mp4', 11000000, root,
				track, fragments, activity, 0, 'stored', '', 0, 20000 + i * 7919 % 90000, 60000 + i * 7919 % 90000 FROM n, segment WHERE camera = $2 AND stream = 'sub'`,
			each, cam, benchStart)
		if err != nil {
			return err
		}
		_, err = tx.Exec(b.Context(), numbers+`INSERT INTO span (camera, stream, from_us, to_us)
			SELECT CAST($2 AS TEXT), 'main', $3 + i * 3600000000, $3 + (i + 1) * 3600000000 - 2000000 FROM n`, max(1, each/60), cam, benchStart)
		if err != nil {
			return err
		}
		_, err = tx.Exec(b.Context(), numbers+`INSERT INTO gap (camera, stream, from_us, to_us, cause)
			SELECT CAST($2 AS TEXT), 'main', $3 + (i + 1) * 3600000000 - 2000000, $3 + (i + 1) * 3600000000, 'disconnected' FROM n`,
			max(1, each/60), cam, benchStart)
		if err != nil {
			return err
		}
		_, err = tx.Exec(b.Context(), `INSERT INTO feed (camera, stream, first_us, node, bytes) VALUES ($1, 'main', $2, '', 0)`, cam, benchStart)
		return err
	})
}

func benchmarkIndex(b *testing.B, url string) {
	a, each := benchArchive(b, url)
	end := benchStart.Add(time.Duration(each) * time.Minute)
	feed := func(i int) vms.Feed {
		return vms.Feed{Camera: vms.CameraID(fmt.Sprintf("cam-%03d", i*37%100)), Stream: vms.Main}
	}
	b.Run("Recordings30Days", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			spans, _, err := a.Recordings(b.Context(), feed(i), vms.Span{From: end.Add(-30 * 24 * time.Hour), To: end})
			require.NoError(b, err)
			require.NotEmpty(b, spans)
		}
	})
	always := []vms.Span{{To: 1 << 60}}
	for name, c := range map[string]struct {
		length  time.Duration
		buckets int
	}{"Activity30Days1500": {30 * 24 * time.Hour, 1500}, "Activity1Day1500": {24 * time.Hour, 1500}, "Activity12Hours4000": {12 * time.Hour, 4000}} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				values, err := a.Activity(b.Context(), feed(i), vms.Span{From: end.Add(-c.length), To: end}, c.buckets, always)
				require.NoError(b, err)
				require.Len(b, values, c.buckets)
			}
		})
	}
	b.Run("NextActivity", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_, err := a.NextActivity(b.Context(), feed(i), end.Add(-time.Duration(i%400)*time.Hour), 1-i%2*2, always)
			require.NoError(b, err)
		}
	})
	b.Run("Coverage100Cameras30Days", func(b *testing.B) {
		tails, days := map[vms.Feed]Tail{}, make([]vms.Span, 30)
		for i := range 100 {
			tails[feed(i)] = Tail{Written: end}
		}
		for i := range days {
			days[i] = vms.Span{From: end.Add(time.Duration(i-30) * 24 * time.Hour), To: end.Add(time.Duration(i-29) * 24 * time.Hour)}
		}
		for b.Loop() {
			_, err := a.Coverage(b.Context(), tails, days)
			require.NoError(b, err)
		}
	})
	b.Run("FindMinute", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			from := benchStart.Add(time.Duration(i*7919%max(1, each-1)) * time.Minute)
			found, err := a.Find(b.Context(), feed(i), vms.Span{From: from.Add(10 * time.Second), To: from.Add(50 * time.Second)})
			require.NoError(b, err)
			require.Len(b, found, 1)
		}
	})
}

func BenchmarkIndexSQLite(b *testing.B) {
	benchmarkIndex(b, "sqlite:"+filepath.Join(b.TempDir(), "db"))
}

func BenchmarkIndexPostgres(b *testing.B) { benchmarkIndex(b, testserver.Postgres(b)) }
