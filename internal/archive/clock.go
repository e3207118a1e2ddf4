package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yagura/internal/vms"
)

// CameraClock is by how much a camera's own clock was ahead of ours in footage of an instant, as it was measured
// then; false where there is none.
func (a *Archive) CameraClock(ctx context.Context, camera vms.CameraID, at vms.Instant) (ahead time.Duration, known bool, err error) {
	var us int64
	err = a.cfg.DB.QueryRow(ctx, `SELECT clock_us FROM segment WHERE camera = $1 AND start_us <= $2 AND start_us > $3 AND end_us > $2 AND state <> 'hidden'
		ORDER BY start_us DESC LIMIT 1`, camera, int64(at), int64(at.Add(-time.Hour))).Scan(&us)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("clock of %s: %w", camera, err)
	}
	return time.Duration(us) * time.Microsecond, true, nil
}
