package gateway

import (
	"context"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

// nightBody is what a session says of 緊急閲覧.
type nightBody struct {
	Offered bool         `json:"offered" doc:"this person's post may begin one, at night"`
	Until   *vms.Instant `json:"until" format:"date-time" nullable:"true" doc:"one runs until then; null: none does"`
}

func (g *Gateway) night(p *identity.Person) nightBody {
	b := nightBody{Offered: g.Rights.MayNeedEmergency(p)}
	if running := g.Rights.Running(p); running != nil {
		b.Until = orNull(running.To)
	}
	return b
}

type emergencyBody struct {
	ID           string       `json:"id"`
	Login        string       `json:"login"`
	Name         string       `json:"name"`
	From         vms.Instant  `json:"from" format:"date-time"`
	To           vms.Instant  `json:"to" format:"date-time"`
	Running      bool         `json:"running"`
	Reason       string       `json:"reason"`
	Due          vms.Instant  `json:"due" format:"date-time" doc:"until then it is to be reviewed"`
	Finding      string       `json:"finding" doc:"empty: not reviewed yet"`
	ReviewedBy   string       `json:"reviewed_by"`
	ReviewedName string       `json:"reviewed_name"`
	ReviewedAt   *vms.Instant `json:"reviewed_at" format:"date-time" nullable:"true"`
	MayReview    bool         `json:"may_review"`
}

type emergenciesOutput struct {
	Body struct {
		MayBegin    bool            `json:"may_begin" doc:"now"`
		Why         string          `json:"why" doc:"why not; empty: one may"`
		Offered     bool            `json:"offered" doc:"this person's post may begin one, at night"`
		Emergencies []emergencyBody `json:"emergencies" nullable:"false" doc:"newest first"`
	}
}

func (g *Gateway) listEmergencies(ctx context.Context, _ *struct{}) (*emergenciesOutput, error) {
	p := who(ctx).session.Person
	list, err := g.Rights.Emergencies(ctx, asking(ctx))
	out, names := &emergenciesOutput{}, g.names()
	b := &out.Body
	why := g.Rights.MayBegin(p)
	if b.MayBegin, b.Offered, b.Emergencies = why == nil, g.Rights.MayNeedEmergency(p), []emergencyBody{}; why != nil {
		b.Why = why.Error()
	}
	for i := range list {
		b.Emergencies = append(b.Emergencies, g.describeEmergency(ctx, &list[i], names))
	}
	return out, err
}

func (g *Gateway) describeEmergency(ctx context.Context, r *identity.Grant, names *names) emergencyBody {
	b := emergencyBody{ID: r.ID, Login: r.Login, Name: names.of(ctx, r.Login), From: r.From, To: r.To, Running: r.InForce(g.now()), Reason: r.Reason,
		Due: g.Rights.Due(r), Finding: r.Finding, ReviewedBy: r.ReviewedBy, ReviewedAt: orNull(r.ReviewedAt)}
	if r.ReviewedBy != "" {
		b.ReviewedName = names.of(ctx, r.ReviewedBy)
	}
	p := who(ctx).session.Person
	b.MayReview = g.Rights.Reviews(p) && p.Login != r.Login && !b.Running && r.Finding == ""
	return b
}

type viewedBody struct {
	Camera  camBody     `json:"camera"`
	Action  string      `json:"action" enum:"view.live,view.past,view.still"`
	Time    vms.Instant `json:"time" format:"date-time" doc:"when it was looked at"`
	Purpose string      `json:"purpose"`
	Ranges  []vms.Span  `json:"ranges" nullable:"false" doc:"footage really seen, once the view has ended"`
}

type emergencyOutput struct {
	Body struct {
		Emergency emergencyBody `json:"emergency"`
		Views     []viewedBody  `json:"views" nullable:"false" doc:"newest first"`
	}
}

func (g *Gateway) emergency(ctx context.Context, in *ofID) (*emergencyOutput, error) {
	e, views, err := g.Rights.Emergency(ctx, asking(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &emergencyOutput{}
	out.Body.Emergency, out.Body.Views = g.describeEmergency(ctx, &e, g.names()), []viewedBody{}
	for i := range views {
		v := &views[i]
		one := viewedBody{camBody{ID: v.Camera, Number: string(v.Camera), Kind: "surveillance"}, v.Action, v.Time, v.Purpose, append([]vms.Span{}, v.Ranges...)}
		if cam := g.Cameras().Find(v.Camera); cam != nil {
			one.Camera = camOf(cam)
		}
		out.Body.Views = append(out.Body.Views, one)
	}
	return out, nil
}

type beginEmergencyInput struct {
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (g *Gateway) beginEmergency(ctx context.Context, in *beginEmergencyInput) (*struct{ Body nightBody }, error) {
	made, err := g.Rights.Begin(ctx, asking(ctx), in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return &struct{ Body nightBody }{nightBody{true, orNull(made.To)}}, nil
}

func (g *Gateway) stopEmergency(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, g.Rights.Stop(ctx, asking(ctx))
}

type reviewEmergencyInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Finding string `json:"finding" maxLength:"8000"`
	}
}

func (g *Gateway) reviewEmergency(ctx context.Context, in *reviewEmergencyInput) (*struct{}, error) {
	return nil, g.Rights.Review(ctx, asking(ctx), in.ID, in.Body.Finding)
}
