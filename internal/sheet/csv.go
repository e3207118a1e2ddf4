package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

const mark = "\ufeff" // tells Excel that a CSV is UTF-8

func readCSV(data []byte) ([]Row, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	if first, _, _ := strings.Cut(text, "\n"); strings.Count(first, "\t") > strings.Count(first, ",") {
		r.Comma = '\t'
	}
	var rows []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if e := (*csv.ParseError)(nil); errors.As(err, &e) {
			return nil, bad("%d行目：引用符（\"）が正しくありません。 Line %[1]d: a quotation mark stands wrong.", e.Line)
		}
		if err != nil {
			return nil, err
		}
		if len(rows) > mostRows {
			return nil, bad("行が多すぎます（%d行まで）。 More than %[1]d rows.", mostRows)
		}
		line, _ := r.FieldPos(0)
		for i := range cells {
			cells[i] = unguarded(cells[i])
		}
		rows = append(rows, Row{line, cells})
	}
}

// decode gives the text of a file in UTF-8 or CP932.
func decode(data []byte) (string, error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return "", bad("CSVでもExcelブックでもありません。 Neither CSV nor an Excel workbook.")
	}
	if text, marked := bytes.CutPrefix(data, []byte(mark)); marked || utf8.Valid(data) {
		if !utf8.Valid(text) {
			return "", bad("%d行目：UTF-8ではない文字があります。 Line %[1]d is not UTF-8.", lineOf(text, func(b []byte) bool { return !utf8.Valid(b) }))
		}
		return string(text), nil
	}
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(data) // with the extensions of CP932, as the WHATWG has it
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", bad("%d行目：文字コードがUTF-8でもCP932（Shift_JIS）でもありません。 Line %[1]d is neither UTF-8 nor CP932.",
			lineOf(text, func(b []byte) bool { return bytes.ContainsRune(b, utf8.RuneError) }))
	}
	return string(text), nil
}

// lineOf is the first line that is so, from 1.
func lineOf(text []byte, is func([]byte) bool) int {
	n := 1
	for line := range bytes.Lines(text) {
		if is(line) {
			return n
		}
		n++
	}
	return n
}

// formula reports whether a spreadsheet would take text for a formula (OWASP, CSV injection).
func formula(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0])
}

// guarded is text as a cell of a CSV that no spreadsheet takes for a formula; unguarded takes the guard off.
func guarded(s string) string {
	if formula(s) || strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}

func unguarded(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && (formula(rest) || strings.HasPrefix(rest, "'")) {
		return rest
	}
	return s
}

// WriteCSV writes a table in UTF-8 with a byte order mark, lines ending as RFC 4180 has it.
func (t *Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = c.Name
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, x := range row {
			cells[i] = plain(x)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func plain(x any) string {
	switch x := x.(type) {
	case nil:
		return ""
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		return x.Format(time.DateOnly)
	}
	return guarded(fmt.Sprint(x))
}
