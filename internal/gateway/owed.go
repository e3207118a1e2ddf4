package gateway

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"yagura/internal/compliance"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// What people owe, and what saves them work: several records at once, reminders, last year's plan.

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
	by := g.orToday(in.By)
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

type moveManyInput struct {
	Body struct {
		Moves []struct {
			ID      string `json:"id" maxLength:"64"`
			Version int64  `json:"version" doc:"the one that was seen"`
			Move    string `json:"move" maxLength:"64"`
			Reason  string `json:"reason,omitempty" maxLength:"500"`
		} `json:"moves" minItems:"1" maxItems:"200" nullable:"false"`
	}
}

// moveMany takes several records on, all or none: where one is refused, all that are are told by their place.
func (g *Gateway) moveMany(ctx context.Context, in *moveManyInput) (*recordListOutput, error) {
	var acts []record.Act
	for _, m := range in.Body.Moves {
		acts = append(acts, record.Act{ID: m.ID, Version: m.Version, Moves: []record.Going{{Move: m.Move, Reason: m.Reason}}})
	}
	made, err := g.Records.Together(ctx, g.acting(ctx), acts)
	return g.recordList(made, http.StatusOK, err)
}

type createManyInput struct {
	Kind string `path:"kind" maxLength:"64"`
	Body struct {
		Unit    string           `json:"unit,omitempty" maxLength:"64"`
		Records []map[string]any `json:"records" minItems:"1" maxItems:"200" nullable:"false" doc:"the values of each"`
		Moves   []string         `json:"moves,omitempty" maxItems:"5" doc:"that each then makes"`
	}
}

// createMany writes several records of a unit, all or none, as forty inductions on 1 April.
func (g *Gateway) createMany(ctx context.Context, in *createManyInput) (*recordListOutput, error) {
	var acts []record.Act
	for _, values := range in.Body.Records {
		act := record.Act{Kind: in.Kind, Draft: record.Draft{Unit: in.Body.Unit, Values: values}}
		for _, m := range in.Body.Moves {
			act.Moves = append(act.Moves, record.Going{Move: m})
		}
		acts = append(acts, act)
	}
	made, err := g.Records.Together(ctx, g.acting(ctx), acts)
	return g.recordList(made, http.StatusCreated, err)
}

// refusals answers why nothing of several changes was made: in errors, the place of each refused one, from 0, as
// its field, with the field of the record behind a dot where it is one.
func refusals(err error) error {
	var refused record.Refusals
	if !errors.As(err, &refused) {
		return fieldErrors(err)
	}
	p := &problem{Title: http.StatusText(http.StatusConflict), Status: http.StatusConflict, Code: "refused", Detail: refused.Error()}
	for _, x := range refused {
		var problems record.Problems
		if !errors.As(x.Err, &problems) {
			p.Errors = append(p.Errors, fieldProblem{strconv.Itoa(x.Act), wordsBody{Ja: x.Err.Error()}})
		}
		for _, f := range problems {
			p.Errors = append(p.Errors, fieldProblem{strconv.Itoa(x.Act) + "." + f.Field, words(f.Text)})
		}
	}
	return p
}

type debtorBody struct {
	Login    string       `json:"login"`
	Name     string       `json:"name"`
	UnitName string       `json:"unit_name"`
	Count    int          `json:"count" doc:"of what they owe, or are to approve"`
	Oldest   string       `json:"oldest" doc:"day on which the first of it is or was due"`
	Chased   *vms.Instant `json:"chased,omitempty" format:"date-time" doc:"when they were reminded last"`
}

type debtorsInput struct {
	By string `query:"by" maxLength:"10" doc:"last day, as 2017-06-01; empty: today"`
}

type debtorsOutput struct {
	Body struct {
		People []debtorBody `json:"people" nullable:"false" doc:"those who owe most first"`
	}
}

func (g *Gateway) debtorsOutput(all []compliance.Debtor, err error) (*debtorsOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &debtorsOutput{}
	out.Body.People = []debtorBody{}
	for _, d := range all {
		b := debtorBody{Login: d.Login, Name: d.Name, UnitName: g.unitName(d.Unit), Count: d.Count, Oldest: d.Oldest}
		if d.Chased != 0 {
			b.Chased = &d.Chased
		}
		out.Body.People = append(out.Body.People, b)
	}
	return out, nil
}

func (g *Gateway) orToday(day string) string {
	if day == "" {
		return record.DayOf(g.now())
	}
	return day
}

func (g *Gateway) debtors(ctx context.Context, in *debtorsInput) (*debtorsOutput, error) {
	return g.debtorsOutput(g.Records.Debtors(ctx, g.acting(ctx), g.orToday(in.By)))
}

type chaseInput struct {
	Body struct {
		By string `json:"by,omitempty" maxLength:"10" doc:"last day of what is meant; empty: today"`
	}
}

// chase reminds all who owe something, each at most once a day, and answers with those who were.
func (g *Gateway) chase(ctx context.Context, in *chaseInput) (*debtorsOutput, error) {
	return g.debtorsOutput(g.Records.Chase(ctx, g.acting(ctx), g.orToday(in.Body.By)))
}

type copyInput struct {
	Kind string `path:"kind" maxLength:"64"`
	Body struct {
		Year int  `json:"year" minimum:"2001" maximum:"2200" doc:"the fiscal year to be planned, by the year in which it begins"`
		Dry  bool `json:"dry,omitempty" doc:"only tell what would come of it"`
	}
}

type copiedBody struct {
	Label    string `json:"label" doc:"of last year's record"`
	Title    string `json:"title" doc:"this year's"`
	UnitName string `json:"unit_name"`
	There    bool   `json:"there" doc:"this year says so already: it is left out"`
}

type copyOutput struct {
	Body struct {
		Records []copiedBody `json:"records" nullable:"false"`
	}
}

// copyPlan makes drafts of a fiscal year of what the last one planned, all or none.
func (g *Gateway) copyPlan(ctx context.Context, in *copyInput) (*copyOutput, error) {
	all, err := g.Records.Copy(ctx, g.acting(ctx), in.Kind, in.Body.Year, in.Body.Dry)
	if err != nil {
		return nil, refusals(err)
	}
	out := &copyOutput{}
	out.Body.Records = []copiedBody{}
	for _, c := range all {
		k, err := g.Records.Kind(c.Of.Kind)
		if err != nil {
			return nil, err
		}
		v, _ := k.Read(c.Next)
		out.Body.Records = append(out.Body.Records, copiedBody{k.Label(c.Of), k.TitleOf(v), c.Of.Name, c.There})
	}
	return out, nil
}
