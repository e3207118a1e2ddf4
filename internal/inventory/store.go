package inventory

import (
	"context"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

func noneOpen(ctx context.Context) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM rights_review WHERE closed = 0`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return vms.Errorf(vms.Conflict, "one-open", "締め切られていない棚卸があります。 There is an open review.")
		}
		return nil
	}
}

func insert(ctx context.Context, tx *db.Tx, v *Review) error {
	_, err := tx.Exec(ctx, `INSERT INTO rights_review (id, taken, taken_by, closed, closed_by, remark) VALUES ($1, $2, $3, 0, '', '')`, v.ID, int64(v.Taken), v.TakenBy)
	if err != nil {
		return err
	}
	for i := range v.Lines {
		l := &v.Lines[i]
		if _, err := tx.Exec(ctx, `INSERT INTO rights_line (review, n, appointment, login, name, post, unit, from_at, to_at, state, reason, decided_by, decided, actions, cameras)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', 0, $11, $12)`, v.ID, l.N, l.Appointment, l.Login, l.Name, string(l.Post), l.Unit, int64(l.From), int64(l.To),
			l.State, strings.Join(l.Actions, " "), l.Cameras); err != nil {
			return err
		}
	}
	return nil
}

// reviews returns them with all lines, newest first.
func reviews(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Review, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, taken, taken_by, closed, closed_by, remark FROM rights_review WHERE `+where+` ORDER BY taken DESC`, args...)) {
		if err != nil {
			return nil, err
		}
		var v Review
		if err := row.Scan(&v.ID, &v.Taken, &v.TakenBy, &v.Closed, &v.ClosedBy, &v.Remark); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	for i := range out {
		if out[i].Lines, err = linesOf(ctx, tx, out[i].ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func linesOf(ctx context.Context, tx *db.Tx, review string) (out []Line, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT n, appointment, login, name, post, unit, from_at, to_at, actions, cameras, state, reason, decided_by, decided
		FROM rights_line WHERE review = $1 ORDER BY n`, review)) {
		if err != nil {
			return nil, err
		}
		var l Line
		var actions string
		if err := row.Scan(&l.N, &l.Appointment, &l.Login, &l.Name, &l.Post, &l.Unit, &l.From, &l.To, &actions, &l.Cameras, &l.State, &l.Reason, &l.DecidedBy, &l.Decided); err != nil {
			return nil, err
		}
		l.Actions = strings.Fields(actions)
		out = append(out, l)
	}
	return out, nil
}
