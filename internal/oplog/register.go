package oplog

import (
	"context"
	"strings"

	"yagura/internal/db"
	"yagura/internal/oplog/event"
)

// Tenure is where somebody works, in which period.
type Tenure struct {
	Number, Name, Unit string
	From, To           string // days; To is the last one, "" open
	Temporary          bool
	Consent            string // day of the signed consent; "" none
	Businesses         []string
	Person             event.Pseudonym
	Household          event.Pseudonym
	Kin                event.Pseudonym
}

// covers reports whether a day lies in the tenure.
func (t *Tenure) covers(day string) bool { return t.From <= day && (t.To == "" || day <= t.To) }

// register is who works where, and who was on leave.
type register struct {
	tenures map[string][]Tenure // by number, in order
	leave   map[string]map[string]bool
}

// on is the tenure of a day; nil where there is none.
func (r *register) on(number, day string) *Tenure {
	list := r.tenures[number]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].covers(day) {
			return &list[i]
		}
	}
	return nil
}

// last is the tenure that began last; nil where the number is not known.
func (r *register) last(number string) *Tenure {
	if list := r.tenures[number]; len(list) > 0 {
		return &list[len(list)-1]
	}
	return nil
}

func loadRegister(ctx context.Context, tx *db.Tx) (*register, error) {
	r := &register{map[string][]Tenure{}, map[string]map[string]bool{}}
	rows, err := tx.Query(ctx, `SELECT number, from_day, to_day, name, unit, kind, businesses, consent, person, household, kin FROM oplog_staff ORDER BY number, from_day COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t Tenure
		var kind, businesses string
		if err := rows.Scan(&t.Number, &t.From, &t.To, &t.Name, &t.Unit, &kind, &businesses, &t.Consent, &t.Person, &t.Household, &t.Kin); err != nil {
			return nil, err
		}
		t.Temporary, t.Businesses = kind == "temporary", strings.Fields(businesses)
		r.tenures[t.Number] = append(r.tenures[t.Number], t)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	return r, r.loadLeave(ctx, tx)
}

func (r *register) loadLeave(ctx context.Context, tx *db.Tx) error {
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
		if r.leave[number] == nil {
			r.leave[number] = map[string]bool{}
		}
		r.leave[number][day] = true
	}
	return rows.Err()
}
