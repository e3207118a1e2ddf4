package identity

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Proof is what somebody shows: the answer of an authenticator, a code, or the password where that is
// enough or asked for besides.
type Proof struct {
	Key      []byte // JSON, the answer to AskKey or CreateKey
	Code     string
	Password string
	Label    string // of a factor that is made by it
	Source   string // network address
}

// Ways says how a person can go on.
type Ways struct {
	Prove []string // Key, Code, WithPassword, WithDirectory: any one of them
	Enrol []string // Key, Code: no factor yet, and one has to be made
}

// Ways of those who have no factor.
const (
	WithPassword  = "password"
	WithDirectory = "directory" // sign in anew, at the directory's page
)

// HalfOf returns the half session of a token: vms.Denied with NotSignedIn where there is none.
func (r *Registry) HalfOf(ctx context.Context, token string) (s *Session, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = r.session(ctx, tx, `kind = 'half' AND hash = $1`, tokenHash(token))
		return err
	})
	if err == nil && (r.opts.Now() >= s.Expires || s.Person.Disabled) {
		return nil, errNotSignedIn
	}
	return s, err
}

// Ways are how the person of a half session gets a whole one, or how the one of a whole session proves
// themselves anew.
func (r *Registry) Ways(ctx context.Context, s *Session) (w Ways, err error) {
	has, err := r.Factors(ctx, s.Person.Login)
	if err != nil {
		return w, err
	}
	alone := WithPassword // without a factor
	if s.Person.Directory && r.opts.Directory == nil {
		alone = WithDirectory
	}
	if !r.opts.SecondFactor {
		return Ways{Prove: []string{alone}}, nil
	}
	kinds := map[string]bool{}
	for _, f := range has {
		kinds[f.Kind] = true
	}
	for _, kind := range []string{Key, Code} {
		if kinds[kind] {
			w.Prove = append(w.Prove, kind)
		}
	}
	if len(has) > 0 {
		return w, nil
	}
	if s.Kind != Half {
		return Ways{Prove: []string{alone}}, nil
	}
	allowed, err := r.CodesAllowed(ctx, s.Person.Login)
	if r.opts.Keys != nil {
		w.Enrol = append(w.Enrol, Key)
	}
	if allowed {
		w.Enrol = append(w.Enrol, Code)
	}
	return w, err
}

// Complete turns a half session into a whole one, by a factor the person has or by their first.
func (r *Registry) Complete(ctx context.Context, half *Session, p Proof) (s *Session, token string, f Factor, err error) {
	has, err := r.Factors(ctx, half.Person.Login)
	if err != nil {
		return nil, "", f, err
	}
	enrols := len(has) == 0
	switch {
	case enrols && p.Key != nil:
		f, err = r.madeKey(ctx, half, p.Key, p.Label)
	case enrols:
		f, err = r.madeCode(ctx, half, p.Code, p.Label, p.Source)
	case p.Key != nil:
		f, err = r.provedKey(ctx, half, p.Key)
	default:
		f, err = r.provedCode(ctx, half, p.Code, p.Source)
	}
	if err != nil {
		return nil, "", f, err
	}
	token, hash := newToken()
	err = r.changing(ctx, func(tx *db.Tx) (ended bool, err error) {
		if err := r.spendHalf(ctx, tx, half); err != nil {
			return false, err
		}
		if enrols {
			err = r.addFactor(ctx, tx, half, &f)
		} else {
			err = r.used(ctx, tx, f)
		}
		if err != nil {
			return false, err
		}
		s, ended, err = r.openFull(ctx, tx, newSession{hash: hash, login: half.Person.Login, source: half.Source, factor: f.ID, proved: r.opts.Now()})
		return ended, err
	})
	return s, token, f, err
}

func (r *Registry) spendHalf(ctx context.Context, tx *db.Tx, half *Session) error {
	res, err := tx.Exec(ctx, `DELETE FROM session WHERE id = $1 AND kind = 'half'`, half.ID)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errNoCeremony
	}
	return nil
}

// StepUp proves the person of a session anew; for StepUpLasts they may do what asks for it. A browser
// gets a new token, and the old one is good for a moment only; an API token stays as it is ("").
func (r *Registry) StepUp(ctx context.Context, s *Session, p Proof) (token string, until vms.Instant, err error) {
	w, err := r.Ways(ctx, s)
	if err != nil {
		return "", 0, err
	}
	f, err := r.prove(ctx, s, w, p)
	if err != nil {
		return "", 0, err
	}
	now := r.opts.Now()
	err = r.change(ctx, func(tx *db.Tx) error {
		if f.ID != "" {
			if err := r.used(ctx, tx, f); err != nil {
				return err
			}
		}
		if s.Kind == Token {
			_, err := tx.Exec(ctx, `UPDATE session SET proved_at = $2 WHERE id = $1 AND ended_at = 0`, s.ID, int64(now))
			return err
		}
		var hash string
		token, hash = newToken()
		_, err := tx.Exec(ctx, `UPDATE session SET proved_at = $2, old_hash = hash, old_until = $3, hash = $4 WHERE id = $1 AND ended_at = 0`,
			s.ID, int64(now), int64(now.Add(overlap)), hash)
		return err
	})
	return token, now.Add(StepUpLasts), err
}

// prove checks the proof by the ways there are: a code goes with the password, a key stands alone.
func (r *Registry) prove(ctx context.Context, s *Session, w Ways, p Proof) (f Factor, err error) {
	may := map[string]bool{}
	for _, way := range w.Prove {
		may[way] = true
	}
	switch {
	case p.Key != nil && may[Key]:
		return r.provedKey(ctx, s, p.Key)
	case p.Code != "" && may[Code]:
		if err := r.knowsPassword(ctx, s.Person.Login, p.Password, p.Source); err != nil {
			return f, err
		}
		return r.provedCode(ctx, s, p.Code, p.Source)
	case p.Password != "" && may[WithPassword]:
		return f, r.knowsPassword(ctx, s.Person.Login, p.Password, p.Source)
	}
	return f, errFailed(nil)
}

// Fresh reports whether the person of a session proved themselves a short while ago.
func (r *Registry) Fresh(s *Session) bool {
	return s.Proved != 0 && r.opts.Now().Sub(s.Proved) < StepUpLasts
}
