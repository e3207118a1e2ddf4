package gateway

import (
	"context"

	"yagura/internal/inquiry"
	"yagura/internal/vms"
)

// HeldInquiryBody is an inquiry as 監査 sees it.
type HeldInquiryBody struct {
	InquiryBody
	Contact   string `json:"contact" doc:"as given; empty: none, or no longer kept"`
	DecidedBy string `json:"decided_by" doc:"name"`
}

func (g *Gateway) heldInquiry(ctx context.Context, q inquiry.Inquiry, names *names) HeldInquiryBody {
	b := HeldInquiryBody{InquiryBody: inquiryBodyOf(q), Contact: q.Contact}
	if q.DecidedBy != "" {
		b.DecidedBy = names.of(ctx, q.DecidedBy)
	}
	return b
}

type inquiriesOutput struct {
	Body struct {
		Inquiries []HeldInquiryBody `json:"inquiries" nullable:"false" doc:"those that wait first, soonest due first"`
	}
}

func (g *Gateway) listInquiries(ctx context.Context, _ *struct{}) (*inquiriesOutput, error) {
	list, err := g.Inquiry.List(ctx, who(ctx).session.Person)
	out, names := &inquiriesOutput{}, g.names()
	out.Body.Inquiries = []HeldInquiryBody{}
	for _, q := range list {
		out.Body.Inquiries = append(out.Body.Inquiries, g.heldInquiry(ctx, q, names))
	}
	return out, err
}

type ofInquiry struct {
	Number string `path:"number" maxLength:"40"`
}

type draftOutput struct {
	Body struct {
		HeldInquiryBody
		Until    *vms.Instant      `json:"until,omitempty" format:"date-time" doc:"while it waits: the log was read until then"`
		Found    []inquiryViewBody `json:"found" nullable:"false" doc:"what an answer would tell"`
		Withheld int               `json:"withheld" doc:"views it would not tell, because they belong to a case"`
	}
}

func (g *Gateway) inquiry(ctx context.Context, in *ofInquiry) (*draftOutput, error) {
	d, err := g.Inquiry.Prepare(ctx, who(ctx).session.Person, in.Number)
	if err != nil {
		return nil, err
	}
	out := &draftOutput{}
	out.Body.HeldInquiryBody = g.heldInquiry(ctx, d.Inquiry, g.names())
	if out.Body.Found, out.Body.Withheld = inquiryViews(d.Found), d.Withheld; d.Until != 0 {
		out.Body.Until = &d.Until
	}
	return out, nil
}

type answerInquiryInput struct {
	Number string `path:"number" maxLength:"40"`
	Body   struct {
		Until vms.Instant `json:"until" format:"date-time" doc:"of what was prepared"`
		Note  string      `json:"note,omitempty" maxLength:"2000"`
	}
}

func (g *Gateway) answerInquiry(ctx context.Context, in *answerInquiryInput) (*struct{}, error) {
	return nil, g.Inquiry.Answer(ctx, asking(ctx), in.Number, in.Body.Until, in.Body.Note)
}

type refuseInquiryInput struct {
	Number string `path:"number" maxLength:"40"`
	Body   struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (g *Gateway) refuseInquiry(ctx context.Context, in *refuseInquiryInput) (*struct{}, error) {
	return nil, g.Inquiry.Refuse(ctx, asking(ctx), in.Number, in.Body.Reason)
}
