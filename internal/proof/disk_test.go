package proof

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"yagura/internal/vms"
)

const mayLinger = 5 * time.Second // without footage once the disk has room again

// TestDisk: the disk under the spool is full while the store is away; then it has room again.
func TestDisk(t *testing.T) {
	parallel(t)
	p, minio := servers(t, plan{cameras: 5, bitrate: 400, segment: 4 * time.Second, data: t.TempDir()})
	require.NoError(t, unix.Mount("tmpfs", p.data, "tmpfs", 0, "size=2m"),
		"this proof fills a disk, a small tmpfs of its own: run it as root, or where mounting is allowed")
	t.Cleanup(func() { require.NoError(t, unix.Unmount(p.data, unix.MNT_DETACH)) })
	h := newHouse(t, p)
	n := h.node("one", "all")
	n.person()
	n.start()
	h.playing()
	n.ready()
	minio.Stop(t)
	for _, f := range h.feeds {
		until(t, time.Minute, "the disk is full, and the API says so", func() error { return n.saysFull(f) })
	}
	vms.Sleep(t.Context(), size(3*time.Second, time.Minute))
	n.alive()

	require.NoError(t, unix.Mount("tmpfs", p.data, "tmpfs", unix.MS_REMOUNT, "size=64m"))
	room := vms.InstantOf(time.Now())
	vms.Sleep(t.Context(), mayLinger)
	worst := h.backSince(n, room)
	minio.Start(t)
	h.hush()
	n.fsck()
	h.onlyWhileFull(n)
	n.alive()
	figure(t, "recorded again once the disk had room", "worst %.1f s", worst.Seconds())
	require.LessOrEqual(t, worst, mayLinger)
}

// saysFull is nil when the API has a gap for that.
func (n *node) saysFull(f vms.Feed) error {
	_, gaps, err := n.recordings(f, vms.Span{From: n.exec, To: vms.InstantOf(time.Now())})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(gaps, func(g vms.Gap) bool { return g.Cause == vms.DiskFull }) {
		return fmt.Errorf("%v: no gap says that the disk is full: %v", f, gaps)
	}
	return nil
}

// backSince is how long after an instant the last camera was recorded again.
func (h *house) backSince(n *node, room vms.Instant) (worst time.Duration) {
	h.t.Helper()
	for _, f := range h.feeds {
		now := vms.InstantOf(time.Now())
		spans, _, err := n.recordings(f, vms.Span{From: room, To: now})
		require.NoError(h.t, err)
		require.NotEmpty(h.t, spans, "%v is not recorded %v after the disk had room", f, now.Sub(room))
		worst = max(worst, spans[0].From.Sub(room))
	}
	return worst
}

// onlyWhileFull checks that units are missing only where a gap says that the disk was full.
func (h *house) onlyWhileFull(n *node) {
	h.t.Helper()
	for _, l := range h.ledgers() {
		_, gaps := n.accounted(l.feed, vms.Span{From: l.segments[0].Span.From, To: vms.InstantOf(time.Now())})
		for _, hole := range l.holes() {
			span := vms.Span{From: hole.before.At.Add(2 * frame), To: hole.behind.At.Add(-frame)}
			i := slices.IndexFunc(gaps, func(g vms.Gap) bool { return g.Cause == vms.DiskFull && g.Overlaps(span) })
			require.GreaterOrEqual(h.t, i, 0, "%v: units missing in %v; gaps %v", l.feed, span, gaps)
		}
	}
}
