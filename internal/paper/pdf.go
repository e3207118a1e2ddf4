package paper

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"sync"

	_ "embed"

	"github.com/signintech/gopdf"
)

// BIZ UDGothic 1.05, under the SIL Open Font License 1.1 (OFL.txt), which allows it to be embedded.
//
//go:embed BIZUDGothic-Regular.ttf.gz
var packedFont []byte

var font = sync.OnceValues(func() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packedFont))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
})

const (
	mm     = 72 / 25.4
	family = "biz"
	em     = 10.5 // of the body
)

// frame is a size of paper in points.
type frame struct{ width, height, left, right, top, bottom, body float64 }

// frame has the margins of 4.4 of the ward's conventions where nothing else is asked for.
func (s Size) frame() frame {
	if s == (Size{}) {
		s = A4
	}
	return frame{s.Width * mm, s.Height * mm, s.Left * mm, s.Right * mm, s.Top * mm, s.Bottom * mm, (s.Width - s.Left - s.Right) * mm}
}

// style is how a block stands on the page.
type style struct {
	size, lead    float64 // pt, and of a line as a multiple of it
	indent, hang  float64 // em of the body: of the first line, and of those after it beyond that
	before, after float64 // pt
	rule, keep    bool    // a line below it; it stays with what follows
}

var styles = map[Kind]style{
	Chapter: {size: 13, lead: 1.5, before: 18, after: 7, rule: true, keep: true},
	Section: {size: 11.5, lead: 1.5, before: 11, after: 3, hang: 1.5, keep: true},
	Norm:    {size: em, lead: 1.65, indent: 1, hang: 1, after: 3},
	Point:   {size: em, lead: 1.65, indent: 1, before: 4, hang: 1.5, keep: true},
	Text:    {size: em, lead: 1.65, indent: 2},
	Label:   {size: em, lead: 1.65, indent: 2, before: 3, keep: true},
	Item:    {size: em, lead: 1.65, indent: 2, hang: 1},
}

// sheetOf is a document being set.
type sheetOf struct {
	frame
	pdf  *gopdf.GoPdf
	doc  *Document
	y    float64
	page int
}

// WritePDF writes the document as a PDF, its font inside.
func (d *Document) WritePDF(w io.Writer) error { return WriteBook(w, d.Title, []*Document{d}) }

// WriteBook writes several documents as one PDF; each begins on a page of its own and counts its own pages.
func WriteBook(w io.Writer, title string, docs []*Document) error {
	data, err := font()
	if err != nil {
		return fmt.Errorf("font of the PDF: %w", err)
	}
	totals := make([]int, len(docs))
	for pass := range 2 { // the first one counts the pages
		pdf := &gopdf.GoPdf{}
		pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
		pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "Yagura", Producer: "Yagura"})
		err := pdf.AddTTFFontDataWithOption(family, data, gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return '〓' }})
		if err != nil {
			return fmt.Errorf("font of the PDF: %w", err)
		}
		for i, d := range docs {
			s := &sheetOf{frame: d.Size.frame(), pdf: pdf, doc: d}
			if err := s.set(totals[i]); err != nil {
				return fmt.Errorf("set the PDF: %w", err)
			}
			totals[i] = s.page
		}
		if pass == 1 {
			_, err = pdf.WriteTo(w)
			return err
		}
	}
	return nil
}

// special are the kinds that are not text.
var special = map[Kind]func(*sheetOf, *Block, int) error{
	Table: (*sheetOf).table, Pairs: (*sheetOf).pairs, Big: (*sheetOf).big, Ruled: (*sheetOf).ruled, Picture: (*sheetOf).picture,
	Break: func(s *sheetOf, _ *Block, total int) error { return s.turn(total) },
}

func (s *sheetOf) set(total int) error {
	if err := s.turn(total); err != nil {
		return err
	}
	if err := s.head(); err != nil {
		return err
	}
	for i, b := range s.doc.Blocks {
		if set := special[b.Kind]; set != nil {
			if err := set(s, &b, total); err != nil {
				return err
			}
			continue
		}
		keep := 0.0
		if st := styles[b.Kind]; st.keep && i+1 < len(s.doc.Blocks) {
			keep = 3 * em * 1.65
		}
		if err := s.block(&b, keep, total); err != nil {
			return err
		}
	}
	return nil
}

// turn begins a page, with its foot.
func (s *sheetOf) turn(total int) error {
	s.pdf.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: s.width, H: s.height}})
	s.page++
	s.y = s.top
	const size = 8
	at := s.height - min(14*mm, s.bottom-1*mm)
	if err := s.at(s.left, at, size, s.doc.Foot); err != nil {
		return err
	}
	return s.ending(s.width-s.right, at, size, fmt.Sprintf("%d / %d", s.page, total))
}

// block sets a block of text; keep is how much has to fit below it on the same page.
func (s *sheetOf) block(b *Block, keep float64, total int) error {
	st := styles[b.Kind]
	if b.Size > 0 {
		st.size = b.Size
	}
	x := s.left + st.indent*em
	rows, err := s.hanging(st, marks[b.Kind]+b.Text, s.body-st.indent*em)
	if err != nil {
		return err
	}
	lead := st.size * st.lead
	if s.y > s.top {
		s.y += st.before
	}
	for i, line := range rows {
		if s.y+lead+keep > s.height-s.bottom {
			if err := s.turn(total); err != nil {
				return err
			}
		}
		at := x
		if i > 0 {
			at += st.hang * em
		}
		if err := s.at(at, s.y, st.size, line); err != nil {
			return err
		}
		s.y += lead
	}
	if st.rule {
		s.pdf.SetLineWidth(0.7)
		s.pdf.Line(s.left, s.y, s.width-s.right, s.y)
	}
	s.y += st.after
	return nil
}

// hanging breaks a text whose first line is wider than the others.
func (s *sheetOf) hanging(st style, text string, width float64) ([]string, error) {
	first, err := s.broken(st.size, width, text)
	if err != nil || len(first) == 1 || st.hang == 0 {
		return first, err
	}
	rest, err := s.broken(st.size, width-st.hang*em, text[len(first[0]):])
	return append(first[:1], rest...), err
}

func (s *sheetOf) broken(size, width float64, text string) ([]string, error) {
	if err := s.pdf.SetFont(family, "", size); err != nil {
		return nil, err
	}
	return lines(text, width, s.pdf.MeasureTextWidth)
}

func (s *sheetOf) wide(size float64, text string) (float64, error) {
	if err := s.pdf.SetFont(family, "", size); err != nil {
		return 0, err
	}
	return s.pdf.MeasureTextWidth(text)
}

// at writes a line with its upper left corner there; ending with its upper right one.
func (s *sheetOf) at(x, y, size float64, text string) error {
	if text == "" {
		return nil
	}
	if err := s.pdf.SetFont(family, "", size); err != nil {
		return err
	}
	s.pdf.SetXY(x, y)
	return s.pdf.Cell(nil, text)
}

func (s *sheetOf) ending(x, y, size float64, text string) error {
	w, err := s.wide(size, text)
	if err != nil {
		return err
	}
	return s.at(x-w, y, size, text)
}
