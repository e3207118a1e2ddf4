package paper

const (
	cellSize = 9.0 // pt, where the block says nothing
	cellLead = 1.4 // of the size
	padX     = 4.0
	padY     = 3.0
)

// sized are the size and the height of a line in the cells of a block.
func sized(b *Block) (size, lead float64) {
	size = cellSize
	if b.Size > 0 {
		size = b.Size
	}
	return size, size * cellLead
}

// table sets a table with its lines; its heading stands on every page.
func (s *sheetOf) table(b *Block, total int) error {
	if len(b.Rows) == 0 {
		return nil
	}
	s.y += 6
	columns := s.columns(b)
	for i, row := range b.Rows {
		cells, tall, err := s.cells(b, row, columns, least(b, i))
		if err != nil {
			return err
		}
		if s.y+tall > s.height-s.bottom {
			if err := s.turn(total); err != nil {
				return err
			}
			if i > 0 {
				head, headTall, err := s.cells(b, b.Rows[0], columns, 0)
				if err != nil {
					return err
				}
				if err := s.row(b, head, columns, headTall, true); err != nil {
					return err
				}
			}
		}
		if err := s.row(b, cells, columns, tall, i == 0); err != nil {
			return err
		}
	}
	s.y += 6
	return nil
}

// columns are the widths in points.
func (s *sheetOf) columns(b *Block) []float64 {
	out := make([]float64, len(b.Rows[0]))
	sum := 0.0
	for i := range out {
		out[i] = 1
		if i < len(b.Widths) {
			out[i] = b.Widths[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= s.body / sum
	}
	return out
}

// least is how tall a row is at least; the heading is as tall as it needs.
func least(b *Block, row int) float64 {
	if row == 0 {
		return 0
	}
	return b.Tall * mm
}

// inset is how far below its upper line a cell's text begins: rows that are taller than they need have it half way.
func inset(b *Block, lines int, tall, lead float64) float64 {
	if b.Tall == 0 {
		return padY
	}
	return max(padY, (tall-float64(lines)*lead)/2)
}

// cells are the lines of each cell, and how tall the row is.
func (s *sheetOf) cells(b *Block, row []string, columns []float64, least float64) (cells [][]string, tall float64, err error) {
	most := 1
	size, lead := sized(b)
	for i, text := range row {
		rows, err := s.broken(size, columns[i]-2*padX, text)
		if err != nil {
			return nil, 0, err
		}
		cells, most = append(cells, rows), max(most, len(rows))
	}
	return cells, max(float64(most)*lead+2*padY, least), nil
}

func (s *sheetOf) row(b *Block, cells [][]string, columns []float64, tall float64, head bool) error {
	return s.boxes(b, cells, columns, tall, func(int) bool { return head }, func(i int) bool { return !head && i < len(b.Right) && b.Right[i] })
}

// boxes draws a line of boxes with words in them; grey and right say which are shaded, and set to the right.
func (s *sheetOf) boxes(b *Block, cells [][]string, columns []float64, tall float64, grey, right func(i int) bool) error {
	x := s.left
	size, lead := sized(b)
	s.pdf.SetLineWidth(0.5)
	for i, rows := range cells {
		how := "D"
		if grey(i) {
			s.pdf.SetGrayFill(0.92)
			how = "DF"
		}
		if err := s.pdf.Rectangle(x, s.y, x+columns[i], s.y+tall, how, 0, 0); err != nil {
			return err
		}
		s.pdf.SetGrayFill(0)
		for n, line := range rows {
			y := s.y + inset(b, len(rows), tall, lead) + float64(n)*lead + (lead-size)/2
			var err error
			if right(i) {
				err = s.ending(x+columns[i]-padX, y, size, line)
			} else {
				err = s.at(x+padX, y, size, line)
			}
			if err != nil {
				return err
			}
		}
		x += columns[i]
	}
	s.y += tall
	return nil
}
