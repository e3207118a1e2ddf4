package oplog

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
)

// Tables of counts, by their name. Those of searched persons are counted from the events of the last year.
var Tables = []string{byStaff, "person", bySex, byAge, byArea, byHour, byTerminal, byBusiness, byAction, byCriteria, "pairs", protectedPersons}

const protectedPersons = "protected" // searched persons under 支援措置

const mostRows = 500 // of a table; the others are in no table, but in the total

// Query is what somebody wants counted.
type Query struct {
	From, To string // months, both counted
	Unit     string // id; "" all that the person reads
	Business string // "" all
}

// Row is a line of a table.
type Row struct {
	Key       string // of the value: a code, a pseudonym, 3-14
	Staff     *Staff // where it is about a member of staff
	Person    string // pseudonym, where it is about a searched person
	N         int64
	Uncased   int64  // without a number or a reason
	Protected int64  // of people under 支援措置
	Previous  *int64 // in as many months before; nil: not known any more
	LastYear  *int64 // in the same months of the year before

	Hidden []string // of Measures: what is not told of this row outside the room
}

// Measures are the numbers of a row, as Hidden calls them.
var Measures = []string{"n", "uncased", "protected", "previous", "last_year"}

// measures are the numbers of a row in that order; nil where it has none.
func (r *Row) measures() []*int64 {
	return []*int64{&r.N, &r.Uncased, &r.Protected, r.Previous, r.LastYear}
}

// Staff is a member of staff as the reader may know them.
type Staff struct {
	ID     string // to ask about them with: their number, or a pseudonym
	Number string // "" where the reader sees pseudonyms
	Name   string
	Unit   string
}

// Table is a table of counts.
type Table struct {
	Name  string
	Query Query
	Rows  []Row // most first, or in the order of their values
	Total int64
	More  int // rows that are left out
}

// periods are the months of a query, those before, and those of the last year.
func (q *Query) periods() (now, before, lastYear []string, err error) {
	from, err := monthSpan(q.From)
	if err != nil {
		return nil, nil, nil, err
	}
	if _, err = monthSpan(q.To); err != nil {
		return nil, nil, nil, err
	}
	if q.To < q.From {
		return nil, nil, nil, invalid("bad-month", "終わりの月が始めの月より前です。 The period ends before it begins.")
	}
	first := from.From.Time().In(conf.JST)
	n := 0
	for ; first.AddDate(0, n, 0).Format("2006-01") <= q.To; n++ {
		if n == 60 {
			return nil, nil, nil, invalid("bad-month", "期間は60か月までです。 A period has 60 months at most.")
		}
	}
	months := func(begin time.Time) (out []string) {
		for i := range n {
			out = append(out, begin.AddDate(0, i, 0).Format("2006-01"))
		}
		return out
	}
	return months(first), months(first.AddDate(0, -n, 0)), months(first.AddDate(-1, 0, 0)), nil
}

// Count makes a table, for one who may read it; it is in the log first.
func (r *Room) Count(ctx context.Context, c identity.Caller, table string, q Query) (*Table, error) {
	s, err := r.reading(ctx, c, Read, table, q)
	if err != nil {
		return nil, err
	}
	return r.count(ctx, s, table, q)
}

// reading checks that somebody may read, and notes it.
func (r *Room) reading(ctx context.Context, c identity.Caller, action, what string, q any) (Scope, error) {
	s, err := r.Scope(c.Person)
	if err != nil {
		return s, err
	}
	return s, r.note(ctx, c, action, map[string]any{"what": what, "asked": q})
}

// note writes into the audit log what is about to be done.
func (r *Room) note(ctx context.Context, c identity.Caller, action string, what map[string]any) error {
	detail, err := json.Marshal(what)
	if err != nil {
		return err
	}
	_, err = r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: string(detail)})
	return err
}

func (r *Room) count(ctx context.Context, s Scope, table string, q Query) (*Table, error) {
	now, before, lastYear, err := q.periods()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Tables, table) {
		return nil, invalid("no-table", "集計表「%s」はありません。 There is no table %[1]q.", table)
	}
	if q.Unit != "" && !s.Covers(q.Unit) {
		return nil, errUnit
	}
	t := &Table{Name: table, Query: q}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		t.Rows, t.Total, t.More = nil, 0, 0
		reg, err := loadRegister(ctx, tx)
		if err != nil {
			return err
		}
		if ofPersons(table) {
			return r.countPeople(ctx, tx, s, t, now, before, lastYear, reg)
		}
		return r.countSums(ctx, tx, s, t, now, before, lastYear, reg)
	})
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", table, err)
	}
	t.hide()
	return t, nil
}

// ofPersons reports whether a table is counted from events, by searched person.
func ofPersons(table string) bool {
	return table == "person" || table == "pairs" || table == protectedPersons
}

// hide notes what of each row is not told outside: the total of each measure is known from other tables.
func (t *Table) hide() {
	for m, name := range Measures {
		var list []int64
		var rows []*Row
		for i := range t.Rows {
			if n := t.Rows[i].measures()[m]; n != nil {
				list, rows = append(list, *n), append(rows, &t.Rows[i])
			}
		}
		for i, hidden := range hideList(list) {
			if hidden {
				rows[i].Hidden = append(rows[i].Hidden, name)
			}
		}
	}
}

// where narrows rows of sums or events to what a query and a scope allow.
func (s *Scope) where(q *Query, args []any) (string, []any) {
	var b strings.Builder
	if q.Unit != "" {
		args = append(args, q.Unit)
		fmt.Fprintf(&b, " AND unit = $%d", len(args))
	} else if !s.All {
		b.WriteString(" AND unit IN (" + params(len(args), len(s.Units)) + ")")
		for _, u := range s.Units {
			args = append(args, u)
		}
	}
	if q.Business != "" {
		args = append(args, q.Business)
		fmt.Fprintf(&b, " AND business = $%d", len(args))
	}
	return b.String(), args
}

// params are n parameters after the first ones.
func params(after, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(after+i+1)
	}
	return strings.Join(list, ", ")
}

// sumsOf are the counts of a dimension in some months, by value; nil where nothing is known of them.
func (s *Scope) sumsOf(ctx context.Context, tx *db.Tx, dim string, q *Query, months []string) (map[string]*sum, error) {
	args := []any{dim, months[0], months[len(months)-1]}
	where, args := s.where(q, args)
	rows, err := tx.Query(ctx, `SELECT value, SUM(n), SUM(uncased), SUM(protected) FROM oplog_sum WHERE dim = $1 AND month >= $2 AND month <= $3`+where+` GROUP BY value`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out map[string]*sum
	for rows.Next() {
		var value string
		c := &sum{}
		if err := rows.Scan(&value, &c.n, &c.uncased, &c.protected); err != nil {
			return nil, err
		}
		if out == nil {
			out = map[string]*sum{}
		}
		out[value] = c
	}
	return out, rows.Err()
}

func (r *Room) countSums(ctx context.Context, tx *db.Tx, s Scope, t *Table, now, before, lastYear []string, reg *hint.Register) error {
	var found [3]map[string]*sum
	for i, months := range [][]string{now, before, lastYear} {
		var err error
		if found[i], err = s.sumsOf(ctx, tx, t.Name, &t.Query, months); err != nil {
			return err
		}
	}
	for value, c := range found[0] {
		row := Row{Key: value, N: c.n, Uncased: c.uncased, Protected: c.protected, Previous: of(found[1], value), LastYear: of(found[2], value)}
		if t.Name == byStaff {
			row.Staff = r.shown(s, reg, value, "")
			row.Key = row.Staff.ID
		}
		t.Rows, t.Total = append(t.Rows, row), t.Total+c.n
	}
	t.order()
	return nil
}

// of is the count of a value; nil where nothing of that time is known.
func of(counts map[string]*sum, value string) *int64 {
	if counts == nil {
		return nil
	}
	var n int64
	if c := counts[value]; c != nil {
		n = c.n
	}
	return &n
}

// order sorts the rows, and leaves out those that are too many.
func (t *Table) order() {
	slices.SortFunc(t.Rows, func(a, b Row) int {
		if t.Name == byAge || t.Name == byHour {
			return cmp.Compare(rank(a.Key), rank(b.Key))
		}
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Key, b.Key))
	})
	if len(t.Rows) > mostRows {
		t.More = len(t.Rows) - mostRows
		t.Rows = t.Rows[:mostRows]
	}
}

// rank is the place of a band, or of an hour of the week.
func rank(key string) int {
	day, hour, two := strings.Cut(key, "-")
	if day == "" {
		return -1
	}
	a, _ := strconv.Atoi(day)
	if !two {
		return a
	}
	b, _ := strconv.Atoi(hour)
	return a*24 + b
}

// shown is a member of staff as the reader may know them; unit is where they worked, "" where the register says.
func (r *Room) shown(s Scope, reg *hint.Register, number, unit string) *Staff {
	out := &Staff{ID: r.Key.Staff(number).String(), Unit: unit}
	t := reg.Last(number)
	if t != nil && unit == "" {
		out.Unit = t.Unit
	}
	if s.Names {
		out.ID, out.Number = number, number
		if t != nil {
			out.Name = t.Name
		}
	}
	return out
}

// BandOf is how a key of the table age is written; "" not known.
func BandOf(key string) string {
	n, err := strconv.Atoi(key)
	if err != nil {
		return ""
	}
	return event.BandName(n)
}
