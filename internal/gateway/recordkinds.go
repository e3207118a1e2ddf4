package gateway

import (
	"context"

	"yagura/internal/compliance"
	"yagura/internal/record"
)

type wordsBody struct {
	Ja string `json:"ja"`
	En string `json:"en"`
}

type optionBody struct {
	ID   string    `json:"id"`
	Name wordsBody `json:"name"`
}

type fieldBody struct {
	ID       string       `json:"id"`
	Name     wordsBody    `json:"name"`
	Help     wordsBody    `json:"help"`
	Type     string       `json:"type" enum:"line,lines,number,date,clock,yes,choice,choices,person,unit,camera,link,table,files"`
	Unit     wordsBody    `json:"unit" doc:"of measure, of a number"`
	Options  []optionBody `json:"options" nullable:"false"`
	Columns  []fieldBody  `json:"columns" nullable:"false" doc:"of a table"`
	Rows     []string     `json:"rows" nullable:"false" doc:"a table's rows where they are given, named in its first column"`
	Kind     string       `json:"kind" doc:"of the record a link leads to"`
	Required bool         `json:"required"`
	When     string       `json:"when" doc:"another field: this one is there only where that has one of the values of is; empty: always"`
	Is       []string     `json:"is" nullable:"false"`
	Filter   bool         `json:"filter" doc:"lists can be narrowed by it"`
	Filing   *filingBody  `json:"filing,omitempty" doc:"what a field of files takes"`
}

type stateBody struct {
	ID   string    `json:"id"`
	Name wordsBody `json:"name"`
	Open bool      `json:"open" doc:"it is edited; else corrected, with a reason"`
	Done bool      `json:"done" doc:"nothing is owed any more"`
}

type moveBody struct {
	ID     string    `json:"id"`
	Name   wordsBody `json:"name" doc:"the verb of its button"`
	To     string    `json:"to"`
	Needs  []string  `json:"needs" nullable:"false" doc:"fields to be filled in on the way"`
	Takes  []string  `json:"takes" nullable:"false" doc:"fields that may be filled in beside them"`
	Reason bool      `json:"reason" doc:"it wants one"`
}

type stampBody struct {
	Name wordsBody `json:"name"`
	Move string    `json:"move" doc:"whoever made it last signs; create: who wrote the record"`
}

type unitNameBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type kindBody struct {
	ID      string         `json:"id"`
	Name    wordsBody      `json:"name"`
	Note    wordsBody      `json:"note"`
	Ward    bool           `json:"ward" doc:"its records belong to no unit"`
	Fields  []fieldBody    `json:"fields" nullable:"false"`
	States  []stateBody    `json:"states" nullable:"false"`
	Moves   []moveBody     `json:"moves" nullable:"false"`
	Stamps  []stampBody    `json:"stamps" nullable:"false"`
	Columns []string       `json:"columns" nullable:"false" doc:"of lists"`
	Day     string         `json:"day" doc:"the field that says which period a record belongs to; empty: when it was written"`
	Writes  bool           `json:"writes" doc:"this person may write new ones"`
	Units   []unitNameBody `json:"units" nullable:"false" doc:"for which this person may write new ones"`
	Plan    bool           `json:"plan" doc:"records are copied from year to year"`
	Forms   []formBody     `json:"forms" nullable:"false" doc:"on which they are printed"`
}

type kindsOutput struct {
	Body struct {
		Kinds []kindBody `json:"kinds" nullable:"false" doc:"those this person may read"`
	}
}

func (g *Gateway) listKinds(ctx context.Context, _ *struct{}) (*kindsOutput, error) {
	a, out := g.acting(ctx), &kindsOutput{}
	out.Body.Kinds = []kindBody{}
	for _, k := range g.Records.Kinds() {
		if !g.Records.Reads(k, a) {
			continue
		}
		b := describeKind(k)
		b.Forms = g.describeForms(k.ID)
		b.Writes = k.Ward && k.Writes(a, "")
		for _, u := range g.Records.Writable(a, k) {
			b.Units, b.Writes = append(b.Units, unitNameBody{u.ID, u.Name}), true
		}
		out.Body.Kinds = append(out.Body.Kinds, b)
	}
	return out, nil
}

func words(t record.Text) wordsBody { return wordsBody{t.Ja, t.En} }

func describeKind(k *record.Kind) kindBody {
	b := kindBody{ID: k.ID, Name: words(k.Name), Note: words(k.Note), Ward: k.Ward, Fields: describeFields(k.Fields), States: []stateBody{}, Moves: []moveBody{},
		Stamps: []stampBody{}, Columns: list(k.Columns), Day: k.Day, Units: []unitNameBody{}, Plan: compliance.IsPlan(k.ID)}
	for _, s := range k.States {
		b.States = append(b.States, stateBody{s.ID, words(s.Name), s.Open, s.Done})
	}
	for i := range k.Moves {
		b.Moves = append(b.Moves, describeMove(&k.Moves[i]))
	}
	for _, s := range k.Stamps {
		b.Stamps = append(b.Stamps, stampBody{words(s.Name), s.Move})
	}
	return b
}

func describeMove(m *record.Move) moveBody {
	return moveBody{m.ID, words(m.Name), m.To, list(m.Needs), list(m.Takes), m.Reason}
}

// nameMap is the same map, and an empty one where there is none.
func nameMap(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// list is the same list, and an empty one where there is none.
func list(l []string) []string { return append([]string{}, l...) }

func describeFields(fields []record.Field) []fieldBody {
	out := []fieldBody{}
	for _, f := range fields {
		b := fieldBody{ID: f.ID, Name: words(f.Name), Help: words(f.Help), Type: string(f.Type), Unit: words(f.Unit), Options: []optionBody{}, Columns: describeFields(f.Columns),
			Rows: list(f.Rows), Is: []string{}, Kind: f.Kind, Required: f.Required, Filter: f.Filter, Filing: describeFiling(&f)}
		for _, o := range f.Options {
			b.Options = append(b.Options, optionBody{o.ID, words(o.Name)})
		}
		if f.When != nil {
			b.When, b.Is = f.When.Field, list(f.When.Is)
		}
		out = append(out, b)
	}
	return out
}
