package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Sizes of the streams, in pixels.
const (
	mainW, mainH = 1280, 720
	subW, subH   = 640, 360
)

// quality is the constant rate factor of x264; the cap bounds what an event costs.
type quality struct {
	crf     int
	maxrate string
}

var (
	mainQuality = quality{34, "500k"}
	subQuality  = quality{35, "200k"}
)

// nightGain is how much finer dark pictures are coded, whose detail would be lost otherwise.
const nightGain = 6

func (s *scene) quality(q quality) quality {
	if s.night {
		q.crf -= nightGain
	}
	return q
}

// encodeAll draws the named scenes, or all, and writes the manifest of all.
func encodeAll(dir string, names []string) error {
	if dir == "" {
		return fmt.Errorf("needs -out")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "clips.yaml"), manifest(allScenes()), 0o644); err != nil {
		return err
	}
	for _, s := range allScenes() {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		if err := s.encode(filepath.Join(dir, s.name)); err != nil {
			return fmt.Errorf("scene %s: %w", s.name, err)
		}
	}
	return nil
}

func (s *scene) encode(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	pt := s.view(mainW, mainH)
	for i := range s.clips {
		c := &s.clips[i]
		if err := s.encodeClip(pt, c, dir); err != nil {
			return fmt.Errorf("clip %s: %w", c.name, err)
		}
		fmt.Println(s.name, c.name, s.stage(c).seconds, "s", kib(dir, "main-"+c.name), "+", kib(dir, "sub-"+c.name), "KiB")
	}
	return nil
}

func kib(dir, name string) int64 {
	fi, err := os.Stat(filepath.Join(dir, name+".mp4"))
	if err != nil {
		return 0
	}
	return fi.Size() / 1024
}

// encodeClip draws the frames of a clip into ffmpeg, which writes both streams.
func (s *scene) encodeClip(pt *painter, c *clip, dir string) error {
	args := []string{"-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba",
		"-video_size", fmt.Sprintf("%dx%d", mainW, mainH), "-framerate", fmt.Sprint(fps), "-i", "-"}
	args = append(args, output(filepath.Join(dir, "main-"+c.name+".mp4"), mainW, mainH, s.quality(mainQuality))...)
	args = append(args, output(filepath.Join(dir, "sub-"+c.name+".mp4"), subW, subH, s.quality(subQuality))...)
	cmd := exec.Command("ffmpeg", args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	st := s.stage(c)
	img := image.NewRGBA(image.Rect(0, 0, mainW, mainH))
	for i := range st.seconds * fps {
		st.frame(pt, i, img)
		if _, err := in.Write(img.Pix); err != nil {
			break // ffmpeg says why
		}
	}
	in.Close()
	return cmd.Wait()
}

// output is ffmpeg's arguments for one stream: closed groups of two seconds, no B-frames, no key frames in between,
// and parameter sets that depend on nothing but these arguments.
func output(file string, w, h int, q quality) []string {
	gop := fmt.Sprint(group * fps)
	return []string{"-vf", fmt.Sprintf("scale=%d:%d:flags=area:out_color_matrix=bt709:out_range=tv,format=yuv420p", w, h),
		"-c:v", "libx264", "-profile:v", "main", "-preset", "slow", "-crf", fmt.Sprint(q.crf), "-maxrate", q.maxrate, "-bufsize", q.maxrate,
		"-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-bf", "0", "-refs", "2", "-threads", "1",
		"-x264-params", "stitchable=1:open-gop=0:deblock=1,1:psy=0:aq-strength=0.6:qcomp=0.9", "-bsf:v", "filter_units=remove_types=6",
		"-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
		"-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", file}
}

// manifest says which clips are there and which camera shows what.
func manifest(scenes []*scene) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# What the simulated cameras show; written by scripts/clips.\nfps: %d\nscenes:\n", fps)
	for _, s := range scenes {
		fmt.Fprintf(&b, "  %s:\n", s.name)
		for _, kind := range []string{"quiet", "events", "light"} {
			var names []string
			for _, c := range s.clips {
				if c.kind == kind {
					names = append(names, c.name)
				}
			}
			if len(names) > 0 {
				fmt.Fprintf(&b, "    %s: [%s]\n", kind, strings.Join(names, ", "))
			}
		}
		fmt.Fprintf(&b, "    main: {width: %d, height: %d}\n    sub: {width: %d, height: %d}\n", mainW, mainH, subW, subH)
	}
	b.WriteString("cameras:\n")
	for _, c := range cameras() {
		fmt.Fprintf(&b, "  %s: %s\n", c.id, c.scene)
	}
	return []byte(b.String())
}
