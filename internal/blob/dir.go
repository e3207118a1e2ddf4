package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"yagura/internal/vms"
)

const (
	dirTemporary = ".tmp"         // unfinished copies; removed at Open when a day old
	dirKnown     = 4096           // folders remembered as durable
	dirAttempts  = 100            // at a folder that another process removes because it is empty
	dirStale     = 24 * time.Hour // an unfinished copy this old has no writer any more
)

// Dir is a Store in a directory. A key is a path in it.
type Dir struct {
	root *os.Root

	mu      sync.RWMutex // pruning folders excludes linking into them
	knownMu sync.Mutex
	known   map[string]struct{} // folders whose entry is synced
}

func openDir(name string) (*Dir, error) {
	if name == "" {
		return nil, errors.New("open object store: dir: without a path")
	}
	if err := os.MkdirAll(name, 0o750); err != nil {
		return nil, fmt.Errorf("open object store: %w", err)
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("open object store: %w", err)
	}
	d := &Dir{root: root, known: map[string]struct{}{}}
	if err := d.clean(); err != nil {
		return nil, fmt.Errorf("open object store: %w", errors.Join(err, root.Close()))
	}
	return d, nil
}

// clean removes copies that a crash left unfinished.
func (d *Dir) clean() error {
	if err := d.root.MkdirAll(dirTemporary, 0o750); err != nil {
		return err
	}
	entries, err := fs.ReadDir(d.root.FS(), dirTemporary)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > dirStale {
			if err := d.root.Remove(path.Join(dirTemporary, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close releases the directory.
func (d *Dir) Close() error { return d.root.Close() }

// Ping reports whether the directory can be read and written.
func (d *Dir) Ping(context.Context) error {
	f, name, err := d.temporary()
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), d.root.Remove(name))
}

// Put implements Store.
func (d *Dir) Put(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := d.put(ctx, key, src, size); err != nil {
		return fmt.Errorf("put %s: %w", key, err)
	}
	return nil
}

func (d *Dir) put(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	if f, ok := src.(*os.File); ok {
		err := d.putLink(key, f, size)
		if err == nil || !errors.Is(err, errNoLink) {
			return err
		}
	}
	return d.putCopy(ctx, key, src, size)
}

var errNoLink = errors.New("no hard link possible")

// putLink gives the file a second name. The data is synced before the name exists.
func (d *Dir) putLink(key string, f *os.File, size int64) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); !ok || !info.Mode().IsRegular() || st.Nlink == 0 {
		return errNoLink
	}
	if info.Size() != size {
		return fmt.Errorf("source has %d bytes instead of %d", info.Size(), size)
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return d.publish(key, f, size)
}

func (d *Dir) putCopy(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	tmp, name, err := d.temporary()
	if err != nil {
		return err
	}
	defer d.root.Remove(name)
	defer tmp.Close()
	n, err := io.Copy(tmp, contextReader{ctx, src})
	if err != nil {
		return err
	}
	if n != size {
		return fmt.Errorf("source has %d bytes instead of %d", n, size)
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	return d.publish(key, tmp, size)
}

// publish links the synced file f to key and makes the name durable.
func (d *Dir) publish(key string, f *os.File, size int64) error {
	dir := path.Dir(key)
	for try := 1; ; try++ {
		err := d.link(dir, path.Base(key), f)
		if errors.Is(err, fs.ErrExist) {
			err = d.compare(key, f, size)
		}
		if !errors.Is(err, fs.ErrNotExist) || try == dirAttempts {
			return err
		}
		d.forget(dir) // someone removed the folder while it was empty
	}
}

func (d *Dir) link(dir, base string, f *os.File) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if err := d.ensure(dir); err != nil {
		return err
	}
	folder, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	err = unix.Linkat(unix.AT_FDCWD, fmt.Sprintf("/proc/self/fd/%d", f.Fd()), int(folder.Fd()), base, unix.AT_SYMLINK_FOLLOW)
	switch {
	case errors.Is(err, fs.ErrExist):
		return errors.Join(folder.Sync(), err) // the one who made it may have died before the sync
	case errors.Is(err, unix.EXDEV), errors.Is(err, unix.EPERM), errors.Is(err, unix.EMLINK), errors.Is(err, unix.EOPNOTSUPP):
		return fmt.Errorf("%w: %w", errNoLink, err)
	case err != nil:
		return &os.LinkError{Op: "link", Old: f.Name(), New: base, Err: err}
	}
	return folder.Sync()
}

// compare returns nil where key holds what f holds. It is synced then: a copy made before a crash
// may not have been.
func (d *Dir) compare(key string, f *os.File, size int64) error {
	have, err := d.root.Open(key)
	if err != nil {
		return err
	}
	defer have.Close()
	a, err := have.Stat()
	if err != nil {
		return err
	}
	b, err := f.Stat()
	if err != nil {
		return err
	}
	if os.SameFile(a, b) {
		return nil
	}
	if !a.Mode().IsRegular() || a.Size() != size {
		return conflict(key)
	}
	same, err := equal(have, io.NewSectionReader(f, 0, size))
	if err != nil {
		return err
	}
	if !same {
		return conflict(key)
	}
	return have.Sync()
}

func equal(a, b io.Reader) (bool, error) {
	x, y := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errA := io.ReadFull(a, x)
		m, errB := io.ReadFull(b, y)
		if n != m || !bytes.Equal(x[:n], y[:m]) {
			return false, nil
		}
		end := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
		switch {
		case end(errA) && end(errB):
			return true, nil
		case errA != nil && !end(errA):
			return false, errA
		case errB != nil && !end(errB):
			return false, errB
		}
	}
}

// Get implements Store.
func (d *Dir) Get(_ context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := errors.Join(checkKey(key), checkOffset(off)); err != nil {
		return nil, err
	}
	f, err := d.root.Open(key)
	if err != nil {
		return nil, fmt.Errorf("get %w", err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", key, errors.Join(err, f.Close()))
	}
	if n < 0 {
		n = max(0, info.Size()-off)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(f, off, n), f}, nil
}

// Same implements Linker.
func (d *Dir) Same(_ context.Context, key string, f *os.File) (bool, error) {
	if err := checkKey(key); err != nil {
		return false, err
	}
	a, err := d.root.Stat(key)
	if err != nil {
		return false, err
	}
	b, err := f.Stat()
	return err == nil && os.SameFile(a, b), err
}

// List implements Lister.
func (d *Dir) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		dir := "."
		if i := strings.LastIndexByte(prefix, '/'); i >= 0 {
			dir = prefix[:i]
		}
		if dir != "." && checkKey(dir) != nil {
			return // nothing can lie there
		}
		d.list(ctx, dir, prefix, yield)
	}
}

// list reports whether to go on.
func (d *Dir) list(ctx context.Context, dir, prefix string, yield func(Info, error) bool) bool {
	entries, err := fs.ReadDir(d.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err = errors.Join(err, ctx.Err()); err != nil {
		yield(Info{}, fmt.Errorf("list %s: %w", prefix, err))
		return false
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(inOrder(a), inOrder(b)) })
	for _, e := range entries {
		key, more := path.Join(dir, e.Name()), true
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case !e.IsDir():
			more = listFile(e, key, prefix, yield)
		case strings.HasPrefix(key+"/", prefix) || strings.HasPrefix(prefix, key+"/"):
			more = d.list(ctx, key, prefix, yield)
		}
		if !more {
			return false
		}
	}
	return true
}

// inOrder is what an entry sorts as: in byte order of keys a folder comes where its slash does.
func inOrder(e fs.DirEntry) string {
	if e.IsDir() {
		return e.Name() + "/"
	}
	return e.Name()
}

func listFile(e fs.DirEntry, key, prefix string, yield func(Info, error) bool) bool {
	if !strings.HasPrefix(key, prefix) || !e.Type().IsRegular() {
		return true
	}
	info, err := e.Info()
	switch {
	case errors.Is(err, fs.ErrNotExist): // gone meanwhile
		return true
	case err != nil:
		yield(Info{}, fmt.Errorf("list %s: %w", prefix, err))
		return false
	}
	return yield(Info{key, info.Size(), vms.InstantOf(info.ModTime())}, nil)
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
