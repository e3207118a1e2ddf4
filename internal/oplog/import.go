package oplog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Import is a file that was taken.
type Import struct {
	ID         int64
	Profile    string
	Hash       string
	Media      string
	By         string // login
	At         vms.Instant
	Rows       int
	Duplicates int
	From, To   vms.Instant
	Erased     vms.Instant // 0: the medium was not erased yet
	ErasedBy   string
}

// Preview reads a file and tells what taking it would do; by a profile, or by a version of one that waits: id@2.
func (r *Room) Preview(ctx context.Context, c identity.Caller, profile string, file io.Reader) (*Report, error) {
	if err := r.MayImport(c.Person); err != nil {
		return nil, err
	}
	p, err := r.profile(ctx, profile, false)
	if err != nil {
		return nil, err
	}
	in, err := r.begin(ctx, p, file)
	if err != nil {
		return nil, err
	}
	in.fresh = func(ctx context.Context, batch []event.Event) ([]event.Event, error) {
		seen, err := known(ctx, r.DB.Query, batch)
		if err != nil || len(batch) == 0 {
			return nil, err
		}
		return without(batch, seen), nil
	}
	if err := in.run(ctx); err != nil {
		return nil, err
	}
	if err := r.refuseTwice(ctx, in.reader.Hash()); err != nil {
		return nil, err
	}
	return in.done(), nil
}

// refuseTwice refuses a file that was taken already.
func (r *Room) refuseTwice(ctx context.Context, hash string) error {
	var id int64
	err := r.DB.QueryRow(ctx, `SELECT id FROM oplog_import WHERE hash = $1 AND state = 'done'`, hash).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return vms.Errorf(vms.Conflict, "imported", "このファイルは取込み済みです（取込番号 %d）。 This file was imported already, number %[1]d.", id)
}

// Import takes a file, whole or not at all: with a bad line nothing is taken, and the report says which. Events
// that are there already are left out and counted. media is the number of the medium the file came on.
func (r *Room) Import(ctx context.Context, c identity.Caller, profile, media string, file io.Reader) (*Report, error) {
	if err := r.MayImport(c.Person); err != nil {
		return nil, err
	}
	if media == "" {
		return nil, vms.Errorf(vms.Invalid, "no-media", "媒体番号を入力してください。 Say the number of the medium.")
	}
	if err := r.sameKey(ctx); err != nil {
		return nil, err
	}
	p, err := r.profile(ctx, profile, true)
	if err != nil {
		return nil, err
	}
	in, err := r.begin(ctx, p, file)
	if err != nil {
		return nil, err
	}
	id, err := r.open(ctx, Import{Profile: profile, Media: media, By: c.Person.Login, At: r.Now()})
	if err != nil {
		return nil, fmt.Errorf("begin an import: %w", err)
	}
	in.fresh = func(ctx context.Context, batch []event.Event) ([]event.Event, error) { return r.keep(ctx, id, batch) }
	err = in.run(ctx)
	if err == nil && in.report.Bad > 0 {
		err = errBad
	}
	if err == nil {
		err = r.finish(ctx, c, id, in)
	}
	if err != nil {
		if e := r.drop(context.WithoutCancel(ctx), id); e != nil {
			return nil, errors.Join(err, e)
		}
	}
	if errors.Is(err, errBad) {
		return in.done(), nil
	}
	if err != nil {
		return nil, err
	}
	in.report.ID = id
	rep := in.done()
	if err := r.analyse(ctx, rep, in.register, in.terminals); err != nil {
		return nil, fmt.Errorf("taken as import %d, but not looked through: %w", id, err) // the next import of the month does
	}
	return rep, nil
}

var errBad = errors.New("lines are wrong")

// sameKey refuses to mix pseudonyms of two keys: counts by person would be wrong without anybody noticing.
func (r *Room) sameKey(ctx context.Context) error {
	var name string
	err := r.DB.QueryRow(ctx, `SELECT key_name FROM oplog_import WHERE state = 'done' AND key_name <> $1 LIMIT 1`, r.Key.Name).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("operation logs were imported with the key %s, and this node has %s: every node needs the same oplog key", name, r.Key.Name)
}

// open makes the row of an import, and removes what ended ones left behind.
func (r *Room) open(ctx context.Context, im Import) (id int64, err error) {
	var left []int64
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		left = nil
		rows, err := tx.Query(ctx, `SELECT id FROM oplog_import WHERE state = 'loading' AND at_us < $1`, int64(im.At.Add(-stale)))
		if err != nil {
			return err
		}
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return errors.Join(err, rows.Close())
			}
			left = append(left, id)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(id), 0) + 1 FROM oplog_import`).Scan(&id); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO oplog_import (id, profile, hash, key_name, media, by_login, at_us, state, rows, duplicates, from_us, to_us, erased_us, erased_by)
			VALUES ($1, $2, '', $3, $4, $5, $6, 'loading', 0, 0, 0, 0, 0, '')`, id, im.Profile, r.Key.Name, im.Media, im.By, int64(im.At))
		return err
	})
	for _, old := range left {
		err = errors.Join(err, r.drop(ctx, old))
	}
	return id, err
}

// keep stores a batch, and gives what of it was not there.
func (r *Room) keep(ctx context.Context, id int64, batch []event.Event) (kept []event.Event, err error) {
	if len(batch) == 0 {
		return nil, nil
	}
	columns := columnsOfEvents(id, batch)
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		added, err := tx.InsertNew(ctx, "oplog_event", columns)
		if err != nil {
			return err
		}
		kept = those(batch, added)
		return nil
	})
	return kept, err
}

// those are the events of a batch with these keys, each once.
func those(batch []event.Event, keys []int64) []event.Event {
	if len(keys) == len(batch) {
		return batch
	}
	wanted := make(map[int64]bool, len(keys))
	for _, k := range keys {
		wanted[k] = true
	}
	return slices.DeleteFunc(slices.Clone(batch), func(e event.Event) bool {
		is := wanted[e.Key]
		delete(wanted, e.Key)
		return !is
	})
}

// columnsOfEvents are events as the table has them, the key first.
func columnsOfEvents(id int64, events []event.Event) (out []db.Column) {
	ints := func(name string, of func(*event.Event) int64) {
		c := db.Column{Name: name, Ints: make([]int64, len(events))}
		for i := range events {
			c.Ints[i] = of(&events[i])
		}
		out = append(out, c)
	}
	text := func(name string, of func(*event.Event) string) {
		c := db.Column{Name: name, Text: make([]string, len(events))}
		for i := range events {
			c.Text[i] = of(&events[i])
		}
		out = append(out, c)
	}
	ints("event", func(e *event.Event) int64 { return e.Key })
	ints("import", func(*event.Event) int64 { return id })
	ints("at_us", func(e *event.Event) int64 { return int64(e.At) })
	text("staff", func(e *event.Event) string { return e.Staff })
	text("unit", func(e *event.Event) string { return e.Unit })
	text("terminal", func(e *event.Event) string { return e.Terminal })
	text("business", func(e *event.Event) string { return e.Business })
	text("action", func(e *event.Event) string { return e.Action })
	text("criteria", func(e *event.Event) string { return e.Criteria })
	ints("hits", func(e *event.Event) int64 { return int64(e.Hits) })
	ints("person", func(e *event.Event) int64 { return int64(e.Person) })
	text("sex", func(e *event.Event) string { return e.Sex })
	ints("age", func(e *event.Event) int64 { return int64(e.Age) })
	text("area", func(e *event.Event) string { return e.Area })
	ints("place", func(e *event.Event) int64 { return int64(e.Place) })
	ints("household", func(e *event.Event) int64 { return int64(e.Household) })
	ints("members", func(e *event.Event) int64 { return int64(e.Members) })
	ints("kin", func(e *event.Event) int64 { return int64(e.Kin) })
	ints("protected", func(e *event.Event) int64 { return number(e.Protected) })
	ints("cased", func(e *event.Event) int64 { return number(e.Cased) })
	return out
}

const stale = time.Hour // of an import that nobody works on any more

func number(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// finish lets the events of an import count.
func (r *Room) finish(ctx context.Context, c identity.Caller, id int64, in *intake) error {
	hash, rep := in.reader.Hash(), &in.report
	if err := r.refuseTwice(ctx, hash); err != nil {
		return err
	}
	if rep.Rows == 0 {
		return vms.Errorf(vms.Invalid, "nothing-new", "新しい行がありません（取込み済み %d 行）。 Nothing in it is new; %[1]d lines were there already.", rep.Duplicates)
	}
	err := r.note(ctx, c, ImportLog, map[string]any{"import": id, "sha256": hash, "rows": rep.Rows, "duplicates": rep.Duplicates, "from": rep.From, "to": rep.To})
	if err != nil {
		return err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := in.sums.store(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE oplog_import SET state = 'done', hash = $2, rows = $3, duplicates = $4, from_us = $5, to_us = $6 WHERE id = $1`,
			id, hash, rep.Rows, rep.Duplicates, int64(rep.From), int64(rep.To))
		return err
	})
	if r.DB.Duplicate(err) {
		return vms.Errorf(vms.Conflict, "imported", "このファイルは取込み済みです。 This file was imported already.")
	}
	return err
}

// drop removes what an import that did not succeed has stored, some rows at a time.
func (r *Room) drop(ctx context.Context, id int64) error {
	for {
		res, err := r.DB.Exec(ctx, `DELETE FROM oplog_event WHERE event IN (SELECT event FROM oplog_event WHERE import = $1 LIMIT $2)`, id, 20*batchRows)
		if err != nil {
			return fmt.Errorf("remove a failed import: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			break
		}
	}
	_, err := r.DB.Exec(ctx, `DELETE FROM oplog_import WHERE id = $1 AND state = 'loading'`, id)
	return err
}
