package oplog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/sheet"
)

// staffColumns of the register of staff, as the office of personnel gives it. Numbers of residents and households
// become pseudonyms; a family name with an address does too, and is only used to find hints of rule H7.
var staffColumns = []string{"職員番号", "氏名", "所属コード", "配属開始日", "配属終了日", "任用区分", "業務", "同意署名日", "宛名番号", "世帯番号", "休暇", "住所"}

const neededStaff = 4 // the first columns

// StaffReport is what is in a register, or what came of taking it.
type StaffReport struct {
	Tenures  int
	Leave    int
	Problems []event.Problem // where there are any, nothing was taken
}

// ImportStaff takes the register of staff: whoever is in it has these tenures and no others; who is not stays.
func (r *Room) ImportStaff(ctx context.Context, c identity.Caller, g *sheet.Grid, dry bool) (*StaffReport, error) {
	if err := r.MayImport(c.Person); err != nil {
		return nil, err
	}
	at := make([]int, len(staffColumns))
	for i, name := range staffColumns {
		if at[i] = slices.Index(g.Header, name); at[i] < 0 && i < neededStaff {
			return nil, invalid("bad-file", "見出しに「%s」がありません。 The header has no column %[1]s.", name)
		}
	}
	rep := &StaffReport{}
	var tenures []hint.Tenure
	leave := map[[2]string]bool{}
	for _, row := range g.Rows {
		p := staffRow{row, at, r.Key, nil}
		t := p.tenure()
		for _, d := range strings.Fields(p.cell(10)) {
			leave[[2]string{t.Number, p.day(10, d)}] = true
		}
		tenures, rep.Problems = append(tenures, t), append(rep.Problems, p.problems...)
	}
	rep.Tenures, rep.Leave = len(tenures), len(leave)
	if dry || len(rep.Problems) > 0 {
		return rep, nil
	}
	if err := r.note(ctx, c, ImportStaff, map[string]any{"tenures": rep.Tenures, "leave": rep.Leave}); err != nil {
		return nil, err
	}
	return rep, r.DB.Tx(ctx, func(tx *db.Tx) error { return storeRegister(ctx, tx, tenures, leave) })
}

func storeRegister(ctx context.Context, tx *db.Tx, tenures []hint.Tenure, leave map[[2]string]bool) error {
	for _, t := range tenures {
		if _, err := tx.Exec(ctx, `DELETE FROM oplog_staff WHERE number = $1`, t.Number); err != nil {
			return err
		}
	}
	for _, t := range tenures {
		kind := map[bool]string{true: "temporary", false: "regular"}[t.Temporary]
		if _, err := tx.Exec(ctx, `INSERT INTO oplog_staff (number, from_day, to_day, name, unit, kind, businesses, consent, person, household, kin)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (number, from_day) DO NOTHING`,
			t.Number, t.From, t.To, t.Name, t.Unit, kind, strings.Join(t.Businesses, " "), t.Consent, int64(t.Person), int64(t.Household), int64(t.Kin)); err != nil {
			return err
		}
	}
	for l := range leave {
		if _, err := tx.Exec(ctx, `INSERT INTO oplog_leave (number, day) VALUES ($1, $2) ON CONFLICT (number, day) DO NOTHING`, l[0], l[1]); err != nil {
			return err
		}
	}
	return nil
}

// staffRow is a row of a register while it is read.
type staffRow struct {
	row      sheet.Row
	at       []int
	key      event.Key
	problems []event.Problem
}

func (p *staffRow) cell(i int) string {
	if p.at[i] < 0 {
		return ""
	}
	return p.row.Cells[p.at[i]]
}

func (p *staffRow) wrong(i int, ja, en string) {
	p.problems = append(p.problems, event.Problem{Line: p.row.Line, Column: staffColumns[i], Text: event.Text{Ja: ja, En: en}})
}

func (p *staffRow) day(i int, s string) string {
	if s == "" {
		return ""
	}
	d, ok := sheet.Day(s)
	if !ok {
		p.wrong(i, "日付ではありません。", "It is no date.")
		return ""
	}
	return d.Format("2006-01-02")
}

func (p *staffRow) tenure() hint.Tenure {
	for i := range neededStaff {
		if p.cell(i) == "" {
			p.wrong(i, "入力が必要です。", "It is needed.")
		}
	}
	t := hint.Tenure{Number: p.cell(0), Name: p.cell(1), Unit: p.cell(2), From: p.day(3, p.cell(3)), To: p.day(4, p.cell(4)), Temporary: !slices.Contains([]string{"", "正規", "常勤"}, p.cell(5)),
		Businesses: strings.Fields(p.cell(6)), Consent: p.day(7, p.cell(7)), Person: p.key.Person(p.cell(8)), Household: p.key.Household(p.cell(9))}
	if t.To != "" && t.To < t.From {
		p.wrong(4, "配属終了日が配属開始日より前です。", "It ends before it begins.")
	}
	if family, _, _ := strings.Cut(t.Name, " "); p.cell(11) != "" {
		t.Kin = p.key.Kin(strings.TrimSpace(strings.ReplaceAll(family, "　", "")), p.cell(11))
	}
	return t
}

// Registered is how many people the register of staff has.
func (r *Room) Registered(ctx context.Context) (people int, err error) {
	err = r.DB.QueryRow(ctx, `SELECT COUNT(DISTINCT number) FROM oplog_staff`).Scan(&people)
	if err != nil {
		return 0, fmt.Errorf("count the register of staff: %w", err)
	}
	return people, nil
}
