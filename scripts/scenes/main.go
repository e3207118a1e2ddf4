package main

import (
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
)

const usage = `scenes draws the demo's office scenes.

  scenes clips -out DIR [SCENE...]                         draw and encode clips, and write clips.yaml
  scenes still -out FILE [-width N] [-frame N] SCENE [CLIP]  one picture as PNG; without a clip, the rest pose
  scenes sheet -out FILE [-width N] [-frame N] [-step N] SCENE CLIP  twelve pictures on one sheet
  scenes list                                              names and lengths of the clips
`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scenes:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("no command\n\n%s", usage)
	}
	set := flag.NewFlagSet(args[0], flag.ContinueOnError)
	out := set.String("out", "", "file or folder to write")
	width := set.Int("width", 1280, "width of the picture in pixels")
	frame := set.Int("frame", 0, "frame of the clip")
	stride := set.Int("step", 5, "frames between the pictures of a sheet")
	if err := set.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "list":
		list()
		return nil
	case "clips":
		return encodeAll(*out, set.Args())
	case "still":
		return write(*out, set.Args(), *width, *frame, 1, 1, 0)
	case "sheet":
		return write(*out, set.Args(), *width, *frame, 3, 4, *stride)
	}
	return fmt.Errorf("no command %q\n\n%s", args[0], usage)
}

func list() {
	for _, s := range allScenes() {
		for _, c := range s.clips {
			fmt.Printf("%s %s %s %d s\n", s.name, c.kind, c.name, s.stage(&c).seconds)
		}
	}
}

func find(name string) (*scene, error) {
	for _, s := range allScenes() {
		if s.name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("no scene %q", name)
}

// clip finds a clip by name; the empty name is the rest pose.
func (s *scene) clip(name string) (*clip, error) {
	for i := range s.clips {
		if s.clips[i].name == name {
			return &s.clips[i], nil
		}
	}
	if name == "" {
		return &clip{name: "rest", seconds: 2}, nil
	}
	return nil, fmt.Errorf("scene %s has no clip %q", s.name, name)
}

// write draws frames of a clip, side by side, as PNG.
func write(file string, args []string, width, frame, columns, rows, stride int) error {
	if len(args) == 0 || file == "" {
		return fmt.Errorf("needs -out and a scene")
	}
	s, err := find(args[0])
	if err != nil {
		return err
	}
	c, err := s.clip(append(args, "")[1])
	if err != nil {
		return err
	}
	w, h := width, width*9/16
	pt, st := s.view(w, h), s.stage(c)
	all, img := image.NewRGBA(image.Rect(0, 0, w*columns, h*rows)), image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range columns * rows {
		st.frame(pt, frame+i*stride, img)
		draw.Draw(all, img.Rect.Add(image.Pt(i%columns*w, i/columns*h)), img, image.Point{}, draw.Src)
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := png.Encode(f, all); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
