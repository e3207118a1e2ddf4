package camera_test

import (
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

const planText = `site: annex
height: 400
outline: [[0, 0], [1000, 0], [1000, 400], [0, 400]]
rooms:
  - {name: 事務室, zone: business, rect: [10, 10, 400, 300]}
  - {name: 待合, zone: public, points: [[500, 0], [600, 0], [600, 90]], label: [580, 40]}
walls: [[[500, 0], [500, 400]]]
furniture:
  - {rect: [20, 20, 40, 20], repeat: [2, 2, 60, 50]}
  - {points: [[700, 10], [700, 90]]}
doors: [[500, 100, 500, 150]]
labels: [{text: 入口, at: [500, 390], minor: true}]
cameras:
  - {id: n-1, at: [20, 20], angle: 45}
`

func withPlan(plan string) []conf.File {
	return append(files(camText), conf.File{Name: "plans/annex.yaml", Data: plan})
}

func TestPlan(t *testing.T) {
	set, err := camera.Parse(withPlan(planText), "", env)
	require.NoError(t, err)
	require.Equal(t, []*camera.Plan{{ID: "annex", Site: "annex", SiteName: "annex", Name: "annex", Width: 1000, Height: 400,
		Outline: []camera.Point{{0, 0}, {1000, 0}, {1000, 400}, {0, 400}},
		Rooms: []camera.PlanRoom{
			{Name: "事務室", Zone: "business", Points: []camera.Point{{10, 10}, {410, 10}, {410, 310}, {10, 310}}, Label: camera.Point{210, 160}},
			{Name: "待合", Zone: "public", Points: []camera.Point{{500, 0}, {600, 0}, {600, 90}}, Label: camera.Point{580, 40}}},
		Walls: [][]camera.Point{{{500, 0}, {500, 400}}},
		Furniture: [][]camera.Point{
			{{20, 20}, {60, 20}, {60, 40}, {20, 40}, {20, 20}}, {{80, 20}, {120, 20}, {120, 40}, {80, 40}, {80, 20}},
			{{20, 70}, {60, 70}, {60, 90}, {20, 90}, {20, 70}}, {{80, 70}, {120, 70}, {120, 90}, {80, 90}, {80, 70}},
			{{700, 10}, {700, 90}}},
		Doors: [][4]int{{500, 100, 500, 150}}, Labels: []camera.PlanLabel{{"入口", 500, 390, true}},
		Cameras: []camera.PlanCamera{{"n-1", 20, 20, 45, 70, 90}},
	}}, set.Plans)
	_, ok := set.Plans[0].For(func(vms.CameraID) bool { return false })
	require.False(t, ok)
	require.Len(t, set.Plans[0].Cameras, 1)
}

func TestEveryMistakeInAPlanIsNamedWithItsPlace(t *testing.T) {
	spot := "  - {id: n-1, at: [20, 20], angle: 45}\n"
	for _, c := range []struct{ from, to, want string }{
		{"height: 400", "height: 400\ndepth: 3", `plans/annex.yaml:3:1: unknown key "depth"`},
		{"height: 400", "height: 40", `plans/annex.yaml:2:9: height 40 is not between 100 and 2000`},
		{"site: annex", "site: tower", `plans/annex.yaml:1:7: no camera hangs at site "tower"`},
		{"site: annex", "site: annex\nfloor: 2F", `plans/annex.yaml:15:10: camera "n-1" hangs at site "annex", floor ""`},
		{"{id: n-1, at", "{id: n-7, at", `plans/annex.yaml:14:10: camera "n-7" is in no camera file; correct the id or remove it`},
		{spot, spot + spot, `plans/annex.yaml:15:10: camera "n-1" is drawn before, on plan "annex"`},
		{"angle: 45", "angle: 360", `plans/annex.yaml:14:36: angle 360 is not between 0 and 359`},
		{"angle: 45", "angle: 45, fov: 0", `fov 0 is not between 1 and 360`},
		{"angle: 45", "angle: 45, reach: 2000", `reach 2000 is not between 1 and 1000`},
		{"at: [20, 20]", "at: [20, 401]", `20, 401 lies outside the drawing, which is 1000 wide and 400 high`},
		{"at: [20, 20]", "at: [20]", `plans/annex.yaml:14:19: a point is written [x, y]`},
		{"at: [20, 20]", "at: [20.5, 20]", `"20.5" is not a whole number`},
		{"[[0, 0], [1000, 0], [1000, 400], [0, 400]]", "[[100, 0], [1000, 0], [1000, 400], [100, 400]]", `plans/annex.yaml:14:19: 20, 20 lies outside the outline`},
		{"[[0, 0], [1000, 0], [1000, 400], [0, 400]]", "[[0, 0], [1000, 0]]", `plans/annex.yaml:3:10: needs at least 3 points`},
		{"rect: [10, 10, 400, 300]", "rect: [10, 10, 400, 391]", `plans/annex.yaml:5:39: 410, 401 lies outside the drawing`},
		{"rect: [10, 10, 400, 300]", "rect: [10, 10, 0, 300]", `has no area`},
		{"rect: [10, 10, 400, 300]", "rect: [10, 10]", `needs four numbers: [x, y, width, height]`},
		{"rect: [10, 10, 400, 300]", "label: [1, 1]", `give either rect or points`},
		{"zone: business", "zone: staff", `"staff" is not one of: public, business, secure`},
		{"repeat: [2, 2, 60, 50]", "repeat: [0, 2, 60, 50]", `repeat makes between 1 and 400`},
		{"repeat: [2, 2, 60, 50]", "repeat: [40, 2, 60, 50]", `lies outside the drawing`},
		{"repeat: [2, 2, 60, 50]", "repeat: [100000000, 100000000, 0, 0]", `repeat makes between 1 and 400`},
		{"doors: [[500, 100, 500, 150]]", "doors: [[500, 100]]", `plans/annex.yaml:11:9: needs four numbers`},
		{"walls: [[[500, 0], [500, 400]]]", "walls: [[[500, 0]]]", `needs at least 2 points`},
	} {
		require.Contains(t, planText, c.from)
		set, err := camera.Parse(withPlan(strings.Replace(planText, c.from, c.to, 1)), "", env)
		require.Nil(t, set, c.to)
		require.ErrorContains(t, err, c.want)
	}
	_, err := camera.Parse(append(files(camText), conf.File{Name: "plans/An nex.yaml", Data: planText}), "", env)
	require.ErrorContains(t, err, `rename "An nex"`)
}

func TestAPlanWidensNothing(t *testing.T) {
	history := func(yield func([]conf.File, error) bool) { yield(files(camText), nil) }
	none := func(yield func([]conf.File, error) bool) { yield(withPlan(planText), nil) }
	for _, c := range []struct {
		before iter.Seq2[[]conf.File, error]
		after  []conf.File
	}{{history, withPlan(planText)}, {none, files(camText)}, {none, withPlan(strings.Replace(planText, "[20, 20], angle", "[400, 20], angle", 1))}} {
		wider, err := camera.Wider(c.before, c.after)
		require.NoError(t, err)
		require.Empty(t, wider)
	}
	_, err := camera.Wider(history, withPlan(strings.Replace(planText, "id: n-1", "id: n-2", 1)))
	require.ErrorContains(t, err, "n-2", "what cannot be read is not proposed")
	require.NotEqual(t, conf.Hash(files(camText)), conf.Hash(withPlan(planText)), "a plan is part of the version")
}

func TestEncloses(t *testing.T) {
	square := []camera.Point{{0, 0}, {10, 0}, {10, 10}, {0, 10}}
	notched := []camera.Point{{0, 0}, {10, 0}, {10, 10}, {6, 10}, {6, 4}, {4, 4}, {4, 10}, {0, 10}}
	rapid.Check(t, func(t *rapid.T) {
		q := camera.Point{rapid.IntRange(-2, 12).Draw(t, "x"), rapid.IntRange(-2, 12).Draw(t, "y")}
		in := q[0] >= 0 && q[0] <= 10 && q[1] >= 0 && q[1] <= 10
		require.Equal(t, in, camera.Encloses(square, q), q)
		notch := q[0] > 4 && q[0] < 6 && q[1] > 4
		require.Equal(t, in && !notch, camera.Encloses(notched, q), q)
	})
}
