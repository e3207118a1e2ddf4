package archive

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// addSpan notes that span is recorded: it is joined with what it touches, and gaps give way.
func addSpan(ctx context.Context, tx *db.Tx, feed vms.Feed, span vms.Span) error {
	near, err := spansNear(ctx, tx, feed, vms.Span{From: span.From, To: span.To + 1})
	if err != nil {
		return err
	}
	joined := span
	for _, s := range near {
		joined.From, joined.To = min(joined.From, s.From), max(joined.To, s.To)
	}
	for _, s := range near {
		if s.From != joined.From {
			if err := deleteSpan(ctx, tx, feed, s); err != nil {
				return err
			}
		}
	}
	if err := putSpan(ctx, tx, feed, joined); err != nil {
		return err
	}
	gaps, err := gapsNear(ctx, tx, feed, span)
	if err != nil {
		return err
	}
	return replaceGaps(ctx, tx, feed, gaps, without(gaps, []vms.Span{span}))
}

// cutSpan notes that span is no longer recorded. The caller explains it with addGap.
func cutSpan(ctx context.Context, tx *db.Tx, feed vms.Feed, span vms.Span) error {
	near, err := spansNear(ctx, tx, feed, span)
	if err != nil {
		return err
	}
	for _, s := range near {
		if !s.Overlaps(span) {
			continue
		}
		if err := deleteSpan(ctx, tx, feed, s); err != nil {
			return err
		}
		for _, rest := range vms.Subtract([]vms.Span{s}, []vms.Span{span}) {
			if err := putSpan(ctx, tx, feed, rest); err != nil {
				return err
			}
		}
	}
	return nil
}

// addGap explains what in gap is neither recorded nor explained yet, and joins it with gaps of the
// same cause that it touches.
func addGap(ctx context.Context, tx *db.Tx, feed vms.Feed, gap vms.Gap) error {
	if gap.Empty() {
		return nil
	}
	spans, err := spansNear(ctx, tx, feed, gap.Span)
	if err != nil {
		return err
	}
	old, err := gapsNear(ctx, tx, feed, vms.Span{From: gap.From, To: gap.To + 1})
	if err != nil {
		return err
	}
	holes := spans
	for _, g := range old {
		holes = append(holes, g.Span)
	}
	fresh := without([]vms.Gap{gap}, vms.Union(holes))
	return replaceGaps(ctx, tx, feed, old, joinGaps(append(slices.Clone(old), fresh...)))
}

// replaceGaps writes what differs.
func replaceGaps(ctx context.Context, tx *db.Tx, feed vms.Feed, old, now []vms.Gap) error {
	starts := map[vms.Instant]bool{}
	for _, g := range now {
		starts[g.From] = true
	}
	for _, g := range old {
		if starts[g.From] {
			continue
		}
		if _, err := tx.Exec(ctx, `DELETE FROM gap WHERE camera = $1 AND stream = $2 AND from_us = $3`,
			feed.Camera, feed.Stream, g.From); err != nil {
			return err
		}
	}
	for _, g := range now {
		if slices.Contains(old, g) {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO gap (camera, stream, from_us, to_us, cause) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (camera, stream, from_us) DO UPDATE SET to_us = excluded.to_us, cause = excluded.cause`,
			feed.Camera, feed.Stream, g.From, g.To, g.Cause); err != nil {
			return err
		}
	}
	return nil
}

func putSpan(ctx context.Context, tx *db.Tx, feed vms.Feed, s vms.Span) error {
	_, err := tx.Exec(ctx, `INSERT INTO span (camera, stream, from_us, to_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (camera, stream, from_us) DO UPDATE SET to_us = excluded.to_us`, feed.Camera, feed.Stream, s.From, s.To)
	return err
}

func deleteSpan(ctx context.Context, tx *db.Tx, feed vms.Feed, s vms.Span) error {
	_, err := tx.Exec(ctx, `DELETE FROM span WHERE camera = $1 AND stream = $2 AND from_us = $3`, feed.Camera, feed.Stream, s.From)
	return err
}

// near selects the ranges of a table that overlap or touch from the left [$3, $4): spans and gaps are
// disjoint, so of those that start before it only the last can reach in.
func near(table, columns string) string {
	return `SELECT ` + columns + ` FROM ` + table + ` WHERE camera = $1 AND stream = $2 AND from_us < $4 AND to_us >= $3
		AND from_us >= COALESCE((SELECT MAX(from_us) FROM ` + table + ` WHERE camera = $1 AND stream = $2 AND from_us <= $3), $3)
		ORDER BY from_us`
}

var (
	spanQuery = near("span", "from_us, to_us")
	gapQuery  = near("gap", "from_us, to_us, cause")
)

// spansNear returns the spans that overlap span or end where it starts.
func spansNear(ctx context.Context, tx reader, feed vms.Feed, span vms.Span) ([]vms.Span, error) {
	rows, err := tx.Query(ctx, spanQuery, feed.Camera, feed.Stream, span.From, span.To)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []vms.Span
	for rows.Next() {
		var s vms.Span
		if err := rows.Scan(&s.From, &s.To); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// gapsNear returns the gaps that overlap span or end where it starts.
func gapsNear(ctx context.Context, tx reader, feed vms.Feed, span vms.Span) ([]vms.Gap, error) {
	rows, err := tx.Query(ctx, gapQuery, feed.Camera, feed.Stream, span.From, span.To)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []vms.Gap
	for rows.Next() {
		var g vms.Gap
		if err := rows.Scan(&g.From, &g.To, &g.Cause); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// past is what the index knows about where a feed's history ends.
type past struct {
	first   vms.Instant // when it was first asked for; 0 where it never was
	footage vms.Instant // end of the last footage that was recorded here, not imported
	end     vms.Instant // of that or of the last gap
	cause   vms.Cause   // of the gap the history ends with; "" where it ends with footage
	node    string      // who recorded it last
	fresh   bool        // it was never asked for before
}

// pastOf returns the history's end.
func pastOf(ctx context.Context, tx reader, feed vms.Feed) (past, error) {
	var p past
	err := tx.QueryRow(ctx, `SELECT first_us, node FROM feed WHERE camera = $1 AND stream = $2`, feed.Camera, feed.Stream).
		Scan(&p.first, &p.node)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	var gap vms.Instant
	var cause vms.Cause
	err = tx.QueryRow(ctx, `SELECT to_us, cause FROM gap WHERE camera = $1 AND stream = $2 ORDER BY from_us DESC LIMIT 1`,
		feed.Camera, feed.Stream).Scan(&gap, &cause)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	err = tx.QueryRow(ctx, `SELECT end_us FROM segment WHERE camera = $1 AND stream = $2 AND state = 'stored' AND epoch >= 0
		ORDER BY start_us DESC LIMIT 1`, feed.Camera, feed.Stream).Scan(&p.footage)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	if p.end = max(p.first, p.footage); gap > p.end {
		p.end, p.cause = gap, cause
	}
	return p, nil
}

// claimFeed returns the history's end, and notes that this node goes on with it from now on.
func (a *Archive) claimFeed(ctx context.Context, feed vms.Feed, now vms.Instant) (past, error) {
	ctx, cancel := context.WithTimeout(ctx, indexAtMost)
	defer cancel()
	p, err := pastOf(ctx, a.cfg.DB, feed)
	if err != nil || p.first != 0 && p.node == a.cfg.Node {
		return p, err
	}
	err = a.cfg.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if p, err = pastOf(ctx, tx, feed); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO feed (camera, stream, first_us, node, bytes) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (camera, stream) DO UPDATE SET node = excluded.node,
				first_us = CASE WHEN feed.first_us = 0 THEN excluded.first_us ELSE feed.first_us END`,
			feed.Camera, feed.Stream, now, a.cfg.Node)
		return err
	})
	if p.fresh = p.first == 0; p.fresh {
		p.first, p.end = now, max(now, p.end)
	}
	return p, err
}
