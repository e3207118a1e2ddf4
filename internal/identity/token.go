package identity

import (
	"context"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// AddToken makes an API token that acts for the person until it expires. by is who makes it. The
// token is returned once and kept nowhere. One of a footage post lasts TokenLasts at most, and works
// once its person confirmed it, unless it is they who made it.
func (r *Registry) AddToken(ctx context.Context, login, label, by string, lasts time.Duration) (token string, err error) {
	if lasts <= 0 {
		return "", vms.Errorf(vms.Invalid, "bad-period", "a token must last some time")
	}
	token, hash := newToken()
	err = r.change(ctx, func(tx *db.Tx) error {
		p, err := person(ctx, tx, login)
		if err != nil {
			return err
		}
		if p.Disabled {
			return vms.Errorf(vms.Conflict, "disabled", "%q is disabled", login)
		}
		if lasts > TokenLasts && p.SeesFootage(r.opts.Now()) {
			return vms.Errorf(vms.Invalid, "bad-period", "映像を確認できる職のトークンは 24 時間までです。 A token of a post that sees footage lasts 24 hours at most.")
		}
		s, err := r.insertSession(ctx, tx, newSession{hash: hash, kind: Token, login: login, label: label, source: by, lasts: lasts})
		if err == nil && by == login {
			_, err = tx.Exec(ctx, `UPDATE session SET confirmed_at = $2 WHERE id = $1`, s.ID, int64(r.opts.Now()))
		}
		return err
	})
	return token, err
}

// ConfirmToken lets a token of the person work; vms.NotFound where it is not theirs, or has ended.
func (r *Registry) ConfirmToken(ctx context.Context, login, id string) (label string, err error) {
	err = r.change(ctx, func(tx *db.Tx) error {
		labels, err := column(tx.Query(ctx, `UPDATE session SET confirmed_at = $3 WHERE login = $1 AND id = $2 AND kind = 'token' AND ended_at = 0
			AND expires_at > $3 RETURNING label`, login, id, int64(r.opts.Now())))
		if err == nil && len(labels) == 0 {
			return vms.Errorf(vms.NotFound, "no-token", "そのトークンはありません。 There is no such token.")
		}
		if err == nil {
			label = labels[0]
		}
		return err
	})
	return label, err
}

// Waits reports whether tokens of the person work only once they confirmed them.
func (r *Registry) Waits(p *Person) bool {
	return r.opts.ConfirmToken && p.SeesFootage(r.opts.Now())
}
