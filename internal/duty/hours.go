package duty

import (
	"time"

	"yagura/internal/conf"
	"yagura/internal/holiday"
	"yagura/internal/vms"
)

// Office hours of the ward, on days on which it is open.
const (
	opens  = 8*time.Hour + 30*time.Minute
	closes = 17*time.Hour + 15*time.Minute
)

// officeHours returns the stretches of office hours that touch span, whole.
func officeHours(span vms.Span) (out []vms.Span) {
	t := span.From.Time().In(conf.JST)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST) // Japan has no summer time
	for ; vms.InstantOf(day) < span.To; day = day.AddDate(0, 0, 1) {
		if !holiday.Closed(vms.InstantOf(day)) {
			out = append(out, vms.Span{From: vms.InstantOf(day.Add(opens)), To: vms.InstantOf(day.Add(closes))})
		}
	}
	return out
}

// common returns what lies in both, in order.
func common(a, b []vms.Span) []vms.Span { return vms.Subtract(a, vms.Subtract(a, b)) }
