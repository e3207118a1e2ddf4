package gateway_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

type round struct {
	ID, By   string
	Finished *string
	Moments  []struct {
		N                               int
		Camera, At, Why, Result, Report string
		Checked                         *string
	}
}

// TestTheDutyToLook goes through a round over HTTP, with footage that is really looked at.
func TestTheDutyToLook(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	span := vms.Span{From: h.Now().Add(-8 * time.Minute), To: h.Now().Add(-6 * time.Minute)}
	for _, id := range []vms.CameraID{"c-gomi", "c-shared"} {
		h.Record(vms.Feed{Camera: id, Stream: vms.Main}, span)
		h.Record(vms.Feed{Camera: id, Stream: vms.Sub}, span)
	}
	require.Eventually(t, func() bool { // the imported footage reaches the index
		n := 0
		err := h.DB.QueryRow(t.Context(), `SELECT COUNT(DISTINCT camera) FROM span WHERE stream = 'main' AND to_us >= $1`, int64(span.To)).Scan(&n)
		return err == nil && n == 2
	}, 15*time.Second, 50*time.Millisecond)
	h.Add("head", identity.DepartmentHead, "kankyo")
	h.Add("kiki", identity.CrisisManagement, "")
	token, kiki := h.Token("head"), h.Token("kiki")
	problem(t, h.as(h.Token("kiki"), "PUT", "/api/duty/norms/kankyo", `{"rounds":1,"moments":2}`), 403, "step-up")
	h.Fresh(token)
	h.Fresh(kiki)
	r := h.drawRound(token, kiki, span)
	r = h.lookThrough(token, r)
	h.reportAndAnswer(token, kiki, r)
	h.ledger(token, r)
}

// drawRound sets a norm and draws a round, once.
func (h *house) drawRound(token, kiki string, span vms.Span) round {
	t := h.t
	require.Equal(t, 200, h.as(kiki, "PUT", "/api/duty/norms/kankyo", `{"rounds":1,"moments":2}`).StatusCode)
	problem(t, h.as(token, "PUT", "/api/duty/norms/kankyo", `{"rounds":1,"moments":1}`), 403, "denied")

	drawn := h.as(token, "POST", "/api/duty/rounds", `{"unit":"kankyo"}`)
	require.Equal(t, 201, drawn.StatusCode, drawn.body)
	r := read[round](t, drawn)
	require.ElementsMatch(t, []string{"id", "unit", "unit_name", "by", "by_name", "started", "finished", "until", "moments"}, keys(t, []byte(drawn.body)))
	require.Equal(t, []any{"head", 2}, []any{r.By, len(r.Moments)})
	again := h.as(token, "POST", "/api/duty/rounds", `{"unit":"kankyo"}`)
	require.Equal(t, []any{200, r.ID}, []any{again.StatusCode, read[round](t, again).ID})
	for _, m := range r.Moments {
		at, err := vms.ParseInstant(m.At)
		require.NoError(t, err)
		require.Equal(t, []any{"random", true}, []any{m.Why, span.Contains(at)})
	}
	return r
}

// lookThrough marks the moments of a round after they were seen: the first as a single picture, the
// second in a view that still runs.
func (h *house) lookThrough(token string, r round) round {
	t := h.t
	mark := func(n int, body string) answer {
		return h.as(token, "PUT", fmt.Sprintf("/api/duty/rounds/%s/moments/%d", r.ID, n), body)
	}
	for _, m := range r.Moments {
		problem(t, mark(m.N, `{"result":"fine"}`), 409, "not-seen")
	}
	picture := h.as(token, "GET", "/api/cameras/"+r.Moments[0].Camera+"/picture?purpose=deterrence_check&at="+url.QueryEscape(r.Moments[0].At), "")
	require.Equal(t, 200, picture.StatusCode, picture.body)
	require.Equal(t, 200, mark(1, `{"result":"fine"}`).StatusCode)
	s, err := h.Identity.Resolve(t.Context(), token)
	require.NoError(t, err)
	at, err := vms.ParseInstant(r.Moments[1].At)
	require.NoError(t, err)
	v, err := h.Room.For(s, "127.0.0.1").Open(t.Context(), whep.Request{Camera: vms.CameraID(r.Moments[1].Camera), Stream: vms.Sub, At: at, Purpose: "deterrence_check"})
	require.NoError(t, err)
	defer v.Close()
	problem(t, mark(2, `{"result":"attention"}`), 409, "not-seen") // opened, and no picture yet
	_, err = v.Reader.ReadUnit(t.Context())
	require.NoError(t, err)
	r = read[round](t, mark(2, `{"result":"attention","note":"荷物"}`))
	require.NotNil(t, r.Finished)
	require.Equal(t, []string{"fine", "attention"}, []string{r.Moments[0].Result, r.Moments[1].Result})
	return r
}

// reportAndAnswer tells crisis management of the second moment of a round.
func (h *house) reportAndAnswer(token, kiki string, r round) {
	t := h.t
	sent := h.as(token, "POST", "/api/duty/reports", fmt.Sprintf(`{"camera":%q,"at":%q,"cameras":[%q],"note":"荷物","round":%q,"moment":2}`,
		r.Moments[1].Camera, r.Moments[1].At, r.Moments[0].Camera, r.ID))
	require.Equal(t, 201, sent.StatusCode, sent.body)
	require.ElementsMatch(t, []string{"id", "from", "from_name", "from_title", "unit_name", "camera", "at", "cameras", "note", "sent", "received",
		"received_by_name", "outcome", "outcome_text", "closed", "mine"}, keys(t, []byte(sent.body)))
	rep := read[map[string]any](t, sent)
	require.Equal(t, []any{"部長", "環境", nil, true, "", []any{r.Moments[0].Camera}}, []any{rep["from_title"], rep["unit_name"], rep["received"], rep["mine"], rep["outcome"], rep["cameras"]})
	require.Equal(t, rep["id"], read[round](t, h.as(token, "GET", "/api/duty/rounds/"+r.ID, "")).Moments[1].Report)
	path := "/api/duty/reports/" + rep["id"].(string)
	problem(t, h.as(token, "POST", path+"/receipt", ""), 403, "denied")
	got := read[map[string]any](t, h.as(kiki, "POST", path+"/receipt", ""))
	require.Equal(t, []any{"kiki", false}, []any{got["received_by_name"], got["mine"]})
	problem(t, h.as(kiki, "POST", path+"/outcome", `{"outcome":"fine"}`), 400, "")
	require.Equal(t, 200, h.as(kiki, "POST", path+"/outcome", `{"outcome":"handled","text":"回収した"}`).StatusCode)
	problem(t, h.as(kiki, "POST", path+"/outcome", `{"outcome":"no_issue","text":""}`), 409, "closed")
	list := read[struct{ Reports []map[string]any }](t, h.as(token, "GET", "/api/duty/reports", "")).Reports
	require.Equal(t, []any{"handled", "回収した"}, []any{list[0]["outcome"], list[0]["outcome_text"]})
}

// ledger looks for the two views of a round in the month's ledger.
func (h *house) ledger(token string, r round) {
	t := h.t
	path := "/api/duty/months/" + duty.MonthOf(h.Now()).String() + "?unit=kankyo"
	type ledger struct {
		Days    []map[string]any
		Entries []map[string]any
	}
	var got ledger
	require.Eventually(t, func() bool { // the ends of views are written a little later
		got = read[ledger](t, h.as(token, "GET", path, ""))
		return len(got.Entries) == 2 && got.Entries[0]["ended"] != nil && got.Entries[1]["ended"] != nil
	}, 5*time.Second, 10*time.Millisecond)
	require.Len(t, got.Days, 1)
	require.Equal(t, []any{1.0, 2.0, 1.0}, []any{got.Days[0]["rounds"], got.Days[0]["moments"], got.Days[0]["attention"]})
	for i, want := range []string{"fine", "attention"} {
		e := got.Entries[i]
		require.Equal(t, []any{want, "head", "部長", strings.ToUpper(r.Moments[i].Camera), false, "deterrence_check", "127.0.0.1"},
			[]any{e["result"], e["by_login"], e["by_title"], e["number"], e["live"], e["purpose"], e["source"]})
		require.Less(t, e["from"], r.Moments[i].At+"~")
	}
	raw := read[map[string]json.RawMessage](t, h.as(token, "GET", path, ""))
	var entries []json.RawMessage
	require.NoError(t, json.Unmarshal(raw["entries"], &entries))
	require.ElementsMatch(t, []string{"started", "ended", "by_title", "by_name", "by_login", "camera", "number", "stream", "live", "from", "to", "purpose",
		"case", "result", "source"}, keys(t, entries[0]))
	problem(t, h.as(token, "GET", "/api/duty/months/2025-13?unit=kankyo", ""), 400, "bad-month")
}

func TestTheInboxIsToldAsItChanges(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("head", identity.DepartmentHead, "kankyo")
	h.Add("kiki", identity.CrisisManagement, "")
	head, kiki := h.Token("head"), h.Token("kiki")
	theirs, _ := h.listen(kiki)
	require.Equal(t, 0.0, unread(t, theirs))
	send := func() map[string]any {
		a := h.as(head, "POST", "/api/duty/reports", fmt.Sprintf(`{"camera":"c-gomi","at":%q,"note":"x"}`, h.Now().Add(-time.Minute)))
		require.Equal(t, 201, a.StatusCode, a.body)
		return read[map[string]any](t, a)
	}
	rep := send()
	require.Equal(t, 1.0, unread(t, theirs))
	send()
	require.Equal(t, 2.0, unread(t, theirs))
	type list struct {
		Items []struct {
			ID, Kind, Link string
			Subject        map[string]any
			Read           bool
		}
		Unread int
	}
	items := read[list](t, h.as(kiki, "GET", "/api/inbox", ""))
	require.Equal(t, []any{2, "report", "report-" + rep["id"].(string)}, []any{items.Unread, items.Items[1].Kind, items.Items[1].ID})
	require.Equal(t, map[string]any{"report": rep["id"], "camera": "c-gomi", "number": "C-GOMI", "from": "head", "from_name": "head", "unit": "kankyo",
		"unit_name": "環境", "title": "部長"}, items.Items[1].Subject)

	path := "/api/inbox/" + items.Items[1].ID + "/read"
	mine, none := h.as(head, "POST", path, ""), h.as(head, "POST", "/api/inbox/no-such/read", "")
	problem(t, mine, 404, "no-item")
	require.Equal(t, none.body, mine.body)
	require.Equal(t, 204, h.as(kiki, "POST", path, "").StatusCode)
	require.Equal(t, 1.0, unread(t, theirs))
	require.Equal(t, 200, h.as(kiki, "POST", "/api/duty/reports/"+rep["id"].(string)+"/receipt", "").StatusCode) // read, and gone: nothing new
	require.Len(t, read[list](t, h.as(kiki, "GET", "/api/inbox", "")).Items, 1)
	require.Equal(t, "receipt", read[list](t, h.as(head, "GET", "/api/inbox", "")).Items[0].Kind)
}
