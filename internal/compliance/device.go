package compliance

import "yagura/internal/record"

// DeviceException lets a private device be used where it is prohibited, for a purpose, in a form, for a time.
var DeviceException = record.Kind{
	ID: "device-exception", Name: text("私物機器の使用承認", "Private device exception"), Prefix: "私", Day: "from", Title: []string{"applicant", "device", "purpose"},
	Note: text("業務区域・機密区域での私物機器の使用は禁止です。必要なときは、使い方と期間を決めて承認を受けます。", "Private devices are prohibited but in public zones; an exception has a form and a period."),
	Fields: []record.Field{
		must(person("applicant", "申請者", "Applicant")),
		must(choice("device", "機器", "Device",
			option("smartphone", "スマートフォン", "Smartphone"), option("phone", "携帯電話", "Mobile phone"), option("tablet", "タブレット", "Tablet"),
			option("other", "その他", "Other"))),
		must(choice("purpose", "目的区分", "Purpose", option("disaster_mail", "災害情報メール", "Disaster information mail"), option("mass_mail", "一斉送信メール配信確認", "Checking delivery of mass mail"),
			option("local_groups", "地域団体関係者等との連絡", "Contact with local groups"),
			option("events", "地域行事等のイベント", "Local events"),
			option("outside", "出先での職員間連絡", "Contact with staff outside"),
			option("municipalities", "他自治体職員との連絡", "Contact with other municipalities"), option("other", "その他", "Other"))),
		when(must(line("purpose_other", "その他の目的", "Other purpose")), "purpose", "other"),
		must(lines("reason", "理由", "Reason")),
		must(choice("zone", "区域", "Zone", option("business", "業務区域", "Business zone"), option("secure", "機密区域", "Secure zone"))),
		must(choices("form", "使用形態", "Form of use",
			option("calls", "通話のみ", "Calls"), option("receive", "受信のみ", "Receiving"), option("read", "閲覧のみ", "Reading"),
			option("no_camera", "撮影禁止", "No photographs"))),
		helped(must(lines("example", "使用できる範囲の例示", "Example of what is allowed")), "使ってよい場面を具体的に書きます。", "In words of an ordinary day."),
		must(date("from", "開始日", "From")),
		must(date("until", "終了日", "Until")),
		lines("alternative", "代替手段の検討", "Alternatives considered"),
		lines("conditions", "条件", "Conditions"),
		yes("afterwards", "緊急使用の事後報告", "Reported after an emergency"),
	},
	Counts: deviceCounts,
	States: []record.State{
		open("draft", "申請書作成中", "Draft"),
		state("asked", "申請", "Asked"),
		state("endorsed", "統括管理者承認", "Endorsed"),
		state("valid", "有効", "Valid"),
		done("refused", "却下", "Refused"),
		done("over", "期限切れ", "Expired"),
		done("withdrawn", "取消", "Withdrawn"),
	},
	Moves: []record.Move{
		move("ask", "申請する", "Ask", "draft", "asked"),
		move("endorse", "承認する（統括管理者）", "Endorse", "asked", "endorsed", by(generalManager), notBy("ask")),
		move("approve", "承認する（情報安全担当）", "Approve", "endorsed", "valid", by(informationOffice), notBy("endorse"), guard(func(v record.Values) string {
			if v.Text("zone") == "secure" && !v.Yes("afterwards") {
				return "機密区域での使用は、通常の承認では認められません。 Never in a secure zone by ordinary approval."
			}
			return ""
		})),
		move("return", "差し戻す", "Return", "asked", "draft", alsoFrom("endorsed"), by(generalManager, informationOffice), withReason),
		move("refuse", "却下する", "Refuse", "asked", "refused", alsoFrom("endorsed"), by(generalManager, informationOffice), withReason),
		move("withdraw", "取り消す", "Withdraw", "valid", "withdrawn", by(generalManager, informationOffice), withReason),
		move("expire", "期限切れにする", "Expire", "valid", "over"),
	},
	Due: []record.Deadline{
		within("endorse", "私物機器の使用承認", "Endorse the exception", 3, "asked", generalManager),
		within("approve", "私物機器の使用承認", "Approve the exception", 3, "endorsed", informationOffice),
		ahead("renew", "期限切れ前の更新", "Renew before it expires", 30, "until", "valid"),
		{ID: "ending", Name: text("あと7日で期限切れ", "It expires in 7 days"), While: []string{"valid"}, Of: "until", Days: -7, Told: "09:00", Owed: []record.Role{clerk, executingOfficer, generalManager}, By: []string{"expire"}},
		ahead("expire", "期限", "Expiry", 0, "until", "valid"),
	},
	Rules: []record.Rule{ordered("from", "until", "終了日が開始日より前です。", "It ends before it begins."), func(v record.Values) *record.Problem {
		if from, until := v.Text("from"), v.Text("until"); from != "" && until > endOfFiscalYear(from) {
			return wrong("until", "期間は年度末（"+endOfFiscalYear(from)+"）までです。", "At most until the end of the fiscal year, "+endOfFiscalYear(from)+".")
		}
		return nil
	}},
	Stamps: []record.Stamp{
		{Name: text("情報安全担当", "Information security"), Move: "approve"},
		{Name: text("統括管理者", "General manager"), Move: "endorse"},
		{Name: text("申請者", "Applicant"), Move: "ask"},
	},
	Columns: []string{"applicant", "device", "purpose", "form", "until"},
	Readers: officeReads, Writers: unitKeeps,
}

// OfficialMobile is a 業務用携帯端末.
var OfficialMobile = record.Kind{
	ID: "official-mobile", Name: text("業務用携帯端末", "Official mobile"), Prefix: "携", Key: []string{"asset"}, Title: []string{"asset", "model"},
	Fields: []record.Field{
		must(line("asset", "資産番号", "Asset number")),
		must(line("model", "機種", "Model")),
		line("phone", "電話番号", "Telephone"),
		must(person("keeper", "管理責任者", "Keeper")),
		person("holder", "貸出先", "Lent to"),
		date("lent", "貸出日", "Lent on"), yes("locked", "画面ロック", "Screen lock"), line("lost_contact", "紛失時連絡", "If lost, call"), date("inspected", "点検日", "Inspected on"),
	},
	States: []record.State{open("kept", "保管中", "Kept"), state("lent", "貸出中", "Lent"), state("lost", "紛失", "Lost"), done("gone", "廃棄", "Disposed of")},
	Moves: []record.Move{
		move("lend", "貸し出す", "Lend", "kept", "lent", needs("holder", "lent"), guard(func(v record.Values) string {
			if !v.Yes("locked") {
				return "画面ロックを設定してから貸し出してください。 Set a screen lock first."
			}
			return ""
		})),
		move("take", "返却を受ける", "Take back", "lent", "kept"), move("lose", "紛失を記録する", "Report lost", "lent", "lost", alsoFrom("kept"), withReason),
		move("find", "発見した", "Found", "lost", "kept"), move("dispose", "廃棄する", "Dispose of", "kept", "gone", alsoFrom("lost"), by(generalManager), withReason),
	},
	Due:     []record.Deadline{{ID: "inspect", Name: text("携帯端末の点検", "Inspect the mobile"), While: []string{"kept", "lent"}, Of: "inspected", Days: 365}},
	Columns: []string{"asset", "model", "holder", "inspected"},
	Readers: officeReads, Writers: unitKeeps,
}

// endOfFiscalYear is the 31 March that ends the fiscal year of a day.
func endOfFiscalYear(day string) string {
	year := day[:4]
	if day[5:7] >= "04" {
		year = next(year)
	}
	return year + "-03-31"
}
