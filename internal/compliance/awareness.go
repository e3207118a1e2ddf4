package compliance

import "yagura/internal/record"

var methods = []record.Option{option("morning_meeting", "朝礼", "Morning meeting"), option("meeting", "ミーティング", "Meeting"), option("email", "メール", "Mail"),
	option("circular", "回覧", "Circular"), option("training", "研修", "Training"), option("other", "その他", "Other")}

// Awareness is 啓発: once a week or so, the latest cases are told.
var Awareness = record.Kind{
	ID: "awareness", Name: text("啓発", "Awareness"), Prefix: "啓", Day: "day", Title: []string{"day", "methods", "theme"},
	Note: text("朝礼などで、最新の事例や注意を伝えた記録です。週に1回程度行います。", "Cases and warnings were told, about once a week."),
	Fields: []record.Field{
		must(date("day", "実施日", "Day")), must(choices("methods", "方法", "Methods", methods...)), must(line("theme", "テーマ", "Theme")),
		link("material", "awareness-material", "教材", "Material"), line("speaker", "講師・発話者", "Speaker"),
		number("people", "対象人数", "Staff", "人", ""), number("present", "参加人数", "Present", "人", ""), lines("follow_up", "欠席者フォロー", "Those absent"),
		number("minutes", "時間", "Duration", "分", "min"), lines("note", "備考", "Notes"),
	},
	Counts: awarenessCounts,
	States: []record.State{open("draft", "下書き", "Draft"), done("done", "実施済", "Done")},
	Moves:  []record.Move{move("done", "実施した", "Done", "draft", "done")},
	Rules: []record.Rule{func(v record.Values) *record.Problem {
		if v.Number("people") > 0 && v.Number("present") > v.Number("people") {
			return wrong("present", "参加人数が対象人数より多くなっています。", "More were present than there are staff.")
		}
		return nil
	}},
	Columns: []string{"day", "methods", "theme", "present"},
	Readers: officeReads, Writers: unitKeeps,
}

// Material is 今週の一言: what the office publishes each Friday for all units to read out.
var Material = record.Kind{
	ID: "awareness-material", Name: text("啓発教材", "Awareness material"), Prefix: "教", Ward: true, Day: "day", Title: []string{"title"},
	Note: text("危機管理・情報安全の担当が毎週出す「今週の一言」です。", "The word of the week."),
	Fields: []record.Field{
		must(date("day", "公開日", "Published on")), must(line("title", "題名", "Title")), must(lines("words", "読み上げる言葉", "Words to read out")), lines("body", "本文", "Text"),
		choice("kind", "種類", "Kind", option("weekly", "今週の一言", "Word of the week"), option("case", "事例", "Case"), option("training", "研修教材", "Training")),
		files("files", "添付ファイル", "Files"),
	},
	States:  []record.State{open("draft", "作成中", "Draft"), state("published", "公開中", "Published"), done("retired", "公開終了", "Retired")},
	Moves:   []record.Move{move("publish", "公開する", "Publish", "draft", "published"), move("retire", "公開を終える", "Retire", "published", "retired")},
	Columns: []string{"day", "title", "kind"},
	Readers: everyUnit, Writers: office,
}
