package oplog

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/paper"
	"yagura/internal/sheet"
)

// AccountFile is Account, to be taken out of the room: that it was is in the log.
func (r *Room) AccountFile(ctx context.Context, c identity.Caller, kind, from string) (*Account, error) {
	return r.accountFor(ctx, c, Export, kind, from)
}

// Maker is who made it, as it stands on it: 情報安全担当 例示 花子.
func (a *Account) Maker() string {
	var posts []string
	for _, at := range a.By.Appointments {
		if at.InForce(a.Made) {
			posts = append(posts, at.Post.Title())
		}
	}
	return strings.TrimSpace(strings.Join(posts, "・") + "　" + cmp.Or(a.By.Name, a.By.Login))
}

// imports is the section of what the account rests on.
func (a *Account) imports() Section {
	s := Section{Name: "取込み", Note: "操作ログは、翌月10日までに取り込みます。", Columns: []string{"月", "取込日", "期限", "行数", "状態"}}
	for _, m := range a.Months {
		p, _ := periodOf(Monthly, m.Name)
		l := Line{p.String(), []any{nil, calendarDay(m.Due), nil, "未取込"}}
		if m.Taken != nil {
			l.Cells = []any{calendarDay(dayOf(m.Taken.At)), calendarDay(m.Due), masked(int64(m.Taken.Rows)), "期限内"}
		}
		if m.Late {
			l.Cells[3] = map[bool]string{true: "未取込（期限超過）", false: "期限後に取込み"}[m.Taken == nil]
		}
		s.Rows = append(s.Rows, l)
	}
	return s
}

// calendarDay is a day as 2006-01-02: in its era on paper, as it is in files.
type calendarDay string

// All are the sections, the imports first.
func (a *Account) All() []Section { return append([]Section{a.imports()}, a.Sections...) }

const accountNote = "この報告に、職員と被検索者を特定する情報はありません。＊は5未満か、5未満の数が合計などから分かるため表示しない数です。人事評価には使いません。"

// Document is the account as paper.
func (a *Account) Document() *paper.Document {
	d := paper.New(a.Title)
	at := a.Made.Time().In(conf.JST)
	d.Top = []string{sheet.EraDay(at), "作成　" + a.Maker()}
	d.Mark, d.Foot = "取扱注意", fmt.Sprintf("%s %s　%s（%s）", dayOf(a.Made), at.Format("15:04"), a.Maker(), a.By.Login)
	d.Add(paper.Text, accountNote)
	for i, s := range a.All() {
		d.Add(paper.Chapter, fmt.Sprintf("%d %s", i+1, s.Name))
		d.Add(paper.Text, s.Note)
		b := paper.Block{Kind: paper.Table, Rows: [][]string{s.Columns}, Widths: []float64{2.2}}
		for range s.Columns[1:] {
			b.Widths = append(b.Widths, 1)
		}
		for n := range s.Columns {
			b.Right = append(b.Right, n > 0 && s.counts(n-1))
		}
		for _, l := range s.Rows {
			b.Rows = append(b.Rows, append([]string{l.Name}, said(l.Cells)...))
		}
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

// counts reports whether a column holds numbers, not words or days.
func (s *Section) counts(n int) bool {
	for _, l := range s.Rows {
		switch c := l.Cells[n].(type) {
		case calendarDay:
			return false
		case string:
			if c != Hidden {
				return false
			}
		}
	}
	return true
}

// said are cells as people read them.
func said(cells []any) (out []string) {
	for _, c := range cells {
		switch v := c.(type) {
		case nil:
			out = append(out, "－")
		case int64:
			out = append(out, grouped(v))
		case float64:
			out = append(out, strconv.FormatFloat(v, 'f', 1, 64))
		case calendarDay:
			d, _ := time.Parse(time.DateOnly, string(v))
			out = append(out, sheet.EraDay(d))
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	return out
}

// grouped is a number with a comma after each thousand.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Table is the account as one table, a number a row: one record a row, one value a cell.
func (a *Account) Table() *sheet.Table {
	t := &sheet.Table{Name: a.Title, Columns: []sheet.Column{{Name: "表", Width: 26}, {Name: "区分", Width: 26}, {Name: "項目", Width: 18}, {Name: "値", Kind: sheet.Number, Width: 14}, {Name: "作成者", Width: 26}, {Name: "作成日", Kind: sheet.Date}}}
	made, _ := time.Parse(time.DateOnly, dayOf(a.Made))
	for _, s := range a.All() {
		for _, l := range s.Rows {
			for i, c := range l.Cells {
				if d, ok := c.(calendarDay); ok {
					c = string(d)
				}
				t.Rows = append(t.Rows, []any{s.Name, l.Name, s.Columns[i+1], c, a.Maker(), made})
			}
		}
	}
	return t
}
