package oplog

import (
	"context"
	"fmt"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// How long is kept what.
const (
	keepEvents = 1 // years
	keepSums   = 5
)

// Imports are the files that were taken, newest first, and the months of which there are counts.
func (r *Room) Imports(ctx context.Context, c identity.Caller) (list []Import, months []string, err error) {
	if _, err := r.Scope(c.Person); err != nil {
		return nil, nil, err
	}
	rows, err := r.DB.Query(ctx, `SELECT id, profile, hash, media, by_login, at_us, rows, duplicates, from_us, to_us, erased_us, erased_by FROM oplog_import WHERE state = 'done' ORDER BY id DESC LIMIT 200`)
	if err != nil {
		return nil, nil, fmt.Errorf("list imports: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var im Import
		if err := rows.Scan(&im.ID, &im.Profile, &im.Hash, &im.Media, &im.By, &im.At, &im.Rows, &im.Duplicates, &im.From, &im.To, &im.Erased, &im.ErasedBy); err != nil {
			return nil, nil, err
		}
		list = append(list, im)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, err
	}
	rows.Close()
	months, err = r.months(ctx)
	return list, months, err
}

// months are those with counts, newest first.
func (r *Room) months(ctx context.Context) (out []string, err error) {
	rows, err := r.DB.Query(ctx, `SELECT DISTINCT month FROM oplog_sum WHERE dim = 'sex' ORDER BY month DESC`)
	if err != nil {
		return nil, fmt.Errorf("list months: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m string
		if err := rows.Scan(&m); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// Businesses are those that occur, in order.
func (r *Room) Businesses(ctx context.Context, c identity.Caller) (out []string, err error) {
	if _, err := r.Scope(c.Person); err != nil {
		return nil, err
	}
	rows, err := r.DB.Query(ctx, `SELECT DISTINCT business FROM oplog_sum WHERE dim = 'sex' ORDER BY business`)
	if err != nil {
		return nil, fmt.Errorf("list businesses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b string
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// Erased notes that the medium of an import was erased.
func (r *Room) Erased(ctx context.Context, c identity.Caller, id int64) error {
	if err := r.MayImport(c.Person); err != nil {
		return err
	}
	if err := r.note(ctx, c, EraseMedia, map[string]any{"import": id}); err != nil {
		return err
	}
	res, err := r.DB.Exec(ctx, `UPDATE oplog_import SET erased_us = $2, erased_by = $3 WHERE id = $1 AND state = 'done' AND erased_us = 0`, id, int64(r.Now()), c.Person.Login)
	if err != nil {
		return fmt.Errorf("note the erasure of a medium: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return noImport(id, err)
	}
	return nil
}

func noImport(id int64, err error) error {
	if err != nil {
		return err
	}
	return vms.Errorf(vms.NotFound, "no-import", "取込番号 %d はないか、消去が記録されています。 There is no import %[1]d, or its medium was erased already.", id)
}

// Expire removes events that are older than a year and counts that are older than five, some at a time.
func (r *Room) Expire(ctx context.Context) error {
	now := r.Now().Time()
	for {
		res, err := r.DB.Exec(ctx, `DELETE FROM oplog_event WHERE event IN (SELECT event FROM oplog_event WHERE at_us < $1 LIMIT $2)`, int64(vms.InstantOf(now.AddDate(-keepEvents, 0, 0))), 10*batchRows)
		if err != nil {
			return fmt.Errorf("expire events: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			break
		}
	}
	_, err := r.DB.Exec(ctx, `DELETE FROM oplog_sum WHERE month < $1`, monthOf(vms.InstantOf(now.AddDate(-keepSums, 0, 0))))
	return err
}

const expireEvery = time.Hour

// Run removes what is too old, on the node that holds the lease, until ctx ends.
func (r *Room) Run(ctx context.Context, leases *db.Leases) error {
	return leases.Keep(ctx, "oplog", expireEvery, func(ctx context.Context, _ *db.Lease) {
		if err := r.Expire(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("old operation logs were not removed", "err", err)
		}
	})
}
