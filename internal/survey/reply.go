package survey

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Reply is what a 部署 answers, and how far it has come.
type Reply struct {
	ReportingUnit
	State     string
	Version   int64 // 0: untouched
	Answers   Answers
	Quotes    map[string]Quote // by question
	Submitted string           // login of who asked for approval last
	Changed   vms.Instant
}

// Quote is what the keepers make of the words of an answer for the report: 主な回答, and the edited text where
// it is not quoted as it was written.
type Quote struct {
	Main   bool   `json:"main"`
	Edited string `json:"edited,omitempty"`
}

// handedIn are the states in which a reply counts.
var handedIn = []string{Submitted, Confirmed}

// HandedIn reports whether a reply counts in the report.
func (p *Reply) HandedIn() bool { return slices.Contains(handedIn, p.State) }

// open are the states in which a 部署 writes its reply.
var open = []string{Untouched, Draft, Returned}

const replyColumns = `id, name, category, unit, state, version, answers, quotes, submitted, changed_us`

func insertTarget(ctx context.Context, tx *db.Tx, survey string, place int, p *Reply) error {
	answers, quotes, err := p.encode()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO survey_target (survey, id, name, category, unit, place, state, version, answers, quotes, submitted, changed_us)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		survey, p.ID, p.Name, p.Category, p.Unit, place, p.State, p.Version, answers, quotes, p.Submitted, int64(p.Changed))
	return err
}

func (p *Reply) encode() (answers, quotes string, err error) {
	if p.Answers == nil {
		p.Answers = Answers{}
	}
	if p.Quotes == nil {
		p.Quotes = map[string]Quote{}
	}
	a, err1 := json.Marshal(p.Answers)
	q, err2 := json.Marshal(p.Quotes)
	return string(a), string(q), errors.Join(err1, err2)
}

func scanReply(row db.Row) (*Reply, error) {
	p := &Reply{}
	var answers, quotes string
	err := row.Scan(&p.ID, &p.Name, &p.Category, &p.Unit, &p.State, &p.Version, &answers, &quotes, &p.Submitted, &p.Changed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errTarget
	}
	if err != nil {
		return nil, err
	}
	return p, errors.Join(json.Unmarshal([]byte(answers), &p.Answers), json.Unmarshal([]byte(quotes), &p.Quotes))
}

func replies(ctx context.Context, tx *db.Tx, survey string) (out []*Reply, err error) {
	return db.Collect(db.Rows(tx.Query(ctx, `SELECT `+replyColumns+` FROM survey_target WHERE survey = $1 ORDER BY place`, survey)), scanReply)
}

// Replies returns a survey and those of its replies that somebody reads, in 建制順: keepers and auditors all, others those
// of their units.
func (r *Room) Replies(ctx context.Context, a record.Actor, name string) (s *Survey, out []*Reply, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		if s, err = find(ctx, tx, name); err != nil {
			return err
		}
		out, err = replies(ctx, tx, name)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if ReadsAll(a) {
		return s, out, nil
	}
	out = slices.DeleteFunc(out, func(p *Reply) bool { return !holds(a, fills, p.Unit) })
	if len(out) == 0 {
		return nil, nil, errNone
	}
	return s, out, nil
}

// Reply returns one of them.
func (r *Room) Reply(ctx context.Context, a record.Actor, name, target string) (*Survey, *Reply, error) {
	s, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(list, func(p *Reply) bool { return p.ID == target })
	if i < 0 {
		return nil, nil, errTarget
	}
	return s, list[i], nil
}

// answering are the states of a survey in which its 部署 answer.
func answering(s *Survey) bool { return s.State == Asking || s.State == Collecting }

// Writes reports whether somebody may write a reply as it stands.
func Writes(a record.Actor, s *Survey, p *Reply) bool {
	return answering(s) && slices.Contains(open, p.State) && holds(a, fills, p.Unit)
}

// Save keeps what a 部署 answers so far. seen is the version of the reply that was seen.
func (r *Room) Save(ctx context.Context, a record.Actor, name, target string, seen int64, raw Answers) error {
	s, p, err := r.Reply(ctx, a, name, target)
	if err != nil {
		return err
	}
	by := role(a, fills, p.Unit)
	if by == "" {
		return vms.Errorf(vms.Denied, "denied", "この部署の回答を書く職ではありません。 Not a post that answers for this office.")
	}
	if !Writes(a, s, p) {
		return errState
	}
	next := *p
	if next.Answers, err = s.Form.read(raw); err != nil {
		return err
	}
	if next.State == Untouched {
		next.State = Draft
	}
	if err := r.say(ctx, a, SaveReply, name, target); err != nil {
		return err
	}
	return r.turn(ctx, a, by, s, seen, &next, "save", "")
}

// turn writes the next version of a reply.
func (r *Room) turn(ctx context.Context, a record.Actor, by record.Role, s *Survey, seen int64, p *Reply, what, reason string) error {
	answers, quotes, err := p.encode()
	if err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		now, err := find(ctx, tx, s.Name)
		if err != nil {
			return err
		}
		if now.State != s.State {
			return errState
		}
		done, err := tx.Exec(ctx, `UPDATE survey_target SET state = $4, version = version + 1, answers = $5, quotes = $6, submitted = $7, changed_us = $8
			WHERE survey = $1 AND id = $2 AND version = $3`, s.Name, p.ID, seen, p.State, answers, quotes, p.Submitted, int64(r.Now()))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errChanged)
		}
		return r.remember(ctx, tx, a, by, version{survey: s.Name, target: p.ID, n: seen + 1, what: what, state: p.State, reason: reason,
			value: map[string]any{"answers": p.Answers, "quotes": p.Quotes}})
	})
}

type replyMove struct {
	id     string
	from   []string
	to     string
	by     []record.Role
	reason bool
}

// replyMoves are the moves of a reply, in the order of their buttons.
var replyMoves = []replyMove{
	{"submit", []string{Draft, Returned}, Waiting, fills, false},
	{"approve", []string{Waiting}, Submitted, approves, false},
	{"return", []string{Waiting}, Returned, approves, true},
	{"confirm", []string{Submitted}, Confirmed, []record.Role{office}, false},
	{"send_back", []string{Submitted, Confirmed}, Returned, []record.Role{office}, true},
}

// NeedsReason reports whether a move of a reply wants one.
func NeedsReason(move string) bool { return move == "return" || move == "send_back" }

// RepliesMoves are what somebody may do with a reply as it stands.
func RepliesMoves(a record.Actor, s *Survey, p *Reply) (out []string) {
	for _, m := range replyMoves {
		if answering(s) && slices.Contains(m.from, p.State) && holds(a, m.by, p.Unit) && !(m.id == "approve" && p.Submitted == a.Login) {
			out = append(out, m.id)
		}
	}
	return out
}

// MoveReply takes a reply on. Whoever asked for approval does not approve.
func (r *Room) MoveReply(ctx context.Context, a record.Actor, name, target string, seen int64, move, reason string) error {
	s, p, err := r.Reply(ctx, a, name, target)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(replyMoves, func(m replyMove) bool { return m.id == move })
	if i < 0 {
		return errState
	}
	m := replyMoves[i]
	by := role(a, m.by, p.Unit)
	reason = strings.TrimSpace(reason)
	switch {
	case by == "":
		return vms.Errorf(vms.Denied, "denied", "あなたの職ではできません。 Not for your post.")
	case !answering(s) || !slices.Contains(m.from, p.State):
		return errState
	case m.id == "approve" && p.Submitted == a.Login:
		return vms.Errorf(vms.Denied, "own", "承認は、承認を求めた人以外が行います。 Somebody else approves.")
	case m.reason && reason == "":
		return record.Problems{problem("reason", "理由を入力してください。", "Say why.")}
	}
	next := *p
	next.State = m.to
	if m.id == "submit" {
		if bad := s.Form.lacks(p.Answers); len(bad) > 0 {
			return bad
		}
		next.Submitted = a.Login
	}
	if err := r.say(ctx, a, MoveReply, name, target, move); err != nil {
		return err
	}
	return r.turn(ctx, a, by, s, seen, &next, move, reason)
}

// ConfirmAll confirms every reply that was handed in, and says how many.
func (r *Room) ConfirmAll(ctx context.Context, a record.Actor, name string) (n int, err error) {
	if !Keeps(a) {
		return 0, errDenied
	}
	_, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return 0, err
	}
	for _, p := range list {
		if p.State != Submitted {
			continue
		}
		switch err := r.MoveReply(ctx, a, name, p.ID, p.Version, "confirm", ""); {
		case errors.Is(err, errChanged): // somebody decided about it meanwhile
		case err != nil:
			return n, err
		default:
			n++
		}
	}
	return n, nil
}

// Edit says what the report makes of the words of an answer. What the 部署 wrote stays as it is.
func (r *Room) Edit(ctx context.Context, a record.Actor, name, target string, seen int64, question string, q Quote) error {
	if !Keeps(a) {
		return errDenied
	}
	s, p, err := r.Reply(ctx, a, name, target)
	if err != nil {
		return err
	}
	q.Edited = strings.TrimSpace(q.Edited)
	switch {
	case !answering(s) || !p.HandedIn():
		return errState
	case p.Answers[question].Text == "":
		return record.Problems{problem("question", "この設問には書かれた回答がありません。", "Nothing was written there.")}
	case len([]rune(q.Edited)) > mostText:
		return record.Problems{problem("edited", "1000字までで書いてください。", "Write at most 1000 characters.")}
	}
	next := *p
	next.Quotes = map[string]Quote{}
	for id, old := range p.Quotes {
		next.Quotes[id] = old
	}
	next.Quotes[question] = q
	if err := r.say(ctx, a, EditQuote, name, target, question); err != nil {
		return err
	}
	return r.turn(ctx, a, office, s, seen, &next, "quote", "")
}

// Version is one version of a reply.
type Version struct {
	Version         int64       `json:"-"`
	What, State, By string      `json:"-"`
	Name            string      `json:"-"` // with the post, then
	At              vms.Instant `json:"-"`
	Reason          string      `json:"-"`
	Answers         Answers
	Quotes          map[string]Quote
}

// History returns the versions of a reply, the newest first.
func (r *Room) History(ctx context.Context, a record.Actor, name, target string) ([]Version, error) {
	if _, _, err := r.Reply(ctx, a, name, target); err != nil {
		return nil, err
	}
	var out []Version
	for row, err := range db.Rows(r.DB.Query(ctx, `SELECT version, what, state, actor, actor_name, at_us, reason, value FROM survey_version WHERE survey = $1 AND target = $2 ORDER BY version DESC`, name, target)) {
		if err != nil {
			return nil, err
		}
		var v Version
		var value string
		if err := row.Scan(&v.Version, &v.What, &v.State, &v.By, &v.Name, &v.At, &v.Reason, &value); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
