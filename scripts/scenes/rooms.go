package main

import "fmt"

// archiveRoom is the shelves before the archive.
func archiveRoom() *scene {
	return &scene{name: "archive-room", size: vec{5.4, 9, 2.7}, look: look{"#a8a49b", "#d6d3cb", "#dedcd6", officeSeat, false},
		pos: vec{4.95, .4, 2.58}, target: vec{2.6, 5, .4}, fov: 82, light: daylight, gain: .8, set: setArchive,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .5},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .6, play: archiveFetch},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setArchive(st *stage) {
	st.lamps(lampPlan{dx: 1.9, dy: 1.9, w: .9, x0: .9, y0: .9})
	b := st.back()
	st.door("back", b, 1.8, 1)
	st.sign(b, 3.2, 1.5, .7, .28, "#a90000", 2)
	st.poster(b, .9, 1.2, "#ce0000")
	st.clock(b, 4.4, 2.2)
	st.cabinets(vec{.27, 1.6, 0}, vec{y: 1}, vec{x: 1}, 8, .9, .5, 2, false)
	st.cabinets(vec{5.15, 3.2, 0}, vec{y: 1}, vec{x: -1}, 6, .9, .47, 2, true)
	st.block(2, 2.9, .78, .95, .5, .03, "#d0d2d2")
	for _, a := range []float64{2.02, 2.89} {
		for _, c := range []float64{2.92, 3.34} {
			st.block(a, c, 0, .04, .04, .78, "#7a7d80")
		}
	}
	st.block(2.1, 2.97, .81, .34, .36, .24, "#c9a878")
	st.block(2.52, 2.97, .81, .34, .3, .18, "#c9a878")
	a := st.stands(clerk(0, white), vec{4.5, 5.2, 0}, east)
	a.fig.carry(&a.last)
	st.stands(clerk(1, blue), vec{.95, 6.6, 0}, west)
}

// archiveFetch: someone comes in by the far door, takes a file and goes.
func archiveFetch(st *stage) {
	d := st.doors["back"]
	g := st.enters(clerk(7, beige), 0, d.inside(-1.5))
	g.walk(d.inside(-.1), d.middle(.5), vec{2.9, 6.6, 0}, vec{4.3, 4.5, 0}).face(east)
	t := g.now
	g.reach(t, t+2.2, 1, vec{4.85, 4.45, 1.35}).wait(1.6).take().walk(vec{2.7, 5.6, 0}, d.middle(.4), d.inside(-.1), d.inside(-1.6)).leave()
}

// tax is a counter with screens between its places.
func tax() *scene {
	return &scene{name: "tax", size: vec{9.5, 7.5, 2.75}, look: look{"#aca899", "#d9d6cd", "#e0deda", officeSeat, false},
		pos: vec{.5, .5, 2.6}, target: vec{5, 4.2, .5}, fov: 84, light: daylight, gain: .78, set: setTax,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .6},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: taxVisit},
			{name: "e2", kind: "events", lively: .7, play: taxPaper},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setTax(st *stage) {
	st.lamps(lampPlan{})
	st.sign(st.back(), 5.2, 2.1, 2.2, .34, "#0c472a", 4)
	st.poster(st.back(), 8.1, 1.15, "#197a4b")
	st.window(st.back(), 1, 4.4, .95, 2.1, 3)
	st.door("public", st.right(), .9, 1.3)
	for i := range 4 {
		x := 2.4 + float64(i)*1.7
		st.counter(x, 3, 1.45, .65, .74, "#98794f", "#d2b58c", 1)
		st.block(x-.13, 2.6, 0, .05, 1.2, 1.35, "#b9c4c9")
		st.monitor(x+1.12, 3.4, .74, .46, vec{y: 1}, true)
		st.free(fmt.Sprint("guest", i), seat{vec{x + .65, 2.38, 0}, north}, guestChair)
		s := seat{vec{x + .65, 4.1, 0}, south}
		if i%2 == 0 {
			st.works(fmt.Sprint("clerk", i), clerk(i+1, [...]string{white, "", blue}[i]), s, .76)
		} else {
			st.free(fmt.Sprint("clerk", i), s.beside(.1, .6), st.officeChair)
		}
	}
	st.block(2.4+4*1.7-.13, 2.6, 0, .05, 1.2, 1.35, "#b9c4c9")
	seats := st.island(2.6, 5.2, 4, bareAll)
	st.staffed(seats, map[int]string{1: white, 4: gray, 7: blue})
	st.cabinets(vec{.25, 3.4, 0}, vec{y: 1}, vec{x: 1}, 3, .9, .45, 1.5, false)
	st.sits(citizen(4, "#6d5d7d"), st.seats["guest0"], 0)
}

// taxVisit: someone comes to the third place with a paper and leaves.
func taxVisit(st *stage) {
	d, s := st.doors["public"], st.seats["guest2"]
	g := st.enters(citizen(3, "#5c7a6a"), 0, d.inside(-1.5))
	g.walk(d.inside(-.2), d.middle(.4), vec{7.6, 1.7, 0}, vec{7.0, 2.3, 0}, s.front()).face(north)
	g.settle(st.chairs["guest2"], s, 0)
	t := g.now
	handOver(st, g, st.named["clerk2"], t, vec{6.4, 3.2, .74}, vec{6.4, 3.45, .74}, t+4)
	g.until(t+4.6).rise(s).walk(vec{7.0, 2.4, 0}, vec{7.5, 1.6, 0}, d.middle(.3), d.inside(-.1), d.inside(-1.6)).leave()
}

// taxPaper: a clerk brings a paper from the desks behind.
func taxPaper(st *stage) {
	c := st.named["clerk0"]
	c.wait(.4).away(.3, -1.2).walk(vec{3.4, 4.6, 0}, vec{4.6, 4.62, 0}).face(1.2)
	c.talk(c.now, c.now+1.6).wait(1.4).take().walk(c.comeBack()).drop().back()
}

// clinic is the desk of a health centre.
func clinic() *scene {
	return &scene{name: "clinic", size: vec{9, 7.5, 2.7}, look: look{"#c3bfb0", "#dfe0d8", "#e6e6e1", officeSeat, false},
		pos: vec{8.55, .45, 2.55}, target: vec{3.9, 4.1, .45}, fov: 84, light: daylight, gain: .78, set: setClinic,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .6},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .6, play: clinicVisit},
			{name: "e2", kind: "events", lively: .6, play: clinicCall},
		}}
}

func setClinic(st *stage) {
	st.lamps(lampPlan{dx: 2.4, dy: 1.8, w: 1.2, x0: .9, y0: 1})
	b := st.back()
	st.door("room", b, 5.4, 1)
	st.door("entry", st.left(), 1, 1.4)
	st.window(b, 6.9, 8.6, .95, 2.1, 2)
	st.sign(b, 1.6, 2.05, 2, .32, "#197a4b", 4)
	st.poster(b, 4.3, 1.15, "#d9668a")
	st.counter(1.2, 4.6, 3.6, .6, 1, "#d9d6c8", "#efece2", 1)
	st.block(1.2, 4.58, .3, 3.6, .02, .12, "#7fb59a")
	for i := range 2 {
		x := 1.9 + float64(i)*1.7
		st.monitor(x+.5, 5.05, 1, .44, vec{y: 1}, true)
		g := clerk(5+2*i, white)
		g.vest, g.card = [...]string{"#e3b7bf", "#a9cbd8"}[i], true
		st.works(fmt.Sprint("nurse", i), g, seat{vec{x, 5.7, 0}, south}, 1)
	}
	st.cabinets(vec{.8, 7.25, 0}, vec{x: 1}, vec{y: -1}, 3, .9, .45, 1.5, true)
	var seats []seat
	for j := range 2 {
		seats = append(seats, st.bench(4.2, 1.9+1.3*float64(j), 2.2, 1, [...]string{"#7fa58a", "#c99a7a"}[j])...)
	}
	for i, s := range seats {
		st.free(fmt.Sprint("bench", i), s, nothing).shadow = 0
	}
	st.named["mother"] = st.sits(citizen(3, pink), seats[1], 0)
	st.sits(citizen(6, "#8f9a6e"), seats[3], 0)
	st.plant(.6, 3.4, 1.4)
	st.block(7.9, 5.6, 0, .7, 1.2, .75, "#e6e3da")
	st.block(8.05, 5.8, .75, .35, .5, .12, "#aeb8bd")
}

// clinicVisit: someone comes in, reports at the desk and sits down elsewhere.
func clinicVisit(st *stage) {
	d := st.doors["entry"]
	g := st.enters(citizen(8, "#54708f"), 0, d.inside(1.5))
	g.walk(d.inside(.1), d.middle(.5), vec{2.6, 2.6, 0}, vec{3.4, 4.12, 0}).face(north)
	t := g.now
	g.bow(t)
	handOver(st, g, st.named["nurse1"], t+.8, vec{3.4, 4.75, 1}, vec{3.4, 5.0, 1}, t+5)
	g.until(t+5.6).walk(vec{2.6, 3, 0}, d.middle(.4), d.inside(.1), d.inside(1.7)).leave()
}

// clinicCall: the nurse calls someone in.
func clinicCall(st *stage) {
	d := st.doors["room"]
	n := st.enters(figure{tall: 1.58, shirt: "#f2f4f4", legs: "#f0f0ee", hair: brown, skin: skins[2], cut: 2, card: true}, 0, d.inside(1.5))
	n.walk(d.inside(.1), d.middle(.6), vec{5.9, 5.2, 0}, vec{5.5, 4.3, 0}).face(-1.6)
	t := n.now
	n.bow(t).talk(t+1, t+2.6).until(t+2.8).walk(vec{6.1, 5.4, 0}, d.middle(.3), d.inside(.1), d.inside(1.6)).leave()
	st.named["mother"].turnTo(t-.5, t+2.5, vec{5.5, 4.3, 1}).talk(t+1.2, t+2.4)
}

// branch is a small office outside the main building.
func branch() *scene {
	return &scene{name: "branch", size: vec{7.5, 6.5, 2.6}, look: look{"#b5ab97", "#dad5c6", "#e0ddd4", officeSeat, false},
		pos: vec{.4, .4, 2.46}, target: vec{3.9, 3.5, .5}, fov: 86, light: daylight, gain: .78, set: setBranch,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .6},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: branchVisit},
			{name: "e2", kind: "events", lively: .7, play: branchCabinet},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setBranch(st *stage) {
	st.lamps(lampPlan{dx: 2.3, dy: 1.8, w: 1.2, x0: .8, y0: 1})
	st.window(st.back(), 1.2, 4.4, .9, 2, 3)
	st.poster(st.back(), 5.1, 1.1, "#c74700")
	st.poster(st.back(), 5.9, 1.1, "#3460fb")
	st.door("entry", st.right(), .8, 1.2)
	st.counter(1.8, 2.6, 3.9, .6, .98, darkWood, darkWTop, 2)
	for i := range 2 {
		x := 2.6 + float64(i)*1.9
		st.monitor(x+.45, 3.02, .98, .44, vec{y: 1}, true)
		st.free(fmt.Sprint("guest", i), seat{vec{x, 1.98, 0}, north}, guestChair)
	}
	st.works("clerk0", clerk(1, white), seat{vec{2.6, 3.7, 0}, south}, .98)
	st.free("clerk1", seat{vec{4.5, 3.75, 0}, south}.beside(.1, .7), st.officeChair)
	seats := st.island(2.6, 4.3, 2, bareAll)
	st.staffed(seats, map[int]string{1: beige, 2: ""})
	st.cabinets(vec{7.25, 3.2, 0}, vec{y: 1}, vec{x: -1}, 3, .9, .45, 1.8, false)
	st.plant(.6, 5.8, 1.2)
	st.bench(.5, 3, 1.3, -1, tealSeat)
}

// branchVisit: someone comes to the counter and is served standing.
func branchVisit(st *stage) {
	d := st.doors["entry"]
	g := st.enters(citizen(6, "#7d6a8c"), 0, d.inside(-1.4))
	g.walk(d.inside(-.1), d.middle(.4), vec{5, 1.4, 0}, vec{3.5, 1.5, 0}, vec{3.15, 2.16, 0}).face(2)
	t := g.now
	g.bow(t)
	handOver(st, g, st.named["clerk0"], t+1, vec{2.85, 2.75, .98}, vec{2.7, 3.0, .98}, t+5.5)
	g.until(t+6).walk(vec{3.6, 1.4, 0}, vec{5.4, 1.4, 0}, d.middle(.3), d.inside(-.1), d.inside(-1.5)).leave()
}

// branchCabinet: the clerk fetches a file.
func branchCabinet(st *stage) {
	c := st.named["clerk0"]
	c.wait(.4).away(.25, 1.3).walk(vec{5.4, 3.85, 0}, vec{6.55, 4.3, 0}).face(0)
	c.reach(c.now, c.now+1.8, 1, vec{6.98, 4.2, 1.3}).wait(1.3).take().walk(vec{5.6, 3.85, 0}, c.comeBack()).drop().back()
}

// meeting is a corner with round-table talks beside an office.
func meeting() *scene {
	return &scene{name: "meeting", size: vec{8, 7, 2.7}, look: look{"#8f9a98", "#dcdad3", "#e2e1dc", officeSeat, false},
		pos: vec{7, .7, 2.5}, target: vec{3.4, 3.9, .55}, fov: 80, light: daylight, gain: .78, set: setMeeting,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .8},
			{name: "q2", kind: "quiet", seconds: 8, lively: 1},
			{name: "e1", kind: "events", lively: .8, play: meetingJoin},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setMeeting(st *stage) {
	st.lamps(lampPlan{dx: 2.3, dy: 1.8, w: 1.2, x0: .9, y0: 1})
	st.window(st.back(), 3.6, 7.4, .9, 2.1, 4)
	l := st.left()
	st.add(l.panel(2.4, 4.4, .95, 2, 0, .02, matt("#f3f4f2")))
	for k := range 3 {
		z := 1.8 - float64(k)*.22
		st.add(l.panel(2.6, 3.5+.3*float64(k%2), z, z+.03, .02, .003, matt([...]string{"#5d78a8", "#b0605a", "#5d78a8"}[k])))
	}
	st.door("hall", l, 5.2, 1)
	st.block(2.2, 2.7, .7, 2.4, 1.2, .035, "#e4dcc9")
	for _, x := range []float64{2.5, 4.2} {
		st.block(x, 2.9, 0, .08, .8, .7, "#8b8d8f")
	}
	for i, s := range []seat{{vec{2.8, 2.35, 0}, north}, {vec{4, 2.35, 0}, north}, {vec{2.8, 4.25, 0}, south}, {vec{4, 4.25, 0}, south}} {
		name := fmt.Sprint("m", i)
		if i == 2 {
			st.free(name, s.beside(.15, .5), st.officeChair)
			continue
		}
		st.works(name, clerk(i+3, [...]string{white, blue, "", beige}[i]), s, .735)
		st.add(paper(s.at.add(heading(s.yaw).mul(.72)).up(.735), s.yaw+.2)...)
	}
	st.cabinets(vec{.3, 6.75, 0}, vec{x: 1}, vec{y: -1}, 3, .9, .45, 1.1, true)
	st.plant(.6, 1.6, 1.5)
	st.desk(5.6, 5.2, 1.2, .7, -1, true, 3)
	st.works("side", clerk(8, white), seat{vec{6.2, 4.85, 0}, north}, .72)
}

// meetingJoin: one of the three gets up, shows something on the board and sits down again.
func meetingJoin(st *stage) {
	c := st.named["m0"]
	c.wait(.4).away(.4, 1.3).walk(vec{1.9, 1.95, 0}, vec{.75, 2.9, 0}, vec{.6, 3.3, 0}).face(west)
	t := c.now
	c.reach(t, t+2.4, 1, vec{.12, 3.35, 1.6}).turnTo(t+1.2, t+3, vec{4, 3.4, 1}).wait(2.6)
	for _, o := range []string{"m1", "m3"} {
		st.named[o].turnTo(t-.5, t+2.6, vec{.6, 3.2, 1.4})
	}
	c.back()
}
