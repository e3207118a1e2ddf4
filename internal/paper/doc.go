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

	Pairs   Kind = "pairs"   // a form: a name and what it says in each row; more names and values may stand beside them
	Big     Kind = "big"     // words to be read from afar, in the middle
	Ruled   Kind = "ruled"   // lines to be written on by hand, down to the foot of the page
	Picture Kind = "picture" // a drawing
	Break   Kind = "break"   // the next page begins
)

// Block is a part of a document.
type Block struct {
	Kind   Kind
	Text   string
	Rows   [][]string // of a Table; the first is its heading, repeated on every page
	Widths []float64  // of a Table: parts of the whole, one a column
	Right  []bool     // of a Table: columns of numbers
	Tall   float64    // mm: of a row of Table or Pairs at least, of the lines of Ruled, of a Picture at most
	Size   float64    // of Big, Text and cells, pt; 0: as usual
	Shapes []Shape    // of a Picture, one over the other
	Across float64    // of a Picture: how wide it is, in the units of its shapes
	Down   float64    // and how high
}

// Shape is a part of a drawing: an area or a line, or words where it has one point.
type Shape struct {
	Points []Spot
	Closed bool
	Fill   *Colour
	Hatch  *Hatch
	Line   float64 // its width in pt; 0: none
	Ink    Colour  // of line, hatch and words
	Text   string  // in the middle of its first point
	Size   float64 // of the words, pt
}

// Spot is a place in a drawing: x to the right, y down.
type Spot struct{ X, Y float64 }

// Colour is red, green, blue.
type Colour [3]uint8

// Hatch is what tells an area without its colour: lines, or with Cross two sets of them, or dots.
type Hatch struct {
	Gap         float64 // pt from one to the next
	Cross, Dots bool
}

// Size is the paper a document is for, upright.
type Size struct{ Width, Height, Left, Right, Top, Bottom float64 } // mm; the last four are margins

// Sizes of paper.
var (
	A4 = Size{210, 297, 25, 20, 20, 22}
	A5 = Size{148, 210, 18, 12, 12, 16}
	A6 = Size{105, 148, 14, 8, 9, 12}
)

// Seal is a box at the right of the head (決裁欄): who signs, and what stands in it already.
type Seal struct{ Name, Stamp string }

// Document is what is printed.
type Document struct {
	Title  string
	Top    []string // at the right, above the title: number, date, office
	Mark   string   // 取扱注意, or that it is a draft; "" none
	Foot   string   // who printed it, and when
	Blocks []Block

	Size  Size     // the zero one: A4
	Under []string // below the title, at the left
	Seals []Seal
	Code  []string // a QR code in the head: rows of 1 and 0, without its margin
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
