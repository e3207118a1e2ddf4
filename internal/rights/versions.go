package rights

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Versions are those of one kind of files, newest first, without the files.
type Versions struct {
	Kind    string // cameras, organisation among them, or policies
	InForce int64
	All     []camera.Version
}

// Versions returns what was proposed, what waits and what is in force.
func (r *Room) Versions(ctx context.Context, c identity.Caller) (out []Versions, err error) {
	if !r.MayAsk(c.Person) {
		return nil, r.did(ctx, c, audit.ReadVersion, "", "", errPost)
	}
	for _, s := range r.Files {
		all, err := s.All(ctx)
		if err != nil {
			return nil, err
		}
		v := Versions{Kind: s.Kind, All: all}
		if i := slices.IndexFunc(all, camera.Version.Accepted); i >= 0 {
			v.InForce = all[i].Number
		}
		out = append(out, v)
	}
	return out, nil
}

// Comparison is a version beside the accepted one before it.
type Comparison struct {
	camera.Version
	InForce bool
	Before  int64 // number of the version it is compared with; 0: it is the first
	Files   []FileDiff
	Difference
	Unread string // why rights cannot be compared; "" they are

	Governs  []string  // settings it changes that an article governs
	Articles []Article // of the regulations in force, those that govern them first
}

// Article is an article of a regulation that is in force.
type Article struct {
	Regulation string // its name
	Number     string // as 要綱第108号; "" it has none
	From       string // day from which this version is in force
	Article    string // 第7条
	Title      string
	Setting    string // it governs, in words of package camera; "" none
	Value      string // it says of it, as 30日
}

// Version compares a version with the accepted one before it: its files line by line, and as of now the
// rights of everybody.
func (r *Room) Version(ctx context.Context, c identity.Caller, kind string, number int64) (*Comparison, error) {
	if !r.MayAsk(c.Person) {
		return nil, r.did(ctx, c, audit.ReadVersion, "", fmt.Sprintf("%s %d", kind, number), errPost)
	}
	s, err := r.store(kind)
	if err != nil {
		return nil, err
	}
	v, before, err := s.Find(ctx, number)
	if errors.Is(err, vms.NotFound) {
		return nil, errNoVersion
	}
	if err != nil {
		return nil, err
	}
	now, err := s.Current(ctx)
	if err != nil {
		return nil, err
	}
	out := &Comparison{Version: v, InForce: now.Number == v.Number, Before: before.Number, Files: diffFiles(before.Files, v.Files, kind == "cameras")}
	if before.Number > 0 {
		err = r.compare(ctx, kind, before, v, &out.Difference)
	}
	if problems := (conf.Problems)(nil); errors.As(err, &problems) {
		out.Unread, err = err.Error(), nil // an old version may be in a form that is no longer read
	}
	if err != nil {
		return nil, err
	}
	return out, r.governing(ctx, s, v, before, out)
}

// governing says what of a version an article governs, and which articles there are.
func (r *Room) governing(ctx context.Context, s *camera.Store, v, before camera.Version, out *Comparison) (err error) {
	if out.Governs, err = s.Governed(v, before); err != nil || len(out.Governs) == 0 {
		return err
	}
	out.Articles, err = r.articles(ctx)
	slices.SortStableFunc(out.Articles, func(a, b Article) int {
		return rank(slices.Contains(out.Governs, a.Setting)) - rank(slices.Contains(out.Governs, b.Setting))
	})
	return err
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func (r *Room) articles(ctx context.Context) ([]Article, error) {
	if r.Articles == nil {
		return nil, nil
	}
	return r.Articles(ctx)
}

var errNoVersion = vms.Errorf(vms.NotFound, "no-version", "その版はありません。 There is no such version.")

func (r *Room) store(kind string) (*camera.Store, error) {
	i := slices.IndexFunc(r.Files, func(s *camera.Store) bool { return s.Kind == kind })
	if i < 0 {
		return nil, errNoVersion
	}
	return r.Files[i], nil
}

func (r *Room) compare(ctx context.Context, kind string, old, new camera.Version, d *Difference) error {
	people, err := r.everybody(ctx)
	if err != nil {
		return err
	}
	policies, sets := [2]*access.Policy{r.Access.Policy(), r.Access.Policy()}, [2]*camera.Set{r.Cameras(), r.Cameras()}
	for i, v := range []camera.Version{old, new} {
		if kind == "policies" {
			policies[i], err = access.Compile(v.Files)
		} else {
			sets[i], err = camera.Parse(v.Files, "", nil)
		}
		if err != nil {
			return err
		}
	}
	if kind == "policies" {
		d.Posts = postChanges(policies[0], policies[1])
	}
	before, after := access.NewSurvey(policies[0], sets[0], r.Now()), access.NewSurvey(policies[1], sets[1], r.Now())
	d.Changes = differences(before, after, people, people, sets[0].Cameras, sets[1].Cameras)
	return nil
}

// Decide accepts or refuses a version that waits, as a second person. What is accepted may need a ground.
func (r *Room) Decide(ctx context.Context, c identity.Caller, kind string, number int64, accept bool, g camera.Ground) error {
	word := map[bool]string{true: "accepted", false: "refused"}[accept]
	err := r.decide(ctx, c, kind, number, accept, g)
	return r.did(ctx, c, audit.DecideVersion, "", ofVersion(kind, number, word, g), err)
}

// ofVersion is the detail of a row: what was done with a version, and on which ground.
func ofVersion(kind string, number int64, word string, g camera.Ground) string {
	out := fmt.Sprintf("%s %d %s", kind, number, word)
	if g.Named() {
		out += "; " + g.String()
	}
	return out
}

func (r *Room) decide(ctx context.Context, c identity.Caller, kind string, number int64, accept bool, g camera.Ground) error {
	s, err := r.deciding(ctx, c, kind, &g)
	if err != nil {
		return err
	}
	if accept {
		err = s.Accept(ctx, number, c.Person.Login, g)
	} else {
		err = s.Refuse(ctx, number, c.Person.Login)
	}
	if errors.Is(err, vms.NotFound) {
		return errNoVersion
	}
	return err
}

// Name names the ground of a version that came into force without one.
func (r *Room) Name(ctx context.Context, c identity.Caller, kind string, number int64, g camera.Ground) error {
	s, err := r.deciding(ctx, c, kind, &g)
	if err == nil {
		err = s.Name(ctx, number, g)
	}
	return r.did(ctx, c, audit.DecideVersion, "", ofVersion(kind, number, "named", g), err)
}

var errArticle = vms.Errorf(vms.Invalid, "no-article", "その条文は、施行中の規程にありません。 There is no such article in a regulation in force.")

// deciding checks who decides, and the ground: an article must be one in force.
func (r *Room) deciding(ctx context.Context, c identity.Caller, kind string, g *camera.Ground) (*camera.Store, error) {
	if !r.MayApprove(c.Person) {
		return nil, errPost
	}
	s, err := r.store(kind)
	if err != nil {
		return nil, err
	}
	g.By = c.Person.Login
	if err := g.Checked(); err != nil || g.Regulation == "" {
		return s, err
	}
	all, err := r.articles(ctx)
	if err == nil {
		err = InForce(all, g)
	}
	return s, err
}

// InForce refuses a ground whose article is none of these. Where the day of its version is left out, it is filled in.
func InForce(all []Article, g *camera.Ground) error {
	for _, a := range all {
		if a.Regulation == g.Regulation && a.Article == g.Article && (g.From == "" || a.From == g.From) {
			g.From = a.From
			return nil
		}
	}
	return errArticle
}
