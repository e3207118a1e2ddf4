package archive

import (
	"sync/atomic"
	"time"

	"yagura/internal/vms"
)

type recorderStats struct {
	written atomic.Int64 // µs
	bytes   atomic.Int64
	units   atomic.Int64
	lost    atomic.Int64
	damaged atomic.Int64
}

// RecorderStats is what a recorder did since the process started.
type RecorderStats struct {
	Written vms.Instant // the last recorded instant; 0 where there is none
	Bytes   int64       // written into segments
	Units   int64       // taken
	Lost    int64       // units dropped because the disk was too slow
	Damaged int64       // units that could not be recorded
}

// Stats returns the recorder's counters. It never blocks.
func (r *Recorder) Stats() RecorderStats {
	s := &r.stats
	return RecorderStats{
		Written: vms.Instant(s.written.Load()), Bytes: s.bytes.Load(), Units: s.units.Load(),
		Lost: s.lost.Load(), Damaged: s.damaged.Load(),
	}
}

// Stats is the state of the way from the spool into store and index.
type Stats struct {
	SpoolBytes int64
	SpoolMax   int64         // 0: no bound but the disk
	Pending    int           // segments that are not in store and index yet, the open ones left out
	Lag        time.Duration // since the oldest of them ended
	Synced     vms.Instant   // of the last good sync
	DiskError  string        // "" while the spool's disk is well
	StoreAway  time.Time     // since when the object store fails; zero while it works
	StoreError string
	IndexAway  time.Time // since when the database fails; zero while it works
	IndexError string
}

// Stats looks through the spool, in memory.
func (a *Archive) Stats() Stats {
	s := Stats{SpoolBytes: a.spool.bytes.Load(), SpoolMax: a.spool.max, Synced: vms.Instant(a.spool.synced.Load())}
	if text := a.syncErr.Load(); text != nil {
		s.DiskError = *text
	}
	now := a.now()
	for _, sh := range a.spool.all() {
		for _, p := range sh.inState(isPending) {
			s.Pending++
			s.Lag = max(s.Lag, now.Sub(p.segment().Span.To))
		}
	}
	var err error
	if s.StoreAway, err = a.uploader.store.state(); err != nil {
		s.StoreError = err.Error()
	}
	if s.IndexAway, err = a.uploader.index.state(); err != nil {
		s.IndexError = err.Error()
	}
	return s
}

// Lag is how long ago the oldest segment of a feed ended that is not in store and index yet.
func (a *Archive) Lag(feed vms.Feed) time.Duration {
	sh := a.spool.known(feed)
	if sh == nil {
		return 0
	}
	var lag time.Duration
	for _, p := range sh.inState(isPending) {
		lag = max(lag, a.now().Sub(p.segment().Span.To))
	}
	return lag
}

func isPending(s pieceState) bool {
	return s == pieceClosing || s == pieceClosed || s == pieceStored
}
