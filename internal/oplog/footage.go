package oplog

import (
	"context"
	"errors"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

// FootageHint is what 危機管理 is told of a hint when footage is asked for: time, terminal, member of staff and
// figures. The searched person is not in it, not as a pseudonym either.
type FootageHint struct {
	ID, Rule string
	Staff    Staff // by name where the register has it: it is about them. ID is the pseudonym that analysts know
	Figures  []hint.Figure
	Moments  []Moment
}

// Moment is when and where footage would be looked at.
type Moment struct {
	At       vms.Instant
	Terminal Terminal
}

// ForFootage is a hint as the room of footage asks for it, for a caller who may ask about it. Nobody is shown it
// before that is in the log.
func (r *Room) ForFootage(ctx context.Context, c identity.Caller, id string) (*FootageHint, error) {
	h, err := r.toAsk(ctx, c, id)
	if err != nil {
		return nil, err
	}
	terminals, err := r.Terminals(ctx)
	if err != nil {
		return nil, err
	}
	out := &FootageHint{ID: h.ID, Rule: h.Rule, Figures: h.Figures, Staff: Staff{ID: r.Key.Staff(h.number).String(), Number: h.number}}
	if _, out.Staff.Name, _, err = r.Member(ctx, h.number); err != nil {
		return nil, err
	}
	out.Staff.Unit = r.unitName(h.Unit)
	for _, s := range h.Samples {
		t, known := terminals[s.Terminal]
		if !known {
			t.ID = s.Terminal
		}
		out.Moments = append(out.Moments, Moment{s.At, t})
	}
	return out, nil
}

// toAsk is a hint that the caller may ask footage about: one that they work on, about a member of staff, to be looked into.
func (r *Room) toAsk(ctx context.Context, c identity.Caller, id string) (*Hint, error) {
	s, err := r.Scope(c.Person)
	if err != nil {
		return nil, err
	}
	h, err := r.hint(ctx, c.Person, s, id)
	switch {
	case err != nil:
		return nil, err
	case !s.Import:
		return nil, vms.Errorf(vms.Denied, "denied", "映像確認は、解析担当か情報安全担当が依頼します。 Analysts or information security ask for footage.")
	case h.number == "":
		return nil, vms.Errorf(vms.Conflict, "no-staff", "この兆候は、一人の職員についてのものではありません。職員ごとの兆候から依頼してください。 It is not about one member of staff; ask from a hint that is.")
	case h.State != StateLook:
		return nil, vms.Errorf(vms.Conflict, "no-move", "「要調査」の兆候についてだけ、映像確認を依頼できます。 Only about a hint that is to be looked into.")
	}
	return h, nil
}

// FootageAsked writes in the audit log that footage is asked for about a hint that is to be looked into. What it
// returns moves the hint on, in the transaction that keeps the request, whose number it is given: there is neither
// without the other.
func (r *Room) FootageAsked(ctx context.Context, c identity.Caller, id string) (func(ctx context.Context, tx *db.Tx, request string) error, error) {
	h, err := r.toAsk(ctx, c, id)
	if err != nil {
		return nil, err
	}
	m := move{id: "footage", to: StateFootage, days: answerDays}
	if err := r.sayMove(ctx, c, h, m); err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *db.Tx, request string) error {
		if err := r.step(ctx, tx, c, h, h.Version, m, request); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE oplog_hint SET footage = $2, outcome = '' WHERE id = $1`, h.ID, request)
		return err
	}, nil
}

// FootageOutcome writes in the audit log that a request made from a hint is answered; what it returns notes the
// outcome, in the transaction that keeps the answer. A hint whose footage showed what it hints at is handed over:
// 危機管理 has it. Another one is to be looked into again. One that went on meanwhile keeps its state, and one that
// is not there any more, or was not asked about by that request, is left alone.
func (r *Room) FootageOutcome(ctx context.Context, c identity.Caller, id, request, outcome string, shown bool) (func(ctx context.Context, tx *db.Tx) error, error) {
	h, err := r.hint(ctx, &identity.Person{}, Scope{All: true}, id)
	if errors.Is(err, vms.NotFound) || err == nil && h.Footage != request {
		return func(context.Context, *db.Tx) error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	m := move{id: "outcome", to: h.State}
	switch {
	case h.State != StateFootage:
	case shown:
		m.to = StateHanded
	default:
		m.to, m.days = StateLook, answerDays
	}
	if err := r.sayMove(ctx, c, h, m); err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *db.Tx) error {
		if err := r.step(ctx, tx, c, h, h.Version, m, ""); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE oplog_hint SET outcome = $2 WHERE id = $1`, h.ID, outcome)
		return err
	}, nil
}
