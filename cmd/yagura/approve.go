package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/staff"
	"yagura/internal/vms"
)

type userApproveVerb struct {
	configFlag
	Login         string `arg:"" help:"Whose appointments."`
	By            string `required:"" help:"Login of the second person: 危機管理 or 情報安全担当."`
	PasswordStdin bool   `required:"" help:"Read the second person's password from the first line of standard input."`
}

func (v *userApproveVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.approve(ctx, o, std))
}

func (v *userApproveVerb) approve(ctx context.Context, o *office, std streams) error {
	waiting, err := o.people.Waiting(ctx)
	if err != nil {
		return err
	}
	by, engine, err := o.second(ctx, v.By, std.in)
	if err != nil {
		return err
	}
	room := staff.New(staff.Config{Identity: o.people, Access: engine, Audit: o.log, Now: now})
	n := 0
	for _, a := range waiting {
		if a.Login != v.Login {
			continue
		}
		if _, err := room.Decide(ctx, identity.Caller{Person: by, From: onThisMachine()}, a.ID, true); err != nil {
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

// stores are the versioned files, by kind.
func (o *office) stores() []*camera.Store {
	relaxed := o.cfg.relaxed("second_person")
	return []*camera.Store{o.cfg.cameraStore(o.db), access.NewStore(o.db, relaxed)}
}

type waitingVerb struct{ configFlag }

// Run lists what waits for a second person.
func (v *waitingVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.list(ctx, o, std))
}

func (v *waitingVerb) list(ctx context.Context, o *office, std streams) error {
	people, err := o.people.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, a := range people {
		fmt.Fprintf(std.out, "%s, asked for by %s\n", describe(a), a.RequestedBy)
	}
	for _, store := range o.stores() {
		w, err := store.Waiting(ctx)
		if errors.Is(err, vms.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s, version %d of %s, proposed by %s:\n  %s\n", store.Kind, w.Number,
			w.ProposedAt.Time().In(time.Local).Format(time.DateTime), w.ProposedBy, strings.Join(w.Why, "\n  "))
	}
	return nil
}

type acceptVerb struct {
	configFlag
	groundFlags
	Kind          string `arg:"" enum:"cameras,policies" help:"cameras or policies."`
	Version       int64  `arg:"" help:"Its number, as yagura waiting says."`
	By            string `required:"" help:"Login of the second person: 危機管理 or 情報安全担当."`
	PasswordStdin bool   `required:"" help:"Read the second person's password from the first line of standard input."`
}

// Run puts a version in force that waits for a second person.
func (v *acceptVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.accept(ctx, o, std))
}

func (v *acceptVerb) accept(ctx context.Context, o *office, std streams) error {
	_, engine, err := o.second(ctx, v.By, std.in)
	if err != nil {
		return err
	}
	records, err := o.ledger(ctx, engine)
	if err != nil {
		return err
	}
	g, err := v.ground(ctx, v.By, articles(records))
	if err != nil {
		return err
	}
	for _, store := range o.stores() {
		if store.Kind != v.Kind {
			continue
		}
		if err := store.Accept(ctx, v.Version, v.By, g); err != nil {
			return err
		}
		now, err := store.Current(ctx)
		if err != nil {
			return err
		}
		e := versionEntry(v.Kind, now)
		e.Actor = v.By
		if _, err := o.log.Append(ctx, e); err != nil {
			return fmt.Errorf("done, but not in the audit log: %w", err)
		}
		fmt.Fprintf(std.out, "%s: version %d is in force\n", v.Kind, now.Number)
	}
	return nil
}

type tokenAddVerb struct {
	configFlag
	For    string        `required:"" help:"Login of the person the token acts for."`
	Label  string        `help:"What it is for." default:"command line"`
	Expire time.Duration `help:"How long it lasts; at most 24h for posts that see footage." default:"24h"`
}

func (v *tokenAddVerb) add(ctx context.Context, o *office) (token string, waits bool, err error) {
	p, err := o.people.Person(ctx, v.For)
	if err != nil {
		return "", false, err
	}
	if token, err = o.people.AddToken(ctx, v.For, v.Label, operator, v.Expire); err != nil {
		return "", false, err
	}
	return token, o.people.Waits(p), o.note(ctx, operator, audit.AddToken, fmt.Sprintf("for %s, %s, %s", v.For, v.Expire, v.Label))
}

// Run prints the token once its row is in the audit log: without one, nobody has it.
func (v *tokenAddVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	token, waits, err := v.add(ctx, o)
	if err := o.close(err); err != nil {
		return err
	}
	fmt.Fprintln(std.out, token)
	if waits {
		fmt.Fprintf(std.err, "This token works once %s has confirmed it: sign in at %s, open 設定 (settings), サインインと安全, and confirm it there.\n", v.For, o.cfg.Origin)
	}
	return nil
}
