package gateway

import (
	"context"

	"yagura/internal/record"
)

type owedInput struct {
	By string `query:"by" maxLength:"10" doc:"last day, as 2017-06-01; empty: today"`
}

type debtBody struct {
	Record   RecordBody `json:"record"`
	Deadline wordsBody  `json:"deadline"`
	Day      string     `json:"day" doc:"the last one on which it is in time"`
	Moves    []moveBody `json:"moves" nullable:"false" doc:"that this person may make as it is, in one click"`
}

type lackBody struct {
	ID       string    `json:"id" enum:"patrol,awareness,memo"`
	Name     wordsBody `json:"name"`
	Kind     string    `json:"kind" doc:"of the record that is not there"`
	Unit     string    `json:"unit"`
	UnitName string    `json:"unit_name"`
	Day      string    `json:"day" doc:"the last one on which it is in time"`
}

type owedOutput struct {
	Body struct {
		Debts   []debtBody   `json:"debts" nullable:"false" doc:"the earliest first"`
		Lacking []lackBody   `json:"lacking" nullable:"false" doc:"what did not happen and should have, the earliest first"`
		Unseen  []RecordBody `json:"unseen" nullable:"false" doc:"in which a deputy acted for this person's post"`
	}
}

func (g *Gateway) owed(ctx context.Context, in *owedInput) (*owedOutput, error) {
	a, out := g.acting(ctx), &owedOutput{}
	by := in.By
	if by == "" {
		by = record.DayOf(g.now())
	}
	debts, err := g.Records.Owed(ctx, a, by)
	if err != nil {
		return nil, err
	}
	lacking, err := g.Records.Lacking(ctx, a, by)
	if err != nil {
		return nil, err
	}
	out.Body.Lacking = []lackBody{}
	for _, l := range lacking {
		out.Body.Lacking = append(out.Body.Lacking, lackBody{l.ID, words(l.Name), l.Kind.ID, l.Unit.ID, l.Unit.Name, l.Day})
	}
	unseen, err := g.Records.Unseen(ctx, a)
	out.Body.Debts, out.Body.Unseen = []debtBody{}, []RecordBody{}
	for _, d := range debts {
		ready, err := g.Records.Ready(ctx, a, d)
		if err != nil {
			return nil, err
		}
		b := debtBody{g.describeRecord(d.Record), words(d.Deadline.Name), d.Day, []moveBody{}}
		for _, m := range ready {
			b.Moves = append(b.Moves, describeMove(m))
		}
		out.Body.Debts = append(out.Body.Debts, b)
	}
	for _, r := range unseen {
		out.Body.Unseen = append(out.Body.Unseen, g.describeRecord(r))
	}
	return out, err
}
