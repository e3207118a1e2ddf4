// Command camsim plays simulated RTSP cameras: for the demo, for load, and for trying things out.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/sync/errgroup"

	"yagura/internal/camera"
	"yagura/internal/camsim"
	"yagura/internal/camsim/clips"
	"yagura/internal/vms"
)

type flags struct {
	Listen   string         `default:"127.0.0.1:8083" help:"Address to serve RTSP on."`
	Control  string         `help:"Address to serve the HTTP control endpoint on; loopback only, it asks for no password."`
	Clips    string         `type:"existingdir" help:"Folder of clips with clips.yaml. Default: the clips in the program."`
	Clip     string         `type:"existingfile" help:"Play this MP4 on every main stream, in a loop, instead of the clips."`
	SubClip  string         `type:"existingfile" help:"With --clip: the MP4 of every sub stream."`
	Cameras  []vms.CameraID `xor:"cameras" help:"Ids to serve, separated by commas. Default: any id."`
	Configs  string         `xor:"cameras" type:"existingdir" help:"Serve the cameras of this camera-configs folder, with the credentials it gives them."`
	Limit    int            `help:"Serve only the first N of the cameras, and a1-07 if it is among them."`
	User     string         `help:"User name asked for. Default: none is asked for."`
	Password string         `env:"CAMSIM_PASSWORD" help:"Password asked for."`
	Auth     camsim.Auth    `enum:"basic,digest,digest-sha-256,any" default:"digest" help:"How it is asked for: ${enum}."`
	Loss     float64        `help:"Share of RTP packets lost on purpose, 0 to 1."`
	Seed     uint64         `default:"1" help:"Seed of what is shown when."`
	Stamp    bool           `help:"Stamp every access unit with camera, sequence number and capture time (SEI)."`
	Verbose  bool           `short:"v" help:"Log every connection."`
}

func main() {
	var f flags
	k := kong.Parse(&f, kong.Name("camsim"), kong.Description("Simulated RTSP cameras at rtsp://HOST:PORT/<camera>/<main|sub>."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.FatalIfErrorf(f.run(ctx))
}

func (f *flags) run(ctx context.Context) error {
	lib, err := f.library()
	if err != nil {
		return err
	}
	set, err := f.cameras()
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if f.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	s, err := camsim.New(camsim.Config{
		Listen:   f.Listen,
		Schedule: &camsim.Schedule{Library: lib, Seed: f.Seed, Stamp: f.Stamp},
		Cameras:  set.ids,
		Mode:     camsim.Mode{User: f.User, Password: f.Password, Auth: f.Auth, Loss: f.Loss},
		Log:      log,
	})
	if err != nil {
		return err
	}
	set.apply(s)
	g, ctx := errgroup.WithContext(ctx)
	if f.Control != "" {
		ln, err := net.Listen("tcp", f.Control)
		if err != nil {
			return err
		}
		g.Go(func() error { return control(ctx, ln, s.Control()) })
	}
	g.Go(func() error { return s.Run(ctx) })
	log.Info("cameras are up", "url", "rtsp://"+s.Addr()+"/<camera>/<main|sub>")
	return g.Wait()
}

func (f *flags) library() (*camsim.Library, error) {
	if f.Clip == "" {
		var dir fs.FS = clips.FS
		if f.Clips != "" {
			dir = os.DirFS(f.Clips)
		}
		return camsim.LoadLibrary(dir)
	}
	main, err := camsim.LoadClip(f.Clip)
	if err != nil || f.SubClip == "" {
		return camsim.Loop(main, nil), err
	}
	sub, err := camsim.LoadClip(f.SubClip)
	return camsim.Loop(main, sub), err
}

// cameraSet is which cameras to serve, and the credentials of those that have their own.
type cameraSet struct {
	ids    []vms.CameraID
	config map[vms.CameraID]*camera.Camera
}

func (f *flags) cameras() (cameraSet, error) {
	set := cameraSet{ids: f.Cameras, config: map[vms.CameraID]*camera.Camera{}}
	if f.Configs != "" {
		configured, err := camera.Load(f.Configs)
		if err != nil {
			return set, err
		}
		for _, c := range configured.Cameras {
			set.ids = append(set.ids, c.ID)
			set.config[c.ID] = c
		}
	}
	set.ids = limit(set.ids, f.Limit)
	return set, nil
}

// limit keeps the first n, if n > 0; a1-07 always stays, for the demo tells its story.
func limit(ids []vms.CameraID, n int) []vms.CameraID {
	const star = "a1-07"
	if n <= 0 || n >= len(ids) {
		return ids
	}
	out := slices.Clone(ids[:n])
	if slices.Contains(ids, star) && !slices.Contains(out, star) {
		out[n-1] = star
	}
	return out
}

func (set cameraSet) apply(s *camsim.Server) {
	for _, id := range set.ids {
		if c := set.config[id]; c != nil && c.User != "" {
			s.Camera(id).Change(func(m *camsim.Mode) { m.User, m.Password = c.User, c.Password })
		}
	}
}

func control(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("control: %w", err)
	}
	return nil
}
