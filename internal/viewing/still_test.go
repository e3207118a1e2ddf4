package viewing_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// recorded is a ward with twenty seconds of c-koseki, from the returned moment on.
func recorded(t *testing.T) (*viewingtest.World, vms.Instant) {
	w := viewingtest.New(t)
	from := w.Moved.Add(-5 * time.Minute)
	w.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: from, To: from.Add(20 * time.Second)})
	w.Add("kiki", identity.CrisisManagement, "")
	return w, from
}

func still(t *testing.T, w *viewingtest.World, s *identity.Session, q whep.Request) ([]*media.Unit, error) {
	t.Helper()
	return w.Room.For(s, here).Picture(t.Context(), q)
}

func TestPictureIsAViewWithItsRange(t *testing.T) {
	t.Parallel()
	w, from := recorded(t)
	s := w.Session("kiki")
	require.NoError(t, w.Identity.SetPurpose(t.Context(), s.ID, access.Incident, "令8-17"))
	at := from.Add(7*time.Second + 300*time.Millisecond)
	units, err := still(t, w, w.Session("kiki"), past("c-koseki", at))
	require.NoError(t, err)
	require.True(t, units[0].Key)
	last := units[len(units)-1]
	require.Less(t, at.Sub(last.At), time.Second/15)
	row := w.Rows(audit.ViewStill)[0]
	require.Equal(t, []any{"kiki", audit.OK, vms.CameraID("c-koseki"), vms.Sub, at, access.Incident, here, ""},
		[]any{row.Actor, row.Outcome, row.Camera, row.Stream, row.At, row.Purpose, row.From, row.Case})
	end := w.End(row.ID)
	require.Equal(t, []vms.Span{{From: units[0].At, To: last.At.Add(100 * time.Millisecond)}}, end.Ranges)
	require.Zero(t, w.Room.Views())

	_, err = still(t, w, s, past("c-koseki", at)) // for the purpose the session states, and its case
	require.NoError(t, err)
	require.Equal(t, "令8-17", w.Rows(audit.ViewStill)[1].Case)
	_, err = w.Room.For(s, here).ForCase("令8-18").Picture(t.Context(), past("c-koseki", at))
	require.NoError(t, err)
	require.Equal(t, "令8-18", w.Rows(audit.ViewStill)[2].Case)
}

// TestPictureThatIsNotThere: that somebody looked is in the log, and that nothing was seen.
func TestPictureThatIsNotThere(t *testing.T) {
	t.Parallel()
	w, from := recorded(t)
	_, err := still(t, w, w.Session("kiki"), past("c-koseki", from.Add(-time.Minute)))
	require.Equal(t, "no-picture", vms.Code(err))
	row := w.Rows(audit.ViewStill)[0]
	end := w.End(row.ID)
	require.Equal(t, audit.OK, row.Outcome)
	require.Empty(t, end.Ranges)
	require.Contains(t, end.Detail, "not opened")
}

func TestNoRowNoPicture(t *testing.T) {
	t.Parallel()
	w, from := recorded(t)
	s := w.Session("kiki")
	_, err := w.DB.Exec(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	require.NoError(t, err)
	units, err := still(t, w, s, past("c-koseki", from.Add(time.Second)))
	require.Equal(t, "unavailable", vms.Code(err))
	require.Empty(t, units)
}

func TestRefusedPicturesHaveARow(t *testing.T) {
	t.Parallel()
	w, from := recorded(t)
	w.Add("head", identity.DepartmentHead, "kumin")
	w.Add("admin", identity.Administrator, "")
	at := from.Add(time.Second)
	for i, c := range []struct {
		who, code string
		q         whep.Request
	}{
		{"admin", "denied", past("c-koseki", at)},
		{"head", "no-camera", past("c-gomi", at)},
		{"kiki", "no-camera", past("no-such", at)},
		{"kiki", "purpose-required", whep.Request{Camera: "c-koseki", Stream: vms.Sub, At: at}},
		{"kiki", "no-stream", past("c-main", at)},
		{"kiki", "not-in-operation", past("c-future", at)},
	} {
		_, err := still(t, w, w.Session(c.who), c.q)
		require.Equal(t, c.code, vms.Code(err), "%d: %v", i, err)
		rows := w.Rows(audit.ViewStill)
		require.Len(t, rows, i+1)
		require.Equal(t, []any{c.who, audit.Refused, err.Error()}, []any{rows[i].Actor, rows[i].Outcome, rows[i].Detail})
	}
	_, err := still(t, w, w.Session("kiki"), whep.Request{Camera: "c-koseki", Stream: vms.Sub, Purpose: access.Incident})
	require.Equal(t, "bad-time", vms.Code(err)) // there are no pictures of now
	require.Empty(t, w.Rows(audit.ViewEnd))
}

// TestAKilledProcessLeavesNoPictureOpen: its next life closes the row.
func TestAKilledProcessLeavesNoPictureOpen(t *testing.T) {
	t.Parallel()
	w, from := recorded(t)
	_, err := w.OtherRoom().For(w.Session("kiki"), here).Picture(t.Context(), past("c-koseki", from.Add(time.Second))) // it does not run
	require.NoError(t, err)
	require.NoError(t, audit.New(w.DB, w.Clock, viewingtest.Node).Begin(t.Context()))
	require.Equal(t, "process ended", w.End(w.Rows(audit.ViewStill)[0].ID).Detail)
}
