package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
)

// TestOnlyNewRowsAreInserted: whatever is there stays, of equal keys the first is added, and the keys that were come back.
func TestOnlyNewRowsAreInserted(t *testing.T) {
	onBoth(t, func(t *testing.T, url string) {
		d := open(t, url)
		_, err := d.Exec(t.Context(), `CREATE TABLE bulk (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)`)
		require.NoError(t, err)
		insert := func(from, n int) (added []int64) {
			c := []db.Column{{Name: "id", Ints: []int64{}}, {Name: "name", Text: []string{}}}
			for i := range n {
				c[0].Ints, c[1].Text = append(c[0].Ints, int64(from+i/2)), append(c[1].Text, fmt.Sprintf("%d 「'\" %d", from, i))
			}
			require.NoError(t, d.Tx(t.Context(), func(tx *db.Tx) (err error) {
				added, err = tx.InsertNew(t.Context(), "bulk", c)
				return err
			}))
			return added
		}
		require.Len(t, insert(100, 47), 24)
		require.Equal(t, []int64{124, 125}, insert(120, 12)[:2])
		require.Empty(t, insert(100, 0))
		var name string
		require.NoError(t, d.QueryRow(t.Context(), `SELECT name FROM bulk WHERE id = 121`).Scan(&name))
		require.Equal(t, "100 「'\" 42", name)
	})
}
