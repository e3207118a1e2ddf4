package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

const (
	postgresConns   = 8 // of each of the two pools, per process
	postgresConnect = 5 * time.Second
)

// SQLSTATE, https://www.postgresql.org/docs/15/errcodes-appendix.html
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	uniqueViolation      = "23505"
)

type postgresDialect struct{}

func openPostgres(ctx context.Context, url string) (*DB, error) {
	write, err := postgresPool(url, map[string]string{"default_transaction_isolation": "serializable"})
	if err != nil {
		return nil, err
	}
	read, err := postgresPool(url, map[string]string{
		"default_transaction_isolation": "repeatable read",
		"default_transaction_read_only": "on",
	})
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	d := &DB{dialect: postgresDialect{}, write: write, read: read, waiting: map[string]chan struct{}{}}
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func postgresPool(url string, params map[string]string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = postgresConnect
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "yagura"
	}
	for k, v := range params {
		config.RuntimeParams[k] = v
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	db.SetConnMaxIdleTime(time.Minute)
	return db, nil
}

// migrate lets one node at a time in, by an advisory lock.
func (postgresDialect) migrate(ctx context.Context, db *sql.DB) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return err
	}
	return migrate(ctx, goose.DialectPostgres, db, postgresSQL, goose.WithSessionLocker(locker))
}

func (postgresDialect) again(err error) bool {
	code := sqlState(err)
	return code == serializationFailure || code == deadlockDetected
}

func (postgresDialect) duplicate(err error) bool { return sqlState(err) == uniqueViolation }

func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
