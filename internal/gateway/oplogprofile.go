package gateway

import (
	"context"
	"slices"

	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

type logFieldBody struct {
	ID       string   `json:"id"`
	Required bool     `json:"required" doc:"every file has a column of it"`
	Meanings []string `json:"meanings" nullable:"false" doc:"what its words may mean; empty: it has none, or (business) they are names"`
}

// LogDefinition is how the log of a system is read. It is exported so that what it is part of has its fields.
type LogDefinition struct {
	Name    string                       `json:"name" minLength:"1" maxLength:"40" doc:"of the system"`
	Columns map[string][]string          `json:"columns" doc:"headings, by field"`
	Values  map[string]map[string]string `json:"values" doc:"what the file says, and what it is, by field"`
	Dates   string                       `json:"dates" enum:",dmy,mdy" doc:"empty: year first, or an era"`
}

type logProfileVersionBody struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	LogDefinition
	State   string       `json:"state" enum:"waiting,approved,refused"`
	By      string       `json:"by" doc:"name"`
	At      vms.Instant  `json:"at" format:"date-time"`
	Decider string       `json:"decider" doc:"name; empty: nobody yet"`
	Decided *vms.Instant `json:"decided" format:"date-time" nullable:"true"`
	Mine    bool         `json:"mine" doc:"this person may decide"`
}

type logProfilesOutput struct {
	Body struct {
		Fields   []logFieldBody          `json:"fields" nullable:"false"`
		Profiles []logProfileVersionBody `json:"profiles" nullable:"false" doc:"that were written down here: all versions, the newest of each first"`
	}
}

func (g *Gateway) logProfiles(ctx context.Context, _ *struct{}) (*logProfilesOutput, error) {
	c, out, names := asking(ctx), &logProfilesOutput{}, g.names()
	all, err := g.Oplog.Written(ctx, c)
	if err != nil {
		return nil, err
	}
	out.Body.Fields, out.Body.Profiles = []logFieldBody{}, []logProfileVersionBody{}
	for _, f := range event.Fields() {
		out.Body.Fields = append(out.Body.Fields, logFieldBody{f, slices.Contains(event.Required(), f), list(event.Meanings(f))})
	}
	for _, w := range all {
		b := logProfileVersionBody{w.ID, w.Version, LogDefinition{w.Name, w.Columns, w.Values, w.Dates}, w.State, names.of(ctx, w.By), w.At, "", orNull(w.Decided), g.Oplog.DecidesProfile(c.Person, &w)}
		if w.DecidedBy != "" {
			b.Decider = names.of(ctx, w.DecidedBy)
		}
		out.Body.Profiles = append(out.Body.Profiles, b)
	}
	return out, nil
}

type writeProfileInput struct {
	ID   string `path:"id" maxLength:"32"`
	Body LogDefinition
}

type writeProfileOutput struct {
	Body struct {
		Version int64 `json:"version" doc:"a preview takes it as profile=id@version"`
	}
}

func (g *Gateway) writeProfile(ctx context.Context, in *writeProfileInput) (*writeProfileOutput, error) {
	version, err := g.Oplog.WriteProfile(ctx, asking(ctx), in.ID, in.Body.Name, event.Definition{Columns: in.Body.Columns, Values: in.Body.Values, Dates: in.Body.Dates})
	out := &writeProfileOutput{}
	out.Body.Version = version
	return out, err
}

type logVersionInput struct {
	ID      string `path:"id" maxLength:"32"`
	Version int64  `path:"version" minimum:"1"`
}

func (g *Gateway) approveProfile(ctx context.Context, in *logVersionInput) (*struct{}, error) {
	return nil, g.Oplog.DecideProfile(ctx, asking(ctx), in.ID, in.Version, true)
}

func (g *Gateway) refuseProfile(ctx context.Context, in *logVersionInput) (*struct{}, error) {
	return nil, g.Oplog.DecideProfile(ctx, asking(ctx), in.ID, in.Version, false)
}
