package main

import "fmt"

var grayLook = look{"#9aa0a5", "#d6d5d0", "#dcdcd8", officeSeat, false}

// terminals is the row of terminals of the residents' register.
func terminals() *scene {
	return &scene{name: "terminals", size: vec{9.6, 7, 2.7}, look: grayLook,
		pos: vec{9.1, .45, 2.55}, target: vec{3.8, 4.3, .5}, fov: 80, light: daylight, gain: .78, set: setTerminals,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .7},
			{name: "q2", kind: "quiet", seconds: 8, lively: 1},
			{name: "e1", kind: "events", lively: .6, play: terminalsUse},
			{name: "e2", kind: "events", lively: .6, play: terminalsPaper},
			{name: "off1", kind: "light", seconds: 8, lively: .4, play: blackout},
		}}
}

// terminalsNight is the same row after hours, with the lamps over it left on.
func terminalsNight() *scene {
	s := terminals()
	s.name, s.night, s.gain = "terminals-night", true, 1.9
	s.light = weights{late: 1, screen: .3}
	s.clips = []clip{
		{name: "q1", kind: "quiet", seconds: 8},
		{name: "e1", kind: "events", play: nightNotes},
	}
	return s
}

func setTerminals(st *stage) {
	st.lamps(lampPlan{dx: 2.3, dy: 1.6, w: 1.2, x0: 1.2, y0: 1, stay: func(x, y float64) bool { return x > 2.5 && x < 6 && y > 3 && y < 5.5 }})
	st.window(st.back(), 1, 4.6, .95, 2.1, 4)
	st.poster(st.back(), 5.5, 1.15, "#ce0000")
	st.poster(st.back(), 6.3, 1.15, "#3460fb")
	st.door("staff", st.left(), 3.55, 1)
	for i := range 5 {
		x := .7 + float64(i)*1.35
		st.terminal(x, i)
	}
	st.block(.68+5*1.35, 4.9, .7, .03, .7, .42, "#9fb0b8")
	seats := st.island(1.5, 1.7, 3, map[int]bool{0: true, 3: true})
	st.cabinets(vec{.25, .9, 0}, vec{y: 1}, vec{x: 1}, 2, .9, .45, 1.8, false)
	st.cabinets(vec{7.7, 6.75, 0}, vec{x: 1}, vec{y: -1}, 2, .9, .45, 1.8, false)
	st.block(8.3, 4.7, 0, .7, .7, 1.05, "#e3e4e4")
	st.block(8.36, 4.8, 1.05, .5, .45, .12, "#55595e")
	if st.night {
		st.seats["t2"] = seat{vec{4.05, 4.5, 0}, north}
		st.free("d0", seats[0].beside(.1, .3), st.officeChair)
		st.free("d3", seats[3].beside(.1, -.4), st.officeChair)
		return
	}
	st.works("t0", clerk(0, white), seat{vec{1.35, 4.5, 0}, north}, .72)
	st.works("t2", clerk(1, blue), seat{vec{4.05, 4.5, 0}, north}, .72)
	st.works("d0", clerk(3, beige), seats[0], .72)
	st.works("d3", clerk(4, white), seats[3], .72)
}

func (st *stage) terminal(x float64, i int) {
	st.desk(x, 4.9, 1.3, .72, -1, !st.night || i == 2, (i*2+1)%4)
	st.block(x-.02, 4.9, .7, .03, .7, .42, "#9fb0b8")
	s := seat{vec{x + .65, 4.5, 0}, north}
	if i != 0 && i != 2 || st.night {
		st.free(fmt.Sprint("t", i), s.beside(.12+.06*float64(i%3), .5-.3*float64(i)), st.officeChair)
	}
}

// terminalsUse: someone comes from the door, works at the fourth terminal and goes.
func terminalsUse(st *stage) {
	d := st.doors["staff"]
	g := st.enters(clerk(6, pink), 0, d.inside(-1.4))
	ch := st.chairs["t3"]
	at, yaw, _ := ch.state(0)
	rest := seat{at, yaw}
	in := seat{vec{5.4, 4.5, 0}, north}
	g.chair = ch
	g.walk(d.inside(-.2), d.middle(.4), vec{4.8, 3.95, 0}, rest.front()).face(rest.yaw)
	g.settle(ch, in, .72)
	t := g.now
	g.gestures = append(g.gestures, gesture{from: t, to: t + 2.6, ramp: .3, do: typing(1)})
	g.wait(2.8).rise(rest).walk(vec{6.2, 3.8, 0}, vec{7.6, 2.2, 0}, vec{8.9, .75, 0}).leave()
}

// terminalsPaper: a clerk takes a paper from the terminals to the copier and comes back.
func terminalsPaper(st *stage) {
	c := st.named["t2"]
	c.wait(.4).away(.4, -1.5).take().walk(vec{6.6, 3.75, 0}, vec{7.95, 4.7, 0}).face(.1)
	t := c.now
	c.drop().reach(t+.4, t+2.6, 1, vec{8.5, 5.05, 1.2}).wait(2).take().back()
}

// nightNotes: after hours someone sits down at the one terminal that is on, reads, writes on paper, and leaves with
// it.
func nightNotes(st *stage) {
	ch := st.chairs["t2"]
	at, yaw, _ := ch.state(0)
	rest := seat{at, yaw}
	in := seat{vec{4.05, 4.5, 0}, north}
	g := st.enters(clerk(5, white), 1, vec{9.0, .8, 0})
	g.chair = ch
	g.walk(vec{7.6, 2.2, 0}, vec{6.2, 3.7, 0}, vec{4.8, 3.85, 0}, rest.front()).face(rest.yaw)
	g.settle(ch, in, .72)
	t := g.now
	desk := vec{4.42, 5.0, .71}
	g.gestures = append(g.gestures, gesture{from: t, to: t + 5, ramp: .4, do: typing(1)},
		gesture{from: t + 11, to: t + 14, ramp: .4, do: typing(1)})
	g.turnTo(t+5.2, t+6.6, vec{8, 2, 1}).write(t+6.5, t+11, desk).write(t+14.5, t+20, desk).turnTo(t+20, t+21.4, vec{8, 2, 1})
	st.sheet(t+5.8, desk, north+.15).away(t + 21.6)
	g.reach(t+21, t+22.2, 1, desk.up(.04))
	g.until(t+22.4).rise(rest).walk(vec{6.2, 3.7, 0}, vec{7.6, 2.2, 0}, vec{9.0, .75, 0}).leave()
}
