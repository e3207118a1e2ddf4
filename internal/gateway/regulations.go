package gateway

import (
	"context"
	"net/http"
	"net/url"

	"yagura/internal/sheet"
)

type governedBody struct {
	Article string   `json:"article"`
	Title   string   `json:"title"`
	Setting string   `json:"setting" doc:"an option of the field: retention, duty, induction, viewing, purpose"`
	Says    string   `json:"says" doc:"the article"`
	Present []string `json:"present" nullable:"false" doc:"what is set now; several where it differs from place to place"`
	State   string   `json:"state" enum:"agrees,differs,unknown" doc:"unknown: one of them is no number"`
}

type governedOutput struct {
	Body struct {
		Settings []governedBody `json:"settings" nullable:"false"`
	}
}

type regulationPath struct {
	ID string `path:"id" maxLength:"64"`
}

func (g *Gateway) governed(ctx context.Context, in *regulationPath) (*governedOutput, error) {
	all, err := g.Records.Governed(ctx, g.acting(ctx), in.ID)
	out := &governedOutput{}
	out.Body.Settings = []governedBody{}
	for _, x := range all {
		b := governedBody{Article: x.Article, Title: x.Title, Setting: x.Setting, Says: x.Says, Present: []string{}, State: "unknown"}
		for _, p := range x.Present {
			b.Present = append(b.Present, p.Text)
		}
		if x.Known {
			b.State = map[bool]string{true: "agrees", false: "differs"}[x.Agrees]
		}
		out.Body.Settings = append(out.Body.Settings, b)
	}
	return out, err
}

// comparison answers 新旧対照表: ?format=pdf, else a page to be printed.
func (g *Gateway) comparison(w http.ResponseWriter, r *http.Request) {
	d, err := g.Records.Compared(r.Context(), g.acting(r.Context()), r.PathValue("id"))
	if err != nil {
		g.fail(w, r, err)
		return
	}
	write, media := d.WriteHTML, "text/html; charset=utf-8"
	if r.URL.Query().Get("format") == "pdf" {
		write, media = d.WritePDF, "application/pdf"
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(sheet.FileName("新旧対照表_"+d.Foot, "pdf")))
	}
	w.Header().Set("Content-Type", media)
	if err := write(w); err != nil {
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}
