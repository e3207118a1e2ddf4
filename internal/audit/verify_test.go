package audit_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// insider has the database and the source of this program, but not the anchors.
type insider struct {
	t  *testing.T
	db *sql.DB
	d  *db.DB // the same, as the program sees it
	l  *audit.Log
	// anchored are heads that were told outside the database.
	anchored []audit.Head
}

const anchorEvery = 10

// newInsider makes a log of n rows, every tenth of which is anchored.
func newInsider(t *testing.T, n int, driver, url string, open func(string) string) *insider {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	raw, err := sql.Open(driver, open(url))
	require.NoError(t, err)
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, raw.Close()) })
	in := &insider{t: t, db: raw, d: d, l: audit.New(d, vms.NewClock(), "n1")}
	for i := 0; i < n; i += anchorEvery {
		var g errgroup.Group // they share syncs
		for k := range anchorEvery {
			e := view(vms.CameraID(fmt.Sprint("c-", i+k)))
			e.Detail, e.Refers, e.Case = strings.Repeat("あ", k%7), fmt.Sprint("row ", i+k-1), []string{"", "29-14"}[k%2]
			if k%3 == 0 {
				e.Ranges = []vms.Span{{From: vms.Instant(i), To: vms.Instant(2*i + k + 1)}}
			}
			g.Go(func() error { _, err := in.l.Append(t.Context(), e); return err })
		}
		require.NoError(t, g.Wait())
		in.anchored = append(in.anchored, in.head())
	}
	in.exec(`CREATE TABLE untouched AS SELECT * FROM audit`)
	in.exec(`CREATE UNIQUE INDEX untouched_seq ON untouched (seq)`)
	return in
}

func (in *insider) exec(query string, args ...any) {
	in.t.Helper()
	_, err := in.db.ExecContext(in.t.Context(), query, args...)
	require.NoError(in.t, err, query)
}

func (in *insider) head() audit.Head {
	in.t.Helper()
	h, err := in.l.Head(in.t.Context())
	require.NoError(in.t, err)
	return h
}

// verify is what the command does: the chain, then the anchors.
func (in *insider) verify(from int64) *audit.Finding {
	in.t.Helper()
	r, err := in.l.Verify(in.t.Context(), from)
	require.NoError(in.t, err)
	for i := 0; r.Bad == nil && i < len(in.anchored); i++ {
		if in.anchored[i].Seq >= from-1 {
			r.Bad, err = in.l.Holds(in.t.Context(), in.anchored[i], 0)
			require.NoError(in.t, err)
		}
	}
	return r.Bad
}

// undo puts rows back as they were.
func (in *insider) undo(from, to int64) {
	in.exec(`DELETE FROM audit WHERE seq >= $1 AND seq <= $2`, from, to)
	in.exec(`INSERT INTO audit SELECT * FROM untouched WHERE seq >= $1 AND seq <= $2`, from, to)
}

// swap exchanges the places of two rows.
func (in *insider) swap(a, b int64) {
	for _, s := range [][2]int64{{a, -1}, {b, a}, {-1, b}} {
		in.exec(`UPDATE audit SET seq = $2 WHERE seq = $1`, s[0], s[1])
	}
}

// rehash gives rows new hashes, worked out as chain.go says, by code of our own.
func (in *insider) rehash(from, to int64) {
	in.t.Helper()
	prev := make([]byte, 32)
	if from > 1 {
		require.NoError(in.t, in.db.QueryRow(`SELECT hash FROM audit WHERE seq = $1`, from-1).Scan(&prev))
	}
	for seq := from; seq <= to; seq++ {
		prev = in.hash(prev, seq)
		in.exec(`UPDATE audit SET hash = $2 WHERE seq = $1`, seq, prev)
	}
}

func (in *insider) hash(prev []byte, seq int64) []byte {
	in.t.Helper()
	const fields = "seq, id, at, written, node, process, actor, session, source, action, outcome, camera, stream, footage, purpose, case_ref, detail, refers, ranges"
	values := make([]any, strings.Count(fields, ",")+1)
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	require.NoError(in.t, in.db.QueryRow(`SELECT `+fields+` FROM audit WHERE seq = $1`, seq).Scan(into...))
	h := sha256.New()
	h.Write(prev)
	for _, v := range append([]any{"yagura audit row 1"}, values...) {
		var b []byte
		if n, ok := v.(int64); ok {
			b = binary.BigEndian.AppendUint64(nil, uint64(n))
		} else {
			b = fmt.Append(nil, v)
		}
		require.NoError(in.t, binary.Write(h, binary.BigEndian, uint32(len(b))))
		h.Write(b)
	}
	return h.Sum(nil)
}

// tampering is one kind of it, at row i of a log whose last row is last.
type tampering struct {
	name string
	do   func(in *insider, i, last int64)
	want func(f audit.Finding, i, last int64) bool
	undo func(in *insider, i, last int64)
	near bool // the log ends with the next anchored row: all rows to the end are made anew
}

var edits = []string{"id = 'x'", "at = at - 3600000000", "written = written + 1", "node = 'n2'", "process = 'x'", "actor = 'head'", "session = 's2'",
	"source = '10.0.0.8'", "action = 'view.live'", "outcome = 'refused'", "camera = 'c-none'", "stream = 'sub'", "footage = footage + 1", "purpose = 'maintenance'",
	"case_ref = 'x'", "detail = detail || ' '", "refers = ''", "ranges = '[]'"}

func here(kind audit.Kind) func(audit.Finding, int64, int64) bool {
	return func(f audit.Finding, i, _ int64) bool { return f.Kind == kind && f.Seq == i }
}

var tamperings = []tampering{
	{"edit", func(in *insider, i, _ int64) {
		in.exec(`UPDATE audit SET `+edits[i%int64(len(edits))]+` WHERE seq = $1`, i)
	}, here(audit.Changed),
		func(in *insider, i, _ int64) { in.undo(i, i) }, false},
	{"swap", func(in *insider, i, _ int64) { in.swap(i, i+1) }, here(audit.Changed), func(in *insider, i, _ int64) { in.swap(i, i+1) }, false},
	{"deletion", func(in *insider, i, _ int64) { in.exec(`DELETE FROM audit WHERE seq = $1`, i) }, here(audit.Missing),
		func(in *insider, i, _ int64) { in.undo(i, i) }, false},
	{"insertion", func(in *insider, i, _ int64) { // a row with the right hash; those after it move on
		in.exec(`UPDATE audit SET seq = -seq - 1 WHERE seq >= $1`, i)
		in.exec(`UPDATE audit SET seq = -seq WHERE seq < 0`)
		in.forge(i, "forged")
		in.rehash(i, i)
	}, func(f audit.Finding, i, _ int64) bool { return f.Kind == audit.Changed && f.Seq == i+1 },
		func(in *insider, i, last int64) { in.undo(i, last+1) }, true},
	{"truncation", func(in *insider, i, _ int64) { in.exec(`DELETE FROM audit WHERE seq >= $1`, i) }, here(audit.Cut), func(*insider, int64, int64) {}, true},
	{"rebuilding", func(in *insider, i, last int64) {
		in.exec(`UPDATE audit SET actor = 'somebody else' WHERE seq = $1`, i)
		in.rehash(i, last)
	}, func(f audit.Finding, i, last int64) bool {
		return f.Kind == audit.Rebuilt && f.Seq >= i && f.Seq < i+anchorEvery
	}, func(in *insider, i, last int64) { in.undo(i, last) }, true},
	{"back-dating", func(in *insider, i, last int64) { // with new hashes, also where no anchor knows the row yet
		in.exec(`UPDATE audit SET at = at - 3600000000, written = written - 3600000000 WHERE seq = $1`, i)
		in.rehash(i, last)
	}, here(audit.Backdated), func(in *insider, i, last int64) { in.undo(i, last) }, true},
}

// forge puts a copy of the row after it into a free place.
func (in *insider) forge(seq int64, id string) {
	const rest = `at, written, node, process, actor, session, source, action, outcome, camera, stream, footage, purpose, case_ref, detail, refers, ranges, hash`
	in.exec(`INSERT INTO audit (seq, id, `+rest+`) SELECT $1, $2, `+rest+` FROM audit WHERE seq = $3`, seq, id, seq+1)
}

// run tries one kind on rows first to first+n-1, of a log in which an anchored row comes after.
func (k tampering) run(t *testing.T, in *insider, first, n int64) {
	require.Nil(t, in.verify(1))
	whole, last, anchored := in.head().Seq, in.head().Seq, in.anchored
	for i := first + n - 1; i >= first; i-- {
		if k.near {
			last = (i + anchorEvery - 1) / anchorEvery * anchorEvery
			in.exec(`DELETE FROM audit WHERE seq > $1`, last)
			in.anchored = anchored[:last/anchorEvery]
		}
		k.do(in, i, last)
		f := in.verify(max(1, i-5)) // the whole of it is verified before and after
		require.NotNil(t, f, "row %d: not found", i)
		require.True(t, k.want(*f, i, last), "row %d: %v", i, f)
		k.undo(in, i, last)
	}
	if in.anchored = anchored; k.near {
		in.undo(1, whole)
	}
	require.Nil(t, in.verify(1))
}

func sqliteInsider(t *testing.T, n int) *insider {
	return newInsider(t, n, "sqlite", "sqlite:"+filepath.Join(t.TempDir(), "y.db"), func(url string) string {
		return "file:" + strings.TrimPrefix(url, "sqlite:") + "?_pragma=synchronous(off)&_busy_timeout=5000"
	})
}

// TestEveryTamperingIsFound: seven kinds, each on a thousand rows.
func TestEveryTamperingIsFound(t *testing.T) {
	in := sqliteInsider(t, 1020)
	for _, k := range tamperings {
		t.Run(k.name, func(t *testing.T) { k.run(t, in, 2, 1000) })
	}
}

func TestEveryTamperingIsFoundOnPostgreSQL(t *testing.T) {
	in := newInsider(t, 180, "pgx", testserver.Postgres(t), func(url string) string { return url })
	for _, k := range tamperings {
		t.Run(k.name, func(t *testing.T) { k.run(t, in, 100, 20) })
	}
}
