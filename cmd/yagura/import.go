package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/archive"
	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

type importVerb struct {
	configFlag
	Dir    string `arg:"" type:"existingdir" help:"Segment files: <camera>/<stream>/*.mp4."`
	Exempt bool   `help:"The footage does not count for archive.max."`
	Remove bool   `help:"Remove each file once it is in the archive."`
}

// Run takes segment files into the archive, beside a running server or without one.
func (v *importVerb) Run(ctx context.Context, std streams) error {
	files, err := filepath.Glob(filepath.Join(v.Dir, "*", "*", "*.mp4"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no <camera>/<stream>/*.mp4 below %s", v.Dir)
	}
	slices.Sort(files)
	a, done, err := v.footage(ctx, std, "import-spool")
	if err != nil {
		return err
	}
	defer done()
	moving, stop := context.WithCancel(ctx)
	defer stop()
	var g errgroup.Group
	g.Go(func() error { return a.Run(moving) })
	for _, name := range files {
		if err = v.take(ctx, a, name); err != nil {
			break
		}
	}
	if err == nil {
		err = drained(ctx, a)
	}
	stop()
	if err := errors.Join(err, g.Wait()); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%d files taken\n", len(files))
	return nil
}

func (v *importVerb) take(ctx context.Context, a *archive.Archive, name string) error {
	stream := filepath.Dir(name)
	feed := vms.Feed{Camera: vms.CameraID(filepath.Base(filepath.Dir(stream))), Stream: vms.Stream(filepath.Base(stream))}
	if !feed.Camera.Valid() || !feed.Stream.Valid() {
		return fmt.Errorf("%s: not <camera>/<stream>/*.mp4", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	r := &fileReader{f: f}
	if err := r.open(); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())
	}
	if err := errors.Join(a.Import(ctx, feed, r, v.Exempt), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if v.Remove {
		return os.Remove(name)
	}
	return nil
}

// drained waits until everything is in store and index.
func drained(ctx context.Context, a *archive.Archive) error {
	for a.Stats().Pending > 0 {
		if !vms.Sleep(ctx, 100*time.Millisecond) {
			return ctx.Err()
		}
	}
	return nil
}

// fileReader reads the units of one segment file.
type fileReader struct {
	f     *os.File
	sum   *segment.Summary
	next  int // fragment
	units []*media.Unit
}

func (r *fileReader) open() error {
	info, err := r.f.Stat()
	if err == nil {
		r.sum, err = segment.Open(r.f, info.Size())
	}
	return err
}

func (r *fileReader) ReadUnit(ctx context.Context) (*media.Unit, error) {
	for len(r.units) == 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.next == len(r.sum.Fragments) {
			return nil, io.EOF
		}
		f := r.sum.Fragments[r.next]
		b := make([]byte, f.Len)
		if _, err := r.f.ReadAt(b, f.Off); err != nil {
			return nil, err
		}
		units, err := segment.ReadFragment(b, r.sum.Track, r.sum.Run, f)
		if err != nil {
			return nil, err
		}
		r.units = units
		r.next++
	}
	u := r.units[0]
	r.units = r.units[1:]
	return u, nil
}

func (r *fileReader) Close() error { return nil }
