package access_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

func extra(kind string, from, to vms.Instant, actions string, cameras ...vms.CameraID) identity.Grant {
	return identity.Grant{ID: "g1", Kind: kind, Cameras: cameras, Actions: strings.Fields(actions), From: from, To: to, State: "accepted"}
}

func TestAGrantGivesWhatItNamesWhileItLasts(t *testing.T) {
	e, set := engine(t)
	now := day(t, "2020-01-01")
	cam, hour := set.Find("a1-07"), time.Hour
	p := holder("clerk gomi-zero")
	p.Grants = []identity.Grant{extra(identity.Extra, now.Add(-hour), now.Add(hour), "past", "a1-07")}
	code := func(a access.Action, at vms.Instant, use string, now vms.Instant) string {
		d := e.Check(p, a, cam, at, use, now)
		require.Equal(t, d.Allow, d.Err() == nil)
		return d.Code
	}
	old := now.Add(-hour)
	require.Empty(t, code(access.Past, old, "incident", now))
	require.Contains(t, e.Check(p, access.Past, cam, old, "incident", now).Rule, "grant g1 until")
	require.Equal(t, "purpose-required", code(access.Past, old, "", now))
	require.Equal(t, "bad-purpose", code(access.Past, old, "curiosity", now))
	require.Equal(t, "denied", code(access.Live, 0, "", now))
	require.Equal(t, "denied", code(access.Main, old, "incident", now))
	require.Equal(t, "too-recent", code(access.Past, now.Add(-14*time.Minute), "incident", now))
	require.Equal(t, []vms.Span{{From: cam.Placements[0].From, To: now.Add(-access.DefaultPastAge)}}, e.Permitted(p, access.Past, cam, now))
	require.Len(t, e.Visible(p, set.Cameras, now), 1)
	require.Equal(t, []access.Action{access.Past}, e.Actions(p, cam, now))

	require.Equal(t, "grant-ended", code(access.Past, old, "incident", now.Add(hour)), "and says so for a while")
	require.Contains(t, e.Check(p, access.Past, cam, old, "incident", now.Add(hour)).Reason, "期限が過ぎました")
	require.Empty(t, e.Visible(p, set.Cameras, now.Add(hour)))
	require.Equal(t, "no-camera", code(access.Past, old, "incident", now.Add(3*hour)))
	p.Grants[0].To, p.Grants[0].EndedBy = now, "kiki"
	require.Contains(t, e.Check(p, access.Past, cam, old, "incident", now).Reason, "取り下げられました")
	p.Grants[0].To, p.Grants[0].State = now.Add(hour), "waiting"
	require.Equal(t, "no-camera", code(access.Past, old, "incident", now))
}

func TestADenialBeatsEverything(t *testing.T) {
	e, set := engine(t)
	now := day(t, "2020-01-01")
	p := holder("department_head kumin", "crisis_management")
	p.Grants = []identity.Grant{extra(identity.Extra, 0, camera.Forever, "live past", "a1-07"), extra(identity.Denial, 0, camera.Forever, "", "a1-07")}
	cam := set.Find("a1-07")
	require.Equal(t, []access.Action{access.Health}, e.Actions(p, cam, now))
	require.Nil(t, e.Permitted(p, access.Past, cam, now))
	d := e.Check(p, access.Live, cam, 0, "", now)
	require.Equal(t, []any{"denied", true, "denial g1"}, []any{d.Code, d.Known, d.Rule})
	require.NotContains(t, d.Reason, "g1")
	require.True(t, e.Check(p, access.Live, set.Find("a1-06"), 0, "", now).Allow, "of the others nothing changes")
	p.Grants = []identity.Grant{{ID: "g2", Kind: identity.Denial, Unit: "koseki", To: camera.Forever, State: "accepted"}}
	require.False(t, e.Check(p, access.Live, cam, 0, "", now).Allow)
	require.True(t, e.Check(p, access.Live, set.Find("b5-03"), 0, "", now).Allow)
}

// TestAnEmergencyReachesADayBack: its window stands still while it lasts, or every view would end at once.
func TestAnEmergencyReachesADayBack(t *testing.T) {
	e, set := engine(t)
	now := day(t, "2020-01-01")
	p := holder("general_manager koseki")
	p.Grants = []identity.Grant{{ID: "g1", Kind: identity.Emergency, Actions: []string{"live", "past", "hold"}, From: now, To: now.Add(15 * time.Minute), State: "accepted"}}
	cam := set.Find("b5-03")
	want := []vms.Span{{From: now.Add(-access.Back), To: camera.Forever}}
	require.Equal(t, want, e.Permitted(p, access.Past, cam, now))
	require.Equal(t, want, e.Permitted(p, access.Past, cam, now.Add(14*time.Minute)))
	require.Nil(t, e.Permitted(p, access.Past, cam, now.Add(15*time.Minute)))
	require.Len(t, e.Visible(p, set.Cameras, now), 100)
	for _, a := range []access.Action{access.EvidenceRequest, access.EvidenceApprove, access.Bookmark, access.WhoViewed} {
		require.False(t, e.Check(p, a, cam, 0, "incident", now).Allow, "%s leads outside", a)
	}
	require.Equal(t, "grant-ended", e.Check(p, access.Live, cam, 0, "", now.Add(15*time.Minute)).Code)
	p = holder("general_manager koseki", "administrator")
	p.Grants = []identity.Grant{{ID: "g1", Kind: identity.Emergency, Actions: []string{"live"}, From: now, To: now.Add(15 * time.Minute), State: "accepted"}}
	require.False(t, e.Check(p, access.Live, cam, 0, "", now).Allow, "administrators never")
}

// may is what somebody may do by hand: posts as the matrix says, denials first, grants last, and young footage
// for nobody who may not see it live. It shares no code with the engine.
func may(p *identity.Person, cam *camera.Camera, action string, at, now vms.Instant) bool {
	i := slices.Index(strings.Fields(header), action)
	place := ""
	for _, pl := range cam.Placements {
		if pl.From <= at {
			place = pl.Sections[0]
		}
	}
	present := cam.Placements[len(cam.Placements)-1].Sections[0]
	owned := func(unit string) bool { return unit != "" && (unit == place || belongs[place] == unit) }
	yes, barred := false, false
	for _, a := range p.Appointments {
		yes = yes || place != "" && strings.ContainsAny(oracle[a.Post][map[bool]int{true: 0, false: 1}[owned(a.Unit)]][i:i+1], "yp")
		barred = barred || slices.Contains([]identity.Post{"administrator", "facilities", "auditor", "log_analyst", "information_security"}, a.Post)
	}
	for _, g := range p.Grants {
		if g.From > now || g.To <= now || g.State != "accepted" {
			continue
		}
		on := slices.Contains(g.Cameras, cam.ID)
		switch {
		case g.Kind == "denial" && action != "health" && (on || place != "" && owned(g.Unit)):
			return false
		case g.Kind == "denial" || barred || place == "" || !slices.Contains(g.Actions, action):
		case g.Kind == "emergency":
			yes = yes || now.Sub(at) <= now.Sub(g.From)+24*time.Hour
		default:
			yes = yes || on && g.Unit == "" && place == present || owned(g.Unit)
		}
	}
	if yes && action == "past" && now.Sub(at) <= 15*time.Minute {
		return may(p, cam, "live", at, now)
	}
	return yes
}

// TestGrantsAgainstByHand puts random grants and denials to random people, and compares the engine, its spans and
// the simulator with what is worked out by hand.
func TestGrantsAgainstByHand(t *testing.T) {
	e, set := engine(t)
	now := day(t, "2020-01-01")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 2))
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	cams := []vms.CameraID{"a1-07", "a1-01", "a2-08", "b5-03"}
	cells := 0
	for range 1000 {
		p := holder(string(identity.Posts[rng.IntN(len(identity.Posts))]) + " " + pick("koseki", "kumin", "gomi-zero"))
		for range 1 + rng.IntN(3) {
			g := identity.Grant{ID: "g", Kind: pick("grant", "grant", "denial", "emergency"), State: pick("accepted", "accepted", "waiting"), From: now.Add(-time.Duration(rng.IntN(120)-20) * time.Minute)}
			g.To = g.From.Add(time.Duration(15+rng.IntN(200)) * time.Minute)
			for _, a := range access.Grantable {
				if rng.IntN(2) == 0 && g.Kind != "denial" {
					g.Actions = append(g.Actions, string(a))
				}
			}
			if rng.IntN(2) == 0 {
				g.Unit = pick("koseki", "kumin", "kaigo")
			} else {
				g.Cameras = []vms.CameraID{cams[rng.IntN(len(cams))]}
			}
			p.Grants = append(p.Grants, g)
		}
		survey := access.NewSurvey(e.Policy(), set, now)
		for _, id := range cams {
			cam := set.Find(id)
			rights := survey.Of(p, cam)
			for n, a := range access.CameraActions {
				spans := e.Permitted(p, a, cam, now)
				for _, ago := range []time.Duration{0, 10 * time.Minute, 20 * time.Minute, 26 * time.Hour, 24 * 400 * time.Hour} {
					at := now.Add(-ago)
					want := may(p, cam, string(a), at, now)
					got := e.Check(p, a, cam, at, "incident", now).Allow
					in := slices.ContainsFunc(spans, func(s vms.Span) bool { return s.Contains(at) })
					require.Equal(t, [2]bool{want, want}, [2]bool{got, in}, "%s %s ago %v: %+v %+v", id, a, ago, p.Appointments, p.Grants)
					cells++
				}
				if a != access.Past {
					require.Equal(t, may(p, cam, string(a), now, now), rights[n].Answer >= access.Purpose, fmt.Sprintf("%s %s %+v", id, a, p))
				}
			}
		}
	}
	t.Logf("%d cells", cells)
}
