package archive

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yagura/internal/vms"
)

// shelf is one feed's part of the spool.
type shelf struct {
	spool *spool
	feed  vms.Feed
	dir   string

	recovery  sync.Mutex // held while recovering
	recovered bool       // guarded by recovery
	looked    bool       // guarded by recovery: what is known was only looked at

	mu      sync.Mutex
	pieces  []*piece                // by start
	gaps    map[vms.Instant]vms.Gap // on their way to the index, by start
	changed chan struct{}           // closed and replaced when footage was added; nil while nobody waits
}

// recover takes in what an earlier process left. Once it succeeded, calling it again is cheap; after
// an error the next call takes in what is still missing. While another process owns the spool
// nothing is changed: each call looks anew.
func (sh *shelf) recover() error {
	sh.recovery.Lock()
	defer sh.recovery.Unlock()
	if sh.recovered {
		return nil
	}
	owned := sh.spool.isOwned()
	if !owned || sh.looked {
		sh.mu.Lock()
		sh.pieces, sh.gaps = nil, map[vms.Instant]vms.Gap{}
		sh.mu.Unlock()
	}
	sh.looked = !owned
	entries, err := os.ReadDir(sh.dir)
	if gone(err) != nil {
		return fmt.Errorf("recover spool: %w", err)
	}
	var failed []error
	for _, e := range entries {
		err := sh.recoverFile(e.Name(), owned)
		if err != nil && (owned || gone(err) != nil) {
			failed = append(failed, fmt.Errorf("recover %s: %w", filepath.Join(sh.dir, e.Name()), err))
		}
	}
	if owned {
		sh.recovered = len(failed) == 0
		sh.spool.dirty.Store(true)
		sh.spool.wake()
	}
	return errors.Join(failed...)
}

func (sh *shelf) recoverFile(name string, owned bool) error {
	path := filepath.Join(sh.dir, name)
	switch {
	case strings.HasSuffix(name, tmpSuffix):
		if !owned {
			return nil
		}
		return gone(os.Remove(path))
	case strings.HasSuffix(name, gapSuffix):
		return sh.recoverGap(path, owned)
	}
	stem, part := strings.CutSuffix(name, partSuffix)
	if !part {
		var done bool
		if stem, done = strings.CutSuffix(name, doneSuffix); !done {
			return nil // not ours
		}
	}
	start, seq, ok := parseStem(stem)
	if !ok || sh.has(start, seq) {
		return nil
	}
	p := &piece{shelf: sh, start: start, seq: seq, path: path, key: objectKey(sh.feed, start, seq), era: sh.spool.era.Load(), old: true}
	switch {
	case !owned:
		return p.look()
	case part:
		return p.repair()
	}
	return p.load()
}

func (sh *shelf) recoverGap(path string, owned bool) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var g vms.Gap
	if err := json.Unmarshal(b, &g); err != nil || g.Empty() {
		if !owned {
			return nil
		}
		sh.spool.log.Warn("torn gap file dropped", "file", path)
		return gone(os.Remove(path))
	}
	sh.mu.Lock()
	sh.gaps[g.From] = g
	sh.mu.Unlock()
	return nil
}

// putGap queues a gap, or a longer version of it, for the index. It is queued in memory even where
// the file cannot be written; the error says so.
func (sh *shelf) putGap(g vms.Gap) error {
	sh.mu.Lock()
	sh.gaps[g.From] = g
	sh.mu.Unlock()
	b, err := json.Marshal(g)
	if err != nil {
		return err
	}
	path := sh.gapPath(g)
	if err := os.MkdirAll(sh.dir, 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(path+tmpSuffix, b, 0o640); err != nil {
		return errors.Join(err, gone(os.Remove(path+tmpSuffix)))
	}
	sh.spool.dirty.Store(true)
	return os.Rename(path+tmpSuffix, path)
}

func (sh *shelf) gapPath(g vms.Gap) string {
	return filepath.Join(sh.dir, strconv.FormatInt(int64(g.From), 10)+gapSuffix)
}

// queued returns the gaps the index does not have yet.
func (sh *shelf) queued() []vms.Gap {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	out := make([]vms.Gap, 0, len(sh.gaps))
	for _, g := range sh.gaps {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b vms.Gap) int { return cmp.Compare(a.From, b.From) })
	return out
}

// dropGap removes a gap that the index has, unless it has grown since.
func (sh *shelf) dropGap(g vms.Gap) error {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.gaps[g.From] != g {
		return nil
	}
	delete(sh.gaps, g.From)
	return gone(os.Remove(sh.gapPath(g)))
}

// end is where the last piece recorded here ends, where that or the last queued gap does, and the cause where that
// is a gap.
func (sh *shelf) end() (footage, end vms.Instant, cause vms.Cause) {
	for _, p := range sh.list() {
		if s := p.segment(); s.Epoch >= 0 {
			footage = max(footage, s.Span.To)
		}
	}
	end = footage
	for _, g := range sh.queued() {
		if g.To > end {
			end, cause = g.To, g.Cause
		}
	}
	return footage, end, cause
}

// list returns the pieces by start.
func (sh *shelf) list() []*piece {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	return slices.Clone(sh.pieces)
}

func (sh *shelf) inState(want func(pieceState) bool) []*piece {
	return slices.DeleteFunc(sh.list(), func(p *piece) bool { return !want(p.stateNow()) })
}

func (sh *shelf) add(p *piece) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	i, _ := slices.BinarySearchFunc(sh.pieces, p, func(a, b *piece) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.seq, b.seq))
	})
	sh.pieces = slices.Insert(sh.pieces, i, p)
}

func (sh *shelf) has(start vms.Instant, seq int64) bool {
	return slices.ContainsFunc(sh.list(), func(p *piece) bool { return p.start == start && p.seq == seq })
}

func (sh *shelf) drop(p *piece) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.pieces = slices.DeleteFunc(sh.pieces, func(o *piece) bool { return o == p })
}

// wait returns a channel that is closed when footage is added.
func (sh *shelf) wait() <-chan struct{} {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.changed == nil {
		sh.changed = make(chan struct{})
	}
	return sh.changed
}

func (sh *shelf) notify() {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.changed != nil {
		close(sh.changed)
		sh.changed = nil
	}
}

// stem is how a segment's file is named, without what says how far it has come.
func stem(start vms.Instant, seq int64) string {
	return strconv.FormatInt(int64(start), 10) + "-" + strconv.FormatInt(seq, 10)
}

func parseStem(stem string) (start vms.Instant, seq int64, ok bool) {
	a, b, _ := strings.Cut(stem, "-")
	s, err1 := strconv.ParseInt(a, 10, 64)
	n, err2 := strconv.ParseInt(b, 10, 64)
	return vms.Instant(s), n, err1 == nil && err2 == nil && s >= 0 && n >= 0
}

// objectKey is where a segment lies in the store. The hour is that of its start, in UTC.
func objectKey(feed vms.Feed, start vms.Instant, seq int64) string {
	return fmt.Sprintf("footage/%s/%s/%s/%s.mp4", feed.Camera, feed.Stream, start.Time().Format("2006/01/02/15"), stem(start, seq))
}

// parseKey takes an object's key apart.
func parseKey(key string) (feed vms.Feed, start vms.Instant, ok bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 8 {
		return feed, 0, false
	}
	feed = vms.Feed{Camera: vms.CameraID(parts[1]), Stream: vms.Stream(parts[2])}
	name, _, _ := strings.Cut(parts[7], ".")
	start, _, ok = parseStem(name)
	return feed, start, ok && feed.Camera.Valid() && feed.Stream.Valid()
}

// empty reports whether a file holds no whole fragment.
func empty(err error) bool { return vms.Code(err) == "empty-segment" }
