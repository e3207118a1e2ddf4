package oplog

import (
	"context"

	"yagura/internal/oplog/hint"
)

// Tenures are who works where, as the register of staff has it: those of a number, of "" all. Nothing of the logs.
func (r *Room) Tenures(ctx context.Context, number string) (out []hint.Tenure, err error) {
	rows, err := r.DB.Query(ctx, `SELECT number, from_day, to_day, name, unit FROM oplog_staff WHERE number = $1 OR $2 = '' ORDER BY number, from_day`, number, number)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t hint.Tenure
		if err := rows.Scan(&t.Number, &t.From, &t.To, &t.Name, &t.Unit); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
