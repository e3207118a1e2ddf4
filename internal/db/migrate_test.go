package db

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestTextForOneDatabase(t *testing.T) {
	files := fstest.MapFS{"1.sql": {Data: []byte("CREATE TABLE a (b TEXT) /*sqlite WITHOUT ROWID */; -- x /*postgres y\nz*/ /* both */")}}
	for want, d := range map[string]dialectFS{
		"CREATE TABLE a (b TEXT) WITHOUT ROWID ; -- x /*postgres y\nz*/ /* both */": {files, sqliteSQL},
		"CREATE TABLE a (b TEXT) /*sqlite WITHOUT ROWID */; -- x y\nz /* both */":   {files, postgresSQL},
	} {
		got, err := fs.ReadFile(d, "1.sql")
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
	found, err := fs.Glob(dialectFS{files, sqliteSQL}, "*.sql")
	require.NoError(t, err)
	require.Equal(t, []string{"1.sql"}, found)
}

func TestVersionFloor(t *testing.T) {
	for version, want := range map[string]bool{"3.51.2": false, "3.51.3": true, "3.54.1": true, "3.6.99": false, "4.0.0": true, "": false} {
		require.Equal(t, want, atLeast(version, sqliteOldest), version)
	}
}
