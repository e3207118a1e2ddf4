package gateway

import (
	"context"
	"fmt"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// did notes what somebody did about how they sign in, or was refused.
func (g *Gateway) did(ctx context.Context, action, detail string, err error) error {
	c := who(ctx)
	return g.Audit.Did(ctx, audit.Entry{Actor: c.session.Person.Login, Session: c.session.ID, From: c.source, Action: action, Detail: detail}, err)
}

type passwordInput struct {
	Body struct {
		Current  string `json:"current" maxLength:"1024"`
		Password string `json:"password" maxLength:"1024"`
	}
}

func (g *Gateway) choosePassword(ctx context.Context, in *passwordInput) (*struct{}, error) {
	c := who(ctx)
	err := g.Identity.ChoosePassword(ctx, c.session, in.Body.Current, in.Body.Password, c.source)
	return nil, wrongProof(g.did(ctx, audit.Password, c.session.Person.Login, err))
}

type useBody struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind" enum:"session,token"`
	Label   string      `json:"label" doc:"of a token: what it is for"`
	Source  string      `json:"source" doc:"where it was made: an address, or who made a token"`
	Factor  string      `json:"factor" doc:"what its person calls the key or code they proved; empty: the password alone"`
	Created vms.Instant `json:"created" format:"date-time"`
	Acted   vms.Instant `json:"acted" format:"date-time" doc:"last request, to a minute"`
	Expires vms.Instant `json:"expires" format:"date-time"`
	Waits   bool        `json:"waits" doc:"a token that works once its person confirmed it"`
	Current bool        `json:"current" doc:"the one this is asked by"`
}

type usesOutput struct {
	Body struct {
		Sessions []useBody `json:"sessions" nullable:"false"`
		Most     int       `json:"most" doc:"sign-ins at once; a further one ends the oldest"`
	}
}

func (g *Gateway) listUses(ctx context.Context, _ *struct{}) (*usesOutput, error) {
	s := who(ctx).session
	list, err := g.Identity.Uses(ctx, s.Person.Login)
	out := &usesOutput{}
	out.Body.Sessions, out.Body.Most = []useBody{}, identity.Parallel
	for _, u := range list {
		out.Body.Sessions = append(out.Body.Sessions, useBody{u.ID, u.Kind, u.Label, u.Source, u.Factor, u.Created, u.Acted, u.Expires, u.Waits, u.ID == s.ID})
	}
	return out, err
}

type ofID struct {
	ID string `path:"id"`
}

func (g *Gateway) endUse(ctx context.Context, in *ofID) (*struct{}, error) {
	err := g.Identity.EndUse(ctx, who(ctx).session.Person.Login, in.ID)
	if err == nil {
		g.sessions.end(in.ID, "一覧から終了しました。 Ended from the list.")
	}
	return nil, g.did(ctx, audit.EndSession, in.ID, err)
}

type tokenInput struct {
	Body struct {
		Label string `json:"label" minLength:"1" maxLength:"60" doc:"what it is for"`
		Hours int    `json:"hours" minimum:"1" maximum:"8760" doc:"how long it lasts; at most 24 for posts that see footage"`
	}
}

type tokenOutput struct {
	Body struct {
		Token   string      `json:"token" doc:"shown once"`
		Expires vms.Instant `json:"expires" format:"date-time"`
	}
}

func (g *Gateway) addToken(ctx context.Context, in *tokenInput) (*tokenOutput, error) {
	login, lasts := who(ctx).session.Person.Login, time.Duration(in.Body.Hours)*time.Hour
	out := &tokenOutput{}
	var err error
	out.Body.Token, err = g.Identity.AddToken(ctx, login, in.Body.Label, login, lasts)
	out.Body.Expires = g.now().Add(lasts)
	return out, g.did(ctx, audit.AddToken, fmt.Sprintf("for %s, %s, %s", login, lasts, in.Body.Label), err)
}

func (g *Gateway) confirmToken(ctx context.Context, in *ofID) (*struct{}, error) {
	label, err := g.Identity.ConfirmToken(ctx, who(ctx).session.Person.Login, in.ID)
	return nil, g.did(ctx, audit.ConfirmToken, in.ID+" "+label, err)
}

type factorBody struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind" enum:"webauthn,totp"`
	Label   string      `json:"label"`
	Created vms.Instant `json:"created" format:"date-time"`
	Used    vms.Instant `json:"used" format:"date-time"`
}

type factorsOutput struct {
	Body struct {
		Factors  []factorBody `json:"factors" nullable:"false"`
		Required bool         `json:"required" doc:"the last one cannot be removed"`
		Codes    bool         `json:"codes" doc:"an administrator allows codes"`
	}
}

func (g *Gateway) listFactors(ctx context.Context, _ *struct{}) (*factorsOutput, error) {
	p := who(ctx).session.Person
	list, err := g.Identity.Factors(ctx, p.Login)
	out := &factorsOutput{}
	out.Body.Factors, out.Body.Required = []factorBody{}, g.Identity.Requires(p)
	for _, f := range list {
		out.Body.Factors = append(out.Body.Factors, factorBody{f.ID, f.Kind, f.Label, f.Created, f.Used})
	}
	if err == nil {
		out.Body.Codes, err = g.Identity.CodesAllowed(ctx, p.Login)
	}
	return out, err
}

func (g *Gateway) beginKey(ctx context.Context, _ *struct{}) (*keyOptionsOutput, error) {
	options, err := g.Identity.CreateKey(ctx, who(ctx).session)
	out := &keyOptionsOutput{}
	out.Body.Kind, out.Body.PublicKey = "create", options
	return out, err
}

type factorOutput struct{ Body factorBody }

func (g *Gateway) addKey(ctx context.Context, in *keyInput) (*factorOutput, error) {
	f, err := g.Identity.AddKey(ctx, who(ctx).session, in.Body.Key, in.Body.Label)
	return g.added(ctx, f, err)
}

func (g *Gateway) beginCode(ctx context.Context, in *struct{}) (*newCodeOutput, error) {
	return g.halfCode(ctx, in)
}

func (g *Gateway) addCode(ctx context.Context, in *codeInput) (*factorOutput, error) {
	f, err := g.Identity.AddCode(ctx, who(ctx).session, in.Body.Code, in.Body.Label, who(ctx).source)
	return g.added(ctx, f, err)
}

func (g *Gateway) added(ctx context.Context, f identity.Factor, err error) (*factorOutput, error) {
	return &factorOutput{factorBody{f.ID, f.Kind, f.Label, g.now(), g.now()}}, g.did(ctx, audit.AddFactor, factorDetail(f), err)
}

func (g *Gateway) removeFactor(ctx context.Context, in *ofID) (*struct{}, error) {
	f, err := g.Identity.RemoveFactor(ctx, who(ctx).session, in.ID)
	return nil, g.did(ctx, audit.RemoveFactor, factorDetail(f), err)
}

type codesInput struct {
	Login string `path:"login"`
	Body  struct {
		Allowed bool `json:"allowed"`
	}
}

func (g *Gateway) allowCodes(ctx context.Context, in *codesInput) (*struct{}, error) {
	err := g.Access.CheckUnit(who(ctx).session.Person, access.People, "", g.now()).Err()
	if err == nil {
		err = g.Identity.AllowCodes(ctx, in.Login, in.Body.Allowed)
	}
	return nil, g.did(ctx, audit.AllowCodes, fmt.Sprintf("for %s, %t", in.Login, in.Body.Allowed), err)
}
