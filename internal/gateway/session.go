package gateway

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type signInInput struct {
	Body struct {
		Login    string `json:"login" maxLength:"64"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type sessionOutput struct{ Body sessionBody }

type sessionBody struct {
	Login        string            `json:"login"`
	Name         string            `json:"name"`
	Directory    bool              `json:"directory" doc:"the ward's directory says who this is; there is no password here"`
	Appointments []appointmentBody `json:"appointments" nullable:"false"`
	Purpose      string            `json:"purpose" doc:"stated for this session; empty: not yet"`
	Case         string            `json:"case" doc:"number of the case stated with the purpose; empty: none"`
	Purposes     []string          `json:"purposes" nullable:"false" doc:"what may be stated"`
	Expires      vms.Instant       `json:"expires" format:"date-time"`
	Relaxed      []string          `json:"relaxed" nullable:"false" doc:"safeguards that are switched off here"`
	Zone         string            `json:"zone" doc:"time zone of screens"`
	Emergency    nightBody         `json:"emergency" doc:"緊急閲覧"`
}

type appointmentBody struct {
	Post     string      `json:"post"`
	Title    string      `json:"title"`
	Unit     string      `json:"unit"`
	UnitName string      `json:"unit_name"`
	From     vms.Instant `json:"from" format:"date-time"`
}

// statable are the purposes of every kind of camera; which are valid for one, its kind says.
var statable = access.Purposes(camera.Surveillance)

func (g *Gateway) signIn(ctx context.Context, in *signInInput) (*signInOutput, error) {
	from := who(ctx).source
	s, token, err := g.Identity.SignIn(ctx, in.Body.Login, in.Body.Password, from)
	if err != nil {
		g.refusedSignIn(ctx, audit.SignIn, in.Body.Login, err)
		return nil, g.away(ctx, err)
	}
	return g.enter(ctx, s, token, "")
}

// refusedSignIn notes a refusal. Only logins that exist are written: people type their password into
// the wrong field. Of a flood of attempts, which identity refuses cheaply, a sample is written.
func (g *Gateway) refusedSignIn(ctx context.Context, action, login string, why error) {
	if vms.Code(why) == "" || vms.Code(why) == identity.TooMany && !g.floods.Allow() {
		return
	}
	e := audit.Entry{From: who(ctx).source, Action: action, Outcome: audit.Refused, Detail: vms.Code(why)}
	if p, err := g.Identity.Person(ctx, strings.ToLower(strings.TrimSpace(login))); err == nil {
		e.Actor = p.Login
	} else if e.Detail == identity.DirectoryUnknown {
		e.Detail += " " + strings.ToValidUTF8(login[:min(len(login), 64)], "") // theirs, says the directory
	}
	g.note(ctx, e)
}

func (g *Gateway) session(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	return &sessionOutput{Body: g.describe(who(ctx).session)}, nil
}

type purposeInput struct {
	Body struct {
		Purpose string `json:"purpose"`
		Case    string `json:"case,omitempty" maxLength:"64" doc:"number of the case; empty: none"`
	}
}

func (g *Gateway) setPurpose(ctx context.Context, in *purposeInput) (*sessionOutput, error) {
	c := who(ctx)
	if !slices.Contains(statable, in.Body.Purpose) {
		return nil, vms.Errorf(vms.Invalid, "bad-purpose", "目的「%s」は選べません。 %q is not a purpose.", in.Body.Purpose, in.Body.Purpose)
	}
	caseRef := strings.TrimSpace(in.Body.Case)
	if err := g.Identity.SetPurpose(ctx, c.session.ID, in.Body.Purpose, caseRef); err != nil {
		return nil, err
	}
	_, err := g.Audit.Append(ctx, audit.Entry{Actor: c.session.Person.Login, Session: c.session.ID, From: c.source,
		Action: audit.StatePurpose, Purpose: in.Body.Purpose, Case: caseRef})
	if err != nil {
		return nil, err
	}
	s := *c.session
	s.Purpose, s.Case = in.Body.Purpose, caseRef
	return &sessionOutput{Body: g.describe(&s)}, nil
}

type signOutOutput struct {
	SetCookie *http.Cookie `header:"Set-Cookie"`
	Clear     string       `header:"Clear-Site-Data"`
}

func (g *Gateway) signOut(ctx context.Context, _ *struct{}) (*signOutOutput, error) {
	c := who(ctx)
	if err := g.Identity.SignOut(ctx, c.session.ID); err != nil {
		return nil, err
	}
	g.sessions.end(c.session.ID, "サインアウトしました。 Signed out.")
	g.note(ctx, audit.Entry{Actor: c.session.Person.Login, Session: c.session.ID, From: c.source, Action: audit.SignOut})
	return &signOutOutput{SetCookie: g.cookie(g.cookieName(), "", -time.Second), Clear: `"cache", "storage"`}, nil
}

// note appends a row that nothing depends on; its failure is logged.
func (g *Gateway) note(ctx context.Context, e audit.Entry) {
	if _, err := g.Audit.Append(ctx, e); err != nil {
		g.Log.Error("not in the audit log", "action", e.Action, "err", err)
	}
}

func (g *Gateway) cookie(name, token string, lasts time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: token, Path: "/", MaxAge: int(lasts / time.Second),
		HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteStrictMode}
}

func (g *Gateway) describe(s *identity.Session) sessionBody {
	now, _ := g.Clock.Now()
	org := g.Cameras().Organisation
	out := sessionBody{Login: s.Person.Login, Name: s.Person.Name, Directory: s.Person.Directory, Appointments: []appointmentBody{}, Purpose: s.Purpose, Case: s.Case,
		Purposes: statable, Expires: s.Expires, Relaxed: g.relaxed(), Zone: zone, Emergency: g.night(s.Person)}
	for _, a := range s.Person.Appointments {
		if !a.InForce(now) {
			continue
		}
		b := appointmentBody{Post: string(a.Post), Title: a.Post.Title(), Unit: a.Unit, From: a.From}
		if u := org.Find(a.Unit); u != nil {
			b.UnitName = u.Name
		}
		out.Appointments = append(out.Appointments, b)
	}
	return out
}
