package paper

// pairs sets a form: names on grey, what they say beside them. The last value of a row takes the width that is
// left; its names are in columns of the same width.
func (s *sheetOf) pairs(b *Block, total int) error {
	const name = 32 * mm
	s.y += 4
	for _, row := range b.Rows {
		n := len(row) / 2
		columns := make([]float64, 2*n)
		for i := range n {
			columns[2*i], columns[2*i+1] = name, s.body/float64(n)-name
		}
		cells, tall, err := s.cells(b, row[:2*n], columns, b.Tall*mm)
		if err != nil {
			return err
		}
		if err := s.pairRow(b, cells, columns, tall, total); err != nil {
			return err
		}
	}
	s.y += 6
	return nil
}

// pairRow sets one row. What is taller than a page goes on in the next one.
func (s *sheetOf) pairRow(b *Block, cells [][]string, columns []float64, tall float64, total int) error {
	_, lead := sized(b)
	for {
		room := s.height - s.bottom - s.y
		if tall <= room {
			return s.pair(b, cells, columns, tall)
		}
		whole := s.height - s.bottom - s.top
		if tall > whole && room > 6*lead { // a part of it here
			fits := int((room - 2*padY) / lead)
			head, rest := make([][]string, len(cells)), make([][]string, len(cells))
			most := 0
			for i, rows := range cells {
				n := min(fits, len(rows))
				head[i], rest[i] = rows[:n], rows[n:]
				most = max(most, len(rest[i]))
			}
			if err := s.pair(b, head, columns, room); err != nil {
				return err
			}
			cells, tall = rest, float64(most)*lead+2*padY
		}
		if err := s.turn(total); err != nil {
			return err
		}
	}
}

func (s *sheetOf) pair(b *Block, cells [][]string, columns []float64, tall float64) error {
	return s.boxes(b, cells, columns, tall, func(i int) bool { return i%2 == 0 }, func(int) bool { return false })
}

// big sets words in the middle, as large as asked, smaller where a word would not fit the line.
func (s *sheetOf) big(b *Block, total int) error {
	size := b.Size
	if size == 0 {
		size = 28
	}
	rows, err := s.broken(size, s.body, b.Text)
	if err != nil {
		return err
	}
	s.y += size * 0.3
	for _, line := range rows {
		if s.y+size*1.35 > s.height-s.bottom {
			if err := s.turn(total); err != nil {
				return err
			}
		}
		if err := s.middle(s.left+s.body/2, s.y, size, line); err != nil {
			return err
		}
		s.y += size * 1.35
	}
	s.y += size * 0.2
	return nil
}

// ruled sets lines to be written on, and below them at the foot of the page its words.
func (s *sheetOf) ruled(b *Block, _ int) error {
	step := b.Tall * mm
	if step == 0 {
		step = 8 * mm
	}
	rows, err := s.broken(em, s.body, b.Text)
	if err != nil {
		return err
	}
	end := s.height - s.bottom - float64(len(rows))*em*1.4 - 3
	s.pdf.SetLineWidth(0.3)
	for s.y+step <= end {
		s.y += step
		s.pdf.Line(s.left, s.y, s.width-s.right, s.y)
	}
	for i, line := range rows {
		if err := s.middle(s.left+s.body/2, end+3+float64(i)*em*1.4, em, line); err != nil {
			return err
		}
	}
	s.y = s.height - s.bottom
	return nil
}
