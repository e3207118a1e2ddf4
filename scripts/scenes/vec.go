package main

import "math"

// vec is a point or direction in the room: metres, x to the right of the plan, y up the plan, z up.
type vec struct{ x, y, z float64 }

func (a vec) add(b vec) vec       { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) sub(b vec) vec       { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) mul(k float64) vec   { return vec{a.x * k, a.y * k, a.z * k} }
func (a vec) dot(b vec) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) len() float64        { return math.Sqrt(a.dot(a)) }
func (a vec) dist(b vec) float64  { return a.sub(b).len() }
func (a vec) up(z float64) vec    { return vec{a.x, a.y, a.z + z} }
func (a vec) plan() vec           { return vec{a.x, a.y, 0} }
func (a vec) axis(i int) float64  { return [3]float64{a.x, a.y, a.z}[i] }
func (a vec) min(b vec) vec       { return vec{min(a.x, b.x), min(a.y, b.y), min(a.z, b.z)} }
func (a vec) max(b vec) vec       { return vec{max(a.x, b.x), max(a.y, b.y), max(a.z, b.z)} }
func mix(a, b, t float64) float64 { return a + (b-a)*t }

func (a vec) mix(b vec, t float64) vec { return a.add(b.sub(a).mul(t)) }

func (a vec) cross(b vec) vec {
	return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

func (a vec) unit() vec {
	if l := a.len(); l > 0 {
		return a.mul(1 / l)
	}
	return vec{z: 1}
}

// heading is the direction in the plan at an angle: 0 looks along +x, π/2 along +y.
func heading(angle float64) vec { return vec{math.Cos(angle), math.Sin(angle), 0} }

func (a vec) angle() float64 { return math.Atan2(a.y, a.x) }

// turn is the signed way from angle a to angle b, in (-π, π].
func turn(a, b float64) float64 {
	d := math.Mod(b-a, 2*math.Pi)
	if d > math.Pi {
		d -= 2 * math.Pi
	}
	if d <= -math.Pi {
		d += 2 * math.Pi
	}
	return d
}

// ease goes from 0 to 1 without a jolt at either end.
func ease(t float64) float64 {
	t = max(0, min(1, t))
	return t * t * (3 - 2*t)
}

// frameOf gives two directions that complete z to a right-handed frame.
func frameOf(z vec) (x, y vec) {
	ref := vec{z: 1}
	if math.Abs(z.z) > .95 {
		ref = vec{x: 1}
	}
	x = ref.cross(z).unit()
	return x, z.cross(x)
}
