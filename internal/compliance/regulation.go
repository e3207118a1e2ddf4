package compliance

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Article is an article of a regulation that is in force.
type Article struct {
	Regulation, Number string // its name; 要綱第108号
	From               string // day from which this version is in force
	Article, Title     string
	Setting            string // it governs: an option of the field setting; "" none
	Value              string // it says of it, as 30日
}

// Present is a setting as it is now. Where it differs from place to place there are several.
type Present struct {
	Number int64  // days, rounds a month, minutes
	Text   string // 30日（98台）
}

// Articles are the articles of all regulations in force today, by name and article.
func (r *Room) Articles(ctx context.Context) (out []Article, err error) {
	today := record.DayOf(r.c.Now())
	p, err := r.List(ctx, house, Regulation.ID, record.Query{States: []string{"in_force"}, To: today, Limit: 1000})
	if err != nil {
		return nil, err
	}
	for _, rec := range p.Records {
		v := rec.Values
		for _, row := range v.Rows("articles") {
			out = append(out, Article{Regulation: v.Text("name"), Number: v.Text("number"), From: v.Text("from"), Article: row.Text("article"), Title: row.Text("title"),
				Setting: strings.TrimPrefix(row.Text("setting"), "none"), Value: row.Text("value")})
		}
	}
	slices.SortStableFunc(out, func(a, b Article) int { return strings.Compare(a.Regulation, b.Regulation) })
	return out, nil
}

// Governed is a setting that an article governs, beside what is set.
type Governed struct {
	Article, Title string
	Setting        string // an option of the field setting
	Says           string
	Present        []Present
	Agrees         bool // everything that is set is what the article says
	Known          bool // both say a number, so that they can be compared
}

// Governed are the settings that the articles of a regulation govern, with what is set now.
func (r *Room) Governed(ctx context.Context, a record.Actor, id string) (out []Governed, err error) {
	rec, err := r.regulation(ctx, a, id)
	if err != nil {
		return nil, err
	}
	for _, row := range rec.Values.Rows("articles") {
		g := Governed{Article: row.Text("article"), Title: row.Text("title"), Setting: row.Text("setting"), Says: row.Text("value")}
		if g.Setting == "" || g.Setting == "none" {
			continue
		}
		if g.Present, err = r.present(ctx, g.Setting); err != nil {
			return nil, err
		}
		n, ok := numberIn(g.Says)
		g.Known = ok && len(g.Present) > 0
		g.Agrees = g.Known && !slices.ContainsFunc(g.Present, func(p Present) bool { return p.Number != n })
		out = append(out, g)
	}
	return out, nil
}

// present is what is set: of what the records themselves ask for, or of what the caller knows.
func (r *Room) present(ctx context.Context, setting string) ([]Present, error) {
	if setting == "induction" {
		return []Present{{LeastMinutes, strconv.Itoa(LeastMinutes) + "分以上"}}, nil
	}
	if r.c.Present == nil {
		return nil, nil
	}
	return r.c.Present(ctx, setting)
}

var errNoRegulation = vms.Errorf(vms.NotFound, "no-record", "記録がありません。 There is no such record.")

func (r *Room) regulation(ctx context.Context, a record.Actor, id string) (*record.Record, error) {
	rec, err := r.Find(ctx, a, id)
	if err == nil && rec.Kind != Regulation.ID {
		err = errNoRegulation
	}
	return rec, err
}

var digits = regexp.MustCompile(`\d+`)

// numberIn is the number a value names: 30 of 30日, ３０日 and 30; ok is false where there is none, or more than one.
func numberIn(value string) (n int64, ok bool) {
	all := digits.FindAllString(width.Fold.String(value), -1)
	if len(all) != 1 {
		return 0, false
	}
	n, err := strconv.ParseInt(all[0], 10, 64)
	return n, err == nil
}

// Compared is 新旧対照表: a version of a regulation beside the one before it, article by article.
func (r *Room) Compared(ctx context.Context, a record.Actor, id string) (*paper.Document, error) {
	rec, err := r.regulation(ctx, a, id)
	if err != nil {
		return nil, err
	}
	old, err := r.earlier(ctx, a, rec)
	if err != nil {
		return nil, err
	}
	v := rec.Values
	d := paper.New("新旧対照表")
	d.Top = []string{Regulation.Label(rec), strings.TrimSpace(v.Text("number") + "　" + v.Text("from") + "施行")}
	d.Foot = v.Text("name")
	d.Add(paper.Chapter, v.Text("name"))
	d.Add(paper.Text, v.Text("compare"))
	if old == nil {
		d.Add(paper.Text, "この版より前の版は記録されていません。")
	} else {
		d.Add(paper.Text, "旧　"+old.Values.Text("from")+"施行の版　　新　"+v.Text("from")+"施行の版　　（＊は変わった条）")
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Table, Rows: sideBySide(old, rec), Widths: []float64{0.35, 0.8, 2.4, 2.4}})
	return d, nil
}

// earlier is the version that was in force before this one; nil where none is on record.
func (r *Room) earlier(ctx context.Context, a record.Actor, rec *record.Record) (*record.Record, error) {
	p, err := r.List(ctx, a, Regulation.ID, record.Query{To: rec.Values.Text("from"), Limit: 1000})
	if err != nil {
		return nil, err
	}
	for _, other := range p.Records { // the newest first
		if other.ID != rec.ID && other.State != "draft" && other.Values.Text("name") == rec.Values.Text("name") {
			return other, nil
		}
	}
	return nil, nil
}

// sideBySide are the rows of the comparison; an article that is on one side alone is new or left out.
func sideBySide(old, new *record.Record) [][]string {
	rows := [][]string{{"", "条", "旧", "新"}}
	was, order := map[string]string{}, []string{}
	if old != nil {
		for _, row := range old.Values.Rows("articles") {
			was[row.Text("article")] = wording(row)
			order = append(order, row.Text("article"))
		}
	}
	for _, row := range new.Values.Rows("articles") {
		article := row.Text("article")
		before := was[article]
		rows = append(rows, []string{changed(before, wording(row)), article, cmp.Or(before, "（新設）"), wording(row)})
		order = slices.DeleteFunc(order, func(s string) bool { return s == article })
	}
	for _, article := range order {
		rows = append(rows, []string{"＊", article, was[article], "（削除）"})
	}
	return rows
}

func wording(row record.Values) string {
	out := row.Text("text")
	if t := row.Text("title"); t != "" {
		out = "（" + t + "）\n" + out
	}
	if v := row.Text("value"); v != "" {
		out += "\n【" + v + "】"
	}
	return out
}

func changed(a, b string) string {
	if a == b {
		return ""
	}
	return "＊"
}
