package main

import "fmt"

var officeLook = look{"#b7b2a6", "#d9d5cb", "#e2e0da", officeSeat, false}

func counterEast() *scene {
	return &scene{name: "counter-east", size: vec{10.5, 8, 2.8}, look: officeLook,
		pos: vec{.45, .45, 2.64}, target: vec{5.4, 4.4, .55}, fov: 86, light: daylight, gain: .78, set: setCounterEast,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .6},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: eastVisit},
			{name: "e2", kind: "events", lively: .7, play: eastColleague},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

func setCounterEast(st *stage) {
	st.lamps(lampPlan{})
	st.window(st.back(), 6.2, 10, .95, 2.2, 4)
	st.sign(st.back(), 1.2, 2.12, 2.6, .34, "#00428c", 5)
	st.poster(st.back(), 4.4, 1.1, "#3460fb")
	st.poster(st.back(), 5.2, 1.1, "#197a4b")
	st.door("public", st.right(), 1.0, 1.3)
	st.counter(2, 3.2, 7.6, .62, .95, woodSide, woodTop, 5)
	shirts := []string{white, blue, "", white, ""}
	for i := range 5 {
		x := 2.75 + float64(i)*1.52
		st.monitor(x+.4, 3.62, .95, .46, vec{y: 1}, true)
		st.free(fmt.Sprint("guest", i), seat{vec{x, 2.58, 0}, north}, guestChair)
		s := seat{vec{x, 4.3, 0}, south}
		if shirts[i] != "" {
			st.works(fmt.Sprint("clerk", i), clerk(i, shirts[i]), s, .95)
		} else {
			st.free(fmt.Sprint("clerk", i), s.beside(.15, .4), st.officeChair)
		}
	}
	st.island(3, 5.6, 4, nil)
	st.cabinets(vec{.26, 4.4, 0}, vec{y: 1}, vec{x: 1}, 3, .9, .45, 1.5, false)
	st.plant(1.2, 7.3, 1.3)
	st.sits(citizen(1, green), st.seats["guest0"], 0)
	st.stands(citizen(3, "#7d6a8c"), vec{3.6, 2.88, 0}, 1.3)
	st.stands(citizen(4, "#6f4a3e"), vec{8.05, 2.78, 0}, 1.9)
	st.sits(clerk(2, white), seat{vec{4.8, 7.34, 0}, south}, .73)
	st.sits(clerk(3, beige), seat{vec{6, 5.3, 0}, north}, .73)
}

// eastVisit: someone comes to the fourth place, sits, hands over a paper and leaves.
func eastVisit(st *stage) {
	d, s := st.doors["public"], st.seats["guest3"]
	g := st.enters(citizen(6, "#54708f"), 0, d.inside(-1.6))
	g.walk(d.inside(-.3), d.middle(.4), vec{8.2, 1.9, 0}, vec{7.92, 2.5, 0}, s.front()).face(north)
	g.settle(st.chairs["guest3"], s, 0)
	t := g.now
	handOver(st, g, st.named["clerk3"], t, vec{7.2, 3.42, .95}, vec{7.2, 3.7, .95}, t+4)
	g.until(t+4.6).rise(s).walk(vec{7.95, 2.7, 0}, vec{8.3, 1.7, 0}, d.middle(.3), d.inside(-.2), d.inside(-1.7)).leave()
}

// handOver lays a paper on the table; the clerk takes it, and it is handed back at the end.
func handOver(st *stage, g, c *actor, t float64, near, far vec, end float64) {
	p := st.sheet(t+.8, near, g.last.yaw)
	g.reach(t, t+1.6, 1, near.up(.03)).reach(end-1, end+.4, 1, near.up(.03))
	c.reach(t+1.2, t+2.9, 0, far.up(.04)).reach(end-1.9, end-.7, 0, far.up(.04))
	p.steps = append(p.steps, step{from: t + 1.8, to: t + 2.4, at: far, yaw: p.yaw}, step{from: end - 1.6, to: end - .9, at: near, yaw: p.yaw})
	p.away(end - .2)
	g.talk(t+1.8, end-1)
	c.talk(t+3, end-2)
}

// eastColleague: a clerk gets up, has a word at the desks behind and comes back.
func eastColleague(st *stage) {
	c := st.named["clerk1"]
	c.wait(.6).away(.35, -1.2).take().walk(vec{4.2, 5.0, 0}, vec{5.3, 4.98, 0})
	c.talk(c.now, c.now+1.6).wait(1.6).drop().back()
}

// blackout: the lamps go off for a moment, and people look up.
func blackout(st *stage) {
	off := st.scene.light
	off[lamps], off[late] = 0, 0
	st.exposed = func(t float64) weights {
		return st.scene.light.mix(off, float32(ease((t-1.2)/.3)-ease((t-5.4)/.5)))
	}
	for i, a := range st.staff {
		a.gestures = []gesture{{from: 1.6 + .2*float64(i%4), to: 4 + .3*float64(i%3), ramp: .6, do: func(p *pose, w, _ float64) {
			p.nod -= .35 * w
			p.look += .5 * w * sideSign[i%2]
		}}}
	}
}

// counterMid is the middle counter, seen from the other side.
func counterMid() *scene {
	return &scene{name: "counter-mid", size: vec{10.5, 8, 2.8}, look: look{"#b3b0a8", "#d5d3cc", "#e0dfda", officeSeat, false},
		pos: vec{10.05, .5, 2.64}, target: vec{4.6, 4.6, .5}, fov: 84, light: daylight, gain: .78, set: setCounterMid,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .6},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .7, play: midVisit},
			{name: "e2", kind: "events", lively: .7, play: midColleague},
		}}
}

func setCounterMid(st *stage) {
	st.lamps(lampPlan{})
	st.sign(st.back(), 2, 2.1, 2.6, .34, "#00428c", 6)
	st.poster(st.back(), 5.6, 1.2, "#c74700")
	st.window(st.back(), 7, 10, .95, 2.2, 3)
	st.door("public", st.left(), .9, 1.4)
	st.door("staff", st.left(), 4.2, 1)
	st.counter(.9, 3, 7.4, .62, .95, woodSide, woodTop, 5)
	shirts := []string{white, blue, white, pink, ""}
	for i := range 5 {
		x := 1.6 + float64(i)*1.48
		st.monitor(x+.4, 3.42, .95, .46, vec{y: 1}, true)
		st.free(fmt.Sprint("guest", i), seat{vec{x, 2.38, 0}, north}, guestChair)
		s := seat{vec{x, 4.1, 0}, south}
		if shirts[i] != "" {
			st.works(fmt.Sprint("clerk", i), clerk(i+2, shirts[i]), s, .95)
		} else {
			st.free(fmt.Sprint("clerk", i), s.beside(.2, -.5), st.officeChair)
		}
	}
	seats := st.island(1.6, 5.5, 4, bareAll)
	st.staffed(seats, map[int]string{2: white, 3: beige, 6: blue})
	st.cabinets(vec{7.4, 7.75, 0}, vec{x: 1}, vec{y: -1}, 2, .9, .45, .8, false)
	st.plant(10, 6.4, 1.4)
	st.sits(citizen(2, "#9c7c5b"), st.seats["guest0"], 0)
	st.stands(citizen(3, "#54708f"), vec{5.3, 2.66, 0}, north)
	st.stands(citizen(5, "#a85d5d"), vec{6.95, 2.6, 0}, 1.9)
}

// midVisit: someone comes in from the hall, asks at the second place and is sent on.
func midVisit(st *stage) {
	d := st.doors["public"]
	s := st.seats["guest1"]
	g := st.enters(citizen(9, "#c9c3b4"), 0, d.inside(1.6))
	g.walk(d.inside(.2), d.middle(.5), vec{3.2, 1.7, 0}, vec{3.75, 2.4, 0}, s.front()).face(north)
	g.settle(st.chairs["guest1"], s, 0)
	t := g.now
	handOver(st, g, st.named["clerk1"], t, vec{3.0, 3.2, .95}, vec{3.0, 3.48, .95}, t+3.6)
	g.until(t+4.2).rise(s).walk(vec{3.8, 2.5, 0}, vec{3.4, 1.6, 0}, d.middle(.4), d.inside(.1), d.inside(1.7)).leave()
}

// midColleague: a clerk takes a file to the desks behind.
func midColleague(st *stage) {
	c := st.named["clerk2"]
	c.wait(.5).away(.35, 1.2).take().walk(vec{5.2, 4.75, 0}, vec{5.8, 4.95, 0}).face(1.3)
	o := st.named["desk6"]
	c.talk(c.now, c.now+2.2).wait(2.2).drop()
	o.turnTo(c.now-3, c.now, vec{5.8, 4.7, 1}).talk(c.now-2.4, c.now-.4)
	c.back()
}
