package gateway_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
)

// Who holds which footage, and reads and changes which hold, against what is written down here once more.

// keeps places a hold on every camera at every time, and returns the ids of those that were.
func (m *matrix) keeps(o oracle, token string) (mine map[string]bool, err error) {
	mine = map[string]bool{}
	for _, c := range m.cams {
		for _, at := range []time.Duration{-10 * time.Minute, 10 * time.Minute} {
			from := m.Moved.Add(at)
			_, before := o.may(c, "hold", from)
			want := 201
			switch {
			case len(o.actions(c, m.Now())) == 0:
				want = 404
			case !before:
				want = 403
			}
			body := fmt.Sprintf(`{"camera":%q,"from":%q,"to":%q,"reason":"x","until":%q}`, c.id, from, from.Add(time.Second), m.Now().Add(time.Hour))
			got := m.cell(token, "POST", "/api/holds", body, "application/json")
			if got.Code != want {
				return nil, fmt.Errorf("%s: holds %s at %s: %d, want %d: %s", o.login, c.id, from, got.Code, want, got.Body)
			}
			m.remember("hold of a camera", got)
			if want == 201 {
				mine[idOf(got.Body.Bytes())] = true
			}
		}
	}
	return mine, nil
}

// readsHolds checks that somebody reads the whole ledger, or what they placed.
func (m *matrix) readsHolds(o oracle, token, theirs string, mine map[string]bool) error {
	var list struct {
		Manages bool
		Holds   []struct{ ID string }
	}
	if err := json.Unmarshal(m.cell(token, "GET", "/api/holds?camera=c-koseki", "", "").Body.Bytes(), &list); err != nil {
		return err
	}
	told := false
	for _, h := range list.Holds {
		told = told || h.ID == theirs
		if !mine[h.ID] && !o.holds("crisis_management", "auditor") {
			return fmt.Errorf("%s: reads a hold of somebody else", o.login)
		}
	}
	if told != o.holds("crisis_management", "auditor") || list.Manages != o.holds("crisis_management") {
		return fmt.Errorf("%s: told %v, manages %v", o.login, told, list.Manages)
	}
	return nil
}

// changesHolds checks what everybody may do with a hold of somebody else.
func (m *matrix) changesHolds(o oracle, token, theirs string) error {
	refused := 404
	if o.holds("auditor") {
		refused = 403
	}
	for i, c := range []struct{ path, body string }{
		{"extend", fmt.Sprintf(`{"until":%q}`, m.Now().Add(2*time.Hour))},
		{"release", `{"reason":"x"}`},
		{"keep", ""},
		{"release", `{"reason":"x"}`},
		{"approve", ""},
	} {
		want := refused
		if o.holds("crisis_management") {
			want = map[bool]int{true: 403, false: 200}[i == 4] // never one's own request
		}
		got := m.cell(token, "POST", "/api/holds/"+theirs+"/"+c.path, c.body, "application/json")
		if got.Code != want {
			return fmt.Errorf("%s: %s: %d, want %d: %s", o.login, c.path, got.Code, want, got.Body)
		}
		if none := m.cell(token, "POST", "/api/holds/none/"+c.path, c.body, "application/json"); want == 404 && none.Body.String() != got.Body.String() {
			return fmt.Errorf("%s: %s answers otherwise than for a missing hold: %s %s", o.login, c.path, got.Body, none.Body)
		}
	}
	return nil
}

func TestHoldMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("owner", identity.CrisisManagement, "")
	owner := m.Token("owner")
	var g errgroup.Group
	g.SetLimit(8)
	for i, o := range m.people() {
		from := m.Now().Add(-time.Hour)
		body := fmt.Sprintf(`{"camera":"c-koseki","from":%q,"to":%q,"reason":"x %d","until":%q}`, from, from.Add(time.Minute), i, m.Now().Add(time.Hour))
		theirs := idOf(m.cell(owner, "POST", "/api/holds", body, "application/json").Body.Bytes())
		require.NotEmpty(t, theirs)
		token := m.Token(o.login)
		m.Fresh(token)
		g.Go(func() error {
			mine, err := m.keeps(o, token)
			if err == nil {
				err = m.readsHolds(o, token, theirs, mine)
			}
			if err == nil {
				err = m.changesHolds(o, token, theirs)
			}
			return err
		})
	}
	require.NoError(t, g.Wait())
	require.Greater(t, m.cells.Load(), int64(900))
}
