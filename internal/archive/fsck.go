package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"slices"
	"time"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	footagePrefix = "footage/"
	secondLook    = 2 * time.Second // at objects without a row
)

// FsckOptions says how thoroughly to look.
type FsckOptions struct {
	Deep bool // read every object and compute its hashes anew
	Mark bool // quarantine rows whose object is missing or damaged; the time is a gap, cause lost, from then on
}

// Finding is one thing that is wrong.
type Finding struct {
	Kind string   // missing, damaged, size, unknown, overlap, spans, unexplained
	Feed vms.Feed // zero where it is not known
	Key  string   // of the object, if it is about one
	Span vms.Span // if it is about a stretch of time
	Text string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: %v %s %v %s", f.Kind, f.Feed, f.Key, f.Span, f.Text)
}

// Report is what Fsck found. Quarantined, Deleting and Pending are no faults.
type Report struct {
	Feeds, Rows, Objects int
	Bytes                int64
	Quarantined          int // rows that are kept and not shown
	Deleting             int // rows whose object is being deleted; they stay where the store refuses
	Pending              int // segments in this node's spool
	Findings             []Finding
}

// Clean reports whether nothing is wrong.
func (r *Report) Clean() bool { return len(r.Findings) == 0 }

// Fsck compares rows, objects and hashes, in both directions, and checks that what is recorded and the
// gaps tile time. It changes nothing but with Mark, and never deletes: an object nobody knows is
// reported. The store must be a blob.Lister. Nodes that record meanwhile do no harm.
func (a *Archive) Fsck(ctx context.Context, opt FsckOptions) (*Report, error) {
	lister, ok := a.cfg.Store.(blob.Lister)
	if !ok {
		return nil, errors.New("fsck: this store cannot list its objects")
	}
	c := &check{a: a, opt: opt, report: &Report{}, objects: map[string]int64{}}
	for info, err := range lister.List(ctx, footagePrefix) { // before the rows: an object comes first
		if err != nil {
			return nil, fmt.Errorf("fsck: %w", err)
		}
		c.objects[info.Key] = info.Size
		c.report.Objects++
		c.report.Bytes += info.Size
	}
	feeds, _, err := a.feeds(ctx)
	if err != nil {
		return nil, fmt.Errorf("fsck: %w", err)
	}
	c.report.Feeds = len(feeds)
	for _, f := range feeds {
		if err := c.feed(ctx, f); err != nil {
			return nil, fmt.Errorf("fsck %v: %w", f, err)
		}
	}
	if err := c.unknown(ctx); err != nil {
		return nil, fmt.Errorf("fsck: %w", err)
	}
	return c.report, nil
}

type check struct {
	a       *Archive
	opt     FsckOptions
	report  *Report
	objects map[string]int64 // size by key; those with a row are taken out
}

func (c *check) found(kind string, feed vms.Feed, key string, span vms.Span, format string, args ...any) {
	c.report.Findings = append(c.report.Findings, Finding{kind, feed, key, span, fmt.Sprintf(format, args...)})
}

// view is what the index says about a feed at one moment.
type view struct {
	rows  []*row // whatever their state, by start
	spans []vms.Span
	gaps  []vms.Gap
}

func (c *check) feed(ctx context.Context, feed vms.Feed) error {
	var v view
	err := c.a.cfg.DB.Read(ctx, func(tx *db.Tx) (err error) {
		whole := vms.Span{From: 0, To: math.MaxInt64}
		if v.rows, err = allRows(ctx, tx, feed); err != nil {
			return err
		}
		if v.spans, err = spansNear(ctx, tx, feed, whole); err != nil {
			return err
		}
		v.gaps, err = gapsNear(ctx, tx, feed, whole)
		return err
	})
	if err != nil {
		return err
	}
	c.time(feed, &v)
	if err := c.explained(ctx, feed); err != nil {
		return err
	}
	for _, r := range v.rows {
		c.report.Rows++
		switch r.state {
		case quarantined:
			c.report.Quarantined++
		case hidden:
			c.report.Deleting++
		}
		if err := c.object(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// time checks that the spans are what the segments say, and that nothing overlaps.
func (c *check) time(feed vms.Feed, v *view) {
	var shown []vms.Span
	var last *row
	for _, r := range v.rows {
		if r.state != stored {
			continue
		}
		if last != nil && r.Span.Overlaps(last.Span) {
			c.found("overlap", feed, r.Key, r.Span, "overlaps %s", last.Key)
		}
		last, shown = r, append(shown, r.Span)
	}
	if shown = vms.Union(shown); !slices.Equal(v.spans, shown) {
		c.found("spans", feed, "", vms.Span{}, "%d spans in the index, %d by its segments", len(v.spans), len(shown))
	}
	if !slices.Equal(without(v.gaps, v.spans), v.gaps) {
		c.found("overlap", feed, "", vms.Span{}, "gaps overlap what is recorded")
	}
	for i, g := range v.gaps[min(1, len(v.gaps)):] {
		if g.From < v.gaps[i].To {
			c.found("overlap", feed, "", g.Span, "gap %s overlaps the one before", g.Cause)
		}
	}
}

// explained checks that every gap has a cause.
func (c *check) explained(ctx context.Context, feed vms.Feed) error {
	_, gaps, err := c.a.Recordings(ctx, feed, vms.Span{From: 0, To: c.a.now()})
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if g.Cause == vms.Unexplained {
			c.found("unexplained", feed, "", g.Span, "no row says why nothing is recorded")
		}
	}
	return nil
}

func allRows(ctx context.Context, tx reader, feed vms.Feed) ([]*row, error) {
	rows, err := tx.Query(ctx, `SELECT `+brief+`, state, cause FROM segment WHERE camera = $1 AND stream = $2
		ORDER BY start_us`, feed.Camera, feed.Stream)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*row
	for rows.Next() {
		r := &row{}
		if err := rows.Scan(append(r.columns(), &r.state, &r.cause)...); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// object checks a row's object.
func (c *check) object(ctx context.Context, r *row) error {
	size, listed := c.objects[r.Key]
	delete(c.objects, r.Key)
	if !listed { // a listing may lag: ask for it
		body, err := c.a.cfg.Store.Get(ctx, r.Key, r.Size-1, 1)
		if errors.Is(err, fs.ErrNotExist) {
			if r.state == hidden || c.deletedMeanwhile(ctx, r) {
				return nil
			}
			return c.bad(ctx, r, "missing", "the object is not there")
		}
		if err != nil {
			return err
		}
		size = r.Size
		if err := body.Close(); err != nil {
			return err
		}
	}
	if size != r.Size {
		return c.bad(ctx, r, "size", fmt.Sprintf("%d bytes, %d expected", size, r.Size))
	}
	if !c.opt.Deep || r.state == hidden {
		return nil
	}
	root, err := c.a.rehash(ctx, r.Key)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.deletedMeanwhile(ctx, r):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return c.bad(ctx, r, "missing", "the object went away while it was checked")
	case err != nil && !errors.Is(err, vms.Invalid):
		return err
	}
	if err != nil || root != r.Root {
		return c.bad(ctx, r, "damaged", fmt.Sprintf("its hashes are not those of the index: %v", err))
	}
	return nil
}

// deletedMeanwhile reports whether the row has changed since it was read.
func (c *check) deletedMeanwhile(ctx context.Context, r *row) bool {
	var state string
	err := c.a.cfg.DB.QueryRow(ctx, `SELECT state FROM segment WHERE camera = $1 AND stream = $2 AND start_us = $3 AND key = $4`,
		r.Feed.Camera, r.Feed.Stream, r.Span.From, r.Key).Scan(&state)
	return err != nil || state != r.state
}

func (c *check) bad(ctx context.Context, r *row, kind, text string) error {
	if r.state == quarantined && r.cause == string(vms.Lost) {
		return nil // known
	}
	c.found(kind, r.Feed, r.Key, r.Span, "%s", text)
	if !c.opt.Mark {
		return nil
	}
	return c.a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		if r.state != stored {
			return setState(ctx, tx, &r.Segment, quarantined, string(vms.Lost))
		}
		return quarantine(ctx, tx, &r.Segment, string(vms.Lost), vms.Lost)
	})
}

// unknown reports what is left: objects without a row that no spool file of this node accounts for. An
// object is there shortly before its row, so they are looked for once more; and retention may have erased
// one since the objects were listed.
func (c *check) unknown(ctx context.Context) error {
	for _, sh := range c.a.spool.all() {
		for _, p := range sh.inState(func(s pieceState) bool { return s != pieceUploaded }) {
			c.report.Pending++
			delete(c.objects, p.segment().Key)
		}
	}
	if len(c.objects) > 0 {
		vms.Sleep(ctx, secondLook)
	}
	for _, key := range slices.Sorted(maps.Keys(c.objects)) {
		feed, start, ours := parseKey(key)
		if ours {
			there, err := exists(ctx, c.a.cfg.DB, &Segment{Feed: feed, Span: vms.Span{From: start}, Key: key})
			if err != nil {
				return err
			}
			if there {
				continue
			}
		}
		if gone, err := c.gone(ctx, key); err != nil {
			return err
		} else if gone {
			continue
		}
		c.found("unknown", feed, key, vms.Span{}, "no row knows this object; reindex takes it in if it is footage")
	}
	return nil
}

// gone reports whether an object is no longer in the store.
func (c *check) gone(ctx context.Context, key string) (bool, error) {
	body, err := c.a.cfg.Store.Get(ctx, key, 0, 1)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, body.Close()
}

// rehash computes an object's root from its bytes. What is no whole segment is vms.Invalid.
func (a *Archive) rehash(ctx context.Context, key string) (segment.Hash, error) {
	body, err := a.cfg.Store.Get(ctx, key, 0, -1)
	if err != nil {
		return segment.Hash{}, err
	}
	defer body.Close()
	b, err := io.ReadAll(body)
	if err != nil {
		return segment.Hash{}, err
	}
	sum, err := segment.Verify(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return segment.Hash{}, errors.Join(err, vms.Invalid)
	}
	return sum.Root, nil
}
