package whep

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/webrtc/v4"

	"yagura/internal/vms"
)

// Timeouts of a connection whose browser fell silent: noticed, given up, and how often it is asked.
const (
	iceDisconnected = 5 * time.Second
	iceFailed       = 20 * time.Second
	iceKeepalive    = 2 * time.Second
)

// Config says where media goes out. Every connection shares the one UDP and the one TCP port.
type Config struct {
	UDP       string   // host:port; an unspecified host means every address of this machine
	TCP       string   // host:port; "" means no TCP
	Advertise []string // addresses browsers reach this machine at, when not its own
	Log       *slog.Logger
}

// Server answers offers. It holds the sockets and the running sessions.
type Server struct {
	log *slog.Logger
	api *webrtc.API
	udp ice.UDPMux
	tcp ice.TCPMux // nil: none

	advertise []string
	tcpPort   int           // 0: none
	closing   chan struct{} // closed when probes are to end
	probes    atomic.Int32  // that run
	probing   time.Duration // how long each may

	mu       sync.Mutex
	closed   bool
	sessions map[string]*Session
	wg       sync.WaitGroup
}

// New opens the sockets.
func New(cfg Config) (*Server, error) {
	s := &Server{log: cfg.Log, sessions: map[string]*Session{}, advertise: cfg.Advertise, closing: make(chan struct{}), probing: probeLasts}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	host, _, err := net.SplitHostPort(cfg.UDP)
	if err != nil {
		return nil, fmt.Errorf("webrtc.udp: %w", err)
	}
	engine, err := newMediaEngine()
	if err != nil {
		return nil, fmt.Errorf("register codecs: %w", err)
	}
	set, err := settings(cfg, host)
	if err != nil {
		return nil, err
	}
	if s.udp, err = listenUDP(cfg.UDP); err != nil {
		return nil, fmt.Errorf("webrtc.udp: %w", err)
	}
	set.SetICEUDPMux(s.udp)
	if cfg.TCP != "" {
		if s.tcp, s.tcpPort, err = listenTCP(cfg.TCP); err != nil {
			return nil, errors.Join(fmt.Errorf("webrtc.tcp: %w", err), s.udp.Close())
		}
		set.SetICETCPMux(s.tcp)
	}
	s.api = webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(*set),
		webrtc.WithInterceptorRegistry(&interceptor.Registry{}))
	return s, nil
}

func settings(cfg Config, host string) (*webrtc.SettingEngine, error) {
	set := &webrtc.SettingEngine{LoggerFactory: silence}
	set.SetICETimeouts(iceDisconnected, iceFailed, iceKeepalive)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetSCTPMaxMessageSize(messageMax)
	set.DisableActiveTCP(true)
	networks := []webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6}
	if cfg.TCP != "" {
		networks = append(networks, webrtc.NetworkTypeTCP4, webrtc.NetworkTypeTCP6)
	}
	set.SetNetworkTypes(networks)
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() {
		set.SetIncludeLoopbackCandidate(true)
	}
	if len(cfg.Advertise) == 0 {
		return set, nil
	}
	return set, set.SetICEAddressRewriteRules(webrtc.ICEAddressRewriteRule{
		External: cfg.Advertise, AsCandidateType: webrtc.ICECandidateTypeHost, Mode: webrtc.ICEAddressRewriteAppend})
}

// Run keeps the server until ctx ends, then ends every session and closes the sockets.
func (s *Server) Run(ctx context.Context) error {
	<-ctx.Done()
	return s.Close()
}

// Close ends every session, waits for them and closes the sockets.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		s.wg.Wait()
		return nil
	}
	s.closed = true
	close(s.closing)
	for _, sess := range s.sessions {
		sess.End("the server is shutting down")
	}
	s.mu.Unlock()
	s.wg.Wait()
	err := s.udp.Close()
	if s.tcp != nil {
		err = errors.Join(err, s.tcp.Close())
	}
	return err
}

// Sessions returns the running sessions.
func (s *Server) Sessions() []*Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*Session, 0, len(s.sessions))
	for _, sess := range s.sessions {
		out = append(out, sess)
	}
	return out
}

// Session finds a running session.
func (s *Server) Session(id string) (*Session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sess, ok := s.sessions[id]
	return sess, ok
}

// Offer opens the first view and answers an SDP offer with all candidates in it. The session lives on
// after ctx ends; values in ctx reach Source. Errors of the offer are vms.Invalid with the codes
// "bad-offer", "control-required", "codec-not-supported" and "b-frames"; others are Source's.
func (s *Server) Offer(ctx context.Context, sdp []byte, src Source, first Request) (*Session, []byte, error) {
	hasControl, err := checkOffer(sdp)
	if err != nil {
		return nil, nil, err
	}
	if first.At != 0 && !hasControl {
		return nil, nil, vms.Errorf(vms.Invalid, "control-required", "past footage needs the data channel \"control\" in the offer")
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	aborted := context.AfterFunc(ctx, cancel)
	defer aborted()
	sess, answer, err := s.offer(life, cancel, string(sdp), src, first)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return sess, answer, nil
}

func (s *Server) offer(ctx context.Context, cancel context.CancelFunc, sdp string, src Source, first Request) (*Session, []byte, error) {
	pc, err := s.api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, nil, fmt.Errorf("new peer connection: %w", err)
	}
	sess := &Session{id: newID(), srv: s, src: src, pc: pc, out: newOutput(), box: newInbox(), cancel: cancel, done: make(chan struct{})}
	pc.OnConnectionStateChange(sess.onState)
	pc.OnDataChannel(sess.onDataChannel)
	view, answer, err := sess.negotiate(ctx, sdp, first)
	if err == nil && !s.remember(sess) {
		err = errors.New("the server is shutting down")
	}
	if err != nil {
		view.discard()
		return nil, nil, errors.Join(err, pc.GracefulClose())
	}
	go func() {
		defer s.wg.Done()
		sess.run(ctx, view)
	}()
	return sess, answer, nil
}

// negotiate settles the codecs, opens the view they allow, and makes the answer.
func (s *Session) negotiate(ctx context.Context, sdp string, first Request) (*opened, []byte, error) {
	var err error
	if s.sender, err = s.pc.AddTrack(s.out); err != nil {
		return nil, nil, fmt.Errorf("add track: %w", err)
	}
	if err := s.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: sdp}); err != nil {
		return nil, nil, vms.Errorf(vms.Invalid, "bad-offer", "the offer cannot be used: %v", err)
	}
	s.can = formats(s.sender.GetParameters().Codecs)
	if len(s.can) == 0 {
		return nil, nil, vms.Errorf(vms.Invalid, "codec-not-supported", "the offer names neither H.264 (packetization-mode 1) nor H.265")
	}
	view, err := s.openView(ctx, &pending{req: first, rate: 1})
	if err != nil {
		return nil, nil, err
	}
	if err := settle(ctx, s.pc); err != nil {
		return view, nil, err
	}
	out, err := tidyAnswer([]byte(sdp), []byte(s.pc.LocalDescription().SDP))
	return view, out, err
}

// settle makes the answer and waits for its candidates.
func settle(ctx context.Context, pc *webrtc.PeerConnection) error {
	answer, err := pc.CreateAnswer(nil)
	if err != nil {
		return vms.Errorf(vms.Invalid, "bad-offer", "the offer cannot be answered: %v", err)
	}
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(answer); err != nil {
		return fmt.Errorf("set answer: %w", err)
	}
	select {
	case <-gathered:
	case <-time.After(gatherWithin):
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// remember registers a session and counts its goroutine; false when the server is closing.
func (s *Server) remember(sess *Session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.sessions[sess.id] = sess
	s.wg.Add(1)
	return true
}

func (s *Server) forget(sess *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, sess.id)
}

func newID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
