package oversight_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oversight"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// BenchmarkList reads the newest page of a log of 200,000 rows: views with their ends, of 50 people.
func BenchmarkList(b *testing.B) {
	const rows = 200_000
	for name, url := range map[string]func() string{
		"sqlite":   func() string { return "sqlite:" + filepath.Join(b.TempDir(), "y.db") },
		"postgres": func() string { return testserver.Postgres(b) },
	} {
		w := viewingtest.NewOn(b, url())
		w.Add("kansa", identity.Auditor, "")
		w.Add("head", identity.GeneralManager, "koseki")
		w.Add("p7", identity.CrisisManagement, "")
		require.NoError(b, w.DB.Tx(b.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(b.Context(), `WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)
				INSERT INTO audit (seq, id, at, node, process, actor, session, source, action, outcome, camera, stream, footage, purpose, detail, refers, ranges)
				SELECT i + 1, CASE i % 2 WHEN 0 THEN 'v-' || CAST(i AS TEXT) ELSE 'v-' || CAST(i - 1 AS TEXT) || '-end' END, $2 + i * 15000000, 'n1', 'p',
					'p' || CAST(i / 2 % 50 AS TEXT), 's', '10.0.0.7', CASE i % 2 WHEN 0 THEN 'view.past' ELSE 'view.end' END, 'ok',
					CASE i / 2 % 4 WHEN 0 THEN 'c-koseki' WHEN 1 THEN 'c-security' WHEN 2 THEN 'c-shared' ELSE 'c-gomi' END, 'sub', $2 + i * 15000000, 'incident', '',
					CASE i % 2 WHEN 0 THEN '' ELSE 'v-' || CAST(i - 1 AS TEXT) END, 'null' FROM n`, rows, int64(w.Now())-rows*15_000_000)
			return err
		}))
		if name == "postgres" { // as it does by itself, once the rows have been there for a minute
			_, err := w.DB.Exec(b.Context(), `ANALYZE audit`)
			require.NoError(b, err)
		}
		room := oversight.New(oversight.Config{DB: w.DB, Log: w.Audit, Access: w.Access, Identity: w.Identity, Cameras: w.Set, Now: w.Now})
		for _, who := range []string{"kansa", "head", "p7"} {
			for what, f := range map[string]oversight.Filter{"all": {}, "camera": {Camera: "c-koseki"}, "person": {Actor: "p7"}, "refused": {Outcome: audit.Refused}, "hinted": {Hinted: true}, "purpose": {Purpose: "maintenance"},
				"unit": {Unit: "koseki"}, "day": {Time: vms.Span{From: w.Now() - 30*86_400_000_000, To: w.Now() - 29*86_400_000_000}}} {
				f.Limit = 100
				p, err := w.Identity.Person(b.Context(), who)
				require.NoError(b, err)
				b.Run(fmt.Sprintf("%s/%s/%s", name, who, what), func(b *testing.B) {
					for b.Loop() {
						_, err := room.List(b.Context(), identity.Caller{Person: p}, f)
						require.NoError(b, err)
					}
				})
			}
		}
	}
}
