package camsim

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/media"
	"yagura/internal/vms"
)

func TestStampSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Stamp{
			Feed: vms.Feed{
				Camera: vms.CameraID(rapid.StringMatching(`[a-z0-9-]{1,32}`).Draw(t, "id")),
				Stream: rapid.SampledFrom([]vms.Stream{vms.Main, vms.Sub}).Draw(t, "stream"),
			},
			Seq: rapid.Uint64().Draw(t, "seq"), At: vms.Instant(rapid.Int64().Draw(t, "at")),
		}
		for _, codec := range []media.Codec{media.H264, media.H265} {
			nal := appendStamp(nil, codec, want)
			got, ok := ParseStamp(nal)
			if !ok || got != want {
				t.Fatalf("%+v came back as %+v, %v", want, got, ok)
			}
			if plain := h264.EmulationPreventionRemove(nal); string(plain) != string(nal) {
				t.Fatal("a decoder would read other bytes")
			}
		}
	})
}

func FuzzParseStamp(f *testing.F) {
	whole := appendStamp(nil, media.H264, Stamp{Feed: vms.Feed{Camera: "a", Stream: vms.Main}})
	for i := range whole {
		f.Add(whole[:i])
	}
	f.Fuzz(func(_ *testing.T, b []byte) { ParseStamp(b) })
}

// TestPacketsJoinToTheUnit: depacketised by the book, the packets are the NAL unit again.
func TestPacketsJoinToTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nal := append([]byte{0x65, 0x01}, rapid.SliceOfN(rapid.Byte(), 1, 5000).Draw(t, "nal")...)
		for codec, head := range map[media.Codec]int{media.H264: 1, media.H265: 2} {
			var got []byte
			packets := appendPackets(nil, codec, nal)
			for i, p := range packets {
				if int(p.n)+len(p.body) > maxPayload {
					t.Fatalf("packet of %d bytes", int(p.n)+len(p.body))
				}
				if last := p.n; last > 0 && (p.head[last-1]&0x80 != 0) != (i == 0) || last > 0 && (p.head[last-1]&0x40 != 0) != (i == len(packets)-1) {
					t.Fatalf("packet %d of %d has fragment header %x", i, len(packets), p.head)
				}
				got = append(got, p.body...)
			}
			if len(packets) > 1 {
				got = append(nal[:head:head], got...)
			}
			if string(got) != string(nal) {
				t.Fatalf("%s: %d bytes in, %d out", codec, len(nal), len(got))
			}
		}
	})
}

// TestLiveIsTheFootage: what a session is sent is what Footage says was shown then.
func TestLiveIsTheFootage(t *testing.T) {
	t.Parallel()
	clip := small(t)
	sched := &Schedule{Library: Loop(clip, clip), Seed: 7, Stamp: true}
	s := Start(t, Config{Schedule: sched})
	c := dial(t, s.URL("a1-01", vms.Main))
	c.play()
	type moment struct {
		Stamp
		size int // of the first NAL unit
	}
	var live []moment
	for range 60 {
		u := c.unit()
		live = append(live, moment{mustStamp(t, u), len(u.pkts[0].Payload)})
	}
	var want []moment
	span := vms.Span{From: live[0].At, To: live[59].At + 1}
	for u := range sched.Footage(vms.Feed{Camera: "a1-01", Stream: vms.Main}, span) {
		st, _ := StampOf(u.NALs)
		m := moment{st, len(u.NALs[0])}
		want = append(want, m)
	}
	require.Equal(t, want, live)
}

func TestBarsCanBeRead(t *testing.T) {
	t.Parallel()
	o := Options{Width: 320, Height: 180, FPS: 10, Seconds: 2, First: 0xa5a5f0}
	for _, codec := range []media.Codec{media.H264, media.H265} {
		o.Codec = codec
		path, err := TestFile(t.Context(), o)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		raw, err := exec.CommandContext(ctx, "ffmpeg", "-loglevel", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-").Output()
		require.NoError(t, err)
		const size = 320 * 180
		require.Len(t, raw, 20*size)
		for i := range 20 {
			require.Equal(t, o.First+i, ReadBars(raw[i*size:][:size], 320, 180))
		}
	}
}

func TestControl(t *testing.T) {
	s := startLoop(t, small(t))
	ctl := httptest.NewServer(s.Control())
	defer ctl.Close()
	call := func(method, path, body string) int {
		req, err := http.NewRequestWithContext(t.Context(), method, ctl.URL+path, strings.NewReader(body))
		require.NoError(t, err)
		res, err := ctl.Client().Do(req)
		require.NoError(t, err)
		res.Body.Close()
		return res.StatusCode
	}
	require.Equal(t, 200, call("PATCH", "/cameras/a1-01", `{"silent": true, "loss": 0.5}`))
	require.Equal(t, Mode{Silent: true, Loss: 0.5}, s.Camera("a1-01").Mode())
	require.Equal(t, 400, call("PATCH", "/cameras/a1-01", `{"quiet": true}`))
	require.Equal(t, Mode{Silent: true, Loss: 0.5}, s.Camera("a1-01").Mode())
	require.Equal(t, 200, call("GET", "/cameras/a1-01", ""))
	require.Equal(t, 404, call("GET", "/cameras/A1", ""))
	for _, deed := range []string{"disconnect", "jump?by=1h", "wrap?by=5s", "garbage?by=10", "noise?by=10", "huge?by=10&stream=sub", "skip?by=3"} {
		require.Equal(t, 200, call("POST", "/cameras/a1-01/"+deed, ""), deed)
	}
	require.Equal(t, 400, call("POST", "/cameras/a1-01/jump?by=far", ""))
	require.Equal(t, 400, call("POST", "/cameras/a1-01/dance", ""))
	require.Equal(t, 200, call("POST", "/down", ""))
	require.Equal(t, 200, call("POST", "/up", ""))
}

func TestParseClipRefusesWhatIsNone(t *testing.T) {
	for _, b := range []string{"", "no", "\x00\x00\x00\x08ftyp", "\x00\x00\x00\x08moov"} {
		_, err := ParseClip([]byte(b))
		require.Error(t, err)
	}
}

func FuzzReadRequest(f *testing.F) {
	f.Add([]byte("SETUP rtsp://h/a1-01/main/trackID=0?x RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP;client_port=1-2\r\n\r\n"))
	f.Add([]byte("DESCRIBE * RTSP/1.0\r\nContent-Length: 3\r\n\r\nabc"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		req, err := readRequest(bufio.NewReader(bytes.NewReader(b)))
		if err != nil {
			return
		}
		pair(req.head.Get("Transport"), "client_port=")
		parameters(req.head.Get("Authorization"))
	})
}

func TestSkipShowsInStampsOnly(t *testing.T) {
	s := startLoop(t, small(t))
	s.Camera("a1-01").Change(func(m *Mode) { m.MidGOP = true })
	c := dial(t, s.URL("a1-01", vms.Main))
	c.play()
	last := c.unit()
	s.Camera("a1-01").Skip(3)
	for {
		u := c.unit()
		require.Equal(t, last.pkts[len(last.pkts)-1].SequenceNumber+1, u.pkts[0].SequenceNumber)
		if step := mustStamp(t, u).Seq - mustStamp(t, last).Seq; step != 1 {
			require.Equal(t, uint64(4), step)
			return
		}
		last = u
	}
}

// TestOutletNeverWaits: a reader that does not read is behind at last, and then gets all it was promised.
func TestOutletNeverWaits(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	out, err := net.Dial("tcp", ln.Addr().String())
	require.NoError(t, err)
	in, err := ln.Accept()
	require.NoError(t, err)
	defer in.Close()
	var work sync.WaitGroup
	o, err := newOutlet(out.(*net.TCPConn), &work)
	require.NoError(t, err)
	chunk := bytes.Repeat([]byte("0123456789abcdef"), 1<<18)
	taken := 0
	for err == nil {
		if err = o.write(chunk); err == nil {
			taken += len(chunk)
		}
	}
	require.ErrorIs(t, err, errBehind)
	require.Greater(t, taken, maxBacklog)
	got := make([]byte, taken)
	_, err = io.ReadFull(in, got)
	require.NoError(t, err)
	require.True(t, bytes.Equal(bytes.Repeat(chunk, taken/len(chunk)), got))
	work.Wait()
	require.NoError(t, o.write([]byte("x")))
	out.Close()
	require.Error(t, o.write([]byte("x")))
}
