package main

import "math"

// probes hold the light in the air of a room on a coarse lattice, so that people can be lit as they walk through it.
type probes struct {
	nx, ny int
	step   float64
	cells  []probe
}

// probeHeights are the levels of the lattice, in metres.
var probeHeights = [3]float64{.25, .95, 1.65}

type probe struct {
	ok    bool
	sides [6]received // light on surfaces looking to +x, -x, +y, -y, +z, -z
}

var sideDirs = [6]vec{{x: 1}, {x: -1}, {y: 1}, {y: -1}, {z: 1}, {z: -1}}

func newProbes(l *lighting, x, y float64) *probes {
	p := &probes{step: .5}
	p.nx, p.ny = int(x/p.step)+2, int(y/p.step)+2
	p.cells = make([]probe, p.nx*p.ny*len(probeHeights))
	parallel(len(p.cells), func(i int) {
		at := vec{float64(i%p.nx) * p.step, float64(i/p.nx%p.ny) * p.step, probeHeights[i/(p.nx*p.ny)]}
		at = vec{max(.05, min(x-.05, at.x)), max(.05, min(y-.05, at.y)), at.z}
		if l.tree.inside(at) {
			return
		}
		p.cells[i].ok = true
		for s, d := range sideDirs {
			p.cells[i].sides[s] = l.gather(at, d, s, 4)
		}
	})
	return p
}

// ambient is the light on the six sides of a small thing at a place.
type ambient [6]rgb

// at blends the probes around a place.
func (p *probes) at(q vec, l *lighting, w *weights) (out ambient) {
	fx, fy := max(0, q.x/p.step), max(0, q.y/p.step)
	ix, iy := min(int(fx), p.nx-2), min(int(fy), p.ny-2)
	fz := max(0, min(float64(len(probeHeights)-1), (q.z-probeHeights[0])/(probeHeights[1]-probeHeights[0])))
	iz := min(int(fz), len(probeHeights)-2)
	fx, fy, fz = min(1, fx-float64(ix)), min(1, fy-float64(iy)), fz-float64(iz)
	sum := 0.0
	for k := range 8 {
		dx, dy, dz := k&1, k>>1&1, k>>2
		c := &p.cells[((iz+dz)*p.ny+iy+dy)*p.nx+ix+dx]
		if !c.ok {
			continue
		}
		v := math.Abs(float64(1-dx)-fx)*math.Abs(float64(1-dy)-fy)*math.Abs(float64(1-dz)-fz) + 1e-4
		sum += v
		for s := range out {
			out[s] = out[s].add(l.total(&c.sides[s], w).mul(float32(v)))
		}
	}
	if sum == 0 {
		return ambient{{.5, .5, .5}, {.5, .5, .5}, {.5, .5, .5}, {.5, .5, .5}, {.7, .7, .7}, {.3, .3, .3}}
	}
	for s := range out {
		out[s] = out[s].mul(float32(1 / sum))
	}
	return out
}

// on is the light on a surface that looks along n.
func (a *ambient) on(n vec) (out rgb) {
	for i := range 3 {
		v := n.axis(i)
		s := 2 * i
		if v < 0 {
			s++
		}
		out = out.add(a[s].mul(float32(v * v)))
	}
	return out
}
