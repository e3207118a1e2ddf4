package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// Which lines of アクセス権棚卸 everybody reads and decides, against what is written down here once more.

// openRights begins a review without lines.
func (m *matrix) openRights(id string) {
	_, err := m.DB.Exec(m.t.Context(), `INSERT INTO rights_review VALUES ($1, 1, 'watcher', 0, '', '')`, id)
	require.NoError(m.t, err)
}

type held struct {
	n           int
	login, unit string
}

// decidesRight: a head of the 部, and information security where there is none; nobody about their own.
func (o oracle) decidesRight(l held) bool {
	headOf := func(unit string) bool {
		return slices.ContainsFunc(o.posts, func(a identity.Appointment) bool {
			return a.Post == "department_head" && slices.Contains(unitLine[unit], a.Unit)
		})
	}
	if l.login == o.login {
		return false
	}
	return headOf(l.unit) || l.unit == "" && o.holds("information_security")
}

func (m *matrix) rightsOf(o oracle, token, review string, lines []held) error {
	reads := func(l held) bool {
		head := slices.ContainsFunc(o.posts, func(a identity.Appointment) bool {
			return a.Post == "department_head" && slices.Contains(unitLine[l.unit], a.Unit)
		})
		return o.holds("auditor", "information_security") || head
	}
	want := map[int]bool{}
	var list struct {
		Reviews []struct {
			ID    string
			Lines []struct {
				N    int
				Mine bool
			}
		}
	}
	got := m.cell(token, "GET", "/api/review/rights", "", "")
	if code := map[bool]int{true: 200, false: 403}[o.holds("auditor", "information_security", "department_head", "administrator")]; got.Code != code {
		return fmt.Errorf("%s: rights: %d, want %d", o.login, got.Code, code)
	}
	if err := json.Unmarshal(got.Body.Bytes(), &list); err != nil {
		return err
	}
	told := map[int]bool{}
	for _, v := range list.Reviews {
		for _, l := range v.Lines {
			if v.ID == review {
				told[l.N] = l.Mine
			}
		}
	}
	for _, l := range lines { // none is objected to yet
		if reads(l) {
			want[l.n] = o.decidesRight(l)
		}
		path := fmt.Sprintf("/api/review/rights/%s/lines/%d/objection", review, l.n)
		code := 403
		if o.decidesRight(l) {
			code = 204
		} else if !reads(l) && o.holds("department_head", "administrator") {
			code = 404
		}
		if got := m.cell(token, "POST", path, `{"text":"x"}`, "application/json"); got.Code != code {
			return fmt.Errorf("%s: objects to %+v: %d, want %d: %s", o.login, l, got.Code, code, got.Body)
		}
		if got := m.cell(token, "POST", "/api/review/rights/"+review+"/confirm", fmt.Sprintf(`{"lines":[%d]}`, l.n), "application/json"); got.Code != code {
			return fmt.Errorf("%s: confirms %+v: %d, want %d: %s", o.login, l, got.Code, code, got.Body)
		}
	}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		return fmt.Errorf("%s: lines %v, want %v", o.login, told, want)
	}
	return nil
}

func TestRightsReviewMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	people := m.people()
	var g errgroup.Group
	g.SetLimit(8)
	for i, o := range people {
		review := fmt.Sprint("review-", i)
		m.openRights(review)
		lines := []held{{1, "watcher", "koseki"}, {2, "watcher", "gomi"}, {3, "watcher", ""}, {4, o.login, "koseki"}, {5, o.login, ""}}
		for _, l := range lines {
			_, err := m.DB.Exec(t.Context(), `INSERT INTO rights_line VALUES ($1, $2, 'a', $3, $3, 'clerk', $4, 1, 2, 'open', '', '', 0, '', 0)`, review, l.n, l.login, l.unit)
			require.NoError(t, err)
		}
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error {
			if err := m.rightsOf(o, token, review, lines); err != nil {
				return err
			}
			end := 403
			if o.holds("information_security") {
				end = 204
			}
			if got := m.cell(token, "POST", "/api/review/rights/"+review+"/close", `{"remark":"x"}`, "application/json"); got.Code != end {
				return fmt.Errorf("%s: closes: %d, want %d: %s", o.login, got.Code, end, got.Body)
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(500))
}
