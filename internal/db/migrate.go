package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"io"
	"io/fs"
	"log/slog"
	"regexp"

	"github.com/pressly/goose/v3"
)

// The migrations, NNNNN_name.sql, in goose's notation. Each runs in a transaction of its own and
// runs unchanged on both databases. The one exception is /*sqlite … */ and /*postgres … */: a
// comment for the other database, text for the one it names. It is meant for storage, for example
// the /*sqlite WITHOUT ROWID */ that lets a table be kept in the order of its primary key.
//
//go:embed migrations/*.sql
var migrations embed.FS

var (
	sqliteSQL   = regexp.MustCompile(`(?s)/\*sqlite\s(.*?)\*/`)
	postgresSQL = regexp.MustCompile(`(?s)/\*postgres\s(.*?)\*/`)
)

func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, own *regexp.Regexp, opts ...goose.ProviderOption) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	opts = append(opts,
		goose.WithAllowOutofOrder(true), // numbers are handed out by room, not by date
		goose.WithDisableGlobalRegistry(true),
		goose.WithSlog(slog.New(slog.DiscardHandler)))
	p, err := goose.NewProvider(dialect, db, dialectFS{sub, own}, opts...)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// dialectFS uncovers the text meant for one database alone.
type dialectFS struct {
	fs.FS
	own *regexp.Regexp
}

func (d dialectFS) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return f, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return sqlFile{f, bytes.NewReader(d.own.ReplaceAll(text, []byte("$1")))}, nil
}

type sqlFile struct {
	fs.File
	text *bytes.Reader
}

func (f sqlFile) Read(p []byte) (int, error) { return f.text.Read(p) }
