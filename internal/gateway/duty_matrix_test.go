package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

// What the duty to look answers to everybody: every post in each relation × every unit × every camera,
// against what is written down here once more.

// unitLine are the small ward's units, each with those above it.
var unitLine = map[string][]string{"kumin": {"kumin"}, "koseki": {"koseki", "kumin"}, "zeimu": {"zeimu", "kumin"}, "kankyo": {"kankyo"}, "gomi": {"gomi", "kankyo"},
	"no-such-unit": nil}

func isHead(p identity.Post) bool { return p == "department_head" || p == "general_manager" }

func (o oracle) holds(posts ...identity.Post) bool {
	return slices.ContainsFunc(o.posts, func(a identity.Appointment) bool { return slices.Contains(posts, a.Post) })
}

// hasCameras reports whether some camera belongs to the unit now.
func (m *matrix) hasCameras(unit string) bool {
	return slices.ContainsFunc(m.cams, func(c cam) bool {
		units, placed := c.at(m.Now())
		return placed && slices.Contains(units, unit)
	})
}

// dutyOf reports whether looking at the unit is the person's duty: they head that very unit, and it has cameras.
func (m *matrix) dutyOf(o oracle, unit string) bool {
	return m.hasCameras(unit) && slices.ContainsFunc(o.posts, func(a identity.Appointment) bool { return isHead(a.Post) && a.Unit == unit })
}

// reads reports whether the person may read the unit's ledger: its heads, those above, 危機管理 and 監査.
func (m *matrix) reads(o oracle, unit string) bool {
	line := unitLine[unit]
	return line != nil && (o.holds("crisis_management", "auditor") ||
		slices.ContainsFunc(o.posts, func(a identity.Appointment) bool { return isHead(a.Post) && slices.Contains(line, a.Unit) }))
}

// units checks which units somebody is told of, and what each lets them do.
func (m *matrix) units(o oracle, token string) error {
	var told struct {
		Units []struct {
			Unit string
			Mine bool
		}
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/duty", "", "").Body.Bytes(), &told); err != nil {
		return err
	}
	got, want := map[string]bool{}, map[string]bool{}
	for _, u := range told.Units {
		got[u.Unit] = u.Mine
	}
	all := o.holds("crisis_management", "auditor", "information_security")
	for unit := range unitLine {
		if m.dutyOf(o, unit) || all && m.hasCameras(unit) {
			want[unit] = m.dutyOf(o, unit)
		}
		if err := m.unit(o, token, unit); err != nil {
			return err
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		return fmt.Errorf("%s: units %v, want %v", o.login, got, want)
	}
	return nil
}

func (m *matrix) unit(o oracle, token, unit string) error {
	draw, book, norm := 404, 404, 403
	if m.dutyOf(o, unit) {
		draw = 201
	}
	if m.reads(o, unit) {
		book = 200
	}
	if o.holds("crisis_management", "information_security") {
		if norm = 200; unitLine[unit] == nil {
			norm = 404
		}
	}
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"POST", "/api/duty/rounds", fmt.Sprintf(`{"unit":%q}`, unit), draw},
		{"GET", "/api/duty/months/2025-06?unit=" + unit, "", book},
		{"PUT", "/api/duty/norms/" + unit, `{"rounds":4,"moments":1}`, norm},
	} {
		got := m.cell(token, c.method, c.path, c.body, "application/json")
		if got.Code != c.want {
			return fmt.Errorf("%s: %s %s %s: %d, want %d: %s", o.login, c.method, c.path, c.body, got.Code, c.want, got.Body)
		}
		m.remember(c.method+" units", got)
		if got.Code == 201 {
			if err := m.ownRound(o, token, got.Body.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownRound checks that what was drawn is the person's to see, and theirs.
func (m *matrix) ownRound(o oracle, token string, body []byte) error {
	var r struct {
		ID      string
		Moments []struct {
			Camera string
			At     vms.Instant
		}
	}
	if err := json.Unmarshal(body, &r); err != nil || len(r.Moments) == 0 {
		return fmt.Errorf("%s: %w %s", o.login, err, body)
	}
	for _, moment := range r.Moments {
		i := slices.IndexFunc(m.cams, func(c cam) bool { return c.id == moment.Camera })
		if _, ok := o.may(m.cams[i], "past", moment.At); !ok {
			return fmt.Errorf("%s: drawn outside their rights: %+v", o.login, moment)
		}
	}
	if got := m.cell(token, "GET", "/api/duty/rounds/"+r.ID, "", ""); got.Code != 200 {
		return fmt.Errorf("%s: their own round: %d", o.login, got.Code)
	}
	return nil
}

// foreignRound checks that another's round and report are not there.
func (m *matrix) foreignRound(o oracle, token, id, report string) error {
	want := 404
	if o.holds("crisis_management") {
		want = 200
	}
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/api/duty/rounds/" + id, "", 404},
		{"PUT", "/api/duty/rounds/" + id + "/moments/1", `{"result":"fine"}`, 404},
		{"POST", "/api/duty/reports/" + report + "/receipt", "", want},
		{"POST", "/api/duty/reports/" + report + "/outcome", `{"outcome":"investigating","text":""}`, want},
	} {
		got := m.cell(token, c.method, c.path, c.body, "application/json")
		none := m.cell(token, c.method, strings.NewReplacer(id, "none", report, "none").Replace(c.path), c.body, "application/json")
		if got.Code != c.want {
			return fmt.Errorf("%s: %s %s: %d, want %d: %s", o.login, c.method, c.path, got.Code, c.want, got.Body)
		}
		if got.Code == 404 && got.Body.String() != none.Body.String() {
			return fmt.Errorf("%s: %s %s answers otherwise than a missing one: %s %s", o.login, c.method, c.path, got.Body, none.Body)
		}
	}
	return nil
}

// tell sends a report about every camera, and looks who sees which.
func (m *matrix) tell(o oracle, token string) error {
	mine := map[string]bool{}
	for _, c := range m.cams {
		times := []vms.Instant{m.Moved.Add(time.Minute)}
		if len(c.places) > 1 {
			times = append(times, m.Moved.Add(-time.Minute))
		}
		for _, at := range times {
			want := 201
			if _, ok := o.may(c, "past", at); len(o.actions(c, m.Now())) == 0 {
				want = 404
			} else if !ok {
				want = 403
			}
			got := m.cell(token, "POST", "/api/duty/reports", fmt.Sprintf(`{"camera":%q,"at":%q,"note":"x"}`, c.id, at), "application/json")
			if got.Code != want {
				return fmt.Errorf("%s: a report about %s at %s: %d, want %d: %s", o.login, c.id, at, got.Code, want, got.Body)
			}
			m.remember("report of a camera", got)
			var sent struct{ ID string }
			if err := json.Unmarshal(got.Body.Bytes(), &sent); err != nil {
				return err
			}
			mine[sent.ID] = want == 201
		}
	}
	delete(mine, "")
	return m.told(o, token, mine)
}

// told checks that somebody sees their own reports and no other, save crisis management.
func (m *matrix) told(o oracle, token string, mine map[string]bool) error {
	var list struct {
		Reports []struct{ ID, From string }
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/duty/reports", "", "").Body.Bytes(), &list); err != nil {
		return err
	}
	seen := 0
	for _, r := range list.Reports {
		if mine[r.ID] {
			seen++
		} else if !o.holds("crisis_management") {
			return fmt.Errorf("%s: sees a report of %s", o.login, r.From)
		}
	}
	if seen != len(mine) {
		return fmt.Errorf("%s: sees %d of their %d reports", o.login, seen, len(mine))
	}
	return nil
}

func TestDutyMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	for _, c := range m.cams[:5] { // a month of each is in the index
		_, err := m.DB.Exec(t.Context(), `INSERT INTO span (camera, stream, from_us, to_us) VALUES ($1, 'main', $2, $3)
			ON CONFLICT (camera, stream, from_us) DO NOTHING`, c.id, int64(m.Now().Add(-29*24*time.Hour)), int64(m.Now().Add(-time.Hour)))
		require.NoError(t, err)
	}
	m.Add("owner", identity.DepartmentHead, "kumin")
	owner := m.Token("owner")
	drawn := m.cell(owner, "POST", "/api/duty/rounds", `{"unit":"kumin"}`, "application/json")
	require.Equal(t, 201, drawn.Code, drawn.Body)
	sent := m.cell(owner, "POST", "/api/duty/reports", fmt.Sprintf(`{"camera":"c-koseki","at":%q,"note":"x"}`, m.Moved), "application/json")
	require.Equal(t, 201, sent.Code, sent.Body)
	var theirs, report struct{ ID string }
	require.NoError(t, json.Unmarshal(drawn.Body.Bytes(), &theirs))
	require.NoError(t, json.Unmarshal(sent.Body.Bytes(), &report))
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error {
			for _, look := range []func() error{
				func() error { return m.units(o, token) },
				func() error { return m.foreignRound(o, token, theirs.ID, report.ID) },
				func() error { return m.tell(o, token) },
			} {
				if err := look(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.Len(t, m.alike, 4, "units and cameras that do not exist and those one has no business with answer alike, each kind of route")
	require.Greater(t, m.cells.Load(), int64(1200))
	t.Logf("%d cells", m.cells.Load())
}
