package whep_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/formats/mp4/codecs"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/pmp4"
	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// page is a small WHEP player. It opens live, then goes to the past, pauses, seeks exactly, and
// reads back the number drawn into each picture; what it saw it sends to /result.
const page = `<!doctype html><video autoplay muted playsinline></video><script>
const video = document.querySelector('video'), canvas = document.createElement('canvas');
const draw = canvas.getContext('2d', {willReadFrequently: true});
const sleep = ms => new Promise(r => setTimeout(r, ms));
let shown = {}, waiting = [], messages = [];
function onFrame(now, m) {
  video.requestVideoFrameCallback(onFrame);
  shown = {rtp: m.rtpTimestamp, time: performance.now()};
  waiting = waiting.filter(w => !w(shown));
}
video.requestVideoFrameCallback(onFrame);
// The callback is sometimes missed although the picture is on the screen; then the picture is asked.
const painted = () => { const f = new VideoFrame(video), rtp = f.metadata().rtpTimestamp; f.close(); return {rtp, time: performance.now()}; };
async function frame(test) {
  if (test(shown)) return shown;
  const seen = new Promise(ok => waiting.push(s => test(s) && (ok(s), true)));
  for (let i = 0; i < 100; i++) {
    const f = await Promise.race([seen, sleep(50)]) || (video.videoWidth && painted());
    if (f && test(f)) return f;
  }
  throw new Error('no such picture; shown ' + shown.rtp + ', painted ' + painted().rtp);
}
function bars() {
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  draw.drawImage(video, 0, 0);
  let n = 0;
  for (let i = 0; i < 24; i++) n = n * 2 + (draw.getImageData(Math.floor((2*i+1)*canvas.width/48), 8, 1, 1).data[0] > 127 ? 1 : 0);
  return n;
}
async function message(test) {
  for (let i = 0; i < 500; i++) { const k = messages.findIndex(test); if (k >= 0) return messages.splice(k, 1)[0]; await sleep(10); }
  throw new Error('no such message');
}
async function main(plan) {
  const pc = new RTCPeerConnection(), out = {seeks: []};
  pc.addTransceiver("audio", {direction: "recvonly"});
  pc.addTransceiver("video", {direction: "recvonly"});
  const dc = pc.createDataChannel('control');
  const waits = [];
  dc.onmessage = e => { const m = JSON.parse(e.data); messages.push(m); };
  pc.ontrack = e => { if (e.track.kind == 'video') video.srcObject = new MediaStream([e.track]); };
  await pc.setLocalDescription();
  const began = performance.now();
  const res = await fetch('/whep', {method: 'POST', body: pc.localDescription.sdp});
  await pc.setRemoteDescription({type: 'answer', sdp: await res.text()});
  await frame(s => s.rtp !== undefined);
  out.first = performance.now() - began;
  await message(m => m.type == 'position' && m.live);
  await sleep(1000);
  const st = [...(await pc.getStats()).values()].find(s => s.type == 'inbound-rtp' && s.kind == 'video');
  out.live = {decoded: st.framesDecoded, dropped: st.framesDropped, plis: st.pliCount, lost: st.packetsLost, bars: bars()};
  dc.send(JSON.stringify({type: 'seek', at: plan[0].at}));
  dc.send(JSON.stringify({type: 'pause'}));
  await message(m => m.type == 'position' && !m.live && m.rate == 0);
  await sleep(300);
  messages = [];
  for (const s of plan) {
    const t = performance.now();
    dc.send(JSON.stringify({type: 'seek', at: s.at}));
    const pos = await message(m => m.type == 'position' && m.at == s.at);
    const f = await frame(x => x.rtp == pos.rtp);
    out.seeks.push({want: s.number, got: bars(), ms: f.time - t});
    await sleep(30);
  }
  dc.send(JSON.stringify({type: 'live'}));
  const t = performance.now();
  const pos = await message(m => m.type == 'position' && m.live);
  await frame(x => ((x.rtp - pos.rtp) | 0) >= 0);
  out.back = performance.now() - t;
  pc.close();
  return out;
}
fetch('/plan').then(r => r.json()).then(main).then(o => o, e => ({error: String(e)}))
  .then(o => fetch('/result', {method: 'POST', body: JSON.stringify(o)}));
</script>`

// result is what the page saw; times in ms.
type result struct {
	Error string
	First float64
	Back  float64
	Live  struct{ Decoded, Dropped, PLIs, Lost, Bars int }
	Seeks []struct {
		Want, Got int
		MS        float64
	}
}

// film reads the access units of an H.264 MP4 file, from at on, 1/15 s apart.
func film(t testing.TB, path string, at vms.Instant) []*media.Unit {
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	var p pmp4.Presentation
	require.NoError(t, p.Unmarshal(bytes.NewReader(b)))
	tr := p.Tracks[0]
	c := tr.Codec.(*codecs.H264)
	track := &media.Track{Codec: media.H264, SPS: c.SPS, PPS: c.PPS}
	var out []*media.Unit
	for i, s := range tr.Samples {
		b, err := s.GetPayload()
		require.NoError(t, err)
		u := &media.Unit{Track: track, At: at.Add(time.Duration(i) * frameTime), Run: at, Key: !s.IsNonSyncSample}
		for len(b) > 4 {
			n := int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3])
			u.NALs = append(u.NALs, b[4:4+n])
			b = b[4+n:]
		}
		out = append(out, u)
	}
	return out
}

// loop writes a film to a cam's ring for ever, in real time, beginning with a group of pictures at once.
func (c *cam) loop(t testing.TB, units []*media.Unit) {
	now := vms.InstantOf(time.Now())
	write := func(i int, at vms.Instant) {
		u := *units[i%len(units)]
		u.At, u.Run, u.PTS, u.DTS = at, now, int64(i)*6000, int64(i)*6000
		_ = c.ring.WriteUnit(&u)
	}
	c.track = units[0].Track
	for i := range 45 {
		write(i, now.Add(time.Duration(i-44)*frameTime))
	}
	done := make(chan struct{})
	stop := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(frameTime)
		defer tick.Stop()
		for i := 45; ; i++ {
			select {
			case <-tick.C:
				write(i, vms.InstantOf(time.Now()))
			case <-stop:
				return
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-done })
}

func TestChromiumShowsLiveAndTheExactPicture(t *testing.T) {
	t.Parallel()
	path, err := camsim.TestFile(t.Context(), camsim.Options{Width: 640, Height: 360, Seconds: 20, Bitrate: 800})
	require.NoError(t, err)
	src := newSource()
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.past = film(t, path, tapeStart)
	c.loop(t, film(t, path, tapeStart))
	type seek struct {
		At     vms.Instant `json:"at"`
		Number int         `json:"number"`
	}
	var plan []seek
	for i := range 20 {
		n := (17 + i*71) % len(c.past)
		plan = append(plan, seek{c.past[n].At, n})
	}
	var got result
	browse(t, src, plan, &got)
	require.Empty(t, got.Error)
	require.Greater(t, got.Live.Decoded, 10, "it moves")
	var ms []float64
	for _, s := range got.Seeks {
		require.Equal(t, s.Want, s.Got)
		ms = append(ms, s.MS)
	}
	slices.Sort(ms)
	t.Logf("first picture %.0f ms; seek p50 %.0f, max %.0f ms; back to live %.0f ms; live %+v", got.First, ms[len(ms)/2], ms[len(ms)-1], got.Back, got.Live)
}

// browse runs the page in a headless Chromium until it sends its result.
func browse(t *testing.T, src whep.Source, plan, result any) {
	s := newServer(t)
	done := make(chan []byte, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, page) })
	mux.HandleFunc("GET /plan", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(plan) })
	mux.HandleFunc("POST /whep", func(w http.ResponseWriter, r *http.Request) {
		offer, _ := io.ReadAll(r.Body)
		_, answer, err := s.Offer(r.Context(), offer, src, mainOf)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_, _ = w.Write(answer)
	})
	mux.HandleFunc("POST /result", func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		done <- b
	})
	web := httptest.NewServer(mux)
	defer web.Close()
	browser := exec.Command("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
		"--autoplay-policy=no-user-gesture-required", "--user-data-dir="+t.TempDir(), web.URL)
	browser.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, browser.Start())
	defer func() {
		_ = syscall.Kill(-browser.Process.Pid, syscall.SIGKILL)
		_ = browser.Wait()
	}()
	select {
	case b := <-done:
		require.NoError(t, json.Unmarshal(b, result), "%s", b)
	case <-time.After(time.Minute):
		require.Fail(t, "the page sent no result")
	}
}
