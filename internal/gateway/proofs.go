package gateway

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"yagura/internal/compliance"
	"yagura/internal/dossier"
	"yagura/internal/record"
	"yagura/internal/vms"
)

type proofBody struct {
	Kind   string    `json:"kind" doc:"of record, or a ledger of the audit log"`
	Name   wordsBody `json:"name"`
	Ledger bool      `json:"ledger" doc:"rows of the audit log: only that they are there, when, and their hashes"`
	Field  string    `json:"field" doc:"only records whose field, as it is called, has this value; empty: all"`
	Value  string    `json:"value"`
	Stands bool      `json:"stands" doc:"records are in force until they end; else of the days of the year"`
	Count  int       `json:"count"`
	Least  int       `json:"least" doc:"so many are needed in a year"`
	Hidden bool      `json:"hidden" doc:"this person may not read such records"`
}

type singleBody struct {
	Label string `json:"label" doc:"its number"`
	Note  string `json:"note"`
	Kind  string `json:"kind" doc:"empty: there is no such record, or this person may not read it"`
	ID    string `json:"id"`
	Title string `json:"title"`
}

type controlBody struct {
	ID      string       `json:"id" doc:"of its record"`
	Code    string       `json:"code"`
	Name    string       `json:"name"`
	Reason  string       `json:"reason"`
	Status  string       `json:"status" doc:"done, part or none, as stated"`
	State   string       `json:"state" enum:"proved,short,missing,unset,excluded"`
	Proofs  []proofBody  `json:"proofs" nullable:"false"`
	Singles []singleBody `json:"singles" nullable:"false"`
}

type proofsInput struct {
	Year int `query:"year" minimum:"2000" maximum:"2100" doc:"fiscal year; left out: this one"`
}

type proofsOutput struct {
	Body struct {
		Year     int           `json:"year"`
		From     string        `json:"from" doc:"first day"`
		To       string        `json:"to" doc:"last day"`
		Controls []controlBody `json:"controls" nullable:"false" doc:"in the order of their numbers"`
	}
}

func (g *Gateway) proofs(ctx context.Context, in *proofsInput) (*proofsOutput, error) {
	year := cmp.Or(in.Year, record.FiscalYear(g.now()))
	all, err := g.Dossier.Controls(ctx, g.acting(ctx), year)
	if err != nil {
		return nil, err
	}
	out := &proofsOutput{}
	out.Body.Year, out.Body.Controls = year, []controlBody{}
	out.Body.From, out.Body.To = dossier.Year(year)
	for _, c := range all {
		out.Body.Controls = append(out.Body.Controls, describeControl(c))
	}
	return out, nil
}

func describeControl(c *dossier.Control) controlBody {
	v := c.Record.Values
	b := controlBody{ID: c.Record.ID, Code: c.Code(), Name: v.Text("name"), Reason: v.Text("reason"), Status: v.Text("status"), State: string(c.State), Proofs: []proofBody{}, Singles: []singleBody{}}
	for _, p := range c.Proofs {
		b.Proofs = append(b.Proofs, proofBody{p.Kind, words(compliance.ProofName(p.Kind)), p.Ledger, p.Field, p.Value, compliance.Stands(p.Kind), p.Count, p.Least, p.Hidden})
	}
	for _, s := range c.Singles {
		one := singleBody{Label: s.Label, Note: s.Note}
		if s.Record != nil {
			one.Kind, one.ID, one.Title = s.Record.Kind, s.Record.ID, s.Kind.TitleOf(s.Record.Values)
		}
		b.Singles = append(b.Singles, one)
	}
	return b
}

// PackBody is an evidence pack. It is exported so that what it is part of has its fields.
type PackBody struct {
	ID       string      `json:"id"`
	Year     int         `json:"year"`
	Controls []string    `json:"controls" nullable:"false" doc:"codes; none: all of the statement of applicability"`
	State    string      `json:"state" enum:"asked,making,done,broken"`
	Name     string      `json:"name" doc:"who asked for it"`
	Mine     bool        `json:"mine" doc:"this person did, and may fetch it while it is not done"`
	Asked    vms.Instant `json:"asked" format:"date-time"`
	Made     int         `json:"made" doc:"steps done"`
	Steps    int         `json:"steps"`
	Files    int         `json:"files"`
	Bytes    int64       `json:"bytes" doc:"of its files, unpacked"`
	Sums     string      `json:"sums" doc:"SHA-256 of its SHA256SUMS; empty until it is whole"`
}

func (g *Gateway) describePack(ctx context.Context, p *dossier.Pack) PackBody {
	return PackBody{p.ID, p.Year, list(p.Controls), p.State, p.Name, p.By == who(ctx).session.Person.Login, p.Asked, p.Made, p.Steps, p.Files, p.Bytes, p.Sums}
}

type packsOutput struct {
	Body struct {
		Packs []PackBody `json:"packs" nullable:"false" doc:"the newest first"`
	}
}

func (g *Gateway) listPacks(ctx context.Context, _ *struct{}) (*packsOutput, error) {
	all, err := g.Dossier.Packs(ctx, g.acting(ctx))
	out := &packsOutput{}
	out.Body.Packs = []PackBody{}
	for _, p := range all {
		out.Body.Packs = append(out.Body.Packs, g.describePack(ctx, p))
	}
	return out, err
}

type askPackInput struct {
	Body struct {
		Year     int      `json:"year,omitempty" doc:"fiscal year; left out: this one"`
		Controls []string `json:"controls,omitempty" nullable:"false" maxItems:"200" doc:"codes; none: all"`
	}
}

type packOutput struct {
	Status int
	Body   PackBody
}

func (g *Gateway) askPack(ctx context.Context, in *askPackInput) (*packOutput, error) {
	year := cmp.Or(in.Body.Year, record.FiscalYear(g.now()))
	p, err := g.Dossier.Ask(ctx, g.acting(ctx), year, in.Body.Controls)
	if err != nil {
		return nil, err
	}
	return &packOutput{http.StatusCreated, g.describePack(ctx, p)}, nil
}

// packFile makes the pack and sends it as it is made.
func (g *Gateway) packFile(w http.ResponseWriter, r *http.Request) {
	ctx, id := r.Context(), r.PathValue("id")
	if r.Method == http.MethodHead { // nothing is made for whoever only asks
		if _, err := g.Dossier.Find(ctx, g.acting(ctx), id); err != nil {
			g.fail(w, r, err)
		}
		return
	}
	ready, err := g.Dossier.Begin(ctx, g.acting(ctx), id)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(ready.File()))
	if err := ready.Write(ctx, w); err != nil {
		if ctx.Err() == nil {
			g.Log.Error("evidence pack broken off", "pack", id, "err", err)
		}
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}
