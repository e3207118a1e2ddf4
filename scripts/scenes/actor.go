package main

import "math"

// actor is a person with a timetable: moves one after the other, and gestures laid over them.
type actor struct {
	fig      figure
	moves    []move
	gestures []gesture
	last     pose    // at the end of the moves
	now      float64 // the end of the moves, seconds from the clip's start
	hidden   bool    // before the first move
	gone     float64 // leaves the picture at; +Inf: stays
	chair    *prop   // sat on
	home     seat    // the place they work at
	table    float64 // its height
}

type move struct {
	from, to float64
	at       func(t float64) pose // t seconds after from
}

// gesture changes a pose by a weight that rises from 0 and falls back.
type gesture struct {
	from, to, ramp float64
	do             func(p *pose, weight, t float64)
}

// prop is a thing that people move: a chair, or a paper on a counter.
type prop struct {
	at     vec
	yaw    float64
	shapes func(at vec, yaw float64) []shape
	steps  []step
	shadow float64 // radius of its shadow; 0 none
	hidden bool    // until the first step that shows it
}

type step struct {
	from, to float64
	at       vec
	yaw      float64
	hidden   bool
}

// state is where a prop is at a time.
func (p *prop) state(t float64) (at vec, yaw float64, hidden bool) {
	at, yaw, hidden = p.at, p.yaw, p.hidden
	for _, s := range p.steps {
		if t < s.from {
			break
		}
		e := 1.0
		if s.to > s.from {
			e = ease((t - s.from) / (s.to - s.from))
		}
		at, yaw, hidden = at.mix(s.at, e), yaw+turn(yaw, s.yaw)*e, s.hidden
	}
	return at, yaw, hidden
}

// resting is an actor that begins the clip in a pose.
func resting(g figure, p pose) *actor { return &actor{fig: g, last: p, gone: math.Inf(1)} }

// pose is the actor at a time; false when out of the picture.
func (a *actor) pose(t float64) (pose, bool) {
	if t >= a.gone || a.hidden && (len(a.moves) == 0 || t < a.moves[0].from) {
		return pose{}, false
	}
	p := a.last
	for _, m := range a.moves {
		if t < m.to {
			p = m.at(max(0, t-m.from))
			break
		}
	}
	for _, g := range a.gestures {
		if t > g.from && t < g.to {
			w := ease((t-g.from)/g.ramp) * ease((g.to-t)/g.ramp)
			g.do(&p, w, t-g.from)
		}
	}
	return p, true
}

// then adds a move of some seconds that ends in a pose.
func (a *actor) then(seconds float64, at func(t float64) pose, end pose) *actor {
	a.moves = append(a.moves, move{a.now, a.now + seconds, at})
	a.now += seconds
	a.last = end
	return a
}

// wait stays as one is.
func (a *actor) wait(seconds float64) *actor {
	p := a.last
	return a.then(seconds, func(float64) pose { return p }, p)
}

// until waits for a time of the clip.
func (a *actor) until(t float64) *actor { return a.wait(max(0, t-a.now)) }

// to blends into another pose.
func (a *actor) to(p pose, seconds float64) *actor {
	from := a.last
	return a.then(seconds, func(t float64) pose { return blend(from, p, ease(t/seconds)) }, p)
}

// place is where a standing actor stands.
func (a *actor) place() vec { return a.last.foot[0].mix(a.last.foot[1], .5).plan() }

// walk goes from where the actor stands through the points.
func (a *actor) walk(points ...vec) *actor {
	way := newPath(append([]vec{a.place()}, points...)...)
	if d := way.toward(0); math.Abs(turn(a.last.yaw, d)) > .35 {
		a.face(d)
	}
	w := newWalk(a.fig, way)
	first, start := a.last, w.pose(0)
	sheet := a.last.sheet
	at := func(t float64) pose {
		p := w.pose(t)
		if t < .4 { // out of the pose before
			q := blend(first, start, ease(t/.4))
			e := 1 - ease(t/.4)
			p.lean, p.twist = p.lean+(q.lean-start.lean)*e, p.twist+(q.twist-start.twist)*e
			p.hip = p.hip.add(first.hip.sub(start.hip).mul(e))
			for i := range 2 {
				p.hand[i] = p.hand[i].add(first.hand[i].sub(start.hand[i]).mul(e))
				p.foot[i] = p.foot[i].add(first.foot[i].sub(start.foot[i]).mul(e))
			}
		}
		if sheet {
			a.fig.carry(&p)
		}
		return p
	}
	end := a.fig.standing(points[len(points)-1], w.pose(w.seconds()).yaw)
	if sheet {
		a.fig.carry(&end)
	}
	return a.then(w.seconds(), at, end)
}

// face turns on the spot, one foot after the other.
func (a *actor) face(yaw float64) *actor {
	from := a.last
	d := turn(from.yaw, yaw)
	to := a.fig.standing(a.place(), from.yaw+d)
	if from.sheet {
		a.fig.carry(&to)
	}
	seconds := .45 + .3*math.Abs(d)
	first := 0 // the foot on the inside of the turn goes first
	if d < 0 {
		first = 1
	}
	at := func(t float64) pose {
		u := t / seconds
		p := blend(from, to, ease(u))
		for i := range 2 {
			v := max(0, min(1, u*2))
			if i != first {
				v = max(0, min(1, u*2-1))
			}
			p.foot[i] = from.foot[i].mix(to.foot[i], ease(v)).up(.05 * math.Sin(math.Pi*v))
			p.toe[i] = from.toe[i] + turn(from.toe[i], to.toe[i])*ease(v)
		}
		p.look += .3 * math.Copysign(math.Sin(math.Pi*u), d)
		return p
	}
	return a.then(seconds, at, to)
}

// carry holds a paper in both hands.
func (g figure) carry(p *pose) {
	b := g.body(*p)
	p.sheet = true
	c := b.hip.add(b.axis.mul(.26 * b.k)).add(b.f.mul(.3))
	for i, s := range sideSign {
		p.hand[i] = c.add(b.right.mul(s * .1))
	}
}

// settle sits down on the seat behind, then turns and rolls in to the given place. The actor must stand before the
// chair with its back to it.
func (a *actor) settle(ch *prop, s seat, table float64) *actor {
	at, yaw, _ := ch.state(a.now)
	down := a.fig.sitting(seat{at, yaw}, 0)
	down.foot, down.toe = a.last.foot, a.last.toe
	a.lower(down, 1.0)
	a.chair = ch
	if at.dist(s.at) > .02 || math.Abs(turn(yaw, s.yaw)) > .02 {
		ch.steps = append(ch.steps, step{from: a.now, to: a.now + 1.3, at: s.at, yaw: s.yaw})
		a.to(a.fig.sitting(s, 0), 1.3)
	}
	return a.to(a.fig.sitting(s, table), .6)
}

// rise turns the chair to a side, gets up and stands before it.
func (a *actor) rise(out seat) *actor {
	ch := a.chair
	at, yaw, _ := ch.state(a.now)
	if at.dist(out.at) > .02 || math.Abs(turn(yaw, out.yaw)) > .02 {
		ch.steps = append(ch.steps, step{from: a.now, to: a.now + 1.2, at: out.at, yaw: out.yaw})
		a.to(a.fig.sitting(out, 0), 1.2)
	}
	up := a.fig.standing(out.at.add(heading(out.yaw).mul(standOff)), out.yaw)
	ready := a.last
	ready.foot, ready.toe = up.foot, up.toe
	a.to(ready, .3)
	return a.lower(up, 1.0)
}

// standOff is how far before a seat's middle one stands to sit down on it.
const standOff = .36

// lower goes between sitting and standing, the back bowed on the way.
func (a *actor) lower(to pose, seconds float64) *actor {
	from := a.last
	at := func(t float64) pose {
		u := ease(t / seconds)
		p := blend(from, to, u)
		p.lean += .55 * math.Sin(math.Pi*u)
		low, high := min(from.hip.z, to.hip.z), max(from.hip.z, to.hip.z)
		back := to.hip.sub(from.hip).plan().mul(.25 * math.Sin(math.Pi*u))
		if to.hip.z < from.hip.z {
			p.hip = p.hip.add(back)
		} else {
			p.hip = p.hip.sub(back)
		}
		p.hip.z = max(low, min(high, p.hip.z))
		return p
	}
	return a.then(seconds, at, to)
}

// leave ends the actor's presence now.
func (a *actor) leave() { a.gone = a.now }

// away gets up from the own place; the chair stays turned aside by an angle.
func (a *actor) away(back, by float64) *actor { return a.rise(a.home.beside(back, by)) }

// back sits down at the own place again. The actor comes from anywhere.
func (a *actor) back() *actor {
	at, yaw, _ := a.chair.state(a.now)
	out := seat{at, yaw}
	return a.walk(out.front()).face(out.yaw).settle(a.chair, a.home, a.table)
}

// take holds a paper from now on, drop no longer.
func (a *actor) take() *actor {
	p := a.last
	a.fig.carry(&p)
	return a.to(p, .7)
}

func (a *actor) drop() *actor {
	return a.to(a.fig.standing(a.place(), a.last.yaw), .7)
}

// reach puts a hand to a point between two times.
func (a *actor) reach(from, to float64, side int, at vec) *actor {
	a.gestures = append(a.gestures, gesture{from: from, to: to, ramp: min(.8, (to-from)/2), do: func(p *pose, w, _ float64) {
		p.hand[side] = p.hand[side].mix(at, w)
		p.lean += .22 * w
		p.nod += .12 * w
	}})
	return a
}

// talk nods and moves a hand for a while.
func (a *actor) talk(from, to float64) *actor {
	a.gestures = append(a.gestures, gesture{from: from, to: to, ramp: .6, do: func(p *pose, w, t float64) {
		p.nod += w * .12 * max(0, math.Sin(t*2.4))
		p.hand[1] = p.hand[1].add(heading(p.yaw).mul(.06 * w)).up(w * (.05 + .05*math.Sin(t*3.1)))
		p.look += w * .08 * math.Sin(t*1.3)
	}})
	return a
}

// bow is a greeting.
func (a *actor) bow(at float64) *actor {
	a.gestures = append(a.gestures, gesture{from: at, to: at + 1.4, ramp: .55, do: func(p *pose, w, _ float64) {
		p.lean += .4 * w
		p.nod += .2 * w
	}})
	return a
}

// turnTo looks at a point for a while.
func (a *actor) turnTo(from, to float64, at vec) *actor {
	a.gestures = append(a.gestures, gesture{from: from, to: to, ramp: .6, do: func(p *pose, w, _ float64) {
		d := max(-1.1, min(1.1, turn(p.yaw, at.sub(p.hip).angle())))
		p.look += (d*.7 - p.look*.5) * w
		p.twist += d * .3 * w
	}})
	return a
}

// write moves a pen over paper for a while.
func (a *actor) write(from, to float64, at vec) *actor {
	a.gestures = append(a.gestures, gesture{from: from, to: to, ramp: .8, do: func(p *pose, w, t float64) {
		line := math.Mod(t, 2.4) / 2.4
		right := heading(p.yaw).cross(vec{z: 1})
		pen := at.add(right.mul(-.06 + .13*ease(line*1.15))).add(heading(p.yaw).mul(.05 - .02*math.Floor(t/2.4))).up(.04 + .006*math.Sin(t*17))
		p.hand[1] = p.hand[1].mix(pen, w)
		p.hand[0] = p.hand[0].mix(at.sub(right.mul(.12)).up(.04), w)
		p.nod += .3 * w
		p.lean += .18 * w
	}})
	return a
}
