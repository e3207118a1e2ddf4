package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/Eyevinn/mp4ff/mp4"

	"yagura/internal/camsim/clips"
)

const clipLimit = 16 << 20

// coded is what matters of an encoded clip.
type coded struct {
	path  string
	size  int
	sps   []byte
	pps   []byte
	sizes []uint32 // bytes per frame
	keys  []uint32 // numbers of the key frames, from 1
}

func readClip(t *testing.T, path string) coded {
	t.Helper()
	b, err := fs.ReadFile(clips.FS, path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := mp4.DecodeFile(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	st := f.Moov.Trak.Mdia.Minf.Stbl
	avc := st.Stsd.AvcX.AvcC
	c := coded{path: path, size: len(b), sps: avc.SPSnalus[0], pps: avc.PPSnalus[0], keys: st.Stss.SampleNumber}
	for i := range st.Stsz.SampleNumber {
		c.sizes = append(c.sizes, st.Stsz.GetSampleSize(int(i)+1))
	}
	return c
}

// delta is the mean size of frames that are no key frames.
func (c *coded) delta() float64 {
	sum, n := 0., 0.
	for i, s := range c.sizes {
		if i%(group*fps) != 0 {
			sum, n = sum+float64(s), n+1
		}
	}
	return sum / n
}

func TestClips(t *testing.T) {
	total := 0
	for _, s := range allScenes() {
		seconds, bits := 0, 0
		for _, stream := range []string{"main", "sub"} {
			var first coded
			quiet, events := 0., 0.
			for i := range s.clips {
				k := &s.clips[i]
				c := readClip(t, s.name+"/"+stream+"-"+k.name+".mp4")
				checkGroups(t, &c, s.stage(k).seconds)
				if first.sps == nil {
					first = c
				}
				if !bytes.Equal(c.sps, first.sps) || !bytes.Equal(c.pps, first.pps) {
					t.Errorf("%s: parameter sets differ from %s", c.path, first.path)
				}
				switch k.kind {
				case "quiet":
					quiet = max(quiet, c.delta())
				case "events":
					events = max(events, c.delta())
				}
				total, bits, seconds = total+c.size, bits+8*c.size, seconds+s.stage(k).seconds
			}
			if events < 1.3*quiet {
				t.Errorf("%s %s: frames of events have %.0f bytes, of quiet %.0f: activity cannot be told", s.name, stream, events, quiet)
			}
		}
		if rate := float64(bits) / float64(seconds/2) / 1e6; rate > .6 {
			t.Errorf("%s: %.2f Mbit/s", s.name, rate)
		}
	}
	if total > clipLimit {
		t.Errorf("all clips have %d bytes, more than %d", total, clipLimit)
	}
}

// checkGroups wants a key frame at the beginning of every group, and nowhere else.
func checkGroups(t *testing.T, c *coded, seconds int) {
	t.Helper()
	if len(c.sizes) != seconds*fps || len(c.keys) != seconds/group {
		t.Errorf("%s: %d frames, %d key frames for %d s", c.path, len(c.sizes), len(c.keys), seconds)
	}
	for i, k := range c.keys {
		if int(k) != i*group*fps+1 {
			t.Errorf("%s: key frame at %d", c.path, k)
		}
	}
}

func TestManifestIsCurrent(t *testing.T) {
	got, err := fs.ReadFile(clips.FS, "clips.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, manifest(allScenes())) {
		t.Error("clips.yaml is not what scripts/clips would write")
	}
}

// Every camera of the sample shows a scene that exists.
func TestEveryCameraHasAScene(t *testing.T) {
	shown := map[string]bool{}
	for _, c := range cameras() {
		if _, err := find(c.scene); err != nil || shown[c.id] {
			t.Errorf("camera %s shows %s: twice, or no such scene", c.id, c.scene)
		}
		shown[c.id] = true
	}
	files, err := filepath.Glob("../../camera-configs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`(?m)^\s*- id: ([abc][a-z0-9-]*-\d+)\b`)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(b), -1) {
			if !shown[m[1]] {
				t.Errorf("%s: camera %s shows no scene", strings.TrimPrefix(f, "../../"), m[1])
			}
		}
	}
}
