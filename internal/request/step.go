package request

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// found returns a request that the caller answers.
func (r *Room) found(ctx context.Context, c identity.Caller, action, number string) (q Request, err error) {
	v := r.rightsOf(c.Person)
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		q, err = one(ctx, tx, number)
		return err
	})
	switch {
	case err == nil && (q.about(c.Person) || !v.asks && !v.answers && !v.reads):
		err = errNone
	case err == nil && (!v.answers || v.asks):
		err = errAnswer
	}
	return q, r.refused(ctx, c, action, number, err)
}

// Take takes a request up: its case is sealed, and where keep says so the footage around its events is held, on
// every camera that covered the terminal. Done again it does what is still to do.
func (r *Room) Take(ctx context.Context, c identity.Caller, number string, keep bool) (Request, error) {
	q, err := r.found(ctx, c, Taken, number)
	if err != nil {
		return Request{}, err
	}
	if q.Outcome != "" {
		return Request{}, errDone
	}
	if _, err := r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: Taken, Case: q.Number, Detail: q.Terminal}); err != nil {
		return Request{}, err
	}
	if err := r.Seal(ctx, c, q.Number, "映像確認依頼 "+q.Number); err != nil && vms.Code(err) != "sealed-before" {
		return Request{}, err
	}
	if keep {
		if err := r.keep(ctx, c, &q); err != nil {
			return Request{}, err
		}
	}
	now := r.Now()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE footage_request SET taken_by = $2, taken_at = $3 WHERE number = $1 AND taken_by = ''`, q.Number, c.Person.Login, int64(now))
		if err != nil {
			return err
		}
		if q, err = one(ctx, tx, number); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
	return q, err
}

// keep places the holds that are not there yet.
func (r *Room) keep(ctx context.Context, c identity.Caller, q *Request) error {
	there, err := r.Holds.List(ctx, c.Person, hold.Filter{InForce: true})
	if err != nil {
		return err
	}
	held := map[hold.Hold]bool{}
	for _, h := range there {
		held[hold.Hold{Camera: h.Camera, Span: h.Span, Case: h.Case}] = true
	}
	now := r.Now()
	for _, cam := range q.Cameras {
		for _, span := range q.Stretches() {
			if held[hold.Hold{Camera: cam, Span: span, Case: q.Number}] {
				continue
			}
			_, err := r.Holds.Place(ctx, c, hold.Hold{Camera: cam, Span: span, Case: q.Number, Until: now.Add(heldFor),
				Reason: "操作ログの兆候（" + strings.Join(q.Rules, "・") + "）の確認"})
			if err != nil && !errors.Is(err, vms.NotFound) { // a camera may have left the configuration
				return err
			}
		}
	}
	return nil
}

// Answer notes what the footage showed, and moves the hint on that asked for it. said stays within 危機管理.
func (r *Room) Answer(ctx context.Context, c identity.Caller, number, outcome, said string) (Request, error) {
	q, err := r.found(ctx, c, Answered, number)
	said = strings.TrimSpace(said)
	switch {
	case err != nil:
		return Request{}, err
	case q.Outcome != "":
		return Request{}, errDone
	case outcome != Seen && outcome != Unclear && outcome != Nothing:
		return Request{}, vms.Errorf(vms.Invalid, "bad-outcome", "結果を選んでください。 Choose an outcome.")
	case said == "" || utf8.RuneCountInString(said) > mostNote:
		return Request{}, vms.Errorf(vms.Invalid, "note-required", "確認した内容を1～%d字で入力してください。 Say what was looked at, in %d characters at most.", mostNote, mostNote)
	}
	if _, err := r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: Answered, Case: q.Number, Detail: outcome}); err != nil {
		return Request{}, err
	}
	moveHint, err := r.answered(ctx, c, &q, outcome)
	if err != nil {
		return Request{}, err
	}
	now := r.Now()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `UPDATE footage_request SET outcome = $2, outcome_note = $3, outcome_by = $4, outcome_at = $5,
			taken_by = CASE WHEN taken_by = '' THEN $4 ELSE taken_by END, taken_at = CASE WHEN taken_by = '' THEN $5 ELSE taken_at END WHERE number = $1 AND outcome = ''`,
			q.Number, outcome, said, c.Person.Login, int64(now))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errDone)
		}
		if err := moveHint(ctx, tx); err != nil {
			return err
		}
		if q, err = one(ctx, tx, number); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
	return q, err
}
