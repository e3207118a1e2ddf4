package rtsp

import (
	"math"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/vms"
)

func client(s *camsim.Server) *Client { return &Client{URL: s.URL(cam, vms.Main)} }

func runs(us []*media.Unit) map[vms.Instant]int {
	m := map[vms.Instant]int{}
	for _, u := range us {
		m[u.Run]++
	}
	return m
}

// TestOddStreamsLoseNothing: what is unusual but whole is written whole (C7, C16, C17).
func TestOddStreamsLoseNothing(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		mode camsim.Mode
		o    camsim.Options
		wrap bool
	}{
		{"no sprop", camsim.Mode{NoSprop: true}, camsim.Options{GOP: 5}, false},
		{"sets in the SDP only", camsim.Mode{OutOfBand: true}, camsim.Options{GOP: 5}, false},
		{"sets in the SDP only, b-frames", camsim.Mode{OutOfBand: true}, camsim.Options{GOP: 10, BFrames: 2}, false},
		{"sets twice", camsim.Mode{Duplicate: true}, camsim.Options{GOP: 5}, false},
		{"early marker", camsim.Mode{EarlyMarker: true}, camsim.Options{GOP: 5}, false},
		{"equal timestamps", camsim.Mode{SameTime: true}, camsim.Options{GOP: 5}, false},
		{"begins inside a GOP", camsim.Mode{MidGOP: true}, camsim.Options{GOP: 15}, false},
		{"no reports", camsim.Mode{NoReports: true}, camsim.Options{GOP: 5}, false},
		{"wrap", camsim.Mode{}, camsim.Options{GOP: 5}, true},
		{"wrap, h265", camsim.Mode{SameTime: true}, camsim.Options{GOP: 5, Codec: media.H265}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, camera := simulate(t, tc.o)
			camera.Change(func(m *camsim.Mode) { *m = tc.mode })
			if tc.wrap {
				camera.WrapIn(2 * time.Second)
			}
			r := run(t, client(s))
			us := r.wait(t, 60)
			require.Zero(t, checkUnits(t, us))
			require.Len(t, runs(us), 1)
		})
	}
}

// TestJumpsStartARun: no unit is lost, the new run begins at the next key frame (C8).
func TestJumpsStartARun(t *testing.T) {
	t.Parallel()
	for _, d := range []time.Duration{time.Hour, -time.Hour, 2 * time.Second, -2 * time.Second} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			s, camera := simulate(t, camsim.Options{GOP: 10})
			r := run(t, client(s))
			n := len(r.wait(t, 15))
			camera.Jump(d)
			us := r.wait(t, n+45)
			require.Zero(t, checkUnits(t, us))
			require.Len(t, runs(us), 2)
			for i, u := range us[1:] {
				st, _ := camsim.StampOf(u.NALs)
				require.InDelta(t, 0, u.At.Sub(st.At).Seconds(), 0.3)
				if u.Run == us[i].Run {
					require.Less(t, u.DTS-us[i].DTS, int64(media.ClockRate))
				}
			}
		})
	}
}

// TestCameraClockIsMeasuredNotBelieved (C9).
func TestCameraClockIsMeasuredNotBelieved(t *testing.T) {
	t.Parallel()
	for _, off := range []time.Duration{0, 365 * 24 * time.Hour, -40 * 365 * 24 * time.Hour} {
		s, camera := simulate(t, camsim.Options{GOP: 5})
		camera.Change(func(m *camsim.Mode) { m.ClockOffset = off })
		r := run(t, client(s))
		us := r.until(t, func(us []*media.Unit) bool { return r.Stats().Offsets > 0 && len(us) > 0 })
		require.InDelta(t, off.Seconds(), float64(r.Stats().Offset)/1e6, 0.05)
		require.InDelta(t, float64(vms.InstantOf(time.Now())), float64(us[len(us)-1].At), 1e6)
	}
}

// TestNewParametersMakeANewTrack: another size in mid-stream, without a unit lost (C6).
func TestNewParametersMakeANewTrack(t *testing.T) {
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	large := camsim.TestClip(t, camsim.Options{GOP: 5, Width: 640, Height: 360})
	small := camsim.TestClip(t, camsim.Options{GOP: 5})
	r := run(t, client(s))
	n := 0
	for i := range 6 {
		n = len(r.wait(t, n+12))
		camera.Play(vms.Main, []*camsim.Clip{large, small}[i%2])
	}
	us := r.wait(t, n+12)
	require.Zero(t, checkUnits(t, us))
	changes := 0
	for i, u := range us[1:] {
		if u.Track != us[i].Track {
			changes++
			require.True(t, u.Key)
			require.NotEqual(t, us[i].Track.Width, u.Track.Width)
		}
	}
	require.Equal(t, 6, changes)
}

// TestLossDropsOnlyWhatIsIncomplete: every unit written is bit for bit what was sent (C5).
func TestLossDropsOnlyWhatIsIncomplete(t *testing.T) {
	t.Parallel()
	for _, udp := range []bool{false, true} {
		s, camera := simulate(t, camsim.Options{GOP: 5, Bitrate: 2000})
		clip := camsim.TestClip(t, camsim.Options{GOP: 5, Bitrate: 2000})
		camera.Change(func(m *camsim.Mode) { m.Loss = 0.05 })
		r := run(t, &Client{URL: s.URL(cam, vms.Main), UDP: udp})
		us := r.wait(t, 60)
		missing := checkUnits(t, us)
		require.Positive(t, missing)
		st := r.Stats()
		share := float64(st.Lost) / float64(st.Lost+st.Packets)
		require.InDelta(t, 0.05, share, 0.03)
		require.Positive(t, st.Dropped)
		span := vms.Span{From: us[0].At.Add(-time.Second), To: us[len(us)-1].At.Add(time.Second)}
		sent := map[uint64]*media.Unit{}
		schedule := &camsim.Schedule{Library: camsim.Loop(clip, nil), Stamp: true}
		for u := range schedule.Footage(vms.Feed{Camera: cam, Stream: vms.Main}, span) {
			stamp, _ := camsim.StampOf(u.NALs)
			sent[stamp.Seq] = u
		}
		for _, u := range us[1:] { // nobody can tell what was lost before the first packet
			stamp, _ := camsim.StampOf(u.NALs)
			require.Equal(t, len(sent[stamp.Seq].NALs), len(u.NALs))
			for i, nal := range u.NALs {
				if _, ok := camsim.ParseStamp(nal); !ok {
					require.Equal(t, sent[stamp.Seq].NALs[i], nal)
				}
			}
		}
	}
}

// TestGarbageIsSurvived: noise costs at most the picture it falls into; lost framing at most the
// connection (C4).
func TestGarbageIsSurvived(t *testing.T) {
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	r := run(t, client(s))
	n := len(r.wait(t, 20))
	for range 10 {
		camera.Noise(1000)
		n = len(r.wait(t, n+3))
	}
	require.Zero(t, checkUnits(t, r.wait(t, n+20)))

	camera.Garbage(5000)
	limit := time.After(10 * time.Second)
	for n = len(r.all()); len(r.all()) < n+20; {
		select {
		case <-r.wake:
		case err := <-r.done:
			r.done <- err
			require.Contains(t, []vms.Cause{vms.Disconnected, vms.Stalled}, r.cause(t))
			return
		case <-limit:
			require.FailNow(t, "neither ended nor went on")
		}
	}
}

// TestHugeUnitIsDropped: at 8 MiB, and the stream goes on at the next key frame (C13).
func TestHugeUnitIsDropped(t *testing.T) {
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 15})
	r := run(t, client(s))
	n := len(r.wait(t, 20))
	camera.Huge(vms.Main, 20<<20)
	us := r.until(t, func(us []*media.Unit) bool { return r.Stats().Dropped > 0 && len(us) > n+20 })
	require.LessOrEqual(t, checkUnits(t, us), 16)
	for i, u := range us[1:] {
		a, _ := camsim.StampOf(us[i].NALs)
		if b, _ := camsim.StampOf(u.NALs); b.Seq != a.Seq+1 {
			require.True(t, u.Key)
		}
	}
}

func TestEndlessFragmentIsDropped(t *testing.T) {
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	r := run(t, client(s))
	n := len(r.wait(t, 20))
	camera.Change(func(m *camsim.Mode) { m.EndlessFU = true })
	r.until(t, func([]*media.Unit) bool { return r.Stats().Packets > 1000 || r.Stats().Dropped > 10 })
	camera.Change(func(m *camsim.Mode) { m.EndlessFU = false })
	checkUnits(t, r.wait(t, n+30))
}

// TestNoKeyFrameIsReported: nothing undecodable is written, the connection stays (C14).
func TestNoKeyFrameIsReported(t *testing.T) {
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	camera.Change(func(m *camsim.Mode) { m.NoKey = true })
	r := run(t, client(s))
	require.Equal(t, Event{Kind: Connected}, <-r.events)
	require.Equal(t, Event{Waiting, vms.NoKeyFrame}, <-r.events)
	require.Empty(t, r.all())
	camera.Change(func(m *camsim.Mode) { m.NoKey = false })
	require.Equal(t, Event{Kind: Flowing}, <-r.events)
	checkUnits(t, r.wait(t, 20))
}

func TestFallingSilentIsAStall(t *testing.T) { // C3
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	c := client(s)
	c.StallAfter = 2 * time.Second
	r := run(t, c)
	r.wait(t, 10)
	camera.Change(func(m *camsim.Mode) { m.Silent = true })
	began := time.Now()
	require.Equal(t, vms.Stalled, r.cause(t))
	require.InDelta(t, 2, time.Since(began).Seconds(), 0.5)
}

func TestResetIsADisconnection(t *testing.T) { // C1
	t.Parallel()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	r := run(t, client(s))
	r.wait(t, 10)
	camera.Disconnect()
	require.Equal(t, vms.Disconnected, r.cause(t))
}

// TestRedirectIsRefused: nobody else hears of us (C11).
func TestRedirectIsRefused(t *testing.T) {
	t.Parallel()
	honeypot, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	callers := make(chan net.Conn, 10)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := honeypot.Accept()
			if err != nil {
				return
			}
			callers <- c
		}
	}()
	s, camera := simulate(t, camsim.Options{GOP: 5})
	for _, permanent := range []bool{false, true} {
		for _, scheme := range []string{"rtsp", "rtsps"} {
			camera.Change(func(m *camsim.Mode) {
				m.User, m.Password = "u", "p"
				m.Redirect, m.Permanent = scheme+"://"+honeypot.Addr().String()+"/a1-01/main", permanent
			})
			r := run(t, &Client{URL: s.URL(cam, vms.Main), User: "u", Password: "p"})
			require.Equal(t, vms.Redirected, r.cause(t))
		}
	}
	require.NoError(t, honeypot.Close())
	<-done
	require.Empty(t, callers)
}

// TestPanicEndsThisConnectionOnly: our own fault, in a library's goroutine.
func TestPanicEndsThisConnectionOnly(t *testing.T) {
	t.Parallel()
	s, _ := simulate(t, camsim.Options{GOP: 5})
	c := client(s)
	c.Dial, c.Clock = loopback.Dial, vms.NewClock()
	err := c.Run(t.Context(), panicking{}, nil)
	var f *Failure
	require.ErrorAs(t, err, &f)
	require.Equal(t, vms.Panicked, f.Cause)
}

type panicking struct{}

func (panicking) WriteUnit(*media.Unit) error { panic("on purpose") }

func TestNTP(t *testing.T) {
	require.Equal(t, vms.Instant(0), fromNTP(2208988800<<32))
	require.Equal(t, vms.Instant(500_000), fromNTP(2208988800<<32|1<<31))
	require.Equal(t, vms.Instant(math.MaxUint32-2208988800)*1e6, fromNTP(math.MaxUint32<<32))
}
