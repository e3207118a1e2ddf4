package record

import (
	"context"
	"errors"
	"slices"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Ready are the moves that settle a debt and that somebody may make of its record as it is: nothing has to be filled
// in, no reason given, and nothing stands in their way.
func (s *Store) Ready(ctx context.Context, a Actor, d Debt) ([]*Move, error) {
	r, by := d.Record, d.Deadline.By
	k := s.kinds[r.Kind]
	if len(by) == 0 {
		by = []string{d.Deadline.ID}
	}
	var out []*Move
	for i := range k.Moves {
		m := &k.Moves[i]
		if !slices.Contains(by, m.ID) {
			continue
		}
		_, _, err := s.going(ctx, a, k, r, Going{Move: m.ID}, nil)
		switch {
		case err == nil:
			out = append(out, m)
		case errors.Is(err, vms.Invalid), errors.Is(err, vms.Denied), errors.Is(err, vms.Conflict):
		default:
			return nil, err
		}
	}
	return out, nil
}

// Claim is a deadline of a record and a post that owes it for the record's unit.
type Claim struct {
	Record, Deadline, Unit, Day string
	Role                        Role
}

// Claims are the deadlines that fall due by a day, whoever owes them. It asks nobody's leave: who is to be reminded
// comes of it, not what the records say.
func (s *Store) Claims(ctx context.Context, by string) (out []Claim, err error) {
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		for row, err := range db.Rows(tx.Query(ctx, `SELECT record, deadline, unit, day, role FROM record_due WHERE day <= $1 AND told_us <= $2 ORDER BY day, record, deadline, role`, by, s.Now())) {
			if err != nil {
				return err
			}
			var c Claim
			if err := row.Scan(&c.Record, &c.Deadline, &c.Unit, &c.Day, &c.Role); err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
}
