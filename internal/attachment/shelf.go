package attachment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"yagura/internal/blob"
	"yagura/internal/vms"
)

// Prefix is under which the objects are.
const Prefix = "attachments/"

// Most is how large a file may be, in bytes, where a field does not say less.
const Most = 20 << 20

const stale = 24 * time.Hour // a temporary file this old has no owner any more

// Key is the object that holds a content, for one upload.
func Key(sha256, id string) string { return Prefix + sha256 + "/" + id }

// Shelf is where the content of files is.
type Shelf struct {
	Scanner *Clamd // looks at files before they are taken; nil: nobody does

	store blob.Store
	dir   string // of temporary files
}

// New returns the shelf in a store. dir is made, and cleared of what a crash left there.
func New(store blob.Store, dir string) (*Shelf, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("attachments: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("attachments: %w", err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > stale {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return nil, fmt.Errorf("attachments: %w", err)
			}
		}
	}
	return &Shelf{store: store, dir: dir}, nil
}

// Limit is what of a file is taken.
type Limit struct {
	Bytes int64  // Most where 0
	Types []Type // all where there are none
}

// Staged is a file that was taken in and looked at. It is in the store only after Put.
type Staged struct {
	Type    Type
	Size    int64 // bytes
	SHA256  string
	Scanned bool // a scanner found no virus

	shelf *Shelf
	file  *os.File
}

// Stage takes a file in, as it comes. What is too large, empty, not what its name says, or has a virus is vms.Invalid.
func (s *Shelf) Stage(ctx context.Context, name string, l Limit, body io.Reader) (_ *Staged, err error) {
	t, err := named(name, l.Types)
	if err != nil {
		return nil, err
	}
	most := l.Bytes
	if most == 0 {
		most = Most
	}
	f, err := os.CreateTemp(s.dir, "in-*")
	if err != nil {
		return nil, err
	}
	st := &Staged{Type: t, shelf: s, file: f}
	defer func() {
		if err != nil {
			err = errors.Join(err, st.Close())
		}
	}()
	h, in := sha256.New(), &coming{Reader: body}
	st.Size, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(in, most+1))
	switch {
	case in.err != nil:
		return nil, vms.Errorf(vms.Invalid, "upload-broken", "ファイルが途中で切れました。もう一度添付してください。 The upload broke off.")
	case err != nil:
		return nil, err
	case st.Size > most:
		return nil, TooLarge(most)
	case st.Size == 0:
		return nil, vms.Errorf(vms.Invalid, "file-empty", "「%s」は空です。 The file is empty.", name)
	case !forms[t].is(f, st.Size):
		return nil, errOther(name, t)
	}
	st.SHA256 = hex.EncodeToString(h.Sum(nil))
	if s.Scanner == nil {
		return st, nil
	}
	st.Scanned = true
	return st, s.Scanner.Scan(ctx, io.NewSectionReader(f, 0, st.Size))
}

// TooLarge is said of a file that is larger than so many bytes.
func TooLarge(most int64) error {
	return vms.Errorf(vms.Invalid, "too-long", "ファイルは%sまでです。 A file may have at most %[1]s.", Size(most))
}

// coming is a body that remembers that it broke off.
type coming struct {
	io.Reader
	err error
}

func (c *coming) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// Put puts it into the store, for the upload of this id. It may be repeated.
func (st *Staged) Put(ctx context.Context, id string) error {
	if err := st.file.Chmod(0o640); err != nil { // it may become the object, as a hard link
		return err
	}
	return st.shelf.store.Put(ctx, Key(st.SHA256, id), st.file, st.Size)
}

// Close forgets the temporary file.
func (st *Staged) Close() error { return errors.Join(st.file.Close(), os.Remove(st.file.Name())) }

// errDamaged is said where content is not what was taken in: restoring it from a backup is the administrators' to do.
var errDamaged = vms.Errorf(vms.Conflict, "file-damaged", "ファイルが壊れているか、なくなっています。管理者に連絡してください。 The file is damaged or gone; tell the administrator.")

// Open gives a file out: it was hashed whole before this returns, and errDamaged where it is not what was taken in.
func (s *Shelf) Open(ctx context.Context, id, sum string, size int64) (_ io.ReadCloser, err error) {
	f, err := os.CreateTemp(s.dir, "out-*")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if err := os.Remove(f.Name()); err != nil { // it lives as long as it is open
		return nil, err
	}
	if err := s.copy(ctx, f, id, sum, size); err != nil {
		return nil, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, err
}

// Verify reads a file and reports, as errDamaged does, whether it is what was taken in.
func (s *Shelf) Verify(ctx context.Context, id, sum string, size int64) error {
	return s.copy(ctx, io.Discard, id, sum, size)
}

func (s *Shelf) copy(ctx context.Context, to io.Writer, id, sum string, size int64) error {
	body, err := s.store.Get(ctx, Key(sum, id), 0, -1)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w (missing: %s)", errDamaged, Key(sum, id))
	}
	if err != nil {
		return err
	}
	defer body.Close()
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, h), io.LimitReader(body, size+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", Key(sum, id), err)
	}
	if n != size || hex.EncodeToString(h.Sum(nil)) != sum {
		return fmt.Errorf("%w (altered: %s)", errDamaged, Key(sum, id))
	}
	return nil
}

// Remove removes the content of one upload.
func (s *Shelf) Remove(ctx context.Context, id, sum string) error {
	return s.store.Delete(ctx, Key(sum, id))
}

// List yields every object there is.
func (s *Shelf) List(ctx context.Context) iter.Seq2[blob.Info, error] {
	l, ok := s.store.(blob.Lister)
	if !ok {
		return func(yield func(blob.Info, error) bool) {
			yield(blob.Info{}, errors.New("this store cannot list its objects"))
		}
	}
	return l.List(ctx, Prefix)
}
