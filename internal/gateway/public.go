package gateway

import (
	"context"

	"yagura/internal/identity"
	"yagura/internal/inquiry"
	"yagura/internal/vms"
)

type publicKindBody struct {
	Kind     string   `json:"kind" enum:"surveillance,security"`
	Cameras  int      `json:"cameras"`
	Least    int      `json:"least" doc:"days footage is kept, at least"`
	Most     int      `json:"most" doc:"and at most"`
	Purposes []string `json:"purposes" nullable:"false"`
}

type publicPostBody struct {
	Post  string `json:"post"`
	Title string `json:"title"`
	All   bool   `json:"all" doc:"every camera; else those of the holder's unit alone"`
	Live  bool   `json:"live"`
	Past  bool   `json:"past"`
}

type publicAreaBody struct {
	Site  string `json:"site"`
	Floor string `json:"floor" doc:"empty: the whole site"`
	Name  string `json:"name"`
}

type publicUnitBody struct {
	Name    string `json:"name" doc:"empty: cameras of no unit any more"`
	Live    int    `json:"live"`
	Past    int    `json:"past"`
	Exports int    `json:"exports"`
}

type publicOutput struct {
	Body struct {
		Organisation string           `json:"organisation"`
		Kinds        []publicKindBody `json:"kinds" nullable:"false"`
		Posts        []publicPostBody `json:"posts" nullable:"false" doc:"that may look at footage"`
		Areas        []publicAreaBody `json:"areas" nullable:"false" doc:"one may ask about"`
		Month        string           `json:"month" doc:"YYYY-MM: what was counted"`
		Units        []publicUnitBody `json:"units" nullable:"false" doc:"how often footage of each 部 was looked at"`
		Purposes     map[string]int   `json:"purposes" doc:"views of that month by purpose; under an empty name those that needed none"`
		Responsible  string           `json:"responsible"`
		Office       string           `json:"office"`
		Phone        string           `json:"phone"`
		Page         string           `json:"page" doc:"address of the page for people"`
		QR           []string         `json:"qr" nullable:"false" doc:"the same as a QR code: rows of 1 (dark) and 0"`
	}
}

func (g *Gateway) publicNotice(ctx context.Context, _ *struct{}) (*publicOutput, error) {
	if !g.notices.allow(who(ctx).source) {
		return nil, errBusy
	}
	n, err := g.Inquiry.Notice(ctx)
	if err != nil {
		return nil, g.away(ctx, err)
	}
	out := &publicOutput{}
	b := &out.Body
	b.Organisation, b.Month, b.Purposes, b.Page, b.QR = n.Organisation, n.Month, n.Purposes, n.Page, n.QR
	b.Responsible, b.Office, b.Phone = n.Contact.Responsible, n.Contact.Office, n.Contact.Phone
	b.Kinds, b.Posts, b.Areas, b.Units = []publicKindBody{}, []publicPostBody{}, []publicAreaBody{}, []publicUnitBody{}
	for _, k := range n.Kinds {
		b.Kinds = append(b.Kinds, publicKindBody{string(k.Kind), k.Cameras, k.Least, k.Most, k.Purposes})
	}
	for _, v := range n.Viewers {
		b.Posts = append(b.Posts, publicPostBody{string(v.Post), v.Post.Title(), v.All, v.Live, v.Past})
	}
	for _, a := range n.Areas {
		b.Areas = append(b.Areas, publicAreaBody(a))
	}
	for _, d := range n.Departments {
		b.Units = append(b.Units, publicUnitBody{d.Name, d.Live, d.Past, d.Exports})
	}
	return out, nil
}

type askInquiryInput struct {
	Body struct {
		Site    string      `json:"site" maxLength:"64" doc:"of one of the areas"`
		Floor   string      `json:"floor" maxLength:"64"`
		From    vms.Instant `json:"from" format:"date-time"`
		To      vms.Instant `json:"to" format:"date-time" doc:"at most 24 hours later"`
		Contact string      `json:"contact,omitempty" maxLength:"1000" doc:"how to reach who asks; may be empty"`
	}
}

type receiptOutput struct {
	Body struct {
		Number string      `json:"number"`
		Secret string      `json:"secret" doc:"shown once"`
		Due    vms.Instant `json:"due" format:"date-time" doc:"until when there will be an answer"`
	}
}

func (g *Gateway) askInquiry(ctx context.Context, in *askInquiryInput) (*receiptOutput, error) {
	if !g.asking.allow(who(ctx).source) {
		return nil, errBusy
	}
	b := in.Body
	r, err := g.Inquiry.Ask(ctx, inquiry.Question{Site: b.Site, Floor: b.Floor, Time: vms.Span{From: b.From, To: b.To}, Contact: b.Contact})
	out := &receiptOutput{}
	out.Body.Number, out.Body.Secret, out.Body.Due = r.Number, r.Secret, r.Due
	return out, g.away(ctx, err)
}

type lookInquiryInput struct {
	Number string `path:"number" maxLength:"40"`
	Secret string `header:"Inquiry-Secret" maxLength:"80" doc:"of the receipt; in no address, which would be logged"`
}

type inquiryViewBody struct {
	Date    string `json:"date" doc:"YYYY-MM-DD in Japan, on which was looked"`
	Post    string `json:"post"`
	Title   string `json:"title"`
	Kind    string `json:"kind" enum:"live,past,still"`
	Purpose string `json:"purpose" doc:"empty: none was needed"`
	Times   int    `json:"times"`
}

// InquiryBody is an inquiry as whoever asked sees it. Its name is exported because others embed it: the schema follows exported names alone.
type InquiryBody struct {
	Number  string            `json:"number"`
	Place   string            `json:"place"`
	From    vms.Instant       `json:"from" format:"date-time"`
	To      vms.Instant       `json:"to" format:"date-time"`
	Asked   vms.Instant       `json:"asked" format:"date-time"`
	Due     vms.Instant       `json:"due" format:"date-time"`
	State   string            `json:"state" enum:"waiting,answered,refused"`
	Views   []inquiryViewBody `json:"views" nullable:"false" doc:"of an answer"`
	Note    string            `json:"note" doc:"to the answer, or why there is none"`
	Decided *vms.Instant      `json:"decided,omitempty" format:"date-time"`
}

type inquiryOutput struct{ Body InquiryBody }

func inquiryBodyOf(q inquiry.Inquiry) InquiryBody {
	b := InquiryBody{Number: q.Number, Place: q.Place, From: q.Time.From, To: q.Time.To, Asked: q.Asked, Due: q.Due, State: q.State,
		Views: inquiryViews(q.Views), Note: q.Note}
	if q.Decided != 0 {
		b.Decided = &q.Decided
	}
	return b
}

func inquiryViews(views []inquiry.View) []inquiryViewBody {
	out := []inquiryViewBody{}
	for _, v := range views {
		out = append(out, inquiryViewBody{v.Date, v.Post, identity.Post(v.Post).Title(), v.Kind, v.Purpose, v.Times})
	}
	return out
}

func (g *Gateway) lookInquiry(ctx context.Context, in *lookInquiryInput) (*inquiryOutput, error) {
	if !g.looking.allow(who(ctx).source) {
		return nil, errBusy
	}
	q, err := g.Inquiry.Look(ctx, in.Number, in.Secret)
	return &inquiryOutput{Body: inquiryBodyOf(q)}, g.away(ctx, err)
}
