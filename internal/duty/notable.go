package duty

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	lookBack   = 30 * 24 * time.Hour // how far back a round reaches
	mostNoted  = 5                   // of what stood out, for a round
	leastGap   = time.Minute         // a shorter one is not worth a person's time
	settled    = 5 * time.Minute     // what is newer is left to the next round
	surveyAtMo = 4                   // cameras looked at together
)

// Why a moment belongs to a round.
type Why string

const (
	Random       Why = "random"
	Gap          Why = "gap"
	Stall        Why = "stall"         // a gap of a camera that was connected and sent no pictures
	OutsideHours Why = "outside_hours" // far more going on than usual when nobody should be there
)

// expected are causes that need no look: nobody meant to record, or the time of footage was over.
var expected = []vms.Cause{vms.NotInOperation, vms.NotConfigured, vms.Expired, vms.Quota}

// ours are causes that lie with the servers and concern all cameras alike: they come last.
var ours = []vms.Cause{vms.Restarted, vms.TakenOver, vms.Panicked, vms.DiskFull, vms.DiskSlow, vms.DiskError, vms.ClockStepped}

// survey looks through a unit's cameras: what a moment can be drawn of, and what stood out since an instant.
func (r *Room) survey(ctx context.Context, p *identity.Person, cams []*camera.Camera, since, now vms.Instant) ([]stock, []Moment, error) {
	stocks, noted := make([]stock, len(cams)), make([][]Moment, len(cams))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(surveyAtMo)
	for i, cam := range cams {
		g.Go(func() (err error) {
			stocks[i], noted[i], err = r.surveyOne(ctx, p, cam, since, now)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, fmt.Errorf("look through the cameras: %w", err)
	}
	stocks = slices.DeleteFunc(stocks, func(s stock) bool { return len(s.office)+len(s.other) == 0 })
	return stocks, choose(slices.Concat(noted...)), nil
}

func (r *Room) surveyOne(ctx context.Context, p *identity.Person, cam *camera.Camera, since, now vms.Instant) (stock, []Moment, error) {
	whole := vms.Span{From: now.Add(-lookBack), To: now.Add(-settled)}
	may := common([]vms.Span{whole}, r.Access.Permitted(p, access.Past, cam, now))
	recorded, gaps, err := r.Footage.Recordings(ctx, vms.Feed{Camera: cam.ID, Stream: vms.Main}, whole)
	if err != nil {
		return stock{}, nil, err
	}
	lasting := whole
	lasting.From = max(whole.From, erasedBy(cam, now.Add(openFor)))
	usable := common(common(recorded, may), []vms.Span{lasting})
	office := officeHours(whole)
	s := stock{camera: cam.ID, office: common(usable, office), other: vms.Subtract(usable, office)}
	noted := notedGaps(cam.ID, gaps, may, since)
	if m, ok, err := r.busy(ctx, cam.ID, may, since, whole.To); err != nil {
		return stock{}, nil, err
	} else if ok {
		noted = append(noted, m)
	}
	return s, noted, nil
}

// erasedBy is the instant before which the camera's footage will be gone at that time; at the latest the
// middle of what is kept, so that something can be drawn of cameras that keep little.
func erasedBy(cam *camera.Camera, at vms.Instant) vms.Instant {
	if cam.Retention == 0 {
		return 0
	}
	return min(at.Add(-cam.Retention), at.Add(-openFor-cam.Retention/2))
}

// notedGaps returns the longest gap and the longest stall since an instant.
func notedGaps(id vms.CameraID, gaps []vms.Gap, may []vms.Span, since vms.Instant) []Moment {
	longest := map[Why]Moment{}
	for _, g := range joined(gaps) {
		why := Gap
		if g.Cause == vms.Stalled {
			why = Stall
		}
		for _, part := range common([]vms.Span{g.Span}, may) {
			if part.To > since && part.Duration() >= leastGap && part.Duration() > longest[why].Duration() {
				longest[why] = Moment{Camera: id, Span: part, Why: why, Cause: g.Cause}
			}
		}
	}
	var out []Moment
	for _, m := range longest {
		out = append(out, m)
	}
	return out
}

// joined makes one gap of those that touch, with the cause of the longest; expected ones are left out.
func joined(gaps []vms.Gap) (out []vms.Gap) {
	var main time.Duration // of the longest part of the last
	for _, g := range gaps {
		if slices.Contains(expected, g.Cause) {
			continue
		}
		n := len(out) - 1
		if n < 0 || out[n].To < g.From {
			out, main = append(out, g), g.Duration()
			continue
		}
		if out[n].To = g.To; g.Duration() > main {
			out[n].Cause, main = g.Cause, g.Duration()
		}
	}
	return out
}

// choose takes the most notable: of each kind in turn the longest that is left, the servers' own
// faults last.
func choose(noted []Moment) (out []Moment) {
	rank := func(m Moment) int {
		if slices.Contains(ours, m.Cause) {
			return 1
		}
		return 0
	}
	kinds := map[Why][]Moment{}
	for _, m := range noted {
		kinds[m.Why] = append(kinds[m.Why], m)
	}
	for _, of := range kinds {
		slices.SortFunc(of, func(a, b Moment) int {
			return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Duration(), a.Duration()), cmp.Compare(a.Camera, b.Camera))
		})
	}
	for i := 0; len(out) < min(mostNoted, len(noted)); i++ {
		for _, why := range []Why{OutsideHours, Gap, Stall} {
			if i < len(kinds[why]) && len(out) < mostNoted {
				out = append(out, kinds[why][i])
			}
		}
	}
	return out
}
