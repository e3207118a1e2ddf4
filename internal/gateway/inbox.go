package gateway

import (
	"context"

	"yagura/internal/inbox"
	"yagura/internal/vms"
)

type itemBody struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind" enum:"report,receipt,outcome,approval,duty,recovery,token,emergency,inquiry,review,review_month,rights_lines,rights_objection,survey_reply,survey_approval,hold_ends,footage_request,request_done,hint_answer,hints_due,logs_due,chase,mail_failed"`
	Subject subjectBody `json:"subject"`
	At      vms.Instant `json:"at" format:"date-time" doc:"since when it waits"`
	Link    string      `json:"link" doc:"the page where it is dealt with"`
	Read    bool        `json:"read"`
}

type subjectBody struct {
	Report   string       `json:"report,omitempty" doc:"id"`
	Camera   vms.CameraID `json:"camera,omitempty"`
	Number   string       `json:"number,omitempty" doc:"of a camera; the 部署 of a survey"`
	From     string       `json:"from,omitempty" doc:"login of who sent or asked; files for the files themselves"`
	FromName string       `json:"from_name,omitempty"`
	Unit     string       `json:"unit,omitempty"`
	UnitName string       `json:"unit_name,omitempty"`
	Outcome  string       `json:"outcome,omitempty" enum:"no_issue,handled,investigating"`
	What     string       `json:"what,omitempty" enum:"cameras,policies,appointment,grant,hold" doc:"what waits for approval"`
	Version  int64        `json:"version,omitempty" doc:"of cameras or policies"`
	ID       string       `json:"id,omitempty" doc:"of an appointment, a grant, a recovery, a token or a hold; number of an inquiry or a 映像確認依頼"`
	Login    string       `json:"login,omitempty" doc:"who is to be appointed, or recovered"`
	Label    string       `json:"label,omitempty" doc:"of a token: what it is for; place of an inquiry; case of a hold; terminal of a 映像確認依頼"`
	Name     string       `json:"name,omitempty" doc:"of whom"`
	Title    string       `json:"title,omitempty" doc:"as what"`
	Month    string       `json:"month,omitempty" doc:"of a duty or a review, YYYY-MM; the last day to answer a hint; of a log that is to be taken"`
	Done     int          `json:"done,omitempty"`
	Rounds   int          `json:"rounds,omitempty"`
}

type inboxOutput struct {
	Body struct {
		Items  []itemBody `json:"items" nullable:"false" doc:"newest first"`
		Unread int        `json:"unread"`
	}
}

func (g *Gateway) listInbox(ctx context.Context, _ *struct{}) (*inboxOutput, error) {
	items, err := g.Inbox.Items(ctx, who(ctx).session.Person)
	out, names := &inboxOutput{}, g.names()
	out.Body.Items, out.Body.Unread = []itemBody{}, inbox.Unread(items)
	for _, i := range items {
		out.Body.Items = append(out.Body.Items, itemBody{i.ID, i.Kind, g.describeSubject(ctx, i.Subject, names), i.At, i.Link, i.Read})
	}
	return out, err
}

func (g *Gateway) describeSubject(ctx context.Context, s inbox.Subject, names *names) subjectBody {
	b := subjectBody{Report: s.Report, Camera: s.Camera, From: s.From, Unit: s.Unit, Outcome: s.Outcome, What: s.What, Version: s.Version, ID: s.ID,
		Login: s.Login, Label: s.Label, Title: s.Post.Title(), Month: s.Month, Done: s.Done, Rounds: s.Rounds}
	b.Number = s.Number
	if cam := g.Cameras().Find(s.Camera); cam != nil {
		b.Number = cam.Number
	}
	if s.From != "" {
		b.FromName = names.of(ctx, s.From)
	}
	if s.Login != "" {
		b.Name = names.of(ctx, s.Login)
	}
	if s.Unit != "" {
		b.UnitName = g.unitName(s.Unit)
	}
	return b
}

type readItemInput struct {
	ID string `path:"id" maxLength:"128"`
}

func (g *Gateway) readItem(ctx context.Context, in *readItemInput) (*struct{}, error) {
	return nil, g.Inbox.MarkRead(ctx, who(ctx).session.Person, in.ID)
}
