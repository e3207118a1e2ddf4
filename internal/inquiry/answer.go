package inquiry

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// Draft is what the log says to an inquiry at an instant.
type Draft struct {
	Inquiry
	Until    vms.Instant // views that began before
	Found    []View      // what an answer would tell
	Withheld int         // views that it would not, because of a case
}

var errNone = vms.Errorf(vms.NotFound, "no-inquiry", "その照会はありません。 There is no such inquiry.")

// may is nil for whoever may answer: who reads the whole log.
func (r *Room) may(p *identity.Person) error {
	return r.Access.CheckUnit(p, access.ReadRecords, "", r.Now()).Err()
}

// List returns inquiries: those that wait, soonest due first, then the newest of the others.
func (r *Room) List(ctx context.Context, p *identity.Person) (out []Inquiry, err error) {
	if err := r.may(p); err != nil {
		return nil, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if out, err = waiting(ctx, tx); err != nil {
			return err
		}
		decided, err := inquiries(ctx, tx, `state <> 'waiting' ORDER BY asked_at DESC, number LIMIT $1`, mostListed)
		out = append(out, decided...)
		return err
	})
	return out, err
}

// Prepare returns an inquiry, and while it waits, what the log says to it now.
func (r *Room) Prepare(ctx context.Context, p *identity.Person, number string) (d Draft, err error) {
	if err := r.may(p); err != nil {
		return d, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		d.Inquiry, err = one(ctx, tx, number)
		return err
	})
	if err != nil || d.State != Waiting {
		return d, err
	}
	d.Until = r.Now()
	d.Found, d.Withheld, err = r.find(ctx, d.Inquiry, d.Until)
	return d, err
}

func one(ctx context.Context, tx *db.Tx, number string) (Inquiry, error) {
	list, err := inquiries(ctx, tx, `number = $1`, plain(number))
	if err != nil {
		return Inquiry{}, err
	}
	if len(list) == 0 {
		return Inquiry{}, errNone
	}
	return list[0], nil
}

// Answer gives the answer the caller has seen prepared at that instant, with a note that may be empty.
func (r *Room) Answer(ctx context.Context, c identity.Caller, number string, until vms.Instant, note string) error {
	if err := r.may(c.Person); err != nil {
		return err
	}
	var q Inquiry
	err := r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		q, err = one(ctx, tx, number)
		return err
	})
	if err != nil {
		return err
	}
	if until < q.Asked || until > r.Now() {
		return vms.Errorf(vms.Invalid, "bad-time", "回答の内容を、もう一度確かめてください。 Look at the prepared answer again.")
	}
	views, _, err := r.find(ctx, q, until)
	if err != nil {
		return err
	}
	return r.decide(ctx, c, q.Number, Done, Answered, views, note)
}

// Refuse says why there is no answer.
func (r *Room) Refuse(ctx context.Context, c identity.Caller, number, reason string) error {
	if err := r.may(c.Person); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return vms.Errorf(vms.Invalid, "reason-required", "回答できない理由を入力してください。 Say why there is no answer.")
	}
	return r.decide(ctx, c, plain(number), No, Refused, nil, reason)
}

func (r *Room) decide(ctx context.Context, c identity.Caller, number, state, action string, views []View, note string) error {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > MaxNote || !printable(note) {
		return vms.Errorf(vms.Invalid, "bad-note", "500字以内で入力してください。 At most 500 characters.")
	}
	if views == nil {
		views = []View{}
	}
	told, err := json.Marshal(views)
	if err != nil {
		return err
	}
	// The row of the log comes first: what was told outside is never without one.
	if err := r.undecided(ctx, number); err != nil {
		return err
	}
	_, err = r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: fmt.Sprintf("%s: %d", number, len(views))})
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `UPDATE inquiry SET state = $2, views = $3, note = $4, decided_by = $5, decided_at = $6 WHERE number = $1 AND state = 'waiting'`,
			number, state, string(told), note, c.Person.Login, int64(r.Now()))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return cmp.Or(err, errDecided)
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
}

var errDecided = vms.Errorf(vms.Conflict, "decided", "この照会は、すでに処理されています。 This inquiry was dealt with already.")

// undecided is nil for an inquiry that waits.
func (r *Room) undecided(ctx context.Context, number string) error {
	return r.DB.Read(ctx, func(tx *db.Tx) error {
		q, err := one(ctx, tx, number)
		if err == nil && q.State != Waiting {
			err = errDecided
		}
		return err
	})
}

const page = 500 // rows read at a time

// find returns who looked, before until, at footage of the area and time of an inquiry, and how many views
// are withheld.
func (r *Room) find(ctx context.Context, q Inquiry, until vms.Instant) (views []View, withheld int, err error) {
	cameras := []vms.CameraID{}
	for _, cam := range r.Cameras().Cameras {
		if cam.Site == q.Site && cam.Floor == q.Floor {
			cameras = append(cameras, cam.ID)
		}
	}
	held, err := r.withheld(ctx)
	if err != nil {
		return nil, 0, err
	}
	count := map[View]int{}
	f := audit.Filter{Cameras: cameras, Outcome: audit.OK, Time: vms.Span{From: q.Time.From.Add(-longestView), To: until}, NoEnds: true, Limit: page}
	for {
		rows, err := r.Audit.Query(ctx, f)
		if err != nil {
			return nil, 0, err
		}
		ended, err := r.Audit.Ends(ctx, rows)
		if err != nil {
			return nil, 0, err
		}
		for _, v := range ended {
			switch {
			case !slices.Contains(audit.Views, v.Action) || !about(v, q.Time, until):
			case held(v.Case):
				withheld++
			default:
				count[r.view(ctx, v)]++
			}
		}
		if len(rows) < page {
			break
		}
		f.Before = rows[len(rows)-1].Seq
	}
	for v, n := range count {
		v.Times = n
		views = append(views, v)
	}
	slices.SortFunc(views, func(a, b View) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Purpose, b.Purpose))
	})
	return views, withheld, nil
}

// longestView is how long a view lasts at most: as long as a sign-in.
const longestView = identity.Absolute

// about reports whether footage of that time was looked at. Of a view whose end nobody wrote, all it may
// have been is taken: rather too much is told than too little.
func about(v audit.Viewing, span vms.Span, until vms.Instant) bool {
	seen := v.Ranges
	if len(seen) == 0 {
		from, end := v.At, v.Ended
		if from == 0 {
			from = v.Time
		}
		if end == 0 {
			end = until
		}
		seen = []vms.Span{{From: from, To: from.Add(min(max(time.Microsecond, end.Sub(v.Time)), longestView))}}
		if v.Action == audit.ViewStill {
			seen[0].To = from + 1
		}
	}
	return slices.ContainsFunc(seen, func(s vms.Span) bool { return s.From < span.To && span.From < s.To })
}

// view is what is told of one.
func (r *Room) view(ctx context.Context, v audit.Viewing) View {
	out := View{Date: v.Time.Time().In(conf.JST).Format("2006-01-02"), Kind: strings.TrimPrefix(v.Action, "view."), Purpose: v.Purpose}
	if p, err := r.Identity.Person(ctx, v.Actor); err == nil { // rows outlive people
		for _, a := range p.Appointments {
			if a.InForce(v.Time) && a.Post.GivesFootage() {
				out.Post = string(a.Post)
			}
		}
	}
	return out
}

var _ inbox.Source = (*Room)(nil)

// Items are the inquiries that wait, for whoever may answer them.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	if r.may(p) != nil {
		return nil, nil
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		items = nil
		list, err := waiting(ctx, tx)
		for _, q := range list {
			items = append(items, inbox.Item{ID: "inquiry-" + q.Number, Kind: inbox.Inquiry, At: q.Asked, Link: "/inquiries?number=" + q.Number,
				Subject: inbox.Subject{ID: q.Number, Label: q.Place}})
		}
		return err
	})
	return items, err
}
