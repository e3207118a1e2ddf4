package camsim

import (
	"bytes"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const id = vms.CameraID("a1-01")

// watch starts a server and a session on camera a1-01's main stream, in the mode given.
func watch(t *testing.T, clip *Clip, m Mode) (*Server, *testClient) {
	s := Start(t, Config{Schedule: &Schedule{Library: Loop(clip, clip), Stamp: true}, Mode: m})
	c := dial(t, s.URL(id, vms.Main))
	c.play()
	return s, c
}

func mustStamp(t *testing.T, u testUnit) Stamp {
	t.Helper()
	s, ok := u.stamp()
	require.True(t, ok)
	return s
}

func TestRequestsAreAnsweredAsAsked(t *testing.T) {
	for _, tc := range []struct {
		name   string
		mode   Mode
		status int
		head   string // what the answer to DESCRIBE holds
		body   string
		absent string
	}{
		{"plain", Mode{}, 200, "", "sprop-parameter-sets=", "m=audio"},
		{"redirect", Mode{Redirect: "rtsp://192.0.2.1/x"}, 302, "rtsp://192.0.2.1/x", "", "v=0"},
		{"moved", Mode{Redirect: "rtsp://192.0.2.1/x", Permanent: true}, 301, "rtsp://192.0.2.1/x", "", "v=0"},
		{"refuse", Mode{Refuse: true}, 401, "Digest realm", "", "v=0"},
		{"basic", Mode{User: "u", Auth: AuthBasic}, 401, "Basic realm", "", "v=0"},
		{"sha", Mode{User: "u", Auth: AuthSHA256}, 401, "algorithm=SHA-256", "", "v=0"},
		{"no sprop", Mode{NoSprop: true}, 200, "", "H264/90000", "sprop"},
		{"jpeg", Mode{Announce: "JPEG/90000"}, 200, "", "JPEG/90000", "H264"},
		{"audio", Mode{Audio: true}, 200, "", "m=audio", "m=text"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := Start(t, Config{Schedule: &Schedule{Library: Loop(small(t), nil)}, Mode: tc.mode})
			c := dial(t, s.URL(id, vms.Main))
			a := c.do("DESCRIBE", c.url)
			require.Equal(t, tc.status, a.status)
			var head strings.Builder
			for _, v := range a.head {
				head.WriteString(strings.Join(v, "\n"))
			}
			require.Contains(t, head.String(), tc.head)
			require.Contains(t, a.body, tc.body)
			require.NotContains(t, a.body, tc.absent)
		})
	}
}

func TestCredentialsAreCounted(t *testing.T) {
	s := Start(t, Config{Schedule: &Schedule{Library: Loop(small(t), nil)}, Mode: Mode{User: "u", Password: "p", Auth: AuthAny}})
	c := dial(t, s.URL(id, vms.Main))
	require.Equal(t, 200, c.do("OPTIONS", c.url).status)
	require.Equal(t, 401, c.do("DESCRIBE", c.url).status)
	c.auth = "Basic dTpx" // u:q
	require.Equal(t, 401, c.do("DESCRIBE", c.url).status)
	c.auth = "Basic dTpw" // u:p
	require.Equal(t, 200, c.do("DESCRIBE", c.url).status)
	s.Camera(id).Change(func(m *Mode) { m.Refuse = true })
	require.Equal(t, 401, c.do("DESCRIBE", c.url).status)
	st := s.Camera(id).Stats()
	require.Equal(t, []int64{1, 4, 3, 2}, []int64{st.Connections, st.Describes, st.Tries, st.Refused})
}

func TestDigest(t *testing.T) {
	for _, tc := range []struct {
		auth Auth
		hash func(string) string
		more string
	}{{AuthMD5, md5Hex, ""}, {AuthSHA256, sha256Hex, ", algorithm=SHA-256"}} {
		s := Start(t, Config{Schedule: &Schedule{Library: Loop(small(t), nil)}, Mode: Mode{User: "u", Password: "p", Auth: tc.auth}})
		c := dial(t, s.URL(id, vms.Main))
		nonce := parameters(strings.TrimPrefix(c.do("DESCRIBE", c.url).head.Get("Www-Authenticate"), "Digest "))["nonce"]
		for password, want := range map[string]int{"p": 200, "q": 401} {
			response := tc.hash(tc.hash("u:camsim:"+password) + ":" + nonce + ":" + tc.hash("DESCRIBE:"+c.url))
			c.auth = `Digest username="u", realm="camsim", nonce="` + nonce + `", uri="` + c.url + `", response="` + response + `"` + tc.more
			require.Equal(t, want, c.do("DESCRIBE", c.url).status, tc.auth)
		}
	}
}

func TestSilentAndBack(t *testing.T) {
	t.Parallel()
	s, c := watch(t, small(t), Mode{})
	last := mustStamp(t, c.unit())
	s.Camera(id).Change(func(m *Mode) { m.Silent = true })
	require.NoError(t, c.c.SetReadDeadline(time.Now().Add(300*time.Millisecond)))
	for {
		if _, _, err := c.frame(); err != nil { // what was on its way, then nothing
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			break
		}
	}
	require.NoError(t, c.c.SetReadDeadline(time.Now().Add(5*time.Second)))
	require.Equal(t, 200, c.do("GET_PARAMETER", c.url).status, "keep-alives are answered")
	s.Camera(id).Change(func(m *Mode) { m.Silent = false })
	require.Greater(t, mustStamp(t, c.unit()).Seq, last.Seq+10, "the time without pictures shows")
}

func TestDeaf(t *testing.T) {
	t.Parallel()
	s, c := watch(t, small(t), Mode{})
	c.unit()
	s.Camera(id).Change(func(m *Mode) { m.Deaf, m.Silent = true, true })
	c.send("GET_PARAMETER", c.url)
	require.NoError(t, c.c.SetReadDeadline(time.Now().Add(300*time.Millisecond)))
	for err := error(nil); err == nil; {
		_, _, err = c.frame()
		require.NotErrorIs(t, err, io.EOF, "the connection stays open")
	}
}

func TestDisconnectDownAndUp(t *testing.T) {
	s, c := watch(t, small(t), Mode{})
	c.unit()
	require.Equal(t, 1, s.Camera(id).Sessions(vms.Main))
	require.Equal(t, 1, s.Camera(id).Disconnect())
	for err := error(nil); err == nil; {
		_, _, err = c.frame()
	}
	s.Down()
	_, err := net.Dial("tcp", s.Addr())
	require.Error(t, err)
	require.NoError(t, s.Up())
	c = dial(t, s.URL(id, vms.Main))
	c.play()
	c.unit()

	s.Camera(id).Change(func(m *Mode) { m.Down = true })
	d := dial(t, s.URL(id, vms.Main))
	d.send("DESCRIBE", d.url)
	_, err = d.br.Peek(1)
	require.Error(t, err)
}

func TestLoss(t *testing.T) {
	t.Parallel()
	s, c := watch(t, small(t), Mode{Loss: 0.2})
	var got, want int
	next := c.packet().SequenceNumber + 1
	for want < 500 {
		p := c.packet()
		want += int(p.SequenceNumber-next) + 1
		next = p.SequenceNumber + 1
		got++
	}
	require.InDelta(t, 0.8, float64(got)/float64(want), 0.08)
	st := s.Camera(id).Stats()
	require.InDelta(t, 0.2, float64(st.Lost)/float64(st.Lost+st.Packets), 0.08)
}

// TestPlayChangesParameterSets: the other clip begins with its own SPS, and no stamp is missing.
func TestPlayChangesParameterSets(t *testing.T) {
	one, two := small(t), TestClip(t, Options{FPS: 25, Width: 480, Height: 270, GOP: 5, Seconds: 1})
	s, c := watch(t, one, Mode{})
	last := mustStamp(t, c.unit()).Seq
	for i := range 6 {
		next := []*Clip{two, one}[i%2]
		s.Camera(id).Play(vms.Main, next)
		var u testUnit
		for u.pkts == nil || !bytes.Equal(u.pkts[0].Payload, next.Track.SPS) {
			u = c.unit()
			require.Equal(t, last+1, mustStamp(t, u).Seq)
			last++
		}
	}
}

func TestTimestamps(t *testing.T) {
	t.Parallel()
	clip := small(t)
	s, c := watch(t, clip, Mode{})
	ts := c.unit().ts
	for _, jump := range []time.Duration{time.Hour, -time.Hour} {
		s.Camera(id).Jump(jump)
		for step := uint32(clip.Frame); step == uint32(clip.Frame); {
			next := c.unit().ts
			step = next - ts
			if step != uint32(clip.Frame) {
				require.Equal(t, uint32(media.ToTicks(jump)+clip.Frame), step)
			}
			ts = next
		}
	}
	s.Camera(id).WrapIn(500 * time.Millisecond)
	for ts = c.unit().ts; ts < 1<<32-media.ClockRate; ts = c.unit().ts {
	}
	for n := 0; ; n++ {
		next := c.unit().ts
		require.Equal(t, uint32(clip.Frame), next-ts)
		require.Less(t, n, 50)
		if next < ts {
			return
		}
		ts = next
	}
}

func TestReportsTellTheCamerasClock(t *testing.T) {
	t.Parallel()
	for _, offset := range []time.Duration{0, -90 * time.Second, 365 * 24 * time.Hour} {
		_, c := watch(t, small(t), Mode{ClockOffset: offset})
		sr := c.report()
		u := c.unit()
		at := time.Unix(int64(sr.NTPTime>>32)-ntpEpoch, int64(sr.NTPTime&0xffffffff*1e9>>32))
		at = at.Add(media.Ticks(int64(int32(u.ts - sr.RTPTime))))
		require.WithinDuration(t, mustStamp(t, u).At.Time().Add(offset), at, time.Millisecond)
	}
}

func TestHugeUnitHindersNobody(t *testing.T) {
	t.Parallel()
	const size = 20 << 20
	s, slow := watch(t, small(t), Mode{})
	quick := dial(t, s.URL(id, vms.Sub))
	quick.play()
	last := mustStamp(t, quick.unit()).Seq
	s.Camera(id).Huge(vms.Main, size)
	for range 50 { // slow does not read meanwhile
		u := mustStamp(t, quick.unit())
		require.Equal(t, last+1, u.Seq)
		require.Less(t, time.Since(u.At.Time()), time.Second)
		last++
	}
	last = mustStamp(t, slow.unit()).Seq
	for n := 0; n < size; last++ {
		u := slow.unit()
		require.Equal(t, last+1, mustStamp(t, u).Seq)
		n = 0
		for _, p := range u.pkts {
			n += len(p.Payload)
		}
	}
}

func TestGarbageAndNoise(t *testing.T) {
	s, c := watch(t, small(t), Mode{})
	c.unit()
	s.Camera(id).Noise(200)
	for ok := true; ok; {
		ch, b, err := c.frame()
		require.NoError(t, err, "noise keeps the framing")
		var p rtp.Packet
		ok = ch != 0 || p.Unmarshal(b) == nil && p.Version == 2 && p.PayloadType == payloadType
	}
	c.unit()
	s.Camera(id).Garbage(5000)
	for err := error(nil); err == nil; {
		_, _, err = c.frame()
	}
}

func TestEndlessFragments(t *testing.T) {
	t.Parallel()
	s, c := watch(t, small(t), Mode{})
	c.unit()
	s.Camera(id).Change(func(m *Mode) { m.EndlessFU = true })
	for c.packet().Payload[0]&0x1f != 28 {
	}
	for range 100 {
		p := c.packet()
		require.False(t, p.Marker)
		require.Equal(t, byte(28), p.Payload[0]&0x1f)
		require.Zero(t, p.Payload[1]&0xc0, "neither begins nor ends")
	}
}

func TestParameterSetsInStream(t *testing.T) {
	t.Parallel()
	kinds := func(m Mode) string {
		_, c := watch(t, small(t), m)
		var out []byte
		for range 6 {
			for _, p := range c.unit().pkts {
				out = append(out, "0123456789"[p.Payload[0]&0x1f%10])
			}
		}
		return string(out)
	}
	require.True(t, strings.HasPrefix(kinds(Mode{}), "786"))
	require.True(t, strings.HasPrefix(kinds(Mode{Duplicate: true}), "78786"))
	require.NotContains(t, kinds(Mode{OutOfBand: true}), "7")
	require.NotContains(t, kinds(Mode{NoKey: true}), "5")
}

func TestEarlyMarkerAndSameTime(t *testing.T) {
	clip := small(t)
	_, c := watch(t, clip, Mode{EarlyMarker: true})
	for range 5 {
		if p := c.packet(); p.Payload[0]&0x1f >= 6 && p.Payload[0]&0x1f <= 8 {
			require.True(t, p.Marker)
		}
	}
	_, c = watch(t, clip, Mode{SameTime: true})
	seen := map[uint32]int{}
	for range 10 {
		seen[c.unit().ts]++
	}
	require.Less(t, len(seen), 7)
}

func TestSessionWithoutKeepAliveEnds(t *testing.T) {
	t.Parallel()
	s := Start(t, Config{Schedule: &Schedule{Library: Loop(small(t), nil)}, Timeout: time.Second})
	c := dial(t, s.URL(id, vms.Main))
	c.play()
	began := time.Now()
	for err := error(nil); err == nil; {
		_, _, err = c.frame()
	}
	require.InDelta(t, 1, time.Since(began).Seconds(), 0.5)
}

func TestUDPTransportOrNone(t *testing.T) {
	s, c := watch(t, small(t), Mode{})
	s.Camera(id).Change(func(m *Mode) { m.NoTCP = true })
	d := dial(t, c.url)
	require.Equal(t, 461, d.do("SETUP", d.url+"/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1").status)
	a := d.do("SETUP", d.url+"/trackID=0", "Transport: RTP/AVP;unicast;client_port=40000-40001")
	require.Equal(t, 200, a.status)
	require.Contains(t, a.head.Get("Transport"), "server_port=")
}
