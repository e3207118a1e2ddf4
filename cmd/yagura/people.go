package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// people opens what the verbs about people need.
func (f configFlag) people(ctx context.Context) (*config, *db.DB, *identity.Registry, error) {
	cfg, err := loadConfig(f.Config)
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return nil, nil, nil, err
	}
	return cfg, d, identity.New(d, identity.Options{SecondPerson: !cfg.relaxed("second_person")}), nil
}

// operator is who stands behind a command: whoever may run it on this machine.
const operator = "command line"

type userAddVerb struct {
	configFlag
	Login         string `arg:"" help:"Login name."`
	Role          string `required:"" help:"Post, for example crisis_management."`
	Unit          string `help:"Unit id of organisation.yaml, for posts of a unit."`
	Name          string `help:"The person's name; the login when left out."`
	PasswordStdin bool   `help:"Read the password from the first line of standard input."`
}

func (v *userAddVerb) Run(ctx context.Context, std streams) error {
	cfg, d, people, err := v.people(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	set, _, err := inForce(ctx, cfg, d)
	if err != nil {
		return err
	}
	if v.Unit != "" && set.Organisation.Find(v.Unit) == nil {
		return fmt.Errorf("no unit %q in organisation.yaml", v.Unit)
	}
	if err := people.SyncUnits(ctx, set.Organisation); err != nil {
		return err
	}
	password := ""
	if v.PasswordStdin {
		if password, err = firstLine(std.in); err != nil {
			return err
		}
	}
	name := v.Name
	if name == "" {
		name = v.Login
	}
	a, err := people.AddUser(ctx, v.Login, name, password, identity.Appointment{Login: v.Login, Post: identity.Post(v.Role),
		Unit: v.Unit, From: vms.InstantOf(time.Now()), To: camera.Forever}, operator)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s: %s %s\n", v.Login, a.Post.Title(), a.State)
	if a.State != "accepted" {
		fmt.Fprintf(std.out, "A post that gives footage needs a second person: yagura user approve %s --by LOGIN\n", v.Login)
	}
	return nil
}

// firstLine reads a password: one line of at most 1024 bytes.
func firstLine(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, 1026))
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" || len(line) > 1024 {
		return "", errors.New("the first line of standard input must be a password of 1 to 1024 bytes")
	}
	return line, nil
}

type userImportVerb struct {
	configFlag
	File          string `arg:"" type:"existingfile" help:"People and their posts, as in scripts/sample-people.yaml."`
	PasswordStdin bool   `required:"" help:"Read the password of all of them from the first line of standard input."`
}

// Run takes the file as it is on the first start, as cameras and policies are taken; later, posts go
// one by one, with a second person.
func (v *userImportVerb) Run(ctx context.Context, std streams) error {
	cfg, d, people, err := v.people(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	there, err := people.People(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("there are people already; add others with: yagura user add")
	}
	set, _, err := inForce(ctx, cfg, d)
	if err != nil {
		return err
	}
	if err := people.SyncUnits(ctx, set.Organisation); err != nil {
		return err
	}
	password, err := firstLine(std.in)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(v.File)
	if err != nil {
		return err
	}
	file := conf.File{Name: filepath.Base(v.File), Data: string(data)}
	if err := people.Import(ctx, file, password, operator, "first start"); err != nil {
		return err
	}
	there, err = people.People(ctx)
	fmt.Fprintf(std.out, "%d people\n", len(there))
	return err
}

type userApproveVerb struct {
	configFlag
	Login string `arg:"" help:"Whose appointments."`
	By    string `required:"" help:"Login of the second person."`
}

func (v *userApproveVerb) Run(ctx context.Context, std streams) error {
	_, d, people, err := v.people(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := people.Person(ctx, v.By); err != nil {
		return err
	}
	waiting, err := people.Waiting(ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, a := range waiting {
		if a.Login != v.Login {
			continue
		}
		if err := people.Approve(ctx, a.ID, v.By); err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return fmt.Errorf("nothing of %q waits for approval", v.Login)
	}
	fmt.Fprintf(std.out, "%s: %d approved\n", v.Login, n)
	return nil
}

type tokenAddVerb struct {
	configFlag
	For    string        `required:"" help:"Login of the person the token acts for."`
	Label  string        `help:"What it is for." default:"command line"`
	Expire time.Duration `help:"How long it lasts." default:"24h"`
}

func (v *tokenAddVerb) Run(ctx context.Context, std streams) error {
	_, d, people, err := v.people(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	token, err := people.AddToken(ctx, v.For, v.Label, operator, v.Expire)
	if err != nil {
		return err
	}
	fmt.Fprintln(std.out, token)
	return nil
}
