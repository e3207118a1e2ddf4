package db

import (
	"database/sql"
	"iter"
)

// Row is what a query answered with, one line of it: *sql.Rows and *sql.Row are.
type Row interface{ Scan(...any) error }

// Rows goes through what a query answered, and closes it however the loop ends. What fails, the query itself
// included, comes as the last pair:
//
//	for row, err := range db.Rows(tx.Query(ctx, `SELECT …`)) {
func Rows(rows *sql.Rows, err error) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if !yield(rows, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// Collect reads all of them into a list.
func Collect[T any](rows iter.Seq2[Row, error], scan func(Row) (T, error)) ([]T, error) {
	var all []T
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		one, err := scan(row)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
