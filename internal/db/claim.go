package db

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"yagura/internal/vms"
)

// Claim takes the lease if it is free, or returns it if this node holds it already; vms.Conflict,
// code "lease-held", where another node does. It waits until Run has registered the node.
func (l *Leases) Claim(ctx context.Context, name string) (*Lease, error) {
	got, err := l.ClaimSome(ctx, 1, name)
	if err != nil {
		return nil, err
	}
	if len(got) == 0 {
		return nil, vms.Errorf(vms.Conflict, "lease-held", "the lease %s is held by another node", name)
	}
	return got[0], nil
}

// ClaimSome takes those of names that are free, at most n of them in the order given, and returns
// them. A name this node holds already is returned too and counts.
func (l *Leases) ClaimSome(ctx context.Context, n int, names ...string) ([]*Lease, error) {
	select {
	case <-l.ready:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	ctx, done, err := l.take(ctx)
	if err != nil {
		return nil, fmt.Errorf("claim leases: %w", err)
	}
	defer done()
	l.mu.Lock()
	c := claim{node: l.node.Name, run: l.run, term: l.Term, held: maps.Clone(l.held), seen: maps.Clone(l.seen)}
	over := l.over
	l.mu.Unlock()
	if over {
		return nil, fmt.Errorf("claim leases: %w", ErrReleased)
	}
	var got []grant
	err = l.db.Tx(ctx, func(tx *Tx) (err error) {
		if got, err = c.decide(ctx, tx, n, names); err == nil && slices.ContainsFunc(got, isNew) {
			err = l.db.Signal(ctx, tx, LeaseTopic)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim leases: %w", err)
	}
	return l.hold(got), nil
}

// hold enters what was granted.
func (l *Leases) hold(got []grant) []*Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]*Lease, 0, len(got))
	for _, g := range got {
		s := l.held[g.name]
		if s == nil || s.Epoch != g.epoch {
			if s != nil {
				l.drop(s, ErrLost)
			}
			s = &Lease{Name: g.name, Epoch: g.epoch, of: l, bonds: map[*bond]struct{}{}}
			l.held[g.name] = s
		}
		out = append(out, s)
	}
	return out
}

// claim is what a node knows when it decides what it may take.
type claim struct {
	node string
	run  int64
	term time.Duration
	held map[string]*Lease
	seen map[string]sighting
}

// grant is a lease the database has given.
type grant struct {
	name  string
	epoch int64
	taken bool // now; else it was held already
}

func isNew(g grant) bool { return g.taken }

// leaseRow is a lease as stored, with its holder's node as stored.
type leaseRow struct {
	holder     string
	run, epoch int64
	nodeRun    int64 // 0: no such node
	beat, up   int64
}

// decide goes through names in the order given and stores what it takes.
func (c claim) decide(ctx context.Context, tx *Tx, n int, names []string) ([]grant, error) {
	var run int64
	if err := tx.QueryRow(ctx, `SELECT run FROM node WHERE name = $1`, c.node).Scan(&run); err != nil {
		return nil, err
	}
	if run != c.run {
		return nil, errSuperseded
	}
	rows, err := leaseRows(ctx, tx)
	if err != nil {
		return nil, err
	}
	var got []grant
	for _, name := range names {
		if len(got) == n {
			break
		}
		row, known := rows[name]
		if s := c.held[name]; s != nil && row.holder == c.node && row.run == c.run && row.epoch == s.Epoch {
			got = append(got, grant{name, row.epoch, false})
			continue
		}
		if known && !c.free(row) {
			continue
		}
		if err := storeHolder(ctx, tx, name, c.node, c.run, row.epoch+1); err != nil {
			return nil, err
		}
		got = append(got, grant{name, row.epoch + 1, true})
	}
	return got, nil
}

// free reports whether the lease may be taken: released, left by an ended or earlier life of a
// node, or held by one whose beat has stood still for a full term before our eyes and still does.
func (c claim) free(r leaseRow) bool {
	if r.holder == "" || r.nodeRun != r.run || r.up == 0 || r.holder == c.node {
		return true
	}
	s, ok := c.seen[r.holder]
	return ok && s.run == r.nodeRun && s.beat == r.beat && time.Since(s.since) >= c.term
}

func storeHolder(ctx context.Context, tx *Tx, name, holder string, run, epoch int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO lease (name, holder, run, epoch) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, run = excluded.run, epoch = excluded.epoch`,
		name, holder, run, epoch)
	return err
}

func leaseRows(ctx context.Context, tx *Tx) (map[string]leaseRow, error) {
	rows, err := tx.Query(ctx, `SELECT l.name, l.holder, l.run, l.epoch,
		COALESCE(n.run, 0), COALESCE(n.beat, 0), COALESCE(n.up, 0)
		FROM lease l LEFT JOIN node n ON n.name = l.holder`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]leaseRow{}
	for rows.Next() {
		var name string
		var r leaseRow
		if err := rows.Scan(&name, &r.holder, &r.run, &r.epoch, &r.nodeRun, &r.beat, &r.up); err != nil {
			return nil, err
		}
		out[name] = r
	}
	return out, rows.Err()
}

// Release gives leases back at once; the contexts bound to them end. What it could not tell the
// database the next renewal tells it, so an error needs no action. End what they protect first.
func (l *Leases) Release(ctx context.Context, names ...string) error {
	l.mu.Lock()
	for _, name := range names {
		if s := l.held[name]; s != nil {
			l.drop(s, ErrReleased)
		}
	}
	registered := l.run != 0
	l.mu.Unlock()
	if !registered {
		return nil
	}
	if err := l.renew(ctx); err != nil {
		return fmt.Errorf("release leases: %w", err)
	}
	return nil
}
