package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"yagura/internal/segment"
	"yagura/internal/vms"
)

// pieceState is how far a segment's file has come. It rises, but for an object that went bad.
type pieceState int

const (
	pieceOpen     pieceState = iota
	pieceClosing             // has its trailer, is not synced
	pieceClosed              // durable, waits for the uploader
	pieceStored              // its object is there and verified
	pieceUploaded            // object and row are there; kept while there is room
	pieceGone
)

func isUploaded(s pieceState) bool { return s == pieceUploaded }

// piece is the spool file of one segment.
type piece struct {
	shelf *shelf
	start vms.Instant
	seq   int64
	era   int64 // failed syncs before its first byte
	old   bool  // an earlier process wrote it

	mu    sync.Mutex
	path  string
	key   string
	state pieceState
	seg   Segment          // as shown; its slices are never changed
	sum   *segment.Summary // from closing on
	keep  time.Time        // when uploaded: stays until then if there is room
	tries int              // copies of it the store has spoiled
}

// segment returns what Find shows.
func (p *piece) segment() *Segment {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.seg
	s.Key, s.piece = p.key, p
	return &s
}

func (p *piece) stateNow() pieceState {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

func (p *piece) summary() *segment.Summary {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sum
}

// open opens the file for reading, also while it is being renamed.
func (p *piece) open() (*os.File, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state == pieceGone {
		return nil, fs.ErrNotExist
	}
	return os.Open(p.path)
}

// grow shows the fragments written so far.
func (p *piece) grow(w *segment.Writer) {
	h, size := w.Header(), w.Size()
	p.mu.Lock()
	added := size - p.seg.Size
	p.seg = Segment{
		Feed: h.Feed, Span: w.Span(), Run: h.Run, Seq: h.Seq, Size: size, Epoch: h.Epoch,
		Track: h.Track, Fragments: w.Fragments(), Open: true, Activity: w.Activity(),
	}
	p.mu.Unlock()
	p.shelf.spool.bytes.Add(added)
	p.shelf.spool.dirty.Store(true)
	p.shelf.notify()
}

// finish shows the piece as closed.
func (p *piece) finish(sum *segment.Summary) {
	p.mu.Lock()
	added := sum.Size - p.seg.Size
	p.sum, p.seg, p.state = sum, rowOf(sum, p.key).Segment, pieceClosing
	p.mu.Unlock()
	p.shelf.spool.bytes.Add(added)
	p.shelf.notify()
}

// publish gives the synced file its final name.
func (p *piece) publish() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stem, part := strings.CutSuffix(p.path, partSuffix); part {
		if err := os.Rename(p.path, stem+doneSuffix); err != nil {
			return err
		}
		p.path = stem + doneSuffix
	}
	p.state = pieceClosed
	return nil
}

// repair completes a torn file with what whole fragments it has. One without any vanishes.
func (p *piece) repair() error {
	f, err := os.OpenFile(p.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	sum, err := segment.Repair(f)
	err = errors.Join(err, f.Close())
	if empty(err) {
		p.shelf.spool.log.Warn("spool file without a whole fragment dropped", "file", p.path)
		return p.remove()
	}
	if err != nil {
		return err
	}
	if p.old {
		p.shelf.add(p)
	}
	p.shelf.spool.complete(p, sum)
	return nil
}

// examine returns what the file says about itself.
func (p *piece) examine() (*segment.Summary, error) {
	f, err := os.Open(p.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return segment.Open(f, info.Size())
}

// load takes in a closed file of an earlier process.
func (p *piece) load() error {
	sum, err := p.examine()
	if empty(err) {
		p.shelf.spool.log.Error("spool file holds no footage; set aside", "file", p.path, "err", err)
		return os.Rename(p.path, strings.TrimSuffix(p.path, filepath.Ext(p.path))+badSuffix)
	}
	if err != nil {
		return err
	}
	if sum.Torn {
		return p.repair()
	}
	p.shelf.add(p)
	p.finish(sum)
	p.mu.Lock()
	p.state = pieceClosed
	p.mu.Unlock()
	return nil
}

// stored notes that the object is there.
func (p *piece) stored() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = pieceStored
}

// nextKey gives the piece another key, because the store has something else under the one it has.
// What is there is left alone: nobody knows whose it is.
func (p *piece) nextKey() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tries++
	p.key = strings.TrimSuffix(objectKey(p.shelf.feed, p.start, p.seq), doneSuffix) + "." + strconv.Itoa(p.tries) + doneSuffix
	return p.key
}

// exists reports whether the file is there.
func (p *piece) exists() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := os.Stat(p.path)
	return !errors.Is(err, fs.ErrNotExist)
}

// again sends an uploaded piece back to the uploader.
func (p *piece) again() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = pieceClosed
}

func (p *piece) keepUntil() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.keep
}

// look takes in a file of another process that may be writing it.
func (p *piece) look() error {
	sum, err := p.examine()
	if empty(err) {
		return nil
	}
	if err != nil {
		return err
	}
	p.seg, p.state = rowOf(sum, p.key).Segment, pieceClosed
	p.seg.Open = sum.Torn
	p.shelf.add(p)
	return nil
}

// uploaded notes that object and row are there.
func (p *piece) uploaded(keep time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state, p.keep = pieceUploaded, keep
}

// remove deletes the file.
func (p *piece) remove() error {
	p.mu.Lock()
	if p.state == pieceGone {
		p.mu.Unlock()
		return nil
	}
	err := gone(os.Remove(p.path))
	size := p.seg.Size
	if err == nil {
		p.state = pieceGone
	}
	p.mu.Unlock()
	if err != nil {
		return err
	}
	p.shelf.spool.bytes.Add(-size)
	p.shelf.drop(p)
	return nil
}

// partWriter makes the file of a piece when the first fragment is written: header and fragment
// arrive in one Write, so there is never a file without footage to begin with.
type partWriter struct {
	piece *piece
	f     *os.File
}

func newPart(sh *shelf, start vms.Instant, seq int64) *partWriter {
	return &partWriter{piece: &piece{
		shelf: sh, start: start, seq: seq, era: sh.spool.era.Load(), key: objectKey(sh.feed, start, seq),
		path: filepath.Join(sh.dir, stem(start, seq)+partSuffix),
	}}
}

func (w *partWriter) Write(b []byte) (int, error) {
	if w.f == nil {
		if err := os.MkdirAll(filepath.Dir(w.piece.path), 0o750); err != nil {
			return 0, err
		}
		f, err := os.OpenFile(w.piece.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o640)
		if err != nil {
			return 0, err
		}
		w.f = f
		w.piece.shelf.add(w.piece)
	}
	return w.f.Write(b)
}

func (w *partWriter) Close() error {
	if w.f == nil {
		return nil
	}
	return w.f.Close()
}

// read reads from the file.
func (p *piece) read(off, n int64) ([]byte, error) {
	f, err := p.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, n)
	_, err = f.ReadAt(b, off)
	return b, err
}
