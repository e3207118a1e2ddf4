package survey

import (
	"context"
	"fmt"
	"slices"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/record"
)

// Chase reminds everybody who owes a reply: it comes into their inboxes anew, and after the first time into that of
// their 部長 as well. It says how many 部署 it reminded.
func (r *Room) Chase(ctx context.Context, a record.Actor, name string) (n int, err error) {
	if !Keeps(a) {
		return 0, errDenied
	}
	s, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return 0, err
	}
	for _, p := range list {
		if !p.HandedIn() {
			n++
		}
	}
	if !answering(s) || n == 0 {
		return 0, errState
	}
	if err := r.say(ctx, a, ChaseSurvey, name, fmt.Sprint(n)); err != nil {
		return 0, err
	}
	return n, r.change(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE survey SET chased_us = $2, chases = chases + 1, version = version + 1 WHERE name = $1`, name, int64(r.Now())); err != nil {
			return err
		}
		after, err := find(ctx, tx, name)
		if err != nil {
			return err
		}
		return r.remember(ctx, tx, a, office, version{survey: name, n: after.Version, what: "chase", state: after.State, value: n})
	})
}

var _ inbox.Source = (*Room)(nil)

// Items returns the replies that wait for the person: to be written or approved. 部長 are told of unwritten ones only
// when they were chased.
func (r *Room) Items(ctx context.Context, who *identity.Person) (items []inbox.Item, err error) {
	a := r.Actor(who)
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		items = nil
		var names []string
		for row, err := range db.Rows(tx.Query(ctx, `SELECT name FROM survey WHERE state IN ('asking', 'collecting')`)) {
			if err != nil {
				return err
			}
			var name string
			if err := row.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
		}
		for _, name := range names {
			s, err := find(ctx, tx, name)
			if err != nil {
				return err
			}
			list, err := replies(ctx, tx, name)
			if err != nil {
				return err
			}
			for _, p := range list {
				items = append(items, waits(a, s, p)...)
			}
		}
		return nil
	})
	return items, err
}

// waits is what one reply asks of somebody.
func waits(a record.Actor, s *Survey, p *Reply) []inbox.Item {
	item := inbox.Item{Subject: inbox.Subject{ID: s.Name, Label: s.Title, Number: p.Name, Month: s.To, Rounds: int(s.Chases)},
		At: max(s.Opened, p.Changed), Link: "/survey?s=" + s.Name + "&u=" + p.ID}
	switch {
	case p.State == Waiting && p.Submitted != a.Login && holds(a, approves, p.Unit):
		item.Kind = inbox.SurveyApproval
		item.ID = fmt.Sprintf("survey.%s.%s.%d", s.Name, p.ID, p.Version)
	case slices.Contains(open, p.State) && (holds(a, fills[:3], p.Unit) || s.Chases > 0 && holds(a, fills, p.Unit)):
		item.Kind = inbox.SurveyReply
		item.ID = fmt.Sprintf("survey.%s.%s.%s.%d", s.Name, p.ID, p.State, s.Chases)
		if s.Chases > 0 {
			item.At = max(item.At, s.Chased)
		}
	default:
		return nil
	}
	return []inbox.Item{item}
}
