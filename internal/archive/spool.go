package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	partSuffix = ".mp4.part" // being written
	doneSuffix = ".mp4"      // whole and durable
	gapSuffix  = ".gap"      // a gap the index does not have yet
	tmpSuffix  = ".tmp"
	badSuffix  = ".bad" // holds nothing that can be read; kept for people to look at
)

const repairAgain = 5 * time.Second // between tries to finish a file the disk had no room for

// spool is the queue on local disk: a directory per feed with a file per segment.
//
//	<camera>/<stream>/<start-µs>-<seq>.mp4.part   open
//	<camera>/<stream>/<start-µs>-<seq>.mp4        closed, synced
//	<camera>/<stream>/<from-µs>.gap               a gap on its way to the index
//
// One syncfs(2) a second makes everything written before it durable, for all feeds together. A
// closed file is renamed behind the next one: the name .mp4 is a promise. A file whose name the
// power cut took back is found as .part again, and whole.
//
// One process owns a spool, by a lock on the directory, from its first recording, import or Run on. Any
// other, as a check beside a running server, only looks at it.
type spool struct {
	dir    string
	root   *os.File // of the file system that is synced
	max    int64    // bytes; 0: as much as the disk holds
	log    *slog.Logger
	syncfs func(fd int) error

	bytes  atomic.Int64  // of all files
	dirty  atomic.Bool   // something was written since the last sync
	era    atomic.Int64  // failed syncs so far
	synced atomic.Int64  // wall clock of the last good one, µs
	ready  chan struct{} // holds one when there may be work for the uploader

	mu      sync.Mutex
	owned   bool // by this process; otherwise it only looks
	shelves map[vms.Feed]*shelf
	closing []*piece // complete, not synced yet
	torn    []*piece // could not be completed
	retry   time.Time
}

func newSpool(dir string, limit int64, log *slog.Logger) (*spool, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	root, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	s := &spool{
		dir: dir, root: root, max: limit, log: log, syncfs: unix.Syncfs,
		ready: make(chan struct{}, 1), shelves: map[vms.Feed]*shelf{},
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	for _, path := range found {
		feed := vms.Feed{Camera: vms.CameraID(filepath.Base(filepath.Dir(path))), Stream: vms.Stream(filepath.Base(path))}
		if feed.Camera.Valid() && feed.Stream.Valid() {
			s.shelf(feed)
		}
	}
	return s, nil
}

// own makes this process the one that writes; vms.Conflict where another one is.
func (s *spool) own() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owned {
		return nil
	}
	err := unix.Flock(int(s.root.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return vms.Errorf(vms.Conflict, "spool-in-use", "the spool %s belongs to another process", s.dir)
	}
	if err != nil {
		return fmt.Errorf("lock spool %s: %w", s.dir, err)
	}
	s.owned = true
	return nil
}

func (s *spool) isOwned() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.owned
}

// shelf returns the feed's part of the spool.
func (s *spool) shelf(feed vms.Feed) *shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh := s.shelves[feed]
	if sh == nil {
		sh = &shelf{
			spool: s, feed: feed, dir: filepath.Join(s.dir, string(feed.Camera), string(feed.Stream)),
			gaps: map[vms.Instant]vms.Gap{},
		}
		s.shelves[feed] = sh
	}
	return sh
}

// known returns the feed's part where it has one.
func (s *spool) known(feed vms.Feed) *shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shelves[feed]
}

func (s *spool) all() []*shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*shelf, 0, len(s.shelves))
	for _, sh := range s.shelves {
		out = append(out, sh)
	}
	slices.SortFunc(out, func(a, b *shelf) int { return cmp.Compare(a.dir, b.dir) })
	return out
}

// complete hands over a piece whose file has its trailer; the next sync publishes it.
func (s *spool) complete(p *piece, sum *segment.Summary) {
	p.finish(sum)
	s.dirty.Store(true)
	s.mu.Lock()
	s.closing = append(s.closing, p)
	s.mu.Unlock()
}

// abandon hands over a piece that could not be completed; it is repaired when the disk allows.
func (s *spool) abandon(p *piece) {
	s.mu.Lock()
	s.torn = append(s.torn, p)
	s.mu.Unlock()
}

// sync makes everything written so far durable and publishes the complete pieces. After an error
// the kernel may have dropped what it could not write and say nothing the next time: files of that
// time are written anew, from memory that still has them, before they are published.
func (s *spool) sync(now time.Time) error {
	s.repairTorn(now)
	s.mu.Lock()
	batch := s.closing
	s.closing = nil
	s.mu.Unlock()
	if !s.dirty.Swap(false) && len(batch) == 0 {
		return nil
	}
	err := s.rewrite(batch)
	if err == nil {
		err = s.syncfs(int(s.root.Fd()))
	}
	if err != nil {
		s.era.Add(1)
		s.dirty.Store(true)
		s.mu.Lock()
		s.closing = append(batch, s.closing...)
		s.mu.Unlock()
		return fmt.Errorf("sync spool: %w", err)
	}
	s.synced.Store(now.UnixMicro())
	for _, p := range batch {
		if err := p.publish(); err != nil {
			s.log.Error("spool file not renamed", "file", p.path, "err", err)
			s.mu.Lock()
			s.closing = append(s.closing, p)
			s.mu.Unlock()
			continue
		}
	}
	if len(batch) > 0 {
		s.wake()
	}
	return nil
}

// rewrite copies the files that were written across a failed sync.
func (s *spool) rewrite(batch []*piece) error {
	era := s.era.Load()
	for _, p := range batch {
		if p.era == era {
			continue
		}
		if err := copyFile(p.path); err != nil {
			return fmt.Errorf("write %s anew: %w", p.path, err)
		}
		p.era = era
	}
	return nil
}

func (s *spool) repairTorn(now time.Time) {
	s.mu.Lock()
	torn := s.torn
	if now.Before(s.retry) {
		torn = nil
	}
	if len(torn) > 0 {
		s.torn, s.retry = nil, now.Add(repairAgain)
	}
	s.mu.Unlock()
	for _, p := range torn {
		if err := p.repair(); err != nil {
			s.log.Warn("spool file not completed yet", "file", p.path, "err", err)
			s.abandon(p)
		}
	}
}

// wake tells the uploader that there may be work.
func (s *spool) wake() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// room reports whether a new segment may begin; uploaded pieces make way for it.
func (s *spool) room() bool {
	if s.max <= 0 || s.bytes.Load() < s.max {
		return true
	}
	s.evict(s.max - s.max/10)
	return s.bytes.Load() < s.max
}

// evict removes uploaded pieces, oldest first, until the spool is at most so large.
func (s *spool) evict(to int64) {
	var kept []*piece
	for _, sh := range s.all() {
		kept = append(kept, sh.inState(isUploaded)...)
	}
	slices.SortFunc(kept, func(a, b *piece) int { return cmp.Compare(a.start, b.start) })
	for _, p := range kept {
		if s.bytes.Load() <= to {
			return
		}
		if err := p.remove(); err != nil {
			s.log.Warn("spool file not removed", "file", p.path, "err", err)
		}
	}
}

func (s *spool) close() error { return s.root.Close() }

// copyFile replaces a file by a copy of itself.
func copyFile(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+tmpSuffix, b, 0o640); err != nil {
		return errors.Join(err, gone(os.Remove(path+tmpSuffix)))
	}
	return os.Rename(path+tmpSuffix, path)
}

// gone is nil for a file that is not there.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
