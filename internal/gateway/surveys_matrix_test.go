package gateway_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/survey"
)

// What an open survey answers to everybody: every post in each relation × every reply, against what is written
// down here once more.

// surveyTargets are the 部署 that are asked, and whose they are.
var surveyTargets = map[string]string{"koseki": "koseki", "zeimu": "zeimu", "gomi": "gomi", "school": "kankyo"}

const surveyFills = unitPosts + " department_head"

// openSurvey asks the 部署 of the ward.
func (h *house) openSurvey(name string) {
	h.t.Helper()
	everything := record.Actor{Login: "keeper", Sign: func(record.Role) string { return "keeper" }, Has: func(record.Role, string) bool { return true }}
	room, ctx := h.gateway.Survey, h.t.Context()
	var units []survey.ReportingUnit
	for id, unit := range surveyTargets {
		units = append(units, survey.ReportingUnit{ID: id, Name: "部署" + id, Category: "section", Unit: unit})
	}
	require.NoError(h.t, room.SetUnits(ctx, everything, units))
	_, err := room.Create(ctx, everything, survey.Survey{Name: name, Title: "調査", Purpose: "目的", From: "2017-04-26", To: "2017-05-12", Since: "2017-04-01", AsOf: "2017-06-05"})
	require.NoError(h.t, err)
	require.NoError(h.t, room.Move(ctx, everything, name, 1, "open", ""))
}

func (m *matrix) surveyed(o oracle, token string) error {
	office, reads := o.holds("information_security"), o.holds("information_security", "auditor")
	asked := false
	is := func(yes bool, code, other int) int {
		if yes {
			return code
		}
		return other
	}
	type call struct {
		method, path, body string
		want               int
	}
	var calls []call
	for target, unit := range surveyTargets {
		fills := o.recordsOf(surveyFills, unit)
		asked = asked || fills
		known := fills || reads
		path := "/api/surveys/s1/replies/" + target
		calls = append(calls,
			call{"GET", path, "", is(known, 200, 404)},
			call{"PUT", path, `{"version":99,"answers":{}}`, is(fills, 409, is(known, 403, 404))}, // reached, and too late
			call{"POST", path + "/moves/submit", `{"version":99}`, is(fills, 409, is(known, 403, 404))},
			call{"POST", path + "/moves/approve", `{"version":99}`, is(o.recordsOf("general_manager department_head", unit), 409, is(known, 403, 404))},
			call{"POST", path + "/moves/confirm", `{"version":99}`, is(office, 409, is(known, 403, 404))},
			call{"PUT", path + "/quotes/q1", `{"version":99,"main":true}`, is(office, 409, 403)})
	}
	calls = append(calls,
		call{"GET", "/api/surveys/s1", "", is(reads || asked, 200, 404)},
		call{"GET", "/api/surveys/s1/replies/no-such", "", 404},
		call{"POST", "/api/surveys", `{"name":"X","title":"","purpose":"","from":"","to":"","since":"","as_of":""}`, is(office, 400, 403)},
		call{"PUT", "/api/surveys/s1", `{"version":2,"title":"x","purpose":"x","from":"2017-04-26","to":"2017-05-12","since":"2017-04-01","as_of":"2017-06-05"}`, is(office, 409, 403)}, // it asks already
		call{"POST", "/api/surveys/s1/moves/open", `{"version":99}`, is(office, 409, 403)},
		call{"POST", "/api/surveys/s1/confirm", "", is(office, 200, 403)}, // nothing is handed in
		call{"GET", "/api/surveys/s1/answers", "", is(reads, 200, 403)},
		call{"GET", "/api/surveys/s1/report", "", is(reads, 200, 403)},
		call{"GET", "/api/surveys/s1/report/file?format=text", "", is(reads, 200, 403)})
	for _, c := range calls {
		if got := m.cell(token, c.method, c.path, c.body, "application/json"); got.Code != c.want {
			return fmt.Errorf("%s: %s %s: %d, want %d: %s", o.login, c.method, c.path, got.Code, c.want, got.Body)
		}
	}
	told := strings.Contains(m.cell(token, "GET", "/api/surveys", "", "").Body.String(), `"name":"s1"`)
	if told != (reads || asked) {
		return fmt.Errorf("%s: told of the survey: %v", o.login, told)
	}
	return nil
}

func TestSurveyMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.openSurvey("s1")
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		token := m.Token(o.login)
		g.Go(func() error { return m.surveyed(o, token) })
	}
	require.NoError(t, g.Wait())
	t.Logf("%d cells", m.cells.Load())
}

// TestASurveyOverHTTP: a clerk answers, the head approves, the office chases, quotes and takes the report away.
func TestASurveyOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.openSurvey("s1")
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("tokatsu", identity.GeneralManager, "koseki")
	h.Add("joho", identity.InformationSecurity, "")
	clerk, tokatsu, joho := h.Token("clerk"), h.Token("tokatsu"), h.Token("joho")
	chased := h.as(joho, "POST", "/api/surveys/s1/chase", "")
	require.Equal(t, "4", field(t, chased, "replies"))
	inboxOf := h.as(clerk, "GET", "/api/inbox", "").body
	require.Contains(t, inboxOf, `"survey_reply"`)
	require.Contains(t, inboxOf, `"number":"部署koseki"`)
	path := "/api/surveys/s1/replies/koseki"
	problem(t, h.as(clerk, "PUT", path, `{"version":0,"answers":{"q1":{"is":["x"]}}}`), 400, "fields")
	require.Equal(t, 204, h.as(clerk, "PUT", path, `{"version":0,"answers":{"q1":{"is":["other"],"text":"少人数のため"}}}`).StatusCode)
	missing := h.as(clerk, "POST", path+"/moves/submit", `{"version":1}`)
	problem(t, missing, 400, "fields")
	require.Contains(t, missing.body, `"q4"`)
	whole := `{"version":1,"answers":{"q1":{"is":["other"],"text":"少人数のため"},"q2":{"is":["email"]},"q3a":{"is":["no"]},"q4":{"is":["kept"]},"q5a":{"is":["no"]}}}`
	require.Equal(t, 204, h.as(clerk, "PUT", path, whole).StatusCode)
	require.Equal(t, 204, h.as(clerk, "POST", path+"/moves/submit", `{"version":2}`).StatusCode)
	require.Equal(t, 204, h.as(tokatsu, "POST", path+"/moves/approve", `{"version":3}`).StatusCode)
	require.Contains(t, h.as(joho, "GET", "/api/surveys/s1/answers", "").body, `"text":"少人数のため"`)
	require.Equal(t, 204, h.as(joho, "PUT", path+"/quotes/q1", `{"version":4,"main":true,"edited":"少人数の職場である。"}`).StatusCode)
	require.Contains(t, h.as(joho, "GET", "/api/surveys/s1/report", "").body, "少人数の職場である。")
	for format, kind := range map[string]string{"text": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
		file := h.as(joho, "GET", "/api/surveys/s1/report/file?format="+format, "")
		require.Equal(t, []any{200, kind}, []any{file.StatusCode, file.Header.Get("Content-Type")}, file.body)
		require.Contains(t, file.Header.Get("Content-Disposition"), "attachment")
	}
	problem(t, h.as(joho, "GET", "/api/surveys/s1/report/file?format=exe", ""), 400, "bad-format")
	require.Contains(t, h.as(clerk, "GET", path, "").body, `"what":"quote"`)
	rows := h.Rows("")
	for _, row := range rows {
		require.NotContains(t, row.Detail, "少人数", "the log has no words of a reply")
	}
	require.Len(t, slices.DeleteFunc(rows, func(r audit.Entry) bool { return r.Action != survey.ExportReport }), 4)
}
