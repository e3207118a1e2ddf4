package gateway

import (
	"context"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/rights"
	"yagura/internal/vms"
)

type simulateInput struct {
	Body struct {
		Who    string       `json:"who,omitempty" maxLength:"64" doc:"login: what they could see"`
		Camera vms.CameraID `json:"camera,omitempty" doc:"who could see it"`
		At     string       `json:"at,omitempty" format:"date-time" doc:"as of when; left out: now"`
		Draft  *draftBody   `json:"draft,omitempty" doc:"a change that is not saved: what it would do"`
	}
}

type draftBody struct {
	Policies    string                `json:"policies,omitempty" maxLength:"131072" doc:"text of rules.csv"`
	Tests       string                `json:"tests,omitempty" maxLength:"131072" doc:"text of access_test.yaml; left out: that in force"`
	Appointment *draftAppointmentBody `json:"appointment,omitempty"`
	Grant       *draftGrantBody       `json:"grant,omitempty"`
}

type draftAppointmentBody struct {
	Login string `json:"login" maxLength:"64"`
	Post  string `json:"post" maxLength:"64"`
	Unit  string `json:"unit,omitempty" maxLength:"64"`
}

type draftGrantBody struct {
	Kind    string         `json:"kind" enum:"grant,denial"`
	Login   string         `json:"login" maxLength:"64"`
	Cameras []vms.CameraID `json:"cameras,omitempty" maxItems:"100"`
	Unit    string         `json:"unit,omitempty" maxLength:"64"`
	Actions []string       `json:"actions,omitempty" maxItems:"5"`
}

type someoneBody struct {
	Login string            `json:"login"`
	Name  string            `json:"name"`
	Posts []appointmentBody `json:"posts" nullable:"false" doc:"in force at the instant asked about"`
}

type camBody struct {
	ID       vms.CameraID `json:"id"`
	Number   string       `json:"number"`
	Name     string       `json:"name"`
	Kind     string       `json:"kind" enum:"surveillance,security"`
	SiteName string       `json:"site_name"`
	Floor    string       `json:"floor"`
}

type rightBody struct {
	Answer  string `json:"answer" enum:"no,ask,purpose,yes" doc:"purpose: yes, where a valid purpose is stated"`
	Earlier bool   `json:"earlier,omitempty" doc:"only footage from before the camera's present place"`
	Rule    int    `json:"rule" doc:"what says so: its place in rules"`
}

type rightsRow struct {
	Person someoneBody `json:"person"`
	Camera camBody     `json:"camera"`
	Now    []rightBody `json:"now" nullable:"false" doc:"in the order of actions"`
	After  []rightBody `json:"after,omitempty" doc:"with the draft"`
}

type countBody struct {
	Person *someoneBody `json:"person,omitempty"`
	Camera *camBody     `json:"camera,omitempty"`
	Live   int          `json:"live"`
	Past   int          `json:"past"`
}

type changeBody struct {
	Person  someoneBody `json:"person"`
	Action  string      `json:"action"`
	Gain    bool        `json:"gain" doc:"false: it is taken away"`
	Cameras []camBody   `json:"cameras" nullable:"false"`
}

type postChangeBody struct {
	Post     string `json:"post"`
	Title    string `json:"title"`
	Action   string `json:"action"`
	Relation string `json:"relation" enum:"own,other"`
	Gain     bool   `json:"gain"`
}

type DifferenceBody struct {
	Changes []changeBody     `json:"changes" nullable:"false" doc:"what people gain and lose"`
	Posts   []postChangeBody `json:"posts" nullable:"false" doc:"what posts gain and lose by the rules, for units too"`
	Tests   int              `json:"tests" doc:"rows of the policy's own tests; 0: none were run"`
	Failing []string         `json:"failing" nullable:"false" doc:"of them; with any, the draft would not take effect"`
}

type unitBody struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Parent string `json:"parent" doc:"id of the unit above; empty: none"`
}

type simulateOutput struct {
	Body struct {
		At      vms.Instant `json:"at" format:"date-time"`
		Actions []string    `json:"actions" nullable:"false"`
		Rules   []string    `json:"rules" nullable:"false"`
		Rows    []rightsRow `json:"rows" nullable:"false" doc:"the cameras of who, the people of camera"`
		Others  int         `json:"others" doc:"people without any right to the camera"`
		People  []countBody `json:"people" nullable:"false" doc:"asked about nobody: how many cameras each may see"`
		Cameras []countBody `json:"cameras" nullable:"false" doc:"likewise, by how many people each may be seen"`
		Units   []unitBody  `json:"units" nullable:"false" doc:"likewise, those of that instant"`
		DifferenceBody
	}
}

func (g *Gateway) simulate(ctx context.Context, in *simulateInput) (*simulateOutput, error) {
	b := in.Body
	q := rights.Question{Who: b.Who, Camera: b.Camera}
	if b.At != "" {
		var err error
		if q.At, err = vms.ParseInstant(b.At); err != nil {
			return nil, err
		}
	}
	if d := b.Draft; d != nil {
		q.Draft = &rights.Draft{Rules: d.Policies, Tests: d.Tests}
		if a := d.Appointment; a != nil {
			q.Draft.Appointment = &identity.Appointment{Login: a.Login, Post: identity.Post(a.Post), Unit: a.Unit}
		}
	}
	if d := b.Draft; d != nil && d.Grant != nil {
		r := d.Grant
		q.Draft.Grant = &identity.Grant{Kind: r.Kind, Login: r.Login, Cameras: r.Cameras, Unit: r.Unit, Actions: r.Actions}
	}
	a, err := g.Rights.Simulate(ctx, asking(ctx), q)
	if err != nil {
		return nil, err
	}
	return g.describeAnswer(a, q.Draft != nil, g.Rights.MayAsk(who(ctx).session.Person)), nil
}

// describeAnswer names rules once.
func (g *Gateway) describeAnswer(a *rights.Answer, drafted, all bool) *simulateOutput {
	out := &simulateOutput{}
	b := &out.Body
	b.At, b.Others = a.At, a.Others
	b.Actions, b.Rules, b.Rows, b.People, b.Cameras, b.Units = []string{}, []string{}, []rightsRow{}, []countBody{}, []countBody{}, []unitBody{}
	for _, action := range access.CameraActions {
		b.Actions = append(b.Actions, string(action))
	}
	places := map[string]int{}
	place := func(rule string) int {
		n, ok := places[rule]
		if !ok {
			n, places[rule] = len(b.Rules), len(b.Rules)
			b.Rules = append(b.Rules, rule)
		}
		return n
	}
	for i := range a.Rows {
		r := &a.Rows[i]
		row := rightsRow{Person: g.someone(r.Person, a.At), Camera: camOf(r.Camera)}
		for n := range r.Now {
			row.Now = append(row.Now, rightOf(r.Now[n], place(r.Rule(n))))
			if drafted {
				row.After = append(row.After, rightOf(r.After[n], place(r.RuleAfter(n))))
			}
		}
		b.Rows = append(b.Rows, row)
	}
	for _, n := range a.People {
		p := g.someone(n.Person, a.At)
		b.People = append(b.People, countBody{Person: &p, Live: n.Live, Past: n.Past})
	}
	for _, n := range a.Cameras {
		c := camOf(n.Camera)
		b.Cameras = append(b.Cameras, countBody{Camera: &c, Live: n.Live, Past: n.Past})
	}
	if all && len(a.People) > 0 {
		for _, u := range g.Cameras().Organisation.Units {
			if u.In(a.At) {
				b.Units = append(b.Units, unitBody{u.ID, u.Name, u.Parent})
			}
		}
	}
	b.DifferenceBody = g.describeDifference(&a.Difference, a.At)
	return out
}

var answerWords = map[access.Answer]string{access.No: "no", access.Ask: "ask", access.Purpose: "purpose", access.Yes: "yes"}

func rightOf(r access.Right, rule int) rightBody {
	return rightBody{answerWords[r.Answer], r.Earlier, rule}
}

func camOf(c *camera.Camera) camBody {
	return camBody{c.ID, c.Number, c.Name, string(c.Kind), c.SiteName, c.Floor}
}

func (g *Gateway) someone(p *identity.Person, at vms.Instant) someoneBody {
	b := someoneBody{Login: p.Login, Name: p.Name, Posts: []appointmentBody{}}
	for _, a := range p.Appointments {
		if a.InForce(at) {
			b.Posts = append(b.Posts, appointmentBody{string(a.Post), a.Post.Title(), a.Unit, g.unitName(a.Unit), a.From})
		}
	}
	return b
}

func (g *Gateway) describeDifference(d *rights.Difference, at vms.Instant) DifferenceBody {
	b := DifferenceBody{Changes: []changeBody{}, Posts: []postChangeBody{}, Tests: d.Tests, Failing: append([]string{}, d.Failing...)}
	for _, c := range d.Changes {
		one := changeBody{g.someone(c.Person, at), string(c.Action), c.Gain, nil}
		for _, cam := range c.Cameras {
			one.Cameras = append(one.Cameras, camOf(cam))
		}
		b.Changes = append(b.Changes, one)
	}
	for _, p := range d.Posts {
		b.Posts = append(b.Posts, postChangeBody{string(p.Post), p.Post.Title(), string(p.Action), p.Relation, p.Wider})
	}
	return b
}
