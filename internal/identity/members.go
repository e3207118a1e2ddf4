package identity

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Member is a person as those see them who keep the list of people.
type Member struct {
	Person
	Requested []Appointment // that wait for a second person, or were refused
	New       bool          // there is no password: the person comes in by a code (AskRecovery)
}

// Changes of people are made together or not at all, in this order.
type Changes struct {
	People  []Person      // new ones, without a password: login, name, kana, number
	Edited  []Person      // the same of people there are
	End     []Ending      // appointments
	Disable []string      // logins
	Enable  []string      // logins; TwoPersonPosts wait for a second person again
	Appoint []Appointment // as in Registry.Appoint; filled in when done
}

// Members returns everybody, by login.
func (r *Registry) Members(ctx context.Context) (all []*Member, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) error {
		all, err = members(ctx, tx)
		return err
	})
	return all, err
}

func members(ctx context.Context, tx *db.Tx) ([]*Member, error) {
	var all []*Member
	by := map[string]*Member{}
	for row, err := range db.Rows(tx.Query(ctx, `SELECT login, name, kana, number, disabled, directory, password = '' AND directory = 0 FROM person ORDER BY login`)) {
		if err != nil {
			return nil, err
		}
		m := &Member{}
		if err := row.Scan(&m.Login, &m.Name, &m.Kana, &m.Number, &m.Disabled, &m.Directory, &m.New); err != nil {
			return nil, err
		}
		all, by[m.Login] = append(all, m), m
	}
	posts, err := appointments(ctx, tx, `1 = 1`)
	for _, a := range posts {
		if m := by[a.Login]; a.State == "accepted" {
			m.Appointments = append(m.Appointments, a)
		} else {
			m.Requested = append(m.Requested, a)
		}
	}
	return all, err
}

// Change makes what decide says, which is asked with everybody as they are in the same transaction. by
// asks for the appointments. Whatever is changed, somebody who is an administrator now is left.
func (r *Registry) Change(ctx context.Context, by string, decide func([]*Member) (Changes, error)) (Changes, error) {
	var done Changes
	err := r.change(ctx, func(tx *db.Tx) error {
		all, err := members(ctx, tx)
		if err != nil {
			return err
		}
		if done, err = decide(all); err != nil {
			return err
		}
		done.Appoint = slices.Clone(done.Appoint)
		before, err := r.holders(ctx, tx, Administrator)
		if err != nil {
			return err
		}
		if err := r.apply(ctx, tx, &done, by); err != nil {
			return err
		}
		if left, err := r.holders(ctx, tx, Administrator); err != nil || before == 0 || left > 0 {
			return err
		}
		return vms.Errorf(vms.Conflict, "last-administrator", "管理者がいなくなります。先に、ほかの人を管理者に任命してください。 Nobody would be an administrator; appoint another first.")
	})
	if r.db.Duplicate(err) {
		err = vms.Errorf(vms.Conflict, "login-taken", "この職員IDまたは職員番号は使われています。 This login or staff number is taken.")
	}
	return done, err
}

func (r *Registry) apply(ctx context.Context, tx *db.Tx, c *Changes, by string) error {
	for _, p := range c.People {
		if !loginForm.MatchString(p.Login) {
			return badLogin(p.Login)
		}
		if err := r.addPerson(ctx, tx, p.Login, p.Name, p.Kana, ""); err != nil {
			return err
		}
	}
	for _, p := range slices.Concat(c.People, c.Edited) {
		if err := edit(ctx, tx, p); err != nil {
			return err
		}
	}
	for _, e := range c.End {
		if err := r.end(ctx, tx, e, by); err != nil {
			return err
		}
	}
	for _, login := range c.Disable {
		if err := r.setDisabled(ctx, tx, login, true); err != nil {
			return err
		}
	}
	for _, login := range c.Enable {
		again, err := r.enable(ctx, tx, login, by)
		if err != nil {
			return err
		}
		c.Appoint = append(c.Appoint, again...)
	}
	for i := range c.Appoint {
		if err := r.appoint(ctx, tx, &c.Appoint[i], by); err != nil {
			return err
		}
	}
	return nil
}

// CheckPerson says what is wrong with a person's name or number.
func CheckPerson(p Person) error {
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > longestName {
		return vms.Errorf(vms.Invalid, "bad-name", "氏名を %d 文字以内で入力してください。 Give a name of at most %d characters.", longestName, longestName)
	}
	if utf8.RuneCountInString(p.Kana) > longestName || utf8.RuneCountInString(p.Number) > longestNumber || strings.ContainsAny(p.Name+p.Kana+p.Number, "\n\r\t") {
		return vms.Errorf(vms.Invalid, "bad-name", "フリガナは %d 文字、職員番号は %d 文字以内で入力してください。 Kana of at most %d, a number of at most %d characters.", longestName, longestNumber, longestName, longestNumber)
	}
	return nil
}

// CheckLogin says what is wrong with a login.
func CheckLogin(login string) error {
	if !loginForm.MatchString(login) {
		return badLogin(login)
	}
	return nil
}

const longestNumber = 20 // characters

func edit(ctx context.Context, tx *db.Tx, p Person) error {
	if err := CheckPerson(p); err != nil {
		return err
	}
	return updateOne(ctx, tx, `UPDATE person SET name = $2, kana = $3, number = $4 WHERE login = $1`, p.Login, p.Name, p.Kana, p.Number)
}

// holders counts those who hold a post now, once for each of the posts.
func (r *Registry) holders(ctx context.Context, tx *db.Tx, posts ...Post) (n int, err error) {
	for _, post := range posts {
		var here int
		if err := tx.QueryRow(ctx, `SELECT COUNT(DISTINCT p.login) FROM person p JOIN appointment a ON a.login = p.login
			WHERE p.disabled = 0 AND a.post = $1 AND a.state = 'accepted' AND a.from_at <= $2 AND a.to_at > $2`, string(post), int64(r.opts.Now())).Scan(&here); err != nil {
			return 0, err
		}
		n += here
	}
	return n, nil
}

// enable lets a person in again. What nobody gets by one person's word is ended and
// asked for anew; rights besides those of posts are over.
func (r *Registry) enable(ctx context.Context, tx *db.Tx, login, by string) (again []Appointment, err error) {
	p, err := person(ctx, tx, login)
	if err != nil {
		return nil, err
	}
	now := r.opts.Now()
	for _, a := range p.Appointments {
		if !p.Disabled || !r.NeedsSecond(a.Post) || a.To <= now {
			continue
		}
		if err := r.end(ctx, tx, Ending{a.ID, now}, ""); err != nil {
			return nil, err
		}
		a.From = max(a.From, now)
		again = append(again, a)
	}
	if p.Disabled && r.opts.SecondPerson {
		if _, err := tx.Exec(ctx, `UPDATE access_grant SET to_at = $2, ended_by = $3 WHERE login = $1 AND kind <> $4 AND state = 'accepted' AND to_at > $2`,
			login, int64(now), by, Denial); err != nil {
			return nil, err
		}
	}
	return again, r.setDisabled(ctx, tx, login, false)
}

// NeedsSecond reports whether an appointment to the post waits for a second person.
func (r *Registry) NeedsSecond(p Post) bool { return r.opts.SecondPerson && p.TakesTwo() }
