package gateway

import (
	"context"
	"net/http"

	"yagura/internal/review"
	"yagura/internal/vms"
)

type reviewItemBody struct {
	Month    string       `json:"month" doc:"YYYY-MM"`
	N        int          `json:"n" doc:"from 1"`
	Kind     string       `json:"kind" enum:"view,lookup,office" doc:"lookup: what an auditor asked of the log, or somebody of operation logs; office: what information security did"`
	Why      []string     `json:"why" nullable:"false" doc:"hinted, sealed, random"`
	State    string       `json:"state" enum:"open,fine,asked,answered,found,done"`
	Reviewer string       `json:"reviewer" doc:"name of who decided or asked last; empty: nobody"`
	Question string       `json:"question"`
	Asked    *vms.Instant `json:"asked" format:"date-time" nullable:"true"`
	Answer   string       `json:"answer"`
	Answered *vms.Instant `json:"answered" format:"date-time" nullable:"true"`
	Finding  string       `json:"finding" enum:",in_order,remark,serious"`
	Words    string       `json:"words" doc:"of the finding"`
	Decided  *vms.Instant `json:"decided" format:"date-time" nullable:"true"`
	Measures string       `json:"measures"`
	Done     *vms.Instant `json:"done" format:"date-time" nullable:"true"`
	Mine     bool         `json:"mine" doc:"this person decides about it"`
	Entry    auditBody    `json:"entry" doc:"hints as they were when it was drawn"`
}

func (g *Gateway) describeReview(ctx context.Context, i *review.Item, names *names) reviewItemBody {
	b := reviewItemBody{Month: i.Month, N: i.N, Kind: i.Kind, Why: append([]string{}, i.Why...), State: i.State, Question: i.Question, Asked: orNull(i.Asked), Answer: i.Answer,
		Answered: orNull(i.Answered), Finding: i.Finding, Words: i.Words, Decided: orNull(i.Decided), Measures: i.Measures, Done: orNull(i.Done),
		Mine: g.Review.Decides(who(ctx).session.Person, i)}
	if i.Reviewer != "" {
		b.Reviewer = names.of(ctx, i.Reviewer)
	}
	e := i.Entry
	e.Hints = i.Hints
	b.Entry = describeEntry(&e)
	return b
}

type reviewMonthBody struct {
	Month   string      `json:"month" doc:"YYYY-MM"`
	Drawn   vms.Instant `json:"drawn" format:"date-time"`
	Seed    string      `json:"seed" doc:"with it the same is drawn again"`
	Head    int64       `json:"log_row" doc:"the last row of the log that was looked at"`
	Views   int         `json:"views" doc:"in the month"`
	LookUps int         `json:"lookups" doc:"by auditors, in the log"`
	Items   int         `json:"items" doc:"that this person reads"`
	Left    int         `json:"left" doc:"of them not settled"`
	Mine    int         `json:"mine" doc:"of them to be decided by this person now"`
}

func (g *Gateway) describeReviewMonth(ctx context.Context, m *review.Month) reviewMonthBody {
	b := reviewMonthBody{m.Name, m.Drawn, m.Seed, m.Head, m.Views, m.LookUps, len(m.Items), 0, 0}
	for i := range m.Items {
		it := &m.Items[i]
		if it.Settled() {
			continue
		}
		b.Left++
		if it.State != review.Asked && g.Review.Decides(who(ctx).session.Person, it) {
			b.Mine++
		}
	}
	return b
}

type reviewMonthsOutput struct {
	Body struct {
		Months []reviewMonthBody `json:"months" nullable:"false" doc:"newest first"`
	}
}

func (g *Gateway) reviewMonths(ctx context.Context, _ *struct{}) (*reviewMonthsOutput, error) {
	months, err := g.Review.Months(ctx, asking(ctx))
	out := &reviewMonthsOutput{}
	out.Body.Months = []reviewMonthBody{}
	for i := range months {
		out.Body.Months = append(out.Body.Months, g.describeReviewMonth(ctx, &months[i]))
	}
	return out, err
}

type reviewMonthInput struct {
	Month string `path:"month" doc:"YYYY-MM, in Japan"`
}

type reviewMonthOutput struct {
	Body struct {
		Month reviewMonthBody  `json:"month"`
		Items []reviewItemBody `json:"items" nullable:"false"`
	}
}

func (g *Gateway) reviewMonth(ctx context.Context, in *reviewMonthInput) (*reviewMonthOutput, error) {
	m, err := g.Review.Month(ctx, asking(ctx), in.Month)
	if err != nil {
		return nil, err
	}
	out, names := &reviewMonthOutput{}, g.names()
	out.Body.Month, out.Body.Items = g.describeReviewMonth(ctx, m), []reviewItemBody{}
	for i := range m.Items {
		out.Body.Items = append(out.Body.Items, g.describeReview(ctx, &m.Items[i], names))
	}
	return out, nil
}

type reviewMineOutput struct {
	Body struct {
		Items []reviewItemBody `json:"items" nullable:"false" doc:"newest first"`
	}
}

// reviewMine is what somebody was asked about.
func (g *Gateway) reviewMine(ctx context.Context, _ *struct{}) (*reviewMineOutput, error) {
	items, err := g.Review.Mine(ctx, asking(ctx))
	out, names := &reviewMineOutput{}, g.names()
	out.Body.Items = []reviewItemBody{}
	for i := range items {
		out.Body.Items = append(out.Body.Items, g.describeReview(ctx, &items[i], names))
	}
	return out, err
}

type reviewFineInput struct {
	Month string `path:"month"`
	Body  struct {
		Items []int `json:"items" minItems:"1" maxItems:"500" doc:"their numbers"`
	}
}

func (g *Gateway) reviewFine(ctx context.Context, in *reviewFineInput) (*struct{}, error) {
	return nil, g.Review.Approve(ctx, asking(ctx), in.Month, in.Body.Items)
}

type reviewTextInput struct {
	Month string `path:"month"`
	N     int    `path:"n" minimum:"1"`
	Body  struct {
		Text string `json:"text" minLength:"1" maxLength:"1000"`
	}
}

func (g *Gateway) reviewAsk(ctx context.Context, in *reviewTextInput) (*struct{}, error) {
	return nil, g.Review.Ask(ctx, asking(ctx), in.Month, in.N, in.Body.Text)
}

func (g *Gateway) reviewAnswer(ctx context.Context, in *reviewTextInput) (*struct{}, error) {
	return nil, g.Review.Answer(ctx, asking(ctx), in.Month, in.N, in.Body.Text)
}

func (g *Gateway) reviewMeasures(ctx context.Context, in *reviewTextInput) (*struct{}, error) {
	return nil, g.Review.Finish(ctx, asking(ctx), in.Month, in.N, in.Body.Text)
}

type reviewFindingInput struct {
	Month string `path:"month"`
	N     int    `path:"n" minimum:"1"`
	Body  struct {
		Finding string `json:"finding" enum:"in_order,remark,serious"`
		Text    string `json:"text" minLength:"1" maxLength:"1000"`
	}
}

func (g *Gateway) reviewFind(ctx context.Context, in *reviewFindingInput) (*struct{}, error) {
	return nil, g.Review.Find(ctx, asking(ctx), in.Month, in.N, in.Body.Finding, in.Body.Text)
}

// reviewReport answers a signed zip.
func (g *Gateway) reviewReport(w http.ResponseWriter, r *http.Request) {
	bundle, err := g.Review.Report(r.Context(), asking(r.Context()), r.PathValue("month"))
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+bundle.Name+`"`)
	if err := bundle.Write(w); err != nil {
		if r.Context().Err() == nil {
			g.Log.Error("report of a month broken off", "err", err)
		}
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}
