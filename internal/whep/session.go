package whep

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	connectWithin = 15 * time.Second       // an offer whose browser does not connect is given up
	farewell      = 80 * time.Millisecond  // for the last message to leave
	greeting      = time.Second            // the same, where the browser has yet to open the channel
	sdpMax        = 64 << 10               // bytes
	gatherWithin  = 500 * time.Millisecond // host candidates only; it takes a few ms
)

// Source opens views. It has checked the right, and made the audit row durable, before it returns.
// ctx lasts as long as the view may.
type Source interface {
	Open(ctx context.Context, r Request) (*View, error)
}

// Request is what a viewer asks for.
type Request struct {
	Camera   vms.CameraID
	Stream   vms.Stream
	At       vms.Instant // 0: live
	Purpose  string
	Fallback string // why this is not the stream the viewer asked for: "slow", "codec", "reordered", or ""
}

// View is footage a viewer may see.
type View struct {
	Reader media.Reader    // of the past: also a media.Seeker, positioned as by Seek(Request.At)
	Track  *media.Track    // the first that is known; may be nil
	Stream vms.Stream      // what was opened
	Live   bool            // false: past
	Ended  <-chan struct{} // closed when the right is withdrawn; may be nil
	Reason func() string   // why it was; may be nil
	Close  func()          // releases the view, its Reader included; may be nil
}

func (v *View) close() {
	if v == nil {
		return
	}
	if v.Close != nil {
		v.Close()
		return
	}
	_ = v.Reader.Close() // a reader of memory or a cursor; there is nobody to tell
}

// Stats is what a session did so far.
type Stats struct {
	Camera  vms.CameraID
	Stream  vms.Stream
	Live    bool
	Mode    string // "all" or "keys": which pictures are sent
	Packets uint64
	Bytes   uint64 // of RTP payload
	Resent  uint64 // packets sent again on request
	Replays uint64 // GOPs sent again on request
	Loss    float64
	RTT     time.Duration // 0: not known
}

// Session is one viewer's connection.
type Session struct {
	id     string
	srv    *Server
	src    Source
	pc     *webrtc.PeerConnection
	sender *webrtc.RTPSender
	out    *output
	box    *inbox
	ctrl   control
	can    map[media.Codec]format // what the browser takes

	cancel context.CancelFunc
	done   chan struct{}

	mu     sync.Mutex
	reason string // why it ended; "" while it runs
	stats  Stats
}

// ID is 128 random bits in hexadecimal.
func (s *Session) ID() string { return s.id }

// Done is closed when the session has ended and let go of everything.
func (s *Session) Done() <-chan struct{} { return s.done }

// Stats returns what was done so far.
func (s *Session) Stats() Stats {
	s.mu.Lock()
	st := s.stats
	s.mu.Unlock()
	st.Packets, st.Bytes, st.Resent = s.out.packets.Load(), s.out.bytes.Load(), s.out.resent.Load()
	return st
}

func (s *Session) count(f func(*Stats)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.stats)
}

// End stops the media at once, tells the browser why, and closes the connection soon after. It does
// not wait; Done does. Only the first call counts.
func (s *Session) End(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reason != "" {
		return
	}
	s.reason = reason
	s.out.open.Store(false)
	s.cancel()
}

// run is the session's life; it returns when everything is released.
func (s *Session) run(ctx context.Context, first *opened) {
	defer close(s.done)
	defer s.srv.forget(s)
	var wg sync.WaitGroup
	wg.Go(func() { s.readRTCP() })
	newPlayer(s).run(ctx, first, &wg)
	s.End("closed")
	s.mu.Lock()
	reason := s.reason
	s.mu.Unlock()
	s.ctrl.send(endedMessage{Type: "ended", Reason: reason})
	s.ctrl.drain(s.talks)
	if err := s.pc.GracefulClose(); err != nil {
		s.srv.log.Debug("close peer connection", "session", s.id, "err", err)
	}
	wg.Wait()
	for _, e := range s.box.take() {
		if o, ok := e.(*opened); ok {
			o.discard()
		}
	}
	s.srv.log.Info("viewer left", "session", s.id, "reason", reason)
}

// talks is whether the browser can be spoken to, or is about to open the channel for it.
func (s *Session) talks() bool {
	return s.pc.ConnectionState() <= webrtc.PeerConnectionStateConnected && strings.Contains(s.pc.RemoteDescription().SDP, "m=application ")
}

// readRTCP hears what the browser says about what it received, until the connection closes.
func (s *Session) readRTCP() {
	buf := make([]byte, 1500)
	for {
		n, _, err := s.sender.Read(buf)
		if err != nil {
			return
		}
		packets, err := rtcp.Unmarshal(buf[:n])
		if err != nil {
			continue // not RTCP: ignored, as RFC 3550 appendix A.2 has it
		}
		for _, pkt := range packets {
			s.heard(pkt)
		}
	}
}

func (s *Session) heard(pkt rtcp.Packet) {
	switch p := pkt.(type) {
	case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
		s.box.post(pictureLost{})
	case *rtcp.TransportLayerNack:
		s.out.resend(p)
	case *rtcp.ReceiverReport:
		for _, r := range p.Reports {
			if r.SSRC == s.out.ssrc {
				s.box.post(received{loss: float64(r.FractionLost) / 256, rtt: roundTrip(r, time.Now())})
			}
		}
	}
}

func (s *Session) onState(st webrtc.PeerConnectionState) {
	switch st {
	case webrtc.PeerConnectionStateConnected:
		s.box.post(connected{})
	case webrtc.PeerConnectionStateFailed:
		s.End("connection lost")
	case webrtc.PeerConnectionStateClosed:
		s.End("closed by the browser")
	}
}
