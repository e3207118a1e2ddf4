package compliance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/compliance"
)

// TestAZoneIsDrawnAsAnAreaOfAPlan: an outline has three corners or more, some area, and a plan it lies on.
func TestAZoneIsDrawnAsAnAreaOfAPlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ plan, outline, wrong string }{
		{"", "", ""},
		{"honcho-1f", "500,20 610,20 610,160 500,160", ""},
		{"", "500,20 610,20 610,160", "plan"},
		{"honcho-1f", "", "outline"},
		{"honcho-1f", "0,0 10,10 20,20", "outline"},
		{"honcho-1f", "500,20 610,20", "outline"},
		{"honcho-1f", "500;20 610;20 1;1", "outline"},
		{"本庁舎", "0,0 9,0 9,9", "plan"},
	} {
		v, problems := compliance.Zone.Read(values{"floor": "1F", "room": "書庫", "zone": "secure", "plan": c.plan, "outline": c.outline})
		if len(problems) == 0 {
			problems = compliance.Zone.Lacks(v)
		}
		if c.wrong == "" {
			require.Empty(t, problems, c.outline)
			continue
		}
		require.NotEmpty(t, problems, c.outline)
		require.Equal(t, c.wrong, problems[0].Field, c.outline)
	}
	require.Equal(t, [][2]int{{500, 20}, {610, 20}, {610, 160}}, compliance.Outline(map[string]any{"outline": "500,20 610,20 610,160"}))
}
