package archive_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/archive"
	"yagura/internal/archive/archivetest"
	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

var track = &media.Track{
	Codec: media.H264, Width: 320, Height: 240,
	SPS: []byte{0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0x88}, PPS: []byte{0x68, 0xce, 0x3c, 0x80},
}

// Eight cameras through their rings, with drops, retention under a lease, and a restart in good order.
func TestInvariantsHoldAllAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "db"))
		require.NoError(t, err)
		defer d.Close()
		store, err := blob.Open("dir:" + filepath.Join(dir, "objects"))
		require.NoError(t, err)
		if c, ok := store.(io.Closer); ok {
			defer c.Close()
		}
		cfg := archive.Config{
			DB: d, Store: store, Spool: filepath.Join(dir, "spool"), Segment: 10 * time.Second,
			Retention: func(vms.Feed) time.Duration { return 2 * time.Minute },
		}
		var feeds []vms.Feed
		for i := range 8 {
			feeds = append(feeds, vms.Feed{Camera: vms.CameraID(fmt.Sprintf("c-%02d", i)), Stream: vms.Main})
		}
		start := vms.InstantOf(time.Now())
		for range 2 {
			worker(t, cfg, start, feeds)
			pass(7 * time.Second)
		}
		a, err := archive.New(cfg)
		require.NoError(t, err)
		defer a.Close()
		archivetest.CheckInvariants(t, a, start, feeds...)
	})
}

// worker is one life of a process: two minutes.
func worker(t *testing.T, cfg archive.Config, start vms.Instant, feeds []vms.Feed) {
	a, err := archive.New(cfg)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	leases := db.NewLeases(cfg.DB, db.Node{Name: "n", Role: "all"}, slog.New(slog.DiscardHandler))
	var recording, running sync.WaitGroup
	running.Go(func() { require.NoError(t, leases.Run(ctx)) })
	running.Go(func() { require.NoError(t, a.Retention().Run(ctx, leases)) })
	running.Go(func() { require.NoError(t, a.Run(ctx)) })
	cameras, end := context.WithCancel(t.Context())
	for i, feed := range feeds {
		ring := stream.New()
		rec := a.Recorder(feed)
		recording.Go(func() {
			in := ring.Follow()
			defer in.Close()
			require.NoError(t, rec.Run(cameras, in))
		})
		recording.Go(func() { film(cameras, ring, rec, i) })
	}
	for range 4 {
		pass(30 * time.Second)
		archivetest.CheckInvariants(t, a, start, feeds...)
	}
	end()
	recording.Wait()
	pass(3 * time.Second)
	stop()
	running.Wait()
	require.NoError(t, a.Close())
}

// film writes 5 fps with a key frame a second, and is away for 5 of every 40 seconds.
func film(ctx context.Context, ring *stream.Stream, rec *archive.Recorder, n int) {
	run, i := vms.Instant(0), 0
	for vms.Sleep(ctx, 200*time.Millisecond) {
		now := vms.InstantOf(time.Now())
		if away := (int(now/1e6)+n)%40 < 5; away {
			if run != 0 {
				rec.Interrupted(now, vms.Disconnected)
				run, i = 0, 0
			}
			continue
		}
		if run == 0 {
			run = now
		}
		dts := int64(i) * 18000
		_ = ring.WriteUnit(&media.Unit{
			Track: track, PTS: dts, DTS: dts, At: now, Run: run, Key: i%5 == 0, NALs: [][]byte{[]byte(fmt.Sprintf("%0100d", i))},
		})
		i++
	}
}

// pass lets the simulated time of a bubble pass.
func pass(d time.Duration) { vms.Sleep(context.Background(), d) }
