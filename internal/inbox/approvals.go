package inbox

import (
	"context"
	"errors"
	"fmt"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Approvals is what waits for a second person: versions of files, and appointments. It waits for
// everybody whose post may approve policies and who has no part in it.
type Approvals struct {
	Files    []*camera.Store
	Identity *identity.Registry
	Access   *access.Engine
	Now      func() vms.Instant
}

var _ Source = (*Approvals)(nil)

// Items returns what the person may approve.
func (a *Approvals) Items(ctx context.Context, p *identity.Person) ([]Item, error) {
	now := a.Now()
	if !a.Access.CheckUnit(p, access.ApprovePolicy, "", now).Allow {
		return nil, nil
	}
	var items []Item
	for _, s := range a.Files {
		v, err := s.Waiting(ctx)
		if errors.Is(err, vms.NotFound) || err == nil && v.ProposedBy == p.Login {
			continue
		}
		if err != nil {
			return nil, err
		}
		id := fmt.Sprintf("approval-%s-%d", s.Kind, v.Number)
		items = append(items, Item{ID: id, Kind: Approval, At: v.ProposedAt, Link: fmt.Sprintf("/rights?tab=versions&kind=%s&number=%d", s.Kind, v.Number),
			Subject: Subject{What: s.Kind, Version: v.Number, From: v.ProposedBy}})
	}
	if p.Holds(now, identity.Administrator) {
		return items, nil // the second person of an appointment is outside administration
	}
	waiting, err := a.Identity.Waiting(ctx)
	for _, w := range waiting {
		if w.RequestedBy == p.Login || w.Login == p.Login {
			continue
		}
		id := "approval-appointment-" + w.ID
		items = append(items, Item{ID: id, Kind: Approval, At: w.RequestedAt, Link: "/people/waiting",
			Subject: Subject{What: "appointment", ID: w.ID, Login: w.Login, Post: w.Post, Unit: w.Unit, From: w.RequestedBy}})
	}
	return items, err
}
