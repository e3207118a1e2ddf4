// Package relay opens a live stream wherever it is: in this process's hub, or, over RTSP, at the
// node that holds the camera's lease. It also serves the other direction: one port (Node) where
// other nodes find this one's streams and its spool.
//
// Invariants: however many readers a feed has, it is pulled at most once, and not at all a few
// seconds after the last has left; a reader sees no unit twice and none out of order, whichever
// node its feed moves to; nobody without the relay secret is served, nor, where nodes have certificates, without one.
//
// It ingests nothing, records nothing, and asks nobody whether a person may watch. It imports its
// peers rtsp and stream, for it is the place where the two meet.
package relay

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/media"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

const (
	linger   = 5 * time.Second // a pull goes on this long after its last reader left
	retryMin = 100 * time.Millisecond
	retryMax = 2 * time.Second
)

// Leases tells where a feed is ingested.
type Leases interface {
	// Holder returns the relay address (host:port) of the node that ingests the feed; vms.NotFound
	// when none does now.
	Holder(ctx context.Context, feed vms.Feed) (addr string, err error)
}

// Config says what a Relay works with.
type Config struct {
	Hub    *stream.Hub
	Leases Leases
	Self   string      // this node's own relay address, never pulled from; "" when it has none
	Secret string      // shared by all nodes
	TLS    *tls.Config // of Mutual; nil: in clear
	Clock  *vms.Clock
	Log    *slog.Logger
}

// Relay opens streams. Run must be running.
type Relay struct {
	cfg   Config
	spool *http.Client
	start chan *pull

	mu    sync.Mutex
	pulls map[vms.Feed]*pull
}

// New makes a Relay.
func New(cfg Config) *Relay {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Clock == nil {
		cfg.Clock = vms.NewClock()
	}
	return &Relay{cfg: cfg, spool: client(cfg.TLS), start: make(chan *pull), pulls: map[vms.Feed]*pull{}}
}

// Run pulls what was opened, until ctx ends; then it returns nil.
func (r *Relay) Run(ctx context.Context) error {
	var g errgroup.Group
	for {
		select {
		case p := <-r.start:
			g.Go(func() error { p.run(ctx); return nil })
		case <-ctx.Done():
			return g.Wait()
		}
	}
}

// Open returns a reader of the feed's live stream from its newest key frame. Where nothing comes
// (nobody ingests the feed now, or the node does not answer) the reader waits; it follows the feed
// from node to node. It fails only with ctx.
func (r *Relay) Open(ctx context.Context, feed vms.Feed) (media.Reader, error) {
	v := &reader{r: r, feed: feed}
	if err := v.attach(ctx); err != nil {
		return nil, err
	}
	return v, nil
}

// source returns a reader on the feed's stream, here or pulled, and what to call when it is not
// read any more.
func (r *Relay) source(ctx context.Context, feed vms.Feed) (*stream.Reader, func(), error) {
	if s := r.cfg.Hub.Lookup(feed); s != nil {
		return s.Live(), func() {}, nil
	}
	r.mu.Lock()
	p := r.pulls[feed]
	fresh := p == nil
	if fresh {
		p = &pull{r: r, feed: feed, s: stream.New(), quit: make(chan struct{})}
		r.pulls[feed] = p
	}
	p.readers++
	r.mu.Unlock()
	if fresh {
		select {
		case r.start <- p:
		case <-ctx.Done():
			p.abandon()
			return nil, nil, ctx.Err()
		}
	}
	return p.s.Live(), p.leave, nil
}

// reader follows a feed through the streams that carry it, one after the other. One goroutine
// reads; Close may come from another.
type reader struct {
	r    *Relay
	feed vms.Feed

	mu     sync.Mutex
	cur    *stream.Reader
	leave  func()
	closed bool

	last    *media.Unit // handed out
	needKey bool        // since the stream changed
}

// ReadUnit implements media.Reader.
func (v *reader) ReadUnit(ctx context.Context) (*media.Unit, error) {
	for {
		v.mu.Lock()
		cur, closed := v.cur, v.closed
		v.mu.Unlock()
		if closed {
			return nil, media.ErrClosed
		}
		u, err := cur.ReadUnit(ctx)
		switch {
		case errors.Is(err, io.EOF):
			if err := v.attach(ctx); err != nil {
				return nil, err
			}
			v.needKey = true
			continue
		case err != nil:
			return nil, err
		case seen(v.last, u), v.needKey && !u.Key && !follows(v.last, u):
			continue
		}
		v.last, v.needKey = u, false
		return u, nil
	}
}

// attach moves to the stream that carries the feed now.
func (v *reader) attach(ctx context.Context) error {
	cur, leave, err := v.r.source(ctx, v.feed)
	if err != nil {
		return err
	}
	v.mu.Lock()
	old, oldLeave, closed := v.cur, v.leave, v.closed
	if !closed {
		v.cur, v.leave = cur, leave
	}
	v.mu.Unlock()
	if closed {
		old, oldLeave = cur, leave
	}
	if old != nil {
		defer oldLeave()
		return old.Close()
	}
	return nil
}

// Close implements media.Reader.
func (v *reader) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return nil
	}
	v.closed = true
	defer v.leave()
	return v.cur.Close()
}

// seen reports whether u was handed out already: a new connection begins again at the newest key frame.
func seen(last, u *media.Unit) bool {
	return last != nil && last.Run == u.Run && u.DTS <= last.DTS
}

// follows reports whether u can be decoded after last without a key frame between: it may when the
// stream went back to a key frame already handed out, which seen then hid.
func follows(last, u *media.Unit) bool { return last != nil && last.Run == u.Run }

// pull is a feed fetched from another node, for all readers here.
type pull struct {
	r    *Relay
	feed vms.Feed
	s    *stream.Stream
	quit chan struct{} // closed when nobody reads any more

	readers int // guarded by r.mu
	last    *media.Unit
}

// leave is called once by every reader.
func (p *pull) leave() {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	p.readers--
	if p.readers == 0 {
		time.AfterFunc(linger, p.expire)
	}
}

func (p *pull) expire() {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	if p.readers == 0 && p.r.pulls[p.feed] == p {
		delete(p.r.pulls, p.feed)
		close(p.quit)
	}
}

// abandon undoes the making of a pull that was never started.
func (p *pull) abandon() {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	if p.r.pulls[p.feed] == p {
		delete(p.r.pulls, p.feed)
	}
	p.s.Close() // whoever joined meanwhile attaches anew
}

// run keeps fetching until nobody reads, the feed is ingested here, or ctx ends. Then the stream
// ends, and readers that are left attach anew.
func (p *pull) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	watch := make(chan struct{})
	go func() {
		defer close(watch)
		select {
		case <-p.quit:
			cancel()
		case <-ctx.Done():
		}
	}()
	defer func() { cancel(); <-watch }()
	defer p.end()
	log := p.r.cfg.Log.With("feed", p.feed.String())
	wait := retryMin
	for ctx.Err() == nil && p.r.cfg.Hub.Lookup(p.feed) == nil {
		before := p.last
		addr, err := p.fetch(ctx)
		if ctx.Err() != nil {
			return
		}
		if p.last != before {
			wait = retryMin
		}
		log.Info("relay interrupted; retrying", "node", addr, "err", err, "in", wait)
		vms.Sleep(ctx, wait/2+rand.N(wait/2))
		wait = min(2*wait, retryMax)
	}
}

func (p *pull) end() {
	p.r.mu.Lock()
	if p.r.pulls[p.feed] == p {
		delete(p.r.pulls, p.feed)
	}
	p.r.mu.Unlock()
	p.s.Close()
}

// fetch makes one connection to the node that has the feed now.
func (p *pull) fetch(ctx context.Context) (addr string, err error) {
	addr, err = p.r.cfg.Leases.Holder(ctx, p.feed)
	if err != nil {
		return "", err
	}
	if addr == "" || addr == p.r.cfg.Self {
		return addr, errors.New("the lease is here, the stream is not yet")
	}
	c := &rtsp.Client{
		URL: "rtsp://" + addr + "/" + p.feed.String(), User: rtsp.RelayUser, Password: p.r.cfg.Secret,
		Dial: dial(p.r.cfg.TLS), Clock: p.r.cfg.Clock, Log: p.r.cfg.Log, NTP: true,
	}
	return addr, c.Run(ctx, p, nil)
}

// WriteUnit implements media.Writer for the connection: what an earlier one brought already is left out.
func (p *pull) WriteUnit(u *media.Unit) error {
	if seen(p.last, u) {
		return nil
	}
	if p.last != nil && u.Track != p.last.Track && u.Track.Same(p.last.Track) && u.Track.Reordered == p.last.Track.Reordered {
		same := *u
		same.Track = p.last.Track
		u = &same
	}
	p.last = u
	return p.s.WriteUnit(u)
}
