package whep_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/stream"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

const patience = 10 * time.Second

var (
	h264 = &media.Track{Codec: media.H264, SPS: []byte{0x67, 0x64, 0, 0x1f, 1, 2, 3}, PPS: []byte{0x68, 1, 2, 3}, Width: 1280, Height: 720}
	h265 = &media.Track{Codec: media.H265, VPS: []byte{32 << 1, 1, 9}, SPS: []byte{33 << 1, 1, 9}, PPS: []byte{34 << 1, 1, 9}}
)

// picture makes access unit number id; its number is in its bytes.
func picture(t *media.Track, id int, key bool, at vms.Instant, size int) *media.Unit {
	nal := make([]byte, max(size, 16))
	switch {
	case t.Codec == media.H265 && key:
		nal[0], nal[1] = 19<<1, 1
	case t.Codec == media.H265:
		nal[0], nal[1] = 1<<1, 1
	case key:
		nal[0] = 0x65
	default:
		nal[0] = 0x41
	}
	binary.BigEndian.PutUint64(nal[2:], uint64(id)|1<<62)
	for i := 10; i < len(nal); i++ {
		nal[i] = byte(i)
	}
	return &media.Unit{Track: t, PTS: int64(id) * 6000, DTS: int64(id) * 6000, At: at, Run: 1, Key: key, NALs: [][]byte{nal}}
}

// cam is a camera: a live ring, and a past.
type cam struct {
	ring  *stream.Stream
	track *media.Track
	past  []*media.Unit
	gaps  []vms.Gap

	mu   sync.Mutex
	id   int
	last vms.Instant
}

func newCam(t *media.Track) *cam { return &cam{ring: stream.New(), track: t} }

// write appends n pictures, step apart, the last of them now.
func (c *cam) write(n, gop, size int, step time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := vms.InstantOf(time.Now())
	for i := range n {
		key := c.id%gop == 0
		k := size
		if key {
			k *= 8
		}
		c.last = max(c.last+1000, now.Add(-time.Duration(n-1-i)*step))
		_ = c.ring.WriteUnit(picture(c.track, c.id, key, c.last, k))
		c.id++
	}
}

// run writes a picture every step until the test ends.
func (c *cam) run(t testing.TB, gop, size int, step time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for vms.Sleep(ctx, step) {
			c.write(1, gop, size, step)
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
}

// record gives it a past of n pictures, 1/15 s apart, a key frame every gop.
func (c *cam) record(from vms.Instant, n, gop, size int) {
	for i := range n {
		at := from.Add(time.Duration(i) * time.Second / 15)
		c.past = append(c.past, picture(c.track, 1_000_000+i, i%gop == 0, at, size))
	}
}

// source opens cams; it is the test's whep.Source.
type source struct {
	mu     sync.Mutex
	cams   map[vms.Feed]*cam
	asked  []whep.Request
	open   int
	ended  chan struct{}
	deny   func(whep.Request) error
	noHint bool // tracks are not known beforehand
}

func newSource() *source { return &source{cams: map[vms.Feed]*cam{}, ended: make(chan struct{})} }

func (s *source) add(id vms.CameraID, st vms.Stream, c *cam) *cam {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cams[vms.Feed{Camera: id, Stream: st}] = c
	return c
}

func (s *source) Open(_ context.Context, r whep.Request) (*whep.View, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r)
	c := s.cams[vms.Feed{Camera: r.Camera, Stream: r.Stream}]
	if c == nil {
		return nil, vms.Errorf(vms.NotFound, "no-camera", "no camera %s", r.Camera)
	}
	if s.deny != nil {
		if err := s.deny(r); err != nil {
			return nil, err
		}
	}
	v := &whep.View{Track: c.track, Stream: r.Stream, Live: r.At == 0, Ended: s.ended, Reason: func() string { return "appointment ended" }}
	if s.noHint {
		v.Track = nil
	}
	if v.Live {
		v.Reader = c.ring.Live()
	} else {
		v.Reader = newTape(c, r.At)
	}
	s.open++
	v.Close = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.open--
		_ = v.Reader.Close()
	}
	return v, nil
}

func (s *source) requests() []whep.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]whep.Request(nil), s.asked...)
}

func (s *source) opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// frame is a picture as the browser got it.
type frame struct {
	id   int
	key  bool // parameter sets came with it
	rtp  uint32
	when time.Time
	pt   uint8
}

// viewer is a browser: pion on the other side of a real socket.
type viewer struct {
	t    testing.TB
	pc   *webrtc.PeerConnection
	dc   *webrtc.DataChannel
	sess *whep.Session

	frames chan frame
	msgs   chan map[string]any
	open   chan struct{}
	closed chan struct{}
	ssrc   chan uint32

	mu      sync.Mutex
	packets []*rtp.Packet
}

type viewerOptions struct {
	noControl, noH264, h265, audio, tcpOnly bool

	dropEvery int          // of the packets that come; retransmissions come through
	dropLast  *atomic.Bool // set: the next packet that ends a picture
}

// dropper loses packets before the receiver sees them.
type dropper struct {
	interceptor.NoOp
	every int
}

func (d *dropper) NewInterceptor(string) (interceptor.Interceptor, error) { return d, nil }

func (d *dropper) BindRemoteStream(info *interceptor.StreamInfo, r interceptor.RTPReader) interceptor.RTPReader {
	n := 0
	return interceptor.RTPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		for {
			i, attr, err := r.Read(b, a)
			if n++; err != nil || d.every == 0 || n%d.every != 0 || info.MimeType == webrtc.MimeTypeRTX {
				return i, attr, err
			}
		}
	})
}

// lossy loses a packet on its way, before anything has seen it: RTP headers are readable there (RFC 3711).
type lossy struct {
	net.PacketConn
	last *atomic.Bool // set: the next packet that ends a picture
}

func (l lossy) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		n, from, err := l.PacketConn.ReadFrom(b)
		video := n > 12 && b[0]>>6 == 2 && (b[1] == 0x80|120 || b[1] == 0x80|108)
		if err != nil || !video || !l.last.CompareAndSwap(true, false) {
			return n, from, err
		}
	}
}

func newViewer(t testing.TB, o viewerOptions) *viewer {
	t.Helper()
	var m webrtc.MediaEngine
	fb := []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}}
	reg := func(pt webrtc.PayloadType, mime, fmtp string) {
		require.NoError(t, m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: pt, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: mime, ClockRate: 90000, SDPFmtpLine: fmtp, RTCPFeedback: fb}}, webrtc.RTPCodecTypeVideo))
	}
	if !o.noH264 {
		reg(120, webrtc.MimeTypeH264, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f")
		reg(121, webrtc.MimeTypeRTX, "apt=120")
		reg(108, webrtc.MimeTypeH264, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")
		reg(109, webrtc.MimeTypeRTX, "apt=108")
	}
	reg(96, webrtc.MimeTypeVP8, "")
	if o.h265 {
		reg(49, webrtc.MimeTypeH265, "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST")
		reg(50, webrtc.MimeTypeRTX, "apt=49")
	}
	if o.audio {
		require.NoError(t, m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 111, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}}, webrtc.RTPCodecTypeAudio))
	}
	require.NoError(t, m.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"}, webrtc.RTPCodecTypeVideo))
	set := webrtc.SettingEngine{LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard}}
	set.SetIncludeLoopbackCandidate(true)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	if o.tcpOnly {
		set.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeTCP4})
	}
	if o.dropLast != nil {
		conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
		require.NoError(t, err)
		mux := webrtc.NewICEUDPMux(nil, lossy{conn, o.dropLast})
		t.Cleanup(func() { require.NoError(t, mux.Close()) })
		set.SetICEUDPMux(mux)
	}
	reports := &interceptor.Registry{}
	reports.Add(&dropper{every: o.dropEvery})
	require.NoError(t, webrtc.ConfigureRTCPReports(reports))
	require.NoError(t, webrtc.ConfigureNack(&m, reports))
	v := &viewer{t: t, frames: make(chan frame, 4096), msgs: make(chan map[string]any, 1024), open: make(chan struct{}), closed: make(chan struct{}), ssrc: make(chan uint32, 1)}
	var err error
	v.pc, err = webrtc.NewAPI(webrtc.WithMediaEngine(&m), webrtc.WithSettingEngine(set), webrtc.WithInterceptorRegistry(reports)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	if o.audio {
		_, err = v.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeAudio, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
		require.NoError(t, err)
	}
	_, err = v.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	require.NoError(t, err)
	if !o.noControl {
		v.dc, err = v.pc.CreateDataChannel("control", nil)
		require.NoError(t, err)
		v.dc.OnOpen(func() { close(v.open) })
		v.dc.OnMessage(func(m webrtc.DataChannelMessage) {
			msg := map[string]any{}
			if json.Unmarshal(m.Data, &msg) == nil {
				v.msgs <- msg
			}
		})
	}
	var once sync.Once
	v.pc.OnConnectionStateChange(func(st webrtc.PeerConnectionState) {
		if st >= webrtc.PeerConnectionStateDisconnected {
			once.Do(func() { close(v.closed) })
		}
	})
	v.pc.OnTrack(func(tr *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		v.ssrc <- uint32(tr.SSRC())
		v.receive(tr)
	})
	t.Cleanup(func() { _ = v.pc.GracefulClose() })
	return v
}

func (v *viewer) offer() string {
	v.t.Helper()
	offer, err := v.pc.CreateOffer(nil)
	require.NoError(v.t, err)
	gathered := webrtc.GatheringCompletePromise(v.pc)
	require.NoError(v.t, v.pc.SetLocalDescription(offer))
	<-gathered
	return v.pc.LocalDescription().SDP
}

func (v *viewer) answer(sess *whep.Session, sdp []byte) {
	v.t.Helper()
	v.sess = sess
	require.NoError(v.t, v.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(sdp)}))
}

// receive puts packets back together in order of sequence number, as far as they come in order.
func (v *viewer) receive(tr *webrtc.TrackRemote) {
	var waiting = map[uint16]*rtp.Packet{}
	var next uint16
	var started bool
	var cur []*rtp.Packet
	for {
		p, _, err := tr.ReadRTP()
		if err != nil {
			return
		}
		v.mu.Lock()
		v.packets = append(v.packets, p)
		v.mu.Unlock()
		if !started {
			next, started = p.SequenceNumber, true
		}
		waiting[p.SequenceNumber] = p
		for waiting[next] != nil {
			p := waiting[next]
			delete(waiting, next)
			next++
			if len(p.Payload) == 0 {
				continue
			}
			cur = append(cur, p)
			if p.Marker {
				v.frames <- assemble(cur)
				cur = nil
			}
		}
	}
}

func assemble(pkts []*rtp.Packet) frame {
	f := frame{rtp: pkts[0].Timestamp, when: time.Now(), pt: pkts[0].PayloadType, id: -1}
	if f.pt == 49 {
		for _, p := range pkts {
			h := p.Payload[0] >> 1 & 0x3f
			f.key = f.key || h == 48
			switch {
			case h == 49 && p.Payload[2]&0x80 != 0:
				f.id = number(p.Payload[3:])
			case h < 32:
				f.id = number(p.Payload[2:])
			}
		}
		return f
	}
	var d codecs.H264Packet
	for _, p := range pkts {
		b, err := d.Unmarshal(p.Payload)
		if err != nil || p.Timestamp != f.rtp {
			return frame{id: -2}
		}
		for len(b) > 5 {
			switch b[4] & 0x1f {
			case 7:
				f.key = true
			case 1, 5:
				f.id = number(b[6:])
				b = nil
				continue
			}
			n := 4
			for n < len(b)-4 && (b[n] != 0 || b[n+1] != 0 || b[n+2] != 0 || b[n+3] != 1) {
				n++
			}
			b = b[n:]
		}
	}
	return f
}

func number(b []byte) int { return int(binary.BigEndian.Uint64(b[:8]) &^ (1 << 62)) }

func (v *viewer) say(msg string) {
	v.t.Helper()
	select {
	case <-v.open:
	case <-time.After(patience):
		require.Fail(v.t, "data channel did not open")
	}
	require.NoError(v.t, v.dc.SendText(msg))
}

// message waits for one of a type, and passes over others.
func (v *viewer) message(typ string) map[string]any {
	v.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case m := <-v.msgs:
			if m["type"] == typ {
				return m
			}
		case <-timeout:
			require.Fail(v.t, "no message "+typ)
		}
	}
}

func (v *viewer) frame() frame {
	v.t.Helper()
	select {
	case f := <-v.frames:
		require.GreaterOrEqual(v.t, f.id, 0, "an access unit that cannot be read")
		return f
	case <-time.After(patience):
		require.Fail(v.t, "no picture")
	}
	return frame{}
}

// until waits for the picture with the number and returns all up to it.
func (v *viewer) until(id int) []frame {
	v.t.Helper()
	var out []frame
	for {
		f := v.frame()
		out = append(out, f)
		if f.id == id {
			return out
		}
	}
}

func (v *viewer) pli(ssrc uint32) {
	v.t.Helper()
	require.NoError(v.t, v.pc.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: ssrc}}))
}

func newServer(t testing.TB) *whep.Server {
	t.Helper()
	s, err := whep.New(whep.Config{UDP: "127.0.0.1:0", TCP: "127.0.0.1:0"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// watch connects a new viewer.
func watch(t testing.TB, s *whep.Server, src whep.Source, r whep.Request, o viewerOptions) *viewer {
	t.Helper()
	v := newViewer(t, o)
	sess, answer, err := s.Offer(context.Background(), []byte(v.offer()), src, r)
	require.NoError(t, err)
	v.answer(sess, answer)
	return v
}
