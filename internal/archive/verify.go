package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"

	"yagura/internal/blob"
	"yagura/internal/segment"
)

// errSpoiled is an object that is not what was put.
var errSpoiled = errors.New("the object differs from what was put")

// verify reads the object back and compares every fragment's hash, and the rest byte for byte: no
// store is trusted.
func (a *Archive) verify(ctx context.Context, key string, f *os.File, sum *segment.Summary) error {
	if l, ok := a.cfg.Store.(blob.Linker); ok {
		if one, err := l.Same(ctx, key, f); one || err != nil {
			return err
		}
	}
	r, err := a.cfg.Store.Get(ctx, key, 0, -1)
	if err != nil {
		return fmt.Errorf("read back: %w", err)
	}
	defer r.Close()
	if err := compare(r, f, sum); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, r); n > 0 || err != nil {
		return errors.Join(fmt.Errorf("%w: %d bytes too long", errSpoiled, n), err)
	}
	return nil
}

// compare reads what is as long as the segment's file.
func compare(r io.Reader, f io.ReaderAt, sum *segment.Summary) error {
	off := int64(0)
	for _, frag := range sum.Fragments {
		if err := same(r, f, off, frag.Off-off); err != nil {
			return err
		}
		h := sha256.New()
		if _, err := io.CopyN(h, r, frag.Len); err != nil {
			return short(err)
		}
		if !bytes.Equal(h.Sum(nil), frag.Hash[:]) {
			return fmt.Errorf("%w: fragment at %d", errSpoiled, frag.Off)
		}
		off = frag.Off + frag.Len
	}
	return same(r, f, off, sum.Size-off)
}

func same(r io.Reader, f io.ReaderAt, off, n int64) error {
	if n < 0 {
		return fmt.Errorf("%w: fragments overlap", errSpoiled)
	}
	got, want := make([]byte, n), make([]byte, n)
	if _, err := io.ReadFull(r, got); err != nil {
		return short(err)
	}
	if _, err := f.ReadAt(want, off); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%w: %d bytes at %d", errSpoiled, n, off)
	}
	return nil
}

// short tells an object that ends too early from a connection that does.
func short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: too short", errSpoiled)
	}
	return err
}
