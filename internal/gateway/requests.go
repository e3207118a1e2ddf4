package gateway

import (
	"context"
	"net/http"

	"yagura/internal/request"
	"yagura/internal/vms"
)

// RequestBody is a 映像確認依頼 as lists have it.
type RequestBody struct {
	Number    string        `json:"number" doc:"it is the case of what follows"`
	Hint      string        `json:"hint" doc:"id of the hint it was made from; empty: none"`
	Rules     []string      `json:"rules" nullable:"false" doc:"of the hint, H1 to H14"`
	State     string        `json:"state" enum:"waiting,looking,done"`
	Terminal  string        `json:"terminal"`
	Room      string        `json:"room" doc:"where it stands, in words"`
	Staff     string        `json:"staff" doc:"as who asked knows them"`
	Events    []vms.Instant `json:"events" nullable:"false" doc:"when it was looked up, in order"`
	AskedName string        `json:"asked_name"`
	AskedAt   vms.Instant   `json:"asked_at" format:"date-time"`
	Due       vms.Instant   `json:"due" format:"date-time"`
	TakenName string        `json:"taken_name" doc:"who looks at it; empty: nobody yet"`
	TakenAt   *vms.Instant  `json:"taken_at" format:"date-time" nullable:"true"`
	Outcome   string        `json:"outcome" enum:"seen,unclear,nothing," doc:"empty: none yet"`
	OutcomeAt *vms.Instant  `json:"outcome_at" format:"date-time" nullable:"true"`
	MayAnswer bool          `json:"may_answer" doc:"this person may take it up and say what came of it"`
}

func (g *Gateway) describeRequest(ctx context.Context, q *request.Request, names *names) RequestBody {
	p := who(ctx).session.Person
	return RequestBody{Number: q.Number, Hint: q.Hint, Rules: list(q.Rules), State: q.State(), Terminal: q.Terminal, Room: q.Room, Staff: q.Staff, Events: append([]vms.Instant{}, q.Events...),
		AskedName: names.of(ctx, q.AskedBy), AskedAt: q.AskedAt, Due: q.Due, TakenName: names.orNone(ctx, q.TakenBy), TakenAt: orNull(q.TakenAt),
		Outcome: q.Outcome, OutcomeAt: orNull(q.At), MayAnswer: q.Outcome == "" && g.Request.Answers(p) && !g.Request.Asks(p)}
}

type requestsOutput struct {
	Body struct {
		Requests []RequestBody `json:"requests" nullable:"false" doc:"asked last first, at most 500"`
		Asks     bool          `json:"asks" doc:"this person asks for footage to be looked at"`
		Answers  bool          `json:"answers" doc:"this person looks at it"`
	}
}

func (g *Gateway) listRequests(ctx context.Context, _ *struct{}) (*requestsOutput, error) {
	p := who(ctx).session.Person
	all, err := g.Request.List(ctx, p)
	out, names := &requestsOutput{}, g.names()
	b := &out.Body
	b.Requests, b.Asks, b.Answers = []RequestBody{}, g.Request.Asks(p), g.Request.Answers(p) && !g.Request.Asks(p)
	for i := range all {
		b.Requests = append(b.Requests, g.describeRequest(ctx, &all[i], names))
	}
	return out, err
}

type coverBody struct {
	Camera camBody  `json:"camera"`
	Clock  *float64 `json:"clock" nullable:"true" doc:"by how many seconds the camera's own clock was ahead of ours at the first event; null: not known"`
}

type hintFigureBody struct {
	Name  string `json:"name" maxLength:"100"`
	Value string `json:"value" maxLength:"100"`
	Peers string `json:"peers,omitempty" maxLength:"100" doc:"the same of peers"`
}

type wholeRequestBody struct {
	RequestBody
	Figures     []hintFigureBody `json:"figures" nullable:"false" doc:"of the hint, beside those of peers"`
	Note        string           `json:"note" doc:"of who asked"`
	Cameras     []coverBody      `json:"cameras" nullable:"false" doc:"that covered the terminal when it was asked; told to who looks"`
	StaffNumber string           `json:"staff_number" doc:"told to who looks, and to auditors"`
	StaffName   string           `json:"staff_name"`
	StaffUnit   string           `json:"staff_unit"`
	Stretches   []spanBody       `json:"stretches" nullable:"false" doc:"of footage that is proposed to be held"`
	Held        int              `json:"held" doc:"holds in force for it"`
	Erased      *vms.Instant     `json:"erased" format:"date-time" nullable:"true" doc:"when the first of the footage is erased where nothing holds it"`
	OutcomeName string           `json:"outcome_name" doc:"told within crisis management, and to auditors"`
	OutcomeNote string           `json:"outcome_note"`
}

type spanBody struct {
	From vms.Instant `json:"from" format:"date-time"`
	To   vms.Instant `json:"to" format:"date-time"`
}

type requestOutput struct {
	Status int
	Body   wholeRequestBody
}

func (g *Gateway) wholeRequest(ctx context.Context, status int, q request.Request) (*requestOutput, error) {
	names := g.names()
	b := wholeRequestBody{RequestBody: g.describeRequest(ctx, &q, names), Figures: []hintFigureBody{}, Note: q.Note, Cameras: []coverBody{}, Stretches: []spanBody{},
		StaffNumber: q.Member.Number, StaffName: q.Member.Name, StaffUnit: q.Member.Unit, Erased: orNull(g.Request.Erased(&q)),
		OutcomeName: names.orNone(ctx, q.By), OutcomeNote: q.Said}
	for _, f := range q.Figures {
		b.Figures = append(b.Figures, hintFigureBody(f))
	}
	out := &requestOutput{status, b}
	if g.Request.Asks(who(ctx).session.Person) {
		return out, nil
	}
	for _, s := range q.Stretches() {
		out.Body.Stretches = append(out.Body.Stretches, spanBody(s))
	}
	var err error
	if out.Body.Held, err = g.Request.Held(ctx, who(ctx).session.Person, &q); err != nil {
		return nil, err
	}
	for _, id := range q.Cameras {
		c := coverBody{Camera: camBody{ID: id, Number: string(id)}}
		if cam := g.Cameras().Find(id); cam != nil {
			c.Camera = camOf(cam)
		}
		ahead, known, err := g.Archive.CameraClock(ctx, id, q.Events[0])
		if err != nil {
			return nil, err
		}
		if seconds := ahead.Seconds(); known {
			c.Clock = &seconds
		}
		out.Body.Cameras = append(out.Body.Cameras, c)
	}
	return out, nil
}

type askRequestInput struct {
	Body struct {
		Hint     string           `json:"hint,omitempty" maxLength:"100" doc:"id of the hint it is made from, which is to be looked into: rules, staff, events and figures are then the hint's. Empty: all of them are needed"`
		Rules    []string         `json:"rules,omitempty" maxItems:"14" doc:"H1 to H14"`
		Terminal string           `json:"terminal,omitempty" maxLength:"100" doc:"of a hint: one of its terminals; empty: the one that was seen most"`
		Staff    string           `json:"staff,omitempty" maxLength:"100" doc:"as who asks knows them: a pseudonym, or a number"`
		Events   []vms.Instant    `json:"events,omitempty" maxItems:"50" doc:"when it was looked up"`
		Figures  []hintFigureBody `json:"figures,omitempty" maxItems:"12" doc:"nothing of a searched person"`
		Note     string           `json:"note,omitempty" maxLength:"2000" doc:"nothing of a searched person"`
	}
}

func (g *Gateway) askRequest(ctx context.Context, in *askRequestInput) (*requestOutput, error) {
	b := in.Body
	ask := request.Request{Hint: b.Hint, Rules: b.Rules, Terminal: b.Terminal, Staff: b.Staff, Events: b.Events, Note: b.Note}
	for _, f := range b.Figures {
		ask.Figures = append(ask.Figures, request.Figure(f))
	}
	q, err := g.Request.Ask(ctx, asking(ctx), ask)
	if err != nil {
		return nil, err
	}
	q.Member = request.Member{} // who asked is not told
	return g.wholeRequest(ctx, http.StatusCreated, q)
}

type ofRequest struct {
	Number string `path:"number" maxLength:"40"`
}

func (g *Gateway) request(ctx context.Context, in *ofRequest) (*requestOutput, error) {
	q, err := g.Request.Find(ctx, asking(ctx), in.Number)
	if err != nil {
		return nil, err
	}
	return g.wholeRequest(ctx, http.StatusOK, q)
}

type takeRequestInput struct {
	Number string `path:"number" maxLength:"40"`
	Body   struct {
		Hold bool `json:"hold" doc:"the footage around its events, on every camera that covered the terminal"`
	}
}

func (g *Gateway) takeRequest(ctx context.Context, in *takeRequestInput) (*requestOutput, error) {
	q, err := g.Request.Take(ctx, asking(ctx), in.Number, in.Body.Hold)
	if err != nil {
		return nil, err
	}
	return g.wholeRequest(ctx, http.StatusOK, q)
}

type answerRequestInput struct {
	Number string `path:"number" maxLength:"40"`
	Body   struct {
		Outcome string `json:"outcome" enum:"seen,unclear,nothing"`
		Note    string `json:"note" maxLength:"2000" doc:"within crisis management: who asked is told the outcome alone"`
	}
}

func (g *Gateway) answerRequest(ctx context.Context, in *answerRequestInput) (*requestOutput, error) {
	q, err := g.Request.Answer(ctx, asking(ctx), in.Number, in.Body.Outcome, in.Body.Note)
	if err != nil {
		return nil, err
	}
	return g.wholeRequest(ctx, http.StatusOK, q)
}
