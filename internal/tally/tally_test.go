package tally_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/holiday"
	"yagura/internal/record"
	"yagura/internal/tally"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type offices struct{}

func (offices) Works(_ string, day time.Time) bool { return !holiday.Closed(vms.InstantOf(day)) }

func day(s string) vms.Instant {
	t, err := time.ParseInLocation(time.DateOnly, s, conf.JST)
	if err != nil {
		panic(err)
	}
	return vms.InstantOf(t.Add(12 * time.Hour))
}

// office is the sample ward's records and their figures, today being now.
type office struct {
	*record.Store
	t       testing.TB
	figures *tally.Room
	now     vms.Instant
	db      *db.DB
}

func newOffice(t testing.TB, url string) *office {
	d, err := db.Open(context.Background(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	o := &office{t: t, now: day("2026-11-26"), db: d}
	log, now := audit.New(d, vms.NewClock(), "test"), func() vms.Instant { return o.now }
	name := func(id string) (string, bool) {
		u := set.Organisation.Find(id)
		return id, u != nil
	}
	o.Store, err = record.New(record.Config{DB: d, Log: log, Now: now, Declared: compliance.Kinds(), Calendar: offices{}, Unit: name, Units: func() []string { return nil }})
	require.NoError(t, err)
	o.figures = tally.New(tally.Config{Records: o.Store, Calendar: offices{}, Cameras: func() *camera.Set { return set }, Audit: log, Now: now})
	return o
}

func onBoth(t *testing.T, story func(t *testing.T, o *office)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) { t.Parallel(); story(t, newOffice(t, testserver.Postgres(t))) })
}

type values = map[string]any

// of is somebody with every post for these units; of none, for all.
func of(login string, units ...string) record.Actor {
	return record.Actor{Login: login, Sign: func(record.Role) string { return login }, Has: func(_ record.Role, unit string) bool { return len(units) == 0 || slices.Contains(units, unit) }}
}

var one, two = of("one"), of("two")

func (o *office) tell(all ...record.Told) []*record.Record {
	out, err := o.Retell(context.Background(), one, all)
	require.NoError(o.t, err)
	return out
}

func patrolOn(unit, on string) record.Told {
	return record.Told{Kind: "patrol", At: day(on), By: one, Draft: record.Draft{Unit: unit, Values: values{"day": on, "by": "manager", "patroller": "one"}},
		Steps: []record.Step{{At: day(on) + 1, By: one, Move: "record"}, {At: day(on) + 2, By: one, Move: "close"}}}
}

// figure is what is said of a unit and an obligation; unit "" is the ward.
func (o *office) figure(a record.Actor, year int, at, unit, what string) tally.Figure {
	s, err := o.figures.Of(context.Background(), a, year, day(at))
	require.NoError(o.t, err)
	i := slices.IndexFunc(tally.Obligations, func(x tally.Obligation) bool { return x.ID == what })
	if unit == "" {
		return s.Ward[i]
	}
	l := slices.IndexFunc(s.Lines, func(l tally.Line) bool { return l.Unit == unit })
	require.GreaterOrEqual(o.t, l, 0, unit)
	return s.Lines[l].Figures[i]
}

func TestWhatWasToldComesOutAgainWhateverIsCorrectedLater(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		finding := record.Told{Kind: "finding", At: day("2026-06-01"), By: one, Draft: record.Draft{Unit: "koseki", Values: values{"day": "2026-06-01", "kind": "minor", "what": "x", "by": "2026-06-30"}},
			Steps: []record.Step{{At: day("2026-06-03"), By: one, Move: "analyse", Change: values{"cause": "x", "plan": "x"}}, {At: day("2026-06-04"), By: two, Move: "approve"},
				{At: day("2026-07-02"), By: one, Move: "act", Change: values{"action": "x", "acted": "2026-06-20"}}}}
		r := o.tell(finding)[0]
		require.Equal(t, tally.Figure{Due: 1, Open: 1, Count: 1}, o.figure(one, 2026, "2026-06-30", "koseki", "finding"))
		require.Equal(t, tally.Figure{Due: 1, Missing: 1, Count: 1}, o.figure(one, 2026, "2026-07-01", "koseki", "finding"))
		done := tally.Figure{Due: 1, Done: 1, Count: 1}
		require.Equal(t, done, o.figure(one, 2026, "2026-10-01", "koseki", "finding"))

		_, err := o.Change(t.Context(), one, r.ID, r.Version, values{"acted": "2026-07-06"}, "日付の書き誤り") // it was late after all
		require.NoError(t, err)
		require.Equal(t, tally.Figure{Due: 1, Late: 1, Count: 1}, o.figure(one, 2026, "2026-11-26", "koseki", "finding"))
		require.Equal(t, done, o.figure(one, 2026, "2026-10-01", "", "finding"), "as it was told in October")
		require.Equal(t, tally.Figure{Due: 1, Late: 1, Count: 1}, o.figure(one, 2026, "2026-11-26", "kumin", "finding"), "its 部")
	})
}

func TestWeeksAreBusinessWeeks(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.tell(patrolOn("koseki", "2026-04-01"), patrolOn("koseki", "2026-04-02"), patrolOn("koseki", "2026-04-20"), patrolOn("gomi-zero", "2026-04-20"))
		// 1 to 3 April, the weeks of 6, 13 and 20 April; that of 27 April has two business days and is not over on the 28th.
		require.Equal(t, tally.Figure{Due: 5, Done: 2, Missing: 2, Open: 1, Count: 3}, o.figure(one, 2026, "2026-04-28", "koseki", "patrol"))
		// Golden Week: 4 to 6 May are holidays, 7 and 8 May count.
		require.Equal(t, 7, o.figure(one, 2026, "2026-05-11", "koseki", "patrol").Due)
		require.Equal(t, tally.Figure{Due: 1, Open: 1}, o.figure(one, 2026, "2026-04-28", "koseki", "memo"), "every unit owes a rule")
		require.Equal(t, tally.Figure{Due: 1, Missing: 1}, o.figure(one, 2026, "2026-05-11", "koseki", "memo"))
	})
}

func TestFiguresAreOfUnitsOneSees(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.tell(patrolOn("koseki", "2026-04-01"), patrolOn("gomi-zero", "2026-04-20"))
		s, err := o.figures.Of(t.Context(), of("head", "koseki", "kumin"), 2026, day("2026-04-28"))
		require.NoError(t, err)
		require.False(t, s.Whole)
		require.Len(t, s.Lines, 2, "its 部 and itself")
		require.Equal(t, s.Ward, s.Lines[1].Figures)
		_, err = o.figures.Of(t.Context(), of("nobody", "x"), 2026, day("2026-04-28"))
		require.ErrorIs(t, err, vms.Denied)
		_, err = o.figures.Of(t.Context(), one, 2027, day("2026-04-28"))
		require.ErrorIs(t, err, vms.Invalid)
		all, err := o.figures.Of(t.Context(), one, 2026, day("2099-04-28"))
		require.NoError(t, err)
		require.Equal(t, o.now, all.At, "no figures from ahead of time")
		before, err := o.figures.Before(t.Context(), one, all)
		require.NoError(t, err)
		require.Nil(t, before, "nothing had been written a year before")
		table, err := o.figures.Table(t.Context(), one, all, before)
		require.NoError(t, err)
		require.Len(t, table.Rows, (len(all.Lines)+1)*len(tally.Obligations))
		var out bytes.Buffer
		require.NoError(t, table.WriteXLSX(&out))
	})
}

// facts are the rows that figures come of.
func (o *office) facts() (out []string) {
	rows, err := o.db.Query(context.Background(), `SELECT record, version, n, unit, what, day, due, met, from_us, to_us FROM record_fact ORDER BY record, version, n`)
	require.NoError(o.t, err)
	defer rows.Close()
	for rows.Next() {
		var id, unit, what, day, due, met string
		var version, n, from, to int64
		require.NoError(o.t, rows.Scan(&id, &version, &n, &unit, &what, &day, &due, &met, &from, &to))
		out = append(out, fmt.Sprint(id, version, n, unit, what, day, due, met, from, to))
	}
	require.NoError(o.t, rows.Err())
	return out
}

func TestFactsWrittenAnewAreTheSame(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.tell(patrolOn("koseki", "2026-04-01"), patrolOn("gomi-zero", "2026-04-20"), record.Told{Kind: "memo-issue", At: day("2026-05-01"), By: one, Draft: record.Draft{Unit: "koseki", Values: values{"day": "2026-05-01", "first": 1, "last": 10, "receiver": "one"}},
			Steps: []record.Step{{At: day("2026-05-07"), By: one, Move: "settle", Change: values{"returned": 10, "destroyed": 0, "witness": "two"}}, {At: day("2026-06-01"), By: one, Change: values{"witness": "three"}, Reason: "書き誤り"}}})
		before := o.facts()
		require.NotEmpty(t, before)
		require.NoError(t, o.Recount(t.Context()))
		require.Equal(t, before, o.facts())
		_, err := o.db.Exec(t.Context(), `DELETE FROM record_fact`)
		require.NoError(t, err)
		require.NoError(t, o.Recount(t.Context()))
		require.Empty(t, o.facts(), "what is counted the same way is left alone")
		_, err = o.db.Exec(t.Context(), `UPDATE record_counting SET form = form - 1`)
		require.NoError(t, err)
		require.NoError(t, o.Recount(t.Context()))
		require.Equal(t, before, o.facts())
	})
}

// BenchmarkFigures: a year's figures of 200,000 records, with those of the year before.
func BenchmarkFigures(b *testing.B) {
	o := newOffice(b, "sqlite:"+filepath.Join(b.TempDir(), "yagura.db"))
	units := []string{"koseki", "gomi-zero", "kaigo", "kosode", "jinji", "saiken", "shogai", "hoiku"}
	units = slices.DeleteFunc(units, func(u string) bool { _, ok := o.Unit(u); return !ok })
	open := []string{}
	for d := time.Date(2025, 4, 1, 0, 0, 0, 0, conf.JST); d.Before(o.now.Time().AddDate(0, 0, -1)); d = d.AddDate(0, 0, 1) {
		if !holiday.Closed(vms.InstantOf(d)) {
			open = append(open, d.Format(time.DateOnly))
		}
	}
	const all = 200_000
	for i := 0; i < all; i += 2000 {
		var told []record.Told
		for j := range 2000 {
			x := patrolOn(units[(i+j)%len(units)], open[(i+j)*len(open)/all%len(open)])
			x.Steps = x.Steps[:1]
			told = append(told, x)
		}
		slices.SortFunc(told, func(a, b record.Told) int { return int(a.At - b.At) })
		o.tell(told...)
	}
	b.ResetTimer()
	for b.Loop() {
		s, err := o.figures.Of(b.Context(), one, 2026, o.now)
		require.NoError(b, err)
		_, err = o.figures.Before(b.Context(), one, s)
		require.NoError(b, err)
	}
}
