package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/vms"
)

func sqlite(t *testing.T) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "deep", "er", "a b?c.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func TestSmoke(t *testing.T) {
	d := sqlite(t)
	ctx := t.Context()
	require.NoError(t, d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "a", "b") }))
	require.NoError(t, d.Read(ctx, func(tx *db.Tx) error {
		v, err := tx.Setting(ctx, "a")
		require.Equal(t, "b", v)
		return err
	}))
	_, err := d.Exec(ctx, `INSERT INTO setting (name, value) VALUES ('a', 'c')`)
	require.True(t, d.Duplicate(err))
	require.True(t, errors.Is(d.Read(ctx, func(tx *db.Tx) error { _, err := tx.Setting(ctx, "zz"); return err }), vms.NotFound))
	_ = context.Canceled
}
