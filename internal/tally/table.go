package tally

import (
	"context"
	"fmt"

	"yagura/internal/record"
	"yagura/internal/sheet"
)

// Exported is the audit action of a table that left. Detail is the year and the instant.
const Exported = "figures.export"

// Table is a sheet as a file: a row for each unit and obligation, with last year's figures at the same day
// beside them where before is not nil. That it left is in the log.
func (r *Room) Table(ctx context.Context, a record.Actor, s, before *Sheet) (*sheet.Table, error) {
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, Exported, fmt.Sprintf("%d %s", s.Year, s.At)
	if _, err := r.c.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	t := &sheet.Table{Name: fmt.Sprintf("実施状況_%d年度", s.Year), Columns: []sheet.Column{{Name: "年度", Kind: sheet.Number}, {Name: "時点"}, {Name: "部コード"}, {Name: "所属コード"}, {Name: "所属名", Width: 24},
		{Name: "項目", Width: 14}, {Name: "単位"}}}
	heads := []string{"対象", "実施", "遅れ", "未実施", "期限前", "記録件数"}
	for _, h := range heads {
		t.Columns = append(t.Columns, sheet.Column{Name: h, Kind: sheet.Number})
	}
	for _, h := range heads {
		t.Columns = append(t.Columns, sheet.Column{Name: "前年同期_" + h, Kind: sheet.Number})
	}
	ward := Line{Name: "区全体", Figures: s.Ward}
	if !s.Whole {
		ward.Name = "合計"
	}
	for _, l := range append(s.Lines[:len(s.Lines):len(s.Lines)], ward) {
		for i, o := range Obligations {
			row := []any{int64(s.Year), s.Day, l.Department, l.Unit, l.Name, o.Name.Ja, o.Counted.Ja}
			row = append(row, l.Figures[i].cells()...)
			if was := before.of(l.Unit); was != nil {
				row = append(row, was[i].cells()...)
			} else {
				row = append(row, make([]any, len(heads))...)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t, nil
}

func (f Figure) cells() []any {
	return []any{int64(f.Due), int64(f.Done), int64(f.Late), int64(f.Missing), int64(f.Open), int64(f.Count)}
}

// of are the figures of a unit, "" the ward; nil where there are none.
func (s *Sheet) of(unit string) []Figure {
	if s == nil {
		return nil
	}
	if unit == "" {
		return s.Ward
	}
	for _, l := range s.Lines {
		if l.Unit == unit {
			return l.Figures
		}
	}
	return nil
}
