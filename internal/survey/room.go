package survey

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// States of a survey.
const (
	Preparing  = "preparing"  // 準備中
	Asking     = "asking"     // 照会中
	Collecting = "collecting" // 取りまとめ中
	Checking   = "checking"   // 確認中
	Final      = "final"      // 確定
)

// States of a reply.
const (
	Untouched = "untouched" // 未着手
	Draft     = "draft"     // 入力中
	Waiting   = "waiting"   // 承認待ち
	Submitted = "submitted" // 提出済
	Returned  = "returned"  // 差戻し
	Confirmed = "confirmed" // 確定
)

// Audit actions. Detail is the survey, the 部署 and what was done, never what is answered.
const (
	CreateSurvey = "survey.create"
	MoveSurvey   = "survey.move"
	ChaseSurvey  = "survey.chase"
	SaveReply    = "survey.save"
	MoveReply    = "survey.reply"
	EditQuote    = "survey.quote"
	ExportReport = "survey.export"
	SetUnits     = "survey.units"
)

const (
	office  record.Role = "information_security"
	auditor record.Role = "auditor"
)

var (
	fills    = []record.Role{"clerk", "executing_officer", "general_manager", "department_head"}
	approves = []record.Role{"general_manager", "department_head"}
)

// Config is what a Room works with.
type Config struct {
	DB      *db.DB
	Audit   *audit.Log
	Records *record.Store // what replies are prefilled from
	Cameras func() *camera.Set
	Actor   func(*identity.Person) record.Actor // as who they would act
	Now     func() vms.Instant
}

// Room is the surveys.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// Survey is one of them.
type Survey struct {
	Name    string // [a-z0-9-]
	Title   string
	Purpose string
	From    string // first day on which it is answered, as 2017-04-26
	To      string // last one
	Since   string // replies are prefilled from records of this day to To
	AsOf    string // the day of its report
	Form    Form
	State   string
	Version int64
	Opened  vms.Instant
	Chased  vms.Instant // last; 0 never
	Chases  int64
}

// Errors that several steps answer with.
var (
	errNone    = vms.Errorf(vms.NotFound, "no-survey", "その調査はありません。 There is no such survey.")
	errTarget  = vms.Errorf(vms.NotFound, "no-target", "その部署の回答はありません。 There is no such reply.")
	errDenied  = vms.Errorf(vms.Denied, "denied", "調査の取りまとめは、情報安全担当が行います。 Surveys are kept by information security.")
	errChanged = vms.Errorf(vms.Conflict, "changed", "ほかの人が先に書き換えました。読み直してください。 Somebody else changed it first: read it again.")
	errState   = vms.Errorf(vms.Conflict, "state", "いまの状態ではできません。 Not possible in its state.")
)

// Keeps reports whether somebody keeps surveys; ReadsAll whether they read every reply.
func Keeps(a record.Actor) bool    { return a.Has(office, "") }
func ReadsAll(a record.Actor) bool { return Keeps(a) || a.Has(auditor, "") }

var nameOf = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// check says what is wrong with a survey's own words and days.
func (s *Survey) check() error {
	var bad record.Problems
	if !nameOf.MatchString(s.Name) {
		bad = append(bad, problem("name", "略号は半角の英小文字・数字・ハイフンで32字までです。", "Small letters, digits and hyphens, 32 at most."))
	}
	for _, x := range []struct{ field, text string }{{"title", s.Title}, {"purpose", s.Purpose}} {
		if n := len([]rune(x.text)); n == 0 || n > mostText {
			bad = append(bad, problem(x.field, "1～1000字で書いてください。", "Write 1 to 1000 characters."))
		}
	}
	for _, x := range []struct{ field, day string }{{"from", s.From}, {"to", s.To}, {"since", s.Since}, {"as_of", s.AsOf}} {
		if _, err := dayOf(x.day); err != nil {
			bad = append(bad, problem(x.field, "日付を入力してください。", "Give a date."))
		}
	}
	if len(bad) == 0 && (s.To < s.From || s.To < s.Since) {
		bad = append(bad, problem("to", "締切が始まりより前です。", "It ends before it begins."))
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

func dayOf(s string) (time.Time, error) { return time.ParseInLocation(time.DateOnly, s, conf.JST) }

// Create makes a survey with the standard form, in preparation.
func (r *Room) Create(ctx context.Context, a record.Actor, s Survey) (*Survey, error) {
	if !Keeps(a) {
		return nil, errDenied
	}
	form, err := Standard()
	if err != nil {
		return nil, err
	}
	s.Form, s.State, s.Version, s.Opened, s.Chased, s.Chases = form, Preparing, 1, 0, 0, 0
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := r.say(ctx, a, CreateSurvey, s.Name); err != nil {
		return nil, err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.insert(ctx, tx, &s); err != nil {
			return err
		}
		return r.remember(ctx, tx, a, office, version{survey: s.Name, n: 1, what: "create", state: s.State, value: s.outline()})
	})
	if r.DB.Duplicate(err) {
		return nil, vms.Errorf(vms.Conflict, "same-name", "その略号の調査はすでにあります。 There is a survey of that name already.")
	}
	return &s, err
}

func (r *Room) insert(ctx context.Context, tx *db.Tx, s *Survey) error {
	form, err := json.Marshal(s.Form)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO survey (name, title, purpose, from_day, to_day, since_day, as_of, form, state, version, opened_us, chased_us, chases, created_us)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		s.Name, s.Title, s.Purpose, s.From, s.To, s.Since, s.AsOf, string(form), s.State, s.Version, int64(s.Opened), int64(s.Chased), s.Chases, int64(r.Now()))
	return err
}

// outline is what the history keeps of a survey.
func (s *Survey) outline() any {
	return map[string]string{"title": s.Title, "purpose": s.Purpose, "from": s.From, "to": s.To, "since": s.Since, "as_of": s.AsOf}
}

const surveyColumns = `name, title, purpose, from_day, to_day, since_day, as_of, form, state, version, opened_us, chased_us, chases`

func scanSurvey(row db.Row) (*Survey, error) {
	s := &Survey{}
	var form string
	err := row.Scan(&s.Name, &s.Title, &s.Purpose, &s.From, &s.To, &s.Since, &s.AsOf, &form, &s.State, &s.Version, &s.Opened, &s.Chased, &s.Chases)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNone
	}
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal([]byte(form), &s.Form)
}

// find returns a survey, whoever asks.
func find(ctx context.Context, tx *db.Tx, name string) (*Survey, error) {
	return scanSurvey(tx.QueryRow(ctx, `SELECT `+surveyColumns+` FROM survey WHERE name = $1`, name))
}

// version is a row of the history.
type version struct {
	survey, target, what, state, reason string
	n                                   int64
	value                               any
}

func (r *Room) remember(ctx context.Context, tx *db.Tx, a record.Actor, role record.Role, v version) error {
	value, err := json.Marshal(v.value)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO survey_version (survey, target, version, what, state, actor, actor_name, at_us, reason, value) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		v.survey, v.target, v.n, v.what, v.state, a.Login, a.Sign(role), int64(r.Now()), v.reason, string(value))
	return err
}

// say writes what is about to happen into the audit log.
func (r *Room) say(ctx context.Context, a record.Actor, action string, detail ...string) error {
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, action, strings.TrimSpace(strings.Join(detail, " "))
	_, err := r.Audit.Append(ctx, e)
	return err
}

// change runs a transaction after which somebody may have something else to do.
func (r *Room) change(ctx context.Context, fn func(*db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
}

// List returns the surveys somebody may know of, the newest first: keepers and auditors all, others those that
// ask a 部署 of theirs.
func (r *Room) List(ctx context.Context, a record.Actor) (out []*Survey, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		rows, err := tx.Query(ctx, `SELECT `+surveyColumns+` FROM survey ORDER BY from_day DESC, name`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			s, err := scanSurvey(rows)
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		if err := rows.Err(); err != nil || ReadsAll(a) {
			return err
		}
		rows.Close()
		return r.keepOwn(ctx, tx, a, &out)
	})
	return out, err
}

func (r *Room) keepOwn(ctx context.Context, tx *db.Tx, a record.Actor, list *[]*Survey) error {
	units, err := unitsAsked(ctx, tx)
	*list = slices.DeleteFunc(*list, func(s *Survey) bool {
		return !slices.ContainsFunc(units[s.Name], func(unit string) bool { return holds(a, fills, unit) })
	})
	return err
}

// unitsAsked are the units of the organisation whose 部署 each survey asks.
func unitsAsked(ctx context.Context, tx *db.Tx) (map[string][]string, error) {
	out := map[string][]string{}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT DISTINCT survey, unit FROM survey_target`)) {
		if err != nil {
			return nil, err
		}
		var survey, unit string
		if err := row.Scan(&survey, &unit); err != nil {
			return nil, err
		}
		out[survey] = append(out[survey], unit)
	}
	return out, nil
}

func holds(a record.Actor, roles []record.Role, unit string) bool {
	return slices.ContainsFunc(roles, func(r record.Role) bool { return a.Has(r, unit) })
}

// role is the post by which somebody acts for a unit.
func role(a record.Actor, roles []record.Role, unit string) record.Role {
	for _, r := range roles {
		if a.Has(r, unit) {
			return r
		}
	}
	return ""
}

// moves of a survey, by their id.
var moves = map[string]struct {
	from, to string
	reason   bool
}{
	"open":    {Preparing, Asking, false},
	"collect": {Asking, Collecting, false},
	"reopen":  {Collecting, Asking, true},
	"check":   {Collecting, Checking, false},
	"back":    {Checking, Collecting, true},
	"settle":  {Checking, Final, false},
}

// MovesOf are what somebody may do with a survey as it stands, in order.
func MovesOf(a record.Actor, s *Survey) (out []string) {
	if !Keeps(a) {
		return nil
	}
	for _, id := range []string{"open", "collect", "check", "settle", "reopen", "back"} {
		if moves[id].from == s.State {
			out = append(out, id)
		}
	}
	return out
}

// Move takes a survey on. Opening it takes the snapshot of whom it asks; a reply nobody has handed in needs a
// reason to be left out.
func (r *Room) Move(ctx context.Context, a record.Actor, name string, seen int64, move, reason string) error {
	if !Keeps(a) {
		return errDenied
	}
	m, known := moves[move]
	if reason = strings.TrimSpace(reason); known && m.reason && reason == "" {
		return record.Problems{problem("reason", "理由を入力してください。", "Say why.")}
	}
	if err := r.DB.Read(ctx, func(tx *db.Tx) error { return mayMove(ctx, tx, name, seen, move, reason) }); err != nil {
		return err
	}
	if err := r.say(ctx, a, MoveSurvey, name, move); err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := mayMove(ctx, tx, name, seen, move, reason); err != nil {
			return err
		}
		if move == "open" {
			if err := r.snapshot(ctx, tx, name); err != nil {
				return err
			}
		}
		opened := `opened_us`
		if move == "open" {
			opened = fmt.Sprint(int64(r.Now()))
		}
		if _, err := tx.Exec(ctx, `UPDATE survey SET state = $2, version = version + 1, opened_us = `+opened+` WHERE name = $1`, name, m.to); err != nil {
			return err
		}
		return r.remember(ctx, tx, a, office, version{survey: name, n: seen + 1, what: move, state: m.to, reason: reason})
	})
}

func mayMove(ctx context.Context, tx *db.Tx, name string, seen int64, move, reason string) error {
	s, err := find(ctx, tx, name)
	switch {
	case err != nil:
		return err
	case s.Version != seen:
		return errChanged
	case moves[move].from != s.State:
		return errState
	}
	count := func(where string) (n int, err error) {
		return n, tx.QueryRow(ctx, `SELECT COUNT(*) FROM survey_target WHERE survey = $1 AND `+where, name).Scan(&n)
	}
	if move != "check" {
		return nil
	}
	open, err := count(`state = 'submitted'`)
	if err != nil {
		return err
	}
	if open > 0 {
		return vms.Errorf(vms.Conflict, "open-replies", "確定していない回答が%d部署あります。 %d replies are not confirmed yet.", open, open)
	}
	if missing, err := count(`state <> 'confirmed'`); err != nil || missing > 0 && reason == "" {
		return errors.Join(err, record.Problems{problem("reason", fmt.Sprintf("%d部署の回答がありません。そのまま進める理由を書いてください。", missing), fmt.Sprintf("%d replies are missing: say why it goes on without them.", missing))})
	}
	return nil
}
