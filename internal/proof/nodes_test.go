package proof

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camsim"
	"yagura/internal/db"
	"yagura/internal/ingest"
	"yagura/internal/vms"
)

const mayMove = 15 * time.Second // from the death of a worker until the other records its cameras

// TestNodes: two workers and two gateways; a worker dies and comes back.
func TestNodes(t *testing.T) {
	parallel(t)
	h, workers, gates := fourNodes(t)
	d, err := db.Open(t.Context(), h.database)
	require.NoError(t, err)
	defer d.Close()
	until(t, 30*time.Second, "the cameras are shared fairly", func() error { return h.shared(d) })
	h.playing()
	vms.Sleep(t.Context(), size(6*time.Second, 2*time.Minute))
	victim := h.holders(d)[h.ids[0]]
	dead := slices.IndexFunc(workers, func(n *node) bool { return n.relay == victim })
	require.GreaterOrEqual(t, dead, 0)
	moved := h.ofNode(d, victim)
	one, other := h.sides(moved)
	past := vms.InstantOf(time.Now()).Add(-4 * time.Second)
	h.bothShow(gates, []vms.Feed{one, other}, []vms.Feed{one, other}, past)

	left := h.cutOne(workers[dead])
	until(t, time.Minute, "every camera moved", func() error { return h.sendingAgain(moved, left.sent) })
	h.bothShow(gates, []vms.Feed{one, other}, []vms.Feed{other}, past) // what the dead worker alone has is back with it
	waiting := 0
	for range workers[dead].unstored(left.ended) {
		waiting++
	}
	require.NotZero(t, waiting, "the dead worker had nothing left to upload; the proof shows nothing")

	workers[dead].start()
	until(t, time.Minute, "the spool of the worker that came back is in the store", func() error {
		return workers[dead].uploaded(left.ended)
	})
	h.bothShow(gates, nil, []vms.Feed{one, other}, past)
	until(t, time.Minute, "the cameras are shared fairly again", func() error { return h.shared(d) })
	h.playing()
	h.hush()
	h.nodes[0].fsck()
	h.judgeMove(gates[1], left, moved)
	figure(t, "run", "2 workers, 2 gateways, %d cameras; %d of them moved; %d files uploaded when the worker came back", h.cameras, len(moved), waiting)
}

// fourNodes are two workers and two gateways on the same servers.
func fourNodes(t *testing.T) (h *house, workers, gates []*node) {
	t.Helper()
	p, _ := servers(t, plan{cameras: size(10, 100), segment: size(20*time.Second, time.Minute)})
	h = newHouse(t, p)
	workers = []*node{h.node("worker1", "ingest"), h.node("worker2", "ingest")}
	gates = []*node{h.node("gate1", "gateway"), h.node("gate2", "gateway")}
	gates[0].person()
	gates[1].token = gates[0].token
	for _, n := range h.nodes {
		n.start()
	}
	for _, n := range h.nodes {
		n.ready()
	}
	return h, workers, gates
}

// holders says which node, by the address of its relay, ingests each camera.
func (h *house) holders(d *db.DB) map[vms.CameraID]string {
	h.t.Helper()
	out := map[vms.CameraID]string{}
	for _, id := range h.ids {
		n, _, err := d.Holder(h.t.Context(), ingest.LeaseName(vms.Feed{Camera: id, Stream: vms.Main}))
		if err == nil {
			out[id] = n.Addr
		}
	}
	return out
}

func (h *house) ofNode(d *db.DB, relay string) (ids []vms.CameraID) {
	for id, holder := range h.holders(d) {
		if holder == relay {
			ids = append(ids, id)
		}
	}
	return ids
}

// shared is nil when each worker has half of the cameras.
func (h *house) shared(d *db.DB) error {
	count := map[string]int{}
	for _, relay := range h.holders(d) {
		count[relay]++
	}
	for _, n := range h.nodes {
		if n.role == "ingest" && count[n.relay] != h.cameras/2 {
			return fmt.Errorf("%v", count)
		}
	}
	return nil
}

// bothShow checks that each gateway shows these feeds live, and those as they were at an instant.
func (h *house) bothShow(gates []*node, live, past []vms.Feed, at vms.Instant) {
	h.t.Helper()
	for _, gate := range gates {
		now := vms.InstantOf(time.Now())
		for _, feed := range live {
			gate.watch(feed, 0).sees(feed, frameRate, now.Add(-3*time.Second), now.Add(time.Minute))
		}
		for _, feed := range past {
			gate.watch(feed, at).sees(feed, frameRate/2, at.Add(-2*time.Second), at.Add(10*time.Second))
		}
	}
}

// sides returns a feed of each worker: one of those that moved, and another.
func (h *house) sides(moved []vms.CameraID) (one, other vms.Feed) {
	for _, f := range h.feeds {
		if slices.Contains(moved, f.Camera) {
			one = f
		} else {
			other = f
		}
	}
	return one, other
}

// cutOne kills a worker and notes what the cameras had sent.
func (h *house) cutOne(n *node) life {
	l := life{began: n.exec, ended: vms.InstantOf(time.Now()), sent: h.sent()}
	n.kill()
	return l
}

// sendingAgain is nil when the cameras have new sessions.
func (h *house) sendingAgain(ids []vms.CameraID, before map[vms.Feed]camsim.Sent) error {
	for f, s := range h.sent() {
		if slices.Contains(ids, f.Camera) && s.First == before[f].First {
			return fmt.Errorf("%v", f)
		}
	}
	return nil
}

// judgeMove checks what the move cost: the cameras of the dead worker a stretch that is called
// takeover, the others nothing but the moment in which they were shared anew.
func (h *house) judgeMove(gate *node, left life, moved []vms.CameraID) {
	h.t.Helper()
	worst := time.Duration(0)
	causes := map[vms.Cause]int{}
	for _, l := range h.ledgers() {
		_, gaps := gate.accounted(l.feed, vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())})
		for _, g := range gaps {
			causes[g.Cause]++
		}
		i := slices.IndexFunc(gaps, func(g vms.Gap) bool { return g.Contains(left.ended) })
		if !slices.Contains(moved, l.feed.Camera) {
			require.Less(h.t, i, 0, "%v: a gap at a camera of the other worker: %v", l.feed, gaps)
			continue
		}
		require.GreaterOrEqual(h.t, i, 0, "%v: no gap where its worker died", l.feed)
		require.Equal(h.t, vms.TakenOver, gaps[i].Cause, "%v: %v", l.feed, gaps)
		worst = max(worst, gaps[i].To.Sub(left.ended))
		s := left.sent[l.feed]
		require.LessOrEqual(h.t, frame*time.Duration(int(s.Last-s.First)+1-len(l.between(s.First, s.Last))), mayLose(), "%v", l.feed)
	}
	figure(h.t, "recorded again behind the death of the worker", "worst %.1f s", worst.Seconds())
	figure(h.t, "gaps", "%v", causes)
	require.LessOrEqual(h.t, worst, mayMove)
}
