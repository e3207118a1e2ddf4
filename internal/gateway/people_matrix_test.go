package gateway_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// Who changes people, who asks for which post, and who approves it: every post in each relation, against
// what is written down here once more.

// keeper reports whether the person keeps the list of people; second whether they may be the second person.
func (o oracle) keeper() bool { return o.holds("administrator") }
func (o oracle) second() bool {
	return o.holds("information_security", "crisis_management") && !o.holds("administrator")
}

// asking has the person ask for every post, for somebody of their own making where they may make one.
func (m *matrix) asking(o oracle, token string) error {
	want, login := 403, "p."+o.login+".x"
	if o.keeper() {
		want = 201
	}
	got := m.cell(token, "POST", "/api/people", fmt.Sprintf(`{"login":%q,"name":"x"}`, login), "application/json")
	if got.Code != want {
		return fmt.Errorf("%s: adds somebody: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	edit := 403
	if o.keeper() {
		edit = 200
	}
	got = m.cell(token, "PUT", "/api/people/subject", `{"name":"x","kana":"","number":"","disabled":false}`, "application/json")
	if got.Code != edit {
		return fmt.Errorf("%s: edits somebody: %d, want %d: %s", o.login, got.Code, edit, got.Body)
	}
	for _, post := range identity.Posts {
		got := m.cell(token, "POST", "/api/appointments", fmt.Sprintf(`{"login":%q,"post":%q,"unit":"zeimu","kind":"concurrent"}`, login, post), "application/json")
		if got.Code != want {
			return fmt.Errorf("%s: asks for %s: %d, want %d: %s", o.login, post, got.Code, want, got.Body)
		}
		if want != 201 {
			continue
		}
		var a struct{ ID, State string }
		if err := json.Unmarshal(got.Body.Bytes(), &a); err != nil {
			return err
		}
		two := post == "department_head" || post == "general_manager" || post == "crisis_management" || post == "information_security"
		if (a.State == "waiting") != two {
			return fmt.Errorf("%s: %s is %s", o.login, post, a.State)
		}
		if got := m.cell(token, "POST", "/api/appointments/"+a.ID+"/approve", "", ""); got.Code != 403 && two {
			return fmt.Errorf("%s: approves what they asked for: %d", o.login, got.Code)
		}
	}
	return nil
}

// approving has the person decide what others asked for: for others, and for themselves.
func (m *matrix) approving(o oracle, token, id, own string) error {
	for _, c := range []struct {
		what, id string
		want     int
	}{{"approve", own, 403}, {"refuse", id, 403}, {"approve", id, 403}} {
		if o.second() && c.id == id {
			if c.want = 200; c.what == "approve" {
				c.want = 409 // it was refused
			}
		}
		got := m.cell(token, "POST", "/api/appointments/"+c.id+"/"+c.what, "", "")
		if got.Code != c.want {
			return fmt.Errorf("%s: %s %s: %d, want %d: %s", o.login, c.what, c.id, got.Code, c.want, got.Body)
		}
	}
	want := 403
	if o.keeper() || o.holds("information_security", "crisis_management") {
		want = 200
	}
	if got := m.cell(token, "POST", "/api/appointments/"+own+"/end", "{}", "application/json"); got.Code != want {
		return fmt.Errorf("%s: ends an appointment: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	return nil
}

func TestPeopleMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("subject", "", "")
	m.Add("keeper", identity.Administrator, "")
	asked := func(login, unit string) string {
		a, err := m.Identity.Appoint(t.Context(), identity.Appointment{Login: login, Post: identity.DepartmentHead, Unit: unit, Kind: identity.Concurrent}, "keeper")
		require.NoError(t, err)
		return a.ID
	}
	var g errgroup.Group
	g.SetLimit(8)
	people := m.people()
	m.Add("both", identity.Administrator, "")
	both := m.Appoint(identity.Appointment{Login: "both", Post: identity.InformationSecurity})
	people = append(people, oracle{login: "both", posts: []identity.Appointment{{Post: identity.Administrator}, both}})
	for _, o := range people {
		token := m.Token(o.login)
		m.Fresh(token)
		id, own := asked("subject", "gomi"), asked(o.login, "gomi")
		g.Go(func() error {
			if err := m.asking(o, token); err != nil {
				return err
			}
			return m.approving(o, token, id, own)
		})
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(400))
	t.Logf("%d cells", m.cells.Load())
}
