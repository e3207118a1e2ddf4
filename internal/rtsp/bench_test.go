package rtsp

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/bluenviron/gortsplib/v4"
	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/format"
	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/vms"
)

const simulator = "YAGURA_RTSP_BENCH_CAMERAS" // set: this process is the cameras

// serveCameras is the benchmark's other process.
func serveCameras() int {
	clip, err := camsim.LoadClip(os.Getenv(simulator))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s, err := camsim.New(camsim.Config{Schedule: &camsim.Schedule{Library: camsim.Loop(clip, nil)}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the parent
	}()
	fmt.Println(s.Addr())
	if err := s.Run(ctx); err != nil {
		return 1
	}
	return 0
}

func startCameras(b *testing.B) (addr string) {
	b.Helper()
	path, err := camsim.TestFile(b.Context(), camsim.Options{Width: 1280, Height: 720, GOP: 30, Bitrate: 1500, Seconds: 8})
	require.NoError(b, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), simulator+"="+path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(b, err)
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	_, err = fmt.Fscanln(out, &addr)
	require.NoError(b, err)
	return addr
}

// BenchmarkIngest takes 100 cameras (720p, 15 fps, 1.5 Mbit/s, TCP) for 20 s per iteration, access units to
// files: with a bare gortsplib reader and with Client. CPU is this process's alone.
func BenchmarkIngest(b *testing.B) {
	const cameras, period = 100, 20 * time.Second
	addr := startCameras(b)
	for _, bc := range []struct {
		name string
		take func(ctx context.Context, url string, w io.Writer) error
	}{{"gortsplib", bareReader}, {"client", clientReader}} {
		b.Run(bc.name, func(b *testing.B) {
			ctx, cancel := context.WithCancel(b.Context())
			dir := b.TempDir()
			var wg sync.WaitGroup
			for i := range cameras {
				f, err := os.Create(filepath.Join(dir, fmt.Sprint(i)))
				require.NoError(b, err)
				wg.Go(func() {
					defer f.Close()
					w := bufio.NewWriterSize(f, 64<<10)
					if err := bc.take(ctx, fmt.Sprintf("rtsp://%s/c%d/main", addr, i), w); err != nil && ctx.Err() == nil {
						b.Error(err)
					}
				})
			}
			vms.Sleep(ctx, 2*time.Second)
			var cpu time.Duration
			for b.Loop() {
				before := used(b)
				vms.Sleep(ctx, period)
				cpu += used(b) - before
			}
			cancel()
			wg.Wait()
			b.ReportMetric(cpu.Seconds()/float64(b.N)/cameras*(time.Minute.Seconds()/period.Seconds()), "cpu-s/camera-min")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func used(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func clientReader(ctx context.Context, url string, w io.Writer) error {
	c := &Client{URL: url, Dial: loopback.Dial, Clock: vms.NewClock()}
	return c.Run(ctx, unitFile{w}, nil)
}

type unitFile struct{ w io.Writer }

func (f unitFile) WriteUnit(u *media.Unit) error { return writeNALs(f.w, u.NALs) }

func writeNALs(w io.Writer, nals [][]byte) error {
	for _, nal := range nals {
		if _, err := w.Write(nal); err != nil {
			return err
		}
	}
	return nil
}

func bareReader(ctx context.Context, url string, w io.Writer) error {
	u, err := base.ParseURL(url)
	if err != nil {
		return err
	}
	tcp := gortsplib.TransportTCP
	c := &gortsplib.Client{Scheme: u.Scheme, Host: u.Host, Transport: &tcp}
	if err := c.Start2(); err != nil {
		return err
	}
	defer c.Close()
	desc, _, err := c.Describe(u)
	if err != nil {
		return err
	}
	var f *format.H264
	m := desc.FindFormat(&f)
	dec, err := f.CreateDecoder()
	if err != nil {
		return err
	}
	if _, err := c.Setup(desc.BaseURL, m, 0, 0); err != nil {
		return err
	}
	c.OnPacketRTP(m, f, func(p *rtp.Packet) {
		if au, err := dec.Decode(p); err == nil {
			_ = writeNALs(w, au)
		}
	})
	if _, err := c.Play(nil); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
