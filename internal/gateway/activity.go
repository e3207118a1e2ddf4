package gateway

import (
	"context"

	"yagura/internal/access"
	"yagura/internal/vms"
)

type activityInput struct {
	ID      vms.CameraID `path:"id"`
	From    string       `query:"from" required:"true" format:"date-time"`
	To      string       `query:"to" required:"true" format:"date-time"`
	Buckets int          `query:"buckets" required:"true" minimum:"1" maximum:"4000" doc:"of equal width over [from, to)"`
	Stream  string       `query:"stream" enum:"main,sub" default:"main"`
}

type activityOutput struct {
	Body struct {
		vms.Span
		Values []int `json:"values" nullable:"false" doc:"0 to 1000, ordinary work at about 150 to 400; -1 where nothing is recorded or may be seen"`
	}
}

func (g *Gateway) activity(ctx context.Context, in *activityInput) (*activityOutput, error) {
	cam, err := g.may(ctx, in.ID, access.Past)
	if err != nil {
		return nil, err
	}
	out := &activityOutput{}
	if out.Body.Span, err = span(in.From, in.To); err != nil {
		return nil, err
	}
	feed, permit := vms.Feed{Camera: cam.ID, Stream: vms.Stream(in.Stream)}, g.Access.Permitted(who(ctx).session.Person, access.Past, cam, g.now())
	out.Body.Values, err = g.Archive.Activity(ctx, feed, out.Body.Span, in.Buckets, permit)
	return out, err
}

// span reads a stretch of at most longestList.
func span(from, to string) (s vms.Span, err error) {
	if s.From, err = vms.ParseInstant(from); err != nil {
		return s, err
	}
	if s.To, err = vms.ParseInstant(to); err != nil {
		return s, err
	}
	if s.Empty() || s.Duration() > longestList {
		return s, vms.Errorf(vms.Invalid, "bad-range", "from must lie before to, by at most 400 days")
	}
	return s, nil
}

type nextActivityInput struct {
	ID        vms.CameraID `path:"id"`
	At        string       `query:"at" required:"true" format:"date-time"`
	Direction int          `query:"direction" minimum:"-1" maximum:"1" default:"1" doc:"1: the next one; -1: the one before"`
	Stream    string       `query:"stream" enum:"main,sub" default:"main"`
}

type nextActivityOutput struct {
	Body struct {
		At *vms.Instant `json:"at" format:"date-time" doc:"where the burst begins; null where there is none within seven days"`
	}
}

func (g *Gateway) nextActivity(ctx context.Context, in *nextActivityInput) (*nextActivityOutput, error) {
	cam, err := g.may(ctx, in.ID, access.Past)
	if err != nil {
		return nil, err
	}
	at, err := vms.ParseInstant(in.At)
	if err != nil {
		return nil, err
	}
	if in.Direction == 0 {
		return nil, vms.Errorf(vms.Invalid, "bad-direction", "direction is 1 or -1")
	}
	feed, permit := vms.Feed{Camera: cam.ID, Stream: vms.Stream(in.Stream)}, g.Access.Permitted(who(ctx).session.Person, access.Past, cam, g.now())
	next, err := g.Archive.NextActivity(ctx, feed, at, in.Direction, permit)
	out := &nextActivityOutput{}
	if next != 0 {
		out.Body.At = &next
	}
	return out, err
}
