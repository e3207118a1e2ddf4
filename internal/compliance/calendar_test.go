package compliance_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// ward is the sample ward's records, and a clock that stands still.
type ward struct {
	*compliance.Room
	t      *testing.T
	now    vms.Instant
	people *identity.Registry
}

func newWard(t *testing.T, url string, more ...func(*compliance.Config)) *ward {
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	w := &ward{t: t, now: now}
	clock := func() vms.Instant { return w.now }
	w.people = identity.New(d, identity.Options{Now: clock})
	require.NoError(t, w.people.SyncUnits(t.Context(), set.Organisation))
	c := compliance.Config{DB: d, Access: access.New(), Audit: audit.New(d, vms.NewClock(), "test"), Identity: w.people, Cameras: func() *camera.Set { return set }, Now: clock}
	for _, set := range more {
		set(&c)
	}
	w.Room, err = compliance.New(c)
	require.NoError(t, err)
	for _, login := range []string{"one", "two"} {
		require.NoError(t, w.people.AddPerson(t.Context(), login, "見本　"+login, "ミホン"))
	}
	return w
}

func onBoth(t *testing.T, story func(*ward)) {
	t.Run("sqlite", func(t *testing.T) { story(newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))) })
	t.Run("postgres", func(t *testing.T) { story(newWard(t, testserver.Postgres(t))) })
}

// at sets the clock: 2017-06-03 10:00.
func (w *ward) at(s string) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, conf.JST)
	require.NoError(w.t, err)
	w.now = vms.InstantOf(at)
}

// tell writes a record and takes it on.
func (w *ward) tell(kind, unit string, v values, moves ...string) *record.Record {
	w.t.Helper()
	r, err := w.Create(w.t.Context(), one, kind, record.Draft{Unit: unit, Values: v})
	require.NoError(w.t, err)
	for i, m := range moves {
		r, err = w.Move(w.t.Context(), []record.Actor{one, two}[i%2], r.ID, r.Version, m, nil, "理由")
		require.NoError(w.t, err)
	}
	return r
}

func (w *ward) remarks(r *record.Record) []record.Text {
	w.t.Helper()
	out, err := w.Remarks(w.t.Context(), r)
	require.NoError(w.t, err)
	return out
}

// open puts a calendar in force, and has it heard.
func (w *ward) open(unit string, v values) {
	w.t.Helper()
	w.tell("business-calendar", unit, v, "set")
	require.NoError(w.t, w.Reckon(w.t.Context()))
}

// weekend is a facility that is closed on Mondays, and in the week from 2017-06-12 open on Sunday only.
func weekend() values {
	days := []any{}
	for _, d := range []string{"13", "14", "15", "16", "17"} {
		days = append(days, values{"day": "2017-06-" + d, "open": "closed", "why": "設備点検"})
	}
	return values{"from": "2017-06-01", "weekdays": []any{"2", "3", "4", "5", "6", "0"}, "opens": "09:00", "closes": "20:00", "patrol_days": 3, "days": days}
}

// TestAFacilityOpenAtWeekends: what is owed, which weeks count and which days a month shows follow the unit's own days,
// and those of units above it where it has none.
func TestAFacilityOpenAtWeekends(t *testing.T) {
	onBoth(t, func(w *ward) {
		day := func(s string) time.Time {
			at, err := time.ParseInLocation(time.DateOnly, s, conf.JST)
			require.NoError(w.t, err)
			return at
		}
		patrol := values{"day": "2017-06-02", "by": "designated", "patroller": "one", "reported_to": "two"}
		w.tell("patrol", "koseki", patrol, "report")
		w.tell("patrol", "gomi-zero", patrol, "report")
		due := func(unit string) string {
			debts, err := w.Owed(w.t.Context(), two, "2017-12-31")
			require.NoError(w.t, err)
			i := slices.IndexFunc(debts, func(d record.Debt) bool { return d.Record.Unit == unit })
			require.GreaterOrEqual(w.t, i, 0)
			return debts[i].Day
		}
		require.Equal(w.t, "2017-06-07", due("koseki"), "three days of the ward's offices")
		w.open("kumin", weekend())
		require.Equal(w.t, "2017-06-06", due("koseki"), "Saturday, Sunday, Tuesday")
		require.Equal(w.t, "2017-06-07", due("gomi-zero"))
		require.True(w.t, w.Days.Works("koseki", day("2017-06-03")))
		require.False(w.t, w.Days.Works("koseki", day("2017-06-05")), "its closing day")
		require.False(w.t, w.Days.Works("koseki", day("2017-05-07")), "before it was in force")
		require.False(w.t, w.Days.Works("koseki", day("2017-07-17")), "a holiday, and a Monday")
		require.False(w.t, w.Days.Works("koseki", day("2017-08-11")), "a holiday on a Friday")
		require.Equal(w.t, []int{3, 5}, []int{w.Days.PatrolWithin("koseki", day("2017-06-03")), w.Days.PatrolWithin("gomi-zero", day("2017-06-03"))})

		m, err := w.Month(w.t.Context(), one, "koseki", "2017-06")
		require.NoError(w.t, err)
		require.Equal(w.t, []bool{false, false, false, false, true, false}, []bool{m.Days[0].Closed, m.Days[1].Closed, m.Days[2].Closed, m.Days[3].Closed, m.Days[4].Closed, m.Days[5].Closed})

		w.at("2017-07-01 10:00")
		weeks, err := w.Weeks(w.t.Context(), one, 2017)
		require.NoError(w.t, err)
		i := slices.IndexFunc(weeks.Weeks, func(x compliance.Week) bool { return x.From == "2017-06-12" })
		stands := map[string]string{}
		for _, u := range weeks.Units {
			stands[u.Unit.ID] = u.Weeks[i]
		}
		require.Equal(w.t, []string{compliance.WeekFree, compliance.WeekMissing}, []string{stands["koseki"], stands["gomi-zero"]}, "one day is not counted")

		w.at("2017-07-08 10:00") // Saturday
		_, open, err := w.Walk(w.t.Context(), one, compliance.Walked{Unit: "koseki", Day: "2017-07-08", Slots: []string{""}})
		require.NoError(w.t, err)
		require.True(w.t, open)
		made, open, err := w.Walk(w.t.Context(), one, compliance.Walked{Unit: "gomi-zero", Day: "2017-07-08", Slots: []string{""}})
		require.NoError(w.t, err)
		require.False(w.t, open)
		require.Len(w.t, w.remarks(made[0]), 1)
		w.at("2017-07-09 20:30")
		made, open, err = w.Walk(w.t.Context(), one, compliance.Walked{Unit: "koseki", Day: "2017-07-09", Slots: []string{""}})
		require.NoError(w.t, err)
		require.False(w.t, open, "after hours")
		require.Len(w.t, w.remarks(made[0]), 1)

		own := weekend()
		own["weekdays"], own["holidays"] = []any{"1", "2", "3", "4", "5"}, true
		w.open("koseki", own)
		require.True(w.t, w.Days.Works("koseki", day("2017-07-17")), "its own goes before that of the unit above")
	})
}
