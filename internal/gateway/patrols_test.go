package gateway_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
)

// unmarshal reads an answer.
func unmarshal[T any](t *testing.T, body string) (out T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(body), &out), body)
	return out
}

type monthAnswer struct {
	Today   string
	Days    []struct{ Day string }
	Slots   []struct{ Label, Name string }
	Patrols []struct {
		ID, Label, Day, Slot, State, By, Patroller string
		Findings                                   int
	}
	By    string
	Heads []struct{ Login, Name, Post string }
}

// slot puts a patrol slot of koseki in force and returns its number.
func (h *house) slot(token, name, from string) string {
	made := h.as(token, "POST", "/api/records/patrol-slot", fmt.Sprintf(`{"unit":"koseki","values":{"name":%q,"area":"1階 %s","from":%q}}`, name, name, from))
	require.Equal(h.t, 201, made.StatusCode, made.body)
	one := unmarshal[struct{ ID, Label string }](h.t, made.body)
	require.Equal(h.t, 200, h.as(token, "POST", "/api/records/patrol-slot/"+one.ID+"/moves/set", `{"version":1}`).StatusCode)
	return one.Label
}

// TestPatrolMonth: one tap records what its patroller's post asks for; the day before is copied; what somebody else
// recorded stays; a slip is taken back with a reason.
func TestPatrolMonth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("officer", identity.ExecutingOfficer, "koseki")
	clerk, officer := h.Token("clerk"), h.Token("officer")
	morning, evening := h.slot(clerk, "午前", "2025-04-01"), h.slot(clerk, "午後", "2025-04-01")
	month := func() monthAnswer {
		return unmarshal[monthAnswer](t, h.as(clerk, "GET", "/api/patrol-months/2025-06?unit=*", "").body)
	}
	walk := func(token, body string) (int, string) {
		res := h.as(token, "POST", "/api/patrol-days", `{"unit":"koseki",`+body+`}`)
		return res.StatusCode, res.body
	}

	m := month()
	require.Len(t, m.Days, 30)
	require.Equal(t, []string{morning, evening, "designated", "officer"}, []string{m.Slots[0].Label, m.Slots[1].Label, m.By, m.Heads[0].Login})

	code, body := walk(clerk, fmt.Sprintf(`"day":"2025-06-06","slots":[%q,%q]`, morning, evening)) // a Friday
	require.Equal(t, 201, code, body)
	require.Contains(t, body, `"open":true`)
	code, body = walk(officer, fmt.Sprintf(`"day":"2025-06-06","slots":[%q]`, morning))
	require.Equal(t, 409, code, body)
	require.Contains(t, body, "walked")
	code, body = walk(officer, `"day":"2025-06-09","as_before":true`) // the Monday after
	require.Equal(t, 201, code, body)
	code, _ = walk(officer, `"day":"2025-06-08","slots":[""]`)
	require.Equal(t, 201, code)
	code, body = walk(clerk, `"day":"2025-06-20","as_before":true`)
	require.Equal(t, 409, code, body)
	require.Contains(t, body, "2025-06-19")
	code, _ = walk(clerk, `"day":"2999-01-01","slots":[""]`)
	require.Equal(t, 400, code)

	m = month()
	require.Len(t, m.Patrols, 5)
	require.Equal(t, "reported designated clerk", strings.Join([]string{m.Patrols[0].State, m.Patrols[0].By, m.Patrols[0].Patroller}, " "))
	last := m.Patrols[4]
	require.Equal(t, "2025-06-09 done executing_officer", strings.Join([]string{last.Day, last.State, last.By}, " "))
	one := h.as(clerk, "GET", "/api/records/patrol/"+last.ID, "").body
	require.Equal(t, 12, strings.Count(one[:strings.Index(one, `"history"`)], `"result":"ok"`), one)
	require.Contains(t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body, m.Patrols[0].Label, "a report waits for its answer")

	path := "/api/records/patrol/" + last.ID + "/moves/void"
	require.Equal(t, 400, h.as(officer, "POST", path, `{"version":3}`).StatusCode, "no reason")
	require.Equal(t, 200, h.as(officer, "POST", path, `{"version":3,"reason":"押し間違い"}`).StatusCode)
	require.Len(t, month().Patrols, 4)
	code, _ = walk(officer, fmt.Sprintf(`"day":"2025-06-09","slots":[%q]`, last.Slot))
	require.Equal(t, 201, code, "the box is free again")
}
