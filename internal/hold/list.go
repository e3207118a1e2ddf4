package hold

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// Filter selects entries; zero fields select all.
type Filter struct {
	Camera  vms.CameraID
	Span    vms.Span // footage that overlaps it; empty: all
	InForce bool     // only what keeps footage now
}

// List returns entries somebody may read, those placed last first, at most 500.
func (r *Room) List(ctx context.Context, p *identity.Person, f Filter) (out []Hold, err error) {
	where, args := []string{"1 = 1"}, []any{}
	add := func(cond string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			cond = strings.Replace(cond, "?", fmt.Sprint("$", len(args)), 1)
		}
		where = append(where, cond)
	}
	if !r.readsAll(p) {
		add("placed_by = ?", p.Login)
	}
	if f.Camera != "" {
		add("camera = ?", string(f.Camera))
	}
	if !f.Span.Empty() {
		add("to_us > ? AND from_us < ?", int64(f.Span.From), int64(f.Span.To))
	}
	if f.InForce {
		add("released_by = '' AND until_us > ?", int64(r.Now()))
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = holds(ctx, tx, strings.Join(where, " AND "), args...)
		return err
	})
	return out, err
}

// Recorded is how much of a hold's range there is: the length of it that at least one stream has.
func (r *Room) Recorded(ctx context.Context, h Hold) (total vms.Instant, err error) {
	var all []vms.Span
	for _, stream := range []vms.Stream{vms.Main, vms.Sub} {
		spans, _, err := r.Footage.Recordings(ctx, vms.Feed{Camera: h.Camera, Stream: stream}, h.Span)
		if err != nil {
			return 0, err
		}
		all = append(all, spans...)
	}
	for _, s := range vms.Union(all) {
		total += s.To - s.From
	}
	return total, nil
}

const columns = `id, camera, from_us, to_us, reason, case_ref, until_us, placed_by, placed_at, extended_by, extended_at,
	asked_by, asked_at, asked_why, released_by, released_at`

func holds(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Hold, err error) {
	return db.Collect(db.Rows(tx.Query(ctx, `SELECT `+columns+` FROM held WHERE `+where+fmt.Sprint(` ORDER BY placed_at DESC, id LIMIT `, mostListed), args...)), scan)
}

func scan(rows db.Row) (h Hold, err error) {
	err = rows.Scan(&h.ID, &h.Camera, &h.Span.From, &h.Span.To, &h.Reason, &h.Case, &h.Until, &h.PlacedBy, &h.PlacedAt, &h.ExtendedBy, &h.ExtendedAt,
		&h.AskedBy, &h.AskedAt, &h.AskedWhy, &h.ReleasedBy, &h.ReleasedAt)
	return h, err
}

func one(ctx context.Context, tx *db.Tx, id string) (Hold, error) {
	h, err := scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM held WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = errNone
	}
	return h, err
}

// save writes an entry, new or changed.
func save(ctx context.Context, tx *db.Tx, h Hold) error {
	_, err := tx.Exec(ctx, `INSERT INTO held (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET until_us = excluded.until_us, extended_by = excluded.extended_by, extended_at = excluded.extended_at,
			asked_by = excluded.asked_by, asked_at = excluded.asked_at, asked_why = excluded.asked_why,
			released_by = excluded.released_by, released_at = excluded.released_at`,
		h.ID, string(h.Camera), int64(h.Span.From), int64(h.Span.To), h.Reason, h.Case, int64(h.Until), h.PlacedBy, int64(h.PlacedAt),
		h.ExtendedBy, int64(h.ExtendedAt), h.AskedBy, int64(h.AskedAt), h.AskedWhy, h.ReleasedBy, int64(h.ReleasedAt))
	return err
}

var _ inbox.Source = (*Room)(nil)

// Items are, for 危機管理, the releases others asked for, and holds whose day comes soon.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	if !r.Manages(p) {
		return nil, nil
	}
	now := r.Now()
	list, err := r.List(ctx, p, Filter{InForce: true})
	for _, h := range list {
		link := "/evidence?hold=" + h.ID
		if h.AskedBy != "" && h.AskedBy != p.Login {
			items = append(items, inbox.Item{ID: "approval-hold-" + h.ID, Kind: inbox.Approval, At: h.AskedAt, Link: link,
				Subject: inbox.Subject{What: "hold", ID: h.ID, Camera: h.Camera, From: h.AskedBy}})
		}
		if soon := h.Until.Add(-EndsSoon); now >= soon && h.AskedBy == "" {
			items = append(items, inbox.Item{ID: "hold-ends-" + h.ID + "-" + fmt.Sprint(int64(h.Until)), Kind: inbox.HoldEnds, At: max(soon, h.PlacedAt), Link: link,
				Subject: inbox.Subject{ID: h.ID, Camera: h.Camera, Label: h.Case}})
		}
	}
	return items, err
}
