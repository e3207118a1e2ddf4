package identity

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Appoint gives a post to a person. From 0 is now, To 0 is without end. by is who asks: a login,
// or another name for a command line. While a second person is required, TwoPersonPosts come back waiting, but
// for the first second person: while there is none, the command line makes one, and no page does.
func (r *Registry) Appoint(ctx context.Context, a Appointment, by string) (Appointment, error) {
	if err := a.complete(r.opts.Now()); err != nil {
		return a, err
	}
	err := r.change(ctx, func(tx *db.Tx) error { return r.appoint(ctx, tx, &a, by) })
	return a, err
}

func (r *Registry) appoint(ctx context.Context, tx *db.Tx, a *Appointment, by string) error {
	now := r.opts.Now()
	if err := a.complete(now); err != nil {
		return err
	}
	a.ID, a.State, a.RequestedBy, a.RequestedAt, a.DecidedBy = rand.Text(), "accepted", by, now, ""
	if r.NeedsSecond(a.Post) {
		founds, err := r.founds(ctx, tx, a.Post, by)
		if err != nil {
			return err
		}
		if !founds {
			a.State = "waiting"
		}
	}
	if err := known(ctx, tx, *a); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO appointment
		(id, login, post, unit, kind, from_at, to_at, state, requested_by, requested_at, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0)`,
		a.ID, a.Login, string(a.Post), a.Unit, string(a.Kind), int64(a.From), int64(a.To), a.State, by, int64(now))
	return err
}

// founds reports whether an appointment makes the person without whom nobody can be approved.
func (r *Registry) founds(ctx context.Context, tx *db.Tx, p Post, by string) (bool, error) {
	if p != InformationSecurity || by != Console && by != FirstStart {
		return false, nil
	}
	n, err := r.holders(ctx, tx, decidingPosts...)
	return n == 0, err
}

// complete fills in what was left out, and says what is wrong.
func (a *Appointment) complete(now vms.Instant) error {
	if a.From == 0 {
		a.From = now
	}
	if a.To == 0 {
		a.To = camera.Forever
	}
	if a.Kind == "" {
		a.Kind = Regular
	}
	switch {
	case !slices.Contains(Kinds, a.Kind):
		return vms.Errorf(vms.Invalid, "bad-kind", "%q is not a kind of appointment; kinds are %v", a.Kind, Kinds)
	case !slices.Contains(Posts, a.Post):
		return vms.Errorf(vms.Invalid, "bad-post", "%q is not a post; posts are %v", a.Post, Posts)
	case a.Unit == "" && slices.Contains(UnitPosts, a.Post):
		return vms.Errorf(vms.Invalid, "unit-required", "the post %s needs a unit of organisation.yaml", a.Post)
	case a.To <= a.From:
		return vms.Errorf(vms.Invalid, "bad-period", "the appointment ends before it begins")
	}
	return nil
}

func known(ctx context.Context, tx *db.Tx, a Appointment) error {
	var n int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM person WHERE login = $1`, a.Login).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return unknown(a.Login)
	}
	if a.Unit == "" {
		return nil
	}
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM unit WHERE id = $1`, a.Unit).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return vms.Errorf(vms.NotFound, "no-unit", "no unit has the id %q; see organisation.yaml", a.Unit)
	}
	return nil
}

// Approve puts a waiting appointment in force. by must be neither who asked for it nor who is
// appointed (vms.Denied); whether they may approve at all is the caller's question.
func (r *Registry) Approve(ctx context.Context, id, by string) error {
	_, err := r.Decide(ctx, id, by, true)
	return err
}

// Refuse ends a waiting appointment before it began.
func (r *Registry) Refuse(ctx context.Context, id, by string) error {
	_, err := r.Decide(ctx, id, by, false)
	return err
}

// Decide approves or refuses a waiting appointment, and returns it as it is then.
func (r *Registry) Decide(ctx context.Context, id, by string, approve bool) (a Appointment, err error) {
	err = r.change(ctx, func(tx *db.Tx) error {
		if a, err = appointment(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case a.State != "waiting":
			return vms.Errorf(vms.Conflict, "not-waiting", "この任命は承認待ちではありません。 Appointment %q is %s", id, a.State)
		case approve && (by == "" || by == a.RequestedBy || by == a.Login):
			return vms.Errorf(vms.Denied, "second-person", "依頼した人と本人のほかの人が承認します。 Appointment %q needs a second person: not who asked for it, nor who is appointed", id)
		}
		a.State, a.DecidedBy = "refused", by
		if approve {
			a.State = "accepted"
		}
		_, err := tx.Exec(ctx, `UPDATE appointment SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1`,
			id, a.State, by, int64(r.opts.Now()))
		return err
	})
	return a, err
}

// End ends an appointment at that instant, 0 being now; it never makes one longer. One that has not
// begun by then never begins; one that waits is taken back.
func (r *Registry) End(ctx context.Context, id string, at vms.Instant) error {
	return r.change(ctx, func(tx *db.Tx) error { return r.end(ctx, tx, Ending{id, at}, "") })
}

// Ending says that an appointment ends, and when; 0 is now.
type Ending struct {
	ID string
	At vms.Instant
}

func (r *Registry) end(ctx context.Context, tx *db.Tx, e Ending, by string) error {
	now := r.opts.Now()
	if e.At == 0 {
		e.At = now
	}
	a, err := appointment(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	if a.State == "waiting" {
		_, err = tx.Exec(ctx, `UPDATE appointment SET state = 'refused', decided_by = $2, decided_at = $3 WHERE id = $1`, e.ID, by, int64(now))
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE appointment SET to_at = $2 WHERE id = $1 AND to_at > $2`, e.ID, int64(max(e.At, a.From)))
	return err
}

// Appointment returns one by its id, whatever its state; vms.NotFound where there is none.
func (r *Registry) Appointment(ctx context.Context, id string) (a Appointment, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) error {
		a, err = appointment(ctx, tx, id)
		return err
	})
	return a, err
}

func appointment(ctx context.Context, tx *db.Tx, id string) (Appointment, error) {
	found, err := appointments(ctx, tx, `id = $1`, id)
	if err != nil || len(found) == 0 {
		return Appointment{}, cmp.Or(err, noAppointment(id))
	}
	return found[0], nil
}

func noAppointment(id string) error {
	return vms.Errorf(vms.NotFound, "no-appointment", "この任命はありません。 No appointment has the id %q", id)
}

// Waiting returns the appointments that wait for a second person, oldest first.
func (r *Registry) Waiting(ctx context.Context) ([]Appointment, error) {
	var out []Appointment
	err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = appointments(ctx, tx, `state = 'waiting'`)
		return err
	})
	return out, err
}

func appointments(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Appointment, error) {
	var out []Appointment
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, login, post, unit, kind, from_at, to_at, state, requested_by, requested_at, decided_by
		FROM appointment WHERE `+where+` ORDER BY requested_at, id`, args...)) {
		if err != nil {
			return nil, err
		}
		var a Appointment
		if err := row.Scan(&a.ID, &a.Login, &a.Post, &a.Unit, &a.Kind, &a.From, &a.To, &a.State, &a.RequestedBy, &a.RequestedAt, &a.DecidedBy); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}
