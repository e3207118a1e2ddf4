package main

import "math"

// barrel is how much a wide ceiling lens bends straight lines outwards.
const barrel = .07

// camera projects the room onto a picture of w×h pixels.
type camera struct {
	pos, f, r, u vec
	k            float64 // pixels per unit of tangent
	w, h         int
}

func newCamera(pos, target vec, fov float64, w, h int) camera {
	f := target.sub(pos).unit()
	r := f.cross(vec{z: 1}).unit()
	k := float64(w) / 2 / math.Tan(fov/2*math.Pi/180)
	return camera{pos: pos, f: f, r: r, u: r.cross(f), k: k, w: w, h: h}
}

// ray is the direction through a point of the picture, of length 1 along the line of sight: a hit at t has depth t.
func (c *camera) ray(x, y float64) vec {
	a, b := (x-float64(c.w)/2)/c.k, (float64(c.h)/2-y)/c.k
	s := 1 + barrel*(a*a+b*b)
	return c.f.add(c.r.mul(a * s)).add(c.u.mul(b * s))
}

// project gives the picture point and the depth of a point; depth ≤ 0 is behind the camera.
func (c *camera) project(p vec) (x, y, depth float64) {
	d := p.sub(c.pos)
	depth = d.dot(c.f)
	z := max(depth, .05)
	a, b := d.dot(c.r)/z, d.dot(c.u)/z
	r := math.Hypot(a, b)
	q := r
	for range 6 { // q(1+barrel q²) = r
		q -= (q*(1+barrel*q*q) - r) / (1 + 3*barrel*q*q)
	}
	s := 1.0
	if r > 1e-9 {
		s = q / r
	}
	return float64(c.w)/2 + a*s*c.k, float64(c.h)/2 - b*s*c.k, depth
}

// rect bounds the picture of a ball, cut to the picture; empty when it is outside.
func (c *camera) rect(p vec, radius float64) (x0, y0, x1, y1 int) {
	x, y, z := c.project(p)
	if z < -radius {
		return 0, 0, 0, 0
	}
	near := max(z-radius, .1)
	a, b := (x-float64(c.w)/2)/c.k, (y-float64(c.h)/2)/c.k
	r := c.k*radius/near*math.Sqrt(1+a*a+b*b)*1.05 + 1
	if z < .15 {
		return 0, 0, c.w, c.h
	}
	return max(0, int(x-r)), max(0, int(y-r)), min(c.w, int(x+r)+2), min(c.h, int(y+r)+2)
}
