package camsim

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"slices"

	"github.com/goccy/go-yaml"

	"yagura/internal/vms"
)

// Library is a set of scenes and which camera shows which.
type Library struct {
	scenes  map[string]*Scene
	names   []string // sorted
	cameras map[vms.CameraID]string
}

// Scene is one view: shots that may follow each other at any time.
type Scene struct {
	Quiet  []*Shot // nothing happens
	Events []*Shot // somebody comes, goes, does something
	Light  []*Shot // the light changes; rarer than events
}

// Shot is the same moment as main and as sub stream; either may be nil.
type Shot struct {
	Name      string
	Main, Sub *Clip
}

func (s *Shot) clip(st vms.Stream) *Clip {
	if st == vms.Sub {
		return s.Sub
	}
	return s.Main
}

// Loop is a library in which every camera shows one shot over and over; sub may be nil.
func Loop(main, sub *Clip) *Library {
	return NewLibrary(map[string]*Scene{"loop": {Quiet: []*Shot{{Name: "loop", Main: main, Sub: sub}}}}, nil)
}

// NewLibrary makes a library of scenes. Cameras it does not name get a scene by a stable hash.
func NewLibrary(scenes map[string]*Scene, cameras map[vms.CameraID]string) *Library {
	return &Library{scenes: scenes, names: slices.Sorted(maps.Keys(scenes)), cameras: cameras}
}

// Cast returns a library of the same scenes in which the cameras named show these; the others, what they
// did. It fails on a scene that is not there.
func (l *Library) Cast(cameras map[vms.CameraID]string) (*Library, error) {
	all := map[vms.CameraID]string{}
	maps.Copy(all, l.cameras)
	maps.Copy(all, cameras)
	for id, name := range cameras {
		if l.scenes[name] == nil {
			return nil, fmt.Errorf("camera %s shows scene %q, which is not there", id, name)
		}
	}
	return &Library{scenes: l.scenes, names: l.names, cameras: all}, nil
}

// Scene returns the scene a camera shows.
func (l *Library) Scene(id vms.CameraID) *Scene {
	if s := l.scenes[l.cameras[id]]; s != nil {
		return s
	}
	return l.scenes[l.names[hash(string(id))%uint64(len(l.names))]]
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return mix(h.Sum64())
}

// mix spreads similar inputs (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

type size struct {
	Width  int `yaml:"width"`
	Height int `yaml:"height"`
}

type manifest struct {
	FPS    int `yaml:"fps"`
	Scenes map[string]struct {
		Quiet  []string `yaml:"quiet"`
		Events []string `yaml:"events"`
		Light  []string `yaml:"light"`
		Main   size     `yaml:"main"`
		Sub    size     `yaml:"sub"`
	} `yaml:"scenes"`
	Cameras map[vms.CameraID]string `yaml:"cameras"`
}

// LoadLibrary reads clips.yaml and the clips <scene>/<main|sub>-<name>.mp4 it names. All clips of
// a scene and stream share their parameter sets; main and sub of a shot have as many frames.
func LoadLibrary(dir fs.FS) (*Library, error) {
	b, err := fs.ReadFile(dir, "clips.yaml")
	if err != nil {
		return nil, fmt.Errorf("clip folder: %w", err)
	}
	var m manifest
	if err := yaml.UnmarshalWithOptions(b, &m, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("clips.yaml: %w", err)
	}
	scenes := map[string]*Scene{}
	for name, s := range m.Scenes {
		if len(s.Quiet) == 0 {
			return nil, fmt.Errorf("clips.yaml: scene %s has no quiet clip", name)
		}
		ld := sceneLoader{dir: dir, fps: m.FPS, scene: name, size: map[vms.Stream]size{vms.Main: s.Main, vms.Sub: s.Sub}}
		scenes[name] = &Scene{Quiet: ld.shots(s.Quiet), Events: ld.shots(s.Events), Light: ld.shots(s.Light)}
		if ld.err != nil {
			return nil, ld.err
		}
	}
	if len(scenes) == 0 {
		return nil, fmt.Errorf("clips.yaml: no scenes")
	}
	for id, name := range m.Cameras {
		if scenes[name] == nil {
			return nil, fmt.Errorf("clips.yaml: camera %s shows scene %q, which is not there", id, name)
		}
	}
	return NewLibrary(scenes, m.Cameras), nil
}

// sceneLoader reads the clips of one scene and keeps the first error.
type sceneLoader struct {
	dir   fs.FS
	fps   int
	scene string
	size  map[vms.Stream]size
	first [2]*Clip
	err   error
}

func (l *sceneLoader) shots(names []string) []*Shot {
	var out []*Shot
	for _, name := range names {
		s := &Shot{Name: name, Main: l.clip(vms.Main, name), Sub: l.clip(vms.Sub, name)}
		if l.err == nil && s.Main.Len() != s.Sub.Len() {
			l.err = fmt.Errorf("clip %s/%s: main has %d frames, sub %d", l.scene, name, s.Main.Len(), s.Sub.Len())
		}
		out = append(out, s)
	}
	return out
}

func (l *sceneLoader) clip(st vms.Stream, name string) *Clip {
	if l.err != nil {
		return nil
	}
	path := fmt.Sprintf("%s/%s-%s.mp4", l.scene, st, name)
	b, err := fs.ReadFile(l.dir, path)
	if err != nil {
		l.err = err
		return nil
	}
	c, err := ParseClip(b)
	if err == nil {
		err = l.check(st, c)
	}
	if err != nil {
		l.err = fmt.Errorf("%s: %w", path, err)
	}
	return c
}

func (l *sceneLoader) check(st vms.Stream, c *Clip) error {
	i := 0
	if st == vms.Sub {
		i = 1
	}
	if l.first[i] == nil {
		l.first[i] = c
	}
	want := l.size[st]
	switch {
	case !c.Track.Same(l.first[i].Track):
		return fmt.Errorf("its parameter sets differ from those of the scene's first clip")
	case c.Frame*int64(l.fps) != 90000:
		return fmt.Errorf("it has %d ticks a frame, not %d frames a second", c.Frame, l.fps)
	case want != (size{}) && want != (size{c.Track.Width, c.Track.Height}):
		return fmt.Errorf("it is %d×%d, not %d×%d", c.Track.Width, c.Track.Height, want.Width, want.Height)
	}
	return nil
}
