package compliance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/record"
)

// told is what somebody of these posts is told of that did not happen in a unit, with its day.
func (w *ward) told(unit string, roles ...record.Role) (out []string) {
	w.t.Helper()
	all, err := w.Lacking(w.t.Context(), holding("x", roles...), "2018-12-31")
	require.NoError(w.t, err)
	for _, l := range all {
		if l.Unit.ID == unit {
			out = append(out, l.ID+" "+l.Day)
		}
	}
	return out
}

// TestWhatDidNotHappenIsOwed: no patrol within the norm, no awareness by Thursday ten, no look at the memo rule since April.
func TestWhatDidNotHappenIsOwed(t *testing.T) {
	onBoth(t, func(w *ward) {
		const officer, manager, head = "executing_officer", "general_manager", "department_head"
		require.Empty(w.t, w.told("koseki"), "nothing is kept yet")
		w.tell("patrol", "koseki", values{"day": "2017-06-02", "by": "manager", "patroller": "one"}, "record") // Friday
		rule := func(unit, year string) {
			w.tell("memo-policy", unit, values{"year": year, "scope": "no", "scope_reason": "個人情報がない", "from": year + "-04-01"}, "submit", "approve")
		}
		rule("koseki", "2017")
		rule("gomi-zero", "2017")
		w.open("gomi-zero", values{"from": "2017-06-01", "weekdays": []any{"2", "3", "4", "5", "6"}, "opens": "09:00", "closes": "17:00", "patrol_days": 2})

		w.at("2017-06-08 09:59") // Thursday, four business days later
		require.Empty(w.t, w.told("koseki", officer, manager, "clerk", head))
		w.at("2017-06-08 10:00")
		require.Equal(w.t, []string{"awareness 2017-06-08"}, w.told("koseki", "clerk"))
		require.Empty(w.t, w.told("koseki", manager), "it is not theirs yet")
		require.Equal(w.t, []string{"patrol 2017-06-06", "awareness 2017-06-08"}, w.told("gomi-zero", officer), "Saturday and Tuesday are its two days")
		require.Equal(w.t, []string{"patrol 2017-06-08"}, w.told("gomi-zero", manager), "twice of it")
		w.tell("awareness", "koseki", values{"day": "2017-06-08", "methods": []any{"email"}, "theme": "離席"}, "done")
		require.Empty(w.t, w.told("koseki", "clerk"))

		w.at("2017-06-09 08:00")
		require.Equal(w.t, []string{"patrol 2017-06-09"}, w.told("koseki", officer))
		w.at("2017-06-16 08:00")
		require.Equal(w.t, []string{"patrol 2017-06-16"}, w.told("koseki", manager))
		claims, err := w.Claims(w.t.Context(), "2017-06-16")
		require.NoError(w.t, err)
		require.True(w.t, slices.IsSortedFunc(claims, func(x, y record.Claim) int { return strings.Compare(x.Day, y.Day) }))
		require.True(w.t, slices.ContainsFunc(claims, func(c record.Claim) bool { return c.Deadline == "patrol" && c.Unit == "koseki" && c.Role == manager }), "they are chased for it")
		w.tell("patrol", "koseki", values{"day": "2017-06-16", "by": "manager", "patroller": "one"}, "record")
		require.Empty(w.t, w.told("koseki", manager))

		w.at("2018-04-01 00:00")
		require.Contains(w.t, w.told("koseki", manager), "memo 2018-04-30")
		rule("koseki", "2018")
		require.NotContains(w.t, fmt.Sprint(w.told("koseki", manager)), "memo")
		require.Contains(w.t, w.told("zeimu-kazei", manager), "memo 2018-04-30")
	})
}

// TestWhatIsLateGoesUp: a consent that is not signed on the first day is told to the heads at four, to the 部長 the day after.
func TestWhatIsLateGoesUp(t *testing.T) {
	onBoth(t, func(w *ward) {
		w.at("2017-06-01 09:00")
		w.tell("induction", "koseki", values{"staff": "00123", "name": "見本", "kana": "ミホン", "kind": "temporary", "from": "2017-06-08", "until": "2017-07-31"})
		w.tell("device-exception", "koseki", values{"applicant": "one", "device": "phone", "purpose": "outside", "reason": "出先", "zone": "business", "form": []any{"calls"}, "example": "出先で電話を受ける", "from": "2017-06-01", "until": "2017-06-30"}, "ask", "endorse", "approve")
		owes := func(role record.Role) (out []string) {
			debts, err := w.Owed(w.t.Context(), holding("x", role), "2017-12-31")
			require.NoError(w.t, err)
			for _, d := range debts {
				out = append(out, d.Deadline.ID)
			}
			return out
		}
		w.at("2017-06-08 15:59")
		require.Equal(w.t, []string{"renew", "prepare", "train", "expire"}, owes("clerk"))
		require.NotContains(w.t, owes("general_manager"), "unsigned")
		w.at("2017-06-08 16:00")
		require.Contains(w.t, owes("general_manager"), "unsigned")
		require.Empty(w.t, owes("department_head"))
		w.at("2017-06-09 09:00")
		require.Equal(w.t, []string{"unsigned_after"}, owes("department_head"))
		w.at("2017-06-23 09:00")
		require.Contains(w.t, owes("general_manager"), "ending")
	})
}
