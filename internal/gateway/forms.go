package gateway

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"yagura/internal/camera"
	"yagura/internal/form"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

type formBody struct {
	ID     string    `json:"id"`
	Name   wordsBody `json:"name"`
	Of     string    `json:"of" enum:"one,list,unit" doc:"one: a record, or each of a list; list: what a list shows; unit: a blank sheet"`
	States []string  `json:"states" nullable:"false" doc:"of one: only of records in these; none: of all"`
}

func (g *Gateway) describeForms(kind string) []formBody {
	out := []formBody{}
	for _, f := range g.Forms.Of(kind) {
		out = append(out, formBody{f.ID, words(f.Name), string(f.Of), list(f.States)})
	}
	return out
}

// printForm answers a form as a PDF: ?record=ID, or the list's own query, or ?unit=ID for a blank sheet.
func (g *Gateway) printForm(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	in := listRecordsInput{Units: q["unit"], States: q["state"], From: q.Get("from"), To: q.Get("to"), Text: q.Get("q"), Where: q["where"]}
	book, err := g.Forms.Print(r.Context(), g.acting(r.Context()), form.Order{Kind: r.PathValue("kind"), Form: r.PathValue("form"), Records: q["record"], Unit: q.Get("unit"), Query: in.query()})
	var data bytes.Buffer
	if err == nil {
		err = book.WritePDF(&data)
	}
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline; filename*=UTF-8''"+url.PathEscape(sheet.FileName(book.Title, "pdf")))
	_, _ = w.Write(data.Bytes()) // the browser may have gone
}

type formCodeInput struct {
	Code string `query:"code" required:"true" minLength:"1" maxLength:"200" doc:"what a scanner read on a form, or the number of a record"`
}

type codeOutput struct {
	Body struct {
		Kind   string `json:"kind"`
		Record string `json:"record" doc:"empty: a new one of the unit"`
		Unit   string `json:"unit"`
	}
}

// findCode says where a code leads.
func (g *Gateway) findCode(ctx context.Context, in *formCodeInput) (*codeOutput, error) {
	at, err := g.Forms.Find(ctx, g.acting(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	out := &codeOutput{}
	out.Body.Kind, out.Body.Record, out.Body.Unit = at.Kind, at.Record, at.Unit
	return out, nil
}

// zonePlans answers the drawings of all floors to whoever reads zones of some unit, with those cameras that listPlans
// would show them and no other.
func (g *Gateway) zonePlans(ctx context.Context, _ *struct{}) (*plansOutput, error) {
	k, err := g.Records.Kind("zone")
	if err == nil && !g.Records.Reads(k, g.acting(ctx)) {
		err = vms.Errorf(vms.Denied, "denied", "区域の記録を見られる職の人が使います。 For posts that read zones.")
	}
	if err != nil {
		return nil, err
	}
	p, now, set := who(ctx).session.Person, g.now(), g.Cameras()
	out := &plansOutput{}
	out.Body.Plans = []camera.Plan{}
	for _, plan := range set.Plans {
		mine, _ := plan.For(func(id vms.CameraID) bool { return len(g.Access.Actions(p, set.Find(id), now)) > 0 })
		out.Body.Plans = append(out.Body.Plans, mine)
	}
	return out, nil
}
