package main

import (
	"math"
	"runtime"
	"sync"
)

// grid is the edge of the sub-pixel grid; every pixel has grid² samples.
const (
	grid = 2
	subs = grid * grid
)

// offsets place the samples in a pixel on a rotated grid, which serves near-level lines better.
var offsets = [subs][2]float64{{.375, .125}, {.875, .375}, {.125, .625}, {.625, .875}}

// plate is the unmoving part of a scene as the camera sees it, with its light kept apart by layer.
type plate struct {
	cam    camera
	light  *lighting
	depth  []float32 // per sample
	shape  []int32   // per sample; -1 nothing
	albedo []rgb     // per sample
	got    []received
	normal [][3]int8 // per pixel, of the first sample
}

// parallel runs f for 0 ≤ i < n on all processors.
func parallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	wg.Wait()
}

func newPlate(cam camera, l *lighting, share [layers]float64) *plate {
	n := cam.w * cam.h * subs
	p := &plate{cam: cam, light: l, depth: make([]float32, n), shape: make([]int32, n),
		albedo: make([]rgb, n), got: make([]received, n), normal: make([][3]int8, cam.w*cam.h)}
	parallel(cam.h, p.look)
	coarse := p.coarseLight(share)
	parallel(cam.h, func(y int) { p.spreadLight(coarse, y) })
	return p
}

// look finds what every sample of a row shows.
func (p *plate) look(y int) {
	for x := range p.cam.w {
		for s := range subs {
			i := (y*p.cam.w+x)*subs + s
			d := p.cam.ray(float64(x)+offsets[s][0], float64(y)+offsets[s][1])
			t, k := p.light.tree.nearest(p.cam.pos, d, 60, false)
			p.depth[i], p.shape[i] = float32(t), k
			if k < 0 {
				continue
			}
			q := p.cam.pos.add(d.mul(t))
			sh := &p.light.tree.shapes[k]
			p.albedo[i] = sh.paint.at(q)
			if s == 0 {
				n := sh.normal(q)
				p.normal[y*p.cam.w+x] = [3]int8{int8(n.x * 127), int8(n.y * 127), int8(n.z * 127)}
			}
		}
	}
}

// spot is a point where light was gathered.
type spot struct {
	p, n vec
	ok   bool
	received
}

// coarseLight gathers light at every second pixel: each spot sends a sixteenth of the rays, and sixteen neighbours on
// the same surface together make a full gather.
type coarseLight struct {
	w, h  int
	spots []spot
}

const tile = 4

func (p *plate) coarseLight(share [layers]float64) *coarseLight {
	c := &coarseLight{w: (p.cam.w + 1) / 2, h: (p.cam.h + 1) / 2}
	c.spots = make([]spot, c.w*c.h)
	parallel(c.h, func(y int) {
		for x := range c.w {
			i := (min(2*y, p.cam.h-1)*p.cam.w + min(2*x, p.cam.w-1)) * subs
			s := &c.spots[y*c.w+x]
			s.p, s.n, s.ok = p.point(i)
			if s.ok {
				s.received = p.light.gather(s.p, s.n, y%tile*tile+x%tile, tile*tile)
			}
		}
	})
	c.smooth()
	p.light.balance(c.spots, share)
	return c
}

// point is where sample i meets the room.
func (p *plate) point(i int) (q, n vec, ok bool) {
	k := p.shape[i]
	if k < 0 {
		return q, n, false
	}
	x, y, s := i/subs%p.cam.w, i/subs/p.cam.w, i%subs
	d := p.cam.ray(float64(x)+offsets[s][0], float64(y)+offsets[s][1])
	q = p.cam.pos.add(d.mul(float64(p.depth[i])))
	return q, p.light.tree.shapes[k].normal(q), true
}

// balance sets the gains so that each layer brings its share to the average visible spot.
func (l *lighting) balance(spots []spot, share [layers]float64) {
	n := 0
	for i := range spots {
		if !spots[i].ok {
			continue
		}
		n++
		for g := range layers {
			l.mean[g] += float64(spots[i].direct[g])
		}
	}
	for g := range layers {
		l.mean[g] /= float64(max(n, 1))
		if l.mean[g] > 0 {
			l.gain[g] = share[g] / l.mean[g]
		}
	}
}

// like weighs how far a spot speaks for a point: it must lie on the same surface.
func (s *spot) like(p, n vec) float64 {
	if !s.ok || s.n.dot(n) < .9 {
		return 0
	}
	d := p.sub(s.p)
	off := math.Abs(d.dot(n))
	return max(0, 1-off/.02) * math.Exp(-d.dot(d)/.08)
}

// smooth averages every spot with the tile around it; twice, which also softens the tile's edge.
func (c *coarseLight) smooth() {
	for range 2 {
		out := make([]spot, len(c.spots))
		parallel(c.h, func(y int) {
			for x := range c.w {
				out[y*c.w+x] = c.around(x, y, -tile/2, tile/2, c.spots[y*c.w+x])
			}
		})
		c.spots = out
	}
}

// around is the light at s as the spots near (x, y) have it.
func (c *coarseLight) around(x, y, from, to int, s spot) spot {
	sum := 0.0
	var r received
	for j := max(0, y+from); j < min(c.h, y+to); j++ {
		for i := max(0, x+from); i < min(c.w, x+to); i++ {
			o := &c.spots[j*c.w+i]
			k := o.like(s.p, s.n)
			if k < .02 {
				continue
			}
			sum += k
			for g := range r.direct {
				r.direct[g] += o.direct[g] * float32(k)
			}
			r.bounce = r.bounce.add(o.bounce.mul(float32(k)))
		}
	}
	s.ok = s.ok && sum > 0
	if sum > 0 {
		for g := range r.direct {
			r.direct[g] /= float32(sum)
		}
		r.bounce = r.bounce.mul(1 / float32(sum))
		s.received = r
	}
	return s
}

// spreadLight gives every sample of a row the light of the spots near it, or its own where there is none.
func (p *plate) spreadLight(c *coarseLight, y int) {
	for x := range p.cam.w {
		for s := range subs {
			i := (y*p.cam.w+x)*subs + s
			q, n, ok := p.point(i)
			if !ok || p.light.tree.shapes[p.shape[i]].paint.glow > 0 {
				continue
			}
			if s > 0 && p.shape[i] == p.shape[i-1] {
				if _, before, _ := p.point(i - 1); before.dot(n) > .98 {
					p.got[i] = p.got[i-1]
					continue
				}
			}
			near := c.around(x/2, y/2, -1, 3, spot{p: q, n: n, ok: true})
			if near.ok {
				p.got[i] = near.received
				continue
			}
			p.got[i] = p.light.gather(q, n, (x+y*2)%5, 5)
		}
	}
}
