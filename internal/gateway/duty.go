package gateway

import (
	"context"
	"net/http"
	"time"

	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type normBody struct {
	Rounds  int `json:"rounds" doc:"a month" minimum:"1" maximum:"31"`
	Moments int `json:"moments" doc:"drawn at random for a round" minimum:"1" maximum:"20"`
}

type dutyUnitBody struct {
	Unit      string   `json:"unit"`
	UnitName  string   `json:"unit_name"`
	Parent    string   `json:"parent" doc:"id of the 部 above; empty: none"`
	Mine      bool     `json:"mine" doc:"the duty is this person's"`
	Cameras   int      `json:"cameras" doc:"now"`
	Norm      normBody `json:"norm"`
	Done      int      `json:"done" doc:"rounds finished this month"`
	Attention int      `json:"attention" doc:"moments of this month that needed attention"`
	OpenRound string   `json:"open_round" doc:"this person's; empty: none"`
}

type dutyOutput struct {
	Body struct {
		Month string         `json:"month" doc:"YYYY-MM, in Japan"`
		Units []dutyUnitBody `json:"units" nullable:"false"`
	}
}

func (g *Gateway) dutyUnits(ctx context.Context, _ *struct{}) (*dutyOutput, error) {
	month, units, err := g.Duty.Units(ctx, asking(ctx))
	out := &dutyOutput{}
	out.Body.Month, out.Body.Units = month.String(), []dutyUnitBody{}
	for _, u := range units {
		out.Body.Units = append(out.Body.Units, dutyUnitBody{u.ID, u.Name, u.Parent, u.Mine, u.Cameras, normBody(u.Norm), u.Done, u.Attention, u.Open})
	}
	return out, err
}

type setNormInput struct {
	Unit string `path:"unit"`
	Body normBody
}

type normOutput struct{ Body normBody }

func (g *Gateway) setDutyNorm(ctx context.Context, in *setNormInput) (*normOutput, error) {
	return &normOutput{in.Body}, g.Duty.SetNorm(ctx, asking(ctx), in.Unit, duty.Norm(in.Body))
}

type momentBody struct {
	N       int          `json:"n" doc:"from 1"`
	Camera  vms.CameraID `json:"camera"`
	At      vms.Instant  `json:"at" format:"date-time"`
	Why     string       `json:"why" enum:"random,gap,stall,outside_hours"`
	Cause   vms.Cause    `json:"cause" doc:"of a gap"`
	Length  float64      `json:"length" doc:"of what stood out, seconds; 0: an instant"`
	Result  string       `json:"result" enum:",fine,attention"`
	Note    string       `json:"note"`
	Checked *vms.Instant `json:"checked" format:"date-time"`
	Report  string       `json:"report" doc:"id of the report it led to; empty: none"`
}

type roundBody struct {
	ID       string       `json:"id"`
	Unit     string       `json:"unit"`
	UnitName string       `json:"unit_name"`
	By       string       `json:"by"`
	ByName   string       `json:"by_name"`
	Started  vms.Instant  `json:"started" format:"date-time"`
	Finished *vms.Instant `json:"finished" format:"date-time"`
	Until    vms.Instant  `json:"until" format:"date-time" doc:"until then moments can be marked, and marks corrected"`
	Moments  []momentBody `json:"moments" nullable:"false"`
}

type roundOutput struct {
	Status int
	Body   roundBody
}

type beginRoundInput struct {
	Body struct {
		Unit string `json:"unit" maxLength:"64"`
	}
}

// beginRound answers 201 for a round that was drawn, 200 for the one that is open.
func (g *Gateway) beginRound(ctx context.Context, in *beginRoundInput) (*roundOutput, error) {
	round, fresh, err := g.Duty.Begin(ctx, asking(ctx), in.Body.Unit)
	out, err := g.roundOutput(ctx, round, err)
	if err == nil && fresh {
		out.Status = http.StatusCreated
	}
	return out, err
}

type roundInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (g *Gateway) round(ctx context.Context, in *roundInput) (*roundOutput, error) {
	round, err := g.Duty.Round(ctx, asking(ctx), in.ID)
	return g.roundOutput(ctx, round, err)
}

type markInput struct {
	ID   string `path:"id" maxLength:"64"`
	N    int    `path:"n" minimum:"1"`
	Body struct {
		Result string `json:"result" enum:"fine,attention"`
		Note   string `json:"note,omitempty" maxLength:"500"`
	}
}

func (g *Gateway) markMoment(ctx context.Context, in *markInput) (*roundOutput, error) {
	round, err := g.Duty.Mark(ctx, asking(ctx), in.ID, in.N, in.Body.Result, in.Body.Note)
	return g.roundOutput(ctx, round, err)
}

func (g *Gateway) roundOutput(ctx context.Context, r *duty.Round, err error) (*roundOutput, error) {
	if err != nil {
		return nil, err
	}
	b := roundBody{ID: r.ID, Unit: r.Unit, UnitName: g.unitName(r.Unit), By: r.Login, ByName: who(ctx).session.Person.Name, Started: r.Started,
		Finished: orNull(r.Finished), Until: r.Until(), Moments: []momentBody{}}
	for _, m := range r.Moments {
		b.Moments = append(b.Moments, momentBody{m.N, m.Camera, m.From, string(m.Why), m.Cause, m.Duration().Seconds(), m.Result, m.Note, orNull(m.Checked), m.Report})
	}
	return &roundOutput{http.StatusOK, b}, nil
}

// orNull is null in JSON where there is no such instant.
func orNull(at vms.Instant) *vms.Instant {
	if at == 0 {
		return nil
	}
	return &at
}

func (g *Gateway) unitName(id string) string {
	if u := g.Cameras().Organisation.Find(id); u != nil {
		return u.Name
	}
	return id
}

// names looks up people's names, each once; a name that cannot be looked up is the login.
type names struct {
	people *identity.Registry
	known  map[string]string
}

func (g *Gateway) names() *names { return &names{g.Identity, map[string]string{}} }

func (n *names) of(ctx context.Context, login string) string {
	if _, ok := n.known[login]; !ok {
		n.known[login] = login
		if p, err := n.people.Person(ctx, login); err == nil {
			n.known[login] = p.Name
		}
	}
	return n.known[login]
}

type monthInput struct {
	Month string `path:"month" doc:"YYYY-MM, in Japan"`
	Unit  string `query:"unit" required:"true"`
}

type monthOutput struct {
	Body struct {
		Month    string      `json:"month"`
		Unit     string      `json:"unit"`
		UnitName string      `json:"unit_name"`
		Norm     normBody    `json:"norm"`
		Days     []dayBody   `json:"days" nullable:"false" doc:"on which something was checked"`
		Entries  []entryBody `json:"entries" nullable:"false" doc:"every view of the unit's cameras by its heads, oldest first"`
	}
}

type dayBody struct {
	Day       string `json:"day" format:"date" doc:"in Japan"`
	Rounds    int    `json:"rounds" doc:"finished"`
	Moments   int    `json:"moments" doc:"marked"`
	Attention int    `json:"attention"`
}

type entryBody struct {
	Started vms.Instant  `json:"started" format:"date-time"`
	Ended   *vms.Instant `json:"ended" format:"date-time" doc:"null: it runs"`
	ByTitle string       `json:"by_title"`
	ByName  string       `json:"by_name"`
	ByLogin string       `json:"by_login"`
	Camera  vms.CameraID `json:"camera"`
	Number  string       `json:"number"`
	Stream  string       `json:"stream"`
	Live    bool         `json:"live"`
	From    *vms.Instant `json:"from" format:"date-time" doc:"of the footage seen; null: not known (yet)"`
	To      *vms.Instant `json:"to" format:"date-time"`
	Purpose string       `json:"purpose"`
	Case    string       `json:"case"`
	Result  string       `json:"result" enum:",fine,attention"`
	Source  string       `json:"source" doc:"network address it was viewed at"`
}

func (g *Gateway) dutyMonth(ctx context.Context, in *monthInput) (*monthOutput, error) {
	month, err := duty.ParseMonth(in.Month)
	if err != nil {
		return nil, err
	}
	book, err := g.Duty.Book(ctx, asking(ctx), in.Unit, month)
	if err != nil {
		return nil, err
	}
	out := &monthOutput{}
	b := &out.Body
	b.Month, b.Unit, b.UnitName, b.Norm, b.Days, b.Entries = month.String(), book.Unit, book.Name, normBody(book.Norm), []dayBody{}, []entryBody{}
	for _, d := range book.Days {
		b.Days = append(b.Days, dayBody{d.Date.Format(time.DateOnly), d.Rounds, d.Moments, d.Attention})
	}
	for _, e := range book.Entries {
		b.Entries = append(b.Entries, entryBody{e.Time, orNull(e.Ended), e.Post.Title(), e.Name, e.Actor, e.Camera, e.Number, string(e.Stream),
			e.Live(), orNull(e.Seen.From), orNull(e.Seen.To), e.Purpose, e.Case, e.Result, e.From})
	}
	return out, nil
}
