package main

import (
	"fmt"
	"math"
	"testing"
)

// everyClip runs f on a stage of every clip of every scene.
func everyClip(t *testing.T, f func(t *testing.T, st *stage)) {
	for _, s := range allScenes() {
		for i := range s.clips {
			t.Run(s.name+"/"+s.clips[i].name, func(t *testing.T) { f(t, s.stage(&s.clips[i])) })
		}
	}
}

// far is the greatest distance between the parts of two poses.
func far(a, b pose) float64 {
	d := max(a.hip.dist(b.hip), math.Abs(turn(a.yaw, b.yaw)), math.Abs(a.lean-b.lean), math.Abs(a.look-b.look), math.Abs(a.nod-b.nod))
	for i := range 2 {
		d = max(d, a.foot[i].dist(b.foot[i]), a.hand[i].dist(b.hand[i]))
	}
	return d
}

func TestClipsEndAtRest(t *testing.T) {
	everyClip(t, func(t *testing.T, st *stage) {
		end := float64(st.seconds) - .5/fps
		if st.seconds%group != 0 {
			t.Errorf("%d s is no whole number of groups of pictures", st.seconds)
		}
		for i, a := range st.staff {
			p, ok := a.pose(0)
			q, still := a.pose(end)
			if !ok || !still || far(p, q) > .002 {
				t.Errorf("staff %d: ends %.3f from where it began; moves end at %.1f of %d s", i, far(p, q), a.now, st.seconds)
			}
		}
		for i, a := range st.guests {
			if _, there := a.pose(end); there {
				t.Errorf("guest %d leaves at %.1f of %d s", i, a.now, st.seconds)
			}
		}
		for i, p := range st.props {
			a, yaw, hid := p.state(0)
			b, yaw2, hid2 := p.state(end)
			if hid != hid2 || !hid && (a.dist(b) > .002 || math.Abs(turn(yaw, yaw2)) > .002) {
				t.Errorf("prop %d does not come back: %v → %v", i, a, b)
			}
		}
		if st.exposed(0) != st.exposed(end) {
			t.Error("the light does not come back")
		}
	})
}

func TestPeopleMoveSmoothly(t *testing.T) {
	const dt = 1. / fps
	everyClip(t, func(t *testing.T, st *stage) {
		for k, a := range append(st.staff, st.guests...) {
			for i := range st.seconds * fps {
				p, ok := a.pose(float64(i) * dt)
				q, ok2 := a.pose(float64(i+1) * dt)
				if !ok || !ok2 {
					continue
				}
				if d := p.hip.dist(q.hip); d > 1.6*dt {
					t.Fatalf("person %d: hip goes %.2f m/s at %.1f s", k, d/dt, float64(i)*dt)
				}
				for f := range 2 {
					if d := p.hand[f].dist(q.hand[f]); d > 3.8*dt {
						t.Fatalf("person %d: hand goes %.2f m/s at %.1f s", k, d/dt, float64(i)*dt)
					}
				}
			}
		}
	})
}

// A foot on the ground does not slide while its owner walks.
func TestFeetDoNotSlide(t *testing.T) {
	w := newWalk(clerk(0, white), newPath(vec{0, 0, 0}, vec{3, 0, 0}, vec{3, 2, 0}))
	const dt = .02
	for s := 0.0; s < w.seconds(); s += dt {
		a, b := w.pose(s), w.pose(s+dt)
		for i := range 2 {
			if a.foot[i].z == 0 && b.foot[i].z == 0 && a.foot[i].dist(b.foot[i]) > 1e-6 {
				t.Fatalf("foot %d slides %.3f m at %.2f s", i, a.foot[i].dist(b.foot[i]), s)
			}
		}
		if a.foot[0].z > 0 && a.foot[1].z > 0 {
			t.Fatalf("both feet are off the ground at %.2f s", s)
		}
	}
}

// Whoever is up and about keeps clear of desks, counters and walls.
func TestNobodyWalksThroughThings(t *testing.T) {
	everyClip(t, func(t *testing.T, st *stage) {
		for k, a := range append(st.staff, st.guests...) {
			for i := range st.seconds * fps {
				p, ok := a.pose(float64(i) / fps)
				q, ok2 := a.pose(float64(i+1) / fps)
				if !ok || !ok2 || p.hip.z < .8 || p.hip.dist(q.hip) < .3/fps {
					continue
				}
				if what := st.bumps(p.hip); what != "" {
					t.Fatalf("person %d at %.1f s: %.2f is in %s", k, float64(i)/fps, p.hip, what)
				}
			}
		}
	})
}

func (st *stage) bumps(at vec) string {
	for _, s := range st.shapes {
		r := .13
		if s.hi.z < .6 { // a bench one may stand close to
			r = .03
		}
		if s.kind == cube && at.x > s.lo.x-r && at.x < s.hi.x+r && at.y > s.lo.y-r && at.y < s.hi.y+r && s.hi.z > .15 && s.lo.z < 1.5 {
			return fmt.Sprintf("%.2f–%.2f", s.lo, s.hi)
		}
	}
	return ""
}
