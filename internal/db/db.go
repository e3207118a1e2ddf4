// Package db is the one way to the SQL database: SQLite for one machine, PostgreSQL for several,
// from one SQL text and one set of migrations. On it stand two small things every room shares:
// leases (who does it) and signals (something changed, look again).
//
// SQL is written once. Parameters are $1, $2, …; types are TEXT, BIGINT and BYTEA; a moment is a
// BIGINT of µs UTC, yes and no are 1 and 0, ids are made by the program (neither database's
// counters nor LastInsertId are portable). Upserts, RETURNING, CTEs and window functions work in
// both. Text is compared in the database's own collation: where byte order matters, write
// COLLATE "C", which both know. LIKE ignores case on SQLite; prefix ranges do not.
//
// Invariants:
//   - A transaction that Tx reported as done survives a power cut (WAL with synchronous=FULL; PostgreSQL's default).
//   - Transactions are serialisable on both: SQLite has one writer, PostgreSQL detects and Tx repeats.
//   - Query, QueryRow and Read never write and never wait for a writer.
//
// It does not know what the tables of other rooms mean, and nothing outside it imports a driver.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// DB is an open database, safe for concurrent use.
type DB struct {
	dialect dialect
	write   *sql.DB // SQLite: exactly one connection
	read    *sql.DB // read-only connections

	mu      sync.Mutex
	waiting map[string]chan struct{} // by topic; closed and replaced when it is signalled in this process
}

// dialect is what differs between the two databases.
type dialect interface {
	migrate(context.Context, *sql.DB) error
	again(error) bool     // the transaction lost against another; repeating it may succeed
	duplicate(error) bool // a PRIMARY KEY or UNIQUE constraint was violated
	insertNew(ctx context.Context, t *Tx, insert, end string, columns []Column) ([]int64, error)
}

// Open opens and migrates the database at url: "sqlite:PATH" (the directory is made) or
// "postgres://…" as libpq knows it. Errors never contain the password.
func Open(ctx context.Context, url string) (*DB, error) {
	d, err := open(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := d.dialect.migrate(ctx, d.write); err != nil {
		return nil, fmt.Errorf("migrate database: %w", errors.Join(err, d.Close()))
	}
	return d, nil
}

func open(ctx context.Context, url string) (*DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest)
	case "postgres", "postgresql":
		return openPostgres(ctx, url)
	}
	return nil, errors.New("the url must be sqlite:PATH or postgres://…")
}

// Close waits for running statements and closes all connections.
func (d *DB) Close() error { return errors.Join(d.read.Close(), d.write.Close()) }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

// Query reads outside a transaction. The caller closes the rows, and does so before asking anything
// else: open rows keep one of the few connections. Inside Tx or Read use the transaction's own Query.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.read.QueryContext(ctx, query, args...)
}

// QueryRow reads one row outside a transaction; Scan returns sql.ErrNoRows where there is none.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return d.read.QueryRowContext(ctx, query, args...)
}

// Exec runs one statement as a transaction of its own. Inside Tx use the transaction's Exec: on
// SQLite this one would wait for that transaction for ever.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	var res sql.Result
	err := d.Tx(ctx, func(tx *Tx) (err error) {
		res, err = tx.Exec(ctx, query, args...)
		return err
	})
	return res, err
}

// Duplicate reports whether err is the violation of a PRIMARY KEY or UNIQUE constraint.
func (d *DB) Duplicate(err error) bool { return d.dialect.duplicate(err) }
