package sheet_test

import (
	"archive/zip"
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"yagura/internal/sheet"
	"yagura/internal/vms"
)

func table() *sheet.Table {
	return &sheet.Table{Name: "巡回", Columns: []sheet.Column{{Name: "所属コード"}, {Name: "実施日", Kind: sheet.Date}, {Name: "時間(分)", Kind: sheet.Number},
		{Name: "結果", Options: []string{"○", "×"}}, {Name: "所見", Width: 40}},
		Rows: [][]any{
			{"0012", time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC), int64(15), "○", "一行目\n二行目"},
			{"=1+1", nil, int64(-3), nil, "'引用"},
			{"@cmd", nil, nil, "×", "－3℃, \"速報\""},
		}}
}

func want() [][]string {
	return [][]string{{"0012", "2017-06-01", "15", "○", "一行目\n二行目"}, {"=1+1", "", "-3", "", "'引用"}, {"@cmd", "", "", "×", "－3℃, \"速報\""}}
}

func cells(g *sheet.Grid) (out [][]string) {
	for _, r := range g.Rows {
		out = append(out, r.Cells)
	}
	return out
}

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	var csv, book bytes.Buffer
	require.NoError(t, table().WriteCSV(&csv))
	require.NoError(t, table().WriteXLSX(&book))
	g, err := sheet.Read(csv.Bytes())
	require.NoError(t, err)
	require.Equal(t, []string{"所属コード", "実施日", "時間(分)", "結果", "所見"}, g.Header)
	require.Equal(t, want(), cells(g))
	require.Equal(t, []int{2, 4, 5}, []int{g.Rows[0].Line, g.Rows[1].Line, g.Rows[2].Line}, "a cell of two lines")

	g, err = sheet.Read(book.Bytes())
	require.NoError(t, err)
	d, ok := sheet.Day(g.Rows[0].Cells[1])
	require.True(t, ok)
	require.Equal(t, "2017-06-01", d.Format(time.DateOnly))
	g.Rows[0].Cells[1] = "2017-06-01"
	require.Equal(t, want(), cells(g))
}

// TestNoSpreadsheetSeesAFormula: what a spreadsheet would compute does not begin a cell of a CSV.
func TestNoSpreadsheetSeesAFormula(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@a", "\tx", "＝1", "'=1"} {
		var csv bytes.Buffer
		require.NoError(t, (&sheet.Table{Columns: []sheet.Column{{Name: "a"}, {Name: "b"}}, Rows: [][]any{{s, "x"}}}).WriteCSV(&csv))
		line := strings.Split(csv.String(), "\r\n")[1]
		require.Contains(t, "'\"", line[:1], "%q", s)
		g, err := sheet.Read(csv.Bytes())
		require.NoError(t, err)
		require.Equal(t, strings.TrimSpace(s), g.Rows[0].Cells[0])
	}
}

func TestAWorkbookHasTypesWidthsAndDropDowns(t *testing.T) {
	var book bytes.Buffer
	require.NoError(t, table().WriteXLSX(&book))
	f, err := excelize.OpenReader(&book)
	require.NoError(t, err)
	defer f.Close()
	kind, err := f.GetCellType("巡回", "A2")
	require.NoError(t, err)
	require.Equal(t, excelize.CellTypeInlineString, kind, "a code is text")
	shown, err := f.GetCellValue("巡回", "B2")
	require.NoError(t, err)
	require.Equal(t, "2017-06-01", shown, "a date is a date, shown as one")
	width, err := f.GetColWidth("巡回", "E")
	require.NoError(t, err)
	require.Equal(t, 40.0, width)
	rules, err := f.GetDataValidations("巡回")
	require.NoError(t, err)
	require.Len(t, rules, 1)
	require.Equal(t, "'options'!$D$1:$D$2", rules[0].Formula1)
	visible, err := f.GetSheetVisible("options")
	require.NoError(t, err)
	require.False(t, visible)
	formula, err := f.GetCellFormula("巡回", "A3")
	require.NoError(t, err)
	require.Empty(t, formula)
}

func TestFilesOfOtherPeople(t *testing.T) {
	cp932, err := japanese.ShiftJIS.NewEncoder().String("氏名,所属\n髙橋,①課\n")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		file string
		want []string // the first row, or …
		err  string   // … what is wrong
	}{
		"cp932":          {cp932, []string{"髙橋", "①課"}, ""},
		"utf-8, no mark": {"氏名,所属\n例示,課\n", []string{"例示", "課"}, ""},
		"tabs":           {"氏名\t所属\r\n 例示 \t課\r\n", []string{"例示", "課"}, ""},
		"short rows":     {"a,b,c\n\n,,\n1\n", []string{"1", "", ""}, ""},
		"too long a row": {"a,b\n1,2,3\n", nil, "2行目"},
		"quotes":         {"a,b\n1,\"2\n", nil, "2行目"},
		"empty":          {"\n\n", nil, "見出し"},
		"neither":        {"a,b\nx,\x81\xff\n", nil, "2行目"},
		"marked, broken": {"\ufeffa\n\xff\n", nil, "2行目"},
		"binary":         {"\x00\x01", nil, "CSVでもExcelブックでもありません"},
		"no workbook":    {"PK\x03\x04 hello", nil, "Excelブック"},
		"too large":      {strings.Repeat("a", sheet.MostBytes+1), nil, "大きすぎます"},
		"many rows":      {"a\n" + strings.Repeat("1\n", 100_001), nil, "行が多すぎます"},
	} {
		g, err := sheet.Read([]byte(c.file))
		if c.err != "" {
			require.ErrorIs(t, err, vms.Invalid, name)
			require.ErrorContains(t, err, c.err, name)
			continue
		}
		require.NoError(t, err, name)
		require.Equal(t, c.want, g.Rows[0].Cells, name)
	}
}

// TestABombIsRefused: a small file that would unpack to a large one.
func TestABombIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, UncompressedSize64: 300 << 20})
	require.NoError(t, err)
	require.NoError(t, z.Close())
	_, err = sheet.Read(b.Bytes())
	require.ErrorIs(t, err, vms.Invalid)
	require.ErrorContains(t, err, "size")
}

func TestDays(t *testing.T) {
	for cell, want := range map[string]string{
		"2017-06-01": "2017-06-01", "2017/6/1": "2017-06-01", "2017年6月1日": "2017-06-01", "20170601": "2017-06-01", "H29.6.1": "2017-06-01", "h29/06/01": "2017-06-01",
		"平成29年6月1日": "2017-06-01", "平成元年1月8日": "1989-01-08", "令和元年5月1日": "2019-05-01", "R7.4.1": "2025-04-01", "Ｒ７．４．１": "2025-04-01", "昭和64年1月7日": "1989-01-07",
		"42887": "2017-06-01", "42887.5": "2017-06-01",
		"平成31年5月1日": "", "昭和64年1月8日": "", "令和元年4月30日": "", "2017-02-29": "", "2017-13-01": "", "20171301": "", "H29": "", "x": "", "": "", "0": "", "-5": "",
	} {
		d, ok := sheet.Day(cell)
		if require.Equal(t, want != "", ok, cell); ok {
			require.Equal(t, want, d.Format(time.DateOnly), cell)
		}
	}
	for cell, want := range map[string]string{"9:30": "09:30", "09:30:00": "09:30", "9時30分": "09:30", "１７：１５": "17:15", "0.395833333": "09:30", "24:00": "", "9:60": "", "x": "", "1.5": ""} {
		c, ok := sheet.Clock(cell)
		if require.Equal(t, want != "", ok, cell); ok {
			require.Equal(t, want, c, cell)
		}
	}
}

// TestNoFileBreaksIt: damaged files are refused or read, never worse.
func TestNoFileBreaksIt(t *testing.T) {
	var book bytes.Buffer
	require.NoError(t, table().WriteXLSX(&book))
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		data := bytes.Clone(book.Bytes())
		for range 1 + r.IntN(5) {
			data[r.IntN(len(data))] = byte(r.Uint32())
		}
		_, err := sheet.Read(data[:1+r.IntN(len(data))])
		if err != nil {
			require.ErrorIs(t, err, vms.Invalid)
		}
	}
}
