package identity

import (
	"context"
	"encoding/json"

	"yagura/internal/camera"
	"yagura/internal/db"
)

// SyncUnits makes the rows say what the organisation says. Units it no longer names stay, for
// appointments of the past. It writes nothing when nothing differs.
func (r *Registry) SyncUnits(ctx context.Context, org *camera.Organisation) error {
	want := map[string]unitRow{}
	for _, u := range org.Units {
		successors, err := json.Marshal(u.Successors)
		if err != nil {
			return err
		}
		want[u.ID] = unitRow{u.Name, u.Kind, u.Parent, u.Order, int64(u.From), int64(u.To), string(successors)}
	}
	var same bool
	err := r.db.Read(ctx, func(tx *db.Tx) error {
		have, err := unitRows(ctx, tx)
		same = true
		for id, row := range want {
			same = same && have[id] == row
		}
		return err
	})
	if err != nil || same {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		for id, u := range want {
			_, err := tx.Exec(ctx, `INSERT INTO unit (id, name, kind, parent, position, from_at, to_at, successors)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
				ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent,
				position = excluded.position, from_at = excluded.from_at, to_at = excluded.to_at, successors = excluded.successors`,
				id, u.name, u.kind, u.parent, u.position, u.from, u.to, u.successors)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// AnnounceUnits makes units known that are proposed, so that people can be appointed to them for then.
// Units that are known already stay as they are.
func (r *Registry) AnnounceUnits(ctx context.Context, org *camera.Organisation) error {
	return r.change(ctx, func(tx *db.Tx) error {
		for _, u := range org.Units {
			successors, err := json.Marshal(u.Successors)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO unit (id, name, kind, parent, position, from_at, to_at, successors)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
				u.ID, u.Name, u.Kind, u.Parent, u.Order, int64(u.From), int64(u.To), string(successors)); err != nil {
				return err
			}
		}
		return nil
	})
}

type unitRow struct {
	name, kind, parent string
	position           int
	from, to           int64
	successors         string
}

func unitRows(ctx context.Context, tx *db.Tx) (map[string]unitRow, error) {
	have := map[string]unitRow{}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, name, kind, parent, position, from_at, to_at, successors FROM unit`)) {
		if err != nil {
			return nil, err
		}
		var id string
		var u unitRow
		if err := row.Scan(&id, &u.name, &u.kind, &u.parent, &u.position, &u.from, &u.to, &u.successors); err != nil {
			return nil, err
		}
		have[id] = u
	}
	return have, nil
}
