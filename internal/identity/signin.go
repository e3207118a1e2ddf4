package identity

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Limits on failed guesses: a burst, then one per interval. A success gives its share back. Per
// account that is at most 20 evaluated guesses in any hour, of each kind.
var (
	perLogin  = limit{burst: 5, interval: 4 * time.Minute}
	perSource = limit{burst: 30, interval: 2 * time.Second}
)

// Codes of sign-in errors, both vms.Denied.
const (
	SignInFailed = "sign-in-failed"    // login or password is wrong; which one is not told
	TooMany      = "too-many-attempts" // by login or by source, known or not
)

// What is guessed at, each with a bucket of its own per account.
const (
	guessPassword = "login"
	guessCode     = "code"
	guessRecovery = "recover"
)

// SignIn opens a session for a person who knows their password. source is the address the request
// comes from. Where a second factor is to come, the session is a Half one: it opens nothing else. The
// token is returned once and kept nowhere.
func (r *Registry) SignIn(ctx context.Context, login, password, source string) (*Session, string, error) {
	login = normal(login)
	if err := r.knowsPassword(ctx, login, password, source); err != nil {
		return nil, "", err
	}
	if r.opts.Directory != nil {
		if err := r.listed(ctx, login); err != nil {
			return nil, "", err
		}
	}
	s, token, err := r.opened(ctx, login, source, r.opts.Now())
	if err != nil {
		return nil, "", fmt.Errorf("sign in: %w", err)
	}
	return s, token, nil
}

// Vouch returns the person who knows that password, without a session: for whoever stands at this machine.
func (r *Registry) Vouch(ctx context.Context, login, password, source string) (*Person, error) {
	login = normal(login)
	if err := r.knowsPassword(ctx, login, password, source); err != nil {
		return nil, err
	}
	return r.Person(ctx, login)
}

func normal(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

func (r *Registry) knowsPassword(ctx context.Context, login, password, source string) error {
	return r.guess(ctx, guessPassword, login, source, func() (bool, error) {
		stored, ours, err := r.storedPassword(ctx, login)
		if err != nil {
			return false, err
		}
		if r.opts.Directory != nil {
			return r.verifyBoth(ctx, login, stored, ours, password)
		}
		return r.verify(ctx, stored, password)
	})
}

// guess evaluates one guess within the limits; nil where it was right, SignInFailed where it was not.
func (r *Registry) guess(ctx context.Context, what, login, source string, right func() (bool, error)) error {
	account, from := bucketName(what, login), bucketName("from", source)
	leave, err := r.line(ctx, account)
	if err != nil {
		return err
	}
	defer leave()
	buckets := map[string]limit{account: perLogin, from: perSource}
	if err := r.spend(ctx, buckets); err != nil {
		return err
	}
	ok, err := right()
	switch {
	case err != nil:
		return fmt.Errorf("sign in: %w", err)
	case !ok:
		return vms.Errorf(vms.Denied, SignInFailed, "login or password is wrong")
	}
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		for name := range buckets {
			r.full.set(name, 0)
		}
		return refund(ctx, tx, buckets)
	})
}

// opened makes the session of somebody who proved themselves at that time, with their password or to the
// directory: half of one where a factor is to come.
func (r *Registry) opened(ctx context.Context, login, source string, proved vms.Instant) (s *Session, token string, err error) {
	token, hash := newToken()
	now := r.opts.Now()
	err = r.changing(ctx, func(tx *db.Tx) (changed bool, err error) {
		p, err := person(ctx, tx, login)
		if err != nil {
			return false, err
		}
		has, err := factors(ctx, tx, login)
		if err != nil {
			return false, err
		}
		if r.requires(p, now) || r.opts.SecondFactor && len(has) > 0 {
			if _, err := tx.Exec(ctx, `DELETE FROM session WHERE kind = 'half' AND expires_at < $1`, int64(now)); err != nil {
				return false, err
			}
			s, err = r.insertSession(ctx, tx, newSession{hash: hash, kind: Half, login: login, source: source, lasts: HalfLasts})
			return false, err
		}
		s, changed, err = r.openFull(ctx, tx, newSession{hash: hash, login: login, source: source, proved: proved})
		return changed, err
	})
	return s, token, err
}

// openFull makes a browser's session; where the person has too many, the oldest is ended.
func (r *Registry) openFull(ctx context.Context, tx *db.Tx, n newSession) (s *Session, ended bool, err error) {
	now := r.opts.Now()
	n.kind, n.lasts = Full, Absolute
	ids, err := column(tx.Query(ctx, `SELECT id FROM session WHERE login = $1 AND kind = 'session' AND ended_at = 0 AND expires_at > $2
		AND used_at > $3 ORDER BY created_at DESC, id`, n.login, int64(now), int64(now.Add(-Idle))))
	if err != nil {
		return nil, false, err
	}
	for i := Parallel - 1; i < len(ids); i++ {
		if _, err := r.endSessions(ctx, tx, endedParallel, `id = $3`, ids[i]); err != nil {
			return nil, false, err
		}
		ended = true
	}
	s, err = r.insertSession(ctx, tx, n)
	return s, ended, err
}

// storedPassword is empty for whoever may not sign in with a password, known or not; ours are people of
// whom the directory is not asked.
func (r *Registry) storedPassword(ctx context.Context, login string) (stored string, ours bool, err error) {
	var disabled, directory bool
	err = r.db.QueryRow(ctx, `SELECT password, disabled, directory FROM person WHERE login = $1`, login).Scan(&stored, &disabled, &directory)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if disabled || directory {
		stored = ""
	}
	return stored, err == nil && !directory, err
}

// line waits until no other sign-in for this login is evaluated in this process, so that the
// person's own browser tabs do not use up the limit among themselves.
func (r *Registry) line(ctx context.Context, account string) (leave func(), err error) {
	c := r.lines[account[0]%byte(len(r.lines))]
	select {
	case c <- struct{}{}:
		return func() { <-c }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// limit is a generic cell rate: burst at once, then one per interval.
type limit struct {
	burst    int
	interval time.Duration
}

// fullUntil is when there is room for another, given when the bucket will be empty.
func (l limit) fullUntil(due vms.Instant) vms.Instant {
	return due.Add(-time.Duration(l.burst-1) * l.interval)
}

func bucketName(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + " " + name))
	return hex.EncodeToString(sum[:])
}

// full remembers buckets without room until there is some, so that a flood of guesses costs no query.
type full struct {
	mu    sync.Mutex
	until map[string]vms.Instant
}

func (f *full) is(name string, now vms.Instant) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return now < f.until[name]
}

func (f *full) set(name string, until vms.Instant) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.until) >= maxCached {
		clear(f.until)
	}
	f.until[name] = until
}

// spend takes one guess from every bucket, or none and TooMany. A full bucket is refused without a write.
func (r *Registry) spend(ctx context.Context, buckets map[string]limit) error {
	now := r.opts.Now()
	tooMany := vms.Errorf(vms.Denied, TooMany, "too many attempts; try again later")
	check := func(tx *db.Tx) error {
		for name, l := range buckets {
			due, err := bucketDue(ctx, tx, name)
			if err != nil {
				return err
			}
			if until := l.fullUntil(due); now < until {
				r.full.set(name, until)
				return tooMany
			}
		}
		return nil
	}
	for name := range buckets {
		if r.full.is(name, now) {
			return tooMany
		}
	}
	if err := r.db.Read(ctx, check); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		if err := check(tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM signin_bucket WHERE due < $1`, int64(now)); err != nil {
			return err
		}
		for name, l := range buckets {
			if _, err := tx.Exec(ctx, `INSERT INTO signin_bucket (name, due) VALUES ($1, $2)
				ON CONFLICT (name) DO UPDATE SET due = signin_bucket.due + $3`,
				name, int64(now.Add(l.interval)), l.interval.Microseconds()); err != nil {
				return err
			}
		}
		return nil
	})
}

func bucketDue(ctx context.Context, tx *db.Tx, name string) (due vms.Instant, err error) {
	err = tx.QueryRow(ctx, `SELECT due FROM signin_bucket WHERE name = $1`, name).Scan(&due)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return due, err
}

func refund(ctx context.Context, tx *db.Tx, buckets map[string]limit) error {
	for name, l := range buckets {
		if _, err := tx.Exec(ctx, `UPDATE signin_bucket SET due = due - $2 WHERE name = $1`, name, l.interval.Microseconds()); err != nil {
			return err
		}
	}
	return nil
}
