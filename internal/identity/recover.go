package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// RecoveryWaits is how long a request waits for somebody to approve it.
const RecoveryWaits = 24 * time.Hour

const (
	recoveryLasts = 10 * time.Minute   // of the code
	firstLasts    = 7 * 24 * time.Hour // of a request and a code for somebody who was never here: a letter takes a while
	halfCode      = 8                  // characters of base32, 40 bits, in each half of it
	longestReason = 200                // characters
)

// RecoveryFailed is the code of a wrong, used or late recovery code, and of one for nobody.
const RecoveryFailed = "recovery-failed"

// Recovery lets somebody in who lost their factors: one person asks, another approves. Each is shown
// half of a code once, and hands it to the one it is for; neither can use it alone.
type Recovery struct {
	ID          string
	Login, Name string
	Reason      string
	State       string // waiting or approved
	RequestedBy string
	RequestedAt vms.Instant
	DecidedBy   string
	Expires     vms.Instant // of the request, then of the code
}

// MayRecover reports whether a person may ask for, or approve, the recovery of somebody else's account.
func (r *Registry) MayRecover(p *Person) (ask, approve bool) {
	now := r.opts.Now()
	return p.Holds(now, Administrator), p.Holds(now, Administrator, InformationSecurity)
}

// AskRecovery asks for the recovery of an account and returns the first half of the code.
func (r *Registry) AskRecovery(ctx context.Context, by *Person, login, reason string) (id, half string, err error) {
	login, reason = normal(login), strings.TrimSpace(reason)
	ask, _ := r.MayRecover(by)
	switch n := utf8.RuneCountInString(reason); {
	case !ask:
		return "", "", vms.Errorf(vms.Denied, "denied", "管理者だけが依頼できます。 Administrators ask for a recovery.")
	case login == by.Login:
		return "", "", vms.Errorf(vms.Denied, "second-person", "自分のアカウントの回復は、ほかの管理者に依頼してください。 Ask another administrator to recover yours.")
	case n == 0 || n > longestReason:
		return "", "", vms.Errorf(vms.Invalid, "reason-required", "理由を %d 文字以内で書いてください。 Give a reason of at most %d characters.", longestReason, longestReason)
	}
	id, half = rand.Text(), newHalf()
	now := r.opts.Now()
	return id, half, r.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := person(ctx, tx, login); err != nil {
			return err
		}
		lasts, err := lastsFor(ctx, tx, login, RecoveryWaits)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE recovery SET state = 'refused', decided_by = $2, decided_at = $3
			WHERE login = $1 AND state IN ('waiting', 'approved')`, login, by.Login, int64(now)); err != nil {
			return err // a newer one takes its place
		}
		_, err = tx.Exec(ctx, `INSERT INTO recovery (id, login, reason, state, first, second, requested_by, requested_at, decided_by, decided_at, expires_at)
			VALUES ($1, $2, $3, 'waiting', $4, '', $5, $6, '', 0, $7)`,
			id, login, reason, tokenHash(half), by.Login, int64(now), int64(now.Add(lasts)))
		return err
	})
}

// DecideRecovery approves a waiting request, and returns the second half of the code, or refuses it.
func (r *Registry) DecideRecovery(ctx context.Context, by *Person, id string, approve bool) (rec Recovery, half string, err error) {
	_, may := r.MayRecover(by)
	if !may {
		return rec, "", vms.Errorf(vms.Denied, "denied", "管理者または情報安全担当が承認します。 Administrators and information security decide this.")
	}
	now := r.opts.Now()
	err = r.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := r.recoveries(ctx, tx, `r.id = $2 AND r.state = 'waiting'`, id)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return vms.Errorf(vms.NotFound, "no-recovery", "その依頼はありません。 There is no such request.")
		case approve && (found[0].RequestedBy == by.Login || found[0].Login == by.Login):
			return vms.Errorf(vms.Denied, "second-person", "依頼した人と本人のほかの人が承認します。 Neither who asked nor who is recovered approves.")
		}
		rec = found[0]
		rec.State, rec.DecidedBy, rec.Expires = "refused", by.Login, now
		second := ""
		if approve {
			lasts, err := lastsFor(ctx, tx, rec.Login, recoveryLasts)
			if err != nil {
				return err
			}
			half = newHalf()
			rec.State, rec.Expires, second = "approved", now.Add(lasts), tokenHash(half)
		}
		_, err = tx.Exec(ctx, `UPDATE recovery SET state = $2, second = $3, decided_by = $4, decided_at = $5, expires_at = $6 WHERE id = $1`,
			id, rec.State, second, by.Login, int64(now), int64(rec.Expires))
		return err
	})
	return rec, half, err
}

// lastsFor is how long a request or a code is good: usually as given, longer for somebody who has never
// had a password, whose code opens nothing that anybody had.
func lastsFor(ctx context.Context, tx *db.Tx, login string, usual time.Duration) (time.Duration, error) {
	var never bool
	err := tx.QueryRow(ctx, `SELECT password = '' AND directory = 0 FROM person WHERE login = $1`, login).Scan(&never)
	if never {
		usual = firstLasts
	}
	return usual, err
}

// Recoveries are those that wait or whose code is good, newest first.
func (r *Registry) Recoveries(ctx context.Context) (out []Recovery, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = r.recoveries(ctx, tx, `r.state IN ('waiting', 'approved')`)
		return err
	})
	return out, err
}

func (r *Registry) recoveries(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Recovery, error) {
	var out []Recovery
	for row, err := range db.Rows(tx.Query(ctx, `SELECT r.id, r.login, p.name, r.reason, r.state, r.requested_by, r.requested_at, r.decided_by, r.expires_at
		FROM recovery r JOIN person p ON p.login = r.login WHERE r.expires_at > $1 AND `+where+` ORDER BY r.requested_at DESC, r.id`,
		append([]any{int64(r.opts.Now())}, args...)...)) {
		if err != nil {
			return nil, err
		}
		var c Recovery
		if err := row.Scan(&c.ID, &c.Login, &c.Name, &c.Reason, &c.State, &c.RequestedBy, &c.RequestedAt, &c.DecidedBy, &c.Expires); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Recover uses both halves of a code: the person chooses a password, their factors, sessions and tokens
// are gone, and they sign in as if for the first time. People of the directory choose none, and get no
// session (nil): the directory has to let them in.
func (r *Registry) Recover(ctx context.Context, login, code, password, source string) (s *Session, token string, err error) {
	login = normal(login)
	var id string
	err = r.guess(ctx, guessRecovery, login, source, func() (ok bool, err error) {
		id, ok, err = r.recoveryOf(ctx, login, code)
		return ok, err
	})
	if vms.Code(err) == SignInFailed {
		return nil, "", vms.Errorf(vms.Denied, RecoveryFailed, "職員IDかコードが正しくないか、期限が切れています。 Login or code is wrong, or too late.")
	}
	if err != nil {
		return nil, "", err
	}
	p, err := r.Person(ctx, login)
	if err != nil {
		return nil, "", err
	}
	hash := ""
	if !p.Directory {
		if err := factor.ChoosePassword(password, p.Login, p.Name, p.Kana); err != nil {
			return nil, "", err // the code stays good
		}
		if hash, err = r.hash(ctx, password); err != nil {
			return nil, "", err
		}
	}
	if err := r.change(ctx, func(tx *db.Tx) error { return r.recovered(ctx, tx, login, id, hash) }); err != nil {
		return nil, "", err
	}
	if p.Directory {
		return nil, "", nil
	}
	s, token, err = r.opened(ctx, login, source, r.opts.Now())
	if err != nil {
		return nil, "", fmt.Errorf("recover: %w", err)
	}
	return s, token, nil
}

// recoveryOf compares both halves, whatever there is to compare with.
func (r *Registry) recoveryOf(ctx context.Context, login, code string) (id string, ok bool, err error) {
	code = strings.ToUpper(strings.Join(strings.FieldsFunc(code, func(c rune) bool { return c == ' ' || c == '-' || c == '　' }), ""))
	first, second := code, ""
	if len(code) > halfCode {
		first, second = code[:halfCode], code[halfCode:]
	}
	var want [2]string
	rows, err := r.db.Query(ctx, `SELECT r.id, r.first, r.second FROM recovery r JOIN person p ON p.login = r.login
		WHERE r.login = $1 AND r.state = 'approved' AND r.expires_at > $2 AND p.disabled = 0`, login, int64(r.opts.Now()))
	if err != nil {
		return "", false, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&id, &want[0], &want[1]); err != nil {
			return "", false, err
		}
	}
	same := subtle.ConstantTimeCompare([]byte(tokenHash(first)), []byte(want[0])) & subtle.ConstantTimeCompare([]byte(tokenHash(second)), []byte(want[1]))
	return id, same == 1, rows.Err()
}

func (r *Registry) recovered(ctx context.Context, tx *db.Tx, login, id, hash string) error {
	now := int64(r.opts.Now())
	res, err := tx.Exec(ctx, `UPDATE recovery SET state = 'used' WHERE id = $1 AND state = 'approved'`, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errFailed(err)
	}
	if _, err := tx.Exec(ctx, `UPDATE factor SET removed_at = $2 WHERE login = $1 AND removed_at = 0`, login, now); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM session WHERE login = $1 AND kind = 'half'`, login); err != nil {
		return err
	}
	if _, err := r.endSessions(ctx, tx, endedRecovery, `login = $3`, login); err != nil {
		return err
	}
	return updateOne(ctx, tx, `UPDATE person SET password = $2 WHERE login = $1 AND (directory = 0) = ($2 <> '')`, login, hash)
}

func newHalf() string { return rand.Text()[:halfCode] }
