package gateway_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Who reads which rows of the audit log: every post in each relation × what can be in a row, against
// what is written down here once more.

// logged is a row that was there before the matrix ran.
type logged struct {
	audit.Entry
	camera cam
	at     vms.Instant // of the footage
}

// log has somebody look at every camera, live and on either side of the move, be refused, look for a
// case, and do what is no view.
func (m *matrix) log(login string) (all []logged) {
	now := m.Now()
	add := func(c cam, e audit.Entry, at vms.Instant) {
		e.ID, e.Actor, e.Session, e.From, e.Camera = fmt.Sprint("logged-", len(all)), login, "s1", "10.0.0.7", vms.CameraID(c.id)
		if e.Time == 0 {
			e.Time = now
		}
		_, err := m.Audit.Append(m.t.Context(), e)
		require.NoError(m.t, err)
		all = append(all, logged{e, c, at})
	}
	for _, c := range m.cams {
		for _, at := range append(m.instants(), 0) {
			footage, action := at, audit.ViewPast
			if at == 0 {
				footage, action = now, audit.ViewLive
			}
			for _, e := range []audit.Entry{{Outcome: audit.OK}, {Outcome: audit.Refused}, {Outcome: audit.OK, Case: "sealed"}, {Outcome: audit.OK, Case: "closed"},
				{Outcome: audit.OK, Case: "lapsed"}, {Outcome: audit.OK, Case: "never sealed"}, {Outcome: audit.OK, Case: "sealed", Time: now.Add(-91 * 24 * time.Hour)}} {
				if e.Action, e.At = action, at; at == 0 && e.Time != 0 {
					continue // it was live then
				}
				add(c, e, footage)
			}
		}
		add(c, audit.Entry{Action: "report.send", Outcome: audit.OK, At: m.Moved}, m.Moved)
	}
	add(cam{}, audit.Entry{Action: audit.SignIn, Outcome: audit.OK}, 0)
	return all
}

// readsRow says which of the rows the person reads.
func (o oracle) readsRow(l logged) bool {
	if o.holds("auditor") {
		return true
	}
	if l.Outcome != audit.OK || l.Action != "view.live" && l.Action != "view.past" || l.Case == "sealed" {
		return false
	}
	_, ok := o.may(l.camera, "who_viewed", l.at)
	return ok
}

// audited compares what somebody is told with what they may read.
func (m *matrix) audited(o oracle, token, query string, want []string) error {
	var list struct {
		Entries []struct{ ID, Actor, Source, Session string }
		More    bool
	}
	got := m.cell(token, "GET", "/api/audit?limit=500&"+query, "", "")
	if err := json.Unmarshal(got.Body.Bytes(), &list); err != nil || got.Code != 200 {
		return fmt.Errorf("%s: %s: %d %s", o.login, query, got.Code, got.Body)
	}
	ids := []string{}
	for _, e := range list.Entries {
		ids = append(ids, e.ID)
		if whole := e.Source != "" && e.Session != ""; e.Actor != o.login && whole != o.holds("auditor") {
			return fmt.Errorf("%s: %s: told from where somebody else looked, or not: %+v", o.login, query, e)
		}
	}
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) || list.More {
		return fmt.Errorf("%s: %s: %v, want %v", o.login, query, ids, want)
	}
	return nil
}

// readings checks the lists by camera, by unit and altogether, the export, and one's own rows.
func (m *matrix) readings(o oracle, token string, all []logged) error {
	which := func(also func(logged) bool) (ids []string) {
		for _, l := range all {
			if o.readsRow(l) && also(l) {
				ids = append(ids, l.ID)
			}
		}
		return ids
	}
	if err := m.audited(o, token, "actor=watcher", which(func(logged) bool { return true })); err != nil {
		return err
	}
	for _, c := range m.cams {
		if err := m.audited(o, token, "actor=watcher&camera="+c.id, which(func(l logged) bool { return l.camera.id == c.id })); err != nil {
			return err
		}
	}
	for unit := range unitLine {
		of := func(l logged) bool {
			units, _ := l.camera.at(l.at)
			return l.camera.id != "" && slices.Contains(units, unit)
		}
		if err := m.audited(o, token, "actor=watcher&unit="+unit, which(of)); err != nil {
			return err
		}
	}
	if err := m.exported(o, token, which(func(logged) bool { return true })); err != nil {
		return err
	}
	if err := m.sealing(o, token); err != nil {
		return err
	}
	return m.mine(o, token)
}

// seal seals cases in every state there is.
func (m *matrix) seal() {
	for name, c := range map[string]struct {
		until  vms.Instant
		closed string
	}{"sealed": {m.Now().Add(time.Hour), ""}, "lapsed": {m.Now().Add(-time.Hour), ""}, "closed": {m.Now().Add(time.Hour), "watcher"}} {
		_, err := m.DB.Exec(m.t.Context(), `INSERT INTO case_seal VALUES ($1, 'x', 'watcher', 0, $2, '', 0, $3, 0)`, name, int64(c.until), c.closed)
		require.NoError(m.t, err)
	}
}

// sealing checks who seals, extends and closes cases. What it seals nobody looked at.
func (m *matrix) sealing(o oracle, token string) error {
	body := fmt.Sprintf(`{"case":"of %s","reason":"x"}`, o.login)
	only := fmt.Sprintf(`{"case":"of %s"}`, o.login)
	seal, end := 403, 403
	if o.holds("crisis_management") {
		seal, end = 204, 204 // and a second person extends
	}
	for _, c := range []struct {
		path, body string
		want       int
	}{{"/api/audit/seals", body, seal}, {"/api/audit/seals/extend", only, 403}, {"/api/audit/seals/close", only, end}} {
		if got := m.cell(token, "POST", c.path, c.body, "application/json"); got.Code != c.want {
			return fmt.Errorf("%s: %s: %d, want %d: %s", o.login, c.path, got.Code, c.want, got.Body)
		}
	}
	return nil
}

// exported checks that an export has the rows of the list.
func (m *matrix) exported(o oracle, token string, want []string) error {
	got := m.cell(token, "GET", "/api/audit/export?format=json&actor=watcher", "", "")
	z, err := zip.NewReader(bytes.NewReader(got.Body.Bytes()), int64(got.Body.Len()))
	if err != nil {
		return fmt.Errorf("%s: export: %d %w", o.login, got.Code, err)
	}
	f, err := z.Open("entries.json")
	if err != nil {
		return err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	var list []struct{ ID string }
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	ids := []string{}
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) {
		return fmt.Errorf("%s: export: %v, want %v", o.login, ids, want)
	}
	return nil
}

// mine checks that everybody reads their own rows, such as the one of the export.
func (m *matrix) mine(o oracle, token string) error {
	var list struct {
		Entries []struct{ Actor, Action, Source string }
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/audit?actor=me&action=audit.export", "", "").Body.Bytes(), &list); err != nil {
		return err
	}
	if len(list.Entries) != 1 || list.Entries[0].Actor != o.login || list.Entries[0].Action != "audit.export" || list.Entries[0].Source == "" {
		return fmt.Errorf("%s: their own rows: %+v", o.login, list)
	}
	var reach struct {
		All, Floors bool
		People      []struct{ Login string }
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/audit/people", "", "").Body.Bytes(), &reach); err != nil {
		return err
	}
	floors := slices.ContainsFunc(m.cams, func(c cam) bool {
		return slices.ContainsFunc(c.places, func(p place) bool { _, ok := o.may(c, "who_viewed", p.from); return ok })
	})
	if reach.All != o.holds("auditor") || reach.Floors != floors || len(reach.People) > 0 != reach.All {
		return fmt.Errorf("%s: reads %+v", o.login, reach)
	}
	if got := m.cell(token, "GET", "/api/audit/head", "", ""); got.Code != 200 {
		return fmt.Errorf("%s: head: %d", o.login, got.Code)
	}
	return nil
}

func TestAuditMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("watcher", identity.CrisisManagement, "")
	all := m.log("watcher")
	m.seal()
	var g errgroup.Group
	g.SetLimit(8)
	for _, o := range m.people() {
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error { return m.readings(o, token, all) })
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(800))
	t.Logf("%d cells", m.cells.Load())
}
