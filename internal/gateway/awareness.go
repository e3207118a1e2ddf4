package gateway

import (
	"context"
	"net/http"

	"yagura/internal/compliance"
	"yagura/internal/record"
)

type weekBody struct {
	From string `json:"from" doc:"Monday"`
	To   string `json:"to" doc:"Sunday"`
}

type unitWeeksBody struct {
	Unit   string   `json:"unit"`
	Name   string   `json:"name"`
	Writes bool     `json:"writes" doc:"this person records for it"`
	Weeks  []string `json:"weeks" nullable:"false" doc:"one for each week: done, missing, current, ahead, or free where it is not counted"`
	Told   string   `json:"told" doc:"id of the record that the word of the week was read out; empty: not yet"`
}

type wordBody struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Day   string `json:"day"`
	Title string `json:"title"`
	Words string `json:"words" doc:"to be read out"`
	Text  string `json:"text"`
}

type awarenessWeeksInput struct {
	Year int `path:"year" minimum:"2000" maximum:"2200" doc:"in which the fiscal year begins"`
}

type awarenessWeeksOutput struct {
	Body struct {
		Year  int             `json:"year"`
		Today string          `json:"today"`
		Weeks []weekBody      `json:"weeks" nullable:"false"`
		Units []unitWeeksBody `json:"units" nullable:"false" doc:"those for which this person records come first"`
		Word  *wordBody       `json:"word,omitempty" doc:"今週の一言"`
	}
}

func (g *Gateway) awarenessWeeks(ctx context.Context, in *awarenessWeeksInput) (*awarenessWeeksOutput, error) {
	w, err := g.Records.Weeks(ctx, g.acting(ctx), in.Year)
	if err != nil {
		return nil, err
	}
	out := &awarenessWeeksOutput{}
	b := &out.Body
	b.Year, b.Today, b.Weeks, b.Units = w.Year, w.Today, []weekBody{}, []unitWeeksBody{}
	for _, x := range w.Weeks {
		b.Weeks = append(b.Weeks, weekBody{x.From, x.To})
	}
	for _, u := range w.Units {
		x := unitWeeksBody{Unit: u.Unit.ID, Name: u.Unit.Name, Writes: u.Writes, Weeks: u.Weeks}
		if u.Told != nil {
			x.Told = u.Told.ID
		}
		b.Units = append(b.Units, x)
	}
	if w.Word != nil {
		text := w.Word.Values.Text
		b.Word = &wordBody{w.Word.ID, compliance.Material.Label(w.Word), text("day"), text("title"), text("words"), text("body")}
	}
	return out, nil
}

type tellWordInput struct {
	Body struct {
		Units   []string `json:"units" minItems:"1" maxItems:"200" nullable:"false"`
		Methods []string `json:"methods,omitempty" maxItems:"6" doc:"none: 朝礼"`
		Present int64    `json:"present,omitempty" minimum:"0" maximum:"9999999"`
	}
}

type recordListOutput struct {
	Status int
	Body   struct {
		Records []RecordBody `json:"records" nullable:"false"`
	}
}

// recordList answers with records that were made together, or why none was.
func (g *Gateway) recordList(made []*record.Record, status int, err error) (*recordListOutput, error) {
	if err != nil {
		return nil, refusals(err)
	}
	out := &recordListOutput{Status: status}
	out.Body.Records = []RecordBody{}
	for _, r := range made {
		out.Body.Records = append(out.Body.Records, g.describeRecord(r))
	}
	return out, nil
}

// tellWord records that the word of the week was read out, in all units named or in none.
func (g *Gateway) tellWord(ctx context.Context, in *tellWordInput) (*recordListOutput, error) {
	made, err := g.Records.Tell(ctx, g.acting(ctx), compliance.Telling{Units: in.Body.Units, Methods: in.Body.Methods, Present: in.Body.Present})
	return g.recordList(made, http.StatusCreated, err)
}
