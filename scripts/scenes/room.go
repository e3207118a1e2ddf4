package main

import "math"

// room collects what stands in a scene. Its size is from the origin; the camera looks in from below the ceiling.
type room struct {
	size     vec
	look     look
	night    bool // after hours: screens off
	shapes   []shape
	lights   [layers][]light
	openings []opening
}

// look is the colours of a room.
type look struct {
	floor, wall, ceiling, seats string
	wood                        bool // dark counters
}

// opening is a doorway without a leaf, w wide from a along a wall; behind it runs a corridor.
type opening struct {
	side side
	a, w float64
}

const (
	wallThick  = .1
	doorHeight = 2.15
	corridor   = 1.5
)

// close builds the floor, the ceiling and the walls around the openings.
func (r *room) close() {
	const t = wallThick
	x, y, z := r.size.x, r.size.y, r.size.z
	r.add(block(vec{-t, -t, -t}, vec{x + t, y + t, 0}, tiles(r.look.floor, .5)))
	r.add(block(vec{-t, -t, z}, vec{x + t, y + t, z + t}, grille(r.look.ceiling, .6)))
	for _, s := range []side{r.back(), r.front(), r.left(), r.right()} {
		length := s.along.dot(r.size)
		from := -t
		var here []opening
		for _, o := range r.openings {
			if o.side == s {
				r.wall(s, from, o.a, 0)
				r.wall(s, o.a, o.a+o.w, doorHeight)
				r.frame(o)
				from = o.a + o.w
				here = append(here, o)
			}
		}
		r.wall(s, from, length+t, 0)
		if len(here) > 0 {
			r.passage(s, here)
		}
	}
}

func (r *room) wall(s side, a, b, z float64) {
	r.add(s.panel(a, b, z, r.size.z, -wallThick, wallThick, matt(r.look.wall)))
	if z == 0 {
		r.add(s.panel(max(a, 0), b, 0, .09, 0, .012, shade("#8c8880", .9)))
	}
}

// frame goes around an opening.
func (r *room) frame(o opening) {
	p := shade("#8d8f8c", .95)
	for _, u := range []float64{o.a - .05, o.a + o.w - .01} {
		r.add(o.side.panel(u, u+.06, 0, doorHeight+.06, -wallThick-.01, wallThick+.03, p))
	}
	r.add(o.side.panel(o.a-.05, o.a+o.w+.05, doorHeight, doorHeight+.06, -wallThick-.01, wallThick+.03, p))
}

// passage is the lit corridor behind the openings of a wall, which come in order.
func (r *room) passage(s side, openings []opening) {
	last := openings[len(openings)-1]
	a, b, far := openings[0].a-3, last.a+last.w+3, -wallThick-corridor
	wall := matt(r.look.wall)
	r.add(s.panel(a, b, -wallThick, 0, far, corridor, matt(r.look.floor)))
	r.add(s.panel(a, b, 2.5, 2.6, far, corridor, matt(r.look.ceiling)))
	r.add(s.panel(a, b, 0, 2.5, far-.1, .1, shade(r.look.wall, .97)))
	r.add(s.panel(a-.1, a, 0, 2.5, far, corridor, wall), s.panel(b, b+.1, 0, 2.5, far, corridor, wall))
	from := a
	for _, o := range openings {
		r.add(s.panel(from, o.a-.02, 0, 2.5, -wallThick-.02, .02, wall))
		from = o.a + o.w + .02
		c := s.foot.add(s.along.mul(o.a + o.w/2)).add(s.in.mul(far + corridor/2)).up(2.48)
		r.lights[lamps] = append(r.lights[lamps], light{c: c, x: s.along.mul(.8), y: s.in.mul(.3), dir: vec{z: -1}, group: lamps, power: .7})
	}
	r.add(s.panel(from, b, 0, 2.5, -wallThick-.02, .02, wall))
}

// inside is a point of the corridor behind an opening, out of sight; by is where along the wall, from the opening's
// middle.
func (o opening) inside(by float64) vec {
	return o.side.foot.add(o.side.along.mul(o.a + o.w/2 + by)).add(o.side.in.mul(-wallThick - corridor/2))
}

// middle is the point of the floor in the doorway, moved into the room.
func (o opening) middle(in float64) vec {
	return o.side.foot.add(o.side.along.mul(o.a + o.w/2)).add(o.side.in.mul(in))
}

func (r *room) add(s ...shape) { r.shapes = append(r.shapes, s...) }

// tiles is a floor of square tiles, each a little different.
func tiles(c string, size float64) paint {
	base, line := hex(c), shade(c, .9).color
	return paint{tex: func(p vec) rgb {
		i, j := math.Floor(p.x/size), math.Floor(p.y/size)
		if p.x-i*size < .008 || p.y-j*size < .008 {
			return line
		}
		return base.mul(float32(.95 + .08*hash(i, j)))
	}}
}

// grille is a ceiling of panels.
func grille(c string, size float64) paint {
	base, line := hex(c), shade(c, .9).color
	return paint{tex: func(p vec) rgb {
		if math.Mod(p.x, size*2) < .012 || math.Mod(p.y, size) < .012 {
			return line
		}
		return base
	}}
}

// hash is a fixed number from 0 to 1 for a place.
func hash(a, b float64) float64 {
	v := math.Sin(a*127.1+b*311.7) * 43758.5453
	return v - math.Floor(v)
}

// lampPlan places ceiling lamps in a lattice.
type lampPlan struct {
	dx, dy, w, x0, y0 float64
	stay              func(x, y float64) bool // stays on after hours
}

func (r *room) lamps(p lampPlan) {
	if p.dx == 0 {
		p.dx, p.dy = 2.4, 1.6
	}
	if p.w == 0 {
		p.w, p.x0, p.y0 = 1.2, 1.2, 1.0
	}
	const d = .26
	z := r.size.z
	for x := p.x0; x < r.size.x-p.w*.6; x += p.dx {
		for y := p.y0; y < r.size.y-.3; y += p.dy {
			g := lamps
			if p.stay != nil && p.stay(x, y) {
				g = late
			}
			r.add(block(vec{x - .04, y - .04, z - .012}, vec{x + p.w + .04, y + d + .04, z}, matt("#e6e6e2")))
			r.add(block(vec{x, y, z - .016}, vec{x + p.w, y + d, z - .01}, paint{color: rgb{1, 1, 1}, glow: 1.6, group: g}))
			r.lights[g] = append(r.lights[g], light{c: vec{x + p.w/2, y + d/2, z - .02}, x: vec{x: p.w / 2}, y: vec{y: d / 2},
				dir: vec{z: -1}, group: g, power: 1})
		}
	}
}

// side is a wall: its foot point, the direction along it and the direction into the room.
type side struct{ foot, along, in vec }

func (r *room) back() side  { return side{vec{0, r.size.y, 0}, vec{x: 1}, vec{y: -1}} }
func (r *room) front() side { return side{vec{}, vec{x: 1}, vec{y: 1}} }
func (r *room) left() side  { return side{vec{}, vec{y: 1}, vec{x: 1}} }
func (r *room) right() side { return side{vec{r.size.x, 0, 0}, vec{y: 1}, vec{x: -1}} }

// panel is a flat thing on a wall from (a, z0) to (b, z1), t thick and lift off the wall.
func (s side) panel(a, b, z0, z1, lift, t float64, p paint) shape {
	u := s.foot.add(s.along.mul(a)).add(s.in.mul(lift)).up(z0)
	v := s.foot.add(s.along.mul(b)).add(s.in.mul(lift + t)).up(z1)
	return block(u.min(v), u.max(v), p)
}

// window is n panes with blinds, and the daylight through them.
func (r *room) window(s side, a, b, z0, z1 float64, n int) {
	r.add(s.panel(a-.06, b+.06, z0-.06, z1+.06, 0, .02, shade("#9a9d98", .95)))
	r.add(s.panel(a-.1, b+.1, z0-.1, z0-.06, 0, .1, shade("#d6d6d0", .95)))
	w := (b - a) / float64(n)
	for i := range n {
		u, v := a+float64(i)*w+.03, a+float64(i+1)*w-.03
		r.add(s.panel(u, v, z0, z1, .02, .012, blinds(z0)))
		r.daylight(s, u, v, z0, z1)
	}
}

func (r *room) daylight(s side, a, b, z0, z1 float64) {
	c := s.foot.add(s.along.mul((a + b) / 2)).add(s.in.mul(.05)).up((z0 + z1) / 2)
	g := day
	if r.night {
		g = screen
	}
	r.lights[g] = append(r.lights[g], light{c: c, x: s.along.mul((b - a) / 2), y: vec{z: (z1 - z0) / 2}, dir: s.in, group: g,
		power: (b - a) * (z1 - z0)})
}

func blinds(z0 float64) paint {
	slat, gap := hex("#cfd6d8"), hex("#f4fafc")
	return paint{glow: .62, group: day, tex: func(p vec) rgb {
		if math.Mod(p.z-z0, .075) < .045 {
			return slat
		}
		return gap
	}}
}

// poster is a sheet with a coloured head and grey lines in the place of text.
func (r *room) poster(s side, a, z float64, head string) {
	const w, h = .6, .85
	r.add(s.panel(a, a+w, z, z+h, 0, .006, matt("#f1f1ec")))
	r.add(s.panel(a+.05, a+w-.05, z+h*.72, z+h*.92, .006, .002, matt(head)))
	for i, k := range []float64{.55, .42, .29} {
		r.add(s.panel(a+.07, a+w*(.8-.07*float64(i%2)), z+h*k, z+h*(k+.05), .006, .002, matt("#b5b5b0")))
	}
}

// sign is a board with white blocks in the place of text.
func (r *room) sign(s side, a, z, w, h float64, c string, n int) {
	r.add(s.panel(a, a+w, z, z+h, 0, .03, matt(c)))
	k := w / float64(n+1)
	for i := range n {
		u := a + k*(float64(i)+.62)
		r.add(s.panel(u, u+k*.7, z+h*.28, z+h*.72, .03, .003, matt("#f4f6f8")))
	}
}

// clock hangs high on a wall; its hands do not move.
func (r *room) clock(s side, a, z float64) {
	c := s.foot.add(s.along.mul(a)).add(s.in.mul(.02)).up(z)
	r.add(egg(c, s.along, s.in, vec{z: 1}, vec{.17, .03, .17}, matt("#3c4044")))
	r.add(egg(c.add(s.in.mul(.008)), s.along, s.in, vec{z: 1}, vec{.15, .03, .15}, matt("#f2f3f0")))
}
