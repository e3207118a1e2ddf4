// Package archivetest checks, for any test that records, what must hold of an archive at all times:
// rows ⇔ objects ⇔ hashes, nothing overlaps, recorded plus explained gaps is wall time. It is no
// part of the product: only tests import it.
package archivetest

import (
	"testing"
	"time"

	"yagura/internal/archive"
	"yagura/internal/vms"
)

// CheckInvariants fails the test for everything that is wrong with the archive, and, for each feed, with
// the time from since until now. It may be called while the archive works.
func CheckInvariants(t testing.TB, a *archive.Archive, since vms.Instant, feeds ...vms.Feed) {
	t.Helper()
	report, err := a.Fsck(t.Context(), archive.FsckOptions{Deep: true})
	if err != nil {
		t.Errorf("fsck: %v", err)
		return
	}
	for _, f := range report.Findings {
		t.Errorf("fsck: %v", f)
	}
	for _, feed := range feeds {
		checkTime(t, a, since, feed)
		checkSegments(t, a, since, feed)
	}
}

// checkTime checks that spans and gaps tile the time since then.
func checkTime(t testing.TB, a *archive.Archive, since vms.Instant, feed vms.Feed) {
	t.Helper()
	now := vms.InstantOf(time.Now())
	spans, gaps, err := a.Recordings(t.Context(), feed, vms.Span{From: since, To: now})
	if err != nil {
		t.Errorf("recordings of %v: %v", feed, err)
		return
	}
	total, all := vms.Instant(0), append([]vms.Span(nil), spans...)
	for _, g := range gaps {
		if g.Cause == vms.Unexplained || g.Cause == "" {
			t.Errorf("%v: nothing explains %v", feed, g.Span)
		}
		all = append(all, g.Span)
	}
	for _, s := range all {
		total += s.To - s.From
	}
	if whole := vms.Union(all); len(whole) != 1 || whole[0].From != since || whole[0].To-since != total {
		t.Errorf("%v: spans and gaps since %v do not tile time: %v, %v", feed, since, spans, gaps)
	}
}

// checkSegments checks that segments follow each other without overlap, and can be read.
func checkSegments(t testing.TB, a *archive.Archive, since vms.Instant, feed vms.Feed) {
	t.Helper()
	found, err := a.Find(t.Context(), feed, vms.Span{From: since, To: 1 << 60})
	if err != nil {
		t.Errorf("find %v: %v", feed, err)
		return
	}
	for i, s := range found {
		if i > 0 && s.Span.From < found[i-1].Span.To {
			t.Errorf("%v: %v overlaps %v", feed, s.Span, found[i-1].Span)
		}
		if len(s.Fragments) == 0 {
			t.Errorf("%v: %v has no fragment", feed, s.Span)
			continue
		}
		last := s.Fragments[len(s.Fragments)-1]
		if _, err := a.Read(t.Context(), s, last.Off, last.Len); err != nil {
			t.Errorf("%v: the end of %v cannot be read: %v", feed, s.Span, err)
		}
	}
}
