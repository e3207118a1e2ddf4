package hold_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/archive"
	"yagura/internal/archive/archivetest"
	"yagura/internal/audit"
	"yagura/internal/blob"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ward is a small ward with a ledger of holds.
type ward struct {
	*viewingtest.World
	room *hold.Room
	t    *testing.T
}

func newWard(t *testing.T, url string) *ward {
	w := &ward{World: viewingtest.NewOn(t, url), t: t}
	w.room = roomOf(w.World)
	for _, login := range []string{"kiki", "kiki2"} {
		w.Add(login, identity.CrisisManagement, "")
	}
	return w
}

func roomOf(w *viewingtest.World) *hold.Room {
	return hold.New(hold.Config{DB: w.DB, Access: w.Access, Audit: w.Audit, Cameras: w.Set, Footage: w.Archive, Now: w.Now})
}

// onBoth tells a story on each database.
func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		story(t, newWard(t, testserver.Postgres(t)))
	})
}

// who is somebody at their desk.
func (w *ward) who(login string) identity.Caller {
	return identity.Caller{Person: w.Session(login).Person, Session: "s-" + login, From: "192.0.2.7"}
}

var (
	koseki = vms.Feed{Camera: "c-koseki", Stream: vms.Main}
	sub    = vms.Feed{Camera: "c-koseki", Stream: vms.Sub}
)

// film records three stretches of two seconds, a minute apart, two days ago, in both streams.
func (w *ward) film() (stretches []vms.Span) {
	w.t.Helper()
	start := w.Now().Add(-48 * time.Hour)
	for i := range 3 {
		from := start.Add(time.Duration(i) * time.Minute)
		stretches = append(stretches, vms.Span{From: from, To: from.Add(2 * time.Second)})
		w.Record(koseki, stretches[i])
		w.Record(sub, stretches[i])
	}
	require.Eventually(w.t, func() bool {
		var n int
		return w.DB.QueryRow(w.t.Context(), `SELECT COUNT(*) FROM segment`).Scan(&n) == nil && n == 6
	}, 30*time.Second, 10*time.Millisecond)
	return stretches
}

// erase is a run of retention on a node of its own: footage is kept for a day.
func (w *ward) erase() {
	w.t.Helper()
	store, err := blob.Open("dir:" + filepath.Join(w.Dir, "objects"))
	require.NoError(w.t, err)
	a, err := archive.New(archive.Config{DB: w.DB, Store: store, Spool: w.t.TempDir(), Node: "n9", Clock: w.Clock,
		Retention: func(vms.Feed) time.Duration { return 24 * time.Hour }})
	require.NoError(w.t, err)
	require.NoError(w.t, a.Retention().Once(w.t.Context()))
	require.NoError(w.t, a.Close())
	archivetest.CheckInvariants(w.t, w.Archive, w.Now().Add(-72*time.Hour))
}

// kept is what there is of each stream.
func (w *ward) kept(of []vms.Span) map[vms.Stream]int {
	w.t.Helper()
	out := map[vms.Stream]int{}
	for _, feed := range []vms.Feed{koseki, sub} {
		spans, _, err := w.Archive.Recordings(w.t.Context(), feed, vms.Span{From: of[0].From.Add(-time.Hour), To: of[2].To.Add(time.Hour)})
		require.NoError(w.t, err)
		out[feed.Stream] = len(spans)
	}
	return out
}

func (w *ward) place(login string, span vms.Span, until vms.Instant) hold.Hold {
	w.t.Helper()
	h, err := w.room.Place(w.t.Context(), w.who(login), hold.Hold{Camera: "c-koseki", Span: span, Reason: "  操作ログの兆候 ", Case: "２９-危-014", Until: until})
	require.NoError(w.t, err)
	return h
}

// Held footage outlives its days, in both streams, whichever node erases, and goes once two people released it.
func TestHeldFootageStaysUntilTwoPeopleReleaseIt(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		of := w.film()
		h := w.place("kiki", vms.Span{From: of[1].From.Add(time.Second), To: of[1].From.Add(time.Minute)}, w.Now().Add(24*time.Hour))
		require.Equal(t, []string{"操作ログの兆候", "29-危-014", hold.Held}, []string{h.Reason, h.Case, h.State(w.Now())})
		length, err := w.room.Recorded(ctx, h)
		require.NoError(t, err)
		require.InDelta(t, time.Second.Microseconds(), int64(length), 100_000)

		w.erase()
		require.Equal(t, map[vms.Stream]int{vms.Main: 1, vms.Sub: 1}, w.kept(of), "what overlaps the hold, and nothing else")

		other := roomOf(w.OtherNode()) // another node, or this one after a restart
		list, err := other.List(ctx, w.who("kiki2").Person, hold.Filter{Camera: "c-koseki", Span: of[1], InForce: true})
		require.NoError(t, err)
		require.Equal(t, []hold.Hold{h}, list)

		_, err = other.AskRelease(ctx, w.who("kiki"), h.ID, "")
		require.Equal(t, "reason-required", vms.Code(err))
		_, err = other.Decide(ctx, w.who("kiki2"), h.ID, true)
		require.Equal(t, "not-asked", vms.Code(err))
		_, err = other.AskRelease(ctx, w.who("kiki"), h.ID, "確認が終わった")
		require.NoError(t, err)
		_, err = w.room.Decide(ctx, w.who("kiki"), h.ID, true)
		require.Equal(t, "second-person", vms.Code(err))
		w.erase()
		require.Equal(t, map[vms.Stream]int{vms.Main: 1, vms.Sub: 1}, w.kept(of), "a release that waits releases nothing")

		freed, err := w.room.Decide(ctx, w.who("kiki2"), h.ID, true)
		require.NoError(t, err)
		require.Equal(t, hold.Free, freed.State(w.Now()))
		w.erase()
		require.Equal(t, map[vms.Stream]int{vms.Main: 0, vms.Sub: 0}, w.kept(of))
		_, err = w.room.Extend(ctx, w.who("kiki"), h.ID, w.Now().Add(48*time.Hour))
		require.Equal(t, "hold-over", vms.Code(err))
	})
}

// A hold ends on its day, and later where it was extended.
func TestAHoldEndsOnItsDay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		of := w.film()
		first := w.place("kiki", of[0], w.Now().Add(2*time.Second))
		second := w.place("kiki", of[1], w.Now().Add(2*time.Second))
		_, err := w.room.Extend(ctx, w.who("kiki2"), second.ID, second.Until)
		require.Equal(t, "bad-until", vms.Code(err), "never earlier, nor the same")
		second, err = w.room.Extend(ctx, w.who("kiki2"), second.ID, w.Now().Add(hold.Furthest-time.Hour))
		require.NoError(t, err)
		require.Equal(t, "kiki2", second.ExtendedBy)
		require.Eventually(t, func() bool { return first.State(w.Now()) == hold.Ended }, 10*time.Second, 10*time.Millisecond)
		w.erase()
		require.Equal(t, map[vms.Stream]int{vms.Main: 1, vms.Sub: 1}, w.kept(of))
		_, err = w.room.AskRelease(ctx, w.who("kiki"), first.ID, "x")
		require.Equal(t, "hold-over", vms.Code(err))
	})
}

// Every step is in the log before it takes effect, under the case, and names no camera to those who read by camera.
func TestEveryStepIsInTheLog(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		at := w.Now().Add(-time.Hour)
		h := w.place("kiki", vms.Span{From: at, To: at.Add(time.Minute)}, w.Now().Add(24*time.Hour))
		_, err := w.room.AskRelease(ctx, w.who("kiki"), h.ID, "済んだ")
		require.NoError(t, err)
		_, err = w.room.Decide(ctx, w.who("kiki2"), h.ID, false)
		require.NoError(t, err)
		_, err = w.room.Extend(ctx, w.who("kiki"), h.ID, h.Until.Add(time.Hour))
		require.NoError(t, err)
		for action, actor := range map[string]string{hold.Placed: "kiki", hold.Asked: "kiki", hold.Kept: "kiki2", hold.Extended: "kiki"} {
			rows := w.Rows(action)
			require.Len(t, rows, 1, action)
			require.Equal(t, actor, rows[0].Actor)
			require.Empty(t, rows[0].Camera)
			require.Equal(t, "29-危-014", rows[0].Case)
			require.Contains(t, rows[0].Detail, h.ID+": c-koseki ["+at.String())
		}
		w.Add("bucho", identity.DepartmentHead, "kumin")
		_, err = w.room.Place(ctx, w.who("bucho"), hold.Hold{Camera: "c-koseki", Span: h.Span, Reason: "x", Until: h.Until})
		require.ErrorIs(t, err, vms.Denied)
		rows := w.Rows(hold.Placed)
		require.Len(t, rows, 2)
		require.Equal(t, []string{"bucho", audit.Refused, ""}, []string{rows[1].Actor, rows[1].Outcome, string(rows[1].Camera)})
	})
}

// What waits for whom: a release for the others, an end that comes soon for all of 危機管理.
func TestWhatWaitsForCrisisManagement(t *testing.T) {
	t.Parallel()
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	at := w.Now().Add(-time.Hour)
	far := w.place("kiki", vms.Span{From: at, To: at.Add(time.Minute)}, w.Now().Add(30*24*time.Hour))
	w.place("kiki", vms.Span{From: at, To: at.Add(time.Minute)}, w.Now().Add(hold.EndsSoon-time.Hour))
	_, err := w.room.AskRelease(t.Context(), w.who("kiki"), far.ID, "済んだ")
	require.NoError(t, err)
	w.Add("bucho", identity.DepartmentHead, "kumin")
	for login, want := range map[string][]string{"kiki": {"hold_ends"}, "kiki2": {"hold_ends", "approval"}, "bucho": nil} {
		items, err := w.room.Items(t.Context(), w.who(login).Person)
		require.NoError(t, err)
		var kinds []string
		for _, i := range items {
			kinds = append(kinds, i.Kind)
		}
		require.ElementsMatch(t, want, kinds, login)
	}
}
