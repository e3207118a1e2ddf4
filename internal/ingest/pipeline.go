package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/health"
	"yagura/internal/media"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

// pipeline is one camera while this node ingests it.
type pipeline struct {
	cam    *camera.Camera
	lease  *db.Lease
	feeds  []*feed
	cancel context.CancelFunc
	done   chan struct{}
}

func newPipeline(c *Config, cam *camera.Camera, lease *db.Lease, changed func()) *pipeline {
	p := &pipeline{cam: cam, lease: lease, done: make(chan struct{})}
	for _, name := range []vms.Stream{vms.Main, vms.Sub} {
		if url := cam.Streams[name]; url != "" {
			p.feeds = append(p.feeds, newFeed(c, cam, name, url, lease.Epoch, changed))
		}
	}
	return p
}

// run ingests both feeds until ctx ends or the lease is known to be lost.
func (p *pipeline) run(ctx context.Context) {
	ctx, free := p.lease.UntilLost(ctx)
	defer free()
	var wg sync.WaitGroup
	for _, f := range p.feeds {
		wg.Go(func() { f.run(ctx) })
	}
	wg.Wait()
}

// interrupted notes that both feeds miss footage from now on.
func (p *pipeline) interrupted(cause vms.Cause) {
	for _, f := range p.feeds {
		now, _ := f.clock.Now()
		f.rec.Interrupted(now, cause)
	}
}

func (p *pipeline) health() []health.Feed {
	out := make([]health.Feed, 0, len(p.feeds))
	for _, f := range p.feeds {
		out = append(out, f.health())
	}
	return out
}

// recorder keeps a feed's units, as archive.Recorder does.
type recorder interface {
	Run(ctx context.Context, r media.Reader) error
	Interrupted(at vms.Instant, cause vms.Cause)
	SetClockOffset(d time.Duration)
}

// feed is one stream of one camera.
type feed struct {
	vms.Feed
	node   string
	hub    *stream.Hub
	rec    recorder
	client *rtsp.Client
	clock  *vms.Clock
	log    *slog.Logger

	written func() vms.Instant // end of what is recorded
	changed func()             // the state is news

	mu    sync.Mutex
	state health.State
	since vms.Instant
	cause vms.Cause
	tries int // failed connections in a row
	meter meter
}

func newFeed(c *Config, cam *camera.Camera, name vms.Stream, url string, epoch int64, changed func()) *feed {
	id := vms.Feed{Camera: cam.ID, Stream: name}
	log := c.Log.With("camera", cam.ID, "stream", name)
	now, _ := c.Clock.Now()
	rec := c.Archive.Recorder(id)
	rec.SetEpoch(epoch)
	return &feed{
		Feed: id, node: c.Node, hub: c.Hub, clock: c.Clock, log: log, state: health.Starting, since: now,
		rec: rec, written: func() vms.Instant { return rec.Stats().Written }, changed: changed,
		client: &rtsp.Client{URL: url, User: cam.User, Password: cam.Password, UDP: cam.Transport == "udp",
			Dial: c.Networks.Dial, Clock: c.Clock, Log: log},
	}
}

// run connects again and again, and records what comes.
func (f *feed) run(ctx context.Context) {
	st := f.hub.Open(f.Feed)
	defer f.hub.Remove(f.Feed)
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { f.record(ctx, st) })
	for ctx.Err() == nil {
		err := f.connect(ctx, st)
		if ctx.Err() != nil {
			return
		}
		vms.Sleep(ctx, f.failed(err))
	}
}

// connect is one connection. A panic in it is an error of this feed alone.
func (f *feed) connect(ctx context.Context, st *stream.Stream) (err error) {
	defer f.recovered(&err)
	return f.client.Run(ctx, st, f.event)
}

// record keeps the recorder running over its own panics.
func (f *feed) record(ctx context.Context, st *stream.Stream) {
	for ctx.Err() == nil {
		if err := f.recordOnce(ctx, st); err != nil && ctx.Err() == nil {
			f.log.Error("recorder stopped; starting it again", "err", err)
			now, _ := f.clock.Now()
			f.rec.Interrupted(now, causeOf(err))
			vms.Sleep(ctx, time.Second)
		}
	}
}

func (f *feed) recordOnce(ctx context.Context, st *stream.Stream) (err error) {
	defer f.recovered(&err)
	r := st.Follow()
	defer r.Close()
	return f.rec.Run(ctx, r)
}

func (f *feed) recovered(err *error) {
	if r := recover(); r != nil {
		f.log.Error("panic", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		*err = &rtsp.Failure{Cause: vms.Panicked, Err: fmt.Errorf("panic: %v", r)}
	}
}

// event is called by the client while a connection goes on.
func (f *feed) event(e rtsp.Event) {
	switch e.Kind {
	case rtsp.Flowing:
		f.set(health.Recording, "")
	case rtsp.Waiting:
		f.interrupted(e.Cause)
	}
}

// failed notes why a connection ended and returns how long to wait before the next.
func (f *feed) failed(err error) time.Duration {
	cause := causeOf(err)
	if f.interrupted(cause) {
		f.log.Warn("camera stopped; retrying", "cause", cause, "err", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries++
	return pause(cause, f.tries)
}

// interrupted tells recorder and health that footage is missing from now on, and reports whether that is news.
func (f *feed) interrupted(cause vms.Cause) bool {
	now, _ := f.clock.Now()
	f.rec.Interrupted(now, cause)
	return f.set(health.Stopped, cause)
}

func (f *feed) set(state health.State, cause vms.Cause) (news bool) {
	now, _ := f.clock.Now()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.state == state && f.cause == cause {
		return false
	}
	if state == health.Recording {
		f.log.Info("camera recording", "was", f.state, "cause", f.cause, "tries", f.tries)
		f.tries = 0
	}
	if f.state != state {
		f.since = now
	}
	f.state, f.cause = state, cause
	f.changed()
	return true
}

func (f *feed) health() health.Feed {
	now, _ := f.clock.Now()
	stats := f.client.Stats()
	f.mu.Lock()
	defer f.mu.Unlock()
	h := health.Feed{Feed: f.Feed, Node: f.node, State: f.state, Since: f.since, Cause: f.cause,
		Written: f.written(), Offset: time.Duration(stats.Offset) * time.Microsecond, Reported: now}
	h.Bits, h.FPS, h.Loss = f.meter.rates(now, stats)
	if stats.Offsets > 0 {
		f.rec.SetClockOffset(h.Offset)
	}
	return h
}

func causeOf(err error) vms.Cause {
	var f *rtsp.Failure
	if errors.As(err, &f) {
		return f.Cause
	}
	return vms.Disconnected
}
