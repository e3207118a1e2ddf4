package gateway

import (
	"context"
	"net/http"

	"yagura/internal/hold"
	"yagura/internal/vms"
)

type holdBody struct {
	ID           string       `json:"id"`
	Camera       camBody      `json:"camera"`
	From         vms.Instant  `json:"from" format:"date-time" doc:"of the footage"`
	To           vms.Instant  `json:"to" format:"date-time"`
	Reason       string       `json:"reason"`
	Case         string       `json:"case" doc:"number of the case; empty: none"`
	State        string       `json:"state" enum:"held,release_asked,released,ended" doc:"ended: its day has come"`
	Until        vms.Instant  `json:"until" format:"date-time" doc:"then it ends by itself"`
	PlacedName   string       `json:"placed_name"`
	PlacedAt     vms.Instant  `json:"placed_at" format:"date-time"`
	ExtendedName string       `json:"extended_name" doc:"who did last; empty: nobody"`
	ExtendedAt   *vms.Instant `json:"extended_at" format:"date-time" nullable:"true"`
	AskedName    string       `json:"asked_name" doc:"who asks that it be released; empty: nobody"`
	AskedAt      *vms.Instant `json:"asked_at" format:"date-time" nullable:"true"`
	AskedWhy     string       `json:"asked_why"`
	ReleasedName string       `json:"released_name" doc:"empty: nobody"`
	ReleasedAt   *vms.Instant `json:"released_at" format:"date-time" nullable:"true"`
	MayChange    bool         `json:"may_change" doc:"this person may extend it, or ask for its release, now"`
	MayDecide    bool         `json:"may_decide" doc:"this person may approve its release now"`
	Recorded     *float64     `json:"recorded,omitempty" nullable:"true" doc:"seconds of its range there is footage of; told when it is placed"`
}

func (g *Gateway) describeHold(ctx context.Context, h *hold.Hold, names *names) holdBody {
	p, now := who(ctx).session.Person, g.now()
	b := holdBody{ID: h.ID, Camera: camBody{ID: h.Camera, Number: string(h.Camera)}, From: h.Span.From, To: h.Span.To, Reason: h.Reason, Case: h.Case,
		State: h.State(now), Until: h.Until, PlacedName: names.of(ctx, h.PlacedBy), PlacedAt: h.PlacedAt, ExtendedName: names.orNone(ctx, h.ExtendedBy),
		ExtendedAt: orNull(h.ExtendedAt), AskedName: names.orNone(ctx, h.AskedBy), AskedAt: orNull(h.AskedAt), AskedWhy: h.AskedWhy,
		ReleasedName: names.orNone(ctx, h.ReleasedBy), ReleasedAt: orNull(h.ReleasedAt)}
	if cam := g.Cameras().Find(h.Camera); cam != nil {
		b.Camera = camOf(cam)
	}
	manages := h.InForce(now) && g.Hold.Manages(p)
	b.MayChange = manages && h.AskedBy == ""
	b.MayDecide = manages && h.AskedBy != "" && h.AskedBy != p.Login
	return b
}

// orNone is of, and empty where there is nobody.
func (n *names) orNone(ctx context.Context, login string) string {
	if login == "" {
		return ""
	}
	return n.of(ctx, login)
}

type listHoldsInput struct {
	Camera  vms.CameraID `query:"camera" maxLength:"32"`
	From    string       `query:"from" format:"date-time" doc:"footage from then; with to"`
	To      string       `query:"to" format:"date-time"`
	InForce bool         `query:"in_force" doc:"only what keeps footage now"`
}

type holdsOutput struct {
	Body struct {
		Holds   []holdBody `json:"holds" nullable:"false" doc:"placed last first, at most 500"`
		Manages bool       `json:"manages" doc:"this person extends and releases holds"`
	}
}

func (g *Gateway) listHolds(ctx context.Context, in *listHoldsInput) (_ *holdsOutput, err error) {
	f := hold.Filter{Camera: in.Camera, InForce: in.InForce}
	if in.From != "" || in.To != "" {
		if f.Span, err = spanOf(in.From, in.To); err != nil {
			return nil, err
		}
	}
	p := who(ctx).session.Person
	list, err := g.Hold.List(ctx, p, f)
	out, names := &holdsOutput{}, g.names()
	out.Body.Holds, out.Body.Manages = []holdBody{}, g.Hold.Manages(p)
	for i := range list {
		out.Body.Holds = append(out.Body.Holds, g.describeHold(ctx, &list[i], names))
	}
	return out, err
}

// spanOf reads two times, the second after the first.
func spanOf(from, to string) (s vms.Span, err error) {
	if s.From, err = vms.ParseInstant(from); err != nil {
		return s, err
	}
	if s.To, err = vms.ParseInstant(to); err == nil && s.Empty() {
		err = vms.Errorf(vms.Invalid, "bad-range", "終わりの日時は、始まりより後にしてください。 A range ends after it begins.")
	}
	return s, err
}

type placeHoldInput struct {
	Body struct {
		Camera vms.CameraID `json:"camera" maxLength:"32"`
		From   vms.Instant  `json:"from" format:"date-time" doc:"of the footage"`
		To     vms.Instant  `json:"to" format:"date-time" doc:"at most 24 hours later; it may lie in the future"`
		Reason string       `json:"reason" maxLength:"2000"`
		Case   string       `json:"case,omitempty" maxLength:"256" doc:"number of the case"`
		Until  vms.Instant  `json:"until" format:"date-time" doc:"then it ends by itself; at most a year from now"`
	}
}

type holdOutput struct {
	Status int
	Body   holdBody
}

func (g *Gateway) placeHold(ctx context.Context, in *placeHoldInput) (*holdOutput, error) {
	b := in.Body
	h, err := g.Hold.Place(ctx, asking(ctx), hold.Hold{Camera: b.Camera, Span: vms.Span{From: b.From, To: b.To}, Reason: b.Reason, Case: b.Case, Until: b.Until})
	if err != nil {
		return nil, err
	}
	length, err := g.Hold.Recorded(ctx, h)
	out := &holdOutput{http.StatusCreated, g.describeHold(ctx, &h, g.names())}
	seconds := float64(length) / 1e6
	out.Body.Recorded = &seconds
	return out, err
}

type extendHoldInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Until vms.Instant `json:"until" format:"date-time"`
	}
}

func (g *Gateway) extendHold(ctx context.Context, in *extendHoldInput) (*holdOutput, error) {
	h, err := g.Hold.Extend(ctx, asking(ctx), in.ID, in.Body.Until)
	return g.changedHold(ctx, h, err)
}

type releaseHoldInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (g *Gateway) askRelease(ctx context.Context, in *releaseHoldInput) (*holdOutput, error) {
	h, err := g.Hold.AskRelease(ctx, asking(ctx), in.ID, in.Body.Reason)
	return g.changedHold(ctx, h, err)
}

func (g *Gateway) approveRelease(ctx context.Context, in *ofID) (*holdOutput, error) {
	h, err := g.Hold.Decide(ctx, asking(ctx), in.ID, true)
	return g.changedHold(ctx, h, err)
}

func (g *Gateway) keepHold(ctx context.Context, in *ofID) (*holdOutput, error) {
	h, err := g.Hold.Decide(ctx, asking(ctx), in.ID, false)
	return g.changedHold(ctx, h, err)
}

func (g *Gateway) changedHold(ctx context.Context, h hold.Hold, err error) (*holdOutput, error) {
	if err != nil {
		return nil, err
	}
	return &holdOutput{http.StatusOK, g.describeHold(ctx, &h, g.names())}, nil
}
