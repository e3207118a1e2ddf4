package gateway_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

// noted is a bookmark that was there before the matrix ran.
type noted struct {
	id     string
	camera cam
	at     vms.Instant
	shared bool
}

// bookmark is the status and code of POST /api/cameras/{id}/bookmarks.
func (o oracle) bookmark(c cam, at vms.Instant, still bool, purpose string, now vms.Instant) (int, string) {
	if len(c.places) == 0 || len(o.actions(c, now)) == 0 {
		return 404, "no-camera"
	}
	_, placed := c.at(at)
	_, may := o.may(c, "bookmark", at)
	if still {
		_, also := o.may(c, "still", at)
		may = may && also
	}
	switch {
	case !placed:
		return 403, "not-in-operation"
	case !may:
		return 403, "denied"
	case purpose == "curiosity" || purpose == "deterrence_check" && c.kind == "security":
		return 400, "bad-purpose"
	}
	return 201, ""
}

// instants are those footage is asked for: before it hung anywhere, and on either side of the move.
func (m *matrix) instants() []vms.Instant {
	begin, _ := vms.ParseInstant("2017-06-01T00:00:00+09:00")
	return []vms.Instant{begin - 1, m.Moved.Add(-10 * time.Minute), m.Moved.Add(10 * time.Minute)}
}

func noteBody(at vms.Instant, text string, shared, still bool, purpose string) string {
	return fmt.Sprintf(`{"at":%q,"text":%q,"shared":%t,"still":%t,"purpose":%q}`, at, text, shared, still, purpose)
}

// note lets somebody who may see everything write on every camera, shared and for themselves.
func (m *matrix) note(login string) {
	m.Add(login, identity.CrisisManagement, "")
	token := m.Token(login)
	for _, c := range m.cams {
		for _, at := range m.instants() {
			for _, shared := range []bool{false, true} {
				got := m.cell(token, "POST", "/api/cameras/"+c.id+"/bookmarks", noteBody(at, login, shared, false, ""), "application/json")
				if got.Code == 201 {
					m.noted = append(m.noted, noted{idOf(got.Body.Bytes()), c, at, shared})
				}
			}
		}
	}
}

func idOf(body []byte) string {
	var b struct{ ID string }
	_ = json.Unmarshal(body, &b) // "" is no id
	return b.ID
}

// bookmarks checks what may be noted on each camera at each instant, and what is seen of all notes.
func (m *matrix) bookmarks(o oracle, token string) error {
	own := map[string]string{} // camera by id
	for _, c := range m.cams {
		for i, at := range m.instants() {
			purpose := []string{"", "deterrence_check", "curiosity"}[(i+len(c.id))%3]
			for _, still := range []bool{false, true} {
				want, code := o.bookmark(c, at, still, purpose, m.Now())
				got := m.cell(token, "POST", "/api/cameras/"+c.id+"/bookmarks", noteBody(at, "x", false, still, purpose), "application/json")
				if got.Code != want || want != 201 && !strings.Contains(got.Body.String(), `"code":"`+code+`"`) {
					return fmt.Errorf("%s: bookmark %s at %s, still %t, %q: %d, want %d %s: %s", o.login, c.id, at, still, purpose, got.Code, want, code, got.Body)
				}
				if m.remember("recordings", got); want == 201 { // like any other answer about such a camera
					own[idOf(got.Body.Bytes())] = c.id
				}
			}
		}
	}
	if err := m.notes(o, token, own); err != nil {
		return err
	}
	return m.touch(token, own)
}

// notes checks the lists: one's own, and what others shared where one may bookmark that footage.
func (m *matrix) notes(o oracle, token string, own map[string]string) error {
	all := maps.Clone(own)
	for _, n := range m.noted {
		if _, ok := o.may(n.camera, "bookmark", n.at); ok && n.shared {
			all[n.id] = n.camera.id
		}
	}
	check := func(query string, want map[string]string) error {
		var list struct {
			Bookmarks []struct{ ID, Camera string }
			More      bool
		}
		body := m.cell(token, "GET", "/api/bookmarks?limit=200&"+query, "", "").Body.Bytes()
		if err := json.Unmarshal(body, &list); err != nil {
			return err
		}
		got := map[string]string{}
		for _, b := range list.Bookmarks {
			got[b.ID] = b.Camera
		}
		if !maps.Equal(got, want) || list.More || !slices.IsSortedFunc(list.Bookmarks, func(a, b struct{ ID, Camera string }) int { return strings.Compare(b.ID, a.ID) }) {
			return fmt.Errorf("%s: bookmarks %q: %v, want %v", o.login, query, got, want)
		}
		return nil
	}
	for _, c := range m.cams {
		here := maps.Clone(all)
		maps.DeleteFunc(here, func(_, camera string) bool { return camera != c.id })
		if err := check("camera="+c.id, here); err != nil {
			return err
		}
	}
	if err := check("mine=true", own); err != nil {
		return err
	}
	return check("", all)
}

// touch changes and removes: one's own once, those of others never.
func (m *matrix) touch(token string, own map[string]string) error {
	const body = `{"text":"y","shared":false}`
	for _, n := range append(slices.Clone(m.noted), noted{id: "no-such-bookmark"}) {
		for _, method := range []string{"PUT", "DELETE"} {
			got := m.cell(token, method, "/api/bookmarks/"+n.id, body, "application/json")
			if got.Code != 404 {
				return fmt.Errorf("%s somebody else's bookmark on %s: %d", method, n.camera.id, got.Code)
			}
			m.remember("bookmark", got)
		}
	}
	for id, camera := range own {
		for _, step := range []struct {
			method string
			want   int
		}{{"PUT", 200}, {"DELETE", 204}, {"DELETE", 404}, {"PUT", 404}} {
			got := m.cell(token, step.method, "/api/bookmarks/"+id, body, "application/json")
			if got.Code != step.want {
				return fmt.Errorf("%s own bookmark on %s: %d, want %d", step.method, camera, got.Code, step.want)
			}
			m.remember("bookmark", got)
		}
	}
	return nil
}

// sets checks saved walls: of cameras one may know of, and one's own only.
func (m *matrix) sets(o oracle, token string) error {
	for _, c := range m.cams {
		want := 201
		if len(c.places) == 0 || len(o.actions(c, m.Now())) == 0 {
			want = 404
		}
		got := m.cell(token, "POST", "/api/me/sets", fmt.Sprintf(`{"name":%q,"layout":"4","cameras":["",%q]}`, c.id, c.id), "application/json")
		if m.remember("recordings", got); got.Code != want {
			return fmt.Errorf("%s: set of %s: %d, want %d: %s", o.login, c.id, got.Code, want, got.Body)
		}
	}
	for _, method := range []string{"PUT", "DELETE"} {
		got := m.cell(token, method, "/api/me/sets/"+m.wall, `{"name":"x","layout":"1","cameras":[]}`, "application/json")
		if got.Code != 404 {
			return fmt.Errorf("%s: %s somebody else's set: %d", o.login, method, got.Code)
		}
	}
	return nil
}
