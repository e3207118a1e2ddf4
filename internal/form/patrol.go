package form

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/factor"
	"yagura/internal/paper"
	"yagura/internal/record"
)

// findings are what patrols found, a finding a line.
func findings(p *press, all []*record.Record) ([]*paper.Document, error) {
	d := p.page(p.form.Name.Ja)
	b := paper.Block{Kind: paper.Table, Size: dense, Rows: [][]string{{"番号・実施日", "所属", "項目・所見", "指示内容", "是正内容", "是正期限", "是正日", "状態"}}, Widths: []float64{1.8, 2, 3.4, 2.6, 2.6, 1.6, 1.6, 1.2}}
	for _, x := range all {
		if x.State == "void" {
			continue
		}
		for _, check := range x.Values.Rows("checks") {
			if check.Text("result") == "bad" {
				b.Rows = append(b.Rows, []string{p.kind.Label(x) + "\n" + p.short(x, "day"), x.Name, check.Text("item") + "\n" + check.Text("note"),
					p.short(x, "instruction"), p.short(x, "mended"), p.short(x, "mend_by"), p.short(x, "mended_on"), p.state(x)})
			}
		}
	}
	d.Under, d.Seals = []string{p.span(), "指摘　" + num(len(b.Rows)-1) + "件"}, boxes("統括管理者", "執行責任者", "担当")
	if len(b.Rows) == 1 {
		d.Add(paper.Text, "該当なし")
	} else {
		d.Blocks = append(d.Blocks, b)
	}
	return []*paper.Document{d}, nil
}

// departments are the patrols of each 部, in 建制順; a unit without any counts as missing.
func departments(p *press, all []*record.Record) ([]*paper.Document, error) {
	org := p.c.Cameras().Organisation
	type sums struct {
		units, walked                      map[string]bool
		patrols, designated, found, mended int
	}
	by := map[string]*sums{}
	of := func(unit string) *sums {
		id := org.Department(unit).ID
		if by[id] == nil {
			by[id] = &sums{units: map[string]bool{}, walked: map[string]bool{}}
		}
		return by[id]
	}
	for _, u := range org.Units {
		whole := slices.ContainsFunc(org.Units, func(part *camera.Unit) bool { return part.Parent == u.ID && part.In(p.now) })
		if u.In(p.now) && !whole && p.kind.Reads(p.actor, u.ID) {
			of(u.ID).units[u.ID] = true
		}
	}
	for _, x := range all {
		if x.State == "draft" || x.State == "void" || org.Find(x.Unit) == nil {
			continue
		}
		s, found := of(x.Unit), int(compliance.Found(x.Values))
		s.walked[x.Unit], s.units[x.Unit] = true, true
		s.patrols, s.found = s.patrols+1, s.found+found
		if x.Values.Text("by") == "designated" {
			s.designated++
		}
		if x.State == "done" {
			s.mended += found
		}
	}
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{"部", "部署", "巡回した部署", "巡回", "うち指定職員", "指摘", "是正済", "是正中"}}, Widths: []float64{3.6, 1, 1.8, 1, 1.8, 1, 1.1, 1.1},
		Right: []bool{false, true, true, true, true, true, true, true}}
	var sum [7]int
	for _, u := range org.Units {
		s := by[u.ID]
		if s == nil {
			continue
		}
		row := []string{u.Name}
		for i, n := range []int{len(s.units), len(s.walked), s.patrols, s.designated, s.found, s.mended, s.found - s.mended} {
			row, sum[i] = append(row, num(n)), sum[i]+n
		}
		b.Rows = append(b.Rows, row)
	}
	last := []string{"計"}
	for _, n := range sum {
		last = append(last, num(n))
	}
	b.Rows = append(b.Rows, last)
	d := p.page(p.form.Name.Ja)
	d.Under, d.Seals = []string{p.span()}, boxes("部長", "統括管理者", "担当")
	d.Blocks = append(d.Blocks, b)
	return []*paper.Document{d}, nil
}

// blankPatrol is a sheet to be carried along and filled in by hand; its code begins the record of the unit.
func blankPatrol(p *press, u *camera.Unit) (*paper.Document, error) {
	d := p.page(p.form.Name.Ja)
	d.Under, d.Seals = []string{"所属　" + u.Name, "読み取ると、この所属の巡回の記録が始まります。"}, boxes("統括管理者", "執行責任者")
	var err error
	if d.Code, err = factor.QR(unitAddress(p.kind.ID, u.ID)); err != nil {
		return nil, err
	}
	d.Blocks = append(d.Blocks,
		paper.Block{Kind: paper.Pairs, Tall: 8.5, Rows: [][]string{
			{"実施日", "令和　　年　　月　　日", "時刻", "　　：　　～　　：　　"},
			{"実施者", "", "巡回区域", ""},
			{"実施者区分", "□管理職　□執行責任者　□指定職員（報告先　　　　　　　　　　　　　　　）"}}})
	checks := paper.Block{Kind: paper.Table, Tall: 9, Rows: [][]string{{"点検項目", "○", "×", "該当なし", "所見"}}, Widths: []float64{5.2, 0.8, 0.8, 1.5, 5.7}}
	for _, item := range p.kind.FieldOf("checks").Rows {
		checks.Rows = append(checks.Rows, []string{item, "", "", "", ""})
	}
	d.Blocks = append(d.Blocks, checks, paper.Block{Kind: paper.Pairs, Tall: 12, Rows: [][]string{
		{"指示内容", ""}, {"是正期限", "令和　　年　　月　　日", "是正日", "令和　　年　　月　　日"}, {"是正内容", ""}}})
	return d, nil
}
