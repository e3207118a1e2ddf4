package sample

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/record"
)

// seat is where a camera hangs now, and whose terminals stand there.
type seat struct {
	cam   *camera.Camera
	floor string
	room  string
	unit  *unit
}

// seats are the cameras with a room of a unit that is there, in the order of their numbers.
func (w *world) seats() (out []seat) {
	for _, cam := range w.Set.Cameras {
		p, ok := cam.PlacementAt(w.Now)
		if !ok {
			continue
		}
		for _, section := range p.Sections {
			if u := w.heir(section, len(out)); u != nil {
				out = append(out, seat{cam, cmp.Or(cam.Floor, cam.SiteName), p.Room, u})
				break
			}
		}
	}
	return out
}

// heir is the unit, or one of those that took its work over, by turns.
func (w *world) heir(id string, n int) *unit {
	var heirs []*unit
	for _, h := range w.Set.Organisation.Heirs(id, w.Now) {
		if i := slices.IndexFunc(w.units, func(u *unit) bool { return u.ID == h.ID }); i >= 0 {
			heirs = append(heirs, w.units[i])
		}
	}
	if len(heirs) == 0 {
		return nil
	}
	return heirs[n%len(heirs)]
}

const terminalsInAll, uncovered = 312, 7

// terminals are 312: about three under each camera, six under the row of terminals of 戸籍住民, and a few that
// no camera covers.
func terminals(w *world) []record.Told {
	var out []*story
	seats := w.seats()
	add := func(s seat, n int, v values) {
		v["terminal"], v["floor"], v["room"], v["from"], v["system"] = num("T%04d", len(out)+1), s.floor, s.room, "2017-06-01", "住民記録"
		v["seat"] = num("%d番", n)
		out = append(out, w.tell("terminal", s.unit.ID, s.unit.writers()[0], w.at(w.open[0], 30), v))
	}
	per := map[*camera.Camera]int{}
	for i := 0; len(out) < terminalsInAll-uncovered; i++ {
		s := seats[i%len(seats)]
		n := 1
		if i < len(seats) && s.cam.ID == "a1-07" {
			n = 4 // and one more with each round
		}
		for range n {
			per[s.cam]++
			v := values{"camera": string(s.cam.ID)}
			if next := seats[(i+1)%len(seats)]; per[s.cam] == 2 && next.room == s.room {
				v["camera2"] = string(next.cam.ID)
			}
			add(s, per[s.cam], v)
		}
	}
	for i := range uncovered {
		add(seats[i*11%len(seats)], 90+i, values{})
	}
	return w.out(out)
}

// zones are the rooms of every floor plan, drawn as the plan has them, each of the unit whose camera hangs in it or near.
func zones(w *world) []record.Told {
	var out []*story
	seats := w.seats()
	for _, plan := range w.Set.Plans {
		names := map[string]int{}
		for _, room := range plan.Rooms {
			u := roomUnit(plan, room, seats)
			if u == nil {
				continue
			}
			name := room.Name
			if names[name]++; names[name] > 1 {
				name += num("%d", names[name])
			}
			v := values{"floor": cmp.Or(plan.Floor, plan.SiteName), "room": name, "zone": room.Zone, "sign": "入口に掲示", "plan": plan.ID, "outline": corners(room.Points)}
			out = append(out, w.tell("zone", u.ID, u.writers()[0], w.at(w.open[1], 10), v).
				then("set", cmp.Or(u.manager, "joho"), w.at(w.open[2], 10), values{"from": iso(w.open[2])}))
		}
	}
	return w.out(out)
}

// roomUnit is the unit of the camera that hangs in a room, or nearest to its middle.
func roomUnit(plan *camera.Plan, room camera.PlanRoom, seats []seat) (u *unit) {
	nearest := 0
	for _, c := range plan.Cameras {
		i := slices.IndexFunc(seats, func(s seat) bool { return s.cam.ID == c.ID })
		if i < 0 {
			continue
		}
		far := 1 + (c.X-room.Label[0])*(c.X-room.Label[0]) + (c.Y-room.Label[1])*(c.Y-room.Label[1])
		if seats[i].room == room.Name {
			far = 1
		}
		if u == nil || far < nearest {
			u, nearest = seats[i].unit, far
		}
	}
	return u
}

func corners(points []camera.Point) string {
	var pairs []string
	for _, p := range points {
		pairs = append(pairs, num("%d", p[0])+","+num("%d", p[1]))
	}
	return strings.Join(pairs, " ")
}

var inspected = []string{"時刻のずれ", "画角", "レンズの汚れ", "録画の欠落", "表示板"}

// inspections are twice a year at every site, by its first unit.
func inspections(w *world) []record.Told {
	var out []*story
	seen := map[string]bool{}
	for i, s := range w.seats() {
		if seen[s.cam.Site] {
			continue
		}
		seen[s.cam.Site] = true
		for day := workday(w.begin().AddDate(0, 1, i%20), 1); day.Before(w.today); day = workday(day.AddDate(0, 6, 0), 1) {
			out = append(out, w.inspection(s, day))
		}
	}
	return w.out(out)
}

func (w *world) inspection(s seat, day time.Time) *story {
	bad := w.chance(15)
	var rows []any
	for i, item := range inspected {
		row := values{"item": item, "result": "ok"}
		if bad && i == 2 {
			row["result"], row["note"] = "bad", "レンズにほこりが付いていた"
		}
		rows = append(rows, row)
	}
	by := s.unit.writers()[0]
	x := w.tell("inspection", s.unit.ID, by, w.at(day, 60), values{"day": iso(day), "place": s.cam.SiteName, "by": by, "checks": rows})
	if !bad {
		return x.then("close", by, w.at(day, 90), nil)
	}
	return x.then("repair", by, w.at(day, 95), nil).then("repaired", by, w.at(workday(day, w.between(2, 8)), 30), values{"action": "レンズを清掃し、映像を確かめた。"})
}

// calendars are those of the facilities that also open on Saturdays and in the evening.
func calendars(w *world) []record.Told {
	var out []*story
	for _, u := range w.units {
		if strings.HasPrefix(u.ID, "sukoyaka-") {
			out = append(out, w.tell("business-calendar", u.ID, "joho", w.at(w.open[0], 0), values{"from": iso(w.open[0]), "weekdays": []string{"1", "2", "3", "4", "5", "6"}, "opens": "08:30", "closes": "19:00", "note": "土曜日も相談を受ける。"}).
				then("set", "joho", w.at(w.open[0], 5), nil))
		}
	}
	return w.out(out)
}
