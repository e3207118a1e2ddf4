package gateway

import (
	"context"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/vms"
)

type VersionBody struct {
	Kind         string       `json:"kind" enum:"cameras,policies"`
	Number       int64        `json:"number"`
	Hash         string       `json:"hash" doc:"SHA-256 of what the files say"`
	State        string       `json:"state" enum:"accepted,waiting,refused,withdrawn"`
	InForce      bool         `json:"in_force"`
	Why          []string     `json:"why" nullable:"false" doc:"what it widens"`
	ProposedBy   string       `json:"proposed_by" doc:"login, or files"`
	ProposedName string       `json:"proposed_name"`
	ProposedAt   vms.Instant  `json:"proposed_at" format:"date-time"`
	DecidedBy    string       `json:"decided_by" doc:"login, or why nobody was asked: first start, narrows, relaxed; empty: not yet"`
	DecidedName  string       `json:"decided_name"`
	DecidedAt    *vms.Instant `json:"decided_at" format:"date-time" nullable:"true"`
	Mine         bool         `json:"mine" doc:"this person proposed it: somebody else decides"`
	Ground       string       `json:"ground" doc:"the article of a regulation that governs what it changes, in words; empty: none was named"`
}

type groundBody struct {
	Regulation string `json:"regulation,omitempty" maxLength:"200" doc:"its name; empty: none is on record, text says what it rests on"`
	Article    string `json:"article,omitempty" maxLength:"100"`
	From       string `json:"from,omitempty" maxLength:"10" doc:"day from which that version of the regulation is in force"`
	Text       string `json:"text,omitempty" maxLength:"500"`
	Reason     string `json:"reason,omitempty" maxLength:"500" doc:"why it rests on no article"`
}

func (b *groundBody) ground() camera.Ground {
	if b == nil {
		return camera.Ground{}
	}
	return camera.Ground{Regulation: b.Regulation, Article: b.Article, From: b.From, Text: strings.TrimSpace(b.Text), Reason: strings.TrimSpace(b.Reason)}
}

type versionsOutput struct {
	Body struct {
		Versions   []VersionBody `json:"versions" nullable:"false" doc:"newest first, cameras before policies; organisation.yaml is one of the files of cameras"`
		MayApprove bool          `json:"may_approve"`
	}
}

func (g *Gateway) listVersions(ctx context.Context, _ *struct{}) (*versionsOutput, error) {
	kinds, err := g.Rights.Versions(ctx, asking(ctx))
	out, names := &versionsOutput{}, g.names()
	out.Body.Versions, out.Body.MayApprove = []VersionBody{}, g.Rights.MayApprove(who(ctx).session.Person)
	for _, k := range kinds {
		for _, v := range k.All {
			out.Body.Versions = append(out.Body.Versions, g.describeVersion(ctx, k.Kind, v, v.Number == k.InForce, names))
		}
	}
	return out, err
}

func (g *Gateway) describeVersion(ctx context.Context, kind string, v camera.Version, inForce bool, names *names) VersionBody {
	b := VersionBody{Kind: kind, Number: v.Number, Hash: v.Hash, State: v.State, InForce: inForce, Why: append([]string{}, v.Why...),
		ProposedBy: v.ProposedBy, ProposedName: names.of(ctx, v.ProposedBy), ProposedAt: v.ProposedAt, DecidedBy: v.AcceptedBy,
		DecidedAt: orNull(v.AcceptedAt), Mine: v.ProposedBy == who(ctx).session.Person.Login, Ground: v.Ground.String()}
	if v.AcceptedBy != "" {
		b.DecidedName = names.of(ctx, v.AcceptedBy)
	}
	return b
}

type ofVersion struct {
	Kind   string `path:"kind" maxLength:"20"`
	Number int64  `path:"number"`
}

type fileDiffBody struct {
	Name  string     `json:"name"`
	Lines []lineBody `json:"lines" nullable:"false"`
}

type lineBody struct {
	Kind  string `json:"kind" enum:"same,minus,plus,skip"`
	Old   int    `json:"old" doc:"its number there; 0: it is not there"`
	New   int    `json:"new"`
	Text  string `json:"text"`
	Count int    `json:"count,omitempty" doc:"of a skip: so many lines are the same"`
}

type fileBody struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type lawfulBody struct {
	Regulation string `json:"regulation"`
	Number     string `json:"number"`
	From       string `json:"from" doc:"day from which its version is in force"`
	Article    string `json:"article"`
	Title      string `json:"title"`
	Setting    string `json:"setting" doc:"it governs; empty: none"`
	Value      string `json:"value" doc:"it says of it"`
}

type versionOutput struct {
	Body struct {
		VersionBody
		Before int64          `json:"before" doc:"number of the accepted version it is compared with; 0: it is the first"`
		Files  []fileDiffBody `json:"files" nullable:"false" doc:"that differ; credentials are covered"`
		Texts  []fileBody     `json:"texts" nullable:"false" doc:"the files of a policy, whole; of cameras none"`
		Unread string         `json:"unread" doc:"why rights cannot be compared; empty: they are"`

		Governs  []string     `json:"governs" nullable:"false" doc:"settings it changes that an article governs: retention, purpose, viewing. To accept it asks for a ground then"`
		Articles []lawfulBody `json:"articles" nullable:"false" doc:"of the regulations in force, those that govern these settings first"`
		DifferenceBody
	}
}

func (g *Gateway) version(ctx context.Context, in *ofVersion) (*versionOutput, error) {
	v, err := g.Rights.Version(ctx, asking(ctx), in.Kind, in.Number)
	if err != nil {
		return nil, err
	}
	out := &versionOutput{}
	b := &out.Body
	b.VersionBody = g.describeVersion(ctx, in.Kind, v.Version, v.InForce, g.names())
	b.Before, b.Unread, b.Files, b.Texts = v.Before, v.Unread, []fileDiffBody{}, []fileBody{}
	b.Governs, b.Articles = list(v.Governs), []lawfulBody{}
	for _, a := range v.Articles {
		b.Articles = append(b.Articles, lawfulBody(a))
	}
	if in.Kind == "policies" {
		for _, f := range v.Version.Files {
			b.Texts = append(b.Texts, fileBody{f.Name, f.Data})
		}
	}
	for _, f := range v.Files {
		file := fileDiffBody{f.Name, []lineBody{}}
		for _, l := range f.Lines {
			file.Lines = append(file.Lines, lineBody(l))
		}
		b.Files = append(b.Files, file)
	}
	b.DifferenceBody = g.describeDifference(&v.Difference, g.now())
	return out, nil
}

type decideVersionInput struct {
	Kind   string `path:"kind" maxLength:"20"`
	Number int64  `path:"number"`
	Body   *struct {
		Ground *groundBody `json:"ground,omitempty" doc:"of what it changes, where an article governs that"`
	}
}

func (in *decideVersionInput) ground() camera.Ground {
	if in.Body == nil {
		return camera.Ground{}
	}
	return in.Body.Ground.ground()
}

func (g *Gateway) acceptVersion(ctx context.Context, in *decideVersionInput) (*struct{}, error) {
	return nil, g.Rights.Decide(ctx, asking(ctx), in.Kind, in.Number, true, in.ground())
}

func (g *Gateway) groundVersion(ctx context.Context, in *decideVersionInput) (*struct{}, error) {
	return nil, g.Rights.Name(ctx, asking(ctx), in.Kind, in.Number, in.ground())
}

func (g *Gateway) refuseVersion(ctx context.Context, in *ofVersion) (*struct{}, error) {
	return nil, g.Rights.Decide(ctx, asking(ctx), in.Kind, in.Number, false, camera.Ground{})
}
