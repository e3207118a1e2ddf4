package gateway

import (
	"context"

	"yagura/internal/oplog"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

type logFigureBody struct {
	ID    string    `json:"id"`
	Name  wordsBody `json:"name"`
	Value float64   `json:"value" doc:"share: 0 to 1"`
	Peers *float64  `json:"peers" nullable:"true" doc:"median of peers"`
	Low   *float64  `json:"low" nullable:"true" doc:"of a share: where it lies with 95 % confidence"`
	High  *float64  `json:"high" nullable:"true"`
	Text  string    `json:"text" doc:"what it is about, such as f 20–29"`
}

type logSampleBody struct {
	At       vms.Instant `json:"at" format:"date-time"`
	Terminal string      `json:"terminal"`
	Business string      `json:"business"`
	Action   string      `json:"action" enum:"search,view,print,update"`
	Person   string      `json:"person" doc:"pseudonym"`
	Cased    bool        `json:"cased"`
}

type logStepBody struct {
	Move   string      `json:"move"`
	State  string      `json:"state"`
	By     string      `json:"by" doc:"name"`
	At     vms.Instant `json:"at" format:"date-time"`
	Reason string      `json:"reason"`
}

// LogHintBody is a hint. It is exported so that what it is part of has its fields.
type LogHintBody struct {
	ID        string          `json:"id"`
	Rule      string          `json:"rule" enum:"H1,H2,H3,H4,H5,H6,H7,H8,H9,H10,H11,H12,H13,H14"`
	Name      wordsBody       `json:"name"`
	What      wordsBody       `json:"what"`
	Ordinary  wordsBody       `json:"ordinary" doc:"possible ordinary reasons"`
	Staff     *logStaffBody   `json:"staff,omitempty" doc:"not of H6"`
	Unit      string          `json:"unit"`
	Person    string          `json:"person" doc:"pseudonym of the searched person it is about; empty: several"`
	Figures   []logFigureBody `json:"figures" nullable:"false"`
	Events    int             `json:"events"`
	First     vms.Instant     `json:"first" format:"date-time"`
	Last      vms.Instant     `json:"last" format:"date-time"`
	Found     vms.Instant     `json:"found" format:"date-time"`
	Level     string          `json:"level" enum:"unit,department,office,audit" doc:"who answers it"`
	State     string          `json:"state" enum:"new,asked,necessary,look,footage,handed,done"`
	StateName wordsBody       `json:"state_name"`
	Version   int64           `json:"version" doc:"to be sent back with a move"`
	Due       string          `json:"due" doc:"day; empty: nothing is owed"`
	Late      bool            `json:"late"`
	Lapses    *vms.Instant    `json:"lapses" format:"date-time" nullable:"true" doc:"when the footage of its last event goes, unless it is held, by the first of the covering cameras; null: none covers its terminals"`
	Warn      bool            `json:"warn" doc:"it goes soon, and nobody asked for it"`
	Footage   string          `json:"footage" doc:"number of the request; empty: none"`
	Outcome   string          `json:"outcome" enum:"seen,unclear,nothing," doc:"of it; empty: none yet"`
	Moves     []string        `json:"moves" nullable:"false" doc:"that this person may make: ask, necessary, look, hand_over, close"`
}

func (g *Gateway) describeHint(h *oplog.Hint) LogHintBody {
	r := hint.Rules[h.Rule]
	b := LogHintBody{h.ID, h.Rule, both(r.Name), both(r.What), both(r.Ordinary), g.describeStaff(h.Staff), h.Unit, h.Person.String(), []logFigureBody{}, h.Events, h.First, h.Last, h.Found, h.Level,
		h.State, both(oplog.StateNames[h.State]), h.Version, h.Due, h.Late, orNull(h.Lapses), h.Warn, h.Footage, h.Outcome, list(h.Moves)}
	for _, f := range h.Figures {
		b.Figures = append(b.Figures, logFigureBody{f.ID, both(hint.FigureNames[f.ID]), f.Value, f.Peers, f.Low, f.High, f.Text})
	}
	return b
}

func both(t event.Text) wordsBody { return wordsBody{t.Ja, t.En} }

type logHintsInput struct {
	State string `query:"state" maxLength:"16"`
	Rule  string `query:"rule" maxLength:"4"`
	Unit  string `query:"unit" maxLength:"64"`
}

type logHintsOutput struct {
	Body struct {
		Hints []LogHintBody `json:"hints" nullable:"false" doc:"newest first, 1,000 at most"`
	}
}

func (g *Gateway) logHints(ctx context.Context, in *logHintsInput) (*logHintsOutput, error) {
	hints, err := g.Oplog.Hints(ctx, asking(ctx), oplog.HintQuery(*in))
	out := &logHintsOutput{}
	out.Body.Hints = []LogHintBody{}
	for i := range hints {
		out.Body.Hints = append(out.Body.Hints, g.describeHint(&hints[i]))
	}
	return out, err
}

type logHintInput struct {
	ID string `path:"id" maxLength:"64"`
}

type logHintOutput struct {
	Body struct {
		Hint    LogHintBody     `json:"hint"`
		Samples []logSampleBody `json:"samples" nullable:"false" doc:"some of its events"`
		Steps   []logStepBody   `json:"steps" nullable:"false"`
	}
}

func (g *Gateway) logHint(ctx context.Context, in *logHintInput) (*logHintOutput, error) {
	h, err := g.Oplog.Hint(ctx, asking(ctx), in.ID)
	return g.hintOutput(ctx, h, err)
}

func (g *Gateway) hintOutput(ctx context.Context, h *oplog.Hint, err error) (*logHintOutput, error) {
	if err != nil {
		return nil, err
	}
	out, names := &logHintOutput{}, g.names()
	out.Body.Hint, out.Body.Samples, out.Body.Steps = g.describeHint(h), []logSampleBody{}, []logStepBody{}
	for _, s := range h.Samples {
		out.Body.Samples = append(out.Body.Samples, logSampleBody{s.At, s.Terminal, s.Business, s.Action, s.Person.String(), s.Cased})
	}
	for _, s := range h.Steps {
		out.Body.Steps = append(out.Body.Steps, logStepBody{s.Move, s.State, names.of(ctx, s.Actor), s.At, s.Reason})
	}
	return out, nil
}

type logMoveInput struct {
	ID   string `path:"id" maxLength:"64"`
	Move string `path:"move" maxLength:"16"`
	Body struct {
		Version int64  `json:"version" minimum:"1"`
		Reason  string `json:"reason,omitempty" maxLength:"2000"`
	}
}

func (g *Gateway) moveHint(ctx context.Context, in *logMoveInput) (*logHintOutput, error) {
	h, err := g.Oplog.Move(ctx, asking(ctx), in.ID, in.Body.Version, in.Move, in.Body.Reason)
	return g.hintOutput(ctx, h, err)
}

type logIdentifyBody struct {
	ID      string       `json:"id"`
	Hint    string       `json:"hint"`
	Person  string       `json:"person" doc:"pseudonym"`
	Reason  string       `json:"reason"`
	By      string       `json:"by" doc:"name"`
	At      vms.Instant  `json:"at" format:"date-time"`
	State   string       `json:"state" enum:"waiting,approved,refused" doc:"approved: to be done in the source system; nothing of it comes back"`
	Decider string       `json:"decider" doc:"name; empty: nobody yet"`
	Decided *vms.Instant `json:"decided" format:"date-time" nullable:"true"`
	Mine    bool         `json:"mine" doc:"this person may decide"`
}

type logIdentifyOutput struct {
	Body struct {
		Requests []logIdentifyBody `json:"requests" nullable:"false" doc:"newest first"`
	}
}

func (g *Gateway) identifications(ctx context.Context, _ *struct{}) (*logIdentifyOutput, error) {
	c, out, names := asking(ctx), &logIdentifyOutput{}, g.names()
	all, err := g.Oplog.Identifications(ctx, c)
	if err != nil {
		return nil, err
	}
	out.Body.Requests = []logIdentifyBody{}
	for _, i := range all {
		b := logIdentifyBody{i.ID, i.Hint, i.Person.String(), i.Reason, names.of(ctx, i.AskedBy), i.Asked, i.State, "", orNull(i.Decided), i.State == oplog.Waiting && g.Oplog.Decides(c.Person, &i)}
		if i.DecideBy != "" {
			b.Decider = names.of(ctx, i.DecideBy)
		}
		out.Body.Requests = append(out.Body.Requests, b)
	}
	return out, nil
}

type askIdentityInput struct {
	Body struct {
		Hint   string `json:"hint" minLength:"1" maxLength:"64"`
		Person string `json:"person" minLength:"1" maxLength:"16" doc:"pseudonym"`
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

type askIdentityOutput struct {
	Status int
	Body   struct {
		ID string `json:"id"`
	}
}

func (g *Gateway) askIdentity(ctx context.Context, in *askIdentityInput) (*askIdentityOutput, error) {
	id, err := g.Oplog.AskIdentity(ctx, asking(ctx), in.Body.Hint, in.Body.Person, in.Body.Reason)
	out := &askIdentityOutput{Status: 201}
	out.Body.ID = id
	return out, err
}

func (g *Gateway) approveIdentity(ctx context.Context, in *logHintInput) (*struct{}, error) {
	return nil, g.Oplog.DecideIdentity(ctx, asking(ctx), in.ID, true)
}

func (g *Gateway) refuseIdentity(ctx context.Context, in *logHintInput) (*struct{}, error) {
	return nil, g.Oplog.DecideIdentity(ctx, asking(ctx), in.ID, false)
}
