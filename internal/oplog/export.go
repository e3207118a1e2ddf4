package oplog

import (
	"context"
	"fmt"
	"slices"

	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/sheet"
)

// Least is the smallest number that leaves the room; a smaller one is Hidden.
const (
	Least  = 5
	Hidden = "＊"
)

// masked is a number as it leaves: small ones are hidden, zero as well, so that nobody learns which are none.
func masked(n int64) any {
	if n < Least {
		return Hidden
	}
	return n
}

// outside are the numbers of a row as they leave.
func (r *Row) outside() (out []any) {
	for i, n := range r.measures() {
		switch {
		case n == nil:
			out = append(out, nil)
		case slices.Contains(r.Hidden, Measures[i]):
			out = append(out, Hidden)
		default:
			out = append(out, *n)
		}
	}
	return out
}

var tableNames = map[string]string{byStaff: "職員別", "person": "被検索者別", bySex: "性別", byAge: "年齢階級", byArea: "町丁目", byHour: "時間帯×曜日", byTerminal: "端末別", byBusiness: "業務別",
	byAction: "操作種別", byCriteria: "条件種別", "pairs": "職員×被検索者", protectedPersons: "支援措置対象者", whom: "性別×年齢階級×町丁目", byProfile: "職員×性別×年齢階級"}

var valueNames = map[string]map[string]string{
	bySex:      {event.Male: "男", event.Female: "女", event.Other: "その他・不明", "": "不明"},
	byAction:   {event.Search: "検索", event.View: "照会", event.Print: "帳票出力", event.Update: "更新"},
	byCriteria: {"name": "氏名", "address": "住所", "birthday": "生年月日", "person_ref": "宛名番号", "my_number": "個人番号", "other": "その他", "": "－"},
}

// valueName is a value as tables show it.
func valueName(table, key string) string {
	switch table {
	case byAge:
		if name := BandOf(key); name != "" {
			return name + "歳"
		}
		return "不明"
	case byHour:
		n := rank(key)
		return fmt.Sprintf("%s曜 %d時台", []string{"月", "火", "水", "木", "金", "土", "日"}[n/24%7], n%24)
	}
	if name, ok := valueNames[table][key]; ok {
		return name
	}
	return key
}

// ExportCounts is a table as a file: small numbers are hidden, and there is no total to work them out from.
func (r *Room) ExportCounts(ctx context.Context, c identity.Caller, table string, q Query) (*sheet.Table, error) {
	s, err := r.reading(ctx, c, Export, table, q)
	if err != nil {
		return nil, err
	}
	switch table {
	case byProfile:
		return r.exportCross(ctx, s, q)
	case whom:
		return r.exportWhom(ctx, s, q)
	case "hints":
		return r.exportHints(ctx, c.Person, s, q)
	}
	t, err := r.count(ctx, s, table, q)
	if err != nil {
		return nil, err
	}
	out := &sheet.Table{Name: fmt.Sprintf("操作ログ_%s_%s_%s", tableNames[table], q.From, q.To)}
	if table == byStaff || table == "pairs" {
		out.Columns = append(out.Columns, sheet.Column{Name: "職員"}, sheet.Column{Name: "氏名"}, sheet.Column{Name: "所属"})
	}
	if table != byStaff {
		out.Columns = append(out.Columns, sheet.Column{Name: map[bool]string{true: "被検索者（仮名）", false: tableNames[table]}[ofPersons(table)]})
	}
	for _, name := range []string{"件数", "受付番号・事由なし", "支援措置対象", "前期間", "前年同月"} {
		out.Columns = append(out.Columns, sheet.Column{Name: name, Kind: sheet.Number})
	}
	for _, row := range t.Rows {
		var line []any
		if row.Staff != nil {
			line = append(line, row.Staff.ID, row.Staff.Name, r.unitName(row.Staff.Unit))
		}
		if ofPersons(table) {
			line = append(line, row.Person)
		} else if table != byStaff {
			line = append(line, valueName(table, row.Key))
		}
		out.Rows = append(out.Rows, append(line, row.outside()...))
	}
	return out, nil
}

func (r *Room) exportCross(ctx context.Context, s Scope, q Query) (*sheet.Table, error) {
	profiles, err := r.cross(ctx, s, q)
	if err != nil {
		return nil, err
	}
	out := &sheet.Table{Name: fmt.Sprintf("操作ログ_%s_%s_%s", tableNames[byProfile], q.From, q.To), Columns: []sheet.Column{{Name: "職員"}, {Name: "氏名"}, {Name: "性別"}, {Name: "年齢階級"},
		{Name: "件数", Kind: sheet.Number}, {Name: "割合（％）", Kind: sheet.Number}, {Name: "同僚の中央値（％）", Kind: sheet.Number}}}
	for _, p := range profiles {
		for _, c := range p.whole(columnsOf(profiles)) {
			n, share, peers := any(Hidden), any(Hidden), any(Hidden)
			if !c.Hidden {
				n, share = c.N, percent(c.Share)
				if len(profiles) > leastPeers {
					peers = percent(c.Peers)
				}
			}
			out.Rows = append(out.Rows, []any{p.Staff.ID, p.Staff.Name, valueName(bySex, c.Sex), valueName(byAge, fmt.Sprint(c.Band)), n, share, peers})
		}
	}
	return out, nil
}

// leastPeers is how many peers a median is told of: that of one or two is somebody's own figure.
const leastPeers = 3

func percent(share float64) float64 { return float64(int(share*1000+0.5)) / 10 }

// unitName is a unit's name, or its id where the organisation does not know it.
func (r *Room) unitName(id string) string {
	if u := r.Cameras().Organisation.Find(id); u != nil {
		return u.Name
	}
	return id
}
