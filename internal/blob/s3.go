package blob

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"

	"yagura/internal/vms"
)

const (
	s3Patience = 30 * time.Second // for one request …
	s3Rate     = 256 << 10        // … and a second more for so many bytes of a PUT
	s3Tries    = 2                // who calls has its own pauses between attempts
)

// S3 is a Store in a bucket. It speaks the plain S3 every server speaks and trusts none: a PUT
// carries the SHA-256 of its content twice, in the signature and as the stored checksum.
type S3 struct {
	core   *minio.Core
	http   *http.Transport
	bucket string
	make   *minio.MakeBucketOptions // nil: a missing bucket is an error
	keep   bool                     // versions, in a bucket made here
	seen   atomic.Bool              // the bucket is there, or was
	lock   time.Duration            // governance retention; 0: none
}

// Close closes idle connections.
func (s *S3) Close() error {
	s.http.CloseIdleConnections()
	return nil
}

// Ping reports whether the bucket exists and may be used.
func (s *S3) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s3Patience)
	defer cancel()
	err := s.ensure(ctx)
	ok := false
	if err == nil {
		ok, err = s.core.BucketExists(ctx, s.bucket)
	}
	if err == nil && !ok {
		err = fs.ErrNotExist
	}
	if err != nil {
		return fmt.Errorf("bucket %s: %w", s.bucket, plain(err))
	}
	return nil
}

// Put implements Store.
func (s *S3) Put(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	if err := checkKey(key); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s3Patience+time.Duration(size)*time.Second/s3Rate)
	defer cancel()
	err := s.ensure(ctx)
	if err == nil {
		err = s.put(ctx, key, src, size)
	}
	if err != nil {
		return fmt.Errorf("put %s: %w", key, plain(err))
	}
	return nil
}

// ensure makes a missing bucket, where it may; it asks until it has seen the bucket once.
func (s *S3) ensure(ctx context.Context) error {
	if s.make == nil || s.seen.Load() {
		return nil
	}
	ok, err := s.core.BucketExists(ctx, s.bucket)
	if err == nil && !ok {
		err = s.create(ctx)
	}
	if err == nil {
		s.seen.Store(true)
	}
	return err
}

// create makes the bucket unless it is there.
func (s *S3) create(ctx context.Context) error {
	err := s.core.MakeBucket(ctx, s.bucket, *s.make)
	if why := code(err); why == minio.BucketAlreadyOwnedByYou || why == minio.BucketAlreadyExists {
		return nil
	}
	if err == nil && s.keep {
		err = s.core.EnableVersioning(ctx, s.bucket)
	}
	if err != nil {
		return fmt.Errorf("create bucket %s: %w", s.bucket, err)
	}
	return nil
}

func (s *S3) put(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	sum, err := digest(src, size)
	if err != nil {
		return err
	}
	// Without DisableContentSha256 every 64 KiB would be signed on plain http; the whole is signed here.
	opts := minio.PutObjectOptions{
		DisableContentSha256: true,
		UserMetadata:         map[string]string{minio.ChecksumSHA256.Key(): base64.StdEncoding.EncodeToString(sum[:])},
	}
	if s.lock > 0 {
		opts.Mode, opts.RetainUntilDate = minio.Governance, time.Now().Add(s.lock)
	}
	first := opts
	first.SetMatchETagExcept("*") // If-None-Match, RFC 9110 13.1.2: only where there is nothing yet
	_, err = s.core.PutObject(ctx, s.bucket, key, src, size, "", hex.EncodeToString(sum[:]), first)
	switch code(err) {
	case minio.PreconditionFailed:
		return s.compare(ctx, key, sum[:], size)
	case minio.NotImplemented:
		return s.putUnconditionally(ctx, key, src, size, sum[:], opts)
	}
	return err
}

// putUnconditionally serves stores that do not know If-None-Match; keys have one writer each, so
// nothing comes in between.
func (s *S3) putUnconditionally(ctx context.Context, key string, src io.ReadSeeker, size int64, sum []byte, opts minio.PutObjectOptions) error {
	if err := s.compare(ctx, key, sum, size); !errors.Is(plain(err), fs.ErrNotExist) {
		return err
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := s.core.PutObject(ctx, s.bucket, key, src, size, "", hex.EncodeToString(sum), opts)
	return err
}

// compare returns nil where key holds what sum is the SHA-256 of, and conflict where it holds something else.
func (s *S3) compare(ctx context.Context, key string, sum []byte, size int64) error {
	info, err := s.core.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{Checksum: true})
	if err != nil {
		return err
	}
	if info.Size != size {
		return conflict(key)
	}
	if info.ChecksumSHA256 != "" {
		if info.ChecksumSHA256 != base64.StdEncoding.EncodeToString(sum) {
			return conflict(key)
		}
		return nil
	}
	r, err := s.Get(ctx, key, 0, -1)
	if err != nil {
		return err
	}
	defer r.Close()
	have, err := digestOf(r)
	if err != nil {
		return err
	}
	if !bytes.Equal(have[:], sum) {
		return conflict(key)
	}
	return nil
}

// Get implements Store.
func (s *S3) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := errors.Join(checkKey(key), checkOffset(off)); err != nil {
		return nil, err
	}
	var opts minio.GetObjectOptions
	var err error
	switch {
	case n > 0:
		err = opts.SetRange(off, off+n-1)
	case n == 0:
		err = opts.SetRange(off, off) // S3 has no empty range; it tells whether the object is there
	case off > 0:
		err = opts.SetRange(off, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", key, err)
	}
	r, _, _, err := s.core.GetObject(ctx, s.bucket, key, opts)
	switch {
	case code(err) == minio.InvalidRange: // at or behind the end
		return io.NopCloser(bytes.NewReader(nil)), nil
	case err != nil:
		return nil, fmt.Errorf("get %s: %w", key, plain(err))
	case n == 0:
		return io.NopCloser(bytes.NewReader(nil)), r.Close()
	}
	return r, nil
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s3Patience)
	defer cancel()
	if err := s.delete(ctx, key); err != nil {
		return fmt.Errorf("delete %s: %w", key, plain(err))
	}
	return nil
}

// delete removes version by version: a plain DELETE on a versioned bucket only hides the object.
func (s *S3) delete(ctx context.Context, key string) error {
	versions := minio.ListObjectsOptions{Prefix: key, Recursive: true, WithVersions: true}
	for v := range s.core.ListObjectsIter(ctx, s.bucket, versions) {
		switch {
		case code(v.Err) == minio.NotImplemented: // a store without versions
			return s.core.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{})
		case v.Err != nil:
			return v.Err
		case v.Key != key:
			return nil // listed in order: the key itself comes before those it is a prefix of
		}
		if err := s.core.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{VersionID: v.VersionID}); err != nil {
			return err
		}
	}
	return nil
}

// List implements Lister.
func (s *S3) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for o := range s.core.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
			if o.Err != nil && s.unmade(o.Err) {
				return
			}
			if o.Err != nil {
				yield(Info{}, fmt.Errorf("list %s: %w", prefix, plain(o.Err)))
				return
			}
			if !yield(Info{o.Key, o.Size, vms.InstantOf(o.LastModified)}, nil) {
				return
			}
		}
	}
}

// unmade reports whether the bucket is missing because nothing was put yet: then it holds nothing. One
// that was there, or that must be there, is missed.
func (s *S3) unmade(err error) bool {
	return s.make != nil && !s.seen.Load() && code(err) == minio.NoSuchBucket
}

// code returns the S3 error code, "" for other errors.
func code(err error) string {
	if err == nil {
		return ""
	}
	return minio.ToErrorResponse(err).Code
}

// plain makes a missing object fs.ErrNotExist, and keeps of an S3 error what names the cause.
func plain(err error) error {
	var e minio.ErrorResponse
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case minio.NoSuchKey, minio.NoSuchVersion, "MethodNotAllowed": // the last: a delete marker
		return fs.ErrNotExist
	}
	return fmt.Errorf("%s: %s (HTTP %d)", e.Code, e.Message, e.StatusCode)
}

func transport(secure bool) (*http.Transport, error) {
	t, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	t.Proxy = nil // the store is the ward's own
	t.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext
	t.ResponseHeaderTimeout = s3Patience
	return t, nil
}
