package main

import "fmt"

// officeNorth is a back office of four islands.
func officeNorth() *scene {
	return &scene{name: "office-north", size: vec{11, 8.5, 2.75}, look: look{"#959ba1", "#d6d5d0", "#dcdcd8", officeSeat, false},
		pos: vec{.4, .4, 2.62}, target: vec{5.6, 4.6, .45}, fov: 88, light: daylight, gain: .78, set: setOfficeNorth,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .7},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: northMeet},
			{name: "e2", kind: "events", lively: .7, play: northPrinter},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setOfficeNorth(st *stage) {
	st.lamps(lampPlan{dx: 2.2, dy: 1.7, w: 1.2, x0: 1.2, y0: 1})
	st.window(st.back(), 2.5, 9.5, .95, 2.15, 6)
	st.door("east", st.right(), 4.25, 1)
	all := append(st.island(1.9, 1.9, 4, bareAll), st.island(1.9, 5.4, 4, bareAll)...)
	all = append(all, st.island(7.7, 1.9, 2, bareAll)...)
	all = append(all, st.island(7.7, 5.4, 2, bareAll)...)
	st.staffed(all, map[int]string{0: white, 4: blue, 3: white, 7: pink, 8: beige, 14: white, 11: blue, 16: white, 19: gray, 23: white})
	st.cabinets(vec{10.78, .7, 0}, vec{y: 1}, vec{x: -1}, 3, .9, .4, 1.1, false)
	st.block(10.62, 2.2, 1.1, .3, .4, .26, "#d0d2d2")
	st.block(10.2, 7.4, 0, .7, .8, 1.05, "#e0e1e1")
	st.block(10.25, 7.5, 1.05, .5, .6, .12, "#55595e")
	st.plant(.5, 7.9, 1.3)
}

// bareAll leaves the chairs of an island to the stage.
var bareAll = func() map[int]bool {
	m := map[int]bool{}
	for i := range 16 {
		m[i] = true
	}
	return m
}()

// staffed seats clerks on some places of an office and leaves chairs standing about at the others.
func (st *stage) staffed(seats []seat, shirts map[int]string) {
	for i, s := range seats {
		name := fmt.Sprint("desk", i)
		if c := shirts[i]; c != "" && !st.night {
			st.works(name, clerk(i, c), s, .72)
			continue
		}
		h := hash(float64(i), 5)
		st.free(name, s.beside(.02+.1*h, 1.2*h-.6), st.officeChair)
	}
}

// northMeet: a clerk comes in and talks with another at the desk.
func northMeet(st *stage) {
	d := st.doors["east"]
	g := st.enters(clerk(9, white), 0, d.inside(1.5))
	g.take().walk(d.inside(.1), d.middle(.5), vec{8.6, 4.55, 0}, vec{5.75, 4.6, 0}, vec{5.1, 4.45, 0}).face(-1.9)
	t := g.now
	c := st.named["desk7"]
	c.turnTo(t-.6, t+3.6, vec{5.1, 4.6, 1}).talk(t+1.6, t+3.2)
	g.talk(t, t+2.4).until(t + 3.8)
	g.walk(vec{6.2, 4.7, 0}, vec{8.6, 4.7, 0}, d.middle(.4), d.inside(0), d.inside(-1.6)).leave()
}

// northPrinter: a clerk goes to the printer and back.
func northPrinter(st *stage) {
	c := st.named["desk7"]
	c.wait(.3).away(.35, 1.2).walk(vec{6.7, 4.55, 0}, vec{10.5, 4.7, 0}, vec{10.5, 7.05, 0}).face(north)
	c.reach(c.now, c.now+1.8, 1, vec{10.5, 7.6, 1.2}).wait(1.3).take().walk(vec{10.5, 4.7, 0}, vec{7.2, 4.55, 0}, c.comeBack()).drop().back()
}

// comeBack is where one stands to sit down on the own chair, as it is now.
func (a *actor) comeBack() vec {
	at, yaw, _ := a.chair.state(a.now)
	return seat{at, yaw}.front()
}

// officeSouth is the other half of the back office, seen from the window side.
func officeSouth() *scene {
	return &scene{name: "office-south", size: vec{10.5, 8, 2.75}, look: look{"#959ba0", "#d6d4ce", "#dcdcd8", officeSeat, false},
		pos: vec{.45, 7.55, 2.6}, target: vec{5.6, 3.2, .4}, fov: 86, light: daylight, gain: .78, set: setOfficeSouth,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .7},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: southArrive},
			{name: "e2", kind: "events", lively: .7, play: southFiles},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

// officeNight is the office after hours; someone looks in and goes.
func officeNight() *scene {
	s := officeSouth()
	s.name, s.night, s.gain = "office-night", true, 2
	s.light = weights{late: 1, screen: .3}
	s.clips = []clip{
		{name: "q1", kind: "quiet", seconds: 8},
		{name: "e1", kind: "events", play: nightRound},
	}
	return s
}

func setOfficeSouth(st *stage) {
	st.lamps(lampPlan{dx: 2.2, dy: 1.7, w: 1.2, x0: 1.2, y0: 1, stay: func(x, y float64) bool { return x > 4 && y < 2 }})
	f := st.front()
	st.door("hall", f, 3.2, 1)
	st.add(f.panel(5.4, 7.6, 1, 2, 0, .02, matt("#f0f0ec")))
	for k := range 4 {
		z := 1.75 - float64(k)*.2
		st.add(f.panel(5.6, 6.6+.2*float64(k%2), z, z+.03, .02, .003, matt("#5d78a8")))
	}
	st.clock(f, 8.6, 2.3)
	all := append(st.island(2.2, 1.6, 4, bareAll), st.island(2.2, 4.8, 4, bareAll)...)
	st.staffed(all, map[int]string{0: white, 4: blue, 3: white, 12: beige, 9: white, 13: blue})
	st.park("desk5", all[5].beside(.4, 1.3))
	st.cabinets(vec{10.25, 1.1, 0}, vec{y: 1}, vec{x: -1}, 5, .9, .45, 1.8, false)
	st.plant(.6, .8, 1.3)
	if !st.night {
		st.window(st.back(), 2, 9, .95, 2.15, 6)
	}
}

// southArrive: a clerk comes to a free desk, works a little and goes again.
func southArrive(st *stage) {
	d := st.doors["hall"]
	ch := st.chairs["desk5"]
	at, yaw, _ := ch.state(0)
	rest := seat{at, yaw}
	g := st.enters(clerk(8, white), 0, d.inside(1.5))
	g.chair = ch
	in := seat{vec{5.2, 3.34, 0}, south}
	g.walk(d.inside(.1), d.middle(.4), vec{1.5, 1.3, 0}, vec{1.5, 3.8, 0}, vec{4.4, 4.05, 0}, rest.front())
	g.face(rest.yaw).settle(ch, in, .72)
	t := g.now
	g.gestures = append(g.gestures, gesture{from: t, to: t + 2, ramp: .3, do: typing(1)})
	g.wait(2.2).rise(rest).walk(vec{1.5, 4.0, 0}, vec{.7, 6.9, 0}).leave()
}

// southFiles: a clerk fetches a file from the cabinets.
func southFiles(st *stage) {
	c := st.named["desk3"]
	c.wait(.3).away(.35, 1.2).walk(vec{6.4, 3.95, 0}, vec{9.2, 3.7, 0}, vec{9.6, 3.3, 0}).face(0)
	c.reach(c.now, c.now+2, 1, vec{10.05, 3.25, 1.3}).wait(1.5).take().walk(vec{8.6, 3.95, 0}, vec{5.6, 4.0, 0}, c.comeBack()).drop().back()
}

// nightRound: someone comes to the door after hours, looks around and goes.
func nightRound(st *stage) {
	d := st.doors["hall"]
	g := st.enters(figure{tall: 1.72, shirt: "#5d6f8c", legs: "#2b3040", hair: black, skin: skins[1], long: true}, .5, d.inside(1.6))
	g.walk(d.inside(.1), d.middle(.5), vec{1.7, 1.2, 0}, vec{1.5, 3, 0}).face(.4)
	g.turnTo(g.now, g.now+2, vec{9, 1, 1}).wait(2).walk(vec{1.7, 1.4, 0}, d.middle(.4), d.inside(0), d.inside(-1.6)).leave()
}
