package duty

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"yagura/internal/access"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Norm is how often and how much a unit's heads shall look.
type Norm struct {
	Rounds  int // a month
	Moments int // drawn at random for a round
}

var usualNorm = Norm{Rounds: 4, Moments: 5}

const (
	mostRounds  = 31
	mostMoments = 20
)

// SetNorm sets a unit's norm; for posts that may approve policies.
func (r *Room) SetNorm(ctx context.Context, c identity.Caller, unit string, n Norm) error {
	now := r.Now()
	if err := r.Access.CheckUnit(c.Person, access.ApprovePolicy, unit, now).Err(); err != nil {
		return err
	}
	if u := r.Cameras().Organisation.Find(unit); u == nil || !u.In(now) {
		return errNoUnit
	}
	if n.Rounds < 1 || n.Rounds > mostRounds || n.Moments < 1 || n.Moments > mostMoments {
		return vms.Errorf(vms.Invalid, "bad-norm", "月に1～%d回、1回に1～%d場面で定めてください。 1 to %d rounds a month, 1 to %d moments a round.",
			mostRounds, mostMoments, mostRounds, mostMoments)
	}
	if _, err := r.Audit.Append(ctx, entry(c, ChangeNorm, fmt.Sprintf("%s: %d rounds a month, %d moments a round", unit, n.Rounds, n.Moments))); err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO duty_norm (unit, rounds, moments, set_by, set_at) VALUES ($1, $2, $3, $4, $5)`,
			unit, n.Rounds, n.Moments, c.Person.Login, int64(now))
		return err
	})
}

// Norms are the norm that is usual, and those that were set for units.
func (r *Room) Norms(ctx context.Context) (usual Norm, set map[string]Norm, err error) {
	rows, err := r.DB.Query(ctx, `SELECT unit, rounds, moments FROM duty_norm ORDER BY set_at`)
	if err != nil {
		return usual, nil, err
	}
	defer rows.Close()
	set = map[string]Norm{}
	for rows.Next() {
		var unit string
		var n Norm
		if err := rows.Scan(&unit, &n.Rounds, &n.Moments); err != nil {
			return usual, nil, err
		}
		set[unit] = n
	}
	return usualNorm, set, rows.Err()
}

// norm reads a unit's norm as it was set last before an instant.
func norm(ctx context.Context, tx *db.Tx, unit string, before vms.Instant) (Norm, error) {
	n := usualNorm
	err := tx.QueryRow(ctx, `SELECT rounds, moments FROM duty_norm WHERE unit = $1 AND set_at < $2 ORDER BY set_at DESC LIMIT 1`,
		unit, int64(before)).Scan(&n.Rounds, &n.Moments)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

type counts struct{ done, attention int }

// monthCounts returns, by unit, the rounds finished and the moments that needed attention in a month.
func monthCounts(ctx context.Context, tx *db.Tx, month vms.Span) (map[string]counts, error) {
	out := map[string]counts{}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT unit, COUNT(*), 0 FROM duty_round WHERE finished >= $1 AND finished < $2 GROUP BY unit
		UNION ALL SELECT r.unit, 0, COUNT(*) FROM duty_moment m JOIN duty_round r ON r.id = m.round
		WHERE m.checked >= $1 AND m.checked < $2 AND m.result = 'attention' GROUP BY r.unit`, int64(month.From), int64(month.To))) {
		if err != nil {
			return nil, err
		}
		var unit string
		var c counts
		if err := row.Scan(&unit, &c.done, &c.attention); err != nil {
			return nil, err
		}
		out[unit] = counts{out[unit].done + c.done, out[unit].attention + c.attention}
	}
	return out, nil
}
