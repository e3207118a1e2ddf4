package oplog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"yagura/internal/oplog"
	"yagura/internal/oplog/sample"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

var small = sample.Options{Now: now, Staff: 60, Persons: 3000, Events: 6000}

// bothDatabases runs a test on SQLite and on PostgreSQL.
func bothDatabases(t *testing.T, test func(t *testing.T, r *rig)) {
	ward := sample.New(small)
	t.Run("sqlite", func(t *testing.T) { test(t, newRig(t, "", ward)) })
	t.Run("postgres", func(t *testing.T) { test(t, newRig(t, testserver.Postgres(t), ward)) })
}

// TestALogIsTakenOnce: a month is taken, the same file and the same events are not, and counts say what is in it.
func TestALogIsTakenOnce(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		r.register()
		from := now.AddDate(0, 0, -20)
		dry, err := r.Preview(t.Context(), analyst, "resident", r.file(from, now))
		require.NoError(t, err)
		require.Zero(t, dry.Bad)
		rep := r.take(from, now)
		require.Equal(t, dry.Rows, rep.Rows)
		require.Greater(t, rep.Rows, 2000)
		require.Zero(t, rep.Homeless)
		require.Equal(t, 1, rep.Strangers, "somebody who left, planted for H13")
		_, err = r.Import(t.Context(), analyst, "resident", "M-001", r.file(from, now))
		require.ErrorIs(t, err, vms.Conflict)
		again, err := r.Import(t.Context(), analyst, "resident", "M-002", r.file(now.AddDate(0, 0, -26), now))
		require.NoError(t, err)
		require.Equal(t, rep.Rows, again.Duplicates, "days that were there already count once")
		q := oplog.Query{From: "2026-10", To: "2026-11"}
		for _, table := range oplog.Tables {
			c, err := r.Count(t.Context(), analyst, table, q)
			require.NoError(t, err, table)
			require.NotEmpty(t, c.Rows, table)
			if table == "person" || table == "pairs" || table == "protected" {
				continue
			}
			var n int64
			require.NoError(t, r.db.QueryRow(t.Context(), `SELECT COUNT(*) FROM oplog_event WHERE action <> 'login'`).Scan(&n))
			require.Equal(t, n, c.Total, "%s: every operation is in every table once", table)
		}
		profiles, err := r.Cross(t.Context(), koseki, oplog.Query{From: "2026-11", To: "2026-11", Unit: "koseki"})
		require.NoError(t, err)
		require.NotEmpty(t, profiles)
	})
}

// TestNothingOfAResidentIsKept: numbers, names, birthdays, addresses and what was searched for are in no table.
func TestNothingOfAResidentIsKept(t *testing.T) {
	ward := sample.New(small)
	r := newRig(t, "", ward)
	r.register()
	r.take(now.AddDate(0, 0, -5), now)
	rows, err := r.db.Query(t.Context(), `SELECT staff, unit, terminal, business, action, criteria, sex, area FROM oplog_event`)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var cells [8]string
		require.NoError(t, rows.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6], &cells[7]))
		all := strings.Join(cells[1:], " ")
		for _, secret := range []string{"見本", "花子", "番", "号", "条件の文字列", "0001"} {
			require.NotContains(t, strings.ReplaceAll(all, cells[2], ""), secret)
		}
	}
	require.NoError(t, rows.Err())
}

const header = "ログ番号,操作日時,職員番号,端末ID,業務区分,操作種別,検索結果件数,被検索者宛名番号,性別,生年月日,住所\n"

// TestBadLinesAreTold: by line and column, in either encoding, and nothing of the file is taken.
func TestBadLinesAreTold(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		var b strings.Builder
		b.WriteString(header)
		for i := range 5000 {
			fmt.Fprintf(&b, "%d,令和8年11月24日 10:%02d:%02d,001201,T0001,住民記録,照会,1,%010d,女,平成10年3月1日,中野四丁目8番1号\n", i, i/60%60, i%60, i)
		}
		b.WriteString("90001,昨日,001201,T0001,住民記録,照会,1,1,女,,\n90002,2026-11-24 10:00:00,,T0001,住民記録,のぞき見,x,1,女,,\n")
		for name, file := range map[string][]byte{"UTF-8": []byte(b.String()), "CP932": cp932(t, b.String())} {
			rep, err := r.Import(t.Context(), analyst, "resident", "M", bytes.NewReader(file))
			require.NoError(t, err)
			require.Equal(t, name, rep.Encoding)
			require.Equal(t, 2, rep.Bad)
			var told []string
			for _, p := range rep.Problems {
				told = append(told, fmt.Sprint(p.Line, p.Column))
			}
			require.Equal(t, []string{"5002操作日時", "5003職員番号", "5003操作種別", "5003検索結果件数"}, told)
			require.Zero(t, rep.ID)
			for _, table := range []string{"oplog_event", "oplog_import", "oplog_sum"} {
				var n int
				require.NoError(t, r.db.QueryRow(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n))
				require.Zero(t, n, table)
			}
		}
	})
}

func cp932(t *testing.T, text string) []byte {
	b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	return b
}

// TestRightsAreAsked: who may not, gets nothing, and who reads is in the log.
func TestRightsAreAsked(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	r.take(now.AddDate(0, 0, -5), now)
	q := oplog.Query{From: "2026-11", To: "2026-11"}
	_, err := r.Count(t.Context(), nobody, "sex", q)
	require.ErrorIs(t, err, vms.Denied)
	_, err = r.Preview(t.Context(), koseki, "resident", strings.NewReader(header))
	require.ErrorIs(t, err, vms.Denied)
	_, err = r.Count(t.Context(), koseki, "sex", oplog.Query{From: "2026-11", To: "2026-11", Unit: "hoiku"})
	require.ErrorIs(t, err, vms.Invalid)
	own, err := r.Count(t.Context(), koseki, "staff", q)
	require.NoError(t, err)
	all, err := r.Count(t.Context(), office, "staff", q)
	require.NoError(t, err)
	require.Less(t, len(own.Rows), len(all.Rows))
	for _, row := range own.Rows {
		require.Equal(t, "koseki", row.Staff.Unit)
		require.NotEmpty(t, row.Staff.Name)
	}
	hidden, err := r.Count(t.Context(), analyst, "staff", q)
	require.NoError(t, err)
	require.Empty(t, hidden.Rows[0].Staff.Number+hidden.Rows[0].Staff.Name)
	for _, action := range []string{oplog.ImportLog, oplog.ImportStaff, oplog.Read} {
		var n int
		require.NoError(t, r.db.QueryRow(t.Context(), `SELECT COUNT(*) FROM audit WHERE action = $1`, action).Scan(&n))
		require.Positive(t, n, action)
	}
}

// TestSmallNumbersDoNotLeave: in a file no number is below five.
func TestSmallNumbersDoNotLeave(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	r.take(now.AddDate(0, 0, -5), now)
	hidden := 0
	for _, table := range append([]string{"cross"}, oplog.Tables...) {
		out, err := r.ExportCounts(t.Context(), koseki, table, oplog.Query{From: "2026-11", To: "2026-11", Unit: "koseki"})
		require.NoError(t, err, table)
		for _, row := range out.Rows {
			for _, cell := range row {
				if n, ok := cell.(int64); ok {
					require.GreaterOrEqual(t, n, int64(oplog.Least))
				}
				if cell == oplog.Hidden {
					hidden++
				}
			}
		}
	}
	require.Greater(t, hidden, 100)
}

// TestOldEventsGo: events after a year, counts after five.
func TestOldEventsGo(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		file := header + "1,2025-11-25 10:00:00,001201,T0001,住民記録,照会,1,1,女,,\n2,2025-11-27 10:00:00,001201,T0001,住民記録,照会,1,1,女,,\n3,2021-10-27 10:00:00,001201,T0001,住民記録,照会,1,1,女,,\n"
		_, err := r.Import(t.Context(), office, "resident", "M", strings.NewReader(file))
		require.NoError(t, err)
		require.NoError(t, r.Expire(t.Context()))
		var events int
		require.NoError(t, r.db.QueryRow(t.Context(), `SELECT COUNT(*) FROM oplog_event`).Scan(&events))
		require.Equal(t, 1, events)
		_, months, err := r.Imports(t.Context(), office)
		require.NoError(t, err)
		require.Equal(t, []string{"2025-11"}, months)
	})
}
