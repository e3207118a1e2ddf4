package gateway_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// What operation logs answer to everybody: every post in each relation × every unit, against what is written down
// here once more.

// logsOf reports whether the person reads about the staff of a unit, and whether they may know who it is.
func (o oracle) logsOf(unit string) (reads, names bool) {
	for _, a := range o.posts {
		switch a.Post {
		case "log_analyst":
			return true, false
		case "information_security", "auditor":
			reads, names = true, true
		case "general_manager", "department_head":
			if slices.Contains(unitLine[unit], a.Unit) {
				reads, names = true, true
			}
		}
	}
	return reads, names
}

// hinted checks what somebody is answered about a hint at a member of staff of koseki.
func (m *matrix) hinted(o oracle, token, id string) error {
	reads, names := o.logsOf("koseki")
	one, list := 404, 200
	if reads {
		one = 200
	}
	if !o.holds(logReaders...) {
		one, list = 403, 403
	}
	all := m.cell(token, "GET", "/api/oplog/hints", "", "")
	if all.Code != list || strings.Contains(all.Body.String(), id) != reads {
		return fmt.Errorf("%s: hints: %d, want %d, told of it %v: %s", o.login, all.Code, list, reads, all.Body)
	}
	got := m.cell(token, "GET", "/api/oplog/hints/"+id, "", "")
	if got.Code != one || reads && strings.Contains(got.Body.String(), "009999") != names {
		return fmt.Errorf("%s: hint: %d, want %d, names %v: %s", o.login, got.Code, one, names, got.Body)
	}
	for _, move := range []string{"ask", "look"} {
		want := one
		if reads {
			if want = 403; o.holds("log_analyst", "information_security") {
				want = 409 // reached: the version is another
			}
		}
		if got := m.cell(token, "POST", "/api/oplog/hints/"+id+"/moves/"+move, `{"version":99,"reason":"x"}`, "application/json"); got.Code != want {
			return fmt.Errorf("%s: %s: %d, want %d: %s", o.login, move, got.Code, want, got.Body)
		}
	}
	for hint, want := range map[string]int{id: 409, "no-such": 404} { // it is not to be looked into yet
		if !o.holds("log_analyst", "information_security") {
			want = 403
		}
		if got := m.cell(token, "POST", "/api/footage-requests", fmt.Sprintf(`{"hint":%q}`, hint), "application/json"); got.Code != want {
			return fmt.Errorf("%s: asks from the hint %s: %d, want %d: %s", o.login, hint, got.Code, want, got.Body)
		}
	}
	return nil
}

// reported checks who makes reports of the ward, and that no small number and nobody is in them.
func (m *matrix) reported(o oracle, token string) error {
	want := 403
	if o.holds("log_analyst", "information_security", "auditor") {
		want = 200
	}
	for _, path := range []string{"month/2026-11", "quarter/2026-10", "year/2026-04", "month/2026-11/file?format=pdf", "year/2026-04/file?format=csv"} {
		got := m.cell(token, "GET", "/api/oplog/reports/"+path, "", "")
		if got.Code != want {
			return fmt.Errorf("%s: report %s: %d, want %d: %s", o.login, path, got.Code, want, got.Body)
		}
		for _, secret := range []string{"001201", "009999", "0001234567"} {
			if strings.Contains(got.Body.String(), secret) {
				return fmt.Errorf("%s: report %s has %s", o.login, path, secret)
			}
		}
	}
	want = 403
	if o.holds("log_analyst", "information_security") {
		want = 200
	}
	if got := m.cell(token, "PUT", "/api/oplog/profiles/tax", taxProfile, "application/json"); got.Code != want {
		return fmt.Errorf("%s: writes a profile: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	if want = 403; o.holds("information_security") {
		want = 404
	}
	if got := m.cell(token, "POST", "/api/oplog/profiles/none/1/approve", "", ""); got.Code != want {
		return fmt.Errorf("%s: approves a profile: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	summary := m.cell(token, "GET", "/api/oplog/summary", "", "")
	if want := map[bool]int{true: 200, false: 403}[o.holds(logReaders...)]; summary.Code != want {
		return fmt.Errorf("%s: summary: %d, want %d: %s", o.login, summary.Code, want, summary.Body)
	}
	if reads, _ := o.logsOf("koseki"); summary.Code == 200 && strings.Contains(summary.Body.String(), `"en":"New"},"n":1`) != reads {
		return fmt.Errorf("%s: summary, reads %v: %s", o.login, reads, summary.Body)
	}
	return nil
}

func (m *matrix) logs(o oracle, token string) error {
	for _, unit := range []string{"kumin", "koseki", "zeimu", "kankyo", "gomi", "no-such-unit"} {
		want := 403
		if reads, _ := o.logsOf(unit); reads {
			want = 200
		} else if o.holds(logReaders...) {
			want = 400
		}
		for _, path := range []string{"/api/oplog/counts/staff", "/api/oplog/counts/person", "/api/oplog/cross", "/api/oplog/export/staff", "/api/oplog/export/cross", "/api/oplog/whom", "/api/oplog/export/whom"} {
			path += "?from=2026-10&to=2026-11&unit=" + unit
			if got := m.cell(token, "GET", path, "", ""); got.Code != want {
				return fmt.Errorf("%s: GET %s: %d, want %d: %s", o.login, path, got.Code, want, got.Body)
			}
		}
		if want == 200 {
			_, names := o.logsOf(unit)
			body := m.cell(token, "GET", "/api/oplog/counts/staff?from=2026-10&to=2026-11&unit="+unit, "", "").Body.String()
			if unit == "koseki" && (strings.Contains(body, "001201") != names || !strings.Contains(body, `"n":2`)) {
				return fmt.Errorf("%s: names %v, but read: %s", o.login, names, body)
			}
			if strings.Contains(body, "0001234567") {
				return fmt.Errorf("%s: a number of a resident: %s", o.login, body)
			}
		}
	}
	return nil
}

const (
	taxProfile = `{"name":"税システム","dates":"dmy","columns":{"occurred_at":["日時"],"staff_no":["担当"],"terminal_id":["端末"],"business":["科目"],"action":["処理"],"person_ref":["納税者"]},` +
		`"values":{"action":{"K":"search"},"business":{"住民税":"税"}}}`
	staffFile = "職員番号,氏名,所属コード,配属開始日\n001201,例示 一郎,koseki,2020-04-01\n"
	logFile   = "ログ番号,操作日時,職員番号,所属コード,端末ID,業務区分,操作種別,被検索者宛名番号,性別,年齢\n" +
		"1,2026-11-24 10:00:00,001201,,T1,住民記録,検索,0001234567,女,24\n2,2026-11-24 10:00:09,001201,,T1,住民記録,照会,0001234567,女,24\n" +
		"3,2026-11-24 10:01:09,009999,koseki,T1,住民記録,照会,0001234567,女,24\n"
)

func TestOperationLogsMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("keeper", identity.LogAnalyst, "")
	keeper := m.Token("keeper")
	require.Equal(t, 200, m.cell(keeper, "POST", "/api/oplog/staff", staffFile, "application/octet-stream").Code)
	dry := m.cell(keeper, "POST", "/api/oplog/imports?profile=resident&dry=true", logFile, "text/csv")
	require.Equal(t, 200, dry.Code, dry.Body)
	require.NotContains(t, dry.Body.String(), "0001234567")
	taken := m.cell(keeper, "POST", "/api/oplog/imports?profile=resident&media=M-1", logFile, "text/csv")
	require.Equal(t, 200, taken.Code, taken.Body)
	require.Equal(t, 409, m.cell(keeper, "POST", "/api/oplog/imports?profile=resident&media=M-1", logFile, "text/csv").Code)
	require.Equal(t, 204, m.cell(keeper, "POST", "/api/oplog/imports/1/erased", "", "").Code)
	found := read[struct{ Hints []struct{ ID, Rule string } }](t, answer{body: m.cell(keeper, "GET", "/api/oplog/hints", "", "").Body.String()})
	require.Len(t, found.Hints, 1)
	require.Equal(t, "H13", found.Hints[0].Rule)
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error {
			if err := m.logs(o, token); err != nil {
				return err
			}
			if err := m.reported(o, token); err != nil {
				return err
			}
			return m.hinted(o, token, found.Hints[0].ID)
		})
	}
	require.NoError(t, g.Wait())
	m.fromHint(keeper, found.Hints[0].ID)
	for _, row := range m.Rows("") {
		require.NotContains(t, row.Detail, "0001234567", "the log has no number of a resident")
	}
	t.Logf("%d cells", m.cells.Load())
}

// fromHint asks from a hint, and answers.
func (m *matrix) fromHint(keeper, id string) {
	t := m.t
	m.Add("looks", identity.CrisisManagement, "")
	looks := m.Token("looks")
	ask := `{"hint":"` + id + `","rules":["H1"],"staff":"somebody else","note":"x"}`
	require.Equal(t, 200, m.cell(keeper, "POST", "/api/oplog/hints/"+id+"/moves/look", `{"version":1,"reason":"x"}`, "application/json").Code)
	made := m.cell(keeper, "POST", "/api/footage-requests", ask, "application/json")
	require.Equal(t, 201, made.Code, made.Body)
	require.NotContains(t, made.Body.String(), "009999", "an analyst knows a pseudonym")
	q := read[struct {
		Number, Staff, Terminal string
		Rules                   []string
	}](t, answer{body: made.Body.String()})
	require.Equal(t, []string{"H13", "T1"}, []string{q.Rules[0], q.Terminal})
	m.Fresh(looks)
	one := m.cell(looks, "GET", "/api/footage-requests/"+q.Number, "", "")
	require.Contains(t, one.Body.String(), `"staff_number":"009999"`)
	require.Equal(t, 200, m.cell(looks, "POST", "/api/footage-requests/"+q.Number+"/outcome", `{"outcome":"nothing","note":"x"}`, "application/json").Code)
	after := m.cell(keeper, "GET", "/api/oplog/hints/"+id, "", "").Body.String()
	require.Contains(t, after, `"state":"look"`)
	require.Contains(t, after, `"outcome":"nothing"`)
}
