package camsim

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"yagura/internal/media"
)

// BarBits is how many black (0) and white (1) blocks stand side by side along the upper edge of a
// test clip's picture: the frame's number, most significant bit on the left.
const BarBits = 24

// BarHeight is the height of the bars in a picture h px high, px.
func BarHeight(h int) int { return max(8, h/8) &^ 1 }

// ReadBars reads the number from the luma rows of a picture of w × h px, w bytes a row.
func ReadBars(luma []byte, w, h int) int {
	row := luma[BarHeight(h)/2*w:][:w]
	n := 0
	for i := range BarBits {
		n <<= 1
		if row[(2*i+1)*w/(2*BarBits)] > 127 {
			n |= 1
		}
	}
	return n
}

// Options says what a test clip is like. Zero fields have the default given. Clips that differ in First
// and Seconds only share their parameter sets, so a stream may go from one to the other.
type Options struct {
	Width, Height int         // px; 320 × 180
	FPS           int         // 15
	GOP           int         // frames from key frame to key frame; 2 s
	Seconds       int         // 4
	BFrames       int         // consecutive ones; 0
	Codec         media.Codec // H264
	Bitrate       int         // kbit/s; 200
	First         int         // number drawn into the first frame
}

func (o Options) filled() Options {
	o.Width, o.Height = cmp.Or(o.Width, 320), cmp.Or(o.Height, 180)
	o.FPS, o.Seconds = cmp.Or(o.FPS, 15), cmp.Or(o.Seconds, 4)
	o.GOP = cmp.Or(o.GOP, 2*o.FPS)
	o.Codec, o.Bitrate = cmp.Or(o.Codec, media.H264), cmp.Or(o.Bitrate, 200)
	return o
}

// TB is what this package needs of a testing.TB.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
	Context() context.Context
}

// TestClip makes a clip with ffmpeg, or takes the one an earlier test left in the temporary
// directory. Its frames are numbered by bars; below them a texture moves.
func TestClip(t TB, o Options) *Clip {
	t.Helper()
	path, err := TestFile(t.Context(), o)
	if err != nil {
		t.Fatalf("test clip: %v", err)
	}
	c, err := LoadClip(path)
	if err != nil {
		t.Fatalf("test clip: %v", err)
	}
	return c
}

// TestFile is TestClip as an MP4 file; the caller leaves it where it is.
func TestFile(ctx context.Context, o Options) (path string, err error) {
	o = o.filled()
	dir := filepath.Join(os.TempDir(), "yagura-clips")
	sum := sha256.Sum256(fmt.Appendf(nil, "2 %+v", o))
	path = filepath.Join(dir, fmt.Sprintf("%x.mp4", sum[:8]))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	tmp, err := os.CreateTemp(dir, "new-*.mp4")
	if err != nil {
		return "", err
	}
	tmp.Close()
	defer os.Remove(tmp.Name())
	if err := o.encode(ctx, tmp.Name()); err != nil {
		return "", err
	}
	return path, os.Rename(tmp.Name(), path)
}

func (o Options) encode(ctx context.Context, path string) error {
	rate := fmt.Sprintf("%dk", o.Bitrate)
	args := []string{
		"-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p",
		"-s", fmt.Sprintf("%dx%d", o.Width, o.Height), "-r", fmt.Sprint(o.FPS), "-i", "-", "-threads", "2",
	}
	params := fmt.Sprintf("keyint=%d:min-keyint=%d:scenecut=0:open-gop=0:bframes=%d:b-adapt=0", o.GOP, o.GOP, o.BFrames)
	if o.Codec == media.H265 {
		args = append(args, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", params+":log-level=error")
	} else {
		args = append(args, "-c:v", "libx264", "-preset", "veryfast", "-x264-params", params)
	}
	args = append(args, "-b:v", rate, "-maxrate", rate, "-bufsize", rate, "-pix_fmt", "yuv420p", path)
	cmd := exec.CommandContext(ctx, "ffmpeg", args...)
	var out bytes.Buffer
	cmd.Stderr = &out
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	w := bufio.NewWriterSize(in, 1<<20)
	drawErr := o.draw(w)
	in.Close()
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("ffmpeg: %w: %s", err, out.Bytes())
	}
	return drawErr
}

// draw writes the frames as planar YUV 4:2:0.
func (o Options) draw(w *bufio.Writer) error {
	luma := make([]byte, o.Width*o.Height)
	chroma := bytes.Repeat([]byte{128}, o.Width*o.Height/2)
	noise := make([]byte, len(luma)+1<<12)
	x := uint64(1)
	for i := range noise {
		x = x*6364136223846793005 + 1442695040888963407
		noise[i] = byte(64 + x>>58)
	}
	top := BarHeight(o.Height) * o.Width
	for n := range o.FPS * o.Seconds {
		n += o.First
		copy(luma[top:], noise[n*7%(1<<12):])
		for i := range top {
			bit := i % o.Width * BarBits / o.Width
			luma[i] = 16 + 219*byte(n>>(BarBits-1-bit)&1)
		}
		if _, err := w.Write(luma); err != nil {
			return err
		}
		if _, err := io.Copy(w, bytes.NewReader(chroma)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// Start runs a server until the test ends.
func Start(t TB, cfg Config) *Server {
	t.Helper()
	s, err := New(cfg)
	if err != nil {
		t.Fatalf("camsim: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Fatalf("camsim: %v", err)
		}
	})
	return s
}
