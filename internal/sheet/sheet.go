// Package sheet reads and writes tables as people exchange them: CSV and Excel workbooks (ECMA-376), one
// record a row, one value a cell, a header in Japanese.
//
// Invariants:
//   - What was written is read back unchanged: codes keep their leading zeros, text that looks like a formula
//     stays text, in a spreadsheet too.
//   - A file that cannot be read whole is refused, with the line; nothing is guessed from a part of it.
//   - Neither a large file nor one that unpacks to a large one takes more than a bounded amount of memory.
//
// It knows no records and no people: whoever reads a cell says what is wrong with it, by line and column.
package sheet

import (
	"fmt"
	"strings"

	"yagura/internal/vms"
)

// Limits of a file to be read.
const (
	MostBytes   = 10 << 20
	mostRows    = 100_000
	mostColumns = 200
	unpacked    = 256 << 20 // bytes of a workbook, unzipped
)

// Grid is a table that was read.
type Grid struct {
	Header []string
	Rows   []Row
}

// Row is a row that is not empty.
type Row struct {
	Line  int      // in the file, the header being 1 as a rule
	Cells []string // as many as the header has; without spaces around them
}

// Read reads a CSV or an Excel workbook, by what is in it; of a workbook the first sheet. CSV may be UTF-8
// with or without a byte order mark, or CP932, with commas or tabs.
func Read(data []byte) (*Grid, error) {
	if len(data) > MostBytes {
		return nil, bad("ファイルが大きすぎます（%dMBまで）。 The file is too large, %[1]d MB at most.", MostBytes>>20)
	}
	var rows []Row
	var err error
	if strings.HasPrefix(string(data[:min(4, len(data))]), "PK\x03\x04") {
		rows, err = readWorkbook(data)
	} else {
		rows, err = readCSV(data)
	}
	if err != nil {
		return nil, err
	}
	return gridOf(rows)
}

func bad(format string, args ...any) error {
	return vms.Errorf(vms.Invalid, "bad-file", format, args...)
}

func gridOf(rows []Row) (*Grid, error) {
	g := &Grid{}
	for _, r := range rows {
		for i := range r.Cells {
			r.Cells[i] = strings.TrimSpace(r.Cells[i])
		}
		for len(r.Cells) > 0 && r.Cells[len(r.Cells)-1] == "" {
			r.Cells = r.Cells[:len(r.Cells)-1]
		}
		switch {
		case len(r.Cells) == 0:
		case len(r.Cells) > mostColumns:
			return nil, bad("%d行目：列が多すぎます（%dまで）。 Line %[1]d has more than %[2]d columns.", r.Line, mostColumns)
		case g.Header == nil:
			g.Header = r.Cells
		case len(r.Cells) > len(g.Header):
			return nil, bad("%d行目：見出しより列が多くあります。 Line %[1]d has more cells than the header.", r.Line)
		case len(g.Rows) == mostRows:
			return nil, bad("行が多すぎます（%d行まで）。 More than %[1]d rows.", mostRows)
		default:
			r.Cells = append(r.Cells, make([]string, len(g.Header)-len(r.Cells))...)
			g.Rows = append(g.Rows, r)
		}
	}
	if g.Header == nil {
		return nil, bad("見出しの行がありません。 There is no header.")
	}
	return g, nil
}

// Kind is what a column holds.
type Kind int

// Kinds of column. Dates are written as time.Time, numbers as int64 or float64, all else as string.
const (
	Text Kind = iota
	Number
	Date
)

// Column is a column of a table to be written.
type Column struct {
	Name    string
	Kind    Kind
	Width   float64  // in characters; 0: by the name
	Options []string // to choose from, in a workbook
}

// Table is a table to be written.
type Table struct {
	Name    string // of the sheet
	Columns []Column
	Rows    [][]any // a cell each; nil is empty
}

// FileName makes a name that every file system takes.
func FileName(name, extension string) string {
	clean := strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`\/:*?"<>|`, c) {
			return '_'
		}
		return c
	}, name)
	return fmt.Sprintf("%s.%s", clean, extension)
}
