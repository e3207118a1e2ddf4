package rights_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/rights"
	"yagura/internal/vms"
)

func extra(o *office, login string, cameras ...vms.CameraID) identity.Grant {
	return identity.Grant{Kind: identity.Extra, Login: login, Cameras: cameras, Actions: []string{"live", "past"}, To: o.Now().Add(24 * time.Hour), Reason: "応援のため", Case: "8-12"}
}

func (o *office) may(login string, cam vms.CameraID) bool {
	return o.Access.Check(o.as(login).Person, access.Live, o.Set().Find(cam), 0, "", o.Now()).Allow
}

func (o *office) items(login string) (out []string) {
	items, err := o.room.Items(o.t.Context(), o.as(login).Person)
	require.NoError(o.t, err)
	for _, i := range items {
		require.NotEmpty(o.t, i.Link)
		out = append(out, i.Kind+" "+i.Subject.What+" "+i.Subject.Login)
	}
	return out
}

func TestAGrantTakesTwo(t *testing.T) {
	onBoth(t, func(o *office) {
		t, ctx := o.t, o.t.Context()
		g, err := o.room.Ask(ctx, o.as("head"), extra(o, "clerk", "c-koseki"))
		require.NoError(t, err)
		require.False(t, o.may("clerk", "c-koseki"), "it waits")
		require.Equal(t, []string{inbox.Approval + " grant clerk"}, o.items("kiki"))
		require.Empty(t, o.items("joho"))
		for login, code := range map[string]string{"head": "denied", "admin": "denied", "joho": "denied", "clerk": "denied"} {
			require.Equal(t, code, vms.Code(o.room.DecideGrant(ctx, o.as(login), g.ID, true)), login)
		}
		require.NoError(t, o.room.DecideGrant(ctx, o.as("kiki"), g.ID, true))
		require.True(t, o.may("clerk", "c-koseki"))
		require.False(t, o.may("clerk", "c-security"))
		require.Empty(t, o.items("kiki"))
		require.Equal(t, "not-waiting", vms.Code(o.room.DecideGrant(ctx, o.as("kiki2"), g.ID, false)))

		require.Equal(t, "no-grant", vms.Code(o.room.End(ctx, o.as("clerk2"), g.ID)))
		require.Equal(t, "denied", vms.Code(o.room.End(ctx, o.as("kansa"), g.ID)), "who may know of it, but not end it")
		require.NoError(t, o.room.End(ctx, o.as("joho"), g.ID))
		require.False(t, o.may("clerk", "c-koseki"))
		require.Equal(t, "over", vms.Code(o.room.End(ctx, o.as("joho"), g.ID)))

		own, err := o.room.Ask(ctx, o.as("kiki"), extra(o, "clerk", "c-gomi"))
		require.NoError(t, err)
		require.Equal(t, "second-person", vms.Code(o.room.DecideGrant(ctx, o.as("kiki"), own.ID, true)))
		require.Empty(t, o.items("kiki"))
		require.NoError(t, o.room.DecideGrant(ctx, o.as("kiki2"), own.ID, false))
		require.False(t, o.may("clerk", "c-gomi"))
		rows := o.Rows(audit.DecideGrant)
		require.Len(t, rows, 8)
		require.Contains(t, rows[4].Detail, "live past for clerk on c-koseki")
		require.Len(t, o.Rows(audit.EndGrant), 4)
	})
}

// TestWhoHangsUpIsNoted: a decision that stands has its row, however soon the browser is gone.
func TestWhoHangsUpIsNoted(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	for range 5 {
		g, err := o.room.Ask(t.Context(), o.as("head"), extra(o, "clerk", "c-koseki"))
		require.NoError(t, err)
		ctx, hangUp := context.WithCancel(t.Context())
		decided, gone := o.Identity.Changed(), make(chan struct{})
		go func() { <-decided; hangUp(); close(gone) }()
		_ = o.room.DecideGrant(ctx, o.as("kiki"), g.ID, true) // the answer reaches nobody
		hangUp()
		<-gone
	}
	all, err := o.Identity.Grants(t.Context())
	require.NoError(t, err)
	accepted := slices.DeleteFunc(all, func(g identity.Grant) bool { return g.State != "accepted" })
	require.NotEmpty(t, accepted)
	require.Len(t, o.Rows(audit.DecideGrant), len(accepted))
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	ask := func(by string, edit func(*identity.Grant)) string {
		g := extra(o, "clerk", "c-koseki")
		edit(&g)
		_, err := o.room.Ask(t.Context(), o.as(by), g)
		return vms.Code(err)
	}
	for _, c := range []struct {
		code, by string
		edit     func(*identity.Grant)
	}{
		{"", "head", func(*identity.Grant) {}},
		{"no-camera", "head", func(g *identity.Grant) { g.Cameras = []vms.CameraID{"c-gomi"} }},
		{"no-camera", "head", func(g *identity.Grant) { g.Cameras = []vms.CameraID{"c-none"} }},
		{"denied", "head", func(g *identity.Grant) { g.Cameras, g.Unit = nil, "kankyo" }},
		{"", "head", func(g *identity.Grant) { g.Cameras, g.Unit = nil, "koseki" }},
		{"bad-scope", "head", func(g *identity.Grant) { g.Unit = "koseki" }},
		{"bad-scope", "head", func(g *identity.Grant) { g.Cameras = nil }},
		{"denied", "admin", func(*identity.Grant) {}},
		{"no-camera", "clerk", func(*identity.Grant) {}},
		{"bad-action", "head", func(g *identity.Grant) { g.Actions = []string{"evidence.request"} }},
		{"bad-action", "head", func(g *identity.Grant) { g.Actions = []string{"hold"} }},
		{"actions-required", "head", func(g *identity.Grant) { g.Actions = nil }},
		{"reason-required", "head", func(g *identity.Grant) { g.Reason = " " }},
		{"bad-period", "head", func(g *identity.Grant) { g.To = o.Now().Add(31 * 24 * time.Hour) }},
		{"bad-period", "head", func(g *identity.Grant) { g.To = 0 }},
		{"bad-period", "head", func(g *identity.Grant) { g.From, g.To = o.Now().Add(-2*time.Hour), o.Now().Add(-time.Hour) }},
		{"no-person", "head", func(g *identity.Grant) { g.Login = "ghost" }},
		{"denied", "head", func(g *identity.Grant) { g.Kind, g.Actions, g.To = identity.Denial, nil, 0 }},
		{"bad-kind", "joho", func(g *identity.Grant) { g.Kind = identity.Emergency }},
		{"bad-action", "joho", func(g *identity.Grant) { g.Kind = identity.Denial }},
	} {
		require.Equal(t, c.code, ask(c.by, c.edit))
	}
	g, err := o.room.Ask(t.Context(), o.as("joho"), extra(o, "admin", "c-koseki"))
	require.NoError(t, err)
	require.Equal(t, "no-footage-post", vms.Code(o.room.DecideGrant(t.Context(), o.as("kiki"), g.ID, true)))
}

func TestADenialIsAtOnceAndLiftedByAnother(t *testing.T) {
	onBoth(t, func(o *office) {
		t, ctx := o.t, o.t.Context()
		deny := identity.Grant{Kind: identity.Denial, Login: "head", Unit: "kumin", Reason: "当事者のため", Case: "8-危-3"}
		g, err := o.room.Ask(ctx, o.as("kiki"), deny)
		require.NoError(t, err)
		require.False(t, o.may("head", "c-koseki"))
		list, err := o.room.Grants(ctx, o.as("head"))
		require.NoError(t, err)
		require.Empty(t, list, "nobody reads why they are excluded")
		require.Equal(t, "no-grant", vms.Code(o.room.End(ctx, o.as("head"), g.ID)))
		require.Equal(t, "second-person", vms.Code(o.room.End(ctx, o.as("kiki"), g.ID)))
		require.Equal(t, "denied", vms.Code(o.room.End(ctx, o.as("admin"), g.ID)))
		require.NoError(t, o.room.End(ctx, o.as("joho"), g.ID))
		require.True(t, o.may("head", "c-koseki"))
		deny.Login = "kiki"
		_, err = o.room.Ask(ctx, o.as("kiki"), deny)
		require.Equal(t, "second-person", vms.Code(err))
		require.Len(t, o.Rows(audit.Deny), 2)
	})
}

// TestHeadsAreNotToldOfDenials: who asks about a camera of theirs sees nobody excluded from it among the rows.
func TestHeadsAreNotToldOfDenials(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	o.Add("gm", identity.GeneralManager, "koseki")
	question := rights.Question{Camera: "c-koseki"}
	who := func(a *rights.Answer) (logins []string, why string) {
		for i := range a.Rows {
			logins = append(logins, a.Rows[i].Person.Login)
			for n := range access.CameraActions {
				why += a.Rows[i].Rule(n) + "\n"
			}
		}
		return logins, why
	}
	logins, _ := who(o.ask("head", question))
	require.Contains(t, logins, "gm")
	others := o.ask("head", question).Others
	_, err := o.room.Ask(t.Context(), o.as("kiki"), identity.Grant{Kind: identity.Denial, Login: "gm", Unit: "koseki", Reason: "当事者のため"})
	require.NoError(t, err)
	logins, why := who(o.ask("head", question))
	require.NotContains(t, logins, "gm")
	require.NotContains(t, why, identity.Denial)
	require.Equal(t, others+1, o.ask("head", question).Others)
	logins, why = who(o.ask("kansa", question))
	require.Contains(t, logins, "gm", "who oversees rights knows")
	require.Contains(t, why, identity.Denial)
}

func TestWhoKnowsOfWhichGrants(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	_, err := o.room.Ask(t.Context(), o.as("head"), extra(o, "clerk", "c-koseki"))
	require.NoError(t, err)
	_, err = o.room.Ask(t.Context(), o.as("joho"), extra(o, "clerk2", "c-gomi"))
	require.NoError(t, err)
	for login, want := range map[string]int{"kiki": 2, "joho": 2, "kansa": 2, "admin": 2, "head": 1, "clerk": 1, "clerk2": 1} {
		list, err := o.room.Grants(t.Context(), o.as(login))
		require.NoError(t, err)
		require.Len(t, list, want, login)
	}
}

func TestWhatAGrantWouldDo(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	a := o.ask("kiki", rights.Question{Draft: &rights.Draft{Grant: &identity.Grant{Kind: identity.Extra, Login: "clerk", Cameras: []vms.CameraID{"c-koseki"}, Actions: []string{"live"}}}})
	require.Equal(t, []string{"clerk +live c-koseki"}, changes(a.Difference))
	a = o.ask("kiki", rights.Question{Draft: &rights.Draft{Grant: &identity.Grant{Kind: identity.Denial, Login: "head", Cameras: []vms.CameraID{"c-koseki"}}}})
	require.Contains(t, changes(a.Difference), "head -who_viewed c-koseki")
	require.Len(t, a.Changes, 9, "everything but how the camera is")
	require.True(t, o.may("head", "c-koseki"))
}
