// Package request is 映像確認依頼: whoever analyses operation logs asks 危機管理 to look at footage of a terminal at
// the second of what was logged, and is told what came of it.
//
// Invariants:
//   - No searched person is in a request: there is no field for one.
//   - The analyst is told the outcome and nothing else: neither who the member of staff is nor what was seen.
//     危機管理 sees who, at which terminal, when, and the figures of the hint; 監査 reads all of it.
//   - Nobody reads, or deals with, a request about themselves; to them it is not there.
//   - Every step is in the audit log before it takes effect, under the request's number as its case, and names no
//     camera in its camera field: heads read what is logged about their cameras. Who takes a request up seals that
//     case, so that heads are not told of the views either.
//   - The cameras are those that covered the terminal when it was asked.
//   - A request made from a hint takes nothing of it from the asker's words, only from the room that keeps hints. That the
//     hint moves on, by the request and by its outcome, is one transaction with them: there is neither without the other.
//
// It imports its peers hold, since footage is held in the same step in which it is opened, access for who may, archive
// for the cameras' clocks, audit, identity, and inbox, whose Source it is. Hints it knows by its Config alone. It shows no
// footage: viewing does, and writes its row.
package request

import (
	"context"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/hold"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Actions in the audit log. Case is the number of the request.
const (
	Asked    = "request.ask"
	Read     = "request.read" // who a member of staff is was shown
	Taken    = "request.take"
	Answered = "request.answer"
)

// Outcomes.
const (
	Seen    = "seen"    // 確認できた
	Unclear = "unclear" // 確認できない: no footage, or one cannot tell
	Nothing = "nothing" // 該当なし
)

// Limits.
const (
	mostEvents  = 50
	mostFigures = 12
	mostNote    = 500 // characters
	mostWord    = 100
	answerIn    = 5                   // days on which offices are open
	margin      = 5 * time.Minute     // of footage around an event
	apart       = 30 * time.Minute    // events further apart are stretches of their own
	heldFor     = 90 * 24 * time.Hour // what is proposed
	oldest      = 400 * 24 * time.Hour
	newsFor     = 30 * 24 * time.Hour // how long an outcome is told in the inbox
)

// Terminal is where a terminal stands, and what covers it.
type Terminal struct {
	Room    string
	Cameras []vms.CameraID
}

// Member is a member of staff.
type Member struct{ Number, Name, Unit string }

// Config is what a Room works with.
type Config struct {
	DB      *db.DB
	Access  *access.Engine
	Audit   *audit.Log
	Cameras func() *camera.Set
	Footage *archive.Archive
	Holds   *hold.Room
	Now     func() vms.Instant

	// Terminal is one of the register; vms.NotFound where it has none of that ID.
	Terminal func(ctx context.Context, id string) (Terminal, error)
	// Member is whom the asker means by what they know of them: a pseudonym, or a number.
	Member func(ctx context.Context, c identity.Caller, known string) (Member, error)
	// Hint is one that the caller may ask about now, or why they may not.
	Hint func(ctx context.Context, c identity.Caller, id string) (*Hint, error)
	// HintAsked writes in the audit log that a hint is asked about; what it returns moves the hint on, in the transaction
	// that keeps the request.
	HintAsked func(ctx context.Context, c identity.Caller, id string) (func(ctx context.Context, tx *db.Tx, number string) error, error)
	// HintAnswered does the same with the outcome; shown is whether the footage shows what the hint hints at. Where no hint
	// was asked about by that number there is nothing to do.
	HintAnswered func(ctx context.Context, c identity.Caller, id, number, outcome string, shown bool) (func(ctx context.Context, tx *db.Tx) error, error)
	// Seal keeps the views of a case from heads.
	Seal func(ctx context.Context, c identity.Caller, caseRef, reason string) error
}

// Room keeps the requests.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// Figure is a number of the hint beside that of peers, in words.
type Figure struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Peers string `json:"peers"` // "" where there are none
}

// Request is one request.
type Request struct {
	Number   string
	Hint     string
	Rules    []string
	Terminal string
	Room     string
	Cameras  []vms.CameraID
	Staff    string // as the asker knows them
	Member   Member // "" to who may not know
	Events   []vms.Instant
	Figures  []Figure
	Note     string
	AskedBy  string // login
	AskedAt  vms.Instant
	Due      vms.Instant
	TakenBy  string
	TakenAt  vms.Instant
	Outcome  string
	Said     string // to the outcome, within 危機管理
	By       string // whose outcome it is
	At       vms.Instant
}

// States.
const (
	Waiting = "waiting"
	Looking = "looking"
	Done    = "done"
)

// State is how far it is.
func (q *Request) State() string {
	switch {
	case q.Outcome != "":
		return Done
	case q.TakenBy != "":
		return Looking
	}
	return Waiting
}

// Stretches are the footage around the events: those that lie close together as one, at most a day each.
func (q *Request) Stretches() (out []vms.Span) {
	for _, at := range q.Events {
		s := vms.Span{From: at.Add(-margin), To: at.Add(margin)}
		if n := len(out); n > 0 && s.From.Sub(out[n-1].To) < apart && s.To.Sub(out[n-1].From) <= hold.Longest {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// rights is what somebody has to do with requests.
type rights struct{ asks, answers, reads bool }

func (r *Room) rightsOf(p *identity.Person) rights {
	now := r.Now()
	office := p.Holds(now, identity.InformationSecurity) && r.Access.CheckUnit(p, access.Records, "", now).Allow
	return rights{
		asks:    office || r.Access.CheckUnit(p, access.OperationLogs, "", now).Allow,
		answers: r.Access.CheckUnit(p, access.CaseRecords, "", now).Allow,
		reads:   r.Access.CheckUnit(p, access.ReadRecords, "", now).Allow,
	}
}

// Asks reports whether somebody asks for footage to be looked at.
func (r *Room) Asks(p *identity.Person) bool { return r.rightsOf(p).asks }

// Answers reports whether somebody looks at it.
func (r *Room) Answers(p *identity.Person) bool { return r.rightsOf(p).answers }

// whole reports whether they are told who it is about: neither who asks, whatever else they are.
func (v rights) whole() bool { return (v.answers || v.reads) && !v.asks }

var (
	errNone   = vms.Errorf(vms.NotFound, "no-request", "その映像確認依頼はありません。 There is no such request.")
	errDenied = vms.Errorf(vms.Denied, "denied", "映像確認依頼は、操作ログの解析担当が行い、危機管理担当が確認します。 Analysts of operation logs ask, and crisis management looks.")
	errAnswer = vms.Errorf(vms.Denied, "denied", "映像の確認は危機管理担当が行います。 Crisis management looks at the footage.")
	errDone   = vms.Errorf(vms.Conflict, "answered", "この依頼は、すでに結果が記録されています。 This request has its outcome already.")
)

// about reports whether the request is about that person.
func (q *Request) about(p *identity.Person) bool {
	return p.Number != "" && p.Number == q.Member.Number
}

// due is the end of the nth day after an instant on which offices are open.
func due(from vms.Instant, n int) vms.Instant {
	t := from.Time().In(conf.JST)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if !holiday.Closed(vms.InstantOf(day)) {
			n--
		}
	}
	return vms.InstantOf(day.Add(17*time.Hour + 15*time.Minute))
}
