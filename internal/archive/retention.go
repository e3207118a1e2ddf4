package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	retentionLease = "retention"
	retentionEvery = 30 * time.Second // often: each run has little to do, so that much to do is a sign
	mostAtOnce     = 0.05             // of the archive's bytes may expire in one run
	fewSegments    = 200              // may always
	clockTrust     = 5 * time.Minute  // the wall clock may differ so much from the monotonic one
	hideAtOnce     = 256              // rows in one transaction
	acceptSetting  = "archive.retention-accepted-until"
)

// Retention deletes footage whose time is over, and, where the archive has a limit, the oldest. It is
// the only thing that does. It never deletes what is held.
//
// The order is: hide the row and state the gap, in one transaction; delete the object with all its
// versions; delete the row. After a crash the next run goes on with what is hidden.
//
// It refuses to delete more than 5 % of the archive in one run for age, because then a clock, a
// setting or this program is wrong, until AcceptRetention says otherwise; and anything at all once
// the wall clock has moved by more than five minutes against the monotonic one. For room it never
// deletes more than 5 % in one run.
type Retention struct {
	a       *Archive
	read    func() (wall vms.Instant, mono time.Duration)
	wall    vms.Instant
	mono    time.Duration
	refused error // why the last run deleted nothing; it is logged when it changes
}

// Retention returns what deletes footage of this archive.
func (a *Archive) Retention() *Retention {
	start := time.Now()
	r := &Retention{a: a, read: func() (vms.Instant, time.Duration) {
		now := time.Now()
		return vms.InstantOf(now), now.Sub(start)
	}}
	r.wall, r.mono = r.read()
	return r
}

// Run deletes while this node holds the lease for it, until ctx ends.
func (r *Retention) Run(ctx context.Context, leases *db.Leases) error {
	return leases.Keep(ctx, retentionLease, retentionEvery, func(ctx context.Context, _ *db.Lease) { r.log(r.Once(ctx)) })
}

func (r *Retention) log(err error) {
	if err != nil && (r.refused == nil || err.Error() != r.refused.Error()) && !errors.Is(err, context.Canceled) {
		r.a.cfg.Log.Error("retention", "err", err)
	}
	r.refused = err
}

// Once deletes what is due. A refusal is vms.Denied, code "clock-moved" or "too-much".
func (r *Retention) Once(ctx context.Context) error {
	if err := r.checkClock(); err != nil {
		return err
	}
	feeds, bytes, err := r.a.feeds(ctx)
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	overdue := r.sweep(ctx) // what an earlier run left
	expired, err := r.expired(ctx, feeds, bytes)
	if err != nil {
		return errors.Join(err, overdue)
	}
	if err := r.hideAll(ctx, expired, vms.Expired); err != nil {
		return err
	}
	if r.a.cfg.Max > 0 && bytes > r.a.cfg.Max {
		if err := r.makeRoom(ctx, feeds); err != nil {
			return err
		}
	}
	return r.sweep(ctx)
}

func (r *Retention) checkClock() error {
	wall, mono := r.read()
	if off := wall.Sub(r.wall) - (mono - r.mono); off > clockTrust || off < -clockTrust {
		return vms.Errorf(vms.Denied, "clock-moved",
			"the clock was moved by %v: nothing is deleted until this program is restarted with a clock that is right", off.Round(time.Second))
	}
	return nil
}

// AcceptRetention lets one run after another delete as much as is due until an instant, because
// somebody with the right to says that it is meant.
func (a *Archive) AcceptRetention(ctx context.Context, until vms.Instant) error {
	return a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.SetSetting(ctx, acceptSetting, strconv.FormatInt(int64(until), 10))
	})
}

func (r *Retention) accepted(ctx context.Context) (ok bool, err error) {
	err = r.a.cfg.DB.Read(ctx, func(tx *db.Tx) error {
		text, err := tx.Setting(ctx, acceptSetting)
		if errors.Is(err, vms.NotFound) {
			return nil
		}
		until, parse := strconv.ParseInt(text, 10, 64)
		ok = parse == nil && vms.Instant(until) > r.a.now()
		return err
	})
	return ok, err
}

// feeds returns all feeds and the bytes that count for the quota.
func (a *Archive) feeds(ctx context.Context) ([]vms.Feed, int64, error) {
	rows, err := a.cfg.DB.Query(ctx, `SELECT camera, stream, bytes FROM feed ORDER BY camera, stream`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var feeds []vms.Feed
	var total int64
	for rows.Next() {
		var f vms.Feed
		var n int64
		if err := rows.Scan(&f.Camera, &f.Stream, &n); err != nil {
			return nil, 0, err
		}
		feeds, total = append(feeds, f), total+n
	}
	return feeds, total, rows.Err()
}

// expired returns the segments whose time is over and that are not held.
func (r *Retention) expired(ctx context.Context, feeds []vms.Feed, bytes int64) ([]*Segment, error) {
	if r.a.cfg.Retention == nil {
		return nil, nil
	}
	var due []*Segment
	var size int64
	for _, f := range feeds {
		keep := r.a.cfg.Retention(f)
		if keep <= 0 {
			continue
		}
		list, err := r.candidates(ctx, f, r.a.now().Add(-keep), false)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			size += s.Size
		}
		due = append(due, list...)
	}
	if len(due) <= fewSegments || float64(size) <= mostAtOnce*float64(bytes) {
		return due, nil
	}
	if ok, err := r.accepted(ctx); ok || err != nil {
		return due, err
	}
	return nil, vms.Errorf(vms.Denied, "too-much", "%d segments, %d %% of the archive, would expire at once: refused until somebody accepts it",
		len(due), 100*size/max(1, bytes))
}

// candidates returns a feed's unheld segments that end before an instant, oldest first, a bounded number.
func (r *Retention) candidates(ctx context.Context, feed vms.Feed, before vms.Instant, quota bool) ([]*Segment, error) {
	where := ""
	if quota {
		where = ` AND exempt = 0`
	}
	list, err := briefs(r.a.cfg.DB.Query(ctx, `SELECT `+brief+` FROM segment WHERE camera = $1 AND stream = $2
		AND start_us < $3 AND end_us <= $3 AND state <> 'hidden'`+where+` AND NOT EXISTS (SELECT 1 FROM hold
			WHERE hold.camera = $1 AND (until_us IS NULL OR until_us > $4) AND from_us < segment.end_us AND to_us > segment.start_us)
		ORDER BY start_us LIMIT 10000`, feed.Camera, feed.Stream, before, r.a.now()))
	if err != nil {
		return nil, fmt.Errorf("retention of %v: %w", feed, err)
	}
	held, err := holds(ctx, r.a.cfg.DB, feed.Camera, r.a.now())
	if err != nil {
		return nil, fmt.Errorf("holds on %s: %w", feed.Camera, err)
	}
	return slices.DeleteFunc(list, func(s *Segment) bool { return isHeld(s, held) }), nil
}

func isHeld(s *Segment, held []Hold) bool {
	return slices.ContainsFunc(held, func(h Hold) bool { return h.Span.Overlaps(s.Span) })
}

// makeRoom hides the oldest footage until the limit is kept, or as much as one run may.
func (r *Retention) makeRoom(ctx context.Context, feeds []vms.Feed) error {
	var bytes int64 // what is being deleted no longer counts
	err := r.a.cfg.DB.QueryRow(ctx, `SELECT COALESCE((SELECT SUM(bytes) FROM feed), 0)
		- COALESCE((SELECT SUM(size) FROM segment WHERE state = 'hidden' AND exempt = 0), 0)`).Scan(&bytes)
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	var all []*Segment
	for _, f := range feeds {
		list, err := r.candidates(ctx, f, r.a.now(), true)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(x, y *Segment) int { return int(x.Span.From - y.Span.From) })
	excess := bytes - r.a.cfg.Max
	most := max(int64(mostAtOnce*float64(bytes)), 1)
	n := 0
	for freed := int64(0); n < len(all) && freed < excess && freed < most; n++ {
		freed += all[n].Size
	}
	return r.hideAll(ctx, all[:n], vms.Quota)
}

func (r *Retention) hideAll(ctx context.Context, due []*Segment, cause vms.Cause) error {
	for batch := range slices.Chunk(due, hideAtOnce) {
		if err := r.a.cfg.DB.Tx(ctx, func(tx *db.Tx) error { return r.hide(ctx, tx, batch, cause) }); err != nil {
			return fmt.Errorf("retention: hide: %w", err)
		}
	}
	return nil
}

// hide takes segments out of what is shown, unless they are held by now.
func (r *Retention) hide(ctx context.Context, tx *db.Tx, batch []*Segment, cause vms.Cause) error {
	held := map[vms.CameraID][]Hold{}
	for _, s := range batch {
		list, ok := held[s.Feed.Camera]
		if !ok {
			var err error
			if list, err = holds(ctx, tx, s.Feed.Camera, r.a.now()); err != nil {
				return err
			}
			held[s.Feed.Camera] = list
		}
		if isHeld(s, list) {
			continue
		}
		if err := hideOne(ctx, tx, s, cause); err != nil {
			return err
		}
	}
	return nil
}

func hideOne(ctx context.Context, tx *db.Tx, s *Segment, cause vms.Cause) error {
	var state string
	err := tx.QueryRow(ctx, `SELECT state FROM segment WHERE camera = $1 AND stream = $2 AND start_us = $3 AND key = $4`,
		s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key).Scan(&state)
	if err != nil {
		return err
	}
	if err := setState(ctx, tx, s, hidden, string(cause)); err != nil || state != stored {
		return err
	}
	if err := cutSpan(ctx, tx, s.Feed, s.Span); err != nil {
		return err
	}
	if err := addGap(ctx, tx, s.Feed, vms.Gap{Span: s.Span, Cause: cause}); err != nil || cause != vms.Expired {
		return err
	}
	return absorb(ctx, tx, s.Feed, s.Span.To)
}

// absorb makes the gaps before an instant, whatever their cause, part of what retention erased: so the
// index does not grow for ever.
func absorb(ctx context.Context, tx *db.Tx, feed vms.Feed, before vms.Instant) error {
	old, err := gapsNear(ctx, tx, feed, vms.Span{From: 0, To: before})
	if err != nil {
		return err
	}
	now := slices.Clone(old)
	for i := range now {
		if now[i].To <= before {
			now[i].Cause = vms.Expired
		}
	}
	return replaceGaps(ctx, tx, feed, old, joinGaps(now))
}

// sweep deletes the objects of hidden rows, and then the rows.
func (r *Retention) sweep(ctx context.Context) error {
	list, err := briefs(r.a.cfg.DB.Query(ctx, `SELECT `+brief+` FROM segment WHERE state = 'hidden' ORDER BY camera, stream, start_us`))
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	var failed error
	var gone []*Segment
	for _, s := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.a.cfg.Store.Delete(ctx, s.Key); err != nil {
			failed = fmt.Errorf("retention overdue: %w", err)
			continue
		}
		gone = append(gone, s)
	}
	for batch := range slices.Chunk(gone, hideAtOnce) {
		err := r.a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, s := range batch {
				if err := deleteRow(ctx, tx, s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("retention: delete rows: %w", err)
		}
	}
	return failed
}
