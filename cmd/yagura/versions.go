package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
)

// load brings cameras, policies and people into force before anything runs.
func (n *node) load(ctx context.Context) error {
	relaxed := n.cfg.relaxed("second_person")
	name, err := db.NodeName(n.cfg.Data)
	if err != nil {
		return err
	}
	n.name = name + "-" + n.role
	if n.people, err = n.signingIn(); err != nil {
		return err
	}
	n.audit = audit.New(n.db, n.clock, n.name)
	if err := n.audit.Begin(ctx); err != nil {
		return err
	}
	if err := n.sayRelaxed(ctx); err != nil {
		return err
	}
	n.cameraFiles, n.policyFiles = n.cfg.cameraStore(n.db), access.NewStore(n.db, relaxed)
	if err := n.cameraFiles.SealOld(ctx); err != nil {
		return err
	}
	err = n.firstStart(ctx, n.policyFiles, n.takePolicies, func() ([]conf.File, error) { return conf.ReadDir(n.cfg.Policies, access.Patterns...) })
	if err != nil {
		return err
	}
	return n.firstStart(ctx, n.cameraFiles, n.takeCameras, func() ([]conf.File, error) {
		files, err := conf.ReadDir(n.cfg.Cameras, camera.Patterns...)
		if err == nil {
			_, err = camera.Parse(files, n.cfg.Cameras, conf.Env) // variables too, before it is accepted
		}
		return files, err
	})
}

// sayRelaxed writes down that the process runs without some safeguards.
func (n *node) sayRelaxed(ctx context.Context) error {
	if len(n.cfg.Relax) == 0 {
		return nil
	}
	n.log.Warn("safeguards are switched off", "relax", n.cfg.Relax)
	_, err := n.audit.Append(ctx, audit.Entry{Action: audit.Relax, Detail: strings.Join(n.cfg.Relax, ", ")})
	return err
}

// firstStart puts in force what must be there before anything runs: files where the database has
// none yet. Later, files that cannot be read are the watcher's to report; what was accepted stays.
func (n *node) firstStart(ctx context.Context, store *camera.Store, take func(context.Context, camera.Version) error, load func() ([]conf.File, error)) error {
	files, err := load()
	if err == nil {
		_, err = store.Propose(ctx, files, "files")
	}
	v, none := store.Current(ctx)
	if none != nil {
		return fmt.Errorf("%s: %w", store.Kind, errors.Join(err, none))
	}
	if err := take(ctx, v); err != nil {
		return err
	}
	return n.noteVersion(ctx, store.Kind, v)
}

// takePolicies puts an accepted version in force.
func (n *node) takePolicies(_ context.Context, v camera.Version) error {
	p, err := access.Compile(v.Files)
	if err != nil {
		return fmt.Errorf("policies, version %d: %w", v.Number, err)
	}
	n.access.SetPolicy(p)
	return nil
}

// takeCameras puts an accepted version in force.
func (n *node) takeCameras(ctx context.Context, v camera.Version) error {
	set, err := camera.Parse(v.Files, n.cfg.Cameras, conf.Env)
	if err != nil {
		return fmt.Errorf("cameras, version %d: %w", v.Number, err)
	}
	if err := n.people.SyncUnits(ctx, set.Organisation); err != nil {
		return err
	}
	n.access.SetCameras(set)
	n.cameras.put(set)
	if n.ingest != nil {
		n.ingest.Apply(set)
	}
	return nil
}

// accepted takes each version that comes into force. One that this node cannot take is reported, and
// what was in force here stays.
func (n *node) accepted(store *camera.Store, take func(context.Context, camera.Version) error) func(context.Context, camera.Version) error {
	return func(ctx context.Context, v camera.Version) error {
		err := take(ctx, v)
		var bad conf.Problems
		switch {
		case errors.As(err, &bad):
			n.log.Error("accepted "+store.Kind+" cannot be taken here", "version", v.Number, "err", err)
			return nil
		case err != nil:
			return err // it is tried again
		}
		n.log.Info(store.Kind+" in force", "version", v.Number, "hash", v.Hash[:12], "by", v.AcceptedBy)
		return n.noteVersion(ctx, store.Kind, v)
	}
}

// propose offers a whole state of the files to the store; a bad one changes nothing.
func (n *node) propose(ctx context.Context, store *camera.Store, files []conf.File, err error) {
	var v camera.Version
	if err == nil {
		v, err = store.Propose(ctx, files, "files")
	}
	if err == nil && v.State == "waiting" {
		n.log.Warn(store.Kind+" wait for a second person (yagura accept)", "version", v.Number, "why", v.Why)
		err = n.noteVersion(ctx, store.Kind, v)
	}
	if err != nil && ctx.Err() == nil {
		n.log.Error(store.Kind+" not taken; what was in force stays in force", "err", err)
	}
}

// noteVersion writes a version into the audit log, once for all nodes and starts.
func (n *node) noteVersion(ctx context.Context, kind string, v camera.Version) error {
	_, err := n.audit.Append(ctx, versionEntry(kind, v))
	return err
}

// versionEntry is the row of a version, the same whoever writes it.
func versionEntry(kind string, v camera.Version) audit.Entry {
	e := audit.Entry{ID: fmt.Sprintf("%s-%d-%s-%s", kind, v.Number, v.Hash[:12], v.State), Action: audit.ChangeConfig, Actor: v.ProposedBy}
	detail := map[string]any{"kind": kind, "version": v.Number, "hash": v.Hash, "state": v.State, "proposed_by": v.ProposedBy}
	if len(v.Why) > 0 {
		detail["wider"] = v.Why
	}
	if v.Accepted() {
		detail["accepted_by"] = v.AcceptedBy
		if v.Ground.Named() {
			detail["ground"] = v.Ground.String()
		}
	}
	b, err := json.Marshal(detail)
	if err != nil {
		b = []byte(err.Error()) // strings and numbers always marshal
	}
	e.Detail = string(b)
	return e
}
