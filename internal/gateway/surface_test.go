package gateway_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/gateway"
	"yagura/internal/health"
	"yagura/internal/identity"
	"yagura/internal/vms"
	"yagura/internal/whep/wheptest"
)

// instant is RFC 3339 in UTC with microseconds.
var instant = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`)

// keys are the names of a JSON object.
func keys(t *testing.T, raw json.RawMessage) (names []string) {
	t.Helper()
	var m map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(raw, &m))
	for name := range m {
		names = append(names, name)
	}
	return names
}

func (h *house) person(login string, post identity.Post, unit string) {
	h.t.Helper()
	h.Add(login, post, unit)
	require.NoError(h.t, h.Identity.SetPassword(h.t.Context(), login, password))
}

func (h *house) signIn(login, password string) answer {
	h.t.Helper()
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	require.NoError(h.t, err)
	return h.ask("POST", "/api/session", string(body))
}

func TestSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *gateway.Config) { c.Relaxed = []string{"second_factor"} })
	h.person("kiki", identity.CrisisManagement, "")
	system := h.ask("GET", "/api/system", "") // the page one signs in on says it too
	require.JSONEq(t, `{"relaxed":["second_factor"],"zone":"Asia/Tokyo","overlay":"choice","directory":[]}`, system.body)

	in := h.signIn(" KIKI ", password)
	require.Equal(t, 200, in.StatusCode, in.body)
	require.Len(t, in.Cookies(), 1)
	c := in.Cookies()[0]
	require.Equal(t, []any{"yagura", "/", "", true, false, http.SameSiteStrictMode}, []any{c.Name, c.Path, c.Domain, c.HttpOnly, c.Secure, c.SameSite})
	require.GreaterOrEqual(t, len(c.Value), 43) // 256 bits
	require.InDelta(t, 12*3600, c.MaxAge, 5)
	require.NotContains(t, in.body, c.Value)
	cookie := []string{"Cookie", c.Name + "=" + c.Value}

	me := h.ask("GET", "/api/session", "", cookie...)
	require.Equal(t, 200, me.StatusCode)
	require.ElementsMatch(t, []string{"login", "name", "appointments", "purpose", "case", "purposes", "expires", "relaxed", "zone", "directory", "emergency"}, keys(t, []byte(me.body)))
	body := read[map[string]any](t, me)
	require.Regexp(t, instant, body["expires"])
	require.Equal(t, []any{"second_factor"}, body["relaxed"])

	problem(t, h.ask("PUT", "/api/session", `{"purpose":"curiosity"}`, cookie...), 400, "bad-purpose")
	put := h.ask("PUT", "/api/session", `{"purpose":"incident"}`, cookie...)
	require.Equal(t, "incident", read[map[string]any](t, put)["purpose"])
	require.Empty(t, read[map[string]any](t, put)["case"])
	put = h.ask("PUT", "/api/session", `{"purpose":"incident","case":" 危管29-7 "}`, cookie...)
	require.Equal(t, "危管29-7", read[map[string]any](t, put)["case"])
	require.Equal(t, "危管29-7", h.Rows(audit.StatePurpose)[1].Case)
	problem(t, h.ask("PUT", "/api/session", `{"purpose":"incident","case":"`+strings.Repeat("件", 65)+`"}`, cookie...), 400, "")
	require.Equal(t, "incident", h.Rows(audit.StatePurpose)[0].Purpose)

	out := h.ask("DELETE", "/api/session", "", cookie...)
	require.Equal(t, 204, out.StatusCode)
	require.Negative(t, out.Cookies()[0].MaxAge)
	require.Equal(t, `"cache", "storage"`, out.Header.Get("Clear-Site-Data"))
	problem(t, h.ask("GET", "/api/session", "", cookie...), 401, "not-signed-in")
	for _, action := range []string{audit.SignIn, audit.SignOut} {
		require.Equal(t, "kiki", h.Rows(action)[0].Actor)
		require.Equal(t, "127.0.0.1", h.Rows(action)[0].From)
	}
}

func TestCookieBehindTLS(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *gateway.Config) { c.Origin = "https://yagura.example.lg.jp" })
	h.person("kiki", identity.CrisisManagement, "")
	in := h.signIn("kiki", password)
	c := in.Cookies()[0]
	require.Equal(t, []any{"__Host-yagura", "/", true, true}, []any{c.Name, c.Path, c.HttpOnly, c.Secure})
	require.Contains(t, in.Header.Get("Strict-Transport-Security"), "max-age=")
	require.Equal(t, 200, h.ask("GET", "/api/session", "", "Cookie", c.Name+"="+c.Value).StatusCode)
	problem(t, h.ask("GET", "/api/session", "", "Cookie", "yagura="+c.Value), 401, "not-signed-in")
}

// TestRefusedSignIn: known and unknown logins answer alike, and no password reaches the log.
func TestRefusedSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.person("kiki", identity.CrisisManagement, "")
	known, unknown := h.signIn("kiki", "wrong"), h.signIn(password, password)
	problem(t, known, 401, "sign-in-failed")
	require.Equal(t, known.body, unknown.body)
	require.Equal(t, "Bearer", known.Header.Get("WWW-Authenticate"))
	rows := h.Rows(audit.SignIn)
	require.Len(t, rows, 2)
	require.Equal(t, []any{"kiki", audit.Refused, ""}, []any{rows[0].Actor, rows[0].Outcome, rows[1].Actor})
	all, err := json.Marshal(rows)
	require.NoError(t, err)
	require.NotContains(t, string(all), password)
	var last answer
	for range 40 {
		last = h.signIn("kiki", "wrong")
	}
	problem(t, last, 429, "too-many-attempts")
	require.NotEmpty(t, last.Header.Get("Retry-After"))
	require.Less(t, len(h.Rows(audit.SignIn)), 20, "a flood is not written row by row")
	for _, bad := range []string{"", "{", `{"login":"kiki"}`, `[]`, `{"login":1,"password":2}`} {
		require.Equal(t, 400, h.ask("POST", "/api/session", bad, "Content-Type", "application/json").StatusCode, bad)
	}
	require.Equal(t, 413, h.signIn("kiki", strings.Repeat("x", 1<<20)).StatusCode)
}

func TestAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.person("kiki", identity.CrisisManagement, "")
	c := h.signIn("kiki", password).Cookies()[0]
	cookie := c.Name + "=" + c.Value
	for _, r := range h.gateway.Routes() {
		if r.Method == "" || r.Method == "GET" {
			continue
		}
		for _, headers := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "null"}} {
			problem(t, h.ask(r.Method, r.Path, "{}", append(headers, "Cookie", cookie)...), 403, "cross-origin")
		}
	}
	require.Equal(t, 200, h.ask("GET", "/api/session", "", "Cookie", cookie).StatusCode)
	for _, headers := range [][]string{{"Origin", "http://yagura.test:8080", "Sec-Fetch-Site", "same-origin"}, {"Origin", h.srv.URL}, {"Origin", "http://yagura.test:8080"}} {
		got := h.ask("PUT", "/api/session", `{"purpose":"incident"}`, append(headers, "Cookie", cookie)...)
		require.Equal(t, 200, got.StatusCode, "%v %s", headers, got.body)
		require.Empty(t, got.Header.Get("Access-Control-Allow-Origin"))
	}
}

func TestTokensOnEveryRoute(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	token := h.Token("kiki")
	for _, auth := range []string{"Bearer " + token, "bearer  " + token} {
		require.Equal(t, 200, h.ask("GET", "/api/cameras", "", "Authorization", auth).StatusCode)
	}
	for _, auth := range []string{"", "Bearer", "Bearer x", "Basic " + token, "Bearer " + token + "x", token} {
		for _, r := range h.gateway.Routes() {
			if r.Need == gateway.SignIn {
				problem(t, h.ask(r.Method, strings.NewReplacer("{", "", "}", "").Replace(r.Path), "", "Authorization", auth), 401, "not-signed-in")
			}
		}
	}
	problem(t, h.ask("GET", "/api/session?token="+url.QueryEscape(token), ""), 401, "not-signed-in")
}

// reported is a house with a camera that records, one that does not, and nothing known of the others.
func reported(t *testing.T) (h *house, now vms.Instant, token string) {
	h = newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	now = h.Now()
	require.NoError(t, h.board.Report(t.Context(), []health.Feed{
		{Feed: vms.Feed{Camera: "c-koseki", Stream: vms.Main}, Node: "n1", State: health.Recording, Since: now - 5, Bits: 1_500_000, FPS: 15, Loss: 0.25, Written: now - 1, Reported: now},
		{Feed: vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, Node: "n1", State: health.Recording, Since: now - 5, Bits: 100_000, FPS: 5, Reported: now},
		{Feed: vms.Feed{Camera: "c-gomi", Stream: vms.Main}, Node: "n1", State: health.Stopped, Since: now - 9, Cause: vms.Unreachable, Reported: now},
	}))
	return h, now, h.Token("kiki")
}

func TestCameras(t *testing.T) {
	t.Parallel()
	h, now, token := reported(t)
	list := h.as(token, "GET", "/api/cameras", "")
	raw := read[struct {
		Cameras []json.RawMessage
		Now     string
	}](t, list)
	require.Regexp(t, instant, raw.Now)
	require.Len(t, raw.Cameras, 7)
	require.ElementsMatch(t, []string{"id", "number", "name", "kind", "site", "site_name", "floor", "room", "sections", "state", "since", "cause",
		"actions", "purposes", "streams", "keep_days"}, keys(t, raw.Cameras[0]))
	first := map[string]any{}
	require.NoError(t, json.Unmarshal(raw.Cameras[0], &first))
	require.Equal(t, []any{"c-koseki", "C-KOSEKI", "surveillance", "recording", (now - 5).String(), []any{"main", "sub"}, 30.0},
		[]any{first["id"], first["number"], first["kind"], first["state"], first["since"], first["streams"], first["keep_days"]})
	require.Equal(t, list.body[:len(list.body)-60], h.as(token, "GET", "/api/cameras", "").body[:len(list.body)-60], "nothing but the clock changes by itself")

	h.Add("koseki", identity.GeneralManager, "koseki") // a camera that moved away is listed for its past alone
	for _, c := range read[struct{ Cameras []map[string]any }](t, h.as(h.Token("koseki"), "GET", "/api/cameras", "")).Cameras {
		require.NotEqual(t, "c-gomi", c["id"])
		if c["id"] == "c-moved" {
			require.Equal(t, []any{"past"}, c["actions"])
		}
	}
}

func TestHealthOfCameras(t *testing.T) {
	t.Parallel()
	h, now, token := reported(t)
	figures := read[struct{ Cameras []map[string]any }](t, h.as(token, "GET", "/api/health/cameras", ""))
	require.Equal(t, []any{"c-koseki", "recording", 1600.0, 15.0, 0.25, (now - 1).String(), ""},
		[]any{figures.Cameras[0]["id"], figures.Cameras[0]["state"], figures.Cameras[0]["kbps"], figures.Cameras[0]["fps"], figures.Cameras[0]["loss"],
			figures.Cameras[0]["last_written"], figures.Cameras[0]["cause"]})
	byID := map[string]map[string]any{}
	for _, c := range figures.Cameras {
		byID[c["id"].(string)] = c
	}
	require.Equal(t, []any{"stopped", "unreachable", nil}, []any{byID["c-gomi"]["state"], byID["c-gomi"]["cause"], byID["c-gomi"]["last_written"]})
	require.Equal(t, []any{"planned", "not-in-operation", "2099-03-31T15:00:00.000000Z"}, []any{byID["c-future"]["state"], byID["c-future"]["cause"], byID["c-future"]["since"]})
	require.Equal(t, "unknown", byID["c-shared"]["state"])
	require.ElementsMatch(t, []string{"id", "state", "since", "cause", "kbps", "fps", "loss", "last_written", "clock_offset", "node"},
		slices.Collect(maps.Keys(figures.Cameras[0])))
}

func TestRecordings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	h.Add("koseki", identity.GeneralManager, "koseki")
	span := vms.Span{From: h.Moved.Add(-time.Minute), To: h.Moved.Add(time.Minute)}
	h.Record(vms.Feed{Camera: "c-moved", Stream: vms.Main}, span)
	type list struct{ Spans, Gaps []map[string]string }
	get := func(login, camera, from, to, more string) answer {
		return h.as(h.Token(login), "GET", "/api/cameras/"+camera+"/recordings?from="+url.QueryEscape(from)+"&to="+url.QueryEscape(to)+more, "")
	}
	from, to := span.From.Add(-time.Minute), span.To.Add(time.Minute)
	var got list
	require.Eventually(t, func() bool { // the imported footage reaches the index
		got = read[list](t, get("kiki", "c-moved", from.String(), to.String(), ""))
		return len(got.Spans) == 1 && got.Spans[0]["from"] == span.From.String()
	}, 15*time.Second, 50*time.Millisecond)
	require.Len(t, got.Gaps, 2)
	require.Equal(t, []string{from.String(), span.From.String()}, []string{got.Gaps[0]["from"], got.Gaps[0]["to"]})
	require.NotEmpty(t, got.Gaps[0]["cause"])

	// Whoever had the camera before sees what was theirs, and nothing of what came after.
	got = read[list](t, get("koseki", "c-moved", from.String(), to.String(), ""))
	require.Equal(t, []map[string]string{{"from": span.From.String(), "to": h.Moved.String()}}, got.Spans)
	for _, g := range got.Gaps {
		require.LessOrEqual(t, g["to"], h.Moved.String())
	}
	early := read[list](t, get("koseki", "c-moved", "2017-05-01T00:00:00Z", "2017-05-02T09:00:00+09:00", ""))
	require.Equal(t, []map[string]string{{"from": "2017-05-01T00:00:00.000000Z", "to": "2017-05-02T00:00:00.000000Z", "cause": "not-in-operation"}}, early.Gaps)
	require.Contains(t, get("kiki", "c-gomi", to.String(), to.Add(time.Second).String(), "&stream=sub").body, `"spans":[]`)

	for _, bad := range [][3]string{{"", "", ""}, {"x", to.String(), ""}, {to.String(), from.String(), ""}, {from.String(), from.String(), ""},
		{"2017-06-01T00:00:00Z", "2020-06-01T00:00:00Z", ""}, {from.String(), to.String(), "&stream=third"}} {
		a := get("kiki", "c-moved", bad[0], bad[1], bad[2])
		require.Equal(t, 400, a.StatusCode, "%v", bad)
		require.Equal(t, "application/problem+json", a.Header.Get("Content-Type"))
	}
}

func TestWHEP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Film("c-koseki", "c-main")
	h.Add("kiki", identity.CrisisManagement, "")
	h.Add("other", identity.CrisisManagement, "")
	token := h.Token("kiki")
	v := wheptest.Watch(t, h.srv.Client(), h.srv.URL+"/whep/c-koseki", token)
	require.Regexp(t, `^/whep/c-koseki/[0-9a-f]{32}$`, v.Location)
	v.More(20)
	require.Equal(t, vms.Sub, h.Rows(audit.ViewLive)[0].Stream)
	wheptest.Watch(t, h.srv.Client(), h.srv.URL+"/whep/c-main", token).More(5) // has no sub stream

	for _, theirs := range []string{h.Token("other"), h.Token("kiki")} { // another sign-in of the same person too
		for _, method := range []string{"DELETE", "PATCH"} {
			mine, none := h.as(theirs, method, v.Location, ""), h.as(theirs, method, "/whep/c-koseki/0123456789abcdef0123456789abcdef", "")
			problem(t, mine, 404, "no-session")
			require.Equal(t, none.body, mine.body)
		}
	}
	patch := h.as(token, "PATCH", v.Location, "", "Content-Type", "application/trickle-ice-sdpfrag")
	problem(t, patch, 405, "")
	require.Equal(t, "DELETE", patch.Header.Get("Allow"))
	require.Equal(t, 200, h.as(token, "DELETE", v.Location, "").StatusCode)
	require.Equal(t, "closed by the viewer", v.Hear("ended")["reason"])
	problem(t, h.as(token, "DELETE", v.Location, ""), 404, "no-session")
	require.NotEmpty(t, h.End(h.Rows(audit.ViewLive)[0].ID).Ranges)
}

func TestOffersThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Film("c-koseki")
	h.Add("kiki", identity.CrisisManagement, "")
	h.Add("head", identity.DepartmentHead, "kumin")
	token, sdp := h.Token("kiki"), wheptest.Offer(t)
	problem(t, h.as(token, "POST", "/whep/c-koseki", sdp, "Content-Type", "text/plain"), 400, "bad-offer")
	problem(t, h.offer(token, "/whep/c-koseki", "v=0"), 400, "bad-offer")
	problem(t, h.offer(token, "/whep/c-koseki", sdp+strings.Repeat("a=x\r\n", 20000)), 413, "too-long")
	problem(t, h.offer(token, "/whep/c-koseki?stream=third", sdp), 400, "bad-stream")
	problem(t, h.offer(token, "/whep/c-koseki?at=yesterday", sdp), 400, "bad-time")
	problem(t, h.offer(token, "/whep/c-koseki?at=1970-01-01T00:00:00Z&purpose=incident", sdp), 400, "bad-time") // not live
	at := "/whep/c-koseki?at=" + h.Moved.String()
	problem(t, h.offer(token, at, sdp), 400, "purpose-required")
	problem(t, h.offer(token, at+"&purpose=incident", strings.Replace(sdp, "m=application", "m=audio", 1)), 400, "bad-offer")
	problem(t, h.offer(h.Token("head"), "/whep/c-koseki?stream=main", sdp), 400, "purpose-required")
	hidden, none := h.offer(h.Token("head"), "/whep/c-gomi", sdp), h.offer(h.Token("head"), "/whep/c-none", sdp)
	require.Equal(t, none.body, hidden.body)
	hidden.Header.Del("Date")
	none.Header.Del("Date")
	require.Equal(t, none.Header, hidden.Header)
}

func TestFortySessionsASignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Film("c-koseki")
	h.Add("kiki", identity.CrisisManagement, "")
	token, sdp := h.Token("kiki"), wheptest.Offer(t)
	locations := make(chan string, 60)
	statuses := make(chan int, 60)
	for range 60 { // together: places are taken before they are filled
		go func() {
			a := h.offer(token, "/whep/c-koseki", sdp)
			statuses <- a.StatusCode
			if a.StatusCode == 201 {
				locations <- a.Header.Get("Location")
			}
		}()
	}
	count := map[int]int{}
	for range 60 {
		count[<-statuses]++
	}
	require.Equal(t, map[int]int{201: 40, 429: 20}, count)
	problem(t, h.offer(token, "/whep/c-koseki", sdp), 429, "too-many-sessions")
	require.Equal(t, 201, h.offer(h.Token("kiki"), "/whep/c-koseki", sdp).StatusCode) // another sign-in has its own
	require.Equal(t, 200, h.as(token, "DELETE", <-locations, "").StatusCode)
	require.Equal(t, 201, h.offer(token, "/whep/c-koseki", sdp).StatusCode)
}
