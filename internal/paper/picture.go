package paper

import (
	"math"
	"slices"

	"github.com/signintech/gopdf"
)

// picture sets a drawing, as wide as the page or as high as it may be.
func (s *sheetOf) picture(b *Block, total int) error {
	scale := s.body / b.Across
	if b.Tall > 0 {
		scale = min(scale, b.Tall*mm/b.Down)
	}
	tall := b.Down * scale
	if s.y+tall > s.height-s.bottom && s.y > s.top {
		if err := s.turn(total); err != nil {
			return err
		}
	}
	x := s.left + (s.body-b.Across*scale)/2
	for i := range b.Shapes {
		if err := s.shape(&b.Shapes[i], func(p Spot) gopdf.Point { return gopdf.Point{X: x + p.X*scale, Y: s.y + p.Y*scale} }); err != nil {
			return err
		}
	}
	s.pdf.SetStrokeColor(0, 0, 0)
	s.pdf.SetGrayFill(0)
	s.y += tall + 6
	return nil
}

func (s *sheetOf) shape(h *Shape, at func(Spot) gopdf.Point) error {
	if len(h.Points) == 0 {
		return nil
	}
	points := make([]gopdf.Point, len(h.Points))
	for i, p := range h.Points {
		points[i] = at(p)
	}
	s.pdf.SetStrokeColor(h.Ink[0], h.Ink[1], h.Ink[2])
	if h.Fill != nil {
		s.pdf.SetFillColor(h.Fill[0], h.Fill[1], h.Fill[2])
		s.pdf.Polygon(points, "F")
	}
	if h.Hatch != nil {
		s.hatch(points, *h.Hatch, h.Ink)
	}
	if h.Line > 0 {
		s.pdf.SetLineWidth(h.Line)
		for i := 1; i < len(points); i++ {
			s.pdf.Line(points[i-1].X, points[i-1].Y, points[i].X, points[i].Y)
		}
		if h.Closed {
			s.pdf.Line(points[len(points)-1].X, points[len(points)-1].Y, points[0].X, points[0].Y)
		}
	}
	if h.Text == "" {
		return nil
	}
	return s.words(h, points[0])
}

// words stand on white, so that no line crosses them.
func (s *sheetOf) words(h *Shape, at gopdf.Point) error {
	w, err := s.wide(h.Size, h.Text)
	if err != nil {
		return err
	}
	s.pdf.SetFillColor(255, 255, 255)
	if err := s.pdf.Rectangle(at.X-w/2-2, at.Y-h.Size*0.62, at.X+w/2+2, at.Y+h.Size*0.62, "F", 0, 0); err != nil {
		return err
	}
	s.pdf.SetTextColor(h.Ink[0], h.Ink[1], h.Ink[2])
	defer s.pdf.SetTextColor(0, 0, 0)
	return s.at(at.X-w/2, at.Y-h.Size/2, h.Size, h.Text)
}

// hatch fills a polygon with lines upwards to the right, with lines both ways, or with dots.
func (s *sheetOf) hatch(points []gopdf.Point, h Hatch, ink Colour) {
	s.pdf.SetLineWidth(0.4)
	for _, rise := range []float64{-1, 1}[:1+ones(h.Cross)] {
		for _, at := range crossings(points, rise, h.Gap*math.Sqrt2) {
			for i := 0; i+1 < len(at.x); i += 2 {
				from, to := at.x[i], at.x[i+1]
				if !h.Dots {
					s.pdf.Line(from, rise*from+at.c, to, rise*to+at.c)
					continue
				}
				s.pdf.SetFillColor(ink[0], ink[1], ink[2])
				for x := math.Ceil(from/h.Gap) * h.Gap; x < to; x += h.Gap {
					s.pdf.RectFromUpperLeftWithStyle(x-0.4, rise*x+at.c-0.4, 0.8, 0.8, "F")
				}
			}
		}
	}
}

func ones(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// crossing is a line y = rise·x + c, and where it enters and leaves a polygon: x by x.
type crossing struct {
	c float64
	x []float64
}

// crossings are those of a polygon with lines at steps of c.
func crossings(points []gopdf.Point, rise, step float64) (out []crossing) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		low, high = min(low, p.Y-rise*p.X), max(high, p.Y-rise*p.X)
	}
	for k := math.Ceil(low / step); k*step < high; k++ {
		at := crossing{c: k * step}
		for i, p := range points {
			q := points[(i+1)%len(points)]
			a, b := p.Y-rise*p.X-at.c, q.Y-rise*q.X-at.c
			if (a < 0) != (b < 0) {
				at.x = append(at.x, p.X+(q.X-p.X)*a/(a-b))
			}
		}
		slices.Sort(at.x)
		out = append(out, at)
	}
	return out
}
