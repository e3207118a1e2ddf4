package oplog

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Written is a version of a profile that was written down here. It is used for imports once somebody else approved it.
type Written struct {
	ID, Name string
	Version  int64
	event.Definition
	State     string // Waiting, Approved, Refused
	By        string // login
	At        vms.Instant
	DecidedBy string
	Decided   vms.Instant
}

// Written are all versions of all profiles that were written down here, the newest of each first.
func (r *Room) Written(ctx context.Context, c identity.Caller) ([]Written, error) {
	if err := r.MayImport(c.Person); err != nil {
		return nil, err
	}
	return r.written(ctx)
}

func (r *Room) written(ctx context.Context) ([]Written, error) {
	rows, err := r.DB.Query(ctx, `SELECT id, version, name, definition, state, by_login, at_us, decided_by, decided_us FROM oplog_profile ORDER BY id COLLATE "C", version DESC`)
	out, err := db.Collect(db.Rows(rows, err), func(row db.Row) (w Written, err error) {
		var text string
		if err := row.Scan(&w.ID, &w.Version, &w.Name, &text, &w.State, &w.By, &w.At, &w.DecidedBy, &w.Decided); err != nil {
			return w, err
		}
		return w, json.Unmarshal([]byte(text), &w.Definition)
	})
	if err != nil {
		return nil, fmt.Errorf("list profiles of logs: %w", err)
	}
	return out, nil
}

// Usable are the profiles files may be taken by: those of the program, and of the others the newest that was approved.
func (r *Room) Usable(ctx context.Context) ([]*event.Profile, error) {
	all, err := r.written(ctx)
	out := slices.Clone(r.Profiles)
	for _, w := range all {
		if w.State != Approved || slices.ContainsFunc(out, func(p *event.Profile) bool { return p.ID == w.ID }) {
			continue
		}
		p, err := event.Define(w.ID, w.Name, w.Definition)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, err
}

// profile finds a profile by its id, or, to look at what it would do, a version of one: id@2.
func (r *Room) profile(ctx context.Context, id string, approved bool) (*event.Profile, error) {
	name, version, one := strings.Cut(id, "@")
	if one && !approved {
		all, err := r.written(ctx)
		for _, w := range all {
			if w.ID == name && strconv.FormatInt(w.Version, 10) == version {
				return event.Define(w.ID, w.Name, w.Definition)
			}
		}
		return nil, cmp.Or(err, noProfile(id))
	}
	usable, err := r.Usable(ctx)
	for _, p := range usable {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, cmp.Or(err, noProfile(id))
}

func noProfile(id string) error {
	return vms.Errorf(vms.Invalid, "no-profile", "取込みの定義「%s」はありません。 There is no profile %[1]q.", id)
}

// WriteProfile writes down how the log of a system is read, as a new version that waits for somebody else's approval.
func (r *Room) WriteProfile(ctx context.Context, c identity.Caller, id, name string, d event.Definition) (version int64, err error) {
	if err := r.MayImport(c.Person); err != nil {
		return 0, err
	}
	if _, err := event.Define(id, name, d); err != nil {
		return 0, err
	}
	if slices.ContainsFunc(r.Profiles, func(p *event.Profile) bool { return p.ID == id }) {
		return 0, vms.Errorf(vms.Conflict, "built-in", "「%s」は、はじめからある定義です。別の記号にしてください。 %[1]s comes with the program; choose another id.", id)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return 0, err
	}
	if err := r.noteProfile(ctx, c, id, 0, "write"); err != nil {
		return 0, err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(version), 0) + 1 FROM oplog_profile WHERE id = $1`, id).Scan(&version); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO oplog_profile (id, version, name, definition, state, by_login, at_us, decided_by, decided_us) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, '', 0)`,
			id, version, strings.TrimSpace(name), string(text), c.Person.Login, int64(r.Now()))
		return err
	})
	return version, err
}

func (r *Room) noteProfile(ctx context.Context, c identity.Caller, id string, version int64, step string) error {
	return r.note(ctx, c, SetProfile, map[string]any{"profile": id, "version": version, "step": step})
}

// DecidesProfile reports whether somebody may decide about a version: 情報安全担当, and never who wrote it.
func (r *Room) DecidesProfile(p *identity.Person, w *Written) bool {
	return w.State == Waiting && w.By != p.Login && p.Holds(r.Now(), identity.InformationSecurity)
}

// DecideProfile approves or refuses a version of a profile.
func (r *Room) DecideProfile(ctx context.Context, c identity.Caller, id string, version int64, approve bool) error {
	if !c.Person.Holds(r.Now(), identity.InformationSecurity) {
		return vms.Errorf(vms.Denied, "denied", "承認は情報安全担当が行います。 Information security decides.")
	}
	all, err := r.written(ctx)
	i := slices.IndexFunc(all, func(w Written) bool { return w.ID == id && w.Version == version })
	switch {
	case err != nil:
		return err
	case i < 0:
		return vms.Errorf(vms.NotFound, "no-profile", "その定義はありません。 There is no such profile.")
	case all[i].By == c.Person.Login:
		return vms.Errorf(vms.Denied, "own", "自分の定義は、ほかの人が承認します。 Somebody else decides about one's own profile.")
	}
	state := map[bool]string{true: Approved, false: Refused}[approve]
	if err := r.noteProfile(ctx, c, id, version, state); err != nil {
		return err
	}
	res, err := r.DB.Exec(ctx, `UPDATE oplog_profile SET state = $3, decided_by = $4, decided_us = $5 WHERE id = $1 AND version = $2 AND state = 'waiting'`, id, version, state, c.Person.Login, int64(r.Now()))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, vms.Errorf(vms.Conflict, "decided", "この定義は決まっています。 It was decided already."))
	}
	return nil
}
