package paper

// Measures of the head, pt.
const (
	titleSize = 15
	sealWide  = 21 * mm
	sealHead  = 6 * mm
	sealTall  = 18 * mm
	sealSize  = 7.5
	codeSide  = 20 * mm
	headGap   = 3 * mm
)

// head sets the mark, what stands at the right, and the title: in the middle, or at the left of what is to be
// signed and scanned.
func (s *sheetOf) head() error {
	if err := s.mark(); err != nil {
		return err
	}
	for _, line := range s.doc.Top {
		if err := s.ending(s.width-s.right, s.y, em, line); err != nil {
			return err
		}
		s.y += em * 1.5
	}
	if len(s.doc.Seals) > 0 || len(s.doc.Code) > 0 || len(s.doc.Under) > 0 {
		return s.signed()
	}
	s.y = max(s.y, s.top+20) + 14
	rows, err := s.broken(titleSize, s.body, s.doc.Title)
	if err != nil {
		return err
	}
	for _, line := range rows {
		if err := s.middle(s.left+s.body/2, s.y, titleSize, line); err != nil {
			return err
		}
		s.y += titleSize * 1.5
	}
	s.y += 6
	return nil
}

func (s *sheetOf) mark() error {
	if s.doc.Mark == "" {
		return nil
	}
	w, err := s.wide(10, s.doc.Mark)
	if err != nil {
		return err
	}
	s.pdf.SetLineWidth(0.8)
	if err := s.pdf.Rectangle(s.left, s.y-3, s.left+w+14, s.y+14, "D", 0, 0); err != nil {
		return err
	}
	return s.at(s.left+7, s.y, 10, s.doc.Mark)
}

// signed sets the title at the left, the boxes for seals and the code at the right of it.
func (s *sheetOf) signed() error {
	if s.doc.Mark != "" || len(s.doc.Top) > 0 {
		s.y = max(s.y, s.top+20) + 4
	}
	from, end := s.y, s.width-s.right
	low := from
	if n := len(s.doc.Seals); n > 0 {
		end -= float64(n) * sealWide
		if err := s.seals(end, from); err != nil {
			return err
		}
		low, end = from+sealHead+sealTall, end-headGap
	}
	if n := len(s.doc.Code); n > 0 {
		s.code(end-codeSide, from, codeSide)
		low, end = max(low, from+codeSide), end-codeSide-headGap
	}
	y := from + 2
	for i, text := range append([]string{s.doc.Title}, s.doc.Under...) {
		size := em
		if i == 0 {
			size = titleSize
		}
		rows, err := s.broken(size, end-s.left, text)
		if err != nil {
			return err
		}
		for _, line := range rows {
			if err := s.at(s.left, y, size, line); err != nil {
				return err
			}
			y += size * 1.4
		}
		if i == 0 {
			y += 3
		}
	}
	s.y = max(low, y) + 8
	return nil
}

// seals are the boxes of whoever signs, with what stands in them already.
func (s *sheetOf) seals(x, y float64) error {
	s.pdf.SetLineWidth(0.6)
	for _, seal := range s.doc.Seals {
		for _, box := range [][2]float64{{0, sealHead}, {sealHead, sealHead + sealTall}} {
			if err := s.pdf.Rectangle(x, y+box[0], x+sealWide, y+box[1], "D", 0, 0); err != nil {
				return err
			}
		}
		if err := s.middle(x+sealWide/2, y+4.5, 8, seal.Name); err != nil {
			return err
		}
		rows, err := s.broken(sealSize, sealWide-6, seal.Stamp)
		if err != nil {
			return err
		}
		for i, line := range rows {
			if err := s.middle(x+sealWide/2, y+sealHead+4+float64(i)*sealSize*1.3, sealSize, line); err != nil {
				return err
			}
		}
		x += sealWide
	}
	return nil
}

// code draws a QR code into a square: its runs of dark fields, and around them the margin of four fields that
// ISO/IEC 18004 asks for, as far as it is not white anyway.
func (s *sheetOf) code(x, y, side float64) {
	step := side / float64(len(s.doc.Code))
	s.pdf.SetGrayFill(0)
	for i, row := range s.doc.Code {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] == '1' {
				to++
			}
			if to > from {
				s.pdf.RectFromUpperLeftWithStyle(x+float64(from)*step, y+float64(i)*step, float64(to-from)*step, step*1.02, "F")
				from = to
			}
		}
	}
}

// middle writes a line around x.
func (s *sheetOf) middle(x, y, size float64, text string) error {
	w, err := s.wide(size, text)
	if err != nil {
		return err
	}
	return s.at(x-w/2, y, size, text)
}
