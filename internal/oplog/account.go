package oplog

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

// Account is the report of a month, a quarter or a year: it leaves the room, so nothing in it is a small number, or gives one
// away, and no member of staff and no searched person is in it.
type Account struct {
	Title    string
	Kind     string
	From, To string // months
	By       *identity.Person
	Made     vms.Instant
	Months   []Month
	Sections []Section
}

// Month is a month of an account, and the import that has it.
type Month struct {
	Name  string
	Taken *Import // nil: it was not taken when it was over
	Due   string
	Late  bool // it came after that day, or is not there although the day is over
}

// Section is a table of an account.
type Section struct {
	Name    string
	Note    string
	Columns []string
	Rows    []Line
}

// Line is a row: a number (int64), a share in % (float64), Hidden, or nil where nothing is known.
type Line struct {
	Name  string
	Cells []any
}

// Account makes the report of a period, for those who read about every unit. That it was read is in the log first.
func (r *Room) Account(ctx context.Context, c identity.Caller, kind, from string) (*Account, error) {
	return r.accountFor(ctx, c, Read, kind, from)
}

func (r *Room) accountFor(ctx context.Context, c identity.Caller, action, kind, from string) (*Account, error) {
	p, err := periodOf(kind, from)
	if err != nil {
		return nil, err
	}
	if s, err := r.Scope(c.Person); err != nil || !s.All {
		return nil, cmp.Or(err, vms.Errorf(vms.Denied, "denied", "報告は、解析担当、情報安全担当、監査担当が作ります。 Reports are made by analysts, information security and auditors."))
	}
	if _, err := r.reading(ctx, c, action, "report", map[string]string{"kind": kind, "from": from}); err != nil {
		return nil, err
	}
	months := p.months()
	a := &Account{Title: map[string]string{Monthly: "操作ログ解析　月次報告", Quarterly: "操作ログ解析　四半期報告", Yearly: "操作ログ解析　年次報告"}[kind] + "（" + p.String() + "）",
		Kind: kind, From: months[0], To: months[len(months)-1], By: c.Person, Made: r.Now()}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		a.Months, a.Sections = nil, nil
		return r.write(ctx, tx, a, p)
	})
	if err != nil {
		return nil, fmt.Errorf("report on %s: %w", p, err)
	}
	return a, nil
}

// write fills in an account.
func (r *Room) write(ctx context.Context, tx *db.Tx, a *Account, p period) error {
	today := dayOf(r.Now())
	for _, m := range p.months() {
		taken, _, err := r.taken(ctx, tx, m)
		if err != nil {
			return err
		}
		a.Months = append(a.Months, Month{m, taken, due(m), taken == nil && today > due(m) || taken != nil && dayOf(taken.At) > due(m)})
	}
	if err := r.wholeOf(ctx, tx, a, p); err != nil {
		return err
	}
	for _, d := range []struct{ name, dim, value string }{{"業務別", byBusiness, "value"}, {"操作種別", byAction, "value"}, {"所属別", bySex, "unit"}, {"被検索者の性別", bySex, "value"}, {"被検索者の年齢階級", byAge, "value"},
		{"被検索者の町丁目", byArea, "value"}} {
		if err := r.listOf(ctx, tx, a, p, d.name, d.dim, d.value); err != nil {
			return err
		}
	}
	if err := r.crossOf(ctx, tx, a, p); err != nil {
		return err
	}
	return r.hintsOf(ctx, tx, a, p)
}

// beside are the periods an account tells of beside its own.
func (p period) beside() []period { return []period{p, p.before(), p.lastYear()} }

// range is the first and the last month of them.
func (p period) reach() (from, to string) {
	return p.lastYear().months()[0], p.months()[lengths[p.kind]-1]
}

// wholeOf is the section of all operations.
func (r *Room) wholeOf(ctx context.Context, tx *db.Tx, a *Account, p period) error {
	from, to := p.reach()
	counts, err := booked(ctx, tx, byBusiness, "value", from, to)
	if err != nil {
		return err
	}
	counts = counts.fold(func(string) string { return "" })
	s := Section{Name: "全体", Columns: []string{"項目", "この期間", "割合（％）", "前期間", "増減（％）", "前年同期"}}
	var total told
	for i, of := range []struct {
		name string
		of   func(*sum) int64
	}{{"操作", func(c *sum) int64 { return c.n }}, {"受付番号・事由のない操作", func(c *sum) int64 { return c.uncased }}, {"支援措置対象者についての操作", func(c *sum) int64 { return c.protected }}} {
		var t [3]told
		for n, at := range p.beside() {
			t[n] = counts.tell(at, of.of, [][]string{{""}})
		}
		if i == 0 {
			total = t[0]
		}
		s.Rows = append(s.Rows, Line{of.name, []any{t[0].say(""), shareOf(t[0].say(""), total.say("")), t[1].say(""), moved(t[0].say(""), t[1].say("")), t[2].say("")}})
	}
	a.Sections = append(a.Sections, s)
	return nil
}

// listOf is a section of one dimension: its values, beside what they were.
func (r *Room) listOf(ctx context.Context, tx *db.Tx, a *Account, p period, name, dim, value string) error {
	from, to := p.reach()
	counts, err := booked(ctx, tx, dim, value, from, to)
	if err != nil {
		return err
	}
	var table [][]string
	for _, key := range counts.keys(p.beside()...) {
		table = append(table, []string{key})
	}
	var t [3]told
	for n, at := range p.beside() {
		t[n] = counts.tell(at, func(c *sum) int64 { return c.n }, table)
	}
	total := int64(0)
	for _, n := range t[0].n {
		total += n
	}
	slices.SortStableFunc(table, func(a, b []string) int {
		switch {
		case dim == byAge:
			return cmp.Compare(rank(a[0]), rank(b[0]))
		case t[0].hidden[a[0]] || t[0].hidden[b[0]]: // the order of what is hidden tells nothing
			return cmp.Compare(number(t[0].hidden[a[0]]), number(t[0].hidden[b[0]]))
		}
		return cmp.Compare(t[0].n[b[0]], t[0].n[a[0]])
	})
	s := Section{Name: name, Columns: []string{"区分", "この期間", "割合（％）", "前期間", "増減（％）", "前年同期"}}
	for _, row := range table {
		n := t[0].say(row[0])
		s.Rows = append(s.Rows, Line{r.reportName(dim, value, row[0]), []any{n, shareOf(n, total), t[1].say(row[0]), moved(n, t[1].say(row[0])), t[2].say(row[0])}})
	}
	if len(s.Rows) > mostLines {
		s.Note, s.Rows = fmt.Sprintf("多いものから%d行。ほか%d行。", mostLines, len(s.Rows)-mostLines), s.Rows[:mostLines]
	}
	a.Sections = append(a.Sections, s)
	return nil
}

const mostLines = 40 // of a section

func (r *Room) reportName(dim, value, key string) string {
	if value == "unit" {
		return cmp.Or(r.unitName(key), "不明")
	}
	return cmp.Or(valueName(dim, key), "不明")
}

// crossOf is the section of searched persons by sex and age.
func (r *Room) crossOf(ctx context.Context, tx *db.Tx, a *Account, p period) error {
	months := p.months()
	counts, err := booked(ctx, tx, byProfile, "value", months[0], months[len(months)-1])
	if err != nil {
		return err
	}
	counts = counts.fold(func(key string) string { _, group, _ := strings.Cut(key, "|"); return group }) // without the member of staff
	sexes := []string{event.Male, event.Female, event.Other, ""}
	sexes = slices.DeleteFunc(sexes, func(sex string) bool {
		return !slices.ContainsFunc(counts.keys(p), func(key string) bool { has, _, _ := strings.Cut(key, "|"); return has == sex })
	})
	var table [][]string
	for band := -1; band < event.Bands; band++ {
		row := []string{}
		for _, sex := range sexes {
			row = append(row, sex+"|"+strconv.Itoa(band))
		}
		if slices.ContainsFunc(row, func(key string) bool { return slices.Contains(counts.keys(p), key) }) {
			table = append(table, row)
		}
	}
	t := counts.tell(p, func(c *sum) int64 { return c.n }, table)
	s := Section{Name: "被検索者の性別×年齢階級", Columns: []string{"年齢階級"}}
	for _, sex := range sexes {
		s.Columns = append(s.Columns, valueName(bySex, sex))
	}
	for _, row := range table {
		l := Line{Name: valueName(byAge, bandIn(row[0]))}
		for _, key := range row {
			l.Cells = append(l.Cells, t.say(key))
		}
		s.Rows = append(s.Rows, l)
	}
	a.Sections = append(a.Sections, s)
	return nil
}

// bandIn is the band of sex|band.
func bandIn(key string) string { _, band, _ := strings.Cut(key, "|"); return band }

// hintsOf are the sections of hints that were found in the period, or are about it where its log came later.
func (r *Room) hintsOf(ctx context.Context, tx *db.Tx, a *Account, p period) error {
	byRule, byState, total := map[string]int64{}, map[string]int64{}, int64(0)
	for row, err := range db.Rows(tx.Query(ctx, `SELECT rule, state, COUNT(*) FROM oplog_hint WHERE last_us >= $1 AND last_us < $2 GROUP BY rule, state`, int64(vms.InstantOf(p.from)), int64(vms.InstantOf(p.end())))) {
		if err != nil {
			return err
		}
		var rule, state string
		var n int64
		if err := row.Scan(&rule, &state, &n); err != nil {
			return err
		}
		byRule[rule] += n
		byState[state] += n
		total += n
	}
	var rules []string
	for i := range len(hint.Rules) {
		rules = append(rules, fmt.Sprintf("H%d", i+1))
	}
	note := fmt.Sprintf("この期間の操作についての兆候 %v件。兆候は数値による目印で、不正という判断ではありません。", masked(total))
	a.Sections = append(a.Sections,
		hintSection("兆候（種別）", note, rules, byRule, func(id string) string { return id + " " + hint.Rules[id].Name.Ja }),
		hintSection("兆候（対応の状態）", "作成日現在の状態です。", States, byState, func(id string) string { return StateNames[id].Ja }))
	return nil
}

func hintSection(name, note string, keys []string, n map[string]int64, call func(string) string) Section {
	s := Section{Name: name, Note: note, Columns: []string{"区分", "件数"}}
	var list []int64
	for _, key := range keys {
		list = append(list, n[key])
	}
	for i, hidden := range hideList(list) {
		cell := any(list[i])
		if hidden {
			cell = Hidden
		}
		s.Rows = append(s.Rows, Line{call(keys[i]), []any{cell}})
	}
	return s
}

// shareOf is a number's share of another in %; Hidden with it.
func shareOf(n, of any) any {
	a, ok := n.(int64)
	b, known := of.(int64)
	switch {
	case n == Hidden || of == Hidden:
		return Hidden
	case !ok || !known || b == 0:
		return nil
	}
	return percent(float64(a) / float64(b))
}

// moved is by how many % a number changed.
func moved(n, before any) any {
	share := shareOf(n, before)
	if f, ok := share.(float64); ok {
		return float64(int((f-100)*10+0.5*sign(f-100))) / 10
	}
	return share
}

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}
