package viewing_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	_ "modernc.org/sqlite"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const here = "192.0.2.7"

func live(id vms.CameraID) whep.Request { return whep.Request{Camera: id, Stream: vms.Sub} }

func past(id vms.CameraID, at vms.Instant) whep.Request {
	return whep.Request{Camera: id, Stream: vms.Sub, At: at, Purpose: access.Incident}
}

func open(t *testing.T, w *viewingtest.World, s *identity.Session, q whep.Request) *whep.View {
	t.Helper()
	v, err := w.Room.For(s, here).Open(t.Context(), q)
	require.NoError(t, err)
	t.Cleanup(v.Close)
	return v
}

// read hands out n units, passing over what is missing.
func read(t *testing.T, v *whep.View, n int) (units []*media.Unit) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for len(units) < n {
		u, err := v.Reader.ReadUnit(ctx)
		var gap *media.Gap
		var lagged *media.Lagged
		if errors.As(err, &gap) || errors.As(err, &lagged) {
			continue
		}
		require.NoError(t, err)
		units = append(units, u)
	}
	return units
}

func ended(t *testing.T, v *whep.View, within time.Duration) string {
	t.Helper()
	select {
	case <-v.Ended:
		return v.Reason()
	case <-time.After(within):
		require.Failf(t, "the view goes on", "for more than %v", within)
	}
	return ""
}

func goesOn(t *testing.T, v *whep.View) {
	t.Helper()
	select {
	case <-v.Ended:
		require.Fail(t, "the view ended: "+v.Reason())
	default:
	}
}

// TestTheRowIsDurableFirst looks at the database with a connection of its own at the moment the live
// stream is opened.
func TestTheRowIsDurableFirst(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	other, err := sql.Open("sqlite", strings.Replace(w.URL, "sqlite:", "file:", 1))
	require.NoError(t, err)
	defer other.Close()
	there := -1
	w.Opening = func(vms.Feed) {
		require.NoError(t, other.QueryRow(`SELECT COUNT(*) FROM audit WHERE action = 'view.live' AND actor = 'kiki'`).Scan(&there))
	}
	open(t, w, w.Session("kiki"), live("c-koseki"))
	require.Equal(t, 1, there)
}

func TestNoRowNoFootage(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: w.Moved, To: w.Moved.Add(10 * time.Second)})
	w.Add("kiki", identity.CrisisManagement, "")
	s := w.Session("kiki")
	v := open(t, w, s, live("c-koseki"))
	_, err := w.DB.Exec(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	require.NoError(t, err)
	w.Opening = func(vms.Feed) { t.Error("the stream was opened") }
	for _, q := range []whep.Request{live("c-koseki"), past("c-koseki", w.Moved)} {
		_, err := w.Room.For(s, here).Open(t.Context(), q)
		require.Equal(t, "unavailable", vms.Code(err))
	}
	require.Equal(t, 1, w.Room.Views())
	read(t, v, 3) // what runs goes on
	v.Close()
	_, err = w.DB.Exec(t.Context(), `DROP TRIGGER full`)
	require.NoError(t, err)
	end := w.End(w.Rows(audit.ViewLive)[0].ID) // and its end is written once the database takes it
	require.NotEmpty(t, end.Ranges)
}

func TestEveryRefusalHasARow(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Add("kiki", identity.CrisisManagement, "")
	w.Add("head", identity.DepartmentHead, "kumin")
	w.Add("clerk", identity.Clerk, "koseki")
	w.Add("admin", identity.Administrator, "")
	at := w.Moved.Add(-time.Minute)
	for i, c := range []struct {
		who  string
		q    whep.Request
		kind error
		code string
	}{
		{"clerk", live("c-koseki"), vms.NotFound, "no-camera"},
		{"kiki", live("no-such"), vms.NotFound, "no-camera"},
		{"kiki", live("../etc/passwd"), vms.NotFound, "no-camera"},
		{"head", live("c-gomi"), vms.NotFound, "no-camera"},
		{"admin", live("c-koseki"), vms.Denied, "denied"},
		{"admin", past("c-koseki", at), vms.Denied, "denied"},
		{"kiki", live("c-future"), vms.Denied, "not-in-operation"},
		{"kiki", whep.Request{Camera: "c-koseki", Stream: vms.Sub, At: at}, vms.Invalid, "purpose-required"},
		{"kiki", whep.Request{Camera: "c-security", Stream: vms.Sub, At: at, Purpose: access.DeterrenceCheck}, vms.Invalid, "bad-purpose"},
		{"kiki", whep.Request{Camera: "c-koseki", Stream: vms.Sub, At: at, Purpose: "my secret"}, vms.Invalid, "bad-purpose"},
		{"head", whep.Request{Camera: "c-koseki", Stream: vms.Main}, vms.Invalid, "purpose-required"},
		{"kiki", live("c-main"), vms.NotFound, "no-stream"},
	} {
		_, err := w.Room.For(w.Session(c.who), here).Open(t.Context(), c.q)
		require.Equal(t, []any{true, c.code}, []any{errors.Is(err, c.kind), vms.Code(err)}, "%d: %v", i, err)
		rows := append(w.Rows(audit.ViewLive), w.Rows(audit.ViewPast)...)
		slices.SortFunc(rows, func(a, b audit.Entry) int { return int(a.Seq - b.Seq) })
		require.Len(t, rows, i+1)
		row := rows[i]
		require.Equal(t, []any{c.who, audit.Refused, c.q.Stream, c.q.At, here}, []any{row.Actor, row.Outcome, row.Stream, row.At, row.From}, "%d", i)
		require.Equal(t, err.Error(), row.Detail)
		require.True(t, row.Purpose != "my secret" && (row.Camera == "" || row.Camera.Valid()), "%+v", row)
	}
	require.Empty(t, w.Rows(audit.ViewEnd))
	require.Zero(t, w.Room.Views())
}

func TestTheSessionsPurposeCountsWhereItIsValid(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki", "c-security")
	w.Add("head", identity.DepartmentHead, "kumin")
	s := w.Session("head")
	require.NoError(t, w.Identity.SetPurpose(t.Context(), s.ID, access.DeterrenceCheck, "K-29-7"))
	open(t, w, s, whep.Request{Camera: "c-koseki", Stream: vms.Main})
	row := w.Rows(audit.ViewLive)[0]
	require.Equal(t, []string{access.DeterrenceCheck, "K-29-7"}, []string{row.Purpose, row.Case})
	open(t, w, s, live("c-security")) // not for this kind: as if none were stated
	require.Empty(t, w.Rows(audit.ViewLive)[1].Purpose)
	require.Empty(t, w.Rows(audit.ViewLive)[1].Case, "a case belongs to its purpose")
	_, err := w.Room.For(s, here).Open(t.Context(), whep.Request{Camera: "c-security", Stream: vms.Main})
	require.Equal(t, "purpose-required", vms.Code(err))

	for _, purpose := range []string{access.DeterrenceCheck, access.Incident} {
		v := open(t, w, s, whep.Request{Camera: "c-koseki", Stream: vms.Main, Purpose: purpose})
		rows := w.Rows(audit.ViewLive)
		row, want := rows[len(rows)-1], map[bool]string{true: "K-29-7"}[purpose == access.DeterrenceCheck]
		require.Equal(t, want, row.Case, purpose)
		v.Close()
		require.Equal(t, want, w.End(row.ID).Case)
	}
	_, err = w.Room.For(s, here).Open(t.Context(), whep.Request{Camera: "c-gomi", Stream: vms.Main, Purpose: access.DeterrenceCheck})
	require.Error(t, err)
	rows := w.Rows(audit.ViewLive)
	require.Equal(t, []string{audit.Refused, "K-29-7"}, []string{rows[len(rows)-1].Outcome, rows[len(rows)-1].Case})
}

func TestLiveViewIsClosedWithItsRange(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	v := open(t, w, w.Session("kiki"), live("c-koseki"))
	units := read(t, v, 20)
	v.Close()
	v.Close()
	end := w.End(w.Rows(audit.ViewLive)[0].ID)
	require.Equal(t, []vms.Span{{From: units[0].At, To: units[19].At.Add(100 * time.Millisecond)}}, end.Ranges)
	require.Equal(t, []any{"kiki", vms.CameraID("c-koseki"), "closed by the viewer"}, []any{end.Actor, end.Camera, end.Detail})
	require.Zero(t, w.Room.Views())
}

// TestPastViewIsClosedWithWhatWasSeen seeks about; the row has what was handed out and nothing else.
func TestPastViewIsClosedWithWhatWasSeen(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	from := w.Moved.Add(-5 * time.Minute)
	w.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: from, To: from.Add(2 * time.Minute)})
	w.Add("kiki", identity.CrisisManagement, "")
	v := open(t, w, w.Session("kiki"), past("c-koseki", from.Add(30*time.Second)))
	seeker := v.Reader.(media.Seeker)
	require.NoError(t, seeker.SetRate(8))
	var want []vms.Span
	look := func(n int) {
		units := read(t, v, n)
		want = append(want, vms.Span{From: units[0].At, To: units[n-1].At.Add(100 * time.Millisecond)})
	}
	look(10)
	require.NoError(t, seeker.Seek(t.Context(), from.Add(36*time.Second)))
	look(5)
	require.NoError(t, seeker.Seek(t.Context(), from.Add(100*time.Second)))
	look(40)
	require.NoError(t, seeker.Seek(t.Context(), from.Add(5*time.Second)))
	look(5)
	require.ErrorIs(t, seeker.Seek(t.Context(), vms.Instant(1)), vms.Denied) // before the camera hung there
	look(3)                                                                  // goes on where it was
	v.Close()
	row := w.Rows(audit.ViewPast)[0]
	require.Equal(t, []any{from.Add(30 * time.Second), access.Incident}, []any{row.At, row.Purpose})
	require.Equal(t, vms.Union(want), w.End(row.ID).Ranges)
}

func TestMainOfThePastNeedsBothRights(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Add("head", identity.DepartmentHead, "kumin")
	s := w.Session("head")
	q := past("c-moved", w.Moved.Add(-time.Minute))
	q.Stream = vms.Main
	open(t, w, s, q)
	q.At = w.Moved.Add(time.Minute) // another's by then
	_, err := w.Room.For(s, here).Open(t.Context(), q)
	require.ErrorIs(t, err, vms.Denied)
}

// TestNextStartClosesWhatAKilledProcessLeft: a log of another process of the same node begins.
func TestNextStartClosesWhatAKilledProcessLeft(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	open(t, w, w.Session("kiki"), live("c-koseki"))
	require.NoError(t, audit.New(w.DB, w.Clock, viewingtest.Node).Begin(t.Context()))
	end := w.End(w.Rows(audit.ViewLive)[0].ID)
	require.Equal(t, "process ended", end.Detail)
	require.Empty(t, end.Ranges)
}

func TestEndOfTheProcessEndsAndClosesViews(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	room := w.OtherRoom()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- room.Run(ctx) }()
	v, err := room.For(w.Session("kiki"), here).Open(t.Context(), live("c-koseki"))
	require.NoError(t, err)
	read(t, v, 5)
	stop()
	require.Contains(t, ended(t, v, time.Second), "stopping")
	v.Close() // as whep does
	require.NoError(t, <-done)
	rows := w.Rows(audit.ViewEnd)
	require.Len(t, rows, 1) // written before Run returned
	require.NotEmpty(t, rows[0].Ranges)
}

func TestRangesAreJoinedAboveAHundredsOfSeeks(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	from := w.Moved.Add(-15 * time.Minute)
	w.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: from, To: from.Add(12 * time.Minute)})
	w.Add("kiki", identity.CrisisManagement, "")
	v := open(t, w, w.Session("kiki"), past("c-koseki", from))
	seeker := v.Reader.(media.Seeker)
	var seen []vms.Span
	for i := range 600 {
		at := from.Add(time.Duration(i*71%600) * 1200 * time.Millisecond)
		require.NoError(t, seeker.Seek(t.Context(), at))
		u := read(t, v, 1)[0]
		seen = append(seen, vms.Span{From: u.At, To: u.At.Add(100 * time.Millisecond)})
	}
	v.Close()
	got := w.End(w.Rows(audit.ViewPast)[0].ID).Ranges
	require.LessOrEqual(t, len(got), 501)
	require.Empty(t, vms.Subtract(seen, got), "the log says less than was seen")
	var more time.Duration
	for _, s := range vms.Subtract(got, seen) {
		more += s.Duration()
	}
	require.Less(t, more, 150*time.Second) // of 12 minutes: the smallest gaps were joined
}
