package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/errgroup"

	"yagura/internal/camera"
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
	if err := n.welcome(ctx, std.out); err != nil {
		return err
	}
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
