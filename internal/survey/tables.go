package survey

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
)

var jst = conf.JST

// days are the days of the survey, which were checked when it was made.
func (t *report) days() (from, to, asOf time.Time) {
	from, _ = dayOf(t.survey.From)
	to, _ = dayOf(t.survey.To)
	asOf, _ = dayOf(t.survey.AsOf)
	return from, to, asOf
}

// stateNames are the states of a reply in words.
var stateNames = map[string]string{Untouched: "未着手", Draft: "入力中", Waiting: "承認待ち", Submitted: "提出済", Returned: "差戻し", Confirmed: "確定"}

// Tables are the tables of a survey: its numbers by 区分, and 調査回答, one row a 部署.
func (r *Room) Tables(ctx context.Context, a record.Actor, name string) ([]*sheet.Table, error) {
	if !ReadsAll(a) {
		return nil, errDenied
	}
	s, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return nil, err
	}
	t := &report{survey: s, replies: list, cameras: r.Cameras()}
	return []*sheet.Table{t.numbers(), t.answers()}, nil
}

// numbers is byCategory with a number a cell.
func (t *report) numbers() *sheet.Table {
	out := &sheet.Table{Name: "区分別", Columns: []sheet.Column{{Name: "区分", Width: 20}, {Name: "部署数", Kind: sheet.Number, Width: 10}}}
	block := t.byCategory()
	for _, name := range block.Rows[0][2:] {
		out.Columns = append(out.Columns, sheet.Column{Name: name + "（該当数）", Kind: sheet.Number, Width: 18}, sheet.Column{Name: name + "（対象数）", Kind: sheet.Number, Width: 18})
	}
	for _, row := range block.Rows[1:] {
		cells := []any{row[0], number(row[1])}
		for _, c := range row[2:] {
			n, of, _ := strings.Cut(c, "／")
			cells = append(cells, number(n), number(of))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func number(s string) any {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return s
	}
	return n
}

// answers is one row a 部署.
func (t *report) answers() *sheet.Table {
	out := &sheet.Table{Name: "調査回答", Columns: []sheet.Column{{Name: "部署コード", Width: 22}, {Name: "部署名", Width: 34}, {Name: "区分", Width: 18}, {Name: "状態", Width: 10}}}
	for _, q := range t.survey.Form.Questions {
		out.Columns = append(out.Columns, sheet.Column{Name: q.Label + " 回答", Width: 24})
		if slices.ContainsFunc(q.Options, func(o Option) bool { return o.Text != "" }) {
			out.Columns = append(out.Columns, sheet.Column{Name: q.Label + " 内容・理由", Width: 40}, sheet.Column{Name: q.Label + " 主な回答", Width: 12}, sheet.Column{Name: q.Label + " 編集後", Width: 40})
		}
	}
	for _, p := range t.replies {
		out.Rows = append(out.Rows, t.row(p))
	}
	return out
}

func (t *report) row(p *Reply) []any {
	i := slices.IndexFunc(Categories, func(c Category) bool { return c.ID == p.Category })
	cells := []any{p.ID, p.Name, Categories[i].Name, stateNames[p.State]}
	for _, q := range t.survey.Form.Questions {
		var names []string
		given, text := p.Answers[q.ID], false
		for _, o := range q.Options {
			text = text || o.Text != ""
			if slices.Contains(given.Is, o.ID) {
				names = append(names, o.Name)
			}
		}
		cells = append(cells, strings.Join(names, "、"))
		if text {
			main := ""
			if p.Quotes[q.ID].Main {
				main = "○"
			}
			cells = append(cells, given.Text, main, p.Quotes[q.ID].Edited)
		}
	}
	return cells
}

// Exported notes in the audit log that a report, or its tables, leaves the screen.
func (r *Room) Exported(ctx context.Context, a record.Actor, name, format string) error {
	return r.say(ctx, a, ExportReport, name, format)
}

// Document is the report with a foot that says who made it and when.
func (r *Room) Document(ctx context.Context, a record.Actor, name string) (*paper.Document, error) {
	doc, err := r.Report(ctx, a, name)
	if err != nil {
		return nil, err
	}
	by := office
	if !Keeps(a) {
		by = auditor
	}
	doc.Foot = "出力 " + r.Now().Time().In(jst).Format("2006/01/02 15:04") + "　" + a.Sign(by)
	return doc, nil
}

// Written is something a 部署 wrote in words.
type Written struct {
	Reply    *Reply
	Question string
}

// Written returns what was written in replies that were handed in, by question, for those who read every reply.
func (r *Room) Written(ctx context.Context, a record.Actor, name string) (*Survey, []Written, error) {
	if !ReadsAll(a) {
		return nil, nil, errDenied
	}
	s, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return nil, nil, err
	}
	var out []Written
	for _, q := range s.Form.Questions {
		for _, p := range list {
			if p.HandedIn() && p.Answers[q.ID].Text != "" {
				out = append(out, Written{p, q.ID})
			}
		}
	}
	return s, out, nil
}

// Edits reports whether somebody may edit the 主な回答 of a survey now.
func Edits(a record.Actor, s *Survey) bool { return Keeps(a) && answering(s) }
