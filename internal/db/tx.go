package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"

	"yagura/internal/vms"
)

const (
	txTries   = 30                     // against the same conflict; with the pauses below about 5 s
	txBackoff = 5 * time.Millisecond   // doubled at every try …
	txPause   = 250 * time.Millisecond // … up to this, with full jitter
)

// Tx is a running transaction. It must not be used after the function it was given to returned.
type Tx struct {
	tx      *sql.Tx
	signals []string // topics to wake in this process once committed
	dialect dialect
}

// Exec runs a statement.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.tx.ExecContext(ctx, query, args...)
}

// Query reads rows; close them before the next statement.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRow reads one row; Scan returns sql.ErrNoRows where there is none.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(ctx, query, args...)
}

// Prepare prepares a statement that runs many times in this transaction, and ends with it.
func (t *Tx) Prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	return t.tx.PrepareContext(ctx, query)
}

// Tx runs fn in a serialisable transaction: committed and durable when Tx returns nil, rolled back
// when fn returns an error or panics. fn may run several times, so it must have no effect outside
// the transaction that repeating would harm. A connection lost during the commit is an error
// although the commit may have happened: write rows so that doing it again does no harm.
func (d *DB) Tx(ctx context.Context, fn func(*Tx) error) error {
	backoff := txBackoff
	for try := 1; ; try++ {
		err := d.once(ctx, fn)
		if err == nil || try == txTries || !d.dialect.again(err) {
			return err
		}
		if !vms.Sleep(ctx, rand.N(backoff)) {
			return err
		}
		backoff = min(2*backoff, txPause)
	}
}

func (d *DB) once(ctx context.Context, fn func(*Tx) error) error {
	sqlTx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer sqlTx.Rollback() // nothing to do after the commit; a panic must not keep SQLite's only writer
	tx := &Tx{tx: sqlTx, dialect: d.dialect}
	if err := fn(tx); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	d.wake(tx.signals)
	return nil
}

// Read runs fn on one unchanging snapshot; writing in it fails.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	sqlTx, err := d.read.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer sqlTx.Rollback() // there is nothing to commit
	return fn(&Tx{tx: sqlTx})
}
