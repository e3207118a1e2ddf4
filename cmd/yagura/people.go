package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// operator is who stands behind a command: whoever may run it on this machine.
const operator = identity.Console

// office is what the verbs about people work with.
type office struct {
	cfg    *config
	db     *db.DB
	people *identity.Registry
	log    *audit.Log
}

func (f configFlag) office(ctx context.Context) (*office, error) {
	cfg, err := loadConfig(f.Config)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return nil, err
	}
	return &office{cfg, d, identity.New(d, cfg.identityOptions()), audit.New(d, vms.NewClock(), operator)}, nil
}

func (o *office) close(err error) error { return errors.Join(err, o.db.Close()) }

// note writes what a command did into the audit log. Its error says that the row is missing, although
// what it tells of was done.
func (o *office) note(ctx context.Context, by, action, detail string) error {
	if _, err := o.log.Append(ctx, audit.Entry{Actor: by, From: onThisMachine(), Action: action, Detail: detail}); err != nil {
		return fmt.Errorf("done, but not in the audit log: %w", err)
	}
	return nil
}

// onThisMachine is where a command came from, for the audit log.
func onThisMachine() string {
	if u, err := user.Current(); err == nil {
		return "user " + u.Username
	}
	return "this machine"
}

func now() vms.Instant { return vms.InstantOf(time.Now()) }

// units makes the units of the organisation in force known.
func (o *office) units(ctx context.Context) (*camera.Organisation, error) {
	set, _, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return nil, err
	}
	return set.Organisation, o.people.SyncUnits(ctx, set.Organisation)
}

// second returns the person by where they may approve and know their password, and who may do what.
func (o *office) second(ctx context.Context, by string, in io.Reader) (*identity.Person, *access.Engine, error) {
	set, policy, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return nil, nil, err
	}
	password, err := firstLine(in)
	if err != nil {
		return nil, nil, err
	}
	p, err := o.people.Vouch(ctx, by, password, operator)
	if err != nil {
		return nil, nil, err
	}
	engine := access.New()
	engine.SetCameras(set)
	engine.SetPolicy(policy)
	return p, engine, engine.CheckUnit(p, access.ApprovePolicy, "", now()).Err()
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

type userAddVerb struct {
	configFlag
	Login         string `arg:"" help:"Login name."`
	Role          string `required:"" help:"Post, for example crisis_management."`
	Unit          string `help:"Unit id of organisation.yaml, for posts of a unit."`
	Name          string `help:"The person's name; the login when left out."`
	PasswordStdin bool   `help:"Read the password from the first line of standard input." xor:"who"`
	Directory     bool   `help:"The ward's directory says who they are; they have no password here." xor:"who"`
}

func (v *userAddVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.add(ctx, o, std))
}

func (v *userAddVerb) add(ctx context.Context, o *office, std streams) error {
	org, err := o.units(ctx)
	if err != nil {
		return err
	}
	if v.Unit != "" && org.Find(v.Unit) == nil {
		return fmt.Errorf("no unit %q in organisation.yaml", v.Unit)
	}
	password := ""
	if v.PasswordStdin {
		if password, err = firstLine(std.in); err != nil {
			return err
		}
	}
	if v.Name == "" {
		v.Name = v.Login
	}
	a, err := o.people.AddUser(ctx, v.Login, v.Name, password, identity.Appointment{Post: identity.Post(v.Role), Unit: v.Unit}, operator)
	if err != nil {
		return err
	}
	if v.Directory {
		if err := o.people.SetDirectory(ctx, v.Login, true); err != nil {
			return err
		}
	}
	fmt.Fprintf(std.out, "%s: %s %s\n", v.Login, a.Post.Title(), a.State)
	if a.State != "accepted" {
		fmt.Fprintf(std.out, "This post needs a second person: yagura user approve %s --by LOGIN\n", v.Login)
	}
	if err := o.note(ctx, operator, audit.AddPerson, v.Login); err != nil {
		return err
	}
	return o.note(ctx, operator, audit.Appoint, describe(a))
}

// describe says in the audit log what an appointment is.
func describe(a identity.Appointment) string {
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s", a.Login, a.Post, a.Unit)) + ", " + a.State
}

type userImportVerb struct {
	configFlag
	File          string `arg:"" type:"existingfile" help:"People and their posts, as in scripts/sample-people.yaml."`
	PasswordStdin bool   `required:"" help:"Read the password of all of them from the first line of standard input."`
}

// Run takes the file as it is on the first start, as cameras and policies are taken; later, posts go
// one by one, with a second person.
func (v *userImportVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.take(ctx, o, std))
}

func (v *userImportVerb) take(ctx context.Context, o *office, std streams) error {
	there, err := o.people.People(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return errors.New("there are people already; add others with: yagura user add")
	}
	if _, err := o.units(ctx); err != nil {
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
	if err := o.people.Import(ctx, file, password, operator, "first start"); err != nil {
		return err
	}
	if there, err = o.people.People(ctx); err != nil {
		return err
	}
	for _, p := range there {
		posts := []string{p.Login}
		for _, a := range p.Appointments {
			posts = append(posts, describe(a))
		}
		if err := o.note(ctx, operator, audit.AddPerson, strings.Join(posts, "; ")); err != nil {
			return err
		}
	}
	fmt.Fprintf(std.out, "%d people\n", len(there))
	return nil
}

type userDirectoryVerb struct {
	configFlag
	Logins []string `arg:"" help:"Whose."`
	Local  bool     `help:"Take it back; they get a password by a recovery."`
}

func (v *userDirectoryVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.set(ctx, o))
}

func (v *userDirectoryVerb) set(ctx context.Context, o *office) error {
	for _, login := range v.Logins {
		if err := o.people.SetDirectory(ctx, login, !v.Local); err != nil {
			return err
		}
		if err := o.note(ctx, operator, audit.SetDirectory, fmt.Sprintf("for %s, %t", login, !v.Local)); err != nil {
			return err
		}
	}
	return nil
}

type userCodesVerb struct {
	configFlag
	Logins []string `arg:"" help:"Whose."`
	Deny   bool     `help:"Take it back; codes they have go, and sessions opened with them end."`
}

func (v *userCodesVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.set(ctx, o))
}

func (v *userCodesVerb) set(ctx context.Context, o *office) error {
	for _, login := range v.Logins {
		if err := o.people.AllowCodes(ctx, login, !v.Deny); err != nil {
			return err
		}
		if err := o.note(ctx, operator, audit.AllowCodes, fmt.Sprintf("for %s, %t", login, !v.Deny)); err != nil {
			return err
		}
	}
	return nil
}
