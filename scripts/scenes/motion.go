package main

import "math"

const (
	walkSpeed = 1.25 // m/s
	stepLen   = .6   // metres, about; a walk has a whole number of steps
	footSide  = .085
)

// standing is a person at ease at a place.
func (g figure) standing(at vec, yaw float64) pose {
	k := g.tall / refTall
	f := heading(yaw)
	r := f.cross(vec{z: 1})
	p := pose{hip: at.up(hipStand * k), yaw: yaw, toe: [2]float64{yaw + .1, yaw - .1}}
	for i, s := range sideSign {
		p.foot[i] = at.add(r.mul(s * footSide))
	}
	g.hang(&p)
	return p
}

// hang lets the arms hang down.
func (g figure) hang(p *pose) {
	b := g.body(*p)
	for i, s := range sideSign {
		p.hand[i] = b.shoulder[i].add(b.right.mul(s * .045)).add(b.f.mul(.05)).up(-.515 * b.k)
	}
}

// sitting is a person on a seat, hands on the table at a height; 0: in the lap.
func (g figure) sitting(s seat, table float64) pose {
	k := g.tall / refTall
	f := heading(s.yaw)
	r := f.cross(vec{z: 1})
	p := pose{hip: s.at.add(f.mul(-.06)).up(hipSit), yaw: s.yaw, lean: .1, toe: [2]float64{s.yaw + .1, s.yaw - .1}}
	for i, sg := range sideSign {
		p.foot[i] = s.at.add(f.mul(.36)).add(r.mul(sg * .11))
		if table > 0 {
			p.hand[i] = s.at.add(f.mul(.36)).add(r.mul(sg * .13)).up(table + .035)
		} else {
			p.hand[i] = s.at.add(f.mul(.22)).add(r.mul(sg * .1)).up(hipSit + .09*k)
		}
	}
	if table > .85 {
		p.lean = .16
	}
	p.nod = .12
	return p
}

// blend is a pose on the way from a to b.
func blend(a, b pose, t float64) pose {
	p := pose{hip: a.hip.mix(b.hip, t), yaw: a.yaw + turn(a.yaw, b.yaw)*t, lean: mix(a.lean, b.lean, t), twist: mix(a.twist, b.twist, t),
		look: mix(a.look, b.look, t), nod: mix(a.nod, b.nod, t), sheet: a.sheet}
	if t >= .5 {
		p.sheet = b.sheet
	}
	for i := range 2 {
		p.foot[i] = a.foot[i].mix(b.foot[i], t)
		p.toe[i] = a.toe[i] + turn(a.toe[i], b.toe[i])*t
		p.hand[i] = a.hand[i].mix(b.hand[i], t)
		p.heel[i] = mix(a.heel[i], b.heel[i], t)
	}
	return p
}

// path is a way over the floor with rounded corners, sampled by length.
type path struct {
	pts []vec
	len []float64
}

// newPath goes through the given points; corners are cut by up to half a metre.
func newPath(pts ...vec) *path {
	const cut = .5
	p := &path{pts: []vec{pts[0]}}
	for i := 1; i+1 < len(pts); i++ {
		a, b, c := pts[i-1], pts[i], pts[i+1]
		u := b.mix(a, min(.5, cut/max(a.dist(b), .01)))
		v := b.mix(c, min(.5, cut/max(c.dist(b), .01)))
		for k := range 9 {
			t := float64(k) / 8
			p.pts = append(p.pts, u.mix(b, t).mix(b.mix(v, t), t))
		}
	}
	p.pts = append(p.pts, pts[len(pts)-1])
	p.len = make([]float64, len(p.pts))
	for i := 1; i < len(p.pts); i++ {
		p.len[i] = p.len[i-1] + p.pts[i].dist(p.pts[i-1])
	}
	return p
}

func (p *path) total() float64 { return p.len[len(p.len)-1] }

// at is the point after s metres, and the direction there.
func (p *path) at(s float64) (vec, float64) {
	s = max(0, min(p.total(), s))
	for i := 1; i < len(p.pts); i++ {
		if s <= p.len[i] || i == len(p.pts)-1 {
			l := max(p.len[i]-p.len[i-1], 1e-9)
			return p.pts[i-1].mix(p.pts[i], (s-p.len[i-1])/l), p.pts[i].sub(p.pts[i-1]).angle()
		}
	}
	return p.pts[0], 0
}

// toward is the direction of the path around s, smoothed over a step.
func (p *path) toward(s float64) float64 {
	a, _ := p.at(s - .25)
	b, _ := p.at(s + .25)
	return b.sub(a).angle()
}

// walk is a gait along a path: feet stay where they are set down while the body moves over them.
type walk struct {
	p    *path
	step float64
	fig  figure
}

func newWalk(g figure, p *path) *walk {
	n := max(1, math.Round(p.total()/stepLen))
	return &walk{p: p, step: p.total() / n, fig: g}
}

// run-up: the feet begin .4 steps before the body is under way and end .4 steps after it stops.
const runUp = .4

func (w *walk) seconds() float64 { return (w.p.total() + 2*runUp*w.step) / walkSpeed }

// body is how far the trunk has come when the gait is at g.
func (w *walk) body(g float64) float64 {
	r, s := runUp*w.step, w.p.total()
	ramp := func(g float64) float64 { // from -r to r
		return (g + r) * (g + r) / (4 * r)
	}
	switch {
	case g < r:
		return ramp(g)
	case g > s-r:
		return s - ramp(s-g)
	}
	return g
}

// pose is the walker t seconds after the start.
func (w *walk) pose(t float64) pose {
	g := min(t*walkSpeed-runUp*w.step, w.p.total()+runUp*w.step)
	s := w.body(g)
	at, _ := w.p.at(s)
	yaw := w.p.toward(s)
	k := w.fig.tall / refTall
	phase := g / w.step * math.Pi // a step is half a turn
	full := min(1, min(s, w.p.total()-s)/w.step+.08)
	p := pose{hip: at.up(hipStand*k - .032*full*(1-math.Cos(2*phase))/2 - .008*full), yaw: yaw, lean: .03 + .02*full}
	for i := range 2 {
		p.foot[i], p.toe[i], p.heel[i] = w.foot(i, g)
		p.heel[i] *= full
	}
	p.twist = .12 * full * math.Sin(phase)
	w.fig.hang(&p)
	for i, sg := range sideSign {
		swing := sg * math.Sin(phase) * full
		p.hand[i] = p.hand[i].add(heading(yaw).mul(.2*swing - .02)).up(.05*swing*swing + .02*max(0, swing))
	}
	return p
}

// foot is where a foot is when the gait is at g. The left is set down at odd steps, the right at even ones; each
// carries the body from .6 steps before to .6 steps after.
func (w *walk) foot(i int, g float64) (at vec, yaw, heel float64) {
	const stance = .6
	parity := float64(1 - i)
	base := parity + 2*math.Floor((g/w.step+stance-parity)/2)
	q := g/w.step - base
	t := max(0, q-stance) / (2 - 2*stance)
	from, to := base*w.step, (base+2)*w.step
	a, yawA := w.print(i, from)
	b, yawB := w.print(i, to)
	e := ease(t)
	lift := .07 * math.Sin(math.Pi*min(1, t)) * min(1, a.dist(b)/.6)
	heel = .11 * ease((q-.15)/(stance-.15)) * (1 - ease(t*1.6))
	return a.mix(b, e).up(lift), yawA + turn(yawA, yawB)*e, heel
}

// print is where foot i is set down at s metres of the way.
func (w *walk) print(i int, s float64) (vec, float64) {
	s = max(0, min(w.p.total(), s))
	at, _ := w.p.at(s)
	yaw := w.p.toward(s)
	return at.add(heading(yaw).cross(vec{z: 1}).mul(sideSign[i] * footSide)), yaw - sideSign[i]*.1
}
