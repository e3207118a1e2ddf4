package survey

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/record"
)

// AmendSurvey is the audit action of a change of a survey that is being prepared. Detail is its name.
const AmendSurvey = "survey.amend"

// Amend changes the words and days of a survey that is being prepared; version is the one that was seen. Once it asks,
// it says what it said.
func (r *Room) Amend(ctx context.Context, a record.Actor, seen int64, s Survey) (out *Survey, err error) {
	if !Keeps(a) {
		return nil, errDenied
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := r.say(ctx, a, AmendSurvey, s.Name); err != nil {
		return nil, err
	}
	return out, r.DB.Tx(ctx, func(tx *db.Tx) error {
		was, err := find(ctx, tx, s.Name)
		switch {
		case err != nil:
			return err
		case was.Version != seen:
			return errChanged
		case was.State != Preparing:
			return errState
		}
		next := *was
		next.Title, next.Purpose, next.From, next.To, next.Since, next.AsOf = s.Title, s.Purpose, s.From, s.To, s.Since, s.AsOf
		next.Version++
		out = &next
		if _, err := tx.Exec(ctx, `UPDATE survey SET title = $1, purpose = $2, from_day = $3, to_day = $4, since_day = $5, as_of = $6, version = $7 WHERE name = $8 AND version = $9`,
			next.Title, next.Purpose, next.From, next.To, next.Since, next.AsOf, next.Version, next.Name, was.Version); err != nil {
			return err
		}
		return r.remember(ctx, tx, a, office, version{survey: next.Name, n: next.Version, what: "amend", state: next.State, value: next.outline()})
	})
}
