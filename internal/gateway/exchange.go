package gateway

import (
	"context"
	"net/http"

	"yagura/internal/sheet"
)

type importRecordsInput struct {
	Kind    string `path:"kind" maxLength:"64"`
	Dry     bool   `query:"dry" doc:"only tell what would come of it"`
	RawBody []byte `contentType:"application/octet-stream" doc:"CSV in UTF-8 or CP932, or an Excel workbook"`
}

type cellProblemBody struct {
	Line   int       `json:"line"`
	Column string    `json:"column" doc:"empty: the row as a whole"`
	Text   wordsBody `json:"text"`
}

type importOutput struct {
	Body struct {
		New      int               `json:"new"`
		Changed  int               `json:"changed"`
		Same     int               `json:"same"`
		Problems []cellProblemBody `json:"problems" nullable:"false" doc:"where there are any, nothing was taken"`
	}
}

func (g *Gateway) importRecords(ctx context.Context, in *importRecordsInput) (*importOutput, error) {
	table, err := sheet.Read(in.RawBody)
	if err != nil {
		return nil, err
	}
	im, err := g.Records.Import(ctx, g.acting(ctx), in.Kind, table, in.Dry)
	if err != nil {
		return nil, err
	}
	out := &importOutput{}
	out.Body.New, out.Body.Changed, out.Body.Same, out.Body.Problems = im.New, im.Changed, im.Same, []cellProblemBody{}
	for _, p := range im.Problems {
		out.Body.Problems = append(out.Body.Problems, cellProblemBody{p.Line, p.Column, words(p.Text)})
	}
	return out, nil
}

// exportRecords writes what a list shows as a file: ?format=csv or xlsx, the list's own query, ?template=true
// for an empty one.
func (g *Gateway) exportRecords(w http.ResponseWriter, r *http.Request) {
	table, err := g.tableOf(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	g.writeTable(w, r, table)
}

func (g *Gateway) tableOf(r *http.Request) (*sheet.Table, error) {
	ctx, q := r.Context(), r.URL.Query()
	a, kind := g.acting(ctx), r.PathValue("kind")
	if q.Get("template") == "true" {
		return g.Records.Template(a, kind)
	}
	in := listRecordsInput{Units: q["unit"], States: q["state"], From: q.Get("from"), To: q.Get("to"), Text: q.Get("q"), Where: q["where"]}
	return g.Records.Export(ctx, a, kind, in.query())
}
