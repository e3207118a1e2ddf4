package compliance

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestWeeksOfAYear: a fiscal year has 52 or 53 weeks, each belongs to one, and none is lost between two years.
func TestWeeksOfAYear(t *testing.T) {
	last := ""
	for year := 2015; year < 2040; year++ {
		weeks := weeksOf(year)
		require.Contains(t, []int{52, 53}, len(weeks), year)
		if last != "" {
			sunday, err := time.Parse(time.DateOnly, last)
			require.NoError(t, err)
			require.Equal(t, sunday.AddDate(0, 0, 1).Format(time.DateOnly), weeks[0].From)
		}
		last = weeks[len(weeks)-1].To
	}
	require.Equal(t, Week{"2017-04-03", "2017-04-09"}, weeksOf(2017)[0])
	require.Equal(t, Week{"2018-03-26", "2018-04-01"}, weeksOf(2017)[51])
}
