package wheptest

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"
)

// Probe is a connection that only echoes.
type Probe struct {
	t     testing.TB
	pc    *webrtc.PeerConnection
	dc    *webrtc.DataChannel
	open  chan struct{}
	heard chan string
}

// NewProbe makes one that is not connected yet.
func NewProbe(t testing.TB) *Probe {
	t.Helper()
	set := webrtc.SettingEngine{LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard}}
	set.SetIncludeLoopbackCandidate(true)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	p := &Probe{t: t, open: make(chan struct{}), heard: make(chan string, 16)}
	var err error
	p.pc, err = webrtc.NewAPI(webrtc.WithSettingEngine(set)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.pc.GracefulClose() }) // the test is over
	p.dc, err = p.pc.CreateDataChannel("echo", nil)
	require.NoError(t, err)
	p.dc.OnOpen(func() { close(p.open) })
	p.dc.OnMessage(func(m webrtc.DataChannelMessage) { p.heard <- string(m.Data) })
	return p
}

// Post offers it at url with an API token and returns the status; on 200 it connects.
func (p *Probe) Post(c *http.Client, url, token string) int {
	p.t.Helper()
	offer, err := p.pc.CreateOffer(nil)
	require.NoError(p.t, err)
	gathered := webrtc.GatheringCompletePromise(p.pc)
	require.NoError(p.t, p.pc.SetLocalDescription(offer))
	<-gathered
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, url, strings.NewReader(p.pc.LocalDescription().SDP))
	require.NoError(p.t, err)
	req.Header.Set("Content-Type", "application/sdp")
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := c.Do(req)
	require.NoError(p.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	if res.StatusCode == http.StatusOK {
		require.Equal(p.t, "application/sdp", res.Header.Get("Content-Type"))
		require.NoError(p.t, p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(body)}))
	}
	return res.StatusCode
}

// Echo sends a text and waits for what comes back.
func (p *Probe) Echo(text string) string {
	p.t.Helper()
	timeout := time.After(patience)
	select {
	case <-p.open:
	case <-timeout:
		require.Fail(p.t, "the echo channel did not open")
	}
	require.NoError(p.t, p.dc.SendText(text))
	select {
	case back := <-p.heard:
		return back
	case <-timeout:
		require.Fail(p.t, "nothing came back")
		return ""
	}
}

// Close says that it is over.
func (p *Probe) Close() {
	p.t.Helper()
	require.NoError(p.t, p.dc.Close())
}
