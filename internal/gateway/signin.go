package gateway

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// signInBody is a session, or what is still to come.
type signInBody struct {
	session *sessionBody
	half    *halfBody
}

type halfBody struct {
	State   string      `json:"state" enum:"second-factor,directory" doc:"second-factor: the password was right, or the directory knows the person; directory: the factors are gone, and the directory is to let them in"`
	Name    string      `json:"name"`
	Methods []string    `json:"methods" nullable:"false" enum:"webauthn,totp,enrol" doc:"any one of them; enrol: there is none yet"`
	Enrol   []string    `json:"enrol" nullable:"false" enum:"webauthn,totp" doc:"what may be enrolled"`
	Expires vms.Instant `json:"expires" format:"date-time"`
}

func (b signInBody) MarshalJSON() ([]byte, error) {
	if b.half != nil {
		return json.Marshal(b.half)
	}
	return json.Marshal(b.session)
}

// Schema says that the body is one of two.
func (signInBody) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(reflect.TypeFor[sessionBody](), true, "SessionBody"), r.Schema(reflect.TypeFor[halfBody](), true, "HalfBody")}}
}

type signInOutput struct {
	SetCookie []string `header:"Set-Cookie"`
	Body      signInBody
}

// enter answers somebody who signed in, wholly or by half; how says by which factor.
func (g *Gateway) enter(ctx context.Context, s *identity.Session, token, how string) (*signInOutput, error) {
	if s.Kind == identity.Half {
		w, err := g.Identity.Ways(ctx, s)
		if err != nil {
			return nil, g.away(ctx, err)
		}
		half := &halfBody{State: "second-factor", Name: s.Person.Name, Methods: append([]string{}, w.Prove...), Enrol: append([]string{}, w.Enrol...), Expires: s.Expires}
		if len(w.Prove) == 0 {
			half.Methods = append(half.Methods, "enrol")
		}
		return &signInOutput{SetCookie: []string{g.cookie(g.halfCookieName(), token, identity.HalfLasts).String()}, Body: signInBody{half: half}}, nil
	}
	_, err := g.Audit.Append(ctx, audit.Entry{Actor: s.Person.Login, Session: s.ID, From: who(ctx).source, Action: audit.SignIn, Detail: how})
	if err != nil {
		return nil, g.away(ctx, err)
	}
	out := &signInOutput{SetCookie: []string{g.cookie(g.cookieName(), token, time.Until(s.Expires.Time())).String()}}
	if how != "" {
		out.SetCookie = append(out.SetCookie, g.cookie(g.halfCookieName(), "", -time.Second).String())
	}
	body := g.describe(s)
	out.Body.session = &body
	return out, nil
}

type keyOptionsOutput struct {
	Body struct {
		Kind      string          `json:"kind" enum:"create,get" doc:"navigator.credentials.create or .get"`
		PublicKey json.RawMessage `json:"publicKey" doc:"W3C Web Authentication level 3, sections 5.1.8 and 5.1.9: for parseCreationOptionsFromJSON or parseRequestOptionsFromJSON"`
	}
}

func (g *Gateway) halfKey(ctx context.Context, _ *struct{}) (*keyOptionsOutput, error) {
	half := who(ctx).session
	w, err := g.Identity.Ways(ctx, half)
	if err != nil {
		return nil, g.away(ctx, err)
	}
	out := &keyOptionsOutput{}
	if out.Body.Kind = "get"; len(w.Prove) == 0 {
		out.Body.Kind = "create"
		out.Body.PublicKey, err = g.Identity.CreateKey(ctx, half)
	} else {
		out.Body.PublicKey, err = g.Identity.AskKey(ctx, half)
	}
	return out, g.away(ctx, err)
}

type keyAnswer struct {
	Key   json.RawMessage `json:"key" doc:"PublicKeyCredential.toJSON()"`
	Label string          `json:"label,omitempty" maxLength:"40" doc:"of a new key: what its person calls it"`
}

type keyInput struct{ Body keyAnswer }

func (g *Gateway) finishWithKey(ctx context.Context, in *keyInput) (*signInOutput, error) {
	return g.complete(ctx, identity.Proof{Key: in.Body.Key, Label: in.Body.Label})
}

type codeInput struct {
	Body struct {
		Code  string `json:"code" maxLength:"20"`
		Label string `json:"label,omitempty" maxLength:"40" doc:"of a new secret: what its person calls it"`
	}
}

func (g *Gateway) finishWithCode(ctx context.Context, in *codeInput) (*signInOutput, error) {
	return g.complete(ctx, identity.Proof{Code: in.Body.Code, Label: in.Body.Label})
}

func (g *Gateway) complete(ctx context.Context, p identity.Proof) (*signInOutput, error) {
	c := who(ctx)
	p.Source = c.source
	s, token, f, err := g.Identity.Complete(ctx, c.session, p)
	if err != nil {
		g.refusedSignIn(ctx, audit.SignIn, c.session.Person.Login, err)
		return nil, g.away(ctx, err)
	}
	if f.Created == 0 {
		g.note(ctx, audit.Entry{Actor: s.Person.Login, Session: s.ID, From: c.source, Action: audit.AddFactor, Detail: factorDetail(f)})
	}
	return g.enter(ctx, s, token, factorDetail(f))
}

// factorDetail names a factor in the log.
func factorDetail(f identity.Factor) string { return strings.TrimSpace(f.Kind + " " + f.Label) }

type newCodeOutput struct {
	Body struct {
		Secret string   `json:"secret" doc:"base32, to be typed into an app"`
		URI    string   `json:"uri" doc:"otpauth://"`
		QR     []string `json:"qr" nullable:"false" doc:"the URI as a QR code: rows of 1 (dark) and 0"`
	}
}

func (g *Gateway) halfCode(ctx context.Context, _ *struct{}) (*newCodeOutput, error) {
	c, err := g.Identity.CreateCode(ctx, who(ctx).session)
	out := &newCodeOutput{}
	out.Body.Secret, out.Body.URI, out.Body.QR = c.Secret, c.URI, c.QR
	return out, g.away(ctx, err)
}

type recoverInput struct {
	Body struct {
		Login    string `json:"login" maxLength:"64"`
		Code     string `json:"code" maxLength:"40" doc:"both halves"`
		Password string `json:"password" maxLength:"1024" doc:"the new one"`
	}
}

func (g *Gateway) recover(ctx context.Context, in *recoverInput) (*signInOutput, error) {
	s, token, err := g.Identity.Recover(ctx, in.Body.Login, in.Body.Code, in.Body.Password, who(ctx).source)
	if err != nil {
		g.refusedSignIn(ctx, audit.Recover, in.Body.Login, err)
		return nil, g.away(ctx, err)
	}
	e := audit.Entry{From: who(ctx).source, Action: audit.Recover}
	if s == nil {
		e.Actor = strings.ToLower(strings.TrimSpace(in.Body.Login))
	} else {
		e.Actor = s.Person.Login
	}
	if _, err := g.Audit.Append(ctx, e); err != nil {
		return nil, g.away(ctx, err)
	}
	if s == nil {
		return &signInOutput{Body: signInBody{half: &halfBody{State: "directory", Methods: []string{}, Enrol: []string{}}}}, nil
	}
	return g.enter(ctx, s, token, "")
}

type stepUpWaysOutput struct {
	Body struct {
		Methods   []string        `json:"methods" nullable:"false" enum:"webauthn,totp,password,directory" doc:"any one of them; totp goes with the password; directory: sign in anew at its page"`
		PublicKey json.RawMessage `json:"publicKey,omitempty" doc:"for navigator.credentials.get, where webauthn is among the methods"`
	}
}

func (g *Gateway) beginStepUp(ctx context.Context, _ *struct{}) (*stepUpWaysOutput, error) {
	s := who(ctx).session
	w, err := g.Identity.Ways(ctx, s)
	out := &stepUpWaysOutput{}
	out.Body.Methods = append([]string{}, w.Prove...)
	for _, way := range w.Prove {
		if way == identity.Key && err == nil {
			out.Body.PublicKey, err = g.Identity.AskKey(ctx, s)
		}
	}
	return out, err
}

type stepUpInput struct {
	Body struct {
		Key      json.RawMessage `json:"key,omitempty" doc:"PublicKeyCredential.toJSON()"`
		Code     string          `json:"code,omitempty" maxLength:"20"`
		Password string          `json:"password,omitempty" maxLength:"1024"`
	}
}

type stepUpOutput struct {
	SetCookie []string `header:"Set-Cookie"`
	Body      struct {
		Until vms.Instant `json:"until" format:"date-time" doc:"until when nothing more is asked"`
	}
}

func (g *Gateway) finishStepUp(ctx context.Context, in *stepUpInput) (*stepUpOutput, error) {
	c := who(ctx)
	e := audit.Entry{Actor: c.session.Person.Login, Session: c.session.ID, From: c.source, Action: audit.StepUp}
	token, until, err := g.Identity.StepUp(ctx, c.session, identity.Proof{Key: in.Body.Key, Code: in.Body.Code, Password: in.Body.Password, Source: c.source})
	if err != nil {
		if vms.Code(err) != identity.TooMany || g.floods.Allow() {
			e.Outcome, e.Detail = audit.Refused, vms.Code(err)
			g.note(ctx, e)
		}
		return nil, wrongProof(err)
	}
	if _, err := g.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	out := &stepUpOutput{}
	out.Body.Until = until
	if token != "" {
		out.SetCookie = []string{g.cookie(g.cookieName(), token, time.Until(c.session.Expires.Time())).String()}
	}
	return out, nil
}

// wrongProof is what somebody hears who is signed in: a wrong password is no reason to sign them out.
func wrongProof(err error) error {
	if vms.Code(err) == identity.SignInFailed {
		return vms.Errorf(vms.Denied, "wrong-password", "パスワードが正しくありません。 The password is wrong.")
	}
	return err
}
