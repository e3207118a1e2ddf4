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

// assess compares, life by life, what was sent with what was recorded.
func (h *house) assess(lives []life, books []*ledger) {
	h.t.Helper()
	var lost, pauses []time.Duration
	missed := time.Duration(0) // never received: nobody was there
	for _, l := range books {
		for i, life := range lives {
			s := life.sent[l.feed]
			got := l.between(s.First, s.Last)
			if s.Last > 0 && len(got) > 0 {
				require.Equal(h.t, s.First, got[0].Seq, "%v: units lost at the beginning of life %d", l.feed, i)
				pauses = append(pauses, got[0].At.Sub(life.began))
			}
			require.True(h.t, len(got) > 0 || life.ended.Sub(life.began) < mayPause()+time.Second, "%v: nothing recorded in life %d", l.feed, i)
			if i == len(lives)-1 {
				require.Len(h.t, got, int(s.Last-s.First)+1, "%v: units lost in the life that was not killed", l.feed)
			} else if s.Last > 0 {
				d := frame * time.Duration(int(s.Last-s.First)+1-len(got))
				if lost = append(lost, d); d > time.Second {
					h.t.Logf("%v lost %v of %d units in life %d, %v long; %d recorded", l.feed, d, s.Last-s.First+1, i, life.ended.Sub(life.began), len(got))
				}
			}
		}
		for _, hole := range l.holes() {
			i := slices.IndexFunc(lives, func(life life) bool { return hole.before.At <= life.ended && life.ended <= hole.behind.At.Add(frame) })
			require.GreaterOrEqual(h.t, i, 0, "%v: units missing from %v to %v, where nobody was killed", l.feed, hole.before, hole.behind)
			missed += frame * time.Duration(hole.behind.Seq-hole.before.Seq-1)
		}
	}
	for _, d := range lost {
		missed -= d
	}
	slices.Sort(lost)
	slices.Sort(pauses)
	over := len(lost) - sort.Search(len(lost), func(i int) bool { return lost[i] > time.Second })
	figure(h.t, "sent and lost, per camera and kill", "p50 %v, worst %v; %d of %d above 1 s, by the unit then on its way",
		lost[len(lost)/2], lost[len(lost)-1], over, len(lost))
	figure(h.t, "not received while nobody was there", "%.2f s per camera and kill, a wait for a key frame included",
		missed.Seconds()/float64(len(books)*(len(lives)-1)))
	p99 := pauses[len(pauses)*99/100]
	figure(h.t, "first recorded picture behind the start of the process", "p50 %.2f s, p99 %.2f s, worst %.2f s",
		pauses[len(pauses)/2].Seconds(), p99.Seconds(), pauses[len(pauses)-1].Seconds())
	require.LessOrEqual(h.t, lost[len(lost)-1], mayLose())
	require.LessOrEqual(h.t, p99, mayPause())
}
