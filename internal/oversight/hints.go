package oversight

import (
	"context"
	"maps"
	"math"
	"slices"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/holiday"
)

// Hint says that something about a view is unusual, and by how much.
type Hint struct {
	Kind  string  `json:"kind"`
	Value float64 `json:"value"`          // what was
	Usual float64 `json:"usual"`          // what is usual, where that is known
	Limit float64 `json:"limit"`          // above this it is told
	Name  string  `json:"name,omitempty"` // of a holiday
}

// Kinds of hints.
const (
	OutOfHours = "out_of_hours" // minutes from the nearest office hour of that weekday to when it began
	Weekend    = "weekend"      // 6 Saturday, 7 Sunday
	Holiday    = "holiday"      // a weekday on which the offices are closed, with its name; value: 1 Monday to 5 Friday
	ManyViews  = "many_views"   // of this camera by this person on that day; usual: a day of the 30 before
	LongView   = "long_view"    // minutes it lasted
)

// Office hours of the ward, on days that are no Saturday, Sunday or holiday.
const (
	opens  = 8*60 + 30 // minutes of the day
	closes = 17*60 + 15
)

// Limits.
const (
	usualDays  = 30
	fewViews   = 5   // so many a day are never many
	manyViews  = 30  // more always are
	sigmas     = 3   // and what is further above the person's own usual than so many standard deviations
	longPast   = 30  // minutes of looking at the past
	longLive   = 120 // and at the present, which is often left open
	fridayPlus = 5
)

// hints are what is unusual about a view. count is how often the person viewed that camera that day,
// before how often on each of the days before.
func hints(v audit.Viewing, count int, before []int) (out []Hint) {
	if v.Outcome != audit.OK || !slices.Contains(audit.Views, v.Action) {
		return nil
	}
	t := v.Time.Time().In(conf.JST)
	minute := t.Hour()*60 + t.Minute()
	switch weekday := (int(t.Weekday()) + 6) % 7; {
	case weekday >= fridayPlus:
		out = append(out, Hint{Kind: Weekend, Value: float64(weekday + 1), Limit: fridayPlus})
	case holiday.On(v.Time) != "":
		out = append(out, Hint{Kind: Holiday, Value: float64(weekday + 1), Name: holiday.On(v.Time)})
	case minute < opens:
		out = append(out, Hint{Kind: OutOfHours, Value: float64(opens - minute)})
	case minute >= closes:
		out = append(out, Hint{Kind: OutOfHours, Value: float64(minute - closes)})
	}
	if usual, limit := farAbove(before); v.Action != audit.ViewStill && float64(count) > limit {
		out = append(out, Hint{Kind: ManyViews, Value: float64(count), Usual: usual, Limit: limit})
	}
	limit := float64(longPast)
	if v.Action == audit.ViewLive {
		limit = longLive
	}
	if lasted := v.Ended.Sub(v.Time).Minutes(); v.Ended != 0 && lasted > limit {
		out = append(out, Hint{Kind: LongView, Value: math.Round(lasted), Limit: limit})
	}
	return out
}

// farAbove is what is usual, and the limit above which a day is far above it.
func farAbove(days []int) (usual, limit float64) {
	var sum, squares float64
	for _, n := range days {
		sum += float64(n)
		squares += float64(n * n)
	}
	if n := float64(len(days)); n > 0 {
		usual = sum / n
		limit = usual + sigmas*math.Sqrt(max(0, squares/n-usual*usual))
	}
	round := func(x float64) float64 { return math.Round(10*x) / 10 }
	return round(usual), round(min(max(limit, fewViews), manyViews))
}

// hint adds hints to entries. How often others view a camera is counted for 監査 alone: the count has
// views in it that heads are not told.
func (r *Room) hint(ctx context.Context, s scope, entries []Entry) error {
	lookers := map[audit.Looker]bool{}
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, e := range entries {
		if (s.all || e.Actor == s.login) && e.Outcome == audit.OK && slices.Contains(audit.Views[:2], e.Action) {
			lookers[audit.Looker{Actor: e.Actor, Camera: e.Camera}] = true
			first, last = min(first, audit.DayOf(e.Time)-usualDays), max(last, audit.DayOf(e.Time))
		}
	}
	counts, err := r.Log.Tallies(ctx, slices.Collect(maps.Keys(lookers)), first, last)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		today := audit.Tally{Actor: e.Actor, Camera: e.Camera, Day: audit.DayOf(e.Time)}
		var before []int
		for d := range int64(usualDays) {
			then := today
			then.Day -= d + 1
			before = append(before, counts[then])
		}
		e.Hints = hints(e.Viewing, counts[today], before)
	}
	return nil
}
