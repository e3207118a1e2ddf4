package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	reindexReads = 8   // objects opened at once: each is a few small reads
	reindexBatch = 100 // rows in one transaction
)

// Reindexed is what Reindex did.
type Reindexed struct {
	Objects int      // seen
	Added   int      // rows that were missing
	Bad     []string // keys of objects that are no whole segment; they are left alone
}

// Reindex puts every segment of the store that the index does not know into it, with the gaps their
// headers state. It needs nothing but the store, which must be a blob.Lister, and may be repeated.
// Time between segments that no header explains is stated as lost.
func (a *Archive) Reindex(ctx context.Context) (*Reindexed, error) {
	lister, ok := a.cfg.Store.(blob.Lister)
	if !ok {
		return nil, errors.New("reindex: this store cannot list its objects")
	}
	out := &Reindexed{}
	var batch []blob.Info
	flush := func() error {
		defer func() { batch = batch[:0] }()
		return a.reindexBatch(ctx, batch, out)
	}
	for info, err := range lister.List(ctx, footagePrefix) {
		if err != nil {
			return out, fmt.Errorf("reindex: %w", err)
		}
		out.Objects++
		if batch = append(batch, info); len(batch) == reindexBatch {
			if err := flush(); err != nil {
				return out, fmt.Errorf("reindex: %w", err)
			}
		}
	}
	if err := flush(); err != nil {
		return out, fmt.Errorf("reindex: %w", err)
	}
	return out, a.explainRest(ctx)
}

func (a *Archive) reindexBatch(ctx context.Context, batch []blob.Info, out *Reindexed) error {
	rows := make([]*row, len(batch)) // nil where the object is no segment
	g, read := errgroup.WithContext(ctx)
	g.SetLimit(reindexReads)
	for i, info := range batch {
		g.Go(func() (err error) {
			rows[i], err = a.readRow(read, info)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, r := range rows {
		if r == nil {
			out.Bad = append(out.Bad, batch[i].Key)
		}
	}
	rows = slices.DeleteFunc(rows, func(r *row) bool { return r == nil })
	added := 0
	err := a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		added = 0
		for _, r := range rows {
			there, err := exists(ctx, tx, &r.Segment)
			if err != nil {
				return err
			}
			if there {
				continue
			}
			if err := insert(ctx, tx, r); err != nil {
				return fmt.Errorf("%s: %w", r.Key, err)
			}
			added++
		}
		return nil
	})
	out.Added += added
	return err
}

// readRow makes an object's row from what it says about itself; nil where it is no whole segment.
func (a *Archive) readRow(ctx context.Context, info blob.Info) (*row, error) {
	sum, err := segment.Open(a.objectReader(ctx, info.Key), info.Size)
	switch {
	case errors.Is(err, vms.Invalid) || err == nil && (sum.Torn || sum.Size != info.Size):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", info.Key, err)
	}
	return rowOf(sum, info.Key), nil
}

// explainRest states the time between segments that nothing explains.
func (a *Archive) explainRest(ctx context.Context) error {
	feeds, _, err := a.feeds(ctx)
	if err != nil {
		return fmt.Errorf("reindex: %w", err)
	}
	for _, f := range feeds {
		_, gaps, err := a.Recordings(ctx, f, vms.Span{From: 0, To: a.now()})
		if err != nil {
			return fmt.Errorf("reindex: %w", err)
		}
		err = a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, g := range gaps {
				if g.Cause != vms.Unexplained {
					continue
				}
				if g.Cause = vms.Lost; a.cfg.Retention != nil && a.cfg.Retention(f) > 0 && g.To <= a.now().Add(-a.cfg.Retention(f)) {
					g.Cause = vms.Expired
				}
				if err := addGap(ctx, tx, f, g); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("reindex %v: %w", f, err)
		}
	}
	return nil
}

// readerAt is an io.ReaderAt in one function.
type readerAt func(p []byte, off int64) (int, error)

func (r readerAt) ReadAt(p []byte, off int64) (int, error) { return r(p, off) }

// objectReader reads an object as a file, within ctx.
func (a *Archive) objectReader(ctx context.Context, key string) io.ReaderAt {
	return readerAt(func(p []byte, off int64) (int, error) {
		body, err := a.cfg.Store.Get(ctx, key, off, int64(len(p)))
		if err != nil {
			return 0, err
		}
		defer body.Close()
		n, err := io.ReadFull(body, p)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		return n, err
	})
}
