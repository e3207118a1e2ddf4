package gateway_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/vms"
	"yagura/internal/whep/wheptest"
)

// watch sees c-koseki, live or from an instant on.
func (h *house) watch(token string, at vms.Instant) *wheptest.Viewer {
	h.t.Helper()
	path := "/whep/c-koseki"
	if at != 0 {
		path = fmt.Sprintf("/whep/c-koseki?at=%v&purpose=incident", at)
	}
	v := wheptest.Watch(h.t, h.srv.Client(), h.srv.URL+path, token)
	v.More(10)
	return v
}

// TestRevocationReachesTheBrowser: media stops within two seconds, and the page is told why. Somebody
// else goes on. How each cause is noticed is viewing's to show.
func TestRevocationReachesTheBrowser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Film("c-koseki")
	h.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: h.Moved, To: h.Moved.Add(2 * time.Minute)})
	h.Add("other", identity.CrisisManagement, "")
	other := h.watch(h.Token("other"), 0)
	for i, c := range []struct {
		name string
		do   func(token, login string, a identity.Appointment)
	}{
		{"sign-out", func(token, _ string, _ identity.Appointment) { h.as(token, "DELETE", "/api/session", "") }},
		{"disabled", func(_, login string, _ identity.Appointment) {
			require.NoError(t, h.Identity.SetDisabled(t.Context(), login, true))
		}},
		{"appointment", func(_, _ string, a identity.Appointment) { require.NoError(t, h.Identity.End(t.Context(), a.ID, 0)) }},
	} {
		login := fmt.Sprintf("head%d", i)
		h.Add(login, "", "")
		a := h.Appoint(identity.Appointment{Login: login, Post: identity.DepartmentHead, Unit: "kumin"})
		token := h.Token(login)
		live, past := h.watch(token, 0), h.watch(token, h.Moved.Add(10*time.Second))
		began := time.Now()
		c.do(token, login, a)
		for _, v := range []*wheptest.Viewer{live, past} {
			require.NotEmpty(t, v.Hear("ended")["reason"], c.name)
			_, last := v.Packets()
			require.Less(t, last.Sub(began), 2*time.Second, c.name)
			select {
			case <-v.Closed():
			case <-time.After(10 * time.Second):
				require.Fail(t, "the connection stays", c.name)
			}
		}
		other.More(5)
	}
}

// TestOpeningAnotherCameraIsCheckedToo: a warm connection opens nothing a POST would not.
func TestOpeningAnotherCameraIsCheckedToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Film("c-koseki", "c-gomi", "c-security")
	h.Add("head", identity.DepartmentHead, "kumin")
	v := wheptest.Watch(t, h.srv.Client(), h.srv.URL+"/whep/c-koseki", h.Token("head"))
	v.More(5)
	for message, code := range map[string]string{
		`{"type":"open","camera":"c-gomi","stream":"sub"}`:                                                                  "no-camera",
		`{"type":"open","camera":"c-none","stream":"sub"}`:                                                                  "no-camera",
		`{"type":"open","camera":"c-koseki","stream":"main"}`:                                                               "purpose-required",
		fmt.Sprintf(`{"type":"seek","at":"%v"}`, h.Moved):                                                                   "purpose-required",
		fmt.Sprintf(`{"type":"open","camera":"c-security","stream":"sub","at":"%v","purpose":"deterrence_check"}`, h.Moved): "bad-purpose",
	} {
		v.Say(message)
		require.Equal(t, code, v.Hear("denied")["code"], message)
		v.More(3) // what runs goes on
	}
	v.Say(`{"type":"open","camera":"c-security","stream":"sub"}`)
	for m := v.Hear("position"); m["camera"] != "c-security"; m = v.Hear("position") {
	}
	v.More(5)
	rows := h.Rows("view.live")
	require.Equal(t, vms.CameraID("c-security"), rows[len(rows)-1].Camera)
}
