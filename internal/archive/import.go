package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	mostImports = 8 // closed segments of an import that wait for the uploader
	importPause = 100 * time.Millisecond
	beforeLive  = time.Minute // a recording begins with what the ring has of the time before
)

// Import records what in hands out, which lies in the past, through the ordinary segments, spool and
// store; exempt footage is passed over by the quota. Time that is recorded already is left out, so
// that repeating an import adds nothing. It does not disturb a recording that is going on. It
// returns when the last segment is in the spool.
func (a *Archive) Import(ctx context.Context, feed vms.Feed, in media.Reader, exempt bool) error {
	i := &importer{a: a, shelf: a.spool.shelf(feed), epoch: importedEpoch}
	if exempt {
		i.epoch = plantedEpoch
	}
	if err := errors.Join(a.spool.own(), i.shelf.recover()); err != nil {
		return fmt.Errorf("import %v: %w", feed, err)
	}
	spans, err := spansNear(ctx, a.cfg.DB, feed, vms.Span{From: 0, To: a.now()})
	if err != nil {
		return fmt.Errorf("import %v: %w", feed, err)
	}
	for _, p := range i.shelf.list() {
		spans = append(spans, p.segment().Span)
	}
	i.taken = vms.Union(spans)
	if err := i.drain(ctx, in); err != nil {
		return errors.Join(fmt.Errorf("import %v: %w", feed, err), i.finish(0))
	}
	return i.finish(0)
}

// importer writes segments without explaining what is between them.
type importer struct {
	a     *Archive
	shelf *shelf
	epoch int64
	taken []vms.Span // recorded already
	w     *segment.Writer
	out   *partWriter
	run   vms.Instant
	due   vms.Instant
	limit vms.Instant // the next thing that is recorded already begins here
	seq   int64
	prev  segment.Hash
}

func (i *importer) drain(ctx context.Context, in media.Reader) error {
	for {
		u, err := in.ReadUnit(ctx)
		var lagged *media.Lagged
		var gap *media.Gap
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &lagged), errors.As(err, &gap):
			err = i.finish(0)
		case err == nil:
			err = i.take(ctx, u)
		}
		if err != nil {
			return err
		}
	}
}

func (i *importer) take(ctx context.Context, u *media.Unit) error {
	if i.w != nil && (u.Run != i.run || u.At >= i.limit || !u.Track.Same(i.w.Header().Track) || u.Key && u.At >= i.due) {
		end := u.At
		if u.Run != i.run || !u.Key || u.At >= i.limit {
			end = 0
		}
		if err := i.finish(end); err != nil {
			return err
		}
		if err := i.waitForUploads(ctx); err != nil {
			return err
		}
	}
	if i.w == nil && (!u.Key || !i.start(u)) {
		return nil
	}
	if err := i.w.Write(u); err != nil {
		return err
	}
	if i.w.Size() > i.out.piece.segment().Size {
		i.out.piece.grow(i.w)
	}
	return nil
}

// start opens a segment at u unless that time is taken.
func (i *importer) start(u *media.Unit) bool {
	at, _ := slices.BinarySearchFunc(i.taken, u.At, func(s vms.Span, at vms.Instant) int {
		if s.To <= at {
			return -1
		}
		return 1
	})
	i.limit = i.a.now()
	if since := i.a.recordingSince(i.shelf.feed); since > 0 {
		i.limit = min(i.limit, since.Add(-beforeLive))
	}
	if at < len(i.taken) {
		i.limit = min(i.limit, i.taken[at].From)
	}
	if u.At >= i.limit {
		return false
	}
	if u.Run != i.run {
		i.run, i.seq, i.prev = u.Run, 0, segment.Hash{}
	}
	i.out = newPart(i.shelf, u.At, i.seq)
	w, err := segment.NewWriter(i.out, segment.Header{
		Feed: i.shelf.feed, Track: u.Track, Run: u.Run, Seq: i.seq, Epoch: i.epoch, Prev: i.prev, Fragment: i.a.cfg.Fragment,
	})
	if err != nil {
		i.a.cfg.Log.Error("cannot import this track", "feed", i.shelf.feed, "err", err)
		return false
	}
	i.w, i.due = w, nextCut(i.shelf.feed, u.At, i.a.cfg.Segment)
	return true
}

func (i *importer) finish(end vms.Instant) error {
	if i.w == nil {
		return nil
	}
	w, out := i.w, i.out
	i.w, i.out = nil, nil
	sum, err := w.Close(end, 0)
	if err = errors.Join(err, out.Close()); err != nil {
		i.shelf.spool.abandon(out.piece)
		return err
	}
	i.shelf.spool.complete(out.piece, sum)
	i.seq, i.prev = i.seq+1, sum.Root
	return nil
}

// waitForUploads keeps an import, which is faster than any camera, from filling the spool.
func (i *importer) waitForUploads(ctx context.Context) error {
	for len(i.shelf.inState(isPending)) > mostImports || !i.shelf.spool.room() {
		if !vms.Sleep(ctx, importPause) {
			return ctx.Err()
		}
	}
	return nil
}
