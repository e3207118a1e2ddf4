package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads the first sheet, raw: a date is the number that Excel has for it (see Day).
func readWorkbook(data []byte) ([]Row, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return nil, bad("Excelブックとして読めません。パスワードを外して保存し直してください。 Not a readable workbook; a password must be taken off. (%v)", err)
	}
	defer f.Close()
	lines, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, bad("Excelブックとして読めません。 Not a readable workbook. (%v)", err)
	}
	defer lines.Close()
	var rows []Row
	for n := 1; lines.Next(); n++ {
		cells, err := lines.Columns()
		if err != nil {
			return nil, bad("%d行目を読めません。 Line %[1]d cannot be read. (%[2]v)", n, err)
		}
		if len(rows) > mostRows {
			return nil, bad("行が多すぎます（%d行まで）。 More than %[1]d rows.", mostRows)
		}
		rows = append(rows, Row{n, cells})
	}
	if err := lines.Error(); err != nil {
		return nil, bad("Excelブックとして読めません。 Not a readable workbook. (%v)", err)
	}
	return rows, nil
}

const (
	dateFormat = "yyyy-mm-dd"
	asText     = 49  // Excel's own format "@"
	spareRows  = 500 // below the data, with types and drop-downs, for what is to be filled in
	widest     = 60.0
)

// WriteXLSX writes a table as a workbook: cells of their type, a header that stays, widths, drop-downs.
func (t *Table) WriteXLSX(w io.Writer) error { return WriteBook(w, t) }

// WriteBook writes tables as a workbook, a sheet each. Only one of them may have drop-downs.
func WriteBook(w io.Writer, tables ...*Table) (err error) {
	f := excelize.NewFile()
	defer f.Close()
	styles, err := stylesOf(f)
	if err != nil {
		return err
	}
	for i, t := range tables {
		name := sheetName(t.Name)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := t.choices(f, name); err != nil {
			return err
		}
		out, err := f.NewStreamWriter(name)
		if err != nil {
			return err
		}
		if err := t.stream(out, styles); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// sheetName is a name that Excel takes.
func sheetName(name string) string {
	name = strings.NewReplacer(":", "", "\\", "", "/", "", "?", "", "*", "", "[", "", "]", "").Replace(name)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if name == "" {
		return "Sheet"
	}
	return name
}

type styles struct{ header, text, date, number int }

func stylesOf(f *excelize.File) (s styles, err error) {
	format := dateFormat
	for _, x := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.header, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1FE"}},
			Border: []excelize.Border{{Type: "bottom", Color: "666666", Style: 1}}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&s.text, excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&s.date, excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.number, excelize.Style{NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "top"}}},
	} {
		if *x.to, err = f.NewStyle(&x.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s styles) of(k Kind) int {
	switch k {
	case Number:
		return s.number
	case Date:
		return s.date
	}
	return s.text
}

func (t *Table) stream(out *excelize.StreamWriter, s styles) error {
	for i, c := range t.Columns {
		if err := out.SetColWidth(i+1, i+1, c.width()); err != nil {
			return err
		}
		if err := out.SetColStyle(i+1, i+1, s.of(c.Kind)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = excelize.Cell{StyleID: s.header, Value: c.Name}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	for n, row := range t.Rows {
		for i, x := range row {
			cells[i] = excelize.Cell{StyleID: s.of(t.Columns[i].Kind), Value: value(x)}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", n+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// value is what excelize writes: a date as Excel's number of days, everything else as it is.
func value(x any) any {
	if d, ok := x.(time.Time); ok {
		return serial(d)
	}
	return x
}

func (c *Column) width() float64 {
	if c.Width > 0 {
		return min(c.Width, widest)
	}
	n := 0.0
	for _, r := range c.Name {
		if n += 1; utf8.RuneLen(r) > 1 {
			n += 1.1
		}
	}
	return min(max(n+2, 11), widest)
}

// choices puts drop-downs on columns with options. The options stand on a hidden sheet: a list inside a
// rule holds 255 characters.
func (t *Table) choices(f *excelize.File, name string) error {
	const hidden = "options"
	made := false
	for i, c := range t.Columns {
		if len(c.Options) == 0 {
			continue
		}
		if !made {
			if _, err := f.NewSheet(hidden); err != nil {
				return err
			}
			made = true
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		for n, o := range c.Options {
			if err := f.SetCellStr(hidden, fmt.Sprintf("%s%d", column, n+1), o); err != nil {
				return err
			}
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = fmt.Sprintf("%s2:%s%d", column, column, len(t.Rows)+spareRows+1)
		rule.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", hidden, column, column, len(c.Options)))
		if err := f.AddDataValidation(name, rule); err != nil {
			return err
		}
	}
	if !made {
		return nil
	}
	return f.SetSheetVisible(hidden, false)
}
