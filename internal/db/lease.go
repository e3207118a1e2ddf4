package db

import (
	"context"
	"database/sql"
	"errors"

	"yagura/internal/vms"
)

// LeaseTopic is signalled when a lease is taken or released and when a node comes or ends in good
// order. A node that dies signals nothing: look from time to time as well.
const LeaseTopic = "lease"

// Why the context of While or UntilLost ended.
var (
	ErrLost     = errors.New("the lease is held by another")
	ErrDoubt    = errors.New("the lease could not be renewed in time")
	ErrReleased = errors.New("the lease was released")
)

// Lease says that this node does what Name stands for.
type Lease struct {
	Name  string
	Epoch int64 // write it into rows; CheckEpoch tells whether somebody has taken over since

	of    *Leases
	gone  error              // why it is no longer held; nil while it is
	bonds map[*bond]struct{} // contexts to end
}

type bond struct {
	end    context.CancelCauseFunc
	strict bool // ends also when in doubt
}

// While returns a context that ends as soon as another node might hold the lease: when it is lost,
// released, or has not been renewed for two thirds of the term. For work that must never be done twice.
func (s *Lease) While(ctx context.Context) (context.Context, context.CancelFunc) {
	return s.bind(ctx, true)
}

// UntilLost returns a context that ends only when it is known that the lease is lost or released;
// it lasts while the database cannot be reached. For work that must go on meanwhile and whose
// results CheckEpoch sorts out afterwards.
func (s *Lease) UntilLost(ctx context.Context) (context.Context, context.CancelFunc) {
	return s.bind(ctx, false)
}

func (s *Lease) bind(ctx context.Context, strict bool) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	b := &bond{end, strict}
	l := s.of
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case s.gone != nil:
		end(s.gone)
	case strict && l.inDoubt():
		end(ErrDoubt)
	default:
		s.bonds[b] = struct{}{}
	}
	return ctx, func() {
		l.mu.Lock()
		delete(s.bonds, b)
		l.mu.Unlock()
		end(nil)
	}
}

// Sure reports whether no other node can hold the lease at this moment.
func (s *Lease) Sure() bool {
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	return s.gone == nil && !s.of.inDoubt()
}

// cut ends contexts bound to the lease, the strict ones alone where only in doubt. of.mu is held.
func (s *Lease) cut(why error, strictOnly bool) {
	for b := range s.bonds {
		if b.strict || !strictOnly {
			b.end(why)
			delete(s.bonds, b)
		}
	}
}

// CheckEpoch returns vms.Conflict, code "stale-epoch", where the lease has been taken over since
// epoch was handed out. In the transaction that writes a row, it makes the two exclude each other.
// An epoch above the stored one (a database restored from a copy) is no take-over.
func CheckEpoch(ctx context.Context, tx *Tx, name string, epoch int64) error {
	var now int64
	err := tx.QueryRow(ctx, `SELECT epoch FROM lease WHERE name = $1`, name).Scan(&now)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil && now > epoch {
		return vms.Errorf(vms.Conflict, "stale-epoch", "the lease %s was taken over: epoch %d, now %d", name, epoch, now)
	}
	return err
}

// Holder returns the node that holds the lease, as far as the database knows, and its epoch;
// vms.NotFound where nobody does. A holder that just died is still returned for a term.
func (d *DB) Holder(ctx context.Context, name string) (n Node, epoch int64, err error) {
	err = d.QueryRow(ctx, `SELECT n.name, n.role, n.addr, l.epoch
		FROM lease l JOIN node n ON n.name = l.holder AND n.run = l.run
		WHERE l.name = $1 AND n.up = 1`, name).Scan(&n.Name, &n.Role, &n.Addr, &epoch)
	if errors.Is(err, sql.ErrNoRows) {
		return n, 0, vms.Errorf(vms.NotFound, "no-holder", "nobody holds the lease %s", name)
	}
	return n, epoch, err
}
