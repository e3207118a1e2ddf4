package gateway_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/record"
)

type weeksAnswer struct {
	Weeks []struct{ From, To string }
	Units []struct {
		Unit, Told string
		Weeks      []string
	}
	Word *struct{ Label, Title string }
}

// TestWordOfTheWeek: the office publishes it for a Friday; each unit confirms it once, in one click, and its week is done.
func TestWordOfTheWeek(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("joho", identity.InformationSecurity, "kankyo")
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("gomi", identity.Clerk, "gomi")
	office, clerk, gomi := h.Token("joho"), h.Token("clerk"), h.Token("gomi")
	today := h.Now().Time().In(conf.JST)
	year := record.FiscalYear(h.Now())
	weeks := func(token string) weeksAnswer {
		return unmarshal[weeksAnswer](t, h.as(token, "GET", fmt.Sprintf("/api/awareness-weeks/%d", year), "").body)
	}
	publish := func(title, day string) {
		made := h.as(office, "POST", "/api/records/awareness-material", fmt.Sprintf(`{"values":{"day":%q,"title":%q,"words":"離席時は画面をロックする","kind":"weekly"}}`, day, title))
		require.Equal(t, 201, made.StatusCode, made.body)
		id := unmarshal[struct{ ID string }](t, made.body).ID
		require.Equal(t, 200, h.as(office, "POST", "/api/records/awareness-material/"+id+"/moves/publish", `{"version":1}`).StatusCode)
	}
	confirm := func(token string, unit string) int {
		return h.as(token, "POST", "/api/awareness-weeks", fmt.Sprintf(`{"units":[%q]}`, unit)).StatusCode
	}

	require.Nil(t, weeks(clerk).Word)
	require.Equal(t, 409, confirm(clerk, "koseki"), "there is none")
	publish("画面ロック", today.AddDate(0, 0, -1).Format(time.DateOnly))
	publish("来週の一言", today.AddDate(0, 0, 1).Format(time.DateOnly))
	w := weeks(clerk)
	require.Equal(t, "画面ロック", w.Word.Title, "what is for another day is not out yet")
	require.Len(t, w.Units, 1)

	require.Equal(t, 409, confirm(gomi, "koseki"), "a unit of others")
	require.Equal(t, 201, confirm(clerk, "koseki"))
	require.Equal(t, 409, confirm(clerk, "koseki"), "once")
	draft := h.as(gomi, "POST", "/api/records/awareness", fmt.Sprintf(`{"unit":"gomi","values":{"day":%q,"methods":["circular"],"theme":"画面ロック","material":%q}}`, today.Format(time.DateOnly), w.Word.Label))
	require.Equal(t, 201, draft.StatusCode, draft.body)
	require.Equal(t, 201, confirm(gomi, "gomi"))
	w = weeks(gomi)
	require.Equal(t, unmarshal[struct{ ID string }](t, draft.body).ID, w.Units[0].Told, "the draft was completed")

	all := weeks(office)
	require.Len(t, all.Units, 3, "the office sees every unit that has no parts")
	for _, u := range all.Units {
		require.Len(t, u.Weeks, len(all.Weeks))
		if u.Unit == "koseki" {
			require.Contains(t, u.Weeks, "done")
		}
	}
	one := h.as(clerk, "GET", "/api/records/awareness", "").body
	require.Contains(t, one, `"state":"done"`)
	require.Contains(t, one, `"speaker":"clerk"`)
}
