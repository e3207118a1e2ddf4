package oplog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/sample"
	"yagura/internal/vms"
)

var second = holding("joho2", identity.InformationSecurity, "")

// tax is how another system calls things: day before month, a letter for what was done.
func tax() event.Definition {
	return event.Definition{
		Columns: map[string][]string{"event_no": {"No"}, "occurred_at": {"日時"}, "staff_no": {"担当"}, "terminal_id": {"端末"}, "business": {"科目"}, "action": {"処理"}, "person_ref": {"納税者"}, "address": {"所在"}, "hit_count": {"件"}, "unit_code": {"課"}},
		Values:  map[string]map[string]string{"action": {"K": event.Search, "S": event.View}, "business": {"住民税": "税", "軽自動車税": "税"}},
		Dates:   "dmy",
	}
}

const taxHeader = "No,日時,担当,端末,科目,処理,納税者,所在,件,課\n"

// TestAProfileIsWrittenAndApproved: a version is looked at, used once somebody else approved it, and the next one changes nothing until then.
func TestAProfileIsWrittenAndApproved(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		ctx := t.Context()
		r.register()
		file := taxHeader + "1,25/11/2026 10:00:00,001201,T0001,住民税,S,0001234567,中野四丁目8番1号,3,koseki\n"
		n, err := r.WriteProfile(ctx, office, "tax", "税システム", tax())
		require.NoError(t, err)
		_, err = r.Preview(ctx, analyst, "tax", strings.NewReader(file))
		require.ErrorIs(t, err, vms.Invalid, "nobody approved it")
		rep, err := r.Preview(ctx, analyst, fmt.Sprintf("tax@%d", n), strings.NewReader(file))
		require.NoError(t, err)
		require.Equal(t, []int{1, 0}, []int{rep.Rows, rep.Bad})
		require.Equal(t, "2026-11-25 01:00:00", rep.Sample[0].At.Time().UTC().Format("2006-01-02 15:04:05"))
		_, err = r.Import(ctx, analyst, fmt.Sprintf("tax@%d", n), "M", strings.NewReader(file))
		require.ErrorIs(t, err, vms.Invalid)
		require.ErrorIs(t, r.DecideProfile(ctx, office, "tax", n, true), vms.Denied, "not by who wrote it")
		require.ErrorIs(t, r.DecideProfile(ctx, analyst, "tax", n, true), vms.Denied)
		require.ErrorIs(t, r.DecideProfile(ctx, second, "tax", 9, true), vms.NotFound)
		require.NoError(t, r.DecideProfile(ctx, second, "tax", n, true))
		require.ErrorIs(t, r.DecideProfile(ctx, second, "tax", n, false), vms.Conflict)
		next := tax()
		next.Values["action"]["X"] = event.Print
		later, err := r.WriteProfile(ctx, analyst, "tax", "税システム", next)
		require.NoError(t, err)
		require.Equal(t, n+1, later)
		_, err = r.Import(ctx, analyst, "tax", "M", strings.NewReader(strings.Replace(file, ",S,", ",X,", 1)))
		require.NoError(t, err)
		rep, err = r.Import(ctx, analyst, "tax", "M", strings.NewReader(file))
		require.NoError(t, err)
		require.Equal(t, 1, rep.Rows, "X was not known to the version that is approved")
		_, err = r.WriteProfile(ctx, analyst, "resident", "x", tax())
		require.ErrorIs(t, err, vms.Conflict)
		_, err = r.WriteProfile(ctx, koseki, "tax", "x", tax())
		require.ErrorIs(t, err, vms.Denied)
	})
}

// TestNoProfileKeepsWhatIsSearchedFor: whatever a column is called, neither numbers of residents nor the words of a search are kept.
func TestNoProfileKeepsWhatIsSearchedFor(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	ctx := t.Context()
	secrets := []string{"0001234567", "9876543", "見本花子", "中野四丁目8番1号"}
	for i, secret := range secrets {
		var lines strings.Builder
		lines.WriteString(taxHeader)
		for n := range 3 { // each column that is kept in some way holds it
			fmt.Fprintf(&lines, "%s,2%d/11/2026 10:00:00,%s,%s,住民税,S,%d,%s,%s,%s\n", secret, n+1, secret, secret, n+1, secret, map[bool]string{true: "1", false: "9876543"}[i != 1], secret)
		}
		id := fmt.Sprintf("evil%d", i)
		v, err := r.WriteProfile(ctx, office, id, "x", tax())
		require.NoError(t, err)
		require.NoError(t, r.DecideProfile(ctx, second, id, v, true))
		rep, err := r.Import(ctx, analyst, id, "M-"+id, strings.NewReader(lines.String()))
		require.NoError(t, err)
		require.Zero(t, rep.Bad, "%v", rep.Problems)
		require.Positive(t, rep.Rows)
	}
	for _, query := range []string{`SELECT event || ' ' || staff || ' ' || unit || ' ' || terminal || ' ' || business || ' ' || criteria || ' ' || hits || ' ' || sex || ' ' || area || ' ' || members || ' ' || age FROM oplog_event`,
		`SELECT dim || ' ' || value || ' ' || unit || ' ' || business FROM oplog_sum`, `SELECT staff || ' ' || unit || ' ' || figures || ' ' || samples FROM oplog_hint`, `SELECT COALESCE(detail, '') FROM audit`} {
		rows, err := r.db.Query(ctx, query)
		require.NoError(t, err)
		for rows.Next() {
			var text string
			require.NoError(t, rows.Scan(&text))
			for _, secret := range append(secrets, "1234567", "花子", "8番") {
				require.NotContains(t, text, secret)
			}
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	for name, spoil := range map[string]func(*event.Definition){
		"a column twice":       func(d *event.Definition) { d.Columns["reason"] = []string{"納税者"} },
		"a number as business": func(d *event.Definition) { d.Values["business"]["0001234567"] = "税" },
		"no such field":        func(d *event.Definition) { d.Columns["criteria_text"] = []string{"検索語"} },
		"no such meaning":      func(d *event.Definition) { d.Values["action"]["K"] = "peep" },
		"none needed":          func(d *event.Definition) { delete(d.Columns, "person_ref") },
		"no words":             func(d *event.Definition) { delete(d.Values, "business") },
		"dates":                func(d *event.Definition) { d.Dates = "ymd" },
	} {
		d := tax()
		spoil(&d)
		_, err := r.WriteProfile(ctx, office, "tax", "x", d)
		require.Equal(t, "bad-profile", vms.Code(err), name)
	}
	_, err := r.WriteProfile(ctx, office, "Tax 1", "x", tax())
	require.ErrorIs(t, err, vms.Invalid)
}
