package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"yagura/internal/vms"
)

// LeaseTerm is how long a node must stand still before others take over: with the quarter terms in
// between, at most 9 s after it died.
const LeaseTerm = 6 * time.Second

// Leases are one node's leases. All of them live and die by one counter, the node's beat.
//
// No clocks are compared. A claimant watches the holder's beat stand still for a full term on its
// own monotonic clock, and takes the lease in a transaction in which the beat still stands there. A
// holder renews every quarter of the term and is in doubt two thirds of a term after the start of
// its last renewal, so before any claimant may act.
type Leases struct {
	Term time.Duration // LeaseTerm unless set before Run; the same on every node

	db   *DB
	node Node
	log  *slog.Logger

	turn  chan struct{} // holds a token while a transaction changes or compares what is held
	ready chan struct{} // closed once the node is registered

	mu    sync.Mutex
	run   int64 // which of this node's lives this is
	held  map[string]*Lease
	seen  map[string]sighting
	until time.Time // in doubt from here on
	alarm *time.Timer
	over  bool // Run has ended
}

// sighting is what was seen of a node, and since when nothing else.
type sighting struct {
	Node
	run, beat int64
	up        bool
	since     time.Time
}

// NewLeases returns the leases of node. They can be claimed while Run runs.
func NewLeases(d *DB, node Node, log *slog.Logger) *Leases {
	return &Leases{
		Term: LeaseTerm, db: d, node: node, log: log.With("node", node.Name),
		turn: make(chan struct{}, 1), ready: make(chan struct{}),
		held: map[string]*Lease{}, seen: map[string]sighting{},
	}
}

// Run registers the node and renews its leases until ctx ends; then it releases them and returns
// nil. End what the leases protect first. It returns an error when another process has started
// under the node's name: this one must end then. Run is called once.
func (l *Leases) Run(ctx context.Context) error {
	defer l.end(ctx)
	failed := 0
	for ctx.Err() == nil {
		pause := l.Term / 4
		err := l.renew(ctx)
		switch {
		case errors.Is(err, errSuperseded):
			return fmt.Errorf("node %s: %w", l.node.Name, err)
		case err != nil:
			if failed++; failed == 1 && ctx.Err() == nil {
				l.log.Warn("leases not renewed; trying again", "err", err)
			}
			pause = l.Term / 16
		case failed > 0:
			l.log.Info("leases renewed again", "failed", failed)
			failed = 0
		}
		vms.Sleep(ctx, pause)
	}
	return nil
}

var errSuperseded = errors.New("another process has started under this node's name")

// Live returns the nodes of a role whose beat rises, this one included, by name.
func (l *Leases) Live(role string) []Node {
	l.mu.Lock()
	defer l.mu.Unlock()
	var nodes []Node
	for _, s := range l.seen {
		if s.Role == role && s.up && (s.Name == l.node.Name || time.Since(s.since) < l.Term) {
			nodes = append(nodes, s.Node)
		}
	}
	slices.SortFunc(nodes, func(a, b Node) int { return strings.Compare(a.Name, b.Name) })
	return nodes
}

// Share is this node's fair part of n things: ⌈n / live nodes of its role⌉.
func (l *Leases) Share(n int) int {
	nodes := max(1, len(l.Live(l.node.Role)))
	return (n + nodes - 1) / nodes
}

// Held returns the lease if this node holds it, doubtful or not.
func (l *Leases) Held(name string) (*Lease, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.held[name]
	return s, ok
}

// inDoubt reports whether another node may have taken over; l.mu is held.
func (l *Leases) inDoubt() bool { return !time.Now().Before(l.until) }

// renewed notes a renewal that was begun at start.
func (l *Leases) renewed(start time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = start.Add(l.Term * 2 / 3)
	if l.alarm == nil {
		l.alarm = time.AfterFunc(time.Until(l.until), l.doubt)
		return
	}
	l.alarm.Reset(time.Until(l.until))
}

func (l *Leases) doubt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.inDoubt() {
		return
	}
	if len(l.held) > 0 {
		l.log.Warn("leases in doubt: not renewed for two thirds of the term", "leases", len(l.held))
	}
	for _, s := range l.held {
		s.cut(ErrDoubt, true)
	}
}

// drop forgets a lease and ends what is bound to it; l.mu is held.
func (l *Leases) drop(s *Lease, why error) {
	s.gone = why
	s.cut(why, false)
	delete(l.held, s.Name)
}

// close forgets all leases for good and returns this life's number.
func (l *Leases) close() (run int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.held {
		l.drop(s, ErrReleased)
	}
	l.over = true
	if l.alarm != nil {
		l.alarm.Stop()
	}
	return l.run
}

// take waits for the turn to change what is held. The function it returns gives the turn back and
// ends ctx, which is over after a third of a term.
func (l *Leases) take(ctx context.Context) (context.Context, func(), error) {
	ctx, cancel := context.WithTimeout(ctx, l.Term/3)
	select {
	case l.turn <- struct{}{}:
		return ctx, func() { <-l.turn; cancel() }, nil
	case <-ctx.Done():
		cancel()
		return nil, nil, context.Cause(ctx)
	}
}
