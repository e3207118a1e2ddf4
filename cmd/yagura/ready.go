package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/blob"
)

const (
	readyFor  = time.Second     // an answer is used again so long: anybody may ask
	readyTime = 2 * time.Second // for database and store to answer
)

// readiness remembers for a moment whether the node is ready.
type readiness struct {
	loaded atomic.Bool // cameras, policies and people

	mu  sync.Mutex
	at  time.Time
	err error
}

// isReady is nil once everything is loaded and the database and the store answer.
func (n *node) isReady(ctx context.Context) error {
	r := &n.ready
	if !r.loaded.Load() {
		return errors.New("starting")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.at) > readyFor {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTime)
		defer cancel()
		r.err = n.answers(ctx)
		r.at = time.Now()
	}
	return r.err
}

func (n *node) answers(ctx context.Context) error {
	if n.db.Ping(ctx) != nil {
		return errors.New("the database does not answer")
	}
	if p, ok := n.store.(blob.Pinger); ok && p.Ping(ctx) != nil {
		return errors.New("the object store does not answer")
	}
	return nil
}
