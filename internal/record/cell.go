package record

import (
	"slices"
	"strings"
	"time"

	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Cells hold values as people write them: the names of options, ○ for yes, dates in any usual form, the rows
// of a table one under the other with ｜ between their cells.

const (
	between = "｜" // cells of a table inside a cell
	listed  = "、" // several choices
)

// column is how a field stands in an exported table.
func (f *Field) column() sheet.Column {
	c := sheet.Column{Name: f.Heading()}
	switch f.Type {
	case Number:
		c.Kind = sheet.Number
	case Date:
		c.Kind = sheet.Date
	case Yes:
		c.Options = []string{"○"}
	case Choice:
		for _, o := range f.Options {
			c.Options = append(c.Options, o.Name.Ja)
		}
	case Lines, Table, Files:
		c.Width = 40
	}
	return c
}

// Heading is the name of the field with its unit of measure, as in 時間(分).
func (f *Field) Heading() string {
	if f.Unit.Ja != "" {
		return f.Name.Ja + "(" + f.Unit.Ja + ")"
	}
	return f.Name.Ja
}

// cell is the value of the field as a table holds it; nil where it is empty.
func (f *Field) cell(v Values) any {
	if n, ok := v[f.ID].(int64); ok {
		return n
	}
	s := f.Say(v)
	if d, err := time.Parse(time.DateOnly, s); err == nil && f.Type == Date {
		return d
	}
	if s == "" {
		return nil
	}
	return s
}

// raw reads a cell into what Read takes.
func (f *Field) raw(cell string) (any, Text) {
	if cell == "" {
		return nil, Text{}
	}
	switch f.Type {
	case Number:
		return strings.ReplaceAll(cell, ",", ""), Text{}
	case Date:
		d, ok := sheet.Day(cell)
		if !ok {
			return nil, Text{"日付を 2017-06-01 や H29.6.1 の形で入力してください。", "Enter a date like 2017-06-01."}
		}
		return d.Format(time.DateOnly), Text{}
	case Clock:
		if c, ok := sheet.Clock(cell); ok {
			return c, Text{}
		}
		return nil, Text{"時刻を 09:30 の形で入力してください。", "Enter a time like 09:30."}
	case Yes:
		return yesOf(cell)
	case Choice:
		return f.optionOf(cell)
	case Choices:
		return f.optionsOf(cell)
	case Table:
		return f.rowsOf(cell)
	}
	return cell, Text{}
}

func yesOf(cell string) (any, Text) {
	switch vms.Fold(cell) {
	case "○", "〇", "◯", "はい", "有", "する", "1", "true", "yes", "y":
		return true, Text{}
	case "×", "いいえ", "無", "しない", "0", "false", "no", "n", "-":
		return nil, Text{}
	}
	return nil, Text{"「○」を入力するか、空欄にしてください。", "Write ○, or leave it empty."}
}

func (f *Field) optionOf(cell string) (any, Text) {
	for _, o := range f.Options {
		if vms.Fold(cell) == vms.Fold(o.Name.Ja) || cell == o.ID {
			return o.ID, Text{}
		}
	}
	var names []string
	for _, o := range f.Options {
		names = append(names, o.Name.Ja)
	}
	return nil, Text{"次のどれかを入力してください：" + strings.Join(names, listed), "One of: " + strings.Join(names, listed)}
}

func (f *Field) optionsOf(cell string) (any, Text) {
	var ids []string
	for _, part := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune("、,，;/\n", c) }) {
		id, wrong := f.optionOf(strings.TrimSpace(part))
		if wrong != (Text{}) {
			return nil, wrong
		}
		ids = append(ids, id.(string))
	}
	return ids, Text{}
}

func (f *Field) rowsOf(cell string) (any, Text) {
	var rows []any
	for line := range strings.SplitSeq(cell, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, between)
		if len(parts) > len(f.Columns) {
			return nil, Text{"1行に1件、項目を「｜」で区切ってください。", "One row a line, ｜ between its cells."}
		}
		row := map[string]any{}
		for i, part := range parts {
			x, wrong := f.Columns[i].raw(strings.TrimSpace(part))
			if wrong != (Text{}) {
				return nil, Text{f.Columns[i].Name.Ja + "：" + wrong.Ja, f.Columns[i].Name.En + ": " + wrong.En}
			}
			if x != nil {
				row[f.Columns[i].ID] = x
			}
		}
		rows = append(rows, row)
	}
	return slices.Clip(rows), Text{}
}
