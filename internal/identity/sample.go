package identity

import (
	"context"
	"errors"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// AddUser adds a person with one post and, unless it is empty, a password: what `yagura user add`
// does. The appointment may come back waiting for a second person.
func (r *Registry) AddUser(ctx context.Context, login, name, password string, a Appointment, by string) (Appointment, error) {
	a.Login = login
	if err := a.complete(r.opts.Now()); err != nil {
		return a, err // before there is a person without a post
	}
	if err := r.AddPerson(ctx, login, name, ""); err != nil {
		return a, err
	}
	if password != "" {
		if err := r.SetPassword(ctx, login, password); err != nil {
			return a, err
		}
	}
	return r.Appoint(ctx, a, by)
}

type peopleFile struct {
	People []personRecord `yaml:"people" jsonschema:"required"`
}

type personRecord struct {
	Login string       `yaml:"login" jsonschema:"required"`
	Name  string       `yaml:"name" jsonschema:"required"`
	Kana  string       `yaml:"kana"`
	Posts []postRecord `yaml:"posts" jsonschema:"required"`
}

type postRecord struct {
	Post string    `yaml:"post" jsonschema:"required"`
	Unit string    `yaml:"unit"`
	From conf.Date `yaml:"from"`
	To   conf.Date `yaml:"to"`
}

// Import adds the people of a file whose logins are not taken yet, all with one password or, where it is
// empty, with none, and appoints them: by asks, approver approves. It is how a demo gets its people, or a test.
func (r *Registry) Import(ctx context.Context, file conf.File, password, by, approver string) error {
	var written peopleFile
	if err := conf.Decode(file, "", nil, &written).Problems().Err(); err != nil {
		return err
	}
	for _, p := range written.People {
		err := r.AddPerson(ctx, p.Login, p.Name, p.Kana)
		if errors.Is(err, vms.Conflict) {
			continue
		}
		if err == nil && password != "" {
			err = r.SetPassword(ctx, p.Login, password)
		}
		for _, post := range p.Posts {
			if err == nil {
				err = r.appointed(ctx, Appointment{Login: p.Login, Post: Post(post.Post), Unit: post.Unit,
					From: vms.Instant(post.From), To: vms.Instant(post.To)}, by, approver)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Registry) appointed(ctx context.Context, a Appointment, by, approver string) error {
	a, err := r.Appoint(ctx, a, by)
	if err != nil || a.State != "waiting" {
		return err
	}
	return r.Approve(ctx, a.ID, approver)
}
