package gateway

import (
	"context"
	"net/http"

	"yagura/internal/duty"
	"yagura/internal/vms"
)

type reportBody struct {
	ID             string         `json:"id"`
	From           string         `json:"from" doc:"login of the sender"`
	FromName       string         `json:"from_name"`
	FromTitle      string         `json:"from_title"`
	UnitName       string         `json:"unit_name"`
	Camera         vms.CameraID   `json:"camera"`
	At             vms.Instant    `json:"at" format:"date-time"`
	Cameras        []vms.CameraID `json:"cameras" nullable:"false" doc:"further ones"`
	Note           string         `json:"note"`
	Sent           vms.Instant    `json:"sent" format:"date-time"`
	Received       *vms.Instant   `json:"received" format:"date-time"`
	ReceivedByName string         `json:"received_by_name"`
	Outcome        string         `json:"outcome" enum:",no_issue,handled,investigating"`
	OutcomeText    string         `json:"outcome_text"`
	Closed         *vms.Instant   `json:"closed" format:"date-time"`
	Mine           bool           `json:"mine" doc:"sent by this person"`
}

type reportOutput struct {
	Status int
	Body   reportBody
}

type sendReportInput struct {
	Body struct {
		Camera  vms.CameraID   `json:"camera" maxLength:"32"`
		At      string         `json:"at" format:"date-time"`
		Cameras []vms.CameraID `json:"cameras,omitempty" nullable:"false" maxItems:"16" doc:"further ones"`
		Note    string         `json:"note" minLength:"1" maxLength:"2000"`
		Round   string         `json:"round,omitempty" maxLength:"64" doc:"which it came of; with moment"`
		Moment  int            `json:"moment,omitempty"`
	}
}

func (g *Gateway) sendReport(ctx context.Context, in *sendReportInput) (*reportOutput, error) {
	at, err := vms.ParseInstant(in.Body.At)
	if err != nil {
		return nil, err
	}
	b := in.Body
	rep, err := g.Duty.Send(ctx, asking(ctx), duty.Draft{Camera: b.Camera, At: at, Cameras: b.Cameras, Note: b.Note, Round: b.Round, Moment: b.Moment})
	return g.reportOutput(ctx, rep, http.StatusCreated, err)
}

type reportsOutput struct {
	Body struct {
		Reports []reportBody `json:"reports" nullable:"false" doc:"newest first"`
	}
}

func (g *Gateway) reports(ctx context.Context, _ *struct{}) (*reportsOutput, error) {
	list, err := g.Duty.Reports(ctx, asking(ctx))
	out, names := &reportsOutput{}, g.names()
	out.Body.Reports = []reportBody{}
	for _, rep := range list {
		out.Body.Reports = append(out.Body.Reports, g.describeReport(ctx, rep, names))
	}
	return out, err
}

type reportInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (g *Gateway) receiveReport(ctx context.Context, in *reportInput) (*reportOutput, error) {
	rep, err := g.Duty.Receive(ctx, asking(ctx), in.ID)
	return g.reportOutput(ctx, rep, http.StatusOK, err)
}

type decideReportInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Outcome string `json:"outcome" enum:"no_issue,handled,investigating"`
		Text    string `json:"text,omitempty" maxLength:"2000"`
	}
}

func (g *Gateway) decideReport(ctx context.Context, in *decideReportInput) (*reportOutput, error) {
	rep, err := g.Duty.Decide(ctx, asking(ctx), in.ID, in.Body.Outcome, in.Body.Text)
	return g.reportOutput(ctx, rep, http.StatusOK, err)
}

func (g *Gateway) reportOutput(ctx context.Context, rep *duty.Report, status int, err error) (*reportOutput, error) {
	if err != nil {
		return nil, err
	}
	return &reportOutput{status, g.describeReport(ctx, rep, g.names())}, nil
}

func (g *Gateway) describeReport(ctx context.Context, rep *duty.Report, names *names) reportBody {
	b := reportBody{ID: rep.ID, From: rep.Login, FromName: names.of(ctx, rep.Login), FromTitle: rep.Post.Title(), Camera: rep.Camera, At: rep.At,
		Cameras: append([]vms.CameraID{}, rep.Cameras...), Note: rep.Note, Sent: rep.Sent, Received: orNull(rep.Received), Outcome: rep.Outcome,
		OutcomeText: rep.OutcomeText, Closed: orNull(rep.Closed), Mine: rep.Login == who(ctx).session.Person.Login}
	if rep.Unit != "" {
		b.UnitName = g.unitName(rep.Unit)
	}
	if rep.ReceivedBy != "" {
		b.ReceivedByName = names.of(ctx, rep.ReceivedBy)
	}
	return b
}
