package oplog

import (
	"context"
	"strings"

	"yagura/internal/db"
	"yagura/internal/oplog/hint"
)

func loadRegister(ctx context.Context, tx *db.Tx) (*hint.Register, error) {
	r := &hint.Register{Tenures: map[string][]hint.Tenure{}, Leave: map[string]map[string]bool{}}
	rows, err := tx.Query(ctx, `SELECT number, from_day, to_day, name, unit, kind, businesses, consent, person, household, kin FROM oplog_staff ORDER BY number, from_day COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t hint.Tenure
		var kind, businesses string
		if err := rows.Scan(&t.Number, &t.From, &t.To, &t.Name, &t.Unit, &kind, &businesses, &t.Consent, &t.Person, &t.Household, &t.Kin); err != nil {
			return nil, err
		}
		t.Temporary, t.Businesses = kind == "temporary", strings.Fields(businesses)
		r.Tenures[t.Number] = append(r.Tenures[t.Number], t)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	return r, loadLeave(ctx, tx, r)
}

func loadLeave(ctx context.Context, tx *db.Tx, r *hint.Register) error {
	rows, err := tx.Query(ctx, `SELECT number, day FROM oplog_leave`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number, day string
		if err := rows.Scan(&number, &day); err != nil {
			return err
		}
		if r.Leave[number] == nil {
			r.Leave[number] = map[string]bool{}
		}
		r.Leave[number][day] = true
	}
	return rows.Err()
}
