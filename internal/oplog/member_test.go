package oplog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/conf"
	"yagura/internal/oplog"
	"yagura/internal/oplog/sample"
)

// Whom an analyst knows by a pseudonym is found by it, and by the number.
func TestMemberByPseudonym(t *testing.T) {
	t.Parallel()
	r := newRig(t, "", sample.New(small))
	r.register()
	day := time.Date(2026, 11, 25, 0, 0, 0, 0, conf.JST)
	r.take(day, day.AddDate(0, 0, 1))
	table, err := r.Count(t.Context(), analyst, "staff", oplog.Query{From: "2026-11", To: "2026-11"})
	require.NoError(t, err)
	require.NotEmpty(t, table.Rows)
	id := table.Rows[0].Staff.ID
	number, name, unit, err := r.Member(t.Context(), id)
	require.NoError(t, err)
	require.NotEqual(t, id, number)
	require.NotEmpty(t, name)
	require.NotEmpty(t, unit)
	same, _, _, err := r.Member(t.Context(), number)
	require.NoError(t, err)
	require.Equal(t, number, same)
	known, name, _, err := r.Member(t.Context(), "somebody else")
	require.NoError(t, err)
	require.Equal(t, "somebody else", known)
	require.Empty(t, name)
}
