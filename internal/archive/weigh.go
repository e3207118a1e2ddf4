package archive

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const weighAtOnce = 500 // rows in one transaction

// weighAll weighs the rows that were made before rows were weighed, as often as it takes.
func (a *Archive) weighAll(ctx context.Context) error {
	for told := false; ctx.Err() == nil; {
		n, err := a.weighSome(ctx)
		switch {
		case err == nil && n == 0:
			return nil
		case err != nil && !told:
			a.cfg.Log.Warn("older segments are not weighed yet", "err", err)
			told = true
			fallthrough
		case err != nil:
			vms.Sleep(ctx, repairAgain)
		}
	}
	return nil
}

func (a *Archive) weighSome(ctx context.Context) (n int, err error) {
	err = a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		old, err := unweighed(ctx, tx)
		if err != nil {
			return err
		}
		n = len(old)
		for _, s := range old {
			mean, peak := weigh(s.Activity, s.Span)
			_, err := tx.Exec(ctx, `UPDATE segment SET mean = $1, peak = $2 WHERE camera = $3 AND stream = $4 AND start_us = $5 AND key = $6`,
				mean, peak, s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func unweighed(ctx context.Context, tx *db.Tx) ([]*Segment, error) {
	rows, err := tx.Query(ctx, `SELECT camera, stream, start_us, end_us, key, activity FROM segment WHERE mean < 0 LIMIT $1`, weighAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Segment
	for rows.Next() {
		s := &Segment{}
		var activity []byte
		if err := rows.Scan(&s.Feed.Camera, &s.Feed.Stream, &s.Span.From, &s.Span.To, &s.Key, &activity); err != nil {
			return nil, err
		}
		s.Activity = decodeActivity(activity)
		out = append(out, s)
	}
	return out, rows.Err()
}
