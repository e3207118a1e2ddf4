package oplog

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// worked is what somebody who knows all totals can work out of hidden cells: again and again the only unknown of a line,
// and all cells of lines whose hidden ones hold nothing.
func worked(grid [][]int64, hidden [][]bool) (out int) {
	open := make([][]bool, len(grid))
	for i := range hidden {
		open[i] = append([]bool(nil), hidden[i]...)
	}
	line := func(cells [][2]int) (solved bool) {
		var unknown [][2]int
		sum, total := int64(0), int64(0)
		for _, c := range cells {
			total += grid[c[0]][c[1]]
			if open[c[0]][c[1]] {
				unknown = append(unknown, c)
				sum += grid[c[0]][c[1]]
			}
		}
		if total >= Least && (len(unknown) == 1 || sum == 0 && len(unknown) > 0) { // a smaller total is no more told than a cell
			for _, c := range unknown {
				open[c[0]][c[1]] = false
				out++
			}
			return true
		}
		return false
	}
	for again := true; again; {
		again = false
		for i := range grid {
			var cells [][2]int
			for j := range grid[i] {
				cells = append(cells, [2]int{i, j})
			}
			again = len(cells) > 1 && line(cells) || again
		}
		for j := range grid[0] {
			var cells [][2]int
			for i := range grid {
				cells = append(cells, [2]int{i, j})
			}
			again = len(cells) > 1 && line(cells) || again
		}
	}
	return out
}

// TestHiddenCellsStayHidden: from no table can a hidden cell be worked out with the totals of its rows and columns, and
// where nothing is small nothing is hidden.
func TestHiddenCellsStayHidden(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		rows, columns := 1+random.IntN(9), 1+random.IntN(9)
		if rows == 1 && columns == 1 {
			continue
		}
		grid := make([][]int64, rows)
		small := false
		for i := range grid {
			grid[i] = make([]int64, columns)
			for j := range grid[i] {
				if grid[i][j] = int64(5 + random.IntN(400)); random.IntN(8) == 0 {
					grid[i][j], small = int64(random.IntN(Least)), true
				}
			}
		}
		hidden := hide(grid)
		any := false
		for i := range grid {
			for j, n := range grid[i] {
				require.True(t, n >= Least || hidden[i][j])
				any = any || hidden[i][j]
			}
		}
		require.Equal(t, small, any)
		require.Zero(t, worked(grid, hidden), "%v %v", grid, hidden)
		if rows > 1 && columns > 1 {
			m := mask{grid, hidden}
			_, found := m.bridge()
			require.False(t, found && !all(hidden), "%v %v", grid, hidden)
		}
	}
	require.Equal(t, []bool{true, false, true, false}, hideList([]int64{4, 100, 7, 90}), "with the total, one alone would be no secret")
	require.Equal(t, []bool{true, true, true}, hideList([]int64{0, 0, 9}), "that both are none would be no secret")
}

func all(hidden [][]bool) bool {
	for _, row := range hidden {
		for _, h := range row {
			if !h {
				return false
			}
		}
	}
	return true
}
