package gateway

import (
	"context"
	"net/http"

	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/record"
)

type openDayBody struct {
	Day     string `json:"day"`
	Weekday int    `json:"weekday" doc:"0: Sunday"`
	Closed  bool   `json:"closed" doc:"the unit does not work"`
	Holiday string `json:"holiday" doc:"its name; empty: none"`
}

func describeDays(days []compliance.Day) []openDayBody {
	out := []openDayBody{}
	for _, d := range days {
		out = append(out, openDayBody{d.Day, int(d.Weekday), d.Closed, d.Holiday})
	}
	return out
}

type slotBody struct {
	ID    string `json:"id"`
	Label string `json:"label" doc:"its number, by which patrols name it"`
	Name  string `json:"name"`
	Area  string `json:"area"`
	Begin string `json:"begin" doc:"as 09:30; empty: any time"`
	End   string `json:"end"`
	From  string `json:"from"`
	Until string `json:"until"`
}

type patrolBody struct {
	ID        string `json:"id"`
	Label     string `json:"label"`
	Day       string `json:"day"`
	Slot      string `json:"slot" doc:"number of its slot; empty: none"`
	State     string `json:"state"`
	By        string `json:"by" doc:"as whom they patrolled"`
	Patroller string `json:"patroller" doc:"their name then, or their login"`
	Findings  int64  `json:"findings"`
}

type recipientBody struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Post  string `json:"post"`
}

type patrolMonthInput struct {
	Month string `path:"month" maxLength:"7" doc:"as 2017-06"`
	Unit  string `query:"unit" required:"true" minLength:"1" maxLength:"64" doc:"*: the first one may write for, or read"`
}

type patrolMonthOutput struct {
	Body struct {
		Unit     string          `json:"unit"`
		UnitName string          `json:"unit_name"`
		Units    []unitNameBody  `json:"units" nullable:"false" doc:"whose months this person may read"`
		Today    string          `json:"today"`
		Days     []openDayBody   `json:"days" nullable:"false"`
		Slots    []slotBody      `json:"slots" nullable:"false" doc:"the rows"`
		Patrols  []patrolBody    `json:"patrols" nullable:"false"`
		By       string          `json:"by" doc:"as whom this person patrols; empty: they do not"`
		Heads    []recipientBody `json:"heads" nullable:"false" doc:"to whom designated staff report"`
	}
}

func (g *Gateway) patrolMonth(ctx context.Context, in *patrolMonthInput) (*patrolMonthOutput, error) {
	m, err := g.Records.Month(ctx, g.acting(ctx), in.Unit, in.Month)
	if err != nil {
		return nil, err
	}
	out := &patrolMonthOutput{}
	b := &out.Body
	b.Unit, b.UnitName, b.Units, b.Today, b.Days, b.By = m.Unit.ID, m.Unit.Name, unitNames(m.Units), m.Today, describeDays(m.Days), m.By
	b.Slots, b.Patrols, b.Heads = []slotBody{}, []patrolBody{}, []recipientBody{}
	for _, s := range m.Slots {
		text := s.Values.Text
		b.Slots = append(b.Slots, slotBody{s.ID, compliance.PatrolSlot.Label(s), text("name"), text("area"), text("begin"), text("end"), text("from"), text("until")})
	}
	for _, p := range m.Patrols {
		b.Patrols = append(b.Patrols, describePatrol(p))
	}
	for _, h := range m.Heads {
		b.Heads = append(b.Heads, recipientBody{h.Login, h.Name, string(h.Post)})
	}
	return out, nil
}

func unitNames(units []*camera.Unit) []unitNameBody {
	out := []unitNameBody{}
	for _, u := range units {
		out = append(out, unitNameBody{u.ID, u.Name})
	}
	return out
}

func describePatrol(p *record.Record) patrolBody {
	text := p.Values.Text
	name := p.Names[text("patroller")]
	if name == "" {
		name = text("patroller")
	}
	return patrolBody{p.ID, compliance.Patrol.Label(p), text("day"), text("slot"), p.State, text("by"), name, compliance.Found(p.Values)}
}

type walkInput struct {
	Body struct {
		Unit       string   `json:"unit" maxLength:"64"`
		Day        string   `json:"day" maxLength:"10" doc:"as 2017-06-01; until today"`
		Slots      []string `json:"slots,omitempty" maxItems:"100" doc:"numbers of slots; an empty one: a patrol of none"`
		AsBefore   bool     `json:"as_before,omitempty" doc:"the slots that were walked on the business day before, instead"`
		ReportedTo string   `json:"reported_to,omitempty" maxLength:"64" doc:"login, for designated staff; empty: the unit's first head"`
	}
}

type walkOutput struct {
	Status int
	Body   struct {
		Patrols []patrolBody `json:"patrols" nullable:"false"`
		Open    bool         `json:"open" doc:"the unit works on that day; else one should look again"`
	}
}

// walk records patrols without findings, all or none.
func (g *Gateway) walk(ctx context.Context, in *walkInput) (*walkOutput, error) {
	w := compliance.Walked{Unit: in.Body.Unit, Day: in.Body.Day, Slots: in.Body.Slots, AsBefore: in.Body.AsBefore, ReportedTo: in.Body.ReportedTo}
	made, open, err := g.Records.Walk(ctx, g.acting(ctx), w)
	if err != nil {
		return nil, refusals(err)
	}
	out := &walkOutput{Status: http.StatusCreated}
	out.Body.Patrols, out.Body.Open = []patrolBody{}, open
	for _, p := range made {
		out.Body.Patrols = append(out.Body.Patrols, describePatrol(p))
	}
	return out, nil
}
