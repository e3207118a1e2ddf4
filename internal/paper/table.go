package paper

const (
	cellSize = 9.0
	cellLead = cellSize * 1.4
	padX     = 4.0
	padY     = 3.0
)

// table sets a table with its lines; its heading stands on every page.
func (s *sheetOf) table(b *Block, total int) error {
	if len(b.Rows) == 0 {
		return nil
	}
	s.y += 6
	columns := s.columns(b)
	for i, row := range b.Rows {
		cells, tall, err := s.cells(row, columns)
		if err != nil {
			return err
		}
		if s.y+tall > height-bottom {
			if err := s.turn(total); err != nil {
				return err
			}
			if i > 0 {
				head, headTall, err := s.cells(b.Rows[0], columns)
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
		out[i] *= body / sum
	}
	return out
}

// cells are the lines of each cell, and how tall the row is.
func (s *sheetOf) cells(row []string, columns []float64) (cells [][]string, tall float64, err error) {
	most := 1
	for i, text := range row {
		rows, err := s.broken(cellSize, columns[i]-2*padX, text)
		if err != nil {
			return nil, 0, err
		}
		cells, most = append(cells, rows), max(most, len(rows))
	}
	return cells, float64(most)*cellLead + 2*padY, nil
}

func (s *sheetOf) row(b *Block, cells [][]string, columns []float64, tall float64, head bool) error {
	x := left
	s.pdf.SetLineWidth(0.5)
	for i, rows := range cells {
		how := "D"
		if head {
			s.pdf.SetGrayFill(0.92)
			how = "DF"
		}
		if err := s.pdf.Rectangle(x, s.y, x+columns[i], s.y+tall, how, 0, 0); err != nil {
			return err
		}
		s.pdf.SetGrayFill(0)
		for n, line := range rows {
			y := s.y + padY + float64(n)*cellLead + (cellLead-cellSize)/2
			var err error
			if !head && i < len(b.Right) && b.Right[i] {
				err = s.ending(x+columns[i]-padX, y, cellSize, line)
			} else {
				err = s.at(x+padX, y, cellSize, line)
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
