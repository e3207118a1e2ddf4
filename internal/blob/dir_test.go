package blob_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/blob"
)

func TestDirLinksInsteadOfCopying(t *testing.T) {
	base := t.TempDir()
	s := open(t, "dir:"+filepath.Join(base, "objects"))
	path := filepath.Join(base, "segment.mp4")
	require.NoError(t, os.WriteFile(path, random(5000), 0o600))
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, os.Rename(path, path+".published")) // a file is what it is, whatever its name
	for range 2 {
		require.NoError(t, s.Put(t.Context(), footage, f, 5000))
	}
	same, err := s.(blob.Linker).Same(t.Context(), footage, f)
	require.NoError(t, err)
	require.True(t, same)

	put(t, s, "copy", random(5000))
	require.NoError(t, s.Put(t.Context(), "copy", f, 5000), "same content")
	same, err = s.(blob.Linker).Same(t.Context(), "copy", f)
	require.NoError(t, err)
	require.False(t, same)
	_, err = s.(blob.Linker).Same(t.Context(), "none", f)
	require.ErrorIs(t, err, fs.ErrNotExist)

	require.NoError(t, os.Remove(path+".published"))
	require.NoError(t, s.Delete(t.Context(), footage))
	require.NoError(t, s.Put(t.Context(), footage, f, 5000), "an unlinked file is copied")
	require.True(t, bytes.Equal(random(5000), get(t, s, footage, 0, -1)))
}

func TestDirPrunesOnlyEmptyFolders(t *testing.T) {
	root := filepath.Join(t.TempDir(), "objects")
	s := open(t, "dir:"+root)
	put(t, s, "a/b/c/1", nil)
	put(t, s, "a/2", nil)
	require.NoError(t, s.Delete(t.Context(), "a/b/c/1"))
	require.NoDirExists(t, filepath.Join(root, "a", "b"))
	require.NoError(t, s.Delete(t.Context(), "a"), "a folder is no object")
	require.FileExists(t, filepath.Join(root, "a", "2"))
	require.NoError(t, s.Delete(t.Context(), "a/2"))
	require.DirExists(t, root)
	put(t, s, "a/b/c/1", nil)
}

func TestDirFoldersComeAndGo(t *testing.T) {
	url := "dir:" + filepath.Join(t.TempDir(), "objects")
	stores := []blob.Store{open(t, url), open(t, url)} // as two processes
	var g errgroup.Group
	for i := range 8 {
		g.Go(func() error {
			s, key := stores[i%2], fmt.Sprintf("d/e/%d", i)
			for range 50 {
				if err := errors.Join(s.Put(t.Context(), key, strings.NewReader("x"), 1), s.Delete(t.Context(), key)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.Empty(t, keys(t, stores[0], ""))
}

func TestDirStaysInside(t *testing.T) {
	base := t.TempDir()
	root := filepath.Join(base, "objects")
	s := open(t, "dir:"+root)
	require.NoError(t, os.WriteFile(filepath.Join(base, "secret"), []byte("x"), 0o600))
	require.NoError(t, os.Symlink(base, filepath.Join(root, "out")))
	_, err := s.Get(t.Context(), "out/secret", 0, -1)
	require.Error(t, err)
	require.Error(t, s.Put(t.Context(), "out/new", strings.NewReader("x"), 1))
	require.Error(t, s.Delete(t.Context(), "out/secret"))
	require.FileExists(t, filepath.Join(base, "secret"))
}

func TestDirForgetsOldUnfinishedCopies(t *testing.T) {
	root := filepath.Join(t.TempDir(), "objects")
	open(t, "dir:"+root)
	old, young := filepath.Join(root, ".tmp", "old"), filepath.Join(root, ".tmp", "young")
	for _, p := range []string{old, young} {
		require.NoError(t, os.WriteFile(p, nil, 0o600))
	}
	require.NoError(t, os.Chtimes(old, time.Time{}, time.Now().Add(-48*time.Hour)))
	open(t, "dir:"+root)
	require.NoFileExists(t, old)
	require.FileExists(t, young, "perhaps another process is writing it")
}
