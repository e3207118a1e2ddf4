package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"yagura/internal/blob"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, url string) blob.Store {
	t.Helper()
	s, err := blob.Open(url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.(io.Closer).Close()) })
	return s
}

// ready is a store whose bucket is there.
func ready(t *testing.T, url string) blob.Store {
	t.Helper()
	s := open(t, url)
	require.NoError(t, s.(blob.Pinger).Ping(t.Context()))
	return s
}

func TestDirConforms(t *testing.T) {
	conforms(t, func(t *testing.T) blob.Store { return open(t, "dir:"+filepath.Join(t.TempDir(), "made", "here")) })
}

func TestS3Conforms(t *testing.T) {
	conforms(t, func(t *testing.T) blob.Store { return ready(t, testserver.MinIO(t)) })
}

func TestVersionedS3Conforms(t *testing.T) {
	conforms(t, func(t *testing.T) blob.Store { return ready(t, testserver.MinIO(t)+"&versions=true") })
}

// conforms is what every Store promises.
func conforms(t *testing.T, fresh func(*testing.T) blob.Store) {
	for name, test := range map[string]func(*testing.T, blob.Store){
		"PutAndGet": putAndGet, "Ranges": ranges, "NeverOverwrites": neverOverwrites, "Missing": missing,
		"DeleteIsFinal": deleteIsFinal, "ListsInOrder": listsInOrder, "RefusesKeys": refusesKeys,
		"WrongSize": wrongSize, "ManyAtOnce": manyAtOnce, "Cancelled": cancelled, "Ping": ping,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

func put(t *testing.T, s blob.Store, key string, body []byte) {
	t.Helper()
	require.NoError(t, s.Put(t.Context(), key, bytes.NewReader(body), int64(len(body))))
}

func get(t *testing.T, s blob.Store, key string, off, n int64) []byte {
	t.Helper()
	r, err := s.Get(t.Context(), key, off, n)
	require.NoError(t, err)
	body, err := io.ReadAll(r)
	require.NoError(t, errors.Join(err, r.Close()))
	return body
}

func keys(t *testing.T, s blob.Store, prefix string) []string {
	t.Helper()
	var got []string
	for info, err := range s.(blob.Lister).List(t.Context(), prefix) {
		require.NoError(t, err)
		got = append(got, info.Key)
	}
	return got
}

func random(n int) []byte {
	body := make([]byte, n)
	src := rand.NewChaCha8([32]byte{byte(n)})
	src.Read(body)
	return body
}

const footage = "footage/a1-07/main/2017/06/01/09/1496300400123456-7.mp4"

func putAndGet(t *testing.T, s blob.Store) {
	for _, size := range []int{0, 1, 4096, 3 << 20} {
		key := fmt.Sprintf("x/%d.bin", size)
		put(t, s, key, random(size))
		require.True(t, bytes.Equal(random(size), get(t, s, key, 0, -1)))
	}
	path := filepath.Join(t.TempDir(), "segment.mp4")
	require.NoError(t, os.WriteFile(path, random(100_000), 0o600))
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	_, err = f.Seek(50_000, io.SeekStart)
	require.NoError(t, err)
	for range 3 { // as after crashes between object and row
		require.NoError(t, s.Put(t.Context(), footage, f, 100_000), "from the beginning wherever the file stands")
	}
	require.True(t, bytes.Equal(random(100_000), get(t, s, footage, 0, -1)))
}

func ranges(t *testing.T, s blob.Store) {
	body := random(1000)
	put(t, s, "r", body)
	for _, c := range []struct {
		off, n int64
		want   []byte
	}{
		{0, -1, body}, {0, 1000, body}, {0, 1, body[:1]}, {999, 1, body[999:]}, {10, 20, body[10:30]},
		{990, 100, body[990:]}, {500, -1, body[500:]}, {1000, -1, nil}, {1000, 5, nil}, {2000, -1, nil}, {5, 0, nil},
	} {
		require.True(t, bytes.Equal(c.want, get(t, s, "r", c.off, c.n)), "%d+%d", c.off, c.n)
	}
	_, err := s.Get(t.Context(), "r", -1, 5)
	require.ErrorIs(t, err, vms.Invalid)
}

func neverOverwrites(t *testing.T, s blob.Store) {
	body := random(5000)
	put(t, s, footage, body)
	put(t, s, footage, body)
	other := slices.Clone(body)
	other[4999] ^= 1
	for _, b := range [][]byte{other, body[:4000], nil} {
		err := s.Put(t.Context(), footage, bytes.NewReader(b), int64(len(b)))
		require.ErrorIs(t, err, vms.Conflict)
		require.Equal(t, "object-exists", vms.Code(err))
	}
	require.True(t, bytes.Equal(body, get(t, s, footage, 0, -1)))
}

func missing(t *testing.T, s blob.Store) {
	put(t, s, "a/b", []byte("x"))
	for _, key := range []string{"a", "a/c", "none/at/all"} {
		for _, n := range []int64{-1, 0, 5} {
			_, err := s.Get(t.Context(), key, 0, n)
			require.ErrorIs(t, err, fs.ErrNotExist, key)
		}
		require.NoError(t, s.Delete(t.Context(), key))
	}
	require.Equal(t, []string{"a/b"}, keys(t, s, ""))
}

func deleteIsFinal(t *testing.T, s blob.Store) {
	put(t, s, "a/b/c1", []byte("one"))
	put(t, s, "a/b/c10", []byte("two"))
	put(t, s, "a/b/c1.x", []byte("three"))
	for range 3 { // deleted and put again and again
		require.NoError(t, s.Delete(t.Context(), "a/b/c1"))
		require.NoError(t, s.Delete(t.Context(), "a/b/c1"))
		_, err := s.Get(t.Context(), "a/b/c1", 0, -1)
		require.ErrorIs(t, err, fs.ErrNotExist)
		put(t, s, "a/b/c1", []byte("other than before"))
	}
	require.NoError(t, s.Delete(t.Context(), "a/b/c1"))
	require.Equal(t, []string{"a/b/c1.x", "a/b/c10"}, keys(t, s, "a/"))
	require.NoError(t, s.Delete(t.Context(), "a/b/c10"))
	require.NoError(t, s.Delete(t.Context(), "a/b/c1.x"))
	require.Empty(t, keys(t, s, ""))
}

func listsInOrder(t *testing.T, s blob.Store) {
	want := []string{"a-b/x", "a.mp4", "a/b/c", "a/bc", "a/d", "ab", "b/1/2/3"}
	for _, i := range rand.Perm(len(want)) {
		put(t, s, want[i], []byte(want[i]))
	}
	require.Equal(t, want, keys(t, s, ""))
	require.Equal(t, []string{"a/b/c", "a/bc", "a/d"}, keys(t, s, "a/"))
	require.Equal(t, []string{"a/b/c", "a/bc"}, keys(t, s, "a/b"))
	require.Equal(t, want[:6], keys(t, s, "a"))
	require.Empty(t, keys(t, s, "zzz/"))
	for info, err := range s.(blob.Lister).List(t.Context(), "b/1/") {
		require.NoError(t, err)
		require.Equal(t, int64(len("b/1/2/3")), info.Size)
		require.WithinDuration(t, time.Now(), info.Modified.Time(), time.Hour)
		break // early: nothing is left running
	}
}

func refusesKeys(t *testing.T, s blob.Store) {
	for _, key := range []string{"", ".", "..", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".tmp/x", "a/.b", "a\\b", "a\x00b", strings.Repeat("x/", 300) + "x"} {
		require.ErrorIs(t, s.Put(t.Context(), key, strings.NewReader("x"), 1), vms.Invalid, "%q", key)
		require.ErrorIs(t, s.Delete(t.Context(), key), vms.Invalid, "%q", key)
		_, err := s.Get(t.Context(), key, 0, -1)
		require.ErrorIs(t, err, vms.Invalid, "%q", key)
	}
}

func wrongSize(t *testing.T, s blob.Store) {
	for _, size := range []int64{4, 6} {
		require.Error(t, s.Put(t.Context(), "x", strings.NewReader("fünf"), size))
	}
	require.Empty(t, keys(t, s, ""))
}

// Writers and deleters do not disturb each other; of writers of one key one content wins.
// Each has a folder of its own: MinIO refuses a PUT ("AccessDenied") at the moment at which a
// DELETE empties the folder. The uploader's next attempt succeeds.
func manyAtOnce(t *testing.T, s blob.Store) {
	var g errgroup.Group
	var won atomic.Int64
	for i := range 8 {
		g.Go(func() error {
			key := fmt.Sprintf("d/%d/e", i)
			for range 5 {
				if err := errors.Join(s.Put(t.Context(), key, strings.NewReader("x"), 1), s.Delete(t.Context(), key)); err != nil {
					return err
				}
			}
			err := s.Put(t.Context(), "one", strings.NewReader(fmt.Sprint(i)), 1)
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, vms.Conflict) {
				return err
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.EqualValues(t, 1, won.Load())
	require.Equal(t, []string{"one"}, keys(t, s, ""))
}

func cancelled(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Put(ctx, "x", bytes.NewReader(random(1000)), 1000), context.Canceled)
	require.Empty(t, keys(t, s, ""))
}

func ping(t *testing.T, s blob.Store) { require.NoError(t, s.(blob.Pinger).Ping(t.Context())) }
