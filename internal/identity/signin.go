package identity

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Limits on failed sign-ins: a burst, then one per interval. A success gives its share back. Per
// login that is at most 20 evaluated guesses in any hour.
var (
	perLogin  = limit{burst: 5, interval: 4 * time.Minute}
	perSource = limit{burst: 30, interval: 2 * time.Second}
)

// Codes of sign-in errors, both vms.Denied.
const (
	SignInFailed = "sign-in-failed"    // login or password is wrong; which one is not told
	TooMany      = "too-many-attempts" // by login or by source, known or not
)

// SignIn opens a session for a person who knows their password. source is the address the request
// comes from. The token is returned once and kept nowhere.
func (r *Registry) SignIn(ctx context.Context, login, password, source string) (*Session, string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	account, from := bucketName("login", login), bucketName("from", source)
	leave, err := r.line(ctx, account)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	if err := r.spend(ctx, map[string]limit{account: perLogin, from: perSource}); err != nil {
		return nil, "", err
	}
	stored, err := r.storedPassword(ctx, login)
	if err != nil {
		return nil, "", fmt.Errorf("sign in: %w", err)
	}
	ok, err := r.verify(ctx, stored, password)
	if err != nil {
		return nil, "", fmt.Errorf("sign in: %w", err)
	}
	if !ok {
		return nil, "", vms.Errorf(vms.Denied, SignInFailed, "login or password is wrong")
	}
	var s *Session
	token, hash := newToken()
	err = r.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if err := refund(ctx, tx, map[string]limit{account: perLogin, from: perSource}); err != nil {
			return err
		}
		s, err = r.insertSession(ctx, tx, newSession{hash: hash, kind: "session", login: login, source: source, lasts: Absolute})
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("sign in: %w", err)
	}
	return s, token, nil
}

// storedPassword is empty for whoever may not sign in with a password, known or not.
func (r *Registry) storedPassword(ctx context.Context, login string) (stored string, err error) {
	err = r.db.QueryRow(ctx, `SELECT password FROM person WHERE login = $1 AND disabled = 0`, login).Scan(&stored)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return stored, err
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

func (l limit) full(due, now vms.Instant) bool {
	return due.Sub(now) > time.Duration(l.burst-1)*l.interval
}

func bucketName(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + " " + name))
	return hex.EncodeToString(sum[:])
}

// spend takes one guess from every bucket, or none and TooMany. A full bucket is refused without a
// write, so that a flood of guesses is cheap.
func (r *Registry) spend(ctx context.Context, buckets map[string]limit) error {
	now := r.opts.Now()
	tooMany := vms.Errorf(vms.Denied, TooMany, "too many attempts; try again later")
	check := func(tx *db.Tx) error {
		for name, l := range buckets {
			due, err := bucketDue(ctx, tx, name)
			if err != nil {
				return err
			}
			if l.full(due, now) {
				return tooMany
			}
		}
		return nil
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
