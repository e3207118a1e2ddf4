// Package holiday knows on which days the ward's offices are closed, by rule.
//
// Its sources are 国民の祝日に関する法律 (昭和23年法律第178号) as amended until 2018, articles 2 and 3 with
// 振替休日 and the 休日 between two 祝日; the laws that moved days for 2019 (平成30年法律第99号) and for 2020
// and 2021 (the special laws for the Olympic games); and 地方自治法第4条の2, under which the ward's ordinance
// adds Saturdays, Sundays and 12月29日 to 1月3日. The equinoxes follow the approximation of the Hydrographic
// Department, good for 1980 to 2099; in law it is the calendar published in the official gazette each
// February that counts.
//
// Invariant: the answer for a day depends on nothing but the day. It is right from 2007 on; a later change
// of the law is a change here. It knows no opening hours.
package holiday

import (
	"math"
	"time"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// YearEnd is what the days around New Year are called that are closed by ordinance alone.
const YearEnd = "年末年始の閉庁日"

// Names of the days that follow from others.
const (
	substitute = "振替休日"
	between    = "国民の休日"
)

// On returns the name of the holiday on which an instant lies in Japan; empty on other days, also on
// Saturdays and Sundays that are nothing else.
func On(at vms.Instant) string {
	year, month, day := at.Time().In(conf.JST).Date()
	return name(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Closed reports whether an instant lies on a day on which the offices are closed.
func Closed(at vms.Instant) bool {
	weekday := at.Time().In(conf.JST).Weekday()
	return weekday == time.Saturday || weekday == time.Sunday || On(at) != ""
}

// name is that of a day, given as midnight UTC.
func name(day time.Time) string {
	if n := named(day); n != "" {
		return n
	}
	for d := day.AddDate(0, 0, -1); named(d) != ""; d = d.AddDate(0, 0, -1) { // article 3 (2)
		if d.Weekday() == time.Sunday {
			return substitute
		}
	}
	if named(day.AddDate(0, 0, -1)) != "" && named(day.AddDate(0, 0, 1)) != "" { // article 3 (3)
		return between
	}
	if m, d := day.Month(), day.Day(); m == time.December && d >= 29 || m == time.January && d <= 3 {
		return YearEnd
	}
	return ""
}

// named is the 祝日 of article 2.
func named(day time.Time) string {
	year, month, d := day.Date()
	if n, moved := special[year]; moved {
		if name, is := n[date{month, d}]; is {
			return name // an empty one: not this year
		}
	}
	switch (date{month, d}) {
	case date{1, 1}:
		return "元日"
	case date{2, 11}:
		return "建国記念の日"
	case date{2, 23}:
		return from(year >= 2020, "天皇誕生日")
	case date{3, equinox(year, 20.8431)}:
		return "春分の日"
	case date{4, 29}:
		return "昭和の日"
	case date{5, 3}:
		return "憲法記念日"
	case date{5, 4}:
		return "みどりの日"
	case date{5, 5}:
		return "こどもの日"
	case date{8, 11}:
		return from(year >= 2016, "山の日")
	case date{9, equinox(year, 23.2488)}:
		return "秋分の日"
	case date{11, 3}:
		return "文化の日"
	case date{11, 23}:
		return "勤労感謝の日"
	case date{12, 23}:
		return from(year <= 2018, "天皇誕生日")
	}
	return monday(day)
}

// monday is the 祝日 that are a Monday.
func monday(day time.Time) string {
	if day.Weekday() != time.Monday {
		return ""
	}
	switch week := (day.Day() + 6) / 7; {
	case day.Month() == time.January && week == 2:
		return "成人の日"
	case day.Month() == time.July && week == 3:
		return "海の日"
	case day.Month() == time.September && week == 3:
		return "敬老の日"
	case day.Month() == time.October && week == 2 && day.Year() < 2020:
		return "体育の日"
	case day.Month() == time.October && week == 2:
		return "スポーツの日"
	}
	return ""
}

type date struct {
	month time.Month
	day   int
}

// special are the days of single years, and those that are none in them.
var special = map[int]map[date]string{
	2019: {{5, 1}: "天皇の即位の日", {10, 22}: "即位礼正殿の儀の行われる日"},
	2020: {{7, 20}: "", {7, 23}: "海の日", {7, 24}: "スポーツの日", {8, 10}: "山の日", {8, 11}: "", {10, 12}: ""},
	2021: {{7, 19}: "", {7, 22}: "海の日", {7, 23}: "スポーツの日", {8, 8}: "山の日", {8, 11}: "", {10, 11}: ""},
}

// equinox is the day of the month; base is the instant of 1980 in days.
func equinox(year int, base float64) int {
	n := float64(year - 1980)
	return int(math.Floor(base+0.242194*n) - math.Floor(n/4))
}

func from(is bool, name string) string {
	if is {
		return name
	}
	return ""
}
