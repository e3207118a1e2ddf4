package gateway

import (
	"context"
	"net/http"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type grantBody struct {
	ID            string       `json:"id"`
	Kind          string       `json:"kind" enum:"grant,denial,emergency"`
	Login         string       `json:"login" doc:"who gets it, or is excluded"`
	Name          string       `json:"name"`
	Cameras       []camBody    `json:"cameras" nullable:"false" doc:"empty: those of the unit, or all in an emergency"`
	Unit          string       `json:"unit"`
	UnitName      string       `json:"unit_name"`
	Actions       []string     `json:"actions" nullable:"false" doc:"of a denial none: it covers whatever shows people"`
	From          vms.Instant  `json:"from" format:"date-time"`
	To            *vms.Instant `json:"to" format:"date-time" nullable:"true" doc:"null: without end"`
	Reason        string       `json:"reason"`
	Case          string       `json:"case"`
	State         string       `json:"state" enum:"waiting,planned,active,expired,ended,refused"`
	RequestedBy   string       `json:"requested_by"`
	RequestedName string       `json:"requested_name"`
	RequestedAt   vms.Instant  `json:"requested_at" format:"date-time"`
	DecidedBy     string       `json:"decided_by"`
	DecidedName   string       `json:"decided_name"`
	EndedBy       string       `json:"ended_by"`
	EndedName     string       `json:"ended_name"`
	MayDecide     bool         `json:"may_decide"`
	MayEnd        bool         `json:"may_end"`
}

type grantsOutput struct {
	Body struct {
		Grants     []grantBody `json:"grants" nullable:"false" doc:"newest first"`
		MayRequest bool        `json:"may_request"`
		MayDeny    bool        `json:"may_deny"`
	}
}

func (g *Gateway) listGrants(ctx context.Context, _ *struct{}) (*grantsOutput, error) {
	p := who(ctx).session.Person
	list, err := g.Rights.Grants(ctx, asking(ctx))
	out, names := &grantsOutput{}, g.names()
	out.Body.Grants, out.Body.MayRequest, out.Body.MayDeny = []grantBody{}, g.Rights.MayRequest(p), g.Rights.MayApprove(p)
	for i := range list {
		if list[i].Kind != identity.Emergency {
			out.Body.Grants = append(out.Body.Grants, g.describeGrant(ctx, &list[i], names))
		}
	}
	return out, err
}

func (g *Gateway) describeGrant(ctx context.Context, r *identity.Grant, names *names) grantBody {
	b := grantBody{ID: r.ID, Kind: r.Kind, Login: r.Login, Name: names.of(ctx, r.Login), Cameras: []camBody{}, Unit: r.Unit, Actions: append([]string{}, r.Actions...),
		From: r.From, Reason: r.Reason, Case: r.Case, State: g.grantState(r), RequestedBy: r.RequestedBy, RequestedName: names.of(ctx, r.RequestedBy),
		RequestedAt: r.RequestedAt, DecidedBy: r.DecidedBy, EndedBy: r.EndedBy}
	if r.To != camera.Forever {
		b.To = orNull(r.To)
	}
	for _, id := range r.Cameras {
		if cam := g.Cameras().Find(id); cam != nil {
			b.Cameras = append(b.Cameras, camOf(cam))
		} else {
			b.Cameras = append(b.Cameras, camBody{ID: id, Number: string(id)})
		}
	}
	if r.Unit != "" {
		b.UnitName = g.unitName(r.Unit)
	}
	if r.DecidedBy != "" {
		b.DecidedName = names.of(ctx, r.DecidedBy)
	}
	if r.EndedBy != "" {
		b.EndedName = names.of(ctx, r.EndedBy)
	}
	p := who(ctx).session.Person
	b.MayDecide = b.State == "waiting" && g.Rights.MayDecide(p) && p.Login != r.RequestedBy && p.Login != r.Login
	b.MayEnd = (b.State == "waiting" || b.State == "active" || b.State == "planned") && g.Rights.MayEnd(p, r) == nil
	return b
}

func (g *Gateway) grantState(r *identity.Grant) string {
	now := g.now()
	switch {
	case r.State == "refused":
		return "refused"
	case r.EndedBy != "":
		return "ended"
	case now >= r.To:
		return "expired"
	case r.State == "waiting":
		return "waiting"
	case now < r.From:
		return "planned"
	}
	return "active"
}

type addGrantInput struct {
	Body struct {
		Kind    string         `json:"kind" enum:"grant,denial"`
		Login   string         `json:"login" maxLength:"64"`
		Cameras []vms.CameraID `json:"cameras,omitempty" maxItems:"100"`
		Unit    string         `json:"unit,omitempty" maxLength:"64"`
		Actions []string       `json:"actions,omitempty" maxItems:"5"`
		From    string         `json:"from,omitempty" format:"date-time" doc:"left out: at once"`
		To      string         `json:"to,omitempty" format:"date-time" doc:"of a grant at most 30 days later; of a denial left out: without end"`
		Reason  string         `json:"reason" maxLength:"2000"`
		Case    string         `json:"case,omitempty" maxLength:"64" doc:"number of the case"`
	}
}

type grantOutput struct {
	Status int
	Body   grantBody
}

func (g *Gateway) addGrant(ctx context.Context, in *addGrantInput) (*grantOutput, error) {
	b := in.Body
	ask := identity.Grant{Kind: b.Kind, Login: b.Login, Cameras: b.Cameras, Unit: b.Unit, Actions: b.Actions, Reason: b.Reason, Case: b.Case}
	for _, edge := range []struct {
		text string
		to   *vms.Instant
	}{{b.From, &ask.From}, {b.To, &ask.To}} {
		if edge.text == "" {
			continue
		}
		var err error
		if *edge.to, err = vms.ParseInstant(edge.text); err != nil {
			return nil, err
		}
	}
	made, err := g.Rights.Ask(ctx, asking(ctx), ask)
	if err != nil {
		return nil, err
	}
	return &grantOutput{http.StatusCreated, g.describeGrant(ctx, &made, g.names())}, nil
}

func (g *Gateway) approveGrant(ctx context.Context, in *ofID) (*struct{}, error) {
	return nil, g.Rights.DecideGrant(ctx, asking(ctx), in.ID, true)
}

func (g *Gateway) refuseGrant(ctx context.Context, in *ofID) (*struct{}, error) {
	return nil, g.Rights.DecideGrant(ctx, asking(ctx), in.ID, false)
}

func (g *Gateway) endGrant(ctx context.Context, in *ofID) (*struct{}, error) {
	return nil, g.Rights.End(ctx, asking(ctx), in.ID)
}
