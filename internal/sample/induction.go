package sample

import (
	"time"

	"yagura/internal/record"
)

// materials are the shared part of inductions, in editions, and parts of some businesses.
func materials(w *world) []record.Told {
	var out []*story
	begin := workday(w.begin(), 0)
	say := func(title, edition, part string, from time.Time, changes string) *story {
		s := w.tell("training-material", "", "joho", w.at(from, 0), values{"title": title, "edition": edition, "part": part, "from": iso(from), "changes": changes})
		return s.then("use", "joho", w.at(from, 1), nil)
	}
	first := say("臨時職員等のための情報安全（共通）", "3版", "common", begin, "メモ用紙の扱いを書き足した。")
	second := say("臨時職員等のための情報安全（共通）", "4版", "common", workday(begin.AddDate(1, 0, 0), 0), "事例を今年度のものに入れ替えた。")
	first.then("retire", "joho", w.at(workday(begin.AddDate(1, 0, 0), 1), 0), nil)
	out = append(out, first, second)
	for _, business := range []string{"窓口証明", "国民健康保険", "税務", "介護保険", "生活援護", "学校事務"} {
		out = append(out, say(business+"の端末操作と個人情報", "1版", "job", workday(begin, 2), "初版"))
	}
	return w.out(out)
}

const appointments, lateOnes = 260, 3

var unsigned = 17 // the one that nobody signed

// inductions are 260 temporary appointments: most of them in spring, all trained on their first day but three,
// and one without a signature.
func inductions(w *world) []record.Told {
	var out []*story
	for i := range appointments {
		u := w.units[w.rand.IntN(len(w.units))]
		for len(u.writers()) < 2 || u.manager == "" {
			u = pick(w, w.units)
		}
		from := onOrAfter(pick(w, w.open[:len(w.open)-6]))
		if i%5 < 2 { // on the first day of a fiscal year
			from = onOrAfter(date(year(w.begin())+i%2, time.April, 1))
		}
		until := from.AddDate(0, 0, w.between(60, 180))
		if i == unsigned {
			from, until = workday(w.today, -8), w.today.AddDate(0, 2, 0)
		}
		late := i >= 40 && i < 40+lateOnes
		if late {
			from, until = workday(w.today, -20-5*i%40), w.today.AddDate(0, 3, 0)
		}
		out = append(out, w.induction(u, i, from, until, late))
	}
	for i := range 3 { // who begins soon
		from := workday(w.today, 2+i)
		out = append(out, w.appointment(w.units[i*5], appointments+i, workday(w.today, -4), from, from.AddDate(0, 4, 0)))
	}
	return w.out(out)
}

func (w *world) appointment(u *unit, i int, known, from, until time.Time) *story {
	f, g := families[w.rand.IntN(len(families))], givens[w.rand.IntN(len(givens))]
	kind := pick(w, []string{"temporary", "temporary", "fiscal", "fiscal", "dispatched"})
	return w.tell("induction", u.ID, u.writers()[0], w.at(known, 200), values{"staff": num("T%05d", 10001+i), "name": f[0] + "　" + g[0], "kana": f[1] + "　" + g[1], "kind": kind, "from": iso(from), "until": iso(until),
		"work": u.Name + "の事務補助", "terminal": true, "personal": true})
}

func (w *world) induction(u *unit, i int, from, until time.Time, late bool) *story {
	by := u.writers()[0]
	s := w.appointment(u, i, workday(from, -6), from, until).then("schedule", by, w.at(workday(from, -4), 30), nil)
	edition := w.labels["training-material"][0]
	if y := year(from); y > year(w.begin()) {
		edition = w.labels["training-material"][len(w.labels["training-material"])-1]
	}
	trained := from
	v := values{"minutes": w.between(6, 12) * 10, "trainer": by, "common": edition, "own": u.Name + "の業務手順書", "place": u.Name + " 会議室", "understood": "確認テストで全問を確かめた。"}
	if late {
		trained = workday(from, 2)
		v["trained"], v["late_reason"] = iso(trained), "任用初日に本人が急病で欠勤したため"
		s.then("be_late", by, w.at(trained, 150), v).then("accept_late", u.manager, w.at(workday(trained, 1), 60), nil)
	} else {
		v["trained"] = iso(trained)
		s.then("train", by, w.at(trained, 150), v)
	}
	if i == unsigned {
		return s
	}
	s.then("consent", by, w.at(trained, 170), values{"form": "同意書 第3版", "signed": iso(trained), "how": pick(w, []string{"paper", "paper", "pad"}), "kept": "執務室 書庫"})
	s.then("clear", u.manager, w.at(trained, 240), nil)
	if end := onOrAfter(until); end.Before(w.today) {
		s.then("end", by, w.at(end, 420), nil).then("close", by, w.at(end, 430), values{"revoked": iso(end), "returned": true})
	}
	return s
}
