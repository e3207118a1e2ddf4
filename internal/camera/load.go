package camera

import (
	"context"
	"slices"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

const organisationName = "organisation.yaml"

// Patterns are the files of a camera directory.
var Patterns = []string{"*.yaml", planFolder + "*.yaml"}

// Load reads every *.yaml of the directory: the organisation from organisation.yaml, floor plans from
// plans/, cameras from all others. Variables come from the environment. The error is conf.Problems, all of them.
func Load(dir string) (*Set, error) {
	files, err := conf.ReadDir(dir, Patterns...)
	if err != nil {
		return nil, err
	}
	return Parse(files, dir, conf.Env)
}

// Parse makes a Set of the files. Variables may stand in streams and credentials only: whose a
// camera is must be readable in the file. file: references start at dir. With a nil lookup
// references stay as they are written: good for comparing, not for connecting.
func Parse(files []conf.File, dir string, lookup conf.Lookup) (*Set, error) {
	b := &builder{dir: dir, lookup: lookup,
		set: &Set{Hash: conf.Hash(files), byID: map[vms.CameraID]*Camera{}}}
	if !b.organisation(files) {
		return nil, b.found.Err()
	}
	for _, f := range files {
		if f.Name != organisationName && !isPlan(f) {
			b.file(f)
		}
	}
	b.plans(files)
	if len(b.found) > 0 {
		return nil, b.found
	}
	sites := map[string]int{}
	for i, site := range b.set.Organisation.Sites {
		sites[site.ID] = i - len(b.set.Organisation.Sites) // before sites that are not listed
	}
	slices.SortStableFunc(b.set.Cameras, func(x, y *Camera) int { return sites[x.Site] - sites[y.Site] })
	slices.SortStableFunc(b.set.Plans, func(x, y *Plan) int { return sites[x.Site] - sites[y.Site] })
	return b.set, nil
}

// Watch reads the directory now and after each change, and at once when poke is sent to (SIGHUP).
// fn gets the files as written together with their Set, or the error; on error what was in force
// stays in force. It blocks until ctx ends.
func Watch(ctx context.Context, dir string, poke <-chan struct{}, fn func([]conf.File, *Set, error)) error {
	return conf.Watch(ctx, dir, poke, Patterns, func(files []conf.File, err error) {
		if err != nil {
			fn(nil, nil, err)
			return
		}
		set, err := Parse(files, dir, conf.Env)
		fn(files, set, err)
	})
}

// builder collects one Set and everything wrong with it.
type builder struct {
	dir          string
	lookup       conf.Lookup
	set          *Set
	retentionMax conf.Duration
	found        conf.Problems
}

func (b *builder) organisation(files []conf.File) bool {
	i := slices.IndexFunc(files, func(f conf.File) bool { return f.Name == organisationName })
	if i < 0 {
		b.found = append(b.found, conf.Problem{Pos: conf.Pos{File: organisationName},
			Text: "is missing beside the camera files; it names the units cameras belong to"})
		return false
	}
	var written organisationFile
	doc := conf.Decode(files[i], b.dir, nil, &written)
	org := &Organisation{Name: written.Name, byID: map[string]*Unit{}}
	ob := orgBuilder{doc: doc, org: org, records: map[string]*unitRecord{}}
	ob.units(written.Units, nil)
	ob.check()
	ob.sites(written.Sites)
	b.set.Organisation, b.retentionMax = org, written.RetentionMax
	b.found = append(b.found, doc.Problems()...)
	return true
}
