// Package paper puts documents onto paper: as plain text to be pasted, as a page to be printed, as a PDF
// with the font inside.
//
// Invariants:
//   - All forms of a document come from the same blocks: what one says the others say.
//   - Nothing is cut: text that is too wide goes on in the next line, a row that does not fit on the next page.
//   - A PDF holds every glyph it needs, as TrueType outlines; a character the font lacks is printed as 〓.
//   - No line begins with a closing mark or ends with an opening one (JIS X 4051, 行頭・行末禁則).
//
// It knows no records: whoever has something to print makes blocks of it.
package paper

// Kind is what a block is.
type Kind string

// Kinds of block, by how deep they stand.
const (
	Chapter Kind = "chapter" // 1 調査の概要
	Section Kind = "section" // (1) 巡回の実施
	Point   Kind = "point"   // ① 実施状況
	Norm    Kind = "norm"    // ○ what the rule says
	Text    Kind = "text"
	Label   Kind = "label" // その他の対応（主な回答）
	Item    Kind = "item"  // ・ one of several
	Table   Kind = "table"
)

// Block is a part of a document.
type Block struct {
	Kind   Kind
	Text   string
	Rows   [][]string // of a Table; the first is its heading, repeated on every page
	Widths []float64  // of a Table: parts of the whole, one a column
	Right  []bool     // of a Table: columns of numbers
}

// Document is what is printed.
type Document struct {
	Title  string
	Top    []string // at the right, above the title: number, date, office
	Mark   string   // 取扱注意, or that it is a draft; "" none
	Foot   string   // who printed it, and when
	Blocks []Block
}

// New begins a document.
func New(title string) *Document { return &Document{Title: title} }

// Add appends a block of text; an empty one is left out.
func (d *Document) Add(k Kind, text string) {
	if text != "" {
		d.Blocks = append(d.Blocks, Block{Kind: k, Text: text})
	}
}

// marks stand before the text of a block.
var marks = map[Kind]string{Norm: "○", Item: "・"}
