package rights

import (
	"context"
	"errors"
	"slices"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Question is what the simulator is asked. Without a person and without a camera it counts.
type Question struct {
	Who    string // login: what could they see
	Camera vms.CameraID
	At     vms.Instant // as of when; 0: now
	Draft  *Draft      // what would change; nil: nothing
}

// Draft is one change that is not saved.
type Draft struct {
	Rules       string // text of rules.csv
	Tests       string // text of access_test.yaml; "": that in force
	Appointment *identity.Appointment
	Grant       *identity.Grant // or denial
}

// Row is what one person may do to one camera: now, and with the draft.
type Row struct {
	Person     *identity.Person
	Camera     *camera.Camera
	Now, After access.Rights
	why, then  *access.Survey
}

// Rule is what says so to the n-th action.
func (r *Row) Rule(n int) string { return r.why.Why(r.Now[n]) }

// RuleAfter likewise with the draft.
func (r *Row) RuleAfter(n int) string { return r.then.Why(r.After[n]) }

// Change is what a draft gives somebody, or takes away: an action on cameras.
type Change struct {
	Person  *identity.Person
	Action  access.Action
	Gain    bool
	Cameras []*camera.Camera
}

// PostChange is the same of a post, by the rules alone.
type PostChange struct {
	access.Gain
	Wider bool
}

// Difference is what a change of rules, people or cameras does to rights.
type Difference struct {
	Changes []Change     // by person, in the order of actions
	Posts   []PostChange // where rules differ
	Tests   int          // rows of the policy's own tests
	Failing []string     // and what fails of them: the draft would not take effect
}

// Count is somebody's cameras, or a camera's people.
type Count struct {
	Person     *identity.Person
	Camera     *camera.Camera
	Live, Past int
}

// Answer is what the simulator says.
type Answer struct {
	At      vms.Instant
	Rows    []Row // cameras of a person, people of a camera
	Others  int   // who may do nothing, or of which nothing may be known
	People  []Count
	Cameras []Count
	Difference
}

// Simulate answers a question. Somebody who may not ask about everybody may ask who can see a camera
// whose viewers they may know, as of now. Refusals are logged.
func (r *Room) Simulate(ctx context.Context, c identity.Caller, q Question) (*Answer, error) {
	now := r.Now()
	set := r.Cameras()
	if err := r.mayAskThis(c, q, set); err != nil {
		return nil, r.did(ctx, c, audit.Simulate, q.Camera, q.Who, err)
	}
	if q.At == 0 {
		q.At = now
	}
	people, err := r.everybody(ctx)
	if err != nil {
		return nil, err
	}
	cam := set.Find(q.Camera)
	i := slices.IndexFunc(people, func(p *identity.Person) bool { return p.Login == q.Who })
	switch {
	case q.Camera != "" && cam == nil:
		return nil, errNoCamera
	case q.Who != "" && i < 0:
		return nil, vms.Errorf(vms.NotFound, "no-person", "その職員IDの人はいません。 No person has this login.")
	}
	before := access.NewSurvey(r.Access.Policy(), set, q.At)
	a := &Answer{At: q.At}
	after, draft := before, people
	if q.Draft != nil {
		if after, draft, err = r.drafted(ctx, q, people, a); err != nil {
			return nil, err
		}
		a.Changes = differences(before, after, people, draft, set.Cameras, set.Cameras)
	}
	cams := set.Cameras
	switch {
	case q.Who == "" && cam == nil:
		r.count(c, a, before, people, set)
		return a, nil
	case cam != nil:
		cams = []*camera.Camera{cam}
	}
	if i >= 0 {
		people, draft = people[i:i+1], draft[i:i+1]
	}
	a.list(before, after, people, draft, cams, r.MayAsk(c.Person))
	return a, nil
}

var errNoCamera = vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")

func (r *Room) mayAskThis(c identity.Caller, q Question, set *camera.Set) error {
	if r.MayAsk(c.Person) {
		return nil
	}
	if q.Who != "" || q.Draft != nil || q.At != 0 {
		return errPost
	}
	if q.Camera == "" {
		if r.overseesAny(c.Person, set) {
			return nil
		}
		return errPost
	}
	if cam := set.Find(q.Camera); cam != nil {
		if err := r.Access.Check(c.Person, access.WhoViewed, cam, 0, "", r.Now()).Err(); !errors.Is(err, vms.NotFound) {
			return err
		}
	}
	return errNoCamera
}

func (r *Room) oversees(p *identity.Person, cam *camera.Camera) bool {
	return r.Access.Check(p, access.WhoViewed, cam, 0, "", r.Now()).Allow
}

func (r *Room) overseesAny(p *identity.Person, set *camera.Set) bool {
	return slices.ContainsFunc(set.Cameras, func(cam *camera.Camera) bool { return r.oversees(p, cam) })
}

// list makes the rows of the answer. Whom a denial is about is told only to those who may ask about everybody.
func (a *Answer) list(before, after *access.Survey, people, draft []*identity.Person, cams []*camera.Camera, all bool) {
	for i, p := range people {
		for _, cam := range cams {
			row := Row{Person: p, Camera: cam, Now: before.Of(p, cam), After: after.Of(draft[i], cam), why: before, then: after}
			if row.Now.None() && row.After.None() && len(people) > 1 || !all && row.Now.Excluded() {
				a.Others++
				continue
			}
			a.Rows = append(a.Rows, row)
		}
	}
}

// count fills in how much everybody may see, and by how many people each camera may be seen: for whoever
// may not ask about everybody, of their own cameras alone.
func (r *Room) count(c identity.Caller, a *Answer, s *access.Survey, people []*identity.Person, set *camera.Set) {
	all := r.MayAsk(c.Person)
	cams := set.Cameras
	if !all {
		cams = slices.DeleteFunc(slices.Clone(cams), func(cam *camera.Camera) bool { return !r.oversees(c.Person, cam) })
	}
	live, past := slices.Index(access.CameraActions, access.Live), slices.Index(access.CameraActions, access.Past)
	a.Cameras = make([]Count, len(cams))
	for i, cam := range cams {
		a.Cameras[i].Camera = cam
	}
	for _, p := range people {
		n := Count{Person: p}
		for i, cam := range cams {
			rights := s.Of(p, cam)
			if rights[live].Answer >= access.Purpose {
				n.Live++
				a.Cameras[i].Live++
			}
			if rights[past].Answer >= access.Purpose {
				n.Past++
				a.Cameras[i].Past++
			}
		}
		if all {
			a.People = append(a.People, n)
		}
	}
}

// drafted is how things would be with the draft.
func (r *Room) drafted(ctx context.Context, q Question, people []*identity.Person, a *Answer) (*access.Survey, []*identity.Person, error) {
	d, policy := q.Draft, r.Access.Policy()
	if d.Rules != "" {
		var err error
		if policy, err = r.draftedPolicy(ctx, d, a); err != nil {
			return nil, nil, err
		}
	}
	if d.Appointment != nil {
		drafted, err := appointed(people, *d.Appointment, q.At)
		if err != nil {
			return nil, nil, err
		}
		people = drafted
	}
	if d.Grant != nil {
		if err := r.complete(d.Grant); vms.Code(err) != "reason-required" && err != nil {
			return nil, nil, err
		}
		drafted, err := granted(people, *d.Grant, q.At)
		if err != nil {
			return nil, nil, err
		}
		people = drafted
	}
	return access.NewSurvey(policy, r.Cameras(), q.At), people, nil
}

// granted is everybody with one grant or denial more.
func granted(people []*identity.Person, g identity.Grant, at vms.Instant) ([]*identity.Person, error) {
	i := slices.IndexFunc(people, func(p *identity.Person) bool { return p.Login == g.Login })
	if i < 0 {
		return nil, vms.Errorf(vms.NotFound, "no-person", "その職員IDの人はいません。 No person has this login.")
	}
	g.ID, g.From, g.To, g.State = "draft", at, camera.Forever, "accepted"
	out := slices.Clone(people)
	p := *people[i]
	p.Grants = append(slices.Clone(p.Grants), g)
	out[i] = &p
	return out, nil
}

func (r *Room) draftedPolicy(ctx context.Context, d *Draft, a *Answer) (*access.Policy, error) {
	i := slices.IndexFunc(r.Files, func(s *camera.Store) bool { return s.Kind == "policies" })
	now, err := r.Files[i].Current(ctx)
	if err != nil {
		return nil, err
	}
	files := slices.Clone(now.Files)
	for i := range files {
		switch {
		case files[i].Name == access.RulesName:
			files[i].Data = d.Rules
		case files[i].Name == access.TestsName && d.Tests != "":
			files[i].Data = d.Tests
		}
	}
	policy, rows, failing, err := access.Draft(files)
	if problems := (conf.Problems)(nil); errors.As(err, &problems) {
		return nil, vms.Errorf(vms.Invalid, "bad-policy", "%s", err)
	}
	if err != nil {
		return nil, err
	}
	a.Tests, a.Failing = rows, words(failing)
	a.Posts = postChanges(r.Access.Policy(), policy)
	return policy, nil
}

func words(problems conf.Problems) (out []string) {
	for _, p := range problems {
		out = append(out, p.String())
	}
	return out
}

func postChanges(before, after *access.Policy) (out []PostChange) {
	for _, g := range after.Gains(before) {
		out = append(out, PostChange{g, true})
	}
	for _, g := range before.Gains(after) {
		out = append(out, PostChange{g, false})
	}
	return out
}

// appointed is everybody with one appointment more.
func appointed(people []*identity.Person, a identity.Appointment, at vms.Instant) ([]*identity.Person, error) {
	i := slices.IndexFunc(people, func(p *identity.Person) bool { return p.Login == a.Login })
	switch {
	case i < 0:
		return nil, vms.Errorf(vms.NotFound, "no-person", "その職員IDの人はいません。 No person has this login.")
	case !slices.Contains(identity.Posts, a.Post):
		return nil, vms.Errorf(vms.Invalid, "bad-post", "%q is not a post; posts are %v", a.Post, identity.Posts)
	}
	if a.To == 0 {
		a.To = camera.Forever
	}
	a.From, a.State = min(a.From, at), "accepted"
	out := slices.Clone(people)
	p := *people[i]
	p.Appointments = append(slices.Clone(p.Appointments), a)
	out[i] = &p
	return out, nil
}

// Compare is what changes for everybody between two surveys: people as they are, in the same order as they
// would be, and the cameras of either.
func Compare(before, after *access.Survey, people, drafted []*identity.Person, had, has []*camera.Camera) []Change {
	return differences(before, after, people, drafted, had, has)
}

// differences compares everybody's rights on every camera of either configuration.
func differences(before, after *access.Survey, people, drafted []*identity.Person, had, has []*camera.Camera) (out []Change) {
	pairs := paired(had, has)
	for i, p := range people {
		var gains, losses [len(access.Rights{})][]*camera.Camera
		for _, pair := range pairs {
			var was, is access.Rights
			if pair[0] != nil {
				was = before.Of(p, pair[0])
			}
			if pair[1] != nil {
				is = after.Of(drafted[i], pair[1])
			}
			for n := range was {
				switch {
				case is[n].Answer > was[n].Answer, is[n].Answer == was[n].Answer && is[n].Answer > access.No && was[n].Earlier && !is[n].Earlier:
					gains[n] = append(gains[n], pair[1])
				case is[n].Answer < was[n].Answer, is[n].Answer > access.No && is[n].Earlier && !was[n].Earlier:
					losses[n] = append(losses[n], pair[0])
				}
			}
		}
		for n, a := range access.CameraActions {
			if len(gains[n]) > 0 {
				out = append(out, Change{p, a, true, gains[n]})
			}
			if len(losses[n]) > 0 {
				out = append(out, Change{p, a, false, losses[n]})
			}
		}
	}
	return out
}

// paired matches cameras by id.
func paired(had, has []*camera.Camera) (out [][2]*camera.Camera) {
	place := map[vms.CameraID]int{}
	for _, cam := range had {
		place[cam.ID] = len(out)
		out = append(out, [2]*camera.Camera{cam, nil})
	}
	for _, cam := range has {
		if i, ok := place[cam.ID]; ok {
			out[i][1] = cam
			continue
		}
		out = append(out, [2]*camera.Camera{nil, cam})
	}
	return out
}
