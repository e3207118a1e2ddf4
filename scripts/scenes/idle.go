package main

import (
	"math"
	"math/rand/v2"
)

// idle gives those at rest small things to do while they have no part in the play. All is over before the clip ends.
func (st *stage) idle(r *rand.Rand) {
	end := float64(st.seconds) - .3
	for _, a := range st.staff {
		t := .3 + r.Float64()*4/st.clip.lively
		for t < end-1.6 {
			n := min(end-t, 1.5+r.Float64()*2.5)
			g := pastime(r, a.last, t, n)
			if len(a.moves) == 0 && !a.busy(t, t+n) {
				a.gestures = append(a.gestures, g)
			}
			t += n + (.5+r.Float64()*4)/st.clip.lively
		}
	}
}

func (a *actor) busy(from, to float64) bool {
	for _, g := range a.gestures {
		if g.from < to && g.to > from {
			return true
		}
	}
	return false
}

// pastime is one small thing to do for n seconds.
func pastime(r *rand.Rand, p pose, t, n float64) gesture {
	g := gesture{from: t, to: t + n, ramp: .7}
	side, size := r.IntN(2), .5+r.Float64()*.6
	seated := p.hip.z < .75
	switch k := r.IntN(10); {
	case k < 4 && seated && p.hand[0].z > .7:
		g.do, g.ramp = typing(size), .3
	case k < 6:
		g.do = func(p *pose, w, _ float64) {
			p.look += w * size * sideSign[side] * .8
			p.twist += w * size * sideSign[side] * .2
		}
	case k < 7:
		g.do = func(p *pose, w, _ float64) { p.nod += w * .3 * size; p.lean += w * .12 * size }
	case k < 9:
		g.do = reaching(side, size)
	default:
		g.do = touchFace(side)
	}
	return g
}

// typing lets both hands go up and down.
func typing(size float64) func(*pose, float64, float64) {
	return func(p *pose, w, t float64) {
		for i, s := range sideSign {
			p.hand[i] = p.hand[i].up(w * .022 * size * math.Abs(math.Sin(t*9+s)))
		}
		p.nod += .06 * w * math.Sin(t*2.2)
	}
}

// reaching moves one hand over the table to the side and back.
func reaching(side int, size float64) func(*pose, float64, float64) {
	return func(p *pose, w, t float64) {
		f := heading(p.yaw)
		right := f.cross(vec{z: 1})
		h := &p.hand[side]
		*h = h.add(right.mul(sideSign[side] * .2 * size * w)).add(f.mul(.12 * w)).up(.06 * math.Sin(math.Pi*w))
		p.look -= sideSign[side] * .35 * w * size
		p.lean += .07 * w
	}
}

// touchFace lifts a hand to the chin.
func touchFace(side int) func(*pose, float64, float64) {
	return func(p *pose, w, _ float64) {
		f := heading(p.yaw)
		chin := p.hip.add(f.mul(.16 + .5*math.Sin(p.lean))).up(.56)
		p.hand[side] = p.hand[side].mix(chin, w*.95)
		p.nod += .1 * w
	}
}
