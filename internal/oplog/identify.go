package oplog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Identification is a request to learn, in the source system, whom a pseudonym stands for. What comes of it is a
// decision: nothing is turned back here, and nothing of it comes back.
type Identification struct {
	ID       string
	Hint     string
	Person   event.Pseudonym
	Reason   string
	AskedBy  string
	Asked    vms.Instant
	State    string // waiting, approved, refused
	Decided  vms.Instant
	DecideBy string
}

// States of an identification.
const (
	Waiting  = "waiting"
	Approved = "approved"
	Refused  = "refused"
)

// MayIdentify refuses whoever has no part in it: analysts and information security ask, the latter decides.
func (r *Room) MayIdentify(p *identity.Person) error { return r.MayImport(p) }

// Identifications are the requests there are, newest first.
func (r *Room) Identifications(ctx context.Context, c identity.Caller) (out []Identification, err error) {
	if err := r.MayIdentify(c.Person); err != nil {
		return nil, err
	}
	rows, err := r.DB.Query(ctx, `SELECT id, hint, person, reason, asked_by, asked_us, state, decided_by, decided_us FROM oplog_identify ORDER BY asked_us DESC, id LIMIT 500`)
	if err != nil {
		return nil, fmt.Errorf("list identifications: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var i Identification
		if err := rows.Scan(&i.ID, &i.Hint, &i.Person, &i.Reason, &i.AskedBy, &i.Asked, &i.State, &i.DecideBy, &i.Decided); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, rows.Err()
}

// AskIdentity asks that a searched person of a hint be named in the source system.
func (r *Room) AskIdentity(ctx context.Context, c identity.Caller, hintID, person, reason string) (string, error) {
	if err := r.MayIdentify(c.Person); err != nil {
		return "", err
	}
	s, err := r.Scope(c.Person)
	if err != nil {
		return "", err
	}
	h, err := r.hint(ctx, c.Person, s, hintID)
	if err != nil {
		return "", err
	}
	p := event.ParsePseudonym(person)
	about := p != 0 && h.Person == p
	for _, sample := range h.Samples {
		about = about || p != 0 && sample.Person == p
	}
	switch {
	case !about:
		return "", invalid("no-person", "その兆候に、この仮名の方はいません。 The hint is not about that pseudonym.")
	case strings.TrimSpace(reason) == "":
		return "", invalid("no-reason", "理由を入力してください。 Give a reason.")
	}
	id := rand.Text()
	if err := r.noteIdentity(ctx, c, id, hintID, "ask"); err != nil {
		return "", err
	}
	_, err = r.DB.Exec(ctx, `INSERT INTO oplog_identify (id, hint, person, reason, asked_by, asked_us, state, decided_by, decided_us) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', '', 0)`,
		id, hintID, int64(p), reason, c.Person.Login, int64(r.Now()))
	return id, err
}

func (r *Room) noteIdentity(ctx context.Context, c identity.Caller, id, hintID, what string) error {
	return r.note(ctx, c, Identify, map[string]any{"request": id, "hint": hintID, "step": what})
}

// Decides reports whether somebody may decide about a request: 情報安全担当, and never who asked.
func (r *Room) Decides(p *identity.Person, i *Identification) bool {
	return i.AskedBy != p.Login && p.Holds(r.Now(), identity.InformationSecurity)
}

// DecideIdentity approves or refuses a request, as 情報安全担当 and somebody else than who asked.
func (r *Room) DecideIdentity(ctx context.Context, c identity.Caller, id string, approve bool) error {
	if !c.Person.Holds(r.Now(), identity.InformationSecurity) {
		return vms.Errorf(vms.Denied, "denied", "承認は情報安全担当が行います。 Information security decides.")
	}
	var i Identification
	err := r.DB.QueryRow(ctx, `SELECT hint, asked_by, state FROM oplog_identify WHERE id = $1`, id).Scan(&i.Hint, &i.AskedBy, &i.State)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return vms.Errorf(vms.NotFound, "no-request", "その依頼はありません。 There is no such request.")
	case err != nil:
		return err
	case i.AskedBy == c.Person.Login:
		return vms.Errorf(vms.Denied, "own", "自分の依頼は、ほかの人が承認します。 Somebody else decides about one's own request.")
	case i.State != Waiting:
		return vms.Errorf(vms.Conflict, "decided", "この依頼は決まっています。 It was decided already.")
	}
	state := map[bool]string{true: Approved, false: Refused}[approve]
	if err := r.noteIdentity(ctx, c, id, i.Hint, state); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `UPDATE oplog_identify SET state = $2, decided_by = $3, decided_us = $4 WHERE id = $1 AND state = 'waiting'`, id, state, c.Person.Login, int64(r.Now()))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, vms.Errorf(vms.Conflict, "decided", "この依頼は決まっています。 It was decided already."))
		}
		return nil
	})
}
