package rtsp

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) {
	if os.Getenv(simulator) != "" {
		os.Exit(serveCameras())
	}
	flag.Parse()
	_ = flag.Set("test.parallel", "16") // they wait more than they work
	goleak.VerifyTestMain(m)
}

var loopback = Networks{netip.MustParsePrefix("127.0.0.0/8")}

const cam = vms.CameraID("a1-01")

// sink collects units, and lets a test wait for them.
type sink struct {
	mu    sync.Mutex
	units []*media.Unit
	wake  chan struct{}
}

func newSink() *sink { return &sink{wake: make(chan struct{}, 1)} }

func (s *sink) WriteUnit(u *media.Unit) error {
	s.mu.Lock()
	s.units = append(s.units, u)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return nil
}

func (s *sink) all() []*media.Unit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*media.Unit(nil), s.units...)
}

// until waits until the units written satisfy ok.
func (s *sink) until(t *testing.T, ok func([]*media.Unit) bool) []*media.Unit {
	t.Helper()
	limit := time.After(30 * time.Second)
	for {
		if us := s.all(); ok(us) {
			return us
		}
		select {
		case <-s.wake:
		case <-time.After(20 * time.Millisecond):
		case <-limit:
			require.FailNow(t, "the units did not come", "%d units", len(s.all()))
		}
	}
}

func (s *sink) wait(t *testing.T, n int) []*media.Unit {
	t.Helper()
	return s.until(t, func(us []*media.Unit) bool { return len(us) >= n })
}

// running is a Client that runs until the test ends.
type running struct {
	*Client
	*sink
	events chan Event
	done   chan error
	cancel context.CancelFunc
}

func run(t *testing.T, c *Client) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{Client: c, sink: newSink(), events: make(chan Event, 100), done: make(chan error, 1), cancel: cancel}
	if c.Dial == nil {
		c.Dial = loopback.Dial
	}
	c.Clock = vms.NewClock()
	go func() { r.done <- c.Run(ctx, r.sink, func(e Event) { r.events <- e }) }()
	t.Cleanup(func() { cancel(); r.end(t) })
	return r
}

// end waits for Run to return; it may be called again.
func (r *running) end(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.done:
		r.done <- err
		return err
	case <-time.After(20 * time.Second):
		require.FailNow(t, "Run did not return")
		return nil
	}
}

func (r *running) cause(t *testing.T) vms.Cause {
	t.Helper()
	var f *Failure
	err := r.end(t)
	require.ErrorAs(t, err, &f)
	return f.Cause
}

func simulate(t *testing.T, o camsim.Options) (*camsim.Server, *camsim.Camera) {
	t.Helper()
	clip := camsim.TestClip(t, o)
	s := camsim.Start(t, camsim.Config{Schedule: &camsim.Schedule{Library: camsim.Loop(clip, nil), Stamp: true}})
	return s, s.Camera(cam)
}

// checkUnits asserts what holds of every sequence of units a Client writes, and returns how many
// stamps are missing between them.
func checkUnits(t *testing.T, us []*media.Unit) (missing int) {
	t.Helper()
	var last *media.Unit
	var seq uint64
	for i, u := range us {
		what := fmt.Sprintf("unit %d of %d", i, len(us))
		st, ok := camsim.StampOf(u.NALs)
		require.True(t, ok, what)
		require.NotNil(t, u.Track, what)
		require.LessOrEqual(t, u.DTS, u.PTS, what)
		if last == nil || last.Run != u.Run {
			require.True(t, u.Key, "%s begins a run", what)
			require.Equal(t, u.At, u.Run, what)
		} else {
			require.Greater(t, u.DTS, last.DTS, what)
			if !u.Track.Reordered {
				require.Greater(t, u.At, last.At, what)
			}
		}
		if last != nil {
			require.Greater(t, st.Seq, seq, what)
			missing += int(st.Seq - seq - 1)
		}
		last, seq = u, st.Seq
	}
	return missing
}

func TestClientWritesEveryUnit(t *testing.T) {
	for _, tc := range []struct {
		name string
		o    camsim.Options
		udp  bool
		auth camsim.Auth
	}{
		{"h264", camsim.Options{GOP: 5}, false, camsim.AuthMD5},
		{"h264 udp", camsim.Options{GOP: 5}, true, camsim.AuthBasic},
		{"b-frames", camsim.Options{GOP: 10, BFrames: 3}, false, camsim.AuthAny},
		{"h265", camsim.Options{GOP: 5, Codec: media.H265}, false, camsim.AuthMD5},
		{"h265 b-frames udp", camsim.Options{GOP: 10, BFrames: 2, Codec: media.H265}, true, camsim.AuthMD5},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, camera := simulate(t, tc.o)
			camera.Change(func(m *camsim.Mode) { m.User, m.Password, m.Auth, m.Audio = "u", "p:@/ö", tc.auth, true })
			r := run(t, &Client{URL: s.URL(cam, vms.Main), UDP: tc.udp, User: "u", Password: "p:@/ö"})
			us := r.wait(t, 60)
			r.cancel()
			require.NoError(t, r.end(t))

			require.Zero(t, checkUnits(t, us))
			require.Equal(t, tc.o.BFrames > 0, us[0].Track.Reordered)
			require.Equal(t, 320, us[0].Track.Width)
			require.Equal(t, 180, us[0].Track.Height)
			for _, u := range us {
				st, _ := camsim.StampOf(u.NALs)
				require.Equal(t, us[0].Run, u.Run)
				if tc.o.BFrames == 0 {
					require.InDelta(t, 0, u.At.Sub(st.At).Seconds(), 0.03)
				}
			}
			require.Equal(t, Event{Kind: Connected}, <-r.events)
			require.Equal(t, Event{Kind: Flowing}, <-r.events)
			require.GreaterOrEqual(t, r.Stats().Frames, uint64(60))
			require.Zero(t, r.Stats().Lost)
		})
	}
}

// TestFailuresAreTold: what is wrong, without the credentials.
func TestFailuresAreTold(t *testing.T) {
	const canary = "canary-s3cret/ä"
	for _, tc := range []struct {
		name string
		mode camsim.Mode
		edit func(*Client)
		want vms.Cause
	}{
		{"wrong password", camsim.Mode{User: "u", Password: "other"}, nil, vms.Refused},
		{"refused", camsim.Mode{Refuse: true}, nil, vms.Refused},
		{"codec", camsim.Mode{Announce: "JPEG/90000"}, nil, vms.Unsupported},
		{"transport", camsim.Mode{NoTCP: true}, nil, vms.Unsupported},
		{"down", camsim.Mode{Down: true}, nil, vms.Unreachable},
		{"deaf", camsim.Mode{Deaf: true}, nil, vms.Unreachable},
		{"silent", camsim.Mode{Silent: true}, nil, vms.Stalled},
		{"silent udp", camsim.Mode{Silent: true}, func(c *Client) { c.UDP = true }, vms.Stalled},
		{"no such address", camsim.Mode{}, func(c *Client) { c.URL = "rtsp://127.0.0.1:1/x" }, vms.Unreachable},
		{"forbidden", camsim.Mode{}, func(c *Client) { c.Dial = Networks{netip.MustParsePrefix("10.0.0.0/8")}.Dial }, vms.Forbidden},
		{"no URL", camsim.Mode{}, func(c *Client) { c.URL = "http://127.0.0.1/" }, vms.Unsupported},
		{"credentials in URL", camsim.Mode{}, func(c *Client) { c.URL = "rtsp://u:" + canary + "@127.0.0.1/x" }, vms.Unsupported},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, camera := simulate(t, camsim.Options{GOP: 5})
			camera.Change(func(m *camsim.Mode) { *m = tc.mode })
			var log strings.Builder
			c := &Client{URL: s.URL(cam, vms.Main), User: "u", Password: canary, StallAfter: time.Second,
				Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
			if tc.edit != nil {
				tc.edit(c)
			}
			r := run(t, c)
			began := time.Now()
			require.Equal(t, tc.want, r.cause(t))
			require.Less(t, time.Since(began), 7*time.Second)
			for err := r.end(t); err != nil; err = errors.Unwrap(err) {
				require.NotContains(t, err.Error(), "canary")
				require.NotContains(t, err.Error(), "s3cret")
			}
			require.NotContains(t, log.String(), "canary")
		})
	}
}
