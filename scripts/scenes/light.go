package main

import "math"

// layer is one source of light that can be switched by itself.
type layer uint8

const (
	day    layer = iota // windows
	lamps               // ceiling lamps that go off after hours
	late                // ceiling lamps that stay on
	screen              // screens left on, and the sky at night
	layers
)

// tints are the colours of the layers' light.
var tints = [layers]rgb{{.94, 1, 1.07}, {1, .985, .95}, {1, .985, .95}, {.82, .95, 1.2}}

// light is an area that shines along dir.
type light struct {
	c, x, y, dir vec // centre, half sides
	group        layer
	power        float64 // relative to the others of its layer
}

// lighting gathers the light that reaches a point of a room.
type lighting struct {
	tree   *tree
	groups [layers][]light
	mean   [layers]float64 // light of a layer on an average point: what bounces
	gain   [layers]float64 // brings mean to the layer's share
}

// received is the light at a point: straight from each layer, and the colour of the surroundings it bounces off.
type received struct {
	direct [layers]float32
	bounce rgb
}

// samples is how many rays a full gather sends to a layer, and into the room.
const samples = 256

// spread gives the i-th of a set of points that fill the unit square evenly.
func spread(i int) (float64, float64) {
	const g = 1.32471795724474602596 // Roberts, "The unreasonable effectiveness of quasirandom sequences"
	a, b := .5+float64(i)/g, .5+float64(i)/(g*g)
	return a - math.Floor(a), b - math.Floor(b)
}

// gather sends every step-th ray of a full set, beginning with the first-th.
func (l *lighting) gather(p, n vec, first, step int) (r received) {
	p = p.add(n.mul(.002))
	for g := range layers {
		if len(l.groups[g]) > 0 {
			r.direct[g] = float32(l.direct(p, n, g, first, step))
		}
	}
	x, y := frameOf(n)
	count := 0
	for i := first; i < samples; i += step {
		u, v := spread(i)
		rad, a := math.Sqrt(u), 2*math.Pi*v
		d := x.mul(rad * math.Cos(a)).add(y.mul(rad * math.Sin(a))).add(n.mul(math.Sqrt(1 - u)))
		t, k := l.tree.nearest(p, d, 30, false)
		count++
		if k < 0 {
			continue
		}
		near := float32(math.Min(1, .25+t/.6)) // a close surface lies in the same shadow
		pt := &l.tree.shapes[k].paint
		r.bounce = r.bounce.add(pt.at(p.add(d.mul(t))).mul(near))
	}
	r.bounce = r.bounce.mul(1 / float32(count))
	return r
}

func (l *lighting) direct(p, n vec, g layer, first, step int) float64 {
	group := l.groups[g]
	sum, count := 0.0, 0
	for i := first; i < samples; i += step {
		u, v := spread(i)
		u *= float64(len(group))
		k := min(int(u), len(group)-1)
		s := &group[k]
		u -= float64(k)
		count++
		d := s.c.add(s.x.mul(2*u - 1)).add(s.y.mul(2*v - 1)).sub(p)
		far := d.len()
		cos, away := d.dot(n)/far, -d.dot(s.dir)/far
		if cos <= 0 || away <= 0 {
			continue
		}
		if _, k := l.tree.nearest(p, d, .995, true); k >= 0 {
			continue
		}
		sum += s.power * cos * away / max(far*far, .2)
	}
	return sum * float64(len(group)) / float64(count)
}

// total is the light of all layers at given weights, on a scale where 1 is a well-lit surface.
func (l *lighting) total(r *received, w *weights) (out rgb) {
	var amb rgb
	for g := range layers {
		k := w[g] * float32(l.gain[g])
		if k == 0 {
			continue
		}
		out = out.add(tints[g].mul(r.direct[g] * k))
		amb = amb.add(tints[g].mul(float32(l.mean[g]) * k))
	}
	return out.add(amb.by(r.bounce).mul(bounceGain))
}

// bounceGain stands for the second and later bounces.
const bounceGain = 1.5

// weights says how strongly each layer shines.
type weights [layers]float32

func (w weights) mix(o weights, t float32) weights {
	for i := range w {
		w[i] += (o[i] - w[i]) * t
	}
	return w
}
