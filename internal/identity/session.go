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
)

// NotSignedIn is the code of every refused token: unknown, ended, expired or idle for too long.
const NotSignedIn = "not-signed-in"

var errNotSignedIn = vms.Errorf(vms.Denied, NotSignedIn, "not signed in, or no longer")

type cached struct {
	session Session
	until   vms.Instant
}

type newSession struct {
	hash, kind, login, label, source string
	lasts                            time.Duration
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
		(hash, id, kind, login, label, source, purpose, created_at, acted_at, used_at, expires_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7, $7, $7, $8, 0)`,
		n.hash, id, n.kind, n.login, n.label, n.source, int64(now), int64(now.Add(n.lasts)))
	if err != nil {
		return nil, err
	}
	return r.session(ctx, tx, `id = $1`, id)
}

// AddToken makes an API token that acts for the person until it expires. by is who makes it. The
// token is returned once and kept nowhere.
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
		_, err = r.insertSession(ctx, tx, newSession{hash, "token", login, label, by, lasts})
		return err
	})
	return token, err
}

// Resolve returns whose request carries the token and counts it as the person's activity; an
// *vms.Error with code NotSignedIn otherwise. The session must not be changed. It reads memory,
// except for the first request in ten seconds.
func (r *Registry) Resolve(ctx context.Context, token string) (*Session, error) {
	return r.resolve(ctx, tokenHash(token), `hash = $1`, acting)
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
			s, err = r.session(ctx, tx, where, key)
			return err
		})
		if err != nil {
			return nil, err
		}
		c = cached{*s, now.Add(cacheFor)}
		r.remember(key, c, epoch)
	}
	s := c.session
	if !s.alive(now) {
		return nil, errNotSignedIn
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

// alive reports whether the lifetimes allow another use.
func (s *Session) alive(now vms.Instant) bool {
	if now >= s.Expires || s.Person.Disabled {
		return false
	}
	return s.Kind == "token" || now.Sub(s.used) < Idle && now.Sub(s.acted) < Unacted
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

func (r *Registry) session(ctx context.Context, tx *db.Tx, where, key string) (*Session, error) {
	var s Session
	var login string
	err := tx.QueryRow(ctx, `SELECT id, kind, login, purpose, case_ref, source, created_at, acted_at, used_at, expires_at
		FROM session WHERE ended_at = 0 AND `+where, key).
		Scan(&s.ID, &s.Kind, &login, &s.Purpose, &s.Case, &s.Source, &s.Created, &s.acted, &s.used, &s.Expires)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotSignedIn
	}
	if err == nil {
		s.Person, err = person(ctx, tx, login)
	}
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
		_, err := tx.Exec(ctx, `UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at = 0`, id, int64(r.opts.Now()))
		return err
	})
}
