package form

import (
	"strings"

	"yagura/internal/conf"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// wordOfTheWeek hangs on the wall and is read out: its title and a line at a time, large.
func wordOfTheWeek(p *press, x *record.Record) ([]*paper.Document, error) {
	d := p.page(p.form.Name.Ja)
	d.Top, d.Mark = []string{p.kind.Label(x), p.say(x, "day")}, ""
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Big, Text: strings.TrimLeft(strings.TrimPrefix(x.Values.Text("title"), p.form.Name.Ja), "：: 　"), Size: 34})
	d.Add(paper.Section, "読み上げる言葉")
	for _, line := range spoken(x.Values.Text("words")) {
		d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Text, Text: line, Size: 22}, paper.Block{Kind: paper.Text, Text: "　"})
	}
	if body := x.Values.Text("body"); body != "" {
		d.Add(paper.Section, "説明")
		d.Add(paper.Text, body)
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Pairs, Tall: 9, Rows: [][]string{{"実施日", "", "方法", ""}, {"発話者", "", "参加人数", ""}}})
	return []*paper.Document{d}, nil
}

// spoken are the lines to be read out: those that were written, or else a sentence each.
func spoken(words string) (lines []string) {
	if !strings.Contains(words, "\n") {
		words = strings.ReplaceAll(words, "。", "。\n")
	}
	for line := range strings.SplitSeq(words, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

const sheetsOfIssue = 500 // A6 in one printing

// memoSheets are the numbered sheets of an issue, A6.
func memoSheets(p *press, x *record.Record) (out []*paper.Document, err error) {
	first, last := x.Values.Number("first"), x.Values.Number("last")
	if last-first+1 > sheetsOfIssue {
		return nil, vms.Errorf(vms.Invalid, "too-many-sheets", "一度に%d枚まで印刷できます。交付を分けてください。 At most %[1]d sheets: issue them in parts.", sheetsOfIssue)
	}
	for n := first; n <= last; n++ {
		d, err := p.of(x, p.form.Name.Ja)
		if err != nil {
			return nil, err
		}
		d.Size, d.Mark = paper.A6, ""
		d.Under = []string{"No. " + pad(n), x.Name}
		d.Top = nil
		d.Foot = p.kind.Label(x) + "　交付 " + p.short(x, "day")
		d.Blocks = []paper.Block{{Kind: paper.Ruled, Tall: 8, Text: "席に残さない。使用後は裁断。"}}
		out = append(out, d)
	}
	return out, nil
}

// pad writes a number as sheets have it.
func pad(n int64) string {
	s := num(int(n))
	return strings.Repeat("0", max(0, 6-len(s))) + s
}

// memoRules are the rules of the units, then those by business.
func memoRules(p *press, all []*record.Record) ([]*paper.Document, error) {
	docs, err := listed([]column{field("year", "年度", 1.1), unitName("所属", 2.6), field("scope", "対象", 1), field("prohibited", "禁止", 1.8), field("paper", "用紙指定", 1.1), field("papers", "用紙種別", 1.5),
		field("place", "保管場所", 1.8), field("disposal", "廃棄方法・時期", 2.2), stateName(1.2)}, []string{"統括管理者", "担当"}, nil)(p, all)
	if err != nil {
		return nil, err
	}
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{"所属", "業務名", "必要な理由", "誰が", "何を", "用紙", "廃棄"}}, Widths: []float64{2, 1.6, 2.2, 1.4, 1.8, 1.3, 1.6}}
	for _, x := range all {
		for _, r := range x.Values.Rows("rules") {
			b.Rows = append(b.Rows, []string{x.Name, r.Text("business"), r.Text("need"), r.Text("who"), r.Text("what"), r.Text("paper"), r.Text("disposal")})
		}
	}
	if len(b.Rows) > 1 {
		docs[0].Add(paper.Section, "業務別ルール")
		docs[0].Blocks = append(docs[0].Blocks, b)
	}
	return docs, nil
}

// permit is what an applicant carries with the device.
func permit(p *press, x *record.Record) ([]*paper.Document, error) {
	d, err := p.of(x, p.form.Name.Ja)
	if err != nil {
		return nil, err
	}
	if d.Seals, err = p.seals(x); err != nil {
		return nil, err
	}
	d.Add(paper.Text, "次のとおり、私物の情報機器の使用を承認します。")
	purpose := p.say(x, "purpose")
	if other := x.Values.Text("purpose_other"); other != "" {
		purpose += "（" + other + "）"
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Pairs, Tall: 8, Rows: [][]string{
		{"承認番号", p.kind.Label(x), "所属", x.Name}, {"申請者", p.say(x, "applicant"), "機器", p.say(x, "device")},
		{"目的", purpose}, {"使用する区域", p.say(x, "zone"), "使用形態", p.say(x, "form")}, {"期間", p.say(x, "from") + "～" + p.say(x, "until")},
		{"使用できる範囲", p.say(x, "example")}, {"条件", p.say(x, "conditions")}, {"理由", p.say(x, "reason")}}})
	d.Add(paper.Label, "守ること")
	for _, s := range []string{"承認された区域、目的、使用形態の範囲で使用し、それ以外には使用しない。", "個人情報の撮影、録音、保存をしない。", "使用しないときは、机上に置かない。", "期間が終わったとき、または必要がなくなったときは、この承認書を返す。"} {
		d.Add(paper.Item, s)
	}
	return []*paper.Document{d}, nil
}

// lending is every lending of official mobiles, from how their records came about.
func lending(p *press, all []*record.Record) ([]*paper.Document, error) {
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{"資産番号", "機種", "所属", "管理責任者", "貸出先", "貸出日", "返却日", "確認"}}, Widths: []float64{1.6, 1.8, 2.2, 1.8, 1.8, 1.4, 1.4, 1}}
	for _, x := range all {
		history, err := p.c.Records.History(p.ctx, p.actor, x.ID)
		if err != nil {
			return nil, err
		}
		for i := len(history) - 1; i >= 0; i-- {
			v := history[i]
			if v.What != "lend" {
				continue
			}
			back := "貸出中"
			for n := i - 1; n >= 0 && back == "貸出中"; n-- {
				if w := history[n]; w.What == "take" || w.What == "lose" {
					back = sheet.EraShort(w.At.Time().In(conf.JST)) + map[string]string{"lose": " 紛失"}[w.What]
				}
			}
			at := func(f string) string { return sayIn(p.kind.FieldOf(f), v.Values, v.Names, eraShort) }
			b.Rows = append(b.Rows, []string{at("asset"), at("model"), x.Name, at("keeper"), at("holder"), at("lent"), back, ""})
		}
	}
	d := p.page(p.form.Name.Ja)
	d.Under, d.Seals = []string{"端末　" + num(len(all)) + "台", "貸出　" + num(len(b.Rows)-1) + "件"}, boxes("管理責任者", "担当")
	if len(b.Rows) == 1 {
		d.Add(paper.Text, "該当なし")
	} else {
		d.Blocks = append(d.Blocks, b)
	}
	return []*paper.Document{d}, nil
}

// systems is how far two factors and logs have come, with the figures below.
func systems(p *press, all []*record.Record) ([]*paper.Document, error) {
	since := column{head: "開始日・予定", width: 1.5, of: func(p *press, x *record.Record) string {
		if day := p.short(x, "two_factor_from"); day != "" {
			return day
		}
		return x.Values.Text("planned_year")
	}}
	return listed([]column{field("name", "名称", 2.6), unitName("所管", 1.9), field("personal", "個人情報", 1), field("my_number", "個人番号", 1), count("users", "利用者数", 1), field("auth", "認証方式", 2.6), since,
		field("log", "操作ログ", 1.4), field("tool", "解析ツール", 1), count("cost", "経費見積(千円)", 1.3), stateName(1.7)}, []string{"情報安全担当", "担当"}, coverage)(p, all)
}

func coverage(_ *press, all []*record.Record) []string {
	var personal, two, users, covered, logs, tools int
	for _, x := range all {
		v := x.Values
		if v.Text("log") == "kept" {
			logs++
		}
		if v.Yes("tool") {
			tools++
		}
		if !v.Yes("personal") && !v.Yes("my_number") {
			continue
		}
		personal, users = personal+1, users+int(v.Number("users"))
		if v.Text("auth") != "password" {
			two, covered = two+1, covered+int(v.Number("users"))
		}
	}
	return []string{"個人情報を扱う" + num(personal) + "システムのうち" + num(two) + "システムで二要素認証（利用者 " + num(users) + "人のうち" + num(covered) + "人）",
		num(len(all)) + "システムのうち" + num(logs) + "システムで操作ログを取得、" + num(tools) + "システムで解析ツールを使用"}
}

// blanks are what is filled in by hand where a record does not say it yet.
const (
	blankDay  = "令和　　年　　月　　日"
	blankSpan = "　：　～　：　（　　分）"
)

// induction is the record of the first day and the consent on one sheet, filled in as far as the record says it.
func induction(p *press, x *record.Record) ([]*paper.Document, error) {
	d, err := p.of(x, p.form.Name.Ja)
	if err != nil {
		return nil, err
	}
	d.Seals = boxes("統括管理者", "執行責任者")
	or := func(field, blank string) string {
		if s := p.say(x, field); s != "" {
			return s
		}
		return blank
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Pairs, Tall: 6.5, Rows: [][]string{
		{"職員番号", p.say(x, "staff"), "任用区分", p.say(x, "kind")}, {"フリガナ", p.say(x, "kana"), "業務内容", p.say(x, "work")}, {"氏名", p.say(x, "name"), "端末利用", or("terminal", "－")},
		{"任用期間", p.say(x, "from") + "～" + p.say(x, "until"), "個人情報取扱", or("personal", "－")}}})
	d.Add(paper.Section, "1　任用時研修の記録")
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Pairs, Tall: 7.5, Rows: [][]string{
		{"研修日（任用初日）", or("trained", blankDay), "時間", or("minutes", blankSpan)}, {"場所", p.say(x, "place"), "講師", p.say(x, "trainer")},
		{"共通部分（教材版）", p.say(x, "common"), "個別部分（業務手順）", p.say(x, "own")}, {"理解度確認・特記", p.say(x, "understood")}}})
	d.Add(paper.Section, "2　同意書")
	d.Add(paper.Text, "私は、任用初日に研修を受け、次の事項を理解し、遵守することに同意します。")
	for _, s := range consented {
		d.Add(paper.Item, s)
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Pairs, Tall: 11, Rows: [][]string{
		{"署名日", or("signed", blankDay), "署名（自署）", ""}, {"同意様式版", or("form", "　"), "同意書の保管場所", p.say(x, "kept")}}})
	d.Add(paper.Label, "署名のあと、この用紙の番号で記録を開き、同意書の署名を記録する。端末の利用者IDは、その後に発行する。")
	return []*paper.Document{d}, nil
}

// consented is what a temporary member of staff consents to: the rules of this ward's report.
var consented = []string{
	"職務上知り得た個人情報を、業務の目的以外に検索し、利用し、又は他に知らせない。退職後も同様とする。",
	"情報システム機器に表示された個人情報を紙に書き写さない。業務に必要なときは、指定のメモ用紙を使い、使用後は裁断する。",
	"業務区域及び機密区域では、私物の情報機器（スマートフォン等）を使用しない。",
	"自分の利用者IDを他の人に使わせず、席を離れるときは画面をロックする。",
	"任用が終わるときは、名札、メモ用紙及び機器を返却する。",
}
