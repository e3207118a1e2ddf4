package main

import (
	"bytes"
	"image"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestProjectAndRayAgree(t *testing.T) {
	cam := newCamera(vec{.5, .5, 2.6}, vec{5, 4, .5}, 86, 1280, 720)
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(0, 1280).Draw(t, "x"), rapid.Float64Range(0, 720).Draw(t, "y")
		depth := rapid.Float64Range(.3, 20).Draw(t, "depth")
		px, py, pd := cam.project(cam.pos.add(cam.ray(x, y).mul(depth)))
		if math.Hypot(px-x, py-y) > .01 || math.Abs(pd-depth) > 1e-6 {
			t.Fatalf("(%.2f, %.2f) at %.2f comes back as (%.2f, %.2f) at %.2f", x, y, depth, px, py, pd)
		}
	})
}

// A shape is hit only inside the rectangle that is searched for it, and its normal looks at the camera.
func TestShapesStayInTheirRectangles(t *testing.T) {
	cam := newCamera(vec{0, 0, 2}, vec{4, 0, 1}, 80, 160, 90)
	tilt := vec{.3, .2, 1}.unit()
	x, y := frameOf(tilt)
	for name, s := range map[string]shape{
		"box":  box(vec{3, .4, 1}, x, y, tilt, vec{.3, .2, .6}, paint{}),
		"egg":  egg(vec{3.5, -.5, 1}, x, y, tilt, vec{.1, .3, .5}, paint{}),
		"limb": limb(vec{3, -.8, .2}, vec{4, .9, 1.4}, .3, .1, paint{}),
		"flat": flatLimb(vec{2.5, .1, .9}, vec{2.7, -.2, 1.3}, .2, .25, vec{x: 1}, .4, paint{}),
	} {
		ax, ay, bx, by := cam.rect(s.ends[0], s.r)
		cx, cy, dx, dy := cam.rect(s.ends[1], s.r)
		r := image.Rect(ax, ay, bx, by).Union(image.Rect(cx, cy, dx, dy))
		hits := 0
		for i := range 160 * 90 {
			d := cam.ray(float64(i%160)+.5, float64(i/160)+.5)
			at := s.hit(cam.pos, d)
			if math.IsInf(at, 1) {
				continue
			}
			hits++
			if !image.Pt(i%160, i/160).In(r) {
				t.Fatalf("%s is hit at (%d, %d), outside %v", name, i%160, i/160, r)
			}
			q := cam.pos.add(d.mul(at))
			if n := s.normal(q); n.dot(d) > 1e-6 || math.Abs(n.len()-1) > 1e-6 {
				t.Fatalf("%s: normal %v looks away", name, n)
			}
			if e := 1e-6; q.x < s.lo.x-e || q.x > s.hi.x+e || q.y < s.lo.y-e || q.y > s.hi.y+e || q.z < s.lo.z-e || q.z > s.hi.z+e {
				t.Fatalf("%s: hit %v outside its bounds", name, q)
			}
		}
		if hits < 30 {
			t.Errorf("%s is hit %d times", name, hits)
		}
	}
}

// The tree finds what trying every shape finds.
func TestTreeFindsTheNearest(t *testing.T) {
	st := branch().stage(nil)
	tr := newTree(st.shapes)
	cam := newCamera(st.scene.pos, st.scene.target, st.scene.fov, 64, 36)
	for i := range 64 * 36 {
		d := cam.ray(float64(i%64)+.5, float64(i/64)+.5)
		want := 60.0
		for k := range tr.shapes {
			want = min(want, tr.shapes[k].hit(cam.pos, d))
		}
		if got, _ := tr.nearest(cam.pos, d, 60, false); got != want {
			t.Fatalf("ray %d: got %v, want %v", i, got, want)
		}
	}
}

// What is near hides what is far, whichever is drawn first; and a frame leaves nothing behind for the next.
func TestPainterKeepsDepth(t *testing.T) {
	s := branch()
	pt := s.view(96, 54)
	pt.expose(s.light, s.gain)
	near := egg(vec{2.4, 2, 1.4}, vec{x: 1}, vec{y: 1}, vec{z: 1}, vec{.4, .4, .4}, matt("#ff0000"))
	far := egg(vec{3.6, 3.2, 1.2}, vec{x: 1}, vec{y: 1}, vec{z: 1}, vec{.9, .9, .9}, matt("#00ff00"))
	draw := func(shapes ...shape) []byte {
		img := image.NewRGBA(image.Rect(0, 0, 96, 54))
		pt.frame(shapes, nil, img)
		return img.Pix
	}
	empty := draw()
	a, b := draw(near, far), draw(far, near)
	if !bytes.Equal(a, b) {
		t.Error("the order of drawing shows")
	}
	if bytes.Equal(a, empty) || bytes.Equal(a, draw(near)) || bytes.Equal(a, draw(far)) {
		t.Error("one of the two is not seen")
	}
	if !bytes.Equal(draw(), empty) {
		t.Error("a frame leaves traces")
	}
	pt.hold([]shape{far}, nil)
	if !bytes.Equal(draw(near), a) {
		t.Error("what is held differs from what is drawn")
	}
}
