package compliance

import "yagura/internal/record"

// MemoPolicy is how a unit deals with memos of personal data in a fiscal year. Each question is asked only
// where the one before it makes it one: designated 42 <= prohibited 62 <= in scope 76 holds by construction.
var MemoPolicy = record.Kind{
	ID: "memo-policy", Name: text("メモのルール", "Memo rule"), Prefix: "メ", Key: []string{"year"}, Title: []string{"year", "scope", "prohibited"},
	Note: text("画面の個人情報を紙に書き写すことを原則禁止とし、必要なときの用紙とルールを部署ごとに定めます。", "Copying personal data onto paper is prohibited in principle."),
	Fields: []record.Field{
		must(sought(line("year", "年度", "Fiscal year"))),
		must(choice("scope", "対象", "In scope", option("yes", "対象", "Yes"), option("no", "対象外", "No"))),
		when(must(line("scope_reason", "対象外の理由", "Why not")), "scope", "no"),
		when(must(choice("prohibited", "禁止", "Prohibited", option("yes", "禁止している", "Prohibited"), option("no", "その他の対応", "Another measure"))), "scope", "yes"),
		when(must(choice("other_kind", "その他の対応の区分", "Kind of measure", option("pass_on", "伝達", "Passing on"), option("copy", "転記", "Copying"), option("other", "その他", "Other"))), "prohibited", "no"),
		when(must(lines("other", "その他の対応", "Other measure")), "prohibited", "no"),
		when(must(choice("paper", "用紙指定", "Designated paper", option("yes", "有", "Yes"), option("no", "無", "No"))), "prohibited", "yes"),
		when(must(line("no_paper", "指定しない理由", "Why none")), "paper", "no"),
		when(must(choices("papers", "用紙種別", "Kinds of paper", option("sheet", "用紙", "Sheets"), option("notebook", "ノート", "Notebook"))), "paper", "yes"),
		line("place", "保管場所", "Kept where"),
		line("disposal", "廃棄方法・時期", "Disposal"),
		table("rules", "業務別ルール", "Rules by business", must(line("business", "業務名", "Business")), must(line("need", "必要な理由", "Need")), must(line("who", "誰が", "Who")), must(line("what", "何を", "What")),
			must(line("paper", "用紙", "Paper")), must(line("disposal", "廃棄", "Disposal"))),
		date("from", "適用日", "In force from"),
	},
	Counts: memoCounts,
	States: []record.State{
		open("draft", "作成中", "Draft"),
		state("waiting", "承認待ち", "Waiting"),
		state("in_force", "適用中", "In force"),
		open("revising", "改定中", "Being revised"),
		done("ended", "廃止", "Ended"),
	},
	Moves: []record.Move{
		move("submit", "承認を求める", "Submit", "draft", "waiting", alsoFrom("revising"), needs("from"), guard(exceptionHasRule)),
		move("approve", "承認する", "Approve", "waiting", "in_force", by(generalManager), deputy(executingOfficer), notBy("submit")),
		move("return", "差し戻す", "Return", "waiting", "draft", by(generalManager), withReason),
		move("revise", "改定する", "Revise", "in_force", "revising"),
		move("end", "廃止する", "End", "in_force", "ended", by(generalManager), withReason),
	},
	Due:     []record.Deadline{within("approve", "メモのルールの承認", "Approve the memo rule", 5, "waiting", generalManager)},
	Stamps:  []record.Stamp{{Name: text("統括管理者", "General manager"), Move: "approve"}, {Name: text("起案", "Drafted"), Move: "submit"}},
	Columns: []string{"year", "scope", "prohibited", "paper"},
	Readers: officeReads, Writers: unitKeeps,
}

// exceptionHasRule: who does not prohibit memos says by business how they are handled.
func exceptionHasRule(v record.Values) string {
	if v.Text("prohibited") == "no" && len(v.Rows("rules")) == 0 {
		return "メモを禁止しない場合は、業務別ルールを1つ以上書いてください。 Where memos are not prohibited, state a rule by business."
	}
	return ""
}

// MemoIssue is numbered memo paper handed out: what was issued is returned, destroyed, or open.
var MemoIssue = record.Kind{
	ID: "memo-issue", Name: text("メモ用紙の交付", "Memo paper issued"), Prefix: "用", Day: "day", Title: []string{"day", "first", "last"},
	Note: text("通し番号のあるメモ用紙の交付・返却・廃棄です。", "Numbered paper: issued, returned, destroyed."),
	Fields: []record.Field{
		must(date("day", "交付日", "Issued on")),
		must(number("first", "番号自", "From number", "", "")),
		must(number("last", "番号至", "To number", "", "")),
		must(person("receiver", "受領者", "Receiver")),
		number("returned", "返却枚数", "Returned", "枚", ""),
		number("destroyed", "廃棄枚数", "Destroyed", "枚", ""),
		date("destroyed_on", "廃棄日", "Destroyed on"),
		person("witness", "立会者", "Witness"),
	},
	Counts: paperCounts,
	States: []record.State{open("out", "交付中", "Issued"), done("settled", "精算済", "Settled"), state("missing", "未回収", "Missing")},
	Moves: []record.Move{
		move("settle", "精算する", "Settle", "out", "settled", alsoFrom("missing"), needs("returned", "destroyed", "witness"), guard(func(v record.Values) string {
			if Open(v) != 0 {
				return "交付した枚数が、返却と廃棄の合計と合いません。 What was issued is not what was returned and destroyed."
			}
			return ""
		})),
		move("miss", "未回収とする", "Report missing", "out", "missing", withReason),
	},
	Due: []record.Deadline{{ID: "settle", Name: text("メモ用紙の回収", "Collect memo paper"), While: []string{"out"}, Of: "day", Days: 7}},
	Rules: []record.Rule{func(v record.Values) *record.Problem {
		switch {
		case v.Number("last") < v.Number("first"):
			return wrong("last", "番号至が番号自より小さくなっています。", "The last number is before the first.")
		case Open(v) < 0:
			return wrong("destroyed", "返却と廃棄の合計が、交付した枚数より多くなっています。", "More was returned and destroyed than issued.")
		case v.Text("witness") != "" && v.Text("witness") == v.Text("receiver"):
			return wrong("witness", "立会者は受領者以外の人にしてください。", "The witness is somebody else than the receiver.")
		}
		return nil
	}},
	Columns: []string{"day", "first", "last", "receiver", "returned", "destroyed"},
	Readers: officeReads, Writers: unitKeeps,
}

// Open is how many sheets of an issue are neither returned nor destroyed.
func Open(v record.Values) int64 {
	return v.Number("last") - v.Number("first") + 1 - v.Number("returned") - v.Number("destroyed")
}
