package main

import "math"

func (r *room) block(x, y, z, w, d, h float64, c string) {
	r.add(block(vec{x, y, z}, vec{x + w, y + d, z + h}, matt(c)))
}

// The colours of desks, counters and seats.
var (
	greySide, greyTop   = "#c2bfb6", "#dedbd3"
	woodSide, woodTop   = "#b48a5e", "#d8bb92"
	darkWood, darkWTop  = "#8a6a48", "#c9a777"
	tealSeat, brownSeat = "#4f7d86", "#8a6b4a"
	officeSeat          = "#46536b"
)

// counter is a long service counter with clear screens between the places.
func (r *room) counter(x, y, w, d, h float64, side, top string, places int) {
	if r.look.wood {
		side, top = darkWood, darkWTop
	}
	r.block(x, y, 0, w, d, h-.04, side)
	r.add(block(vec{x, y - .004, .05}, vec{x + w, y, .13}, shade(side, .7)))
	r.block(x-.04, y-.08, h-.04, w+.08, d+.14, .04, top)
	for i := 1; i < places; i++ {
		a := x + w*float64(i)/float64(places)
		r.block(a-.014, y-.02, h, .028, d*.9, .42, "#dfe6e6")
		r.add(block(vec{a - .004, y - .004, .16}, vec{a + .004, y + .002, h - .06}, shade(side, .82)))
	}
}

// monitor is a screen on a foot at (x, y, z), its blank face looking along dir.
func (r *room) monitor(x, y, z, w float64, dir vec, on bool) {
	h, c := w*.6, vec{x, y, z}
	side := vec{z: 1}.cross(dir)
	dark := matt("#33363a")
	r.add(box(c.up(.006), side, dir, vec{z: 1}, vec{.11, .08, .006}, dark))
	r.add(limb(c.up(.01).sub(dir.mul(.03)), c.up(.16).sub(dir.mul(.03)), .02, .02, dark))
	mid := c.up(.08 + h/2)
	r.add(box(mid, side, dir, vec{z: 1}, vec{w / 2, .016, h / 2}, dark))
	face := paint{color: hex("#22262b")}
	if on {
		face = paint{glow: .74, group: screen, tex: func(p vec) rgb {
			if p.z > mid.z+h*.31 {
				return hex("#6c8fbb")
			}
			return hex("#b4cfe4")
		}}
		if r.night {
			r.lights[screen] = append(r.lights[screen], light{c: mid.add(dir.mul(.05)), x: side.mul(w / 2), y: vec{z: h / 2}, dir: dir,
				group: screen, power: 2.5})
		}
	}
	r.add(box(mid.add(dir.mul(.015)), side, dir, vec{z: 1}, vec{w/2 - .014, .003, h/2 - .014}, face))
}

// chair is an office chair at a point of the floor, turned to a heading.
func chair(at vec, yaw float64, c string) []shape {
	f := heading(yaw)
	s := vec{z: 1}.cross(f)
	p, dark, seat := matt(c), matt("#34363a"), at.up(.44)
	out := []shape{
		flatLimb(seat.sub(s.mul(.06)), seat.add(s.mul(.06)), .215, .215, vec{z: 1}, .2, p),
		limb(at.up(.08), at.up(.42), .03, .03, dark),
	}
	back := seat.sub(f.mul(.23))
	tilt := f.mul(-.06)
	out = append(out, flatLimb(back.up(.27), back.up(.44).add(tilt), .19, .17, f, .22, p))
	out = append(out, limb(back.up(-.02).add(f.mul(.05)), back.up(.25).sub(f.mul(.035)), .022, .022, dark))
	for i := range 5 {
		d := heading(yaw + float64(i)*2*math.Pi/5 + .3)
		out = append(out, limb(at.up(.1), at.add(d.mul(.26)).up(.045), .026, .028, dark))
	}
	return out
}

// stool is a visitor's chair on four legs.
func stool(at vec, yaw float64, c string) []shape {
	f := heading(yaw)
	s := vec{z: 1}.cross(f)
	p, leg, seat := matt(c), matt("#6f7174"), at.up(.43)
	out := []shape{box(seat, s, f, vec{z: 1}, vec{.22, .21, .035}, p)}
	tilt := f.mul(-.14).up(1).unit()
	out = append(out, box(seat.sub(f.mul(.22)).up(.25), s, tilt.cross(s), tilt, vec{.21, .02, .17}, p))
	for _, k := range [][2]float64{{-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
		foot := at.add(s.mul(.2 * k[0])).add(f.mul(.19 * k[1]))
		top := foot.up(.42)
		if k[1] < 0 {
			top = foot.up(.6).sub(f.mul(.02))
		}
		out = append(out, limb(foot, top, .014, .014, leg))
	}
	return out
}

// desk is 1.2 by 0.7 with its user on the side of dir (±1 along y); stuff varies what lies on it.
func (r *room) desk(x, y, w, d float64, dir float64, on bool, stuff int) {
	r.block(x, y, 0, .04, d, .68, greySide)
	r.block(x+w-.4, y, 0, .4, d, .68, greySide)
	front := y
	if dir > 0 {
		front = y + d
	}
	for i := range 3 {
		z := .06 + .2*float64(i)
		r.add(block(vec{x + w - .38, front - .004, z}, vec{x + w - .02, front + .004, z + .185}, shade(greySide, .94)))
	}
	r.block(x, y, .68, w, d, .03, greyTop)
	near := func(k float64) float64 { // k of the depth from the user's edge
		if dir > 0 {
			return y + d*(1-k)
		}
		return y + d*k
	}
	r.monitor(x+w*.48, near(.74), .71, .52, vec{y: dir}, on)
	r.add(block(vec{x + w*.32, near(.3) - .065, .71}, vec{x + w*.32 + .4, near(.3) + .065, .728}, matt([2]string{"#3f4245", "#eeeeea"}[stuff%2])))
	if stuff > 0 {
		r.block(x+w*.78, near(.5)-.15, .71, .21, .3, .01+.035*float64(stuff%3), "#f4f3ee")
	}
	if stuff > 1 {
		r.block(x+.06, near(.75)-.13, .71, .1, .26, .27, [3]string{"#7d97bb", "#b9877a", "#86a58b"}[stuff%3])
	}
	if stuff > 2 {
		r.block(x+.18, near(.75)-.13, .71, .08, .26, .25, "#c9b27d")
		r.add(limb(vec{x + w*.24, near(.4), .715}, vec{x + w*.24, near(.4), .79}, .038, .04, matt("#e9e6df")))
	}
}

// seat is a place to sit: the seat's middle on the floor and where it looks.
type seat struct {
	at  vec
	yaw float64
}

const (
	east  = 0.0
	north = math.Pi / 2
	west  = math.Pi
	south = -math.Pi / 2
)

// island is two rows of desks, face to face. bare tells which chairs are not drawn.
func (r *room) island(x, y float64, n int, bare map[int]bool) (seats []seat) {
	const w = 1.2
	for i := range n {
		a := x + float64(i)*w
		r.desk(a, y, w-.02, .7, -1, !r.night, (i*2+1)%5)
		r.desk(a, y+.72, w-.02, .7, 1, !r.night, (i*3+2)%5)
		r.block(a, y+.695, .68, w-.02, .03, .36, "#a9b3b8")
		seats = append(seats, seat{vec{a + w/2, y - .3, 0}, north}, seat{vec{a + w/2, y + 1.74, 0}, south})
	}
	r.seats(seats, bare, r.look.seats)
	return seats
}

// seats puts chairs on places, each turned a little; bare ones are left to the actors.
func (r *room) seats(seats []seat, bare map[int]bool, c string) {
	for i, s := range seats {
		if !bare[i] {
			r.add(chair(s.at, s.yaw, c)...)
		}
	}
}

// cabinets is n cupboards in a row along dir (x or y), their doors on the side of face.
func (r *room) cabinets(at, along, face vec, n int, w, d, h float64, open bool) {
	for i := range n {
		c := at.add(along.mul(w * (float64(i) + .5)))
		r.add(box(c.up(h/2), along, face, vec{z: 1}, vec{w/2 - .004, d / 2, h / 2}, matt("#c6c6c1")))
		for k := range 3 {
			z0, z1 := h*float64(k)/3+.04, h*float64(k+1)/3-.02
			p := shade("#e2e1dc", .95+.02*float64((i+k)%2))
			f := c.add(face.mul(d/2 + .004))
			if open {
				r.files(f, along, face, w, z0, z1, i*3+k)
				continue
			}
			r.add(box(f.up((z0+z1)/2), along, face, vec{z: 1}, vec{w/2 - .04, .005, (z1 - z0) / 2}, p))
			r.add(box(f.up(z1-.08).add(face.mul(.01)), along, face, vec{z: 1}, vec{w * .09, .008, .016}, matt("#83868a")))
		}
	}
}

// files fills a shelf with binders of many colours.
func (r *room) files(f, along, face vec, w, z0, z1 float64, seed int) {
	colors := [...]string{"#8fa6bf", "#c7b48b", "#9bb59f", "#b98f86", "#d9d6cc", "#7f93ad"}
	r.add(box(f.up((z0+z1)/2), along, face, vec{z: 1}, vec{w/2 - .03, .002, (z1 - z0) / 2}, matt("#5d5e5d")))
	for i, u := 0, -w/2+.05; u < w/2-.09; i++ {
		v := hash(float64(seed), float64(i))
		t := .045 + .05*v
		h := (z1 - z0) * (.62 + .2*hash(float64(i), float64(seed)))
		c := colors[int(v*97)%len(colors)]
		r.add(box(f.add(along.mul(u+t/2)).up(z0+h/2).add(face.mul(.012)), along, face, vec{z: 1}, vec{t/2 - .003, .014, h / 2}, matt(c)))
		u += t
	}
}

// bench is a waiting bench along x that looks to +y or -y.
func (r *room) bench(x, y, w, dir float64, c string) (seats []seat) {
	x0, x1 := x+.06, x+w-.06
	r.add(box(vec{x + w/2, y, .42}, vec{x: 1}, vec{y: 1}, vec{z: 1}, vec{w / 2, .23, .035}, matt(c)))
	r.add(limb(vec{x0 - .03, y + dir*.225, .42}, vec{x1 + .03, y + dir*.225, .42}, .034, .034, matt(c)))
	tilt := vec{0, -dir * .16, 1}.unit()
	back := vec{x + w/2, y - dir*.24, .66}
	r.add(box(back, vec{x: 1}, tilt.cross(vec{x: 1}), tilt, vec{w / 2, .025, .17}, matt(c)))
	for _, a := range []float64{x0 + .12, x1 - .12} {
		r.add(block(vec{a - .025, y - .16, 0}, vec{a + .025, y + .16, .4}, matt("#5c5e60")))
		r.add(limb(vec{a, y - dir*.18, .38}, back.add(vec{x: a - back.x}), .018, .018, matt("#5c5e60")))
	}
	yaw := north
	if dir < 0 {
		yaw = south
	}
	for n, i := int(w/.62), 0; i < n; i++ {
		seats = append(seats, seat{vec{x + w*(float64(i)+.5)/float64(n), y, 0}, yaw})
	}
	return seats
}

// plant is a pot with leaves up to height h.
func (r *room) plant(x, y, h float64) {
	r.add(limb(vec{x, y, .12}, vec{x, y, .3}, .12, .16, matt("#e6e1d6")))
	r.add(egg(vec{x, y, .42}, vec{x: 1}, vec{y: 1}, vec{z: 1}, vec{.14, .14, .03}, matt("#5b4a3a")))
	greens := [3]string{"#3f6b46", "#57855a", "#4b7850"}
	for i := range 44 {
		f := float64(i)
		a, v := f*2.4, hash(f, x+y)
		out := heading(a)
		z := .5 + (h-.5)*hash(f, 3)
		d := out.mul(.7 + .5*v).up(.5 - .9*hash(f, 8)).unit()
		c := vec{x, y, z}.add(out.mul(.1 + .24*v*(1.2-(z/h)*.6)))
		s, u := frameOf(d)
		r.add(egg(c, d, s, u, vec{.17, .055, .012}, matt(greens[i%3])))
		if i%4 == 0 {
			r.add(limb(vec{x, y, .4}, c, .008, .006, matt("#4a6a48")))
		}
	}
}
