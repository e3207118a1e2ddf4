package main

import (
	"context"
	"fmt"
	"log/slog"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/oplog"
	"yagura/internal/record"
	"yagura/internal/sample"
)

// sampleVerb fills the ward's records for a demo. Nobody in them exists.
type sampleVerb struct {
	configFlag
	Seed          uint64 `help:"The same seed makes the same records." default:"2017"`
	Events        int    `help:"About how many events a month the operation logs have; 0: no logs." default:"200000"`
	PasswordStdin bool   `required:"" help:"Read the password of the people it adds from the first line of standard input."`
}

func (v *sampleVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return err
	}
	return o.close(v.fill(ctx, o, std))
}

func (v *sampleVerb) fill(ctx context.Context, o *office, std streams) error {
	password, err := firstLine(std.in)
	if err != nil {
		return err
	}
	room, engine, set, err := o.records(ctx)
	if err != nil {
		return err
	}
	if err := o.people.SyncUnits(ctx, set.Organisation); err != nil {
		return err
	}
	if err := v.staff(ctx, o, set, password); err != nil {
		return err
	}
	people, err := o.people.People(ctx)
	if err != nil {
		return err
	}
	by := record.Actor{Login: operator, Entry: audit.Entry{From: onThisMachine()}}
	err = sample.Write(ctx, sample.Config{Room: room, People: people, Set: set, Now: now(), Seed: v.Seed, Actor: by},
		func(kind string, n int) { fmt.Fprintf(std.out, "%s: %d\n", kind, n) })
	if err != nil || v.Events == 0 {
		return err
	}
	logs, err := o.cfg.operationLogs(oplog.Config{DB: o.db, Access: engine, Audit: o.log, Identity: o.people, Cameras: func() *camera.Set { return set }, Now: now, Log: slog.New(slog.DiscardHandler)}, room)
	if err != nil {
		return err
	}
	return v.logs(ctx, logs, std)
}

// records are the ward's records, and who may do what, as a command works with them.
func (o *office) records(ctx context.Context) (*compliance.Room, *access.Engine, *camera.Set, error) {
	set, policy, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return nil, nil, nil, err
	}
	engine := access.New()
	engine.SetCameras(set)
	engine.SetPolicy(policy)
	room, err := compliance.New(compliance.Config{DB: o.db, Access: engine, Audit: o.log, Identity: o.people, Cameras: func() *camera.Set { return set }, Now: now})
	return room, engine, set, err
}

// staff adds the people of the sample who are not there yet.
func (v *sampleVerb) staff(ctx context.Context, o *office, set *camera.Set, password string) error {
	before, err := o.people.People(ctx)
	if err != nil {
		return err
	}
	if err := o.people.Import(ctx, sample.Staff(set.Organisation, now()), password, operator, "sample"); err != nil {
		return err
	}
	after, err := o.people.People(ctx)
	if err != nil || len(after) == len(before) {
		return err
	}
	return o.note(ctx, operator, audit.AddPerson, fmt.Sprintf("%d people of the sample", len(after)-len(before)))
}
