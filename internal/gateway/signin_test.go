package gateway_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/factor/factortest"
	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/whep/wheptest"
)

const chosen = "three swans under a bridge"

func strictHouse(t *testing.T) *house {
	t.Helper()
	return houseOf(t, viewingtest.Strict(t), func(c *gateway.Config) { c.Origin = viewingtest.Origin })
}

// browser keeps cookies, as one does.
type browser struct {
	*house
	device  *factortest.Authenticator
	cookies map[string]string
}

func (h *house) browser() *browser {
	return &browser{h, factortest.New(h.t, viewingtest.Origin), map[string]string{}}
}

func (b *browser) do(method, path string, body any) answer {
	b.t.Helper()
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		require.NoError(b.t, err)
		text = string(raw)
	}
	var cookies []string
	for name, value := range b.cookies {
		cookies = append(cookies, name+"="+value)
	}
	got := b.ask(method, path, text, "Cookie", strings.Join(cookies, "; "))
	for _, c := range got.Cookies() {
		require.True(b.t, c.HttpOnly && c.SameSite == http.SameSiteStrictMode && c.Path == "/", c)
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return got
}

type dict map[string]any

// signsIn goes through both steps, making a key at the first time.
func (b *browser) signsIn(login, password string) {
	b.t.Helper()
	half := b.do("POST", "/api/session", dict{"login": login, "password": password})
	require.Equal(b.t, 200, half.StatusCode, half.body)
	require.Equal(b.t, "second-factor", read[dict](b.t, half)["state"])
	in := b.do("POST", "/api/session/webauthn/finish", dict{"key": b.answerKey(), "label": "試験の鍵"})
	require.Equal(b.t, 200, in.StatusCode, in.body)
	require.Equal(b.t, login, read[dict](b.t, in)["login"])
	require.Len(b.t, b.cookies, 1, "half a sign-in is over")
}

func (b *browser) answerKey() json.RawMessage {
	b.t.Helper()
	begun := b.do("POST", "/api/session/webauthn/begin", nil)
	require.Equal(b.t, 200, begun.StatusCode, begun.body)
	options := read[struct {
		Kind      string
		PublicKey json.RawMessage
	}](b.t, begun)
	if options.Kind == "create" {
		return b.device.Create(options.PublicKey)
	}
	return b.device.Get(options.PublicKey)
}

func (b *browser) stepsUp() {
	b.t.Helper()
	begun := b.do("POST", "/api/session/step-up/begin", nil)
	require.Equal(b.t, 200, begun.StatusCode, begun.body)
	way := read[struct {
		Methods   []string
		PublicKey json.RawMessage
	}](b.t, begun)
	require.Equal(b.t, []string{"webauthn"}, way.Methods)
	done := b.do("POST", "/api/session/step-up/finish", dict{"key": json.RawMessage(b.device.Get(way.PublicKey))})
	require.Equal(b.t, 200, done.StatusCode, done.body)
}

// TestASecondFactor is a first and a second sign-in of somebody whose post asks for a factor.
func TestASecondFactor(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	h.person("kiki", identity.CrisisManagement, "")
	b := h.browser()
	half := b.do("POST", "/api/session", dict{"login": "kiki", "password": password})
	require.Equal(t, 200, half.StatusCode, half.body)
	require.ElementsMatch(t, []string{"state", "name", "methods", "enrol", "expires"}, keys(t, []byte(half.body)))
	require.JSONEq(t, `["enrol"]`, field(t, half, "methods"))
	require.JSONEq(t, `["webauthn"]`, field(t, half, "enrol"))
	require.Empty(t, h.Rows(audit.SignIn), "nobody is signed in yet")
	problem(t, b.do("GET", "/api/session", nil), 401, "not-signed-in")
	problem(t, b.do("POST", "/api/session/totp/begin", nil), 403, "codes-not-allowed")
	problem(t, b.do("POST", "/api/session/webauthn/finish", dict{"key": dict{}}), 409, "no-ceremony")
	in := b.do("POST", "/api/session/webauthn/finish", dict{"key": b.answerKey(), "label": "机の鍵"})
	require.Equal(t, 200, in.StatusCode, in.body)
	require.Equal(t, []string{"no-ceremony", "webauthn 机の鍵"}, []string{h.Rows(audit.SignIn)[0].Detail, h.Rows(audit.SignIn)[1].Detail})
	require.Equal(t, "webauthn 机の鍵", h.Rows("person.factor.add")[0].Detail)
	require.Equal(t, 200, b.do("GET", "/api/session", nil).StatusCode)

	again := h.browser()
	again.device = b.device
	half = again.do("POST", "/api/session", dict{"login": "kiki", "password": password})
	require.JSONEq(t, `["webauthn"]`, field(t, half, "methods"))
	problem(t, again.do("POST", "/api/session/totp", dict{"code": "123456"}), 403, "factor-failed")
	require.Equal(t, []string{audit.Refused, "factor-failed"}, []string{h.Rows(audit.SignIn)[2].Outcome, h.Rows(audit.SignIn)[2].Detail})
	require.Equal(t, 200, again.do("POST", "/api/session/webauthn/finish", dict{"key": again.answerKey()}).StatusCode)

	known, unknown := h.signIn("kiki", "wrong"), h.signIn("nobody", "wrong")
	problem(t, known, 401, "sign-in-failed")
	require.Equal(t, []any{known.body, known.Header.Get("Set-Cookie")}, []any{unknown.body, unknown.Header.Get("Set-Cookie")})
	wrong := dict{"login": "kiki", "code": "AAAAAAAABBBBBBBB", "password": chosen}
	known = h.browser().do("POST", "/api/session/recover", wrong)
	wrong["login"] = "nobody"
	unknown = h.browser().do("POST", "/api/session/recover", wrong)
	problem(t, known, 403, "recovery-failed")
	require.Equal(t, known.body, unknown.body)
}

func field(t *testing.T, a answer, name string) string {
	t.Helper()
	return string(read[map[string]json.RawMessage](t, a)[name])
}

// TestHalfASignInOpensNothingElse asks for everything there is with the cookie of half a sign-in, under
// every name a credential has.
func TestHalfASignInOpensNothingElse(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	h.person("kiki", identity.CrisisManagement, "")
	b := h.browser()
	require.Equal(t, 200, b.do("POST", "/api/session", dict{"login": "kiki", "password": password}).StatusCode)
	half := b.cookies["yagura-half"]
	require.NotEmpty(t, half)
	path := strings.NewReplacer("{id}", "c-koseki", "{camera}", "c-koseki", "{session}", "x", "{unit}", "koseki", "{n}", "1", "{month}", "2017-06", "{login}", "kiki")
	n := 0
	for _, r := range h.gateway.Routes() {
		if r.Need != gateway.SignIn && r.Need != gateway.StepUp {
			continue
		}
		for _, as := range [][]string{{"Cookie", "yagura-half=" + half}, {"Cookie", "yagura=" + half}, {"Authorization", "Bearer " + half}} {
			got := h.ask(r.Method, path.Replace(r.Path), "{}", as...)
			require.Equal(t, 401, got.StatusCode, "%s %s with %v: %s", r.Method, r.Path, as, got.body)
			n++
		}
	}
	require.Greater(t, n, 100)
}

// TestStepUp: what asks for a fresh proof says so, and is done once there is one.
func TestStepUp(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	h.person("kiki", identity.CrisisManagement, "")
	b := h.browser()
	b.signsIn("kiki", password)
	norm := func() answer { return b.do("PUT", "/api/duty/norms/koseki", dict{"rounds": 1, "moments": 2}) }
	require.Equal(t, 200, norm().StatusCode, "who signed in just now has proved themselves")
	h.Pass(5 * time.Minute)
	refused := norm()
	problem(t, refused, 403, "step-up")
	problem(t, b.do("POST", "/api/session/step-up/finish", dict{"password": password}), 403, "factor-failed")
	old := b.cookies["yagura"]
	b.stepsUp()
	require.NotEqual(t, old, b.cookies["yagura"])
	require.Equal(t, 200, norm().StatusCode)
	require.Equal(t, []string{audit.Refused, audit.OK}, []string{h.Rows("session.step-up")[0].Outcome, h.Rows("session.step-up")[1].Outcome})
	require.Equal(t, 200, h.ask("GET", "/api/session", "", "Cookie", "yagura="+old).StatusCode, "what was under way ends well")
	h.Pass(11 * time.Second)
	problem(t, h.ask("GET", "/api/session", "", "Cookie", "yagura="+old), 401, "not-signed-in")

	// A token steps up with the password alone only for those who need no factor.
	h.person("shisetsu", identity.Facilities, "")
	token := h.Token("shisetsu")
	problem(t, h.as(token, "POST", "/api/me/tokens", `{"label":"x","hours":1}`), 403, "step-up")
	problem(t, h.as(token, "POST", "/api/session/step-up/finish", `{"password":"wrong"}`), 403, "wrong-password")
	stepped := h.as(token, "POST", "/api/session/step-up/finish", `{"password":"`+password+`"}`)
	require.Equal(t, 200, stepped.StatusCode, stepped.body)
	require.Empty(t, stepped.Cookies())
	require.Equal(t, 201, h.as(token, "POST", "/api/me/tokens", `{"label":"x","hours":48}`).StatusCode)
}

// TestMeAndMySignIns: keys, codes, sessions and the password of a person, by themselves.
func TestMeAndMySignIns(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	h.Film("c-koseki")
	h.person("kiki", identity.CrisisManagement, "")
	h.person("admin", identity.Administrator, "")
	admin, b := h.browser(), h.browser()
	admin.signsIn("admin", password)
	b.signsIn("kiki", password)

	factors := func() []map[string]any {
		got := b.do("GET", "/api/me/factors", nil)
		require.Equal(t, `true`, field(t, got, "required"))
		return read[struct{ Factors []map[string]any }](t, got).Factors
	}
	first := factors()[0]["id"].(string)
	problem(t, b.do("DELETE", "/api/me/factors/"+first, nil), 409, "last-factor")
	problem(t, b.do("POST", "/api/me/codes/begin", nil), 403, "codes-not-allowed")
	problem(t, b.do("PUT", "/api/people/kiki/codes", dict{"allowed": true}), 403, "denied")
	require.Equal(t, 204, admin.do("PUT", "/api/people/kiki/codes", dict{"allowed": true}).StatusCode)
	made := b.do("POST", "/api/me/codes/begin", nil)
	secret := read[struct{ Secret string }](t, made).Secret
	code, err := totp.GenerateCode(secret, time.Now())
	require.NoError(t, err)
	added := b.do("POST", "/api/me/codes", dict{"code": code, "label": "携帯"})
	require.Equal(t, 201, added.StatusCode, added.body)
	require.Equal(t, 204, b.do("DELETE", "/api/me/factors/"+first, nil).StatusCode)
	require.Len(t, factors(), 1)

	other := h.browser() // by code now
	require.Equal(t, 200, other.do("POST", "/api/session", dict{"login": "kiki", "password": password}).StatusCode)
	problem(t, other.do("POST", "/api/session/totp", dict{"code": code}), 403, "factor-failed")
	next, err := totp.GenerateCode(secret, time.Now().Add(30*time.Second))
	require.NoError(t, err)
	require.Equal(t, 200, other.do("POST", "/api/session/totp", dict{"code": next}).StatusCode)
	list := read[struct {
		Sessions []struct {
			ID, Kind, Factor, Source string
			Current                  bool
		}
	}](t, b.do("GET", "/api/me/sessions", nil)).Sessions
	require.Len(t, list, 2)
	require.Equal(t, []any{"携帯", false, "127.0.0.1", true}, []any{list[0].Factor, list[0].Current, list[0].Source, list[1].Current})
	view := wheptest.Watch(t, &http.Client{Transport: withCookie{h, "yagura=" + other.cookies["yagura"]}}, h.srv.URL+"/whep/c-koseki", "")
	view.More(5)
	problem(t, admin.do("DELETE", "/api/me/sessions/"+list[0].ID, nil), 404, "no-session")
	require.Equal(t, 204, b.do("DELETE", "/api/me/sessions/"+list[0].ID, nil).StatusCode)
	require.Contains(t, view.Hear("ended")["reason"], "一覧から終了")
	gone := other.do("GET", "/api/session", nil)
	problem(t, gone, 401, "session-ended")
	require.Contains(t, gone.body, "一覧から終了")

	problem(t, b.do("PUT", "/api/me/password", dict{"current": "wrong", "password": chosen}), 403, "wrong-password")
	problem(t, b.do("PUT", "/api/me/password", dict{"current": password, "password": "password1234"}), 400, "password-common")
	require.Equal(t, 204, b.do("PUT", "/api/me/password", dict{"current": password, "password": chosen}).StatusCode)
	require.Equal(t, 200, b.do("GET", "/api/session", nil).StatusCode, "this one goes on")
	problem(t, h.signIn("kiki", password), 401, "sign-in-failed")

	rows, err := json.Marshal(h.Rows(""))
	require.NoError(t, err)
	for _, secret := range []string{password, chosen, secret, code, next, b.cookies["yagura"]} {
		require.NotContains(t, string(rows)+h.Log(), secret, "no secret is in a row or a log")
	}
}

type withCookie struct {
	h      *house
	cookie string
}

func (c withCookie) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Del("Authorization")
	r.Header.Set("Cookie", c.cookie)
	return c.h.srv.Client().Transport.RoundTrip(r)
}

// TestATokenOfAFootagePost: its person confirms it, and it says what for, each time.
func TestATokenOfAFootagePost(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	h.Film("c-koseki")
	h.person("kiki", identity.CrisisManagement, "")
	token := h.Token("kiki")
	problem(t, h.as(token, "GET", "/api/cameras", ""), 401, "token-unconfirmed")
	offer := wheptest.Offer(t)
	problem(t, h.offer(token, "/whep/c-koseki?purpose=incident", offer), 401, "token-unconfirmed")
	b := h.browser()
	b.signsIn("kiki", password)
	list := read[struct {
		Sessions []struct {
			ID, Kind string
			Waits    bool
		}
	}](t, b.do("GET", "/api/me/sessions", nil)).Sessions
	require.Len(t, list, 2)
	for _, s := range list {
		require.Equal(t, s.Kind == "token", s.Waits)
		if s.Waits {
			h.Pass(6 * time.Minute)
			problem(t, b.do("POST", "/api/me/tokens/"+s.ID+"/confirm", nil), 403, "step-up")
			b.stepsUp()
			require.Equal(t, 204, b.do("POST", "/api/me/tokens/"+s.ID+"/confirm", nil).StatusCode)
		}
	}
	require.Equal(t, "kiki", h.Rows("person.token.confirm")[0].Actor)
	require.Equal(t, 200, h.as(token, "GET", "/api/cameras", "").StatusCode)
	require.Equal(t, 200, h.as(token, "PUT", "/api/session", `{"purpose":"incident"}`).StatusCode)
	problem(t, h.offer(token, "/whep/c-koseki", offer), 400, "purpose-required")
	require.Equal(t, 201, h.offer(token, "/whep/c-koseki?purpose=incident", offer).StatusCode)
	browser := h.ask("POST", "/whep/c-koseki", offer, "Content-Type", "application/sdp", "Cookie", "yagura="+b.cookies["yagura"])
	require.Equal(t, 201, browser.StatusCode, "a person at a screen states it once")
	problem(t, b.do("POST", "/api/me/tokens", dict{"label": "x", "hours": 25}), 400, "bad-period")
	own := b.do("POST", "/api/me/tokens", dict{"label": "x", "hours": 24})
	require.Equal(t, 201, own.StatusCode)
	require.Equal(t, 200, h.as(read[struct{ Token string }](t, own).Token, "GET", "/api/cameras", "").StatusCode)
}

// TestTheFirstStartAndARecovery: two people from nothing, and a third who lost their key.
func TestTheFirstStartAndARecovery(t *testing.T) {
	t.Parallel()
	h := strictHouse(t)
	code, err := h.Identity.StartLink(t.Context())
	require.NoError(t, err)
	b := h.browser()
	problem(t, b.do("POST", "/api/start/check", dict{"code": "guess"}), 403, "start-ended")
	require.JSONEq(t, `["administrator","information_security"]`, field(t, b.do("POST", "/api/start/check", dict{"code": code}), "posts"))
	for i, c := range []struct{ post, login, left string }{{"administrator", "admin", `["information_security"]`}, {"information_security", "joho", `[]`}} {
		made := b.do("POST", "/api/start", dict{"code": code, "post": c.post, "login": c.login, "name": "見本　情", "password": chosen})
		require.Equal(t, 201, made.StatusCode, made.body)
		require.JSONEq(t, c.left, field(t, made, "posts"))
		require.Contains(t, h.Rows(audit.Appoint)[i].Detail, c.login)
	}
	problem(t, b.do("POST", "/api/start/check", dict{"code": code}), 403, "start-ended")
	admin, joho := h.browser(), h.browser()
	admin.signsIn("admin", chosen)
	joho.signsIn("joho", chosen)

	h.person("kiki", identity.CrisisManagement, "")
	lost := h.browser()
	lost.signsIn("kiki", password)
	problem(t, lost.do("GET", "/api/recoveries", nil), 403, "denied")
	problem(t, joho.do("POST", "/api/recoveries", dict{"login": "kiki", "reason": "紛失"}), 403, "denied")
	first := admin.do("POST", "/api/recoveries", dict{"login": "kiki", "reason": "紛失"})
	require.Equal(t, 201, first.StatusCode, first.body)
	waiting := read[struct {
		Recoveries []struct {
			ID, Login, State string
			Mine             bool
		}
	}](t, joho.do("GET", "/api/recoveries", nil)).Recoveries
	require.Len(t, waiting, 1)
	require.False(t, waiting[0].Mine)
	path := "/api/recoveries/" + waiting[0].ID
	problem(t, admin.do("POST", path+"/approve", nil), 403, "second-person")
	second := joho.do("POST", path+"/approve", nil)
	require.Equal(t, 200, second.StatusCode, second.body)
	halves := strings.Trim(field(t, first, "half"), `"`) + strings.Trim(field(t, second, "half"), `"`)
	require.Len(t, halves, 16)
	saved := h.browser()
	half := saved.do("POST", "/api/session/recover", dict{"login": "kiki", "code": halves, "password": chosen})
	require.Equal(t, 200, half.StatusCode, half.body)
	require.JSONEq(t, `["enrol"]`, field(t, half, "methods"))
	require.Equal(t, 200, saved.do("POST", "/api/session/webauthn/finish", dict{"key": saved.answerKey()}).StatusCode)
	problem(t, lost.do("GET", "/api/session", nil), 401, "session-ended")
	var said []string
	for _, action := range []string{"person.recovery.ask", "person.recovery.decide", "person.recovery.use"} {
		rows := h.Rows(action)
		said = append(said, fmt.Sprint(rows[len(rows)-1].Actor, " ", rows[len(rows)-1].Outcome))
	}
	require.Equal(t, []string{"admin ok", "joho ok", "kiki ok"}, said)
	rows, err := json.Marshal(h.Rows(""))
	require.NoError(t, err)
	for _, secret := range []string{code, halves[:8], halves[8:], chosen} {
		require.NotContains(t, string(rows)+h.Log(), secret)
	}
}
