package rtsp

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// script is a connection that says what it was told.
type script struct {
	net.Conn
	io.Reader
}

func (s script) Read(b []byte) (int, error) { return s.Reader.Read(b) }

func frame(channel byte, payload string) string {
	return string([]byte{'$', channel, byte(len(payload) >> 8), byte(len(payload))}) + payload
}

// listen returns what gortsplib and the sink get to see.
func listen(t *testing.T, r io.Reader) (messages string, rtp, rtcp []string) {
	t.Helper()
	tp := newTap(script{Reader: r})
	tp.sink.Store(&tapSink{channel: 2,
		rtp:  func(b []byte) { rtp = append(rtp, string(b)) },
		rtcp: func(b []byte) { rtcp = append(rtcp, string(b)) }})
	all, err := io.ReadAll(tp)
	require.NoError(t, err)
	return string(all), rtp, rtcp
}

func TestTapTakesFramesAndPassesMessages(t *testing.T) {
	const answer = "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"
	const body = "RTSP/1.0 200 OK\r\ncontent-length: 7\r\n\r\n$\x02\x00\x01abc"
	const request = "SET_PARAMETER rtsp://x RTSP/1.0\r\nCSeq: 9\r\n\r\n"
	large := "\x80" + string(bytes.Repeat([]byte{'x'}, 65000))
	in := answer + frame(2, "\x80one") + frame(3, "\x80sr") + body + frame(2, large) + frame(4, "\x80audio$\x02\x00\x01\x80") +
		"noise$\x04$\x02\x00\x05" + frame(2, "\x80two") + request + frame(2, "\x80three")
	for _, r := range []io.Reader{bytes.NewBufferString(in), iotest.OneByteReader(bytes.NewBufferString(in))} {
		messages, rtp, rtcp := listen(t, r)
		require.Equal(t, answer+body+request, messages)
		require.Equal(t, []string{"\x80one", large, "\x80two", "\x80three"}, rtp)
		require.Equal(t, []string{"\x80sr"}, rtcp)
	}
}

func TestTapFindsItsWayThroughGarbage(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	found := 0
	for range 200 {
		noise := make([]byte, 5000)
		for i := range noise {
			noise[i] = byte(rng.Uint32())
		}
		in := frame(2, "\x80a") + string(noise)
		for range 60 {
			in += frame(2, "\x80"+string(make([]byte, 1400)))
		}
		_, rtp, _ := listen(t, bytes.NewBufferString(in+frame(2, "\x80last")))
		if rtp[len(rtp)-1] == "\x80last" {
			found++
		}
	}
	require.Greater(t, found, 180)
}

func TestTapLimitsMessages(t *testing.T) {
	for _, in := range []string{
		"RTSP/1.0 200 OK\r\n" + string(bytes.Repeat([]byte("x: y\r\n"), 4000)),
		"RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n",
		"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
	} {
		_, err := io.ReadAll(newTap(script{Reader: bytes.NewBufferString(in)}))
		require.Error(t, err)
	}
}

func FuzzTap(f *testing.F) {
	f.Add([]byte("RTSP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc$\x02\x00\x02\x80\x60$"))
	f.Fuzz(func(t *testing.T, in []byte) {
		tp := newTap(script{Reader: bytes.NewReader(in)})
		tp.sink.Store(&tapSink{channel: 2, rtp: func([]byte) {}, rtcp: func([]byte) {}})
		_, _ = io.ReadAll(tp)
	})
}
