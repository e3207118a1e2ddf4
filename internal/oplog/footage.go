package oplog

import (
	"context"

	"yagura/internal/identity"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

// FootageHint is what 危機管理 is told of a hint when footage is asked for: time, terminal, member of staff and
// figures. The searched person is not in it, not as a pseudonym either.
type FootageHint struct {
	ID, Rule string
	State    string
	Staff    Staff // by name: it is about them
	Figures  []hint.Figure
	Moments  []Moment
	Lapses   vms.Instant // the footage of the last moment does
}

// Moment is when and where footage would be looked at.
type Moment struct {
	At       vms.Instant
	Terminal Terminal
}

// ForFootage is a hint as the room of footage asks for it, on behalf of nobody: it says who may see it.
func (r *Room) ForFootage(ctx context.Context, id string) (*FootageHint, error) {
	everything := Scope{All: true, Names: true}
	h, err := r.hint(ctx, &identity.Person{}, everything, id)
	if err != nil {
		return nil, err
	}
	terminals, err := r.Terminals(ctx)
	if err != nil {
		return nil, err
	}
	out := &FootageHint{ID: h.ID, Rule: h.Rule, State: h.State, Figures: h.Figures, Lapses: h.Lapses}
	if h.Staff != nil {
		out.Staff = *h.Staff
	}
	for _, s := range h.Samples {
		t, known := terminals[s.Terminal]
		if !known {
			t.ID = s.Terminal
		}
		out.Moments = append(out.Moments, Moment{s.At, t})
	}
	return out, nil
}

// FootageAsked notes that footage was asked for about a hint that is to be looked into; request is its number.
func (r *Room) FootageAsked(ctx context.Context, c identity.Caller, id, request string) error {
	s, err := r.Scope(c.Person)
	if err != nil {
		return err
	}
	h, err := r.hint(ctx, c.Person, s, id)
	if err != nil {
		return err
	}
	if !s.Import {
		return vms.Errorf(vms.Denied, "denied", "映像確認は、解析担当か情報安全担当が依頼します。 Analysts or information security ask for footage.")
	}
	if h.State != StateLook {
		return vms.Errorf(vms.Conflict, "no-move", "「要調査」の兆候についてだけ、映像確認を依頼できます。 Only about a hint that is to be looked into.")
	}
	return r.step(ctx, c, h, h.Version, move{id: "footage", to: StateFootage, days: answerDays}, "", request, "")
}

// FootageOutcome notes what came of it, in the words the analysts are told; the state stays.
func (r *Room) FootageOutcome(ctx context.Context, c identity.Caller, id, outcome string) error {
	h, err := r.hint(ctx, &identity.Person{}, Scope{All: true}, id)
	if err != nil {
		return err
	}
	if h.Footage == "" {
		return vms.Errorf(vms.Conflict, "no-move", "映像確認は依頼されていません。 Footage was not asked for.")
	}
	return r.step(ctx, c, h, h.Version, move{id: "outcome", to: h.State, days: answerDays}, "", "", outcome)
}
