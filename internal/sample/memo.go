package sample

import (
	"strconv"
	"time"

	"yagura/internal/record"
)

// memoKinds are how units deal with memos, in the proportions of the ward's report: of 150, 76 are in scope, 62
// of these prohibit memos, 42 of these name a paper.
var memoKinds = []values{
	{"scope": "no", "scope_reason": "住民情報系端末がないため"},
	{"scope": "yes", "prohibited": "yes", "paper": "yes", "papers": []string{"sheet"}, "place": "鍵のかかる引出し", "disposal": "毎日退庁時に裁断"},
	{"scope": "no", "scope_reason": "個人情報を表示する端末を使わないため"},
	{"scope": "yes", "prohibited": "yes", "paper": "yes", "papers": []string{"sheet", "notebook"}, "place": "書庫", "disposal": "週末に裁断"},
	{"scope": "yes", "prohibited": "yes", "paper": "no", "no_paper": "業務においてメモを取る必要がないため"},
	{"scope": "no", "scope_reason": "住民情報系端末がないため"},
	{"scope": "yes", "prohibited": "yes", "paper": "yes", "papers": []string{"notebook"}, "place": "鍵のかかる引出し", "disposal": "使い終わりに溶解"},
	{"scope": "yes", "prohibited": "no", "other_kind": "pass_on", "other": "区民対応のため、別の担当者にメモで伝達する。",
		"rules": []any{values{"business": "窓口案内", "need": "別の担当者への引継ぎ", "who": "窓口職員", "what": "受付番号と用件", "paper": "指定用紙", "disposal": "対応後に裁断"}}},
}

// memoPolicies are those of both fiscal years. Some came after 30 April, and one waits for its approval.
func memoPolicies(w *world) []record.Told {
	var out []*story
	for i, u := range w.units {
		for y := year(w.begin()); y <= year(w.today); y++ {
			day := workday(date(y, time.April, 1), w.between(4, 17))
			if w.chance(8) {
				day = workday(date(y, time.May, 1), w.between(3, 20)) // late
			}
			v := values{"year": strconv.Itoa(y), "from": iso(day)}
			for k, x := range memoKinds[(i+y-year(w.begin()))%len(memoKinds)] {
				v[k] = x
			}
			by := u.writers()[0]
			s := w.tell("memo-policy", u.ID, by, w.at(workday(day, -3), 100), v).then("submit", by, w.at(workday(day, -2), 110), nil)
			if u.manager != "" && by != u.manager && (u.ID != "shido" || y < year(w.today)) {
				s.then("approve", u.manager, w.at(day, 15), nil)
			}
			out = append(out, s)
		}
	}
	return w.out(out)
}

// memoIssues are numbered sheets of the units that name a paper: fetched, used, counted. A few are not back.
func memoIssues(w *world) []record.Told {
	var out []*story
	for i, u := range w.units {
		if i%3 != 0 && u.ID != "koseki" || len(u.writers()) < 2 {
			continue
		}
		next := 1
		for d := 5; d < len(w.open); d += w.between(9, 14) {
			sheets := w.between(1, 3) * 10
			out = append(out, w.issue(u, w.open[d], next, sheets))
			next += sheets
		}
	}
	return w.out(out)
}

func (w *world) issue(u *unit, day time.Time, first, sheets int) *story {
	by, witness := u.writers()[0], u.writers()[1]
	s := w.tell("memo-issue", u.ID, by, w.at(day, 10), values{"day": iso(day), "first": first, "last": first + sheets - 1, "receiver": by})
	back := workday(day, w.between(1, 4))
	used := w.between(0, sheets)
	settled := values{"returned": sheets - used, "destroyed": used, "witness": witness, "destroyed_on": iso(back)}
	switch n := w.rand.IntN(100); {
	case n < 2:
		return s.because("miss", by, w.at(workday(day, 6), 30), nil, "返却の際に1枚足りず、探しています。")
	case n < 6:
		back = workday(day, w.between(7, 9)) // later than a week
		settled["destroyed_on"] = iso(back)
		fallthrough
	case n < 98:
		return s.then("settle", by, w.at(back, 400), settled)
	}
	return s // not back yet
}
