package identity

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Use is one session or API token of a person, as they see it in their list.
type Use struct {
	ID      string
	Kind    string // Full or Token
	Label   string // of a token
	Source  string // where it was made: an address, or who made a token
	Factor  string // how the factor is called that was proved; "" none
	Created vms.Instant
	Acted   vms.Instant // last request, to a minute
	Expires vms.Instant
	Waits   bool // a token that its person has to confirm
}

// Uses are the sessions and tokens of a person that still stand, newest first.
func (r *Registry) Uses(ctx context.Context, login string) (out []Use, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		now := r.opts.Now()
		p, err := person(ctx, tx, login)
		if err != nil {
			return err
		}
		for row, err := range db.Rows(tx.Query(ctx, `SELECT s.id, s.kind, s.label, s.source, COALESCE(f.label, ''), s.factor, s.created_at, s.acted_at, s.used_at,
			s.expires_at, s.confirmed_at FROM session s LEFT JOIN factor f ON f.id = s.factor
			WHERE s.login = $1 AND s.ended_at = 0 AND s.kind <> 'half' AND s.expires_at > $2 ORDER BY s.created_at DESC, s.id`, login, int64(now))) {
			if err != nil {
				return err
			}
			var u Use
			s := Session{Person: p}
			if err := row.Scan(&u.ID, &u.Kind, &u.Label, &u.Source, &u.Factor, &s.Factor, &u.Created, &u.Acted, &s.used, &u.Expires, &s.confirmed); err != nil {
				return err
			}
			s.Kind, s.Created, s.Expires, s.acted = u.Kind, u.Created, u.Expires, u.Acted
			err := r.stands(&s, now)
			u.Waits = vms.Code(err) == Unconfirmed
			if err == nil || u.Waits {
				out = append(out, u)
			}
		}
		return nil
	})
	return out, err
}

// EndUse ends a session or token of a person; vms.NotFound where it is not theirs, or has ended.
func (r *Registry) EndUse(ctx context.Context, login, id string) error {
	return r.change(ctx, func(tx *db.Tx) error {
		n, err := r.endSessions(ctx, tx, endedElsewhere, `login = $3 AND id = $4 AND kind <> 'half'`, login, id)
		if err == nil && n == 0 {
			return vms.Errorf(vms.NotFound, "no-session", "そのサインインはありません。 There is no such sign-in.")
		}
		return err
	})
}
