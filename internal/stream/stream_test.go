package stream_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

var track = &media.Track{Codec: media.H264}

// unit is the i-th picture of a camera with 10 pictures a second and a key frame every gop pictures.
func unit(i, gop, size int) *media.Unit {
	return &media.Unit{Track: track, PTS: int64(i) * 9000, DTS: int64(i) * 9000,
		At: vms.Instant(i) * 100_000, Key: i%gop == 0, NALs: [][]byte{make([]byte, size)}}
}

func write(t *testing.T, s *stream.Stream, from, to, gop, size int) {
	t.Helper()
	for i := from; i < to; i++ {
		require.NoError(t, s.WriteUnit(unit(i, gop, size)))
	}
}

func read(t *testing.T, r media.Reader) int {
	t.Helper()
	u, err := r.ReadUnit(t.Context())
	require.NoError(t, err)
	return int(u.PTS / 9000)
}

func TestLiveReaderStartsAtNewestKeyFrame(t *testing.T) {
	s := stream.New()
	write(t, s, 0, 57, 20, 100)
	r := s.Live()
	defer r.Close()
	for want := 40; want < 57; want++ {
		require.Equal(t, want, read(t, r))
	}
}

func TestReaderBeforeFirstKeyFrameWaitsForOne(t *testing.T) {
	s := stream.New()
	write(t, s, 1, 5, 20, 100)
	r := s.Live()
	defer r.Close()
	write(t, s, 5, 22, 20, 100)
	require.Equal(t, 20, read(t, r))
	require.Equal(t, 21, read(t, r))
}

func TestSlowLiveReaderSkipsToNewestKeyFrameAndIsTold(t *testing.T) {
	s := stream.New()
	write(t, s, 0, 10, 20, 100)
	r := s.Live()
	defer r.Close()
	require.Equal(t, 0, read(t, r))
	write(t, s, 10, 95, 20, 100)
	_, err := r.ReadUnit(t.Context())
	var lag *media.Lagged
	require.ErrorAs(t, err, &lag)
	require.Equal(t, 79, lag.N) // 1 … 79
	require.Equal(t, vms.Instant(8_000_000), lag.Span.To)
	require.Equal(t, 80, read(t, r))
}

func TestFollowerLosesNothingForTenSeconds(t *testing.T) {
	s := stream.New()
	write(t, s, 0, 1, 20, 100)
	r := s.Follow()
	defer r.Close()
	write(t, s, 1, 100, 20, 100)
	for want := range 100 {
		require.Equal(t, want, read(t, r))
	}
	write(t, s, 100, 260, 20, 100) // 16 s behind
	_, err := r.ReadUnit(t.Context())
	var lag *media.Lagged
	require.ErrorAs(t, err, &lag)
	require.Equal(t, 160, read(t, r)) // the oldest key frame within ten seconds of picture 259
	require.Equal(t, 60, lag.N)
}

// A step of the node's clock begins a new run. It neither takes from a follower what it has not read
// yet, nor makes the ring grow until the clock has caught up.
func TestClockStepsNeitherLoseNorKeepUnits(t *testing.T) {
	for _, step := range []vms.Instant{3600e6, -3600e6} {
		s := stream.New()
		write(t, s, 0, 1, 20, 100)
		r := s.Follow()
		behind := s.Live()
		write(t, s, 1, 40, 20, 100)
		for i := 40; i < 240; i++ {
			u := unit(i, 20, 100)
			u.At, u.Run = u.At+step, 40e5+step
			require.NoError(t, s.WriteUnit(u))
			if i == 41 {
				for want := range 41 {
					require.Equal(t, want, read(t, r))
				}
				require.NoError(t, r.Close())
			}
		}
		_, err := behind.ReadUnit(t.Context())
		var lag *media.Lagged
		require.ErrorAs(t, err, &lag, "the ring forgets what is old")
		require.NoError(t, behind.Close())
	}
}

func TestBytesAreBounded(t *testing.T) {
	s := stream.New()
	r := s.Follow()
	defer r.Close()
	write(t, s, 0, 83, 20, 1<<20) // 8.3 s of a following reader's ten, but 83 MiB
	_, err := r.ReadUnit(t.Context())
	var lag *media.Lagged
	require.ErrorAs(t, err, &lag)
	require.Equal(t, 80, lag.N) // 16 MiB reach back to picture 67, of which 80 is the only key frame
	require.Equal(t, 80, read(t, r))
}

func TestWaitingReaderWakesOnWriteCloseAndCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stream.New()
		r := s.Live()
		got := make(chan error, 1)
		next := func(ctx context.Context) { _, err := r.ReadUnit(ctx); got <- err }

		go next(t.Context())
		synctest.Wait()
		write(t, s, 0, 1, 20, 1)
		require.NoError(t, <-got)

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		go next(ctx)
		require.ErrorIs(t, <-got, context.DeadlineExceeded)

		go next(t.Context())
		synctest.Wait()
		s.Close()
		require.ErrorIs(t, <-got, io.EOF)
		require.ErrorIs(t, s.WriteUnit(unit(1, 20, 1)), media.ErrClosed)

		require.NoError(t, r.Close())
		_, err := r.ReadUnit(t.Context())
		require.True(t, errors.Is(err, media.ErrClosed))
	})
}

func TestWriteNeverWaitsForReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stream.New()
		for range 50 {
			defer s.Follow().Close() // none of them reads
		}
		start := time.Now()
		write(t, s, 0, 1000, 20, 10)
		require.Zero(t, time.Since(start))
	})
}

func TestHubKeepsOneStreamPerFeed(t *testing.T) {
	h := stream.NewHub()
	feed := vms.Feed{Camera: "a1-01", Stream: vms.Main}
	require.Nil(t, h.Lookup(feed))
	s := h.Open(feed)
	require.Same(t, s, h.Open(feed))
	r := s.Live()
	h.Remove(feed)
	_, err := r.ReadUnit(t.Context())
	require.ErrorIs(t, err, io.EOF)
	require.Nil(t, h.Lookup(feed))
}

func BenchmarkWriteUnit(b *testing.B) {
	s := stream.New()
	r := s.Follow()
	defer r.Close()
	units := make([]*media.Unit, 200)
	for i := range units {
		units[i] = unit(i, 20, 1)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		u := *units[i%200]
		u.At = vms.Instant(i) * 100_000
		_ = s.WriteUnit(&u)
		_, _ = r.ReadUnit(b.Context())
	}
}

func TestLiveOfASilentCameraWaitsForTheNextKeyFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stream.New()
		write(t, s, 0, 30, 20, 100)
		vms.Sleep(t.Context(), time.Minute) // of the test's own clock
		r := s.Live()
		defer r.Close()
		write(t, s, 30, 41, 20, 100)
		require.Equal(t, 40, read(t, r))
	})
}
