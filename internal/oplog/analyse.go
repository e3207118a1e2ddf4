package oplog

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

// A month is looked through whole; of one that is not over, at least these last days.
const atLeast = 31 * 24 * time.Hour

// analyse finds hints in the months of an import.
func (r *Room) analyse(ctx context.Context, rep *Report, reg *hint.Register, terminals map[string]Terminal) error {
	w := &hint.Ward{Register: reg, Terminals: map[string]string{}, Closed: r.closed}
	for id, t := range terminals {
		w.Terminals[id] = t.Unit
	}
	people, err := r.Identity.People(ctx)
	if err != nil {
		return fmt.Errorf("list people: %w", err)
	}
	for _, m := range rep.Months {
		in, err := monthSpan(m)
		if err != nil {
			return err
		}
		if rep.To < in.To {
			in.From, in.To = min(in.From, rep.To.Add(-atLeast)), rep.To+1
		}
		events, err := r.events(ctx, in)
		if err != nil {
			return fmt.Errorf("load events of %s: %w", m, err)
		}
		found := hint.Find(w, events)
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := r.enter(ctx, tx, found, in, people); err != nil {
				return err
			}
			return r.DB.Signal(ctx, tx, inbox.Topic)
		}); err != nil {
			return fmt.Errorf("keep hints of %s: %w", m, err)
		}
	}
	return nil
}

// closed reports whether a unit does not work on the day of an instant.
func (r *Room) closed(unit string, at vms.Instant) bool {
	if r.Works == nil {
		return holiday.Closed(at)
	}
	return !r.Works(unit, at.Time().In(conf.JST))
}

// events are those of a time, in order.
func (r *Room) events(ctx context.Context, in vms.Span) (out []event.Event, err error) {
	rows, err := r.DB.Query(ctx, `SELECT event, at_us, staff, unit, terminal, business, action, criteria, hits, person, sex, age, area, place, household, members, kin, protected, cased
		FROM oplog_event WHERE at_us >= $1 AND at_us < $2`+done+` ORDER BY at_us, event`, int64(in.From), int64(in.To))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	once := map[string]string{} // the same words again and again
	for rows.Next() {
		var e event.Event
		if err := rows.Scan(&e.Key, &e.At, &e.Staff, &e.Unit, &e.Terminal, &e.Business, &e.Action, &e.Criteria, &e.Hits, &e.Person, &e.Sex, &e.Age, &e.Area, &e.Place, &e.Household,
			&e.Members, &e.Kin, &e.Protected, &e.Cased); err != nil {
			return nil, err
		}
		for _, s := range []*string{&e.Staff, &e.Unit, &e.Terminal, &e.Business, &e.Action, &e.Criteria, &e.Sex, &e.Area} {
			if same, ok := once[*s]; ok {
				*s = same
			} else {
				once[*s] = *s
			}
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// Sample is an event of a hint as it is kept.
type Sample struct {
	At       vms.Instant     `json:"at"`
	Terminal string          `json:"terminal"`
	Business string          `json:"business"`
	Action   string          `json:"action"`
	Person   event.Pseudonym `json:"person"`
	Cased    bool            `json:"cased"`
}

// enter keeps hints. One that is known already, and not settled, has its figures brought up to date.
func (r *Room) enter(ctx context.Context, tx *db.Tx, found []hint.Hint, in vms.Span, people []*identity.Person) error {
	for i := range found {
		h := &found[i]
		about := event.Pseudonym(0)
		if h.Staff == "" {
			about = h.Person
		}
		figures, err := json.Marshal(h.Figures)
		if err != nil {
			return err
		}
		samples, err := json.Marshal(samplesOf(h))
		if err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE oplog_hint SET figures = $4, samples = $5, events = $6, first_us = CASE WHEN first_us < $7 THEN first_us ELSE $7 END, last_us = CASE WHEN last_us > $8 THEN last_us ELSE $8 END
			WHERE rule = $1 AND staff = $2 AND (staff <> '' OR person = $3) AND last_us >= $9 AND state IN ('new', 'asked', 'look')`,
			h.Rule, h.Staff, int64(about), string(figures), string(samples), h.Events, int64(h.First), int64(h.Last), int64(in.From))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			if err != nil {
				return err
			}
			continue
		}
		var settled int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM oplog_hint WHERE rule = $1 AND staff = $2 AND (staff <> '' OR person = $3) AND last_us >= $4`, h.Rule, h.Staff, int64(about), int64(h.Last)).Scan(&settled); err != nil {
			return err
		}
		if settled > 0 {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO oplog_hint (id, rule, staff, person, unit, figures, samples, events, first_us, last_us, found_us, level, state, version, due, footage, outcome)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'new', 1, $13, '', '')`, rand.Text(), h.Rule, h.Staff, int64(h.Person), h.Unit, string(figures), string(samples), h.Events,
			int64(h.First), int64(h.Last), int64(r.Now()), levelOf(people, h.Staff, r.Now()), workday(r.Now(), answerDays)); err != nil {
			return err
		}
	}
	return nil
}

func samplesOf(h *hint.Hint) (out []Sample) {
	for _, e := range h.Samples {
		out = append(out, Sample{e.At, e.Terminal, e.Business, e.Action, e.Person, e.Cased})
	}
	return out
}

// Levels that answer a hint.
const (
	LevelUnit       = "unit"       // 所属長
	LevelDepartment = "department" // 部長: the hint is at a 統括管理者
	LevelOffice     = "office"     // 情報安全担当: at a 部長, or at 監査
	LevelAudit      = "audit"      // 監査: at those who look through the logs
)

// levelOf is who answers a hint at somebody: nobody about themselves, so it goes up.
func levelOf(people []*identity.Person, number string, now vms.Instant) string {
	if number == "" {
		return LevelOffice // several units looked
	}
	for _, p := range people {
		switch {
		case p.Number != number:
		case p.Holds(now, identity.LogAnalyst, identity.InformationSecurity):
			return LevelAudit
		case p.Holds(now, identity.DepartmentHead, identity.Auditor):
			return LevelOffice
		case p.Holds(now, identity.GeneralManager):
			return LevelDepartment
		}
	}
	return LevelUnit
}

const answerDays = 5 // business days in which a unit answers

// workday is the n-th day after an instant on which the offices are open.
func workday(at vms.Instant, n int) string {
	t := at.Time().In(conf.JST)
	for n > 0 {
		if t = t.AddDate(0, 0, 1); !holiday.Closed(vms.InstantOf(t)) {
			n--
		}
	}
	return t.Format("2006-01-02")
}
