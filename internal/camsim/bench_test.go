package camsim

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/vms"
)

const benchServer = "CAMSIM_BENCH_CLIPS" // set in the server's own process: main and sub clip

var drained atomic.Int64 // bytes, by all clients

// BenchmarkServer200Streams measures what 100 cameras × 2 streams cost the server alone, which
// runs in its own process: 720p and 360p, 15 fps, 1.5 and 0.3 Mbit/s over TCP.
func BenchmarkServer200Streams(b *testing.B) {
	main, err := TestFile(b.Context(), Options{Width: 1280, Height: 720, Bitrate: 1500, Seconds: 10})
	require.NoError(b, err)
	sub, err := TestFile(b.Context(), Options{Width: 640, Height: 360, Bitrate: 300, Seconds: 10})
	require.NoError(b, err)
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), benchServer+"="+main+" "+sub)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	stop, err := cmd.StdinPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(b, err)

	ctx, cancel := context.WithCancel(b.Context())
	g, ctx := errgroup.WithContext(ctx)
	for i := range 200 {
		st := []vms.Stream{vms.Main, vms.Sub}[i%2]
		url := fmt.Sprintf("rtsp://%s/bench-%d/%s", strings.TrimSpace(line), i/2, st)
		g.Go(func() error { return drain(ctx, url) })
	}
	const warm, span = 3 * time.Second, 10 * time.Second
	vms.Sleep(ctx, warm)
	b.ResetTimer()
	before, bytes := cpu(b, cmd.Process.Pid), drained.Load()
	for range b.N {
		vms.Sleep(ctx, span)
	}
	wall := span.Seconds() * float64(b.N)
	b.ReportMetric((cpu(b, cmd.Process.Pid)-before)/wall, "cores")
	b.ReportMetric(float64(drained.Load()-bytes)*8/1e6/wall, "Mbit/s")
	b.ReportMetric(rss(b, cmd.Process.Pid), "MB-RSS")
	cancel()
	require.ErrorIs(b, g.Wait(), context.Canceled)
	stop.Close()
	require.NoError(b, cmd.Wait())
}

// drain plays a stream and counts its bytes.
func drain(ctx context.Context, url string) error {
	host, _, _ := strings.Cut(strings.TrimPrefix(url, "rtsp://"), "/")
	c, err := net.Dial("tcp", host)
	if err != nil {
		return err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	buf := make([]byte, 1<<16)
	fmt.Fprintf(c, "SETUP %s/trackID=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n", url)
	n, err := c.Read(buf)
	if err != nil {
		return err
	}
	_, id, _ := strings.Cut(string(buf[:n]), "Session: ")
	id, _, _ = strings.Cut(id, ";")
	fmt.Fprintf(c, "PLAY %s RTSP/1.0\r\nCSeq: 2\r\nSession: %s\r\n\r\n", url, id)
	for {
		n, err := c.Read(buf)
		drained.Add(int64(n))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}

// serveBench is the server's process: it serves until its standard input ends.
func serveBench(clips string) error {
	main, sub, _ := strings.Cut(clips, " ")
	m, err := LoadClip(main)
	if err != nil {
		return err
	}
	s, err := LoadClip(sub)
	if err != nil {
		return err
	}
	srv, err := New(Config{Schedule: &Schedule{Library: Loop(m, s), Stamp: true}})
	if err != nil {
		return err
	}
	fmt.Println(srv.Addr())
	ctx, cancel := context.WithCancel(context.Background())
	var g errgroup.Group
	g.Go(func() error { return srv.Run(ctx) })
	_, err = io.Copy(io.Discard, os.Stdin)
	cancel()
	return errors.Join(err, g.Wait())
}

// cpu returns the CPU seconds a process has used, by /proc/PID/stat.
func cpu(b *testing.B, pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	var user, sys int64
	_, err = fmt.Sscan(f[11]+" "+f[12], &user, &sys)
	require.NoError(b, err)
	return float64(user+sys) / 100 // USER_HZ
}

func rss(b *testing.B, pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	require.NoError(b, err)
	var size, resident int64
	_, err = fmt.Sscan(string(data), &size, &resident)
	require.NoError(b, err)
	return float64(resident*int64(os.Getpagesize())) / 1e6
}
