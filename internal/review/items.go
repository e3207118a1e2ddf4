package review

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
)

var _ inbox.Source = (*Room)(nil)

// Items returns what of this room waits for the person: questions to a viewer, and months with something
// to decide, or an answer to read, for whoever reviews.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	var mine []Item
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		mine, err = itemsOf(ctx, tx, `actor = $1 AND state = $2`, p.Login, Asked)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, i := range mine {
		items = append(items, inbox.Item{ID: "review-" + i.Month + "-" + i.entry, Kind: inbox.Review, At: i.Asked, Link: "/review?mine=1",
			Subject: inbox.Subject{From: i.Reviewer, Month: i.Month}})
	}
	if views, lookUps := r.Reviews(p); !views && !lookUps {
		return items, nil
	}
	months, err := r.months(ctx, identity.Caller{Person: p}, unsettled)
	for _, m := range months {
		todo, answered := 0, m.Drawn
		for _, i := range m.Items {
			if r.Decides(p, &i) && !i.Settled() && i.State != Asked {
				todo++
				answered = max(answered, i.Answered)
			}
		}
		if todo > 0 {
			items = append(items, inbox.Item{ID: "review-month-" + m.Name, Kind: inbox.ReviewMonth, At: answered, Link: "/review?month=" + m.Name,
				Subject: inbox.Subject{Month: m.Name, Done: len(m.Items) - todo, Rounds: len(m.Items)}})
		}
	}
	return items, err
}
