package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/blob"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/record"
	"yagura/internal/vms"
)

type checkVerb struct{ configFlag }

// Run reads what serve would read, and changes nothing.
func (v *checkVerb) Run(ctx context.Context, std streams) error {
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return err
	}
	set, camerasErr := camera.Load(cfg.Cameras)
	_, policiesErr := access.Load(cfg.Policies)
	if err := errors.Join(camerasErr, policiesErr); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "configuration, %d cameras, %d units and policies are in order\n", len(set.Cameras), len(set.Organisation.Units))
	if _, err := factor.NewKeys(cfg.Origin); err != nil && !cfg.relaxed("second_factor") {
		fmt.Fprintf(std.out, "warning: nobody can register a key: %v\n", err)
	}
	for _, r := range cfg.Relax {
		fmt.Fprintf(std.out, "warning: %s is switched off (relax)\n", r)
	}
	return cfg.Directory.try(ctx, std.out)
}

// footage opens index and store beside a running server, or without one.
func (f configFlag) footage(ctx context.Context, std streams, spool string) (*archive.Archive, func(), error) {
	cfg, err := loadConfig(f.Config)
	if err != nil {
		return nil, nil, err
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return nil, nil, err
	}
	store, err := blob.Open(cfg.Objects.Reveal())
	if err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	set, _, err := inForce(ctx, cfg, d)
	if err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	began := func(feed vms.Feed) vms.Instant {
		if cam := set.Find(feed.Camera); cam != nil {
			return cam.Placements[0].From
		}
		return 0
	}
	a, err := archive.New(archive.Config{DB: d, Store: store, Spool: filepath.Join(cfg.Data, spool), Segment: time.Duration(cfg.Segment.Duration),
		Fragment: time.Duration(cfg.Segment.Fragment), Began: began, Log: newLog(std.err)})
	if err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	return a, func() {
		if err := errors.Join(a.Close(), d.Close()); err != nil {
			fmt.Fprintln(std.err, "yagura: closing:", err)
		}
	}, nil
}

type fsckVerb struct {
	configFlag
	Deep bool `help:"Read every object and compute its hashes anew."`
	Mark bool `help:"Quarantine rows whose object is missing or damaged; nothing is ever deleted."`
}

func (v *fsckVerb) Run(ctx context.Context, std streams) error {
	a, done, err := v.footage(ctx, std, "spool")
	if err != nil {
		return err
	}
	defer done()
	r, err := a.Fsck(ctx, archive.FsckOptions{Deep: v.Deep, Mark: v.Mark})
	if err != nil {
		return err
	}
	files, err := v.attached(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%d feeds, %d rows, %d objects, %.1f MiB; %d quarantined, %d in the spool\n",
		r.Feeds, r.Rows, r.Objects, float64(r.Bytes)/(1<<20), r.Quarantined, r.Pending)
	for _, f := range r.Findings {
		fmt.Fprintln(std.out, f)
	}
	fmt.Fprintf(std.out, "%d attached files, %.1f MiB\n", files.Files, float64(files.Bytes)/(1<<20))
	for _, f := range files.Findings {
		fmt.Fprintln(std.out, f)
	}
	if !r.Clean() || len(files.Findings) > 0 {
		return fmt.Errorf("%d findings", len(r.Findings)+len(files.Findings))
	}
	fmt.Fprintln(std.out, "clean")
	return nil
}

// attached compares the files attached to records with their objects.
func (v *fsckVerb) attached(ctx context.Context) (*record.FileReport, error) {
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return nil, err
	}
	defer d.Close()
	store, err := blob.Open(cfg.Objects.Reveal())
	if err != nil {
		return nil, err
	}
	shelf, err := cfg.shelf(store)
	if err != nil {
		return nil, err
	}
	return record.CheckFiles(ctx, d, shelf, v.Deep)
}

type reindexVerb struct{ configFlag }

func (v *reindexVerb) Run(ctx context.Context, std streams) error {
	a, done, err := v.footage(ctx, std, "spool")
	if err != nil {
		return err
	}
	defer done()
	r, err := a.Reindex(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%d objects, %d rows added\n", r.Objects, r.Added)
	for _, key := range r.Bad {
		fmt.Fprintln(std.out, "not a whole segment, left alone:", key)
	}
	return nil
}

type explainVerb struct {
	configFlag
	Login  string `arg:""`
	Camera string `arg:""`
	Action string `arg:"" help:"live, past, search, main, still, evidence.request, evidence.approve, hold or health."`
	At     string `help:"Instant of the footage, RFC 3339; now when left out."`
}

// Run exits with 0 for yes, 1 for no, 2 for an unknown login, camera or action, 3 where there is no
// answer: what is broken must not be read as a no.
func (v *explainVerb) Run(ctx context.Context, std streams) error {
	o, err := v.office(ctx)
	if err != nil {
		return &exit{3, err}
	}
	answer, err := v.ask(ctx, o)
	if err := o.close(err); err != nil {
		if errors.Is(err, vms.NotFound) || errors.Is(err, vms.Invalid) {
			return &exit{2, err}
		}
		return &exit{3, err}
	}
	if answer.Allow {
		fmt.Fprintf(std.out, "yes: %s\n", answer.Rule)
		return nil
	}
	fmt.Fprintf(std.out, "no: %s\n%s\n", answer.Rule, answer.Reason)
	return &exit{status: 1}
}

func (v *explainVerb) ask(ctx context.Context, o *office) (access.Decision, error) {
	set, policy, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return access.Decision{}, err
	}
	engine := access.New()
	engine.SetCameras(set)
	engine.SetPolicy(policy)
	person, err := o.people.Person(ctx, v.Login)
	if err != nil {
		return access.Decision{}, err
	}
	cam := set.Find(vms.CameraID(v.Camera))
	if cam == nil {
		return access.Decision{}, vms.Errorf(vms.NotFound, "no-camera", "no camera %q", v.Camera)
	}
	now := vms.InstantOf(time.Now())
	at := now
	if v.At != "" {
		if at, err = vms.ParseInstant(v.At); err != nil {
			return access.Decision{}, err
		}
	}
	return engine.Explain(person, v.Action, cam, at, now)
}
