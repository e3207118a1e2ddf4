package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	lively    = 5 * time.Second        // a recording this fresh is going on
	liveWait  = 100 * time.Millisecond // for a recorder that is busy writing
	waitAgain = 500 * time.Millisecond
)

// Remote is the other nodes' spools: what they recorded that is not in the store yet. Nodes that do
// not answer are left out.
type Remote interface {
	// Spools returns what the other nodes' spools have of the feed within span.
	Spools(ctx context.Context, feed vms.Feed, span vms.Span) ([]Part, error)
	// ReadSpool reads the file of a segment that one of the Parts of that node listed.
	ReadSpool(ctx context.Context, node string, s *Segment, off, n int64) ([]byte, error)
}

// Part is what one node's spool has of a feed.
type Part struct {
	Node      string
	Segments  []*Segment
	Gaps      []vms.Gap
	Recording bool     // the node records the feed
	Tail      vms.Span // what is being recorded and is not in a fragment yet
}

// Find returns the segments of which some part lies in span, in order, without overlap, wherever
// they lie: in the store, in this node's spool, in another's; the growing one included. While the
// index does not answer it returns what the spools have without a hole from the span's start on, so
// that views of what was just recorded go on, or else the error.
func (a *Archive) Find(ctx context.Context, feed vms.Feed, span vms.Span) ([]*Segment, error) {
	if span.Empty() {
		return nil, nil
	}
	parts, err := a.parts(ctx, feed, span) // before the index: a file goes only when its row is there
	if err != nil {
		return nil, err
	}
	rows, err := fullRows(ctx, a.cfg.DB, feed, span)
	if err != nil {
		if out, ok := unindexed(parts, span.From); ok && ctx.Err() == nil {
			return out, nil
		}
		return nil, fmt.Errorf("find footage of %v: %w", feed, err)
	}
	out := rows
	for _, p := range parts {
		out = overlay(out, p.Segments)
	}
	return out, nil
}

// unindexed returns the segments of the spools from an instant on, up to the first hole, where rows
// may be missing; none and true where what comes at that instant is not written yet.
func unindexed(parts []Part, from vms.Instant) (out []*Segment, ok bool) {
	var all []*Segment
	for _, p := range parts {
		all = overlay(all, p.Segments)
		ok = ok || p.Recording && p.Tail.Contains(from)
	}
	for _, s := range all {
		if s.Span.Contains(from) {
			out, from, ok = append(out, s), s.Span.To, true
		}
	}
	return out, ok
}

// overlay adds segments to those there are. One that is there already gives its place in a spool to
// the row; one that overlaps a row is left out: the index has the last word.
func overlay(have, add []*Segment) []*Segment {
	for _, s := range add {
		i := slices.IndexFunc(have, func(h *Segment) bool { return h.Span.Overlaps(s.Span) })
		if i < 0 {
			have = append(have, s)
		} else if have[i].Root == s.Root && have[i].piece == nil && have[i].node == "" {
			have[i].piece, have[i].node = s.piece, s.node
		}
	}
	slices.SortFunc(have, func(x, y *Segment) int { return cmp.Compare(x.Span.From, y.Span.From) })
	return have
}

// parts returns what the spools have, this node's first.
func (a *Archive) parts(ctx context.Context, feed vms.Feed, span vms.Span) ([]Part, error) {
	part, err := a.part(ctx, feed, span)
	if err != nil {
		return nil, err
	}
	parts := []Part{part}
	if a.cfg.Remote == nil || part.Recording && span.From >= a.recordingSince(feed) {
		return parts, nil
	}
	others, err := a.cfg.Remote.Spools(ctx, feed, span)
	if err != nil {
		a.cfg.Log.Debug("other spools not seen", "feed", feed, "err", err)
	}
	for _, p := range others {
		for _, s := range p.Segments {
			s.node = p.Node
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// part returns what this node's spool has of a feed.
func (a *Archive) part(ctx context.Context, feed vms.Feed, span vms.Span) (Part, error) {
	p := Part{Node: a.cfg.Node}
	sh := a.spool.known(feed)
	if sh == nil && !a.spool.isOwned() {
		sh = a.spool.shelf(feed) // its owner may have begun it meanwhile
	}
	if sh == nil {
		return p, nil
	}
	if err := sh.recover(); err != nil {
		a.cfg.Log.Error("spool not wholly recovered", "feed", feed, "err", err)
	}
	p.Gaps, p.Tail, p.Recording = a.live(ctx, feed)
	for _, piece := range sh.list() {
		if s := piece.segment(); s.Span.Overlaps(span) {
			p.Segments = append(p.Segments, s)
		}
	}
	for _, g := range sh.queued() {
		if g.Overlaps(span) {
			p.Gaps = append(p.Gaps, g)
		}
	}
	return p, nil
}

// live returns what Recorder.live does, for a feed that this node records.
func (a *Archive) live(ctx context.Context, feed vms.Feed) ([]vms.Gap, vms.Span, bool) {
	a.mu.Lock()
	r := a.recorders[feed]
	a.mu.Unlock()
	if r == nil {
		return nil, vms.Span{}, false
	}
	return r.live(ctx, a.now())
}

func (a *Archive) recordingSince(feed vms.Feed) vms.Instant {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r := a.recorders[feed]; r != nil {
		return vms.Instant(r.since.Load())
	}
	return 0
}

// Recordings returns what is recorded within span, joined where it is contiguous, and the gaps with
// their causes; together they are span up to now, without overlap.
func (a *Archive) Recordings(ctx context.Context, feed vms.Feed, span vms.Span) ([]vms.Span, []vms.Gap, error) {
	span.To = min(span.To, a.now())
	if span.Empty() {
		return nil, nil, nil
	}
	parts, err := a.parts(ctx, feed, span)
	if err != nil {
		return nil, nil, err
	}
	return a.recordings(ctx, feed, span, parts)
}

// recordings is Recordings, of a span of the past, where the spools were looked at already.
func (a *Archive) recordings(ctx context.Context, feed vms.Feed, span vms.Span, parts []Part) ([]vms.Span, []vms.Gap, error) {
	now := a.now()
	span.To = min(span.To, now)
	h, err := a.history(ctx, feed, span)
	if err != nil && (ctx.Err() != nil || !covered(parts, span)) {
		return nil, nil, fmt.Errorf("recordings of %v: %w", feed, err)
	}
	lists := [][]vms.Gap{h.gaps}
	for _, p := range parts {
		p.present(now)
		for _, s := range p.Segments {
			h.spans = append(h.spans, s.Span)
			if s.Epoch >= 0 {
				h.past.reach(s.Span, "")
			}
		}
		for _, g := range p.Gaps {
			h.past.reach(g.Span, g.Cause)
		}
		h.spans = append(h.spans, p.Tail)
		lists = append(lists, p.Gaps)
	}
	spans, gaps := tile(span, h.spans, lists, func(s vms.Span) []vms.Gap { return a.residual(feed, s, h.past) })
	return spans, gaps, nil
}

// present carries what a recorder says of now on to this node's now: their clocks differ a little.
func (p *Part) present(now vms.Instant) {
	end, open := p.Tail.To, -1
	for i, g := range p.Gaps {
		if g.To > end {
			end, open = g.To, i
		}
	}
	switch {
	case !p.Recording || now.Sub(end) > lively || now <= end:
	case open >= 0:
		p.Gaps[open].To = now
	default:
		p.Tail.To = now
	}
}

// covered reports whether the spools account for all of span.
func covered(parts []Part, span vms.Span) bool {
	var known []vms.Span
	for _, p := range parts {
		for _, s := range p.Segments {
			known = append(known, s.Span)
		}
		for _, g := range p.Gaps {
			known = append(known, g.Span)
		}
		known = append(known, p.Tail)
	}
	return len(vms.Subtract([]vms.Span{span}, known)) == 0
}

// history is what the index says, at one moment, about a stretch of a feed, and where all of it ends.
type history struct {
	spans []vms.Span
	gaps  []vms.Gap
	past  past
}

func (a *Archive) history(ctx context.Context, feed vms.Feed, span vms.Span) (h history, err error) {
	err = a.cfg.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if h.spans, err = spansNear(ctx, tx, feed, span); err != nil {
			return err
		}
		if h.gaps, err = gapsNear(ctx, tx, feed, span); err != nil {
			return err
		}
		h.past, err = pastOf(ctx, tx, feed)
		return err
	})
	return h, err
}

// reach notes that the history has this stretch.
func (p *past) reach(s vms.Span, cause vms.Cause) {
	if s.To > p.end {
		p.end, p.cause = s.To, cause
	}
	if p.first == 0 || s.From < p.first {
		p.first = s.From
	}
}

// residual explains what no row and no recorder does: the time before the feed was known, and the
// time since whoever recorded it last went away.
func (a *Archive) residual(feed vms.Feed, s vms.Span, p past) []vms.Gap {
	began := vms.Instant(0)
	if a.cfg.Began != nil {
		began = a.cfg.Began(feed)
	}
	first, tail := p.first, vms.Restarted
	if first == 0 {
		first, p.end = s.To, s.To
	}
	if p.cause == vms.NotConfigured {
		tail = vms.NotConfigured
	}
	var out []vms.Gap
	from := s.From
	add := func(to vms.Instant, cause vms.Cause) {
		if to = min(to, s.To); to > from {
			out = append(out, vms.Gap{Span: vms.Span{From: from, To: to}, Cause: cause})
			from = to
		}
	}
	add(min(began, first), vms.NotInOperation)
	add(first, vms.NotConfigured)
	add(p.end, vms.Unexplained)
	add(s.To, tail)
	return out
}

// Read returns n bytes of the segment's file from off, or all from off where n < 0. It reads the
// spool file where there is one, else the object, else another node's spool. A missing one is
// fs.ErrNotExist.
func (a *Archive) Read(ctx context.Context, s *Segment, off, n int64) ([]byte, error) {
	if n < 0 {
		n = s.Size - off
	}
	if off < 0 || n < 0 || off+n > s.Size {
		return nil, vms.Errorf(vms.Invalid, "bad-range", "%d bytes at %d of %s: it has %d", n, off, s.Key, s.Size)
	}
	if s.piece != nil {
		b, err := s.piece.read(off, n)
		if !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
	}
	if s.node != "" && s.Open {
		return a.cfg.Remote.ReadSpool(ctx, s.node, s, off, n)
	}
	b, err := a.readObject(ctx, s.Key, off, n)
	if err != nil && s.node != "" && ctx.Err() == nil {
		return a.cfg.Remote.ReadSpool(ctx, s.node, s, off, n)
	}
	return b, err
}

func (a *Archive) readObject(ctx context.Context, key string, off, n int64) ([]byte, error) {
	r, err := a.cfg.Store.Get(ctx, key, off, n)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	defer r.Close()
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("read %s: %d bytes at %d: %w", key, n, off, err)
	}
	return b, nil
}

// Wait blocks until there is footage that ends behind after.
func (a *Archive) Wait(ctx context.Context, feed vms.Feed, after vms.Instant) error {
	sh := a.spool.shelf(feed)
	for {
		grown := sh.wait() // before looking, so that nothing is missed
		if footage, _, _ := sh.end(); footage > after {
			return nil
		}
		found, err := a.Find(ctx, feed, vms.Span{From: after, To: math.MaxInt64})
		if err == nil && len(found) > 0 {
			return nil
		}
		t := time.NewTimer(waitAgain)
		select {
		case <-grown:
		case <-t.C:
		case <-ctx.Done():
		}
		t.Stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
