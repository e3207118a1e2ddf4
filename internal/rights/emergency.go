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
	"yagura/internal/conf"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// EmergencyLasts is how long a 緊急閲覧 lasts.
const EmergencyLasts = 15 * time.Minute

const longestFinding = 2000 // characters

// Night says who may begin a 緊急閲覧, and when: outside the office hours of the days on which offices are open.
type Night struct {
	Posts         []identity.Post
	Opens, Closes time.Duration // since midnight; the same: it is always night
}

// EmergencyPosts are who may, where nothing else is set: heads on duty alone at night. They look at footage of their
// own with a second factor, a purpose and a row in the log every day, and have the numbers to call. 危機管理 sees all
// anyhow; who runs the system never may.
var EmergencyPosts = []identity.Post{identity.DepartmentHead, identity.GeneralManager}

func (n *Night) is(at vms.Instant) bool {
	t := at.Time().In(conf.JST)
	since := time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
	return holiday.Closed(at) || since < n.Opens || since >= n.Closes
}

// due is the end of the first office day after an instant: until then it is reviewed.
func (n *Night) due(at vms.Instant) vms.Instant {
	t := at.Time().In(conf.JST)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)
	for end := day.Add(n.Closes); ; day, end = day.AddDate(0, 0, 1), day.AddDate(0, 0, 1).Add(n.Closes) {
		if !holiday.Closed(vms.InstantOf(day)) && vms.InstantOf(end) > at {
			return vms.InstantOf(end)
		}
	}
}

// MayNeedEmergency reports whether somebody holds a post that may begin a 緊急閲覧, at night.
func (r *Room) MayNeedEmergency(p *identity.Person) bool {
	now := r.Now()
	return p.Holds(now, r.Night.Posts...) && !p.Holds(now, identity.NoFootagePosts...)
}

// Running is somebody's 緊急閲覧 in force, nil where there is none.
func (r *Room) Running(p *identity.Person) *identity.Grant {
	now := r.Now()
	for i := range p.Grants {
		if g := &p.Grants[i]; g.Kind == identity.Emergency && g.InForce(now) {
			return g
		}
	}
	return nil
}

// MayBegin is nil where somebody may begin a 緊急閲覧 now.
func (r *Room) MayBegin(p *identity.Person) error {
	switch {
	case !r.MayNeedEmergency(p):
		return errPost
	case r.Running(p) != nil:
		return vms.Errorf(vms.Conflict, "running", "緊急閲覧の途中です。 Your emergency viewing runs already.")
	case !r.Night.is(r.Now()):
		return vms.Errorf(vms.Denied, "office-hours", "緊急閲覧は、執務時間の外だけ使えます。いまは危機管理担当に連絡してください。 Outside office hours only; call crisis management now.")
	}
	return nil
}

// Begin begins a 緊急閲覧: for 15 minutes, all cameras, live and the 24 hours before it, to look and to hold, never to
// take anything out. Its row, with the reason and who is paged, is durable before anything opens.
func (r *Room) Begin(ctx context.Context, c identity.Caller, reason string) (g identity.Grant, err error) {
	reason = strings.TrimSpace(reason)
	if err = r.MayBegin(c.Person); err == nil && (reason == "" || utf8.RuneCountInString(reason) > longestReason) {
		err = vms.Errorf(vms.Invalid, "reason-required", "理由を1～%d字で入力してください。 Say why, in %d characters at most.", longestReason, longestReason)
	}
	if err != nil {
		return g, r.did(ctx, c, audit.BeginEmergency, "", "", err)
	}
	paged, err := r.paged(ctx, c.Person)
	if err != nil {
		return g, err
	}
	until := r.Now().Add(EmergencyLasts)
	detail := fmt.Sprintf("until %s, paged %s: %s", until.Time().UTC().Format(time.RFC3339), strings.Join(paged, ", "), reason)
	if err := r.did(ctx, c, audit.BeginEmergency, "", detail, nil); err != nil {
		return g, err
	}
	g = identity.Grant{Kind: identity.Emergency, Login: c.Person.Login, To: until, Reason: reason, State: "accepted"}
	for _, a := range access.EmergencyActions {
		g.Actions = append(g.Actions, string(a))
	}
	if g, err = r.Identity.AddGrant(ctx, g, c.Person.Login); err != nil {
		return g, r.did(ctx, c, audit.BeginEmergency, "", "not begun", err)
	}
	return g, r.tell(ctx)
}

// paged are those whose inbox it comes to at once: everybody of 危機管理; where those are not two, 情報安全担当 too.
func (r *Room) paged(ctx context.Context, viewer *identity.Person) (logins []string, err error) {
	people, err := r.everybody(ctx)
	if err != nil {
		return nil, err
	}
	now := r.Now()
	for _, posts := range [][]identity.Post{{identity.CrisisManagement}, {identity.InformationSecurity}} {
		for _, p := range people {
			if !p.Disabled && p.Login != viewer.Login && p.Holds(now, posts...) && !slices.Contains(logins, p.Login) {
				logins = append(logins, p.Login)
			}
		}
		if len(logins) >= 2 {
			return logins, nil
		}
	}
	return logins, nil
}

// Stop ends one's own 緊急閲覧 before its time.
func (r *Room) Stop(ctx context.Context, c identity.Caller) error {
	g := r.Running(c.Person)
	if g == nil {
		return errNoGrant
	}
	return r.End(ctx, c, g.ID)
}

// Reviews reports whether somebody reviews what was viewed in emergencies.
func (r *Room) Reviews(p *identity.Person) bool { return r.MayApprove(p) }

// Emergencies are those somebody may know of, newest first: reviewers and who oversees rights all, others their own.
func (r *Room) Emergencies(ctx context.Context, c identity.Caller) ([]identity.Grant, error) {
	all, err := r.Identity.Grants(ctx)
	sees := r.MayAsk(c.Person)
	return slices.DeleteFunc(all, func(g identity.Grant) bool {
		return g.Kind != identity.Emergency || !sees && g.Login != c.Person.Login
	}), err
}

// Due is until when an emergency is reviewed: the end of the next office day.
func (r *Room) Due(g *identity.Grant) vms.Instant { return r.Night.due(g.From) }

// Emergency is one of them, with what was viewed in it, for who reviews or oversees it.
func (r *Room) Emergency(ctx context.Context, c identity.Caller, id string) (g identity.Grant, views []audit.Viewing, err error) {
	all, err := r.Emergencies(ctx, c)
	if err != nil {
		return g, nil, err
	}
	i := slices.IndexFunc(all, func(g identity.Grant) bool { return g.ID == id })
	if i < 0 {
		return g, nil, errNoGrant
	}
	g = all[i]
	rows, err := r.Audit.Query(ctx, audit.Filter{Actor: g.Login, Outcome: audit.OK, Time: vms.Span{From: g.From, To: g.To}, NoEnds: true, Limit: 500})
	if err != nil {
		return g, nil, err
	}
	rows = slices.DeleteFunc(rows, func(e audit.Entry) bool { return !slices.Contains(audit.Views, e.Action) })
	views, err = r.Audit.Ends(ctx, rows)
	return g, views, err
}

// Review notes a finding, by somebody of 危機管理 or 情報安全担当 other than who viewed.
func (r *Room) Review(ctx context.Context, c identity.Caller, id, finding string) error {
	finding = strings.TrimSpace(finding)
	_, err := r.Identity.ReviewGrant(ctx, id, c.Person.Login, finding, func(g *identity.Grant) error {
		switch {
		case !r.Reviews(c.Person) && !r.MayAsk(c.Person) && g.Login != c.Person.Login:
			return errNoGrant
		case !r.Reviews(c.Person):
			return errPost
		case g.Login == c.Person.Login:
			return vms.Errorf(vms.Denied, "second-person", "自分の緊急閲覧は、ほかの人が確認します。 Somebody else reviews your own.")
		case finding == "" || utf8.RuneCountInString(finding) > longestFinding:
			return vms.Errorf(vms.Invalid, "finding-required", "所見を1～%d字で入力してください。 Write a finding, in %d characters at most.", longestFinding, longestFinding)
		}
		return nil
	})
	return r.told(ctx, c, audit.ReviewEmergency, id, err)
}
