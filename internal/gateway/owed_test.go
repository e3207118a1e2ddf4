package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
)

// TestOneClickAndAllAtOnce: what waits for nothing but a yes is told with its move; many are approved together, or none
// with the reasons of those that were refused.
func TestOneClickAndAllAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("officer", identity.ExecutingOfficer, "koseki")
	clerk, officer := h.Token("clerk"), h.Token("officer")
	for _, day := range []string{"2025-06-02", "2025-06-03"} {
		require.Equal(t, 201, h.as(clerk, "POST", "/api/patrol-days", fmt.Sprintf(`{"unit":"koseki","day":%q,"slots":[""]}`, day)).StatusCode)
	}
	bad := h.as(clerk, "POST", "/api/records/patrol", `{"unit":"koseki","values":{"day":"2025-06-04","by":"designated","patroller":"clerk","reported_to":"officer","findings":2}}`)
	require.Equal(t, 200, h.as(clerk, "POST", "/api/records/patrol/"+strings.Trim(field(t, bad, "id"), `"`)+"/moves/report", `{"version":1}`).StatusCode)
	type debts struct {
		Debts []struct {
			Record struct {
				ID      string
				Version int64
			}
			Moves []struct{ ID string }
		}
	}
	owed := unmarshal[debts](t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body).Debts
	require.Len(t, owed, 3)
	var all, ready []string
	for _, d := range owed {
		move := fmt.Sprintf(`{"id":%q,"version":%d,"move":"confirm"}`, d.Record.ID, d.Record.Version)
		if all = append(all, move); len(d.Moves) > 0 {
			require.Equal(t, "confirm", d.Moves[0].ID)
			ready = append(ready, move)
		}
	}
	require.Len(t, ready, 2, "with findings it is not one click")
	many := func(token string, moves []string) answer {
		return h.as(token, "POST", "/api/record-moves", `{"moves":[`+strings.Join(moves, ",")+`]}`)
	}
	res := many(officer, all)
	problem(t, res, 409, "refused")
	require.Contains(t, res.body, `"field":"2"`)
	require.Len(t, unmarshal[debts](t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body).Debts, 3, "none of them was")
	problem(t, many(clerk, ready), 409, "refused")
	require.Equal(t, 200, many(officer, ready).StatusCode)
	require.Len(t, unmarshal[debts](t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body).Debts, 1)
}

// TestChase: the office reminds all who owe something, once a day; it stays in their inbox until nothing is owed.
func TestChase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("officer", identity.ExecutingOfficer, "koseki")
	h.Add("gomi", identity.ExecutingOfficer, "gomi")
	h.Add("joho", identity.InformationSecurity, "kankyo")
	clerk, officer, office := h.Token("clerk"), h.Token("officer"), h.Token("joho")
	require.Equal(t, 201, h.as(clerk, "POST", "/api/patrol-days", `{"unit":"koseki","day":"2025-06-02","slots":[""]}`).StatusCode)
	chase := func() answer { return h.as(office, "POST", "/api/chases", `{"by":"2030-01-01"}`) }
	problem(t, h.as(officer, "POST", "/api/chases", `{}`), 403, "denied")
	res := chase()
	require.Equal(t, 200, res.StatusCode, res.body)
	require.Contains(t, res.body, `"login":"officer"`)
	require.NotContains(t, res.body, `"login":"gomi"`)
	problem(t, chase(), 409, "chased")
	require.Contains(t, h.as(office, "GET", "/api/chases?by=2030-01-01", "").body, `"chased":"`)
	require.Contains(t, h.as(officer, "GET", "/api/inbox", "").body, `"kind":"chase"`)
	require.NotContains(t, h.as(clerk, "GET", "/api/inbox", "").body, `"kind":"chase"`)
	rows := h.Rows("record.chase")
	require.Len(t, rows, 1)
	one := unmarshal[struct {
		Debts []struct {
			Record struct {
				ID      string
				Version int64
			}
		}
	}](t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body).Debts[0].Record
	require.Equal(t, 200, h.as(officer, "POST", "/api/record-moves", fmt.Sprintf(`{"moves":[{"id":%q,"version":%d,"move":"confirm"}]}`, one.ID, one.Version)).StatusCode)
	require.NotContains(t, h.as(officer, "GET", "/api/inbox", "").body, `"kind":"chase"`, "nothing is owed any more")
}

// TestLastYearsPlan: what was planned last year comes as drafts of this year, on business days, and once.
func TestLastYearsPlan(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("joho", identity.InformationSecurity, "kankyo")
	h.Add("clerk", identity.Clerk, "koseki")
	office, clerk := h.Token("joho"), h.Token("clerk")
	for _, v := range []string{`{"name":"内部監査","planned":"2025-05-02"}`, `{"name":"更新審査","planned":"2026-03-27"}`} {
		require.Equal(t, 201, h.as(office, "POST", "/api/records/milestone", `{"values":`+v+`}`).StatusCode)
	}
	copies := func(token string, body string) answer {
		return h.as(token, "POST", "/api/record-copies/milestone", body)
	}
	dry := copies(office, `{"year":2026,"dry":true}`)
	require.Equal(t, 200, dry.StatusCode, dry.body)
	require.Contains(t, dry.body, "内部監査　2026-05-07", "2026-05-02 is a Saturday, and holidays follow")
	require.Contains(t, dry.body, "更新審査　2027-03-29", "2027-03-27 is a Saturday")
	require.NotContains(t, h.as(office, "GET", "/api/records/milestone", "").body, "2026-05-07")
	problem(t, copies(clerk, `{"year":2026}`), 409, "nothing")
	require.Equal(t, 200, copies(office, `{"year":2026}`).StatusCode)
	problem(t, copies(office, `{"year":2026}`), 409, "nothing")
	problem(t, h.as(clerk, "POST", "/api/record-copies/patrol", `{"year":2026}`), 400, "no-plan")
}

// TestFortyInductions: a table of them is written together, with the training of their first day; a bad row is told by
// its place and field, and none is written.
func TestFortyInductions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("joho", identity.InformationSecurity, "kankyo")
	clerk := h.Token("clerk")
	material := field(t, h.as(h.Token("joho"), "POST", "/api/records/training-material", `{"values":{"title":"共通","edition":"3","part":"common"}}`), "label")
	batch := func(bad string) answer {
		var rows []string
		for i := range 40 {
			name := fmt.Sprintf("見本 %d", i)
			if bad != "" && i == 7 {
				name = ""
			}
			rows = append(rows, fmt.Sprintf(`{"staff":"%05d","name":%q,"kana":"ミホン","kind":"fiscal","from":"2026-04-01","until":"2027-03-31","trained":"2026-04-01","minutes":60,"trainer":"clerk","common":%s,"own":"窓口の手順"}`, i+1, name, material))
		}
		return h.as(clerk, "POST", "/api/record-batches/induction", `{"unit":"koseki","moves":["train"],"records":[`+strings.Join(rows, ",")+`]}`)
	}
	res := batch("one")
	problem(t, res, 409, "refused")
	require.Contains(t, res.body, `"field":"7.name"`)
	require.Contains(t, h.as(clerk, "GET", "/api/records/induction", "").body, `"all":0`)
	res = batch("")
	require.Equal(t, 201, res.StatusCode, res.body)
	require.Equal(t, 40, strings.Count(res.body, `"state":"trained"`))
	res = batch("")
	problem(t, res, 409, "refused")
	require.Contains(t, res.body, "同じ記録")
}
