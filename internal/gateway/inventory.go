package gateway

import (
	"context"

	"yagura/internal/camera"
	"yagura/internal/inventory"
	"yagura/internal/vms"
)

type rightsLineBody struct {
	N           int          `json:"n" doc:"from 1"`
	Appointment string       `json:"appointment" doc:"id"`
	Login       string       `json:"login"`
	Name        string       `json:"name" doc:"then"`
	Post        string       `json:"post"`
	Title       string       `json:"title" doc:"of the post"`
	Unit        string       `json:"unit"`
	UnitName    string       `json:"unit_name"`
	From        vms.Instant  `json:"from" format:"date-time"`
	To          *vms.Instant `json:"to" format:"date-time" nullable:"true" doc:"null: without end"`
	Actions     []string     `json:"actions" nullable:"false" doc:"on footage: live, past, main …"`
	Cameras     int          `json:"cameras" doc:"of which they see footage by this post alone"`
	State       string       `json:"state" enum:"open,confirmed,objected"`
	Reason      string       `json:"reason" doc:"of an objection"`
	DecidedBy   string       `json:"decided_by" doc:"name; empty: nobody"`
	Decided     *vms.Instant `json:"decided" format:"date-time" nullable:"true"`
	Ended       bool         `json:"ended" doc:"it is not in force any more"`
	Mine        bool         `json:"mine" doc:"this person decides about it"`
}

type rightsReviewBody struct {
	ID        string           `json:"id"`
	Taken     vms.Instant      `json:"taken" format:"date-time"`
	TakenBy   string           `json:"taken_by" doc:"name"`
	Closed    *vms.Instant     `json:"closed" format:"date-time" nullable:"true"`
	ClosedBy  string           `json:"closed_by" doc:"name; empty: it is open"`
	Remark    string           `json:"remark"`
	Lines     []rightsLineBody `json:"lines" nullable:"false" doc:"that this person reads"`
	MayClose  bool             `json:"may_close"`
	MayEnd    bool             `json:"may_end" doc:"this person may end appointments"`
	OfAll     bool             `json:"of_all" doc:"these are all lines"`
	LinesLeft int              `json:"left" doc:"of them nobody has decided"`
}

type rightsReviewsOutput struct {
	Body struct {
		Reviews []rightsReviewBody `json:"reviews" nullable:"false" doc:"newest first"`
		MayTake bool               `json:"may_take" doc:"this person takes and closes reviews"`
	}
}

func (g *Gateway) listRightsReviews(ctx context.Context, _ *struct{}) (*rightsReviewsOutput, error) {
	c := asking(ctx)
	list, err := g.Inventory.List(ctx, c)
	out := &rightsReviewsOutput{}
	out.Body.Reviews, out.Body.MayTake = []rightsReviewBody{}, g.Inventory.Keeps(c.Person)
	names := g.names()
	for i := range list {
		out.Body.Reviews = append(out.Body.Reviews, g.describeRights(ctx, &list[i], names))
	}
	return out, err
}

func (g *Gateway) describeRights(ctx context.Context, v *inventory.Review, names *names) rightsReviewBody {
	p := who(ctx).session.Person
	name := func(login string) string {
		if login == "" {
			return ""
		}
		return names.of(ctx, login)
	}
	b := rightsReviewBody{ID: v.ID, Taken: v.Taken, TakenBy: name(v.TakenBy), Closed: orNull(v.Closed), ClosedBy: name(v.ClosedBy), Remark: v.Remark, Lines: []rightsLineBody{},
		MayClose: v.Closed == 0 && g.Inventory.Keeps(p), MayEnd: g.Inventory.Ends(p), OfAll: g.Inventory.ReadsAll(p), LinesLeft: v.Left()}
	for i := range v.Lines {
		l := &v.Lines[i]
		line := rightsLineBody{l.N, l.Appointment, l.Login, l.Name, string(l.Post), l.Post.Title(), l.Unit, "", l.From, orNull(l.To), append([]string{}, l.Actions...), l.Cameras,
			l.State, l.Reason, name(l.DecidedBy), orNull(l.Decided), l.Ended, l.Mine}
		if l.Unit != "" {
			line.UnitName = g.unitName(l.Unit)
		}
		if l.To == camera.Forever {
			line.To = nil
		}
		b.Lines = append(b.Lines, line)
	}
	return b
}

type tookRightsOutput struct {
	Body struct {
		ID string `json:"id"`
	}
}

func (g *Gateway) takeRights(ctx context.Context, _ *struct{}) (*tookRightsOutput, error) {
	v, err := g.Inventory.Take(ctx, asking(ctx))
	if err != nil {
		return nil, err
	}
	out := &tookRightsOutput{}
	out.Body.ID = v.ID
	return out, nil
}

type confirmRightsInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Lines []int `json:"lines" minItems:"1" maxItems:"1000" doc:"their numbers"`
	}
}

func (g *Gateway) confirmRights(ctx context.Context, in *confirmRightsInput) (*struct{}, error) {
	return nil, g.Inventory.Confirm(ctx, asking(ctx), in.ID, in.Body.Lines)
}

type objectInput struct {
	ID   string `path:"id" maxLength:"64"`
	N    int    `path:"n" minimum:"1"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"500"`
	}
}

func (g *Gateway) objectRights(ctx context.Context, in *objectInput) (*struct{}, error) {
	return nil, g.Inventory.Object(ctx, asking(ctx), in.ID, in.N, in.Body.Text)
}

type closeRightsInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Remark string `json:"remark" maxLength:"500" doc:"required while lines are open"`
	}
}

func (g *Gateway) closeRights(ctx context.Context, in *closeRightsInput) (*struct{}, error) {
	return nil, g.Inventory.Close(ctx, asking(ctx), in.ID, in.Body.Remark)
}
