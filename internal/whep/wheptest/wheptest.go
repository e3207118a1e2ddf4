// Package wheptest is a viewer for tests of other rooms: an outside WHEP client (pion) that speaks
// HTTP to a gateway, counts what media comes, and hears the control channel. It knows nothing of this
// module's server on purpose. It is no part of the product: only tests import it.
package wheptest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"
)

const patience = 15 * time.Second

// Viewer is one WHEP session of a test.
type Viewer struct {
	Location string // path of the session

	t      testing.TB
	pc     *webrtc.PeerConnection
	dc     *webrtc.DataChannel
	open   chan struct{}
	said   chan map[string]any
	closed chan struct{}

	mu      sync.Mutex
	packets int
	last    time.Time // when the last packet of media came
	wake    chan struct{}
}

func newViewer(t testing.TB) *Viewer {
	t.Helper()
	var m webrtc.MediaEngine
	require.NoError(t, m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 120, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeH264, ClockRate: 90000, SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"}},
		webrtc.RTPCodecTypeVideo))
	set := webrtc.SettingEngine{LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard}}
	set.SetIncludeLoopbackCandidate(true)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	v := &Viewer{t: t, open: make(chan struct{}), said: make(chan map[string]any, 1024), closed: make(chan struct{}), wake: make(chan struct{})}
	var err error
	v.pc, err = webrtc.NewAPI(webrtc.WithMediaEngine(&m), webrtc.WithSettingEngine(set)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = v.pc.GracefulClose() }) // the test is over
	_, err = v.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	require.NoError(t, err)
	v.dc, err = v.pc.CreateDataChannel("control", nil)
	require.NoError(t, err)
	v.dc.OnOpen(func() { close(v.open) })
	v.dc.OnMessage(func(m webrtc.DataChannelMessage) {
		msg := map[string]any{}
		if json.Unmarshal(m.Data, &msg) == nil {
			v.said <- msg
		}
	})
	var once sync.Once
	v.pc.OnConnectionStateChange(func(st webrtc.PeerConnectionState) {
		if st >= webrtc.PeerConnectionStateDisconnected {
			once.Do(func() { close(v.closed) })
		}
	})
	v.pc.OnTrack(func(tr *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { v.count(tr) })
	return v
}

func (v *Viewer) count(tr *webrtc.TrackRemote) {
	for {
		p, _, err := tr.ReadRTP()
		if err != nil {
			return
		}
		if len(p.Payload) == 0 {
			continue
		}
		v.mu.Lock()
		v.packets, v.last = v.packets+1, time.Now()
		close(v.wake)
		v.wake = make(chan struct{})
		v.mu.Unlock()
	}
}

func (v *Viewer) offer() string {
	v.t.Helper()
	offer, err := v.pc.CreateOffer(nil)
	require.NoError(v.t, err)
	gathered := webrtc.GatheringCompletePromise(v.pc)
	require.NoError(v.t, v.pc.SetLocalDescription(offer))
	<-gathered
	return v.pc.LocalDescription().SDP
}

// Offer makes an SDP offer that nobody connects with.
func Offer(t testing.TB) string {
	t.Helper()
	return newViewer(t).offer()
}

// Watch opens url, which is http://HOST/whep/CAMERA and its query, with an API token, and connects. It
// fails the test when the answer is not 201.
func Watch(t testing.TB, c *http.Client, url, token string) *Viewer {
	t.Helper()
	v := newViewer(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(v.offer()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/sdp")
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := c.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, res.StatusCode, "%s", body)
	v.Location = res.Header.Get("Location")
	require.NoError(t, v.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(body)}))
	return v
}

// Say sends a control message once the channel is open.
func (v *Viewer) Say(msg string) {
	v.t.Helper()
	select {
	case <-v.open:
	case <-time.After(patience):
		require.Fail(v.t, "the control channel did not open")
	}
	require.NoError(v.t, v.dc.SendText(msg))
}

// Hear waits for a control message of a type and passes over others.
func (v *Viewer) Hear(typ string) map[string]any {
	v.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case m := <-v.said:
			if m["type"] == typ {
				return m
			}
		case <-timeout:
			require.Fail(v.t, "no control message "+typ)
		}
	}
}

// Packets is how many packets of media came, and when the last did.
func (v *Viewer) Packets() (int, time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.packets, v.last
}

// More waits until n more packets of media have come.
func (v *Viewer) More(n int) {
	v.t.Helper()
	timeout := time.After(patience)
	v.mu.Lock()
	want := v.packets + n
	v.mu.Unlock()
	for {
		v.mu.Lock()
		have, wake := v.packets, v.wake
		v.mu.Unlock()
		if have >= want {
			return
		}
		select {
		case <-wake:
		case <-timeout:
			require.Failf(v.t, "no media", "%d packets came, %d were awaited", have, want)
		}
	}
}

// Closed is closed when the connection is gone.
func (v *Viewer) Closed() <-chan struct{} { return v.closed }

// Close leaves without a word.
func (v *Viewer) Close() {
	v.t.Helper()
	require.NoError(v.t, v.pc.GracefulClose())
}
