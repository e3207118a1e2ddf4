package main

import (
	"context"
	"errors"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// inForce returns the cameras and policies the database decided on, or, before the first start,
// those of the files. Secrets and addresses stay as they are written: nothing is dialled with them.
func inForce(ctx context.Context, cfg *config, d *db.DB) (*camera.Set, *access.Policy, error) {
	relaxed := cfg.relaxed("second_person")
	files, err := versionOrFiles(ctx, cfg.cameraStore(d), cfg.Cameras, camera.Patterns)
	if err != nil {
		return nil, nil, err
	}
	set, err := camera.Parse(files, cfg.Cameras, nil)
	if err != nil {
		return nil, nil, err
	}
	if files, err = versionOrFiles(ctx, access.NewStore(d, relaxed), cfg.Policies, access.Patterns); err != nil {
		return nil, nil, err
	}
	policy, err := access.Compile(files)
	return set, policy, err
}

func versionOrFiles(ctx context.Context, store *camera.Store, dir string, patterns []string) ([]conf.File, error) {
	v, err := store.Current(ctx)
	if errors.Is(err, vms.NotFound) {
		return conf.ReadDir(dir, patterns...)
	}
	return v.Files, err
}
