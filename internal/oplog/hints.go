package oplog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Hint is a hint as its reader may know it.
type Hint struct {
	ID          string
	Rule        string
	Staff       *Staff // nil of H6
	Person      event.Pseudonym
	Unit        string
	Figures     []hint.Figure
	Samples     []Sample
	Events      int
	First, Last vms.Instant
	Found       vms.Instant
	Level       string
	State       string
	Version     int64
	Due         string // day; "" nothing is owed
	Late        bool
	Lapses      vms.Instant // the footage of its last event does, unless it is held; 0 where no camera covers its terminals
	Warn        bool        // soon, and nobody asked for it yet
	Footage     string      // number of the request; "" none
	Outcome     string      // of it: seen, unclear, nothing; "" none yet
	Moves       []string    // that the reader may make
	Steps       []Step      // of a single one

	number string // of the member of staff
}

// Step is what somebody did about a hint.
type Step struct {
	Move, State, Actor, Reason string
	At                         vms.Instant
}

// warnsBefore is how long before its footage lapses a hint says so.
const warnsBefore = 7 * 24 * time.Hour

// HintQuery selects hints; zero fields select all.
type HintQuery struct {
	State string
	Rule  string
	Unit  string
}

// Hints are those the caller may read, newest first. That they were read is in the log first.
func (r *Room) Hints(ctx context.Context, c identity.Caller, q HintQuery) ([]Hint, error) {
	s, err := r.reading(ctx, c, Read, "hints", q)
	if err != nil {
		return nil, err
	}
	return r.hints(ctx, c.Person, s, q)
}

// Hint is one of them.
func (r *Room) Hint(ctx context.Context, c identity.Caller, id string) (*Hint, error) {
	s, err := r.reading(ctx, c, Read, "hint", id)
	if err != nil {
		return nil, err
	}
	return r.hint(ctx, c.Person, s, id)
}

const (
	hintColumns = `id, rule, staff, person, unit, figures, samples, events, first_us, last_us, found_us, level, state, version, due, footage, outcome`
	mostHints   = 1000
)

func (r *Room) hints(ctx context.Context, p *identity.Person, s Scope, q HintQuery) (out []Hint, err error) {
	args := []any{q.State, q.Rule}
	where, args := s.where(&Query{Unit: q.Unit}, args)
	terminals, err := r.Terminals(ctx)
	if err != nil {
		return nil, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		reg, err := loadRegister(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT `+hintColumns+` FROM oplog_hint WHERE ($1 = '' OR state = $1) AND ($2 = '' OR rule = $2)`+where+fmt.Sprintf(` ORDER BY found_us DESC, id LIMIT %d`, mostHints), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			h, err := scanHint(rows)
			if err != nil {
				return err
			}
			if r.tell(p, s, reg, h, terminals) {
				out = append(out, *h)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("list hints: %w", err)
	}
	return out, nil
}

func noHint() error {
	return vms.Errorf(vms.NotFound, "no-hint", "その兆候はありません。 There is no such hint.")
}

func (r *Room) hint(ctx context.Context, p *identity.Person, s Scope, id string) (h *Hint, err error) {
	terminals, err := r.Terminals(ctx)
	if err != nil {
		return nil, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		h, err = r.hintIn(ctx, tx, p, s, id, terminals)
		return err
	})
	return h, err
}

func (r *Room) hintIn(ctx context.Context, tx *db.Tx, p *identity.Person, s Scope, id string, terminals map[string]Terminal) (*Hint, error) {
	reg, err := loadRegister(ctx, tx)
	if err != nil {
		return nil, err
	}
	h, err := scanHint(tx.QueryRow(ctx, `SELECT `+hintColumns+` FROM oplog_hint WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noHint()
	}
	if err != nil {
		return nil, err
	}
	if !r.tell(p, s, reg, h, terminals) {
		return nil, noHint()
	}
	rows, err := tx.Query(ctx, `SELECT move, state, actor, reason, at_us FROM oplog_hint_step WHERE hint = $1 ORDER BY version`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var st Step
		if err := rows.Scan(&st.Move, &st.State, &st.Actor, &st.Reason, &st.At); err != nil {
			return nil, err
		}
		h.Steps = append(h.Steps, st)
	}
	return h, rows.Err()
}

func scanHint(row db.Row) (*Hint, error) {
	var h Hint
	var figures, samples string
	if err := row.Scan(&h.ID, &h.Rule, &h.number, &h.Person, &h.Unit, &figures, &samples, &h.Events, &h.First, &h.Last, &h.Found, &h.Level, &h.State, &h.Version, &h.Due, &h.Footage, &h.Outcome); err != nil {
		return nil, err
	}
	return &h, errors.Join(json.Unmarshal([]byte(figures), &h.Figures), json.Unmarshal([]byte(samples), &h.Samples))
}

// tell completes a hint for its reader; false where they may not know of it.
func (r *Room) tell(p *identity.Person, s Scope, reg *hint.Register, h *Hint, terminals map[string]Terminal) bool {
	now := r.Now()
	if !r.knows(p, s, h) {
		return false
	}
	if h.number != "" {
		h.Staff = r.shown(s, reg, h.number, h.Unit)
	}
	today := dayOf(now)
	h.Late, h.Lapses = h.Due != "" && h.Due < today, r.lapses(h, terminals)
	h.Warn = h.Footage == "" && h.Lapses > now && h.Lapses.Sub(now) <= warnsBefore && slices.Contains([]string{StateNew, StateAsked, StateLook}, h.State)
	for _, m := range moves {
		if slices.Contains(m.from, h.State) && r.may(p, s, h, m) {
			h.Moves = append(h.Moves, m.id)
		}
	}
	return true
}

// knows reports whether the person may know of a hint: not of one at themselves, one for a level above, or one about
// units that are not theirs.
func (r *Room) knows(p *identity.Person, s Scope, h *Hint) bool {
	if h.number != "" && h.number == p.Number || !s.Covers(h.Unit) {
		return false
	}
	return s.All || r.answers(p, h, r.Now())
}

// lapses is when the footage of a hint's last event is erased by the first of the cameras that cover its terminals; 0 where
// none does, or they keep it for ever.
func (r *Room) lapses(h *Hint, terminals map[string]Terminal) vms.Instant {
	var shortest time.Duration
	for _, s := range h.Samples {
		for _, id := range terminals[s.Terminal].Cameras {
			if cam := r.Cameras().Find(id); cam != nil && cam.Retention > 0 && (shortest == 0 || cam.Retention < shortest) {
				shortest = cam.Retention
			}
		}
	}
	if shortest == 0 {
		return 0
	}
	return h.Last.Add(shortest)
}

// answers reports whether the person answers the hint for the member of staff's side.
func (r *Room) answers(p *identity.Person, h *Hint, now vms.Instant) bool {
	switch h.Level {
	case LevelUnit:
		return r.heads(p, h.Unit, now, headPosts...)
	case LevelDepartment:
		return r.heads(p, h.Unit, now, identity.DepartmentHead)
	case LevelOffice:
		return p.Holds(now, identity.InformationSecurity)
	}
	return p.Holds(now, identity.Auditor)
}

// exportHints is the list as a file: figures below Least are hidden, and no searched person is in it.
func (r *Room) exportHints(ctx context.Context, p *identity.Person, s Scope, q Query) (*sheet.Table, error) {
	list, err := r.hints(ctx, p, s, HintQuery{Unit: q.Unit})
	if err != nil {
		return nil, err
	}
	out := &sheet.Table{Name: "操作ログ_兆候_" + dayOf(r.Now()), Columns: []sheet.Column{{Name: "種別"}, {Name: "兆候"}, {Name: "職員"}, {Name: "氏名"}, {Name: "所属"}, {Name: "数値", Width: 60},
		{Name: "件数", Kind: sheet.Number}, {Name: "自", Kind: sheet.Date}, {Name: "至", Kind: sheet.Date}, {Name: "状態"}, {Name: "期限"}}}
	for _, h := range list {
		staff := &Staff{}
		if h.Staff != nil {
			staff = h.Staff
		}
		var figures []string
		for _, f := range h.Figures {
			figures = append(figures, hint.Say(f, Least, Hidden))
		}
		out.Rows = append(out.Rows, []any{h.Rule, hint.Rules[h.Rule].Name.Ja, staff.ID, staff.Name, r.unitName(h.Unit), strings.Join(figures, "、"), masked(int64(h.Events)), day(h.First), day(h.Last), StateNames[h.State].Ja, h.Due})
	}
	return out, nil
}

func day(at vms.Instant) any { t, _ := time.Parse("2006-01-02", dayOf(at)); return t }
