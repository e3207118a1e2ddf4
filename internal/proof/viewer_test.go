package proof

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/vms"
)

// viewer is a browser that notes the stamps of the pictures it gets.
type viewer struct {
	t      *testing.T
	pc     *webrtc.PeerConnection
	origin string
	token  string
	where  string // the session

	mu     sync.Mutex
	stamps []camsim.Stamp
}

// watch opens a WHEP session: live, or the past where at is not 0.
func (n *node) watch(feed vms.Feed, at vms.Instant) *viewer {
	t := n.h.t
	t.Helper()
	v := &viewer{t: t, origin: n.origin, token: n.token}
	v.connect()
	q := url.Values{"stream": {string(feed.Stream)}, "purpose": {"incident"}}
	if at != 0 {
		q.Set("at", at.String())
	}
	res, answer := v.send(http.MethodPost, "/whep/"+string(feed.Camera)+"?"+q.Encode(), v.offer())
	require.Equal(t, http.StatusCreated, res.StatusCode, answer)
	v.where = res.Header.Get("Location")
	require.NoError(t, v.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
	return v
}

func (v *viewer) connect() {
	var m webrtc.MediaEngine
	fb := []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}}
	require.NoError(v.t, m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 120, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeH264, ClockRate: 90000, RTCPFeedback: fb,
		SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"}}, webrtc.RTPCodecTypeVideo))
	set := webrtc.SettingEngine{LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard}}
	set.SetIncludeLoopbackCandidate(true)
	set.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	set.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	var err error
	v.pc, err = webrtc.NewAPI(webrtc.WithMediaEngine(&m), webrtc.WithSettingEngine(set)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(v.t, err)
	v.t.Cleanup(func() { _ = v.pc.GracefulClose() })
	_, err = v.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	require.NoError(v.t, err)
	_, err = v.pc.CreateDataChannel("control", nil)
	require.NoError(v.t, err)
	v.pc.OnTrack(func(tr *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { v.receive(tr) })
}

func (v *viewer) offer() string {
	offer, err := v.pc.CreateOffer(nil)
	require.NoError(v.t, err)
	gathered := webrtc.GatheringCompletePromise(v.pc)
	require.NoError(v.t, v.pc.SetLocalDescription(offer))
	<-gathered
	return v.pc.LocalDescription().SDP
}

func (v *viewer) send(method, path, body string) (*http.Response, string) {
	req, err := http.NewRequest(method, v.origin+path, strings.NewReader(body))
	require.NoError(v.t, err)
	req.Header.Set("Authorization", "Bearer "+v.token)
	req.Header.Set("Content-Type", "application/sdp")
	res, err := client.Do(req)
	require.NoError(v.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(v.t, err)
	return res, string(b)
}

// receive puts units together from packets that come in order; one with a packet missing is left out.
func (v *viewer) receive(tr *webrtc.TrackRemote) {
	var packets []*rtp.Packet
	for {
		p, _, err := tr.ReadRTP()
		if err != nil {
			return
		}
		if len(p.Payload) == 0 {
			continue
		}
		if n := len(packets); n > 0 && p.SequenceNumber != packets[n-1].SequenceNumber+1 {
			packets = nil
		}
		if packets = append(packets, p); !p.Marker {
			continue
		}
		if s, ok := stampOf(packets); ok {
			v.mu.Lock()
			v.stamps = append(v.stamps, s)
			v.mu.Unlock()
		}
		packets = nil
	}
}

func stampOf(packets []*rtp.Packet) (camsim.Stamp, bool) {
	var d codecs.H264Packet
	var unit []byte
	for _, p := range packets {
		b, err := d.Unmarshal(p.Payload)
		if err != nil {
			return camsim.Stamp{}, false
		}
		unit = append(unit, b...)
	}
	var nals h264.AnnexB
	if err := nals.Unmarshal(unit); err != nil {
		return camsim.Stamp{}, false
	}
	return camsim.StampOf(nals)
}

func (v *viewer) seen() []camsim.Stamp {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]camsim.Stamp(nil), v.stamps...)
}

// sees waits until the viewer has seen n different pictures of the feed, all taken within [from, to),
// and closes the session.
func (v *viewer) sees(feed vms.Feed, n int, from, to vms.Instant) {
	v.t.Helper()
	span := vms.Span{From: from, To: to}
	until(v.t, 20*time.Second, "pictures are seen", func() error {
		different := map[uint64]bool{}
		for _, s := range v.seen() {
			if s.Feed != feed || !span.Contains(s.At) {
				return fmt.Errorf("a picture of %v at %v, not of %v in %v", s.Feed, s.At, feed, span)
			}
			different[s.Seq] = true
		}
		if len(different) < n {
			return fmt.Errorf("%d pictures of %v", len(different), feed)
		}
		return nil
	})
	v.close()
}

func (v *viewer) close() {
	v.t.Helper()
	res, body := v.send(http.MethodDelete, v.where, "")
	require.Equal(v.t, http.StatusOK, res.StatusCode, body)
	require.NoError(v.t, v.pc.GracefulClose())
}
