package blob_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/testserver"
)

// BenchmarkPut stores 1 MiB from a file: linked, copied, and sent.
func BenchmarkPut(b *testing.B) {
	base := b.TempDir()
	path := filepath.Join(base, "segment")
	require.NoError(b, os.WriteFile(path, random(1<<20), 0o600))
	for name, c := range map[string]struct {
		url  string
		link bool
	}{
		"dir-link": {"dir:" + filepath.Join(base, "objects"), true},
		"dir-copy": {"dir:" + filepath.Join(base, "objects"), false},
		"s3":       {testserver.MinIO(b), false},
	} {
		b.Run(name, func(b *testing.B) { benchmarkPut(b, c.url, path, c.link) })
	}
}

func benchmarkPut(b *testing.B, url, path string, link bool) {
	s, err := blob.Open(url)
	require.NoError(b, err)
	defer s.(io.Closer).Close()
	var n atomic.Int64
	b.SetBytes(1 << 20)
	b.RunParallel(func(pb *testing.PB) {
		f, err := os.Open(path)
		if err != nil {
			b.Error(err)
			return
		}
		defer f.Close()
		var src io.ReadSeeker = f
		if !link {
			src = bytes.NewReader(random(1 << 20))
		}
		for pb.Next() {
			key := fmt.Sprintf("%s/%p/%d", b.Name(), f, n.Add(1))
			if err := s.Put(b.Context(), key, src, 1<<20); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
