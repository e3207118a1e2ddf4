package oplog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

var _ inbox.Source = (*Room)(nil)

// owing is a hint about which something is owed, and since when.
type owing struct {
	Hint
	since vms.Instant
}

// Items returns the hints that wait for the person to say whether the look-ups were needed and, to those who take logs in,
// how many hints are due or late. No member of staff is in them, and no rule: that is read on the page, with a row in the log.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	s, err := r.Scope(p)
	if errors.Is(err, vms.Denied) {
		return nil, nil // who reads no hints is told of none
	}
	if err != nil {
		return nil, err
	}
	list, err := r.owing(ctx)
	if err != nil {
		return nil, err
	}
	now := r.Now()
	today, due, late := dayOf(now), 0, 0
	for i := range list {
		h := &list[i]
		if !r.knows(p, s, &h.Hint) {
			continue
		}
		if h.State == StateAsked && r.answers(p, &h.Hint, now) {
			items = append(items, h.item(today))
		}
		if h.Due <= today {
			due++
		}
		if h.Due < today {
			late++
		}
	}
	if s.Import && due > 0 {
		t := now.Time().In(conf.JST)
		items = append(items, inbox.Item{ID: "hints." + today, Kind: inbox.HintsDue, At: vms.InstantOf(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)),
			Link: "/oplog", Subject: inbox.Subject{Rounds: due, Done: late}})
	}
	if !s.Import {
		return items, nil
	}
	i, err := r.logsDue(ctx, now)
	return append(items, i...), err
}

// logsDue says that the log of the last month is to be taken, or late; nothing where none ever was.
func (r *Room) logsDue(ctx context.Context, now vms.Instant) (items []inbox.Item, err error) {
	month := lastMonth(now)
	var taken, last *Import
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		taken, last, err = r.taken(ctx, tx, month)
		return err
	})
	if err != nil || taken != nil || last == nil {
		return nil, err
	}
	over, err := monthSpan(month)
	if err != nil {
		return nil, err
	}
	i := inbox.Item{ID: "logs." + month, Kind: inbox.LogsDue, At: over.To, Link: "/oplog?part=imports", Subject: inbox.Subject{Month: month}}
	if dayOf(now) > due(month) {
		i.ID, i.At, i.Subject.Rounds = i.ID+".late", over.To.Add(dueDay*24*time.Hour), 1
	}
	return []inbox.Item{i}, nil
}

// item is what a hint asks of those who answer it; it comes anew when it is late.
func (h *owing) item(today string) inbox.Item {
	i := inbox.Item{ID: fmt.Sprintf("hint.%s.%d", h.ID, h.Version), Kind: inbox.HintAnswer, At: h.since, Link: "/oplog?hint=" + h.ID,
		Subject: inbox.Subject{ID: h.ID, Unit: h.Unit, Month: h.Due}}
	if h.Due < today {
		i.ID, i.Subject.Rounds = i.ID+".late", 1
	}
	return i
}

func (r *Room) owing(ctx context.Context) (out []owing, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, staff, unit, level, state, version, due, found_us, (SELECT COALESCE(MAX(at_us), 0) FROM oplog_hint_step WHERE hint = id)
			FROM oplog_hint WHERE due <> '' ORDER BY found_us, id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var h owing
			if err := rows.Scan(&h.ID, &h.number, &h.Unit, &h.Level, &h.State, &h.Version, &h.Due, &h.Found, &h.since); err != nil {
				return err
			}
			h.since = max(h.since, h.Found)
			out = append(out, h)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("list hints that are due: %w", err)
	}
	return out, nil
}
