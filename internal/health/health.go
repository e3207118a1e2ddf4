// Package health tells how each camera feed is: recorded or not, since when and why not, with the
// figures of the last seconds. Whoever ingests a camera reports; everybody else reads, so that a
// gateway on another machine knows as much as the worker.
//
// Invariant: a state nobody confirms any more is shown as unknown, never as the last one heard.
// It holds no footage and decides nothing.
package health

import (
	"context"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// State is how a feed is.
type State string

const (
	Recording State = "recording" // pictures arrive and are kept
	Starting  State = "starting"  // no connection was tried yet
	Stopped   State = "stopped"   // no pictures; Cause says why
	Planned   State = "planned"   // not yet in operation
	Unknown   State = "unknown"   // no worker reports on it
)

// stale is how old a report may be; workers report every five seconds.
const stale = 15 * time.Second

// Feed is the state of one feed.
type Feed struct {
	vms.Feed
	Node     string
	State    State
	Since    vms.Instant
	Cause    vms.Cause
	Bits     float64       // per second
	FPS      float64       // pictures per second
	Loss     float64       // share of RTP packets lost, 0 to 1
	Written  vms.Instant   // end of what is recorded; 0: nothing yet
	Offset   time.Duration // the camera's clock is ahead of ours by
	Reported vms.Instant
}

// Board is where states are reported and read.
type Board struct{ db *db.DB }

// NewBoard uses the table feed_state of the database.
func NewBoard(d *db.DB) *Board { return &Board{d} }

// patience is how long a report may take: then there is news to report instead.
const patience = 5 * time.Second

// Report writes the states of the feeds this node ingests. It fails after 5 s: a database that went
// away without a word would otherwise keep it until the system gives the connection up.
func (b *Board) Report(ctx context.Context, feeds []Feed) error {
	if len(feeds) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return b.db.Tx(ctx, func(tx *db.Tx) error {
		for _, f := range feeds {
			_, err := tx.Exec(ctx, `INSERT INTO feed_state
				(camera, stream, node, state, since_us, cause, bits_per_s, millifps, loss_ppm, written_us, offset_us, reported_us)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
				ON CONFLICT (camera, stream) DO UPDATE SET node = excluded.node, state = excluded.state, since_us = excluded.since_us,
				cause = excluded.cause, bits_per_s = excluded.bits_per_s, millifps = excluded.millifps, loss_ppm = excluded.loss_ppm,
				written_us = excluded.written_us, offset_us = excluded.offset_us, reported_us = excluded.reported_us`,
				f.Camera, f.Stream, f.Node, f.State, f.Since, f.Cause, int64(f.Bits), int64(f.FPS*1000), int64(f.Loss*1e6),
				f.Written, f.Offset.Microseconds(), f.Reported)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Feeds returns every reported state; one older than 15 s at now is Unknown since it was reported.
func (b *Board) Feeds(ctx context.Context, now vms.Instant) (map[vms.Feed]Feed, error) {
	feeds := map[vms.Feed]Feed{}
	for row, err := range db.Rows(b.db.Query(ctx, `SELECT camera, stream, node, state, since_us, cause, bits_per_s, millifps, loss_ppm,
		written_us, offset_us, reported_us FROM feed_state`)) {
		if err != nil {
			return nil, err
		}
		var f Feed
		var bits, fps, loss, offset int64
		if err := row.Scan(&f.Camera, &f.Stream, &f.Node, &f.State, &f.Since, &f.Cause, &bits, &fps, &loss, &f.Written, &offset, &f.Reported); err != nil {
			return nil, err
		}
		f.Bits, f.FPS, f.Loss = float64(bits), float64(fps)/1000, float64(loss)/1e6
		f.Offset = time.Duration(offset) * time.Microsecond
		if now.Sub(f.Reported) > stale {
			f = Feed{Feed: f.Feed, Node: f.Node, State: Unknown, Since: f.Reported, Written: f.Written, Reported: f.Reported}
		}
		feeds[f.Feed] = f
	}
	return feeds, nil
}
