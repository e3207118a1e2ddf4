package identity

import (
	"context"
	"crypto/rand"
	"encoding/json"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

var errNoKeys = vms.Errorf(vms.Conflict, "no-keys", "このアドレスでは認証器（WebAuthn）を使えません。https の名前で開いてください。 Keys (WebAuthn) need an address of https with a name.")

// CreateKey begins to make a key for the person of a session: what navigator.credentials.create takes.
// While somebody signs in that is their first factor.
func (r *Registry) CreateKey(ctx context.Context, s *Session) (json.RawMessage, error) {
	o, has, err := r.owner(ctx, s.Person)
	if err != nil {
		return nil, err
	}
	if s.Kind == Half && len(has) > 0 {
		return nil, errProveFirst
	}
	begun, err := r.opts.Keys.Create(o)
	if err != nil {
		return nil, err
	}
	return begun.Options, r.keepCeremony(ctx, s, ceremonyCreate, string(begun.State))
}

// AddKey takes the answer to CreateKey. In a session that signs in, use Complete.
func (r *Registry) AddKey(ctx context.Context, s *Session, answer []byte, label string) (Factor, error) {
	f, err := r.madeKey(ctx, s, answer, label)
	if err != nil {
		return f, err
	}
	err = r.db.Tx(ctx, func(tx *db.Tx) error { return r.addFactor(ctx, tx, s, &f) })
	return f, err
}

func (r *Registry) madeKey(ctx context.Context, s *Session, answer []byte, label string) (Factor, error) {
	state, err := r.takeCeremony(ctx, s, ceremonyCreate)
	if err != nil {
		return Factor{}, err
	}
	o, _, err := r.owner(ctx, s.Person)
	if err != nil {
		return Factor{}, err
	}
	id, key, err := r.opts.Keys.Created(o, []byte(state), answer)
	return Factor{ID: rand.Text(), Kind: Key, Label: label, credential: id, secret: string(key)}, err
}

// AskKey begins to ask for one of the person's keys: what navigator.credentials.get takes.
func (r *Registry) AskKey(ctx context.Context, s *Session) (json.RawMessage, error) {
	o, _, err := r.owner(ctx, s.Person)
	if err != nil {
		return nil, err
	}
	if len(o.Keys) == 0 {
		return nil, vms.Errorf(vms.Conflict, "no-factor", "認証器が登録されていません。 No key is registered.")
	}
	begun, err := r.opts.Keys.Ask(o)
	if err != nil {
		return nil, err
	}
	return begun.Options, r.keepCeremony(ctx, s, ceremonyAsk, string(begun.State))
}

// provedKey takes the answer to AskKey and returns the key as it is to be kept from now on.
func (r *Registry) provedKey(ctx context.Context, s *Session, answer []byte) (Factor, error) {
	state, err := r.takeCeremony(ctx, s, ceremonyAsk)
	if err != nil {
		return Factor{}, err
	}
	o, has, err := r.owner(ctx, s.Person)
	if err != nil {
		return Factor{}, err
	}
	id, key, err := r.opts.Keys.Answered(o, []byte(state), answer)
	if err != nil {
		return Factor{}, err
	}
	for _, f := range has {
		if f.Kind == Key && f.credential == id {
			f.secret = string(key)
			return f, nil
		}
	}
	return Factor{}, errProveFirst
}

// owner is the person as factor wants to know them, and their factors.
func (r *Registry) owner(ctx context.Context, p *Person) (o factor.Owner, has []Factor, err error) {
	if r.opts.Keys == nil {
		return o, nil, errNoKeys
	}
	err = r.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE person SET handle = $2 WHERE login = $1 AND handle = ''`, p.Login, newHandle())
		if err != nil {
			return err
		}
		o = factor.Owner{Login: p.Login, Name: p.Name}
		var handle string
		if err := tx.QueryRow(ctx, `SELECT handle FROM person WHERE login = $1`, p.Login).Scan(&handle); err != nil {
			return err
		}
		o.Handle = []byte(handle)
		has, err = factors(ctx, tx, p.Login)
		for _, f := range has {
			if f.Kind == Key {
				o.Keys = append(o.Keys, []byte(f.secret))
			}
		}
		return err
	})
	return o, has, err
}

// used keeps what proving a factor changed of it: the counter of a key, the step of a code. A factor
// that was removed meanwhile, or a code used twice at once, is refused.
func (r *Registry) used(ctx context.Context, tx *db.Tx, f Factor) error {
	res, err := tx.Exec(ctx, `UPDATE factor SET secret = $2, step = $3, used_at = $4 WHERE id = $1 AND removed_at = 0 AND (kind = 'webauthn' OR step < $3)`,
		f.ID, f.secret, f.step, int64(r.opts.Now()))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errFailed(err)
	}
	return nil
}

func errFailed(err error) error {
	if err != nil {
		return err
	}
	return vms.Errorf(vms.Denied, factor.Failed, "確認できませんでした。もう一度お試しください。 Not proved; try again.")
}
