package whep

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"

	"yagura/internal/vms"
)

const (
	echoLabel    = "echo"
	echoMax      = 1 << 10          // bytes of a message that comes back; longer ones do not
	echoMost     = 2000             // messages of one probe that come back
	probeAtATime = 64               // of everybody
	probeLasts   = 20 * time.Second // from the answer on
)

// Probe answers an offer that has a data channel and nothing else, and sends what comes on the channel
// "echo" back: a browser learns whether, and how fast, it reaches the ports media goes out of. Nothing
// else can be had from it. It ends by itself after 20 s; then ended is called, which is not called with
// an error. Errors are vms.Invalid with code "bad-offer", and vms.Conflict with code "busy".
func (s *Server) Probe(ctx context.Context, offer []byte, ended func()) ([]byte, error) {
	if err := checkProbe(offer); err != nil {
		return nil, err
	}
	pc, err := s.api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, fmt.Errorf("new peer connection: %w", err)
	}
	p := &probe{pc: pc, gone: make(chan struct{})}
	pc.OnDataChannel(p.onDataChannel)
	pc.OnConnectionStateChange(p.onState)
	answer, err := p.negotiate(ctx, offer)
	if err == nil {
		err = s.admit()
	}
	if err != nil {
		return nil, errors.Join(err, pc.GracefulClose())
	}
	go func() {
		defer s.wg.Done()
		defer ended()
		p.run(s.probing, s.closing)
		s.probes.Add(-1)
	}()
	return answer, nil
}

// checkProbe refuses what has another section than one data channel.
func checkProbe(b []byte) error {
	var d sdp.SessionDescription
	if len(b) > sdpMax || d.Unmarshal(b) != nil {
		return vms.Errorf(vms.Invalid, "bad-offer", "the offer is not SDP of at most 64 KiB")
	}
	if len(d.MediaDescriptions) != 1 || d.MediaDescriptions[0].MediaName.Media != "application" {
		return vms.Errorf(vms.Invalid, "bad-offer", "the offer of a probe has one data channel section and nothing else")
	}
	return nil
}

// admit counts a probe and its goroutine, unless there are too many or the server is closing.
func (s *Server) admit() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.probes.Load() >= probeAtATime {
		return vms.Errorf(vms.Conflict, "busy", "いまは確認できません。しばらくしてからお試しください。 Too many probes at once; try again in a moment.")
	}
	s.probes.Add(1)
	s.wg.Add(1)
	return nil
}

// probe is one connection that only echoes.
type probe struct {
	pc   *webrtc.PeerConnection
	once sync.Once
	gone chan struct{} // closed when the connection is

	mu     sync.Mutex
	taken  bool // the channel is there
	echoed int
}

func (p *probe) negotiate(ctx context.Context, offer []byte) ([]byte, error) {
	if err := p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: string(offer)}); err != nil {
		return nil, vms.Errorf(vms.Invalid, "bad-offer", "the offer cannot be used: %v", err)
	}
	if err := settle(ctx, p.pc); err != nil {
		return nil, err
	}
	return []byte(p.pc.LocalDescription().SDP), nil
}

// run keeps the probe until its time is over or it is no longer wanted.
func (p *probe) run(lasts time.Duration, closing <-chan struct{}) {
	over := time.NewTimer(lasts)
	defer over.Stop()
	select {
	case <-over.C:
	case <-p.gone:
	case <-closing:
	}
	_ = p.pc.GracefulClose() // whatever is left of it, nobody waits for an answer
}

func (p *probe) onState(st webrtc.PeerConnectionState) {
	if st == webrtc.PeerConnectionStateFailed || st == webrtc.PeerConnectionStateClosed {
		p.once.Do(func() { close(p.gone) })
	}
}

// onDataChannel takes one channel "echo" and closes any other.
func (p *probe) onDataChannel(dc *webrtc.DataChannel) {
	p.mu.Lock()
	mine := dc.Label() == echoLabel && !p.taken
	p.taken = p.taken || mine
	p.mu.Unlock()
	if !mine {
		dc.OnOpen(func() { _ = dc.Close() }) // the browser sees it closed; there is no more to do
		return
	}
	dc.OnClose(func() { p.once.Do(func() { close(p.gone) }) })
	dc.OnMessage(func(m webrtc.DataChannelMessage) {
		if !p.echoes(len(m.Data)) || dc.BufferedAmount() >= unsentMax {
			return
		}
		if m.IsString {
			_ = dc.SendText(string(m.Data)) // fails only when the connection is gone, and it will be noticed
			return
		}
		_ = dc.Send(m.Data) // as above
	})
}

// echoes reports whether a message comes back.
func (p *probe) echoes(size int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.echoed++
	return size <= echoMax && p.echoed <= echoMost
}

// Addresses are where media goes out, as browsers reach it: host:port. tcp is empty where there is none.
func (s *Server) Addresses() (udp, tcp string) {
	at, ok := s.udp.GetListenAddresses()[0].(*net.UDPAddr)
	if !ok {
		return "", ""
	}
	host := at.IP.String()
	if len(s.advertise) > 0 {
		host = s.advertise[0]
	}
	udp = net.JoinHostPort(host, strconv.Itoa(at.Port))
	if s.tcpPort != 0 {
		tcp = net.JoinHostPort(host, strconv.Itoa(s.tcpPort))
	}
	return udp, tcp
}
