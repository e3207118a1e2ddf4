package conf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	settle  = 300 * time.Millisecond // an editor's several writes are one change
	recheck = 10 * time.Second       // for file systems that tell nothing (NFS)
	maxFile = 4 << 20                // bytes; configuration is written by people
)

// ReadDir reads the directory's files whose names match a pattern of path.Match, sorted by name. A
// pattern such as plans/*.yaml enters a folder, which may be missing; no other is entered.
func ReadDir(dir string, patterns ...string) ([]File, error) {
	var files []File
	for _, folder := range folders(patterns) {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		switch {
		case folder != "." && errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", dir, err)
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			if e.IsDir() || !matches(name, patterns) {
				continue
			}
			b, err := readFile(filepath.Join(dir, name))
			if err != nil {
				return nil, err
			}
			files = append(files, File{Name: name, Data: string(b)})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// folders are where files of the patterns lie.
func folders(patterns []string) (all []string) {
	for _, p := range patterns {
		if folder := path.Dir(p); !slices.Contains(all, folder) {
			all = append(all, folder)
		}
	}
	return all
}

func matches(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { ok, _ := path.Match(p, name); return ok })
}

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read %s: not an ordinary file of at most 4 MiB", name)
	}
	return os.ReadFile(name)
}

// Watch calls changed once at the start and then after each change of the directory's matching
// files, when they have been quiet for a moment; poke (SIGHUP) asks for a call at once. It blocks
// until ctx ends and then returns nil. A directory that cannot be read is passed on as err.
func Watch(ctx context.Context, dir string, poke <-chan struct{}, patterns []string, changed func([]File, error)) error {
	w, err := fsnotify.NewWatcher()
	look := func() {
		for _, folder := range folders(patterns) {
			_ = w.Add(filepath.Join(dir, folder)) // where this fails, rechecking finds the changes
		}
	}
	if err == nil {
		defer w.Close()
		look()
	} else {
		w, look = &fsnotify.Watcher{}, func() {} // out of inotify instances: its channels are silent
	}
	files, err := ReadDir(dir, patterns...)
	changed(files, err)
	last := fingerprint(files, err)
	quiet := time.NewTimer(recheck)
	defer quiet.Stop()
	for {
		forced := false
		select {
		case <-ctx.Done():
			return nil
		case <-w.Events:
			quiet.Reset(settle)
			continue
		case <-w.Errors: // an overflow: recheck
		case <-poke:
			forced = true
		case <-quiet.C:
		}
		quiet.Reset(recheck)
		files, err := ReadDir(dir, patterns...)
		look() // again, in case the directory itself was replaced
		if now := fingerprint(files, err); forced || now != last {
			last = now
			changed(files, err)
		}
	}
}

func fingerprint(files []File, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%q", files)
}
