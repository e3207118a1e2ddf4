package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/record"
	"yagura/internal/vms"
)

func TestWhatWasKeptBeforeComesInWithItsHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		day := func(n int) vms.Instant { return friday.Add(time.Duration(n-400) * 24 * time.Hour) }
		told := record.Told{Kind: "patrol", At: day(0), By: clerk, Draft: record.Draft{Unit: "koseki", Values: plain("2016-04-28")}, Steps: []record.Step{
			{At: day(1), By: clerk, Change: values{"minutes": 20}},
			{At: day(2), By: clerk, Move: "tell"},
			{At: day(3), By: officer, Move: "order", Change: values{"order": "鍵をかける", "by_day": "2016-05-10"}},
			{At: day(4), By: clerk, Change: values{"minutes": 30}, Reason: "書き誤り"},
		}}
		all, err := h.Retell(t.Context(), office, []record.Told{told})
		require.NoError(t, err)
		r, err := h.Find(t.Context(), clerk, all[0].ID)
		require.NoError(t, err)
		require.Equal(t, []any{"mending", 2016, int64(1), record.Role("general_manager"), day(0), day(4)}, []any{r.State, r.Year, r.Number, r.Unseen, r.Created, r.Changed})
		versions, err := h.History(t.Context(), clerk, r.ID)
		require.NoError(t, err)
		require.Equal(t, record.Corrected, versions[0].What)
		require.Equal(t, []vms.Instant{day(4), day(3), day(2), day(1), day(0)}, []vms.Instant{versions[0].At, versions[1].At, versions[2].At, versions[3].At, versions[4].At})
		then, err := h.AsOf(t.Context(), "patrol", day(2))
		require.NoError(t, err)
		require.Equal(t, "told", then[0].State)
		require.Equal(t, int64(20), then[0].Values.Number("minutes"))

		for name, steps := range map[string][]record.Step{
			"by whom it is not for":   {{At: day(1), By: clerk, Move: "tell"}, {At: day(2), By: other, Move: "order", Change: values{"order": "x", "by_day": "2016-05-10"}}},
			"without what it needs":   {{At: day(1), By: clerk, Move: "tell"}, {At: day(2), By: officer, Move: "order"}},
			"by whom the other was":   {{At: day(1), By: officer, Move: "tell"}, {At: day(2), By: officer, Move: "order", Change: values{"order": "x", "by_day": "2016-05-10"}}},
			"before the step before":  {{At: day(2), By: clerk, Change: values{"minutes": 5}}, {At: day(1), By: clerk, Move: "tell"}},
			"ahead of time":           {{At: day(401), By: clerk, Move: "tell"}},
			"from another state":      {{At: day(1), By: clerk, Move: "mend"}},
			"corrected for no reason": {{At: day(1), By: clerk, Move: "tell"}, {At: day(2), By: clerk, Change: values{"minutes": 5}}},
		} {
			bad := told
			bad.Steps = steps
			_, err := h.Retell(t.Context(), office, []record.Told{bad, told})
			require.Error(t, err, name)
		}
		left, err := h.AsOf(t.Context(), "patrol", friday)
		require.NoError(t, err)
		require.Len(t, left, 1, "all, or none")
	})
}
