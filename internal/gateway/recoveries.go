package gateway

import (
	"context"
	"fmt"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type recoveryBody struct {
	ID      string      `json:"id"`
	Login   string      `json:"login"`
	Name    string      `json:"name"`
	Reason  string      `json:"reason"`
	State   string      `json:"state" enum:"waiting,approved"`
	By      string      `json:"by" doc:"login of who asked"`
	At      vms.Instant `json:"at" format:"date-time"`
	Decided string      `json:"decided" doc:"login of who approved; empty: nobody yet"`
	Expires vms.Instant `json:"expires" format:"date-time" doc:"of the request while it waits, then of the code"`
	Mine    bool        `json:"mine" doc:"this person asked, or is recovered: somebody else approves"`
}

type recoveriesOutput struct {
	Body struct {
		Recoveries []recoveryBody `json:"recoveries" nullable:"false"`
		MayAsk     bool           `json:"may_ask"`
	}
}

func (g *Gateway) listRecoveries(ctx context.Context, _ *struct{}) (*recoveriesOutput, error) {
	p := who(ctx).session.Person
	ask, approve := g.Identity.MayRecover(p)
	if !ask && !approve {
		return nil, vms.Errorf(vms.Denied, "denied", "管理者と情報安全担当だけが開けます。 For administrators and information security.")
	}
	list, err := g.Identity.Recoveries(ctx)
	out := &recoveriesOutput{}
	out.Body.Recoveries, out.Body.MayAsk = []recoveryBody{}, ask
	for _, r := range list {
		out.Body.Recoveries = append(out.Body.Recoveries, recoveryBody{r.ID, r.Login, r.Name, r.Reason, r.State, r.RequestedBy, r.RequestedAt, r.DecidedBy, r.Expires,
			p.Login == r.RequestedBy || p.Login == r.Login})
	}
	return out, err
}

type askRecoveryInput struct {
	Body struct {
		Login  string `json:"login" maxLength:"64"`
		Reason string `json:"reason" maxLength:"200"`
	}
}

type halfCodeOutput struct {
	Body struct {
		Half    string      `json:"half" doc:"half of the code, shown once; empty where it was refused"`
		Expires vms.Instant `json:"expires" format:"date-time"`
	}
}

func (g *Gateway) askRecovery(ctx context.Context, in *askRecoveryInput) (*halfCodeOutput, error) {
	_, half, err := g.Identity.AskRecovery(ctx, who(ctx).session.Person, in.Body.Login, in.Body.Reason)
	out := &halfCodeOutput{}
	out.Body.Half, out.Body.Expires = half, g.now().Add(identity.RecoveryWaits)
	return out, g.did(ctx, audit.AskRecovery, fmt.Sprintf("for %s: %s", in.Body.Login, in.Body.Reason), err)
}

func (g *Gateway) approveRecovery(ctx context.Context, in *ofID) (*halfCodeOutput, error) {
	return g.decideRecovery(ctx, in.ID, true)
}

func (g *Gateway) refuseRecovery(ctx context.Context, in *ofID) (*halfCodeOutput, error) {
	return g.decideRecovery(ctx, in.ID, false)
}

func (g *Gateway) decideRecovery(ctx context.Context, id string, approve bool) (*halfCodeOutput, error) {
	r, half, err := g.Identity.DecideRecovery(ctx, who(ctx).session.Person, id, approve)
	out := &halfCodeOutput{}
	out.Body.Half, out.Body.Expires = half, r.Expires
	return out, g.did(ctx, audit.DecideRecovery, fmt.Sprintf("for %s, asked for by %s: %s", r.Login, r.RequestedBy, r.State), err)
}

type checkStartInput struct {
	Body struct {
		Code string `json:"code" maxLength:"64" doc:"what stands behind # in the link of the first start"`
	}
}

type startInput struct {
	Body struct {
		Code     string `json:"code" maxLength:"64"`
		Post     string `json:"post" enum:"administrator,information_security"`
		Login    string `json:"login" maxLength:"64"`
		Name     string `json:"name" maxLength:"60"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type startOutput struct {
	Body struct {
		Posts []string `json:"posts" nullable:"false" enum:"administrator,information_security" doc:"who is still to be made"`
	}
}

func (g *Gateway) checkStart(ctx context.Context, in *checkStartInput) (*startOutput, error) {
	left, err := g.Identity.StartPosts(ctx, in.Body.Code)
	return postsLeft(left), g.away(ctx, err)
}

func (g *Gateway) start(ctx context.Context, in *startInput) (*startOutput, error) {
	b := in.Body
	if err := g.Identity.Start(ctx, b.Code, identity.Post(b.Post), b.Login, b.Name, b.Password); err != nil {
		return nil, g.away(ctx, err)
	}
	for _, action := range []string{audit.AddPerson, audit.Appoint} {
		e := audit.Entry{Actor: identity.FirstStart, From: who(ctx).source, Action: action, Detail: b.Login + ": " + b.Post + ", accepted"}
		if _, err := g.Audit.Append(ctx, e); err != nil {
			return nil, g.away(ctx, err)
		}
	}
	left, err := g.Identity.StartPosts(ctx, b.Code)
	if vms.Code(err) != "" {
		err = nil // that was the last one, and the link is of no more use
	}
	return postsLeft(left), g.away(ctx, err)
}

func postsLeft(left []identity.Post) *startOutput {
	out := &startOutput{}
	out.Body.Posts = []string{}
	for _, p := range left {
		out.Body.Posts = append(out.Body.Posts, string(p))
	}
	return out
}
