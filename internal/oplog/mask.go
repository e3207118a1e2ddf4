package oplog

// Small numbers do not leave the room, and neither does what gives them away: whoever has all cells of a line but one, and
// its total from another table, has that one too. So of a line with something hidden at least two cells are hidden, and
// together they hold Least or more; and no hidden cell is the only link between its row and its column, because it could be
// worked out from the totals of one side. (Complementary cell suppression: Hundepool et al., Statistical Disclosure Control,
// 2012, 4.3; that a cell is determined where it lies on no cycle: Gusfield 1988.)

// hide says which cells of a table are hidden: the small ones, and as many others as keep them hidden from whoever knows
// the totals of rows and columns. A table of one column has no totals of rows, and the other way round.
func hide(grid [][]int64) [][]bool {
	hidden := make([][]bool, len(grid))
	for i, row := range grid {
		hidden[i] = make([]bool, len(row))
		for j, n := range row {
			hidden[i][j] = n < Least
		}
	}
	suppress(grid, hidden)
	return hidden
}

// hideList is hide for a single column.
func hideList(list []int64) []bool {
	grid := make([][]int64, len(list))
	for i, n := range list {
		grid[i] = []int64{n}
	}
	out := make([]bool, len(list))
	for i, row := range hide(grid) {
		out[i] = row[0]
	}
	return out
}

// suppress hides more cells until those that are hidden already cannot be worked out.
func suppress(grid [][]int64, hidden [][]bool) {
	if len(grid) == 0 || len(grid[0]) == 0 {
		return
	}
	m := mask{grid, hidden}
	rows, columns := len(grid), len(grid[0])
	for again := true; again; {
		again = false
		for i := range grid {
			again = columns > 1 && m.guard(m.row(i)) || again
		}
		for j := range grid[0] {
			again = rows > 1 && m.guard(m.column(j)) || again
		}
		if again || rows == 1 || columns == 1 {
			continue
		}
		if at, found := m.bridge(); found {
			again = m.more(m.row(at.row)) || m.more(m.column(at.column))
		}
	}
}

type mask struct {
	grid   [][]int64
	hidden [][]bool
}

type spot struct{ row, column int }

func (m *mask) row(i int) (out []spot) {
	for j := range m.grid[i] {
		out = append(out, spot{i, j})
	}
	return out
}

func (m *mask) column(j int) (out []spot) {
	for i := range m.grid {
		out = append(out, spot{i, j})
	}
	return out
}

// guard hides cells of a line until there are none hidden, or two that hold Least together; it says whether it did.
func (m *mask) guard(line []spot) (did bool) {
	for {
		count, sum := 0, int64(0)
		for _, s := range line {
			if m.hidden[s.row][s.column] {
				count++
				sum += m.grid[s.row][s.column]
			}
		}
		if count == 0 || count > 1 && sum >= Least || !m.more(line) {
			return did
		}
		did = true
	}
}

// more hides the smallest cell of a line that is shown; false where there is none.
func (m *mask) more(line []spot) bool {
	least, found := spot{}, false
	for _, s := range line {
		if !m.hidden[s.row][s.column] && (!found || m.grid[s.row][s.column] < m.grid[least.row][least.column]) {
			least, found = s, true
		}
	}
	if found {
		m.hidden[least.row][least.column] = true
	}
	return found
}

// bridge finds a hidden cell that lies on no cycle of hidden cells: rows and columns are nodes, cells join them.
func (m *mask) bridge() (spot, bool) {
	rows := len(m.grid)
	d := &depths{m: m, order: make([]int, rows+len(m.grid[0])), low: make([]int, rows+len(m.grid[0]))}
	for n := range d.order {
		if d.order[n] == 0 {
			d.visit(n, -1)
		}
	}
	return d.at, d.found
}

// depths is a depth-first search for bridges (Tarjan 1974); between two nodes there is one cell at most.
type depths struct {
	m          *mask
	order, low []int // 0: not visited
	next       int
	at         spot
	found      bool
}

func (d *depths) visit(n, from int) {
	d.next++
	d.order[n], d.low[n] = d.next, d.next
	rows := len(d.m.grid)
	for other := range d.order {
		s := spot{n, other - rows}
		if n >= rows {
			s = spot{other, n - rows}
		}
		if (n < rows) == (other < rows) || !d.m.hidden[s.row][s.column] || other == from {
			continue
		}
		if d.order[other] > 0 {
			d.low[n] = min(d.low[n], d.order[other])
			continue
		}
		d.visit(other, n)
		d.low[n] = min(d.low[n], d.low[other])
		if d.low[other] > d.order[n] {
			d.at, d.found = s, true
		}
	}
}
