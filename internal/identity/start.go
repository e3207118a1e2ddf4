package identity

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// Who asks for appointments and is nobody: the link of the first start, and the command line of the server.
const (
	FirstStart = "first start"
	Console    = "command line"
)

// startPosts are the posts of the first two people. Neither gives footage.
var startPosts = []Post{Administrator, InformationSecurity}

const (
	startLasts  = time.Hour
	longestName = 60 // characters
)

var errNoStart = vms.Errorf(vms.Denied, "start-ended", "このリンクは使用済みか、期限が切れています。サーバーを起動し直すと新しいリンクが表示されます。 This link was used, or is too old; restart the server for another.")

// StartLink makes the code of a link by which the first two people are made; "" where there are people
// already. Whoever started the server reads it there.
func (r *Registry) StartLink(ctx context.Context) (code string, err error) {
	err = r.db.Tx(ctx, func(tx *db.Tx) error {
		code = ""
		left, err := startLeft(ctx, tx)
		if err != nil || len(left) == 0 {
			return err
		}
		var hash string
		code, hash = newToken()
		_, err = tx.Exec(ctx, `INSERT INTO start_link (hash, expires_at) VALUES ($1, $2)`, hash, int64(r.opts.Now().Add(startLasts)))
		return err
	})
	return code, err
}

// StartPosts are the posts that somebody with the code of the link may still fill.
func (r *Registry) StartPosts(ctx context.Context, code string) (left []Post, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) (err error) {
		left, err = r.startable(ctx, tx, code)
		return err
	})
	return left, err
}

// Start makes one of the first two people, with a password of their choice. They are two different people.
func (r *Registry) Start(ctx context.Context, code string, post Post, login, name, password string) error {
	login, name = normal(login), strings.TrimSpace(name)
	if _, err := r.StartPosts(ctx, code); err != nil {
		return err
	}
	if !loginForm.MatchString(login) {
		return badLogin(login)
	}
	if n := utf8.RuneCountInString(name); n == 0 || n > longestName {
		return vms.Errorf(vms.Invalid, "bad-name", "氏名を %d 文字以内で入力してください。 Give a name of at most %d characters.", longestName, longestName)
	}
	if err := factor.ChoosePassword(password, login, name); err != nil {
		return err
	}
	hash, err := r.hash(ctx, password)
	if err != nil {
		return err
	}
	err = r.change(ctx, func(tx *db.Tx) error {
		left, err := r.startable(ctx, tx, code)
		if err != nil {
			return err
		}
		if !slices.Contains(left, post) {
			return errNoStart
		}
		if err := r.addPerson(ctx, tx, login, name, "", hash); err != nil {
			return err
		}
		a := Appointment{Login: login, Post: post}
		return r.appoint(ctx, tx, &a, FirstStart)
	})
	if r.db.Duplicate(err) {
		return taken(login)
	}
	return err
}

func (r *Registry) startable(ctx context.Context, tx *db.Tx, code string) ([]Post, error) {
	var n int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM start_link WHERE hash = $1 AND expires_at > $2`, tokenHash(code), int64(r.opts.Now())).Scan(&n); err != nil {
		return nil, err
	}
	left, err := startLeft(ctx, tx)
	if err == nil && (n == 0 || len(left) == 0) {
		return nil, errNoStart
	}
	return left, err
}

// startLeft are the posts still to be filled by a link; none once there is anybody who was made otherwise.
func startLeft(ctx context.Context, tx *db.Tx) ([]Post, error) {
	var people int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM person`).Scan(&people); err != nil {
		return nil, err
	}
	made, err := appointments(ctx, tx, `requested_by = $1`, FirstStart)
	if err != nil || people != len(made) {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(startPosts), func(p Post) bool {
		return slices.ContainsFunc(made, func(a Appointment) bool { return a.Post == p })
	}), nil
}
