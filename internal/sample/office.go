package sample

import (
	"maps"
	"slices"
	"time"

	"yagura/internal/record"
)

// weeks are the business days of each week, week by week.
func (w *world) weeks() (out [][]time.Time) {
	for i, d := range w.open {
		y, n := d.ISOWeek()
		if i > 0 {
			if py, pn := w.open[i-1].ISOWeek(); py == y && pn == n {
				out[len(out)-1] = append(out[len(out)-1], d)
				continue
			}
		}
		out = append(out, []time.Time{d})
	}
	return out
}

var themes = []string{"離席時の画面ロック", "宛先の二重確認", "机上の個人情報を残さない", "見覚えのないメールの添付", "メモ用紙の使い終わり", "電話での個人情報の確認", "USBメモリの持出し", "書庫の施錠", "私物スマートフォンの扱い",
	"パスワードの使い回し", "窓口での声の大きさ", "プリンタの取り忘れ", "廃棄文書の裁断", "部外者への声かけ", "端末画面の向き", "FAXの誤送信", "災害時の持出し品", "委託先との受渡し"}

// words is 今週の一言, each Friday; those of the last weeks are still shown.
func words(w *world) []record.Told {
	var out []*story
	for i, week := range w.weeks() {
		day := week[len(week)-1]
		theme := themes[i%len(themes)]
		s := w.tell("awareness-material", "", "joho", w.at(day, 60), values{"day": iso(day), "title": "今週の一言：" + theme, "kind": "weekly",
			"words": theme + "について、先週あった事例を一つ話してください。\n自分の席から見える範囲で確かめましょう。\n気づいたことは執行責任者へ。"})
		s.then("publish", "joho", w.at(day, 70), nil)
		if i < len(w.weeks())-4 {
			s.then("retire", "joho", w.at(workday(day, 10), 30), nil)
		}
		out = append(out, s)
	}
	return w.out(out)
}

var methods = []string{"morning_meeting", "morning_meeting", "morning_meeting", "morning_meeting", "meeting", "meeting", "email", "email", "circular", "training"}

// gap is a stretch of weeks without awareness, by unit: three in a row that are planted, and a few by chance.
func (w *world) gap(u *unit, i, weeks int) bool {
	planted := map[string]int{"saiken": 9, "shogai": 15, "zeimu-kazei": 4}
	if from, is := planted[u.ID]; is && i >= weeks-from && i < weeks-from+3 {
		return true
	}
	return w.chance(4)
}

// awareness is once a week in every unit, but for gaps.
func awareness(w *world) []record.Told {
	var out []*story
	weeks, material := w.weeks(), w.labels["awareness-material"]
	for _, u := range w.units {
		people := w.between(7, 34)
		for i, week := range weeks {
			if w.gap(u, i, len(weeks)) {
				continue
			}
			day, by := pick(w, week), pick(w, u.writers())
			v := values{"day": iso(day), "methods": []string{pick(w, methods)}, "theme": themes[max(i-1, 0)%len(themes)], "people": people, "present": people - w.between(0, people/5), "minutes": w.between(1, 3) * 5}
			if i > 0 && i-1 < len(material) {
				v["material"] = material[i-1]
			}
			out = append(out, w.tell("awareness", u.ID, by, w.at(day, 20), v).then("done", by, w.at(day, 25), nil))
		}
	}
	return w.out(out)
}

var checklist = []string{"離席時の画面ロック", "机上・プリンタの個人情報放置", "書庫・キャビネット施錠", "鍵の管理", "指定外メモ用紙", "使用済みメモの処分", "私物機器の使用", "端末画面の向き・のぞき見", "部外者の立入り", "記録媒体・USB",
	"廃棄文書・シュレッダー", "カメラの遮へい・表示板"}

var found = map[string]string{"離席時の画面ロック": "離席中の端末1台で画面が表示されたまま", "机上・プリンタの個人情報放置": "プリンタに申請書の写しが残っていた", "書庫・キャビネット施錠": "書庫の扉が施錠されていなかった",
	"使用済みメモの処分": "使用済みのメモが机上に残っていた", "私物機器の使用": "業務区域で私物のスマートフォンが机上にあった", "カメラの遮へい・表示板": "表示板の前に物品が置かれていた"}

// halves are the slots of every unit, in the order in which they are numbered.
var halves = []struct{ name, begin, end string }{{"午前", "09:00", "12:00"}, {"午後", "13:00", "17:00"}}

// slots are what is walked through twice a day in every unit.
func slots(w *world) []record.Told {
	var out []*story
	for i, u := range w.units {
		by := u.writers()[0]
		for n, h := range halves {
			v := values{"name": h.name, "area": u.Name + " 執務室", "begin": h.begin, "end": h.end, "from": iso(w.open[0])}
			at := w.at(w.open[0], 5+(i*len(halves)+n)%200)
			out = append(out, w.tell("patrol-slot", u.ID, by, at, v).then("set", by, at+1, nil))
		}
	}
	return w.out(out)
}

// designations are the clerks who patrol in place of their heads, a year at a time.
func designations(w *world) []record.Told {
	var out []*story
	for _, u := range w.units {
		if u.clerk == "" || u.manager == "" {
			continue
		}
		for from := w.begin(); !from.After(w.today); from = from.AddDate(1, 0, 0) {
			until := from.AddDate(1, 0, -1)
			at := w.at(workday(from, 1), 3)
			s := w.tell("patrol-designation", u.ID, u.clerk, at, values{"staff": u.clerk, "from": iso(from), "until": iso(until), "area": u.Name + " 執務室", "why": "管理職の不在が多い窓口のため"}).then("designate", u.manager, at+1, nil)
			if until.Before(w.today) {
				s.because("end", u.manager, w.at(workday(until, 1), 3), nil, "指定期間の終わり")
			}
			out = append(out, s)
		}
	}
	return w.out(out)
}

// slot is the number of the slot in which a unit is walked at a time.
func (w *world) slot(u *unit, at time.Time) string {
	half := 0
	if at.Hour() >= 12 {
		half = 1
	}
	return w.slots[u.ID+halves[half].name]
}

// patrols are about eight in a unit and month. Some weeks have none, and 産業振興 lags behind.
func patrols(w *world) []record.Told {
	var out []*story
	for _, u := range w.units {
		share := 40 // percent of business days: about eight in a month
		if u.ID == "sangyo" {
			share = 9
		}
		for _, day := range w.open {
			if w.chance(share) {
				out = append(out, w.patrol(u, day))
			}
		}
	}
	return w.out(out)
}

func (w *world) patrol(u *unit, day time.Time) *story {
	minutes := w.between(0, 6) * 60
	begin := day.Add(9*time.Hour + time.Duration(minutes)*time.Minute)
	bad := ""
	if w.chance(5) {
		bad = pick(w, slices.Sorted(maps.Keys(found)))
	}
	by, kind := u.manager, "manager"
	if by == "" || u.officer != "" && w.chance(45) {
		by, kind = u.officer, "executing_officer"
	}
	v := values{"day": iso(day), "from": begin.Format("15:04"), "to": begin.Add(15 * time.Minute).Format("15:04"), "area": u.Name + " 執務室", "slot": w.slot(u, begin), "checks": checks(bad), "findings": 0}
	if bad != "" {
		v["findings"] = 1
	}
	if u.clerk != "" && u.manager != "" && w.chance(25) {
		return w.reported(u, day, minutes, bad, v)
	}
	v["patroller"], v["by"] = by, kind
	s := w.tell("patrol", u.ID, by, w.at(day, minutes+16), v).then("record", by, w.at(day, minutes+18), nil)
	if bad == "" {
		return s.then("close", by, w.at(day, minutes+19), nil)
	}
	s.then("mend", by, w.at(day, minutes+25), values{"mend_by": iso(workday(day, 5))})
	return w.mended(s, u, day)
}

// reported is a patrol by a designated member of staff, who reports to the head.
func (w *world) reported(u *unit, day time.Time, minutes int, bad string, v values) *story {
	v["patroller"], v["by"], v["reported_to"] = u.clerk, "designated", u.manager
	s := w.tell("patrol", u.ID, u.clerk, w.at(day, minutes+16), v).then("report", u.clerk, w.at(day, minutes+20), nil)
	answered := workday(day, w.between(1, 3))
	if bad == "" {
		return s.then("confirm", u.manager, w.at(answered, 30), nil)
	}
	s.then("instruct", u.manager, w.at(answered, 40), values{"instruction": "原因を確かめ、朝礼で全員に伝えること。", "mend_by": iso(workday(answered, 5))})
	return w.mended(s, u, answered)
}

// mended is what was found, mended in most cases, some of them late.
func (w *world) mended(s *story, u *unit, day time.Time) *story {
	if w.chance(4) {
		return s // it waits still
	}
	on := workday(day, w.between(1, 6))
	by := u.manager
	if by == "" {
		by = u.officer
	}
	return s.then("finish", by, w.at(on, 120), values{"mended": "その場で改め、職員に周知した。", "mended_on": iso(on)})
}

func checks(bad string) []any {
	var rows []any
	for _, item := range checklist {
		row := values{"item": item, "result": "ok"}
		if item == bad {
			row["result"], row["note"] = "bad", found[item]
		}
		rows = append(rows, row)
	}
	return rows
}
