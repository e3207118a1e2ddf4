package gateway_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/bookmark"
	"yagura/internal/conf"
	"yagura/internal/desk"
	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
)

// mark is a bookmark as it is answered.
type mark struct {
	ID, Camera, At, Text, By, Case, Purpose, Created, Changed string
	To                                                        *string
	ByName                                                    string `json:"by_name"`
	ByTitle                                                   string `json:"by_title"`
	Shared, Still, Mine                                       bool
}

type marks struct {
	Bookmarks []mark
	More      bool
}

func TestBookmarksOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("tokatsu", identity.GeneralManager, "koseki")
	h.Add("kiki", identity.CrisisManagement, "")
	author, kiki := h.Token("tokatsu"), h.Token("kiki")
	require.Equal(t, 200, h.as(author, "PUT", "/api/session", `{"purpose":"incident","case":"R8-17"}`).StatusCode)
	at := h.Now().Add(-time.Hour)
	text := func(i int) string { return at.Add(time.Duration(i) * time.Minute).String() }

	added := h.as(author, "POST", "/api/cameras/c-koseki/bookmarks", fmt.Sprintf(`{"at":%q,"to":%q,"text":"赤い鞄","shared":true,"still":false}`, text(0), text(1)))
	require.Equal(t, 201, added.StatusCode, added.body)
	first := read[mark](t, added)
	require.Regexp(t, instant, first.Created)
	until := text(1)
	require.Equal(t, mark{ID: first.ID, Camera: "c-koseki", At: text(0), To: &until, Text: "赤い鞄", Shared: true, By: "tokatsu", ByName: "tokatsu",
		ByTitle: "統括管理者", Mine: true, Case: "R8-17", Purpose: "incident", Created: first.Created, Changed: first.Created}, first)
	still := h.as(author, "POST", "/api/cameras/c-koseki/bookmarks", fmt.Sprintf(`{"at":%q,"text":"","shared":false,"still":true,"to":null}`, text(5)))
	require.Equal(t, 201, still.StatusCode, still.body)
	require.Contains(t, still.body, `"to":null`)
	require.Len(t, h.Rows(bookmark.ActionKeep), 1)

	for query, want := range map[string][]string{"": {"", "赤い鞄"}, "still=true": {""}, "q=" + url.QueryEscape("赤　Ｃ-koseki"): {"赤い鞄"}, "q=tokatsu&mine=true": {"", "赤い鞄"},
		"from=" + text(1): {""}, "to=" + text(1): {"赤い鞄"}, "from=" + at.Add(time.Second).String() + "&to=" + text(2): {"赤い鞄"}, "camera=c-gomi": {}, "limit=1": {""}} {
		got := h.as(author, "GET", "/api/bookmarks?"+query, "")
		require.Equal(t, 200, got.StatusCode, got.body)
		list := read[marks](t, got)
		texts := []string{}
		for _, m := range list.Bookmarks {
			texts = append(texts, m.Text)
		}
		require.Equal(t, want, texts, query)
		require.Equal(t, query == "limit=1", list.More)
	}
	next := read[marks](t, h.as(author, "GET", "/api/bookmarks?limit=1&before="+read[mark](t, still).ID, ""))
	require.Equal(t, []any{first, false}, []any{next.Bookmarks[0], next.More})
	seen := read[marks](t, h.as(kiki, "GET", "/api/bookmarks", ""))
	require.Len(t, seen.Bookmarks, 1)
	require.False(t, seen.Bookmarks[0].Mine)

	changed := read[mark](t, h.as(author, "PUT", "/api/bookmarks/"+first.ID, `{"text":"青い鞄","shared":false}`))
	first.Text, first.Shared, first.Changed = "青い鞄", false, changed.Changed
	require.Equal(t, first, changed)
	require.Equal(t, marks{Bookmarks: []mark{}}, read[marks](t, h.as(kiki, "GET", "/api/bookmarks", "")))
	require.Equal(t, 204, h.as(author, "DELETE", "/api/bookmarks/"+first.ID, "").StatusCode)
	problem(t, h.as(author, "DELETE", "/api/bookmarks/"+first.ID, ""), 404, "no-bookmark")
}

func TestBookmarksThatCannotBeAskedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	token, at := h.Token("kiki"), h.Now().Add(-time.Hour).String()
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "from=yesterday", "to=1", "before=zz", "mine=maybe", "q=" + strings.Repeat("x", 201)} {
		require.Equal(t, 400, h.as(token, "GET", "/api/bookmarks?"+query, "").StatusCode, query)
	}
	for body, code := range map[string]string{
		`{"at":"` + at + `","text":"","shared":true,"still":false}`:                                           "bad-text",
		`{"at":"2199-01-01T00:00:00Z","text":"x","shared":true,"still":false}`:                                "in-future",
		`{"at":"` + at + `","text":"x","shared":true,"still":false,"purpose":"curiosity"}`:                    "bad-purpose",
		`{"at":"` + at + `","to":"` + at + `","text":"x","shared":true,"still":false}`:                        "bad-range",
		`{"at":"yesterday","text":"x","shared":true,"still":false}`:                                           "",
		`{"text":"x","shared":true,"still":false}`:                                                            "",
		`{"at":"` + at + `","text":"` + strings.Repeat("x", 501) + `","shared":true,"still":false}`:           "",
		`{"at":"` + at + `","text":"x","shared":true,"still":false,"by":"somebody"}`:                          "",
		`{"at":"` + at + `","text":"x","shared":true,"still":false,"case":"` + strings.Repeat("9", 65) + `"}`: "",
	} {
		problem(t, h.as(token, "POST", "/api/cameras/c-koseki/bookmarks", body), 400, code)
	}
	require.Empty(t, read[marks](t, h.as(token, "GET", "/api/bookmarks", "")).Bookmarks)
}

// TestWhoseAppointmentEndedSeesNoBookmark: within the session, which goes on.
func TestWhoseAppointmentEndedSeesNoBookmark(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("tokatsu", "", "")
	post := h.Appoint(identity.Appointment{Login: "tokatsu", Post: identity.GeneralManager, Unit: "koseki"})
	h.Appoint(identity.Appointment{Login: "tokatsu", Post: identity.GeneralManager, Unit: "zeimu"})
	token := h.Token("tokatsu")
	body := fmt.Sprintf(`{"at":%q,"text":"x","shared":true,"still":false}`, h.Now().Add(-time.Hour))
	own := read[mark](t, h.as(token, "POST", "/api/cameras/c-koseki/bookmarks", body))
	require.Len(t, read[marks](t, h.as(token, "GET", "/api/bookmarks", "")).Bookmarks, 1)
	require.NoError(t, h.Identity.End(t.Context(), post.ID, 0))
	require.Empty(t, read[marks](t, h.as(token, "GET", "/api/bookmarks?mine=true", "")).Bookmarks)
	problem(t, h.as(token, "PUT", "/api/bookmarks/"+own.ID, `{"text":"y","shared":false}`), 404, "no-bookmark")
	problem(t, h.as(token, "POST", "/api/cameras/c-koseki/bookmarks", body), 404, "no-camera")
}

func TestSettingsOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("shisetsu", identity.Facilities, "")
	token := h.Token("shisetsu")
	require.JSONEq(t, `{"language":"","calendar":"western","start":"wall","overlay":true}`, h.as(token, "GET", "/api/me/settings", "").body)
	mine := `{"language":"en","calendar":"both","start":"health","overlay":false}`
	for range 2 {
		put := h.as(token, "PUT", "/api/me/settings", mine)
		require.Equal(t, 200, put.StatusCode)
		require.JSONEq(t, mine, put.body)
	}
	require.JSONEq(t, mine, h.as(token, "GET", "/api/me/settings", "").body)
	for _, old := range []string{`"en"`, `"both"`, `"health"`, `false`} {
		problem(t, h.as(token, "PUT", "/api/me/settings", strings.Replace(mine, old, `"other"`, 1)), 400, "")
	}
	problem(t, h.as(token, "PUT", "/api/me/settings", strings.Replace(mine, "}", `,"theme":"dark"}`, 1)), 400, "")
	require.JSONEq(t, mine, h.as(token, "GET", "/api/me/settings", "").body)
}

func TestTheSystemSaysThatTheOverlayStays(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *gateway.Config) {
		c.Desk = desk.New(desk.Config{DB: c.Desk.DB, Clock: c.Clock, Overlay: "always"})
	})
	h.Add("kiki", identity.CrisisManagement, "")
	require.Contains(t, h.ask("GET", "/api/system", "").body, `"overlay":"always"`)
	problem(t, h.as(h.Token("kiki"), "PUT", "/api/me/settings", `{"language":"","calendar":"era","start":"wall","overlay":false}`), 400, "overlay-always")
}

func TestASetForgetsCamerasOneMayNotKnowOf(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("bucho", "", "")
	kumin := h.Appoint(identity.Appointment{Login: "bucho", Post: identity.DepartmentHead, Unit: "kumin"})
	h.Appoint(identity.Appointment{Login: "bucho", Post: identity.DepartmentHead, Unit: "kankyo"})
	token := h.Token("bucho")
	type set struct {
		ID, Name, Layout, Updated string
		Cameras                   []string
	}
	body := func(cameras string) string { return `{"name":"朝の確認","layout":"9","cameras":[` + cameras + `]}` }
	added := h.as(token, "POST", "/api/me/sets", body(`"c-gomi","","c-koseki","c-main"`))
	require.Equal(t, 201, added.StatusCode, added.body)
	s := read[set](t, added)
	require.Regexp(t, instant, s.Updated)
	problem(t, h.as(token, "POST", "/api/me/sets", body(`"c-nowhere"`)), 404, "no-camera")
	problem(t, h.as(token, "POST", "/api/me/sets", `{"name":" ","layout":"9","cameras":[]}`), 400, "bad-name")
	problem(t, h.as(token, "POST", "/api/me/sets", `{"name":"x","layout":"3","cameras":[]}`), 400, "")
	problem(t, h.as(token, "POST", "/api/me/sets", `{"name":"x","layout":"4","cameras":null}`), 400, "")

	files := viewingtest.Files(h.Moved)
	lines := strings.Split(files[1].Data, "\n")
	for i, l := range lines {
		if strings.Contains(l, "id: c-main") {
			lines = append(lines[:i], lines[i+1:]...)
			break
		}
	}
	h.Cameras([]conf.File{files[0], {Name: files[1].Name, Data: strings.Join(lines, "\n")}})
	require.NoError(t, h.Identity.End(t.Context(), kumin.ID, 0))
	list := read[struct{ Sets []set }](t, h.as(token, "GET", "/api/me/sets", ""))
	s.Cameras = []string{"c-gomi", "", "", ""}
	require.Equal(t, []set{s}, list.Sets, "places stay, cameras go")
	put := read[set](t, h.as(token, "PUT", "/api/me/sets/"+s.ID, body(`"c-gomi"`)))
	require.Equal(t, []string{"c-gomi"}, put.Cameras)
	problem(t, h.as(token, "PUT", "/api/me/sets/none", body("")), 404, "no-set")
	require.Equal(t, 204, h.as(token, "DELETE", "/api/me/sets/"+s.ID, "").StatusCode)
	problem(t, h.as(token, "DELETE", "/api/me/sets/"+s.ID, ""), 404, "no-set")
	require.JSONEq(t, `{"sets":[]}`, h.as(token, "GET", "/api/me/sets", "").body)
}
