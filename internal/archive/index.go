package archive

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// The states of a row. Only stored ones are shown.
const (
	stored      = "stored"
	hidden      = "hidden"      // its object is being deleted
	quarantined = "quarantined" // kept, not shown
)

// Footage that was not recorded by a lease holder has these epochs. It gives way to what was.
const (
	importedEpoch = -1
	plantedEpoch  = -2 // and the quota passes it over
)

// Why a row is quarantined.
const (
	staleEpoch = "stale-epoch" // another worker held the lease by then
	overlap    = "overlap"     // the same time was recorded already
)

// row is a segment as the index knows it.
type row struct {
	Segment
	gaps   []vms.Gap // what was missing right before it
	clock  int64     // µs
	state  string
	cause  string
	exempt bool
}

// reader is what reads: *db.DB or a *db.Tx.
type reader interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// rowOf makes the row of a finished segment.
func rowOf(s *segment.Summary, key string) *row {
	return &row{
		Segment: Segment{
			Feed: s.Feed, Span: s.Span, Run: s.Run, Seq: s.Seq, Key: key, Size: s.Size, Epoch: s.Epoch,
			Root: s.Root, Track: s.Track, Fragments: s.Fragments, Activity: s.Activity,
		},
		gaps: s.Gaps, clock: s.ClockOffset.Microseconds(), state: stored, exempt: s.Epoch == plantedEpoch,
	}
}

// insert adds the row of an object that is there, joins its span and trims gaps. A row that is
// there already is left alone. Of rows that overlap, those of the older epoch are quarantined.
func insert(ctx context.Context, tx *db.Tx, r *row) error {
	if there, err := exists(ctx, tx, &r.Segment); err != nil || there {
		return err
	}
	if err := touchFeed(ctx, tx, r); err != nil {
		return err
	}
	others, err := storedRows(ctx, tx, r.Feed, r.Span)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(others, func(o *Segment) bool { return o.Root == r.Root })
	if i >= 0 { // the same segment, under a key that went bad
		if err := setState(ctx, tx, others[i], quarantined, string(vms.Lost)); err != nil {
			return err
		}
		others = slices.Delete(others, i, i+1)
	}
	r.judge(others)
	if err := insertRow(ctx, tx, r); err != nil {
		return err
	}
	if r.state == quarantined {
		return addGap(ctx, tx, r.Feed, vms.Gap{Span: r.Span, Cause: vms.TakenOver})
	}
	for _, o := range others {
		if err := quarantine(ctx, tx, o, staleEpoch, vms.TakenOver); err != nil {
			return err
		}
	}
	return claimTime(ctx, tx, r)
}

// judge decides whether the row is shown: not where a row of its epoch or a newer one has the time.
func (r *row) judge(others []*Segment) {
	r.state, r.cause = stored, ""
	for _, o := range others {
		if o.Epoch >= r.Epoch {
			r.state, r.cause = quarantined, overlap
		}
	}
	for _, o := range others {
		if o.Epoch > r.Epoch {
			r.cause = staleEpoch
		}
	}
}

// claimTime makes the row's span recorded, and states the gaps before it.
func claimTime(ctx context.Context, tx *db.Tx, r *row) error {
	if err := addSpan(ctx, tx, r.Feed, r.Span); err != nil {
		return err
	}
	for _, g := range r.gaps {
		if err := addGap(ctx, tx, r.Feed, g); err != nil {
			return err
		}
	}
	return nil
}

// quarantine takes a stored row out of what is shown; gap explains the time from now on.
func quarantine(ctx context.Context, tx *db.Tx, s *Segment, cause string, gap vms.Cause) error {
	if err := setState(ctx, tx, s, quarantined, cause); err != nil {
		return err
	}
	if err := cutSpan(ctx, tx, s.Feed, s.Span); err != nil {
		return err
	}
	return addGap(ctx, tx, s.Feed, vms.Gap{Span: s.Span, Cause: gap})
}

func exists(ctx context.Context, tx reader, s *Segment) (bool, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM segment WHERE camera = $1 AND stream = $2 AND start_us = $3 AND key = $4`,
		s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key).Scan(&n)
	return n > 0, err
}

// touchFeed counts the row's bytes. Footage that was recorded before the feed was known shows that it
// was; imported footage shows nothing.
func touchFeed(ctx context.Context, tx *db.Tx, r *row) error {
	size, first := r.Size, r.Span.From
	if r.exempt {
		size = 0
	}
	if len(r.gaps) > 0 {
		first = min(first, r.gaps[0].From)
	}
	if r.Epoch < 0 {
		first = 0
	}
	_, err := tx.Exec(ctx, `INSERT INTO feed (camera, stream, first_us, node, bytes) VALUES ($1, $2, $3, '', $4)
		ON CONFLICT (camera, stream) DO UPDATE SET bytes = feed.bytes + excluded.bytes,
			first_us = CASE WHEN excluded.first_us > 0 AND (feed.first_us = 0 OR excluded.first_us < feed.first_us)
				THEN excluded.first_us ELSE feed.first_us END`,
		r.Feed.Camera, r.Feed.Stream, first, size)
	return err
}

func insertRow(ctx context.Context, tx *db.Tx, r *row) error {
	track, err := json.Marshal(r.Track)
	if err != nil {
		return err
	}
	exempt := 0
	if r.exempt {
		exempt = 1
	}
	mean, peak := weigh(r.Activity, r.Span)
	_, err = tx.Exec(ctx, `INSERT INTO segment (camera, stream, start_us, end_us, run_us, seq, epoch, key, size, root,
		track, fragments, activity, clock_us, state, cause, exempt, mean, peak, rooted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '')`,
		r.Feed.Camera, r.Feed.Stream, r.Span.From, r.Span.To, r.Run, r.Seq, r.Epoch, r.Key, r.Size, r.Root[:],
		track, segment.EncodeTable(r.Fragments), encodeActivity(r.Activity), r.clock, r.state, r.cause, exempt, mean, peak)
	return err
}

func setState(ctx context.Context, tx *db.Tx, s *Segment, state, cause string) error {
	_, err := tx.Exec(ctx, `UPDATE segment SET state = $1, cause = $2 WHERE camera = $3 AND stream = $4 AND start_us = $5 AND key = $6`,
		state, cause, s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key)
	return err
}

// deleteRow removes a row and takes its bytes off the feed.
func deleteRow(ctx context.Context, tx *db.Tx, s *Segment) error {
	var size, exempt int64
	err := tx.QueryRow(ctx, `DELETE FROM segment WHERE camera = $1 AND stream = $2 AND start_us = $3 AND key = $4 RETURNING size, exempt`,
		s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key).Scan(&size, &exempt)
	if err == sql.ErrNoRows || err == nil && exempt == 1 {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE feed SET bytes = bytes - $1 WHERE camera = $2 AND stream = $3`, size, s.Feed.Camera, s.Feed.Stream)
	return err
}

const (
	brief  = `camera, stream, start_us, end_us, run_us, seq, epoch, key, size, root`
	ranged = ` FROM segment WHERE camera = $1 AND stream = $2 AND state = 'stored' AND start_us < $4 AND end_us > $3
		AND start_us >= COALESCE((SELECT MAX(start_us) FROM segment WHERE camera = $1 AND stream = $2 AND state = 'stored' AND start_us <= $3), $3)
		ORDER BY start_us`
)

// storedRows returns the stored segments that overlap span, in order, without tracks and tables.
func storedRows(ctx context.Context, tx reader, feed vms.Feed, span vms.Span) ([]*Segment, error) {
	return briefs(tx.Query(ctx, `SELECT `+brief+ranged, feed.Camera, feed.Stream, span.From, span.To))
}

func briefs(rows *sql.Rows, err error) ([]*Segment, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Segment
	for rows.Next() {
		s := &Segment{}
		if err := rows.Scan(s.columns()...); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func (s *Segment) columns() []any {
	return []any{&s.Feed.Camera, &s.Feed.Stream, &s.Span.From, &s.Span.To, &s.Run, &s.Seq, &s.Epoch, &s.Key, &s.Size, (*hashColumn)(&s.Root)}
}

// fullRows is storedRows with all there is.
func fullRows(ctx context.Context, tx reader, feed vms.Feed, span vms.Span) ([]*Segment, error) {
	rows, err := tx.Query(ctx, `SELECT `+brief+`, track, fragments, activity`+ranged, feed.Camera, feed.Stream, span.From, span.To)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Segment
	var last []byte // tracks seldom change
	for rows.Next() {
		s := &Segment{}
		var track, table, activity []byte
		if err := rows.Scan(append(s.columns(), &track, &table, &activity)...); err != nil {
			return nil, err
		}
		if n := len(out); n > 0 && string(track) == string(last) {
			s.Track = out[n-1].Track
		} else if err := json.Unmarshal(track, &s.Track); err != nil {
			return nil, fmt.Errorf("index row %s: track: %w", s.Key, err)
		}
		if s.Fragments, err = segment.DecodeTable(table); err != nil {
			return nil, fmt.Errorf("index row %s: %w", s.Key, err)
		}
		s.Activity = decodeActivity(activity)
		last, out = track, append(out, s)
	}
	return out, rows.Err()
}

// hashColumn scans a digest.
type hashColumn segment.Hash

func (h *hashColumn) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(h) {
		return fmt.Errorf("%T is no digest", v)
	}
	copy(h[:], b)
	return nil
}

func encodeActivity(a []uint32) []byte {
	out := make([]byte, 0, 2*len(a))
	for _, v := range a {
		out = binary.AppendUvarint(out, uint64(v))
	}
	return out
}

func decodeActivity(b []byte) []uint32 {
	var out []uint32
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return out
		}
		out, b = append(out, uint32(v)), b[n:]
	}
	return out
}
