package gateway

import (
	"context"
	"net/http"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/staff"
	"yagura/internal/vms"
)

type postBody struct {
	ID          string       `json:"id"`
	Login       string       `json:"login"`
	Name        string       `json:"name"`
	Post        string       `json:"post"`
	Title       string       `json:"title" doc:"the post in Japanese"`
	Unit        string       `json:"unit" doc:"id; empty: the whole ward"`
	UnitName    string       `json:"unit_name"`
	Kind        string       `json:"kind" enum:"regular,concurrent,acting" doc:"本務, 兼務, 事務取扱"`
	From        vms.Instant  `json:"from" format:"date-time"`
	To          *vms.Instant `json:"to" format:"date-time" doc:"null: without end"`
	State       string       `json:"state" enum:"accepted,waiting,refused"`
	Footage     bool         `json:"footage" doc:"the post sees footage"`
	RequestedBy string       `json:"requested_by" doc:"login, or another name for a command line"`
	RequestedAt vms.Instant  `json:"requested_at" format:"date-time"`
	DecidedBy   string       `json:"decided_by"`
	Mine        bool         `json:"mine" doc:"this person asked for it, or is appointed: somebody else approves"`
}

type memberBody struct {
	Login     string     `json:"login"`
	Name      string     `json:"name"`
	Kana      string     `json:"kana"`
	Number    string     `json:"number" doc:"of the staff; empty: none"`
	Disabled  bool       `json:"disabled"`
	Directory bool       `json:"directory" doc:"the ward's directory says who they are"`
	New       bool       `json:"new" doc:"has no password yet, and comes in by a code"`
	Posts     []postBody `json:"posts" nullable:"false" doc:"past, present and future, and those that wait or were refused; oldest first"`
}

func (g *Gateway) describePost(ctx context.Context, a identity.Appointment, name string) postBody {
	me := who(ctx).session.Person.Login
	b := postBody{a.ID, a.Login, name, string(a.Post), a.Post.Title(), a.Unit, "", string(a.Kind), a.From, &a.To, a.State, a.Post.GivesFootage(),
		a.RequestedBy, a.RequestedAt, a.DecidedBy, a.RequestedBy == me || a.Login == me}
	if a.Unit != "" {
		b.UnitName = g.unitName(a.Unit)
	}
	if a.To == camera.Forever {
		b.To = nil
	}
	return b
}

func (g *Gateway) describeMember(ctx context.Context, m *identity.Member) memberBody {
	b := memberBody{m.Login, m.Name, m.Kana, m.Number, m.Disabled, m.Directory, m.New, []postBody{}}
	for _, a := range m.Appointments {
		b.Posts = append(b.Posts, g.describePost(ctx, a, m.Name))
	}
	for _, a := range m.Requested {
		b.Posts = append(b.Posts, g.describePost(ctx, a, m.Name))
	}
	return b
}

type listPeopleInput struct {
	Q     string `query:"q" maxLength:"100" doc:"in login, staff number, name or kana"`
	Unit  string `query:"unit" maxLength:"64" doc:"an appointment there or below, on the day"`
	Post  string `query:"post" maxLength:"64"`
	Day   string `query:"day" maxLength:"10" doc:"YYYY-MM-DD; today when left out"`
	State string `query:"state" enum:"active,disabled,new,waiting,none" doc:"none: without a post on the day"`
}

type peopleOutput struct {
	Body struct {
		People     []memberBody `json:"people" nullable:"false" doc:"in 建制順; at most 200"`
		Total      int          `json:"total"`
		At         vms.Instant  `json:"at" format:"date-time" doc:"what the day stands for"`
		MayChange  bool         `json:"may_change"`
		MayApprove bool         `json:"may_approve"`
		Directory  bool         `json:"directory" doc:"there is a directory that can say who people are"`
	}
}

func (g *Gateway) listPeople(ctx context.Context, in *listPeopleInput) (*peopleOutput, error) {
	c := asking(ctx)
	list, err := g.Staff.List(ctx, c, staff.Query{Text: in.Q, Unit: in.Unit, Post: identity.Post(in.Post), Day: in.Day, State: in.State})
	if err != nil {
		return nil, err
	}
	out := &peopleOutput{}
	out.Body.People, out.Body.Total, out.Body.At = []memberBody{}, list.Total, list.At
	out.Body.MayChange, out.Body.MayApprove = g.Staff.MayChange(c)
	out.Body.Directory = g.Directory != nil || g.DirectoryPasswords
	for _, m := range list.People {
		out.Body.People = append(out.Body.People, g.describeMember(ctx, m))
	}
	return out, nil
}

type memberOutput struct{ Body memberBody }

func (g *Gateway) memberOutput(ctx context.Context, m *identity.Member, err error) (*memberOutput, error) {
	if err != nil {
		return nil, err
	}
	return &memberOutput{g.describeMember(ctx, m)}, nil
}

type addPersonInput struct {
	Body struct {
		Login  string `json:"login" maxLength:"64"`
		Name   string `json:"name" maxLength:"60"`
		Kana   string `json:"kana,omitempty" maxLength:"60"`
		Number string `json:"number,omitempty" maxLength:"20"`
	}
}

func (g *Gateway) addPerson(ctx context.Context, in *addPersonInput) (*memberOutput, error) {
	b := in.Body
	m, err := g.Staff.Add(ctx, asking(ctx), identity.Person{Login: b.Login, Name: b.Name, Kana: b.Kana, Number: b.Number})
	return g.memberOutput(ctx, m, err)
}

type editPersonInput struct {
	Login string `path:"login" maxLength:"64"`
	Body  struct {
		Name     string `json:"name" maxLength:"60"`
		Kana     string `json:"kana" maxLength:"60"`
		Number   string `json:"number" maxLength:"20"`
		Disabled bool   `json:"disabled" doc:"sessions and views end at once"`
	}
}

func (g *Gateway) editPerson(ctx context.Context, in *editPersonInput) (*memberOutput, error) {
	b := in.Body
	m, err := g.Staff.Edit(ctx, asking(ctx), identity.Person{Login: in.Login, Name: b.Name, Kana: b.Kana, Number: b.Number, Disabled: b.Disabled})
	return g.memberOutput(ctx, m, err)
}

type orgUnitBody struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Kind    string     `json:"kind" enum:"department,section,team,office"`
	Parent  string     `json:"parent" doc:"id; empty: a 部"`
	Depth   int        `json:"depth"`
	Head    string     `json:"head" doc:"the post of its head; empty: it has none"`
	Title   string     `json:"title" doc:"the same in Japanese"`
	Heads   []headBody `json:"heads" nullable:"false"`
	Vacant  bool       `json:"vacant" doc:"nobody holds the head's post"`
	Cameras int        `json:"cameras"`
}

type headBody struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Kind  string `json:"kind" enum:"regular,concurrent,acting"`
}

type unitsInput struct {
	Day string `query:"day" maxLength:"10" doc:"YYYY-MM-DD; today when left out"`
}

type unitsOutput struct {
	Body struct {
		Units []orgUnitBody `json:"units" nullable:"false" doc:"of that day, in 建制順"`
	}
}

func (g *Gateway) listUnits(ctx context.Context, in *unitsInput) (*unitsOutput, error) {
	units, err := g.Staff.Units(ctx, asking(ctx), in.Day)
	out := &unitsOutput{}
	out.Body.Units = describeUnits(units)
	return out, err
}

func describeUnits(units []staff.Unit) []orgUnitBody {
	out := []orgUnitBody{}
	for _, u := range units {
		b := orgUnitBody{u.ID, u.Name, u.Kind, u.Parent, u.Depth, string(u.Post), u.Post.Title(), []headBody{}, u.Vacant, u.Cameras}
		for _, h := range u.Heads {
			b.Heads = append(b.Heads, headBody{h.Login, h.Name, string(h.Kind)})
		}
		out = append(out, b)
	}
	return out
}

type postsOutput struct {
	Body struct {
		Appointments []postBody `json:"appointments" nullable:"false" doc:"that wait for a second person, oldest first"`
		MayApprove   bool       `json:"may_approve"`
	}
}

func (g *Gateway) listWaiting(ctx context.Context, _ *struct{}) (*postsOutput, error) {
	c := asking(ctx)
	waiting, err := g.Staff.Waiting(ctx, c)
	out, names := &postsOutput{}, g.names()
	out.Body.Appointments = []postBody{}
	_, out.Body.MayApprove = g.Staff.MayChange(c)
	for _, a := range waiting {
		out.Body.Appointments = append(out.Body.Appointments, g.describePost(ctx, a, names.of(ctx, a.Login)))
	}
	return out, err
}

type appointInput struct {
	Body struct {
		Login string `json:"login" maxLength:"64"`
		Post  string `json:"post" enum:"department_head,general_manager,crisis_management,facilities,auditor,information_security,executing_officer,clerk,log_analyst,administrator"`
		Unit  string `json:"unit,omitempty" maxLength:"64"`
		Kind  string `json:"kind,omitempty" enum:"regular,concurrent,acting"`
		From  string `json:"from,omitempty" format:"date" doc:"first day; now when left out"`
		To    string `json:"to,omitempty" format:"date" doc:"the day it is over; without end when left out"`
	}
}

type postOutput struct {
	Status int
	Body   postBody
}

func (g *Gateway) postOutput(ctx context.Context, status int, a identity.Appointment, err error) (*postOutput, error) {
	if err != nil {
		return nil, err
	}
	return &postOutput{status, g.describePost(ctx, a, g.names().of(ctx, a.Login))}, nil
}

func (g *Gateway) appoint(ctx context.Context, in *appointInput) (*postOutput, error) {
	b := in.Body
	a := identity.Appointment{Login: b.Login, Post: identity.Post(b.Post), Unit: b.Unit, Kind: identity.Kind(b.Kind)}
	var err error
	if a.From, err = day(b.From); err == nil {
		a.To, err = day(b.To)
	}
	if err != nil {
		return nil, err
	}
	a, err = g.Staff.Appoint(ctx, asking(ctx), a)
	return g.postOutput(ctx, http.StatusCreated, a, err)
}

// day is the beginning of a day in Japan; 0 of "".
func day(text string) (vms.Instant, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, conf.JST)
	if err != nil {
		return 0, vms.Errorf(vms.Invalid, "bad-day", "日付「%s」を読み取れません。 %q is not a day.", text, text)
	}
	return vms.InstantOf(t), nil
}

func (g *Gateway) approvePost(ctx context.Context, in *ofID) (*postOutput, error) {
	a, err := g.Staff.Decide(ctx, asking(ctx), in.ID, true)
	return g.postOutput(ctx, http.StatusOK, a, err)
}

func (g *Gateway) refusePost(ctx context.Context, in *ofID) (*postOutput, error) {
	a, err := g.Staff.Decide(ctx, asking(ctx), in.ID, false)
	return g.postOutput(ctx, http.StatusOK, a, err)
}

type endPostInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Day string `json:"day,omitempty" format:"date" doc:"the day it is over; at once when left out"`
	}
}

func (g *Gateway) endPost(ctx context.Context, in *endPostInput) (*postOutput, error) {
	at, err := day(in.Body.Day)
	if err != nil {
		return nil, err
	}
	a, err := g.Staff.End(ctx, asking(ctx), in.ID, at)
	return g.postOutput(ctx, http.StatusOK, a, err)
}
