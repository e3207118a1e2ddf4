package proof

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// mayLose is what a kill may cost a camera of what it sent: the fragment that is held back, a second
// at most, and what was on its way to it, which was not received. That is the unit which completes the
// fragment; on a machine busy with other tests, some more.
func mayLose() time.Duration { return time.Second + size(5*frame, frame) }

// mayPause is how long the first recorded picture may come after the start of the process.
func mayPause() time.Duration { return size(6*time.Second, 3*time.Second) }

// TestKill: the serving process is killed at random moments.
func TestKill(t *testing.T) {
	parallel(t)
	p := plan{cameras: size(10, 100), segment: size(4*time.Second, 10*time.Second)}
	t.Run("embedded", func(t *testing.T) {
		parallel(t)
		proveKill(t, p)
	})
	t.Run("postgres and minio", func(t *testing.T) {
		parallel(t)
		p, _ := servers(t, p)
		proveKill(t, p)
	})
}

// life is one run of the process, and what the cameras sent to it.
type life struct {
	began, ended vms.Instant
	sent         map[vms.Feed]camsim.Sent // zero where a camera sent it nothing
}

func proveKill(t *testing.T, p plan) {
	draw, kills := dice(t), size(5, 100)
	h := newHouse(t, p)
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	n.ready()
	var lives []life
	var left []leftover
	taken := map[string]bool{}
	for range kills {
		vms.Sleep(t.Context(), moment(draw))
		n.alive()
		lives = append(lives, h.cut(n, lives))
		left = append(left, h.takeSpool(n, taken))
		n.start()
	}
	h.playing()
	h.hush()
	read := 0
	for _, copies := range left { // now, and not while the time a start takes is measured
		read += h.readable(copies)
	}
	n.fsck()
	last := life{began: n.exec, ended: vms.InstantOf(time.Now()), sent: h.sent()}
	books := h.ledgers()
	h.explained(n, lives, books)
	n.alive()
	h.assess(append(lives, last), books)
	figure(t, "kills", "%d, of %d cameras; %d files in the spool at those moments, all read by ffmpeg", kills, h.cameras, read)
}

// moment is how long a life lasts: often no longer than it takes to recover from the last death.
func moment(draw *rand.Rand) time.Duration {
	if draw.IntN(4) == 0 {
		return time.Duration(draw.Int64N(int64(1500 * time.Millisecond)))
	}
	return 1500*time.Millisecond + time.Duration(draw.Int64N(int64(4500*time.Millisecond)))
}

// cut kills the process, notes what the cameras had sent to it, and waits until they know.
func (h *house) cut(n *node, lives []life) life {
	h.t.Helper()
	l := life{began: n.exec, sent: h.sent(), ended: vms.InstantOf(time.Now())}
	n.kill()
	if len(lives) > 0 {
		for f, s := range lives[len(lives)-1].sent {
			if l.sent[f].First == s.First {
				l.sent[f] = camsim.Sent{First: s.First} // no session in this life
			}
		}
	}
	until(h.t, 10*time.Second, "the cameras see the connections gone", func() error {
		for _, f := range h.feeds {
			if h.sim.Camera(f.Camera).Sessions(f.Stream) > 0 {
				return fmt.Errorf("%v", f)
			}
		}
		return nil
	})
	return l
}

// leftover is copies of what was in a dead process's spool.
type leftover struct {
	files []string
	units int
}

// takeSpool copies the files a dead process left and that were not taken yet, as far as they are whole: a write that the kill cut
// short leaves a torn last fragment in an open file, which its successor takes off too.
func (h *house) takeSpool(n *node, taken map[string]bool) (left leftover) {
	h.t.Helper()
	dir, err := os.MkdirTemp(h.dir, "spool-")
	require.NoError(h.t, err)
	for _, name := range n.spool() {
		open := filepath.Ext(name) == ".part"
		if taken[name] {
			continue
		}
		taken[name] = !open
		b, err := os.ReadFile(name)
		require.NoError(h.t, err)
		sum, err := segment.Open(bytes.NewReader(b), int64(len(b)))
		if open && vms.Code(err) == "empty-segment" {
			continue
		}
		require.NoError(h.t, err, name)
		require.True(h.t, open || !sum.Torn, "%s is called whole, and is not", name)
		if sum.Torn {
			b = b[:sum.Good]
		}
		for _, part := range sum.Fragments {
			left.units += part.Units
		}
		left.files = append(left.files, filepath.Join(dir, fmt.Sprintf("%06d.mp4", len(left.files))))
		require.NoError(h.t, os.WriteFile(left.files[len(left.files)-1], b, 0o644))
	}
	return left
}

// readable has ffmpeg read copies of spool files, all their units, and removes them.
func (h *house) readable(left leftover) int {
	h.t.Helper()
	if len(left.files) == 0 {
		return 0
	}
	dir := filepath.Dir(left.files[0])
	got, err := decodedBy(filepath.Join(dir, "list"), left.files)
	require.NoError(h.t, err)
	require.Equal(h.t, left.units, got)
	require.NoError(h.t, os.RemoveAll(dir))
	return len(left.files)
}

// explained checks that time is recorded or in a gap with a cause, and that what a kill cost is
// called by its name.
func (h *house) explained(n *node, lives []life, books []*ledger) {
	h.t.Helper()
	causes := map[vms.Cause]time.Duration{}
	for _, l := range books {
		span := vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())}
		_, gaps := n.accounted(l.feed, span)
		for _, g := range gaps {
			causes[g.Cause] += g.Duration()
		}
		for _, life := range lives {
			i := slices.IndexFunc(gaps, func(g vms.Gap) bool { return g.Contains(life.ended) })
			require.GreaterOrEqual(h.t, i, 0, "%v: no gap where the process was killed, %v", l.feed, life.ended)
			require.Equal(h.t, vms.Restarted, gaps[i].Cause, "%v: %v", l.feed, gaps[i])
		}
	}
	total := ""
	for c, d := range causes {
		total += fmt.Sprintf("%s %.1f s ", c, d.Seconds()/float64(len(books)))
	}
	figure(h.t, "gaps per camera, by cause", "%s", total)
}

// toll is what the kills cost.
type toll struct {
	lost   []time.Duration // of what a camera had sent to a life, by its end
	pauses []time.Duration // from the start of a life to a camera's first recorded picture
	missed time.Duration   // everything that is not recorded
}

// assess compares, life by life, what was sent with what was recorded.
func (h *house) assess(lives []life, books []*ledger) {
	h.t.Helper()
	var c toll
	for _, l := range books {
		for i, life := range lives {
			h.count(&c, l, life, i == len(lives)-1)
		}
		for _, hole := range l.holes() {
			i := slices.IndexFunc(lives, func(life life) bool { return hole.before.At <= life.ended && life.ended <= hole.behind.At.Add(frame) })
			require.GreaterOrEqual(h.t, i, 0, "%v: units missing from %v to %v, where nobody was killed", l.feed, hole.before, hole.behind)
			c.missed += frame * time.Duration(hole.behind.Seq-hole.before.Seq-1)
		}
	}
	c.judge(h.t)
}

// count adds one life and one feed. Only the end of a life that was killed may be missing.
func (h *house) count(c *toll, l *ledger, life life, last bool) {
	h.t.Helper()
	s, age := life.sent[l.feed], life.ended.Sub(life.began)
	got := l.between(s.First, s.Last)
	require.True(h.t, len(got) > 0 || age < mayPause()+time.Second, "%v: nothing recorded in a life of %v", l.feed, age)
	if s.Last == 0 {
		return
	}
	if len(got) > 0 {
		require.Equal(h.t, s.First, got[0].Seq, "%v: units lost at the beginning of a life", l.feed)
		c.pauses = append(c.pauses, got[0].At.Sub(life.began))
	}
	lost := frame * time.Duration(int(s.Last-s.First)+1-len(got))
	if last {
		require.Zero(h.t, lost, "%v: units lost in the life that was not killed", l.feed)
		return
	}
	if c.lost = append(c.lost, lost); lost > time.Second {
		h.t.Logf("%v lost %v of %d units in a life of %v", l.feed, lost, s.Last-s.First+1, age)
	}
}

func (c *toll) judge(t *testing.T) {
	t.Helper()
	away := c.missed
	for _, d := range c.lost {
		away -= d
	}
	slices.Sort(c.lost)
	slices.Sort(c.pauses)
	n, m := len(c.lost), len(c.pauses)
	over := n - sort.Search(n, func(i int) bool { return c.lost[i] > time.Second })
	figure(t, "sent and lost, per camera and kill", "p50 %v, worst %v; %d of %d above 1 s", c.lost[n/2], c.lost[n-1], over, n)
	figure(t, "not received while nobody was there", "%.2f s per camera and kill, a wait for a key frame included", away.Seconds()/float64(n))
	figure(t, "first recorded picture behind the start of the process", "p50 %.2f s, p99 %.2f s, worst %.2f s",
		c.pauses[m/2].Seconds(), c.pauses[m*99/100].Seconds(), c.pauses[m-1].Seconds())
	require.LessOrEqual(t, c.lost[n*999/1000], mayLose())
	require.LessOrEqual(t, c.lost[n-1], 2*time.Second, "what a starved machine had not read yet is no excuse for more")
	require.LessOrEqual(t, c.pauses[m*99/100], mayPause())
}
