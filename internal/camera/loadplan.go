package camera

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

const planFolder = "plans/"

func isPlan(f conf.File) bool { return strings.HasPrefix(f.Name, planFolder) }

// The written form of a plan.

type planFile struct {
	Site      string         `yaml:"site" jsonschema:"required" jsonschema_description:"id of the site, as the camera files give it"`
	Floor     string         `yaml:"floor" jsonschema_description:"as the camera files give it; left out where they have none"`
	Name      string         `yaml:"name" jsonschema_description:"what people see; site and floor when left out"`
	Height    int            `yaml:"height" jsonschema:"required,minimum=100,maximum=2000" jsonschema_description:"the drawing is 1000 wide"`
	Outline   []conf.Point   `yaml:"outline" jsonschema:"required" jsonschema_description:"the outer wall, a polygon"`
	Rooms     []roomRecord   `yaml:"rooms" jsonschema_description:"areas with a name; draw their walls under walls"`
	Walls     [][]conf.Point `yaml:"walls" jsonschema_description:"lines"`
	Furniture []pieceRecord  `yaml:"furniture" jsonschema_description:"counters, desks, benches"`
	Doors     []conf.Box     `yaml:"doors" jsonschema_description:"openings: x1, y1, x2, y2, from the hinge to the other side"`
	Labels    []labelRecord  `yaml:"labels" jsonschema_description:"words beside the names of rooms"`
	Cameras   []spotRecord   `yaml:"cameras" jsonschema_description:"cameras of this site and floor"`
}

type roomRecord struct {
	Name   string       `yaml:"name" jsonschema:"required"`
	Zone   string       `yaml:"zone" jsonschema:"required,enum=public,enum=business,enum=secure" jsonschema_description:"public: residents come here; business: staff; secure: locked"`
	Rect   conf.Box     `yaml:"rect" jsonschema_description:"x, y, width, height; or use points"`
	Points []conf.Point `yaml:"points" jsonschema_description:"a polygon; or use rect"`
	Label  conf.Point   `yaml:"label" jsonschema_description:"the middle of the name; the room's when left out"`
}

type pieceRecord struct {
	Rect   conf.Box     `yaml:"rect" jsonschema_description:"x, y, width, height; or use points"`
	Points []conf.Point `yaml:"points" jsonschema_description:"a line; or use rect"`
	Repeat conf.Box     `yaml:"repeat" jsonschema_description:"how many across, how many down, and the steps between them in x and y"`
}

type labelRecord struct {
	Text  string     `yaml:"text" jsonschema:"required"`
	At    conf.Point `yaml:"at" jsonschema:"required" jsonschema_description:"the middle of the text"`
	Minor bool       `yaml:"minor" jsonschema_description:"left out when the drawing is small"`
}

type spotRecord struct {
	ID    string     `yaml:"id" jsonschema:"required"`
	At    conf.Point `yaml:"at" jsonschema:"required"`
	Angle int        `yaml:"angle" jsonschema:"required,minimum=0,maximum=359" jsonschema_description:"where it looks: 0 right, 90 down, 180 left, 270 up"`
	FOV   int        `yaml:"fov" jsonschema:"minimum=1,maximum=360" jsonschema_description:"how wide it sees, degrees; 70 when left out"`
	Reach int        `yaml:"reach" jsonschema:"minimum=1,maximum=1000" jsonschema_description:"how far it sees; 90 when left out"`
}

const (
	usualFOV   = 70
	usualReach = 90
)

// plans adds the plans, once all cameras are known.
func (b *builder) plans(files []conf.File) {
	drawn := map[vms.CameraID]string{} // on which plan
	for _, f := range files {
		if !isPlan(f) {
			continue
		}
		p := planner{builder: b, id: strings.TrimSuffix(path.Base(f.Name), ".yaml"), drawn: drawn}
		p.doc = conf.Decode(f, b.dir, nil, &p.written)
		if len(p.doc.Problems()) == 0 {
			b.set.Plans = append(b.set.Plans, p.plan())
		}
		b.found = append(b.found, p.doc.Problems()...)
	}
}

// planner reads one plan.
type planner struct {
	*builder
	doc     *conf.Doc
	id      string
	written planFile
	drawn   map[vms.CameraID]string
}

func (p *planner) plan() *Plan {
	w := &p.written
	site := p.site(w.Site)
	out := &Plan{ID: p.id, Site: site.ID, SiteName: site.Name, Floor: w.Floor, Width: PlanWidth, Height: w.Height,
		Name:  cmp.Or(w.Name, strings.TrimSpace(site.Name+" "+w.Floor)),
		Rooms: []PlanRoom{}, Walls: [][]Point{}, Furniture: [][]Point{}, Doors: [][4]int{}, Labels: []PlanLabel{}, Cameras: []PlanCamera{}}
	p.check(site)
	out.Outline = p.line(&w.Outline, w.Outline, 3)
	for i := range w.Rooms {
		out.Rooms = append(out.Rooms, p.room(&w.Rooms[i]))
	}
	for i := range w.Walls {
		out.Walls = append(out.Walls, p.line(&w.Walls[i], w.Walls[i], 2))
	}
	for i := range w.Furniture {
		out.Furniture = append(out.Furniture, p.piece(&w.Furniture[i])...)
	}
	for i := range w.Doors {
		if d := &w.Doors[i]; p.four(d, "x1, y1, x2, y2") && p.inside(d, Point{(*d)[0], (*d)[1]}) && p.inside(d, Point{(*d)[2], (*d)[3]}) {
			out.Doors = append(out.Doors, [4]int(*d))
		}
	}
	for i := range w.Labels {
		l := &w.Labels[i]
		at := p.point(&l.At)
		out.Labels = append(out.Labels, PlanLabel{l.Text, at[0], at[1], l.Minor})
	}
	for i := range w.Cameras {
		out.Cameras = append(out.Cameras, p.spot(&w.Cameras[i], out))
	}
	return out
}

// check looks at what the plan says of itself.
func (p *planner) check(site Site) {
	if !vms.CameraID(p.id).Valid() {
		p.doc.Reportf(&p.written, "the file's name is the plan's id, made of a-z, 0-9 and - (1 to 32); rename %q", p.id)
	}
	if p.written.Height < 100 || p.written.Height > 2000 {
		p.doc.Reportf(&p.written.Height, "height %d is not between 100 and 2000; the drawing is %d wide", p.written.Height, PlanWidth)
	}
	if !slices.ContainsFunc(p.set.Cameras, func(c *Camera) bool { return c.Site == site.ID }) {
		p.doc.Reportf(&p.written.Site, "no camera hangs at site %q; correct the id or remove the plan", site.ID)
	}
}

func (p *planner) room(r *roomRecord) PlanRoom {
	out := PlanRoom{Name: r.Name, Zone: r.Zone, Points: p.shape(r, &r.Rect, &r.Points, 3)}
	if p.doc.Wrote(&r.Label) {
		out.Label = p.point(&r.Label)
	} else if len(out.Points) > 0 {
		out.Label = middle(out.Points)
	}
	return out
}

// middle is the middle of what encloses the points.
func middle(points []Point) Point {
	from, to := points[0], points[0]
	for _, q := range points {
		from = Point{min(from[0], q[0]), min(from[1], q[1])}
		to = Point{max(to[0], q[0]), max(to[1], q[1])}
	}
	return Point{(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}
}

const maxPieces = 400 // of one repeat

func (p *planner) piece(r *pieceRecord) [][]Point {
	one := p.shape(r, &r.Rect, &r.Points, 2)
	if p.doc.Wrote(&r.Rect) && len(one) > 0 {
		one = append(one, one[0]) // closed
	}
	if !p.doc.Wrote(&r.Repeat) {
		return [][]Point{one}
	}
	if !p.four(&r.Repeat, "how many across, how many down, step in x, step in y") {
		return nil
	}
	across, down, dx, dy := r.Repeat[0], r.Repeat[1], r.Repeat[2], r.Repeat[3]
	if across < 1 || down < 1 || across > maxPieces || down > maxPieces || across*down > maxPieces {
		p.doc.Reportf(&r.Repeat, "repeat makes between 1 and %d pieces; write for example [4, 2, 60, 34]", maxPieces)
		return nil
	}
	var all [][]Point
	for i := range across * down {
		copied := make([]Point, len(one))
		for j, q := range one {
			copied[j] = Point{q[0] + i%across*dx, q[1] + i/across*dy}
			if !p.inside(&r.Repeat, copied[j]) {
				return all
			}
		}
		all = append(all, copied)
	}
	return all
}

// shape is a rectangle's four corners, or the points.
func (p *planner) shape(whole any, rect *conf.Box, points *[]conf.Point, atLeast int) []Point {
	switch {
	case p.doc.Wrote(rect) == p.doc.Wrote(points):
		p.doc.Reportf(whole, "give either rect or points here")
		return nil
	case !p.doc.Wrote(rect):
		return p.line(points, *points, atLeast)
	case !p.four(rect, "x, y, width, height"):
		return nil
	}
	x, y, w, h := (*rect)[0], (*rect)[1], (*rect)[2], (*rect)[3]
	if w < 1 || h < 1 {
		p.doc.Reportf(rect, "rect is x, y, width, height, and has no area; give it width and height")
		return nil
	}
	if !p.inside(rect, Point{x, y}) || !p.inside(rect, Point{x + w, y + h}) {
		return nil
	}
	return []Point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
}

func (p *planner) line(field any, points []conf.Point, atLeast int) []Point {
	if len(points) < atLeast {
		p.doc.Reportf(field, "needs at least %d points, written [x, y]", atLeast)
	}
	out := make([]Point, len(points))
	for i := range points {
		out[i] = p.point(&points[i])
	}
	return out
}

func (p *planner) point(at *conf.Point) Point {
	if len(*at) != 2 {
		p.doc.Reportf(at, "a point is written [x, y], with two numbers")
		return Point{}
	}
	q := Point{(*at)[0], (*at)[1]}
	p.inside(at, q)
	return q
}

func (p *planner) four(b *conf.Box, what string) bool {
	if len(*b) != 4 {
		p.doc.Reportf(b, "needs four numbers: [%s]", what)
	}
	return len(*b) == 4
}

// inside reports a point outside the drawing.
func (p *planner) inside(field any, q Point) bool {
	ok := between(0, q[0], PlanWidth) && between(0, q[1], p.written.Height)
	if !ok {
		p.doc.Reportf(field, "%d, %d lies outside the drawing, which is %d wide and %d high", q[0], q[1], PlanWidth, p.written.Height)
	}
	return ok
}

func (p *planner) spot(r *spotRecord, plan *Plan) PlanCamera {
	out := PlanCamera{ID: vms.CameraID(r.ID), Angle: r.Angle, FOV: usualFOV, Reach: usualReach}
	if p.doc.Wrote(&r.FOV) {
		out.FOV = r.FOV
	}
	if p.doc.Wrote(&r.Reach) {
		out.Reach = r.Reach
	}
	at := p.point(&r.At)
	out.X, out.Y = at[0], at[1]
	if !Encloses(plan.Outline, at) {
		p.doc.Reportf(&r.At, "%d, %d lies outside the outline; cameras hang within it", at[0], at[1])
	}
	p.within(&r.Angle, "angle", r.Angle, 0, 359)
	p.within(&r.FOV, "fov", out.FOV, 1, 360)
	p.within(&r.Reach, "reach", out.Reach, 1, PlanWidth)
	switch cam := p.set.byID[out.ID]; {
	case cam == nil:
		p.doc.Reportf(&r.ID, "camera %q is in no camera file; correct the id or remove it from the plan", r.ID)
	case cam.Site != plan.Site || cam.Floor != plan.Floor:
		p.doc.Reportf(&r.ID, "camera %q hangs at site %q, floor %q, and this is the plan of %q, %q; draw it there", r.ID, cam.Site, cam.Floor, plan.Site, plan.Floor)
	case p.drawn[out.ID] != "":
		p.doc.Reportf(&r.ID, "camera %q is drawn before, on plan %q; keep one", r.ID, p.drawn[out.ID])
	default:
		p.drawn[out.ID] = plan.ID
	}
	return out
}

func (p *planner) within(field *int, name string, value, from, to int) {
	if value < from || value > to {
		p.doc.Reportf(field, "%s %d is not between %d and %d", name, value, from, to)
	}
}
