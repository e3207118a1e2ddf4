package duty

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// openFor is how long a round may be worked on. What will be erased within this time is not drawn.
const openFor = 7 * 24 * time.Hour

// Round is one time of looking.
type Round struct {
	ID, Unit, Login string
	Started         vms.Instant
	Finished        vms.Instant // 0: not, or not yet
	Moments         []Moment
}

// Until is when the round lapses, or can no longer be corrected.
func (r *Round) Until() vms.Instant { return r.Started.Add(openFor) }

// Moment is one thing to look at.
type Moment struct {
	N        int // from 1
	Camera   vms.CameraID
	vms.Span // From is the moment; To lies behind it for what lasted
	Why      Why
	Cause    vms.Cause // of a gap
	Result   string    // fine, attention; "" not marked
	Note     string
	Checked  vms.Instant // 0: not marked
	Report   string      // id of the report it led to
}

// Begin returns the caller's open round of the unit, or draws one; fresh says which. vms.Conflict where
// there is nothing to look at.
func (r *Room) Begin(ctx context.Context, c identity.Caller, unit string) (round *Round, fresh bool, err error) {
	now := r.Now()
	if !slices.Contains(r.dutiesOf(c.Person, now), unit) {
		return nil, false, errNoUnit
	}
	round, since, err := r.standing(ctx, c, unit, now)
	if err != nil || round != nil {
		return round, false, err
	}
	round = &Round{ID: rand.Text(), Unit: unit, Login: c.Person.Login, Started: now}
	if round.Moments, err = r.moments(ctx, c, unit, since, now); err != nil {
		return nil, false, err
	}
	if _, err := r.Audit.Append(ctx, entry(c, Draw, fmt.Sprintf("round %s of %s: %d moments", round.ID, unit, len(round.Moments)))); err != nil {
		return nil, false, err
	}
	err = r.change(ctx, func(tx *db.Tx) error { return insertRound(ctx, tx, round) })
	if r.DB.Duplicate(err) { // drawn twice at once: the first one counts
		round, _, err = r.standing(ctx, c, unit, now)
		return round, false, err
	}
	return round, true, err
}

// standing returns the caller's open round of a unit, nil without one, and when somebody last began one.
func (r *Room) standing(ctx context.Context, c identity.Caller, unit string, now vms.Instant) (round *Round, since vms.Instant, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		round = nil
		id, err := openRound(ctx, tx, unit, c.Person.Login, now)
		if err == nil && id != "" {
			round, err = findRound(ctx, tx, id)
		}
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT COALESCE(MAX(started), 0) FROM duty_round WHERE unit = $1`, unit).Scan(&since)
	})
	return round, since, err
}

// moments draws a round.
func (r *Room) moments(ctx context.Context, c identity.Caller, unit string, since, now vms.Instant) ([]Moment, error) {
	var n Norm
	err := r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		n, err = norm(ctx, tx, unit, now+1)
		return err
	})
	if err != nil {
		return nil, err
	}
	stocks, noted, err := r.survey(ctx, as(c.Person, unit), r.camerasOf(unit, now), since, now)
	if err != nil {
		return nil, err
	}
	drawn, err := draw(r.Rand, n.Moments, stocks)
	if err != nil {
		return nil, err
	}
	all := append(drawn, noted...)
	if len(all) == 0 {
		return nil, vms.Errorf(vms.Conflict, "nothing-recorded", "確認できる映像がまだありません。 There is no footage to look at yet.")
	}
	for i := range all {
		all[i].N = i + 1
	}
	return all, nil
}

// Round returns the caller's own round, while they have that duty.
func (r *Room) Round(ctx context.Context, c identity.Caller, id string) (round *Round, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		round, err = r.own(ctx, tx, c, id)
		return err
	})
	return round, err
}

// own finds a round that is the caller's.
func (r *Room) own(ctx context.Context, tx *db.Tx, c identity.Caller, id string) (*Round, error) {
	round, err := findRound(ctx, tx, id)
	if err == nil && (round.Login != c.Person.Login || !slices.Contains(r.dutiesOf(c.Person, r.Now()), round.Unit)) {
		return nil, errNoRound
	}
	return round, err
}

// errNoRound answers alike for rounds that do not exist and those of others.
var errNoRound = vms.Errorf(vms.NotFound, "no-round", "確認の回がありません。 There is no such round.")

// openRound returns the id of a person's round that is neither finished nor lapsed; "" none.
func openRound(ctx context.Context, tx *db.Tx, unit, login string, now vms.Instant) (id string, err error) {
	err = tx.QueryRow(ctx, `SELECT id FROM duty_round WHERE unit = $1 AND login = $2 AND open = 1 AND started > $3`,
		unit, login, int64(now.Add(-openFor))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}

// insertRound adds a round, in place of one that lapsed.
func insertRound(ctx context.Context, tx *db.Tx, r *Round) error {
	if _, err := tx.Exec(ctx, `UPDATE duty_round SET open = 0 WHERE unit = $1 AND login = $2 AND open = 1 AND started <= $3`,
		r.Unit, r.Login, int64(r.Started.Add(-openFor))); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO duty_round (id, unit, login, started, finished, open) VALUES ($1, $2, $3, $4, 0, 1)`,
		r.ID, r.Unit, r.Login, int64(r.Started)); err != nil {
		return err
	}
	for _, m := range r.Moments {
		if _, err := tx.Exec(ctx, `INSERT INTO duty_moment (round, n, camera, at_us, to_us, why, cause, result, note, checked, report)
			VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 0, '')`,
			r.ID, m.N, string(m.Camera), int64(m.From), int64(m.To), string(m.Why), string(m.Cause)); err != nil {
			return err
		}
	}
	return nil
}

func findRound(ctx context.Context, tx *db.Tx, id string) (*Round, error) {
	r := &Round{ID: id}
	err := tx.QueryRow(ctx, `SELECT unit, login, started, finished FROM duty_round WHERE id = $1`, id).Scan(&r.Unit, &r.Login, &r.Started, &r.Finished)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoRound
	}
	if err != nil {
		return nil, err
	}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT n, camera, at_us, to_us, why, cause, result, note, checked, report FROM duty_moment WHERE round = $1 ORDER BY n`, id)) {
		if err != nil {
			return nil, err
		}
		var m Moment
		if err := row.Scan(&m.N, &m.Camera, &m.From, &m.To, &m.Why, &m.Cause, &m.Result, &m.Note, &m.Checked, &m.Report); err != nil {
			return nil, err
		}
		r.Moments = append(r.Moments, m)
	}
	return r, nil
}

// change runs fn in a transaction that tells the inboxes of every node that something changed.
func (r *Room) change(ctx context.Context, fn func(*db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, topic)
	})
}
