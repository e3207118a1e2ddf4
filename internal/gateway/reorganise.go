package gateway

import (
	"context"
	"mime"

	"yagura/internal/rights"
	"yagura/internal/staff"
	"yagura/internal/vms"
)

type reorganiseInput struct {
	Body struct {
		Day          string `json:"day" format:"date" doc:"from which on"`
		Name         string `json:"name" maxLength:"200" doc:"of the file with the organisation; what ends in .yaml is YAML, all else a table of units"`
		Organisation []byte `json:"organisation"`
		Appointments []byte `json:"appointments,omitempty" doc:"a file of people, as it is imported"`
	}
}

type movedBody struct {
	Camera camBody  `json:"camera"`
	Before []string `json:"before" nullable:"false" doc:"names of its units today"`
	After  []string `json:"after" nullable:"false" doc:"and on the day"`
	Orphan bool     `json:"orphan" doc:"it belongs to no unit then"`
	Unseen bool     `json:"unseen" doc:"no head sees it then"`
}

type strandedBody struct {
	Login string   `json:"login"`
	Name  string   `json:"name"`
	Post  string   `json:"post"`
	Title string   `json:"title"`
	Unit  string   `json:"unit" doc:"name of the unit that is no more"`
	Heirs []string `json:"heirs" nullable:"false" doc:"names of those that take over"`
}

type reorganiseOutput struct {
	Body struct {
		Source   string            `json:"source" enum:"organisation,appointments" doc:"of the problems"`
		Problems []fileProblemBody `json:"problems" nullable:"false" doc:"while there are any, nothing is proposed"`
		Day      vms.Instant       `json:"day" format:"date-time"`
		Effects  []fileEffectBody  `json:"effects" nullable:"false" doc:"of the file of people"`
		Changes  []changeBody      `json:"changes" nullable:"false" doc:"live and past: what people gain and lose on the day, beside today, with what waits for approval"`
		Cameras  []movedBody       `json:"cameras" nullable:"false" doc:"whose units change, or that no head sees"`
		Vacant   []orgUnitBody     `json:"vacant" nullable:"false" doc:"units with cameras and without a head, on the day"`
		Stranded []strandedBody    `json:"stranded" nullable:"false" doc:"posts of units that are no more on the day"`
		Done     bool              `json:"done" doc:"it was proposed"`
		Version  int64             `json:"version" doc:"of the cameras and the organisation; 0: not proposed"`
		Waits    bool              `json:"waits" doc:"that version waits for a second person"`
	}
}

func reorganisation(in *reorganiseInput) staff.Reorganisation {
	return staff.Reorganisation{Day: in.Body.Day, Name: in.Body.Name, Organisation: in.Body.Organisation, Appointments: in.Body.Appointments}
}

func (g *Gateway) previewReorganisation(ctx context.Context, in *reorganiseInput) (*reorganiseOutput, error) {
	o, err := g.Staff.Preview(ctx, asking(ctx), reorganisation(in))
	return g.reorganiseOutput(&o, err)
}

func (g *Gateway) reorganise(ctx context.Context, in *reorganiseInput) (*reorganiseOutput, error) {
	o, err := g.Staff.Reorganise(ctx, asking(ctx), reorganisation(in))
	return g.reorganiseOutput(&o, err)
}

func (g *Gateway) reorganiseOutput(o *staff.Outlook, err error) (*reorganiseOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &reorganiseOutput{}
	b := &out.Body
	b.Source, b.Day, b.Done, b.Version, b.Waits = o.Source, o.Day, o.Done, o.Version.Number, o.Version.State == "waiting"
	b.Problems, b.Effects, b.Cameras, b.Stranded = []fileProblemBody{}, []fileEffectBody{}, []movedBody{}, []strandedBody{}
	for _, p := range o.Problems {
		b.Problems = append(b.Problems, fileProblemBody(p))
	}
	for _, e := range o.Effects {
		b.Effects = append(b.Effects, g.describeEffect(e))
	}
	b.Changes = g.describeDifference(&rights.Difference{Changes: o.Changes}, g.now()).Changes
	for _, m := range o.Cameras {
		b.Cameras = append(b.Cameras, movedBody{camOf(m.Camera), append([]string{}, m.Before...), append([]string{}, m.After...), m.Orphan, m.Unseen})
	}
	b.Vacant = describeUnits(o.Vacant)
	for _, s := range o.Stranded {
		b.Stranded = append(b.Stranded, strandedBody{s.Login, s.Name, string(s.Post), s.Post.Title(), s.Unit, append([]string{}, s.Heirs...)})
	}
	return out, nil
}

type unitsFileInput struct {
	Format string `query:"format" enum:"csv,xlsx,yaml" default:"xlsx"`
}

func (g *Gateway) unitsFile(ctx context.Context, in *unitsFileInput) (*fileOutput, error) {
	data, err := g.Staff.UnitsFile(ctx, asking(ctx), in.Format)
	if err != nil {
		return nil, err
	}
	kind, name := "text/csv; charset=utf-8", "部署."+in.Format
	switch in.Format {
	case "xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case "yaml":
		kind, name = "application/yaml", "organisation.yaml"
	}
	return &fileOutput{kind, mime.FormatMediaType("attachment", map[string]string{"filename": name}), data}, nil
}
