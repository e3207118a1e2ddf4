package archive

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// However much of a camera is held, what follows expires in its time.
func TestManyHeldSegmentsDoNotShieldTheOthers(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.cfg.Retention = func(vms.Feed) time.Duration { return time.Hour }
		r.halt()
		r.open()
		const n = 10_050
		start := r.a.now().Add(-(n + 70) * time.Minute)
		at := func(i int) vms.Instant { return start.Add(time.Duration(i) * time.Minute) }
		require.NoError(t, r.cfg.DB.Tx(t.Context(), func(tx *db.Tx) error {
			for i := range n {
				s := Segment{Feed: feed1, Span: vms.Span{From: at(i), To: at(i + 1)}, Key: fmt.Sprint(i), Track: testTrack}
				if err := insertRow(context.Background(), tx, &row{Segment: s, state: stored}); err != nil {
					return err
				}
			}
			return nil
		}))
		require.NoError(t, r.a.Hold(t.Context(), Hold{ID: "h", Camera: feed1.Camera, Span: vms.Span{From: at(0), To: at(n - 10)}}))
		list, err := r.a.Retention().candidates(t.Context(), feed1, r.a.now().Add(-time.Hour), false)
		require.NoError(t, err)
		require.Len(t, list, 10)
	})
}
