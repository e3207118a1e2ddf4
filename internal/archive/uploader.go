package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	fresh       = 2 * time.Minute // footage closed this recently goes before the backlog
	putRate     = 50 << 10        // bytes/s; a slower Put is given up
	putAtMost   = 30 * time.Second
	lookEvery   = time.Second // for work nobody told of
	mostRows    = 256         // in one transaction
	expireEvery = 5 * time.Second
	badFile     = time.Minute // until a spool file that could not be read is tried again
	indexAtMost = time.Minute // for one transaction; a database that says nothing for so long is away
)

// uploader moves pieces into the store and then, with the gaps, into the index. A piece goes through
// closed → stored → uploaded; only then its file may go. Each feed's pieces go in order, its newest
// ones before its backlog, so that footage of now does not wait for that of an outage.
type uploader struct {
	a     *Archive
	store outage
	index outage

	mu   sync.Mutex
	busy map[*piece]bool      // being put
	skip map[*piece]time.Time // its file could not be read
	rows []*upload            // stored, not in the index yet
	wake chan struct{}        // there are rows
}

// upload is a piece whose object is there.
type upload struct {
	piece *piece
	row   *row
}

func newUploader(a *Archive) *uploader {
	return &uploader{
		a: a, busy: map[*piece]bool{}, skip: map[*piece]time.Time{}, wake: make(chan struct{}, 1),
		store: outage{what: "object store", log: a.cfg.Log}, index: outage{what: "database", log: a.cfg.Log},
	}
}

func (u *uploader) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for range u.a.cfg.Workers {
		g.Go(func() error { return u.work(ctx) })
	}
	g.Go(func() error { return u.keepIndex(ctx) })
	g.Go(func() error { return u.keepExpiring(ctx) })
	return g.Wait()
}

// work uploads until ctx ends.
func (u *uploader) work(ctx context.Context) error {
	for ctx.Err() == nil {
		if ok, pause := u.store.allow(time.Now()); !ok {
			vms.Sleep(ctx, pause)
			continue
		}
		did, err := u.uploadNext(ctx, time.Now())
		switch {
		case ctx.Err() != nil:
		case err != nil:
			u.store.failed(time.Now(), err)
		case did:
			u.store.worked(time.Now())
			u.a.spool.wake() // another worker may find more
		default:
			u.store.release()
			u.rest(ctx)
		}
	}
	return nil
}

func (u *uploader) rest(ctx context.Context) {
	t := time.NewTimer(lookEvery)
	defer t.Stop()
	select {
	case <-u.a.spool.ready:
	case <-t.C:
	case <-ctx.Done():
	}
}

// uploadNext puts the next piece into the store. The error is the store's.
func (u *uploader) uploadNext(ctx context.Context, now time.Time) (bool, error) {
	p := u.pick(now)
	if p == nil {
		return false, nil
	}
	err := u.put(ctx, p)
	u.mu.Lock()
	delete(u.busy, p)
	local := &fs.PathError{}
	if errors.Is(err, fs.ErrNotExist) && !p.exists() {
		u.mu.Unlock()
		u.vanished(p)
		return true, nil
	}
	if errors.As(err, &local) && local.Path == p.path {
		u.skip[p] = now.Add(badFile)
		u.mu.Unlock()
		u.a.cfg.Log.Error("spool file cannot be read", "err", err)
		return true, nil
	}
	if err == nil {
		delete(u.skip, p)
		p.stored()
		u.rows = append(u.rows, &upload{p, rowOf(p.summary(), p.segment().Key)})
	}
	u.mu.Unlock()
	if err != nil {
		return true, err
	}
	select {
	case u.wake <- struct{}{}:
	default:
	}
	return true, nil
}

// vanished states what somebody has removed from the spool.
func (u *uploader) vanished(p *piece) {
	s := p.segment()
	u.a.cfg.Log.Error("spool file is gone: footage lost", "feed", s.Feed, "span", s.Span)
	if err := p.remove(); err != nil {
		u.a.cfg.Log.Warn("spool file not removed", "err", err)
	}
	if err := p.shelf.putGap(vms.Gap{Span: s.Span, Cause: vms.Lost}); err != nil {
		u.a.cfg.Log.Warn("gap kept in memory only", "err", err)
	}
}

// pick claims the piece to go next: the oldest fresh one, else the oldest of all.
func (u *uploader) pick(now time.Time) *piece {
	shelves := u.a.spool.all()
	u.mu.Lock()
	defer u.mu.Unlock()
	var first, old *piece
	for _, sh := range shelves {
		f, o := u.candidates(sh, now)
		if f != nil && (first == nil || f.start < first.start) {
			first = f
		}
		if o != nil && (old == nil || o.start < old.start) {
			old = o
		}
	}
	if first == nil {
		first = old
	}
	if first != nil {
		u.busy[first] = true
	}
	return first
}

// candidates returns a shelf's oldest fresh piece and its oldest piece. One that is being put holds
// those of its kind back, so that they go in order.
func (u *uploader) candidates(sh *shelf, now time.Time) (first, old *piece) {
	edge := vms.InstantOf(now.Add(-fresh))
	sh.mu.Lock()
	defer sh.mu.Unlock()
	n := len(sh.pieces)
	for n > 0 && sh.pieces[n-1].start >= edge {
		n--
	}
	return u.oldest(sh.pieces[n:], now), u.oldest(sh.pieces[:n], now)
}

func (u *uploader) oldest(pieces []*piece, now time.Time) *piece {
	for _, p := range pieces {
		if u.busy[p] {
			return nil
		}
		if p.stateNow() == pieceClosed && now.After(u.skip[p]) {
			return p
		}
	}
	return nil
}

// put makes the piece's object and verifies it.
func (u *uploader) put(ctx context.Context, p *piece) error {
	f, err := p.open()
	if err != nil {
		return err
	}
	defer f.Close()
	sum := p.summary()
	ctx, cancel := context.WithTimeout(ctx, putAtMost+time.Duration(sum.Size/putRate)*time.Second)
	defer cancel()
	key := p.segment().Key
	err = u.a.cfg.Store.Put(ctx, key, f, sum.Size)
	if err == nil {
		err = u.a.verify(ctx, key, f, sum)
	}
	if errors.Is(err, vms.Conflict) || errors.Is(err, errSpoiled) {
		next := p.nextKey()
		return fmt.Errorf("%s holds something else; going on as %s: %w", key, next, err)
	}
	if err != nil {
		return fmt.Errorf("upload %s: %w", key, err)
	}
	return nil
}

// keepIndex writes rows and gaps into the index until ctx ends.
func (u *uploader) keepIndex(ctx context.Context) error {
	for most := mostRows; ctx.Err() == nil; {
		if ok, pause := u.index.allow(time.Now()); !ok {
			vms.Sleep(ctx, pause)
			continue
		}
		did, err := u.indexNext(ctx, most)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			u.index.failed(time.Now(), err)
			most = 1 // in case it is one row's fault
		case did:
			u.index.worked(time.Now())
			most = min(2*most, mostRows)
		default:
			u.index.release()
			u.restIndex(ctx)
		}
	}
	return nil
}

func (u *uploader) restIndex(ctx context.Context) {
	t := time.NewTimer(lookEvery)
	defer t.Stop()
	select {
	case <-u.wake:
	case <-t.C:
	case <-ctx.Done():
	}
}

// indexNext writes up to so many rows, and all queued gaps, in one transaction; then the files go.
func (u *uploader) indexNext(ctx context.Context, most int) (bool, error) {
	u.mu.Lock()
	rows := u.rows[:min(most, len(u.rows))]
	u.mu.Unlock()
	gaps := u.queued()
	if len(rows) == 0 && len(gaps) == 0 {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, indexAtMost)
	defer cancel()
	err := u.a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, r := range rows {
			if err := insert(ctx, tx, r.row); err != nil {
				return fmt.Errorf("index %s: %w", r.row.Key, err)
			}
		}
		for _, g := range gaps {
			if err := addGap(ctx, tx, g.shelf.feed, g.gap); err != nil {
				return fmt.Errorf("index gap of %v: %w", g.shelf.feed, err)
			}
		}
		return nil
	})
	u.mu.Lock()
	u.rows = u.rows[len(rows):]
	if err != nil {
		u.rows = append(u.rows, rows...) // behind the others, should one of them be at fault
	}
	u.mu.Unlock()
	if err != nil {
		return true, err
	}
	u.indexed(rows, gaps)
	return true, nil
}

type queuedGap struct {
	shelf *shelf
	gap   vms.Gap
}

func (u *uploader) queued() []queuedGap {
	var out []queuedGap
	for _, sh := range u.a.spool.all() {
		for _, g := range sh.queued() {
			out = append(out, queuedGap{sh, g})
		}
	}
	return out
}

// indexed lets go of what the index has.
func (u *uploader) indexed(rows []*upload, gaps []queuedGap) {
	for _, r := range rows {
		r.piece.uploaded(time.Now().Add(u.a.cfg.Keep))
		if r.row.state == quarantined {
			u.a.cfg.Log.Error("segment quarantined", "key", r.row.Key, "cause", r.row.cause)
		}
		if u.a.cfg.Keep > 0 {
			continue
		}
		if err := r.piece.remove(); err != nil {
			u.a.cfg.Log.Warn("spool file not removed", "err", err)
		}
	}
	for _, g := range gaps {
		if err := g.shelf.dropGap(g.gap); err != nil {
			u.a.cfg.Log.Warn("gap file not removed", "err", err)
		}
	}
}

// keepExpiring removes uploaded files whose time is over, until ctx ends.
func (u *uploader) keepExpiring(ctx context.Context) error {
	for u.a.cfg.Keep > 0 && vms.Sleep(ctx, expireEvery) {
		for _, sh := range u.a.spool.all() {
			for _, p := range sh.inState(isUploaded) {
				if time.Now().Before(p.keepUntil()) {
					break // they go in order
				}
				u.expire(ctx, p)
			}
		}
	}
	return nil
}

// expire removes a file if its object still is what was put; else the object is put anew.
func (u *uploader) expire(ctx context.Context, p *piece) {
	err := u.recheck(ctx, p)
	if errors.Is(err, errSpoiled) || errors.Is(err, fs.ErrNotExist) {
		u.a.cfg.Log.Error("the store has lost an object; putting it again", "key", p.segment().Key, "err", err)
		p.again()
		return
	}
	if err == nil {
		err = p.remove()
	}
	if err != nil && ctx.Err() == nil {
		u.a.cfg.Log.Debug("spool file stays", "err", err)
	}
}

// recheck compares the end of the object, where its own hashes stand, with the file.
func (u *uploader) recheck(ctx context.Context, p *piece) error {
	f, err := p.open()
	if err != nil {
		return err
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(ctx, putAtMost)
	defer cancel()
	sum, key := p.summary(), p.segment().Key
	r, err := u.a.cfg.Store.Get(ctx, key, sum.Good, -1)
	if err != nil {
		return err
	}
	defer r.Close()
	return same(r, f, sum.Good, sum.Size-sum.Good)
}
