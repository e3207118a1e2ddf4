// Command record measures what recording costs: yagura serve with 100 cameras of 720p at 15 pictures
// and 1.5 Mbit/s a second over TCP, main stream only, into a directory with hashes and index, against
// bare (gortsplib alone, access units to files), in turns, in one run.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"yagura/internal/camsim"
	"yagura/internal/measure/process"
	"yagura/internal/vms"
)

type flags struct {
	Cameras int           `default:"100"`
	Rounds  int           `default:"3"`
	Warm    time.Duration `default:"15s" help:"Not measured, at the beginning of each turn."`
	Window  time.Duration `default:"60s" help:"Measured; as long as a segment, so that closing and uploading are in it."`
}

func main() {
	var f flags
	k := kong.Parse(&f)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	k.FatalIfErrorf(f.run(ctx))
}

// bench is one run's folder, programs and cameras.
type bench struct {
	flags
	dir  string
	sim  string // address of the cameras
	urls []string
}

func (f *flags) run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "yagura-record")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{flags: *f, dir: dir}
	if err := process.Build(ctx, dir, "./cmd/yagura", "./cmd/camsim", "./internal/rtsp/bare"); err != nil {
		return err
	}
	stop, err := b.cameras(ctx)
	if err != nil {
		return err
	}
	defer stop()
	var bare, yagura []process.Cost
	fmt.Printf("%d cameras, 1280x720, 15 fps, 1.5 Mbit/s, GOP 2 s, RTSP over TCP; %v measured after %v, in turns\n\n", f.Cameras, f.Window, f.Warm)
	fmt.Println("| round | who | CPU-s per camera-minute | peak RSS, MB |\n|---|---|---|---|")
	for round := range f.Rounds {
		for _, who := range []string{"bare gortsplib", "yagura"} {
			run, costs := b.bare, &bare
			if who == "yagura" {
				run, costs = b.yagura, &yagura
			}
			c, err := run(ctx, round)
			if err != nil {
				return fmt.Errorf("%s: %w", who, err)
			}
			*costs = append(*costs, c)
			fmt.Printf("| %d | %s | %.4f | %.0f |\n", round+1, who, c.PerMinute(f.Cameras), c.RSS)
		}
	}
	low, high := process.Median(bare), process.Median(yagura)
	fmt.Printf("\nmedian ratio yagura / bare: %.2f (goal ≤ 1.30); yagura %.4f CPU-s per camera-minute (goal ≤ 0.133 = 0.7 × MediaMTX's 0.19); peak RSS %.0f MB (goal ≤ 250)\n",
		high.CPU/low.CPU, high.PerMinute(f.Cameras), process.Peak(yagura))
	return nil
}

func (b *bench) cameras(ctx context.Context) (stop func(), err error) {
	clip, err := camsim.TestFile(ctx, camsim.Options{Width: 1280, Height: 720, FPS: 15, GOP: 30, Seconds: 20, Bitrate: 1500})
	if err != nil {
		return nil, err
	}
	port, err := process.FreePort()
	if err != nil {
		return nil, err
	}
	b.sim = fmt.Sprintf("127.0.0.1:%d", port)
	var ids []string
	for i := range b.Cameras {
		id := fmt.Sprintf("cam-%03d", i)
		ids = append(ids, id)
		b.urls = append(b.urls, fmt.Sprintf("rtsp://%s/%s/%s", b.sim, id, vms.Main))
	}
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, "camsim"), "--listen", b.sim, "--clip", clip, "--cameras", strings.Join(ids, ","))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() { process.End(cmd) }, process.WaitFor(ctx, b.sim)
}

func (b *bench) bare(ctx context.Context, round int) (process.Cost, error) {
	dir := filepath.Join(b.dir, fmt.Sprint("bare-", round))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return process.Cost{}, err
	}
	defer os.RemoveAll(dir)
	return process.Measure(ctx, exec.CommandContext(ctx, filepath.Join(b.dir, "bare"), append([]string{dir}, b.urls...)...), b.Warm, b.Window)
}

func (b *bench) yagura(ctx context.Context, round int) (process.Cost, error) {
	dir := filepath.Join(b.dir, fmt.Sprint("yagura-", round))
	if err := b.configure(dir); err != nil {
		return process.Cost{}, err
	}
	defer os.RemoveAll(dir)
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, "yagura"), "serve", "--config", filepath.Join(dir, "yagura.yaml"))
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return process.Cost{}, err
	}
	defer log.Close()
	cmd.Stderr = log
	c, err := process.Measure(ctx, cmd, b.Warm, b.Window)
	if err != nil {
		return c, err
	}
	return c, b.recorded(dir)
}

// recorded sees to it that what was measured did the work.
func (b *bench) recorded(dir string) error {
	objects, err := filepath.Glob(filepath.Join(dir, "data/objects/footage/*/main/*/*/*/*/*.mp4"))
	if err == nil && len(objects) < b.Cameras/2 {
		err = fmt.Errorf("only %d segments of %d cameras reached the store", len(objects), b.Cameras)
	}
	return err
}

func (b *bench) configure(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "cameras"), 0o755); err != nil {
		return err
	}
	text := "site: bench\ncameras:\n"
	for i, url := range b.urls {
		text += fmt.Sprintf("  - {id: cam-%03d, name: n%d, kind: surveillance, section: koseki, starts: 2017-06-01, streams: {main: %q}}\n", i, i, url)
	}
	policies, err := filepath.Abs("policies")
	if err != nil {
		return err
	}
	config := fmt.Sprintf("listen: 127.0.0.1:%d\nwebrtc: {udp: \"127.0.0.1:0\", tcp: \"127.0.0.1:0\"}\nrelay: {listen: \"127.0.0.1:0\"}\n"+
		"data: data\ncameras: cameras\ncamera_networks: [127.0.0.0/8]\npolicies: %s\n", process.MustFreePort(), policies)
	for name, data := range map[string]string{
		"yagura.yaml": config, "cameras/a.yaml": text,
		"cameras/organisation.yaml": "name: bench\nunits: [{id: kumin, name: 区民, units: [{id: koseki, name: 戸籍住民}]}]\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			return err
		}
	}
	return nil
}
