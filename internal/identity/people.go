package identity

import (
	"context"
	"database/sql"
	"errors"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// AddPerson adds a person without a password and without a post. A taken login is vms.Conflict.
func (r *Registry) AddPerson(ctx context.Context, login, name, kana string) error {
	if !loginForm.MatchString(login) {
		return badLogin(login)
	}
	err := r.change(ctx, func(tx *db.Tx) error { return r.addPerson(ctx, tx, login, name, kana, "") })
	if r.db.Duplicate(err) {
		return taken(login)
	}
	return err
}

func (r *Registry) addPerson(ctx context.Context, tx *db.Tx, login, name, kana, password string) error {
	_, err := tx.Exec(ctx, `INSERT INTO person (login, name, kana, password, disabled, created_at)
		VALUES ($1, $2, $3, $4, 0, $5)`, login, name, kana, password, int64(r.opts.Now()))
	return err
}

func badLogin(login string) error {
	return vms.Errorf(vms.Invalid, "bad-login", "職員IDは半角の英小文字・数字・._- で 64 文字までです。 login %q is not made of a-z, 0-9, '.', '_' and '-' (1 to 64)", login)
}

func taken(login string) error {
	return vms.Errorf(vms.Conflict, "login-taken", "この職員IDは使われています。 login %q is taken", login)
}

// SetPassword replaces the password by one that is handed out, and ends the person's sessions; API
// tokens stay.
func (r *Registry) SetPassword(ctx context.Context, login, password string) error {
	hash, err := r.hash(ctx, password)
	if err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error { return r.setPassword(ctx, tx, login, hash, "") })
}

// ChoosePassword replaces the password by one that the person chose, and ends their sessions but this
// one; API tokens stay. current is the one they have; rules are factor's.
func (r *Registry) ChoosePassword(ctx context.Context, s *Session, current, password, source string) error {
	p := s.Person
	if p.Directory {
		return ErrNoPassword
	}
	if err := r.knowsPassword(ctx, p.Login, current, source); err != nil {
		return err
	}
	if err := factor.ChoosePassword(password, p.Login, p.Name, p.Kana); err != nil {
		return err
	}
	hash, err := r.hash(ctx, password)
	if err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error { return r.setPassword(ctx, tx, p.Login, hash, s.ID) })
}

func (r *Registry) setPassword(ctx context.Context, tx *db.Tx, login, hash, keep string) error {
	p, err := person(ctx, tx, login)
	if err != nil {
		return err
	}
	if p.Directory {
		return ErrNoPassword
	}
	if err := updateOne(ctx, tx, `UPDATE person SET password = $2 WHERE login = $1`, login, hash); err != nil {
		return err
	}
	_, err = r.endSessions(ctx, tx, endedPassword, `login = $3 AND kind <> 'token' AND id <> $4`, login, keep)
	return err
}

// SetDisabled keeps a person out, and ends every session and token, or lets them in again.
func (r *Registry) SetDisabled(ctx context.Context, login string, disabled bool) error {
	return r.change(ctx, func(tx *db.Tx) error { return r.setDisabled(ctx, tx, login, disabled) })
}

func (r *Registry) setDisabled(ctx context.Context, tx *db.Tx, login string, disabled bool) error {
	flag := 0
	if disabled {
		flag = 1
	}
	if err := updateOne(ctx, tx, `UPDATE person SET disabled = $2 WHERE login = $1`, login, flag); err != nil || !disabled {
		return err
	}
	_, err := r.endSessions(ctx, tx, endedDisabled, `login = $3`, login)
	return err
}

// updateOne runs a statement whose first argument is a login and which must meet one row.
func updateOne(ctx context.Context, tx *db.Tx, query, login string, args ...any) error {
	res, err := tx.Exec(ctx, query, append([]any{login}, args...)...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, unknown(login))
	}
	return nil
}

func unknown(login string) error {
	return vms.Errorf(vms.NotFound, "no-person", "no person has the login %q", login)
}

// Person returns a person by login; vms.NotFound where there is none.
func (r *Registry) Person(ctx context.Context, login string) (*Person, error) {
	var p *Person
	err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = person(ctx, tx, login)
		return err
	})
	return p, err
}

// People returns everybody, by login.
func (r *Registry) People(ctx context.Context) ([]*Person, error) {
	var people []*Person
	err := r.db.Read(ctx, func(tx *db.Tx) error {
		people = nil
		known := map[string]*Person{}
		for row, err := range db.Rows(tx.Query(ctx, `SELECT login, name, kana, number, disabled FROM person ORDER BY login`)) {
			if err != nil {
				return err
			}
			p := &Person{}
			if err := row.Scan(&p.Login, &p.Name, &p.Kana, &p.Number, &p.Disabled); err != nil {
				return err
			}
			people, known[p.Login] = append(people, p), p
		}
		all, err := appointments(ctx, tx, `state = 'accepted'`)
		for _, a := range all {
			known[a.Login].Appointments = append(known[a.Login].Appointments, a)
		}
		if err != nil {
			return err
		}
		extra, err := grants(ctx, tx, `state = 'accepted' ORDER BY from_at, id`)
		for _, g := range extra {
			known[g.Login].Grants = append(known[g.Login].Grants, g)
		}
		return err
	})
	return people, err
}

func column(rows *sql.Rows, err error) ([]string, error) {
	return db.Collect(db.Rows(rows, err), func(row db.Row) (s string, err error) {
		err = row.Scan(&s)
		return s, err
	})
}

func person(ctx context.Context, tx *db.Tx, login string) (*Person, error) {
	p := &Person{Login: login}
	err := tx.QueryRow(ctx, `SELECT name, kana, number, disabled, directory FROM person WHERE login = $1`, login).
		Scan(&p.Name, &p.Kana, &p.Number, &p.Disabled, &p.Directory)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, unknown(login)
	}
	if err != nil {
		return nil, err
	}
	if p.Appointments, err = appointments(ctx, tx, `login = $1 AND state = 'accepted'`, login); err != nil {
		return nil, err
	}
	p.Grants, err = grants(ctx, tx, `login = $1 AND state = 'accepted' ORDER BY from_at, id`, login)
	return p, err
}
