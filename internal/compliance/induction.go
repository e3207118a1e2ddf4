package compliance

import (
	"fmt"
	"strconv"

	"yagura/internal/attachment"
	"yagura/internal/record"
)

// LeastMinutes is how long an induction takes at least (一定程度の時間).
const LeastMinutes = 60

// Induction is a temporary appointment and what has to happen on its first day: the common part, the part of
// the job, and a signed consent, before there is a terminal ID.
var Induction = record.Kind{
	ID: "induction", Name: text("任用時研修", "Induction"), Prefix: "研", Day: "from", Key: []string{"staff", "from"}, Title: []string{"name", "from"},
	Note: text("臨時職員などの任用初日に、共通事項と業務手順の研修を行い、同意書に署名を受けます。", "On the first day: training, and a signed consent."),
	Fields: []record.Field{
		must(line("staff", "職員番号", "Staff number")), must(line("name", "氏名", "Name")), must(line("kana", "フリガナ", "Reading")),
		must(choice("kind", "任用区分", "Kind",
			option("temporary", "臨時職員", "Temporary"), option("fiscal", "会計年度任用職員", "Fiscal-year appointment"),
			option("dispatched", "派遣", "Dispatched"), option("contractor", "委託先従事者", "Contractor"))),
		must(date("from", "任用開始日", "From")), must(date("until", "任用終了日", "Until")), number("renewals", "更新回数", "Renewals", "回", ""), line("work", "業務内容", "Work"),
		yes("terminal", "端末利用", "Uses terminals"), yes("personal", "個人情報取扱", "Handles personal data"),
		date("trained", "研修日", "Trained on"), number("minutes", "時間", "Duration", "分", "min"), line("place", "場所", "Place"), person("trainer", "講師", "Trainer"),
		link("common", "training-material", "共通教材版", "Common material"), line("own", "個別教材", "Own material"), lines("understood", "理解度確認", "Understanding"),
		line("late_reason", "未実施理由", "Why not on the first day"),
		line("form", "同意様式版", "Consent form"),
		date("signed", "同意署名日", "Signed on"),
		choice("how", "署名方法", "How", option("paper", "自署", "On paper"), option("pad", "電子署名パッド", "On a pad")),
		line("kept", "同意書の保管場所", "Kept where"),
		files("scan", "同意書の写し", "Scan of the consent", attachment.PDF, attachment.JPEG, attachment.PNG),
		date("revoked", "ID失効日", "ID revoked on"), yes("returned", "名札・メモ用紙・機器の返却", "Everything returned"),
	},
	Counts: inductionCounts,
	States: []record.State{
		open("planned", "任用予定", "Planned"),
		open("scheduled", "研修予定", "Training planned"),
		state("late", "初日未実施", "Not on the first day"),
		state("trained", "研修済", "Trained"),
		state("consented", "同意済", "Consented"),
		state("cleared", "ID発行可", "ID may be issued"),
		state("over", "任用終了", "Over"),
		done("closed", "返却・ID失効確認済", "Closed"),
	},
	Moves: []record.Move{
		move("schedule", "研修を予定する", "Plan the training", "planned", "scheduled"),
		move("train", "研修を記録する", "Record the training", "scheduled", "trained",
			alsoFrom("planned"), needs("trained", "minutes", "trainer", "common", "own"), guard(trainedOnTheFirstDay)),
		move("be_late", "初日未実施の承認を求める", "Ask leave to be late", "scheduled", "late",
			alsoFrom("planned"), needs("trained", "minutes", "trainer", "common", "own", "late_reason"), guard(longEnough)),
		move("accept_late", "初日未実施を承認する", "Accept", "late", "trained", by(generalManager), notBy("be_late")),
		move("consent", "同意書の署名を記録する", "Record the consent", "trained", "consented", needs("form", "signed", "how", "kept"), takes("scan"), guard(signedAfterTraining)),
		move("clear", "ID発行可とする", "Clear for an ID", "consented", "cleared", by(executingOfficer, generalManager)),
		move("end", "任用を終了する", "End", "cleared", "over", alsoFrom("consented")),
		move("close", "返却・失効を確認する", "Close", "over", "closed", needs("revoked", "returned")),
	},
	Due: []record.Deadline{
		settled(ahead("prepare", "研修の準備", "Prepare the induction", 3, "from", "planned"), "schedule"),
		{ID: "train", Name: text("任用初日の研修", "Induction on the first day"), While: []string{"planned", "scheduled"}, Of: "from"},
		{ID: "sign", Name: text("同意書の署名", "Signed consent"), While: []string{"trained"}, Of: "trained", Owed: []record.Role{executingOfficer, generalManager}},
		{ID: "unsigned", Name: text("任用初日の同意書が未署名", "No consent signed on the first day"), While: unsigned, Of: "from", Told: "16:00", Owed: []record.Role{executingOfficer, generalManager}, By: []string{"consent"}},
		{ID: "unsigned_after", Name: text("任用初日の翌日も同意書が未署名", "No consent signed a day later"), While: unsigned, Of: "from", Days: 1, Told: "09:00", Owed: []record.Role{departmentHead}, By: []string{"consent"}},
		settled(within("accept", "初日未実施の承認", "Accept the delay", 1, "late", generalManager), "accept_late"),
		{ID: "leave", Name: text("ID失効・返却の確認", "Revoke the ID"), While: []string{"consented", "cleared", "over"}, Of: "until"},
	},
	Rules: []record.Rule{
		ordered("from", "until", "任用終了日が任用開始日より前です。", "It ends before it begins."),
		ordered("from", "trained", "研修日が任用開始日より前です。", "The training is before the appointment."),
	},
	Stamps:  []record.Stamp{{Name: text("統括管理者", "General manager"), Move: "clear"}, {Name: text("講師", "Trainer"), Move: "train"}},
	Columns: []string{"staff", "name", "kind", "from", "until", "trained", "signed"},
	Readers: officeReads, Writers: unitKeeps,
}

// unsigned are the states before the consent is signed.
var unsigned = []string{"planned", "scheduled", "late", "trained"}

func longEnough(v record.Values) string {
	if v.Number("minutes") < LeastMinutes {
		return fmt.Sprintf("研修の時間が足りません（%d分以上）。 At least %[1]d minutes.", LeastMinutes)
	}
	return ""
}

func trainedOnTheFirstDay(v record.Values) string {
	if v.Text("trained") != v.Text("from") {
		return "研修日が任用初日ではありません。「初日未実施の承認を求める」を使ってください。 Not on the first day: ask leave to be late."
	}
	return longEnough(v)
}

func signedAfterTraining(v record.Values) string {
	if v.Text("signed") < v.Text("trained") {
		return "署名日が研修日より前です。 Signed before the training."
	}
	return ""
}

// TrainingMaterial is what inductions and trainings use, shared by all units and versioned.
var TrainingMaterial = record.Kind{
	ID: "training-material", Name: text("研修教材", "Training material"), Prefix: "材", Key: []string{"title", "edition"}, Ward: true, Title: []string{"title", "edition"},
	Fields: []record.Field{
		must(line("title", "教材名", "Title")),
		must(line("edition", "版", "Edition")),
		must(choice("part", "区分", "Part", option("common", "共通", "Common"), option("job", "業務", "Job"))),
		date("from", "使用開始日", "From"),
		lines("changes", "改訂内容", "What changed"),
		files("files", "教材ファイル", "Material"),
	},
	States:  []record.State{open("draft", "作成中", "Draft"), state("in_use", "使用中", "In use"), done("old", "旧版", "Old")},
	Moves:   []record.Move{move("use", "使用を始める", "Use", "draft", "in_use", needs("from")), move("retire", "旧版にする", "Retire", "in_use", "old")},
	Columns: []string{"title", "edition", "part", "from"},
	Readers: everyUnit, Writers: append([]record.Role{executingOfficer}, office...),
}

func next(year string) string { n, _ := strconv.Atoi(year); return strconv.Itoa(n + 1) }
