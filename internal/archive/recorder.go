package archive

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	contiguous = 500 * time.Millisecond // a new run that begins this soon joins the last one's span
	idleTicks  = 8                      // of a second: an open segment nothing is added to is closed
	gapTicks   = 10                     // how often an open gap is made durable
	gapLag     = 2 * time.Second        // a gap is stated up to this long ago: units may be on their way
	diskPause  = time.Second            // after a failed write
	learnPause = time.Second
	stuck      = 10 * time.Second // in a write: for this long the ring keeps what comes
)

// Recorder writes one feed into the spool: a media.Reader in, segments out. It explains every
// instant that is not in a segment.
//
// Time never goes back: a run whose first unit came, by its clock, before what is recorded already
// (the node's clock was set back) is recorded all the same, its time shifted to the end of the
// recording; the shift then melts at 500 ppm, and at every pause of the camera.
type Recorder struct {
	archive *Archive
	shelf   *shelf
	log     *slog.Logger
	stats   recorderStats
	epoch   atomic.Int64
	clock   atomic.Int64 // offset of the camera's clock, ns
	since   atomic.Int64 // when Run began, µs

	inbox struct { // never held while writing
		sync.Mutex
		events []event
	}

	mu      sync.Mutex // held while writing
	running bool
	ran     bool // before, in this process
	began   vms.Instant
	cov     coverage
	floor   vms.Instant // no footage may begin before
	old     past        // where the spool's part of the past ended when Run began
	cut     cut
	taken   int         // units since the last tick
	idle    int         // ticks since the last unit
	ticks   int         // since the open gap was made durable
	pause   vms.Instant // no new segment before, after a failed write
	keyless vms.Instant // the run of which it is noted that it began without a key frame
}

// Recorder returns the feed's recorder.
func (a *Archive) Recorder(feed vms.Feed) *Recorder {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.recorders[feed]
	if r == nil {
		r = &Recorder{archive: a, shelf: a.spool.shelf(feed), log: a.cfg.Log.With("camera", feed.Camera, "stream", feed.Stream)}
		a.recorders[feed] = r
	}
	return r
}

// Run records what in hands out until it ends or ctx does. It fails with vms.Conflict while another
// process owns the spool, or another Run is going on. It is run for as long as the feed is this
// node's to record, over all reconnects; what happens meanwhile is told by Interrupted. At most one
// Run of a feed at a time. For a camera that leaves the configuration Interrupted is called before
// Run ends, so that the gap says so.
func (r *Recorder) Run(ctx context.Context, in media.Reader) error {
	if err := r.shelf.spool.own(); err != nil {
		return err
	}
	if err := r.shelf.recover(); err != nil {
		r.log.Error("spool not wholly recovered", "err", err)
	}
	if err := r.begin(); err != nil {
		return err
	}
	defer r.end()
	learning, stop := context.WithCancel(ctx)
	learned := make(chan struct{})
	go func() {
		defer close(learned)
		r.learn(learning)
	}()
	defer func() { stop(); <-learned }()
	err := r.record(ctx, in)
	if ctx.Err() != nil || errors.Is(err, io.EOF) || errors.Is(err, media.ErrClosed) {
		return nil
	}
	return err
}

func (r *Recorder) record(ctx context.Context, in media.Reader) error {
	for {
		u, err := in.ReadUnit(ctx)
		var lagged *media.Lagged
		var gap *media.Gap
		switch {
		case err == nil:
			r.take(u)
		case errors.As(err, &lagged):
			r.stats.lost.Add(int64(lagged.N))
			r.log.Warn("disk too slow: units dropped", "units", lagged.N, "span", lagged.Span)
			r.stop(event{lagged.Span.From, vms.DiskSlow})
		case errors.As(err, &gap):
			r.stop(event{gap.From, gap.Cause})
		default:
			return err
		}
	}
}

// Interrupted says that from an instant on there is nothing to record, and why. It never blocks.
// Footage that follows makes it void.
func (r *Recorder) Interrupted(at vms.Instant, cause vms.Cause) {
	r.inbox.Lock()
	defer r.inbox.Unlock()
	if n := len(r.inbox.events); n < maxEvents || r.inbox.events[n-1].cause != cause {
		r.inbox.events = append(r.inbox.events, event{at, cause})
	}
}

// listen takes in what Interrupted said. r.mu is held.
func (r *Recorder) listen() {
	r.inbox.Lock()
	events := r.inbox.events
	r.inbox.events = nil
	r.inbox.Unlock()
	for _, e := range events {
		r.cov.interrupted(e.at+r.cut.shift, e.cause)
	}
}

// SetEpoch says under which lease epoch is recorded from the next segment on.
func (r *Recorder) SetEpoch(epoch int64) { r.epoch.Store(epoch) }

// SetClockOffset notes how far the camera's clock is ahead of ours; it goes into the segments.
func (r *Recorder) SetClockOffset(d time.Duration) { r.clock.Store(int64(d)) }

func (r *Recorder) begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running {
		return vms.Errorf(vms.Conflict, "recording", "%v is being recorded already", r.shelf.feed)
	}
	r.running = true
	r.began = r.archive.now()
	r.since.Store(int64(r.began))
	footage, end, cause := r.shelf.end()
	r.old = past{end: end, cause: cause}
	r.floor = max(r.floor, footage)
	r.cov = coverage{events: r.cov.events}
	return nil
}

// end closes the open segment, and states what is missing up to now. The last picture's time may not be
// over yet: why there is no next one is stated all the same.
func (r *Recorder) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listen()
	r.finish(0)
	if r.cov.over() {
		r.queue(r.cov.open(max(r.archive.now(), r.cov.end+1), vms.Stalled))
	}
	r.running, r.ran = false, true
}

// learn asks the index where the past ends, as often as it takes.
func (r *Recorder) learn(ctx context.Context) {
	for told := false; ctx.Err() == nil; {
		p, err := r.archive.claimFeed(ctx, r.shelf.feed, r.began)
		if err == nil {
			r.resolve(p)
			return
		}
		if !told && ctx.Err() == nil {
			r.log.Warn("index away; the gap before the recording is explained later", "err", err)
			told = true
		}
		vms.Sleep(ctx, learnPause)
	}
}

// resolve explains the time before Run began.
func (r *Recorder) resolve(p past) {
	r.mu.Lock()
	defer r.mu.Unlock()
	base := vms.Restarted
	if r.ran {
		base = "" // what was said meanwhile, in this process, reaches back
	}
	if r.old.end > p.end || p.fresh && r.old.end > 0 {
		p.end, p.cause, p.fresh = r.old.end, r.old.cause, false
	}
	switch {
	case p.node != "" && p.node != r.archive.cfg.Node:
		base = vms.TakenOver
	case p.cause == vms.NotConfigured:
		base = vms.NotConfigured
	case p.fresh:
		base = ""
	}
	r.floor = max(r.floor, p.footage)
	gaps := r.cov.resolve(p.end, base)
	r.queue(gaps)
	r.cov.past = append(r.cov.past, gaps...)
}

// queue hands gaps to the spool. r.mu is held.
func (r *Recorder) queue(gaps []vms.Gap) {
	for _, g := range gaps {
		if err := r.shelf.putGap(g); err != nil {
			r.log.Warn("gap kept in memory only", "gap", g.Span, "cause", g.Cause, "err", err)
		}
	}
	if len(gaps) > 0 {
		r.shelf.spool.wake()
	}
}

// tick is called once a second while Run runs: it closes what nothing is added to any more, and
// makes an open gap durable. A recorder that is busy writing is passed over.
func (r *Recorder) tick(now vms.Instant) {
	if !r.mu.TryLock() {
		return
	}
	defer r.mu.Unlock()
	if !r.running {
		return
	}
	r.listen()
	r.idle++
	if r.taken > 0 {
		r.idle, r.taken = 0, 0
	}
	switch {
	case r.cut.w != nil && r.idle > 0 && (r.idle >= idleTicks || r.cov.over()):
		r.finish(0)
	case r.cut.w != nil && r.idle > 0:
		r.flush()
	}
	if r.ticks++; r.ticks < gapTicks {
		return
	}
	r.ticks = 0
	if r.cut.w == nil {
		gaps := r.cov.open(now.Add(-gapLag), vms.Stalled)
		r.queue(gaps)
		r.cov.settle(gaps)
	}
}

// live returns what is missing up to now, else what is being recorded and not in a fragment yet, and
// whether the feed is recorded here. Of a recorder stuck in a write nothing is known but how far it
// got; what comes meanwhile waits in the ring.
func (r *Recorder) live(ctx context.Context, now vms.Instant) (open []vms.Gap, tail vms.Span, recording bool) {
	for start := time.Now(); !r.mu.TryLock(); vms.Sleep(ctx, time.Millisecond) {
		if ctx.Err() != nil || time.Since(start) > liveWait {
			if written := vms.Instant(r.stats.written.Load()); now.Sub(written) <= stuck {
				tail = vms.Span{From: written, To: now}
			}
			return nil, tail, true
		}
	}
	defer r.mu.Unlock()
	if !r.running {
		return nil, tail, false
	}
	r.listen()
	if r.cut.w != nil && !r.cov.over() && now.Sub(r.cov.end) <= lively {
		return nil, vms.Span{From: r.cov.end, To: now}, true
	}
	return r.cov.open(now, vms.Stalled), tail, true
}
