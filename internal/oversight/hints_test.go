package oversight

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

func at(day, hour, minute int) vms.Instant {
	return vms.InstantOf(time.Date(2025, 6, day, hour, minute, 0, 0, conf.JST)) // the 16th is a Monday
}

func TestHints(t *testing.T) {
	quiet := make([]int, usualDays)
	busy, uneven := make([]int, usualDays), make([]int, usualDays)
	for i := range busy {
		busy[i], uneven[i] = 20, 4*(i%2) // mean 2, σ 2
	}
	view := func(action string, begun vms.Instant, lasted time.Duration) audit.Viewing {
		v := audit.Viewing{Entry: audit.Entry{Action: action, Outcome: audit.OK, Time: begun}}
		if lasted > 0 {
			v.Ended = begun.Add(lasted)
		}
		return v
	}
	noon := at(18, 12, 0)
	refused := view(audit.ViewPast, at(21, 3, 0), 0)
	refused.Outcome = audit.Refused
	for name, c := range map[string]struct {
		view   audit.Viewing
		count  int
		before []int
		want   []Hint
	}{
		"ordinary":                        {view(audit.ViewPast, noon, time.Minute), 1, quiet, nil},
		"the first minute":                {view(audit.ViewPast, at(16, 8, 30), 0), 1, quiet, nil},
		"the last minute":                 {view(audit.ViewPast, at(20, 17, 14), 0), 1, quiet, nil},
		"just before":                     {view(audit.ViewPast, at(16, 8, 29), 0), 1, quiet, []Hint{{Kind: OutOfHours, Value: 1}}},
		"just after":                      {view(audit.ViewPast, at(20, 17, 16), 0), 1, quiet, []Hint{{Kind: OutOfHours, Value: 1}}},
		"night":                           {view(audit.ViewLive, at(18, 3, 0), 0), 1, quiet, []Hint{{Kind: OutOfHours, Value: 330}}},
		"Saturday":                        {view(audit.ViewLive, at(21, 12, 0), 0), 1, quiet, []Hint{{Kind: Weekend, Value: 6, Limit: 5}}},
		"Sunday night":                    {view(audit.ViewStill, at(22, 23, 59), 0), 1, quiet, []Hint{{Kind: Weekend, Value: 7, Limit: 5}}},
		"文化の日":                            {view(audit.ViewLive, vms.InstantOf(time.Date(2025, 11, 3, 12, 0, 0, 0, conf.JST)), 0), 1, quiet, []Hint{{Kind: Holiday, Value: 1, Name: "文化の日"}}},
		"Monday 00:00":                    {view(audit.ViewStill, at(23, 0, 0), 0), 1, quiet, []Hint{{Kind: OutOfHours, Value: 510}}},
		"few are never many":              {view(audit.ViewPast, noon, 0), 5, quiet, nil},
		"many for who never does":         {view(audit.ViewPast, noon, 0), 6, quiet, []Hint{{Kind: ManyViews, Value: 6, Limit: 5}}},
		"usual for who often does":        {view(audit.ViewPast, noon, 0), 20, busy, nil},
		"more than that":                  {view(audit.ViewPast, noon, 0), 21, busy, []Hint{{Kind: ManyViews, Value: 21, Usual: 20, Limit: 20}}},
		"within three deviations":         {view(audit.ViewPast, noon, 0), 8, uneven, nil},
		"above them":                      {view(audit.ViewLive, noon, 0), 9, uneven, []Hint{{Kind: ManyViews, Value: 9, Usual: 2, Limit: 8}}},
		"so many always are":              {view(audit.ViewLive, noon, 0), 31, append([]int{300}, busy...), []Hint{{Kind: ManyViews, Value: 31, Usual: 29, Limit: 30}}},
		"single pictures are not counted": {view(audit.ViewStill, noon, 0), 60, quiet, nil},
		"half an hour":                    {view(audit.ViewPast, noon, 30*time.Minute), 1, quiet, nil},
		"longer":                          {view(audit.ViewPast, noon, 31*time.Minute), 1, quiet, []Hint{{Kind: LongView, Value: 31, Limit: 30}}},
		"live is left open":               {view(audit.ViewLive, noon, 2*time.Hour), 1, quiet, nil},
		"very long":                       {view(audit.ViewLive, noon, 3*time.Hour), 1, quiet, []Hint{{Kind: LongView, Value: 180, Limit: 120}}},
		"all of it": {view(audit.ViewPast, at(22, 3, 0), time.Hour), 7, nil,
			[]Hint{{Kind: Weekend, Value: 7, Limit: 5}, {Kind: ManyViews, Value: 7, Usual: 0, Limit: 5}, {Kind: LongView, Value: 60, Limit: 30}}},
		"refused": {refused, 99, quiet, nil},
		"no view": {view(audit.SignIn, at(21, 3, 0), 0), 99, quiet, nil},
		"its end": {view(audit.ViewEnd, at(21, 3, 0), 0), 99, quiet, nil},
	} {
		require.Equal(t, c.want, hints(c.view, c.count, c.before), name)
	}
}
