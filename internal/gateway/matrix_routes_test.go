package gateway_test

import (
	"fmt"
	"slices"
	"strings"

	"yagura/internal/gateway"
)

// Every route by every method, to somebody.

// asker is who asks, and whether they proved themselves a short while ago.
type asker struct {
	oracle
	signedIn, proved bool
}

// status is what method and route answer to somebody.
func (a asker) status(methodsOf map[string][]string, r gateway.Route, method string) int {
	key := method + " " + r.Path
	if method == "HEAD" {
		key = "GET " + r.Path
	}
	has := methodsOf[r.Path]
	switch {
	case r.Method == "" && r.Path != "/":
		return 404
	case r.Path == "/" && (method == "GET" || method == "HEAD"):
		return 200
	case r.Path == "/" || !slices.Contains(has, strings.Fields(key)[0]):
		return 405
	case !a.signedIn && !slices.Contains(open, key):
		return 401
	case a.signedIn && !a.proved && slices.Contains(fresh, key):
		return 403
	case a.signedIn && byPost[key] != nil && !a.holds(byPost[key]...):
		return 403
	case key == "POST /api/access/simulate" && !a.mayAsk():
		return 403
	}
	return expected[key]
}

func (m *matrix) routes(o oracle, token string) error {
	return m.ask(asker{o, token != "", true}, token)
}

func (m *matrix) unproved(o oracle, token string) error { return m.ask(asker{o, true, false}, token) }

// fillIn puts something into the places of a path: that camera, and what else the ward has.
func fillIn(camera string) *strings.Replacer {
	return strings.NewReplacer("{id}", camera, "{camera}", camera, "{session}", "0123456789abcdef",
		"{kind}", "policies", "{number}", "1", "{unit}", "koseki", "{n}", "1", "{month}", "2017-06", "{move}", "done", "{table}", "sex", "{login}", "owner", "{name}", "no-survey", "{target}", "koseki", "{question}", "q1")
}

// ask makes every request there is.
func (m *matrix) ask(o asker, token string) error {
	methodsOf := map[string][]string{}
	for _, r := range m.gateway.Routes() {
		methodsOf[r.Path] = append(methodsOf[r.Path], r.Method)
	}
	path := fillIn("c-koseki")
	for _, r := range m.gateway.Routes() {
		for _, method := range methods {
			if method == "DELETE" && r.Path == "/api/session" && token != "" {
				continue // last of all
			}
			want := o.status(methodsOf, r, method)
			got := m.cell(token, method, path.Replace(r.Path), "{}", "application/json")
			if got.Code != want {
				return fmt.Errorf("%s: %s %s: %d, want %d: %s", o.login, method, r.Path, got.Code, want, got.Body)
			}
			if got.Code == 405 && got.Header().Get("Allow") == "" || got.Code >= 400 && got.Header().Get("Content-Type") != "application/problem+json" {
				return fmt.Errorf("%s: %s %s: %v", o.login, method, r.Path, got.Header())
			}
		}
	}
	return nil
}
