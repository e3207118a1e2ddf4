package digest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/holiday"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Rhythms, as they are configured.
const (
	Daily  = "daily"  // on each day on which the offices are open
	Weekly = "weekly" // on the first of them in a week
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Identity *identity.Registry
	Owes     func(ctx context.Context, p *identity.Person, day string) ([]Owed, error)
	Now      func() vms.Instant
	Log      *slog.Logger

	Server  *Server       // nil: nothing is sent
	From    string        // address
	Address string        // of a person: {login} stands for theirs
	Every   string        // Daily or Weekly
	At      time.Duration // after midnight in Japan
	Link    string
}

// Room sends digests.
type Room struct{ c Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

// AddressOf is where mail for a login goes.
func AddressOf(pattern, login string) (string, error) {
	a, err := mail.ParseAddress(strings.ReplaceAll(pattern, "{login}", login))
	if err != nil || a.Name != "" {
		return "", fmt.Errorf("%q is no address of mail", pattern)
	}
	return a.Address, nil
}

// States of a digest.
const (
	sending = "sending"
	sent    = "sent"
	nothing = "nothing"
	failed  = "failed"
	givenUp = "given_up"
	unknown = "unknown"
)

const (
	lease     = "digest"
	looks     = time.Minute
	triesMost = 5
)

// wait is how long after a failed try the next one comes.
func wait(tries int64) time.Duration { return time.Duration(tries*tries) * 5 * time.Minute }

// Run sends what is due, on the node that holds the lease, until ctx ends.
func (r *Room) Run(ctx context.Context, leases *db.Leases) error {
	if r.c.Server == nil {
		<-ctx.Done()
		return nil
	}
	return leases.Keep(ctx, lease, looks, func(ctx context.Context, held *db.Lease) {
		if err := r.Once(ctx, held.Epoch); err != nil && ctx.Err() == nil {
			r.c.Log.Error("digests were not sent", "err", err)
		}
	})
}

// Once sends the digests of the day that were not sent yet and whose turn it is. epoch is that of the lease
// under which it is done.
func (r *Room) Once(ctx context.Context, epoch int64) error {
	now := r.c.Now()
	day, due := r.day(now)
	if !due {
		return nil
	}
	if err := r.settle(ctx, epoch, day, now); err != nil {
		return err
	}
	people, err := r.c.Identity.People(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, p := range people {
		if !p.Disabled && ctx.Err() == nil {
			errs = append(errs, r.tell(ctx, p, day, epoch))
		}
	}
	return errors.Join(errs...)
}

// day is the day of an instant, and whether digests of it are due by then.
func (r *Room) day(now vms.Instant) (string, bool) {
	t := now.Time().In(conf.JST)
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)
	if holiday.Closed(now) || t.Sub(midnight) < r.c.At {
		return "", false
	}
	if r.c.Every == Weekly {
		for d := midnight.AddDate(0, 0, -1); d.Weekday() != time.Sunday; d = d.AddDate(0, 0, -1) {
			if !holiday.Closed(vms.InstantOf(d)) {
				return "", false // there was one earlier in the week
			}
		}
	}
	return record.DayOf(now), true
}

// settle gives up what failed on days that are over, and marks what a process left on its way when it died:
// whether that went is not known.
func (r *Room) settle(ctx context.Context, epoch int64, day string, now vms.Instant) error {
	var n int64
	err := r.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := db.CheckEpoch(ctx, tx, lease, epoch); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE digest SET state = $1, at_us = $2 WHERE state = $3 AND day < $4`, givenUp, now, failed, day); err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE digest SET state = $1, at_us = $2 WHERE state = $3`, unknown, now, sending)
		if err != nil {
			return err
		}
		if n, err = res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return r.c.DB.Signal(ctx, tx, inbox.Topic)
	})
	if err == nil && n > 0 {
		r.c.Log.Error("digests may not have arrived: the process ended while they left", "mails", n)
	}
	return err
}

// tell sends somebody the digest of a day, unless it went or its turn has not come.
func (r *Room) tell(ctx context.Context, p *identity.Person, day string, epoch int64) error {
	tries, turn, err := r.turn(ctx, p.Login, day)
	if err != nil || !turn {
		return err
	}
	owed, err := r.c.Owes(ctx, p, day)
	if err != nil {
		return err
	}
	if len(owed) == 0 {
		return r.mark(ctx, p.Login, day, nothing, tries, epoch)
	}
	to, err := AddressOf(r.c.Address, p.Login)
	if err != nil {
		return r.mark(ctx, p.Login, day, givenUp, tries, epoch)
	}
	tries++
	if err := r.mark(ctx, p.Login, day, sending, tries, epoch); err != nil {
		return err // another node may be at it
	}
	state := sent
	if err := r.c.Server.Send(ctx, r.c.From, to, r.c.mail(p.Login, to, day, owed, r.c.Now())); err != nil {
		if state = failed; errors.As(err, new(maybeSent)) {
			state = unknown
		} else if tries >= triesMost {
			state = givenUp
		}
		r.c.Log.Error("a digest was not sent", "login", p.Login, "state", state, "tries", tries, "err", err)
	}
	return r.mark(context.WithoutCancel(ctx), p.Login, day, state, tries, epoch)
}

// turn is how often it was tried, and whether it is to be tried now.
func (r *Room) turn(ctx context.Context, login, day string) (tries int64, now bool, err error) {
	var state string
	var next vms.Instant
	err = r.c.DB.QueryRow(ctx, `SELECT state, tries, next_us FROM digest WHERE login = $1 AND day = $2`, login, day).Scan(&state, &tries, &next)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, true, nil
	}
	return tries, state == failed && next <= r.c.Now(), err
}

func (r *Room) mark(ctx context.Context, login, day, state string, tries, epoch int64) error {
	now := r.c.Now()
	return r.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if state == sending {
			if err := db.CheckEpoch(ctx, tx, lease, epoch); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `INSERT INTO digest (login, day, state, tries, next_us, at_us) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (login, day) DO UPDATE SET state = $3, tries = $4, next_us = $5, at_us = $6`, login, day, state, tries, now.Add(wait(tries)), now); err != nil {
			return err
		}
		if state == givenUp || state == unknown {
			return r.c.DB.Signal(ctx, tx, inbox.Topic)
		}
		return nil
	})
}

const toldFor = 7 // days for which administrators are told of what did not arrive

// Items tells administrators of digests that did not arrive, or may not have: how many on which day.
func (r *Room) Items(ctx context.Context, p *identity.Person) ([]inbox.Item, error) {
	now := r.c.Now()
	if !p.Holds(now, identity.Administrator) {
		return nil, nil
	}
	since := record.DayOf(now.Add(-toldFor * 24 * time.Hour))
	var out []inbox.Item
	for row, err := range db.Rows(r.c.DB.Query(ctx, `SELECT day, COUNT(*), MAX(at_us) FROM digest WHERE day >= $1 AND state IN ($2, $3) GROUP BY day ORDER BY day`, since, givenUp, unknown)) {
		if err != nil {
			return nil, err
		}
		i := inbox.Item{Kind: inbox.MailFailed, Link: "/help"}
		var day string
		if err := row.Scan(&day, &i.Subject.Done, &i.At); err != nil {
			return nil, err
		}
		i.ID, i.Subject.Label = "digest-"+day, day
		out = append(out, i)
	}
	return out, nil
}
