package main

import (
	"math"
	"strconv"
)

// rgb is a colour in linear light, 0 to 1.
type rgb [3]float32

func (a rgb) mul(k float32) rgb { return rgb{a[0] * k, a[1] * k, a[2] * k} }
func (a rgb) by(b rgb) rgb      { return rgb{a[0] * b[0], a[1] * b[1], a[2] * b[2]} }
func (a rgb) add(b rgb) rgb     { return rgb{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

func (a rgb) mix(b rgb, t float32) rgb { return a.mul(1 - t).add(b.mul(t)) }

// paint is the surface of a shape: its colour, or the light it gives by itself.
type paint struct {
	color rgb
	glow  float32         // own light, in units of a well-lit white wall
	group layer           // the lights it belongs to
	tex   func(p vec) rgb // colour by place, in room coordinates; nil: color
}

func (p *paint) at(q vec) rgb {
	if p.tex != nil {
		return p.tex(q)
	}
	return p.color
}

// hex reads a written colour such as "#d7d3c9".
func hex(s string) rgb {
	v, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil || len(s) != 7 {
		panic("colour " + s) // a constant of this program
	}
	return rgb{linear[v>>16], linear[v>>8&255], linear[v&255]}
}

func matt(s string) paint { return paint{color: hex(s)} }

// shade is matt with the colour scaled in display values, as a printed palette would be.
func shade(s string, k float64) paint {
	g := float32(math.Pow(k, 2.2))
	return paint{color: hex(s).mul(g)}
}

var linear = func() (t [256]float32) {
	for i := range t {
		v := float64(i) / 255
		if v <= .04045 {
			t[i] = float32(v / 12.92)
		} else {
			t[i] = float32(math.Pow((v+.055)/1.055, 2.4))
		}
	}
	return t
}()

const displaySteps = 4096

var displayTable = func() (t [displaySteps + 1]uint8) {
	for i := range t {
		v := curve(float64(i) / displaySteps * displayWhite)
		if v <= .0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - .055
		}
		t[i] = uint8(max(0, min(255, v*255+.5)))
	}
	return t
}()

const displayWhite = 2 // linear light shown as white

// curve rolls highlights off, as a camera does.
func curve(v float64) float64 {
	const knee = .5
	if v <= knee {
		return v
	}
	return knee + (1-knee)*(1-math.Exp(-(v-knee)/(1-knee)))
}

// display is the picture value of linear light.
func display(v float32) uint8 {
	i := int(v * (displaySteps / displayWhite))
	return displayTable[max(0, min(displaySteps, i))]
}
