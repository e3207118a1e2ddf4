package compliance

import "yagura/internal/record"

// checklist is what a patrol looks at.
var checklist = []string{"離席時の画面ロック", "机上・プリンタの個人情報放置", "書庫・キャビネット施錠", "鍵の管理", "指定外メモ用紙", "使用済みメモの処分",
	"私物機器の使用", "端末画面の向き・のぞき見", "部外者の立入り", "記録媒体・USB", "廃棄文書・シュレッダー", "カメラの遮へい・表示板"}

// Patrol is 巡回: somebody goes through the office in business hours and looks after its information. Where a
// designated member of staff does it, a head receives the report and gives instructions.
var Patrol = record.Kind{
	ID: "patrol", Name: text("巡回", "Patrol"), Prefix: "巡", Day: "day", Title: []string{"day", "from", "by"},
	Note: text("業務時間中に職場を巡回し、情報資産の管理を確かめた記録です。", "The office was walked through in business hours."),
	Fields: []record.Field{
		must(date("day", "実施日", "Day")), clock("from", "開始", "From"), clock("to", "終了", "To"),
		must(person("patroller", "実施者", "Patroller")),
		must(choice("by", "実施者区分", "By",
			option("manager", "管理職", "Manager"), option("executing_officer", "執行責任者", "Executing officer"),
			option("designated", "指定職員", "Designated staff"))),
		sought(link("slot", "patrol-slot", "巡回枠", "Slot")),
		line("area", "巡回区域", "Area"),
		checks(),
		number("findings", "指摘件数", "Findings", "件", ""),
		when(must(person("reported_to", "報告先", "Reported to")), "by", "designated"),
		lines("instruction", "指示内容", "Instruction"),
		date("mend_by", "是正期限", "To be mended by"),
		lines("mended", "是正内容", "What was done"),
		date("mended_on", "是正日", "Mended on"),
		files("photos", "写真", "Photos", photos...),
	},
	Counts: patrolCounts,
	States: []record.State{
		open("draft", "下書き", "Draft"),
		state("recorded", "記録済", "Recorded"),
		state("reported", "報告済", "Reported"),
		state("mending", "是正中", "Being mended"),
		done("done", "完了", "Done"),
		done("void", "取消", "Taken back"),
	},
	Moves: []record.Move{
		move("record", "記録する", "Record", "draft", "recorded", guard(ownReport(false))),
		move("report", "報告する", "Report", "draft", "reported", guard(ownReport(true))),
		move("confirm", "確認する", "Confirm", "reported", "done", by(executingOfficer, generalManager), notBy("report"), guard(nothingFound)),
		move("instruct", "指示する", "Instruct", "reported", "mending", by(executingOfficer, generalManager), notBy("report"), needs("instruction", "mend_by")),
		move("mend", "是正に移す", "Have it mended", "recorded", "mending", needs("mend_by")),
		move("close", "完了する", "Close", "recorded", "done", guard(nothingFound)),
		move("finish", "是正を確認する", "Confirm it is mended", "mending", "done", by(executingOfficer, generalManager), needs("mended", "mended_on"), takes("photos")),
		move("return", "差し戻す", "Return", "reported", "draft", by(executingOfficer, generalManager), withReason),
		move("void", "取り消す", "Take back", "draft", "void", alsoFrom("recorded", "reported", "done"), withReason),
	},
	Due: []record.Deadline{
		within("confirm", "報告への指示・確認", "Answer the report", 3, "reported", executingOfficer, generalManager),
		{ID: "mend", Name: text("是正", "Mend"), While: []string{"mending"}, Of: "mend_by"},
	},
	Rules: []record.Rule{
		ordered("day", "mend_by", "是正期限が実施日より前です。", "It is to be mended before it was found."),
		ordered("day", "mended_on", "是正日が実施日より前です。", "It was mended before it was found."),
		ordered("from", "to", "終了が開始より前です。", "It ends before it begins."),
		func(v record.Values) *record.Problem {
			if v.Text("by") == "designated" && v.Text("reported_to") != "" && v.Text("reported_to") == v.Text("patroller") {
				return wrong("reported_to", "報告先は実施者以外の人にしてください。", "One does not report to oneself.")
			}
			return nil
		},
	},
	Stamps:  []record.Stamp{{Name: text("統括管理者", "General manager"), Move: "confirm"}, {Name: text("実施者", "Patroller"), Move: record.Created}},
	Columns: []string{"day", "from", "patroller", "by", "findings"},
	Readers: officeReads, Writers: unitKeeps,
}

// PatrolSlot is a 巡回枠: what is to be walked through once a day, and when. The slots of a unit are its plan, and the
// rows of its month.
var PatrolSlot = record.Kind{
	ID: "patrol-slot", Name: text("巡回枠", "Patrol slot"), Prefix: "枠", Day: "from", Key: []string{"name", "from"}, Title: []string{"name", "area"},
	Note: text("毎日の巡回の区域と時間帯です。月間表の行になります。", "The areas and times of each day's patrols: the rows of the month."),
	Fields: []record.Field{
		must(line("name", "枠名", "Slot")), must(line("area", "巡回区域", "Area")), clock("begin", "開始", "From"), clock("end", "終了", "To"),
		must(date("from", "適用開始日", "In force from")), date("until", "適用終了日", "Until"), lines("note", "備考", "Notes"),
	},
	States: []record.State{open("planned", "計画", "Planned"), state("in_force", "実施中", "In force"), done("ended", "終了", "Ended")},
	Moves: []record.Move{
		move("set", "実施を始める", "Put in force", "planned", "in_force"),
		move("end", "終了する", "End", "in_force", "ended", needs("until")),
	},
	Rules: []record.Rule{
		ordered("begin", "end", "終了が開始より前です。", "It ends before it begins."),
		ordered("from", "until", "適用終了日が適用開始日より前です。", "It ends before it begins."),
	},
	Columns: []string{"name", "area", "begin", "end", "from", "until"},
	Readers: officeReads, Writers: unitKeeps,
}

func checks() record.Field {
	f := table("checks", "点検項目", "Checks",
		must(line("item", "項目", "Item")),
		must(choice("result", "結果", "Result", option("ok", "○", "Fine"), option("bad", "×", "Finding"), option("none", "該当なし", "Not applicable"))),
		when(must(line("note", "所見", "Note")), "result", "bad"))
	f.Rows = checklist
	return f
}

// Found is how many checks found something.
func Found(v record.Values) (n int64) {
	for _, row := range v.Rows("checks") {
		if row.Text("result") == "bad" {
			n++
		}
	}
	return max(n, v.Number("findings"))
}

func nothingFound(v record.Values) string {
	if Found(v) > 0 {
		return "指摘があります。是正を指示してください。 There are findings: have them mended."
	}
	return ""
}

// ownReport is that designated staff report, and heads record.
func ownReport(reported bool) func(record.Values) string {
	return func(v record.Values) string {
		switch designated := v.Text("by") == "designated"; {
		case designated && !reported:
			return "指定職員による巡回は、統括管理者か執行責任者に報告します。 Designated staff report to a head."
		case !designated && reported:
			return "管理職・執行責任者による巡回は、報告せずに記録します。 Heads record without a report."
		}
		return ""
	}
}
