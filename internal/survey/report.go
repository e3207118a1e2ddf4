package survey

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// report is what a report is made of.
type report struct {
	survey  *Survey
	replies []*Reply // all that were asked
	cameras *camera.Set
	doc     *paper.Document
}

// Report makes the report of a survey, for those who read every reply. While the survey is not settled it is
// a draft, of what was handed in so far.
func (r *Room) Report(ctx context.Context, a record.Actor, name string) (*paper.Document, error) {
	if !ReadsAll(a) {
		return nil, errDenied
	}
	s, list, err := r.Replies(ctx, a, name)
	if err != nil {
		return nil, err
	}
	if s.State == Preparing {
		return nil, errState
	}
	return (&report{survey: s, replies: list, cameras: r.Cameras()}).write(), nil
}

func (t *report) write() *paper.Document {
	s := t.survey
	from, to, asOf := t.days()
	t.doc = paper.New(s.Title)
	t.doc.Top = []string{sheet.EraDay(asOf), t.cameras.Organisation.Name}
	if s.State != Final {
		t.doc.Mark = "案"
	}
	t.doc.Add(paper.Chapter, "1 調査の概要")
	t.doc.Add(paper.Section, "(1) 調査の目的")
	t.doc.Add(paper.Text, s.Purpose)
	t.doc.Add(paper.Section, "(2) 調査期間")
	t.doc.Add(paper.Text, sheet.EraSpan(from, to))
	t.doc.Add(paper.Section, "(3) 調査対象")
	t.doc.Add(paper.Text, fmt.Sprintf("%s（全%d部署）", s.Form.Target, len(t.replies)))
	if n := len(t.replies) - len(t.answered()); n > 0 {
		t.doc.Add(paper.Text, fmt.Sprintf("このうち%d部署は未回答であり、以下の実施数に含まない。", n))
	}
	t.doc.Add(paper.Chapter, "2 調査結果")
	t.results(s.Form.Results)
	t.doc.Add(paper.Chapter, "3 今後の取組み")
	t.results(s.Form.Ahead)
	t.doc.Add(paper.Chapter, "参考 区分別の実施状況")
	t.doc.Blocks = append(t.doc.Blocks, t.byCategory())
	return t.doc
}

func (t *report) answered() []*Reply {
	return slices.DeleteFunc(slices.Clone(t.replies), func(p *Reply) bool { return !p.HandedIn() })
}

var circled = []rune("①②③④⑤⑥⑦⑧⑨⑩")

func (t *report) results(list []Result) {
	for i, r := range list {
		t.doc.Add(paper.Section, fmt.Sprintf("(%d) %s", i+1, r.Title))
		for _, n := range r.Norms {
			t.doc.Add(paper.Norm, n)
		}
		for _, text := range r.Texts {
			t.doc.Add(paper.Text, text)
		}
		for n, p := range r.Points {
			t.point(string(circled[min(n, len(circled)-1)]), p)
		}
	}
}

func (t *report) point(mark string, p Point) {
	title := p.Title
	if len(p.Counts) > 0 {
		of, _ := t.count(t.replies, p.Counts[0])
		title = strings.ReplaceAll(title, "{of}", strconv.Itoa(of))
	}
	t.doc.Add(paper.Point, mark+" "+title)
	for _, text := range p.Texts {
		t.doc.Add(paper.Text, text)
	}
	for _, c := range p.Counts {
		t.doc.Add(paper.Text, t.sentence(c))
	}
	for _, q := range p.Quotes {
		t.quotes(q)
	}
	if p.Cameras {
		for _, line := range t.cameraLines() {
			t.doc.Add(paper.Item, line)
		}
	}
}

// count is how many 部署 were asked the question, and how many of them answered so. Who did not hand in a reply was
// asked only what everybody is.
func (t *report) count(list []*Reply, c Count) (of, n int) {
	q := t.survey.Form.question(c.Question)
	for _, p := range list {
		if p.HandedIn() && p.Answers.asked(q) || !p.HandedIn() && q.When == nil {
			of++
			if p.HandedIn() && p.Answers.is(c.Question, c.Is) {
				n++
			}
		}
	}
	return of, n
}

// sentence is a count in words: 「すべての…」 where nobody is missing.
func (t *report) sentence(c Count) string {
	of, n := t.count(t.replies, c)
	text := c.Some
	switch {
	case of == 0:
		return "該当する部署はなかった。"
	case n == of:
		text = c.All
	}
	return strings.NewReplacer("{of}", strconv.Itoa(of), "{n}", strconv.Itoa(n), "{names}", strings.Join(t.names(c.Question), "、")).Replace(text)
}

// names are the options that were chosen, the most frequent first; 「その他」 is what 「等」 stands for.
func (t *report) names(question string) (out []string) {
	q := t.survey.Form.question(question)
	times := map[string]int{}
	for _, p := range t.answered() {
		for _, id := range p.Answers[question].Is {
			times[id]++
		}
	}
	options := slices.DeleteFunc(slices.Clone(q.Options), func(o Option) bool { return times[o.ID] == 0 || o.Text != "" })
	slices.SortStableFunc(options, func(a, b Option) int { return times[b.ID] - times[a.ID] })
	for _, o := range options {
		out = append(out, o.Name)
	}
	return out
}

func (t *report) quotes(q Quotes) {
	var said []string
	for _, p := range t.answered() {
		text, quote := p.Answers[q.Question].Text, p.Quotes[q.Question]
		if !quote.Main || !p.Answers.is(q.Question, q.Is) {
			continue
		}
		if text = cmp.Or(quote.Edited, text); !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return
	}
	t.doc.Add(paper.Label, q.Caption)
	for _, text := range said {
		t.doc.Add(paper.Item, text)
	}
}

// byCategory is how the kinds of 部署 stand in each question that is counted.
func (t *report) byCategory() paper.Block {
	b := paper.Block{Kind: paper.Table, Widths: []float64{3.2, 1.2}, Right: []bool{false, true}, Rows: [][]string{{"区分", "部署"}}}
	var counts []Count
	for _, r := range t.survey.Form.Results {
		for _, p := range r.Points {
			for _, c := range p.Counts {
				counts = append(counts, c)
				b.Rows[0], b.Widths, b.Right = append(b.Rows[0], t.heading(c)), append(b.Widths, 2), append(b.Right, true)
			}
		}
	}
	row := func(name string, list []*Reply) {
		cells := []string{name, strconv.Itoa(len(list))}
		for _, c := range counts {
			of, n := t.count(list, c)
			cells = append(cells, fmt.Sprintf("%d／%d", n, of))
		}
		b.Rows = append(b.Rows, cells)
	}
	for _, c := range Categories {
		row(c.Name, slices.DeleteFunc(slices.Clone(t.replies), func(p *Reply) bool { return p.Category != c.ID }))
	}
	row("合計", t.replies)
	return b
}

// heading names what a count counts, in a word or two.
func (t *report) heading(c Count) string {
	q := t.survey.Form.question(c.Question)
	name := "実施"
	if i := slices.IndexFunc(q.Options, func(o Option) bool { return slices.Contains(c.Is, o.ID) }); i >= 0 {
		name = q.Options[i].Name
	}
	return q.Label + " " + name
}

// cameraLines are the 監視カメラ by the day on which they come into operation, the day of the report deciding which
// of them is still planned.
func (t *report) cameraLines() (out []string) {
	_, _, asOf := t.days()
	groups := map[vms.Instant][]*camera.Camera{}
	for _, cam := range t.cameras.Cameras {
		if cam.Kind == camera.Surveillance {
			groups[cam.Placements[0].From] = append(groups[cam.Placements[0].From], cam)
		}
	}
	var days []vms.Instant
	for day := range groups {
		days = append(days, day)
	}
	slices.Sort(days)
	before := asOf
	for i, at := range days {
		day := at.Time().In(jst)
		text := sheet.EraDay(day)
		if i > 0 {
			text = sheet.EraDayAfter(before, day)
		}
		before = day
		if day.After(asOf) {
			text += "運用開始予定"
		} else {
			text += "運用開始"
		}
		out = append(out, fmt.Sprintf("%s（%d台）　%s", t.place(groups[at]), len(groups[at]), text))
	}
	return out
}

// place says where cameras hang: the floors of the main building, which is the first site, and what lies outside it.
func (t *report) place(list []*camera.Camera) string {
	first := t.cameras.Cameras[0] // cameras come by site, as the organisation has them
	main := camera.Site{ID: first.Site, Name: first.SiteName}
	var floors []string
	outside := false
	for _, cam := range list {
		switch {
		case cam.Site != main.ID:
			outside = true
		case !slices.Contains(floors, cam.Floor):
			floors = append(floors, cam.Floor)
		}
	}
	slices.SortFunc(floors, func(a, b string) int { return level(a) - level(b) })
	var parts []string
	switch n := len(floors); {
	case n == 1:
		parts = append(parts, main.Name+floor(floors[0]))
	case n > 1:
		parts = append(parts, main.Name+floor(floors[0])+"～"+floor(floors[n-1]))
	}
	if outside {
		parts = append(parts, "庁外施設")
	}
	return strings.Join(parts, "及び")
}

// level is the number of a floor: 3F is 3, B1 is -1.
func level(floor string) int {
	if rest, below := strings.CutPrefix(floor, "B"); below {
		n, _ := strconv.Atoi(strings.TrimSuffix(rest, "F")) // a name that is no number stands at 0
		return -n
	}
	n, _ := strconv.Atoi(strings.TrimSuffix(floor, "F"))
	return n
}

func floor(name string) string {
	switch n := level(name); {
	case n > 0:
		return strconv.Itoa(n) + "階"
	case n < 0:
		return "地下" + strconv.Itoa(-n) + "階"
	}
	return name
}
