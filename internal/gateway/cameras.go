package gateway

import (
	"context"
	"errors"
	"slices"
	"time"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/health"
	"yagura/internal/vms"
)

type cameraBody struct {
	ID       vms.CameraID `json:"id"`
	Number   string       `json:"number"`
	Name     string       `json:"name"`
	Kind     string       `json:"kind" enum:"surveillance,security"`
	Site     string       `json:"site"`
	SiteName string       `json:"site_name"`
	Floor    string       `json:"floor"`
	Room     string       `json:"room"`
	Sections []string     `json:"sections" nullable:"false"`
	State    string       `json:"state" enum:"recording,starting,stopped,planned,unknown"`
	Since    vms.Instant  `json:"since" format:"date-time" doc:"of what is planned: when it begins"`
	Cause    vms.Cause    `json:"cause"`
	Actions  []string     `json:"actions" nullable:"false" doc:"what this person may do with it"`
	Purposes []string     `json:"purposes" nullable:"false" doc:"valid for viewing its past"`
	Streams  []string     `json:"streams" nullable:"false"`
	KeepDays int          `json:"keep_days" doc:"days footage is kept"`
}

type camerasOutput struct {
	Body struct {
		Cameras []cameraBody `json:"cameras" nullable:"false"`
		Now     vms.Instant  `json:"now" format:"date-time" doc:"the server's clock"`
	}
}

func (g *Gateway) listCameras(ctx context.Context, _ *struct{}) (*camerasOutput, error) {
	p, now := who(ctx).session.Person, g.now()
	feeds, err := g.Health.Feeds(ctx, now)
	if err != nil {
		g.Log.Warn("camera states unknown", "err", err)
	}
	out := &camerasOutput{}
	out.Body.Cameras, out.Body.Now = []cameraBody{}, now
	for _, cam := range g.Cameras().Cameras {
		actions := g.Access.Actions(p, cam, now)
		if len(actions) == 0 {
			continue
		}
		out.Body.Cameras = append(out.Body.Cameras, describeCamera(cam, actions, g.stateOf(cam, feeds, now), now))
	}
	return out, nil
}

func describeCamera(cam *camera.Camera, actions []access.Action, f health.Feed, now vms.Instant) cameraBody {
	b := cameraBody{ID: cam.ID, Number: cam.Number, Name: cam.Name, Kind: string(cam.Kind), Site: cam.Site, SiteName: cam.SiteName,
		Floor: cam.Floor, Sections: []string{}, State: string(f.State), Since: f.Since, Cause: f.Cause,
		Actions: []string{}, Purposes: access.Purposes(cam.Kind), Streams: []string{}, KeepDays: int(cam.Retention / (24 * time.Hour))}
	place, ok := cam.PlacementAt(now)
	if !ok {
		place = cam.Placements[0]
	}
	b.Room, b.Sections = place.Room, append(b.Sections, place.Sections...)
	for _, a := range actions {
		b.Actions = append(b.Actions, string(a))
	}
	for _, s := range []vms.Stream{vms.Main, vms.Sub} {
		if cam.Streams[s] != "" {
			b.Streams = append(b.Streams, string(s))
		}
	}
	return b
}

// stateOf is the state of the camera's main stream. What this process never heard of has the state
// it has since the process began; what is planned begins then.
func (g *Gateway) stateOf(cam *camera.Camera, feeds map[vms.Feed]health.Feed, now vms.Instant) health.Feed {
	if _, ok := cam.PlacementAt(now); !ok {
		return health.Feed{State: health.Planned, Since: cam.Placements[0].From, Cause: vms.NotInOperation}
	}
	f, ok := feeds[vms.Feed{Camera: cam.ID, Stream: vms.Main}]
	if !ok {
		return health.Feed{State: health.Unknown, Since: g.began}
	}
	return f
}

type recordingsInput struct {
	ID     vms.CameraID `path:"id"`
	From   string       `query:"from" required:"true" format:"date-time"`
	To     string       `query:"to" required:"true" format:"date-time"`
	Stream string       `query:"stream" enum:"main,sub" default:"main"`
}

type recordingsOutput struct {
	Body struct {
		Spans []vms.Span `json:"spans" nullable:"false"`
		Gaps  []vms.Gap  `json:"gaps" nullable:"false"`
	}
}

const longestList = 400 * 24 * time.Hour

func (g *Gateway) recordings(ctx context.Context, in *recordingsInput) (*recordingsOutput, error) {
	cam, err := g.may(ctx, in.ID, access.Past)
	if err != nil {
		return nil, err
	}
	span, err := span(in.From, in.To)
	if err != nil {
		return nil, err
	}
	out := &recordingsOutput{}
	out.Body.Spans, out.Body.Gaps, err = g.Archive.Recordings(ctx, vms.Feed{Camera: cam.ID, Stream: vms.Stream(in.Stream)}, span)
	may := g.Access.Permitted(who(ctx).session.Person, access.Past, cam, g.now())
	may = append(may, vms.Span{To: cam.Placements[0].From}) // it hung nowhere, which is no secret
	out.Body.Spans, out.Body.Gaps = within(span, out.Body.Spans, out.Body.Gaps, may)
	return out, err
}

// within leaves of a recording what one may see: whether there was somebody else's footage is not said.
func within(whole vms.Span, spans []vms.Span, gaps []vms.Gap, may []vms.Span) ([]vms.Span, []vms.Gap) {
	if len(vms.Subtract([]vms.Span{whole}, may)) == 0 {
		return append([]vms.Span{}, spans...), append([]vms.Gap{}, gaps...) // never null
	}
	keep := func(s vms.Span) []vms.Span { return vms.Subtract([]vms.Span{s}, vms.Subtract([]vms.Span{s}, may)) }
	outSpans, outGaps := []vms.Span{}, []vms.Gap{}
	for _, s := range spans {
		outSpans = append(outSpans, keep(s)...)
	}
	for _, gap := range gaps {
		for _, s := range keep(gap.Span) {
			outGaps = append(outGaps, vms.Gap{Span: s, Cause: gap.Cause})
		}
	}
	return outSpans, outGaps
}

// may returns the camera if the caller may do that with it: 403 with the reason where they may know
// of it, else the same 404 as for a camera that does not exist.
func (g *Gateway) may(ctx context.Context, id vms.CameraID, a access.Action) (*camera.Camera, error) {
	cam := g.Cameras().Find(id)
	if cam == nil {
		return nil, errNoCamera
	}
	p, now := who(ctx).session.Person, g.now()
	if slices.Contains(g.Access.Actions(p, cam, now), a) {
		return cam, nil
	}
	err := g.Access.Check(p, a, cam, 0, access.Incident, now).Err()
	if err == nil || errors.Is(err, vms.NotFound) {
		return nil, errNoCamera
	}
	return nil, err
}

// errNoCamera answers alike, byte for byte, for cameras that do not exist and those one may not know of.
var errNoCamera = vms.Errorf(vms.NotFound, "no-camera", "カメラがありません。 There is no such camera.")

func (g *Gateway) now() vms.Instant {
	now, _ := g.Clock.Now()
	return now
}

type healthBody struct {
	ID          vms.CameraID `json:"id"`
	State       string       `json:"state" enum:"recording,starting,stopped,planned,unknown"`
	Since       vms.Instant  `json:"since" format:"date-time"`
	Cause       vms.Cause    `json:"cause"`
	Kbps        float64      `json:"kbps" doc:"main and sub together, 1000 bit/s"`
	FPS         float64      `json:"fps" doc:"of the main stream, pictures per second"`
	Loss        float64      `json:"loss" doc:"share of RTP packets lost, 0 to 1"`
	LastWritten *vms.Instant `json:"last_written" format:"date-time" doc:"end of what is recorded"`
	ClockOffset float64      `json:"clock_offset" doc:"the camera's clock is ahead of ours by, seconds"`
	Node        string       `json:"node"`
}

type healthOutput struct {
	Body struct {
		Cameras []healthBody `json:"cameras" nullable:"false"`
	}
}

func (g *Gateway) healthCameras(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	p, now := who(ctx).session.Person, g.now()
	feeds, err := g.Health.Feeds(ctx, now)
	if err != nil {
		return nil, err
	}
	out := &healthOutput{}
	out.Body.Cameras = []healthBody{}
	for _, cam := range g.Cameras().Cameras {
		if g.Access.Check(p, access.Health, cam, 0, "", now).Allow {
			out.Body.Cameras = append(out.Body.Cameras, describeHealth(cam, g.stateOf(cam, feeds, now), feeds))
		}
	}
	return out, nil
}

func describeHealth(cam *camera.Camera, f health.Feed, feeds map[vms.Feed]health.Feed) healthBody {
	sub := feeds[vms.Feed{Camera: cam.ID, Stream: vms.Sub}]
	b := healthBody{ID: cam.ID, State: string(f.State), Since: f.Since, Cause: f.Cause, Kbps: (f.Bits + sub.Bits) / 1000,
		FPS: f.FPS, Loss: max(f.Loss, sub.Loss), ClockOffset: f.Offset.Seconds(), Node: f.Node}
	if f.Written != 0 {
		b.LastWritten = &f.Written
	}
	return b
}
