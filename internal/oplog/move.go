package oplog

import (
	"context"
	"slices"
	"strings"

	"yagura/internal/access"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// States of a hint.
const (
	StateNew       = "new"
	StateAsked     = "asked"
	StateNecessary = "necessary"
	StateLook      = "look"
	StateFootage   = "footage"
	StateHanded    = "handed"
	StateDone      = "done"
)

// States are all of them, in the order of handling.
var States = []string{StateNew, StateAsked, StateNecessary, StateLook, StateFootage, StateHanded, StateDone}

// StateNames are what states are called.
var StateNames = map[string]event.Text{StateNew: {Ja: "新規", En: "New"}, StateAsked: {Ja: "所属確認依頼", En: "Unit asked"}, StateNecessary: {Ja: "業務上の必要あり", En: "Needed for work"},
	StateLook: {Ja: "要調査", En: "To be looked into"}, StateFootage: {Ja: "映像確認依頼", En: "Footage asked for"}, StateHanded: {Ja: "引継ぎ", En: "Handed over"}, StateDone: {Ja: "完了", En: "Done"}}

// Who makes a move.
const (
	analysts = "analysts" // who take logs in: 解析担当, 情報安全担当
	answerer = "answerer" // the level of the hint
	either   = "either"
	office   = "office" // 情報安全担当
	nobody   = ""       // the room of footage, by FootageAsked and FootageOutcome
)

type move struct {
	id     string
	from   []string
	to     string
	by     string
	reason bool
	days   int // business days until the next one is owed
}

var moves = []move{
	{"ask", []string{StateNew}, StateAsked, analysts, false, answerDays},
	{"necessary", []string{StateAsked}, StateNecessary, answerer, true, answerDays},
	{"look", []string{StateNew, StateAsked, StateNecessary}, StateLook, either, true, answerDays},
	{"footage", []string{StateLook}, StateFootage, nobody, false, answerDays},
	{"hand_over", []string{StateLook, StateFootage}, StateHanded, office, true, 0},
	{"close", []string{StateNecessary, StateLook, StateFootage, StateHanded}, StateDone, analysts, true, 0},
}

// may reports whether somebody makes a move with a hint they read.
func (r *Room) may(p *identity.Person, s Scope, h *Hint, m move) bool {
	switch m.by {
	case analysts:
		return s.Import
	case answerer:
		return r.answers(p, h, r.Now())
	case either:
		return s.Import || h.State == StateAsked && r.answers(p, h, r.Now())
	case office:
		return p.Holds(r.Now(), identity.InformationSecurity)
	}
	return false
}

// heads reports whether the person is a head of that unit by one of the posts.
func (r *Room) heads(p *identity.Person, unit string, now vms.Instant, posts ...identity.Post) bool {
	return unit != "" && r.Access.CheckUnit(only(p, now, posts...), access.Records, unit, now).Allow
}

// Move takes a hint on: version is the one the caller saw.
func (r *Room) Move(ctx context.Context, c identity.Caller, id string, version int64, name, reason string) (*Hint, error) {
	s, err := r.Scope(c.Person)
	if err != nil {
		return nil, err
	}
	h, err := r.hint(ctx, c.Person, s, id)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(moves, func(m move) bool { return m.id == name && slices.Contains(m.from, h.State) })
	switch {
	case i < 0:
		return nil, vms.Errorf(vms.Conflict, "no-move", "「%s」の状態では、この操作はできません。 Not in the state %[1]s.", StateNames[h.State].Ja)
	case !r.may(c.Person, s, h, moves[i]):
		return nil, vms.Errorf(vms.Denied, "denied", "この操作は、担当する人が行います。 Somebody else does that.")
	case moves[i].reason && strings.TrimSpace(reason) == "":
		return nil, invalid("no-reason", "理由を入力してください。 Give a reason.")
	}
	if err := r.sayMove(ctx, c, h, moves[i]); err != nil {
		return nil, err
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.step(ctx, tx, c, h, version, moves[i], reason) }); err != nil {
		return nil, err
	}
	return r.hint(ctx, c.Person, s, id)
}

// sayMove writes in the audit log what is about to be done with a hint, without its words.
func (r *Room) sayMove(ctx context.Context, c identity.Caller, h *Hint, m move) error {
	return r.note(ctx, c, MoveHint, map[string]any{"hint": h.ID, "rule": h.Rule, "move": m.id, "state": m.to})
}

// step makes a move that the audit log has; version is the one it was decided on.
func (r *Room) step(ctx context.Context, tx *db.Tx, c identity.Caller, h *Hint, version int64, m move, reason string) error {
	now, due := r.Now(), ""
	if m.days > 0 {
		due = workday(now, m.days)
	}
	res, err := tx.Exec(ctx, `UPDATE oplog_hint SET state = $3, version = version + 1, due = $4 WHERE id = $1 AND version = $2`, h.ID, version, m.to, due)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		if err != nil {
			return err
		}
		return vms.Errorf(vms.Conflict, "changed", "ほかの人が先に変更しました。もう一度開いてください。 Somebody else changed it first; open it again.")
	}
	if _, err := tx.Exec(ctx, `INSERT INTO oplog_hint_step (hint, version, move, state, actor, at_us, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)`, h.ID, version+1, m.id, m.to, c.Person.Login, int64(now), reason); err != nil {
		return err
	}
	return r.DB.Signal(ctx, tx, inbox.Topic)
}
