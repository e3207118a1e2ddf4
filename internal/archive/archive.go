// Package archive keeps recorded footage: a spool of segments on local disk, an uploader that
// moves them to a blob.Store, and an index in the database of what is stored.
//
// A directory is the queue, an object is the truth, a row is the index: spool file → object,
// verified → row → spool file removed. Every step may be repeated after a crash.
//
// Invariants:
//   - A row has its object: the object first, the row second; to delete: hide the row, delete the
//     object with all its versions, delete the row.
//   - Recorded plus explained gaps is wall time. Every gap has a cause.
//   - Recordings of one feed never overlap. Keys and rows are in UTC.
//   - Retention is the only thing that deletes footage, and never what is held. Unknown objects are
//     reported, never deleted.
//   - Nothing here runs in WriteUnit's goroutine; a slow disk, store or database stalls no camera.
//   - What is said of footage one may not see is that it is not there: Activity, NextActivity and
//     Picture take what is permitted, and no byte and no figure from outside has a part in what they give.
//
// It does not know about HTTP sessions or people, nor who may see what.
package archive

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	defaultSegment = time.Minute // short enough to be in the store soon, long enough to seek rarely
	syncEvery      = time.Second // what a power cut may cost
	recoveries     = 2           // shelves read at once after a start: the work is hashing
)

// Config is what an Archive stands on. DB, Store and Spool must be given.
type Config struct {
	DB       *db.DB
	Store    blob.Store
	Spool    string        // directory
	SpoolMax int64         // bytes; 0: as much as the disk holds
	Keep     time.Duration // an uploaded spool file stays for so long, if there is room; 0: it goes at once
	Segment  time.Duration // 0: one minute
	Fragment time.Duration // 0: one second
	Workers  int           // uploads at once; 0: 4
	Node     string        // name of this node: a feed recorded by another one before was taken over
	Remote   Remote        // the other nodes' spools; may be nil
	Clock    *vms.Clock    // nil: a new one
	Log      *slog.Logger

	// Began says when a feed's camera was first placed; before, it was not in operation. Nil: never asked.
	Began func(vms.Feed) vms.Instant

	Max       int64                        // bytes stored in all; 0: retention alone limits
	Retention func(vms.Feed) time.Duration // how long footage is kept; nil, or 0: for ever
}

// Segment is a stretch of footage of one feed, wherever it lies.
type Segment struct {
	Feed      vms.Feed
	Span      vms.Span
	Run       vms.Instant
	Seq       int64
	Key       string // of its object, now or later
	Size      int64  // bytes of the whole file; of those written so far while Open
	Epoch     int64  // of the lease under which it was recorded
	Root      segment.Hash
	Track     *media.Track
	Fragments []segment.Fragment // in file order; shared, not to be changed
	Open      bool               // it is still growing
	Activity  []uint32           // bytes of non-key pictures per second since Span.From; while Open, of what is written

	piece *piece // its spool file on this node
	node  string // of whose spool it is; "" for this one or the store
}

// Archive is the footage of all feeds, as one node sees it.
type Archive struct {
	cfg      Config
	spool    *spool
	uploader *uploader

	mu        sync.Mutex
	recorders map[vms.Feed]*Recorder
	levels    map[levelKey]keptLevel
	syncErr   atomic.Pointer[string] // what ails the spool's disk; nil when well
}

// New opens the spool. What an earlier process left there is taken in by Run, feed by feed, or when
// a feed is asked for.
func New(cfg Config) (*Archive, error) {
	if cfg.Segment <= 0 {
		cfg.Segment = defaultSegment
	}
	if cfg.Workers <= 0 {
		cfg.Workers = 4
	}
	if cfg.Clock == nil {
		cfg.Clock = vms.NewClock()
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	sp, err := newSpool(cfg.Spool, cfg.SpoolMax, cfg.Log)
	if err != nil {
		return nil, err
	}
	a := &Archive{cfg: cfg, spool: sp, recorders: map[vms.Feed]*Recorder{}, levels: map[levelKey]keptLevel{}}
	a.uploader = newUploader(a)
	return a, nil
}

// Close releases the spool once Run and all recorders have ended.
func (a *Archive) Close() error { return a.spool.close() }

func (a *Archive) now() vms.Instant {
	now, _ := a.cfg.Clock.Now()
	return now
}

// Run takes in what an earlier process left, makes durable what the recorders write, and moves it
// into store and index, until ctx ends. While another process owns the spool it waits.
func (a *Archive) Run(ctx context.Context) error {
	for told := false; ; told = true {
		err := a.spool.own()
		if err == nil {
			break
		}
		if !told {
			a.cfg.Log.Warn("archive waits", "err", err)
		}
		if !vms.Sleep(ctx, syncEvery) {
			return nil
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.recoverAll(ctx) })
	g.Go(func() error { return a.keepSynced(ctx) })
	g.Go(func() error { return a.uploader.run(ctx) })
	g.Go(func() error { return a.weighAll(ctx) })
	if err := g.Wait(); err != nil && ctx.Err() == nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

func (a *Archive) recoverAll(ctx context.Context) error {
	for again := true; again && ctx.Err() == nil; {
		var failed atomic.Bool
		var g errgroup.Group
		g.SetLimit(recoveries)
		for _, sh := range a.spool.all() {
			g.Go(func() error {
				if err := sh.recover(); err != nil {
					failed.Store(true)
					a.cfg.Log.Error("spool not wholly recovered; trying again", "feed", sh.feed, "err", err)
				}
				return nil
			})
		}
		_ = g.Wait() // none returns an error
		again = failed.Load() && vms.Sleep(ctx, repairAgain)
	}
	return nil
}

// keepSynced runs the shared sync, and what else happens once a second. It syncs once more at the end.
func (a *Archive) keepSynced(ctx context.Context) error {
	for alive := true; alive; {
		alive = vms.Sleep(ctx, syncEvery)
		a.step(time.Now())
	}
	return nil
}

func (a *Archive) step(now time.Time) {
	a.mu.Lock()
	running := make([]*Recorder, 0, len(a.recorders))
	for _, r := range a.recorders {
		running = append(running, r)
	}
	a.mu.Unlock()
	at := a.now()
	for _, r := range running {
		r.tick(at)
	}
	a.noteSync(a.spool.sync(now))
}

// noteSync logs when the disk starts to fail and when it is well again.
func (a *Archive) noteSync(err error) {
	was := a.syncErr.Load()
	switch {
	case err != nil && was == nil:
		text := err.Error()
		a.syncErr.Store(&text)
		a.cfg.Log.Error("disk failing: nothing becomes durable", "err", err)
	case err == nil && was != nil:
		a.syncErr.Store(nil)
		a.cfg.Log.Info("disk is well again")
	}
}
