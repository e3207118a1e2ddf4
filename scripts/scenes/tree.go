package main

import "sort"

// tree finds the nearest shape along a ray: a bounding volume hierarchy, split at the median.
type tree struct {
	shapes []shape
	nodes  []node
}

type node struct {
	lo, hi      vec
	first, last int32 // shapes of a leaf; last ≤ first: inner node
	left, right int32
}

const leafSize = 3

func newTree(shapes []shape) *tree {
	t := &tree{shapes: shapes}
	if len(shapes) > 0 {
		t.split(0, len(shapes))
	}
	return t
}

func (t *tree) split(first, last int) int32 {
	n := node{lo: t.shapes[first].lo, hi: t.shapes[first].hi}
	for _, s := range t.shapes[first:last] {
		n.lo, n.hi = n.lo.min(s.lo), n.hi.max(s.hi)
	}
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	if last-first <= leafSize {
		t.nodes[i].first, t.nodes[i].last = int32(first), int32(last)
		return i
	}
	e, axis := n.hi.sub(n.lo), 0
	if e.y > e.x {
		axis = 1
	}
	if e.z > max(e.x, e.y) {
		axis = 2
	}
	part := t.shapes[first:last]
	sort.SliceStable(part, func(a, b int) bool {
		return part[a].lo.axis(axis)+part[a].hi.axis(axis) < part[b].lo.axis(axis)+part[b].hi.axis(axis)
	})
	mid := (first + last) / 2
	left, right := t.split(first, mid), t.split(mid, last)
	t.nodes[i].left, t.nodes[i].right = left, right
	return i
}

// nearest gives the first hit before far; -1 when there is none. With any, some hit is enough.
func (t *tree) nearest(o, d vec, far float64, any bool) (at float64, which int32) {
	inv := vec{1 / d.x, 1 / d.y, 1 / d.z}
	var stack [64]int32
	top, at, which := 1, far, int32(-1)
	for top > 0 {
		top--
		n := &t.nodes[stack[top]]
		if !n.meets(o, inv, at) {
			continue
		}
		if n.last <= n.first {
			stack[top], stack[top+1] = n.left, n.right
			top += 2
			continue
		}
		for i := n.first; i < n.last; i++ {
			if h := t.shapes[i].hit(o, d); h < at {
				at, which = h, i
				if any {
					return at, which
				}
			}
		}
	}
	return at, which
}

func (n *node) meets(o, inv vec, far float64) bool {
	a, b := (n.lo.x-o.x)*inv.x, (n.hi.x-o.x)*inv.x
	if a > b {
		a, b = b, a
	}
	c, d := (n.lo.y-o.y)*inv.y, (n.hi.y-o.y)*inv.y
	if c > d {
		c, d = d, c
	}
	if c > a {
		a = c
	}
	if d < b {
		b = d
	}
	c, d = (n.lo.z-o.z)*inv.z, (n.hi.z-o.z)*inv.z
	if c > d {
		c, d = d, c
	}
	if c > a {
		a = c
	}
	if d < b {
		b = d
	}
	return a <= b && b > 0 && a < far
}

// inside tells whether a point lies in the bounds of a shape.
func (t *tree) inside(p vec) bool {
	for i := range t.shapes {
		s := &t.shapes[i]
		if p.x > s.lo.x && p.x < s.hi.x && p.y > s.lo.y && p.y < s.hi.y && p.z > s.lo.z && p.z < s.hi.z {
			return true
		}
	}
	return false
}
