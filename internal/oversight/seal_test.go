package oversight_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

func TestASealedCaseIsToldWhenItEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		view := w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-time.Hour))
		view.Case = "29-危-014"
		id := w.add(view)
		told := func(want ...string) {
			t.Helper()
			require.Equal(t, want, ids(w.list("head", oversight.Filter{Camera: "c-koseki"})))
			require.Equal(t, []string{id}, ids(w.list("kansa", oversight.Filter{Camera: "c-koseki"})), "the auditor always")
			require.Equal(t, []string{id}, ids(w.list("kiki", oversight.Filter{Camera: "c-koseki"})), "one's own")
		}
		code := func(err error, code string) {
			t.Helper()
			require.Equal(t, code, vms.Code(err), "%v", err)
		}
		kiki, kiki2, kiki3 := w.caller("kiki"), w.caller("kiki2"), w.caller("kiki3")
		told(id)
		code(w.room.Seal(ctx, w.caller("head"), "29-危-014", "x"), "denied")
		code(w.room.Seal(ctx, w.caller("kansa"), "29-危-014", "x"), "denied")
		code(w.room.Seal(ctx, kiki, " ", "x"), "bad-seal")
		code(w.room.Seal(ctx, kiki, "29", ""), "bad-seal")
		code(w.room.Extend(ctx, kiki2, "29-危-014"), "no-case")
		code(w.room.Close(ctx, kiki2, "29-危-014"), "no-case")
		require.NoError(t, w.room.Seal(ctx, kiki, "２９-危-014 ", "調査中"))
		told()
		code(w.room.Seal(ctx, kiki2, "29-危-014", "x"), "sealed-before")
		code(w.room.Extend(ctx, kiki2, "29-危-014"), "too-early")

		w.now = noon.Add(61 * day)
		code(w.room.Extend(ctx, kiki, "29-危-014"), "second-person")
		require.NoError(t, w.room.Extend(ctx, kiki2, "29-危-014"))
		w.now = noon.Add(179 * day)
		told()
		code(w.room.Extend(ctx, kiki2, "29-危-014"), "second-person")
		require.NoError(t, w.room.Extend(ctx, kiki, "29-危-014"), "each time somebody else")
		w.now = noon.Add(269 * day)
		told()
		w.now = noon.Add(270 * day)
		told(id)
		code(w.room.Extend(ctx, kiki3, "29-危-014"), "not-sealed")
		code(w.room.Close(ctx, kiki3, "29-危-014"), "not-sealed")
		code(w.room.Seal(ctx, kiki3, "29-危-014", "again"), "sealed-before")

		require.NoError(t, w.room.Seal(ctx, kiki, "30-1", "x"))
		require.NoError(t, w.room.Close(ctx, kiki, "30-1"))
		list, may, err := w.room.Seals(ctx, w.caller("kansa"))
		require.NoError(t, err)
		require.False(t, may)
		require.Equal(t, []any{2, "30-1", "kiki", "29-危-014", "調査中", "kiki"}, []any{len(list), list[0].Case, list[0].ClosedBy, list[1].Case, list[1].Reason, list[1].ExtendedBy})
		_, may, err = w.room.Seals(ctx, kiki)
		require.NoError(t, err)
		require.True(t, may)
		_, _, err = w.room.Seals(ctx, w.caller("head"))
		code(err, "denied")
		var acts []string
		for _, action := range []string{oversight.SealCase, oversight.ExtendSeal, oversight.CloseCase} {
			for _, e := range w.Rows(action) {
				acts = append(acts, e.Actor+" "+e.Action+" "+e.Case)
			}
		}
		require.ElementsMatch(t, []string{"kiki case.seal 29-危-014", "kiki2 case.extend 29-危-014", "kiki case.extend 29-危-014", "kiki case.seal 30-1", "kiki case.close 30-1"}, acts)
	})
}
