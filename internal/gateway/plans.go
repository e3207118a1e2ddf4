package gateway

import (
	"context"

	"yagura/internal/camera"
	"yagura/internal/vms"
)

type plansOutput struct {
	Body struct {
		Plans []camera.Plan `json:"plans" nullable:"false"`
	}
}

// listPlans answers floor plans with the cameras the person may know of, and no plan without one.
func (g *Gateway) listPlans(ctx context.Context, _ *struct{}) (*plansOutput, error) {
	p, now, set := who(ctx).session.Person, g.now(), g.Cameras()
	known := func(id vms.CameraID) bool { return len(g.Access.Actions(p, set.Find(id), now)) > 0 }
	out := &plansOutput{}
	out.Body.Plans = []camera.Plan{}
	for _, plan := range set.Plans {
		if mine, ok := plan.For(known); ok {
			out.Body.Plans = append(out.Body.Plans, mine)
		}
	}
	return out, nil
}
