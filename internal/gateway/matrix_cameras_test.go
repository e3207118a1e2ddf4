package gateway_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"yagura/internal/vms"
)

// What is told of cameras, and what is shown of them.

// lists checks what the person is told of cameras.
func (m *matrix) lists(o oracle, token string) error {
	now := m.Now()
	want, healthy := map[string][]string{}, map[string]bool{}
	for _, c := range m.cams[:len(m.cams)-1] {
		if a := o.actions(c, now); len(a) > 0 {
			want[c.id] = a
		}
		if _, ok := o.may(c, "health", now); ok {
			healthy[c.id] = true
		}
	}
	var list struct {
		Cameras []struct {
			ID      string
			Actions []string
		}
	}
	for _, path := range []string{"/api/cameras", "/api/health/cameras", "/api/health/coverage?days=1"} {
		list.Cameras = nil
		if err := json.Unmarshal(m.cell(token, "GET", path, "", "").Body.Bytes(), &list); err != nil {
			return err
		}
		got, gotHealthy := map[string][]string{}, map[string]bool{}
		for _, c := range list.Cameras {
			got[c.ID], gotHealthy[c.ID] = c.Actions, true
		}
		if path == "/api/cameras" && fmt.Sprint(got) != fmt.Sprint(want) {
			return fmt.Errorf("%s: cameras %v, want %v", o.login, got, want)
		}
		if path != "/api/cameras" && fmt.Sprint(gotHealthy) != fmt.Sprint(healthy) {
			return fmt.Errorf("%s: %s of %v, want %v", o.login, path, gotHealthy, healthy)
		}
	}
	return nil
}

// drawn are the cameras of the ward's plans.
var drawn = map[string][]string{"gomi": {"c-gomi", "c-moved"}, "hall": {"c-koseki", "c-shared", "c-future"}}

// plans checks that a person sees the plans of the cameras they may know of, and no other camera on them.
func (m *matrix) plans(o oracle, token string) error {
	want := map[string][]string{}
	for plan, ids := range drawn {
		for _, c := range m.cams {
			if slices.Contains(ids, c.id) && len(o.actions(c, m.Now())) > 0 {
				want[plan] = append(want[plan], c.id)
			}
		}
		slices.Sort(want[plan])
	}
	maps.DeleteFunc(want, func(_ string, ids []string) bool { return len(ids) == 0 })
	got, err := m.camerasOn(token, "/api/plans")
	if err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
		err = fmt.Errorf("%s: plans %v, want %v", o.login, got, want)
	}
	if err != nil || !o.recordsOfAny(others) {
		return err // who reads zones of no unit has no other plans: routes
	}
	if got, err = m.camerasOn(token, "/api/zone-plans"); err != nil {
		return err
	}
	if len(got) != len(drawn) {
		return fmt.Errorf("%s: drawings of %d floors, want all %d", o.login, len(got), len(drawn))
	}
	maps.DeleteFunc(got, func(_ string, ids []string) bool { return len(ids) == 0 })
	if fmt.Sprint(got) != fmt.Sprint(want) {
		return fmt.Errorf("%s: cameras on drawings %v, want %v", o.login, got, want)
	}
	return nil
}

// camerasOn are the cameras on each plan of an answer.
func (m *matrix) camerasOn(token, path string) (map[string][]string, error) {
	var list struct {
		Plans []struct {
			ID      string
			Cameras []struct{ ID string }
		}
	}
	if err := json.Unmarshal(m.cell(token, "GET", path, "", "").Body.Bytes(), &list); err != nil {
		return nil, err
	}
	got := map[string][]string{}
	for _, p := range list.Plans {
		got[p.ID] = []string{} // also without a camera
		for _, c := range p.Cameras {
			got[p.ID] = append(got[p.ID], c.ID)
		}
		slices.Sort(got[p.ID])
	}
	return got, nil
}

// shown checks what is answered about each camera, in these variants of asking for its footage.
func (m *matrix) shown(o oracle, token string, variants []variant) error {
	for _, c := range m.cams {
		actions := o.actions(c, m.Now())
		want := 403
		switch {
		case slices.Contains(actions, "past"):
			want = 200
		case len(actions) == 0:
			want = 404
		}
		got := m.cell(token, "GET", "/api/cameras/"+c.id+"/recordings?from=2017-06-01T00:00:00Z&to=2017-06-02T00:00:00Z", "", "")
		if got.Code != want {
			return fmt.Errorf("%s: recordings of %s: %d, want %d: %s", o.login, c.id, got.Code, want, got.Body)
		}
		m.remember("recordings", got)
		for _, q := range []string{"activity?from=2017-06-01T00:00:00Z&to=2017-06-02T00:00:00Z&buckets=4", "activity/next?at=2017-06-02T00:00:00Z&direction=-1"} {
			if got := m.cell(token, "GET", "/api/cameras/"+c.id+"/"+q, "", ""); got.Code != want {
				return fmt.Errorf("%s: %s of %s: %d, want %d: %s", o.login, q, c.id, got.Code, want, got.Body)
			}
		}
		for _, v := range variants {
			if err := m.footage(o, token, c, v); err != nil {
				return err
			}
			if err := m.picture(o, token, c, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *matrix) footage(o oracle, token string, c cam, v variant) error {
	want, code := o.whep(c, v, m.Now())
	got := m.cell(token, "POST", "/whep/"+c.id+"?"+v.query(), m.sdp, "application/sdp")
	if got.Code != want || want != 201 && !strings.Contains(got.Body.String(), `"code":"`+code+`"`) {
		return fmt.Errorf("%s: %s %+v: %d, want %d %s: %s", o.login, c.id, v, got.Code, want, code, got.Body)
	}
	if code == "no-camera" {
		m.remember("whep", got)
	}
	if want == 201 {
		own := got.Header().Get("Location")
		for _, step := range []struct {
			method, path string
			want         int
		}{{"PATCH", own, 405}, {"DELETE", own, 200}, {"DELETE", own, 404}, {"PATCH", m.foreign, 404}, {"DELETE", m.foreign, 404}} {
			if got := m.cell(token, step.method, step.path, "", ""); got.Code != step.want {
				return fmt.Errorf("%s: %s %s: %d, want %d", o.login, step.method, step.path, got.Code, step.want)
			}
		}
	}
	return nil
}

func (m *matrix) picture(o oracle, token string, c cam, v variant) error {
	if v.at == 0 {
		return nil
	}
	filmed := false
	for _, s := range m.filmed[vms.Feed{Camera: vms.CameraID(c.id), Stream: vms.Stream(v.stream)}] {
		filmed = filmed || s.Contains(v.at)
	}
	want, code := o.picture(c, v, m.Now(), filmed)
	got := m.cell(token, "GET", "/api/cameras/"+c.id+"/picture?"+v.query(), "", "")
	if got.Code != want || want != 200 && !strings.Contains(got.Body.String(), `"code":"`+code+`"`) {
		return fmt.Errorf("%s: picture of %s %+v: %d, want %d %s: %s", o.login, c.id, v, got.Code, want, code, got.Body)
	}
	if code == "no-camera" {
		m.remember("picture", got)
	}
	return nil
}

// remember keeps the whole of a 404, to see that there is but one.
func (m *matrix) remember(what string, got *httptest.ResponseRecorder) {
	if got.Code != http.StatusNotFound {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.alike[fmt.Sprint(what, got.Result().Header, got.Body)] = true
}
