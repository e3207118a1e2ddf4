package hint

import (
	"fmt"
	"math"
	"strings"

	"yagura/internal/oplog/event"
)

// Rule is what people read of a rule.
type Rule struct {
	Name     event.Text
	What     event.Text
	Ordinary event.Text // possible ordinary reasons
}

func rule(name, nameEn, what, whatEn, ordinary, ordinaryEn string) Rule {
	return Rule{event.Text{Ja: name, En: nameEn}, event.Text{Ja: what, En: whatEn}, event.Text{Ja: ordinary, En: ordinaryEn}}
}

// Rules are H1 to H14.
var Rules = map[string]Rule{
	"H1": rule("検索件数が多い", "Many operations", "同じ所属・業務の職員と比べて、操作の件数がとても多くなっています。", "Far more operations than peers of the same unit and business.",
		"繁忙期、窓口担当、一括処理、応援", "A busy season, duty at the window, work in bulk, help for others"),
	"H2": rule("時間外・休日・休暇中の操作", "Outside hours", "開庁時間の外、閉庁日、または休暇の日に操作しています。", "Operations outside of hours, on closed days or on leave.",
		"時間外勤務、休日開庁、休暇の取消し", "Overtime, a day the office was open, leave that was withdrawn"),
	"H3": rule("性別・年齢の偏り", "Skewed to a sex and age", "検索された方が、一つの性別と年齢階級に偏っています。", "The people looked up are mostly of one sex and age, unlike those of peers.",
		"対象者が決まっている業務（健診、児童手当など）", "Work for such people, such as check-ups or child allowance"),
	"H4": rule("単身世帯の偏り", "Skewed to people living alone", "検索された方が、単身世帯に偏っています。", "The people looked up mostly live alone, unlike those of peers.",
		"単身者が対象の業務（高齢者の見守りなど）", "Work for people who live alone"),
	"H5": rule("同じ方の繰返し検索", "The same person again", "受付番号・事由のないまま、同じ方を3日以上検索しています。", "The same person on three days or more, without a number.",
		"継続中の手続で、受付番号を入力していない", "A procedure that goes on, its number not entered"),
	"H6": rule("多くの所属からの検索", "Looked up by many units", "一人の方が、多くの所属から検索されています。", "One person was looked up by many units.",
		"複数の所属にまたがる手続、同姓同名", "A procedure of several units, a common name"),
	"H7": rule("本人・家族・同僚の検索", "Themselves, family, colleagues", "職員本人、その世帯、同じ姓と住所の方、または同僚を検索しています。", "They themselves, their household, the same name and address, or colleagues.",
		"操作の研修、同姓の別人、本人からの申請の受付", "Training, another person of the name, an application by that person"),
	"H8": rule("支援措置の方の検索", "People under protection", "支援措置の方を、受付番号・事由のないまま検索しています。", "People under protection, without a number.",
		"支援措置の更新や確認の業務", "Renewing or checking the protection"),
	"H9": rule("閲覧だけの検索が多い", "Mostly views only", "帳票・更新・受付番号のない検索の割合が、同僚より高くなっています。", "A larger share than that of peers without anything printed, changed or numbered.",
		"電話の照会、相談、調査の業務", "Questions by telephone, advice, surveys"),
	"H10": rule("住所の順に検索", "Address by address", "同じ街区の世帯を、短い時間に次々に検索しています。", "Household after household of one block in a short time.",
		"実態調査、住居表示の変更、集合住宅の一括処理", "A survey, a change of addresses, a housing block in bulk"),
	"H11": rule("IDの共有", "A shared ID", "一つのIDが二つの端末で同時に、または一日中休みなく使われています。", "One ID on two terminals at once, or all day without a break.",
		"端末の移動、窓口の交代でのサインアウト忘れ", "A change of terminals, a sign-out forgotten at a change of shift"),
	"H12": rule("ほかの所属の端末", "Terminals of other sections", "ほかの所属の端末を使っています。", "Terminals of another section.",
		"応援、端末の故障、会議室の共用端末", "Help for others, a broken terminal, a shared one"),
	"H13": rule("使えないはずのID", "An ID that should not work", "異動・退職した職員、名簿にない職員、または同意書のない臨時職員のIDが使われています。", "The ID of somebody transferred, gone or unknown, or temporary without a signed consent.",
		"名簿の更新の遅れ、引継ぎの期間", "A register not yet brought up to date, a time of handing over"),
	"H14": rule("権限の外の業務", "A business outside authority", "使うことになっていない業務を操作しています。", "A business they are not to use.",
		"兼務、応援、権限表の更新の遅れ", "A second post, help for others, a list not yet brought up to date"),
}

// FigureNames are what figures are called.
var FigureNames = map[string]event.Text{
	"events": {Ja: "操作", En: "operations"}, "robust_z": {Ja: "外れの度合い", En: "robust z"}, "outside": {Ja: "時間外・閉庁日の操作", En: "operations outside hours"},
	"on_leave": {Ja: "休暇中の操作", En: "operations on leave"}, "uncased": {Ja: "受付番号・事由なし", En: "without a number"}, "days": {Ja: "日数", En: "days"}, "persons": {Ja: "検索された方", En: "people"},
	"units": {Ja: "所属", En: "units"}, "staff": {Ja: "職員", En: "staff"}, "family": {Ja: "本人・家族", En: "themselves or family"}, "colleagues": {Ja: "同僚", En: "colleagues"},
	"protected": {Ja: "支援措置の方の操作", En: "operations on protected people"}, "households": {Ja: "世帯", En: "households"}, "minutes": {Ja: "分", En: "minutes"},
	"at_once": {Ja: "同時の使用", En: "times at once"}, "long_days": {Ja: "休みのない日", En: "days without a break"}, "terminals": {Ja: "端末", En: "terminals"}, "left": {Ja: "異動・退職後", En: "after leaving"},
	"unknown": {Ja: "名簿にないID", En: "unknown ID"}, "moved": {Ja: "前の所属のまま", En: "as of the unit before"}, "unsigned": {Ja: "同意書なし", En: "without a consent"},
	"businesses": {Ja: "業務", En: "businesses"}, "share": {Ja: "割合", En: "share"},
}

// Say is a figure in words for a file; numbers below least are hidden.
func Say(f Figure, least int, hidden string) string {
	text := FigureNames[f.ID].Ja + " " + say(f, f.Value, least, hidden)
	if f.Peers != nil {
		text += "（同僚の中央値 " + say(f, *f.Peers, least, hidden) + "）"
	}
	return text
}

// Words are a figure's name, its value and that of peers, for whoever looks into the hint: none is hidden.
func Words(f Figure) (name, value, peers string) {
	name, value = FigureNames[f.ID].Ja, say(f, f.Value, 0, "")
	if sex, ages, ok := strings.Cut(f.Text, " "); ok {
		name = map[string]string{event.Female: "女性", event.Male: "男性"}[sex] + ages + "歳の" + name
	}
	if f.Low != nil && f.High != nil {
		value += "（95％信頼区間 " + say(f, *f.Low, 0, "") + "～" + say(f, *f.High, 0, "") + "）"
	}
	if f.Peers != nil {
		peers = say(f, *f.Peers, 0, "")
	}
	return name, value, peers
}

func say(f Figure, v float64, least int, hidden string) string {
	switch {
	case f.ID == "share":
		return fmt.Sprintf("%.1f％", 100*v)
	case f.ID == "robust_z" || f.ID == "minutes" || f.ID == "days":
		return fmt.Sprintf("%g", v)
	case v < float64(least):
		return hidden
	}
	return fmt.Sprintf("%g", math.Round(v))
}
