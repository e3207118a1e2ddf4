package camsim

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"
)

// testClient speaks just enough RTSP to see what goes over the wire, right or wrong.
type testClient struct {
	t    *testing.T
	c    net.Conn
	br   *bufio.Reader
	url  string
	auth string // Authorization header of every request
	sess string
	cseq int
}

func dial(t *testing.T, url string) *testClient {
	host, _, _ := strings.Cut(strings.TrimPrefix(url, "rtsp://"), "/")
	c, err := net.Dial("tcp", host)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
	return &testClient{t: t, c: c, br: bufio.NewReaderSize(c, 1<<16), url: url}
}

type answer struct {
	status int
	head   textproto.MIMEHeader
	body   string
}

func (c *testClient) send(method, url string, head ...string) {
	c.cseq++
	req := fmt.Sprintf("%s %s RTSP/1.0\r\nCSeq: %d\r\n", method, url, c.cseq)
	if c.auth != "" {
		req += "Authorization: " + c.auth + "\r\n"
	}
	if c.sess != "" {
		req += "Session: " + c.sess + "\r\n"
	}
	for _, h := range head {
		req += h + "\r\n"
	}
	_, err := io.WriteString(c.c, req+"\r\n")
	require.NoError(c.t, err)
}

// do sends a request and returns the answer; media in between is skipped.
func (c *testClient) do(method, url string, head ...string) answer {
	c.send(method, url, head...)
	for {
		b, err := c.br.Peek(1)
		require.NoError(c.t, err)
		if b[0] != '$' {
			break
		}
		_, _, err = c.frame()
		require.NoError(c.t, err)
	}
	tr := textproto.NewReader(c.br)
	line, err := tr.ReadLine()
	require.NoError(c.t, err)
	status, err := strconv.Atoi(strings.Fields(line)[1])
	require.NoError(c.t, err, line)
	h, err := tr.ReadMIMEHeader()
	require.NoError(c.t, err)
	n, _ := strconv.Atoi(h.Get("Content-Length"))
	body := make([]byte, n)
	_, err = io.ReadFull(c.br, body)
	require.NoError(c.t, err)
	return answer{status, h, string(body)}
}

// play goes through SETUP and PLAY over TCP.
func (c *testClient) play() {
	a := c.do("SETUP", c.url+"/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
	require.Equal(c.t, 200, a.status)
	c.sess, _, _ = strings.Cut(a.head.Get("Session"), ";")
	require.Equal(c.t, 200, c.do("PLAY", c.url).status)
}

// frame reads one interleaved frame.
func (c *testClient) frame() (channel byte, payload []byte, err error) {
	var head [4]byte
	if _, err := io.ReadFull(c.br, head[:]); err != nil {
		return 0, nil, err
	}
	if head[0] != '$' {
		return 0, nil, fmt.Errorf("framing lost: %q", head)
	}
	b := make([]byte, binary.BigEndian.Uint16(head[2:]))
	_, err = io.ReadFull(c.br, b)
	return head[1], b, err
}

// packet returns the next RTP packet, skipping reports.
func (c *testClient) packet() *rtp.Packet {
	for {
		ch, b, err := c.frame()
		require.NoError(c.t, err)
		if ch == 0 {
			var p rtp.Packet
			require.NoError(c.t, p.Unmarshal(b))
			return &p
		}
	}
}

// report returns the next sender report, skipping RTP.
func (c *testClient) report() *rtcp.SenderReport {
	for {
		ch, b, err := c.frame()
		require.NoError(c.t, err)
		if ch != 1 {
			continue
		}
		ps, err := rtcp.Unmarshal(b)
		require.NoError(c.t, err)
		if sr, ok := ps[0].(*rtcp.SenderReport); ok {
			return sr
		}
	}
}

type testUnit struct {
	ts   uint32
	pkts []*rtp.Packet
}

// stamp finds the stamp among the unit's packets.
func (u testUnit) stamp() (Stamp, bool) {
	for _, p := range u.pkts {
		if s, ok := ParseStamp(p.Payload); ok {
			return s, true
		}
	}
	return Stamp{}, false
}

// unit returns the packets up to the next marker.
func (c *testClient) unit() testUnit {
	var u testUnit
	for {
		p := c.packet()
		u.ts = p.Timestamp
		u.pkts = append(u.pkts, p)
		if p.Marker {
			return u
		}
	}
}
