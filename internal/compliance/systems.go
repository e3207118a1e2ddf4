package compliance

import "yagura/internal/record"

// System is an information system, and how far two factors and the analysis of its logs have come.
var System = record.Kind{
	ID: "information-system", Name: text("情報システム", "Information system"), Prefix: "シ", Key: []string{"name"}, Title: []string{"name", "auth"},
	Fields: []record.Field{
		must(line("name", "名称", "Name")),
		yes("personal", "個人情報", "Personal data"),
		yes("my_number", "個人番号", "My Number"),
		number("users", "利用者数", "Users", "人", ""),
		number("terminals", "端末数", "Terminals", "台", ""),
		must(choice("auth", "認証方式", "Authentication",
			option("password", "パスワードのみ", "Password only"), option("two_factor", "二要素（生体認証とパスワード）", "Biometric and password"),
			option("other", "その他の二要素", "Other two factors"))),
		when(date("two_factor_from", "二要素開始日", "Two factors from"), "auth", "two_factor", "other"),
		when(line("planned_year", "予定年度", "Planned for"), "auth", "password"),
		line("obstacle", "障害", "Obstacle"),
		number("cost", "経費見積", "Cost", "千円", "kJPY"),
		line("budget", "予算措置", "Budget"),
		choice("log", "操作ログ", "Operation log", option("kept", "取得", "Kept"), option("none", "未取得", "Not kept")),
		when(number("log_days", "ログ保存期間", "Log kept for", "日", "days"), "log", "kept"),
		lines("log_fields", "ログ項目", "Fields of the log"),
		yes("tool", "解析ツール", "Analysis tool"),
		lines("change", "必要な改修", "Needed change"),
		lines("policy", "実施方針", "Policy"),
	},
	Counts: systemCounts,
	States: []record.State{
		open("studying", "調査中", "Studied"),
		state("decided", "方針決定", "Decided"),
		state("asked", "予算要求", "Budget asked"),
		state("doing", "実施中", "Under way"),
		done("done", "完了", "Done"),
	},
	Moves: []record.Move{
		move("decide", "方針を決定する", "Decide", "studying", "decided", needs("policy"), by(generalManager, informationOffice)),
		move("ask", "予算を要求する", "Ask for the budget", "decided", "asked", needs("cost")),
		move("begin", "実施を始める", "Begin", "asked", "doing", alsoFrom("decided"), needs("budget")),
		move("finish", "完了する", "Finish", "doing", "done", by(generalManager, informationOffice), guard(func(v record.Values) string {
			if (v.Yes("personal") || v.Yes("my_number")) && v.Text("auth") == "password" {
				return "個人情報を扱うシステムは、二要素認証になってから完了にしてください。 A system with personal data is done once it has two factors."
			}
			return ""
		})),
		move("study", "調査に戻す", "Study again", "decided", "studying", withReason),
	},
	Columns: []string{"name", "personal", "my_number", "auth", "planned_year", "log"}, Readers: officeReads, Writers: append([]record.Role{informationOffice}, unitKeeps...),
}

// Regulation is a version of a 要綱 or the like, with its articles and the settings they govern.
var Regulation = record.Kind{
	ID: "regulation", Name: text("規程", "Regulation"), Prefix: "規", Ward: true, Day: "from", Key: []string{"name", "from"}, Title: []string{"name", "from"},
	Fields: []record.Field{
		must(line("name", "名称", "Name")),
		must(choice("kind", "種別", "Kind",
			option("ordinance", "条例", "Ordinance"), option("rule", "規則", "Rule"), option("outline", "要綱", "Outline"),
			option("standard", "基準", "Standard"), option("guide", "要領", "Guide"))),
		line("number", "番号", "Number"),
		must(date("made", "制定・改正日", "Made on")),
		must(date("from", "施行日", "In force from")),
		table("articles", "条文", "Articles",
			must(line("article", "条", "Article")), line("title", "見出し", "Heading"), must(lines("text", "本文", "Text")),
			choice("setting", "定める設定", "Setting it governs",
				option("retention", "保存日数", "Days kept"),
				option("duty", "確認の回数", "Norm of looking"),
				option("induction", "研修の時間", "Minutes of induction"),
				option("viewing", "映像を確認できる職・範囲", "Who may look, and how far back"),
				option("purpose", "確認の目的", "Purposes of looking"),
				option("none", "なし", "None"),
			),
			line("value", "値", "Value")),
		files("files", "全文・新旧対照表", "Text, and what changed in it", papers...), lines("compare", "新旧対照", "What changed"), date("told", "周知日", "Told on"), date("review", "見直し時期", "Review"),
	},
	States: []record.State{open("draft", "案", "Draft"), state("waiting", "決裁中", "Waiting"), state("in_force", "施行", "In force"), done("old", "旧規程", "Superseded")},
	Moves: []record.Move{
		move("submit", "決裁に回す", "Submit", "draft", "waiting", needs("articles")),
		move("approve", "決裁する", "Approve", "waiting", "in_force", notBy("submit")),
		move("return", "差し戻す", "Return", "waiting", "draft", withReason),
		move("supersede", "旧規程にする", "Supersede", "in_force", "old"),
	},
	Due:     []record.Deadline{ahead("review", "規程の見直し", "Review the regulation", 30, "review", "in_force")},
	Rules:   []record.Rule{ordered("made", "from", "施行日が制定・改正日より前です。", "It comes into force before it was made.")},
	Stamps:  []record.Stamp{{Name: text("決裁", "Approved"), Move: "approve"}, {Name: text("起案", "Drafted"), Move: "submit"}},
	Columns: []string{"name", "kind", "from", "review"}, Readers: everyUnit, Writers: office,
}
