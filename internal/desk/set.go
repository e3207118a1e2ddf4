package desk

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Limits of what one person saves.
const (
	MaxSets    = 50
	MaxCameras = 40 // in one set: the largest floor
	maxName    = 60 // characters
)

// Layouts of a wall: tiles, or a whole floor.
var Layouts = []string{"1", "4", "9", "16", "25", "floor"}

// Set is a saved wall.
type Set struct {
	ID      string
	Name    string
	Layout  string
	Cameras []vms.CameraID // by place; "" is an empty one
	Updated vms.Instant
}

// Sets returns the person's sets in the order they were made.
func (d *Desk) Sets(ctx context.Context, login string) ([]Set, error) {
	var out []Set
	for row, err := range db.Rows(d.DB.Query(ctx, `SELECT id, name, layout, cameras, updated_at FROM desk_set WHERE login = $1
		ORDER BY created_at, id`, login)) {
		if err != nil {
			return nil, err
		}
		var s Set
		var cameras string
		if err := row.Scan(&s.ID, &s.Name, &s.Layout, &cameras, &s.Updated); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(cameras), &s.Cameras); err != nil {
			return nil, fmt.Errorf("set %s: %w", s.ID, err)
		}
		out = append(out, s)
	}
	return out, nil
}

// AddSet saves a new set. One more than MaxSets is vms.Conflict.
func (d *Desk) AddSet(ctx context.Context, login string, s Set) (Set, error) {
	s, cameras, err := d.prepare(s)
	if err != nil {
		return s, err
	}
	s.ID = rand.Text()
	return s, d.DB.Tx(ctx, func(tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM desk_set WHERE login = $1`, login).Scan(&n); err != nil {
			return err
		}
		if n >= MaxSets {
			return vms.Errorf(vms.Conflict, "too-many-sets", "保存できる配置は%d件までです。 At most %d sets can be saved.", MaxSets, MaxSets)
		}
		_, err := tx.Exec(ctx, `INSERT INTO desk_set (id, login, name, layout, cameras, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $6)`, s.ID, login, s.Name, s.Layout, cameras, int64(s.Updated))
		return err
	})
}

// ChangeSet replaces what the person's set s.ID holds.
func (d *Desk) ChangeSet(ctx context.Context, login string, s Set) (Set, error) {
	s, cameras, err := d.prepare(s)
	if err != nil {
		return s, err
	}
	return s, d.one(ctx, `UPDATE desk_set SET name = $3, layout = $4, cameras = $5, updated_at = $6
		WHERE id = $1 AND login = $2`, s.ID, login, s.Name, s.Layout, cameras, int64(s.Updated))
}

// RemoveSet forgets the person's set.
func (d *Desk) RemoveSet(ctx context.Context, login, id string) error {
	return d.one(ctx, `DELETE FROM desk_set WHERE id = $1 AND login = $2`, id, login)
}

// one runs a statement that must meet one row.
func (d *Desk) one(ctx context.Context, query string, args ...any) error {
	res, err := d.DB.Exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errNoSet)
	}
	return nil
}

// errNoSet answers alike for sets that do not exist and those of others.
var errNoSet = vms.Errorf(vms.NotFound, "no-set", "保存した配置がありません。 There is no such set.")

// prepare says what is wrong with a set, and gives it as it is kept.
func (d *Desk) prepare(s Set) (_ Set, cameras string, err error) {
	s.Name = strings.TrimSpace(s.Name)
	switch n := utf8.RuneCountInString(s.Name); {
	case n < 1 || n > maxName || !utf8.ValidString(s.Name) || strings.ContainsFunc(s.Name, unicode.IsControl):
		return s, "", vms.Errorf(vms.Invalid, "bad-name", "名前は1～%d文字で入力してください。 A name has 1 to %d characters.", maxName, maxName)
	case !slices.Contains(Layouts, s.Layout):
		return s, "", vms.Errorf(vms.Invalid, "bad-layout", "分割「%s」は選べません。 The layout must be one of %q.", s.Layout, Layouts)
	case len(s.Cameras) > MaxCameras:
		return s, "", vms.Errorf(vms.Invalid, "too-many-cameras", "カメラは%d台までです。 At most %d cameras.", MaxCameras, MaxCameras)
	}
	for _, id := range s.Cameras {
		if id != "" && !id.Valid() {
			return s, "", vms.Errorf(vms.Invalid, "bad-camera", "「%s」はカメラの番号ではありません。 %q is no id of a camera.", id, id)
		}
	}
	s.Cameras = append([]vms.CameraID{}, s.Cameras...) // never null
	s.Updated, _ = d.Clock.Now()
	b, err := json.Marshal(s.Cameras)
	return s, string(b), err
}
