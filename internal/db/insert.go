package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// Column is a column of rows that are inserted together: BIGINT or TEXT, as many values as there are rows.
type Column struct {
	Name string
	Ints []int64
	Text []string // where Ints is nil
}

func (c *Column) value(row int) any {
	if c.Ints != nil {
		return c.Ints[row]
	}
	return c.Text[row]
}

func (c *Column) rows() int { return max(len(c.Ints), len(c.Text)) }

// InsertNew adds the rows whose key is not there yet, and returns the keys it added. The first column is the key, of
// whole numbers; of rows with the same one the first is added. PostgreSQL takes each column as an array, in one statement.
func (t *Tx) InsertNew(ctx context.Context, table string, columns []Column) (added []int64, err error) {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = columns[i].Name
	}
	insert := "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") "
	end := " ON CONFLICT (" + names[0] + ") DO NOTHING RETURNING " + names[0]
	return t.dialect.insertNew(ctx, t, insert, end, columns)
}

func (postgresDialect) insertNew(ctx context.Context, t *Tx, insert, end string, columns []Column) ([]int64, error) {
	arrays, args := make([]string, len(columns)), make([]any, len(columns))
	for i, c := range columns {
		arrays[i] = "$" + strconv.Itoa(i+1) + "::TEXT[]"
		args[i] = c.Text
		if c.Ints != nil {
			arrays[i], args[i] = "$"+strconv.Itoa(i+1)+"::BIGINT[]", c.Ints
		}
	}
	rows, err := t.Query(ctx, insert+"SELECT * FROM unnest("+strings.Join(arrays, ", ")+")"+end, args...)
	return keysOf(rows, err, nil)
}

const insertRows = 20 // in a statement of SQLite: its driver looks through all parameters for each one

func (sqliteDialect) insertNew(ctx context.Context, t *Tx, insert, end string, columns []Column) (added []int64, err error) {
	whole, err := t.Prepare(ctx, insert+"VALUES "+places(insertRows, len(columns))+end)
	if err != nil {
		return nil, err
	}
	defer whole.Close()
	args := make([]any, 0, insertRows*len(columns))
	for from, n := 0, columns[0].rows(); from < n; from += insertRows {
		args = args[:0]
		count := min(insertRows, n-from)
		for row := from; row < from+count; row++ {
			for i := range columns {
				args = append(args, columns[i].value(row))
			}
		}
		var rows *sql.Rows
		if count == insertRows {
			rows, err = whole.QueryContext(ctx, args...)
		} else {
			rows, err = t.Query(ctx, insert+"VALUES "+places(count, len(columns))+end, args...)
		}
		if added, err = keysOf(rows, err, added); err != nil {
			return nil, err
		}
	}
	return added, nil
}

// keysOf appends what a statement returned.
func keysOf(rows *sql.Rows, err error, to []int64) ([]int64, error) {
	added, err := Collect(Rows(rows, err), func(row Row) (key int64, err error) { return key, row.Scan(&key) })
	return append(to, added...), err
}

// places are the parameters of rows: ($1, $2), ($3, $4).
func places(rows, columns int) string {
	var b strings.Builder
	for n := range rows * columns {
		switch {
		case n == 0:
			b.WriteString("($")
		case n%columns == 0:
			b.WriteString("), ($")
		default:
			b.WriteString(", $")
		}
		b.WriteString(strconv.Itoa(n + 1))
	}
	b.WriteString(")")
	return b.String()
}
