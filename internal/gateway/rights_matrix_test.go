package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"yagura/internal/identity"
)

// rightsPosts may ask about the rights of everybody.
var rightsPosts = []identity.Post{"crisis_management", "information_security", "administrator", "auditor"}

// mayAsk reports whether the simulator answers somebody at all: heads of a camera, too. Only zeimu has none.
func (a asker) mayAsk() bool {
	return a.holds(rightsPosts...) || slices.ContainsFunc(a.posts, func(p identity.Appointment) bool {
		return (p.Post == "department_head" || p.Post == "general_manager") && p.Unit != "zeimu"
	})
}

type simulated struct {
	Actions []string
	Rows    []struct {
		Person struct{ Login string }
		Camera struct{ ID string }
		Now    []struct{ Answer string }
	}
	People, Cameras []struct {
		Camera struct{ ID string }
	}
}

// words is what the simulator says of somebody and a camera, by the matrix: of each action, yes, purpose
// (the past, and main of heads), or no. What may be asked for is not in the oracle.
func (o oracle) words(m *matrix, c cam) []string {
	may := o.actions(c, m.Now())
	var out []string
	for _, a := range allActions {
		word := "no"
		if slices.Contains(may, a) {
			word = "yes"
			if how, _ := o.may(c, a, m.Now()); a == "past" || how == "main with purpose" {
				word = "purpose"
			}
		}
		out = append(out, word)
	}
	return out
}

// simulated checks who is told what of whom: each camera, one person, and how many there are.
func (m *matrix) simulated(o oracle, token string) error {
	a := asker{o, true, true}
	for _, c := range m.cams {
		may := o.actions(c, m.Now())
		want := 404
		switch {
		case slices.Contains(may, "who_viewed") || a.holds(rightsPosts...) && len(c.places) > 0:
			want = 200
		case len(may) > 0:
			want = 403
		}
		got := m.cell(token, "POST", "/api/access/simulate", fmt.Sprintf(`{"camera":%q}`, c.id), "application/json")
		if got.Code != want {
			return fmt.Errorf("%s: who may see %s: %d, want %d: %s", o.login, c.id, got.Code, want, got.Body)
		}
		m.remember("simulate", got)
		if want == 200 {
			if err := m.viewersOf(got.Body.Bytes(), c); err != nil {
				return fmt.Errorf("%s: %w", o.login, err)
			}
		}
	}
	want := 403
	if a.holds(rightsPosts...) {
		want = 200
	}
	for _, body := range []string{`{"who":"general-manager.koseki"}`, `{"camera":"c-gomi","at":"2018-01-01T00:00:00Z"}`,
		`{"draft":{"appointment":{"login":"nobody","post":"department_head","unit":"kumin"}}}`} {
		if got := m.cell(token, "POST", "/api/access/simulate", body, "application/json"); got.Code != want {
			return fmt.Errorf("%s: %s: %d, want %d: %s", o.login, body, got.Code, want, got.Body)
		}
	}
	return m.counted(a, token)
}

// viewersOf compares the people of a camera with the oracle.
func (m *matrix) viewersOf(body []byte, c cam) error {
	var got simulated
	if err := json.Unmarshal(body, &got); err != nil {
		return err
	}
	if !slices.Equal(got.Actions, allActions) {
		return fmt.Errorf("actions %v", got.Actions)
	}
	told := map[string][]string{}
	for _, r := range got.Rows {
		for _, n := range r.Now {
			if n.Answer == "ask" {
				n.Answer = "no"
			}
			told[r.Person.Login] = append(told[r.Person.Login], n.Answer)
		}
	}
	for _, o := range m.everybody {
		want := o.words(m, c)
		if !slices.ContainsFunc(want, func(w string) bool { return w != "no" }) {
			want = nil
		}
		if !slices.Equal(told[o.login], want) {
			return fmt.Errorf("told of %s and %s: %v, want %v", o.login, c.id, told[o.login], want)
		}
	}
	return nil
}

// counted checks that whoever asks about nobody is told of their own cameras alone, and not of people.
func (m *matrix) counted(a asker, token string) error {
	if !a.mayAsk() {
		return nil
	}
	var got simulated
	if err := json.Unmarshal(m.cell(token, "POST", "/api/access/simulate", "{}", "application/json").Body.Bytes(), &got); err != nil {
		return err
	}
	all := a.holds(rightsPosts...)
	if all != (len(got.People) > 0) {
		return fmt.Errorf("%s is told of %d people", a.login, len(got.People))
	}
	var want, ids []string
	for _, c := range m.cams {
		if len(c.places) > 0 && (all || slices.Contains(a.actions(c, m.Now()), "who_viewed")) {
			want = append(want, c.id)
		}
	}
	for _, c := range got.Cameras {
		ids = append(ids, c.Camera.ID)
	}
	slices.Sort(want)
	slices.Sort(ids)
	if !slices.Equal(ids, want) {
		return fmt.Errorf("%s is told of cameras %v, want %v", a.login, ids, want)
	}
	return nil
}
