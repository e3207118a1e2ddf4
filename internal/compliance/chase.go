package compliance

import (
	"context"
	"fmt"
	"slices"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// ChaseRecords is the audit action of a reminder to all who owe something. Detail is how many were reminded.
const ChaseRecords = "record.chase"

// Debtor is somebody who owes something to records, or is to approve it.
type Debtor struct {
	Login, Name string
	Unit        string // of their first post
	Count       int
	Oldest      string      // the earliest day it was or is due
	Chased      vms.Instant // when they were reminded last; 0: never
}

var errNotOffice = vms.Errorf(vms.Denied, "denied", "督促は情報安全担当が行います。 The information office reminds people.")

// Debtors are the people who owe something that falls due by a day, those who owe most first.
func (r *Room) Debtors(ctx context.Context, a record.Actor, by string) ([]Debtor, error) {
	if !a.Has(informationOffice, "") {
		return nil, errNotOffice
	}
	claims, err := r.Claims(ctx, by)
	if err != nil {
		return nil, err
	}
	people, err := r.c.Identity.People(ctx)
	if err != nil {
		return nil, err
	}
	chased, err := r.chased(ctx)
	if err != nil {
		return nil, err
	}
	var out []Debtor
	for _, p := range people {
		if p.Disabled || p.Login == a.Login {
			continue
		}
		if d := r.owes(p, claims); d.Count > 0 {
			d.Chased = chased[p.Login]
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(x, y Debtor) int { return y.Count - x.Count })
	return out, nil
}

// owes counts what a person owes: a deadline that is theirs by two posts is one.
func (r *Room) owes(p *identity.Person, claims []record.Claim) Debtor {
	d := Debtor{Login: p.Login, Name: p.Name}
	now := r.c.Now()
	for _, x := range p.Appointments {
		if x.InForce(now) {
			d.Unit = x.Unit
			break
		}
	}
	if d.Unit == "" {
		return d
	}
	has, counted := map[roleAt]bool{}, map[string]bool{}
	for _, c := range claims {
		at := roleAt{c.Role, c.Unit}
		if _, asked := has[at]; !asked {
			has[at] = r.has(p, at, now)
		}
		if key := c.Record + " " + c.Deadline; has[at] && !counted[key] {
			counted[key] = true
			d.Count++
			if d.Oldest == "" {
				d.Oldest = c.Day // they come in order
			}
		}
	}
	return d
}

func (r *Room) chased(ctx context.Context) (map[string]vms.Instant, error) {
	out := map[string]vms.Instant{}
	for row, err := range db.Rows(r.c.DB.Query(ctx, `SELECT login, MAX(at_us) FROM record_chase GROUP BY login`)) {
		if err != nil {
			return nil, err
		}
		var login string
		var at vms.Instant
		if err := row.Scan(&login, &at); err != nil {
			return nil, err
		}
		out[login] = at
	}
	return out, nil
}

// Chase reminds all who owe something by a day, in their inbox, at most once a day each. It tells who was reminded now.
func (r *Room) Chase(ctx context.Context, a record.Actor, by string) (reminded []Debtor, err error) {
	all, err := r.Debtors(ctx, a, by)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, vms.Errorf(vms.Conflict, "nobody", "対応の残る人はいません。 Nobody owes anything.")
	}
	now := r.c.Now()
	today := record.DayOf(now)
	fresh := slices.DeleteFunc(all, func(d Debtor) bool { return d.Chased != 0 && record.DayOf(d.Chased) == today })
	if len(fresh) == 0 {
		return nil, vms.Errorf(vms.Conflict, "chased", "対応の残る人には、今日もう督促しました。 Everybody who owes something was reminded today.")
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, ChaseRecords, fmt.Sprintf("%d by %s", len(fresh), by)
	if _, err := r.c.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	return fresh, r.c.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, d := range fresh {
			_, err := tx.Exec(ctx, `INSERT INTO record_chase (login, day, at_us, asker, until) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, d.Login, today, now, a.Login, by)
			if err != nil {
				return err
			}
		}
		return r.c.DB.Signal(ctx, tx, inbox.Topic)
	})
}

var _ inbox.Source = (*Room)(nil)

// chaseTold is how long a reminder stays, µs, while something is still owed.
const chaseTold = vms.Instant(14 * 24 * 3600 * 1_000_000)

// Items is the last reminder to a person, for as long as what was meant is still owed.
func (r *Room) Items(ctx context.Context, p *identity.Person) ([]inbox.Item, error) {
	var day, asker, until string
	var at vms.Instant
	rows, err := r.c.DB.Query(ctx, `SELECT day, asker, until, at_us FROM record_chase WHERE login = $1 AND at_us > $2 ORDER BY day DESC LIMIT 1`, p.Login, r.c.Now()-chaseTold)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&day, &asker, &until, &at); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil || day == "" {
		return nil, err
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	claims, err := r.Claims(ctx, until)
	if err != nil {
		return nil, err
	}
	n := r.owes(p, claims).Count
	if n == 0 {
		return nil, nil
	}
	return []inbox.Item{{ID: "chase-" + day, Kind: inbox.Chase, At: at, Link: "/records", Subject: inbox.Subject{From: asker, Rounds: n}}}, nil
}
