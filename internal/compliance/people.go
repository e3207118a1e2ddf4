package compliance

import "yagura/internal/record"

// What is told to those who are filmed, and what they ask.

// Notice is 周知: staff are told beforehand of cameras and of the analysis of logs (PPC, Q5-7).
var Notice = record.Kind{
	ID: "notice", Name: text("周知", "Notice to staff"), Prefix: "周", Ward: true, Day: "day", Title: []string{"day", "subject"},
	Fields: []record.Field{
		must(date("day", "周知日", "Day")),
		must(line("subject", "件名", "Subject")),
		must(choices("methods", "方法", "Methods", methods...)),
		must(lines("to", "対象の部署", "Units")),
		must(lines("text", "内容", "Text")),
	},
	States:  []record.State{open("draft", "案", "Draft"), done("told", "周知済", "Told")},
	Moves:   []record.Move{move("tell", "周知を記録する", "Record", "draft", "told")},
	Columns: []string{"day", "subject", "methods"},
	Readers: everyUnit,
	Writers: office,
}

// Consultation is a talk with the staff union before important matters are set.
var Consultation = record.Kind{
	ID: "consultation", Name: text("職員団体との協議", "Consultation with the staff union"), Prefix: "協", Ward: true, Day: "day", Title: []string{"day", "subject"},
	Fields: []record.Field{
		must(date("day", "協議日", "Day")),
		must(line("subject", "議題", "Subject")),
		must(lines("present", "出席者", "Present")),
		lines("asked", "職員団体の意見", "What the union said"),
		lines("agreed", "結果", "Result"),
	},
	States:  []record.State{open("planned", "予定", "Planned"), done("held", "実施済", "Held")},
	Moves:   []record.Move{move("hold", "実施を記録する", "Record", "planned", "held", needs("asked", "agreed"))},
	Due:     []record.Deadline{ahead("hold", "職員団体との協議", "Consultation", 0, "day", "planned")},
	Columns: []string{"day", "subject"},
	Readers: []record.Role{informationOffice, auditor, departmentHead},
	Writers: office,
}

// Inspection is a 保守点検 of cameras and signs in a place.
var Inspection = record.Kind{
	ID: "inspection", Name: text("保守点検", "Inspection"), Prefix: "点", Day: "day", Title: []string{"day", "place"},
	Fields: []record.Field{
		must(date("day", "点検日", "Day")),
		must(line("place", "場所", "Place")),
		must(person("by", "点検者", "Inspector")),
		table("checks", "点検結果", "Results",
			must(line("item", "項目", "Item")), must(choice("result", "結果", "Result", option("ok", "良", "Good"), option("bad", "不良", "Bad"))),
			when(must(line("note", "内容", "What")), "result", "bad")),
		lines("action", "処置", "Action"),
		files("files", "写真・報告書", "Photos and reports", papers...),
	},
	States: []record.State{open("draft", "記入中", "Draft"), state("repair", "処置中", "Being repaired"), done("done", "完了", "Done")},
	Moves: []record.Move{move("close", "完了する", "Close", "draft", "done", needs("checks"), guard(func(v record.Values) string {
		for _, row := range v.Rows("checks") {
			if row.Text("result") == "bad" {
				return "不良の項目があります。処置に移してください。 Something is bad: have it repaired."
			}
		}
		return ""
	})), move("repair", "処置に移す", "Repair", "draft", "repair", needs("checks")), move("repaired", "処置を完了する", "Repaired", "repair", "done", needs("action"), takes("files"))},
	Due:     []record.Deadline{within("repair", "点検の処置", "Repair", 10, "repair")},
	Columns: []string{"day", "place", "by"},
	Readers: officeReads,
	Writers: append([]record.Role{informationOffice}, unitKeeps...),
}

// Complaint is a 苦情・問合せ.
var Complaint = record.Kind{
	ID: "complaint", Name: text("苦情・問合せ", "Complaint or question"), Prefix: "苦", Ward: true, Day: "day", Title: []string{"day", "subject"},
	Fields: []record.Field{
		must(date("day", "受付日", "Received on")),
		must(line("subject", "件名", "Subject")),
		must(choice("how", "方法", "How", option("window", "窓口", "At the window"), option("phone", "電話", "Telephone"), option("mail", "メール・文書", "In writing"))),
		must(lines("what", "内容", "What")),
		person("handler", "担当", "Handler"),
		lines("answer", "対応・回答", "Answer"),
		date("answered", "回答日", "Answered on"),
		files("files", "受付文書・回答文書", "Letters", papers...),
	},
	States:  []record.State{open("received", "受付", "Received"), done("answered", "回答済", "Answered")},
	Moves:   []record.Move{move("answer", "回答を記録する", "Record the answer", "received", "answered", needs("answer", "answered", "handler"), takes("files"))},
	Due:     []record.Deadline{within("answer", "苦情・問合せへの回答", "Answer", 10, "received")},
	Rules:   []record.Rule{ordered("day", "answered", "回答日が受付日より前です。", "It was answered before it was received.")},
	Columns: []string{"day", "subject", "how", "answered"},
	Readers: []record.Role{auditor, informationOffice},
	Writers: []record.Role{informationOffice, "crisis_management"},
}

// Disclosure is a 開示請求, with what the law gives it: 30 days, and 30 more where it says so in writing.
var Disclosure = record.Kind{
	ID: "disclosure", Name: text("開示請求", "Disclosure request"), Prefix: "開", Ward: true, Day: "day", Title: []string{"day", "what"},
	Fields: []record.Field{
		must(date("day", "受付日", "Received on")),
		must(choice("law", "根拠", "Law", option("personal", "個人情報保護法", "Personal information"), option("foi", "情報公開条例", "Freedom of information"))),
		must(lines("what", "請求の内容", "What")),
		line("cameras", "対象のカメラと日時", "Cameras and times"),
		line("hold", "保全の番号", "Hold"),
		yes("identified", "本人確認", "Identity checked"),
		lines("reasons", "判断の理由", "Reasons"),
		date("decided", "決定日", "Decided on"),
		yes("extended", "延長の通知", "Extension told"),
		must(date("by", "期限", "Due")),
		files("files", "請求書・通知書", "Letters", papers...),
	},
	States: []record.State{
		open("received", "受付", "Received"),
		state("deciding", "検討中", "Considered"),
		done("full", "全部開示", "Disclosed"),
		done("part", "一部開示", "Disclosed in part"),
		done("none", "不開示", "Refused"),
		done("withdrawn", "取下げ", "Withdrawn"),
	},
	Moves: []record.Move{
		move("consider", "検討を始める", "Consider", "received", "deciding", needs("identified")),
		move("disclose", "全部開示とする", "Disclose", "deciding", "full", needs("reasons", "decided"), takes("files"), notBy("consider")),
		move("disclose_part", "一部開示とする", "Disclose in part", "deciding", "part", needs("reasons", "decided"), takes("files"), notBy("consider")),
		move("refuse", "不開示とする", "Refuse", "deciding", "none", needs("reasons", "decided"), takes("files"), notBy("consider"), withReason),
		move("withdraw", "取下げを記録する", "Withdrawn", "received", "withdrawn", alsoFrom("deciding"), withReason),
	},
	Due:     []record.Deadline{{ID: "decide", Name: text("開示請求の決定", "Decide the request"), While: []string{"received", "deciding"}, Of: "by"}},
	Rules:   []record.Rule{ordered("day", "by", "期限が受付日より前です。", "It is due before it was received.")},
	Columns: []string{"day", "law", "what", "by"},
	Readers: []record.Role{auditor, informationOffice},
	Writers: []record.Role{informationOffice, "crisis_management"},
}
