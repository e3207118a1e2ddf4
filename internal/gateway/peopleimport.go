package gateway

import (
	"context"
	"mime"

	"yagura/internal/camera"
	"yagura/internal/staff"
	"yagura/internal/vms"
)

type importPeopleInput struct {
	Name    string `query:"name" maxLength:"200" doc:"of the file"`
	Dry     bool   `query:"dry" doc:"only say what it would do"`
	RawBody []byte `contentType:"application/octet-stream"`
}

type fileProblemBody struct {
	Line   int    `json:"line"`
	Column string `json:"column" doc:"its heading; empty: the whole line"`
	Text   string `json:"text" doc:"what is wrong, and what to do"`
}

type fileEffectBody struct {
	Line     int          `json:"line"`
	What     string       `json:"what" enum:"new,changed,appointed,waiting,ended,same"`
	Login    string       `json:"login"`
	Name     string       `json:"name"`
	Post     string       `json:"post" doc:"empty: this is about the person"`
	Title    string       `json:"title"`
	UnitName string       `json:"unit_name"`
	Kind     string       `json:"kind" enum:",regular,concurrent,acting"`
	From     *vms.Instant `json:"from" format:"date-time"`
	To       *vms.Instant `json:"to" format:"date-time" doc:"null: without end"`
}

type importPeopleOutput struct {
	Body struct {
		Problems []fileProblemBody `json:"problems" nullable:"false" doc:"while there are any, nothing is done; at most 500"`
		Effects  []fileEffectBody  `json:"effects" nullable:"false" doc:"by line"`
		Done     bool              `json:"done"`
	}
}

func (g *Gateway) importPeople(ctx context.Context, in *importPeopleInput) (*importPeopleOutput, error) {
	draft, err := g.Staff.Import(ctx, asking(ctx), in.Name, in.RawBody, in.Dry)
	if err != nil {
		return nil, err
	}
	out := &importPeopleOutput{}
	out.Body.Done, out.Body.Problems, out.Body.Effects = draft.Done, []fileProblemBody{}, []fileEffectBody{}
	for _, p := range draft.Problems {
		out.Body.Problems = append(out.Body.Problems, fileProblemBody(p))
	}
	for _, e := range draft.Effects {
		out.Body.Effects = append(out.Body.Effects, g.describeEffect(e))
	}
	return out, nil
}

func (g *Gateway) describeEffect(e staff.Effect) fileEffectBody {
	b := fileEffectBody{Line: e.Line, What: e.What, Login: e.Login, Name: e.Name}
	if e.Post == "" {
		return b
	}
	b.Post, b.Title, b.Kind, b.From = string(e.Post), e.Post.Title(), string(e.Kind), orNull(e.From)
	if e.Unit != "" {
		b.UnitName = g.unitName(e.Unit)
	}
	if e.To != camera.Forever {
		b.To = orNull(e.To)
	}
	return b
}

type peopleTemplateInput struct {
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Filled bool   `query:"filled" doc:"with everybody, and the posts they hold"`
}

type fileOutput struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (g *Gateway) peopleTemplate(ctx context.Context, in *peopleTemplateInput) (*fileOutput, error) {
	data, err := g.Staff.Template(ctx, asking(ctx), in.Format, in.Filled)
	if err != nil {
		return nil, err
	}
	kind := "text/csv; charset=utf-8"
	if in.Format == "xlsx" {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	name := "職員ひな形." + in.Format
	if in.Filled {
		name = "職員." + in.Format
	}
	return &fileOutput{kind, mime.FormatMediaType("attachment", map[string]string{"filename": name}), data}, nil
}
