package paper

import (
	"bufio"
	"html/template"
	"io"
	"strings"

	_ "embed"
)

// indents are full-width spaces before a block's first line.
var indents = map[Kind]int{Section: 0, Norm: 1, Point: 1, Label: 2, Text: 2, Item: 2}

// WriteText writes the document as text in UTF-8, a block a line, for pasting.
func (d *Document) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(s string) { out.WriteString(s + "\n") } // the first error stays until Flush
	for _, s := range d.Top {
		line(s)
	}
	if d.Mark != "" {
		line("【" + d.Mark + "】")
	}
	line(d.Title)
	for _, s := range d.Under {
		line(s)
	}
	for _, b := range d.Blocks {
		if b.Kind == Chapter || b.Kind == Section {
			line("")
		}
		if b.Kind == Picture || b.Kind == Break {
			continue
		}
		if b.Kind == Table || b.Kind == Pairs {
			for _, row := range b.Rows {
				line(strings.Join(row, "\t"))
			}
			continue
		}
		line(strings.Repeat("　", indents[b.Kind]) + marks[b.Kind] + b.Text)
	}
	return out.Flush()
}

//go:embed page.html
var page string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"name":  func(column int) bool { return column%2 == 0 },
	"mark":  func(k Kind) string { return marks[k] },
	"right": func(b Block, column int) bool { return column < len(b.Right) && b.Right[column] },
}).Parse(page))

// WriteHTML writes the document as a page that prints on A4, with nothing to be fetched.
func (d *Document) WriteHTML(w io.Writer) error { return pageTemplate.Execute(w, d) }
