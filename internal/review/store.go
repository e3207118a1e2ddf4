package review

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// monthStart is the first instant of the month in Japan.
func monthStart(at vms.Instant) time.Time {
	t := at.Time().In(conf.JST)
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, conf.JST)
}

func monthOf(t time.Time) string { return t.Format("2006-01") }

// unsettled are the months in which something is to be done; the index review_item_unsettled has its condition
// word for word.
const unsettled = `month IN (SELECT month FROM review_item WHERE state IN ('open', 'asked', 'answered', 'found'))`

// names are the months that were drawn where something holds, newest first.
func (r *Room) names(ctx context.Context, where string) (out []string, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		for row, err := range db.Rows(tx.Query(ctx, `SELECT month FROM review_month WHERE `+where+` ORDER BY month DESC`)) {
			if err != nil {
				return err
			}
			var name string
			if err := row.Scan(&name); err != nil {
				return err
			}
			out = append(out, name)
		}
		return nil
	})
	return out, err
}

// keep writes a month that was drawn, once.
func (r *Room) keep(ctx context.Context, m *Month) error {
	return r.change(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `INSERT INTO review_month (month, seed, head, views, lookups, drawn) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (month) DO NOTHING`, m.Name, m.Seed, m.Head, m.Views, m.LookUps, int64(m.Drawn))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		for i := range m.Items {
			it := &m.Items[i]
			hints, err := json.Marshal(it.Hints)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO review_item (month, n, kind, entry, actor, why, hints, state, reviewer, question, asked, answer, answered,
				finding, words, decided, measures, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 0, '', 0, '', '', 0, '', 0)`,
				it.Month, it.N, it.Kind, it.entry, it.Actor, strings.Join(it.Why, " "), string(hints), it.State); err != nil {
				return err
			}
		}
		return nil
	})
}

// change runs a transaction after which somebody may have something else to do.
func (r *Room) change(ctx context.Context, fn func(*db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
}

func monthRow(ctx context.Context, tx *db.Tx, name string) (*Month, error) {
	m := &Month{Name: name}
	rows, err := tx.Query(ctx, `SELECT seed, head, views, lookups, drawn FROM review_month WHERE month = $1`, name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	return m, rows.Scan(&m.Seed, &m.Head, &m.Views, &m.LookUps, &m.Drawn)
}

// itemsOf returns items without what they are about.
func itemsOf(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Item, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT month, n, kind, entry, actor, why, hints, state, reviewer, question, asked, answer, answered, finding, words, decided, measures, done
		FROM review_item WHERE `+where+` ORDER BY month DESC, n`, args...)) {
		if err != nil {
			return nil, err
		}
		var i Item
		var why, hints string
		if err := row.Scan(&i.Month, &i.N, &i.Kind, &i.entry, &i.Actor, &why, &hints, &i.State, &i.Reviewer, &i.Question, &i.Asked, &i.Answer, &i.Answered,
			&i.Finding, &i.Words, &i.Decided, &i.Measures, &i.Done); err != nil {
			return nil, err
		}
		i.Why = strings.Fields(why)
		if err := json.Unmarshal([]byte(hints), &i.Hints); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// about fills in what items are about.
func (r *Room) about(ctx context.Context, items []Item) error {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].entry
	}
	entries, err := r.Oversight.Entries(ctx, ids)
	for i := range items {
		items[i].Entry = entries[items[i].entry]
	}
	return err
}
