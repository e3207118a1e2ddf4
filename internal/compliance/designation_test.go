package compliance_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestADesignatedPatroller: a patrol by designated staff stands, and says when its day is in no designation of theirs.
func TestADesignatedPatroller(t *testing.T) {
	onBoth(t, func(w *ward) {
		patrol := func(unit, day string) int {
			return len(w.remarks(w.tell("patrol", unit, values{"day": day, "from": "10:00", "by": "designated", "patroller": "one", "reported_to": "two"}, "report")))
		}
		require.Equal(w.t, 1, patrol("koseki", "2017-05-31"))
		d := w.tell("patrol-designation", "koseki", values{"staff": "one", "from": "2017-05-01", "until": "2017-05-31"})
		require.Equal(w.t, 1, patrol("koseki", "2017-05-31"), "a draft designates nobody")
		d, err := w.Move(w.t.Context(), two, d.ID, d.Version, "designate", nil, "")
		require.NoError(w.t, err)
		require.Equal(w.t, []int{0, 1, 1}, []int{patrol("koseki", "2017-05-31"), patrol("koseki", "2017-06-01"), patrol("gomi-zero", "2017-05-31")}, "until its last day, in its unit")
		_, err = w.Move(w.t.Context(), two, d.ID, d.Version, "end", values{"until": "2017-05-30"}, "異動")
		require.NoError(w.t, err)
		require.Equal(w.t, []int{0, 1}, []int{patrol("koseki", "2017-05-30"), patrol("koseki", "2017-05-31")}, "it ended earlier")
	})
}
