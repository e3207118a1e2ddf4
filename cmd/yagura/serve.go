package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/errgroup"

	"yagura/internal/camera"
	"yagura/internal/conf"
)

type serveVerb struct {
	configFlag
	Role string `help:"What this process does: all, ingest or gateway." enum:"all,ingest,gateway" default:"all"`
}

func (v *serveVerb) Run(ctx context.Context, std streams) error {
	log := newLog(std.err)
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return err
	}
	n, err := newNode(ctx, cfg, v.Role, log)
	if err != nil {
		return err
	}
	defer n.close()
	return n.run(ctx)
}

// runs is what a role starts: front is ended first, and what it leans on after it.
type runs struct {
	front, back []func(context.Context) error
}

func (r *runs) add(other runs) {
	r.front, r.back = append(r.front, other.front...), append(r.back, other.back...)
}

// run does everything until ctx ends or something fails.
func (r *runs) run(ctx context.Context) error {
	back, endBack := context.WithCancel(context.WithoutCancel(ctx))
	defer endBack()
	front, endFront := context.WithCancel(ctx)
	defer endFront()
	var fronts, backs errgroup.Group
	for _, f := range r.back {
		backs.Go(func() error {
			defer endFront()
			return f(back)
		})
	}
	for _, f := range r.front {
		fronts.Go(func() error {
			defer endFront()
			return f(front)
		})
	}
	err := fronts.Wait()
	endBack()
	return errors.Join(err, backs.Wait())
}

// current holds the cameras in force.
type current struct {
	set   atomic.Pointer[camera.Set]
	ready chan struct{}
	once  sync.Once
}

func newCurrent() *current { return &current{ready: make(chan struct{})} }

func (c *current) get() *camera.Set { return c.set.Load() }

func (c *current) put(s *camera.Set) {
	c.set.Store(s)
	c.once.Do(func() { close(c.ready) })
}

// propose watches files and offers each whole state of them to the store; a bad one changes nothing.
func propose(ctx context.Context, what string, store *camera.Store, log *slog.Logger, files []conf.File, err error) {
	if err != nil {
		log.Error(what+" not taken; what was in force stays in force", "err", err)
		return
	}
	v, err := store.Propose(ctx, files, "files")
	switch {
	case err != nil:
		log.Error(what+" not taken", "err", err)
	case v.State == "waiting":
		log.Warn(what+" wait for a second person", "version", v.Number, "why", v.Why)
	default:
		log.Info(what+" in force", "version", v.Number, "hash", v.Hash[:12])
	}
}

// hangups passes SIGHUP on, until ctx ends.
func hangups(ctx context.Context, poke ...chan struct{}) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	defer signal.Stop(c)
	for {
		select {
		case <-c:
			for _, p := range poke {
				select {
				case p <- struct{}{}:
				default:
				}
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// firstStart loads what must be there before anything runs: files where the database has none yet.
func firstStart(ctx context.Context, what string, store *camera.Store, load func() ([]conf.File, error)) (camera.Version, error) {
	files, err := load()
	if err == nil {
		_, err = store.Propose(ctx, files, "files")
	}
	v, none := store.Current(ctx)
	if none != nil {
		return v, fmt.Errorf("%s: %w", what, errors.Join(err, none))
	}
	return v, nil
}
