package compliance

import (
	"slices"
	"strconv"
	"time"

	"yagura/internal/conf"
	"yagura/internal/record"
)

// Obligations, as facts of records name them (record.Fact).
const (
	ObligePatrol    = "patrol"     // met by each patrol that was recorded
	ObligeMend      = "mend"       // what a patrol found, until it is mended
	ObligeAwareness = "awareness"  // met by each time cases were told
	ObligeMemo      = "memo"       // a memo rule in force for the fiscal year
	ObligePaper     = "paper"      // numbered paper back within a week
	ObligeDevice    = "device"     // an exception for a private device, closed when it is over
	ObligeInduction = "induction"  // trained and signed on the first day
	ObligeFinding   = "finding"    // a corrective action taken in time
	ObligeTwoFactor = "two-factor" // a system with personal data has two factors
)

// on is one fact.
func on(what, day, due, met string) []record.Fact {
	return []record.Fact{{What: what, Day: day, Due: due, Met: met}}
}

func oneOf(state string, states ...string) bool { return slices.Contains(states, state) }

// metIf is the day where something is so, "" otherwise.
func metIf(is bool, day string) string {
	if is {
		return day
	}
	return ""
}

var patrolCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	day := r.Values.Text("day")
	if oneOf(r.State, "draft", "void") {
		return nil
	}
	facts := on(ObligePatrol, day, day, day)
	if by := r.Values.Text("mend_by"); by != "" {
		facts = append(facts, on(ObligeMend, by, by, metIf(r.State == "done", r.Values.Text("mended_on")))...)
	}
	return facts
}}

var awarenessCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	if r.State != "done" {
		return nil
	}
	day := r.Values.Text("day")
	return on(ObligeAwareness, day, day, day)
}}

// memoCounts: a rule is to be in force by 30 April.
var memoCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	year := r.Values.Text("year")
	return on(ObligeMemo, year+"-04-01", year+"-04-30", metIf(oneOf(r.State, "in_force", "revising", "ended"), r.Values.Text("from")))
}}

const paperDays = 7 // after which numbered paper is to be back

var paperCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	day := r.Values.Text("day")
	met := ""
	if r.State == "settled" {
		if met = r.Values.Text("destroyed_on"); met == "" {
			met = record.DayOf(r.Since)
		}
	}
	return on(ObligePaper, day, days(day, paperDays), met)
}}

// deviceCounts: an exception is met when somebody has said that it is over; until then it is open, and after
// its last day it is missing.
var deviceCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	until := r.Values.Text("until")
	if !oneOf(r.State, "valid", "over", "withdrawn") {
		return nil
	}
	return on(ObligeDevice, until, until, metIf(r.State != "valid", until))
}}

var inductionCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	from := r.Values.Text("from")
	signed := oneOf(r.State, "consented", "cleared", "over", "closed")
	return on(ObligeInduction, from, from, metIf(signed, max(r.Values.Text("trained"), r.Values.Text("signed"))))
}}

var findingCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	by := r.Values.Text("by")
	return on(ObligeFinding, by, by, metIf(oneOf(r.State, "acted", "done"), r.Values.Text("acted")))
}}

// systemCounts: a system with personal data is to have two factors by the end of the year they are planned for.
var systemCounts = record.Counting{Form: 1, Of: func(r *record.Record) []record.Fact {
	v := r.Values
	if !v.Yes("personal") && !v.Yes("my_number") {
		return nil
	}
	due := ""
	if year, err := strconv.Atoi(v.Text("planned_year")); err == nil {
		due = strconv.Itoa(year+1) + "-03-31"
	}
	met := ""
	if v.Text("auth") != "password" {
		if met = v.Text("two_factor_from"); met == "" {
			met = record.DayOf(r.Created)
		}
	}
	return on(ObligeTwoFactor, "", due, met)
}}

// days is the day some days after another.
func days(day string, n int) string {
	t, err := time.ParseInLocation(time.DateOnly, day, conf.JST)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}
