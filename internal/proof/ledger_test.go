package proof

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/camsim"
	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// ledger is what was recorded of one feed, read from the objects alone.
type ledger struct {
	feed     vms.Feed
	segments []*segment.Summary // by time
	stamps   []camsim.Stamp     // rising: every unit once, in order
	dir      string             // of copies of the files, in order
}

// ledgers reads every object of every feed and checks what holds of any recording: hashes, order, no
// overlap, no unit twice, every bit as the camera sent it, and that ffmpeg reads every segment.
func (h *house) ledgers() []*ledger {
	h.t.Helper()
	store, dir := h.store(), h.t.TempDir()
	out := make([]*ledger, len(h.feeds))
	var g errgroup.Group
	g.SetLimit(2)
	for i, f := range h.feeds {
		g.Go(func() (err error) {
			l := &ledger{feed: f, dir: filepath.Join(dir, fmt.Sprint(i))}
			out[i] = l
			if err := l.read(h.t, store, h.shows); err != nil {
				return fmt.Errorf("%v: %w", f, err)
			}
			return l.decode()
		})
	}
	require.NoError(h.t, g.Wait())
	units, segments := 0, 0
	for _, l := range out {
		units, segments = units+len(l.stamps), segments+len(l.segments)
	}
	figure(h.t, "read back", "%d segments, %d units: bit for bit what the cameras sent, each once, decoded by ffmpeg", segments, units)
	return out
}

func (l *ledger) read(t *testing.T, store objects, shows *camsim.Schedule) error {
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		return err
	}
	for info, err := range store.List(t.Context(), "footage/"+l.feed.String()+"/") {
		if err != nil {
			return err
		}
		r, err := store.Get(t.Context(), info.Key, 0, -1)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(r)
		if err := cmp.Or(err, r.Close()); err != nil {
			return err
		}
		if err := l.add(b, shows); err != nil {
			return fmt.Errorf("%s: %w", info.Key, err)
		}
	}
	return nil
}

// add reads one object. Objects come in order of their keys, which is that of time.
func (l *ledger) add(b []byte, shows *camsim.Schedule) error {
	sum, err := segment.Verify(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if n := len(l.segments); n > 0 && sum.Span.From < l.segments[n-1].Span.To {
		return fmt.Errorf("%v overlaps %v", sum.Span, l.segments[n-1].Span)
	}
	l.segments = append(l.segments, sum)
	var units []*media.Unit
	for _, f := range sum.Fragments {
		part, err := segment.ReadFragment(b[f.Off:f.Off+f.Len:f.Off+f.Len], sum.Track, sum.Run, f)
		if err != nil {
			return err
		}
		units = append(units, part...)
	}
	if err := l.compare(units, shows); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(l.dir, fmt.Sprintf("%06d.mp4", len(l.segments))), b, 0o644)
}

// compare checks the units against what the camera showed.
func (l *ledger) compare(units []*media.Unit, shows *camsim.Schedule) error {
	first, ok1 := camsim.StampOf(units[0].NALs)
	last, ok2 := camsim.StampOf(units[len(units)-1].NALs)
	if !ok1 || !ok2 {
		return fmt.Errorf("a unit without a stamp")
	}
	next, stop := iter.Pull(shows.Footage(l.feed, vms.Span{From: first.At, To: last.At + 1}))
	defer stop()
	for _, u := range units {
		s, ok := camsim.StampOf(u.NALs)
		if !ok || s.Feed != l.feed {
			return fmt.Errorf("stamp %v, %v", s, ok)
		}
		if n := len(l.stamps); n > 0 && s.Seq <= l.stamps[n-1].Seq {
			return fmt.Errorf("unit %d behind unit %d", s.Seq, l.stamps[n-1].Seq)
		}
		l.stamps = append(l.stamps, s)
		for {
			want, more := next()
			if !more {
				return fmt.Errorf("unit %d is not among those of the camera", s.Seq)
			}
			if w, _ := camsim.StampOf(want.NALs); w.Seq < s.Seq {
				continue
			}
			if !slices.EqualFunc(u.NALs, want.NALs, bytes.Equal) {
				return fmt.Errorf("unit %d differs from what the camera sent", s.Seq)
			}
			break
		}
	}
	return nil
}

// decode has ffmpeg decode all the feed's files and count the pictures.
func (l *ledger) decode() error {
	files, err := filepath.Glob(filepath.Join(l.dir, "*.mp4"))
	if err != nil || len(files) == 0 {
		return err
	}
	n, err := decodedBy(filepath.Join(l.dir, "list"), files)
	if err != nil {
		return fmt.Errorf("%v: %w", l.feed, err)
	}
	if n != len(l.stamps) {
		return fmt.Errorf("%v: ffmpeg decodes %d pictures of %d", l.feed, n, len(l.stamps))
	}
	return nil
}

var framesSaid = regexp.MustCompile(`(?m)^frame=(\d+)`)

// decodedBy is how many pictures ffmpeg decodes from files of one track, one after the other, without
// complaint. It writes the list of them that ffmpeg reads.
func decodedBy(list string, files []string) (n int, err error) {
	var text strings.Builder
	for _, f := range files {
		fmt.Fprintf(&text, "file '%s'\n", f)
	}
	if err := os.WriteFile(list, []byte(text.String()), 0o644); err != nil {
		return 0, err
	}
	cmd := exec.Command("ffmpeg", "-v", "warning", "-nostats", "-threads", "1", "-f", "concat", "-safe", "0", "-i", list,
		"-fps_mode", "passthrough", "-f", "null", "-progress", "pipe:1", "-")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		return 0, fmt.Errorf("ffmpeg: %v\n%s", err, complaints.Bytes()[:min(2000, complaints.Len())])
	}
	said := framesSaid.FindAllStringSubmatch(string(out), -1)
	if len(said) == 0 {
		return 0, fmt.Errorf("ffmpeg counted nothing: %s", out)
	}
	_, err = fmt.Sscan(said[len(said)-1][1], &n)
	return n, err
}

// hole is a stretch of units that are not recorded, between two that are.
type hole struct{ before, behind camsim.Stamp }

func (l *ledger) holes() (out []hole) {
	for i := 1; i < len(l.stamps); i++ {
		if l.stamps[i].Seq != l.stamps[i-1].Seq+1 {
			out = append(out, hole{l.stamps[i-1], l.stamps[i]})
		}
	}
	return out
}

// between returns the recorded stamps with numbers from first to last.
func (l *ledger) between(first, last uint64) []camsim.Stamp {
	if last < first {
		return nil // nothing was sent
	}
	find := func(seq uint64) int {
		i, _ := slices.BinarySearchFunc(l.stamps, seq, func(s camsim.Stamp, seq uint64) int { return cmp.Compare(s.Seq, seq) })
		return i
	}
	return l.stamps[find(first):find(last+1)]
}

// unbroken checks, for every feed, that not one unit is missing and that the API says the same. It
// returns how many units there are.
func (h *house) unbroken(n *node) (units int) {
	h.t.Helper()
	sent := h.sent()
	for _, l := range h.ledgers() {
		l.whole(h.t, sent[l.feed])
		spans, _ := n.accounted(l.feed, vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())})
		require.Len(h.t, spans, 1, "%v", l.feed)
		units += len(l.stamps)
	}
	n.alive()
	return units
}

// whole checks that not one unit is missing, from the first recorded to the last sent.
func (l *ledger) whole(t *testing.T, sent camsim.Sent) {
	t.Helper()
	require.NotEmpty(t, l.stamps, "%v", l.feed)
	require.Empty(t, l.holes(), "%v", l.feed)
	require.Equal(t, sent.First, l.stamps[0].Seq, "%v: first", l.feed)
	require.Equal(t, sent.Last, l.stamps[len(l.stamps)-1].Seq, "%v: last", l.feed)
}
