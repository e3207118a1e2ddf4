// Command past writes what the demo's cameras "showed" before it was started: the evening of
// yesterday at a1-07 and its neighbours, and some minutes of each of the last days at a dozen
// cameras. It writes segment files, DIR/<camera>/<stream>/<start-µs>.mp4, with the ordinary segment
// writer; `yagura import DIR` takes them into the archive.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"github.com/alecthomas/kong"

	"yagura/internal/camsim"
	"yagura/internal/camsim/clips"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

type flags struct {
	Out     string        `arg:"" help:"Folder to write to."`
	Part    string        `enum:"evening,days" required:"" help:"evening: yesterday 18:00 to 19:10; days: some minutes of each of the last days."`
	Days    int           `default:"30" help:"How many days back."`
	Minutes time.Duration `default:"2m" help:"Length of each day's piece."`
	Seed    uint64        `default:"1" help:"Seed of what is shown when; the same as of the cameras."`
}

var (
	jst     = time.FixedZone("JST", 9*60*60)
	evening = []vms.CameraID{"a1-07", "a1-06", "a1-08"}
	dozen   = []vms.CameraID{"a1-07", "a1-01", "a1-04", "a1-10", "a2-01", "a2-06", "a3-01", "a3-05", "b5-03", "b8-01", "c-seiso-1", "c-hokenjo-1"}
)

func main() {
	var f flags
	k := kong.Parse(&f, kong.Name("past"), kong.Description("Writes the past of the demo's cameras."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	k.FatalIfErrorf(f.run(ctx, time.Now().In(jst)))
}

func (f *flags) run(ctx context.Context, now time.Time) error {
	lib, err := camsim.LoadLibrary(clips.FS)
	if err != nil {
		return err
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, jst)
	s := &camsim.Schedule{Library: lib, Seed: f.Seed}
	if f.Part == "evening" {
		if s.Library, err = lib.Cast(map[vms.CameraID]string{"a1-07": "terminals-night", "a1-06": "office-night"}); err != nil {
			return err
		}
		day := today.AddDate(0, 0, -1)
		s.Cues = map[vms.CameraID][]camsim.Cue{"a1-07": staysOn(day)}
		for _, id := range evening {
			if err := f.write(ctx, s, id, day.Add(18*time.Hour), 70*time.Minute); err != nil {
				return err
			}
		}
		return nil
	}
	for back := 1; back <= f.Days; back++ {
		day := today.AddDate(0, 0, -back)
		for i, id := range dozen {
			at := day.Add(10*time.Hour + time.Duration(i*25+back%5*7)*time.Minute)
			if err := f.write(ctx, s, id, at, f.Minutes); err != nil {
				return err
			}
		}
	}
	return nil
}

// staysOn is the evening the sample log events fall into: between 18:10 and 19:00 somebody comes to a
// terminal again and again.
func staysOn(day time.Time) (cues []camsim.Cue) {
	for _, minute := range []int{10, 17, 24, 31, 38, 45, 52, 58} {
		cues = append(cues, camsim.Cue{At: vms.InstantOf(day.Add(18*time.Hour + time.Duration(minute)*time.Minute)), Shot: "e1"})
	}
	return cues
}

func (f *flags) write(ctx context.Context, s *camsim.Schedule, id vms.CameraID, from time.Time, length time.Duration) error {
	span := vms.Span{From: vms.InstantOf(from), To: vms.InstantOf(from.Add(length))}
	for _, stream := range []vms.Stream{vms.Main, vms.Sub} {
		if err := f.writeFeed(ctx, s, vms.Feed{Camera: id, Stream: stream}, span); err != nil {
			return fmt.Errorf("%s/%s: %w", id, stream, err)
		}
	}
	return nil
}

// writeFeed writes one run of one feed as one file; importing cuts it into minutes.
func (f *flags) writeFeed(ctx context.Context, s *camsim.Schedule, feed vms.Feed, span vms.Span) (err error) {
	dir := filepath.Join(f.Out, string(feed.Camera), string(feed.Stream))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(dir, strconv.FormatInt(int64(span.From), 10)+".mp4"))
	if err != nil {
		return err
	}
	defer func() {
		if e := file.Close(); err == nil {
			err = e
		}
	}()
	out := bufio.NewWriterSize(file, 1<<20)
	var w *segment.Writer
	for u := range s.Footage(feed, span) {
		if w == nil {
			if w, err = segment.NewWriter(out, segment.Header{Feed: feed, Track: u.Track, Run: u.Run}); err != nil {
				return err
			}
		}
		if err := w.Write(u); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if w == nil {
		return nil
	}
	if _, err := w.Close(0, 0); err != nil {
		return err
	}
	return out.Flush()
}
