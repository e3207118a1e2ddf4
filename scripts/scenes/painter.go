package main

import (
	"image"
	"math"
)

// painter makes the frames of a scene: the plate, what is held on it for a while, and what moves drawn over both.
type painter struct {
	plate  *plate
	probes *probes
	w      weights
	gain   float32
	still  []uint8 // plate in display values, 3 per sample
	base   picture // plate, and what is held
	bloom  []uint8 // per pixel
	vig    []uint16
	depth  []float32 // of what moves, per sample
	color  []uint8   // of what moves, 3 per sample
	dark   []float32 // shadow of what moves, per pixel
	dirty  []bool    // per pixel
}

// picture is a finished picture with what its pixels were made of.
type picture struct {
	depth []float32 // per sample
	color []uint8   // 3 per sample
	pix   []uint8   // 4 per pixel
}

func newPainter(p *plate, pr *probes) *painter {
	n := p.cam.w * p.cam.h
	pt := &painter{plate: p, probes: pr, still: make([]uint8, n*subs*3), bloom: make([]uint8, n),
		base: picture{make([]float32, n*subs), make([]uint8, n*subs*3), make([]uint8, n*4)},
		vig:  vignette(p.cam.w, p.cam.h), depth: make([]float32, n*subs), color: make([]uint8, n*subs*3),
		dark: make([]float32, n), dirty: make([]bool, n)}
	for i := range pt.depth {
		pt.depth[i] = math.MaxFloat32
	}
	for i := range pt.dark {
		pt.dark[i] = 1
	}
	return pt
}

func vignette(w, h int) []uint16 {
	v := make([]uint16, w*h)
	for i := range v {
		x, y := float64(i%w)/float64(w)-.5, (float64(i/w)/float64(h) - .48)
		r := math.Hypot(x, y*.9) / .62
		v[i] = uint16(256 * (1 - .34*ease((r-.45)/.75)))
	}
	return v
}

// expose draws the plate anew under changed lights, with nothing held; gain is the camera's own. It tells whether
// it did.
func (pt *painter) expose(w weights, gain float32) bool {
	if w == pt.w && gain == pt.gain {
		return false
	}
	pt.w, pt.gain = w, gain
	cam := &pt.plate.cam
	parallel(cam.h, func(y int) {
		for i := y * cam.w * subs; i < (y+1)*cam.w*subs; i++ {
			c := pt.sample(i)
			pt.still[i*3], pt.still[i*3+1], pt.still[i*3+2] = display(c[0]), display(c[1]), display(c[2])
		}
	})
	pt.bloom = pt.glare()
	pt.hold(nil, nil)
	return true
}

// hold puts shapes on the plate until the next hold or change of light.
func (pt *painter) hold(shapes []shape, shadows []shadow) {
	cam := &pt.plate.cam
	copy(pt.base.depth, pt.plate.depth)
	copy(pt.base.color, pt.still)
	pt.bands(shapes, shadows, func(int) {})
	parallel(cam.h, func(y int) {
		for i := y * cam.w; i < (y+1)*cam.w; i++ {
			if pt.dirty[i] {
				pt.keep(i)
				pt.clear(i)
			}
			pt.resolve(i, pt.base.pix)
		}
	})
}

// keep makes what was drawn on a pixel part of the base.
func (pt *painter) keep(i int) {
	for s := i * subs; s < (i+1)*subs; s++ {
		to := pt.base.color[s*3 : s*3+3]
		if pt.depth[s] < pt.base.depth[s] {
			pt.base.depth[s] = pt.depth[s]
			copy(to, pt.color[s*3:s*3+3])
			continue
		}
		for c := range to {
			to[c] = uint8(float32(to[c]) * pt.dark[i])
		}
	}
}

// sample is the light that a sample of the plate sends to the camera.
func (pt *painter) sample(i int) rgb {
	p := pt.plate
	k := p.shape[i]
	if k < 0 {
		return rgb{}
	}
	if s := &p.light.tree.shapes[k].paint; s.glow > 0 {
		off := p.albedo[i].mul(.5 * pt.lit())
		return off.add(p.albedo[i].mul(s.glow * pt.w[s.group])).mul(pt.gain)
	}
	c := p.albedo[i].by(p.light.total(&p.got[i], &pt.w))
	return pt.haze(c.mul(pt.gain), p.depth[i])
}

// lit is how bright the room is on the whole, 0 to 1.
func (pt *painter) lit() float32 {
	v := float32(.02)
	for g := range layers {
		v += pt.w[g] * float32(pt.plate.light.gain[g]*pt.plate.light.mean[g])
	}
	return min(1, v)
}

func (pt *painter) haze(c rgb, depth float32) rgb {
	k := min(.16, max(0, (depth-3)*.016))
	return c.mix(rgb{.5, .51, .52}.mul(pt.lit()*pt.gain), k)
}

// glare is the light that bright places spill over the picture.
func (pt *painter) glare() []uint8 {
	cam := &pt.plate.cam
	a := make([]float32, cam.w*cam.h)
	for i := range a {
		for s := range subs {
			if k := pt.plate.shape[i*subs+s]; k >= 0 && pt.plate.light.tree.shapes[k].paint.glow > .9 {
				a[i] += float32(pt.still[(i*subs+s)*3+1])
			}
		}
	}
	r := max(2, cam.w/90)
	for range 2 {
		a = blurRows(a, cam.w, cam.h, r)
		a = blurColumns(a, cam.w, cam.h, r)
	}
	out := make([]uint8, len(a))
	for i, v := range a {
		out[i] = uint8(min(60, v/subs*.3))
	}
	return out
}

func blurRows(a []float32, w, h, r int) []float32 {
	out := make([]float32, len(a))
	for y := range h {
		blurLine(a[y*w:(y+1)*w], out[y*w:(y+1)*w], 1, r)
	}
	return out
}

func blurColumns(a []float32, w, h, r int) []float32 {
	out := make([]float32, len(a))
	for x := range w {
		blurLine(a[x:], out[x:], w, r)
	}
	return out
}

// blurLine is a running mean over 2r+1 values, step apart; outside the line is dark.
func blurLine(in, out []float32, step, r int) {
	n := (len(in) + step - 1) / step
	var sum float32
	for i := 0; i < n+r; i++ {
		if i < n {
			sum += in[i*step]
		}
		if i > 2*r {
			sum -= in[(i-2*r-1)*step]
		}
		if i >= r {
			out[(i-r)*step] = sum / float32(2*r+1)
		}
	}
}

// resolve makes one finished pixel of its samples.
func (pt *painter) resolve(i int, out []uint8) {
	var r, g, b float32
	for s := i * subs; s < (i+1)*subs; s++ {
		k := pt.dark[i]
		c := pt.base.color[s*3 : s*3+3]
		if pt.depth[s] < pt.base.depth[s] {
			c, k = pt.color[s*3:s*3+3], 1
		}
		r, g, b = r+k*float32(c[0]), g+k*float32(c[1]), b+k*float32(c[2])
	}
	v, add := float32(pt.vig[i])/(256*subs), float32(pt.bloom[i])+.5
	out[i*4] = uint8(min(255, r*v+add))
	out[i*4+1] = uint8(min(255, g*v+add))
	out[i*4+2] = uint8(min(255, b*v+add))
	out[i*4+3] = 255
}

// frame draws the shapes over what is there. Balls in shadows darken the plate under and behind them.
func (pt *painter) frame(moving []shape, shadows []shadow, out *image.RGBA) {
	copy(out.Pix, pt.base.pix)
	pt.bands(moving, shadows, func(i int) {
		pt.resolve(i, out.Pix)
		pt.clear(i)
	})
}

// bands draws shapes and shadows in bands of rows, and calls done for every pixel they touch.
func (pt *painter) bands(shapes []shape, shadows []shadow, done func(i int)) {
	const rows = 24
	cam := &pt.plate.cam
	parallel((cam.h+rows-1)/rows, func(b int) {
		y0, y1 := b*rows, min(cam.h, (b+1)*rows)
		for i := range shadows {
			pt.darken(&shadows[i], y0, y1)
		}
		for i := range shapes {
			pt.draw(&shapes[i], y0, y1)
		}
		for i := y0 * cam.w; i < y1*cam.w; i++ {
			if pt.dirty[i] {
				done(i)
			}
		}
	})
}

func (pt *painter) clear(i int) {
	pt.dirty[i], pt.dark[i] = false, 1
	for s := i * subs; s < (i+1)*subs; s++ {
		pt.depth[s] = math.MaxFloat32
	}
}

// draw puts one shape into the rows y0 ≤ y < y1.
func (pt *painter) draw(s *shape, y0, y1 int) {
	cam := &pt.plate.cam
	ax0, ay0, ax1, ay1 := cam.rect(s.ends[0], s.r)
	bx0, by0, bx1, by1 := cam.rect(s.ends[1], s.r)
	x0, x1 := min(ax0, bx0), max(ax1, bx1)
	y0, y1 = max(y0, min(ay0, by0)), min(y1, max(ay1, by1))
	if y0 >= y1 || x0 >= x1 {
		return
	}
	amb := pt.probes.at(s.ends[0].mix(s.ends[1], .5), pt.plate.light, &pt.w)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			for k := range subs {
				i := (y*cam.w+x)*subs + k
				d := cam.ray(float64(x)+offsets[k][0], float64(y)+offsets[k][1])
				t := s.hit(cam.pos, d)
				if t >= float64(pt.depth[i]) || t >= float64(pt.base.depth[i]) {
					continue
				}
				pt.put(s, i, d, t, &amb)
			}
		}
	}
}

func (pt *painter) put(s *shape, i int, d vec, t float64, amb *ambient) {
	q := pt.plate.cam.pos.add(d.mul(t))
	c := s.paint.at(q)
	if s.paint.glow == 0 {
		c = pt.haze(c.by(amb.on(s.normal(q))).mul(pt.gain), float32(t))
	}
	pt.depth[i] = float32(t)
	pt.color[i*3], pt.color[i*3+1], pt.color[i*3+2] = display(c[0]), display(c[1]), display(c[2])
	pt.dirty[i/subs] = true
}

// shadow is a ball that keeps light from what is near it.
type shadow struct {
	c vec
	r float64
}

// darken lets a ball take away the light it hides from the plate around it (Quilez, "sphere ambient occlusion").
func (pt *painter) darken(s *shadow, y0, y1 int) {
	cam := &pt.plate.cam
	reach := s.r * 4
	x0, sy0, x1, sy1 := cam.rect(s.c, reach)
	y0, y1 = max(y0, sy0), min(y1, sy1)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			i := y*cam.w + x
			d := cam.ray(float64(x)+offsets[0][0], float64(y)+offsets[0][1])
			v := s.c.sub(cam.pos.add(d.mul(float64(pt.plate.depth[i*subs]))))
			far := v.dot(v)
			if far > reach*reach {
				continue
			}
			n := pt.plate.normal[i]
			cos := (v.x*float64(n[0]) + v.y*float64(n[1]) + v.z*float64(n[2])) / 127
			if cos <= 0 {
				continue
			}
			dist := math.Sqrt(far)
			hid := cos / dist * min(1, s.r*s.r/far) * (1 - ease(dist/reach*2-1))
			pt.dark[i] *= float32(1 - .42*hid)
			pt.dirty[i] = true
		}
	}
}
