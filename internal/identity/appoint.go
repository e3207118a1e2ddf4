package identity

import (
	"context"
	"crypto/rand"
	"slices"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Appoint gives a post to a person. From 0 is now, To 0 is without end. by is who asks: a login,
// or another name for a command line. A post that gives footage comes back waiting while a second
// person is required; all others are accepted.
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
	if a.Post.GivesFootage() && r.opts.SecondPerson {
		a.State = "waiting"
	}
	if err := known(ctx, tx, *a); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO appointment
		(id, login, post, unit, from_at, to_at, state, requested_by, requested_at, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0)`,
		a.ID, a.Login, string(a.Post), a.Unit, int64(a.From), int64(a.To), a.State, by, int64(now))
	return err
}

// complete fills in what was left out, and says what is wrong.
func (a *Appointment) complete(now vms.Instant) error {
	if a.From == 0 {
		a.From = now
	}
	if a.To == 0 {
		a.To = camera.Forever
	}
	switch {
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
	return r.decide(ctx, id, by, "accepted")
}

// Refuse ends a waiting appointment before it began.
func (r *Registry) Refuse(ctx context.Context, id, by string) error {
	return r.decide(ctx, id, by, "refused")
}

func (r *Registry) decide(ctx context.Context, id, by, state string) error {
	return r.change(ctx, func(tx *db.Tx) error {
		found, err := appointments(ctx, tx, `id = $1`, id)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return noAppointment(id)
		case found[0].State != "waiting":
			return vms.Errorf(vms.Conflict, "not-waiting", "appointment %q is %s", id, found[0].State)
		case state == "accepted" && (by == "" || by == found[0].RequestedBy || by == found[0].Login):
			return vms.Errorf(vms.Denied, "second-person", "appointment %q needs a second person: not who asked for it, nor who is appointed", id)
		}
		_, err = tx.Exec(ctx, `UPDATE appointment SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1`,
			id, state, by, int64(r.opts.Now()))
		return err
	})
}

// End ends an appointment at that instant, 0 being now; it never makes one longer.
func (r *Registry) End(ctx context.Context, id string, at vms.Instant) error {
	if at == 0 {
		at = r.opts.Now()
	}
	return r.change(ctx, func(tx *db.Tx) error {
		found, err := appointments(ctx, tx, `id = $1`, id)
		if err == nil && len(found) == 0 {
			return noAppointment(id)
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE appointment SET to_at = $2 WHERE id = $1 AND to_at > $2`, id, int64(at))
		return err
	})
}

func noAppointment(id string) error {
	return vms.Errorf(vms.NotFound, "no-appointment", "no appointment has the id %q", id)
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
	rows, err := tx.Query(ctx, `SELECT id, login, post, unit, from_at, to_at, state, requested_by, requested_at, decided_by
		FROM appointment WHERE `+where+` ORDER BY requested_at, id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Appointment
	for rows.Next() {
		var a Appointment
		if err := rows.Scan(&a.ID, &a.Login, &a.Post, &a.Unit, &a.From, &a.To, &a.State, &a.RequestedBy, &a.RequestedAt, &a.DecidedBy); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}
