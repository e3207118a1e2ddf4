package oplog

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Dimensions of the monthly counts. The kinds of table people ask for are in table.go.
const (
	byStaff    = "staff"
	bySex      = "sex"
	byAge      = "age"  // value: the band
	byArea     = "area" // 町丁目
	byHour     = "hour" // value: weekday (0 is Monday) and hour, 3-14
	byTerminal = "terminal"
	byBusiness = "business"
	byAction   = "action"
	byCriteria = "criteria"
	byProfile  = "cross" // value: staff|sex|band
)

type sumKey struct{ month, dim, value, unit, business string }

type sum struct{ n, uncased, protected int64 }

// sums are counts that grow as events come in: as many as there are different values, not events.
type sums map[sumKey]*sum

// add counts an event; logins are nobody's record and count nowhere.
func (s sums) add(e *event.Event) {
	if e.Action == event.Login {
		return
	}
	at := e.At.Time().In(conf.JST)
	month := at.Format("2006-01")
	weekday := (int(at.Weekday()) + 6) % 7
	band := strconv.Itoa(event.Band(e.Age))
	for _, v := range [...][2]string{{byStaff, e.Staff}, {bySex, e.Sex}, {byAge, band}, {byArea, e.Area}, {byHour, strconv.Itoa(weekday) + "-" + strconv.Itoa(at.Hour())},
		{byTerminal, e.Terminal}, {byBusiness, e.Business}, {byAction, e.Action}, {byCriteria, e.Criteria}, {byProfile, e.Staff + "|" + e.Sex + "|" + band}} {
		k := sumKey{month, v[0], v[1], e.Unit, e.Business}
		c := s[k]
		if c == nil {
			c = &sum{}
			s[k] = c
		}
		c.n++
		if !e.Cased {
			c.uncased++
		}
		if e.Protected {
			c.protected++
		}
	}
}

// months are those with counts, in order.
func (s sums) months() []string {
	seen := map[string]bool{}
	for k := range s {
		seen[k.month] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

const sumRows = 50 // in a statement

// store adds the counts to those of the database.
func (s sums) store(ctx context.Context, tx *db.Tx) error {
	keys := slices.SortedFunc(maps.Keys(s), func(a, b sumKey) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.dim, b.dim), cmp.Compare(a.value, b.value), cmp.Compare(a.unit, b.unit), cmp.Compare(a.business, b.business))
	})
	for part := range slices.Chunk(keys, sumRows) {
		args := make([]any, 0, len(part)*8)
		for _, k := range part {
			c := s[k]
			args = append(args, k.month, k.dim, k.value, k.unit, k.business, c.n, c.uncased, c.protected)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO oplog_sum (month, dim, value, unit, business, n, uncased, protected) VALUES `+rowPlaces(len(part), 8)+`
			ON CONFLICT (month, dim, value, unit, business) DO UPDATE SET n = oplog_sum.n + excluded.n, uncased = oplog_sum.uncased + excluded.uncased,
			protected = oplog_sum.protected + excluded.protected`, args...); err != nil {
			return err
		}
	}
	return nil
}

// rowPlaces are the parameters of that many rows: ($1, $2), ($3, $4).
func rowPlaces(rows, columns int) string {
	var b strings.Builder
	n := 0
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		for c := range columns {
			n++
			b.WriteString(map[bool]string{true: "($", false: ", $"}[c == 0])
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// monthSpan is a month in Japan.
func monthSpan(month string) (vms.Span, error) {
	t, err := time.ParseInLocation("2006-01", month, conf.JST)
	if err != nil || t.Year() < 2000 || t.Year() > 2200 {
		return vms.Span{}, vms.Errorf(vms.Invalid, "bad-month", "%s", fmt.Sprintf("「%s」は月ではありません（例：2026-11）。 %[1]q is no month.", month))
	}
	return vms.Span{From: vms.InstantOf(t), To: vms.InstantOf(t.AddDate(0, 1, 0))}, nil
}

// monthOf is the month of an instant in Japan.
func monthOf(at vms.Instant) string { return at.Time().In(conf.JST).Format("2006-01") }

// dayOf is the day of an instant in Japan.
func dayOf(at vms.Instant) string { return at.Time().In(conf.JST).Format("2006-01-02") }
