package whep_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"yagura/internal/vms"
	"yagura/internal/whep"
)

// BenchmarkFirstPicture measures from the WHEP offer to the first whole key frame at the viewer, which
// joins at random moments of the group of pictures: 720p, 15 fps, about 1.5 Mbit/s.
func BenchmarkFirstPicture(b *testing.B) {
	for _, gop := range []int{30, 60} {
		b.Run(fmt.Sprintf("gop=%ds", gop/15), func(b *testing.B) {
			src := newSource()
			c := src.add("a1-01", vms.Main, newCam(h264))
			c.write(2*gop, gop, 10_000, frameTime)
			c.run(b, gop, 10_000, frameTime)
			s := newServer(b)
			var first, all []time.Duration
			for b.Loop() {
				v := newViewer(b, viewerOptions{})
				offer := []byte(v.offer())
				c.mu.Lock()
				newest := c.id - 1
				c.mu.Unlock()
				began := time.Now()
				sess, answer, err := s.Offer(context.Background(), offer, src, mainOf)
				require.NoError(b, err)
				v.answer(sess, answer)
				f := v.frame()
				require.True(b, f.key)
				first = append(first, time.Since(began))
				for f.id < newest {
					f = v.frame()
				}
				all = append(all, time.Since(began))
				_ = v.pc.GracefulClose()
				<-sess.Done()
			}
			report(b, "first", first)
			report(b, "live", all)
		})
	}
}

// BenchmarkPastPicture measures from an offer with at= to the first key frame, and a paused seek on an
// open session to the exact picture (half a group of pictures on average).
func BenchmarkPastPicture(b *testing.B) {
	src := newSource()
	pastCam(src)
	s := newServer(b)
	b.Run("offer", func(b *testing.B) {
		var first []time.Duration
		for b.Loop() {
			v := newViewer(b, viewerOptions{})
			offer := []byte(v.offer())
			began := time.Now()
			sess, answer, err := s.Offer(context.Background(), offer, src, pastOf(moment(1015)))
			require.NoError(b, err)
			v.answer(sess, answer)
			v.frame()
			first = append(first, time.Since(began))
			_ = v.pc.GracefulClose()
			<-sess.Done()
		}
		report(b, "first", first)
	})
	b.Run("seek", func(b *testing.B) {
		v := watch(b, s, src, pastOf(moment(0)), viewerOptions{})
		v.frame()
		v.pause()
		var exact []time.Duration
		for i := 0; b.Loop(); i++ {
			began := time.Now()
			v.seekTo(i * 37 % 2990)
			exact = append(exact, time.Since(began))
			require.True(b, vms.Sleep(context.Background(), 60*time.Millisecond))
		}
		report(b, "exact", exact)
	})
}

// BenchmarkViewers measures what the server costs for each viewer-minute, 40 viewers of one camera; the
// viewers are another process.
func BenchmarkViewers(b *testing.B) {
	const n = 40
	src := newSource()
	liveCam15(b, src)
	s := newServer(b)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		offer, err := io.ReadAll(r.Body)
		if err == nil {
			var answer []byte
			if _, answer, err = s.Offer(r.Context(), offer, src, mainOf); err == nil {
				_, err = w.Write(answer)
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	defer web.Close()
	viewers := exec.Command(os.Args[0], "-test.run", "^TestViewersOfABenchmark$")
	viewers.Env = append(os.Environ(), "WHEP_URL="+web.URL, fmt.Sprint("WHEP_VIEWERS=", n))
	in, err := viewers.StdinPipe()
	require.NoError(b, err)
	require.NoError(b, viewers.Start())
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	for len(s.Sessions()) < n || s.Sessions()[0].Stats().Packets < 1000 {
		require.True(b, vms.Sleep(ctx, 100*time.Millisecond))
	}
	before, packets, began := cpu(b), sent(s), time.Now()
	for b.Loop() {
		require.True(b, vms.Sleep(ctx, 10*time.Second))
	}
	minutes := time.Since(began).Minutes()
	b.ReportMetric((cpu(b)-before).Seconds()/minutes/n, "cpu-s/viewer-min")
	b.ReportMetric(float64(sent(s)-packets)/minutes/60, "packets/s")
	b.ReportMetric(0, "ns/op")
	require.NoError(b, in.Close())
	_ = viewers.Wait()
}

func liveCam15(b *testing.B, src *source) {
	c := src.add("a1-01", vms.Main, newCam(h264))
	c.write(45, 30, 10_000, frameTime)
	c.run(b, 30, 10_000, frameTime)
}

func cpu(b *testing.B) time.Duration {
	var r unix.Rusage
	require.NoError(b, unix.Getrusage(unix.RUSAGE_SELF, &r))
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func sent(s *whep.Server) (n uint64) {
	for _, sess := range s.Sessions() {
		n += sess.Stats().Packets
	}
	return n
}

// TestViewersOfABenchmark is the other process of BenchmarkViewers.
func TestViewersOfABenchmark(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("WHEP_VIEWERS"))
	if err != nil {
		return
	}
	for range n {
		v := newViewer(t, viewerOptions{})
		res, err := http.Post(os.Getenv("WHEP_URL"), "application/sdp", strings.NewReader(v.offer()))
		require.NoError(t, err)
		answer, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		v.answer(nil, answer)
		go func() {
			for {
				select {
				case <-v.frames:
				case <-t.Context().Done():
					return
				}
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark is over
}

func report(b *testing.B, name string, d []time.Duration) {
	slices.Sort(d)
	ms := func(q float64) float64 { return d[int(q*float64(len(d)-1))].Seconds() * 1e3 }
	b.ReportMetric(ms(0.5), name+"-p50-ms")
	b.ReportMetric(ms(0.95), name+"-p95-ms")
	b.ReportMetric(0, "ns/op")
}
