package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/audit"
	"yagura/internal/identity"
)

// What of a month's sample everybody reads and decides, against what is written down here once more.

// sampled puts an item into the month, about a row of that person's, and returns its number.
func (m *matrix) sampled(n int, kind, actor, state string) int {
	id, err := m.Audit.Append(m.t.Context(), audit.Entry{Actor: actor, Action: audit.ViewLive, Camera: "c-koseki", Stream: "sub"})
	require.NoError(m.t, err)
	asked := 0
	if state == "asked" {
		asked = 1
	}
	_, err = m.DB.Exec(m.t.Context(), `INSERT INTO review_item VALUES ('2017-07', $1, $2, $3, $4, 'random', '[]', $5, '', 'why?', $6, '', 0, '', '', 0, '', 0)`, n, kind, id, actor, state, asked)
	require.NoError(m.t, err)
	return n
}

func (m *matrix) reviewing(o oracle, token string, view, lookUp, own int) error {
	auditor, security := o.holds("auditor"), o.holds("information_security")
	pick := func(is bool, yes, no int) int {
		if is {
			return yes
		}
		return no
	}
	reads := pick(auditor || security, 200, 403)
	outside := pick(auditor || security, 404, 403) // of the sample, but not theirs
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/api/review/months", "", reads},
		{"GET", "/api/review/months/2017-07", "", reads},
		{"GET", "/api/review/months/2017-07/report", "", reads},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/answer", view), `{"text":"x"}`, 404},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/question", view), `{"text":"x"}`, pick(auditor, 204, outside)},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/finding", view), `{"text":"x","finding":"remark"}`, pick(auditor, 204, outside)},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/measures", view), `{"text":"x"}`, pick(auditor, 204, outside)},
		{"POST", "/api/review/months/2017-07/fine", fmt.Sprintf(`{"items":[%d]}`, lookUp), pick(security, 204, outside)},
		{"POST", "/api/review/months/2017-07/fine", fmt.Sprintf(`{"items":[%d]}`, own), 403},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/finding", own), `{"text":"x","finding":"remark"}`, 403},
		{"POST", fmt.Sprintf("/api/review/months/2017-07/items/%d/answer", own), `{"text":"x"}`, 204},
	} {
		if got := m.cell(token, c.method, c.path, c.body, "application/json"); got.Code != c.want {
			return fmt.Errorf("%s: %s %s %s: %d, want %d: %s", o.login, c.method, c.path, c.body, got.Code, c.want, got.Body)
		}
	}
	return m.readsSample(o, token)
}

// readsSample checks of whom the items are that somebody reads.
func (m *matrix) readsSample(o oracle, token string) error {
	type items struct {
		Items []struct {
			Kind, State, Question string
			Entry                 struct{ Actor string }
		}
	}
	var month, mine items
	if err := json.Unmarshal(m.cell(token, "GET", "/api/review/mine", "", "").Body.Bytes(), &mine); err != nil {
		return err
	}
	if len(mine.Items) != 1 || mine.Items[0].Entry.Actor != o.login || mine.Items[0].Question != "why?" {
		return fmt.Errorf("%s: was asked %+v", o.login, mine)
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/review/months/2017-07", "", "").Body.Bytes(), &month); err != nil {
		return err
	}
	kinds := map[string]bool{}
	for _, i := range month.Items {
		kinds[i.Kind] = true
	}
	if kinds["view"] != o.holds("auditor") || kinds["lookup"] != o.holds("auditor", "information_security") {
		return fmt.Errorf("%s: reads %v", o.login, kinds)
	}
	return nil
}

func TestReviewMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("watcher", identity.CrisisManagement, "")
	m.Add("other", identity.Auditor, "")
	_, err := m.DB.Exec(t.Context(), `INSERT INTO review_month VALUES ('2017-07', '00', 1, 1, 1, 1)`)
	require.NoError(t, err)
	var g errgroup.Group
	g.SetLimit(8)
	n := 0
	for _, o := range m.people() {
		token := m.Token(o.login)
		view, lookUp, own := m.sampled(n+1, "view", "watcher", "open"), m.sampled(n+2, "lookup", "other", "open"), m.sampled(n+3, "view", o.login, "asked")
		n += 3
		g.Go(func() error { return m.reviewing(o, token, view, lookUp, own) })
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(300))
	acts := []string{}
	rows, err := m.Audit.Query(t.Context(), audit.Filter{Actions: []string{"review.ask", "review.find", "review.done", "review.fine", "review.answer", "review.report"}, Limit: 10_000})
	require.NoError(t, err)
	for _, e := range rows {
		acts = append(acts, e.Action)
		require.True(t, e.Refers != "" || e.Action == "review.report")
	}
	slices.Sort(acts)
	require.Len(t, slices.Compact(acts), 6, "every step is in the log")
}
