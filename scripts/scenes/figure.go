package main

import "math"

// figure is how a person looks. Faces are left blank on purpose.
type figure struct {
	tall        float64 // metres
	shirt, legs string
	hair, skin  string
	cut         int // hair: 0 short, 1 bob, 2 tied, 3 thin
	skirt       bool
	long        bool   // sleeves down to the wrist
	vest        string // over the shirt
	bag         string // on the left shoulder
	card        bool   // name card on the chest
}

// pose is where the parts of a person are; index 0 is the left side.
type pose struct {
	hip   vec
	yaw   float64    // where the hips look
	lean  float64    // of the back, forwards
	twist float64    // of the shoulders, to the left
	look  float64    // of the head, to the left
	nod   float64    // of the head, down
	foot  [2]vec     // soles
	toe   [2]float64 // where the feet point
	heel  [2]float64 // how far the heels are up, metres
	hand  [2]vec
	sheet bool // a paper between the hands
}

// Lengths are shares of the height, radii are metres.
const (
	refTall   = 1.66
	thighLen  = .41
	shinLen   = .405
	ankle     = .075
	hipStand  = .91
	hipSit    = .565
	upperArm  = .28
	lowerArm  = .25
	shoulderW = .185
	shoulderH = .45
)

// sides of the body: left, right.
var sideSign = [2]float64{-1, 1}

type body struct {
	figure
	pose
	k                     float64
	f, right, axis, front vec // facing; along the spine; out of the chest
	shoulder              [2]vec
	out                   []shape
}

func (g figure) body(p pose) *body {
	b := &body{figure: g, pose: p, k: g.tall / refTall}
	b.f = heading(p.yaw)
	b.axis = vec{z: math.Cos(p.lean)}.add(b.f.mul(math.Sin(p.lean)))
	turned := heading(p.yaw + p.twist)
	b.right = turned.cross(vec{z: 1}).unit()
	b.front = b.right.cross(b.axis).mul(-1)
	if b.front.dot(turned) < 0 {
		b.front = b.front.mul(-1)
	}
	for i, s := range sideSign {
		b.shoulder[i] = p.hip.add(b.axis.mul(shoulderH * b.k)).add(b.right.mul(s * shoulderW * b.k))
	}
	return b
}

// shapes draws a person in a pose.
func (g figure) shapes(p pose) []shape {
	b := g.body(p)
	for i := range 2 {
		b.leg(i)
	}
	b.trunk()
	for i := range 2 {
		b.arm(i)
	}
	b.head()
	b.things()
	return b.out
}

func (b *body) add(s ...shape) { b.out = append(b.out, s...) }

// bend places the joint between two bones from a towards b, on the side of pole.
func bend(a, b vec, l1, l2 float64, pole vec) (joint, end vec) {
	d := b.sub(a)
	dist := min(d.len(), (l1+l2)*.999)
	u := d.unit()
	along := (l1*l1 - l2*l2 + dist*dist) / (2 * max(dist, 1e-6))
	off := math.Sqrt(max(0, l1*l1-along*along))
	side := pole.sub(u.mul(pole.dot(u))).unit()
	return a.add(u.mul(along)).add(side.mul(off)), a.add(u.mul(dist))
}

func (b *body) leg(i int) {
	hips := heading(b.yaw).cross(vec{z: 1}).unit()
	top := b.hip.add(hips.mul(sideSign[i] * .085 * b.k)).up(-.03)
	toe := heading(b.toe[i])
	sole := b.foot[i]
	knee, foot := bend(top, sole.up(ankle+b.heel[i]).add(toe.mul(b.heel[i]*.5)), thighLen*b.k, shinLen*b.k, b.f.add(toe).up(.25))
	p := matt(b.legs)
	if b.skirt {
		p = matt("#b08f7c")
		b.add(limb(knee.mix(top, .35), knee.mix(top, .6), .085, .1, matt(b.legs)))
		b.add(limb(knee, foot, .058, .036, p), limb(top, knee, .085, .062, matt(b.legs)))
	} else {
		b.add(limb(top, knee, .088, .066, p), limb(knee, foot, .064, .045, p))
	}
	b.add(flatLimb(foot.up(-.035).sub(toe.mul(.03)), foot.up(-.045-b.heel[i]*.9).add(toe.mul(.13)), .045, .038, vec{z: 1}, .8, matt("#28272a")))
}

func (b *body) trunk() {
	low, mid, top := b.hip, b.hip.add(b.axis.mul(.2*b.k)), b.hip.add(b.axis.mul(.42*b.k))
	shirt := matt(b.shirt)
	if b.vest != "" {
		shirt = matt(b.vest)
	}
	b.add(flatLimb(low.up(-.02), mid, .155, .14, b.front, .74, matt(b.legs)))
	b.add(flatLimb(low.add(b.axis.mul(.09)), mid, .15, .148, b.front, .74, shirt))
	b.add(flatLimb(mid, top.add(b.axis.mul(-.06)), .146, .175, b.front, .66, shirt))
	if b.skirt {
		b.add(flatLimb(low.up(.02), low.mix(b.foot[0].mix(b.foot[1], .5), .2), .16, .17, b.front, .8, matt(b.legs)))
	}
	b.add(flatLimb(b.shoulder[0].add(b.right.mul(.05)), b.shoulder[1].sub(b.right.mul(.05)), .085, .085, b.front, .85, shirt))
	b.add(limb(top.add(b.axis.mul(.02)), top.add(b.axis.mul(.14)).add(b.front.mul(.015)), .058, .048, matt(b.skin)))
	b.add(flatLimb(top.add(b.axis.mul(.055)), top.add(b.axis.mul(.08)), .068, .064, b.front, .9, matt(b.shirt)))
	if b.card {
		c := b.hip.add(b.axis.mul(.2 * b.k)).add(b.front.mul(.118))
		b.add(box(c, b.right, b.front, b.axis, vec{.032, .004, .024}, matt("#f7f7f4")))
		for _, s := range sideSign {
			b.add(limb(c.add(b.axis.mul(.02)), top.add(b.axis.mul(.03)).add(b.right.mul(s*.06)).add(b.front.mul(.06)), .006, .006, matt("#2f5d9b")))
		}
	}
}

func (b *body) arm(i int) {
	s := sideSign[i]
	pole := b.right.mul(s * .55).sub(b.f.mul(.5)).up(-.8)
	elbow, hand := bend(b.shoulder[i], b.hand[i], upperArm*b.k, lowerArm*b.k, pole)
	shirt, skin := matt(b.shirt), matt(b.skin)
	if b.long {
		b.add(limb(b.shoulder[i], elbow, .062, .048, shirt), limb(elbow, hand, .048, .036, shirt))
	} else {
		b.add(limb(b.shoulder[i], b.shoulder[i].mix(elbow, .72), .064, .06, shirt), limb(b.shoulder[i], elbow, .05, .04, skin))
		b.add(limb(elbow, hand, .04, .03, skin))
	}
	tip := hand.add(hand.sub(elbow).unit().mul(.07))
	b.add(limb(hand, tip, .035, .03, skin))
}

func (b *body) head() {
	neck := b.hip.add(b.axis.mul(.545 * b.k))
	f := heading(b.yaw + b.twist*.6 + b.look)
	side := f.cross(vec{z: 1}).unit()
	tilt := b.nod + b.lean*.35
	up := vec{z: math.Cos(tilt)}.add(f.mul(math.Sin(tilt)))
	out := side.cross(up).mul(-1)
	c := neck.add(up.mul(.11 * b.k)).add(out.mul(.02))
	hair := matt(b.hair)
	b.add(egg(c, side, out, up, vec{.083, .1, .118}, matt(b.skin)))
	b.add(limb(c.sub(up.mul(.05)).add(out.mul(.04)), c.sub(up.mul(.085)).add(out.mul(.055)), .05, .042, matt(b.skin)))
	crown := c.add(up.mul(.032)).sub(out.mul(.022))
	size := vec{.093, .102, .104}
	if b.cut == 3 {
		crown, size = c.add(up.mul(.012)).sub(out.mul(.03)), vec{.09, .09, .1}
	}
	b.add(egg(crown, side, out, up, size, hair))
	switch b.cut {
	case 1:
		b.add(flatLimb(c.sub(out.mul(.045)).add(up.mul(.02)), c.sub(out.mul(.05)).sub(up.mul(.12)), .094, .085, out, .75, hair))
	case 2:
		b.add(egg(c.sub(out.mul(.125)).add(up.mul(.0)), side, out, up, vec{.045, .045, .05}, hair))
		b.add(limb(c.sub(out.mul(.12)), c.sub(out.mul(.13)).sub(up.mul(.12)), .03, .018, hair))
	default:
		b.add(egg(c.sub(out.mul(.05)).sub(up.mul(.03)), side, out, up, vec{.078, .058, .075}, hair))
	}
}

func (b *body) things() {
	if b.sheet {
		c := b.hand[0].mix(b.hand[1], .5).add(b.f.mul(.05)).up(.06)
		tilt := b.f.mul(.75).up(.66).unit()
		b.add(box(c, b.right, tilt.cross(b.right), tilt, vec{.105, .003, .148}, matt("#fbfbf7")))
	}
	if b.bag != "" {
		c := b.shoulder[0].add(b.right.mul(-.09)).up(-.55)
		b.add(box(c, b.right, b.f, vec{z: 1}, vec{.05, .17, .13}, matt(b.bag)))
		for _, k := range []float64{-.1, .1} {
			b.add(limb(c.up(.12).add(b.f.mul(k)), b.shoulder[0].up(.06), .01, .01, matt(b.bag)))
		}
	}
}

// shadows are the balls that stand for a person when light is taken from the floor and the furniture.
func (g figure) shadows(p pose) []shadow {
	b := g.body(p)
	out := []shadow{
		{p.hip, .2}, {p.hip.add(b.axis.mul(.35 * b.k)), .22},
		{p.foot[0].up(.1), .11}, {p.foot[1].up(.1), .11},
	}
	knees := p.foot[0].mix(p.foot[1], .5).mix(p.hip, .45)
	return append(out, shadow{knees, .15}, shadow{p.hand[0], .07}, shadow{p.hand[1], .07})
}
