package request

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

var rule = regexp.MustCompile(`^H([1-9]|1[0-4])$`)

// Ask asks for footage to be looked at. Hint and Note are the asker's, and so are Rules, Terminal, Staff, Events and Figures
// where there is no hint to take them from.
func (r *Room) Ask(ctx context.Context, c identity.Caller, q Request) (Request, error) {
	if !r.Asks(c.Person) {
		return Request{}, r.refused(ctx, c, Asked, q.Terminal, errDenied)
	}
	member, err := r.filled(ctx, c, &q)
	if err != nil {
		return Request{}, err
	}
	place, err := r.Terminal(ctx, q.Terminal)
	if err != nil {
		return Request{}, err
	}
	now := r.Now()
	q = Request{Hint: q.Hint, Rules: q.Rules, Terminal: q.Terminal, Room: place.Room, Cameras: place.Cameras, Staff: q.Staff, Member: member,
		Events: q.Events, Figures: q.Figures, Note: q.Note, AskedBy: c.Person.Login, AskedAt: now, Due: due(now, answerIn)}
	if len(q.Cameras) == 0 {
		return Request{}, vms.Errorf(vms.Conflict, "no-cover", "端末「%s」が写るカメラはありません。 No camera covers the terminal %[1]s.", q.Terminal)
	}
	detail := fmt.Sprintf("%s %s, %d events, %s", q.Terminal, strings.Join(q.Rules, " "), len(q.Events), q.Hint)
	if _, err := r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: Asked, Detail: detail}); err != nil {
		return Request{}, err
	}
	moveHint, err := r.asked(ctx, c, &q)
	if err != nil {
		return Request{}, err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := number(ctx, tx, &q); err != nil {
			return err
		}
		if err := moveHint(ctx, tx, q.Number); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
	return q, err
}

// filled tidies what the asker said, fills in what the hint says where there is one, and returns who it is about.
func (r *Room) filled(ctx context.Context, c identity.Caller, q *Request) (Member, error) {
	for _, s := range []*string{&q.Hint, &q.Terminal, &q.Staff, &q.Note} {
		*s = strings.TrimSpace(norm.NFC.String(*s))
	}
	if q.Hint == "" {
		if err := r.check(q); err != nil {
			return Member{}, err
		}
		return r.Member(ctx, c, q.Staff)
	}
	h, err := r.Hint(ctx, c, q.Hint)
	if err != nil {
		return Member{}, r.refused(ctx, c, Asked, q.Hint, err)
	}
	if err := q.fromHint(h); err != nil {
		return Member{}, err
	}
	return h.Member, r.check(q)
}

// check puts the events in order, and says what is wrong with a request.
func (r *Room) check(q *Request) error {
	now := r.Now()
	slices.Sort(q.Events)
	q.Events = slices.Compact(q.Events)
	long := func(s string, most int) bool { return utf8.RuneCountInString(s) > most }
	switch {
	case q.Terminal == "" || long(q.Terminal, mostWord) || q.Staff == "" || long(q.Staff, mostWord):
		return vms.Errorf(vms.Invalid, "bad-request", "端末と職員を入力してください。 Say which terminal and which member of staff.")
	case len(q.Events) == 0 || len(q.Events) > mostEvents:
		return vms.Errorf(vms.Invalid, "bad-events", "操作の日時を1～%d件入力してください。 Say when, %d times at most.", mostEvents, mostEvents)
	case q.Events[0] < now.Add(-oldest) || q.Events[len(q.Events)-1] > now:
		return vms.Errorf(vms.Invalid, "bad-events", "操作の日時は、過去400日以内にしてください。 It lies within the last 400 days.")
	case len(q.Rules) == 0 || slices.ContainsFunc(q.Rules, func(s string) bool { return !rule.MatchString(s) }):
		return vms.Errorf(vms.Invalid, "bad-rules", "兆候の種別をH1～H14で入力してください。 Rules are H1 to H14.")
	case len(q.Figures) > mostFigures || slices.ContainsFunc(q.Figures, func(f Figure) bool {
		return f.Name == "" || f.Value == "" || long(f.Name+f.Value+f.Peers, 2*mostWord)
	}):
		return vms.Errorf(vms.Invalid, "bad-figures", "兆候の数字は%d件までです。 There are %d figures at most.", mostFigures, mostFigures)
	case long(q.Note, mostNote) || long(q.Hint, mostWord):
		return vms.Errorf(vms.Invalid, "bad-note", "補足は%d字以内で入力してください。 A note has at most %d characters.", mostNote, mostNote)
	}
	return nil
}

// number gives a request its number in the fiscal year, and writes it.
func number(ctx context.Context, tx *db.Tx, q *Request) error {
	year := int64(q.AskedAt.Time().In(conf.JST).AddDate(0, -3, 0).Year())
	var seq int64
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) + 1 FROM footage_request WHERE year = $1`, year).Scan(&seq); err != nil {
		return err
	}
	q.Number = fmt.Sprintf("%d-映-%03d", year-reiwa, seq)
	return insert(ctx, tx, *q, year, seq)
}

const reiwa = 2018 // the year before its first

// refused writes that somebody tried what they may not, and passes err on.
func (r *Room) refused(ctx context.Context, c identity.Caller, action, detail string, err error) error {
	if !errors.Is(err, vms.Denied) {
		return err
	}
	return r.Audit.Did(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: detail}, err)
}

// Erased is when the first of the footage is erased, unless it is held; 0 where nobody knows.
func (r *Room) Erased(q *Request) (first vms.Instant) {
	for _, id := range q.Cameras {
		cam := r.Cameras().Find(id)
		if cam == nil || cam.Retention <= 0 || len(q.Events) == 0 {
			continue
		}
		if at := q.Events[0].Add(time.Duration(cam.Retention)); first == 0 || at < first {
			first = at
		}
	}
	return first
}
