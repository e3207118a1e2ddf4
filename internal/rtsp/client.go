package rtsp

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/bluenviron/gortsplib/v4"
	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/description"
	"github.com/bluenviron/gortsplib/v4/pkg/format"
	"github.com/bluenviron/gortsplib/v4/pkg/headers"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Client takes the video of one RTSP server. Its fields are set before Run and not changed.
type Client struct {
	URL            string // rtsp://host[:port]/path, without credentials
	User, Password string
	UDP            bool // media over UDP instead of the RTSP connection
	Dial           func(ctx context.Context, network, addr string) (net.Conn, error)
	Clock          *vms.Clock
	StallAfter     time.Duration // connected, but no packet for this long; 0 means 5 s
	Log            *slog.Logger
	NTP            bool // the peer is a Server: At, Run, PTS and DTS are the ones it sends along

	count counters
}

// Stats may be called at any time.
func (c *Client) Stats() Stats { return c.count.stats() }

// Run makes one connection and writes its units to w until the connection breaks or ctx ends; it
// never reconnects. It returns nil when ctx ended, else an error that unwraps to a *Failure. on is
// told of changes meanwhile; it must not block, and may be nil.
func (c *Client) Run(ctx context.Context, w media.Writer, on func(Event)) error {
	if on == nil {
		on = func(Event) {}
	}
	s := &session{c: c, w: w, on: on, log: c.Log, failed: make(chan error, 1)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	err := s.run(ctx)
	if ctx.Err() != nil || err == nil {
		return nil
	}
	var f *Failure
	if !errors.As(err, &f) {
		f = &Failure{cause(err, s.playing), err}
	}
	return &Failure{f.Cause, scrub(f.Err, c.User, c.Password)}
}

// session is one connection.
type session struct {
	c   *Client
	w   media.Writer
	on  func(Event)
	log *slog.Logger

	lib     *gortsplib.Client
	target  string // host:port, the only one dialled
	peer    net.IP
	playing bool
	tapped  bool // tap takes the media
	tap     *tap
	channel byte       // of RTP, on the connection
	payload byte       // RTP payload type of the video
	pkt     rtp.Packet // reused by onFrame
	ssrc    uint32     // of the video
	strange int        // packets of another one in a row
	failed  chan error // from the callbacks
	units   *units
	asm     *assembler

	dead   atomic.Bool  // a callback failed; the rest is ignored
	origin time.Time    // what elapsed counts from
	packet atomic.Int64 // elapsed at the last packet
	frame  atomic.Int64 // ... at the last unit written
	broken atomic.Bool  // units were dropped since
	flows  bool         // Flowing was told last
	waits  bool         // Waiting was told last

	written atomic.Bool // a unit was
}

func (s *session) run(ctx context.Context) error {
	s.origin = time.Now()
	if s.c.Dial == nil || s.c.Clock == nil {
		return failure(vms.Panicked, "client without a dialler or clock")
	}
	u, err := base.ParseURL(s.c.URL)
	if err != nil || u.User != nil {
		return failure(vms.Unsupported, "camera URL is not rtsp://host/path without credentials")
	}
	s.lib = s.client(u)
	if err := s.lib.Start2(); err != nil {
		return failure(vms.Panicked, "start client: %w", err)
	}
	defer s.lib.Close()
	opened := make(chan error, 1)
	go func() { opened <- s.open(u) }()
	limit := time.NewTimer(setupTime)
	defer limit.Stop()
	select {
	case err = <-opened:
	case <-limit.C:
		s.lib.Close()
		<-opened
		err = failure(vms.Unreachable, "no answer within %v", setupTime)
	case <-ctx.Done():
		s.lib.Close()
		<-opened
	}
	if err != nil || ctx.Err() != nil {
		return err
	}
	s.playing = true
	s.on(Event{Kind: Connected})
	return s.watch(ctx)
}

func (s *session) client(u *base.URL) *gortsplib.Client {
	transport := gortsplib.TransportTCP
	if s.c.UDP {
		transport = gortsplib.TransportUDP
	}
	readTimeout := s.stallAfter() + time.Second
	if s.tapped = !s.c.UDP && u.Scheme == "rtsp"; s.tapped {
		readTimeout = never // gortsplib sees no frames; open and watch keep the time
	}
	ignore := func(err error) { s.log.Debug("rtsp: packet dropped", "err", scrub(err, s.c.User, s.c.Password)) }
	return &gortsplib.Client{
		Scheme: u.Scheme, Host: u.Host, Transport: &transport, UserAgent: "yagura",
		ReadTimeout: readTimeout, WriteTimeout: setupTime,
		DialContext: s.dial, ListenPacket: listenPacket, OnResponse: s.response,
		OnTransportSwitch: ignore, OnDecodeError: ignore, OnPacketsLost: func(uint64) {},
	}
}

func (s *session) stallAfter() time.Duration {
	if s.c.StallAfter > 0 {
		return s.c.StallAfter
	}
	return stallAfter
}

// dial connects to the camera, once, and to nothing else.
func (s *session) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if s.target != "" {
		return nil, failure(vms.Redirected, "a second connection is not made")
	}
	s.target = addr
	conn, err := s.c.Dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	if a, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		s.peer = a.IP
	}
	if s.tapped {
		s.tap = newTap(conn)
		return s.tap, nil
	}
	return conn, nil
}

// response looks at every answer before gortsplib does.
func (s *session) response(res *base.Response) {
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		delete(res.Header, "Location") // it would be followed, with the credentials
	}
	var th headers.Transport
	if t := res.Header["Transport"]; t == nil || th.Unmarshal(t) != nil {
		return
	}
	if ids := th.InterleavedIDs; ids != nil {
		s.channel = byte(ids[0])
	}
	if s.c.UDP && th.Source != nil && !th.Source.Equal(s.peer) {
		th.Source = nil // media come from, and reports go to, the camera alone
		res.Header["Transport"] = th.Marshal()
	}
}

// open asks for the video, and starts it.
func (s *session) open(u *base.URL) (err error) {
	defer s.rescue(&err)
	if s.c.User != "" || s.c.Password != "" {
		u = withUser(u, s.c.User, s.c.Password)
	}
	desc, _, err := s.lib.Describe(u)
	if err != nil {
		return err
	}
	m, f, err := s.video(desc)
	if err != nil {
		return err
	}
	if _, err = s.lib.Setup(desc.BaseURL, m, 0, 0); err != nil {
		return err
	}
	s.payload = f.PayloadType()
	if s.tapped {
		s.tap.sink.Store(&tapSink{channel: s.channel, rtp: s.onFrame, rtcp: s.onReport})
	} else {
		s.lib.OnPacketRTP(m, f, s.onRTP)
		s.lib.OnPacketRTCP(m, s.onRTCP)
	}
	s.packet.Store(s.elapsed())
	s.frame.Store(s.elapsed())
	_, err = s.lib.Play(nil)
	return err
}

// video chooses the first medium in a codec we record.
func (s *session) video(desc *description.Session) (*description.Media, format.Format, error) {
	var names []string
	for _, m := range desc.Medias {
		for _, f := range m.Formats {
			names = append(names, f.Codec())
			switch f := f.(type) {
			case *format.H264:
				if f.PacketizationMode < 2 {
					s.begin(media.H264, nil, f.SPS, f.PPS)
					return m, f, nil
				}
			case *format.H265:
				if f.MaxDONDiff == 0 {
					s.begin(media.H265, f.VPS, f.SPS, f.PPS)
					return m, f, nil
				}
			}
		}
	}
	return nil, nil, failure(vms.Unsupported, "no H.264 or H.265 video; the camera offers %q", names)
}

func (s *session) begin(codec media.Codec, vps, sps, pps []byte) {
	s.units = newUnits(codec, s.c, s.w)
	s.units.params.offer(codec, vps, sps, pps)
	s.strange = strangePackets // the first packet tells the SSRC
	s.asm = &assembler{codec: codec, emit: s.unit, lost: func(n uint64) { s.c.count.lost.Add(n) }}
}

// onFrame takes an RTP packet from the tap, in gortsplib's reading goroutine.
func (s *session) onFrame(b []byte) {
	if s.pkt.Unmarshal(b) != nil || s.pkt.Version != 2 || s.pkt.PayloadType != s.payload {
		return
	}
	if s.pkt.SSRC != s.ssrc {
		if s.strange++; s.strange < strangePackets {
			return // noise, until it insists
		}
		s.ssrc = s.pkt.SSRC
	}
	s.strange = 0
	s.onRTP(&s.pkt)
}

// onReport takes RTCP packets from the tap.
func (s *session) onReport(b []byte) {
	packets, err := rtcp.Unmarshal(b)
	if err != nil {
		return
	}
	for _, p := range packets {
		s.onRTCP(p)
	}
}

// onRTP and onRTCP are called by gortsplib's goroutines. What our own code does wrong there ends
// this connection only.
func (s *session) onRTP(p *rtp.Packet) {
	if s.dead.Load() {
		return
	}
	var err error
	defer func() {
		if err != nil {
			s.fail(err)
		}
	}()
	defer s.rescue(&err)
	s.packet.Store(s.elapsed())
	s.c.count.packets.Add(1)
	s.c.count.bytes.Add(uint64(len(p.Payload)))
	s.asm.packet(&p.Header, p.Payload)
}

func (s *session) unit(au *accessUnit) {
	before := s.c.count.frames.Load()
	if err := s.units.take(au); err != nil {
		s.fail(failure(vms.Panicked, "write unit: %w", err))
		return
	}
	s.broken.Store(s.units.damage > 0)
	if s.c.count.frames.Load() != before {
		s.frame.Store(s.elapsed())
		s.written.Store(true)
	}
}

func (s *session) onRTCP(p rtcp.Packet) {
	if sr, ok := p.(*rtcp.SenderReport); ok && sr.NTPTime != 0 {
		s.units.report.Store(&senderReport{fromNTP(sr.NTPTime), sr.RTPTime})
	}
}

func (s *session) rescue(err *error) {
	if p := recover(); p != nil {
		s.log.Error("rtsp: panic", "panic", p, "stack", string(debug.Stack()))
		*err = failure(vms.Panicked, "panic: %v", p)
	}
}

func (s *session) fail(err error) {
	if !s.dead.Swap(true) {
		s.failed <- err
	}
}

func (s *session) elapsed() int64 { return int64(time.Since(s.origin)) }
