// Package sample makes operation logs of a ward that does not exist: people, households, staff, terminals and
// months of work at the windows, with each of the patterns H1 to H14 planted once. Tests and the demo use it.
//
// Invariant: the same Options give the same ward and, day by day, the same log. Nobody in it is a real person.
package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Options are what a ward is made of; zero fields are those of the sample ward.
type Options struct {
	Seed      uint64
	Now       time.Time  // the log ends before this instant
	Staff     int        // 420
	Persons   int        // 30,000
	Events    int        // about how many in a month; 200,000
	Terminals int        // 312
	Desks     []Terminal // those there are, instead of Terminals; each of Units has one, and a1-07 covers one
	Quiet     bool       // nothing is planted
}

// Unit is a 分野 that uses the resident system.
type Unit struct {
	ID, Floor, Room string
	Businesses      []string
	Cameras         []string
	Share           int // of the staff, in percent
	young, old      int // whom it mostly serves
}

// Units are those of the sample ward, with the cameras of camera-configs.
var Units = []Unit{
	{"koseki", "1F", "戸籍住民", []string{"住民記録", "印鑑"}, []string{"a1-01", "a1-02", "a1-03", "a1-04", "a1-05", "a1-06", "a1-07", "a1-08", "a1-09"}, 22, 0, 100},
	{"zeimu-shuno", "1F", "税務（収納）", []string{"税"}, []string{"a1-10", "a1-11", "a1-12", "a1-13"}, 9, 20, 75},
	{"kumin-service", "1F", "区民サービス", []string{"住民記録"}, []string{"a1-14", "a1-15"}, 5, 0, 100},
	{"kokuho", "2F", "国民健康保険", []string{"国保", "住民記録"}, []string{"a2-01", "a2-02", "a2-03"}, 9, 20, 75},
	{"koki-koreisha", "2F", "後期高齢者医療", []string{"後期高齢"}, []string{"a2-04", "a2-05"}, 6, 75, 105},
	{"kaigo", "2F", "介護保険", []string{"介護"}, []string{"a2-06", "a2-07", "a2-08"}, 9, 65, 105},
	{"shogai", "2F", "障害福祉", []string{"福祉"}, []string{"a2-09", "a2-10"}, 6, 0, 80},
	{"seikatsu-engo", "2F", "生活援護", []string{"福祉"}, []string{"a2-11", "a2-12", "a2-13"}, 9, 25, 85},
	{"kosodate", "3F", "子育て支援", []string{"子育て"}, []string{"a3-01", "a3-02", "a3-03", "a3-04", "a3-05"}, 9, 0, 45},
	{"hoiku", "3F", "保育園・幼稚園", []string{"子育て"}, []string{"a3-06", "a3-07", "a3-08"}, 6, 0, 45},
	{"gakko-kyoiku", "3F", "学校教育", []string{"学齢"}, []string{"a3-09"}, 3, 5, 50},
	{"zeimu-kazei", "3F", "税務（課税）", []string{"税"}, []string{"a3-10", "a3-11"}, 7, 20, 75},
}

// Terminal is a terminal of the resident system.
type Terminal struct {
	ID, Unit, Floor, Room, Seat string
	Cameras                     []string
}

// Person is somebody who may be searched for.
type Person struct {
	ref       string
	family    string
	sex       string
	born      time.Time
	address   string
	household int
	members   int
	protected bool
}

// Member is a member of staff.
type Member struct {
	Number, Name string
	Unit         *Unit
	Temporary    bool
	Consent      string // day; "" none
	Until        string // last day; "" still here
	self         int    // index among the persons; -1 lives elsewhere
	level        float64
	tilt         float64 // how much they see of the young
	terminal     int
}

// Ward is the sample ward.
type Ward struct {
	Options
	Members []*Member
	Desks   []Terminal

	persons    []Person
	households [][]int // persons, by household
	clients    map[string][]int
	desks      map[string][]int // terminals, by unit
	planted    []Planted
	acts       map[string][]act // planted, by day
	leave      map[string][]string
}

// New makes the ward.
func New(o Options) *Ward {
	def := func(p *int, n int) {
		if *p == 0 {
			*p = n
		}
	}
	def(&o.Staff, 420)
	def(&o.Persons, 30_000)
	def(&o.Events, 200_000)
	def(&o.Terminals, 312)
	w := &Ward{Options: o, clients: map[string][]int{}, desks: map[string][]int{}, acts: map[string][]act{}, leave: map[string][]string{}}
	r := rand.New(rand.NewPCG(o.Seed, 1))
	w.people(r)
	w.equip()
	w.hire(r)
	if !o.Quiet {
		w.plant(rand.New(rand.NewPCG(o.Seed, 2)))
	}
	return w
}

var towns = []string{"南台", "弥生町", "本町", "中央", "東中野", "中野", "上高田", "新井", "沼袋", "松が丘", "江原町", "江古田", "丸山", "野方", "大和町", "若宮", "白鷺", "鷺宮", "上鷺宮"}

var kanji = []string{"一", "二", "三", "四", "五"}

// people fills households, one after the other.
func (w *Ward) people(r *rand.Rand) {
	for len(w.persons) < w.Options.Persons {
		size := 1
		switch x := r.Float64(); {
		case x > 0.98:
			size = 5
		case x > 0.90:
			size = 4
		case x > 0.77:
			size = 3
		case x > 0.55:
			size = 2
		}
		address := fmt.Sprintf("%s%s丁目%d番%d号", towns[r.IntN(len(towns))], kanji[r.IntN(len(kanji))], 1+r.IntN(40), 1+r.IntN(20))
		family := fmt.Sprintf("見本%d", r.IntN(3000))
		oldest := 20 + r.IntN(70)
		if size > 2 {
			oldest = 28 + r.IntN(35)
		}
		var members []int
		for i := range size {
			age := oldest - r.IntN(6)
			if i >= 2 {
				age = max(2, oldest-26-r.IntN(8))
			}
			p := Person{ref: fmt.Sprintf("%010d", 1_000_000+len(w.persons)*7), family: family, sex: []string{"男", "女"}[r.IntN(2)],
				born: w.Now.AddDate(-age, -r.IntN(12), -r.IntN(28)), address: address, household: len(w.households), members: size, protected: r.IntN(330) == 0}
			members = append(members, len(w.persons))
			w.persons = append(w.persons, p)
		}
		w.households = append(w.households, members)
	}
	for i := range Units {
		u := &Units[i]
		for len(w.clients[u.ID]) < w.Options.Persons/7 {
			n := r.IntN(len(w.persons))
			if age := w.persons[n].age(w.Now); age >= u.young && age < u.old {
				w.clients[u.ID] = append(w.clients[u.ID], n)
			}
		}
	}
}

func (p *Person) age(at time.Time) int {
	age := at.Year() - p.born.Year()
	if at.YearDay() < p.born.YearDay() {
		age--
	}
	return max(age, 0)
}

// equip gives each unit its terminals, three or so to a camera.
func (w *Ward) equip() {
	if w.Desks = w.Options.Desks; len(w.Desks) > 0 {
		for i, d := range w.Desks {
			w.desks[d.Unit] = append(w.desks[d.Unit], i)
		}
		return
	}
	for i := range Units {
		u := &Units[i]
		n := w.Options.Terminals * u.Share / 100
		if i == 0 {
			n = w.Options.Terminals - w.others()
		}
		for j := range n {
			w.desks[u.ID] = append(w.desks[u.ID], len(w.Desks))
			w.Desks = append(w.Desks, Terminal{fmt.Sprintf("T%04d", len(w.Desks)+1), u.ID, u.Floor, u.Room, fmt.Sprintf("%d", j+1), []string{u.Cameras[j*len(u.Cameras)/n]}})
		}
	}
}

// others are how many terminals the units after the first one have together.
func (w *Ward) others() (n int) {
	for _, u := range Units[1:] {
		n += w.Options.Terminals * u.Share / 100
	}
	return n
}

// hire fills the units with staff; one in eight is temporary.
func (w *Ward) hire(r *rand.Rand) {
	for n := range w.Options.Staff {
		u, at := &Units[0], n*100/w.Options.Staff
		for i := range Units {
			if at < Units[i].Share {
				u = &Units[i]
				break
			}
			at -= Units[i].Share
		}
		m := &Member{Number: fmt.Sprintf("%06d", 1201+n*3), Name: fmt.Sprintf("例示 %03d", n+1), Unit: u, self: -1, level: math.Exp(0.3 * r.NormFloat64()), tilt: 0.9 + 0.2*r.Float64()}
		m.terminal = w.desks[u.ID][n%len(w.desks[u.ID])]
		if m.Temporary = n%8 == 5; m.Temporary {
			m.Consent = w.Now.AddDate(0, -7, 0).Format("2006-01-02")
		}
		if n%3 == 0 { // lives in the ward
			m.self = r.IntN(len(w.persons))
		}
		w.Members = append(w.Members, m)
	}
}
