package gateway_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// What the records answer to everybody: every kind × every post in each relation × every unit, against what is
// written down here once more.

// kindRights are who reads and who writes a kind. A star: the kind belongs to the ward.
var kindRights = map[string]struct{ reads, writes string }{
	"patrol": {others, unitPosts}, "patrol-slot": {others, unitPosts}, "patrol-designation": {others, unitPosts}, "awareness": {others, unitPosts}, "memo-policy": {others, unitPosts}, "memo-issue": {others, unitPosts},
	"device-exception": {others, unitPosts}, "official-mobile": {others, unitPosts}, "induction": {others, unitPosts}, "zone": {others, unitPosts}, "isms-asset": {others, unitPosts},
	"terminal": {others, unitPosts + " information_security"}, "information-system": {others, unitPosts + " information_security"}, "finding": {others, unitPosts + " information_security"},
	"business-calendar":  {others, "information_security"},
	"inspection":         {others, unitPosts + " information_security"},
	"awareness-material": {"* " + all, "information_security"}, "training-material": {"* " + all, "information_security executing_officer"}, "regulation": {"* " + all, "information_security"},
	"isms-scope": {"* " + all, "information_security"}, "isms-document": {"* " + all, "information_security"}, "isms-risk": {"* " + all, "information_security"}, "isms-control": {"* " + all, "information_security"}, "internal-audit": {"* " + all, "information_security"},
	"management-review": {"* " + all, "information_security"}, "milestone": {"* " + all, "information_security"}, "notice": {"* " + all, "information_security"},
	"consultation": {"* information_security auditor department_head", "information_security"},
	"complaint":    {"* information_security auditor crisis_management", "information_security crisis_management"}, "disclosure": {"* information_security auditor crisis_management", "information_security crisis_management"},
}

const (
	unitPosts = "clerk executing_officer general_manager"
	others    = unitPosts + " department_head information_security auditor"
	all       = others
)

// everywhere are the posts whose records are those of every unit.
var everywhere = []identity.Post{"information_security", "auditor", "crisis_management"}

// recordsOf reports whether one of the posts is theirs for a unit; the ward's records are for a post wherever it is held.
func (o oracle) recordsOf(posts, unit string) bool {
	return slices.ContainsFunc(o.posts, func(a identity.Appointment) bool {
		return slices.Contains(strings.Fields(posts), string(a.Post)) && (unit == "" || slices.Contains(everywhere, a.Post) || slices.Contains(unitLine[unit], a.Unit))
	})
}

// recordsOfAny reports whether one of the posts is theirs for some unit.
func (o oracle) recordsOfAny(posts string) bool {
	return slices.ContainsFunc([]string{"kumin", "koseki", "zeimu", "kankyo", "gomi"}, func(u string) bool { return o.recordsOf(posts, u) })
}

func (m *matrix) records(o oracle, token, kind string) error {
	rights := kindRights[kind]
	ward := strings.HasPrefix(rights.reads, "*")
	units := []string{"kumin", "koseki", "zeimu", "kankyo", "gomi"}
	if ward {
		units = []string{""}
	}
	any := slices.ContainsFunc(units, func(u string) bool { return o.recordsOf(rights.reads+" "+rights.writes, u) })
	list, create := 404, 404
	if any {
		list, create = 200, 403
	}
	for _, unit := range units {
		create := create
		if o.recordsOf(rights.writes, unit) {
			create = 400 // reached, and its fields are missing
		}
		query := ""
		listOf := list
		if !ward {
			if query = "?unit=" + unit; !any {
				listOf = 200 // nothing of that unit
			}
		}
		for _, c := range []struct {
			method, path, body string
			want               int
		}{
			{"GET", "/api/records/" + kind, "", list},
			{"GET", "/api/records/" + kind + query, "", listOf},
			{"GET", "/api/record-tables/" + kind + "?format=csv", "", list},
			{"POST", "/api/records/" + kind, fmt.Sprintf(`{"unit":%q,"values":{}}`, unit), create},
			{"GET", "/api/records/" + kind + "/no-such-id", "", 404},
			{"GET", "/api/records/" + kind + "/no-such-id/files/no-such-file", "", 404},
			{"POST", "/api/record-files/" + kind + "/no-such-field?name=a.pdf", "%PDF-", 404},
		} {
			if got := m.cell(token, c.method, c.path, c.body, "application/json"); got.Code != c.want {
				return fmt.Errorf("%s: %s %s %s: %d, want %d: %s", o.login, c.method, c.path, c.body, got.Code, c.want, got.Body)
			}
		}
	}
	return nil
}

// forms checks who gets forms of a kind, blank sheets of a unit, and what is behind their codes. What is refused is
// checked of every kind, what is given of one: a PDF takes a while.
func (m *matrix) forms(o oracle, token string) error {
	type cell struct {
		path string
		want int
	}
	cells := []cell{}
	for kind, rights := range kindRights {
		posts := rights.reads + " " + rights.writes
		if strings.HasPrefix(rights.reads, "*") && o.recordsOf(posts, "") || o.recordsOfAny(posts) {
			cells = append(cells, cell{"/api/record-forms/" + kind + "/no-such", 404}, cell{"/api/record-forms/" + kind + "/record?record=no-such", 404}) // reached
			continue
		}
		cells = append(cells, cell{"/api/record-forms/" + kind + "/list", 404})
	}
	for _, unit := range []string{"koseki", "gomi"} {
		want := 404
		if o.recordsOf(others, unit) {
			want = 200
		}
		cells = append(cells, cell{"/api/record-codes?code=/r/patrol/" + unit, want})
		if unit == "gomi" {
			cells = append(cells, cell{"/api/record-forms/patrol/blank?unit=gomi", want})
		}
	}
	for _, c := range cells {
		if got := m.cell(token, "GET", c.path, "", ""); got.Code != c.want {
			return fmt.Errorf("%s: GET %s: %d, want %d: %s", o.login, c.path, got.Code, c.want, got.Body)
		}
	}
	return nil
}

// kinds checks which kinds a person is told of, and for which units they may write.
func (m *matrix) kinds(o oracle, token string) error {
	var told struct {
		Kinds []struct {
			ID     string
			Writes bool
			Units  []struct{ ID string }
		}
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/record-kinds", "", "").Body.Bytes(), &told); err != nil {
		return err
	}
	got := map[string]bool{}
	for _, k := range told.Kinds {
		got[k.ID] = true
		for _, u := range k.Units {
			if !o.recordsOf(kindRights[k.ID].writes, u.ID) {
				return fmt.Errorf("%s may write %s of %s", o.login, k.ID, u.ID)
			}
		}
	}
	for kind := range kindRights {
		if err := m.records(o, token, kind); err != nil {
			return err
		}
		may := slices.ContainsFunc([]string{"kumin", "koseki", "zeimu", "kankyo", "gomi"}, func(u string) bool {
			if strings.HasPrefix(kindRights[kind].reads, "*") {
				u = ""
			}
			return o.recordsOf(kindRights[kind].reads+" "+kindRights[kind].writes, u)
		})
		if may != got[kind] {
			return fmt.Errorf("%s: told of %s: %v, want %v", o.login, kind, got[kind], may)
		}
	}
	return nil
}

// months checks whose months of patrols a person reads, and for whom they walk.
func (m *matrix) months(o oracle, token string) error {
	for _, unit := range []string{"kumin", "koseki", "zeimu", "kankyo", "gomi", "no-such"} {
		read, walk := 404, 404
		if unit != "no-such" && o.recordsOf(others, unit) {
			read, walk = 200, 403
		}
		if unit != "no-such" && o.recordsOf(unitPosts, unit) {
			walk = 400 // reached: there is no such slot
		}
		for _, c := range []struct {
			method, path, body string
			want               int
		}{
			{"GET", "/api/patrol-months/2017-06?unit=" + unit, "", read},
			{"POST", "/api/patrol-days", fmt.Sprintf(`{"unit":%q,"day":"2025-06-02","slots":["no-such"]}`, unit), walk},
		} {
			if got := m.cell(token, c.method, c.path, c.body, "application/json"); got.Code != c.want {
				return fmt.Errorf("%s: %s %s %s: %d, want %d: %s", o.login, c.method, c.path, c.body, got.Code, c.want, got.Body)
			}
		}
	}
	return nil
}

// weeks checks of whose weeks of awareness a person hears, and for whom they confirm the word of the week.
func (m *matrix) weeks(o oracle, token string) error {
	units := []string{"koseki", "zeimu", "gomi"} // a 部 consists of others
	want := map[string]bool{}                    // read, by unit: written
	for _, u := range units {
		if o.recordsOf(others, u) {
			want[u] = o.recordsOf(unitPosts, u)
		}
	}
	res := m.cell(token, "GET", "/api/awareness-weeks/2017", "", "")
	if !slices.ContainsFunc([]string{"kumin", "kankyo", "koseki", "zeimu", "gomi"}, func(u string) bool { return o.recordsOf(others, u) }) {
		if res.Code != 404 {
			return fmt.Errorf("%s: weeks: %d, want 404", o.login, res.Code)
		}
		return nil
	}
	var told struct {
		Units []struct {
			Unit   string
			Writes bool
		}
	}
	if err := json.Unmarshal(res.Body.Bytes(), &told); err != nil {
		return err
	}
	got := map[string]bool{}
	for _, u := range told.Units {
		got[u.Unit] = u.Writes
	}
	if !maps.Equal(got, want) {
		return fmt.Errorf("%s: weeks of %v, want %v", o.login, got, want)
	}
	return nil
}

// figures checks of which units a person sees figures, and whether they are told that these are all.
func (m *matrix) figures(o oracle, token string) error {
	res := m.cell(token, "GET", "/api/figures", "", "")
	var told struct {
		Whole bool
		Lines []struct{ Unit, Department string }
	}
	if res.Code == 200 {
		if err := json.Unmarshal(res.Body.Bytes(), &told); err != nil {
			return err
		}
	}
	got := []string{}
	for _, l := range told.Lines {
		if l.Department != "" {
			got = append(got, l.Unit)
		}
	}
	want := []string{}
	for _, unit := range []string{"koseki", "zeimu", "gomi"} {
		if o.recordsOf(others, unit) {
			want = append(want, unit)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if seen := res.Code == 200; seen != (len(want) > 0) || !seen && res.Code != 403 || seen && told.Whole != (len(want) == 3) || !slices.IsSorted(got) {
		return fmt.Errorf("%s: figures: %d, whole %v, want units %v", o.login, res.Code, told.Whole, want)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		return fmt.Errorf("%s: figures of %v, want %v", o.login, got, want)
	}
	return nil
}

// names checks that people and units are offered to whoever writes records, and to nobody else.
func (m *matrix) names(o oracle, token string) error {
	writes := false
	for _, rights := range kindRights {
		units := []string{"kumin", "koseki", "zeimu", "kankyo", "gomi"}
		if strings.HasPrefix(rights.reads, "*") {
			units = []string{""}
		}
		writes = writes || slices.ContainsFunc(units, func(u string) bool { return o.recordsOf(rights.writes, u) })
	}
	for _, path := range []string{"/api/record-names?type=person&q=koseki", "/api/record-names?type=unit&q=koseki"} {
		want := map[bool]int{true: 200, false: 403}[writes]
		if got := m.cell(token, "GET", path, "", ""); got.Code != want {
			return fmt.Errorf("%s: GET %s: %d, want %d: %s", o.login, path, got.Code, want, got.Body)
		}
	}
	return nil
}

func TestRecordsMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	for _, k := range m.gateway.Records.Kinds() {
		require.Contains(t, kindRights, k.ID, "a kind has a row in the matrix")
	}
	require.Len(t, m.gateway.Records.Kinds(), len(kindRights))
	m.Add("photographer", identity.Clerk, "koseki")
	path := m.attach("photographer", "koseki")
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		token := m.Token(o.login)
		g.Go(func() error {
			return errors.Join(m.kinds(o, token), m.attached(o, token, path), m.names(o, token), m.months(o, token), m.weeks(o, token), m.figures(o, token), m.forms(o, token))
		})
	}
	require.NoError(t, g.Wait())
	t.Logf("%d cells", m.cells.Load())
}

// TestRecordsOverHTTP: a clerk writes, an officer instructs, a file goes out and comes back.
func TestRecordsOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	h.Add("officer", identity.ExecutingOfficer, "koseki")
	h.Add("gomi", identity.Clerk, "gomi")
	clerk, officer, gomi := h.Token("clerk"), h.Token("officer"), h.Token("gomi")

	bad := h.as(clerk, "POST", "/api/records/patrol", `{"unit":"koseki","values":{"day":"2025-06-31"}}`)
	require.Equal(t, 400, bad.StatusCode)
	require.Contains(t, bad.body, `"field":"day"`)
	made := h.as(clerk, "POST", "/api/records/patrol", `{"unit":"koseki","values":{"day":"2025-06-18","by":"designated","patroller":"clerk","reported_to":"officer"}}`)
	require.Equal(t, 201, made.StatusCode, made.body)
	id, label := field(t, made, "id"), field(t, made, "label")
	path := "/api/records/patrol/" + strings.Trim(id, `"`)
	told := h.as(clerk, "POST", path+"/moves/report", `{"version":1}`)
	require.Equal(t, 200, told.StatusCode, told.body)
	require.Contains(t, h.as(officer, "GET", "/api/owed?by=2030-01-01", "").body, strings.Trim(label, `"`))
	problem(t, h.as(clerk, "POST", path+"/moves/instruct", `{"version":2}`), 403, "denied")
	problem(t, h.as(gomi, "GET", path, ""), 404, "no-record")
	problem(t, h.as(officer, "GET", strings.Replace(path, "patrol", "awareness", 1), ""), 404, "no-record")
	done := h.as(officer, "POST", path+"/moves/instruct", `{"version":2,"values":{"instruction":"施錠を確かめる","mend_by":"2025-06-30"}}`)
	require.Equal(t, 200, done.StatusCode, done.body)
	problem(t, h.as(clerk, "PUT", path, `{"version":3,"values":{"area":"1階"}}`), 400, "fields")
	require.Equal(t, 200, h.as(clerk, "PUT", path, `{"version":3,"values":{"area":"1階"},"reason":"記入漏れ"}`).StatusCode)
	one := h.as(clerk, "GET", path, "")
	require.Contains(t, one.body, "記入漏れ")

	file := h.as(clerk, "GET", "/api/record-tables/patrol?format=csv", "")
	require.Equal(t, 200, file.StatusCode)
	require.Contains(t, file.Header.Get("Content-Disposition"), "attachment")
	back := h.as(clerk, "POST", "/api/record-tables/patrol", file.body)
	require.Equal(t, 200, back.StatusCode, back.body)
	require.Equal(t, "1", field(t, back, "same"))
	problem(t, h.as(clerk, "POST", "/api/record-tables/patrol", "\x00"), 400, "bad-file")
	require.Equal(t, 200, h.as(clerk, "GET", "/api/record-tables/patrol?template=true", "").StatusCode)
	for _, row := range h.Rows("") {
		require.NotContains(t, row.Detail, "施錠", "the log has no words of a record")
	}
}
