package identity

import (
	"context"
	"crypto/rand"
	"errors"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

var errNoCodes = vms.Errorf(vms.Denied, "codes-not-allowed", "確認コードの利用は許可されていません。管理者に相談してください。 Codes are not allowed for you; ask an administrator.")

// CreateCode begins to make a secret for codes. While somebody signs in that is their first factor.
func (r *Registry) CreateCode(ctx context.Context, s *Session) (factor.Code, error) {
	allowed, err := r.CodesAllowed(ctx, s.Person.Login)
	if err != nil {
		return factor.Code{}, err
	}
	if !allowed {
		return factor.Code{}, errNoCodes
	}
	has, err := r.Factors(ctx, s.Person.Login)
	if err != nil {
		return factor.Code{}, err
	}
	if s.Kind == Half && len(has) > 0 {
		return factor.Code{}, errProveFirst
	}
	c, err := factor.NewCode(s.Person.Login)
	if err != nil {
		return c, err
	}
	sealed, err := r.opts.Seal.Close(c.Secret, s.Person.Login)
	if err != nil {
		return c, err
	}
	return c, r.keepCeremony(ctx, s, ceremonyCode, sealed)
}

// AddCode takes the first code of the secret made by CreateCode. In a session that signs in, use Complete.
func (r *Registry) AddCode(ctx context.Context, s *Session, code, label, source string) (Factor, error) {
	f, err := r.madeCode(ctx, s, code, label, source)
	if err != nil {
		return f, err
	}
	err = r.db.Tx(ctx, func(tx *db.Tx) error { return r.addFactor(ctx, tx, s, &f) })
	return f, err
}

func (r *Registry) madeCode(ctx context.Context, s *Session, code, label, source string) (Factor, error) {
	var sealed string
	err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
		sealed, err = r.ceremony(ctx, tx, s, ceremonyCode)
		return err
	})
	if err != nil {
		return Factor{}, err
	}
	f := Factor{ID: rand.Text(), Kind: Code, Label: label, secret: sealed}
	f.credential = f.ID
	if f, err = r.tryCode(ctx, s, []Factor{f}, code, source); err != nil {
		return f, err // the secret stays: people mistype
	}
	_, err = r.takeCeremony(ctx, s, ceremonyCode)
	return f, err
}

// provedCode returns the factor the code belongs to, as it is to be kept from now on.
func (r *Registry) provedCode(ctx context.Context, s *Session, code, source string) (Factor, error) {
	has, err := r.Factors(ctx, s.Person.Login)
	if err != nil {
		return Factor{}, err
	}
	return r.tryCode(ctx, s, has, code, source)
}

func (r *Registry) tryCode(ctx context.Context, s *Session, has []Factor, code, source string) (found Factor, err error) {
	err = r.guess(ctx, guessCode, s.Person.Login, source, func() (bool, error) {
		ok := false
		for _, f := range has {
			if f.Kind != Code {
				continue
			}
			secret, err := r.opts.Seal.Open(f.secret, s.Person.Login)
			if err != nil {
				return false, err
			}
			if step, right := factor.Match(secret, code, r.opts.Now().Time(), f.step); right {
				found, ok = f, true
				found.step = step
			}
		}
		return ok, nil
	})
	if known := (*vms.Error)(nil); errors.As(err, &known) && known.Code == SignInFailed {
		return found, vms.Errorf(vms.Denied, factor.Failed, "確認コードが正しくないか、使用済みです。新しいコードを入力してください。 The code is wrong or was used; enter a new one.")
	}
	return found, err
}
