package viewing

import (
	"context"
	"errors"
	"time"

	"yagura/internal/audit"
	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// stillTime bounds how long one picture may take: a store that is slower is as good as away.
const stillTime = 10 * time.Second

// Picture checks and audits like Open, and returns the units it takes to decode the one picture shown
// at q.At, the picture last in time being it (see archive.Picture). Its row is view.still; it is
// durable before anything is read, and closed with the stretch the units cover. The right is looked
// up again after reading.
func (v *Viewer) Picture(ctx context.Context, q whep.Request) ([]*media.Unit, error) {
	if q.At == 0 {
		return nil, vms.Errorf(vms.Invalid, "bad-time", "a picture is one of the past: at is needed")
	}
	r := v.room
	w, cam, err := v.begin(ctx, q, audit.ViewStill)
	if err != nil {
		return nil, err
	}
	if _, err := r.Audit.Append(ctx, w.opening()); err != nil {
		r.later(closing{w, nil, "not opened", time.Now()}) // the row may have been written all the same
		return nil, r.away(ctx, err)
	}
	late, cancel := context.WithTimeout(ctx, stillTime)
	defer cancel()
	w.permit = r.permitted(w.session.Person, cam, w.request)
	units, err := r.Archive.Picture(late, vms.Feed{Camera: cam.ID, Stream: q.Stream}, q.At, w.permit)
	if err == nil {
		err = v.again(late, w)
	}
	if err != nil {
		r.later(closing{w, nil, "not opened: " + err.Error(), time.Now()})
		return nil, slow(ctx, err)
	}
	r.later(closing{w, []vms.Span{covered(units)}, "one picture", time.Now()})
	return units, nil
}

// again is nil while the view is still right.
func (v *Viewer) again(ctx context.Context, w *view) error {
	s, err := v.room.Identity.Keep(ctx, v.session)
	if err != nil {
		return v.room.away(ctx, err)
	}
	w.reader = &tracked{}
	return v.room.still(w, s)
}

// slow is what a person hears of a store that did not answer in time.
func slow(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return vms.Errorf(vms.Conflict, "unavailable", "映像の保管先が応答しません。時間をおいて、もう一度お試しください。 The store does not answer; try again later.")
	}
	return err
}

// covered is the stretch that units show.
func covered(units []*media.Unit) vms.Span {
	s := vms.Span{From: units[0].At, To: units[0].At}
	for _, u := range units {
		s.From, s.To = min(s.From, u.At), max(s.To, u.At)
	}
	s.To = s.To.Add(pictureTime)
	return s
}
