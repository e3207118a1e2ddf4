package access

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// The policy tests: rows of *_test.yaml, played in a small world of their own.

type testFile struct {
	Tests []testRow `yaml:"tests" jsonschema:"required"`
	End   bool      `yaml:"end" jsonschema:"required"` // the last key: a file cut short has none
}

type testRow struct {
	Who     conf.Words    `yaml:"who" jsonschema:"required"`
	Camera  string        `yaml:"camera"`
	Unit    string        `yaml:"unit"`
	At      conf.Date     `yaml:"at"`
	Now     conf.Date     `yaml:"now"`
	Ago     conf.Duration `yaml:"ago"` // how old the footage is, instead of at
	Grant   testGrant     `yaml:"grant"`
	Deny    testGrant     `yaml:"deny"`
	Purpose string        `yaml:"purpose"`
	Yes     []string      `yaml:"yes"`
	Ask     []string      `yaml:"ask"`
}

// testGrant is a time-limited right, or a denial, that is in force in the row.
type testGrant struct {
	Actions   []string `yaml:"actions"`
	Camera    string   `yaml:"camera"`
	Unit      string   `yaml:"unit"`
	Emergency bool     `yaml:"emergency"` // 緊急閲覧, begun a minute ago
}

func (g *testGrant) given() bool { return g.Camera != "" || g.Unit != "" || g.Emergency }

func (g *testGrant) grant(kind string, now vms.Instant) identity.Grant {
	out := identity.Grant{ID: "test", Kind: kind, Unit: g.Unit, Actions: g.Actions, From: now.Add(-time.Minute), To: now.Add(time.Hour), State: "accepted"}
	if g.Camera != "" {
		out.Cameras = []vms.CameraID{vms.CameraID(g.Camera)}
	}
	if g.Emergency {
		out.Kind, out.Actions = identity.Emergency, texts(EmergencyActions)
	}
	return out
}

const worldOrganisation = `name: tests
units:
  - id: kumin
    name: 部
    units:
      - {id: koseki, name: 分野}
      - {id: zeimu, name: 分野}
      - {id: hoken, name: 分野, to: 2018-04-01, successors: [koseki]}
  - id: kankyo
    name: 部
    units: [{id: gomi, name: 分野}]
`

const worldCameras = `site: tests
cameras:
  - {id: c-koseki, name: t, kind: surveillance, section: koseki, starts: 2017-06-01, streams: {main: "rtsp://a/1"}}
  - {id: c-gomi, name: t, kind: surveillance, section: gomi, starts: 2017-06-01, streams: {main: "rtsp://a/2"}}
  - {id: c-shared, name: t, kind: surveillance, placements: [{from: 2017-06-01, sections: [koseki, gomi]}], streams: {main: "rtsp://a/3"}}
  - id: c-moved
    name: t
    kind: surveillance
    placements: [{from: 2017-06-01, sections: [koseki]}, {from: 2018-04-01, sections: [gomi]}]
    streams: {main: "rtsp://a/4"}
  - {id: c-hoken, name: t, kind: surveillance, section: hoken, starts: 2017-06-01, streams: {main: "rtsp://a/5"}}
  - {id: c-future, name: t, kind: surveillance, section: koseki, starts: 2099-04-01, streams: {main: "rtsp://a/6"}}
  - {id: c-security, name: t, kind: security, section: koseki, starts: 2017-06-01, streams: {main: "rtsp://a/7"}}
`

var testWorld = func() *camera.Set {
	set, err := camera.Parse([]conf.File{{Name: "organisation.yaml", Data: worldOrganisation},
		{Name: "cameras.yaml", Data: worldCameras}}, "", nil)
	if err != nil {
		panic("access: " + err.Error()) // both are constants
	}
	return set
}()

var testNow = vms.Instant(1577804400_000000) // 2020-01-01 in Japan

const testsEnd = "end: true"

// tests is one file, read.
type tests struct {
	doc     *conf.Doc
	written *testFile
}

func readTests(files []conf.File) (all []tests, found conf.Problems) {
	for _, f := range files {
		if !strings.HasSuffix(f.Name, "_test.yaml") {
			continue
		}
		if !strings.HasSuffix(strings.TrimSpace(f.Data), testsEnd) { // cheaper than to read it, and a cut never gets further
			found = append(found, conf.Problem{Pos: conf.Pos{File: f.Name}, Text: `the last line must be "` + testsEnd + `"; without it the file is taken as half-written`})
			continue
		}
		var written testFile
		doc := conf.Decode(f, "", nil, &written)
		if len(doc.Problems()) == 0 && !written.End {
			doc.Reportf(&written.End, "must be true")
		}
		found = append(found, doc.Problems()...)
		all = append(all, tests{doc, &written})
	}
	return all, found
}

// test plays a file's rows and reports where the policy answers otherwise.
func (p *Policy) test(t tests) conf.Problems {
	e := New()
	e.policy.Store(p)
	covered := map[string]bool{}
	for i := range t.written.Tests {
		p.testRow(e, t.doc, &t.written.Tests[i], covered)
	}
	for _, post := range identity.Posts {
		for _, what := range []string{"own camera", "other camera", "unit"} {
			if t.doc.File == TestsName && !covered[string(post)+" "+what] {
				t.doc.Reportf(&t.written.Tests, "no test for %s with %s; add a row", post, what)
			}
		}
	}
	return t.doc.Problems()
}

func (p *Policy) testRow(e *Engine, doc *conf.Doc, row *testRow, covered map[string]bool) {
	now := vms.Instant(cmp.Or(row.Now, conf.Date(testNow)))
	e.scene.Store(newScene(testWorld, now))
	person, why := row.person()
	cam := testWorld.Find(vms.CameraID(row.Camera))
	switch {
	case why != "":
		doc.Reportf(&row.Who, "%s", why)
		return
	case (row.Camera == "") == (row.Unit == ""), row.Camera != "" && cam == nil, row.Unit != "" && testWorld.Organisation.Find(row.Unit) == nil:
		doc.Reportf(row, "name one camera or unit of the tests' world")
		return
	}
	list := CameraActions
	if row.Unit != "" {
		list = UnitActions
	}
	for _, named := range slices.Concat(row.Yes, row.Ask) {
		if !slices.Contains(list, Action(named)) {
			doc.Reportf(row, "%q is not an action here; known are %v", named, list)
		}
	}
	use := strings.TrimSuffix(cmp.Or(row.Purpose, Incident), noPurpose)
	at := cmp.Or(vms.Instant(row.At), now.Add(-time.Duration(row.Ago)))
	if row.Grant.given() {
		person.Grants = append(person.Grants, row.Grant.grant(identity.Extra, now))
	}
	if row.Deny.given() {
		person.Grants = append(person.Grants, row.Deny.grant(identity.Denial, now))
	}
	for _, a := range list {
		d := Decision{}
		if cam != nil {
			d = e.Check(person, a, cam, at, use, now)
		} else {
			d = e.CheckUnit(person, a, row.Unit, now)
		}
		if got, want := d.word(), row.want(a); got != want {
			doc.Reportf(row, "%s: the rules answer %s, the test wants %s (%s)", a, got, want, d.Rule)
		}
	}
	row.cover(e, person, cam, at, covered)
}

// cover notes which kinds of row there are for the person's one post.
func (row *testRow) cover(e *Engine, person *identity.Person, cam *camera.Camera, at vms.Instant, covered map[string]bool) {
	if len(person.Appointments) != 1 {
		return
	}
	what := "unit"
	if cam != nil {
		what = "other camera"
		if owners, _ := e.scene.Load().ownersAt(cam, at); owners[person.Appointments[0].Unit] {
			what = "own camera"
		}
	}
	covered[string(person.Appointments[0].Post)+" "+what] = true
}

func (row *testRow) person() (*identity.Person, string) {
	p := &identity.Person{Login: "test"}
	for _, one := range row.Who {
		post, unit, _ := strings.Cut(one, " ")
		if _, ok := posts[identity.Post(post)]; !ok {
			return nil, fmt.Sprintf("%q is not a post; write for example department_head kumin", post)
		}
		if unit != "" && testWorld.Organisation.Find(unit) == nil {
			return nil, fmt.Sprintf("%q is not a unit of the tests' world", unit)
		}
		p.Appointments = append(p.Appointments, identity.Appointment{Post: identity.Post(post), Unit: unit,
			To: camera.Forever, State: "accepted"})
	}
	return p, ""
}

func (row *testRow) want(a Action) string {
	switch {
	case slices.Contains(row.Yes, string(a)):
		return "yes"
	case slices.Contains(row.Ask, string(a)):
		return "ask"
	}
	return "no"
}

func (d Decision) word() string {
	switch {
	case d.Allow:
		return "yes"
	case d.Ask:
		return "ask"
	}
	return "no"
}
