package main

import (
	"image"
	"math"
	"math/rand/v2"
)

// scene is one camera's view: a room, and what happens in it.
type scene struct {
	name   string
	size   vec
	look   look
	pos    vec // of the camera
	target vec
	fov    float64
	night  bool // after hours: other lights, empty seats
	mirror bool // seen in a mirror, by other people: a second room of the same plan
	light  weights
	gain   float32
	set    func(st *stage) // furnishes the room and seats those who are there anyway
	clips  []clip
}

// clip is a piece of the scene's day.
type clip struct {
	name    string
	kind    string  // quiet, events or light, as in the manifest
	seconds int     // 0: as long as the play takes
	lively  float64 // how much those at rest move, 0 to 1
	play    func(st *stage)
}

// stage is a scene during one clip.
type stage struct {
	*room
	scene   *scene
	clip    *clip
	seconds int
	staff   []*actor // at rest when the clip begins
	guests  []*actor
	props   []*prop
	named   map[string]*actor
	chairs  map[string]*prop
	seats   map[string]seat
	doors   map[string]opening
	exposed func(t float64) weights
	held    int // the group whose resting cast the painter holds, from 1
}

const (
	fps   = 10
	group = 2 // seconds from key frame to key frame
)

// daylight is the usual light of working hours.
var daylight = weights{day: 1, lamps: 1, late: 1, screen: 1}

func (s *scene) stage(c *clip) *stage {
	st := &stage{room: &room{size: s.size, look: s.look, night: s.night}, scene: s, clip: c,
		named: map[string]*actor{}, chairs: map[string]*prop{}, seats: map[string]seat{}, doors: map[string]opening{}}
	st.exposed = func(float64) weights { return s.light }
	s.set(st)
	st.close()
	if c == nil {
		return st
	}
	if c.play != nil {
		c.play(st)
	}
	st.seconds = c.seconds
	if st.seconds == 0 {
		st.seconds = st.ends()
	}
	if c.lively > 0 {
		st.idle(rand.New(rand.NewPCG(uint64(len(s.name))*7919+uint64(s.name[0]), uint64(c.name[len(c.name)-1]))))
	}
	return st
}

// ends is when all that was played is over, in whole groups of pictures.
func (st *stage) ends() int {
	end := 0.0
	for _, a := range append(st.staff, st.guests...) {
		end = max(end, a.now)
		for _, g := range a.gestures {
			end = max(end, g.to)
		}
	}
	return int(math.Ceil((end+.15)/group)) * group
}

// door cuts an opening and remembers it by name.
func (st *stage) door(name string, s side, a, w float64) {
	o := opening{s, a, w}
	st.openings = append(st.openings, o)
	st.doors[name] = o
}

// dress gives the people of a mirrored scene other clothes.
func (st *stage) dress(g figure) figure {
	if !st.scene.mirror {
		return g
	}
	others := map[string]string{white: blue, blue: white, beige: pink, pink: green, gray: beige, green: gray}
	if c, ok := others[g.shirt]; ok {
		g.shirt = c
	} else {
		c := hex(g.shirt)
		g.shirt = [...]string{"#7a6250", "#4f6f6a", "#8d5f74", "#5f6b8c"}[int(c[0]*97+c[2]*31)%4]
	}
	if g.cut == 0 {
		g.hair = "#453428"
	}
	return g
}

// twin is the scene in a mirror, with other colours and other people, and the named clips.
func (s *scene) twin(l look, clips ...string) *scene {
	t := *s
	t.name, t.look, t.mirror = s.name+"-b", l, true
	t.clips = nil
	for _, name := range clips {
		for _, c := range s.clips {
			if c.name == name {
				t.clips = append(t.clips, c)
			}
		}
	}
	return &t
}

// sits puts someone at rest on a seat, with hands on a table of a height (0: in the lap).
func (st *stage) sits(g figure, s seat, table float64) *actor {
	g = st.dress(g)
	a := resting(g, g.sitting(s, table))
	st.staff = append(st.staff, a)
	return a
}

// stands puts someone at rest on their feet.
func (st *stage) stands(g figure, at vec, yaw float64) *actor {
	g = st.dress(g)
	a := resting(g, g.standing(at, yaw))
	st.staff = append(st.staff, a)
	return a
}

// enters brings in someone from out of sight at a time of the clip.
func (st *stage) enters(g figure, t float64, at vec) *actor {
	g = st.dress(g)
	a := resting(g, g.standing(at, 0))
	a.hidden, a.now = true, t
	st.guests = append(st.guests, a)
	return a
}

// free is a chair that people of the clips may use, as it stands in the rest pose.
func (st *stage) free(name string, at seat, make func(at vec, yaw float64) []shape) *prop {
	p := &prop{at: at.at, yaw: at.yaw, shapes: make, shadow: .2}
	st.props = append(st.props, p)
	st.chairs[name], st.seats[name] = p, at
	return p
}

// park moves a free chair for good.
func (st *stage) park(name string, s seat) {
	st.chairs[name].at, st.chairs[name].yaw, st.seats[name] = s.at, s.yaw, s
}

// works seats a clerk at a place by name, on a chair of their own, so that they can get up.
func (st *stage) works(name string, g figure, s seat, table float64) *actor {
	a := st.sits(g, s, table)
	a.chair, a.home, a.table = st.free(name, s, st.officeChair), s, table
	st.named[name] = a
	return a
}

func (st *stage) officeChair(at vec, yaw float64) []shape { return chair(at, yaw, st.look.seats) }
func guestChair(at vec, yaw float64) []shape              { return stool(at, yaw, brownSeat) }

// beside is a seat rolled back by some metres and turned.
func (s seat) beside(back, by float64) seat {
	return seat{s.at.sub(heading(s.yaw).mul(back)), s.yaw + by}
}

// front is where one stands to sit down on a seat.
func (s seat) front() vec { return s.at.add(heading(s.yaw).mul(standOff)) }

// sheet is a paper that appears on a table.
func (st *stage) sheet(t float64, at vec, yaw float64) *prop {
	p := &prop{at: at, yaw: yaw, hidden: true, shapes: paper, steps: []step{{from: t, to: t, at: at, yaw: yaw}}}
	st.props = append(st.props, p)
	return p
}

func paper(at vec, yaw float64) []shape {
	f := heading(yaw)
	return []shape{box(at.up(.004), f.cross(vec{z: 1}), f, vec{z: 1}, vec{.105, .148, .002}, matt("#fbfbf7"))}
}

// away takes the paper off the table.
func (p *prop) away(t float64) {
	p.steps = append(p.steps, step{from: t, to: t, at: p.at, yaw: p.yaw, hidden: true})
}

// view draws the unmoving part of the scene for a picture size.
func (s *scene) view(w, h int) *painter {
	st := s.stage(nil)
	l := &lighting{tree: newTree(st.shapes), groups: st.lights}
	share := [layers]float64{day: .06, lamps: .5, late: .5, screen: .03}
	if len(st.lights[late]) == 0 {
		share[lamps] = .54
	} else {
		n, m := float64(len(st.lights[lamps])), float64(len(st.lights[late]))
		share[lamps], share[late] = .54*n/(n+m), .54*m/(n+m)
	}
	p := newPlate(newCamera(s.pos, s.target, s.fov, w, h), l, share)
	return newPainter(p, newProbes(l, s.size.x, s.size.y))
}

// frame draws the i-th picture of the clip. Pictures are best asked for in order: what rests for a whole group of
// them is drawn once.
func (st *stage) frame(pt *painter, i int, out *image.RGBA) {
	t := float64(i) / fps
	g := i / (group * fps)
	if pt.expose(st.exposed(t), st.scene.gain) || st.held != g+1 {
		st.held = g + 1
		pt.hold(st.cast(t, g, true))
	}
	shapes, shadows := st.cast(t, g, false)
	pt.frame(shapes, shadows, out)
	if st.scene.mirror {
		flip(out)
	}
}

// cast is the shapes of people and props at a time: those that rest during a group of pictures, or the others.
func (st *stage) cast(t float64, g int, resting bool) (shapes []shape, shadows []shadow) {
	for _, a := range append(st.staff, st.guests...) {
		if p, ok := a.pose(t); ok && a.rests(g) == resting {
			shapes = append(shapes, a.fig.shapes(p)...)
			shadows = append(shadows, a.fig.shadows(p)...)
		}
	}
	for _, p := range st.props {
		at, yaw, hidden := p.state(t)
		if hidden || (len(p.steps) == 0) != resting {
			continue
		}
		shapes = append(shapes, p.shapes(at, yaw)...)
		if p.shadow > 0 {
			shadows = append(shadows, shadow{at.up(.3), p.shadow}, shadow{at.up(.06), .1})
		}
	}
	return shapes, shadows
}

// rests tells whether the actor keeps one pose during a group of pictures.
func (a *actor) rests(g int) bool {
	first, ok := a.pose(float64(g * group))
	for i := range group * fps {
		if p, there := a.pose(float64(g*group*fps+i) / fps); there != ok || p != first {
			return false
		}
	}
	return true
}

// flip swaps left and right.
func flip(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	parallel(h, func(y int) {
		row := img.Pix[y*img.Stride : y*img.Stride+w*4]
		for a, b := 0, (w-1)*4; a < b; a, b = a+4, b-4 {
			for k := range 4 {
				row[a+k], row[b+k] = row[b+k], row[a+k]
			}
		}
	})
}
