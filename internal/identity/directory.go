package identity

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Codes of refusals to people whom the directory knows, all vms.Denied: they proved who they are, so they are told why.
const (
	DirectoryUnknown = "directory-unknown" // nobody here has that login
	DirectoryLocal   = "directory-local"   // somebody has, with a password of Yagura's own
	DirectoryOther   = "directory-other"   // somebody else had, whom the directory knew by that login
	DirectoryOff     = "directory-off"     // somebody has, and is kept out
)

var (
	errDirectoryUnknown = vms.Errorf(vms.Denied, DirectoryUnknown, "区のアカウントは確認できましたが、Yagura の利用者として登録されていません。利用が必要なときは、管理者に連絡してください。 The directory knows you, but you are no user of Yagura; ask an administrator.")
	errDirectoryLocal   = vms.Errorf(vms.Denied, DirectoryLocal, "この職員IDは、Yagura のパスワードでサインインします。 This login signs in with its password of Yagura.")
	errDirectoryOther   = vms.Errorf(vms.Denied, DirectoryOther, "この職員IDは、以前は別の方のものでした。管理者に連絡してください。 This login belonged to somebody else in the directory; ask an administrator.")
	errDirectoryOff     = vms.Errorf(vms.Denied, DirectoryOff, "Yagura の利用が停止されています。管理者に連絡してください。 You are kept out of Yagura; ask an administrator.")

	// ErrNoPassword is for people of the directory, who have no password here.
	ErrNoPassword = vms.Errorf(vms.Conflict, "directory-password", "区のアカウントでサインインする方のパスワードは、Yagura にはありません。 People of the directory have no password in Yagura.")
)

// SetDirectory makes somebody one of the people whom the directory knows: their password is gone and their
// sessions end. Taken back, they have no password until a recovery gives them one.
func (r *Registry) SetDirectory(ctx context.Context, login string, on bool) error {
	flag := 0
	if on {
		flag = 1
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := updateOne(ctx, tx, `UPDATE person SET directory = $2, password = '', subject = '' WHERE login = $1`, login, flag); err != nil {
			return err
		}
		_, err := r.endSessions(ctx, tx, endedPassword, `login = $3 AND kind <> 'token'`, login)
		return err
	})
}

// Vouched is somebody whom the directory signed in by itself.
type Vouched struct {
	Login, Subject string
	Proved         time.Time // zero: it does not say when
}

// SignInVouched opens a session, or half of one, for whom ask says the directory signed in. ask is not called
// for a source that fails too often.
func (r *Registry) SignInVouched(ctx context.Context, source string, ask func(context.Context) (Vouched, error)) (s *Session, token string, v Vouched, err error) {
	from := map[string]limit{bucketName("from", source): perSource}
	if err := r.spend(ctx, from); err != nil {
		return nil, "", v, err
	}
	if v, err = ask(ctx); err != nil {
		return nil, "", v, err
	}
	v.Login = normal(v.Login)
	if err := r.admit(ctx, v); err != nil {
		return nil, "", v, err
	}
	if err := r.db.Tx(ctx, func(tx *db.Tx) error { return refund(ctx, tx, from) }); err != nil {
		return nil, "", v, fmt.Errorf("sign in: %w", err)
	}
	now, proved := r.opts.Now(), vms.Instant(0)
	if !v.Proved.IsZero() {
		proved = min(now, vms.InstantOf(v.Proved))
	}
	if s, token, err = r.opened(ctx, v.Login, source, proved); err != nil {
		return nil, "", v, fmt.Errorf("sign in: %w", err)
	}
	return s, token, v, nil
}

// admit says whether the directory's person is somebody here, and keeps by which subject it knows them.
func (r *Registry) admit(ctx context.Context, v Vouched) error {
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		var disabled, directory bool
		var subject string
		err := tx.QueryRow(ctx, `SELECT disabled, directory, subject FROM person WHERE login = $1`, v.Login).Scan(&disabled, &directory, &subject)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return errDirectoryUnknown
		case err != nil:
			return fmt.Errorf("sign in: %w", err)
		case disabled:
			return errDirectoryOff
		case !directory:
			return errDirectoryLocal
		case subject == "":
			_, err := tx.Exec(ctx, `UPDATE person SET subject = $2 WHERE login = $1`, v.Login, v.Subject)
			return err
		case subtle.ConstantTimeCompare([]byte(subject), []byte(v.Subject)) != 1:
			return errDirectoryOther
		}
		return nil
	})
}

// verifyBoth compares with what is stored and asks the directory, whoever it is, so that all answers take as
// long and none tells who has an account where. Somebody with a password here is never asked after in the
// directory, nor is their password shown to it.
func (r *Registry) verifyBoth(ctx context.Context, login, stored string, ours bool, password string) (bool, error) {
	type answer struct {
		ok  bool
		err error
	}
	asked := make(chan answer, 1)
	go func() {
		name, typed := login, password
		if ours || !loginForm.MatchString(login) {
			name, typed = "", ""
		}
		ok, err := r.opts.Directory(ctx, name, typed)
		asked <- answer{ok && name != "", err}
	}()
	ok, err := r.verify(ctx, stored, password)
	there := <-asked
	if err != nil || ok {
		return ok, err
	}
	return there.ok, there.err
}

// listed is why somebody whose password was right cannot sign in: the directory knows people who are nobody here.
func (r *Registry) listed(ctx context.Context, login string) error {
	p, err := r.Person(ctx, login)
	switch {
	case vms.Code(err) == "no-person":
		return errDirectoryUnknown
	case err != nil:
		return fmt.Errorf("sign in: %w", err)
	case p.Disabled:
		return errDirectoryOff
	}
	return nil
}
