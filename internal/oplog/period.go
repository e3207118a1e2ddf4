package oplog

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Kinds of report.
const (
	Monthly   = "month"
	Quarterly = "quarter" // of a fiscal year: from April, July, October or January
	Yearly    = "year"    // a fiscal year, from April
)

// period is the time of a report: a month, or what is made of shorter ones.
type period struct {
	kind string
	from time.Time // its first day
}

var lengths = map[string]int{Monthly: 1, Quarterly: 3, Yearly: 12} // months

func periodOf(kind, from string) (period, error) {
	in, err := monthSpan(from)
	if err != nil {
		return period{}, err
	}
	p := period{kind, in.From.Time().In(conf.JST)}
	since := (int(p.from.Month()) + 8) % 12 // months of the fiscal year before it
	if lengths[kind] == 0 || since%lengths[kind] != 0 {
		return period{}, invalid("bad-period", "報告の期間ではありません。月（month）、4・7・10・1月からの四半期（quarter）、4月からの年度（year）です。 That is no period of a report: a month, a quarter from April, July, October or January, or a year from April.")
	}
	return p, nil
}

// parts are the shorter periods it is made of; none of a month.
func (p period) parts() (out []period) {
	kind := map[string]string{Quarterly: Monthly, Yearly: Quarterly}[p.kind]
	for n := 0; kind != "" && n < lengths[p.kind]; n += lengths[kind] {
		out = append(out, period{kind, p.from.AddDate(0, n, 0)})
	}
	return out
}

func (p period) months() (out []string) {
	for n := range lengths[p.kind] {
		out = append(out, p.from.AddDate(0, n, 0).Format("2006-01"))
	}
	return out
}

func (p period) before() period   { return period{p.kind, p.from.AddDate(0, -lengths[p.kind], 0)} }
func (p period) lastYear() period { return period{p.kind, p.from.AddDate(-1, 0, 0)} }
func (p period) end() time.Time   { return p.from.AddDate(0, lengths[p.kind], 0) }

// String is what people call it: 令和8年10月, 令和8年7月1日～9月30日, 令和8年度.
func (p period) String() string {
	year := eraOf(p.from)
	switch p.kind {
	case Monthly:
		return fmt.Sprintf("%s%d月", year, p.from.Month())
	case Yearly:
		return year + "度"
	}
	return sheet.EraSpan(p.from, p.end().AddDate(0, 0, -1))
}

// eraOf is the year of a day: 令和8年.
func eraOf(day time.Time) string {
	s := []rune(sheet.EraDay(day))
	return string(s[:slices.Index(s, '年')+1])
}

// book is the counts of a dimension by month, by value; a month of which nothing is known is not in it.
type book map[string]map[string]*sum

// booked reads the counts of months from the first to the last, of every unit.
func booked(ctx context.Context, tx *db.Tx, dim, value, from, to string) (book, error) {
	out := book{}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT month, `+value+`, SUM(n), SUM(uncased), SUM(protected) FROM oplog_sum WHERE dim = $1 AND month >= $2 AND month <= $3 GROUP BY month, `+value, dim, from, to)) {
		if err != nil {
			return nil, err
		}
		var month, key string
		c := &sum{}
		if err := row.Scan(&month, &key, &c.n, &c.uncased, &c.protected); err != nil {
			return nil, err
		}
		if out[month] == nil {
			out[month] = map[string]*sum{}
		}
		out[month][key] = c
	}
	return out, nil
}

// fold puts the counts of values together that are called the same.
func (b book) fold(call func(string) string) book {
	out := book{}
	for month, counts := range b {
		out[month] = map[string]*sum{}
		for key, c := range counts {
			s := out[month][call(key)]
			if s == nil {
				s = &sum{}
				out[month][call(key)] = s
			}
			s.n, s.uncased, s.protected = s.n+c.n, s.uncased+c.uncased, s.protected+c.protected
		}
	}
	return out
}

// told is what a report says of some values in a period.
type told struct {
	known  bool // something is counted in it
	n      map[string]int64
	hidden map[string]bool
}

// tell is what a report of a period says about keys, in a table with those rows and columns (of one column where the values
// are a list). A number of a longer period is hidden too where it would give away one that the report of a part hides:
// whoever has the reports of a quarter's months takes two of them from it.
func (b book) tell(p period, of func(*sum) int64, table [][]string) told {
	out := told{n: map[string]int64{}, hidden: map[string]bool{}}
	for _, month := range p.months() {
		for key, c := range b[month] {
			out.n[key] += of(c)
			out.known = true
		}
	}
	count, left := map[string]int{}, map[string]int64{}
	for _, part := range p.parts() {
		t := b.tell(part, of, table)
		if !t.known { // its report says of everything that nothing is known
			continue
		}
		for key := range t.hidden {
			count[key]++
			left[key] += t.n[key]
		}
	}
	grid, hidden := make([][]int64, len(table)), make([][]bool, len(table))
	for i, row := range table {
		for _, key := range row {
			n := out.n[key]
			grid[i], hidden[i] = append(grid[i], n), append(hidden[i], n < Least || count[key] == 1 || count[key] > 1 && left[key] < Least)
		}
	}
	suppress(grid, hidden)
	for i, row := range table {
		for j, key := range row {
			if hidden[i][j] {
				out.hidden[key] = true
			}
		}
	}
	return out
}

// keys are the values that occur in any of the months of some periods.
func (b book) keys(periods ...period) []string {
	seen := map[string]bool{}
	for _, p := range periods {
		for _, m := range p.months() {
			for key := range b[m] {
				seen[key] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// say is a number of a period as a report says it.
func (t told) say(key string) any {
	switch {
	case !t.known:
		return nil
	case t.hidden[key]:
		return Hidden
	}
	return t.n[key]
}

// due is the day by which the log of a month is to be taken: the 10th of the next one.
func due(month string) string {
	in, _ := monthSpan(month)
	return in.To.Time().In(conf.JST).AddDate(0, 0, dueDay-1).Format("2006-01-02")
}

const dueDay = 10

// lastMonth is the last month that is over.
func lastMonth(now vms.Instant) string {
	t := now.Time().In(conf.JST)
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, conf.JST).AddDate(0, 0, -1).Format("2006-01")
}
