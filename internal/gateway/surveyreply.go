package gateway

import (
	"context"

	"yagura/internal/survey"
	"yagura/internal/vms"
)

type answerBody struct {
	Is   []string `json:"is" nullable:"false" maxItems:"20" doc:"ids of options"`
	Text string   `json:"text,omitempty" maxLength:"1000"`
}

func answersIn(in map[string]answerBody) survey.Answers {
	out := survey.Answers{}
	for id, a := range in {
		out[id] = survey.Answer{Is: a.Is, Text: a.Text}
	}
	return out
}

func answersOut(in survey.Answers) map[string]answerBody {
	out := map[string]answerBody{}
	for id, a := range in {
		out[id] = answerBody{list(a.Is), a.Text}
	}
	return out
}

type prefillBody struct {
	Answer answerBody `json:"answer"`
	Source string     `json:"source" doc:"the records it follows from"`
}

type replyVersionBody struct {
	Version int64       `json:"version"`
	What    string      `json:"what" doc:"save, quote, sample, or a move"`
	State   string      `json:"state"`
	By      string      `json:"by"`
	Name    string      `json:"name" doc:"with the post, then"`
	At      vms.Instant `json:"at" format:"date-time"`
	Reason  string      `json:"reason"`
}

type replyOutput struct {
	Body struct {
		Survey    SurveyBody             `json:"survey"`
		Target    targetBody             `json:"target"`
		Questions []questionBody         `json:"questions" nullable:"false"`
		Answers   map[string]answerBody  `json:"answers" nullable:"false" doc:"by question"`
		Prefilled map[string]prefillBody `json:"prefilled" nullable:"false" doc:"what the unit's records answer, by question"`
		History   []replyVersionBody     `json:"history" nullable:"false" doc:"the newest first"`
	}
}

func (g *Gateway) oneReply(ctx context.Context, in *ReplyPath) (*replyOutput, error) {
	a := g.acting(ctx)
	s, p, err := g.Survey.Reply(ctx, a, in.Name, in.Target)
	if err != nil {
		return nil, err
	}
	prefilled, err := g.Survey.Prefilled(ctx, a, s, p)
	if err != nil {
		return nil, err
	}
	history, err := g.Survey.History(ctx, a, in.Name, in.Target)
	out := &replyOutput{}
	out.Body.Survey, out.Body.Target, out.Body.Questions, out.Body.Answers = describeSurvey(s, nil), describeTarget(a, s, p), describeForm(&s.Form), answersOut(p.Answers)
	out.Body.Prefilled, out.Body.History = map[string]prefillBody{}, []replyVersionBody{}
	for id, f := range prefilled {
		out.Body.Prefilled[id] = prefillBody{answerBody{list(f.Answer.Is), f.Answer.Text}, f.Source}
	}
	for _, v := range history {
		out.Body.History = append(out.Body.History, replyVersionBody{v.Version, v.What, v.State, v.By, v.Name, v.At, v.Reason})
	}
	return out, err
}

type saveReplyInput struct {
	ReplyPath
	Body struct {
		Version int64                 `json:"version" doc:"the one that was seen"`
		Answers map[string]answerBody `json:"answers" nullable:"false" doc:"by question; all there are so far"`
	}
}

func (g *Gateway) saveReply(ctx context.Context, in *saveReplyInput) (*struct{}, error) {
	return nil, fieldErrors(g.Survey.Save(ctx, g.acting(ctx), in.Name, in.Target, in.Body.Version, answersIn(in.Body.Answers)))
}

type moveReplyInput struct {
	ReplyPath
	Move string `path:"move" maxLength:"32"`
	Body moveBodyIn
}

func (g *Gateway) moveReply(ctx context.Context, in *moveReplyInput) (*struct{}, error) {
	return nil, fieldErrors(g.Survey.MoveReply(ctx, g.acting(ctx), in.Name, in.Target, in.Body.Version, in.Move, in.Body.Reason))
}

type editQuoteInput struct {
	ReplyPath
	Question string `path:"question" maxLength:"32"`
	Body     struct {
		Version int64  `json:"version" doc:"the one that was seen"`
		Main    bool   `json:"main"`
		Edited  string `json:"edited,omitempty" maxLength:"1000"`
	}
}

func (g *Gateway) editQuote(ctx context.Context, in *editQuoteInput) (*struct{}, error) {
	return nil, fieldErrors(g.Survey.Edit(ctx, g.acting(ctx), in.Name, in.Target, in.Body.Version, in.Question, survey.Quote{Main: in.Body.Main, Edited: in.Body.Edited}))
}
