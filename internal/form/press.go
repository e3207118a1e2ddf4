package form

import (
	"context"
	"slices"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/factor"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// press is one printing.
type press struct {
	*Room
	ctx   context.Context // of the one call that prints
	actor record.Actor
	kind  *record.Kind
	form  *Form
	order Order
	now   vms.Instant
}

const confidential = "取扱注意"

// page begins a document of the form, with its date, its mark and its foot.
func (p *press) page(title string) *paper.Document {
	d := paper.New(title)
	at := p.now.Time().In(conf.JST)
	d.Top, d.Mark = []string{sheet.EraDay(at)}, confidential
	d.Foot = "出力　" + strings.TrimSpace(p.actor.Name+"（"+p.actor.Login+"）") + "　" + sheet.EraDay(at) + " " + at.Format("15:04")
	return d
}

// of begins a document about a record: its number, the unit's name as it was then, and the code that finds it again.
func (p *press) of(x *record.Record, title string) (*paper.Document, error) {
	d := p.page(title)
	d.Top = append([]string{p.kind.Label(x)}, d.Top...)
	if x.Name != "" {
		d.Under = []string{"所属　" + x.Name}
	}
	var err error
	d.Code, err = factor.QR(Address(x.ID))
	return d, err
}

// seals are the boxes of the record's kind, with who signed; the boxes of names where it has none.
func (p *press) seals(x *record.Record, names ...string) (out []paper.Seal, err error) {
	if len(p.kind.Stamps) == 0 {
		return boxes(names...), nil
	}
	history, err := p.c.Records.History(p.ctx, p.actor, x.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range p.kind.Stamps {
		box := paper.Seal{Name: s.Name.Ja}
		if i := slices.IndexFunc(history, func(v record.Version) bool { return v.What == s.Move }); i >= 0 {
			v := history[i]
			box.Stamp = strings.Replace(v.Name, " ", "\n", 1) + "\n" + sheet.EraShort(v.At.Time().In(conf.JST))
			if v.Deputy {
				box.Stamp = "代決\n" + box.Stamp
			}
		}
		out = append(out, box)
	}
	return out, nil
}

func boxes(names ...string) (out []paper.Seal) {
	for _, n := range names {
		out = append(out, paper.Seal{Name: n})
	}
	return out
}

// say is what a field of a record says on paper: people by name, days by era.
func (p *press) say(x *record.Record, field string) string {
	return sayIn(p.kind.FieldOf(field), x.Values, x.Names, eraDay)
}

// short is the same in the cell of a table.
func (p *press) short(x *record.Record, field string) string {
	return sayIn(p.kind.FieldOf(field), x.Values, x.Names, eraShort)
}

func sayIn(f *record.Field, v record.Values, names map[string]string, day func(string) string) string {
	text := f.Say(v)
	switch f.Type {
	case record.Person:
		if names[text] != "" {
			return names[text]
		}
	case record.Date:
		return day(text)
	case record.Number:
		if text != "" {
			return text + f.Unit.Ja
		}
	}
	return text
}

func eraDay(text string) string {
	if d, err := time.Parse(time.DateOnly, text); err == nil {
		return sheet.EraDay(d)
	}
	return text
}

func eraShort(text string) string {
	if d, err := time.Parse(time.DateOnly, text); err == nil {
		return sheet.EraShort(d)
	}
	return text
}

func (p *press) state(x *record.Record) string { return p.kind.StateOf(x.State).Name.Ja }

// span is the period a list was asked for, in words.
func (p *press) span() string {
	from, until := eraDay(p.order.Query.From), eraDay(p.order.Query.To)
	if from == "" && until == "" {
		return "期間　すべて"
	}
	return "期間　" + from + "～" + until
}

// dense is the size of letters in tables of many columns, pt.
const dense = 8

// column is one of a list: its heading, its part of the width, and what stands in it.
type column struct {
	head  string
	width float64
	of    func(p *press, x *record.Record) string
	right bool
}

// field is a column that shows a field.
func field(id, head string, width float64) column {
	return column{head: head, width: width, of: func(p *press, x *record.Record) string { return p.short(x, id) }}
}

// count is a column that shows a number.
func count(id, head string, width float64) column {
	return column{head: head, width: width, right: true, of: func(_ *press, x *record.Record) string { return x.Values.Text(id) }}
}

func label(width float64) column {
	return column{head: "番号", width: width, of: func(p *press, x *record.Record) string { return p.kind.Label(x) }}
}

func unitName(head string, width float64) column {
	return column{head: head, width: width, of: func(_ *press, x *record.Record) string { return x.Name }}
}

func stateName(width float64) column {
	return column{head: "状態", width: width, of: func(p *press, x *record.Record) string { return p.state(x) }}
}

// table is the records in these columns.
func (p *press) table(all []*record.Record, columns []column) paper.Block {
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{}}}
	if len(columns) > 8 {
		b.Size = dense
	}
	for _, c := range columns {
		b.Rows[0], b.Widths, b.Right = append(b.Rows[0], c.head), append(b.Widths, c.width), append(b.Right, c.right)
	}
	for _, x := range all {
		var row []string
		for _, c := range columns {
			row = append(row, c.of(p, x))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// listed is a form that is one table: its columns, the boxes for seals, and what stands below the title and table.
func listed(columns []column, seals []string, below func(*press, []*record.Record) []string) func(*press, []*record.Record) ([]*paper.Document, error) {
	return func(p *press, all []*record.Record) ([]*paper.Document, error) {
		d := p.page(p.form.Name.Ja)
		d.Under, d.Seals = []string{p.span(), "件数　" + num(len(all)) + "件"}, boxes(seals...)
		if len(all) == 0 {
			d.Add(paper.Text, "該当なし")
			return []*paper.Document{d}, nil
		}
		d.Blocks = append(d.Blocks, p.table(all, columns))
		if below != nil {
			for _, line := range below(p, all) {
				d.Add(paper.Text, line)
			}
		}
		return []*paper.Document{d}, nil
	}
}
