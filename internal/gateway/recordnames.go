package gateway

import (
	"context"
	"slices"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// What records name: people and units to choose from, and the records that a record leads to.

type nameBody struct {
	ID   string `json:"id" doc:"as a record names it"`
	Name string `json:"name"`
	Note string `json:"note" doc:"of a person, their unit; of a unit, its 部"`
}

type recordNamesInput struct {
	Type string `query:"type" enum:"person,unit" required:"true"`
	Text string `query:"q" maxLength:"100" doc:"words that all occur in the name, its reading or the number"`
}

type recordNamesOutput struct {
	Body struct {
		Names []nameBody `json:"names" nullable:"false" doc:"at most twenty"`
	}
}

// recordNames offers people or units to whoever writes records that name them.
func (g *Gateway) recordNames(ctx context.Context, in *recordNamesInput) (*recordNamesOutput, error) {
	a, out := g.acting(ctx), &recordNamesOutput{}
	writes := slices.ContainsFunc(g.Records.Kinds(), func(k *record.Kind) bool {
		return k.Ward && k.Writes(a, "") || len(g.Records.Writable(a, k)) > 0
	})
	if !writes {
		return nil, vms.Errorf(vms.Denied, "denied", "記録を書く職ではありません。 Not a post that writes records.")
	}
	out.Body.Names = []nameBody{}
	if in.Type == "unit" {
		for _, u := range g.Records.UnitsNamed(in.Text) {
			out.Body.Names = append(out.Body.Names, nameBody{u.ID, u.Name, g.unitName(u.Parent)})
		}
		return out, nil
	}
	people, err := g.Records.Somebodies(ctx, in.Text)
	for _, p := range people {
		out.Body.Names = append(out.Body.Names, nameBody{p.ID, p.Name, p.Unit})
	}
	return out, err
}

// LinkBody is a record as another one leads to it. It is exported so that what it is part of has its fields.
type LinkBody struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Label string `json:"label"`
	Title string `json:"title"`
}

func (g *Gateway) describeLink(r *record.Record) LinkBody {
	k, err := g.Records.Kind(r.Kind)
	if err != nil {
		return LinkBody{} // the store gives none of an unknown kind
	}
	return LinkBody{r.ID, r.Kind, k.Label(r), k.TitleOf(r.Values)}
}

// LinksBody is what a record leads to, and what leads to it. It is exported as LinkBody is.
type LinksBody struct {
	Links    []LinkBody `json:"links" nullable:"false" doc:"records it names, that this person may read"`
	Referred []LinkBody `json:"referred" nullable:"false" doc:"records that name it, the newest first"`
	More     bool       `json:"more_referred" doc:"there are others"`
}

func (g *Gateway) linksOf(ctx context.Context, a record.Actor, r *record.Record) (LinksBody, error) {
	b := LinksBody{Links: []LinkBody{}, Referred: []LinkBody{}}
	to, err := g.Records.Linked(ctx, a, r)
	if err != nil {
		return b, err
	}
	for _, x := range to {
		b.Links = append(b.Links, g.describeLink(x))
	}
	from, more, err := g.Records.Referring(ctx, a, r)
	for _, x := range from {
		b.Referred = append(b.Referred, g.describeLink(x))
	}
	b.More = more
	return b, err
}
