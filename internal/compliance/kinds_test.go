package compliance_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type weekdays struct{}

func (weekdays) Works(_ string, day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

var now = vms.InstantOf(time.Date(2017, 6, 2, 10, 0, 0, 0, conf.JST))

func newStore(t *testing.T, url string) *record.Store {
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	s, err := record.New(record.Config{DB: d, Log: audit.New(d, vms.NewClock(), "test"), Now: func() vms.Instant { return now }, Declared: compliance.Kinds(), Calendar: weekdays{},
		Unit: func(id string) (string, bool) { return "戸籍住民分野", id == "koseki" }, Units: func() []string { return []string{"koseki"} }})
	require.NoError(t, err)
	return s
}

// holding is somebody with these posts everywhere; everything is somebody with all of them.
func holding(login string, roles ...record.Role) record.Actor {
	return record.Actor{Login: login, Sign: func(record.Role) string { return login }, Has: func(r record.Role, _ string) bool { return roles == nil || slices.Contains(roles, r) }}
}

var one, two = holding("one"), holding("two")

type values = map[string]any

// special is what a sample needs beyond a value of each type, to begin with and on the way.
var special = map[string]struct {
	begin values
	on    map[string]values // by move
}{
	"patrol":             {begin: values{"by": "manager", "checks": []any{values{"item": "画面ロック", "result": "ok"}}, "findings": 0, "reported_to": nil}},
	"memo-policy":        {begin: values{"scope": "yes", "prohibited": "yes", "paper": "yes", "papers": []any{"notebook"}}},
	"memo-issue":         {begin: values{"first": 1, "last": 10}, on: map[string]values{"settle": {"returned": 8, "destroyed": 2, "witness": "other"}}},
	"device-exception":   {begin: values{"zone": "business", "from": "2017-06-01", "until": "2018-03-31"}},
	"official-mobile":    {begin: values{"locked": true}},
	"induction":          {begin: values{"from": "2017-06-02", "until": "2017-07-31"}, on: map[string]values{"train": {"trained": "2017-06-02", "minutes": 90}, "be_late": {"trained": "2017-06-05", "minutes": 60}, "consent": {"signed": "2017-06-05"}, "close": {"returned": true}}},
	"information-system": {begin: values{"auth": "two_factor", "personal": true}},
	"inspection":         {begin: values{"checks": []any{values{"item": "画角", "result": "ok"}}}},
	"disclosure":         {on: map[string]values{"consider": {"identified": true}}},
	"finding":            {begin: values{"by": "2017-06-30"}},
}

// sample is a value of the field's type.
func sample(f *record.Field, i int) any {
	switch f.Type {
	case record.Date:
		return "2017-06-02"
	case record.Clock:
		return "09:30"
	case record.Number:
		return i%50 + 1
	case record.Yes:
		return true
	case record.Choice:
		return f.Options[0].ID
	case record.Choices:
		return []any{f.Options[0].ID}
	case record.Table:
		row := values{}
		for c := range f.Columns {
			row[f.Columns[c].ID] = sample(&f.Columns[c], i)
		}
		return []any{row}
	case record.Link:
		return "H29材-1"
	}
	return fmt.Sprintf("0%d-見本", i)
}

// draft is a record of the kind with what it needs at least; i makes it a different one.
func draft(k *record.Kind, i int) record.Draft {
	d := record.Draft{Values: values{}}
	if !k.Ward {
		d.Unit = "koseki"
	}
	for f := range k.Fields {
		if k.Fields[f].Required {
			d.Values[k.Fields[f].ID] = sample(&k.Fields[f], i)
		}
	}
	maps.Copy(d.Values, special[k.ID].begin)
	return d
}

// filled is what a move needs.
func filled(k *record.Kind, m *record.Move) values {
	v := values{}
	for _, id := range m.Needs {
		for f := range k.Fields {
			if k.Fields[f].ID == id {
				v[id] = sample(&k.Fields[f], 1)
			}
		}
	}
	maps.Copy(v, special[k.ID].on[m.ID])
	return v
}

// walk makes every move of a kind at least once, by ways found anew from the beginning, and returns the
// moves it made and the states it saw.
func walk(t *testing.T, s *record.Store, k *record.Kind) (moves, states map[string]bool) {
	moves, states = map[string]bool{}, map[string]bool{}
	i := 0
	var from func(way []*record.Move)
	from = func(way []*record.Move) {
		i++
		d := draft(k, i)
		if len(way) > 0 && k.ID == "patrol" && strings.Contains("report confirm instruct return", way[0].ID) {
			d.Values["by"], d.Values["reported_to"] = "designated", "head"
		}
		r, err := s.Create(t.Context(), one, k.ID, d)
		require.NoError(t, err, k.ID)
		for n, m := range way {
			a := []record.Actor{one, two}[n%2]
			next, err := s.Move(t.Context(), a, r.ID, r.Version, m.ID, filled(k, m), "理由")
			require.NoError(t, err, "%s: %s from %s", k.ID, m.ID, r.State)
			r = next
			moves[m.ID] = true
		}
		states[r.State] = true
		for m := range k.Moves {
			if slices.Contains(k.Moves[m].From, r.State) && !moves[k.Moves[m].ID] {
				moves[k.Moves[m].ID] = true
				from(append(slices.Clone(way), &k.Moves[m]))
			}
		}
	}
	from(nil)
	return moves, states
}

// TestEveryKindGoesAllItsWays: each move is made, each state reached, and who may not move is refused.
func TestEveryKindGoesAllItsWays(t *testing.T) {
	s := newStore(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	_, err := s.Create(t.Context(), one, compliance.TrainingMaterial.ID, draft(&compliance.TrainingMaterial, 0)) // which inductions name
	require.NoError(t, err)
	for _, k := range compliance.Kinds() {
		moves, states := walk(t, s, k)
		require.Len(t, moves, len(k.Moves), k.ID)
		require.Len(t, states, len(k.States), k.ID)
		r, err := s.Create(t.Context(), one, k.ID, draft(k, 1000))
		require.NoError(t, err)
		reader := holding("reader", k.Readers[len(k.Readers)-1])
		for m := range k.Moves {
			by := k.Moves[m].By
			if by == nil {
				by = k.Writers
			}
			if !slices.Contains(k.Moves[m].From, r.State) || reader.Has(by[0], "") || slices.ContainsFunc(by, func(r record.Role) bool { return reader.Has(r, "") }) {
				continue
			}
			_, err := s.Move(t.Context(), reader, r.ID, r.Version, k.Moves[m].ID, filled(k, &k.Moves[m]), "理由")
			require.ErrorIs(t, err, vms.Denied, "%s %s", k.ID, k.Moves[m].ID)
		}
		_, err = s.Find(t.Context(), holding("nobody", "facilities-of-elsewhere"), r.ID)
		require.ErrorIs(t, err, vms.NotFound, k.ID)
	}
}

// TestEveryKindIsExchanged: a thousand rows with ten bad ones are refused whole, told by line and column;
// mended they are taken, exported in both forms, and taken again unchanged.
func TestEveryKindIsExchanged(t *testing.T) {
	s := newStore(t, testserver.Postgres(t))
	for _, k := range compliance.Kinds() {
		t.Run(k.ID, func(t *testing.T) {
			g := gridOf(t, k, 1000)
			good := make([][]string, len(g.Rows))
			for i, r := range g.Rows {
				good[i] = slices.Clone(r.Cells)
			}
			at := slices.IndexFunc(k.Fields, func(f record.Field) bool { return f.Required && f.When == nil })
			column := slices.Index(g.Header, k.Fields[at].Heading())
			for i := range 10 {
				g.Rows[i*97].Cells[column] = ""
			}
			im, err := s.Import(t.Context(), one, k.ID, g, false)
			require.NoError(t, err)
			require.Len(t, im.Problems, 10)
			require.Equal(t, []any{2, k.Fields[at].Heading()}, []any{im.Problems[0].Line, im.Problems[0].Column})
			for i := range g.Rows {
				g.Rows[i].Cells = good[i]
			}
			im, err = s.Import(t.Context(), one, k.ID, g, false)
			require.NoError(t, err)
			require.Equal(t, &record.Import{New: 1000}, im)

			p, err := s.List(t.Context(), one, k.ID, record.Query{Limit: 1000})
			require.NoError(t, err)
			require.Equal(t, 1000, p.All)
			var file bytes.Buffer
			require.NoError(t, k.Table(p.Records).WriteXLSX(&file))
			back, err := sheet.Read(file.Bytes())
			require.NoError(t, err)
			im, err = s.Import(t.Context(), one, k.ID, back, true)
			require.NoError(t, err)
			require.Equal(t, &record.Import{Same: 1000}, im)
		})
	}
}

// gridOf is a table of n new records, through a file.
func gridOf(t *testing.T, k *record.Kind, n int) *sheet.Grid {
	var rows []*record.Record
	for i := range n {
		d := draft(k, i+2000)
		v, problems := k.Read(d.Values)
		require.Empty(t, problems)
		rows = append(rows, &record.Record{Kind: k.ID, Unit: d.Unit, State: k.States[0].ID, Year: 2017, Number: int64(i + 1), Values: v})
	}
	var file bytes.Buffer
	require.NoError(t, k.Table(rows).WriteCSV(&file))
	g, err := sheet.Read(file.Bytes())
	require.NoError(t, err)
	number := slices.Index(g.Header, "記録番号")
	for i := range g.Rows {
		g.Rows[i].Line, g.Rows[i].Cells[number] = i+2, ""
	}
	return g
}
