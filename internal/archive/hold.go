package archive

import (
	"context"
	"database/sql"
	"fmt"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Hold keeps footage of a camera, all its streams, from being deleted. It also holds for footage that
// is recorded later.
type Hold struct {
	ID     string
	Camera vms.CameraID
	Span   vms.Span
	Reason string
	Until  vms.Instant // 0: until it is released
}

// Hold places a hold, or changes the one with its ID. Footage that is being deleted at that moment
// may be gone already: Find tells.
func (a *Archive) Hold(ctx context.Context, h Hold) error {
	return a.cfg.DB.Tx(ctx, func(tx *db.Tx) error { return a.HoldIn(ctx, tx, h) })
}

// HoldIn does so in a transaction of whoever keeps a register of holds, so that an entry and its hold are one.
func (a *Archive) HoldIn(ctx context.Context, tx *db.Tx, h Hold) error {
	if h.ID == "" || !h.Camera.Valid() || h.Span.Empty() {
		return vms.Errorf(vms.Invalid, "bad-hold", "a hold needs an id, a camera and a span of time")
	}
	until := sql.NullInt64{Int64: int64(h.Until), Valid: h.Until != 0}
	_, err := tx.Exec(ctx, `INSERT INTO hold (id, camera, from_us, to_us, reason, until_us) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET camera = excluded.camera, from_us = excluded.from_us, to_us = excluded.to_us,
			reason = excluded.reason, until_us = excluded.until_us`,
		h.ID, h.Camera, h.Span.From, h.Span.To, h.Reason, until)
	if err != nil {
		return fmt.Errorf("hold footage of %s: %w", h.Camera, err)
	}
	return nil
}

// Release ends a hold now. One that is not there is vms.NotFound.
func (a *Archive) Release(ctx context.Context, id string) error {
	return a.cfg.DB.Tx(ctx, func(tx *db.Tx) error { return a.ReleaseIn(ctx, tx, id) })
}

// ReleaseIn does so in a transaction of whoever keeps a register of holds.
func (a *Archive) ReleaseIn(ctx context.Context, tx *db.Tx, id string) error {
	res, err := tx.Exec(ctx, `UPDATE hold SET until_us = $1 WHERE id = $2 AND (until_us IS NULL OR until_us > $1)`, a.now(), id)
	if err != nil {
		return fmt.Errorf("release hold %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return vms.Errorf(vms.NotFound, "no-hold", "no hold %s is in force", id)
	}
	return nil
}

// Holds returns the holds on a camera that are in force.
func (a *Archive) Holds(ctx context.Context, camera vms.CameraID) ([]Hold, error) {
	return holds(ctx, a.cfg.DB, camera, a.now())
}

func holds(ctx context.Context, tx reader, camera vms.CameraID, now vms.Instant) ([]Hold, error) {
	rows, err := tx.Query(ctx, `SELECT id, camera, from_us, to_us, reason, COALESCE(until_us, 0) FROM hold
		WHERE camera = $1 AND (until_us IS NULL OR until_us > $2) ORDER BY from_us`, camera, now)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Hold
	for rows.Next() {
		var h Hold
		if err := rows.Scan(&h.ID, &h.Camera, &h.Span.From, &h.Span.To, &h.Reason, &h.Until); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}
