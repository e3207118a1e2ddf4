package rights

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	longestReason = 500 // characters
	mostCameras   = 100
)

// Grants are those somebody may know of, newest first: who decides about rights or oversees them, all;
// everybody else what they asked for, and what they themselves were given. Of denials nobody is told who
// they are about but the former.
func (r *Room) Grants(ctx context.Context, c identity.Caller) ([]identity.Grant, error) {
	all, err := r.Identity.Grants(ctx)
	if err != nil || r.MayAsk(c.Person) {
		return all, err
	}
	return slices.DeleteFunc(all, func(g identity.Grant) bool {
		return g.Kind == identity.Denial || g.Login != c.Person.Login && g.RequestedBy != c.Person.Login
	}), nil
}

// MayRequest reports whether somebody may ask for a right for somebody: heads, for cameras of their own, and who
// may approve policies.
func (r *Room) MayRequest(p *identity.Person) bool {
	return r.MayApprove(p) || slices.ContainsFunc(r.Cameras().Cameras, func(cam *camera.Camera) bool { return r.requests(p, cam) })
}

func (r *Room) requests(p *identity.Person, cam *camera.Camera) bool {
	return r.Access.Check(p, access.EvidenceRequest, cam, 0, "", r.Now()).Allow
}

// MayDecide reports whether somebody may decide about a right for somebody: 危機管理.
func (r *Room) MayDecide(p *identity.Person) bool { return p.Holds(r.Now(), identity.CrisisManagement) }

// Ask files a request for a right, or puts a denial in force at once: that one narrows.
func (r *Room) Ask(ctx context.Context, c identity.Caller, g identity.Grant) (identity.Grant, error) {
	action := audit.AskGrant
	err := r.mayAskFor(c, &g)
	if g.Kind == identity.Denial {
		action = audit.Deny
		g.State, g.DecidedBy, g.DecidedAt = "accepted", c.Person.Login, r.Now()
	} else {
		g.State = "waiting"
	}
	if err == nil {
		g, err = r.Identity.AddGrant(ctx, g, c.Person.Login)
	}
	return g, r.told(ctx, c, action, describeGrant(&g), err)
}

var errNoScope = vms.Errorf(vms.Invalid, "bad-scope", "カメラ、または部署のどちらかを指定してください。 Name cameras, or one unit.")

// mayAskFor is nil where the caller may ask for this; it says what is wrong otherwise.
func (r *Room) mayAskFor(c identity.Caller, g *identity.Grant) error {
	if err := r.complete(g); err != nil {
		return err
	}
	if g.Kind == identity.Denial {
		switch {
		case !r.MayApprove(c.Person):
			return errPost
		case g.Login == c.Person.Login:
			return vms.Errorf(vms.Denied, "second-person", "自分については、ほかの人が決めます。 About yourself somebody else decides.")
		}
		return nil
	}
	if r.MayApprove(c.Person) {
		return nil
	}
	if g.Unit != "" && !r.Access.CheckUnit(c.Person, access.Duty, g.Unit, r.Now()).Allow {
		return errPost
	}
	for _, id := range g.Cameras {
		if cam := r.Cameras().Find(id); !r.requests(c.Person, cam) {
			if r.Access.Check(c.Person, access.EvidenceRequest, cam, 0, "", r.Now()).Known {
				return errPost
			}
			return errNoCamera
		}
	}
	return nil
}

// complete says what is wrong with a request, whoever makes it.
func (r *Room) complete(g *identity.Grant) error {
	g.Reason, g.Case = strings.TrimSpace(g.Reason), strings.TrimSpace(g.Case)
	switch {
	case g.Kind != identity.Extra && g.Kind != identity.Denial:
		return vms.Errorf(vms.Invalid, "bad-kind", "%q は申請できません。 %q cannot be asked for.", g.Kind, g.Kind)
	case (len(g.Cameras) == 0) == (g.Unit == "") || len(g.Cameras) > mostCameras:
		return errNoScope
	case g.Unit != "" && r.Cameras().Organisation.Find(g.Unit) == nil:
		return vms.Errorf(vms.NotFound, "no-unit", "その部署はありません。 There is no such unit.")
	case g.Reason == "" || utf8.RuneCountInString(g.Reason) > longestReason:
		return vms.Errorf(vms.Invalid, "reason-required", "理由を1～%d字で入力してください。 Say why, in %d characters at most.", longestReason, longestReason)
	case g.Kind != identity.Denial && len(g.Actions) == 0:
		return vms.Errorf(vms.Invalid, "actions-required", "できることを一つ以上選んでください。 Choose what it gives.")
	}
	for _, a := range g.Actions {
		if g.Kind == identity.Denial || !slices.Contains(access.Grantable, access.Action(a)) {
			return vms.Errorf(vms.Invalid, "bad-action", "%q は、期限付きでは認められません。 %q cannot be granted.", a, a)
		}
	}
	for _, id := range g.Cameras {
		if r.Cameras().Find(id) == nil {
			return errNoCamera
		}
	}
	return nil
}

// DecideGrant accepts or refuses a request, as a second person of 危機管理.
func (r *Room) DecideGrant(ctx context.Context, c identity.Caller, id string, accept bool) error {
	var g identity.Grant
	err := errPost
	if r.MayDecide(c.Person) {
		if err = r.decidable(ctx, id, accept); err == nil {
			g, err = r.Identity.DecideGrant(ctx, id, c.Person.Login, accept)
		}
	}
	return r.told(ctx, c, audit.DecideGrant, id+" "+describeGrant(&g), err)
}

// decidable refuses to give footage to who runs the system or watches over it: the right would be of no use.
func (r *Room) decidable(ctx context.Context, id string, accept bool) error {
	all, err := r.Identity.Grants(ctx)
	if err != nil || !accept {
		return err
	}
	for _, g := range all {
		if g.ID != id {
			continue
		}
		p, err := r.Identity.Person(ctx, g.Login)
		if err == nil && p.Holds(r.Now(), identity.NoFootagePosts...) {
			err = vms.Errorf(vms.Denied, "no-footage-post", "この人の職（管理者・施設担当・監査・情報安全・解析）には、映像の権限を付けられません。 Whoever holds this post is given no footage.")
		}
		return err
	}
	return nil
}

// End ends a grant at once: who asked for it, who decided, and 情報安全担当 or 危機管理 may. To lift a denial widens
// what somebody sees: another person than who set it does, and not who it is about.
func (r *Room) End(ctx context.Context, c identity.Caller, id string) error {
	g, err := r.Identity.EndGrant(ctx, id, c.Person.Login, func(g *identity.Grant) error { return r.MayEnd(c.Person, g) })
	return r.told(ctx, c, audit.EndGrant, id+" "+describeGrant(&g), err)
}

// MayEnd is nil where somebody may end a grant; whoever may not know of it hears that there is none.
func (r *Room) MayEnd(p *identity.Person, g *identity.Grant) error {
	me := p.Login
	switch {
	case g.Kind == identity.Denial && !r.MayApprove(p):
		if r.MayAsk(p) {
			return errPost
		}
		return errNoGrant
	case g.Kind == identity.Denial && (me == g.RequestedBy || me == g.Login):
		return vms.Errorf(vms.Denied, "second-person", "除外は、決めた人と本人のほかの人が解きます。 Somebody else than who set it lifts it.")
	case g.Kind == identity.Denial, me == g.RequestedBy, me == g.DecidedBy, me == g.Login, r.MayApprove(p):
		return nil
	case r.MayAsk(p):
		return errPost
	}
	return errNoGrant
}

var errNoGrant = vms.Errorf(vms.NotFound, "no-grant", "その権限の記録はありません。 There is no such grant.")

// describeGrant is a grant in the audit log.
func describeGrant(g *identity.Grant) string {
	on := g.Unit
	if len(g.Cameras) > 0 {
		ids := make([]string, 0, len(g.Cameras))
		for _, id := range g.Cameras {
			if id.Valid() {
				ids = append(ids, string(id))
			}
		}
		on = strings.Join(ids, " ")
	}
	to := "for ever"
	if g.To != camera.Forever {
		to = g.To.Time().UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("%s %s: %s for %s on %s, %s to %s, case %q: %s", g.Kind, g.ID, strings.Join(g.Actions, " "), g.Login, on,
		g.From.Time().UTC().Format(time.RFC3339), to, g.Case, g.State)
}
