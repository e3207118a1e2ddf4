package anchor

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a log with a keeper.
type rig struct {
	*Keeper
	t    *testing.T
	file string // of the database
	now  vms.Instant
	keys []ed25519.PublicKey
}

func newRig(t *testing.T, store string) *rig {
	t.Helper()
	r := &rig{t: t, file: filepath.Join(t.TempDir(), "y.db"), now: 1_500_000_000_000_000}
	key, err := Key(filepath.Join(t.TempDir(), "made", "audit.key"))
	require.NoError(t, err)
	r.keys = []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}
	s, err := blob.Open(store)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.(io.Closer).Close()) })
	d, err := db.Open(t.Context(), "sqlite:"+r.file)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	r.Keeper = New(Config{Log: audit.New(d, vms.NewClock(), "n1"), DB: d, Store: s.(Store), Key: key, Node: `n"1]`, Now: func() vms.Instant { return r.now },
		Report: slog.New(slog.DiscardHandler)})
	return r
}

func dirRig(t *testing.T) *rig { return newRig(t, "dir:"+filepath.Join(t.TempDir(), "objects")) }

// again is the keeper after a restart, or on another node.
func (r *rig) again() { r.Keeper = New(r.Config) }

func (r *rig) append(n int) {
	r.t.Helper()
	for range n {
		_, err := r.Log.Append(r.t.Context(), audit.Entry{Action: audit.SignIn, Actor: "kiki"})
		require.NoError(r.t, err)
	}
}

func (r *rig) once() {
	r.t.Helper()
	r.now = r.now.Add(every)
	require.NoError(r.t, r.Once(r.t.Context()))
}

// behind runs SQL behind the program's back.
func (r *rig) behind(query string, args ...any) {
	r.t.Helper()
	raw, err := sql.Open("sqlite", "file:"+r.file+"?_busy_timeout=5000")
	require.NoError(r.t, err)
	_, err = raw.ExecContext(r.t.Context(), query, args...)
	require.NoError(r.t, errors.Join(err, raw.Close()))
}

func (r *rig) verify(from int64) Report {
	r.t.Helper()
	got, err := Verify(r.t.Context(), r.Log, r.Store, r.keys, from)
	require.NoError(r.t, err)
	return got
}

func (r *rig) anchors() (seqs []int64) {
	r.t.Helper()
	for info, err := range r.Store.List(r.t.Context(), prefix) {
		require.NoError(r.t, err)
		seq, ok := seqOf(info.Key)
		require.True(r.t, ok, info.Key)
		seqs = append(seqs, seq)
	}
	return seqs
}

var stores = map[string]func(*testing.T) string{
	"dir": func(t *testing.T) string { return "dir:" + filepath.Join(t.TempDir(), "objects") },
	"s3":  func(t *testing.T) string { return testserver.MinIO(t) },
}

func TestTheHeadIsAnchored(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, store(t))
			r.once() // the first row is the key's
			r.once()
			r.append(11)
			r.once()
			r.append(1)
			r.again()
			r.once()
			require.Equal(t, []int64{1, 12, 13}, r.anchors(), "without a new row there is no new anchor, with the same key no new row")
			got := r.verify(1)
			require.Nil(t, got.Bad)
			require.Equal(t, []int64{3, 13}, []int64{int64(got.Anchors), got.Last.Seq})
			require.Equal(t, 2, r.verify(13).Anchors, "that of the row before, whose hash is trusted, too")
			s, err := StatusOf(t.Context(), r.DB)
			require.NoError(t, err)
			require.Equal(t, Status{Seq: 13, Time: r.now, Stored: r.now}, s)
			r.now = r.now.Add(time.Hour)
			require.NoError(t, r.Once(t.Context()))
			s, err = StatusOf(t.Context(), r.DB)
			require.NoError(t, err)
			require.Equal(t, r.now, s.Stored, "the newest row is still anchored")
			require.Less(t, s.Time, s.Stored)
		})
	}
}

func TestTheNewestAnchorIsFound(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, store(t))
			a, err := newest(t.Context(), r.Store)
			require.NoError(t, err)
			require.Nil(t, a)
			for _, seq := range []int64{9, 10, 999, 1000, 1_002_003, 999_999_999_999} {
				_, err := r.put(t.Context(), Anchor{Seq: seq})
				require.NoError(t, err)
				a, err := newest(t.Context(), r.Store)
				require.NoError(t, err)
				require.Equal(t, seq, a.Seq)
			}
			require.Equal(t, "anchors/000/001/002/003.json", keyOf(1_002_003))
			require.Equal(t, []int64{9, 10, 999, 1000, 1_002_003, 999_999_999_999}, r.anchors(), "in order")
		})
	}
}

// TestAnOldDatabaseIsToldWithinAMinute: one that was restored from a copy, or cut off.
func TestAnOldDatabaseIsToldWithinAMinute(t *testing.T) {
	r := dirRig(t)
	r.append(20)
	r.once()
	r.append(20)
	r.once()
	r.behind(`DELETE FROM audit WHERE seq > 30`)
	for range 2 {
		require.ErrorContains(t, r.Once(t.Context()), "cut")
	}
	r.again()
	require.ErrorContains(t, r.Once(t.Context()), "row 32: cut")
	s, err := StatusOf(t.Context(), r.DB)
	require.NoError(t, err)
	require.Contains(t, s.Against, "cut")
	rows, err := r.Log.Query(t.Context(), audit.Filter{Action: Contradicted})
	require.NoError(t, err)
	require.Len(t, rows, 1, "the log says so, once")
	require.Equal(t, audit.Cut, r.verify(1).Bad.Kind)

	r.append(30) // it grows past the lost rows, and is anchored meanwhile
	require.ErrorContains(t, r.Once(t.Context()), "rebuilt")
	f := r.verify(1).Bad
	require.Equal(t, []any{audit.Rebuilt, int64(41)}, []any{f.Kind, f.Seq})
	require.Nil(t, r.verify(43).Bad, "what came after is in order")
	r.again()
	r.once()
}

func TestRebuildingIsFound(t *testing.T) {
	r := dirRig(t)
	for range 5 {
		r.append(10)
		r.once()
	}
	other := dirRig(t) // the same place, another story
	other.append(60)
	raw, err := sql.Open("sqlite", "file:"+r.file+"?_busy_timeout=5000")
	require.NoError(t, err)
	raw.SetMaxOpenConns(1)
	for _, q := range []string{`ATTACH DATABASE '` + other.file + `' AS other`, `DELETE FROM audit`, `INSERT INTO audit SELECT * FROM other.audit`} {
		_, err = raw.ExecContext(t.Context(), q)
		require.NoError(t, err)
	}
	require.NoError(t, raw.Close())
	chain, err := r.Log.Verify(t.Context(), 1)
	require.NoError(t, err)
	require.Nil(t, chain.Bad, "the chain is whole")
	f := r.verify(1).Bad
	require.Equal(t, []any{audit.Rebuilt, int64(11)}, []any{f.Kind, f.Seq})
	require.Error(t, r.Once(t.Context()))
}

func TestAnchorsAreVerified(t *testing.T) {
	ctx := t.Context()
	r := dirRig(t)
	for range 4 {
		r.append(1)
		r.once()
	}
	require.Equal(t, []int64{2, 3, 4, 5}, r.anchors())
	third, err := read(ctx, r.Store, keyOf(4))
	require.NoError(t, err)
	replace := func(a Anchor) {
		require.NoError(t, r.Store.Delete(ctx, keyOf(4)))
		_, err := r.put(ctx, a)
		require.NoError(t, err)
	}
	for name, edit := range map[string]func(*Anchor){
		"hash": func(a *Anchor) { a.Hash = strings.Repeat("0", 64) }, "seq": func(a *Anchor) { a.Seq = 3 }, "time": func(a *Anchor) { a.Time++ },
		"before": func(a *Anchor) { a.Before = "" }, "signature": func(a *Anchor) { a.Signature = "!" },
		"key of another": func(a *Anchor) {
			_, key, err := ed25519.GenerateKey(nil)
			require.NoError(t, err)
			a.sign(key)
		},
	} {
		a := third
		edit(&a)
		require.NoError(t, r.Store.Delete(ctx, keyOf(4)))
		b := fmt.Sprintf(`{"seq":%d,"hash":%q,"time":%q,"node":"n\"1]","before":%q,"key":%q,"signature":%q}`, a.Seq, a.Hash, a.Time, a.Before, a.Key, a.Signature)
		require.NoError(t, r.Store.Put(ctx, keyOf(4), strings.NewReader(b), int64(len(b))))
		f := r.verify(1).Bad
		require.NotNil(t, f, name)
		require.Equal(t, []any{audit.Unsigned, int64(4)}, []any{f.Kind, f.Seq}, name)
	}
	require.NoError(t, r.Store.Delete(ctx, keyOf(4)))
	f := r.verify(1).Bad
	require.Equal(t, []any{audit.Unmoored, int64(3)}, []any{f.Kind, f.Seq}, "one was taken away")
	replace(third)
	require.Nil(t, r.verify(1).Bad)
	require.NoError(t, r.Store.Put(ctx, prefix+"x.json", strings.NewReader("{}"), 2))
	require.Equal(t, audit.Unsigned, r.verify(1).Bad.Kind)
}

// TestAnAttemptThatSeemedToFail is taken as what it was.
func TestAnAttemptThatSeemedToFail(t *testing.T) {
	r := dirRig(t)
	r.append(3)
	r.once()
	r.last, r.now = nil, r.now.Add(time.Second)
	r.once()
	require.Equal(t, []int64{4}, r.anchors())
	require.Equal(t, int64(4), r.last.Seq)
	foreign := Anchor{Seq: 5, Hash: strings.Repeat("1", 64)}
	foreign.sign(r.Key)
	_, err := r.put(t.Context(), foreign)
	require.NoError(t, err)
	r.append(1)
	require.ErrorIs(t, r.Once(t.Context()), vms.Conflict)
}

func TestWhatComesBefore(t *testing.T) {
	r := dirRig(t)
	r.Before = func(ctx context.Context) error {
		r.append(1)
		return errors.New("not all of it")
	}
	require.ErrorContains(t, r.Once(t.Context()), "not all of it")
	require.Equal(t, []int64{2}, r.anchors(), "it is anchored all the same")
}

func TestOneNodeAtATime(t *testing.T) {
	r := dirRig(t)
	leases := db.NewLeases(r.DB, db.Node{Name: "n1", Role: "ingest"}, slog.New(slog.DiscardHandler))
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var wg sync.WaitGroup
	wg.Go(func() { _ = leases.Run(ctx) })
	wg.Go(func() { _ = r.Run(ctx, leases) })
	require.Eventually(t, func() bool { s, err := StatusOf(t.Context(), r.DB); return err == nil && s.Seq == 1 }, 20*time.Second, 10*time.Millisecond)
	end()
	wg.Wait()
}

func TestTheKeyIsMadeOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data", "audit.key")
	keys := make([]ed25519.PrivateKey, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = Key(file); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		require.True(t, keys[0].Equal(k))
	}
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
	text, err := Public(keys[0].Public().(ed25519.PublicKey))
	require.NoError(t, err)
	public := filepath.Join(t.TempDir(), "audit.pem")
	require.NoError(t, os.WriteFile(public, text, 0o600))
	got, err := ReadPublic(public)
	require.NoError(t, err)
	require.True(t, keys[0].Public().(ed25519.PublicKey).Equal(got))
	_, err = ReadPublic(file)
	require.Error(t, err)
	_, err = Key(public)
	require.Error(t, err)
}
