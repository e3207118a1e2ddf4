package gateway_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// question asks about the last hour in the hall.
func (h *house) question() string {
	return fmt.Sprintf(`{"site":"honcho","floor":"1F","from":"%s","to":"%s","contact":"03-0000-1111"}`, h.Now().Add(-time.Hour), h.Now())
}

func TestThePublicPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.ask("GET", "/api/public", "")
	require.Equal(t, 200, got.StatusCode)
	for _, cam := range h.Set().Cameras {
		require.NotContains(t, got.body, string(cam.ID))
		require.NotContains(t, got.body, cam.Number)
	}
	n := read[struct {
		Kinds []struct {
			Kind    string
			Cameras int
		}
		Posts  []struct{ Post string }
		Phone  string
		QR     []string
		Page   string
		Month  string
		Places []any `json:"areas"`
	}](t, got)
	require.Equal(t, []any{2, 3, "03-0000-0000", "http://yagura.test:8080/public", 1}, []any{len(n.Kinds), len(n.Posts), n.Phone, n.Page, len(n.Places)})
	require.Contains(t, h.ask("GET", "/public", "").body, "監視カメラ")
	require.Contains(t, h.ask("GET", "/public/sign", "").body, "監視カメラ")
	require.Contains(t, h.ask("GET", "/publication", "").body, "櫓")
	for range 60 {
		got = h.ask("GET", "/api/public", "")
	}
	problem(t, got, 429, "busy")
	require.NotEmpty(t, got.Header.Get("Retry-After"))
}

type receipt struct{ Number, Secret string }

func TestSomebodyWhoWasFilmedAsks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kansa", identity.Auditor, "")
	h.Add("kiki", "", "")
	h.Appoint(identity.Appointment{Login: "kiki", Post: identity.CrisisManagement, From: h.Now().Add(-time.Hour)})
	view, err := h.Audit.Append(t.Context(), audit.Entry{Time: h.Now().Add(-time.Minute), Actor: "kiki", Action: audit.ViewPast, Camera: "c-koseki", At: h.Now().Add(-30 * time.Minute), Purpose: access.Incident})
	require.NoError(t, err)
	require.NoError(t, h.Audit.CloseView(t.Context(), view, []vms.Span{{From: h.Now().Add(-30 * time.Minute), To: h.Now().Add(-29 * time.Minute)}}, "closed"))
	got := h.ask("POST", "/api/public/inquiries", h.question())
	require.Equal(t, 201, got.StatusCode, got.body)
	r := read[receipt](t, got)
	path := "/api/public/inquiries/" + r.Number
	require.Contains(t, h.ask("GET", path, "", "Inquiry-Secret", r.Secret).body, `"waiting"`)
	kansa, kiki := h.Token("kansa"), h.Token("kiki")
	problem(t, h.as(h.Token("kansa"), "POST", "/api/inquiries/"+r.Number+"/refuse", `{"reason":"x"}`), 403, "step-up")
	h.Fresh(kansa)
	h.Fresh(kiki)
	for step, body := range map[string]string{"answer": fmt.Sprintf(`{"until":"%s"}`, h.Now()), "refuse": `{"reason":"x"}`} {
		problem(t, h.as(kiki, "POST", "/api/inquiries/"+r.Number+"/"+step, body), 403, "denied")
	}
	list := read[struct{ Items []struct{ Kind, Link string } }](t, h.as(kansa, "GET", "/api/inbox", ""))
	require.Equal(t, "inquiry", list.Items[0].Kind)
	draft := read[struct {
		Until   string
		Contact string
		Found   []struct{ Title, Purpose string }
	}](t, h.as(kansa, "GET", "/api/inquiries/"+r.Number, ""))
	require.Equal(t, []any{1, "危機管理担当", "03-0000-1111"}, []any{len(draft.Found), draft.Found[0].Title, draft.Contact})
	require.Equal(t, 204, h.as(kansa, "POST", "/api/inquiries/"+r.Number+"/answer", `{"until":"`+draft.Until+`"}`).StatusCode)
	told := h.ask("GET", path, "", "Inquiry-Secret", r.Secret).body
	require.Contains(t, told, `"answered"`)
	require.Contains(t, told, "危機管理担当")
	for _, word := range []string{"kiki", "kansa", "c-koseki", "03-0000-1111", r.Secret} {
		require.NotContains(t, told, word)
	}
}

// TestInquiriesAreNotGuessed: wrong is wrong, whatever it was, and there are few tries.
func TestInquiriesAreNotGuessed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := read[receipt](t, h.ask("POST", "/api/public/inquiries", h.question()))
	var first string
	for i, c := range [][2]string{{r.Number, "AAAA"}, {"AAAA-AAAA", r.Secret}, {r.Number, ""}} {
		got := h.ask("GET", "/api/public/inquiries/"+c[0], "", "Inquiry-Secret", c[1])
		problem(t, got, 404, "no-inquiry")
		if i == 0 {
			first = got.body
		}
		require.Equal(t, first, got.body)
	}
	var got answer
	for range 10 {
		got = h.ask("GET", "/api/public/inquiries/"+r.Number, "", "Inquiry-Secret", "AAAA")
	}
	problem(t, got, 429, "busy")
	for range 5 {
		got = h.ask("POST", "/api/public/inquiries", h.question())
	}
	problem(t, got, 429, "busy")
}
