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

// A4 in points, with the margins of 4.4 of the ward's conventions: 25 mm where it is bound, else 20.
const (
	mm                       = 72 / 25.4
	width, height            = 210 * mm, 297 * mm
	left, right, top, bottom = 25 * mm, 20 * mm, 20 * mm, 22 * mm
	body                     = width - left - right
	family                   = "biz"
	em                       = 10.5 // of the body
)

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
	pdf  *gopdf.GoPdf
	doc  *Document
	y    float64
	page int
}

// WritePDF writes the document as a PDF on A4, its font inside.
func (d *Document) WritePDF(w io.Writer) error {
	data, err := font()
	if err != nil {
		return fmt.Errorf("font of the PDF: %w", err)
	}
	total := 0
	for pass := range 2 { // the first one counts the pages
		s := &sheetOf{pdf: &gopdf.GoPdf{}, doc: d}
		s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
		s.pdf.SetInfo(gopdf.PdfInfo{Title: d.Title, Creator: "Yagura", Producer: "Yagura"})
		err := s.pdf.AddTTFFontDataWithOption(family, data, gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return '〓' }})
		if err != nil {
			return fmt.Errorf("font of the PDF: %w", err)
		}
		if err := s.set(total); err != nil {
			return fmt.Errorf("set the PDF: %w", err)
		}
		if total = s.page; pass == 1 {
			_, err = s.pdf.WriteTo(w)
			return err
		}
	}
	return nil
}

func (s *sheetOf) set(total int) error {
	if err := s.turn(total); err != nil {
		return err
	}
	if err := s.head(); err != nil {
		return err
	}
	for i, b := range s.doc.Blocks {
		if b.Kind == Table {
			if err := s.table(&b, total); err != nil {
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
	s.pdf.AddPage()
	s.page++
	s.y = top
	const size, at = 8, height - 14*mm
	if err := s.at(left, at, size, s.doc.Foot); err != nil {
		return err
	}
	return s.ending(width-right, at, size, fmt.Sprintf("%d / %d", s.page, total))
}

func (s *sheetOf) head() error {
	if s.doc.Mark != "" {
		w, err := s.wide(10, s.doc.Mark)
		if err != nil {
			return err
		}
		s.pdf.SetLineWidth(0.8)
		if err := s.pdf.Rectangle(left, s.y-3, left+w+14, s.y+14, "D", 0, 0); err != nil {
			return err
		}
		if err := s.at(left+7, s.y, 10, s.doc.Mark); err != nil {
			return err
		}
	}
	for _, line := range s.doc.Top {
		if err := s.ending(width-right, s.y, em, line); err != nil {
			return err
		}
		s.y += em * 1.5
	}
	s.y = max(s.y, top+20) + 14
	const size = 15
	rows, err := s.broken(size, body, s.doc.Title)
	if err != nil {
		return err
	}
	for _, line := range rows {
		w, err := s.wide(size, line)
		if err != nil {
			return err
		}
		if err := s.at(left+(body-w)/2, s.y, size, line); err != nil {
			return err
		}
		s.y += size * 1.5
	}
	s.y += 6
	return nil
}

// block sets a block of text; keep is how much has to fit below it on the same page.
func (s *sheetOf) block(b *Block, keep float64, total int) error {
	st := styles[b.Kind]
	x := left + st.indent*em
	rows, err := s.hanging(st, marks[b.Kind]+b.Text, body-st.indent*em)
	if err != nil {
		return err
	}
	lead := st.size * st.lead
	if s.y > top {
		s.y += st.before
	}
	for i, line := range rows {
		if s.y+lead+keep > height-bottom {
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
		s.pdf.Line(left, s.y, width-right, s.y)
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
