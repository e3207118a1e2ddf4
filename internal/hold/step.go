package hold

import (
	"context"
	"crypto/rand"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Place keeps footage of a camera, all its streams, from being erased. Camera, Span, Reason, Until and maybe Case are
// the caller's; the rest is filled in.
func (r *Room) Place(ctx context.Context, c identity.Caller, h Hold) (Hold, error) {
	if err := r.check(c, &h); err != nil {
		return Hold{}, r.refused(ctx, c, Placed, string(h.Camera)+" "+h.Span.String(), err)
	}
	h = Hold{ID: rand.Text(), Camera: h.Camera, Span: h.Span, Reason: h.Reason, Case: h.Case, Until: h.Until, PlacedBy: c.Person.Login, PlacedAt: r.Now()}
	return h, r.logged(ctx, c, Placed, h, func() error {
		return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.write(ctx, tx, h) })
	})
}

// Extend has a hold end later, for a reason; never earlier: that is a release.
func (r *Room) Extend(ctx context.Context, c identity.Caller, id string, until vms.Instant) (Hold, error) {
	return r.change(ctx, c, Extended, id, func(h *Hold, now vms.Instant) error {
		if until <= h.Until {
			return vms.Errorf(vms.Invalid, "bad-until", "延長後の期限は、今の期限より後にしてください。 The new end must be after the present one.")
		}
		h.Until, h.ExtendedBy, h.ExtendedAt = until, c.Person.Login, now
		return r.checkUntil(until)
	})
}

// AskRelease asks that a hold be released; where the safeguard of the second person is off, it is released.
func (r *Room) AskRelease(ctx context.Context, c identity.Caller, id, why string) (Hold, error) {
	why, bad := text(why, mostReason, "reason-required", "解除の理由", "Say why it is released")
	action := Asked
	if r.Alone {
		action = Released
	}
	return r.change(ctx, c, action, id, func(h *Hold, now vms.Instant) error {
		if bad == nil && h.AskedBy != "" {
			return vms.Errorf(vms.Conflict, "asked-before", "解除は、すでに申請されています。 Its release was asked for already.")
		}
		h.AskedBy, h.AskedAt, h.AskedWhy = c.Person.Login, now, why
		if r.Alone {
			h.ReleasedBy, h.ReleasedAt = c.Person.Login, now
		}
		return bad
	})
}

// Decide ends what was asked for: release, by somebody else than who asked, or the hold stays.
func (r *Room) Decide(ctx context.Context, c identity.Caller, id string, release bool) (Hold, error) {
	action := Kept
	if release {
		action = Released
	}
	return r.change(ctx, c, action, id, func(h *Hold, now vms.Instant) error {
		switch {
		case h.AskedBy == "":
			return vms.Errorf(vms.Conflict, "not-asked", "解除は申請されていません。 Nobody asked for its release.")
		case !release:
			h.AskedBy, h.AskedAt, h.AskedWhy = "", 0, ""
		case h.AskedBy == c.Person.Login:
			return vms.Errorf(vms.Denied, "second-person", "解除は、申請した人とは別の人が承認します。 Somebody else than who asked approves a release.")
		default:
			h.ReleasedBy, h.ReleasedAt = c.Person.Login, now
		}
		return nil
	})
}
