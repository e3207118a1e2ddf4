package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"yagura/internal/vms"
)

// sqliteOldest is the first version without the WAL-reset bug, which corrupted databases when two
// connections wrote and checkpointed at the same instant.
const sqliteOldest = "3.51.3"

const sqliteReaders = 4

func init() {
	// COLLATE "C" is PostgreSQL's name for byte order; here it is so too.
	sqlite.MustRegisterCollationUtf8("C", strings.Compare)
}

type sqliteDialect struct {
	path string
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, errors.New("sqlite: without a path")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	d := &DB{dialect: sqliteDialect{path}, waiting: map[string]chan struct{}{}}
	if d.write, err = sql.Open("sqlite", sqliteDSN(path, "_txlock=immediate")); err != nil {
		return nil, err
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = sql.Open("sqlite", sqliteDSN(path, "_query_only=1")); err != nil {
		return nil, errors.Join(err, d.write.Close())
	}
	d.read.SetMaxOpenConns(sqliteReaders)
	d.read.SetMaxIdleConns(sqliteReaders)
	if err := checkSQLite(ctx, d.write); err != nil {
		return nil, fmt.Errorf("%s: %w", path, errors.Join(err, d.Close()))
	}
	return d, nil
}

// sqliteDSN writes the pragmas of every connection. The WAL is cut back to 64 MiB after a large transaction.
func sqliteDSN(path, extra string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_busy_timeout=5000&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_dqs=0&_defensive=1" +
		"&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-8192)&" + extra
}

func checkSQLite(ctx context.Context, db *sql.DB) error {
	var version, mode string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return err
	}
	if !atLeast(version, sqliteOldest) {
		return fmt.Errorf("SQLite %s corrupts WAL databases; %s or later is needed", version, sqliteOldest)
	}
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("the file system offers no write-ahead log (journal mode %s); use a local one", mode)
	}
	return nil
}

// atLeast compares versions such as 3.51.3.
func atLeast(version, oldest string) bool {
	var v, o [3]int
	fmt.Sscanf(version, "%d.%d.%d", &v[0], &v[1], &v[2])
	fmt.Sscanf(oldest, "%d.%d.%d", &o[0], &o[1], &o[2])
	for i := range v {
		if v[i] != o[i] {
			return v[i] > o[i]
		}
	}
	return true
}

// migrate holds a lock file meanwhile: a command may open the database while the server starts.
func (s sqliteDialect) migrate(ctx context.Context, db *sql.DB) error {
	lock, err := os.OpenFile(s.path+".lock", os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return err
	}
	defer lock.Close() // and with it the lock
	for {
		err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return fmt.Errorf("lock %s: %w", lock.Name(), err)
		}
		if !vms.Sleep(ctx, 20*time.Millisecond) {
			return ctx.Err()
		}
	}
	return migrate(ctx, goose.DialectSQLite3, db, sqliteSQL)
}

func (sqliteDialect) again(error) bool { return false }

func (sqliteDialect) duplicate(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) &&
		(e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE)
}
