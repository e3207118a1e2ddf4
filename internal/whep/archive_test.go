package whep_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/archive"
	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/stream"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// archived is a Source over a real archive.
type archived struct {
	a    *archive.Archive
	live *stream.Stream
}

func (s archived) Open(ctx context.Context, r whep.Request) (*whep.View, error) {
	v := &whep.View{Stream: r.Stream, Live: r.At == 0}
	if v.Live {
		v.Reader, v.Track = s.live.Live(), s.live.Track()
		return v, nil
	}
	now := vms.InstantOf(time.Now())
	p, err := s.a.Player(ctx, vms.Feed{Camera: r.Camera, Stream: r.Stream}, r.At, []vms.Span{{From: now.Add(-time.Hour), To: now.Add(time.Hour)}})
	if err != nil {
		return nil, err
	}
	v.Reader = p
	return v, nil
}

// TestRecordedFootage shows what a recorder writes while it does: seeks, steps, rates and the live edge.
func TestRecordedFootage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "db"))
	require.NoError(t, err)
	store, err := blob.Open("dir:" + filepath.Join(dir, "objects"))
	require.NoError(t, err)
	a, err := archive.New(archive.Config{DB: d, Store: store, Spool: filepath.Join(dir, "spool"), Segment: 20 * time.Second})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ring := stream.New()
	done := make(chan error, 2)
	follow := ring.Follow()
	go func() { done <- a.Run(ctx) }()
	go func() { done <- a.Recorder(vms.Feed{Camera: "a1-01", Stream: vms.Main}).Run(ctx, follow) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-done)
		require.NoError(t, <-done)
		require.NoError(t, a.Close())
		require.NoError(t, d.Close())
	})

	start := vms.InstantOf(time.Now().Add(-60 * time.Second))
	at := func(i int) vms.Instant { return start.Add(time.Duration(i) * frameTime) }
	written := 0
	write := func() {
		u := picture(h264, written, written%gopLen == 0, at(written), 2000)
		u.Run = start
		require.NoError(t, ring.WriteUnit(u))
		written++
	}
	for at(written) < vms.InstantOf(time.Now()) {
		write()
		vms.Sleep(ctx, time.Millisecond/2) // the recorder follows within the ring's ten seconds
	}
	stop := make(chan struct{})
	writing := make(chan struct{})
	go func() {
		defer close(writing)
		for vms.Sleep(ctx, frameTime) {
			select {
			case <-stop:
				return
			default:
				write()
			}
		}
	}()
	defer func() { close(stop); <-writing }()
	src := archived{a, ring}
	require.NoError(t, a.Wait(ctx, vms.Feed{Camera: "a1-01", Stream: vms.Main}, at(850)))

	v := watch(t, newServer(t), src, whep.Request{Camera: "a1-01", Stream: vms.Main, At: at(400)}, viewerOptions{})
	require.Equal(t, 390, v.until(400)[0].id)
	v.until(405)
	v.pause()
	seek := func(i int) {
		v.say(fmt.Sprintf(`{"type":"seek","at":%q}`, at(i)))
		got := v.until(i)
		for p := v.message("position"); p["rtp"] != float64(got[len(got)-1].rtp); p = v.message("position") {
		}
		require.Empty(t, v.idle())
	}
	for _, i := range []int{29, 0, 300, 299, 601, 840, 15} {
		seek(i)
	}
	v.say(`{"type":"step","step":1}`)
	require.Equal(t, 16, v.frame().id)
	v.say(`{"type":"step","step":-1}`)
	v.until(15)
	v.say(`{"type":"rate","rate":32}`)
	v.say(`{"type":"play"}`)
	for f := v.frame(); f.id < 600; f = v.frame() {
	}
	v.say(`{"type":"rate","rate":-32}`)
	for f := v.frame(); f.id > 90; f = v.frame() {
		require.Zero(t, f.id%gopLen)
	}
	v.say(fmt.Sprintf(`{"type":"seek","at":%q}`, at(880)))
	v.say(`{"type":"rate","rate":64}`)
	for m := v.message("position"); m["rate"] != 1.0; m = v.message("position") {
	}
	f := v.frame() // at the live edge: as it comes
	for range 5 {
		g := v.frame()
		require.Equal(t, f.id+1, g.id)
		f = g
	}
	v.say(`{"type":"live"}`)
	for v.message("position")["live"] != true {
	}
	v.frame()
}
