package oplog_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oplog/sample"
	"yagura/internal/vms"
)

// numbers are the cells of an account, by section, line and column.
func numbers(a *oplog.Account) map[string]any {
	out := map[string]any{}
	for _, s := range a.Sections {
		for _, l := range s.Rows {
			for i, c := range l.Cells {
				out[s.Name+"/"+l.Name+"/"+s.Columns[i+1]] = c
			}
		}
	}
	return out
}

// TestAReportGivesNoSmallNumberAway: not by itself, and not beside the reports of its parts.
func TestAReportGivesNoSmallNumberAway(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		r.register()
		r.take(now.AddDate(0, 0, -56), now)
		for _, kind := range []string{oplog.Monthly, oplog.Quarterly, oplog.Yearly} {
			from := map[string]string{oplog.Monthly: "2026-10", oplog.Quarterly: "2026-10", oplog.Yearly: "2026-04"}[kind]
			a, err := r.Account(t.Context(), office, kind, from)
			require.NoError(t, err)
			require.Contains(t, a.Title, map[string]string{oplog.Monthly: "令和8年10月", oplog.Quarterly: "令和8年10月1日～12月31日", oplog.Yearly: "令和8年度"}[kind])
			hidden := 0
			for name, c := range numbers(a) {
				if n, ok := c.(int64); ok {
					require.GreaterOrEqual(t, n, int64(oplog.Least), name)
				}
				if c == oplog.Hidden {
					hidden++
				}
			}
			require.Positive(t, hidden)
			var pdf, text bytes.Buffer
			require.NoError(t, a.Document().WritePDF(&pdf))
			require.NoError(t, a.Document().WriteText(&text))
			require.Contains(t, text.String(), "作成　情報安全担当　joho")
			require.True(t, strings.HasPrefix(pdf.String(), "%PDF"))
			if dir := os.Getenv("OPLOG_PAPER"); dir != "" {
				require.NoError(t, os.WriteFile(fmt.Sprintf("%s/%s.pdf", dir, kind), pdf.Bytes(), 0o600))
			}
			var xlsx bytes.Buffer
			require.NoError(t, a.Table().WriteXLSX(&xlsx))
		}
		parts := []map[string]any{}
		for _, from := range []string{"2026-10", "2026-11", "2026-12"} {
			a, err := r.Account(t.Context(), office, oplog.Monthly, from)
			require.NoError(t, err)
			parts = append(parts, numbers(a))
		}
		whole, err := r.Account(t.Context(), office, oplog.Quarterly, "2026-10")
		require.NoError(t, err)
		looked := 0
		for name, c := range numbers(whole) {
			if _, told := c.(int64); !told || !strings.HasSuffix(name, "/この期間") || strings.HasPrefix(name, "全体") {
				continue
			}
			unknown := 0
			for _, p := range parts[:2] { // nothing is known of the third
				if p[name] == oplog.Hidden {
					unknown++
				}
			}
			looked++
			require.NotEqual(t, 1, unknown, "%s is told of the quarter and of all its months but one", name)
		}
		require.Greater(t, looked, 20)
	})
}

// TestReportsAreForThoseWhoReadAll: heads read their own staff, and make no report of the ward.
func TestReportsAreForThoseWhoReadAll(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	for _, c := range []identity.Caller{koseki, nobody} {
		_, err := r.Account(t.Context(), c, oplog.Monthly, "2026-10")
		require.ErrorIs(t, err, vms.Denied)
	}
	for _, bad := range [][2]string{{oplog.Quarterly, "2026-11"}, {oplog.Yearly, "2026-01"}, {"week", "2026-01"}, {oplog.Monthly, "2026"}} {
		_, err := r.Account(t.Context(), office, bad[0], bad[1])
		require.ErrorIs(t, err, vms.Invalid, bad)
	}
	a, err := r.Account(t.Context(), analyst, oplog.Monthly, "2026-10")
	require.NoError(t, err, "an empty month has a report that says so")
	require.True(t, a.Months[0].Late)
	require.Nil(t, a.Sections[0].Rows[0].Cells[0])
}

// TestTheSummarySaysWhatIsLate: the log of the last month is due by the 10th, and whoever takes logs in is reminded.
func TestTheSummarySaysWhatIsLate(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		r.register()
		items := func() (ids []string) {
			list, err := r.Items(t.Context(), analyst.Person)
			require.NoError(t, err)
			for _, i := range list {
				ids = append(ids, i.ID)
			}
			return ids
		}
		require.Empty(t, items(), "where logs were never taken nobody waits for them")
		r.take(now.AddDate(0, 0, -10), now)
		s, err := r.Summary(t.Context(), analyst)
		require.NoError(t, err)
		require.Equal(t, []any{"2026-10", "2026-11-10", true}, []any{s.Month, s.Due, s.Overdue})
		require.Contains(t, items(), "logs.2026-10.late")
		_, err = r.Import(t.Context(), analyst, "resident", "M-003", r.file(now.AddDate(0, 0, -40), now.AddDate(0, 0, -12)))
		require.NoError(t, err)
		s, err = r.Summary(t.Context(), analyst)
		require.NoError(t, err)
		require.False(t, s.Overdue)
		require.NotNil(t, s.Taken)
		require.NotContains(t, items(), "logs.2026-10.late")
		require.Equal(t, "2026-10", s.Counted)
		require.Positive(t, s.N)
		open := 0
		for _, n := range s.States {
			open += n
		}
		require.Positive(t, open)
		own, err := r.Summary(t.Context(), koseki)
		require.NoError(t, err)
		require.Less(t, own.N, s.N)
		w, err := r.Whom(t.Context(), analyst, oplog.Query{From: "2026-10", To: "2026-11"})
		require.NoError(t, err)
		var n int64
		for _, a := range w.Areas {
			for _, c := range a.Cells {
				n += c.N
			}
		}
		require.Equal(t, int64(0), n-sumOf(w))
		require.Positive(t, n)
	})
}

func sumOf(w *oplog.Whom) (n int64) {
	for _, a := range w.Areas {
		n += a.Total
	}
	return n
}
