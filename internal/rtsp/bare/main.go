// Command bare is the floor a recorder is measured against: gortsplib's client alone, which writes
// each access unit of each camera to a file. No index, no hashes, no container, no reconnecting.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/bluenviron/gortsplib/v4"
	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/format"
	"github.com/pion/rtp"
	"golang.org/x/sync/errgroup"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: bare DIR rtsp://HOST/PATH …")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	for _, url := range os.Args[2:] {
		g.Go(func() error { return read(ctx, os.Args[1], url) })
	}
	if err := g.Wait(); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func read(ctx context.Context, dir, url string) (err error) {
	u, err := base.ParseURL(url)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, strings.NewReplacer("/", "-", ":", "-").Replace(u.Path)))
	if err != nil {
		return err
	}
	defer f.Close()
	transport := gortsplib.TransportTCP
	c := &gortsplib.Client{Scheme: u.Scheme, Host: u.Host, Transport: &transport}
	if err := c.Start2(); err != nil {
		return err
	}
	defer c.Close()
	desc, _, err := c.Describe(u)
	if err != nil {
		return err
	}
	var h264 *format.H264
	medium := desc.FindFormat(&h264)
	if medium == nil {
		return fmt.Errorf("%s: no H.264", url)
	}
	dec, err := h264.CreateDecoder()
	if err != nil {
		return err
	}
	if _, err := c.Setup(desc.BaseURL, medium, 0, 0); err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 64<<10)
	c.OnPacketRTP(medium, h264, func(p *rtp.Packet) {
		au, err := dec.Decode(p)
		if err != nil {
			return // more packets needed
		}
		for _, nal := range au {
			_, _ = out.Write([]byte{0, 0, 0, 1})
			_, _ = out.Write(nal)
		}
	})
	if _, err := c.Play(nil); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case <-ctx.Done():
		c.Close()
		<-ended
		return out.Flush()
	case err := <-ended:
		return err
	}
}
