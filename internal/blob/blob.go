// Package blob keeps objects: immutable byte strings under a key, in a directory or in an S3
// bucket. The two are proved alike by one conformance suite.
//
// Invariants:
//   - An object is complete and durable when Put returns nil, and invisible before.
//   - Put never overwrites. Repeating it with the same content is no error; that is what makes a
//     crash between an object and its index row harmless.
//   - Delete leaves nothing behind, no older version and no delete marker; repeating it is no error.
//   - No error text contains a credential.
//
// It does not know what the objects mean, and it never deletes on its own.
package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"yagura/internal/vms"
)

// Store keeps objects.
type Store interface {
	// Put stores the size bytes of src, read from its beginning, under key. Where key exists with
	// the same content it returns nil, with other content vms.Conflict, code "object-exists".
	// It may read src twice, and must be the only one to move its offset.
	// A directory on the file system of an *os.File takes a hard link instead of a copy: the
	// file must not be written to afterwards.
	Put(ctx context.Context, key string, src io.ReadSeeker, size int64) error

	// Get reads n bytes from offset off, fewer where the object ends before, all to its end where
	// n is negative. A missing object is fs.ErrNotExist.
	Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error)

	// Delete removes the object with all its versions. A missing object is no error.
	Delete(ctx context.Context, key string) error
}

// Lister lists objects.
type Lister interface {
	// List yields the objects whose keys begin with prefix, in byte order of the keys. An error
	// is yielded last. What it does not yield may exist nevertheless: never delete by absence.
	List(ctx context.Context, prefix string) iter.Seq2[Info, error]
}

// Pinger tells whether the store can be used at all.
type Pinger interface {
	Ping(ctx context.Context) error
}

// Linker tells whether an object and a file are one on disk, so that comparing their content is idle.
type Linker interface {
	Same(ctx context.Context, key string, f *os.File) (bool, error)
}

// Info describes an object.
type Info struct {
	Key      string
	Size     int64       // bytes
	Modified vms.Instant // on the store's clock
}

var (
	_ Store  = (*Dir)(nil)
	_ Lister = (*Dir)(nil)
	_ Pinger = (*Dir)(nil)
	_ Linker = (*Dir)(nil)
	_ Store  = (*S3)(nil)
	_ Lister = (*S3)(nil)
	_ Pinger = (*S3)(nil)
)

// Open opens "dir:PATH" (made where it is missing) or
// "s3://HOST:PORT/BUCKET?tls=true&region=us-east-1&key=…&secret=…". Of an S3 store it asks nothing
// yet, so that a node can start while the store is away; see Pinger. A missing bucket is made when it
// is first needed, unless create=false; with versions=true it is made to keep versions. lock=DAYS puts every object
// under governance retention for so many days, in which Delete fails.
func Open(url string) (Store, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "dir":
		return openDir(rest)
	case "s3":
		return openS3(url)
	}
	return nil, errors.New("open object store: the url must be dir:PATH or s3://HOST:PORT/BUCKET?…")
}

const maxKey = 512 // bytes; S3 allows 1024, and a path has to fit on disk

// checkKey refuses keys that are not relative slash paths, and parts that begin with a dot, which
// stand for the store's own files.
func checkKey(key string) error {
	bad := len(key) > maxKey || key == "." || !fs.ValidPath(key) || strings.ContainsAny(key, "\\\x00")
	for part := range strings.SplitSeq(key, "/") {
		bad = bad || strings.HasPrefix(part, ".") || len(part) > 255
	}
	if bad {
		return vms.Errorf(vms.Invalid, "bad-key", "%q is not an object key", key)
	}
	return nil
}

func checkOffset(off int64) error {
	if off < 0 {
		return vms.Errorf(vms.Invalid, "bad-offset", "offset %d lies before the object", off)
	}
	return nil
}

func conflict(key string) error {
	return vms.Errorf(vms.Conflict, "object-exists", "object %s exists with other content", key)
}

// digest returns the SHA-256 of src, which must hold exactly size bytes, and rewinds it.
func digest(src io.ReadSeeker, size int64) (sum [sha256.Size]byte, err error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return sum, err
	}
	h := sha256.New()
	n, err := io.Copy(h, src)
	if err != nil {
		return sum, err
	}
	if n != size {
		return sum, fmt.Errorf("source has %d bytes instead of %d", n, size)
	}
	_, err = src.Seek(0, io.SeekStart)
	return [sha256.Size]byte(h.Sum(nil)), err
}

func digestOf(r io.Reader) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	_, err = io.Copy(h, r)
	return [sha256.Size]byte(h.Sum(nil)), err
}
