package whep_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
	"yagura/internal/whep"
)

// caller is a browser that probes, over one kind of network.
type caller struct {
	t      *testing.T
	pc     *webrtc.PeerConnection
	heard  chan webrtc.DataChannelMessage
	open   chan struct{}
	closed chan struct{}
}

func newCaller(t *testing.T, network webrtc.NetworkType) *caller {
	t.Helper()
	set := webrtc.SettingEngine{LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard}}
	set.SetIncludeLoopbackCandidate(true)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetNetworkTypes([]webrtc.NetworkType{network})
	pc, err := webrtc.NewAPI(webrtc.WithSettingEngine(set)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.GracefulClose() }) // the test is over
	return &caller{t: t, pc: pc, heard: make(chan webrtc.DataChannelMessage, 64), open: make(chan struct{}), closed: make(chan struct{})}
}

// channel makes the channel; it hears what comes back.
func (c *caller) channel(label string) *webrtc.DataChannel {
	c.t.Helper()
	dc, err := c.pc.CreateDataChannel(label, nil)
	require.NoError(c.t, err)
	dc.OnOpen(func() { close(c.open) })
	dc.OnClose(func() { close(c.closed) })
	dc.OnMessage(func(m webrtc.DataChannelMessage) { c.heard <- m })
	return dc
}

func (c *caller) offer() []byte {
	c.t.Helper()
	offer, err := c.pc.CreateOffer(nil)
	require.NoError(c.t, err)
	gathered := webrtc.GatheringCompletePromise(c.pc)
	require.NoError(c.t, c.pc.SetLocalDescription(offer))
	<-gathered
	return []byte(c.pc.LocalDescription().SDP)
}

// connect probes the server and returns the answer, and what is closed when the probe has ended.
func (c *caller) connect(s *whep.Server) (answer string, ended chan struct{}) {
	c.t.Helper()
	ended = make(chan struct{})
	b, err := s.Probe(c.t.Context(), c.offer(), func() { close(ended) })
	require.NoError(c.t, err)
	require.NoError(c.t, c.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(b)}))
	return string(b), ended
}

func wait[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		require.Fail(t, "nothing came")
	}
	return v
}

func newProbed(t *testing.T) *whep.Server {
	t.Helper()
	s, err := whep.New(whep.Config{UDP: "127.0.0.1:0", TCP: "127.0.0.1:0"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestProbeEchoesOverUDPAndOverTCPAlone(t *testing.T) {
	s := newProbed(t)
	for network, protocol := range map[webrtc.NetworkType]webrtc.ICEProtocol{webrtc.NetworkTypeUDP4: webrtc.ICEProtocolUDP, webrtc.NetworkTypeTCP4: webrtc.ICEProtocolTCP} {
		t.Run(network.String(), func(t *testing.T) {
			c := newCaller(t, network)
			dc := c.channel("echo")
			answer, ended := c.connect(s)
			udp, tcp := s.Addresses()
			ways := map[string]bool{}
			for _, m := range candidate.FindAllStringSubmatch(answer, -1) {
				ways[m[1]+" "+m[2]+":"+m[3]] = true
			}
			require.Equal(t, map[string]bool{"udp " + udp: true, "tcp " + tcp: true}, ways, "the ports media goes out of, and no others")
			require.NotContains(t, answer, "m=video")

			wait(t, c.open)
			require.NoError(t, dc.SendText("first"))
			require.Equal(t, "first", string(wait(t, c.heard).Data))
			require.NoError(t, dc.Send(make([]byte, 2000)), "too long to come back")
			require.NoError(t, dc.Send([]byte{1, 2}))
			second := wait(t, c.heard)
			require.Equal(t, []any{[]byte{1, 2}, false}, []any{second.Data, second.IsString})
			pair, err := c.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
			require.NoError(t, err)
			require.Equal(t, protocol, pair.Remote.Protocol)
			require.NoError(t, dc.Close())
			wait(t, ended)
		})
	}
	require.Empty(t, s.Sessions(), "a probe is no session")
}

func TestProbeEndsByItself(t *testing.T) {
	s := newProbed(t)
	s.ProbesLast(300 * time.Millisecond)
	c := newCaller(t, webrtc.NetworkTypeUDP4)
	c.channel("echo")
	_, ended := c.connect(s)
	wait(t, ended)
	wait(t, c.closed)
	silent := newCaller(t, webrtc.NetworkTypeUDP4) // never connects
	silent.channel("echo")
	ended = make(chan struct{})
	_, err := s.Probe(t.Context(), silent.offer(), func() { close(ended) })
	require.NoError(t, err)
	wait(t, ended)
}

func TestProbeGivesNothingElse(t *testing.T) {
	s := newProbed(t)
	other := newCaller(t, webrtc.NetworkTypeUDP4)
	other.channel("control")
	_, ended := other.connect(s)
	wait(t, other.closed)

	media := newViewer(t, viewerOptions{})
	for name, offer := range map[string]string{"media": media.offer(), "nothing": "", "long": strings.Repeat("a", 70000),
		"no section": "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"} {
		_, err := s.Probe(t.Context(), []byte(offer), func() { require.Fail(t, "it never began") })
		require.Equal(t, "bad-offer", vms.Code(err), name)
	}
	require.NoError(t, s.Close())
	wait(t, ended)
	c := newCaller(t, webrtc.NetworkTypeUDP4)
	c.channel("echo")
	_, err := s.Probe(t.Context(), c.offer(), func() { require.Fail(t, "it never began") })
	require.Error(t, err)
}

func TestAddressesAreThoseBrowsersReach(t *testing.T) {
	s, err := whep.New(whep.Config{UDP: "127.0.0.1:0", Advertise: []string{"203.0.113.7"}})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	udp, tcp := s.Addresses()
	require.Regexp(t, `^203\.0\.113\.7:\d+$`, udp)
	require.Empty(t, tcp)
}
