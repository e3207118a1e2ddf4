package sample

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"yagura/internal/conf"
	"yagura/internal/holiday"
	"yagura/internal/vms"
)

// Header is the column set of a resident system's log; the text of the criteria and the name are there to be dropped.
var Header = []string{"ログ番号", "操作日時", "職員番号", "所属コード", "端末ID", "業務区分", "操作種別", "検索条件種別", "検索条件", "検索結果件数",
	"被検索者宛名番号", "氏名", "性別", "生年月日", "住所", "世帯人員", "世帯番号", "支援措置区分", "受付番号", "事由"}

// act is one operation.
type act struct {
	at       time.Time
	staff    string
	unit     string
	terminal string
	business string
	action   string // in Japanese, as the system writes it
	criteria string
	person   int // -1 none
	cased    bool
}

// Log writes the operations of the days from one to another, which is not in it, as CSV with a header. Nothing is
// later than Now.
func (w *Ward) Log(out io.Writer, from, to time.Time) error {
	c := csv.NewWriter(out)
	if err := c.Write(Header); err != nil {
		return err
	}
	for d := day(from); d.Before(day(to)); d = d.AddDate(0, 0, 1) {
		for n, a := range w.day(d) {
			if !a.at.Before(w.Now) {
				break
			}
			if err := c.Write(w.line(d, n, &a)); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func day(t time.Time) time.Time {
	t = t.In(conf.JST)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)
}

func closed(d time.Time) bool { return holiday.Closed(vms.InstantOf(d)) }

// line is an act as the system's log has it.
func (w *Ward) line(d time.Time, n int, a *act) []string {
	number := d.Format("20060102") + fmt.Sprintf("%07d", n)
	out := []string{number, a.at.Format("2006-01-02 15:04:05"), a.staff, a.unit, a.terminal, a.business, a.action, a.criteria, "", "", "", "", "", "", "", "", "", "", "", ""}
	if a.person < 0 {
		return out
	}
	p := &w.persons[a.person]
	protected := "無"
	if p.protected {
		protected = "有"
	}
	out[8], out[9], out[10], out[11], out[12] = "（条件の文字列）", "1", p.ref, p.family+" 花子", p.sex
	out[13], out[14], out[15], out[16], out[17] = p.born.Format("2006-01-02"), p.address, strconv.Itoa(p.members), strconv.Itoa(p.household+1), protected
	if a.cased {
		out[18] = "受" + number
	}
	return out
}

// day is everything that happens on a day, in order.
func (w *Ward) day(d time.Time) []act {
	var acts []act
	if !closed(d) {
		for i, m := range w.Members {
			if m.Until != "" && d.Format("2006-01-02") > m.Until || slices.Contains(w.leave[m.Number], d.Format("2006-01-02")) {
				continue
			}
			acts = append(acts, w.work(rand.New(rand.NewPCG(w.Seed<<20^uint64(d.Unix()/86400), uint64(i))), m, d)...)
		}
	}
	acts = append(acts, w.acts[d.Format("2006-01-02")]...)
	slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
	return acts
}

// work is an ordinary day of a member of staff: visitors one after the other, with a break at noon.
func (w *Ward) work(r *rand.Rand, m *Member, d time.Time) (acts []act) {
	visits := float64(w.Events) / 20.5 / float64(len(w.Members)) / 2.75 * m.level
	t := d.Add(8*time.Hour + 40*time.Minute + time.Duration(r.IntN(1500))*time.Second)
	noon := d.Add(11*time.Hour + 30*time.Minute + time.Duration(r.IntN(90))*time.Minute)
	end := d.Add(17*time.Hour + 10*time.Minute)
	every := time.Duration(float64(7*time.Hour+30*time.Minute) / (visits + 0.1))
	acts = append(acts, act{at: t.Add(-time.Minute), staff: m.Number, unit: m.Unit.ID, terminal: w.Desks[m.terminal].ID, business: m.Unit.Businesses[0], action: "ログイン", person: -1})
	for t = t.Add(time.Duration(r.Float64() * float64(every))); t.Before(end); {
		if t.After(noon) && t.Before(noon.Add(time.Hour)) {
			t = noon.Add(time.Hour)
		}
		visit := w.visit(r, m, t)
		acts = append(acts, visit...)
		t = visit[len(visit)-1].at.Add(200*time.Second + time.Duration(r.ExpFloat64()*float64(max(every-330*time.Second, 20*time.Second))))
	}
	if r.IntN(330) == 0 { // somebody stays on
		acts = append(acts, w.visit(r, m, d.Add(18*time.Hour+time.Duration(r.IntN(2400))*time.Second))...)
	}
	return acts
}

// visit is what is done for one visitor: searched, looked at, and mostly something printed or changed.
func (w *Ward) visit(r *rand.Rand, m *Member, t time.Time) []act {
	terminal := m.terminal
	switch x := r.IntN(10_000); {
	case x < 2: // helps out next door
		terminal = r.IntN(len(w.Desks))
	case x < 1500:
		own := w.desks[m.Unit.ID]
		terminal = own[r.IntN(len(own))]
	}
	clients := w.clients[m.Unit.ID]
	person := clients[r.IntN(len(clients))]
	if p := &w.persons[person]; p.age(t) < 30 && r.Float64() > m.tilt {
		person = clients[r.IntN(len(clients))]
	}
	if m.self >= 0 && w.persons[person].household == w.persons[m.self].household {
		person = clients[r.IntN(len(clients))] // one does not serve one's own family
	}
	p := &w.persons[person]
	cased := r.IntN(100) < 85 || p.protected && r.IntN(20) > 0
	base := act{staff: m.Number, unit: m.Unit.ID, terminal: w.Desks[terminal].ID, business: m.Unit.Businesses[r.IntN(len(m.Unit.Businesses))], person: person, cased: cased,
		criteria: []string{"氏名", "生年月日", "宛名番号", "住所"}[r.IntN(4)]}
	step := func(action string, after int) act {
		a := base
		a.action, a.at = action, t.Add(time.Duration(after)*time.Second)
		return a
	}
	look := 8 + r.IntN(30)
	acts := []act{step("検索", 0), step("照会", look)}
	if x := r.IntN(100); x < 55 {
		acts = append(acts, step("帳票出力", look+20+r.IntN(60)))
	} else if x < 75 {
		acts = append(acts, step("更新", look+30+r.IntN(90)))
	}
	return acts
}
