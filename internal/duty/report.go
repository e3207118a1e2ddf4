package duty

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"yagura/internal/access"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Outcomes of a report. The first two close it.
const (
	NoIssue       = "no_issue"
	Handled       = "handled"
	Investigating = "investigating"
)

const (
	mostNote    = 2000 // characters of a report or an outcome
	mostCameras = 16   // further cameras of a report
)

// Report is what somebody tells crisis management.
type Report struct {
	ID          string
	Login, Unit string // who sent it; the unit whose duty it came of, "" for none
	Post        identity.Post
	Camera      vms.CameraID
	At          vms.Instant
	Cameras     []vms.CameraID // further ones
	Note        string
	Sent        vms.Instant
	Received    vms.Instant // 0: not yet
	ReceivedBy  string
	Outcome     string // no_issue, handled, investigating; "" none yet
	OutcomeText string
	Decided     vms.Instant // when the outcome was given last; 0: not yet
	DecidedBy   string
	Closed      vms.Instant // 0: not yet
}

// Draft is a report to be sent. Round and Moment name what it came of; "" and 0 where nothing drawn.
type Draft struct {
	Camera  vms.CameraID
	At      vms.Instant
	Cameras []vms.CameraID
	Note    string
	Round   string
	Moment  int
}

// Send sends a report about footage the caller may see.
func (r *Room) Send(ctx context.Context, c identity.Caller, d Draft) (*Report, error) {
	if err := r.sendable(c, &d); err != nil {
		return nil, err
	}
	rep := &Report{ID: rand.Text(), Login: c.Person.Login, Camera: d.Camera, At: d.At, Cameras: d.Cameras, Note: d.Note, Sent: r.Now()}
	if rep.Post, rep.Unit = r.sender(c.Person, d.Camera, rep.Sent); rep.Post == "" {
		return nil, vms.Errorf(vms.Denied, "denied", "危機管理への連絡は、所管の部長・統括管理者と危機管理担当が行います。 Heads and crisis management send reports.")
	}
	if err := r.DB.Read(ctx, func(tx *db.Tx) error { return r.cameOf(ctx, tx, c, rep, d) }); err != nil {
		return nil, err
	}
	e := entry(c, SendReport, "report "+rep.ID)
	e.Camera, e.At = d.Camera, d.At
	if _, err := r.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	return rep, r.change(ctx, func(tx *db.Tx) error {
		if err := r.cameOf(ctx, tx, c, rep, d); err != nil {
			return err
		}
		return insertReport(ctx, tx, rep, d)
	})
}

// sendable checks a draft, and that its footage is the caller's to see.
func (r *Room) sendable(c identity.Caller, d *Draft) error {
	now := r.Now()
	if n := len([]rune(d.Note)); n == 0 || n > mostNote {
		return vms.Errorf(vms.Invalid, "bad-note", "内容を1～%d字で書いてください。 Write 1 to %d characters.", mostNote, mostNote)
	}
	if d.At <= 0 || d.At > now {
		return vms.Errorf(vms.Invalid, "bad-time", "映像の時刻は過去でなければなりません。 The moment must lie in the past.")
	}
	d.Cameras = slices.Sorted(slices.Values(d.Cameras)) // a copy
	d.Cameras = slices.DeleteFunc(slices.Compact(d.Cameras), func(id vms.CameraID) bool { return id == d.Camera })
	if len(d.Cameras) > mostCameras {
		return vms.Errorf(vms.Invalid, "too-many-cameras", "ほかのカメラは%d台までです。 At most %d further cameras.", mostCameras, mostCameras)
	}
	for _, id := range append([]vms.CameraID{d.Camera}, d.Cameras...) {
		cam := r.Cameras().Find(id)
		if cam == nil {
			return errNoCamera
		}
		if err := r.Access.Check(c.Person, access.Past, cam, d.At, access.Incident, now).Err(); errors.Is(err, vms.NotFound) {
			return errNoCamera
		} else if err != nil {
			return err
		}
	}
	return nil
}

// errNoCamera answers alike for cameras that do not exist and those one may not know of.
var errNoCamera = vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")

// sender is the post, and its unit, under which the person reports what that camera shows.
func (r *Room) sender(p *identity.Person, id vms.CameraID, now vms.Instant) (post identity.Post, unit string) {
	mine := r.dutiesOf(p, now)
	cam := r.Cameras().Find(id)
	for _, a := range p.Appointments {
		if a.InForce(now) && slices.Contains(heads, a.Post) && slices.Contains(mine, a.Unit) && len(r.Access.Permitted(as(p, a.Unit), access.Past, cam, now)) > 0 {
			return a.Post, a.Unit
		}
	}
	if r.receives(p, now) {
		return identity.CrisisManagement, ""
	}
	return "", ""
}

// cameOf checks the moment a report came of: the caller's own, about that camera, and not reported yet.
func (r *Room) cameOf(ctx context.Context, tx *db.Tx, c identity.Caller, rep *Report, d Draft) error {
	if d.Round == "" {
		return nil
	}
	round, err := r.own(ctx, tx, c, d.Round)
	switch {
	case err != nil:
		return err
	case d.Moment < 1 || d.Moment > len(round.Moments) || round.Moments[d.Moment-1].Camera != d.Camera:
		return vms.Errorf(vms.NotFound, "no-moment", "この回にその場面はありません。 The round has no such moment.")
	case round.Moments[d.Moment-1].Report != "":
		return vms.Errorf(vms.Conflict, "already-reported", "この場面はすでに連絡しています。 This moment was reported already.")
	}
	rep.Unit = round.Unit
	return nil
}

func insertReport(ctx context.Context, tx *db.Tx, rep *Report, d Draft) error {
	cameras, err := json.Marshal(rep.Cameras)
	if err != nil {
		return err
	}
	if d.Round != "" {
		if _, err := tx.Exec(ctx, `UPDATE duty_moment SET report = $3 WHERE round = $1 AND n = $2`, d.Round, d.Moment, rep.ID); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO duty_report (id, login, post, unit, camera, at_us, cameras, note, sent,
		received, received_by, outcome, outcome_text, decided, decided_by, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', '', '', 0, '', 0)`,
		rep.ID, rep.Login, string(rep.Post), rep.Unit, string(rep.Camera), int64(rep.At), string(cameras), rep.Note, int64(rep.Sent))
	return err
}

// Reports returns the reports the caller may see, newest first.
func (r *Room) Reports(ctx context.Context, c identity.Caller) (out []*Report, err error) {
	now := r.Now()
	where, args := `login = $1`, []any{c.Person.Login}
	if r.receives(c.Person, now) {
		where, args = `sent > $1`, []any{0}
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = reports(ctx, tx, where, args...)
		return err
	})
	return slices.DeleteFunc(out, func(rep *Report) bool { return !r.shows(c.Person, rep, now) }), err
}

// shows reports whether the person may see the report: as who receives them, or as its sender, under
// the duty it came of.
func (r *Room) shows(p *identity.Person, rep *Report, now vms.Instant) bool {
	return r.receives(p, now) || rep.Login == p.Login && slices.Contains(r.dutiesOf(p, now), rep.Unit)
}

// Receive notes that crisis management has a report; the first who says so counts.
func (r *Room) Receive(ctx context.Context, c identity.Caller, id string) (*Report, error) {
	return r.answer(ctx, c, id, TakeReport, "", func(*Report) error { return nil })
}

// Decide gives a report its outcome. A closed one stays as it is.
func (r *Room) Decide(ctx context.Context, c identity.Caller, id, outcome, text string) (*Report, error) {
	if !slices.Contains([]string{NoIssue, Handled, Investigating}, outcome) || len([]rune(text)) > mostNote {
		return nil, vms.Errorf(vms.Invalid, "bad-outcome", "結果を選び、%d字以内で書いてください。 The outcome is no_issue, handled or investigating, with at most %d characters.", mostNote, mostNote)
	}
	return r.answer(ctx, c, id, CloseOut, ": "+outcome, func(rep *Report) error {
		if rep.Closed != 0 {
			return vms.Errorf(vms.Conflict, "closed", "この連絡は完了しています。 This report is closed.")
		}
		rep.Outcome, rep.OutcomeText, rep.Decided, rep.DecidedBy = outcome, text, r.Now(), c.Person.Login
		if outcome != Investigating {
			rep.Closed = rep.Decided
		}
		return nil
	})
}

// answer is what crisis management does to a report that is not their own: change, after it is received.
func (r *Room) answer(ctx context.Context, c identity.Caller, id, action, detail string, change func(*Report) error) (rep *Report, err error) {
	look := func(tx *db.Tx) error {
		if rep, err = r.answerable(ctx, tx, c, id); err != nil {
			return err
		}
		if rep.Received == 0 {
			rep.Received, rep.ReceivedBy = r.Now(), c.Person.Login
		}
		return change(rep)
	}
	if err := r.DB.Read(ctx, look); err != nil {
		return nil, err
	}
	e := entry(c, action, "report "+id+detail)
	e.Camera, e.At = rep.Camera, rep.At
	if _, err := r.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	err = r.change(ctx, func(tx *db.Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE duty_report SET received = $2, received_by = $3, outcome = $4, outcome_text = $5,
			decided = $6, decided_by = $7, closed = $8 WHERE id = $1`, id, int64(rep.Received), rep.ReceivedBy, rep.Outcome,
			rep.OutcomeText, int64(rep.Decided), rep.DecidedBy, int64(rep.Closed))
		return err
	})
	return rep, err
}

func (r *Room) answerable(ctx context.Context, tx *db.Tx, c identity.Caller, id string) (*Report, error) {
	found, err := reports(ctx, tx, `id = $1`, id)
	now := r.Now()
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0 || !r.shows(c.Person, found[0], now):
		return nil, vms.Errorf(vms.NotFound, "no-report", "連絡がありません。 There is no such report.")
	case !r.receives(c.Person, now):
		return nil, vms.Errorf(vms.Denied, "denied", "受領と結果の記録は危機管理担当が行います。 Crisis management receives reports.")
	case found[0].Login == c.Person.Login:
		return nil, vms.Errorf(vms.Denied, "own-report", "自分の連絡は、ほかの危機管理担当が扱います。 Somebody else answers one's own report.")
	}
	return found[0], nil
}

const reportColumns = `id, login, post, unit, camera, at_us, cameras, note, sent, received, received_by, outcome, outcome_text, decided, decided_by, closed`

// reports returns the reports of a condition, newest first.
func reports(ctx context.Context, tx *db.Tx, where string, args ...any) ([]*Report, error) {
	return db.Collect(db.Rows(tx.Query(ctx, `SELECT `+reportColumns+` FROM duty_report WHERE `+where+` ORDER BY sent DESC, id LIMIT 1000`, args...)), scanReport)
}

func scanReport(rows db.Row) (*Report, error) {
	var rep Report
	var cameras string
	if err := rows.Scan(&rep.ID, &rep.Login, &rep.Post, &rep.Unit, &rep.Camera, &rep.At, &cameras, &rep.Note, &rep.Sent, &rep.Received,
		&rep.ReceivedBy, &rep.Outcome, &rep.OutcomeText, &rep.Decided, &rep.DecidedBy, &rep.Closed); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(cameras), &rep.Cameras); err != nil {
		return nil, fmt.Errorf("report %s: %w", rep.ID, err)
	}
	return &rep, nil
}
