package sample

import (
	"time"

	"yagura/internal/record"
)

var purposes = []struct{ id, reason, example string }{
	{"disaster_mail", "災害情報メールを受け取るため", "執務中に災害情報メールの受信を確かめる。返信・転送はしない。"},
	{"mass_mail", "一斉送信メールの配信を確かめるため", "送信の直後に、自分の端末に届いたことだけを確かめる。"},
	{"local_groups", "町会など地域団体の方からの連絡を受けるため", "通話だけ。区民の氏名・住所を書き留めない。"},
	{"events", "地域行事の当日の連絡のため", "行事の当日に限り、会場の職員との通話に使う。"},
	{"outside", "訪問先の職員との連絡のため", "訪問中の職員からの着信に応じる。"},
	{"municipalities", "他自治体の担当者との連絡のため", "日程の調整の通話に限る。"},
}

const exceptionsInAll, expiring = 70, 12

// exceptions are 70: half of them over, most of the others until the end of the fiscal year, twelve for some
// weeks more. A few wait, and two ran out with nobody having said so.
func exceptions(w *world) []record.Told {
	var out []*story
	var two []*unit // units where one asks and another endorses
	for _, u := range w.units {
		if len(u.writers()) > 1 && u.manager != "" && u.writers()[0] != u.manager {
			two = append(two, u)
		}
	}
	for i := range exceptionsInAll {
		u, p := two[i%len(two)], purposes[w.rand.IntN(len(purposes))]
		from, until := w.period(i)
		by := u.writers()[0]
		s := w.tell("device-exception", u.ID, by, w.at(workday(from, -8), 30), values{"applicant": by, "device": pick(w, []string{"smartphone", "smartphone", "phone", "tablet"}), "purpose": p.id, "reason": p.reason,
			"zone": "business", "form": []string{pick(w, []string{"calls", "receive", "read"}), "no_camera"}, "example": p.example, "from": iso(from), "until": iso(until), "alternative": "業務用携帯端末は全台貸出中"})
		s.then("ask", by, w.at(workday(from, -7), 40), nil)
		if i < exceptionsInAll-3 {
			s.then("endorse", u.manager, w.at(workday(from, -5), 60), nil).then("approve", "joho", w.at(workday(from, -3), 200), nil)
		}
		if until.Before(w.today) && i != 3 && i != 4 {
			s.then("expire", by, w.at(workday(until, 1), 20), nil)
		}
		out = append(out, s)
	}
	return w.out(out)
}

// period is from when until when the i-th exception holds: never beyond 31 March.
func (w *world) period(i int) (from, until time.Time) {
	switch {
	case i == 3 || i == 4: // ran out, and nobody has said so
		from, until = workday(w.today, -80), w.today.AddDate(0, 0, -9-i)
	case i < 30: // over
		from = pick(w, w.open[10:len(w.open)-80])
		until = from.AddDate(0, 0, w.between(20, 75))
	case i < 30+expiring:
		from = workday(w.today, -w.between(30, 60))
		until = w.today.AddDate(0, 0, w.between(1, 28))
	default:
		from = workday(w.today, -w.between(9, 90))
		until = date(year(from)+1, time.March, 31)
	}
	if end := date(year(from)+1, time.March, 31); until.After(end) {
		until = end
	}
	return from, until
}

// mobiles are official ones: most lent, all inspected in the last year, but for two.
func mobiles(w *world) []record.Told {
	var out []*story
	for i := range 26 {
		u := w.units[i%len(w.units)]
		by := u.writers()[0]
		inspected := workday(w.today, -w.between(20, 200))
		if i%13 == 12 {
			inspected = workday(w.today, -270) // more than a year ago
		}
		got := w.open[w.between(0, 40)]
		if inspected.Before(got) {
			got = inspected
		}
		s := w.tell("official-mobile", u.ID, by, w.at(got, 90), values{"asset": num("K%04d", i+1), "model": "業務用スマートフォン S2", "phone": num("070-0000-%04d", i+1), "keeper": by, "locked": true,
			"lost_contact": "情報システム分野 内線 0000", "inspected": iso(inspected)})
		if i%4 > 0 {
			lent := workday(w.today, -w.between(2, 15))
			s.then("lend", by, w.at(lent, 30), values{"holder": by, "lent": iso(lent)})
		}
		out = append(out, s)
	}
	return w.out(out)
}
