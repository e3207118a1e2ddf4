package camsim

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	videoTrack = "trackID=0"
	audioTrack = "trackID=1"
	methods    = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
)

// handle fills in the answer; what it returns is done after the answer is written.
func (c *conn) handle(cam *Camera, m *Mode, req *request, res *reply) (then func()) {
	switch req.method {
	case "OPTIONS":
		res.add("Public", methods)
	case "DESCRIBE":
		c.describe(cam, m, req, res)
	case "SETUP":
		c.setup(cam, m, req, res)
	case "PLAY":
		return c.play(req, res)
	case "PAUSE", "TEARDOWN":
		c.end(req, res)
	case "GET_PARAMETER", "SET_PARAMETER":
		if c.session != nil {
			res.add("Session", c.session.id)
		}
	default:
		res.status = 405
		res.add("Allow", methods)
	}
	return nil
}

func (c *conn) describe(cam *Camera, m *Mode, req *request, res *reply) {
	feed := cam.feeds[req.stream]
	switch {
	case m.Redirect != "":
		res.status = 302
		if m.Permanent {
			res.status = 301
		}
		res.add("Location", m.Redirect)
	case feed == nil:
		res.status = 404
	default:
		base, _, _ := strings.Cut(req.url, "?")
		res.add("Content-Base", strings.TrimSuffix(base, "/")+"/")
		res.add("Content-Type", "application/sdp")
		res.body = sdp(feed.clip(), m)
	}
}

// sdp describes a stream (RFC 4566; RFC 6184 8.2.1, RFC 7798 7.2.1).
func sdp(c *Clip, m *Mode) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camsim\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\na=range:npt=now-")
	line("m=video 0 RTP/AVP %d", payloadType)
	t, enc := c.Track, base64.StdEncoding.EncodeToString
	switch {
	case m.Announce != "":
		line("a=rtpmap:%d %s", payloadType, m.Announce)
	case t.Codec == media.H265:
		line("a=rtpmap:%d H265/90000", payloadType)
		if !m.NoSprop {
			line("a=fmtp:%d sprop-vps=%s; sprop-sps=%s; sprop-pps=%s", payloadType, enc(t.VPS), enc(t.SPS), enc(t.PPS))
		}
	default:
		line("a=rtpmap:%d H264/90000", payloadType)
		sprop := ""
		if !m.NoSprop {
			sprop = "; sprop-parameter-sets=" + enc(t.SPS) + "," + enc(t.PPS)
		}
		line("a=fmtp:%d packetization-mode=1; profile-level-id=%s%s", payloadType, hex.EncodeToString(t.SPS[1:4]), sprop)
	}
	line("a=framerate:%.3f", float64(media.ClockRate)/float64(c.Frame))
	line("a=control:%s", videoTrack)
	if m.Audio {
		line("m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=control:%s", audioTrack)
	}
	return b.String()
}

func (c *conn) setup(cam *Camera, m *Mode, req *request, res *reply) {
	feed := cam.feeds[req.stream]
	switch {
	case feed == nil, req.track != videoTrack && (req.track != audioTrack || !m.Audio):
		res.status = 404
		return
	case c.session != nil && (c.session.feed != feed || req.head.Get("Session") == ""):
		res.status = 455 // one session on a connection
		return
	}
	s := c.session
	if s == nil {
		s = &session{id: token()[:16], conn: c, feed: feed, ssrc: random32(), seq: uint16(random32())}
		s.alive.Store(int64(vms.InstantOf(time.Now())))
	}
	if req.track == audioTrack {
		cam.count.audio.Add(1)
		res.add("Transport", req.head.Get("Transport")) // accepted; nothing is ever sent on it
	} else if t := c.transport(s, m, req.head.Get("Transport")); t != "" {
		res.add("Transport", t)
	} else {
		res.status = 461
		return
	}
	c.session = s
	res.add("Session", s.id+";timeout="+strconv.Itoa(max(1, int(c.srv.cfg.Timeout.Seconds()))))
}

// transport takes the first offer it can serve (RFC 2326 12.39) and returns the header that says so, or "".
func (c *conn) transport(s *session, m *Mode, offers string) string {
	for offer := range strings.SplitSeq(offers, ",") {
		offer = strings.TrimSpace(offer)
		switch {
		case strings.Contains(offer, "multicast"):
		case strings.HasPrefix(offer, "RTP/AVP/TCP") && !m.NoTCP:
			a, _ := pair(offer, "interleaved=")
			if a < 0 || a > 254 {
				a = 0
			}
			s.channel = byte(a)
			return fmt.Sprintf("RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X", a, a+1, s.ssrc)
		case !strings.HasPrefix(offer, "RTP/AVP/TCP") && strings.HasPrefix(offer, "RTP/AVP") && !m.NoUDP:
			if t := c.udpTransport(s, offer); t != "" {
				return t
			}
		}
	}
	return ""
}

func (c *conn) udpTransport(s *session, offer string) string {
	a, b := pair(offer, "client_port=")
	if a < 1 || b > 65535 {
		return ""
	}
	port, err := c.srv.udp.open(c.tcp.LocalAddr().(*net.TCPAddr).IP, &c.srv.work)
	if err != nil {
		c.srv.cfg.Log.Warn("no UDP ports", "err", err)
		return ""
	}
	peer := c.tcp.RemoteAddr().(*net.TCPAddr).AddrPort().Addr()
	s.udp, s.udpRTCP = netip.AddrPortFrom(peer, uint16(a)), netip.AddrPortFrom(peer, uint16(b))
	return fmt.Sprintf("RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d;ssrc=%08X", a, b, port, port+1, s.ssrc)
}

// pair reads "name=a-b" from a Transport header; a is −1 where there is none.
func pair(offer, name string) (a, b int) {
	_, rest, ok := strings.Cut(offer, name)
	if !ok {
		return -1, -1
	}
	rest, _, _ = strings.Cut(rest, ";")
	from, to, ranged := strings.Cut(rest, "-")
	a, err := strconv.Atoi(from)
	if err != nil {
		return -1, -1
	}
	b = a + 1
	if ranged {
		if b, err = strconv.Atoi(to); err != nil {
			return -1, -1
		}
	}
	return a, b
}

// play starts the session behind the answer, so that no packet overtakes it.
func (c *conn) play(req *request, res *reply) func() {
	s := c.session
	if s == nil || !sameSession(req, s) {
		res.status = 454
		return nil
	}
	res.add("Session", s.id)
	res.add("Range", "npt=now-")
	if s.playing {
		return nil
	}
	s.playing = true
	res.add("RTP-Info", fmt.Sprintf("url=%s/%s;seq=%d", strings.TrimSuffix(req.url, "/"), videoTrack, s.seq))
	return func() { s.feed.attach(s) }
}

func sameSession(req *request, s *session) bool {
	id, _, _ := strings.Cut(req.head.Get("Session"), ";")
	return strings.TrimSpace(id) == s.id
}

// end pauses or tears down the session.
func (c *conn) end(req *request, res *reply) {
	s := c.session
	if s == nil || !sameSession(req, s) {
		res.status = 454
		return
	}
	s.feed.detach(s)
	s.playing = false
	if req.method == "TEARDOWN" {
		c.session = nil
		return
	}
	res.add("Session", s.id)
}
