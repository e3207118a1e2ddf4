package inventory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// List returns the reviews, newest first, with the lines the caller reads: 情報安全担当 and 監査 all, heads
// those of their 部, 管理者 those that somebody objects to.
func (r *Room) List(ctx context.Context, c identity.Caller) ([]Review, error) {
	return r.read(ctx, c, `1 = 1`)
}

// Review returns one of them, likewise.
func (r *Room) Review(ctx context.Context, c identity.Caller, id string) (*Review, error) {
	list, err := r.read(ctx, c, `id = $1`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, errNone
	}
	return &list[0], nil
}

func (r *Room) read(ctx context.Context, c identity.Caller, where string, args ...any) (out []Review, err error) {
	all, ends, units := r.ReadsAll(c.Person), r.Ends(c.Person), r.headed(c.Person)
	if !all && !ends && len(units) == 0 {
		return nil, errDenied
	}
	if out, err = r.asOfNow(ctx, c.Person, where, args...); err != nil {
		return nil, err
	}
	for i := range out {
		if !all {
			out[i].Lines = slices.DeleteFunc(out[i].Lines, func(l Line) bool {
				return !r.under(l.Unit, units) && !(ends && l.State == No)
			})
		}
	}
	return out, nil
}

// asOfNow returns reviews with all their lines: which appointments are not in force any more, and which of the
// lines the person decides.
func (r *Room) asOfNow(ctx context.Context, p *identity.Person, where string, args ...any) (out []Review, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = reviews(ctx, tx, where, args...)
		return err
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	people, err := r.Identity.People(ctx)
	if err != nil {
		return nil, err
	}
	in, d := r.inForce(people), r.deciders(p, people)
	for i := range out {
		v := &out[i]
		for j := range v.Lines {
			l := &v.Lines[j]
			l.Ended, l.Mine = !in[l.Appointment], v.Closed == 0 && d.may(l)
		}
	}
	return out, nil
}

// inForce are the appointments of these people by which somebody may do something now.
func (r *Room) inForce(people []*identity.Person) map[string]bool {
	in, now := map[string]bool{}, r.Now()
	for _, p := range people {
		for _, a := range p.Appointments {
			in[a.ID] = a.InForce(now) && !p.Disabled
		}
	}
	return in
}

// Confirm says of lines that they are as they should be.
func (r *Room) Confirm(ctx context.Context, c identity.Caller, id string, ns []int) error {
	if len(ns) == 0 || len(ns) > mostLines {
		return vms.Errorf(vms.Invalid, "bad-lines", "行を1～%d件選んでください。 Choose 1 to %d lines.", mostLines, mostLines)
	}
	return r.decide(ctx, c, Confirmed, id, ns, OK, "")
}

// Object asks for the end of an appointment.
func (r *Room) Object(ctx context.Context, c identity.Caller, id string, n int, reason string) error {
	reason = strings.TrimSpace(reason)
	if k := len([]rune(reason)); k == 0 || k > mostText {
		return vms.Errorf(vms.Invalid, "bad-text", "理由を1～%d字で書いてください。 Write 1 to %d characters.", mostText, mostText)
	}
	return r.decide(ctx, c, Objected, id, []int{n}, No, reason)
}

// decide may be done anew until the review is closed.
func (r *Room) decide(ctx context.Context, c identity.Caller, action, id string, ns []int, state, reason string) error {
	v, err := r.Review(ctx, c, id)
	if err != nil {
		return err
	}
	if v.Closed != 0 {
		return errClosed
	}
	for _, n := range ns {
		i := slices.IndexFunc(v.Lines, func(l Line) bool { return l.N == n })
		switch {
		case i < 0:
			return errLine
		case v.Lines[i].Login == c.Person.Login:
			return vms.Errorf(vms.Denied, "own", "自分の権限は、ほかの人が確認します。 Somebody else decides about your own.")
		case !v.Lines[i].Mine:
			return vms.Errorf(vms.Denied, "others", "この行は、所管の部長が確認します。 The department head decides about this line.")
		}
	}
	if err := r.did(ctx, c, action, fmt.Sprint(id, " ", ns)); err != nil {
		return err
	}
	now := r.Now()
	return r.change(ctx, func(tx *db.Tx) error {
		for _, n := range ns {
			_, err := tx.Exec(ctx, `UPDATE rights_line SET state = $3, reason = $4, decided_by = $5, decided = $6 WHERE review = $1 AND n = $2
				AND EXISTS (SELECT 1 FROM rights_review WHERE id = $1 AND closed = 0)`, id, n, state, reason, c.Person.Login, int64(now))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Close closes a review. What nobody decided stays so, and the remark says why.
func (r *Room) Close(ctx context.Context, c identity.Caller, id, remark string) error {
	if !r.Keeps(c.Person) {
		return errDenied
	}
	v, err := r.Review(ctx, c, id)
	remark = strings.TrimSpace(remark)
	switch {
	case err != nil:
		return err
	case v.Closed != 0:
		return errClosed
	case len([]rune(remark)) > mostText:
		return vms.Errorf(vms.Invalid, "bad-text", "%d字までで書いてください。 Write at most %d characters.", mostText, mostText)
	case v.Left() > 0 && remark == "":
		return vms.Errorf(vms.Invalid, "remark-required", "確認されていない行が%d件あります。そのまま締め切る理由を書いてください。 %d lines are open: say why it is closed all the same.", v.Left(), v.Left())
	}
	if err := r.did(ctx, c, Closed, id); err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE rights_review SET closed = $2, closed_by = $3, remark = $4 WHERE id = $1 AND closed = 0`, id, int64(r.Now()), c.Person.Login, remark)
		return err
	})
}

var _ inbox.Source = (*Room)(nil)

// Items returns what waits for the person: lines to decide, and objections whose appointment is still in
// force for those who end appointments.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	ends := r.Ends(p)
	if !ends && !r.Keeps(p) && len(r.headed(p)) == 0 {
		return nil, nil
	}
	open, err := r.asOfNow(ctx, p, `closed = 0`)
	if err != nil {
		return nil, err
	}
	for _, v := range open {
		all, left, objected := 0, 0, 0
		var last vms.Instant
		for i := range v.Lines {
			l := &v.Lines[i]
			if l.Mine {
				all++
				if l.State == Open {
					left++
				}
			}
			if l.State == No && !l.Ended {
				objected, last = objected+1, max(last, l.Decided)
			}
		}
		if left > 0 {
			items = append(items, inbox.Item{ID: "rights-" + v.ID, Kind: inbox.RightsLines, At: v.Taken, Link: "/review?rights=" + v.ID,
				Subject: inbox.Subject{ID: v.ID, From: v.TakenBy, Done: all - left, Rounds: all}})
		}
		if objected > 0 && ends {
			items = append(items, inbox.Item{ID: "rights-objected-" + v.ID, Kind: inbox.RightsObjection, At: last, Link: "/review?which=objected&rights=" + v.ID,
				Subject: inbox.Subject{ID: v.ID, Rounds: objected}})
		}
	}
	return items, nil
}
