package dossier

import (
	"fmt"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// when is an instant as it stands on paper.
func when(at vms.Instant) string { return at.Time().In(conf.JST).Format("2006-01-02 15:04") }

// foot says on every page who made the pack, and when.
func (b *building) foot() string {
	return "証跡パック　作成 " + b.p.Name + "　" + when(b.at)
}

// paper is a record as it is printed: what it says, who moved it on, and how it came about.
func (b *building) paper(k *record.Kind, rec *record.Record, history []record.Version) *paper.Document {
	d := paper.New(k.Name.Ja)
	d.Top = []string{k.Label(rec)}
	if rec.Name != "" {
		d.Top = append(d.Top, rec.Name)
	}
	d.Mark, d.Foot = "取扱注意", b.foot()
	said := [][]string{{"項目", "内容"}}
	var tables []paper.Block
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type == record.Table {
			if rows := f.Spread(rec.Values, rec.Names); len(rows) > 1 {
				tables = append(tables, paper.Block{Kind: paper.Label, Text: f.Name.Ja}, paper.Block{Kind: paper.Table, Rows: rows})
			}
			continue
		}
		if text := f.Told(rec.Values, rec.Names); text != "" {
			said = append(said, []string{f.Heading(), text})
		}
	}
	said = append(said, []string{"状態", k.StateName(rec.State).Ja})
	d.Blocks = append(append(d.Blocks, paper.Block{Kind: paper.Table, Rows: said, Widths: []float64{1, 3}}), tables...)
	steps := [][]string{{"版", "日時", "操作", "職・氏名", "理由"}}
	for i := len(history) - 1; i >= 0; i-- {
		v := &history[i]
		what := k.What(v.What).Ja
		if v.Deputy {
			what += "（代決）"
		}
		steps = append(steps, []string{itoa(int(v.Version)), when(v.At), what, v.Name, strings.TrimSpace(v.Reason)})
	}
	d.Add(paper.Label, "経過")
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Table, Rows: steps, Widths: []float64{0.5, 1.6, 1.6, 2, 2.3}})
	return d
}

// label is a fiscal year in words.
func label(year int) string {
	return fmt.Sprintf("%d年度（%[1]d年4月1日～%[2]d年3月31日）", year, year+1)
}
