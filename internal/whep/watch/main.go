// Command watch measures a running gateway from outside, as a WHEP client (pion): from the offer to
// the first decodable picture, live or of random moments of the past.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/pion/webrtc/v4"

	"yagura/internal/vms"
)

type flags struct {
	Origin   string        `default:"http://localhost:8080"`
	Login    string        `default:"kiki"`
	Password string        `default:"yagura-demo"`
	Cameras  []string      `default:"a1-07"`
	Stream   string        `default:"sub"`
	Count    int           `default:"40"`
	Past     time.Duration `help:"Ask for random moments of the last so long, not for live."`
	To       time.Duration `help:"With --past: not later than so long ago." default:"10s"`
	Purpose  string        `default:"incident"`
	Pause    time.Duration `default:"1s" help:"The most between two offers; the real pause is random."`
}

func main() {
	var f flags
	k := kong.Parse(&f)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	k.FatalIfErrorf(f.run(ctx))
}

func (f *flags) run(ctx context.Context) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	c := &http.Client{Jar: jar}
	body, err := json.Marshal(map[string]string{"login": f.Login, "password": f.Password})
	if err != nil {
		return err
	}
	res, err := c.Post(f.Origin+"/api/session", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("sign in: %s", res.Status)
	}
	var took []time.Duration
	for i := range f.Count {
		d, err := f.once(ctx, c, f.Cameras[i%len(f.Cameras)])
		if err != nil {
			return err
		}
		took = append(took, d)
		if !vms.Sleep(ctx, rand.N(f.Pause)) {
			return ctx.Err()
		}
	}
	slices.Sort(took)
	at := func(p float64) time.Duration { return took[int(p*float64(len(took)-1))].Round(100 * time.Microsecond) }
	fmt.Printf("first decodable picture after the offer, n=%d: p50 %v, p95 %v, max %v\n", len(took), at(.5), at(.95), at(1))
	return nil
}

// once makes one session and returns how long the first picture took.
func (f *flags) once(ctx context.Context, c *http.Client, camera string) (time.Duration, error) {
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return 0, err
	}
	defer pc.Close()
	picture := make(chan time.Time, 1)
	pc.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { firstPicture(t, picture) })
	if _, err := pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly}); err != nil {
		return 0, err
	}
	if _, err := pc.CreateDataChannel("control", nil); err != nil {
		return 0, err
	}
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		return 0, err
	}
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(offer); err != nil {
		return 0, err
	}
	<-gathered
	url := f.Origin + "/whep/" + camera + "?stream=" + f.Stream
	if f.Past > 0 {
		at := time.Now().Add(-f.To - rand.N(f.Past-f.To)).UTC().Format(time.RFC3339Nano)
		url += "&purpose=" + f.Purpose + "&at=" + at
	}
	began := time.Now()
	answer, err := post(ctx, c, url, pc.LocalDescription().SDP)
	if err != nil {
		return 0, err
	}
	if err := pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		return 0, err
	}
	select {
	case at := <-picture:
		return at.Sub(began), nil
	case <-time.After(10 * time.Second):
		return 0, errors.New("no picture within 10 s")
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func post(ctx context.Context, c *http.Client, url, sdp string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(sdp))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/sdp")
	res, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusCreated {
		err = fmt.Errorf("%s: %s: %s", url, res.Status, b)
	}
	return string(b), err
}

// firstPicture tells when the last packet of the first key frame (RFC 6184) came.
func firstPicture(t *webrtc.TrackRemote, picture chan<- time.Time) {
	key := false
	for {
		p, _, err := t.ReadRTP()
		if err != nil {
			return
		}
		if len(p.Payload) < 2 {
			continue
		}
		kind := p.Payload[0] & 0x1f
		key = key || kind == 5 || kind == 28 && p.Payload[1]&0x1f == 5
		if key && p.Marker {
			select {
			case picture <- time.Now():
			default:
			}
			return
		}
	}
}
