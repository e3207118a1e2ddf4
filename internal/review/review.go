// Package review is 閲覧監査: once a month a sample of who looked at what is drawn from the audit log, and
// people outside 危機管理 look through it: 対象 → 妥当, or 照会 → 回答 by the viewer → 所見 → 完了. A report of
// the month is signed as an export of the log is.
//
// Invariants:
//   - The sample of a month holds every view with hints about its time, its number or its length, every
//     view in a case that was ever sealed, and of the rest a share that the seed decides (Draw). It is
//     drawn once, by nobody; with the seed, which is in the log, anybody draws the same.
//   - 監査 decides about views. What 監査 itself asked of the log is part of the sample, and so is what was
//     looked up in operation logs: 情報安全担当 decides about that, and about what they looked up 監査 does.
//     Nobody decides about their own.
//   - A viewer reads of the sample what they are asked about, and nothing else.
//   - Every step is in the audit log before it takes effect, without the words of it.
//
// It reads the log through its peer oversight, whose hints and signature these are, and shows no footage.
package review

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

// Audit actions. Refers is the row that is reviewed.
const (
	DrawMonth  = "review.draw" // Detail has the month and its seed
	FindFine   = "review.fine"
	AskViewer  = "review.ask"
	AnswerIt   = "review.answer"
	WriteDown  = "review.find"
	FinishIt   = "review.done"
	SaveReport = "review.report"
)

// Config is what a Room works with.
type Config struct {
	DB        *db.DB
	Audit     *audit.Log
	Access    *access.Engine
	Identity  *identity.Registry
	Oversight *oversight.Room
	Key       ed25519.PrivateKey // signs reports
	Now       func() vms.Instant
	Log       *slog.Logger
}

// Room keeps the samples and what came of them.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// Kinds of item.
const (
	View   = "view"   // somebody looked at footage
	LookUp = "lookup" // somebody looked into the log, as 監査, or into operation logs
	Office = "office" // 情報安全担当, who decide about look-ups, looked into operation logs: one level up
)

// States of an item.
const (
	Open     = "open"     // 対象
	Fine     = "fine"     // 妥当
	Asked    = "asked"    // 照会
	Answered = "answered" // 回答
	Found    = "found"    // 所見
	Done     = "done"     // 完了
)

// Findings.
const (
	InOrder = "in_order" // 問題なし
	Remark  = "remark"   // 改善を要する
	Serious = "serious"  // 不適切
)

// Why something is in the sample.
const (
	Hinted = "hinted"
	Sealed = "sealed"
	Random = "random"
)

// Item is one view, or look-up, of the sample.
type Item struct {
	Month    string
	N        int
	Kind     string
	Actor    string // login
	Why      []string
	Hints    []oversight.Hint // as they were when it was drawn
	State    string
	Reviewer string // who decided or asked last
	Question string
	Asked    vms.Instant
	Answer   string
	Answered vms.Instant
	Finding  string
	Words    string
	Decided  vms.Instant
	Measures string
	Done     vms.Instant

	entry string          // id in the log
	Entry oversight.Entry // what it is about
}

// Settled reports whether nothing more is to be done about it.
func (i *Item) Settled() bool { return i.State == Fine || i.State == Done }

// Month is a month's sample.
type Month struct {
	Name    string // YYYY-MM
	Seed    string
	Head    int64 // the last row of the log that was looked at
	Views   int   // in the month
	LookUps int
	Drawn   vms.Instant
	Items   []Item
}

// Count counts the items in a state.
func (m *Month) Count(state string) (n int) {
	for _, i := range m.Items {
		if i.State == state {
			n++
		}
	}
	return n
}

// Reviews reports which kinds of item the person decides about: 監査 about views and about what 情報安全担当 looked up in
// operation logs, 情報安全担当 about the other look-ups.
func (r *Room) Reviews(p *identity.Person) (views, lookUps bool) {
	now := r.Now()
	return r.Access.CheckUnit(p, access.ReadRecords, "", now).Allow, p.Holds(now, identity.InformationSecurity)
}

// Decides reports whether the person may decide about the item: never about their own.
func (r *Room) Decides(p *identity.Person, i *Item) bool {
	views, lookUps := r.Reviews(p)
	return i.Actor != p.Login && ((i.Kind == View || i.Kind == Office) && views || i.Kind == LookUp && lookUps)
}

var (
	errNotYours = vms.Errorf(vms.Denied, "denied", "閲覧監査は監査担当が行います。 Auditors review views.")
	errOwn      = vms.Errorf(vms.Denied, "own", "自分の閲覧は、ほかの人が確かめます。 Somebody else reviews your own.")
	errNoItem   = vms.Errorf(vms.NotFound, "no-item", "その対象はありません。 There is no such item.")
)

// span is the month's time in Japan.
func span(month string) (vms.Span, error) {
	t, err := time.ParseInLocation("2006-01", month, conf.JST)
	if err != nil || t.Year() < 1970 {
		return vms.Span{}, vms.Errorf(vms.Invalid, "bad-month", "%q は月ではありません（例 2017-06）。 That is no month, such as 2017-06.", month)
	}
	return vms.Span{From: vms.InstantOf(t), To: vms.InstantOf(t.AddDate(0, 1, 0))}, nil
}

// did notes a step in the log.
func (r *Room) did(ctx context.Context, c identity.Caller, action string, i *Item) error {
	_, err := r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Refers: i.entry, Detail: i.Month})
	return err
}
