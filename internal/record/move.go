package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Move takes a record to another state. change is filled in on the way: anything while it is open, else
// only what the move needs.
func (s *Store) Move(ctx context.Context, a Actor, id string, version int64, move string, change map[string]any, reason string) (*Record, error) {
	r, k, err := s.mine(ctx, a, id, version)
	if err != nil {
		return nil, err
	}
	next, v, err := s.going(ctx, a, k, r, Going{move, change, reason}, nil)
	if err != nil {
		return nil, err
	}
	if err := s.say(ctx, a, MoveRecord, k, r, move); err != nil {
		return nil, err
	}
	return s.turn(ctx, a, k, r, next, v)
}

func (k *Kind) errNoMove(r *Record) error {
	return vms.Errorf(vms.Conflict, "no-move", "いまの状態（%s）ではできません。 Not possible in its state.", k.state(r.State).Name.Ja)
}

// going is what a move makes of a record. ahead are versions of it that are about to be written.
func (s *Store) going(ctx context.Context, a Actor, k *Kind, r *Record, g Going, ahead []*Version) (*Record, *Version, error) {
	m := k.move(g.Move)
	if m == nil || !slices.Contains(m.From, r.State) {
		return nil, nil, k.errNoMove(r)
	}
	role, deputy, err := s.may(ctx, a, k, r, m, ahead)
	if err != nil {
		return nil, nil, err
	}
	next, v, err := k.takes(a, r, m, role, deputy, g.Change, g.Reason)
	if err != nil {
		return nil, nil, err
	}
	return next, v, s.refer(ctx, s.DB, a, k, r, next)
}

// takes is the record after a move by somebody who may make it, and the version that says so.
func (k *Kind) takes(a Actor, r *Record, m *Move, role Role, deputy bool, change map[string]any, reason string) (*Record, *Version, error) {
	next := *r
	next.State = m.To
	switch {
	case deputy:
		next.Unseen = m.By[0]
	case r.Unseen != "" && a.Has(r.Unseen, r.Unit): // whoever goes on from there has seen it
		next.Unseen = ""
	}
	var err error
	next.Values, err = k.moved(r, m, change, reason)
	return &next, &Version{What: m.ID, By: a.Login, Name: a.Sign(role), Deputy: deputy, Reason: reason}, err
}

// moved is what a record says after a move.
func (k *Kind) moved(r *Record, m *Move, change map[string]any, reason string) (Values, error) {
	if m.Reason && strings.TrimSpace(reason) == "" {
		return nil, Problems{{"reason", Text{"理由を入力してください。", "Say why."}}}
	}
	for id := range change {
		if !k.state(r.State).Open && !slices.Contains(m.Needs, id) && !slices.Contains(m.Takes, id) {
			return nil, Problems{{id, Text{"この手続では書き換えられません。", "Not to be changed by this."}}}
		}
	}
	v, err := k.whole(r.Values.with(change), m.Needs...)
	if err != nil {
		return nil, err
	}
	if m.Guard != nil {
		if wrong := m.Guard(v); wrong != "" {
			return nil, vms.Errorf(vms.Conflict, "not-yet", "%s", wrong)
		}
	}
	return v, nil
}

// may is the post by which the actor may make a move, and whether as a deputy.
func (s *Store) may(ctx context.Context, a Actor, k *Kind, r *Record, m *Move, ahead []*Version) (role Role, deputy bool, err error) {
	return k.may(a, r, m, func(what string) (string, error) { return s.last(ctx, r.ID, what, ahead) })
}

// may is the same, where last says who made a move of the record last.
func (k *Kind) may(a Actor, r *Record, m *Move, last func(what string) (string, error)) (role Role, deputy bool, err error) {
	by := m.By
	if len(by) == 0 {
		by = k.Writers
	}
	role, has := a.role(by, r.Unit)
	if !has {
		role, deputy = a.role(m.Deputy, r.Unit)
	}
	if role == "" {
		return "", false, denied(fmt.Sprintf("「%s」は、あなたの職ではできません。 Not for your post.", m.Name.Ja))
	}
	if m.Other == "" {
		return role, deputy, nil
	}
	who, err := last(m.Other)
	if err == nil && who == a.Login {
		err = denied(fmt.Sprintf("「%s」は、ほかの人が行います。 Somebody else has to do this.", m.Name.Ja))
	}
	return role, deputy, err
}

// needed are the fields that the moves of a record needed: a correction does not take them away.
func (s *Store) needed(ctx context.Context, k *Kind, id string) ([]string, error) {
	var needs []string
	for row, err := range db.Rows(s.DB.Query(ctx, `SELECT DISTINCT what FROM record_version WHERE record = $1`, id)) {
		if err != nil {
			return nil, err
		}
		var what string
		if err := row.Scan(&what); err != nil {
			return nil, err
		}
		if m := k.move(what); m != nil {
			needs = append(needs, m.Needs...)
		}
	}
	return needs, nil
}

// last returns who made a move of a record last; "" nobody.
func (s *Store) last(ctx context.Context, id, what string, ahead []*Version) (login string, err error) {
	for _, v := range slices.Backward(ahead) {
		if v.What == what {
			return v.By, nil
		}
	}
	err = s.DB.QueryRow(ctx, `SELECT actor FROM record_version WHERE record = $1 AND what = $2 ORDER BY version DESC LIMIT 1`, id, what).Scan(&login)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return login, err
}

// MovesOf are the moves somebody may make of a record now.
func (s *Store) MovesOf(ctx context.Context, a Actor, r *Record) ([]*Move, error) {
	k := s.kinds[r.Kind]
	var out []*Move
	for i := range k.Moves {
		m := &k.Moves[i]
		if !slices.Contains(m.From, r.State) {
			continue
		}
		if _, _, err := s.may(ctx, a, k, r, m, nil); err == nil {
			out = append(out, m)
		} else if !errors.Is(err, vms.Denied) {
			return nil, err
		}
	}
	return out, nil
}

// See notes that whom a deputy stood in for has seen what was done (後閲).
func (s *Store) See(ctx context.Context, a Actor, id string, version int64) (*Record, error) {
	r, k, err := s.mine(ctx, a, id, version)
	switch {
	case err != nil:
		return nil, err
	case r.Unseen == "":
		return r, nil
	case !a.Has(r.Unseen, r.Unit):
		return nil, denied("後閲は、代決された職の人が行います。 It is for whom the deputy stood in for.")
	}
	if err := s.say(ctx, a, SeeRecord, k, r, ""); err != nil {
		return nil, err
	}
	next := *r
	next.Unseen = ""
	return s.turn(ctx, a, k, r, &next, &Version{What: Seen, Name: a.Sign(r.Unseen)})
}
