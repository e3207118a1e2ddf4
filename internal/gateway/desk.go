package gateway

import (
	"context"

	"yagura/internal/desk"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type settingsBody struct {
	Language string `json:"language" enum:"ja,en," doc:"empty: as the browser asks"`
	Calendar string `json:"calendar" enum:"western,era,both"`
	Start    string `json:"start" enum:"wall,playback,duty,health,inbox" doc:"the page after signing in"`
	Overlay  bool   `json:"overlay" doc:"name and time lie over pictures"`
}

type settingsInput struct{ Body settingsBody }
type settingsOutput struct{ Body settingsBody }

func (g *Gateway) settings(ctx context.Context, _ *struct{}) (*settingsOutput, error) {
	s, err := g.Desk.Settings(ctx, who(ctx).session.Person.Login)
	return &settingsOutput{Body: settingsBody(s)}, err
}

func (g *Gateway) setSettings(ctx context.Context, in *settingsInput) (*settingsOutput, error) {
	err := g.Desk.SetSettings(ctx, who(ctx).session.Person.Login, desk.Settings(in.Body))
	return &settingsOutput{Body: in.Body}, err
}

type setFields struct {
	Name    string         `json:"name" maxLength:"60"`
	Layout  string         `json:"layout" enum:"1,4,9,16,25,floor"`
	Cameras []vms.CameraID `json:"cameras" nullable:"false" maxItems:"40" doc:"by place; empty: an empty place"`
}

type setBody struct {
	ID string `json:"id"`
	setFields
	Updated vms.Instant `json:"updated" format:"date-time"`
}

type (
	addSetInput    struct{ Body setFields }
	changeSetInput struct {
		ID   string `path:"id"`
		Body setFields
	}
	removeSetInput struct {
		ID string `path:"id"`
	}
	setOutput  struct{ Body setBody }
	setsOutput struct {
		Body struct {
			Sets []setBody `json:"sets" nullable:"false"`
		}
	}
)

func (g *Gateway) listSets(ctx context.Context, _ *struct{}) (*setsOutput, error) {
	p := who(ctx).session.Person
	sets, err := g.Desk.Sets(ctx, p.Login)
	out := &setsOutput{}
	out.Body.Sets = []setBody{}
	for _, s := range sets {
		for i, id := range s.Cameras {
			if !g.knows(p, id) {
				s.Cameras[i] = ""
			}
		}
		out.Body.Sets = append(out.Body.Sets, describeSet(s))
	}
	return out, err
}

func (g *Gateway) addSet(ctx context.Context, in *addSetInput) (*setOutput, error) {
	s, err := g.setOf(ctx, in.Body)
	if err == nil {
		s, err = g.Desk.AddSet(ctx, who(ctx).session.Person.Login, s)
	}
	return &setOutput{Body: describeSet(s)}, err
}

func (g *Gateway) changeSet(ctx context.Context, in *changeSetInput) (*setOutput, error) {
	s, err := g.setOf(ctx, in.Body)
	if s.ID = in.ID; err == nil {
		s, err = g.Desk.ChangeSet(ctx, who(ctx).session.Person.Login, s)
	}
	return &setOutput{Body: describeSet(s)}, err
}

func (g *Gateway) removeSet(ctx context.Context, in *removeSetInput) (*struct{}, error) {
	return nil, g.Desk.RemoveSet(ctx, who(ctx).session.Person.Login, in.ID)
}

// setOf reads a set of cameras the caller may know of.
func (g *Gateway) setOf(ctx context.Context, in setFields) (desk.Set, error) {
	for _, id := range in.Cameras {
		if id != "" && !g.knows(who(ctx).session.Person, id) {
			return desk.Set{}, errNoCamera
		}
	}
	return desk.Set{Name: in.Name, Layout: in.Layout, Cameras: in.Cameras}, nil
}

// knows reports whether the person may know of the camera of that id.
func (g *Gateway) knows(p *identity.Person, id vms.CameraID) bool {
	cam := g.Cameras().Find(id)
	return cam != nil && len(g.Access.Actions(p, cam, g.now())) > 0
}

func describeSet(s desk.Set) setBody {
	return setBody{s.ID, setFields{s.Name, s.Layout, append([]vms.CameraID{}, s.Cameras...)}, s.Updated}
}
