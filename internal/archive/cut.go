package archive

import (
	"errors"
	"hash/fnv"
	"syscall"
	"time"

	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

// cut is the open segment of a recorder, and what the next one continues.
type cut struct {
	w     *segment.Writer // nil while none is open
	out   *partWriter
	track *media.Track
	frags int         // shown
	due   vms.Instant // a key frame from here on begins the next one

	run    vms.Instant // as the units say; 0 before the first
	shown  vms.Instant // the run as recorded: shifted, where its start was
	dts    int64       // of the last unit
	at     vms.Instant // latest At in the segment, as recorded
	shift  vms.Instant // added to every At
	melted vms.Instant // At up to which the shift has melted
	seq    int64       // of the next segment
	prev   segment.Hash
}

// take records a unit.
func (r *Recorder) take(u *media.Unit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listen()
	c := &r.cut
	if u.Run == c.run && u.DTS <= c.dts {
		return // recorded already: a reader that was opened anew begins at a key frame
	}
	r.taken++
	if u.Run == c.run {
		c.melt(u.At)
	}
	if c.w != nil && r.breaks(u) {
		r.finish(r.follows(u))
	}
	if c.w == nil && !r.start(u) {
		return
	}
	if c.shift != 0 || c.shown != c.run {
		moved := *u
		moved.At, moved.Run = u.At+c.shift, c.shown
		u = &moved
	}
	if err := c.w.Write(u); err != nil {
		r.failed(u, err)
		return
	}
	c.dts, c.at = u.DTS, max(c.at, u.At)
	r.stats.units.Add(1)
	if n := len(c.w.Fragments()); n != c.frags {
		r.show()
	}
}

// breaks reports whether the open segment ends before u.
func (r *Recorder) breaks(u *media.Unit) bool {
	c := &r.cut
	return u.Run != c.run || !u.Track.Same(c.track) ||
		u.Key && (u.At+c.shift >= c.due || !r.shelf.spool.room())
}

// follows returns where the open segment's span ends when u comes next: at u where it follows
// without a pause, else 0.
func (r *Recorder) follows(u *media.Unit) vms.Instant {
	c := &r.cut
	at := u.At + c.shift
	if !u.Key || at <= c.at || u.Run != c.run && (at.Sub(c.at) > contiguous || r.cov.over()) {
		return 0
	}
	return at
}

// start opens a segment at u. It reports whether it did.
func (r *Recorder) start(u *media.Unit) bool {
	c := &r.cut
	if !u.Key {
		if r.keyless != u.Run && (u.Run != c.run || !r.cov.over()) {
			r.keyless = u.Run
			r.cov.interrupted(u.At+c.shift, vms.NoKeyFrame)
		}
		return false
	}
	if u.At < r.pause {
		return false
	}
	if !r.shelf.spool.room() {
		r.refuse(u)
		return false
	}
	fallback := vms.Stalled
	if u.Run != c.run {
		if fallback = vms.ClockStepped; c.run == 0 {
			fallback = vms.Restarted
		}
	}
	r.align(u)
	at := u.At + c.shift
	gaps := r.cov.begin(at, fallback)
	r.queue(gaps)
	return r.open(u.Track, at, r.cov.carry(gaps))
}

// refuse notes that the spool is full.
func (r *Recorder) refuse(u *media.Unit) {
	if r.cov.cause() != vms.DiskFull {
		r.log.Error("spool full of footage that is not uploaded: not recording")
		r.cov.interrupted(u.At+r.cut.shift, vms.DiskFull)
	}
}

// align sees to it that a segment beginning at u does not begin in what is recorded. Where it would,
// the clock was set back: the rest of the run is shifted.
func (r *Recorder) align(u *media.Unit) {
	c := &r.cut
	if u.Run != c.run {
		*c = cut{run: u.Run, dts: u.DTS - 1}
	}
	if by := r.floor - c.shift - u.At; by > 0 {
		c.shift, c.melted = c.shift+by, u.At
		if by > vms.Instant(contiguous/time.Microsecond) {
			r.log.Warn("clock set back: footage is dated later than it was taken", "by", by.Sub(0))
		}
	}
	if c.shown == 0 {
		c.shown = c.run + c.shift
	}
}

// melt lets the shift shrink by 500 ppm of the time passed.
func (c *cut) melt(at vms.Instant) {
	const ppm500 = 2000
	if passed := at - c.melted; c.shift > 0 && passed >= ppm500 {
		c.shift = max(0, c.shift-passed/ppm500)
		c.melted = at
	}
}

// shorter is the length of fragments with which no unit waits in memory longer than want: the recorder is
// woken up to FollowDelay late, and a fragment ends when the picture behind it has come.
func shorter(want time.Duration) time.Duration { return max(want/2, want-2*stream.FollowDelay) }

// open begins a segment at an instant. Its file is made with the first fragment.
func (r *Recorder) open(track *media.Track, at vms.Instant, gaps []vms.Gap) bool {
	c, sh := &r.cut, r.shelf
	c.out = newPart(sh, at, c.seq)
	w, err := segment.NewWriter(c.out, segment.Header{
		Feed: sh.feed, Track: track, Run: c.shown, Seq: c.seq, Epoch: r.epoch.Load(), Prev: c.prev, Gaps: gaps,
		Fragment: shorter(r.archive.cfg.Fragment),
	})
	if err != nil {
		r.log.Error("cannot record this track", "err", err)
		r.cov.interrupted(at, vms.Unsupported)
		return false
	}
	c.w, c.track, c.frags, c.at = w, track, 0, 0
	c.due = nextCut(sh.feed, at, r.archive.cfg.Segment)
	return true
}

// nextCut spreads the feeds' cuts over the length of a segment. The first segment of a run may be
// shorter, but not less than a quarter.
func nextCut(feed vms.Feed, at vms.Instant, length time.Duration) vms.Instant {
	step := vms.Instant(length / time.Microsecond)
	h := fnv.New64a()
	h.Write([]byte(feed.String()))
	offset := vms.Instant(h.Sum64() % uint64(step))
	return (at+step/4-offset)/step*step + step + offset
}

// show makes what was written visible.
func (r *Recorder) show() {
	c := &r.cut
	all := c.w.Fragments()
	for _, f := range all[c.frags:] {
		r.stats.bytes.Add(f.Len)
	}
	c.frags = len(all)
	c.out.piece.grow(c.w)
	end := c.w.Span().To
	r.cov.extend(c.at, end)
	r.stats.written.Store(int64(end))
}

// flush writes the units held back.
func (r *Recorder) flush() {
	if err := r.cut.w.Flush(); err != nil {
		r.broken(err)
		return
	}
	if len(r.cut.w.Fragments()) != r.cut.frags {
		r.show()
	}
}

// finish closes the open segment; end is where the next one begins, or 0.
func (r *Recorder) finish(end vms.Instant) {
	c := &r.cut
	if c.w == nil {
		return
	}
	sum, err := c.w.Close(end, time.Duration(r.clock.Load()))
	if err != nil {
		r.broken(err)
		return
	}
	r.show()
	if err := c.out.Close(); err != nil {
		r.broken(err)
		return
	}
	r.shelf.spool.complete(c.out.piece, sum)
	r.cov.extend(c.at, sum.Span.To)
	r.floor = max(r.floor, sum.Span.To)
	c.w, c.out, c.prev = nil, nil, sum.Root
	c.seq++
}

// stop ends the open segment because of what happened.
func (r *Recorder) stop(e event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listen()
	r.finish(0)
	r.cov.interrupted(e.at, e.cause)
}

// failed handles a unit that could not be written.
func (r *Recorder) failed(u *media.Unit, err error) {
	if !errors.Is(err, vms.Invalid) {
		r.broken(err)
		return
	}
	r.log.Warn("unit not recorded", "err", err)
	r.stats.damaged.Add(1)
	if len(r.cut.w.Fragments()) == 0 && r.cut.at == 0 {
		r.cut.w, r.cut.out = nil, nil // it has no unit yet
	} else {
		r.finish(0)
	}
	r.cov.interrupted(u.At, vms.Damaged)
}

// broken leaves the open segment as the failed write left it, to be repaired.
func (r *Recorder) broken(err error) {
	c := &r.cut
	cause := vms.DiskError
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		cause = vms.DiskFull
		r.shelf.spool.evict(r.shelf.spool.bytes.Load() / 2) // what is uploaded already makes way
	}
	r.log.Error("recording interrupted", "cause", cause, "err", err)
	if len(c.w.Fragments()) != c.frags {
		r.show()
	}
	end := c.w.Span().To
	if c.frags == 0 {
		end = c.out.piece.start
	}
	r.floor = max(r.floor, end)
	if c.out.f != nil {
		_ = c.out.Close() // what matters failed before
		r.shelf.spool.abandon(c.out.piece)
	}
	r.cov.interrupted(end, cause)
	r.pause = c.at.Add(diskPause) - c.shift
	c.w, c.out, c.prev = nil, nil, segment.Hash{}
	c.seq++
}
