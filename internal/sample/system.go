package sample

import (
	"strconv"
	"time"

	"yagura/internal/record"
)

var systemNames = []string{"住民記録", "印鑑登録", "戸籍附票", "個人番号カード交付", "国民年金", "児童手当", // My Number, two factors
	"住民税", "軽自動車税", "固定資産証明", "国民健康保険", "後期高齢者医療", "介護保険", "生活保護", "障害福祉サービス", "保育園入園", "学齢簿", // planned
	"選挙人名簿", "健診管理", "予防接種", "債権管理", "区民健康相談", "図書館利用者", "施設予約", "職員人事給与"} // studied

// systems are 24: six of My Number with two factors, ten planned, eight studied.
func systems(w *world) []record.Told {
	var out []*story
	this := year(w.today)
	for i, name := range systemNames {
		v := values{"name": name + "システム", "personal": true, "my_number": i < 6, "users": 20 + i*13%160, "terminals": 10 + i*7%90, "log": "kept", "log_days": 365}
		begun := workday(w.begin(), 3)
		s := w.tell("information-system", "joho-system", "tokatsu-joho-system", w.at(begun, i), v)
		policy := values{"policy": "生体認証とパスワードによる二要素認証を導入し、操作ログの解析ツールにつなぐ。", "change": "ログ項目に被検索者の性別・年齢・町丁目を加える。", "tool": i < 6}
		switch {
		case i < 6:
			v["auth"], v["two_factor_from"] = "two_factor", "2017-01-23"
			s.then("decide", "joho", w.at(workday(begun, 5), 0), policy).then("begin", "joho", w.at(workday(begun, 6), 0), values{"budget": "措置済"}).then("finish", "joho", w.at(workday(begun, 20), 0), nil)
		case i < 16:
			w.planned(s, v, i, this, begun, policy)
		default:
			v["auth"], v["log"] = "password", "none"
			delete(v, "log_days")
		}
		out = append(out, s)
	}
	return w.out(out)
}

// planned is a system for which two factors are planned: three of them got them this fiscal year.
func (w *world) planned(s *story, v values, i, this int, begun time.Time, policy values) {
	v["auth"], v["planned_year"], v["cost"] = "password", strconv.Itoa(this+(i-6)/4), 1200+i*310
	s.then("decide", "joho", w.at(workday(begun, 30+i), 0), policy).then("ask", "joho", w.at(workday(begun, 130+i), 0), nil)
	if (i-6)/4 > 0 {
		return
	}
	s.then("begin", "joho", w.at(workday(date(this, time.April, 1), i), 0), values{"budget": "令和" + strconv.Itoa(this-2018) + "年度当初予算"})
	if i < 9 {
		day := workday(date(this, time.July, 1), i*4)
		s.because("", "joho", w.at(day, 0), values{"auth": "two_factor", "two_factor_from": iso(day), "planned_year": nil}, "二要素認証の運用を始めたため")
	}
}

type article = [4]string // 条, 見出し, 設定, 値

// regulations are those of the sample ward: the outline for cameras, twice, and three more.
func regulations(w *world) []record.Told {
	begin, this := w.begin(), date(year(w.today), time.April, 1)
	say := func(name, kind, number string, from time.Time, rows ...article) *story {
		var articles []any
		for _, a := range rows {
			row := values{"article": a[0], "title": a[1], "text": a[1] + "について定める。（サンプル）", "setting": a[2]}
			if a[3] != "" {
				row["value"] = a[3]
			}
			articles = append(articles, row)
		}
		made := workday(from, -10)
		s := w.tell("regulation", "", "joho", w.at(made, 0), values{"name": name, "kind": kind, "number": number, "made": iso(made), "from": iso(from), "articles": articles, "review": iso(from.AddDate(2, 0, 0))})
		return s.then("submit", "joho", w.at(made, 10), nil).then("approve", "joho2", w.at(workday(made, 4), 0), nil)
	}
	cameras := "中野区の設置する防犯カメラ等の運用に関する要綱（サンプル）"
	old := say(cameras, "outline", "要綱第108号", begin, article{"第7条", "映像の保存期間", "retention", "14日"}, article{"第9条", "映像の確認", "duty", "4"})
	old.then("supersede", "joho", w.at(onOrAfter(this), 5), nil)
	return w.out([]*story{old,
		say(cameras, "outline", "要綱第108号", this, article{"第1条", "目的", "none", ""}, article{"第7条", "映像の保存期間", "retention", "30日"}, article{"第9条", "映像の確認", "duty", "4"}, article{"第12条", "周知", "none", ""}),
		say("臨時職員等の任用時研修に関する要領（サンプル）", "guide", "要領第3号", begin, article{"第4条", "研修の時間", "induction", "60"}, article{"第5条", "同意書", "none", ""}),
		say("私物情報機器の使用に関する基準（サンプル）", "standard", "基準第12号", begin, article{"第2条", "区域", "none", ""}, article{"第3条", "例外の承認", "none", ""}),
		say("メモの取扱いに関する基準（サンプル）", "standard", "基準第13号", begin, article{"第2条", "禁止", "none", ""}, article{"第3条", "指定用紙", "none", ""}),
	})
}
