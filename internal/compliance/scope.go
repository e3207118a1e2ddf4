package compliance

import "yagura/internal/record"

// Scope is what the management system covers: which units, from when, and what is left out and why
// (ISO/IEC 27001, 4.3). Its next version supersedes it; what was in scope at a past date stays readable.
var Scope = record.Kind{
	ID: "isms-scope", Name: text("ISMS適用範囲", "ISMS scope"), Prefix: "範", Ward: true, Day: "from", Key: []string{"name", "from"}, Title: []string{"name", "from"},
	Note: text("ISMSが及ぶ部署と業務、除外とその理由です。", "The units and the work that the management system covers, and what is left out and why."),
	Fields: []record.Field{
		must(line("name", "名称", "Name")),
		must(date("from", "適用開始日", "From")),
		date("to", "適用終了日", "To"),
		lines("work", "対象業務", "Work covered"),
		table("units", "対象部署", "Units covered",
			must(field("unit", record.Unit, "部署", "Unit")),
			date("since", "この日から", "Since"),
			line("note", "備考", "Notes")),
		lines("border", "境界（場所・ネットワーク）", "Its border: places and networks"),
		lines("left_out", "除外とその理由", "What is left out, and why"),
	},
	States: []record.State{open("draft", "案", "Draft"), state("waiting", "承認待ち", "Waiting"), state("in_force", "適用中", "In force"), done("old", "旧版", "Old")},
	Moves: []record.Move{
		move("submit", "承認を求める", "Submit", "draft", "waiting", needs("units", "work")),
		move("approve", "承認する", "Approve", "waiting", "in_force", notBy("submit")),
		move("return", "差し戻す", "Return", "waiting", "draft", withReason),
		move("retire", "旧版にする", "Retire", "in_force", "old", needs("to")),
	},
	Due:     []record.Deadline{within("approve", "適用範囲の承認", "Approve the scope", 5, "waiting", informationOffice)},
	Rules:   []record.Rule{ordered("from", "to", "適用終了日が適用開始日より前です。", "It ends before it begins.")},
	Stamps:  []record.Stamp{{Name: text("承認", "Approved"), Move: "approve"}, {Name: text("起案", "Drafted"), Move: "submit"}},
	Columns: []string{"name", "from", "to"}, Readers: everyUnit, Writers: office,
}
