package gateway

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"

	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/survey"
	"yagura/internal/vms"
)

// SurveyBody is a survey without its replies. It is exported so that what it is part of has its fields.
type SurveyBody struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Purpose string         `json:"purpose"`
	From    string         `json:"from" doc:"first day on which it is answered, as 2017-04-26"`
	To      string         `json:"to"`
	Since   string         `json:"since" doc:"replies are prefilled from records of this day to the last one"`
	AsOf    string         `json:"as_of" doc:"the day of its report"`
	State   string         `json:"state" enum:"preparing,asking,collecting,checking,final"`
	Version int64          `json:"version"`
	Chased  vms.Instant    `json:"chased" format:"date-time"`
	Chases  int64          `json:"chases"`
	Counts  map[string]int `json:"counts" nullable:"false" doc:"replies this person reads, by state"`
}

func describeSurvey(s *survey.Survey, list []*survey.Reply) SurveyBody {
	b := SurveyBody{s.Name, s.Title, s.Purpose, s.From, s.To, s.Since, s.AsOf, s.State, s.Version, s.Chased, s.Chases, map[string]int{}}
	for _, p := range list {
		b.Counts[p.State]++
	}
	return b
}

type surveysOutput struct {
	Body struct {
		Surveys []SurveyBody `json:"surveys" nullable:"false" doc:"the newest first"`
		Keeps   bool         `json:"keeps" doc:"this person keeps surveys"`
		Reads   bool         `json:"reads" doc:"this person reads every reply, and the report"`
	}
}

func (g *Gateway) listSurveys(ctx context.Context, _ *struct{}) (*surveysOutput, error) {
	a, out := g.acting(ctx), &surveysOutput{}
	list, err := g.Survey.List(ctx, a)
	if err != nil {
		return nil, err
	}
	out.Body.Surveys, out.Body.Keeps, out.Body.Reads = []SurveyBody{}, survey.Keeps(a), survey.ReadsAll(a)
	for _, s := range list {
		_, replies, err := g.Survey.Replies(ctx, a, s.Name)
		if err != nil {
			return nil, err
		}
		out.Body.Surveys = append(out.Body.Surveys, describeSurvey(s, replies))
	}
	return out, nil
}

// SurveyWords are what is said of a survey. They are exported so that the bodies they are part of have their fields.
type SurveyWords struct {
	Title   string `json:"title" maxLength:"1000"`
	Purpose string `json:"purpose" maxLength:"1000"`
	From    string `json:"from" maxLength:"10"`
	To      string `json:"to" maxLength:"10"`
	Since   string `json:"since" maxLength:"10"`
	AsOf    string `json:"as_of" maxLength:"10"`
}

func (w *SurveyWords) survey(name string) survey.Survey {
	return survey.Survey{Name: name, Title: w.Title, Purpose: w.Purpose, From: w.From, To: w.To, Since: w.Since, AsOf: w.AsOf}
}

type createSurveyInput struct {
	Body struct {
		Name string `json:"name" maxLength:"32"`
		SurveyWords
	}
}

type surveyOutput struct {
	Status int
	Body   SurveyBody
}

func (g *Gateway) createSurvey(ctx context.Context, in *createSurveyInput) (*surveyOutput, error) {
	s, err := g.Survey.Create(ctx, g.acting(ctx), in.Body.survey(in.Body.Name))
	if err != nil {
		return nil, fieldErrors(err)
	}
	return &surveyOutput{http.StatusCreated, describeSurvey(s, nil)}, nil
}

type editSurveyInput struct {
	Name string `path:"name" maxLength:"32"`
	Body struct {
		Version int64 `json:"version" doc:"the one that was seen"`
		SurveyWords
	}
}

// editSurvey changes a survey that is being prepared.
func (g *Gateway) editSurvey(ctx context.Context, in *editSurveyInput) (*surveyOutput, error) {
	s, err := g.Survey.Amend(ctx, g.acting(ctx), in.Body.Version, in.Body.survey(in.Name))
	if err != nil {
		return nil, fieldErrors(err)
	}
	return &surveyOutput{http.StatusOK, describeSurvey(s, nil)}, nil
}

type questionOptionBody struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Text   string `json:"text" doc:"what is to be written with it; empty: nothing"`
	TextEn string `json:"text_en"`
}

type questionBody struct {
	ID      string               `json:"id"`
	Label   string               `json:"label"`
	Text    string               `json:"text"`
	TextEn  string               `json:"text_en"`
	Kind    string               `json:"kind" enum:"choice,choices"`
	Options []questionOptionBody `json:"options" nullable:"false"`
	When    string               `json:"when" doc:"another question: this one is asked only where that has one of the answers of is; empty: always"`
	Is      []string             `json:"is" nullable:"false"`
}

func describeForm(f *survey.Form) []questionBody {
	out := []questionBody{}
	for _, q := range f.Questions {
		b := questionBody{ID: q.ID, Label: q.Label, Text: q.Text, TextEn: q.TextEn, Kind: q.Kind, Options: []questionOptionBody{}, Is: []string{}}
		for _, o := range q.Options {
			b.Options = append(b.Options, questionOptionBody(o))
		}
		if q.When != nil {
			b.When, b.Is = q.When.Question, list(q.When.Is)
		}
		out = append(out, b)
	}
	return out
}

type targetBody struct {
	ID       string      `json:"id"`
	Name     string      `json:"name" doc:"when the survey was opened"`
	Category string      `json:"category"`
	State    string      `json:"state" enum:"untouched,draft,waiting,submitted,returned,confirmed"`
	Version  int64       `json:"version" doc:"to be sent back with a change"`
	Changed  vms.Instant `json:"changed" format:"date-time"`
	Moves    []string    `json:"moves" nullable:"false" doc:"this person may make now"`
	Writes   bool        `json:"writes"`
}

func describeTarget(a record.Actor, s *survey.Survey, p *survey.Reply) targetBody {
	i := slices.IndexFunc(survey.Categories, func(c survey.Category) bool { return c.ID == p.Category })
	return targetBody{p.ID, p.Name, survey.Categories[i].Name, p.State, p.Version, p.Changed, list(survey.RepliesMoves(a, s, p)), survey.Writes(a, s, p)}
}

// SurveyPath names a survey, ReplyPath one of its replies. They are exported so that the inputs they are part of have their fields.
type SurveyPath struct {
	Name string `path:"name" maxLength:"32"`
}

// ReplyPath names a reply.
type ReplyPath struct {
	SurveyPath
	Target string `path:"target" maxLength:"32"`
}

type oneSurveyOutput struct {
	Body struct {
		SurveyBody
		Questions []questionBody `json:"questions" nullable:"false"`
		Targets   []targetBody   `json:"targets" nullable:"false" doc:"those this person reads, in 建制順"`
		Moves     []string       `json:"moves" nullable:"false" doc:"of the survey, this person may make now"`
	}
}

func (g *Gateway) oneSurvey(ctx context.Context, in *SurveyPath) (*oneSurveyOutput, error) {
	a := g.acting(ctx)
	s, replies, err := g.Survey.Replies(ctx, a, in.Name)
	if err != nil {
		return nil, err
	}
	out := &oneSurveyOutput{}
	out.Body.SurveyBody, out.Body.Questions, out.Body.Targets, out.Body.Moves = describeSurvey(s, replies), describeForm(&s.Form), []targetBody{}, list(survey.MovesOf(a, s))
	for _, p := range replies {
		out.Body.Targets = append(out.Body.Targets, describeTarget(a, s, p))
	}
	return out, nil
}

type moveBodyIn struct {
	Version int64  `json:"version" doc:"the one that was seen"`
	Reason  string `json:"reason,omitempty" maxLength:"500"`
}

type moveSurveyInput struct {
	SurveyPath
	Move string `path:"move" maxLength:"32"`
	Body moveBodyIn
}

func (g *Gateway) moveSurvey(ctx context.Context, in *moveSurveyInput) (*struct{}, error) {
	return nil, fieldErrors(g.Survey.Move(ctx, g.acting(ctx), in.Name, in.Body.Version, in.Move, in.Body.Reason))
}

type countOutput struct {
	Body struct {
		Replies int `json:"replies" doc:"how many it was"`
	}
}

func (g *Gateway) chaseSurvey(ctx context.Context, in *SurveyPath) (*countOutput, error) {
	n, err := g.Survey.Chase(ctx, g.acting(ctx), in.Name)
	out := &countOutput{}
	out.Body.Replies = n
	return out, err
}

func (g *Gateway) confirmReplies(ctx context.Context, in *SurveyPath) (*countOutput, error) {
	n, err := g.Survey.ConfirmAll(ctx, g.acting(ctx), in.Name)
	out := &countOutput{}
	out.Body.Replies = n
	return out, err
}

type writtenBody struct {
	Target   string `json:"target"`
	Name     string `json:"name"`
	Version  int64  `json:"version" doc:"of the reply, to be sent back with a change"`
	Question string `json:"question"`
	Text     string `json:"text" doc:"as it was written"`
	Main     bool   `json:"main" doc:"a 主な回答"`
	Edited   string `json:"edited" doc:"as the report has it; empty: as it was written"`
}

type surveyAnswersOutput struct {
	Body struct {
		Answers []writtenBody `json:"answers" nullable:"false" doc:"of replies that were handed in, by question, in 建制順"`
		Edits   bool          `json:"edits" doc:"this person may edit them now"`
	}
}

func (g *Gateway) surveyAnswers(ctx context.Context, in *SurveyPath) (*surveyAnswersOutput, error) {
	a, out := g.acting(ctx), &surveyAnswersOutput{}
	s, written, err := g.Survey.Written(ctx, a, in.Name)
	if err != nil {
		return nil, err
	}
	out.Body.Answers, out.Body.Edits = []writtenBody{}, survey.Edits(a, s)
	for _, w := range written {
		q := w.Reply.Quotes[w.Question]
		out.Body.Answers = append(out.Body.Answers, writtenBody{w.Reply.ID, w.Reply.Name, w.Reply.Version, w.Question, w.Reply.Answers[w.Question].Text, q.Main, q.Edited})
	}
	return out, nil
}

type blockBody struct {
	Kind  string     `json:"kind" enum:"chapter,section,point,norm,text,label,item,table"`
	Text  string     `json:"text"`
	Rows  [][]string `json:"rows" nullable:"false" doc:"of a table, the first being its heading"`
	Right []bool     `json:"right" nullable:"false" doc:"columns of numbers"`
}

type surveyReportOutput struct {
	Body struct {
		Title  string      `json:"title"`
		Top    []string    `json:"top" nullable:"false"`
		Mark   string      `json:"mark" doc:"that it is a draft; else empty"`
		Blocks []blockBody `json:"blocks" nullable:"false"`
	}
}

func (g *Gateway) surveyReport(ctx context.Context, in *SurveyPath) (*surveyReportOutput, error) {
	doc, err := g.Survey.Report(ctx, g.acting(ctx), in.Name)
	if err != nil {
		return nil, err
	}
	out := &surveyReportOutput{}
	out.Body.Title, out.Body.Top, out.Body.Mark, out.Body.Blocks = doc.Title, list(doc.Top), doc.Mark, []blockBody{}
	for _, b := range doc.Blocks {
		out.Body.Blocks = append(out.Body.Blocks, blockBody{string(b.Kind), b.Text, append([][]string{}, b.Rows...), append([]bool{}, b.Right...)})
	}
	return out, nil
}

// surveyFile writes the report as a file: ?format=text, html, pdf, or xlsx for its tables.
func (g *Gateway) surveyFile(w http.ResponseWriter, r *http.Request) {
	data, kind, name, err := g.reportFile(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	_, _ = w.Write(data) // the browser may have gone
}

func (g *Gateway) reportFile(r *http.Request) (data []byte, kind, name string, err error) {
	ctx, format := r.Context(), r.URL.Query().Get("format")
	a, of := g.acting(ctx), r.PathValue("name")
	var out bytes.Buffer
	doc, err := g.Survey.Document(ctx, a, of)
	if err != nil {
		return nil, "", "", err
	}
	write := map[string]struct {
		do              func(*paper.Document, io.Writer) error
		kind, extension string
	}{
		"text": {(*paper.Document).WriteText, "text/plain; charset=utf-8", "txt"}, "html": {(*paper.Document).WriteHTML, "text/html; charset=utf-8", "html"},
		"pdf": {(*paper.Document).WritePDF, "application/pdf", "pdf"},
		"xlsx": {func(_ *paper.Document, w io.Writer) error {
			tables, err := g.Survey.Tables(ctx, a, of)
			if err != nil {
				return err
			}
			return sheet.WriteBook(w, tables...)
		}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
	}
	f, known := write[format]
	if !known {
		return nil, "", "", vms.Errorf(vms.Invalid, "bad-format", "形式は text、html、pdf、xlsx のいずれかです。 The format is text, html, pdf or xlsx.")
	}
	if err := f.do(doc, &out); err != nil {
		return nil, "", "", err
	}
	return out.Bytes(), f.kind, sheet.FileName(doc.Title, f.extension), g.Survey.Exported(ctx, a, of, format)
}
