package staff

import (
	"context"
	"slices"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Appoint asks for an appointment, which is in force at once where it gives no footage.
func (r *Room) Appoint(ctx context.Context, c identity.Caller, a identity.Appointment) (identity.Appointment, error) {
	err := r.mayChange(c)
	if err == nil {
		if a.From == 0 {
			a.From = r.Now()
		}
		if a.To == 0 {
			a.To = camera.Forever
		}
		err = r.placed(a)
	}
	if err == nil {
		var done identity.Changes
		done, err = r.Identity.Change(ctx, c.Person.Login, func(all []*identity.Member) (identity.Changes, error) {
			m, err := member(all, a.Login)
			if err == nil {
				err = alone(m, a)
			}
			return identity.Changes{Appoint: []identity.Appointment{a}}, err
		})
		if err == nil {
			a = done.Appoint[0]
		}
	}
	return a, r.did(ctx, c, audit.Appoint, say(a), err)
}

// placed says whether the unit exists during the whole of the appointment's beginning.
func (r *Room) placed(a identity.Appointment) error {
	u := r.Cameras().Organisation.Find(a.Unit)
	switch {
	case a.Unit == "":
		return nil
	case u == nil:
		return vms.Errorf(vms.NotFound, "no-unit", "部署「%s」はありません。 No unit has the id %q.", a.Unit, a.Unit)
	case !u.In(a.From):
		return vms.Errorf(vms.Invalid, "no-unit-then", "%sは、その日にはありません。日付か部署を直してください。 The unit %q does not exist on that day.", u.Name, u.ID)
	}
	return nil
}

// alone says whether the appointment is the person's only 本務 while it lasts, and is not there already.
func alone(m *identity.Member, a identity.Appointment) error {
	for _, b := range slices.Concat(m.Appointments, m.Requested) {
		if b.State == "refused" || !overlap(a, b) {
			continue
		}
		if b.Post == a.Post && b.Unit == a.Unit {
			return vms.Errorf(vms.Conflict, "appointed", "同じ期間に、同じ職がすでにあります（%s）。 The same post is there for that time already.", statesInWords[b.State])
		}
		if kindOf(a) == identity.Regular && b.Kind == identity.Regular {
			return vms.Errorf(vms.Conflict, "two-regular", "同じ期間に本務（%s）があります。先に終えるか、兼務・事務取扱にしてください。 There is a regular post (%s) at that time: end it first, or make this one concurrent or acting.", b.Post.Title(), b.Post)
		}
	}
	return nil
}

var statesInWords = map[string]string{"accepted": "有効", "waiting": "承認待ち"}

func kindOf(a identity.Appointment) identity.Kind {
	if a.Kind == "" {
		return identity.Regular
	}
	return a.Kind
}

func overlap(a, b identity.Appointment) bool {
	return vms.Span{From: a.From, To: a.To}.Overlaps(vms.Span{From: b.From, To: b.To})
}

// Decide approves or refuses what waits, as a second person.
func (r *Room) Decide(ctx context.Context, c identity.Caller, id string, approve bool) (identity.Appointment, error) {
	action := Refuse
	if approve {
		action = Approve
	}
	var a identity.Appointment
	err := r.mayApprove(c)
	if err == nil {
		a, err = r.Identity.Decide(ctx, id, c.Person.Login, approve)
	}
	detail := id
	if a.ID != "" {
		detail = say(a) + ", asked for by " + a.RequestedBy
	}
	return a, r.did(ctx, c, action, detail, err)
}

// End ends an appointment, at once or on a day to come; what waits is taken back. For those who keep the
// list, and for whoever may be a second person: taking a right away needs one.
func (r *Room) End(ctx context.Context, c identity.Caller, id string, at vms.Instant) (identity.Appointment, error) {
	var a identity.Appointment
	err := r.mayRead(c)
	if err == nil {
		a, err = r.end(ctx, c, id, at)
	}
	detail := id
	if a.ID != "" {
		detail = say(a)
	}
	return a, r.did(ctx, c, EndPost, detail, err)
}

func (r *Room) end(ctx context.Context, c identity.Caller, id string, at vms.Instant) (identity.Appointment, error) {
	now := r.Now()
	if at != 0 && at < now {
		return identity.Appointment{}, vms.Errorf(vms.Invalid, "bad-day", "終了日は今日より後にしてください。すぐ終えるときは「いま」を選びます。 The end lies in the past; leave it out to end at once.")
	}
	_, err := r.Identity.Change(ctx, c.Person.Login, func([]*identity.Member) (identity.Changes, error) {
		return identity.Changes{End: []identity.Ending{{ID: id, At: at}}}, nil
	})
	if err != nil {
		return identity.Appointment{}, err
	}
	return r.Identity.Appointment(ctx, id)
}

// Waiting returns the appointments that wait for a second person, oldest first.
func (r *Room) Waiting(ctx context.Context, c identity.Caller) ([]identity.Appointment, error) {
	if err := r.mayRead(c); err != nil {
		return nil, err
	}
	return r.Identity.Waiting(ctx)
}
