package duty

import (
	"context"
	"slices"
	"time"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

const (
	topic     = inbox.Topic
	newsFor   = 30 * 24 * time.Hour // how long a receipt or an outcome is told
	lastCall  = 7 * 24 * time.Hour  // before a month's end, a unit behind its norm is told
	reportURL = "/inbox?item="
)

var _ inbox.Source = (*Room)(nil)

// Items returns what of this room waits for the person.
func (r *Room) Items(ctx context.Context, p *identity.Person) (items []inbox.Item, err error) {
	now := r.Now()
	receives, mine := r.receives(p, now), r.dutiesOf(p, now)
	if !receives && len(mine) == 0 {
		return nil, nil
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		items = nil
		if receives {
			fresh, err := reports(ctx, tx, `received = 0`)
			if err != nil {
				return err
			}
			for _, rep := range fresh {
				if rep.Login != p.Login {
					items = append(items, r.item(inbox.Report, rep, rep.Sent))
				}
			}
		}
		own, err := reports(ctx, tx, `login = $1 AND (received > $2 OR decided > $2)`, p.Login, int64(now.Add(-newsFor)))
		if err != nil {
			return err
		}
		for _, rep := range own {
			if r.shows(p, rep, now) {
				items = append(items, r.news(rep))
			}
		}
		late, err := r.late(ctx, tx, mine, now)
		items = append(items, late...)
		return err
	})
	return items, err
}

// news is what came back to the sender of a report: the outcome, or until there is one the receipt.
func (r *Room) news(rep *Report) inbox.Item {
	if rep.Outcome != "" {
		return r.item(inbox.Outcome, rep, rep.Decided)
	}
	return r.item(inbox.Receipt, rep, rep.Received)
}

func (r *Room) item(kind string, rep *Report, at vms.Instant) inbox.Item {
	i := inbox.Item{ID: kind + "-" + rep.ID, Kind: kind, At: at, Subject: inbox.Subject{Report: rep.ID, Camera: rep.Camera, From: rep.Login,
		Unit: rep.Unit, Post: rep.Post, Outcome: rep.Outcome}}
	if kind == inbox.Outcome {
		i.ID += "-" + rep.Outcome // an outcome that changes is news again
	}
	i.Link = reportURL + i.ID
	return i
}

// late returns the units of the person that are behind their norm when the month ends soon.
func (r *Room) late(ctx context.Context, tx *db.Tx, mine []string, now vms.Instant) (items []inbox.Item, err error) {
	month := MonthOf(now)
	since := month.Span().To.Add(-lastCall)
	if now < since || len(mine) == 0 {
		return nil, nil
	}
	counts, err := monthCounts(ctx, tx, month.Span())
	if err != nil {
		return nil, err
	}
	for _, u := range r.Cameras().Organisation.Units {
		if !slices.Contains(mine, u.ID) {
			continue
		}
		n, err := norm(ctx, tx, u.ID, now+1)
		if err != nil {
			return nil, err
		}
		if done := counts[u.ID].done; done < n.Rounds {
			items = append(items, inbox.Item{ID: "duty-" + u.ID + "-" + month.String(), Kind: inbox.Duty, At: since, Link: "/duty?unit=" + u.ID,
				Subject: inbox.Subject{Unit: u.ID, Month: month.String(), Done: done, Rounds: n.Rounds}})
		}
	}
	return items, nil
}
