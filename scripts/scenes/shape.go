package main

import "math"

type kind uint8

const (
	cube kind = iota // [-1,1]³ of the local frame
	ball             // unit ball of the local frame
	cone             // balls of radius ra at 0 and rb at (0,0,l), and their hull
)

// shape is one solid: a simple body in a local frame, and its paint.
type shape struct {
	kind      kind
	m         [3]vec // rows: local = m·(p − c)
	c         vec
	l, ra, rb float64
	paint     paint
	ends      [2]vec // balls of radius r around both contain the shape
	r         float64
	lo, hi    vec
}

// box is a block with centre c, half sizes h along the frame x, y, z (orthonormal).
func box(c, x, y, z, h vec, p paint) shape {
	s := shape{kind: cube, c: c, paint: p, m: [3]vec{x.mul(1 / h.x), y.mul(1 / h.y), z.mul(1 / h.z)}}
	e := vec{
		math.Abs(x.x)*h.x + math.Abs(y.x)*h.y + math.Abs(z.x)*h.z,
		math.Abs(x.y)*h.x + math.Abs(y.y)*h.y + math.Abs(z.y)*h.z,
		math.Abs(x.z)*h.x + math.Abs(y.z)*h.y + math.Abs(z.z)*h.z,
	}
	s.lo, s.hi = c.sub(e), c.add(e)
	s.ends, s.r = [2]vec{c, c}, h.len()
	return s
}

// block is a box from lo to hi along the room's axes.
func block(lo, hi vec, p paint) shape {
	return box(lo.mix(hi, .5), vec{x: 1}, vec{y: 1}, vec{z: 1}, hi.sub(lo).mul(.5).max(vec{1e-4, 1e-4, 1e-4}), p)
}

// egg is a ball with centre c, stretched to half sizes h along the frame x, y, z.
func egg(c, x, y, z, h vec, p paint) shape {
	s := box(c, x, y, z, h, p)
	s.kind, s.r = ball, max(h.x, h.y, h.z)
	return s
}

// limb is a round cone from a (radius ra) to b (radius rb).
func limb(a, b vec, ra, rb float64, p paint) shape { return flatLimb(a, b, ra, rb, vec{}, 1, p) }

// flatLimb is a limb made thinner along a direction by a factor below 1.
func flatLimb(a, b vec, ra, rb float64, thin vec, by float64, p paint) shape {
	d := b.sub(a)
	l := max(d.len(), 1e-6)
	z := d.mul(1 / l)
	x, y := frameOf(z)
	if by != 1 {
		x = thin.sub(z.mul(thin.dot(z))).unit()
		y = z.cross(x)
	}
	r := max(ra, rb)
	e := vec{r, r, r}
	return shape{kind: cone, c: a, m: [3]vec{x.mul(1 / by), y, z}, l: l, ra: ra, rb: rb, paint: p,
		ends: [2]vec{a, b}, r: r, lo: a.min(b).sub(e), hi: a.max(b).add(e)}
}

func (s *shape) local(v vec) vec { return vec{s.m[0].dot(v), s.m[1].dot(v), s.m[2].dot(v)} }

// hit is the first t > 0 with o + t·d on the shape from outside, or +Inf.
func (s *shape) hit(o, d vec) float64 {
	lo, ld := s.local(o.sub(s.c)), s.local(d)
	switch s.kind {
	case cube:
		return hitCube(lo, ld)
	case ball:
		a, b, c := ld.dot(ld), lo.dot(ld), lo.dot(lo)-1
		h := b*b - a*c
		if h < 0 {
			return math.Inf(1)
		}
		if t := (-b - math.Sqrt(h)) / a; t > 0 {
			return t
		}
		return math.Inf(1)
	default:
		n := ld.len()
		return hitCone(lo, ld.mul(1/n), s.l, s.ra, s.rb) / n
	}
}

func hitCube(o, d vec) float64 {
	near, far := math.Inf(-1), math.Inf(1)
	for i := range 3 {
		var p, v float64
		switch i {
		case 0:
			p, v = o.x, d.x
		case 1:
			p, v = o.y, d.y
		default:
			p, v = o.z, d.z
		}
		if v == 0 {
			if p < -1 || p > 1 {
				return math.Inf(1)
			}
			continue
		}
		a, b := (-1-p)/v, (1-p)/v
		if a > b {
			a, b = b, a
		}
		if a > near {
			near = a
		}
		if b < far {
			far = b
		}
		if near > far {
			return math.Inf(1)
		}
	}
	if near <= 0 {
		return math.Inf(1)
	}
	return near
}

// hitCone meets the hull of two balls on the z axis (after Quilez, "rounded cone" intersection); d has length 1.
func hitCone(o, d vec, l, ra, rb float64) float64 {
	rr := ra - rb
	m1, m2, m3, m5 := l*o.z, l*d.z, d.dot(o), o.dot(o)
	d2 := l*l - rr*rr
	k2 := d2 - m2*m2
	k1 := d2*m3 - m1*m2 + m2*rr*ra
	k0 := d2*m5 - m1*m1 + m1*rr*ra*2 - l*l*ra*ra
	h := k1*k1 - k0*k2
	if h < 0 {
		return math.Inf(1)
	}
	t := (-math.Sqrt(h) - k1) / k2
	if y := m1 - ra*rr + t*m2; y > 0 && y < d2 {
		if t > 0 {
			return t
		}
		return math.Inf(1)
	}
	best := math.Inf(1)
	if h1 := m3*m3 - m5 + ra*ra; h1 > 0 {
		best = -m3 - math.Sqrt(h1)
	}
	ob := vec{o.x, o.y, o.z - l}
	if m6 := ob.dot(d); m6*m6-ob.dot(ob)+rb*rb > 0 {
		best = min(best, -m6-math.Sqrt(m6*m6-ob.dot(ob)+rb*rb))
	}
	if best <= 0 {
		return math.Inf(1)
	}
	return best
}

// normal is the outward direction at a point of the surface.
func (s *shape) normal(p vec) vec {
	q := s.local(p.sub(s.c))
	var n vec
	switch s.kind {
	case cube:
		a, b, c := math.Abs(q.x), math.Abs(q.y), math.Abs(q.z)
		switch {
		case a >= b && a >= c:
			n.x = math.Copysign(1, q.x)
		case b >= c:
			n.y = math.Copysign(1, q.y)
		default:
			n.z = math.Copysign(1, q.z)
		}
	case ball:
		n = q
	default:
		rr := s.ra - s.rb
		slope := rr / math.Sqrt(max(s.l*s.l-rr*rr, 1e-12))
		flat := math.Hypot(q.x, q.y)
		along := max(0, min(s.l, q.z-flat*slope))
		n = vec{q.x, q.y, q.z - along}
	}
	return s.m[0].mul(n.x).add(s.m[1].mul(n.y)).add(s.m[2].mul(n.z)).unit()
}
