package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// footage is recordings of one feed, laid into store and index as the uploader does.
type footage struct {
	feed  vms.Feed
	units [][]*media.Unit // by segment
	ends  []vms.Instant   // of the segments
	gaps  []vms.Gap
	keys  []string // of the objects
}

func (f *footage) all() []*media.Unit { return slices.Concat(f.units...) }

// shape is how a run of segments is made.
type shape struct {
	start     vms.Instant
	segments  int
	groups    int // of pictures, per segment
	group     int // pictures
	frame     time.Duration
	reordered bool
}

// record makes the shape's segments; the last one ends with its last picture.
func (f *footage) record(s shape) vms.Instant {
	track := *testTrack
	track.PPS = fmt.Append([]byte{0x68}, s.start)
	track.Reordered = s.reordered
	step := media.ToTicks(s.frame)
	var pts int64
	for range s.segments {
		var units []*media.Unit
		for range s.groups {
			first := pts
			for i := range s.group {
				shown := first + int64(s.order(i))*step
				units = append(units, &media.Unit{
					Track: &track, DTS: pts, PTS: shown + 2*step, Run: s.start, Key: i == 0,
					At: s.start.Add(media.Ticks(shown)), NALs: [][]byte{fmt.Append(nil, "picture ", shown, s.start)},
				})
				pts += step
			}
		}
		f.units = append(f.units, units)
		f.ends = append(f.ends, s.start.Add(media.Ticks(pts)))
	}
	return f.ends[len(f.ends)-1]
}

// order is when the i-th picture of a group is shown: I, or I P b b P b b.
func (s shape) order(i int) int {
	if base := (i-1)/3*3 + 1; s.reordered && i > 0 && base+2 < s.group {
		return base + []int{2, 0, 1}[(i-1)%3]
	}
	return i
}

// plant lays it into the archive.
func (f *footage) plant(t testing.TB, r *Archive) {
	t.Helper()
	ctx := context.Background()
	var rows []*row
	for i, units := range f.units {
		var out bytes.Buffer
		w, err := segment.NewWriter(&out, segment.Header{
			Feed: f.feed, Track: units[0].Track, Run: units[0].Run, Seq: int64(i), Fragment: 700 * time.Millisecond,
		})
		require.NoError(t, err)
		for _, u := range units {
			require.NoError(t, w.Write(u))
		}
		sum, err := w.Close(f.ends[i], 0)
		require.NoError(t, err)
		key := objectKey(f.feed, sum.Span.From, int64(i))
		require.NoError(t, r.cfg.Store.Put(ctx, key, bytes.NewReader(out.Bytes()), int64(out.Len())))
		rows, f.keys = append(rows, rowOf(sum, key)), append(f.keys, key)
	}
	require.NoError(t, r.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, row := range rows {
			if err := insert(ctx, tx, row); err != nil {
				return err
			}
		}
		for _, g := range f.gaps {
			if err := addGap(ctx, tx, f.feed, g); err != nil {
				return err
			}
		}
		return nil
	}))
}

// What a player gives, as text.
func unitText(u *media.Unit) string { return fmt.Sprintf("%v %s", u.At, u.NALs[0]) }
func gapText(g vms.Gap) string      { return fmt.Sprintf("%v gap to %v: %s", g.From, g.To, g.Cause) }

// next reads once.
func next(t require.TestingT, p *Player) (string, error) {
	u, err := p.ReadUnit(context.Background())
	var gap *media.Gap
	switch {
	case errors.As(err, &gap):
		return gapText(gap.Gap), nil
	case errors.Is(err, io.EOF):
		return "", io.EOF
	}
	require.NoError(t, err)
	return unitText(u), nil
}

// rest reads to the end.
func rest(t require.TestingT, p *Player) (all []string) {
	for {
		s, err := next(t, p)
		if err != nil {
			return all
		}
		all = append(all, s)
	}
}

// holes are the stretches without footage within a span, by cause, as they are to be told.
func (f *footage) holes(span vms.Span) (out []vms.Gap) {
	all := f.all()
	whole := []vms.Gap{{Span: vms.Span{To: all[0].At}, Cause: vms.NotConfigured}}
	whole = append(whole, f.gaps...)
	whole = append(whole, vms.Gap{Span: vms.Span{From: f.ends[len(f.ends)-1], To: span.To}, Cause: vms.Restarted})
	for _, g := range whole {
		if g.Span = g.Intersect(span); !g.Empty() {
			out = append(out, g)
		}
	}
	return out
}

// visible are the units of a permitted span that can be decoded from units within it.
func (f *footage) visible(span vms.Span) (out []*media.Unit) {
	good := false
	for _, u := range f.all() {
		if u.Key {
			good = span.Contains(u.At)
		}
		if good = good && u.At < span.To; good {
			out = append(out, u)
		}
	}
	return out
}

// oracle says what a player gives after Seek(at), by going through everything in order.
func (f *footage) oracle(permit []vms.Span, at vms.Instant) (forward, reverse []string) {
	i := slices.IndexFunc(permit, func(s vms.Span) bool { return s.Contains(at) })
	units, best := f.visible(permit[i]), -1
	for k, u := range units {
		if u.At <= at && (best < 0 || u.At > units[best].At) {
			best = k
		}
	}
	forward, told := holeAt(f.holes(permit[i]), at)
	key := best
	for key > 0 && !units[key].Key {
		key--
	}
	from := at
	for k := max(0, key); k <= best; k++ {
		forward, from = append(forward, unitText(units[k])), units[best].At
	}
	reverse = slices.Clone(forward)
	units = units[best+1:]
	forward = append(forward, inOrder(units, f.holes(permit[i]), from, told)...)
	for _, s := range permit[i+1:] {
		forward = append(forward, inOrder(f.visible(s), f.holes(s), s.From-1, vms.Span{})...)
	}
	for k := i; k >= 0; k-- {
		before := permit[k].To
		if k == i {
			before = from
		} else {
			told = vms.Span{}
		}
		reverse = append(reverse, inReverse(f.visible(permit[k]), f.holes(permit[k]), before, told)...)
	}
	return forward, reverse
}

// holeAt is the gap that an instant lies in, and the whole hole, whatever its causes.
func holeAt(gaps []vms.Gap, at vms.Instant) (text []string, hole vms.Span) {
	for _, g := range gaps {
		if g.Contains(at) {
			text = append(text, gapText(g))
		}
	}
	for _, h := range vms.Union(spansOf(gaps)) {
		if h.Contains(at) {
			hole = h
		}
	}
	return text, hole
}

func spansOf(gaps []vms.Gap) (out []vms.Span) {
	for _, g := range gaps {
		out = append(out, g.Span)
	}
	return out
}

// inOrder merges units, in decoding order, and the gaps behind an instant.
func inOrder(units []*media.Unit, gaps []vms.Gap, behind vms.Instant, told vms.Span) (out []string) {
	for _, g := range gaps {
		if g.From <= behind && !g.Contains(behind+1) || told.Overlaps(g.Span) {
			continue
		}
		for len(units) > 0 && units[0].At < g.From {
			out, units = append(out, unitText(units[0])), units[1:]
		}
		out = append(out, gapText(g))
	}
	for _, u := range units {
		out = append(out, unitText(u))
	}
	return out
}

func inReverse(units []*media.Unit, gaps []vms.Gap, before vms.Instant, told vms.Span) (out []string) {
	units = slices.DeleteFunc(slices.Clone(units), func(u *media.Unit) bool { return !u.Key || u.At >= before })
	for _, g := range slices.Backward(gaps) {
		if g.From >= before || told.Overlaps(g.Span) {
			continue
		}
		for n := len(units); n > 0 && units[n-1].At >= g.To; n = len(units) {
			out, units = append(out, unitText(units[n-1])), units[:n-1]
		}
		out = append(out, gapText(g))
	}
	for _, u := range slices.Backward(units) {
		out = append(out, unitText(u))
	}
	return out
}

func drawFootage(t *rapid.T, feed vms.Feed, start vms.Instant) *footage {
	f := &footage{feed: feed}
	at := start
	for i := range rapid.IntRange(1, 3).Draw(t, "runs") {
		if i > 0 {
			for range rapid.IntRange(1, 2).Draw(t, "causes") {
				length := rapid.SampledFrom([]time.Duration{time.Microsecond, 2 * time.Microsecond, time.Second, 20 * time.Second, 3 * time.Minute}).Draw(t, "gap")
				cause := []vms.Cause{vms.Unreachable, vms.Stalled}[len(f.gaps)%2]
				f.gaps = append(f.gaps, vms.Gap{Span: vms.Span{From: at, To: at.Add(length)}, Cause: cause})
				at = at.Add(length)
			}
		}
		at = f.record(shape{
			start: at, segments: rapid.IntRange(1, 2).Draw(t, "segments"), groups: rapid.IntRange(1, 3).Draw(t, "groups"),
			group: rapid.IntRange(1, 9).Draw(t, "group"), frame: rapid.SampledFrom([]time.Duration{100 * time.Millisecond, time.Second / 15, 400 * time.Millisecond}).Draw(t, "frame"),
			reordered: rapid.Bool().Draw(t, "reordered"),
		})
	}
	return f
}

// edges are the instants where something changes, and one microsecond to each side.
func (f *footage) edges() (out []vms.Instant) {
	add := func(i vms.Instant) { out = append(out, i-1, i, i+1) }
	for _, g := range f.gaps {
		add(g.From)
		add(g.To)
	}
	for _, e := range f.ends {
		add(e)
	}
	for _, u := range f.all() {
		add(u.At)
	}
	return out
}

// inBubble hides the deadline, which may not be asked for in a bubble.
type inBubble struct{ *testing.T }

func TestPlayerShowsTheRightPictureEverywhere(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		n, start := 0, vms.InstantOf(time.Now().Add(-time.Hour))
		rapid.Check(inBubble{t}, func(t *rapid.T) {
			n++
			f := drawFootage(t, vms.Feed{Camera: vms.CameraID(fmt.Sprint("c-", n)), Stream: vms.Main}, start)
			f.plant(r.t, r.a)
			edge := rapid.SampledFrom(append(f.edges(), start-5e6, f.ends[len(f.ends)-1]+5e6))
			var permit []vms.Span
			for range rapid.IntRange(1, 2).Draw(t, "permits") {
				a, b := edge.Draw(t, "from"), edge.Draw(t, "to")
				permit = append(permit, vms.Span{From: min(a, b), To: max(a, b) + 1})
			}
			permit = vms.Union(permit)
			for range 3 {
				checkSeek(t, r.a, f, permit, edge.Draw(t, "at"))
			}
		})
	})
}

func checkSeek(t *rapid.T, a *Archive, f *footage, permit []vms.Span, at vms.Instant) {
	p, err := a.Player(context.Background(), f.feed, at, permit)
	if !slices.ContainsFunc(permit, func(s vms.Span) bool { return s.Contains(at) }) {
		require.ErrorIs(t, err, vms.Denied)
		return
	}
	require.NoError(t, err)
	forward, reverse := f.oracle(permit, at)
	require.NoError(t, p.SetRate(8))
	if diff := cmp.Diff(forward, rest(t, p)); diff != "" {
		t.Fatalf("forward from %v in %v:\n%s", at, permit, diff)
	}
	require.NoError(t, p.Seek(context.Background(), at))
	require.NoError(t, p.SetRate(-0.5))
	if diff := cmp.Diff(reverse, rest(t, p)); diff != "" {
		t.Fatalf("reverse from %v in %v:\n%s", at, permit, diff)
	}
}
