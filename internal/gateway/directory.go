package gateway

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/directory"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Signing in at the directory's page: the browser asks for the page's URL, goes there, comes back to a page of
// ours, and hands over what the directory put into that page's URL. The secret that holds both ends together is
// a cookie, which no script and no other site can read; where the person was before, the browser remembers.

var errNoDirectory = vms.Errorf(vms.NotFound, "no-directory", "区のアカウントでのサインインは設定されていません。 Signing in at the directory's page is not configured.")

const askLasts = 10 * time.Minute // the directory's own patience may be shorter

type askDirectoryInput struct {
	Body struct {
		Fresh bool `json:"fresh,omitempty" doc:"the directory asks the person anew, although it remembers them"`
	}
}

type askDirectoryOutput struct {
	SetCookie *http.Cookie `header:"Set-Cookie"`
	Body      struct {
		URL string `json:"url" format:"uri" doc:"the directory's page"`
	}
}

func (g *Gateway) askDirectory(ctx context.Context, in *askDirectoryInput) (*askDirectoryOutput, error) {
	if g.Directory == nil {
		return nil, errNoDirectory
	}
	page, secret, err := g.Directory.Ask(ctx, in.Body.Fresh)
	if err != nil {
		g.Log.Warn("the directory", "err", err)
		return nil, err
	}
	out := &askDirectoryOutput{SetCookie: g.cookie(g.askCookieName(), secret, askLasts)}
	out.Body.URL = page
	return out, nil
}

func (g *Gateway) askCookieName() string {
	if g.secure {
		return secureAsk
	}
	return plainAsk
}

type finishDirectoryInput struct {
	Plain  string `cookie:"yagura-ask"`
	Secure string `cookie:"__Host-yagura-ask"`
	Body   struct {
		Query string `json:"query" maxLength:"8192" doc:"of the page the directory sent the browser back to, without the question mark"`
	}
}

func (g *Gateway) finishDirectory(ctx context.Context, in *finishDirectoryInput) (*signInOutput, error) {
	if g.Directory == nil {
		return nil, errNoDirectory
	}
	query, err := url.ParseQuery(in.Body.Query)
	if err != nil {
		return nil, vms.Errorf(vms.Invalid, "bad-query", "サインインの手続きが正しくありません。 This is not what a directory answers.")
	}
	secret := in.Plain
	if g.secure {
		secret = in.Secure
	}
	s, token, v, err := g.Identity.SignInVouched(ctx, who(ctx).source, func(ctx context.Context) (identity.Vouched, error) {
		a, err := g.Directory.Answer(ctx, secret, query)
		return identity.Vouched{Login: a.Login, Subject: a.Subject, Proved: a.Proved}, err
	})
	if err != nil {
		if c := vms.Code(err); c == directory.Away || c == directory.Failed {
			g.Log.Warn("the directory", "err", err)
		}
		g.refusedSignIn(ctx, audit.SignIn, v.Login, err)
		return nil, g.away(ctx, err)
	}
	out, err := g.enter(ctx, s, token, "directory")
	if err == nil {
		out.SetCookie = append(out.SetCookie, g.cookie(g.askCookieName(), "", -time.Second).String())
	}
	return out, err
}

type setDirectoryInput struct {
	Login string `path:"login" maxLength:"64"`
	Body  struct {
		Directory bool `json:"directory" doc:"true: their password here is gone, and their sessions end. false: they get a password by a recovery"`
	}
}

func (g *Gateway) setDirectory(ctx context.Context, in *setDirectoryInput) (*struct{}, error) {
	me := who(ctx).session.Person
	err := g.Access.CheckUnit(me, access.People, "", g.now()).Err()
	switch {
	case err == nil && in.Login == me.Login:
		err = vms.Errorf(vms.Denied, "own", "自分については、ほかの管理者に依頼してください。 About yourself, ask another administrator.")
	case err == nil && in.Body.Directory && g.Directory == nil && !g.DirectoryPasswords:
		err = vms.Errorf(vms.Conflict, "no-directory", "区のディレクトリが設定されていません。 No directory is configured.")
	case err == nil:
		err = g.Identity.SetDirectory(ctx, in.Login, in.Body.Directory)
	}
	return nil, g.did(ctx, audit.SetDirectory, fmt.Sprintf("for %s, %t", in.Login, in.Body.Directory), err)
}
