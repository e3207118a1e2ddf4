package rtsp

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/vms"
)

const secret = "s3cret"

// reader reads what a sink collected, from its newest key frame.
type reader struct {
	s   *sink
	pos int
}

func (s *sink) reader() *reader {
	us := s.all()
	for i := len(us) - 1; i >= 0; i-- {
		if us[i].Key {
			return &reader{s, i}
		}
	}
	return &reader{s, len(us)}
}

func (r *reader) ReadUnit(ctx context.Context) (*media.Unit, error) {
	for {
		if us := r.s.all(); r.pos < len(us) {
			r.pos++
			return us[r.pos-1], nil
		}
		if !vms.Sleep(ctx, 5*time.Millisecond) {
			return nil, ctx.Err()
		}
	}
}

func (r *reader) Close() error { return nil }

// serve offers the sink as cam's main stream until the test ends, and returns its URL.
func serve(t *testing.T, from *sink) (url string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := NewServer(func(_ context.Context, feed vms.Feed) (media.Reader, *media.Track, error) {
		us := from.all()
		if feed != (vms.Feed{Camera: cam, Stream: vms.Main}) || len(us) == 0 {
			return nil, nil, vms.NotFound
		}
		return from.reader(), us[len(us)-1].Track, nil
	}, secret, nil)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	t.Cleanup(func() { cancel(); require.NoError(t, <-done) })
	return "rtsp://" + ln.Addr().String() + "/" + string(cam) + "/main"
}

// TestServerPassesUnitsOnToTheBit: what another node receives is what this one wrote, times included.
func TestServerPassesUnitsOnToTheBit(t *testing.T) {
	for _, tc := range []struct {
		name string
		o    camsim.Options
	}{
		{"h264", camsim.Options{GOP: 15, Bitrate: 2000}},
		{"b-frames", camsim.Options{GOP: 10, BFrames: 2}},
		{"h265", camsim.Options{GOP: 10, Codec: media.H265}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim, camera := simulate(t, tc.o)
			src := run(t, client(sim))
			src.wait(t, 25)
			url := serve(t, src.sink)
			dst := run(t, &Client{URL: url, User: RelayUser, Password: secret, NTP: true})
			began := time.Now()
			first := dst.wait(t, 1)[0]
			require.Less(t, time.Since(began), 300*time.Millisecond)
			require.True(t, first.Key)
			camera.Jump(time.Hour) // a new run
			n := len(dst.wait(t, 60))

			sent := src.until(t, func(us []*media.Unit) bool { return len(us) >= n })
			at := 0
			for sent[at].At != first.At {
				at++
			}
			for i, u := range dst.all()[:n] {
				want := *sent[at+i]
				require.True(t, want.Track.Same(u.Track))
				require.Equal(t, want.Track.Width, u.Track.Width)
				want.Track = u.Track
				require.Equal(t, want, *u)
			}
		})
	}
}

func TestServerAsksForTheSecret(t *testing.T) {
	sim, _ := simulate(t, camsim.Options{GOP: 5})
	src := run(t, client(sim))
	src.wait(t, 10)
	url := serve(t, src.sink)
	for _, c := range []*Client{
		{URL: url, NTP: true}, {URL: url, User: RelayUser, Password: "wrong"}, {URL: url, User: "other", Password: secret},
	} {
		require.Contains(t, []vms.Cause{vms.Refused, vms.Unreachable}, run(t, c).cause(t))
	}
	for _, path := range []string{"b9-99/main", "a1-01/sub", "..", "a1-01", ""} {
		c := &Client{URL: url[:len(url)-len("a1-01/main")] + path, User: RelayUser, Password: secret}
		require.Equal(t, vms.Unreachable, run(t, c).cause(t), path)
	}
}

// TestServerEndsSessionsItCannotGoOnWith: the stream changed its codec.
func TestServerEndsSessionsItCannotGoOnWith(t *testing.T) {
	sim, _ := simulate(t, camsim.Options{GOP: 5})
	other, _ := simulate(t, camsim.Options{GOP: 5, Codec: media.H265})
	src := run(t, client(sim))
	src.wait(t, 10)
	dst := run(t, &Client{URL: serve(t, src.sink), User: RelayUser, Password: secret, NTP: true})
	dst.wait(t, 5)
	src.cancel()
	require.NoError(t, src.end(t))
	hevc := run(t, client(other))
	require.NoError(t, src.WriteUnit(hevc.wait(t, 1)[0]))
	require.Equal(t, vms.Disconnected, dst.cause(t))
}
