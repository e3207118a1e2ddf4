package compliance

import "yagura/internal/record"

var levels = []record.Option{option("1", "小", "Low"), option("2", "中", "Medium"), option("3", "大", "High")}

// The management system (ISO/IEC 27001). Its records belong to the ward; findings name the unit they are of.

// Document is a 規程 or 手順 of the management system.
var Document = record.Kind{
	ID: "isms-document", Name: text("ISMS文書", "ISMS document"), Prefix: "文", Ward: true, Key: []string{"code", "edition"}, Title: []string{"code", "title", "edition"},
	Fields: []record.Field{
		must(line("code", "文書番号", "Code")),
		must(line("title", "文書名", "Title")),
		must(line("edition", "版", "Edition")),
		must(choice("kind", "種類", "Kind",
			option("policy", "方針", "Policy"), option("rule", "規程", "Rule"), option("procedure", "手順", "Procedure"), option("form", "様式", "Form"))),
		date("from", "施行日", "In force from"),
		date("review", "次回見直し日", "Next review"),
		lines("changes", "改訂内容", "Changes"),
		files("files", "文書ファイル", "Document", papers...),
	},
	States: []record.State{open("draft", "作成中", "Draft"), state("waiting", "承認待ち", "Waiting"), state("in_force", "施行中", "In force"), done("old", "旧版", "Old")},
	Moves: []record.Move{
		move("submit", "承認を求める", "Submit", "draft", "waiting", needs("from", "review")),
		move("approve", "承認する", "Approve", "waiting", "in_force", notBy("submit")),
		move("return", "差し戻す", "Return", "waiting", "draft", withReason),
		move("retire", "旧版にする", "Retire", "in_force", "old"),
	},
	Due:     []record.Deadline{ahead("review", "文書の見直し", "Review the document", 30, "review", "in_force")},
	Rules:   []record.Rule{ordered("from", "review", "見直し日が施行日より前です。", "The review is before it comes into force.")},
	Stamps:  []record.Stamp{{Name: text("承認", "Approved"), Move: "approve"}, {Name: text("起案", "Drafted"), Move: "submit"}},
	Columns: []string{"code", "title", "edition", "from", "review"}, Readers: everyUnit, Writers: office,
}

// Asset is an information asset.
var Asset = record.Kind{
	ID: "isms-asset", Name: text("情報資産", "Information asset"), Prefix: "資", Key: []string{"name"}, Title: []string{"name"},
	Fields: []record.Field{
		must(line("name", "名称", "Name")),
		choice("form", "形態", "Form", option("paper", "紙", "Paper"), option("data", "電子", "Data"), option("device", "機器", "Device")),
		must(choice("confidentiality", "機密性", "Confidentiality", levels...)),
		must(choice("integrity", "完全性", "Integrity", levels...)),
		must(choice("availability", "可用性", "Availability", levels...)),
		yes("personal", "個人情報", "Personal data"),
		line("place", "保管場所", "Kept where"),
		person("owner", "管理者", "Owner"),
	},
	States:  []record.State{open("held", "保有", "Held"), done("gone", "廃棄", "Disposed of")},
	Moves:   []record.Move{move("dispose", "廃棄する", "Dispose of", "held", "gone", withReason)},
	Columns: []string{"name", "form", "confidentiality", "integrity", "availability"}, Readers: officeReads, Writers: unitKeeps,
}

// Risk is a risk, its treatment and what is left of it.
var Risk = record.Kind{
	ID: "isms-risk", Name: text("リスク", "Risk"), Prefix: "リ", Ward: true, Title: []string{"threat", "impact", "likelihood"},
	Fields: []record.Field{
		must(line("threat", "脅威", "Threat")),
		must(line("weakness", "脆弱性", "Weakness")),
		must(choice("impact", "影響", "Impact", levels...)),
		must(choice("likelihood", "可能性", "Likelihood", levels...)),
		choice("treatment", "対応", "Treatment",
			option("reduce", "低減", "Reduce"), option("avoid", "回避", "Avoid"), option("share", "移転", "Share"), option("accept", "受容", "Accept")),
		lines("measures", "対策", "Measures"),
		choice("residual", "残留リスク", "Residual risk", levels...),
		person("owner", "リスク所有者", "Owner"),
		date("review", "見直し日", "Review"),
	},
	States: []record.State{open("assessed", "評価中", "Assessed"), state("treated", "対応中", "Treated"), done("accepted", "受容済", "Accepted")},
	Moves: []record.Move{
		move("treat", "対応を決める", "Treat", "assessed", "treated", needs("treatment", "owner")),
		move("accept", "残留リスクを受容する", "Accept", "treated", "accepted", needs("residual"), notBy("treat")),
		move("reassess", "再評価する", "Assess anew", "accepted", "assessed", alsoFrom("treated")),
	},
	Due:     []record.Deadline{{ID: "review", Name: text("リスクの見直し", "Review the risk"), While: []string{"treated", "assessed"}, Of: "review"}},
	Columns: []string{"threat", "weakness", "impact", "likelihood", "treatment", "residual"},
	Readers: everyUnit,
	Writers: office,
}

// Control is a control of the statement of applicability, with the kinds of record that prove it.
var Control = record.Kind{
	ID: "isms-control", Name: text("管理策", "Control"), Prefix: "策", Ward: true, Key: []string{"code"}, Title: []string{"code", "name"},
	Fields: []record.Field{
		must(line("code", "番号", "Code")),
		must(line("name", "名称", "Name")),
		must(choice("applies", "適用", "Applies", option("yes", "適用", "Yes"), option("no", "適用除外", "No"))),
		must(lines("reason", "理由", "Reason")),
		choices("proof", "証跡となる記録", "Records that prove it", proofs()...),
		helped(table("conditions", "証跡の条件", "Conditions of proof",
			must(choice("kind", "記録の種類", "Kind", proofs()...)),
			line("field", "項目", "Field"), line("value", "値", "Value"),
			number("least", "年間の必要件数", "Needed a year", "件", "")),
			"記録を絞るときは項目と値を書きます（例：状態＝完了）。年間の必要件数を書かなければ1件です。", "To narrow the records, name a field and its value; without a number, one a year is enough."),
		table("singles", "個別の証跡", "Single records", must(line("record", "記録の番号", "Number")), line("note", "備考", "Note")),
		choice("status", "実施状況", "Status", option("done", "実施", "Done"), option("part", "一部実施", "In part"), option("none", "未実施", "Not done")),
		line("document", "関連文書", "Document"),
	},
	States:  []record.State{open("set", "適用宣言", "Stated")},
	Columns: []string{"code", "name", "applies", "status", "proof"}, Readers: everyUnit, Writers: office,
}

// InternalAudit is planned, done by somebody of another unit, and reported.
var InternalAudit = record.Kind{
	ID: "internal-audit", Name: text("内部監査", "Internal audit"), Prefix: "監", Ward: true, Day: "day", Title: []string{"day", "theme"},
	Fields: []record.Field{
		must(date("day", "監査日", "Day")),
		must(line("theme", "テーマ", "Theme")),
		must(person("lead", "監査員", "Auditor")),
		line("lead_unit", "監査員の所属", "Auditor's unit"),
		table("checks", "チェックリスト", "Checklist",
			must(line("item", "項目", "Item")),
			choice("result", "結果", "Result",
				option("ok", "適合", "Conforms"),
				option("minor", "軽微な不適合", "Minor"),
				option("major", "重大な不適合", "Major"),
				option("note", "観察", "Observation"),
				option("good", "良い点", "Good"),
			),
			line("note", "所見", "Note")),
		lines("result", "総評", "Result"),
	},
	States: []record.State{open("planned", "計画", "Planned"), open("held", "実施中", "Under way"), state("reported", "報告済", "Reported"), done("done", "完了", "Done")},
	Moves: []record.Move{
		move("hold", "実施する", "Hold", "planned", "held"),
		move("report", "報告する", "Report", "held", "reported", needs("checks", "result")),
		move("close", "完了する", "Close", "reported", "done", notBy("report")),
	},
	Due:     []record.Deadline{{ID: "hold", Name: text("内部監査", "Internal audit"), While: []string{"planned"}, Of: "day"}},
	Columns: []string{"day", "theme", "lead"}, Readers: everyUnit, Writers: office,
}

// Finding is something to be mended, from an audit, a patrol or an inspection, until it is shown to work.
var Finding = record.Kind{
	ID: "finding", Name: text("指摘・是正", "Finding"), Prefix: "是", Day: "day", Title: []string{"kind", "what"},
	Fields: []record.Field{
		must(date("day", "指摘日", "Day")),
		must(choice("kind", "区分", "Kind", option("major", "重大な不適合", "Major"), option("minor", "軽微な不適合", "Minor"), option("note", "観察", "Observation"))),
		must(lines("what", "内容", "What")),
		line("source", "もとの記録", "Source"),
		must(date("by", "是正期限", "To be mended by")),
		lines("cause", "原因", "Cause"),
		lines("plan", "是正計画", "Plan"),
		lines("action", "実施内容", "Action"),
		date("acted", "実施日", "Done on"),
		lines("effect", "有効性の確認", "Effect"),
		files("photos", "写真・資料", "Photos and papers", papers...),
	},
	Counts: findingCounts,
	States: []record.State{
		open("raised", "起票", "Raised"),
		state("analysed", "原因分析", "Analysed"),
		state("planned", "是正計画承認", "Plan approved"),
		state("acted", "実施", "Acted"),
		done("done", "完了", "Done"),
	},
	Moves: []record.Move{
		move("analyse", "原因を分析する", "Analyse", "raised", "analysed", needs("cause", "plan")),
		move("approve", "是正計画を承認する", "Approve the plan", "analysed", "planned", by(generalManager), notBy("analyse")),
		move("return", "差し戻す", "Return", "analysed", "raised", by(generalManager), withReason),
		move("act", "実施を記録する", "Record the action", "planned", "acted", needs("action", "acted"), takes("photos")),
		move("verify", "有効性を確認する", "Verify", "acted", "done", by(informationOffice), needs("effect")),
		move("redo", "是正をやり直す", "Again", "acted", "raised", by(informationOffice), withReason),
	},
	Due: []record.Deadline{
		{ID: "mend", Name: text("是正", "Mend the finding"), While: []string{"raised", "analysed", "planned"}, Of: "by"},
		within("verify", "有効性の確認", "Verify the effect", 20, "acted", informationOffice),
	},
	Rules:   []record.Rule{ordered("day", "by", "是正期限が指摘日より前です。", "It is to be mended before it was found.")},
	Stamps:  []record.Stamp{{Name: text("統括管理者", "General manager"), Move: "approve"}, {Name: text("情報安全担当", "Information security"), Move: "verify"}},
	Columns: []string{"day", "kind", "what", "by"}, Readers: officeReads, Writers: append([]record.Role{informationOffice}, unitKeeps...),
}

// Review is a マネジメントレビュー.
var Review = record.Kind{
	ID: "management-review", Name: text("マネジメントレビュー", "Management review"), Prefix: "レ", Ward: true, Day: "day", Title: []string{"day"},
	Fields: []record.Field{
		must(date("day", "実施日", "Day")),
		must(line("chair", "議長", "Chair")),
		must(lines("inputs", "報告事項", "Inputs")),
		lines("decisions", "決定事項", "Decisions"),
	},
	States:  []record.State{open("draft", "準備中", "Draft"), done("held", "実施済", "Held")},
	Moves:   []record.Move{move("hold", "実施を記録する", "Record", "draft", "held", needs("decisions"))},
	Columns: []string{"day", "chair"}, Readers: everyUnit, Writers: office,
}

// Milestone is a step on the way to the certificate.
var Milestone = record.Kind{
	ID: "milestone", Name: text("ISMS工程", "ISMS milestone"), Prefix: "工", Ward: true, Day: "planned", Title: []string{"name", "planned"},
	Fields: []record.Field{must(line("name", "工程", "Milestone")), must(date("planned", "予定日", "Planned")), date("reached", "完了日", "Reached"), lines("note", "備考", "Notes")},
	States: []record.State{open("ahead", "予定", "Ahead"), done("reached", "完了", "Reached")},
	Moves:  []record.Move{move("reach", "完了する", "Reached", "ahead", "reached", needs("reached"))},
	Due: []record.Deadline{
		ahead("soon", "ISMSの工程", "ISMS milestone", 30, "planned", "ahead"),
		ahead("now", "ISMSの工程（当日）", "ISMS milestone today", 0, "planned", "ahead"),
	},
	Columns: []string{"name", "planned", "reached"}, Readers: everyUnit, Writers: office,
}
