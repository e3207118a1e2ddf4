package gateway

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// acting is the caller as the records see them.
func (g *Gateway) acting(ctx context.Context) record.Actor {
	c := who(ctx)
	return g.Records.Actor(c.session, c.source)
}

// RecordBody is a record as it stands. It is exported so that what it is part of has its fields.
type RecordBody struct {
	ID       string         `json:"id"`
	Kind     string         `json:"kind"`
	Label    string         `json:"label" doc:"its number, as it is written"`
	Title    string         `json:"title"`
	Unit     string         `json:"unit"`
	UnitName string         `json:"unit_name" doc:"when it was written"`
	State    string         `json:"state"`
	Version  int64          `json:"version" doc:"to be sent back with a change"`
	Values   map[string]any `json:"values" nullable:"false" doc:"by field; what is empty is left out"`
	By       string         `json:"by"`
	Created  vms.Instant    `json:"created" format:"date-time"`
	Changed  vms.Instant    `json:"changed" format:"date-time"`
	Unseen   string         `json:"unseen" doc:"the post whose deputy made the last move, which they have not seen yet"`

	Names map[string]string `json:"names" nullable:"false" doc:"of the people it names, by login, as they were when it was written"`
}

func (g *Gateway) describeRecord(r *record.Record) RecordBody {
	k, err := g.Records.Kind(r.Kind)
	if err != nil {
		return RecordBody{} // the store gives none of an unknown kind
	}
	return RecordBody{r.ID, r.Kind, k.Label(r), k.TitleOf(r.Values), r.Unit, r.Name, r.State, r.Version, r.Values, r.By, r.Created, r.Changed, string(r.Unseen), nameMap(r.Names)}
}

type recordOutput struct {
	Status int
	Body   RecordBody
}

func (g *Gateway) recordOutput(r *record.Record, status int, err error) (*recordOutput, error) {
	if err != nil {
		return nil, fieldErrors(err)
	}
	return &recordOutput{status, g.describeRecord(r)}, nil
}

// fieldProblem is what is wrong with a field, in a problem's errors.
type fieldProblem struct {
	Field string    `json:"field"`
	Text  wordsBody `json:"text"`
}

// fieldErrors answers what is wrong with a draft field by field.
func fieldErrors(err error) error {
	var problems record.Problems
	if !errors.As(err, &problems) {
		return err
	}
	p := &problem{Title: http.StatusText(http.StatusBadRequest), Status: http.StatusBadRequest, Code: "fields", Detail: problems.Error()}
	for _, x := range problems {
		p.Errors = append(p.Errors, fieldProblem{x.Field, words(x.Text)})
	}
	return p
}

type listRecordsInput struct {
	Kind   string   `path:"kind" maxLength:"64"`
	Units  []string `query:"unit" maxItems:"200" doc:"ids; none: all one may read"`
	States []string `query:"state" maxItems:"20"`
	From   string   `query:"from" maxLength:"10" doc:"first day, as 2017-06-01"`
	To     string   `query:"to" maxLength:"10"`
	Text   string   `query:"q" maxLength:"200" doc:"words that all occur, whatever their width and case"`
	Where  []string `query:"where" maxItems:"20" doc:"field:value; several of a field are alternatives; field: alone is those where it is empty"`
	Oldest bool     `query:"oldest" doc:"the oldest first"`
	After  string   `query:"after" maxLength:"64" doc:"id of the last one of the page before"`
	Limit  int      `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

func (in *listRecordsInput) query() record.Query {
	q := record.Query{Units: in.Units, States: in.States, From: in.From, To: in.To, Text: in.Text, Oldest: in.Oldest, After: in.After, Limit: in.Limit, Fields: map[string][]string{}}
	for _, w := range in.Where {
		f, value, _ := strings.Cut(w, ":")
		q.Fields[f] = append(q.Fields[f], value)
	}
	return q
}

type recordsOutput struct {
	Body struct {
		Records []RecordBody `json:"records" nullable:"false"`
		More    bool         `json:"more"`
		All     int          `json:"all" doc:"on all pages"`
	}
}

func (g *Gateway) listRecords(ctx context.Context, in *listRecordsInput) (*recordsOutput, error) {
	p, err := g.Records.List(ctx, g.acting(ctx), in.Kind, in.query())
	if err != nil {
		return nil, err
	}
	out := &recordsOutput{}
	out.Body.Records, out.Body.More, out.Body.All = []RecordBody{}, p.More, p.All
	for _, r := range p.Records {
		out.Body.Records = append(out.Body.Records, g.describeRecord(r))
	}
	return out, nil
}

type createRecordInput struct {
	Kind string `path:"kind" maxLength:"64"`
	Body struct {
		Unit   string         `json:"unit,omitempty" maxLength:"64"`
		Values map[string]any `json:"values" nullable:"false"`
	}
}

func (g *Gateway) createRecord(ctx context.Context, in *createRecordInput) (*recordOutput, error) {
	r, err := g.Records.Create(ctx, g.acting(ctx), in.Kind, record.Draft{Unit: in.Body.Unit, Values: in.Body.Values})
	return g.recordOutput(r, http.StatusCreated, err)
}

// RecordPath names a record. It is exported so that the inputs it is part of have its fields.
type RecordPath struct {
	Kind string `path:"kind" maxLength:"64"`
	ID   string `path:"id" maxLength:"64"`
}

type recordVersionBody struct {
	Version int64          `json:"version"`
	What    string         `json:"what" doc:"create, edit, correct, see, or a move"`
	Deputy  bool           `json:"deputy" doc:"in place of whom it belongs to"`
	State   string         `json:"state"`
	By      string         `json:"by"`
	Name    string         `json:"name" doc:"with the post, then"`
	At      vms.Instant    `json:"at" format:"date-time"`
	Reason  string         `json:"reason"`
	Values  map[string]any `json:"values" nullable:"false"`

	Names map[string]string `json:"names" nullable:"false"`
}

type oneRecordOutput struct {
	Body struct {
		RecordBody
		LinksBody
		Remarks []wordsBody         `json:"remarks" nullable:"false" doc:"that somebody should look at again, and no errors"`
		Moves   []moveBody          `json:"moves" nullable:"false" doc:"this person may make now"`
		Writes  bool                `json:"writes" doc:"this person may edit it, or correct it"`
		History []recordVersionBody `json:"history" nullable:"false" doc:"the newest first"`
	}
}

func (g *Gateway) oneRecord(ctx context.Context, in *RecordPath) (*oneRecordOutput, error) {
	a := g.acting(ctx)
	r, err := g.recordOf(ctx, a, in)
	if err != nil {
		return nil, err
	}
	history, err := g.Records.History(ctx, a, r.ID)
	if err != nil {
		return nil, err
	}
	moves, err := g.Records.MovesOf(ctx, a, r)
	if err != nil {
		return nil, err
	}
	k, err := g.Records.Kind(r.Kind)
	if err != nil {
		return nil, err
	}
	out := &oneRecordOutput{}
	if out.Body.LinksBody, err = g.linksOf(ctx, a, r); err != nil {
		return nil, err
	}
	out.Body.RecordBody, out.Body.Writes, out.Body.Moves, out.Body.History = g.describeRecord(r), k.Writes(a, r.Unit), []moveBody{}, []recordVersionBody{}
	out.Body.Remarks = []wordsBody{}
	remarks, err := g.Records.Remarks(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, x := range remarks {
		out.Body.Remarks = append(out.Body.Remarks, words(x))
	}
	for _, m := range moves {
		out.Body.Moves = append(out.Body.Moves, describeMove(m))
	}
	for _, v := range history {
		out.Body.History = append(out.Body.History, recordVersionBody{v.Version, v.What, v.Deputy, v.State, v.By, v.Name, v.At, v.Reason, v.Values, nameMap(v.Names)})
	}
	return out, nil
}

// recordOf is the record of that kind and id.
func (g *Gateway) recordOf(ctx context.Context, a record.Actor, in *RecordPath) (*record.Record, error) {
	r, err := g.Records.Find(ctx, a, in.ID)
	if err == nil && r.Kind != in.Kind {
		return nil, vms.Errorf(vms.NotFound, "no-record", "記録がありません。 There is no such record.")
	}
	return r, err
}

type changeRecordInput struct {
	RecordPath
	Body struct {
		Version int64          `json:"version" doc:"the one that was seen"`
		Values  map[string]any `json:"values" nullable:"false" doc:"what changes; null empties a field"`
		Reason  string         `json:"reason,omitempty" maxLength:"500" doc:"of a change; of a correction it is required"`
	}
}

// changeRecord edits an open record, and corrects one that was confirmed.
func (g *Gateway) changeRecord(ctx context.Context, in *changeRecordInput) (*recordOutput, error) {
	a := g.acting(ctx)
	r, err := g.recordOf(ctx, a, &in.RecordPath)
	if err != nil {
		return nil, err
	}
	r, err = g.Records.Change(ctx, a, r.ID, in.Body.Version, in.Body.Values, in.Body.Reason)
	return g.recordOutput(r, http.StatusOK, err)
}

type moveRecordInput struct {
	RecordPath
	Move string `path:"move" maxLength:"64"`
	Body struct {
		Version int64          `json:"version" doc:"the one that was seen"`
		Values  map[string]any `json:"values,omitempty" doc:"filled in on the way"`
		Reason  string         `json:"reason,omitempty" maxLength:"500"`
	}
}

func (g *Gateway) moveRecord(ctx context.Context, in *moveRecordInput) (*recordOutput, error) {
	a := g.acting(ctx)
	r, err := g.recordOf(ctx, a, &in.RecordPath)
	if err != nil {
		return nil, err
	}
	r, err = g.Records.Move(ctx, a, r.ID, in.Body.Version, in.Move, in.Body.Values, in.Body.Reason)
	return g.recordOutput(r, http.StatusOK, err)
}

type seeRecordInput struct {
	RecordPath
	Body struct {
		Version int64 `json:"version" doc:"the one that was seen"`
	}
}

func (g *Gateway) seeRecord(ctx context.Context, in *seeRecordInput) (*recordOutput, error) {
	a := g.acting(ctx)
	r, err := g.recordOf(ctx, a, &in.RecordPath)
	if err != nil {
		return nil, err
	}
	r, err = g.Records.See(ctx, a, r.ID, in.Body.Version)
	return g.recordOutput(r, http.StatusOK, err)
}
