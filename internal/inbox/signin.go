package inbox

import (
	"context"

	"yagura/internal/identity"
)

// SignIns is what waits about signing in: accounts to be recovered, for whoever may approve that and has
// no part in it, and API tokens, for the person they act for.
type SignIns struct{ Identity *identity.Registry }

var _ Source = (*SignIns)(nil)

// Items returns what the person may approve, or has to confirm.
func (s *SignIns) Items(ctx context.Context, p *identity.Person) ([]Item, error) {
	var items []Item
	if _, approves := s.Identity.MayRecover(p); approves {
		waiting, err := s.Identity.Recoveries(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range waiting {
			if r.State == "waiting" && r.RequestedBy != p.Login && r.Login != p.Login {
				items = append(items, Item{ID: "recovery-" + r.ID, Kind: Recovery, At: r.RequestedAt, Link: "/recovery",
					Subject: Subject{ID: r.ID, Login: r.Login, From: r.RequestedBy}})
			}
		}
	}
	if !s.Identity.Waits(p) {
		return items, nil
	}
	uses, err := s.Identity.Uses(ctx, p.Login)
	for _, u := range uses {
		if u.Waits {
			items = append(items, Item{ID: "token-" + u.ID, Kind: Token, At: u.Created, Link: "/settings",
				Subject: Subject{ID: u.ID, Label: u.Label, From: u.Source}})
		}
	}
	return items, err
}
