package rights_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/rights"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

func TestAnEmergencyIsBegunPagedAndReviewed(t *testing.T) {
	onBoth(t, func(o *office) {
		t, ctx := o.t, o.t.Context()
		o.Film("c-gomi")
		for _, login := range []string{"admin", "kansa", "joho", "clerk", "kiki"} {
			_, err := o.room.Begin(ctx, o.as(login), "火災報知器が鳴っている")
			require.Equal(t, "denied", vms.Code(err), login)
		}
		_, err := o.room.Begin(ctx, o.as("head"), " ")
		require.Equal(t, "reason-required", vms.Code(err))
		require.False(t, o.may("head", "c-gomi"))
		require.NoError(t, o.room.MayBegin(o.as("head").Person))

		g, err := o.room.Begin(ctx, o.as("head"), "火災報知器が鳴っている")
		require.NoError(t, err)
		require.True(t, o.may("head", "c-gomi"))
		row := o.Rows(audit.BeginEmergency)[6]
		require.Equal(t, []string{"head", audit.OK}, []string{row.Actor, row.Outcome})
		require.Contains(t, row.Detail, "paged kiki, kiki2: 火災報知器が鳴っている")
		for _, login := range []string{"kiki", "kiki2", "joho"} {
			require.Equal(t, []string{"emergency  head"}, o.items(login), login)
		}
		require.Empty(t, o.items("head"))
		_, err = o.room.Begin(ctx, o.as("head"), "もう一度")
		require.Equal(t, "running", vms.Code(err))

		s := o.Session("head")
		v, err := o.Room.For(s, "10.0.0.1").Open(ctx, whep.Request{Camera: "c-gomi", Stream: vms.Sub})
		require.NoError(t, err)
		require.Equal(t, "running", vms.Code(o.room.Review(ctx, o.as("kiki"), g.ID, "早い")))
		require.NoError(t, o.room.Stop(ctx, o.as("head")))
		select {
		case <-v.Ended:
		case <-time.After(5 * time.Second):
			require.Fail(t, "the picture goes on")
		}
		v.Close()
		o.End(o.Rows(audit.ViewLive)[0].ID)
		require.False(t, o.may("head", "c-gomi"))

		_, views, err := o.room.Emergency(ctx, o.as("kiki"), g.ID)
		require.NoError(t, err)
		require.Len(t, views, 1)
		require.Equal(t, vms.CameraID("c-gomi"), views[0].Camera)
		_, _, err = o.room.Emergency(ctx, o.as("clerk"), g.ID)
		require.Equal(t, "no-grant", vms.Code(err))
		for login, code := range map[string]string{"head": "denied", "kansa": "denied", "clerk": "no-grant"} {
			require.Equal(t, code, vms.Code(o.room.Review(ctx, o.as(login), g.ID, "確認した")), login)
		}
		require.Equal(t, "finding-required", vms.Code(o.room.Review(ctx, o.as("kiki"), g.ID, " ")))
		require.NotEmpty(t, o.items("kiki"), "it stays until there is a finding")
		require.NoError(t, o.room.Review(ctx, o.as("joho"), g.ID, "報知器の誤作動を確かめるためで、必要だった。"))
		require.Empty(t, o.items("kiki"))
		require.Equal(t, "reviewed", vms.Code(o.room.Review(ctx, o.as("kiki"), g.ID, "二度目")))
		require.Len(t, o.Rows(audit.ReviewEmergency), 7)
	})
}

func TestOfficeHours(t *testing.T) {
	o := newOffice(t, "sqlite:"+t.TempDir()+"/y.db")
	at := func(s string) vms.Instant {
		i, err := vms.ParseInstant(s + ":00+09:00")
		require.NoError(t, err)
		return i
	}
	var now vms.Instant
	room := rights.New(rights.Config{DB: o.DB, Identity: o.Identity, Access: o.Access, Audit: o.Audit, Cameras: o.Set, Now: func() vms.Instant { return now }})
	p := &identity.Person{Login: "x", Appointments: []identity.Appointment{{Post: identity.DepartmentHead, Unit: "kumin", To: 1 << 62, State: "accepted"}}}
	for when, code := range map[string]string{
		"2026-11-26T08:29": "", "2026-11-26T08:30": "office-hours", "2026-11-26T17:14": "office-hours", "2026-11-26T17:15": "",
		"2026-11-28T12:00": "", "2026-11-29T12:00": "", "2026-11-30T00:00": "", "2026-11-23T12:00": "", // 勤労感謝の日, a Monday
	} {
		now = at(when)
		require.Equal(t, code, vms.Code(room.MayBegin(p)), when)
	}
	for begun, due := range map[string]string{
		"2026-11-26T22:00": "2026-11-27T17:15", "2026-11-27T03:00": "2026-11-27T17:15", "2026-11-27T22:00": "2026-11-30T17:15", "2026-11-28T12:00": "2026-11-30T17:15",
		"2026-12-28T22:00": "2027-01-04T17:15",
	} {
		require.Equal(t, at(due), room.Due(&identity.Grant{From: at(begun)}), begun)
	}
	require.Len(t, access.EmergencyActions, 6)
}
