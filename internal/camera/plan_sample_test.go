package camera_test

import (
	"math"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/vms"
)

// TestSamplePlansAreDrawnWell: every camera once, in the room the camera file says, looking at nothing
// beyond its walls; and nothing that is written covers a camera or another word.
func TestSamplePlansAreDrawnWell(t *testing.T) {
	set := sample(t)
	now := vms.InstantOf(time.Now())
	drawn := map[vms.CameraID]int{}
	for _, plan := range set.Plans {
		walls := append(lines(plan.Walls...), lines(append(plan.Outline, plan.Outline[0]))...)
		words := wordsOf(plan)
		for i, c := range plan.Cameras {
			drawn[c.ID]++
			place, _ := set.Find(c.ID).PlacementAt(now)
			require.True(t, looksWithin(plan, place.Room, walls, c), "%s: %s looks out of %s", plan.ID, c.ID, place.Room)
			for _, other := range plan.Cameras[:i] {
				require.Greater(t, math.Hypot(float64(c.X-other.X), float64(c.Y-other.Y)), 60.0, "%s: %s and %s", plan.ID, c.ID, other.ID)
			}
			for _, w := range words {
				require.False(t, w.covers(c.X, c.Y, 12), "%s: %s covers %s", plan.ID, w.text, c.ID)
			}
		}
		for i, w := range words {
			require.True(t, w.x0 > 0 && w.x1 < camera.PlanWidth && w.y0 > 0 && w.y1 < plan.Height, "%s: %s leaves the drawing", plan.ID, w.text)
			for _, other := range words[:i] {
				require.False(t, w.x0 < other.x1 && other.x0 < w.x1 && w.y0 < other.y1 && other.y0 < w.y1, "%s: %s and %s", plan.ID, w.text, other.text)
			}
		}
	}
	require.Len(t, drawn, len(set.Cameras))
	for id, n := range drawn {
		require.Equal(t, 1, n, id)
	}
}

type stretch [2]camera.Point

func lines(all ...[]camera.Point) (out []stretch) {
	for _, points := range all {
		for i := 1; i < len(points); i++ {
			out = append(out, stretch{points[i-1], points[i]})
		}
	}
	return out
}

// looksWithin reports whether what the camera sees lies in a room of that name, before any wall.
func looksWithin(plan *camera.Plan, room string, walls []stretch, c camera.PlanCamera) bool {
	for _, r := range plan.Rooms {
		if r.Name == room && camera.Encloses(r.Points, camera.Point{c.X, c.Y}) && seesOnly(r.Points, walls, c) {
			return true
		}
	}
	return false
}

func seesOnly(area []camera.Point, walls []stretch, c camera.PlanCamera) bool {
	for turn := -c.FOV / 2; turn <= c.FOV/2; turn += 5 {
		angle := float64(c.Angle+turn) * math.Pi / 180
		for _, part := range []float64{0.5, 1} {
			far := camera.Point{c.X + int(part*float64(c.Reach)*math.Cos(angle)), c.Y + int(part*float64(c.Reach)*math.Sin(angle))}
			if !camera.Encloses(area, far) {
				return false
			}
			for _, w := range walls {
				if cross(stretch{{c.X, c.Y}, far}, w) {
					return false
				}
			}
		}
	}
	return true
}

func cross(a, b stretch) bool {
	side := func(s stretch, q camera.Point) int {
		return (s[1][0]-s[0][0])*(q[1]-s[0][1]) - (s[1][1]-s[0][1])*(q[0]-s[0][0])
	}
	return side(a, b[0])*side(a, b[1]) < 0 && side(b, a[0])*side(b, a[1]) < 0
}

// word is where a text lies when the drawing is as wide on screen as its units.
type word struct {
	text           string
	x0, y0, x1, y1 int
}

func wordsOf(p *camera.Plan) (all []word) {
	add := func(text string, x, y, size int) {
		half := utf8.RuneCountInString(text) * size / 2
		if len(text) == utf8.RuneCountInString(text) {
			half = half * 6 / 10 // latin letters are narrow
		}
		all = append(all, word{text, x - half, y - size/2, x + half, y + size/2})
	}
	for _, r := range p.Rooms {
		add(r.Name, r.Label[0], r.Label[1], 22)
	}
	for _, l := range p.Labels {
		add(l.Text, l.X, l.Y, map[bool]int{true: 18, false: 22}[l.Minor])
	}
	return all
}

func (w word) covers(x, y, r int) bool {
	return x > w.x0-r && x < w.x1+r && y > w.y0-r && y < w.y1+r
}
