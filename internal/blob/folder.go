package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// temporary makes a file for an unfinished copy, on the file system of the objects.
func (d *Dir) temporary() (*os.File, string, error) {
	name := path.Join(dirTemporary, rand.Text())
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
	return f, name, err
}

// ensure makes the folder dir durable: it and every folder above it exist and their entries are synced.
func (d *Dir) ensure(dir string) error {
	if dir == "." || d.isKnown(dir) {
		return nil
	}
	parent := path.Dir(dir)
	if err := d.ensure(parent); err != nil {
		return err
	}
	if err := d.root.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := d.syncFolder(parent); err != nil {
		return err
	}
	d.knownMu.Lock()
	defer d.knownMu.Unlock()
	if len(d.known) >= dirKnown {
		clear(d.known)
	}
	d.known[dir] = struct{}{}
	return nil
}

func (d *Dir) isKnown(dir string) bool {
	d.knownMu.Lock()
	defer d.knownMu.Unlock()
	_, ok := d.known[dir]
	return ok
}

// forget drops dir and the folders above it.
func (d *Dir) forget(dir string) {
	d.knownMu.Lock()
	defer d.knownMu.Unlock()
	for ; dir != "."; dir = path.Dir(dir) {
		delete(d.known, dir)
	}
}

func (d *Dir) syncFolder(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Delete implements Store. Folders that become empty go too.
func (d *Dir) Delete(_ context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := d.delete(key); err != nil {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	return nil
}

func (d *Dir) delete(key string) error {
	info, err := d.root.Lstat(key)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
		return nil
	}
	if err != nil {
		return err
	}
	if err := d.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := d.prune(path.Dir(key)); ; dir = path.Dir(dir) {
		// A folder that somebody else has removed meanwhile is no longer there to sync; the one above is.
		if err := d.syncFolder(dir); !errors.Is(err, fs.ErrNotExist) || dir == "." {
			return err
		}
	}
}

// prune removes dir and the folders above it as long as they are empty, and returns the first that stays.
func (d *Dir) prune(dir string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	for dir != "." {
		if d.root.Remove(dir) != nil {
			return dir // not empty, as a rule
		}
		d.forget(dir)
		dir = path.Dir(dir)
	}
	return dir
}
