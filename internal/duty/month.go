package duty

import (
	"context"
	"slices"
	"strings"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Book is the 映像確認簿 of a unit's month: every view of its cameras by its heads, and what came of it.
type Book struct {
	Month      Month
	Unit, Name string
	Norm       Norm  // at the end of the month, or now
	Days       []Day // in order, those on which something was checked
	Entries    []Entry

	looks map[look]int // place of the last line of single pictures
}

// Live reports whether it was a view of the present.
func (e *Entry) Live() bool { return e.Action == audit.ViewLive }

// Day is what was checked on a day of Japan.
type Day struct {
	Date                       time.Time
	Rounds, Moments, Attention int
}

// Entry is one view.
type Entry struct {
	audit.Viewing
	Post   identity.Post // under which it was looked at
	Name   string
	Number string
	Seen   vms.Span // of footage, from the first to the last; empty: unknown, or not yet
	Result string   // of the moments it looked at; "" where it was no part of a round
}

// Book writes up a month.
func (r *Room) Book(ctx context.Context, c identity.Caller, unit string, month Month) (*Book, error) {
	u := r.Cameras().Organisation.Find(unit)
	if u == nil || !r.Access.CheckUnit(c.Person, access.DutyRead, unit, r.Now()).Allow {
		return nil, errNoUnit
	}
	b := &Book{Month: month, Unit: unit, Name: u.Name, looks: map[look]int{}}
	marks, err := r.monthOf(ctx, b)
	if err != nil {
		return nil, err
	}
	tenures, err := r.tenures(ctx, unit)
	if err != nil {
		return nil, err
	}
	views, err := r.Audit.Viewings(ctx, tenures.logins(), month.Span())
	if err != nil {
		return nil, err
	}
	owned := ownership{r: r, unit: unit, known: map[ownedAt]bool{}}
	for _, v := range views {
		held, ok := tenures.at(v.Actor, v.Time)
		if !ok || !owned.at(&v) || strings.HasPrefix(v.Why, "not opened") {
			continue
		}
		b.add(r.entry(v, held, marks))
	}
	return b, nil
}

// oneLook is how close single pictures follow one another that are one line of the book: whoever drags
// along a timeline sees dozens.
const oneLook = time.Minute

// look is what two pictures must share to be one line.
type look struct {
	actor               string
	camera              vms.CameraID
	stream              vms.Stream
	purpose, caseNumber string
}

// add adds a line; a picture soon after another makes that one's line longer.
func (b *Book) add(e Entry) {
	if e.Action != audit.ViewStill {
		b.Entries = append(b.Entries, e)
		return
	}
	key := look{e.Actor, e.Camera, e.Stream, e.Purpose, e.Case}
	if i, ok := b.looks[key]; ok && b.Entries[i].extend(e) {
		return
	}
	b.looks[key] = len(b.Entries)
	b.Entries = append(b.Entries, e)
}

// extend makes the line longer by another, and reports whether that followed soon enough.
func (e *Entry) extend(next Entry) bool {
	if e.Ended == 0 || next.Time.Sub(e.Ended) > oneLook {
		return false
	}
	e.Ended = next.Ended
	switch {
	case e.Seen.Empty():
		e.Seen = next.Seen
	case !next.Seen.Empty():
		e.Seen.From, e.Seen.To = min(e.Seen.From, next.Seen.From), max(e.Seen.To, next.Seen.To)
	}
	if e.Result != Attention && next.Result != "" {
		e.Result = next.Result
	}
	return true
}

// mark is a marked moment, with whose it is and when its round began.
type mark struct {
	Moment
	login          string
	began, checked vms.Instant
}

// monthOf fills in what the room's own tables know of a month, and returns its marks.
func (r *Room) monthOf(ctx context.Context, b *Book) (marks []mark, err error) {
	span := b.Month.Span()
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if b.Norm, err = norm(ctx, tx, b.Unit, span.To); err != nil {
			return err
		}
		if marks, err = marksOf(ctx, tx, b.Unit, span); err != nil {
			return err
		}
		finished, err := finishedOf(ctx, tx, b.Unit, span)
		b.Days = days(marks, finished)
		return err
	})
	return marks, err
}

func marksOf(ctx context.Context, tx *db.Tx, unit string, span vms.Span) (out []mark, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT r.login, r.started, m.camera, m.at_us, m.to_us, m.why, m.result, m.checked
		FROM duty_moment m JOIN duty_round r ON r.id = m.round
		WHERE r.unit = $1 AND m.checked >= $2 AND m.checked < $3 ORDER BY m.checked`, unit, int64(span.From), int64(span.To))) {
		if err != nil {
			return nil, err
		}
		var m mark
		if err := row.Scan(&m.login, &m.began, &m.Camera, &m.From, &m.To, &m.Why, &m.Result, &m.checked); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

func finishedOf(ctx context.Context, tx *db.Tx, unit string, span vms.Span) (out []vms.Instant, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT finished FROM duty_round WHERE unit = $1 AND finished >= $2 AND finished < $3`, unit, int64(span.From), int64(span.To))) {
		if err != nil {
			return nil, err
		}
		var at vms.Instant
		if err := row.Scan(&at); err != nil {
			return nil, err
		}
		out = append(out, at)
	}
	return out, nil
}

// days counts by day.
func days(marks []mark, finished []vms.Instant) (out []Day) {
	at := map[time.Time]*Day{}
	of := func(i vms.Instant) *Day {
		t := i.Time().In(conf.JST)
		date := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)
		if at[date] == nil {
			at[date] = &Day{Date: date}
		}
		return at[date]
	}
	for _, m := range marks {
		d := of(m.checked)
		if d.Moments++; m.Result == Attention {
			d.Attention++
		}
	}
	for _, i := range finished {
		of(i).Rounds++
	}
	for _, d := range at {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return out
}

// tenures are the headships of a unit, past ones too.
type tenures []tenure

type tenure struct {
	identity.Appointment
	name string
}

func (r *Room) tenures(ctx context.Context, unit string) (out tenures, err error) {
	people, err := r.Identity.People(ctx)
	for _, p := range people {
		for _, a := range p.Appointments {
			if a.Unit == unit && slices.Contains(heads, a.Post) {
				out = append(out, tenure{a, p.Name})
			}
		}
	}
	return out, err
}

func (t tenures) logins() (out []string) {
	for _, held := range t {
		if !slices.Contains(out, held.Login) {
			out = append(out, held.Login)
		}
	}
	return out
}

func (t tenures) at(login string, at vms.Instant) (tenure, bool) {
	i := slices.IndexFunc(t, func(held tenure) bool { return held.Login == login && held.InForce(at) })
	if i < 0 {
		return tenure{}, false
	}
	return t[i], true
}

// ownership remembers whose footage was whose: of thousands of views most ask the same.
type ownership struct {
	r     *Room
	unit  string
	known map[ownedAt]bool
}

type ownedAt struct {
	camera      vms.CameraID
	from        vms.Instant // of the placement
	year, dayOf int         // of the view, in Japan: organisations change at midnight
}

// at reports whether a view was of the unit's footage.
func (o *ownership) at(v *audit.Viewing) bool {
	set, footage := o.r.Cameras(), v.At
	cam := set.Find(v.Camera)
	if footage == 0 {
		footage = v.Time
	}
	if cam == nil {
		return false
	}
	place, ok := cam.PlacementAt(footage)
	day := v.Time.Time().In(conf.JST)
	key := ownedAt{v.Camera, place.From, day.Year(), day.YearDay()}
	if _, there := o.known[key]; !there {
		o.known[key] = ok && slices.Contains(unitsOf(set.Organisation, cam, footage, v.Time), o.unit)
	}
	return o.known[key]
}

// entry is the line of a view.
func (r *Room) entry(v audit.Viewing, held tenure, marks []mark) Entry {
	e := Entry{Viewing: v, Post: held.Post, Name: held.name, Number: string(v.Camera)}
	if cam := r.Cameras().Find(v.Camera); cam != nil {
		e.Number = cam.Number
	}
	for i, s := range v.Ranges {
		if i == 0 {
			e.Seen = s
		}
		e.Seen.From, e.Seen.To = min(e.Seen.From, s.From), max(e.Seen.To, s.To)
	}
	for _, m := range marks {
		looked := m.login == v.Actor && m.Camera == v.Camera && v.Time <= m.checked && (v.Ended == 0 || v.Ended >= m.began)
		if looked && e.Result != Attention && len(common(m.windows(), v.Ranges)) > 0 {
			e.Result = m.Result
		}
	}
	return e
}
