package survey

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"

	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Category is what kind of 部署 one is.
type Category struct{ ID, Name, NameEn string }

// Categories are all of them, in 建制順.
var Categories = []Category{
	{"section", "区長部局分野", "Sections"}, {"facility", "区長部局事業所", "Facilities"}, {"accounting", "会計室", "Accounting"}, {"assembly", "区議会事務局", "Assembly"},
	{"committee", "行政委員会事務局", "Committees"}, {"primary", "小学校", "Primary schools"}, {"secondary", "中学校", "Secondary schools"},
}

// ReportingUnit is a 部署 that answers surveys.
type ReportingUnit struct {
	ID, Name, Category string
	Unit               string // of the organisation, whose people answer for it; where it has the same id, it is that unit
}

//go:embed units.csv
var sampleUnits []byte

// SampleUnits are the 150 部署 of the sample.
func SampleUnits() ([]ReportingUnit, error) { return ReadUnits(sampleUnits) }

// ReadUnits reads the list of 部署 from a table: 部署コード, 部署名, 区分, 所管コード, in 建制順.
func ReadUnits(file []byte) ([]ReportingUnit, error) {
	g, err := sheet.Read(file)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(g.Header, []string{"部署コード", "部署名", "区分", "所管コード"}) {
		return nil, vms.Errorf(vms.Invalid, "bad-file", "見出しは 部署コード,部署名,区分,所管コード です。 The header names other columns.")
	}
	var out []ReportingUnit
	seen := map[string]bool{}
	for _, row := range g.Rows {
		u := ReportingUnit{ID: row.Cells[0], Name: row.Cells[1], Unit: row.Cells[3]}
		i := slices.IndexFunc(Categories, func(c Category) bool { return c.Name == row.Cells[2] })
		if i < 0 || !nameOf.MatchString(u.ID) || u.Name == "" || u.Unit == "" || seen[u.ID] {
			return nil, vms.Errorf(vms.Invalid, "bad-file", "%d行目：部署コード（重複なし）・部署名・区分・所管コードを確かめてください。 Line %[1]d: a code of its own, a name, a category and a unit.", row.Line)
		}
		u.Category, seen[u.ID] = Categories[i].ID, true
		out = append(out, u)
	}
	return out, nil
}

// putUnits makes the list of 部署 what it says here.
func putUnits(ctx context.Context, tx *db.Tx, list []ReportingUnit) error {
	if _, err := tx.Exec(ctx, `DELETE FROM reporting_unit`); err != nil {
		return err
	}
	for i, u := range list {
		if _, err := tx.Exec(ctx, `INSERT INTO reporting_unit (id, name, category, unit, place) VALUES ($1, $2, $3, $4, $5)`, u.ID, u.Name, u.Category, u.Unit, i+1); err != nil {
			return err
		}
	}
	return nil
}

// SetUnits replaces the list of 部署; surveys that were opened keep theirs. It is for whoever runs the machine.
func (r *Room) SetUnits(ctx context.Context, a record.Actor, list []ReportingUnit) error {
	org := r.Cameras().Organisation
	for _, u := range list {
		if org.Find(u.Unit) == nil {
			return vms.Errorf(vms.Invalid, "no-unit", "%s：所管「%s」が組織にありません。 There is no unit %[2]q in the organisation.", u.Name, u.Unit)
		}
	}
	if err := r.say(ctx, a, SetUnits, strconv.Itoa(len(list))); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return putUnits(ctx, tx, list) })
}

// snapshot takes whom a survey asks. Where a unit of the organisation ended, its heir's people answer.
func (r *Room) snapshot(ctx context.Context, tx *db.Tx, name string) error {
	var list []ReportingUnit
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, name, category, unit FROM reporting_unit ORDER BY place`)) {
		if err != nil {
			return err
		}
		var u ReportingUnit
		if err := row.Scan(&u.ID, &u.Name, &u.Category, &u.Unit); err != nil {
			return err
		}
		list = append(list, u)
	}
	if len(list) == 0 {
		return vms.Errorf(vms.Conflict, "no-units", "部署の一覧がありません。yagura survey units で読み込んでください。 There is no list of reporting units: load it with yagura survey units.")
	}
	for i, u := range list {
		if heirs := r.Cameras().Organisation.Heirs(u.Unit, r.Now()); len(heirs) > 0 {
			u.Unit = heirs[0].ID
		}
		if err := insertTarget(ctx, tx, name, i+1, &Reply{ReportingUnit: u, State: Untouched}); err != nil {
			return fmt.Errorf("target %s: %w", u.ID, err)
		}
	}
	return nil
}
