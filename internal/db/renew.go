package db

import (
	"context"
	"time"
)

// renew registers the node, or lifts its beat, and compares what the database knows with what is
// held here: a lease taken by another is lost; one that nobody here knows (a claim whose answer
// was lost, a release that did not get through) is released.
func (l *Leases) renew(ctx context.Context) error {
	ctx, done, err := l.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	start := time.Now()
	l.mu.Lock()
	run, epochs := l.run, map[string]int64{}
	for name, s := range l.held {
		epochs[name] = s.Epoch
	}
	l.mu.Unlock()
	registering := run == 0
	var nodes []sighting
	var stored map[string]int64
	err = l.db.Tx(ctx, func(tx *Tx) (err error) {
		if registering {
			if run, err = l.register(ctx, tx); err != nil {
				return err
			}
		} else if err = l.beat(ctx, tx, run); err != nil {
			return err
		}
		if stored, err = l.stored(ctx, tx, run); err != nil {
			return err
		}
		if err = l.releaseUnknown(ctx, tx, stored, epochs); err != nil {
			return err
		}
		nodes, err = sightings(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	l.learn(run, nodes, stored)
	l.renewed(start)
	if registering {
		close(l.ready)
	}
	return nil
}

// learn takes over what a renewal has read. Who could not look for long itself has not seen anybody
// stand still: after an outage of the database everybody gets a full term to be seen alive.
func (l *Leases) learn(run int64, nodes []sighting, stored map[string]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run = run
	for name, s := range l.held {
		if epoch, ok := stored[name]; !ok || epoch != s.Epoch {
			l.log.Warn("lease lost to another node", "lease", name, "epoch", s.Epoch)
			l.drop(s, ErrLost)
		}
	}
	now := time.Now() // after the reading, so that the wait is never too short
	seen := map[string]sighting{}
	for _, n := range nodes {
		n.since = now
		if before, ok := l.seen[n.Name]; ok && !l.inDoubt() && before.run == n.run && before.beat == n.beat && before.up == n.up {
			n.since = before.since
		}
		seen[n.Name] = n
	}
	l.seen = seen
}

// register begins a new life of the node. What earlier ones held is free.
func (l *Leases) register(ctx context.Context, tx *Tx) (run int64, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO node (name, role, addr, run, beat, up) VALUES ($1, $2, $3, 1, 1, 1)
		ON CONFLICT (name) DO UPDATE SET role = excluded.role, addr = excluded.addr,
			run = node.run + 1, beat = node.beat + 1, up = 1
		RETURNING run`, l.node.Name, l.node.Role, l.node.Addr).Scan(&run)
	if err != nil {
		return 0, err
	}
	return run, l.db.Signal(ctx, tx, LeaseTopic)
}

// beat lifts the node's counter.
func (l *Leases) beat(ctx context.Context, tx *Tx, run int64) error {
	res, err := tx.Exec(ctx, `UPDATE node SET beat = beat + 1 WHERE name = $1 AND run = $2`, l.node.Name, run)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return errSuperseded
}

// stored returns the epochs of the leases this life of the node holds, by name.
func (l *Leases) stored(ctx context.Context, tx *Tx, run int64) (map[string]int64, error) {
	rows, err := tx.Query(ctx, `SELECT name, epoch FROM lease WHERE holder = $1 AND run = $2`, l.node.Name, run)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var name string
		var epoch int64
		if err := rows.Scan(&name, &epoch); err != nil {
			return nil, err
		}
		out[name] = epoch
	}
	return out, rows.Err()
}

func (l *Leases) releaseUnknown(ctx context.Context, tx *Tx, stored, held map[string]int64) error {
	released := false
	for name, epoch := range stored {
		if held[name] == epoch {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE lease SET holder = '' WHERE name = $1`, name); err != nil {
			return err
		}
		released = true
	}
	if !released {
		return nil
	}
	return l.db.Signal(ctx, tx, LeaseTopic)
}

func sightings(ctx context.Context, tx *Tx) ([]sighting, error) {
	rows, err := tx.Query(ctx, `SELECT name, role, addr, run, beat, up FROM node`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sighting
	for rows.Next() {
		var s sighting
		var up int64
		if err := rows.Scan(&s.Name, &s.Role, &s.Addr, &s.run, &s.beat, &up); err != nil {
			return nil, err
		}
		s.up = up == 1
		out = append(out, s)
	}
	return out, rows.Err()
}

// end hands everything back, with a little time of its own although ctx is over.
func (l *Leases) end(ctx context.Context) {
	l.close()
	ctx, done, err := l.take(context.WithoutCancel(ctx))
	if err == nil {
		defer done()
		if run := l.close(); run != 0 { // once more: a claim may have come through meanwhile
			err = l.db.Tx(ctx, func(tx *Tx) error { return l.signOff(ctx, tx, run) })
		}
	}
	if err != nil {
		l.log.Warn("leases not released; others take over after a term", "err", err)
	}
}

// signOff releases everything and says that the node has ended.
func (l *Leases) signOff(ctx context.Context, tx *Tx, run int64) error {
	if _, err := tx.Exec(ctx, `UPDATE lease SET holder = '' WHERE holder = $1 AND run = $2`, l.node.Name, run); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE node SET up = 0 WHERE name = $1 AND run = $2`, l.node.Name, run); err != nil {
		return err
	}
	return l.db.Signal(ctx, tx, LeaseTopic)
}
