package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// picture is what Picture is to give, by going through everything in order; else the cause of the gap.
func (f *footage) picture(permit vms.Span, at vms.Instant) (units []string, cause string) {
	all, best := f.visible(permit), -1
	for k, u := range all {
		if u.At <= at && (best < 0 || u.At > all[best].At) {
			best = k
		}
	}
	for _, g := range f.holes(permit) {
		if g.Contains(at) {
			cause = string(g.Cause)
		}
	}
	if best >= 0 && (cause == "" || at.Sub(all[best].At) <= 2*time.Second) {
		key := best
		for !all[key].Key {
			key--
		}
		for _, u := range all[key : best+1] {
			units = append(units, unitText(u))
		}
		return units, ""
	}
	for _, u := range all {
		if u.Key && u.At >= at && u.At < at.Add(2*time.Second) {
			return []string{unitText(u)}, ""
		}
	}
	if cause == "" {
		cause = string(vms.NoKeyFrame)
	}
	return nil, cause
}

func TestPictureIsTheOneShown(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		n, start := 0, vms.InstantOf(time.Now().Add(-time.Hour))
		rapid.Check(inBubble{t}, func(t *rapid.T) {
			n++
			f := drawFootage(t, vms.Feed{Camera: vms.CameraID(fmt.Sprint("c-", n)), Stream: vms.Main}, start)
			f.plant(r.t, r.a)
			end := f.ends[len(f.ends)-1]
			edge := rapid.SampledFrom(append(f.edges(), start-5e6, start-2e6, start-1e6, end+1e6, end+2e6, end+5e6))
			a, b := edge.Draw(t, "from"), edge.Draw(t, "to")
			permit := vms.Span{From: min(a, b), To: max(a, b) + 1}
			for range 5 {
				at := edge.Draw(t, "at")
				units, err := r.a.Picture(context.Background(), f.feed, at, []vms.Span{permit})
				if !permit.Contains(at) {
					require.ErrorIs(t, err, vms.Denied)
					continue
				}
				want, cause := f.picture(permit, at)
				require.Equal(t, want, unitTexts(units), "at %v in %v", at, permit)
				if cause != "" {
					require.Equal(t, "no-picture", vms.Code(err))
					require.Truef(t, strings.HasSuffix(err.Error(), ": "+cause), "%v, want %s", err, cause)
				}
			}
		})
	})
}

func unitTexts(units []*media.Unit) (out []string) {
	for _, u := range units {
		out = append(out, unitText(u))
	}
	return out
}

// TestPictureAtTheLiveEdge: what was recorded a moment ago is there; what is not yet recorded is not
// an old picture.
func TestPictureAtTheLiveEdge(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(10 * time.Second)
		always := []vms.Span{{To: 1 << 60}}
		last := c.sent[len(c.sent)-1]
		units, err := r.a.Picture(t.Context(), feed1, last.At.Add(-3*time.Second), always)
		require.NoError(t, err)
		i := slices.IndexFunc(c.sent, func(u *media.Unit) bool { return u.At == units[len(units)-1].At })
		require.Equal(t, 3*time.Second, last.At.Sub(c.sent[i].At))
		require.Equal(t, c.sent[i].NALs, units[len(units)-1].NALs)
		require.True(t, units[0].Key)
		_, err = r.a.Picture(t.Context(), feed1, last.At.Add(time.Minute), always)
		require.Equal(t, "no-picture", vms.Code(err))
		require.Contains(t, err.Error(), "not-yet")
		end()
	})
}

// TestPictureTooFarFromItsKeyFrame: nothing is read that would not fit into memory many times over.
func TestPictureTooFarFromItsKeyFrame(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		start := vms.InstantOf(time.Now().Add(-time.Hour))
		f := &footage{feed: feed1}
		f.record(shape{start: start, segments: 1, groups: 1, group: 30, frame: 100 * time.Millisecond})
		for _, u := range f.units[0] {
			u.NALs = [][]byte{make([]byte, 1<<20)}
			u.NALs[0][0] = 0x41
		}
		f.plant(t, r.a)
		always := []vms.Span{{To: 1 << 60}}
		units, err := r.a.Picture(t.Context(), feed1, start.Add(time.Second), always)
		require.NoError(t, err)
		require.Len(t, units, 11)
		_, err = r.a.Picture(t.Context(), feed1, start.Add(2900*time.Millisecond), always)
		require.Equal(t, "too-large", vms.Code(err))
	})
}
