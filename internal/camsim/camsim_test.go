package camsim

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/media"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) {
	if clips := os.Getenv(benchServer); clips != "" {
		if err := serveBench(clips); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

func small(t *testing.T) *Clip { return TestClip(t, Options{FPS: 50, GOP: 5, Seconds: 1}) }

func startLoop(t *testing.T, main *Clip) *Server {
	return Start(t, Config{Schedule: &Schedule{Library: Loop(main, main), Stamp: true}})
}

// TestStreamIsWholeAndInOrder: sequence numbers and stamps without a hole, beginning at a key frame.
func TestStreamIsWholeAndInOrder(t *testing.T) {
	t.Parallel()
	clip := small(t)
	s := startLoop(t, clip)
	c := dial(t, s.URL("a1-01", vms.Main))
	require.Equal(t, 200, c.do("DESCRIBE", c.url).status)
	c.play()
	first := c.unit()
	require.Equal(t, byte(7), first.pkts[0].Payload[0]&0x1f, "begins with an SPS")
	seq, ts := first.pkts[0].SequenceNumber, first.ts
	st, ok := first.stamp()
	require.True(t, ok)
	require.Equal(t, vms.Feed{Camera: "a1-01", Stream: vms.Main}, st.Feed)
	require.InDelta(t, 0, time.Since(st.At.Time()).Seconds(), 1)
	seq += uint16(len(first.pkts))
	for range 2 * clip.Len() {
		u := c.unit()
		got, ok := u.stamp()
		require.True(t, ok)
		require.Equal(t, st.Seq+1, got.Seq)
		require.Equal(t, ts+uint32(clip.Frame), u.ts)
		require.Equal(t, seq, u.pkts[0].SequenceNumber)
		seq += uint16(len(u.pkts))
		st, ts = got, u.ts
	}
}

// TestFFmpegPlaysIt: an independent client decodes every codec over both transports without a complaint.
func TestFFmpegPlaysIt(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, transport string
		o               Options
	}{
		{"h264 tcp", "tcp", Options{FPS: 30, GOP: 5}},
		{"h264 udp", "udp", Options{FPS: 30, GOP: 5}},
		{"b-frames", "tcp", Options{FPS: 30, GOP: 10, BFrames: 2}},
		{"h265", "tcp", Options{FPS: 30, GOP: 5, Codec: media.H265}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := startLoop(t, TestClip(t, tc.o))
			s.Camera("a1-01").Change(func(m *Mode) { m.User, m.Password = "u", "p" })
			url := strings.Replace(s.URL("a1-01", vms.Main), "://", "://u:p@", 1)
			out := ffmpeg(t, "-rtsp_transport", tc.transport, "-analyzeduration", "500000", "-i", url, "-frames:v", "30", "-f", "null", "-")
			require.Empty(t, out)
		})
	}
}

// ffmpeg returns what it complained about.
func ffmpeg(t *testing.T, args ...string) string {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "ffmpeg", append([]string{"-hide_banner", "-loglevel", "warning"}, args...)...).CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}
