package gateway_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// Who asks for footage to be looked at, who looks, and who is told what, against what is written down here once more.

const theMember = `"staff_name":"見本　太郎"`

func (m *matrix) requested(o oracle, token, theirs string) error {
	asks := o.holds("log_analyst", "information_security")
	answers := o.holds("crisis_management") && !asks
	reads := o.holds("auditor")
	path := "/api/footage-requests"
	body := fmt.Sprintf(`{"rules":["H3"],"terminal":"T-1","staff":"s-1","events":[%q]}`, m.Now().Add(-time.Hour))
	got := m.cell(token, "POST", path, body, "application/json")
	if want := map[bool]int{true: 201, false: 403}[asks]; got.Code != want {
		return fmt.Errorf("%s: asks: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	if strings.Contains(got.Body.String(), theMember) {
		return fmt.Errorf("%s: is told who it is about by asking", o.login)
	}
	one := m.cell(token, "GET", path+"/"+theirs, "", "")
	want := map[bool]int{true: 200, false: 404}[asks || answers || reads]
	if one.Code != want {
		return fmt.Errorf("%s: reads: %d, want %d: %s", o.login, one.Code, want, one.Body)
	}
	if told := strings.Contains(one.Body.String(), theMember); told != ((answers || reads) && !asks) {
		return fmt.Errorf("%s: told who it is about: %v", o.login, told)
	}
	if shown := strings.Contains(one.Body.String(), `"c-koseki"`); shown != ((answers || reads) && !asks) {
		return fmt.Errorf("%s: told which cameras: %v", o.login, shown)
	}
	none := m.cell(token, "GET", path+"/none", "", "")
	if want == 404 && none.Body.String() != one.Body.String() {
		return fmt.Errorf("%s: answers otherwise than for none: %s %s", o.login, one.Body, none.Body)
	}
	step := map[bool]int{true: 403, false: 404}[asks || reads]
	if answers {
		step = 200
	}
	for _, c := range []struct{ path, body string }{{"take", `{"hold":true}`}, {"outcome", `{"outcome":"nothing","note":"その時刻には席に人がいない"}`}} {
		if got := m.cell(token, "POST", path+"/"+theirs+"/"+c.path, c.body, "application/json"); got.Code != step {
			return fmt.Errorf("%s: %s: %d, want %d: %s", o.login, c.path, got.Code, step, got.Body)
		}
	}
	after := m.cell(token, "GET", path+"/"+theirs, "", "").Body.String()
	if answers && asks || asks && strings.Contains(after, "席に人がいない") || answers && !strings.Contains(after, "席に人がいない") {
		return fmt.Errorf("%s: what was seen: %s", o.login, after)
	}
	return nil
}

func TestRequestMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("owner", identity.LogAnalyst, "")
	owner := m.Token("owner")
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		body := fmt.Sprintf(`{"rules":["H3","H5"],"terminal":"T-1","staff":"s-7","events":[%q],"note":"x"}`, m.Now().Add(-time.Hour))
		var made struct{ Number string }
		require.NoError(t, json.Unmarshal(m.cell(owner, "POST", "/api/footage-requests", body, "application/json").Body.Bytes(), &made))
		require.NotEmpty(t, made.Number)
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error { return m.requested(o, token, made.Number) })
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(200))
}
