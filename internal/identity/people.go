package identity

import (
	"context"
	"database/sql"
	"errors"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// AddPerson adds a person without a password and without a post. A taken login is vms.Conflict.
func (r *Registry) AddPerson(ctx context.Context, login, name, kana string) error {
	if !loginForm.MatchString(login) {
		return vms.Errorf(vms.Invalid, "bad-login", "login %q is not made of a-z, 0-9, '.', '_' and '-' (1 to 64)", login)
	}
	err := r.change(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO person (login, name, kana, password, disabled, created_at)
			VALUES ($1, $2, $3, '', 0, $4)`, login, name, kana, int64(r.opts.Now()))
		return err
	})
	if r.db.Duplicate(err) {
		return vms.Errorf(vms.Conflict, "login-taken", "login %q is taken", login)
	}
	return err
}

// SetPassword replaces the password and ends the person's sessions; API tokens stay.
func (r *Registry) SetPassword(ctx context.Context, login, password string) error {
	hash, err := r.hash(ctx, password)
	if err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := updateOne(ctx, tx, `UPDATE person SET password = $2 WHERE login = $1`, login, hash); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE session SET ended_at = $2
			WHERE login = $1 AND ended_at = 0 AND kind = 'session'`, login, int64(r.opts.Now()))
		return err
	})
}

// SetDisabled keeps a person out, and ends every session and token, or lets them in again.
func (r *Registry) SetDisabled(ctx context.Context, login string, disabled bool) error {
	flag := 0
	if disabled {
		flag = 1
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := updateOne(ctx, tx, `UPDATE person SET disabled = $2 WHERE login = $1`, login, flag); err != nil || !disabled {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE session SET ended_at = $2 WHERE login = $1 AND ended_at = 0`, login, int64(r.opts.Now()))
		return err
	})
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
		rows, err := tx.Query(ctx, `SELECT login FROM person ORDER BY login`)
		if err != nil {
			return err
		}
		logins, err := column(rows)
		for _, login := range logins {
			p, err := person(ctx, tx, login)
			if err != nil {
				return err
			}
			people = append(people, p)
		}
		return err
	})
	return people, err
}

func column(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func person(ctx context.Context, tx *db.Tx, login string) (*Person, error) {
	p := &Person{Login: login}
	err := tx.QueryRow(ctx, `SELECT name, kana, disabled FROM person WHERE login = $1`, login).Scan(&p.Name, &p.Kana, &p.Disabled)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, unknown(login)
	}
	if err != nil {
		return nil, err
	}
	p.Appointments, err = appointments(ctx, tx, `login = $1 AND state = 'accepted'`, login)
	return p, err
}
