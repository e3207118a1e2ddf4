package archive

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// book is where roots are written down.
type book struct {
	counts  []int
	roots   map[string]segment.Hash
	failure error
}

func (b *book) say(_ context.Context, count int, root segment.Hash) (string, error) {
	if b.failure != nil {
		return "", b.failure
	}
	b.counts = append(b.counts, count)
	id := fmt.Sprint("r", len(b.counts))
	b.roots[id] = root
	return id, nil
}

func onBothDatabases(t *testing.T, story func(t *testing.T, r *rig)) {
	for name, url := range map[string]string{"sqlite": "", "postgres": testserver.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if url == "" {
				url = "sqlite:" + filepath.Join(dir, "db")
			}
			story(t, newRig(t, url, "dir:"+filepath.Join(dir, "objects"), filepath.Join(dir, "spool")))
		})
	}
}

// index adds segments to the index, one a minute, and returns them.
func (r *rig) index(feed vms.Feed, from vms.Instant, n int, state string) (out []*Segment) {
	r.t.Helper()
	require.NoError(r.t, r.cfg.DB.Tx(r.t.Context(), func(tx *db.Tx) error {
		out = nil
		for i := range n {
			at := from.Add(time.Duration(i) * time.Minute)
			s := &Segment{Feed: feed, Span: vms.Span{From: at, To: at.Add(time.Minute)}, Key: fmt.Sprint(feed, at), Track: testTrack,
				Root: segment.MerkleRoot([]segment.Hash{{byte(i), byte(i >> 8), byte(at)}})}
			if err := insertRow(context.Background(), tx, &row{Segment: *s, state: state}); err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	}))
	return out
}

// proven checks that the segments' roots are in the book.
func (r *rig) proven(b *book, segments []*Segment) {
	r.t.Helper()
	for _, s := range segments {
		in, err := r.a.Inclusion(r.t.Context(), s)
		require.NoError(r.t, err)
		require.True(r.t, segment.Included(s.Root, in.Place, in.Count, in.Path, b.roots[in.Record]), "%+v", s)
	}
}

func TestRootsAreWrittenDownOnce(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, r *rig) {
		b := &book{roots: map[string]segment.Hash{}}
		root := func() { require.NoError(t, r.a.RootSegments(t.Context(), b.say)) }
		root()
		require.Empty(t, b.counts, "nothing came")
		one, two := r.index(feed1, 1, 3, stored), r.index(feed2, 1, 2, quarantined)
		r.index(feed2, 1_000_000_000, 1, hidden) // it is being deleted
		_, err := r.a.Inclusion(t.Context(), one[0])
		require.ErrorIs(t, err, vms.NotFound)
		root()
		root()
		require.Equal(t, []int{5}, b.counts)
		r.proven(b, append(one, two...))

		b.failure = errors.New("the log is away")
		many := r.index(feed1, 10_000_000_000, 2*rootsAtOnce+1, stored)
		require.ErrorIs(t, r.a.RootSegments(t.Context(), b.say), b.failure)
		b.failure = nil
		root()
		require.Equal(t, []int{5, rootsAtOnce, rootsAtOnce, 1}, b.counts)
		r.proven(b, many)

		require.NoError(t, r.cfg.DB.Tx(t.Context(), func(tx *db.Tx) error { return deleteRow(t.Context(), tx, one[1]) }))
		_, err = r.a.Inclusion(t.Context(), one[1])
		require.ErrorIs(t, err, vms.NotFound, "its place goes with the footage")
		r.proven(b, []*Segment{one[0], one[2]})
	})
}

func TestRootsOfRecordedFootageAreInTheAuditLog(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, r *rig) {
		r.run()
		start := vms.Instant(1_496_300_400_000_000)
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(start, 3*time.Minute), false))
		r.settled()
		log := audit.New(r.cfg.DB, vms.NewClock(), "n1")
		say := func(ctx context.Context, count int, root segment.Hash) (string, error) {
			return log.AddRoots(ctx, count, root)
		}
		require.NoError(t, r.a.RootSegments(t.Context(), say))
		rows, err := log.Query(t.Context(), audit.Filter{Action: audit.Roots})
		require.NoError(t, err)
		require.Len(t, rows, 1)
		found, err := r.a.Find(t.Context(), feed1, vms.Span{From: start, To: start.Add(time.Hour)})
		require.NoError(t, err)
		require.Len(t, found, 3)
		for _, s := range found {
			in, err := r.a.Inclusion(t.Context(), s)
			require.NoError(t, err)
			require.Equal(t, rows[0].ID, in.Record)
			var says struct {
				Count int
				Root  string
			}
			require.NoError(t, json.Unmarshal([]byte(rows[0].Detail), &says))
			root, err := hex.DecodeString(says.Root)
			require.NoError(t, err)
			require.True(t, segment.Included(s.Root, in.Place, says.Count, in.Path, segment.Hash(root)))
		}
	})
}

// FuzzPath: a damaged path is an error or proves nothing.
func FuzzPath(f *testing.F) {
	f.Add(encodePath(2, 5, make([]segment.Hash, 3)))
	f.Fuzz(func(t *testing.T, b []byte) {
		var in Inclusion
		if in.decode(b) == nil {
			require.False(t, segment.Included(segment.Hash{1}, in.Place, in.Count, in.Path, segment.Hash{2}))
		}
	})
}
