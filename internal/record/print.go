package record

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"yagura/internal/vms"
)

// PrintRecords is the audit action of a printed form. Its detail is the kind, the form, how many records, and which
// where it is one.
const PrintRecords = "record.print"

// Shows reports whether the field is there, as far as the others say.
func (f *Field) Shows(v Values) bool { return f.When.holds(v) }

// FieldOf is the declaration of a field; nil where there is none. StateOf is that of a state.
func (k *Kind) FieldOf(id string) *Field { return k.field(id) }
func (k *Kind) StateOf(id string) *State { return k.state(id) }

// Every is every record that a list would show, the oldest first; more than most are refused.
func (s *Store) Every(ctx context.Context, a Actor, kind string, q Query, most int) (all []*Record, err error) {
	q.Oldest, q.Limit, q.After = true, pageMost, ""
	for more := true; more; {
		p, err := s.List(ctx, a, kind, q)
		if err != nil {
			return nil, err
		}
		if p.All > most {
			return nil, vms.Errorf(vms.Invalid, "too-many-records", "%d件あります。期間を絞ってください（%d件まで）。 Narrow the period: at most %[2]d.", p.All, most)
		}
		if all, more = append(all, p.Records...), p.More; more {
			q.After = all[len(all)-1].ID
		}
	}
	return all, nil
}

// SayPrinted writes into the audit log that records go onto paper, before they do.
func (s *Store) SayPrinted(ctx context.Context, a Actor, kind, form string, records []*Record) error {
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, PrintRecords, fmt.Sprintf("%s %s %d", kind, form, len(records))
	if len(records) == 1 {
		e.Detail += " " + records[0].ID
	}
	_, err := s.Log.Append(ctx, e)
	return err
}

// label is a record's number as it is written: R8巡-12.
var label = regexp.MustCompile(`^([RH])(\d{1,2})(\D{1,4}?)-(\d{1,9})$`)

// Called is the record of an id or a number, as a scanner or a person types it: in any width and case.
func (s *Store) Called(ctx context.Context, a Actor, code string) (*Record, error) {
	code = strings.ToUpper(vms.Fold(strings.TrimSpace(code)))
	m := label.FindStringSubmatch(code)
	if m == nil {
		return s.Find(ctx, a, code)
	}
	n, _ := strconv.Atoi(m[2]) // digits only, few of them
	number, _ := strconv.Atoi(m[4])
	year := 1988 + n
	if m[1] == "R" {
		year = 2018 + n
	}
	for _, k := range s.Declared {
		if vms.Fold(k.Prefix) != vms.Fold(m[3]) {
			continue
		}
		var id string
		err := s.DB.QueryRow(ctx, `SELECT COALESCE(MAX(id), '') FROM record WHERE kind = $1 AND year = $2 AND number = $3`, k.ID, year, number).Scan(&id)
		if err != nil {
			return nil, err
		}
		return s.Find(ctx, a, id)
	}
	return nil, errNone
}
