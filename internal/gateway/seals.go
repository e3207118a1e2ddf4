package gateway

import (
	"context"

	"yagura/internal/vms"
)

type sealBody struct {
	Case         string       `json:"case" doc:"as it is stated with a purpose"`
	Reason       string       `json:"reason"`
	State        string       `json:"state" enum:"sealed,lapsed,closed"`
	SealedBy     string       `json:"sealed_by" doc:"name"`
	SealedAt     vms.Instant  `json:"sealed_at" format:"date-time"`
	Until        vms.Instant  `json:"until" format:"date-time" doc:"then heads are told of its views"`
	ExtendedBy   string       `json:"extended_by" doc:"name of who did last; empty: nobody"`
	ExtendedAt   *vms.Instant `json:"extended_at" format:"date-time" nullable:"true"`
	ClosedBy     string       `json:"closed_by" doc:"name; empty: nobody"`
	ClosedAt     *vms.Instant `json:"closed_at" format:"date-time" nullable:"true"`
	MayExtend    bool         `json:"may_extend" doc:"this person may extend it now"`
	NotExtending string       `json:"not_extending" doc:"code of why not: second-person, too-early, not-sealed; empty where they may"`
}

type sealsOutput struct {
	Body struct {
		Seals []sealBody `json:"seals" nullable:"false" doc:"newest first"`
		May   bool       `json:"may" doc:"this person seals and closes cases"`
	}
}

func (g *Gateway) listSeals(ctx context.Context, _ *struct{}) (*sealsOutput, error) {
	c := asking(ctx)
	list, may, err := g.Oversight.Seals(ctx, c)
	out, names, now := &sealsOutput{}, g.names(), g.now()
	out.Body.Seals, out.Body.May = []sealBody{}, may
	for _, s := range list {
		b := sealBody{Case: s.Case, Reason: s.Reason, State: "sealed", SealedBy: names.of(ctx, s.SealedBy), SealedAt: s.SealedAt, Until: s.Until,
			ExtendedAt: orNull(s.ExtendedAt), ClosedAt: orNull(s.ClosedAt)}
		switch {
		case s.ClosedBy != "":
			b.State, b.ClosedBy = "closed", names.of(ctx, s.ClosedBy)
		case !s.In(now):
			b.State = "lapsed"
		}
		if s.ExtendedBy != "" {
			b.ExtendedBy = names.of(ctx, s.ExtendedBy)
		}
		why := s.Extendable(c.Person.Login, now)
		b.MayExtend, b.NotExtending = may && why == nil, vms.Code(why)
		out.Body.Seals = append(out.Body.Seals, b)
	}
	return out, err
}

type sealInput struct {
	Body struct {
		Case   string `json:"case" minLength:"1" maxLength:"64"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func (g *Gateway) sealCase(ctx context.Context, in *sealInput) (*struct{}, error) {
	return nil, g.Oversight.Seal(ctx, asking(ctx), in.Body.Case, in.Body.Reason)
}

type sealedCaseInput struct {
	Body struct {
		Case string `json:"case" minLength:"1" maxLength:"64"`
	}
}

func (g *Gateway) extendSeal(ctx context.Context, in *sealedCaseInput) (*struct{}, error) {
	return nil, g.Oversight.Extend(ctx, asking(ctx), in.Body.Case)
}

func (g *Gateway) closeCase(ctx context.Context, in *sealedCaseInput) (*struct{}, error) {
	return nil, g.Oversight.Close(ctx, asking(ctx), in.Body.Case)
}
