package rights

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
)

var _ inbox.Source = (*Room)(nil)

// Items returns the requests that wait for somebody of 危機管理 who has no part in them, and for reviewers the
// 緊急閲覧 of others, from their beginning until there is a finding.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	decides, reviews := r.MayDecide(p), r.Reviews(p)
	if !decides && !reviews {
		return nil, nil
	}
	all, err := r.Identity.Grants(ctx)
	for i := range all {
		g := &all[i]
		if reviews && g.Kind == identity.Emergency && g.Finding == "" && g.Login != p.Login {
			items = append(items, inbox.Item{ID: "emergency-" + g.ID, Kind: inbox.Night, At: g.From, Link: "/rights?tab=emergency&id=" + g.ID,
				Subject: inbox.Subject{ID: g.ID, Login: g.Login, From: g.Login}})
		}
		if decides && g.State == "waiting" && g.To > r.Now() && g.RequestedBy != p.Login && g.Login != p.Login {
			items = append(items, inbox.Item{ID: "approval-grant-" + g.ID, Kind: inbox.Approval, At: g.RequestedAt, Link: "/rights?tab=grants&grant=" + g.ID,
				Subject: inbox.Subject{What: "grant", ID: g.ID, Login: g.Login, Unit: g.Unit, From: g.RequestedBy}})
		}
	}
	return items, err
}

// tell wakes the inboxes of every node.
func (r *Room) tell(ctx context.Context) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.DB.Signal(ctx, tx, inbox.Topic) })
}
