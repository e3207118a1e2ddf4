package identity

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// Kinds of factor.
const (
	Key  = "webauthn"
	Code = "totp"
)

// Factor is what a person proves themselves with, besides the password.
type Factor struct {
	ID      string
	Kind    string // Key or Code
	Label   string
	Created vms.Instant
	Used    vms.Instant // 0: never

	credential, secret string
	step               int64
}

const longestLabel = 40 // characters

// requires reports whether the person's posts ask for a factor at each sign-in.
func (r *Registry) requires(p *Person, now vms.Instant) bool {
	return r.opts.SecondFactor && (p.Holds(now, FactorPosts...) || p.SeesFootage(now))
}

// Requires reports whether the person has to have a factor, now.
func (r *Registry) Requires(p *Person) bool { return r.requires(p, r.opts.Now()) }

// Factors are the factors of a person, oldest first.
func (r *Registry) Factors(ctx context.Context, login string) (out []Factor, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = factors(ctx, tx, login)
		return err
	})
	return out, err
}

func factors(ctx context.Context, tx *db.Tx, login string) ([]Factor, error) {
	var out []Factor
	for row, err := range db.Rows(tx.Query(ctx, `SELECT id, kind, label, credential, secret, step, created_at, used_at FROM factor
		WHERE login = $1 AND removed_at = 0 ORDER BY created_at, id`, login)) {
		if err != nil {
			return nil, err
		}
		var f Factor
		if err := row.Scan(&f.ID, &f.Kind, &f.Label, &f.credential, &f.secret, &f.step, &f.Created, &f.Used); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// addFactor adds one that was proved just now. A session that signs in adds its first one only: what
// somebody has, they prove.
func (r *Registry) addFactor(ctx context.Context, tx *db.Tx, s *Session, f *Factor) error {
	if f.Label = strings.TrimSpace(f.Label); f.Label == "" {
		f.Label = map[string]string{Key: "認証器", Code: "確認コード"}[f.Kind]
	}
	if utf8.RuneCountInString(f.Label) > longestLabel {
		return vms.Errorf(vms.Invalid, "bad-label", "名前は %d 文字までです。 A name has at most %d characters.", longestLabel, longestLabel)
	}
	has, err := factors(ctx, tx, s.Person.Login)
	if err != nil {
		return err
	}
	if s.Kind == Half && len(has) > 0 {
		return errProveFirst
	}
	now := int64(r.opts.Now())
	_, err = tx.Exec(ctx, `INSERT INTO factor (id, login, kind, label, credential, secret, step, created_at, used_at, removed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0)`, f.ID, s.Person.Login, f.Kind, f.Label, f.credential, f.secret, f.step, now)
	if r.db.Duplicate(err) {
		return vms.Errorf(vms.Conflict, "key-taken", "この認証器は登録済みです。 This key is registered already.")
	}
	return err
}

var errProveFirst = vms.Errorf(vms.Denied, factor.Failed, "登録済みの認証器で確認してください。 Prove the factor you have.")

// RemoveFactor removes one of the person's factors and ends their other sessions. The last one stays
// while their posts ask for one (vms.Conflict).
func (r *Registry) RemoveFactor(ctx context.Context, s *Session, id string) (removed Factor, err error) {
	err = r.change(ctx, func(tx *db.Tx) error {
		has, err := factors(ctx, tx, s.Person.Login)
		if err != nil {
			return err
		}
		found := false
		for _, f := range has {
			if f.ID == id {
				removed, found = f, true
			}
		}
		switch {
		case !found:
			return vms.Errorf(vms.NotFound, "no-factor", "その認証器は登録されていません。 There is no such factor.")
		case len(has) == 1 && r.requires(s.Person, r.opts.Now()):
			return vms.Errorf(vms.Conflict, "last-factor", "最後の認証器は削除できません。先に別の認証器を登録してください。 The last factor stays; register another first.")
		}
		if _, err := tx.Exec(ctx, `UPDATE factor SET removed_at = $2 WHERE id = $1`, id, int64(r.opts.Now())); err != nil {
			return err
		}
		_, err = r.endSessions(ctx, tx, endedFactor, `login = $3 AND kind <> 'token' AND id <> $4`, s.Person.Login, s.ID)
		return err
	})
	return removed, err
}

// AllowCodes says whether a person may use codes instead of keys; where not, those they have go, and the
// sessions that were opened with them.
func (r *Registry) AllowCodes(ctx context.Context, login string, allowed bool) error {
	flag := 0
	if allowed {
		flag = 1
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := updateOne(ctx, tx, `UPDATE person SET codes = $2 WHERE login = $1`, login, flag); err != nil || allowed {
			return err
		}
		_, err := r.endSessions(ctx, tx, endedFactor, `login = $3 AND factor IN (SELECT id FROM factor WHERE login = $3 AND kind = 'totp' AND removed_at = 0)`, login)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE factor SET removed_at = $2 WHERE login = $1 AND kind = 'totp' AND removed_at = 0`, login, int64(r.opts.Now()))
		return err
	})
}

// CodesAllowed reports whether the person may use codes.
func (r *Registry) CodesAllowed(ctx context.Context, login string) (allowed bool, err error) {
	var flag int
	err = r.db.QueryRow(ctx, `SELECT codes FROM person WHERE login = $1`, login).Scan(&flag)
	if errors.Is(err, sql.ErrNoRows) {
		return false, unknown(login)
	}
	return flag == 1, err
}

// A ceremony is kept between its two halves, and used once.
const (
	ceremonyCreate = "create"
	ceremonyAsk    = "ask"
	ceremonyCode   = "code"
)

func (r *Registry) keepCeremony(ctx context.Context, s *Session, kind, state string) error {
	now := r.opts.Now()
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM ceremony WHERE expires_at < $1`, int64(now)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO ceremony (session, kind, state, expires_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (session, kind) DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at`,
			s.ID, kind, state, int64(now.Add(HalfLasts)))
		return err
	})
}

var errNoCeremony = vms.Errorf(vms.Conflict, "no-ceremony", "確認をはじめからやり直してください。 Begin again; this was answered already, or too late.")

// takeCeremony returns what was kept, for the last time.
func (r *Registry) takeCeremony(ctx context.Context, s *Session, kind string) (state string, err error) {
	err = r.db.Tx(ctx, func(tx *db.Tx) error {
		if state, err = r.ceremony(ctx, tx, s, kind); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM ceremony WHERE session = $1 AND kind = $2`, s.ID, kind)
		return err
	})
	return state, err
}

func (r *Registry) ceremony(ctx context.Context, tx *db.Tx, s *Session, kind string) (state string, err error) {
	var expires vms.Instant
	err = tx.QueryRow(ctx, `SELECT state, expires_at FROM ceremony WHERE session = $1 AND kind = $2`, s.ID, kind).Scan(&state, &expires)
	if errors.Is(err, sql.ErrNoRows) || err == nil && r.opts.Now() >= expires {
		return "", errNoCeremony
	}
	return state, err
}

func newHandle() string { return rand.Text() + rand.Text() }
