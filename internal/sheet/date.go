package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// eras by the first letter of their name and their kanji; the year before their first.
var eras = []struct {
	letter, name string
	from         time.Time
}{
	{"R", "令和", day(2019, 5, 1)},
	{"H", "平成", day(1989, 1, 8)},
	{"S", "昭和", day(1926, 12, 25)},
	{"T", "大正", day(1912, 7, 30)},
	{"M", "明治", day(1868, 10, 23)},
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

var (
	western = regexp.MustCompile(`^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$`)
	solid   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	ofEra   = regexp.MustCompile(`(?i)^(R|H|S|T|M|令和|平成|昭和|大正|明治)\.?(\d{1,2}|元)(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$`)
	oclock  = regexp.MustCompile(`^(\d{1,2})(?::|時)(\d{1,2})(?::\d{2}|分)?$`)
	number  = regexp.MustCompile(`^\d{1,5}(?:\.\d+)?$`)
)

// excelEpoch is day 0 of Excel, which counts a 29 February 1900 that never was.
var excelEpoch = day(1899, 12, 30)

// Day reads a cell that holds a date: 2017-06-01, 2017/6/1, 2017年6月1日, 20170601, H29.6.1, 平成29年6月1日,
// in full or half width, or the number that a workbook keeps for a date. An era's date outside of the era
// is none.
func Day(cell string) (time.Time, bool) {
	s := norm.NFKC.String(cell)
	if m := western.FindStringSubmatch(s); m != nil {
		return date(atoi(m[1]), m[2], m[3])
	}
	if m := solid.FindStringSubmatch(s); m != nil {
		return date(atoi(m[1]), m[2], m[3])
	}
	if m := ofEra.FindStringSubmatch(s); m != nil {
		return dateOfEra(m)
	}
	if number.MatchString(s) {
		days, err := strconv.ParseFloat(s, 64)
		return excelEpoch.AddDate(0, 0, int(days)), err == nil && days >= 1
	}
	return time.Time{}, false
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n } // digits only, few of them

func date(year int, month, dayOfMonth string) (time.Time, bool) {
	t := day(year, time.Month(atoi(month)), atoi(dayOfMonth))
	return t, t.Year() == year && int(t.Month()) == atoi(month) && t.Day() == atoi(dayOfMonth)
}

func dateOfEra(m []string) (time.Time, bool) {
	year := 1
	if m[2] != "元" {
		year = atoi(m[2])
	}
	for i, e := range eras {
		if !strings.EqualFold(m[1], e.letter) && m[1] != e.name {
			continue
		}
		t, ok := date(e.from.Year()+year-1, m[3], m[4])
		return t, ok && !t.Before(e.from) && (i == 0 || t.Before(eras[i-1].from))
	}
	return time.Time{}, false
}

// Clock reads a cell that holds a time of day: 9:30, 09:30:00, 9時30分, or a workbook's fraction of a day.
func Clock(cell string) (string, bool) {
	s := norm.NFKC.String(cell)
	if m := oclock.FindStringSubmatch(s); m != nil {
		h, min := atoi(m[1]), atoi(m[2])
		return time.Date(0, 1, 1, h, min, 0, 0, time.UTC).Format("15:04"), h < 24 && min < 60
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f >= 0 && f < 1 {
		return time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(f*24*60+0.5) * time.Minute).Format("15:04"), true
	}
	return "", false
}

// serial is the number of a day in Excel.
func serial(d time.Time) int {
	return int(day(d.Year(), d.Month(), d.Day()).Sub(excelEpoch).Hours() / 24)
}

// EraDay writes a day as documents have it: 平成29年4月26日. A day before the first era is written in the western way.
func EraDay(d time.Time) string {
	year := day(d.Year(), d.Month(), d.Day())
	for _, e := range eras {
		if !year.Before(e.from) {
			return e.name + eraYear(d.Year()-e.from.Year()+1) + d.Format("1月2日")
		}
	}
	return d.Format("2006年1月2日")
}

// EraShort writes a day as tables on paper have it: R8.11.26.
func EraShort(d time.Time) string {
	year := day(d.Year(), d.Month(), d.Day())
	for _, e := range eras {
		if !year.Before(e.from) {
			return e.letter + strconv.Itoa(d.Year()-e.from.Year()+1) + d.Format(".1.2")
		}
	}
	return d.Format("2006/1/2")
}

func eraYear(n int) string {
	if n == 1 {
		return "元年"
	}
	return strconv.Itoa(n) + "年"
}

// EraSpan writes a range of days as documents have it: the year stands once, 平成29年4月26日～5月12日.
func EraSpan(from, to time.Time) string {
	return EraDay(from) + "～" + EraDayAfter(from, to)
}

// EraDayAfter writes a day that is named after another one: its year only where that is another.
func EraDayAfter(before, d time.Time) string {
	text := EraDay(d)
	year, _, _ := strings.Cut(EraDay(before), "年")
	if rest, same := strings.CutPrefix(text, year+"年"); same {
		return rest
	}
	return text
}
