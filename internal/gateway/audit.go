package gateway

import (
	"context"
	"net/http"
	"net/url"

	"yagura/internal/oversight"
	"yagura/internal/vms"
)

// AuditFilter are the parameters a list and an export share.
type AuditFilter struct {
	Actor   string       `query:"actor" maxLength:"64" doc:"login, or me"`
	Camera  vms.CameraID `query:"camera"`
	Action  string       `query:"action" maxLength:"64" doc:"such as view.past; view.end for the ends of views as rows of their own"`
	Outcome string       `query:"outcome" enum:"ok,refused,failed"`
	Purpose string       `query:"purpose" maxLength:"64"`
	From    string       `query:"from" format:"date-time" doc:"when it happened"`
	To      string       `query:"to" format:"date-time"`
	Unit    string       `query:"unit" maxLength:"64" doc:"rows about footage that was this unit's, or that of one below it"`
}

func (in *AuditFilter) filter() (f oversight.Filter, err error) {
	f = oversight.Filter{Actor: in.Actor, Camera: in.Camera, Action: in.Action, Outcome: in.Outcome, Purpose: in.Purpose, Unit: in.Unit}
	for _, edge := range []struct {
		text string
		to   *vms.Instant
	}{{in.From, &f.Time.From}, {in.To, &f.Time.To}} {
		if edge.text == "" {
			continue
		}
		if *edge.to, err = vms.ParseInstant(edge.text); err != nil {
			return f, err
		}
	}
	return f, nil
}

type listAuditInput struct {
	AuditFilter
	Before int64 `query:"before" minimum:"1" doc:"next of the page before"`
	Hinted bool  `query:"hinted" doc:"only views with hints; a page may then be short, even empty, and yet have a next one"`
	Limit  int   `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

type hintBody struct {
	Kind  string  `json:"kind" enum:"out_of_hours,weekend,holiday,many_views,long_view"`
	Value float64 `json:"value" doc:"out_of_hours: minutes from the nearest office hour; weekend: 6 or 7; holiday: 1 Monday to 5 Friday; many_views: of this camera by this person that day; long_view: minutes"`
	Usual float64 `json:"usual" doc:"many_views: a day of the 30 before"`
	Limit float64 `json:"limit" doc:"above this it is told"`
	Name  string  `json:"name,omitempty" doc:"of a holiday"`
}

type auditBody struct {
	Seq        int64        `json:"seq"`
	ID         string       `json:"id"`
	Time       vms.Instant  `json:"time" format:"date-time" doc:"when it happened"`
	Actor      string       `json:"actor" doc:"login"`
	ActorName  string       `json:"actor_name"`
	ActorTitle string       `json:"actor_title" doc:"of the post they held then"`
	Session    string       `json:"session" doc:"empty where others are not told"`
	Source     string       `json:"source" doc:"network address; likewise"`
	Action     string       `json:"action"`
	Outcome    string       `json:"outcome" enum:"ok,refused,failed"`
	Camera     vms.CameraID `json:"camera"`
	Stream     vms.Stream   `json:"stream"`
	At         *vms.Instant `json:"at" format:"date-time" nullable:"true" doc:"of the footage asked for; null: live, or not about footage"`
	Purpose    string       `json:"purpose"`
	Case       string       `json:"case"`
	Detail     string       `json:"detail"`
	Refers     string       `json:"refers" doc:"id of the row it is about"`
	Ranges     []vms.Span   `json:"ranges" nullable:"false" doc:"footage really seen, once the view has ended"`
	Ended      *vms.Instant `json:"ended" format:"date-time" nullable:"true" doc:"of a view; null: it runs"`
	EndReason  string       `json:"end_reason"`
	Hints      []hintBody   `json:"hints" nullable:"false" doc:"what is unusual, never a verdict"`
}

type auditOutput struct {
	Body struct {
		Entries []auditBody `json:"entries" nullable:"false" doc:"newest first"`
		More    bool        `json:"more"`
		Next    int64       `json:"next" doc:"before of the next page; 0: there is none"`
	}
}

func (g *Gateway) listAudit(ctx context.Context, in *listAuditInput) (*auditOutput, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Before, f.Limit, f.Hinted = in.Before, in.Limit, in.Hinted
	list, err := g.Oversight.List(ctx, asking(ctx), f)
	out := &auditOutput{}
	out.Body.Entries, out.Body.More, out.Body.Next = []auditBody{}, list.Next > 0, list.Next
	for i := range list.Entries {
		out.Body.Entries = append(out.Body.Entries, describeEntry(&list.Entries[i]))
	}
	return out, err
}

func describeEntry(e *oversight.Entry) auditBody {
	b := auditBody{Seq: e.Seq, ID: e.ID, Time: e.Time, Actor: e.Actor, ActorName: e.Name, ActorTitle: e.Title, Session: e.Session, Source: e.From,
		Action: e.Action, Outcome: e.Outcome, Camera: e.Camera, Stream: e.Stream, At: orNull(e.At), Purpose: e.Purpose, Case: e.Case, Detail: e.Detail,
		Refers: e.Refers, Ranges: append([]vms.Span{}, e.Ranges...), Ended: orNull(e.Ended), EndReason: e.Why, Hints: []hintBody{}}
	for _, h := range e.Hints {
		b.Hints = append(b.Hints, hintBody(h))
	}
	return b
}

type auditPersonBody struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Title string `json:"title" doc:"of a post they hold"`
}

type auditPeopleOutput struct {
	Body struct {
		All    bool              `json:"all" doc:"this person reads every row"`
		Floors bool              `json:"floors" doc:"this person reads who looked at footage of their units"`
		People []auditPersonBody `json:"people" nullable:"false" doc:"whose rows may be asked for, where every row may be read"`
	}
}

// auditPeople tells how far somebody reads, and of whom.
func (g *Gateway) auditPeople(ctx context.Context, _ *struct{}) (*auditPeopleOutput, error) {
	reach, err := g.Oversight.Reach(ctx, who(ctx).session.Person)
	out := &auditPeopleOutput{}
	out.Body.All, out.Body.Floors, out.Body.People = reach.All, reach.Floors, []auditPersonBody{}
	for _, p := range reach.People {
		out.Body.People = append(out.Body.People, auditPersonBody(p))
	}
	return out, err
}

type auditHeadOutput struct {
	Body struct {
		Seq      int64        `json:"seq" doc:"of the last row"`
		Hash     string       `json:"hash" doc:"over it and all before it, hexadecimal"`
		Anchored anchoredBody `json:"anchored" doc:"what is known outside the database"`
	}
}

type anchoredBody struct {
	Seq  int64        `json:"seq" doc:"0: nothing yet"`
	Time *vms.Instant `json:"time" format:"date-time" nullable:"true"`
}

// auditHead tells everybody how the log ends: whoever notes it down can hold the log to it.
func (g *Gateway) auditHead(ctx context.Context, _ *struct{}) (*auditHeadOutput, error) {
	head, err := g.Audit.Head(ctx)
	if err != nil {
		return nil, err
	}
	status, err := g.Anchored(ctx)
	out := &auditHeadOutput{}
	out.Body.Seq, out.Body.Hash = head.Seq, head.Hash.String()
	out.Body.Anchored = anchoredBody{status.Seq, orNull(status.Time)}
	return out, err
}

// exportAudit answers a zip: the rows, and what proves that they left here like that.
func (g *Gateway) exportAudit(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	in := AuditFilter{Actor: q.Get("actor"), Camera: vms.CameraID(q.Get("camera")), Action: q.Get("action"), Outcome: q.Get("outcome"), Purpose: q.Get("purpose"),
		From: q.Get("from"), To: q.Get("to"), Unit: q.Get("unit")}
	f, err := in.filter()
	if err == nil {
		err = short(q)
	}
	if err != nil {
		g.fail(w, r, err)
		return
	}
	bundle, err := g.Oversight.Export(r.Context(), asking(r.Context()), f, q.Get("format"))
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+bundle.Name+`"`)
	if err := bundle.Write(r.Context(), w); err != nil {
		if r.Context().Err() == nil {
			g.Log.Error("export of the audit log broken off", "err", err)
		}
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}

const longestWord = 64 // bytes of a parameter that goes into the log

func short(q url.Values) error {
	for name := range q {
		if len(q.Get(name)) > longestWord {
			return vms.Errorf(vms.Invalid, "too-long-parameter", "%s には%d文字まで指定できます。 %s has at most %d characters.", name, longestWord, name, longestWord)
		}
	}
	return nil
}
