package main

import "fmt"

var hallLook = look{"#c2b9a5", "#dcd7cc", "#e2e0da", officeSeat, false}

// waiting is the waiting hall before the counters.
func waiting() *scene {
	return &scene{name: "waiting", size: vec{11, 9, 2.9}, look: hallLook,
		pos: vec{.45, .45, 2.72}, target: vec{5.2, 4.6, .4}, fov: 84, light: daylight, gain: .78, set: setWaiting,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .5},
			{name: "q2", kind: "quiet", seconds: 8, lively: .7},
			{name: "e1", kind: "events", lively: .6, play: waitingCalled},
			{name: "e2", kind: "events", lively: .6, play: waitingPass},
		}}
}

func setWaiting(st *stage) {
	st.lamps(lampPlan{dx: 2.6, dy: 2, w: 1.2, x0: 1.2, y0: 1})
	st.window(st.right(), 4.6, 8.6, .5, 2.3, 4)
	b := st.back()
	st.numberBoard(b, 2.2)
	st.sign(b, 5.2, 2.1, 2, .32, "#00428c", 4)
	st.door("entry", st.right(), 1.6, 1.5)
	st.counter(.6, 7.0, 5.6, .6, .98, woodSide, woodTop, 4)
	for i := range 4 {
		s := seat{vec{1.3 + float64(i)*1.4, 8.0, 0}, south}
		st.monitor(1.7+float64(i)*1.4, 7.4, .98, .46, vec{y: 1}, true)
		if i%2 == 0 {
			st.works(fmt.Sprint("clerk", i), clerk(i, [...]string{white, "", blue}[i]), s, .98)
		} else {
			st.free(fmt.Sprint("clerk", i), s.beside(.1, .5), st.officeChair)
		}
	}
	var seats []seat
	for j := range 3 {
		for i := range 2 {
			seats = append(seats, st.bench(2.6+float64(i)*3, 2.3+float64(j)*1.4, 2.4, 1, [...]string{"#4f7d86", "#527a8a"}[i])...)
		}
	}
	for i, s := range seats {
		st.free(fmt.Sprint("bench", i), s, nothing).shadow = 0
	}
	st.block(8.9, 4.2, 0, .7, 1.6, 1, woodSide)
	st.block(8.86, 4.16, 1, .78, 1.68, .04, woodTop)
	st.block(7.6, 6.6, 0, .5, .45, 1.25, "#e2e4e5")
	st.block(7.66, 6.6, 1.25, .38, .35, .03, "#5f8ecf")
	st.plant(10.4, 8.4, 1.5)
	st.plant(10.4, .7, 1.3)
	for i, c := range []string{"#54708f", "", "#b97d6a", green, "", "", beige, "", "#6d5d7d", "", "#8f9a6e"} {
		if c != "" {
			st.named[fmt.Sprint("waits", i)] = st.sits(citizen(i, c), seats[i], 0)
		}
	}
	st.stands(citizen(5, "#7c8a5e"), vec{4.1, 6.55, 0}, north)
}

// numberBoard is the lit board that calls those who wait, blank.
func (r *room) numberBoard(s side, a float64) {
	r.add(s.panel(a, a+2, 1.55, 2.45, 0, .08, matt("#20262e")))
	for _, q := range []struct {
		a, b, z0, z1 float64
		c            string
	}{{.15, .9, 2.02, 2.35, "#e88a4a"}, {1.1, 1.85, 2.02, 2.35, "#51b883"}, {.15, 1.85, 1.65, 1.9, "#8fa0b3"}} {
		r.add(s.panel(a+q.a, a+q.b, q.z0, q.z1, .08, .003, paint{color: hex(q.c), glow: .7, group: screen}))
	}
}

// nothing is drawn for a place on a bench.
func nothing(vec, float64) []shape { return nil }

// waitingCalled: someone who waits is called, goes to the counter and sits down again.
func waitingCalled(st *stage) {
	s := st.seats["bench8"]
	g := st.named["waits8"]
	g.chair = st.chairs["bench8"]
	g.wait(.5).rise(s).walk(vec{5.3, 4.25, 0}, vec{5.3, 5.9, 0}, vec{4.75, 6.52, 0}).face(north)
	t := g.now
	handOver(st, g, st.named["clerk2"], t, vec{4.75, 7.15, .98}, vec{4.4, 7.35, .98}, t+4)
	g.until(t+4.6).walk(vec{5.3, 5.9, 0}, vec{5.3, 4.15, 0}, vec{5.0, 4.08, 0}, s.front()).face(s.yaw).settle(g.chair, s, 0)
}

// waitingPass: someone comes in, takes a number and sits down; another leaves.
func waitingPass(st *stage) {
	d := st.doors["entry"]
	g := st.enters(citizen(9, "#a0685e"), 0, d.inside(-1.6))
	g.walk(d.inside(-.2), d.middle(.5), vec{8.6, 3.2, 0}, vec{8.4, 5.0, 0}, vec{7.85, 6.15, 0}).face(north)
	g.reach(g.now, g.now+1.6, 1, vec{7.85, 6.6, 1.2}).wait(1.4)
	g.walk(vec{8.3, 5.4, 0}, vec{8.3, 3.4, 0}, vec{9.6, 2.5, 0}, d.middle(.3), d.inside(.1), d.inside(1.8)).leave()
}

// lobby is the main entrance with the information desk.
func lobby() *scene {
	return &scene{name: "lobby", size: vec{10.5, 9, 3.2}, look: look{"#c9c1b0", "#dbd7cd", "#e4e2dc", officeSeat, false},
		pos: vec{10.05, .45, 3}, target: vec{4.4, 4.8, .4}, fov: 84, light: daylight, gain: .78, set: setLobby,
		clips: []clip{
			{name: "q1", kind: "quiet", seconds: 8, lively: .7},
			{name: "q2", kind: "quiet", seconds: 8, lively: .9},
			{name: "e1", kind: "events", lively: .6, play: lobbyAsk},
			{name: "e2", kind: "events", lively: .6, play: lobbyCross},
		}}
}

func setLobby(st *stage) {
	st.lamps(lampPlan{dx: 2.6, dy: 2, w: 1.2, x0: 1.2, y0: 1})
	b := st.back()
	for i := range 4 {
		st.glassDoor(b, 1.6+float64(i)*1.5)
	}
	st.sign(b, 2.4, 2.66, 3.8, .38, "#00428c", 7)
	st.add(block(vec{3.1, 6.9, 0}, vec{5.5, 8.3, .012}, matt("#6f7f72")))
	st.door("hall", st.left(), 6.2, 1.4)
	st.door("east", st.right(), 6.6, 1.4)
	st.counter(2.2, 3.6, 3, .7, 1, darkWood, darkWTop, 1)
	st.monitor(4.7, 4.1, 1, .42, vec{y: 1}, true)
	st.block(6.9, 4, 0, .5, .4, 1.3, "#e4e5e5")
	st.add(block(vec{6.94, 3.996, 1.0}, vec{7.36, 4, 1.24}, paint{color: hex("#5f8ecf"), glow: .6, group: screen}))
	st.rack(.03, 3)
	st.bench(6.6, 1.5, 2.2, 1, tealSeat)
	st.plant(9.9, 5.6, 1.6)
	st.plant(.7, 8.3, 1.6)
	guide := clerk(5, white)
	guide.vest, guide.card = navy, false
	st.works("guide0", guide, seat{vec{3, 4.75, 0}, south}, 1)
	guide = clerk(3, white)
	guide.vest = navy
	st.works("guide1", guide, seat{vec{4.2, 4.75, 0}, south}, 1)
	st.stands(citizen(3, "#b97d6a"), vec{3.0, 3.15, 0}, north)
	st.stands(citizen(2, "#54708f"), vec{7.2, 3.45, 0}, north)
	st.sits(citizen(6, green), seat{vec{8.1, 1.5, 0}, north}, 0)
}

func (r *room) glassDoor(s side, a float64) {
	r.add(s.panel(a, a+1.46, 0, 2.56, 0, .03, shade("#8f979b", .95)))
	sky, grass := hex("#e9f3f5"), hex("#b2c4ab")
	r.add(s.panel(a+.06, a+1.4, .08, 2.48, .03, .004, paint{glow: .6, group: day, tex: func(p vec) rgb {
		if p.z < .8 {
			return grass
		}
		return sky.mix(hex("#c9dae0"), float32(max(0, 1.4-p.z)))
	}}))
	r.daylight(s, a+.06, a+1.4, .5, 2.4)
}

// rack holds leaflets on the left wall.
func (r *room) rack(x, y float64) {
	r.block(x, y, 0, .3, 2.4, 1.6, "#c8b08a")
	for k := range 5 {
		for j := range 3 {
			r.block(x+.3, y+.1+float64(k)*.46, .3+float64(j)*.42, .04, .3, .3, [...]string{"#e8efe8", "#dfe7f2", "#f2e6dc"}[(k+j)%3])
		}
	}
}

// lobbyAsk: someone asks at the desk and is shown the way.
func lobbyAsk(st *stage) {
	d, e := st.doors["east"], st.doors["hall"]
	g := st.enters(citizen(1, "#7c8a5e"), 0, d.inside(-1.5))
	g.walk(d.inside(-.2), d.middle(.5), vec{8.2, 5.7, 0}, vec{6.2, 5.2, 0}, vec{5.9, 3.3, 0}, vec{4.25, 3.12, 0}).face(north)
	t := g.now
	c := st.named["guide1"]
	g.bow(t).talk(t+1, t+3.2)
	c.talk(t+.8, t+2).reach(t+2, t+3.8, 1, vec{3.85, 4.1, 1.35}).turnTo(t+2, t+3.8, vec{0, 7, 1})
	g.until(t+3.8).walk(vec{5.8, 3.3, 0}, vec{5.7, 5.6, 0}, vec{2.2, 6.9, 0}, e.middle(.4), e.inside(.1), e.inside(1.7)).leave()
}

// lobbyCross: two people pass through the hall.
func lobbyCross(st *stage) {
	d, e := st.doors["east"], st.doors["hall"]
	g := st.enters(citizen(6, "#c9c3b4"), 0, d.inside(-1.5))
	g.walk(d.inside(-.1), d.middle(.6), vec{7, 6.7, 0}, vec{2.5, 6.4, 0}, e.middle(.3), e.inside(0), e.inside(1.8)).leave()
	h := st.enters(citizen(8, "#8d5f74"), .6, e.inside(-1.7))
	h.walk(e.inside(0), e.middle(.5), vec{3, 7.6, 0}, vec{7.4, 7.6, 0}, d.middle(.4), d.inside(.1), d.inside(1.6)).leave()
}
