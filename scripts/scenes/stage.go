package main

import (
	"image"
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
	light  weights
	gain   float32
	set    func(st *stage) // furnishes the room and seats those who are there anyway
	clips  []clip
}

// clip is a piece of the scene's day.
type clip struct {
	name    string
	kind    string // quiet, events, light, night or planted
	seconds int
	lively  float64 // how much those at rest move, 0 to 1
	play    func(st *stage)
}

// stage is a scene during one clip.
type stage struct {
	*room
	scene   *scene
	clip    *clip
	staff   []*actor // at rest when the clip begins
	guests  []*actor
	props   []*prop
	named   map[string]*actor
	chairs  map[string]*prop
	seats   map[string]seat
	doors   map[string]opening
	exposed func(t float64) weights
}

const fps = 10

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
	if c.lively > 0 {
		st.idle(rand.New(rand.NewPCG(uint64(len(s.name))*7919+uint64(s.name[0]), uint64(c.name[len(c.name)-1]))))
	}
	if c.play != nil {
		c.play(st)
	}
	return st
}

// door cuts an opening and remembers it by name.
func (st *stage) door(name string, s side, a, w float64) {
	o := opening{s, a, w}
	st.openings = append(st.openings, o)
	st.doors[name] = o
}

// sits puts someone at rest on a seat, with hands on a table of a height (0: in the lap).
func (st *stage) sits(g figure, s seat, table float64) *actor {
	a := resting(g, g.sitting(s, table))
	st.staff = append(st.staff, a)
	return a
}

// stands puts someone at rest on their feet.
func (st *stage) stands(g figure, at vec, yaw float64) *actor {
	a := resting(g, g.standing(at, yaw))
	st.staff = append(st.staff, a)
	return a
}

// enters brings in someone from out of sight at a time of the clip.
func (st *stage) enters(g figure, t float64, at vec) *actor {
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

// works seats a clerk at a place by name, on a chair of their own, so that they can get up.
func (st *stage) works(name string, g figure, s seat, table float64) *actor {
	a := st.sits(g, s, table)
	a.chair, a.home, a.table = st.free(name, s, officeChair), s, table
	st.named[name] = a
	return a
}

func officeChair(at vec, yaw float64) []shape { return chair(at, yaw, officeSeat) }
func guestChair(at vec, yaw float64) []shape  { return stool(at, yaw, brownSeat) }

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
	share := [layers]float64{day: .09, lamps: .5, late: .5, screen: .03}
	if len(st.lights[late]) == 0 {
		share[lamps] = .54
	} else {
		n, m := float64(len(st.lights[lamps])), float64(len(st.lights[late]))
		share[lamps], share[late] = .54*n/(n+m), .54*m/(n+m)
	}
	p := newPlate(newCamera(s.pos, s.target, s.fov, w, h), l, share)
	return newPainter(p, newProbes(l, s.size.x, s.size.y))
}

// frame draws the i-th picture of the clip.
func (st *stage) frame(pt *painter, i int, out *image.RGBA) {
	t := float64(i) / fps
	pt.expose(st.exposed(t), st.scene.gain)
	var shapes []shape
	var shadows []shadow
	for _, group := range [2][]*actor{st.staff, st.guests} {
		for _, a := range group {
			if p, ok := a.pose(t); ok {
				shapes = append(shapes, a.fig.shapes(p)...)
				shadows = append(shadows, a.fig.shadows(p)...)
			}
		}
	}
	for _, p := range st.props {
		if at, yaw, hidden := p.state(t); !hidden {
			shapes = append(shapes, p.shapes(at, yaw)...)
			if p.shadow > 0 {
				shadows = append(shadows, shadow{at.up(.3), p.shadow}, shadow{at.up(.06), .16})
			}
		}
	}
	pt.frame(shapes, shadows, out)
}
