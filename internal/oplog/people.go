package oplog

import (
	"context"
	"fmt"
	"slices"

	"yagura/internal/db"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

const done = ` AND import IN (SELECT id FROM oplog_import WHERE state = 'done')`

// span is the time of months that follow one another.
func span(months []string) vms.Span {
	a, _ := monthSpan(months[0]) // they were made from instants
	b, _ := monthSpan(months[len(months)-1])
	return vms.Span{From: a.From, To: b.To}
}

// countPeople counts searched persons, or which member of staff looked them up how often, from the events there are.
func (r *Room) countPeople(ctx context.Context, tx *db.Tx, s Scope, t *Table, now, before, lastYear []string, reg *hint.Register) error {
	columns := map[bool]string{true: "staff, person", false: "'', person"}[t.Name == "pairs"]
	group := map[bool]string{true: "staff, person", false: "person"}[t.Name == "pairs"]
	least := map[bool]string{true: "HAVING COUNT(*) > 2", false: ""}[t.Name == "pairs"]
	only := map[bool]string{true: " AND protected = 1", false: ""}[t.Name == protectedPersons]
	in := span(now)
	where, args := s.where(&t.Query, []any{int64(in.From), int64(in.To)})
	rows, err := tx.Query(ctx, fmt.Sprintf(`SELECT %s, COUNT(*) AS n, SUM(1 - cased), SUM(protected) FROM oplog_event WHERE at_us >= $1 AND at_us < $2 AND person <> 0 AND action <> 'login'`+only+done+where+`
		GROUP BY %s %s ORDER BY n DESC, %s LIMIT %d`, columns, group, least, group, mostRows), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var persons []event.Pseudonym
	var staff []string
	for rows.Next() {
		var row Row
		var number string
		var p event.Pseudonym
		if err := rows.Scan(&number, &p, &row.N, &row.Uncased, &row.Protected); err != nil {
			return err
		}
		row.Person, row.Key = p.String(), p.String()
		if t.Name == "pairs" {
			row.Staff = r.shown(s, reg, number, "")
			row.Key = row.Staff.ID + " " + row.Person
		}
		t.Rows, persons, staff, t.Total = append(t.Rows, row), append(persons, p), append(staff, number), t.Total+row.N
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for i, months := range [][]string{before, lastYear} {
		counts, err := r.countOthers(ctx, tx, s, t, span(months), persons)
		if err != nil || counts == nil {
			return err
		}
		for n := range t.Rows {
			k := pair{"", persons[n]}
			if t.Name == "pairs" {
				k.staff = staff[n]
			}
			c := counts[k]
			*[]**int64{&t.Rows[n].Previous, &t.Rows[n].LastYear}[i] = &c // each has its own
		}
	}
	return nil
}

type pair struct {
	staff  string
	person event.Pseudonym
}

// countOthers counts the same persons in another period; nil where its events are not kept any more.
func (r *Room) countOthers(ctx context.Context, tx *db.Tx, s Scope, t *Table, in vms.Span, persons []event.Pseudonym) (map[pair]int64, error) {
	var kept int64
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM (SELECT event FROM oplog_event WHERE at_us >= $1 AND at_us < $2 LIMIT 1) AS kept`, int64(in.From), int64(in.To)).Scan(&kept); err != nil || kept == 0 {
		return nil, err
	}
	columns, group := "''", "person"
	if t.Name == "pairs" {
		columns, group = "staff", "staff, person"
	}
	out := map[pair]int64{}
	for part := range slices.Chunk(persons, knownRows) {
		args := []any{int64(in.From), int64(in.To)}
		where, args := s.where(&t.Query, args)
		list := params(len(args), len(part))
		for _, p := range part {
			args = append(args, int64(p))
		}
		rows, err := tx.Query(ctx, fmt.Sprintf(`SELECT %s, person, COUNT(*) FROM oplog_event WHERE at_us >= $1 AND at_us < $2 AND action <> 'login'%s AND person IN (%s) GROUP BY %s`,
			columns, done+where, list, group), args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var k pair
			var n int64
			if err := rows.Scan(&k.staff, &k.person, &n); err != nil {
				rows.Close()
				return nil, err
			}
			out[k] = n
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		rows.Close()
	}
	return out, nil
}
