// Package stream holds the newest part of one camera stream in memory and hands out readers on it.
//
// A Stream is a media.Writer: WriteUnit appends to a ring and wakes readers. It never blocks, does
// no I/O and runs no reader's code (invariant D). Each reader has a cursor of its own; one that
// falls behind the ring gets *media.Lagged and goes on at a key frame. The ring reaches back to the
// newest key frame and at least two seconds; for a reader made by Follow it reaches back to that
// reader's cursor, up to ten seconds, so that a disk may pause without loss. Such a reader is woken
// for several units together: waking is most of what a unit costs.
//
// It knows nothing of cameras' addresses, disks or viewers.
package stream

import (
	"context"
	"io"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	keepLive   = 2 * time.Second  // a live reader may be this late without losing units
	keepFollow = 10 * time.Second // a following reader may be this late
	keepBytes  = 16 << 20         // per stream, whatever the readers want
)

// silent is how long a camera has sent nothing when its last pictures are no longer live.
const silent = 5 * time.Second

// FollowDelay is how long units may wait before a reader made by Follow is woken for them. A key
// frame wakes it at once.
const FollowDelay = 150 * time.Millisecond

// followLook is when such a reader looks by itself: for the last units before a camera fell silent.
const followLook = 2 * FollowDelay

// Stream is one camera stream. It outlives connections: after a reconnect the same readers go on
// with units of a new run.
type Stream struct {
	mu        sync.Mutex
	ring      []entry
	first     uint64      // sequence number of ring[0]
	keys      []uint64    // sequence numbers of the key frames in ring, rising
	bytes     int         // of the NAL units in ring
	shift     vms.Instant // added to At, time goes on evenly from run to run
	wake      chan struct{}
	waiting   bool // somebody waits on wake
	closed    bool
	wrote     time.Time // when the newest unit came
	followers map[*Reader]struct{}
}

// entry is a unit in the ring, and when it came: its At, but that time neither jumps nor stands still
// between runs. The node's clock may have been set, by an hour, and what a reader still needs of the
// run before is not an hour old for that, nor in the future.
type entry struct {
	unit *media.Unit
	time vms.Instant
}

// New returns an empty stream.
func New() *Stream {
	return &Stream{wake: make(chan struct{}), followers: map[*Reader]struct{}{}}
}

// WriteUnit appends a unit. It fails only after Close.
func (s *Stream) WriteUnit(u *media.Unit) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return media.ErrClosed
	}
	if n := len(s.ring); n > 0 && u.Run != s.ring[n-1].unit.Run {
		s.shift = s.ring[n-1].time - u.At
	}
	now := u.At + s.shift
	s.wrote = time.Now()
	if u.Key {
		s.keys = append(s.keys, s.next())
	}
	s.ring = append(s.ring, entry{u, now})
	s.bytes += u.Size()
	s.trim(now)
	if s.waiting {
		s.wakeAll()
	}
	for r := range s.followers {
		if r.asleep && (u.Key || s.since(r, now) >= FollowDelay) {
			r.rouse()
		}
	}
	return nil
}

// since is how long before now the first unit came that r has not read.
func (s *Stream) since(r *Reader, now vms.Instant) time.Duration {
	return now.Sub(s.ring[max(r.pos, s.first)-s.first].time)
}

// Close ends the stream: readers get io.EOF once they have read what is there.
func (s *Stream) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.wakeAll()
	for r := range s.followers {
		r.rouse()
	}
}

// Track returns the parameters of the newest unit, or nil before the first.
func (s *Stream) Track() *media.Track {
	if u := s.Newest(); u != nil {
		return u.Track
	}
	return nil
}

// Newest returns the newest unit, or nil before the first.
func (s *Stream) Newest() *media.Unit {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ring) == 0 {
		return nil
	}
	return s.ring[len(s.ring)-1].unit
}

// Live returns a reader that starts at the newest key frame, or at the next one where there is none or
// the camera has been silent for a while: an old picture is never the beginning of a live view.
func (s *Stream) Live() *Reader {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &Reader{s: s, pos: s.next(), needKey: true}
	if n := len(s.keys); n > 0 && time.Since(s.wrote) < silent {
		r.pos = s.keys[n-1]
	}
	return r
}

// Follow returns a reader of everything from now on, beginning with the newest key frame, for which
// the ring is kept longer. Close it, or it holds memory.
func (s *Stream) Follow() *Reader {
	r := s.Live()
	r.follow, r.roused = true, make(chan struct{}, 1)
	r.look = time.NewTimer(followLook)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.followers[r] = struct{}{}
	return r
}

func (s *Stream) next() uint64 { return s.first + uint64(len(s.ring)) }

func (s *Stream) wakeAll() {
	close(s.wake)
	s.wake, s.waiting = make(chan struct{}), false
}

// trim drops what neither the newest group of pictures nor a reader within its time needs.
func (s *Stream) trim(now vms.Instant) {
	keep := s.next()
	if n := len(s.keys); n > 0 {
		keep = s.keys[n-1]
	}
	wanted := keep
	for r := range s.followers {
		wanted = min(wanted, r.pos)
	}
	drop := 0
	for drop < len(s.ring)-1 {
		seq, age := s.first+uint64(drop), now.Sub(s.ring[drop].time)
		needed := seq >= keep || age <= keepLive || seq >= wanted && age <= keepFollow
		if needed && s.bytes <= keepBytes {
			break
		}
		s.bytes -= s.ring[drop].unit.Size()
		s.ring[drop] = entry{}
		drop++
	}
	s.ring, s.first = s.ring[drop:], s.first+uint64(drop)
	for len(s.keys) > 0 && s.keys[0] < s.first {
		s.keys = s.keys[1:]
	}
}

// Reader is a cursor on a Stream. It is a media.Reader for one goroutine.
type Reader struct {
	s       *Stream
	pos     uint64 // guarded by s.mu
	needKey bool   // guarded by s.mu: skip to a key frame first
	closed  bool   // guarded by s.mu

	follow bool
	asleep bool          // guarded by s.mu: waits on roused
	roused chan struct{} // holds one call to wake up
	look   *time.Timer
}

var _ media.Reader = (*Reader)(nil)

// ReadUnit returns the next unit, waiting for it if need be.
func (r *Reader) ReadUnit(ctx context.Context) (*media.Unit, error) {
	for {
		u, wake, err := r.poll()
		if u != nil || err != nil {
			return u, err
		}
		if err := r.wait(ctx, wake); err != nil {
			return nil, err
		}
	}
}

func (r *Reader) wait(ctx context.Context, wake <-chan struct{}) error {
	if r.follow {
		r.look.Reset(followLook)
		select {
		case <-r.roused:
		case <-r.look.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		return nil
	}
	select {
	case <-wake:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// rouse ends a follower's sleep; s.mu is held.
func (r *Reader) rouse() {
	r.asleep = false
	select {
	case r.roused <- struct{}{}:
	default:
	}
}

// Close releases the reader; a waiting ReadUnit returns media.ErrClosed.
func (r *Reader) Close() error {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.closed = true
	if r.follow {
		delete(r.s.followers, r)
		r.rouse()
		r.look.Stop()
		return nil
	}
	r.s.wakeAll()
	return nil
}

// poll returns the unit under the cursor, or what to wait for.
func (r *Reader) poll() (*media.Unit, <-chan struct{}, error) {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.closed {
		return nil, nil, media.ErrClosed
	}
	if r.pos < s.first {
		if lag := r.skip(); lag != nil {
			return nil, nil, lag
		}
	}
	for r.pos < s.next() {
		u := s.ring[r.pos-s.first].unit
		r.pos++
		if u.Key || !r.needKey {
			r.needKey = false
			return u, nil, nil
		}
	}
	if s.closed {
		return nil, nil, io.EOF
	}
	if r.follow {
		r.asleep = true
		return nil, nil, nil
	}
	s.waiting = true
	return nil, s.wake, nil
}

// skip moves a cursor that the ring has left behind to a key frame: a live reader to the newest, a
// following one to the oldest, so that it loses as little as can be.
func (r *Reader) skip() *media.Lagged {
	s := r.s
	from, to := r.pos, s.next()
	if n := len(s.keys); n > 0 && r.follow {
		to = s.keys[0]
	} else if n > 0 {
		to = s.keys[n-1]
	}
	r.pos, r.needKey = to, true
	if from == to || len(s.ring) == 0 {
		return nil
	}
	span := vms.Span{From: s.ring[0].unit.At, To: s.ring[len(s.ring)-1].unit.At}
	if to < s.next() {
		span.To = s.ring[to-s.first].unit.At
	}
	return &media.Lagged{Span: span, N: int(to - from)}
}
