package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	cacheFor  = 10 * time.Second // longer than any change takes to be heard of; a limit if Run hears nothing
	touchEach = time.Minute      // how exactly use is noted
	maxCached = 4096             // sessions; the ward has hundreds
	overlap   = 10 * time.Second // for requests under way while a token is changed
)

// Codes of refused tokens, both vms.Denied.
const (
	NotSignedIn = "not-signed-in"     // unknown, ended by its person, expired or idle for too long
	Ended       = "session-ended"     // ended by something its holder is told of
	Unconfirmed = "token-unconfirmed" // an API token whose person has not confirmed it
)

var (
	errNotSignedIn = vms.Errorf(vms.Denied, NotSignedIn, "サインインしていないか、期限が切れました。 Not signed in, or no longer.")
	errUnconfirmed = vms.Errorf(vms.Denied, Unconfirmed, "このトークンは、本人がブラウザーの設定画面で確認するまで使えません。 This token works once its person confirms it in the browser, under settings.")
)

// Why a session was ended, as its row says it and as its holder is told.
const (
	endedSignOut   = "sign-out"
	endedElsewhere = "elsewhere"
	endedParallel  = "parallel"
	endedPassword  = "password"
	endedFactor    = "factor"
	endedRecovery  = "recovery"
	endedDisabled  = "disabled"
)

var endings = map[string]error{
	endedElsewhere: ended("設定画面の一覧から終了されました。 Ended from the list in your settings."),
	endedParallel:  ended("同時に使えるサインインは 3 件までのため、新しいサインインと引き換えに終了しました。 Ended by a newer sign-in: no more than 3 at once."),
	endedPassword:  ended("パスワードが変更されたため終了しました。 Ended because the password was changed."),
	endedFactor:    ended("認証器が変更されたため終了しました。 Ended because a factor was changed."),
	endedRecovery:  ended("アカウントの回復が行われたため終了しました。 Ended by a recovery of the account."),
}

func ended(text string) error { return vms.Errorf(vms.Denied, Ended, "%s", text) }

type cached struct {
	session Session
	until   vms.Instant
}

type newSession struct {
	hash, kind, login, label, source, factor string
	lasts                                    time.Duration
	proved                                   vms.Instant
}

// newToken makes a token of 256 random bits and its hash.
func newToken() (token, hash string) {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, tokenHash(token)
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (r *Registry) insertSession(ctx context.Context, tx *db.Tx, n newSession) (*Session, error) {
	now := r.opts.Now()
	id := rand.Text()
	_, err := tx.Exec(ctx, `INSERT INTO session
		(hash, id, kind, login, label, source, purpose, created_at, acted_at, used_at, expires_at, ended_at, factor, proved_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7, $7, $7, $8, 0, $9, $10)`,
		n.hash, id, n.kind, n.login, n.label, n.source, int64(now), int64(now.Add(n.lasts)), n.factor, int64(n.proved))
	if err != nil {
		return nil, err
	}
	return r.session(ctx, tx, `id = $1`, id)
}

// Resolve returns whose request carries the token and counts it as the person's activity; an
// *vms.Error with code NotSignedIn, Ended or Unconfirmed otherwise. The session must not be changed. It reads
// memory, except for the first request in ten seconds.
func (r *Registry) Resolve(ctx context.Context, token string) (*Session, error) {
	return r.resolve(ctx, tokenHash(token), `(hash = $1 OR old_hash = $1)`, acting)
}

// Keep returns the session of that id as it is now and counts as use, not as activity: a stream
// that runs calls it to know that its session still stands. A session nobody acted in for four
// hours ends all the same.
func (r *Registry) Keep(ctx context.Context, id string) (*Session, error) {
	return r.resolve(ctx, id, `id = $1`, using)
}

// Look returns the session of that id as it is now and counts as nothing.
func (r *Registry) Look(ctx context.Context, id string) (*Session, error) {
	return r.resolve(ctx, id, `id = $1`, looking)
}

// use is what a look-up says about the person: nothing, that a stream of theirs runs, or that they
// did something.
type use int

const (
	looking use = iota
	using
	acting
)

func (r *Registry) resolve(ctx context.Context, key, where string, u use) (*Session, error) {
	now := r.opts.Now()
	r.mu.Lock()
	epoch := r.epoch.Load()
	c, ok := r.cache[key]
	r.mu.Unlock()
	if !ok || now >= c.until || now < c.until.Add(-cacheFor) {
		var s *Session
		err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
			s, err = r.session(ctx, tx, `kind <> 'half' AND `+where, key)
			return err
		})
		if err != nil {
			return nil, err
		}
		c = cached{*s, now.Add(cacheFor)}
		r.remember(key, c, epoch)
	}
	s := c.session
	if err := r.stands(&s, now); err != nil {
		return nil, err
	}
	if u >= using && now.Sub(s.used) >= touchEach || u == acting && now.Sub(s.acted) >= touchEach {
		if err := r.touch(ctx, &s, now, u == acting); err != nil {
			return nil, err
		}
		r.remember(key, cached{s, c.until}, epoch)
	}
	return &s, nil
}

// remember keeps what was read unless something changed since.
func (r *Registry) remember(key string, c cached, epoch uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.epoch.Load() != epoch {
		return
	}
	if len(r.cache) >= maxCached {
		clear(r.cache)
	}
	r.cache[key] = c
}

// stands is nil while lifetimes and posts allow another use.
func (r *Registry) stands(s *Session, now vms.Instant) error {
	p := s.Person
	if now >= s.Expires || p.Disabled || s.until != 0 && now >= s.until {
		return errNotSignedIn
	}
	if s.Kind == Token {
		switch {
		case !p.SeesFootage(now):
			return nil
		case now.Sub(s.Created) >= TokenLasts:
			return errNotSignedIn
		case r.opts.ConfirmToken && s.confirmed == 0:
			return errUnconfirmed
		}
		return nil
	}
	idle := Idle
	if p.Holds(now, briefPosts...) {
		idle = IdleBrief
	}
	if now.Sub(s.used) >= idle || now.Sub(s.acted) >= Unacted || s.Factor == "" && r.requires(p, now) {
		return errNotSignedIn
	}
	return nil
}

func (r *Registry) touch(ctx context.Context, s *Session, now vms.Instant, acts bool) error {
	s.used = now
	set := `used_at = $2`
	if acts {
		s.acted = now
		set = `used_at = $2, acted_at = $2`
	}
	_, err := r.db.Exec(ctx, `UPDATE session SET `+set+` WHERE id = $1 AND ended_at = 0`, s.ID, int64(now))
	return err
}

// session reads one; where it was ended, its error says why.
func (r *Registry) session(ctx context.Context, tx *db.Tx, where, key string) (*Session, error) {
	var s Session
	var login, old, reason string
	var until, over vms.Instant
	err := tx.QueryRow(ctx, `SELECT id, kind, login, label, factor, purpose, case_ref, source, created_at, acted_at, used_at, expires_at,
		proved_at, confirmed_at, old_hash, old_until, ended_at, end_reason FROM session WHERE `+where, key).
		Scan(&s.ID, &s.Kind, &login, &s.Label, &s.Factor, &s.Purpose, &s.Case, &s.Source, &s.Created, &s.acted, &s.used, &s.Expires,
			&s.Proved, &s.confirmed, &old, &until, &over, &reason)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errNotSignedIn
	case err != nil:
		return nil, err
	case over != 0:
		if why := endings[reason]; why != nil {
			return nil, why
		}
		return nil, errNotSignedIn
	}
	if key == old {
		s.until = until
	}
	s.StatesPurpose = s.Kind == Token && r.opts.ConfirmToken
	s.Person, err = person(ctx, tx, login)
	return &s, err
}

// SetPurpose states what the session is used for, and in which case; live pictures are shown for it.
func (r *Registry) SetPurpose(ctx context.Context, id, purpose, caseRef string) error {
	return r.change(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE session SET purpose = $2, case_ref = $3 WHERE id = $1 AND ended_at = 0`, id, purpose, caseRef)
		return err
	})
}

// SignOut ends a session or token by its id; ending it again does no harm.
func (r *Registry) SignOut(ctx context.Context, id string) error {
	return r.change(ctx, func(tx *db.Tx) error {
		_, err := r.endSessions(ctx, tx, endedSignOut, `id = $3`, id)
		return err
	})
}

// endSessions ends sessions and tokens, and returns how many. $1 and $2 of where are taken.
func (r *Registry) endSessions(ctx context.Context, tx *db.Tx, reason, where string, args ...any) (int64, error) {
	res, err := tx.Exec(ctx, `UPDATE session SET ended_at = $1, end_reason = $2 WHERE ended_at = 0 AND `+where,
		append([]any{int64(r.opts.Now()), reason}, args...)...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
