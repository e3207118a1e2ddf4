package form

import (
	"slices"
	"strconv"

	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
)

func text(ja, en string) record.Text { return record.Text{Ja: ja, En: en} }
func num(n int) string               { return strconv.Itoa(n) }

// forms are all forms, by kind, most used first.
var forms []*Form

func init() {
	forms = []*Form{
		{ID: "findings", Kind: "patrol", Name: text("指摘・是正一覧", "Findings and what was done"), Of: List, list: findings},
		{ID: "departments", Kind: "patrol", Name: text("部別実施状況", "Patrols by department"), Of: List, list: departments},
		{ID: "blank", Kind: "patrol", Name: text("巡回点検票", "Blank patrol sheet"), Of: Unit, unit: blankPatrol},
		{ID: "word", Kind: "awareness-material", Name: text("今週の一言", "Word of the week"), Of: One, one: wordOfTheWeek},
		{ID: "sheets", Kind: "memo-issue", Name: text("指定メモ用紙", "Numbered memo paper"), Of: One, States: []string{"out"}, one: memoSheets},
		{ID: "book", Kind: "memo-issue", Name: text("メモ用紙交付簿", "Book of memo paper"), Of: List, list: listed(memoBook, []string{"統括管理者", "担当"}, openSheets)},
		{ID: "rules", Kind: "memo-policy", Name: text("部署別ルール一覧", "Memo rules by unit"), Of: List, list: memoRules},
		{ID: "permit", Kind: "device-exception", Name: text("私物情報機器使用承認書", "Leave to use a private device"), Of: One, States: []string{"valid"}, one: permit},
		{ID: "exceptions", Kind: "device-exception", Name: text("私物情報機器使用例外一覧", "Exceptions for private devices"), Of: List, list: listed(exceptions, []string{"情報安全担当", "担当"}, nil)},
		{ID: "lending", Kind: "official-mobile", Name: text("業務用携帯端末貸出簿", "Lending book of official mobiles"), Of: List, list: lending},
		{ID: "induction", Kind: "induction", Name: text("任用時研修記録・同意書", "Induction record and consent"), Of: One, one: induction},
		{ID: "poster", Kind: "zone", Name: text("区域の掲示", "Zone poster"), Of: One, one: poster},
		{ID: "plan", Kind: "zone", Name: text("区域図", "Zone plan"), Of: List, list: zonePlans},
		{ID: "systems", Kind: "information-system", Name: text("情報システム導入状況一覧", "How far systems have come"), Of: List, list: systems},
		{ID: "record", Name: text("記録票", "Record"), Of: One, one: whole},
		{ID: "list", Name: text("一覧", "List"), Of: List, list: plain},
	}
}

// whole is a record with everything it says and how it came about.
func whole(p *press, x *record.Record) ([]*paper.Document, error) {
	d, err := p.of(x, p.kind.Name.Ja)
	if err != nil {
		return nil, err
	}
	if d.Seals, err = p.seals(x); err != nil {
		return nil, err
	}
	d.Under = append(d.Under, "状態　"+p.state(x)+"　第"+num(int(x.Version))+"版")
	facts, tables := paper.Block{Kind: paper.Pairs}, []paper.Block{}
	for i := range p.kind.Fields {
		f := &p.kind.Fields[i]
		switch {
		case !f.Shows(x.Values):
		case f.Type == record.Table && len(x.Values.Rows(f.ID)) > 0:
			tables = append(tables, paper.Block{Kind: paper.Section, Text: f.Name.Ja}, rowsOf(f, x))
		case f.Type != record.Table:
			facts.Rows = append(facts.Rows, []string{f.Name.Ja, p.say(x, f.ID)})
		}
	}
	d.Blocks = append(append(d.Blocks, facts), tables...)
	return []*paper.Document{d}, p.story(d, x)
}

// rowsOf is a table inside a record.
func rowsOf(f *record.Field, x *record.Record) paper.Block {
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{}}}
	for i := range f.Columns {
		b.Rows[0] = append(b.Rows[0], f.Columns[i].Name.Ja)
		width := 1.0
		if f.Columns[i].Type == record.Choice {
			width = 0.4
		}
		b.Widths = append(b.Widths, width)
	}
	for _, v := range x.Values.Rows(f.ID) {
		var row []string
		for i := range f.Columns {
			row = append(row, sayIn(&f.Columns[i], v, x.Names, eraShort))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// story is how a record came about.
func (p *press) story(d *paper.Document, x *record.Record) error {
	history, err := p.c.Records.History(p.ctx, p.actor, x.ID)
	if err != nil {
		return err
	}
	names := map[string]string{record.Created: "記録", record.Edited: "編集", record.Corrected: "訂正", record.Seen: "後閲"}
	for i := range p.kind.Moves {
		names[p.kind.Moves[i].ID] = p.kind.Moves[i].Name.Ja
	}
	b := paper.Block{Kind: paper.Table, Rows: [][]string{{"版", "手続", "日時", "職員", "理由"}}, Widths: []float64{0.5, 2, 2, 3, 3}, Right: []bool{true}}
	for _, v := range slices.Backward(history) {
		what := names[v.What]
		if v.Deputy {
			what += "（代決）"
		}
		at := v.At.Time().In(conf.JST)
		b.Rows = append(b.Rows, []string{num(int(v.Version)), what, sheet.EraShort(at) + " " + at.Format("15:04"), v.Name, v.Reason})
	}
	d.Add(paper.Section, "経過")
	d.Blocks = append(d.Blocks, b)
	return nil
}

// plain is a list of any kind, in the columns its list on screen has.
func plain(p *press, all []*record.Record) ([]*paper.Document, error) {
	columns := []column{label(1.6)}
	ids := p.kind.Columns
	if len(ids) == 0 {
		ids = p.kind.Title
	}
	for _, id := range ids {
		f := p.kind.FieldOf(id)
		c := field(id, f.Name.Ja, 2)
		if c.right = f.Type == record.Number; c.right || f.Type == record.Yes || f.Type == record.Clock || f.Type == record.Date {
			c.width = 1.2
		}
		columns = append(columns, c)
	}
	if !p.kind.Ward {
		columns = append(columns, unitName("所属", 2))
	}
	docs, err := listed(append(columns, stateName(1.3)), nil, nil)(p, all)
	for _, d := range docs {
		d.Title = p.kind.Name.Ja + "一覧"
	}
	return docs, err
}

var memoBook = []column{label(1.5), field("day", "交付日", 1.4), unitName("所属", 2.2), count("first", "番号自", 1.1), count("last", "番号至", 1.1), field("receiver", "受領者", 1.8),
	count("returned", "返却", 0.9), count("destroyed", "廃棄", 0.9), field("destroyed_on", "廃棄日", 1.4), field("witness", "立会者", 1.8),
	{head: "未回収", width: 1, right: true, of: func(_ *press, x *record.Record) string { return strconv.FormatInt(compliance.Open(x.Values), 10) }}}

func openSheets(_ *press, all []*record.Record) []string {
	var issued, open int64
	for _, x := range all {
		issued, open = issued+x.Values.Number("last")-x.Values.Number("first")+1, open+compliance.Open(x.Values)
	}
	return []string{"交付 " + strconv.FormatInt(issued, 10) + "枚　返却・廃棄 " + strconv.FormatInt(issued-open, 10) + "枚　未回収 " + strconv.FormatInt(open, 10) + "枚"}
}

var exceptions = []column{label(1.4), unitName("所属", 2.2), field("applicant", "申請者", 1.7), field("device", "機器", 1.6), field("purpose", "目的", 2.2), field("form", "使用形態", 1.8), field("zone", "区域", 1.4),
	{head: "期間", width: 1.7, of: func(p *press, x *record.Record) string { return p.short(x, "from") + "～\n" + p.short(x, "until") }}, stateName(1.3)}
