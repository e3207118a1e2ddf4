package form

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/paper"
	"yagura/internal/record"
)

// look is how a kind of zone is told on paper: by its colour, its hatch and its words.
type look struct {
	name, rule, more string
	fill, ink        paper.Colour
	hatch            *paper.Hatch
}

// looks are those of the ward: 業務区域及び機密区域では私物の情報機器の使用は禁止（公開区域は使用可）.
var looks = map[string]look{
	"public": {"公開区域", "私物の情報機器は使用できます", "この区域では、スマートフォン等の私物の情報機器を使用できます。ほかの方の迷惑とならないようにお願いします。",
		paper.Colour{230, 243, 235}, paper.Colour{16, 92, 52}, &paper.Hatch{Gap: 9, Dots: true}},
	"business": {"業務区域", "私物の情報機器の使用は禁止", "この区域では、スマートフォン等の私物の情報機器の使用は禁止です。業務のために必要なときは、承認を受けた範囲で使用します。",
		paper.Colour{232, 238, 252}, paper.Colour{20, 52, 140}, &paper.Hatch{Gap: 10}},
	"secure": {"機密区域", "私物の情報機器の使用は禁止", "この区域では、スマートフォン等の私物の情報機器の使用は禁止です。使用の例外は、通常の承認では認められません。",
		paper.Colour{253, 235, 233}, paper.Colour{150, 20, 20}, &paper.Hatch{Gap: 8, Cross: true}},
}

// poster is hung at the door of a zone.
func poster(p *press, x *record.Record) ([]*paper.Document, error) {
	l := looks[x.Values.Text("zone")]
	d := p.page("")
	d.Mark, d.Top, d.Foot = "", []string{p.kind.Label(x)}, "掲示　"+x.Name
	band := func(tall float64) paper.Block {
		return paper.Block{Kind: paper.Picture, Across: 165, Down: tall, Shapes: []paper.Shape{
			{Points: rect(0, 0, 165, tall), Closed: true, Fill: &l.fill, Hatch: &paper.Hatch{Gap: l.hatch.Gap, Cross: l.hatch.Cross, Dots: l.hatch.Dots}, Line: 1.5, Ink: l.ink}}}
	}
	d.Blocks = append(d.Blocks, band(20), paper.Block{Kind: paper.Big, Text: l.name, Size: 84}, band(8), sign(x.Values.Text("zone"), l),
		paper.Block{Kind: paper.Big, Text: l.rule, Size: 31}, paper.Block{Kind: paper.Text, Text: l.more, Size: 15}, paper.Block{Kind: paper.Text, Text: "　"},
		paper.Block{Kind: paper.Pairs, Tall: 9, Rows: [][]string{{"場所", strings.TrimSpace(x.Values.Text("floor") + "　" + x.Values.Text("room"))}, {"管理する部署", x.Name}}})
	return []*paper.Document{d}, nil
}

// sign is a telephone, struck out where it is prohibited; allowed, it stands in a circle.
func sign(zone string, l look) paper.Block {
	b := paper.Block{Kind: paper.Picture, Across: 165, Down: 63, Shapes: []paper.Shape{
		{Points: ring(82.5, 31, 30), Closed: true, Line: 6, Ink: l.ink},
		{Points: rect(71.5, 12, 22, 38), Closed: true, Line: 2.5},
		{Points: rect(74.5, 17, 16, 25), Closed: true, Line: 1},
		{Points: ring(82.5, 46, 1.6), Closed: true, Line: 1.2},
	}}
	if zone != "public" {
		b.Shapes = append(b.Shapes, paper.Shape{Points: []paper.Spot{{X: 61.3, Y: 9.8}, {X: 103.7, Y: 52.2}}, Line: 6, Ink: l.ink})
	}
	return b
}

// zonePlans are the floors on which these zones are drawn, a page each, and a list of those that are not.
func zonePlans(p *press, all []*record.Record) ([]*paper.Document, error) {
	all = slices.DeleteFunc(all, func(x *record.Record) bool { return x.State == "ended" })
	var docs []*paper.Document
	for _, plan := range p.c.Cameras().Plans {
		var here []*record.Record
		for _, x := range all {
			if x.Values.Text("plan") == plan.ID {
				here = append(here, x)
			}
		}
		if len(here) > 0 {
			docs = append(docs, p.floor(plan, here))
		}
	}
	if len(docs) == 0 {
		return nil, errEmpty
	}
	return docs, nil
}

func (p *press) floor(plan *camera.Plan, here []*record.Record) *paper.Document {
	d := p.page(p.form.Name.Ja + "　" + cmp.Or(plan.Name, plan.SiteName))
	pic := paper.Block{Kind: paper.Picture, Across: camera.PlanWidth, Down: float64(plan.Height), Tall: 120}
	for _, x := range smallOnTop(here) {
		l := looks[x.Values.Text("zone")]
		pic.Shapes = append(pic.Shapes, paper.Shape{Points: spots(compliance.Outline(x.Values)), Closed: true, Fill: &l.fill, Hatch: l.hatch, Line: 1.2, Ink: l.ink})
	}
	for _, w := range plan.Walls {
		pic.Shapes = append(pic.Shapes, paper.Shape{Points: spots(w), Line: 0.8})
	}
	pic.Shapes = append(pic.Shapes, paper.Shape{Points: spots(plan.Outline), Closed: true, Line: 1.4})
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{"図", "番号", "室名", "区域区分", "私物の情報機器", "所属", "適用日", "状態"}}, Widths: []float64{0.6, 1.3, 2.6, 1.4, 2.2, 2.4, 1.4, 1.2}}
	for i, x := range here {
		l := looks[x.Values.Text("zone")]
		mid := middle(compliance.Outline(x.Values))
		pic.Shapes = append(pic.Shapes, paper.Shape{Points: []paper.Spot{mid}, Text: num(i+1) + " " + l.name[:len("公開")], Size: 9, Ink: l.ink})
		b.Rows = append(b.Rows, []string{num(i + 1), p.kind.Label(x), x.Values.Text("room"), l.name, l.rule, x.Name, p.short(x, "from"), p.state(x)})
	}
	d.Blocks = append(d.Blocks, pic, legend(), paper.Block{Kind: paper.Text, Text: "業務区域及び機密区域では私物の情報機器の使用は禁止（公開区域は使用可）。"}, b)
	return d
}

// smallOnTop puts what takes more of the floor first, so that a room in a hall is seen.
func smallOnTop(zones []*record.Record) []*record.Record {
	return slices.SortedStableFunc(slices.Values(zones), func(a, b *record.Record) int {
		return cmp.Compare(compliance.Area(compliance.Outline(b.Values)), compliance.Area(compliance.Outline(a.Values)))
	})
}

// legend says what colours and hatches mean.
func legend() paper.Block {
	b := paper.Block{Kind: paper.Picture, Across: 165, Down: 9}
	for i, id := range []string{"public", "business", "secure"} {
		l := looks[id]
		x := float64(i) * 55
		b.Shapes = append(b.Shapes, paper.Shape{Points: rect(x, 1, 14, 7), Closed: true, Fill: &l.fill, Hatch: l.hatch, Line: 0.8, Ink: l.ink},
			paper.Shape{Points: []paper.Spot{{X: x + 26, Y: 4.5}}, Text: l.name, Size: 9})
	}
	return b
}

func rect(x, y, w, h float64) []paper.Spot {
	return []paper.Spot{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}
}

func spots[T ~[2]int](points []T) (out []paper.Spot) {
	for _, q := range points {
		out = append(out, paper.Spot{X: float64(q[0]), Y: float64(q[1])})
	}
	return out
}

// ring is a circle, as a polygon.
func ring(x, y, r float64) (out []paper.Spot) {
	const n = 72
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		out = append(out, paper.Spot{X: x + r*cos, Y: y + r*sin})
	}
	return out
}

// middle is a place inside a polygon where words have room: in the middle of its widest part half way down, or a
// little higher or lower.
func middle(points [][2]int) paper.Spot {
	top, low := points[0][1], points[0][1]
	for _, q := range points {
		top, low = min(top, q[1]), max(low, q[1])
	}
	best, wide := paper.Spot{}, -1.0
	for _, part := range []float64{0.5, 0.35, 0.65, 0.2, 0.8} {
		y := float64(top) + part*float64(low-top) + 0.01
		xs := cuts(points, y)
		for i := 0; i+1 < len(xs); i += 2 {
			if w := xs[i+1] - xs[i]; w > 1.4*wide {
				best, wide = paper.Spot{X: (xs[i] + xs[i+1]) / 2, Y: y}, w
			}
		}
	}
	return best
}

// cuts are where a level line enters and leaves a polygon.
func cuts(points [][2]int, y float64) (xs []float64) {
	for i, a := range points {
		b := points[(i+1)%len(points)]
		ay, by := float64(a[1]), float64(b[1])
		if (ay > y) != (by > y) {
			xs = append(xs, float64(a[0])+float64(b[0]-a[0])*(y-ay)/(by-ay))
		}
	}
	slices.Sort(xs)
	return xs
}
