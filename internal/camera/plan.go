package camera

import (
	"slices"

	"yagura/internal/vms"
)

// PlanWidth is the width of every plan, in its own units; x grows to the right, y downwards.
const PlanWidth = 1000

// Plan is the drawing of one floor or facility, and where cameras hang on it. It says where, and
// nothing about who may look: a plan widens no view.
type Plan struct {
	ID        string       `json:"id"`
	Site      string       `json:"site"`
	SiteName  string       `json:"site_name"`
	Floor     string       `json:"floor"`
	Name      string       `json:"name"`
	Width     int          `json:"width"`
	Height    int          `json:"height"`
	Outline   []Point      `json:"outline" nullable:"false" doc:"the outer wall, a polygon"`
	Rooms     []PlanRoom   `json:"rooms" nullable:"false"`
	Walls     [][]Point    `json:"walls" nullable:"false" doc:"lines: the walls within"`
	Furniture [][]Point    `json:"furniture" nullable:"false" doc:"lines, closed where the last point is the first: counters, desks, benches"`
	Doors     [][4]int     `json:"doors" nullable:"false" doc:"x1, y1, x2, y2: openings in walls, from the hinge to the other side"`
	Labels    []PlanLabel  `json:"labels" nullable:"false" doc:"words beside the names of rooms"`
	Cameras   []PlanCamera `json:"cameras" nullable:"false"`
}

// Point is x and y.
type Point [2]int

// PlanRoom is an area with a name; not every side of it need be a wall.
type PlanRoom struct {
	Name   string  `json:"name"`
	Points []Point `json:"points" nullable:"false" doc:"a polygon"`
	Zone   string  `json:"zone" enum:"public,business,secure"`
	Label  Point   `json:"label" nullable:"false" doc:"the middle of its name"`
}

// PlanLabel is a word on the drawing; a minor one is left out when the drawing is small.
type PlanLabel struct {
	Text  string `json:"text"`
	X     int    `json:"x" doc:"the middle of the text"`
	Y     int    `json:"y"`
	Minor bool   `json:"minor"`
}

// PlanCamera is where a camera hangs and what it looks at.
type PlanCamera struct {
	ID    vms.CameraID `json:"id"`
	X     int          `json:"x"`
	Y     int          `json:"y"`
	Angle int          `json:"angle" doc:"the middle of what it sees: degrees clockwise from the direction of x"`
	FOV   int          `json:"fov" doc:"how wide it sees, degrees"`
	Reach int          `json:"reach" doc:"how far it sees, in units of the drawing"`
}

// For is the plan with those of its cameras that known says yes to; false where there is none.
func (p *Plan) For(known func(vms.CameraID) bool) (Plan, bool) {
	out := *p
	out.Cameras = slices.DeleteFunc(slices.Clone(p.Cameras), func(c PlanCamera) bool { return !known(c.ID) })
	return out, len(out.Cameras) > 0
}

// Encloses reports whether q lies in the polygon or on its edge.
func Encloses(polygon []Point, q Point) bool {
	inside := false
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		cross := (b[0]-a[0])*(q[1]-a[1]) - (b[1]-a[1])*(q[0]-a[0])
		if cross == 0 && between(a[0], q[0], b[0]) && between(a[1], q[1], b[1]) {
			return true
		}
		if (a[1] > q[1]) != (b[1] > q[1]) && (cross < 0) == (b[1] < a[1]) {
			inside = !inside // a ray to the right crosses this edge
		}
	}
	return inside
}

func between(a, q, b int) bool { return min(a, b) <= q && q <= max(a, b) }
