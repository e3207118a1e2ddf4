package sample

import (
	"time"

	"yagura/internal/record"
)

// scopes are two: what was covered in the first year, and all offices since.
func scopes(w *world) []record.Told {
	covered := func(units []*unit, from time.Time) (rows []any) {
		for _, u := range units {
			rows = append(rows, values{"unit": u.ID, "since": iso(from)})
		}
		return rows
	}
	begin, next := w.begin(), w.begin().AddDate(1, 0, 0)
	tell := func(from time.Time, v values) *story {
		v["name"], v["from"], v["work"] = "区の情報安全マネジメントシステム", iso(from), "住民情報を取り扱う業務"
		v["border"], v["left_out"] = "執務室と、庁内の業務用ネットワーク", "指定管理者の施設：管理者が自らの基準で運用するため"
		s := w.tell("isms-scope", "", "joho", w.at(workday(from, -20), 0), v)
		return s.then("submit", "joho", w.at(workday(from, -15), 0), nil).then("approve", "joho2", w.at(workday(from, -10), 0), nil)
	}
	first := tell(begin, values{"units": covered(w.units[:len(w.units)/2], begin), "to": iso(next.AddDate(0, 0, -1))}).then("retire", "joho", w.at(workday(next, 1), 0), nil)
	return w.out([]*story{first, tell(next, values{"units": covered(w.units, next)})})
}

var documentNames = []string{"情報安全基本方針", "情報資産管理規程", "アクセス管理規程", "入退室管理規程", "情報システム運用規程", "外部委託管理規程", "インシデント対応手順", "内部監査規程", "教育・啓発手順", "記録媒体管理手順",
	"バックアップ手順", "ログ管理手順", "端末管理手順", "クリアデスク・クリアスクリーン手順", "事業継続手順", "文書管理手順", "リスク評価手順", "是正処置手順", "例外措置申請書", "巡回点検票"}

// documents are twenty; two editions of some, one that is due for its review, one that waits.
func documents(w *world) []record.Told {
	var out []*story
	kinds := []string{"policy", "rule", "rule", "rule", "rule", "rule", "procedure", "rule"}
	for i, title := range documentNames {
		kind := "procedure"
		if i < len(kinds) {
			kind = kinds[i]
		} else if i > 17 {
			kind = "form"
		}
		from := workday(w.begin(), 2+i)
		review := from.AddDate(2, 0, 0)
		if i == 5 {
			review = w.today.AddDate(0, 0, 12)
		}
		s := w.tell("isms-document", "", "joho", w.at(workday(from, -1), 0), values{"code": num("IS-%02d", i+1), "title": title, "edition": "1.0", "kind": kind, "from": iso(from), "review": iso(review)})
		s.then("submit", "joho", w.at(workday(from, -1), 20), nil)
		if i != 16 {
			s.then("approve", "joho2", w.at(from, 0), nil)
		}
		out = append(out, s)
	}
	return w.out(out)
}

// assets are what units hold that matters.
func assets(w *world) []record.Told {
	var out []*story
	kinds := []struct{ name, form, c, i, a string }{{"申請書つづり", "paper", "3", "2", "2"}, {"業務端末", "device", "3", "3", "2"}, {"共有フォルダ", "data", "2", "2", "2"}}
	for n, u := range w.units {
		for j, k := range kinds {
			if (n+j)%3 == 2 {
				continue
			}
			out = append(out, w.tell("isms-asset", u.ID, u.writers()[0], w.at(workday(w.begin(), 10+n), j), values{"name": u.Name + " " + k.name, "form": k.form, "confidentiality": k.c, "integrity": k.i, "availability": k.a,
				"personal": true, "place": u.Name + " 執務室", "owner": u.writers()[len(u.writers())-1]}))
		}
	}
	return w.out(out)
}

var dangers = [][2]string{{"職員による目的外の閲覧", "閲覧の記録が点検されない"}, {"メモの紛失", "用紙の枚数が数えられていない"}, {"私物端末での撮影", "持込みの区域が明らかでない"}, {"端末の画面ののぞき見", "画面が窓口を向いている"}, {"宛先を誤った送付", "二人での確認が省かれる"},
	{"USBメモリの紛失", "持出しの記録がない"}, {"権限の残った利用者ID", "任用終了の連絡が遅れる"}, {"委託先からの漏えい", "再委託の確認が不十分"}, {"停電による記録の欠落", "無停電電源の点検不足"}, {"標的型メール", "添付の確認が徹底されない"}}

// risks are thirty: most accepted with what is left of them, some under treatment.
func risks(w *world) []record.Told {
	var out []*story
	for i := range 30 {
		d := dangers[i%len(dangers)]
		day := workday(w.begin(), 15+i)
		impact, likely := pick(w, []string{"2", "3", "3"}), pick(w, []string{"1", "2", "2", "3"})
		s := w.tell("isms-risk", "", "joho", w.at(day, 0), values{"threat": d[0], "weakness": d[1] + num("（区分%d）", i/len(dangers)+1), "impact": impact, "likelihood": likely})
		s.then("treat", "joho", w.at(workday(day, 10), 0), values{"treatment": "reduce", "owner": "tokatsu-joho-system"})
		if i%4 != 3 {
			s.then("accept", "joho2", w.at(workday(day, 60), 0), values{"residual": "1"})
		}
		out = append(out, s)
	}
	return w.out(out)
}

// proofOf says by which records a control is proved.
var proofOf = map[string][]string{"5.1": {"isms-document", "management-review"}, "5.2": {"memo-policy"}, "5.9": {"isms-asset", "terminal"}, "5.10": {"memo-policy", "device-exception"}, "5.15": {"rights", "config"}, "5.16": {"accounts"}, "5.18": {"rights", "accounts"},
	"5.24": {"isms-document"}, "5.28": {"duty", "review", "hold"}, "5.33": {"roots", "hold"}, "5.34": {"review", "disclosure"}, "5.35": {"internal-audit", "finding"}, "5.36": {"patrol", "internal-audit"}, "5.37": {"memo-policy", "isms-document"},
	"6.3": {"awareness", "induction"}, "6.6": {"induction"}, "6.8": {"finding"}, "7.2": {"patrol", "zone"}, "7.3": {"zone"}, "7.4": {"duty", "review", "inspection"}, "7.6": {"patrol"}, "7.7": {"patrol"}, "7.10": {"patrol", "memo-issue", "media"},
	"8.1": {"terminal", "device-exception"}, "8.2": {"rights"}, "8.3": {"rights", "config"}, "8.5": {"information-system", "sign-in"}, "8.10": {"media"}, "8.15": {"oplog", "review"}, "8.16": {"duty", "oplog", "request"}, "8.17": {"inspection"}}

// conditions are what some controls ask of their records.
var conditions = map[string][]any{
	"5.35": {values{"kind": "internal-audit", "field": "状態", "value": "完了", "least": 1}, values{"kind": "finding", "field": "状態", "value": "完了", "least": 5}},
	"6.3":  {values{"kind": "awareness", "field": "方法", "value": "朝礼", "least": 12}},
	"5.1":  {values{"kind": "management-review", "field": "状態", "value": "実施済", "least": 1}},
}

// singles are records of this fiscal year that some controls name by their numbers.
func (w *world) singles(code string) []any {
	number := func(prefix string) string { return num("R%d", year(w.today)-2018) + prefix + "-1" }
	switch code {
	case "7.7":
		return []any{values{"record": number("巡"), "note": "審査で示す見本"}}
	case "5.35":
		return []any{values{"record": number("監"), "note": "今年度の内部監査報告"}}
	}
	return nil
}

// unapplied are controls the ward states as not applicable.
var unapplied = map[string]string{"8.25": "開発を行わないため", "8.28": "開発を行わないため", "8.31": "開発環境を持たないため", "8.4": "ソースコードを持たないため"}

// controls are the 93 of Annex A of ISO/IEC 27001:2022, as the ward states them.
func controls(w *world) []record.Told {
	var out []*story
	day := workday(w.begin(), 12)
	for i, c := range annexA {
		v := values{"code": c[0], "name": c[1], "applies": "yes", "reason": "情報資産のリスク評価の結果による", "status": "done", "proof": proofOf[c[0]], "conditions": conditions[c[0]], "singles": w.singles(c[0])}
		if why := unapplied[c[0]]; why != "" {
			v["applies"], v["reason"], v["status"] = "no", why, nil
		} else if i%9 == 7 {
			v["status"] = "part"
		}
		out = append(out, w.tell("isms-control", "", "joho", w.at(day, i), v))
	}
	return w.out(out)
}

// audits are two a fiscal year, the next one planned.
func audits(w *world) []record.Told {
	var out []*story
	for i, day := range []time.Time{w.begin().AddDate(0, 6, 9), w.begin().AddDate(0, 10, 3), w.begin().AddDate(1, 5, 14), w.today.AddDate(0, 2, 5)} {
		day = onOrAfter(day)
		known := day
		if !known.Before(w.today) {
			known = workday(w.today, -20)
		}
		rows := []any{values{"item": "アクセス権の棚卸", "result": "ok"}, values{"item": "メモ用紙の管理", "result": "minor", "note": "返却の記録に漏れ"}, values{"item": "画面ロック", "result": "good", "note": "全員が習慣にしている"}}
		s := w.tell("internal-audit", "", "joho", w.at(workday(known, -15), 0), values{"day": iso(day), "theme": []string{"戸籍住民・税務", "すこやか福祉センター", "情報システムと委託", "教育委員会事務局"}[i], "lead": "kansa", "lead_unit": "監査"})
		out = append(out, s.then("hold", "joho", w.at(day, 0), nil).then("report", "joho", w.at(workday(day, 8), 0), values{"checks": rows, "result": "おおむね適合。軽微な不適合1件を是正すること。"}).then("close", "joho2", w.at(workday(day, 20), 0), nil))
	}
	return w.out(out)
}

const actions = 40

// findings are 40: raised over the two years, most of them closed, some late, some under way, two overdue.
func findings(w *world) []record.Told {
	var out []*story
	var two []*unit
	for _, u := range w.units {
		if len(u.writers()) > 1 && u.manager != "" && u.writers()[0] != u.manager {
			two = append(two, u)
		}
	}
	for i := range actions {
		u := two[i*7%len(two)]
		day := w.open[(i+1)*(len(w.open)-12)/(actions+1)]
		limit := onOrAfter(day.AddDate(0, 0, w.between(20, 45)))
		by := u.writers()[0]
		s := w.tell("finding", u.ID, by, w.at(day, 30), values{"day": iso(day), "kind": pick(w, []string{"minor", "minor", "note", "major"}), "what": pick(w, dangers)[1] + "（" + u.Name + "）", "source": "内部監査", "by": iso(limit)})
		s.then("analyse", by, w.at(workday(day, 4), 0), values{"cause": "手順が文書になっていなかった。", "plan": "手順書を作り、朝礼で伝える。"}).then("approve", u.manager, w.at(workday(day, 6), 0), nil)
		if i == actions-6 || i == actions-9 {
			out = append(out, s) // overdue
			continue
		}
		acted := workday(limit, -w.between(1, 6))
		if w.chance(12) {
			acted = workday(limit, w.between(2, 9)) // late
		}
		s.then("act", by, w.at(acted, 0), values{"action": "手順書を作り、全員に伝えた。", "acted": iso(acted)}).then("verify", "joho", w.at(workday(acted, 12), 0), values{"effect": "次の巡回で守られていることを確かめた。"})
		out = append(out, s)
	}
	return w.out(out)
}

func reviews(w *world) []record.Told {
	day := onOrAfter(w.begin().AddDate(0, 11, 9))
	s := w.tell("management-review", "", "joho", w.at(workday(day, -5), 0), values{"day": iso(day), "chair": "副区長（サンプル）", "inputs": "内部監査の結果、是正の状況、巡回・啓発の実施状況"})
	next := w.today.AddDate(0, 3, 2)
	return w.out([]*story{s.then("hold", "joho", w.at(day, 60), values{"decisions": "二要素認証の対象を広げる。次年度の内部監査は3回とする。"}),
		w.tell("management-review", "", "joho", w.at(workday(w.today, -5), 0), values{"day": iso(next), "chair": "副区長（サンプル）", "inputs": "準備中"})})
}

func milestones(w *world) []record.Told {
	var out []*story
	for i, m := range []struct {
		name   string
		months int // from the beginning
	}{{"ISMS運用開始（新年度）", 0}, {"職員研修", 3}, {"内部監査", 6}, {"マネジメントレビュー", 11}, {"第1段階審査", 13}, {"第2段階審査", 16}, {"登録", 18}, {"サーベイランス審査", 28}} {
		planned := onOrAfter(w.begin().AddDate(0, m.months, 5))
		s := w.tell("milestone", "", "joho", w.at(workday(w.begin(), 1), i), values{"name": m.name, "planned": iso(planned)})
		out = append(out, s.then("reach", "joho", w.at(planned, 200), values{"reached": iso(planned)}))
	}
	return w.out(out)
}
