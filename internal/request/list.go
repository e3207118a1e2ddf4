package request

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// List returns requests as the person may read them, those asked last first.
func (r *Room) List(ctx context.Context, p *identity.Person) (out []Request, err error) {
	v := r.rightsOf(p)
	if !v.asks && !v.answers && !v.reads {
		return nil, errDenied
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = requests(ctx, tx, `1 = 1`)
		return err
	})
	out = slices.DeleteFunc(out, func(q Request) bool { return q.about(p) })
	for i := range out {
		out[i] = v.show(out[i])
		out[i].Member.Number = "" // who it is about is told one by one, with a row in the log
		out[i].Member.Name = ""
	}
	return out, err
}

// Find returns one, with who it is about to who may know; that is a row in the log.
func (r *Room) Find(ctx context.Context, c identity.Caller, number string) (q Request, err error) {
	v := r.rightsOf(c.Person)
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		q, err = one(ctx, tx, number)
		return err
	})
	if err != nil {
		return Request{}, err
	}
	if q.about(c.Person) || !v.asks && !v.answers && !v.reads {
		return Request{}, errNone
	}
	if v.whole() {
		_, err = r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: Read, Case: q.Number, Detail: q.Terminal})
	}
	return v.show(q), err
}

// show is a request without what somebody is not told.
func (v rights) show(q Request) Request {
	if !v.whole() {
		q.Member, q.Said, q.By = Member{}, "", ""
	}
	return q
}

const columns = `number, hint, rules, terminal, room, cameras, staff, staff_number, staff_name, staff_unit, events, figures, note,
	asked_by, asked_at, due_at, taken_by, taken_at, outcome, outcome_note, outcome_by, outcome_at`

func requests(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Request, err error) {
	return db.Collect(db.Rows(tx.Query(ctx, `SELECT `+columns+` FROM footage_request WHERE `+where+` ORDER BY asked_at DESC, number DESC LIMIT 500`, args...)), scan)
}

func one(ctx context.Context, tx *db.Tx, number string) (Request, error) {
	q, err := scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM footage_request WHERE number = $1`, number))
	if errors.Is(err, sql.ErrNoRows) {
		err = errNone
	}
	return q, err
}

func scan(row db.Row) (q Request, err error) {
	var rules, cameras, events, figures string
	err = row.Scan(&q.Number, &q.Hint, &rules, &q.Terminal, &q.Room, &cameras, &q.Staff, &q.Member.Number, &q.Member.Name, &q.Member.Unit, &events, &figures,
		&q.Note, &q.AskedBy, &q.AskedAt, &q.Due, &q.TakenBy, &q.TakenAt, &q.Outcome, &q.Said, &q.By, &q.At)
	if err != nil {
		return q, err
	}
	q.Rules = strings.Fields(rules)
	var micros []int64
	err = errors.Join(json.Unmarshal([]byte(cameras), &q.Cameras), json.Unmarshal([]byte(events), &micros), json.Unmarshal([]byte(figures), &q.Figures))
	for _, us := range micros {
		q.Events = append(q.Events, vms.Instant(us))
	}
	return q, err
}

func insert(ctx context.Context, tx *db.Tx, q Request, year, seq int64) error {
	micros := make([]int64, len(q.Events))
	for i, at := range q.Events {
		micros[i] = int64(at)
	}
	texts := make([]string, 3)
	for i, v := range []any{q.Cameras, micros, append([]Figure{}, q.Figures...)} {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		texts[i] = string(b)
	}
	_, err := tx.Exec(ctx, `INSERT INTO footage_request (year, seq, `+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
		$16, $17, $18, '', 0, '', '', '', 0)`, year, seq, q.Number, q.Hint, strings.Join(q.Rules, " "), q.Terminal, q.Room, texts[0], q.Staff,
		q.Member.Number, q.Member.Name, q.Member.Unit, texts[1], texts[2], q.Note, q.AskedBy, int64(q.AskedAt), int64(q.Due))
	return err
}

var _ inbox.Source = (*Room)(nil)

// Items are, for 危機管理, the requests without an outcome, and for who asked, the outcomes of the last 30 days.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	v := r.rightsOf(p)
	if !v.asks && !v.answers {
		return nil, nil
	}
	var list []Request
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = requests(ctx, tx, `outcome = '' OR outcome_at > $1`, int64(r.Now().Add(-newsFor)))
		return err
	})
	for _, q := range list {
		link := "/evidence?tab=requests&request=" + q.Number
		subject := inbox.Subject{ID: q.Number, Label: q.Terminal}
		switch {
		case q.about(p):
		case q.Outcome == "" && v.answers && !v.asks:
			subject.From = q.AskedBy
			items = append(items, inbox.Item{ID: "request-" + itemOf(q), Kind: inbox.FootageRequest, At: q.AskedAt, Link: link, Subject: subject})
		case q.Outcome != "" && q.AskedBy == p.Login:
			items = append(items, inbox.Item{ID: "request-done-" + itemOf(q), Kind: inbox.RequestDone, At: q.At, Link: link, Subject: subject})
		}
	}
	return items, err
}

// itemOf is the number in the letters of an item's id.
func itemOf(q Request) string { return strings.ReplaceAll(q.Number, "映", "e") }

// Held is how many holds are in force for a request.
func (r *Room) Held(ctx context.Context, p *identity.Person, q *Request) (n int, err error) {
	list, err := r.Holds.List(ctx, p, hold.Filter{InForce: true})
	for _, h := range list {
		if h.Case == q.Number {
			n++
		}
	}
	return n, err
}
