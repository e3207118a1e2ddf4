package viewing_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

const atOnce = 2 * time.Second // DESIGN: a withdrawn right ends the stream within this

// causes are all ways to lose the right to see c-moved, live or at some time of the past, for the
// person "head", a 部長 of kankyo who holds the appointment a and is signed in by s.
var causes = []struct {
	name   string
	reason string
	do     func(t *testing.T, w *viewingtest.World, a identity.Appointment, s *identity.Session)
}{
	{"sign-out", "Not signed in", func(t *testing.T, w *viewingtest.World, _ identity.Appointment, s *identity.Session) {
		require.NoError(t, w.Identity.SignOut(t.Context(), s.ID))
	}},
	{"disabled", "Not signed in", func(t *testing.T, w *viewingtest.World, _ identity.Appointment, _ *identity.Session) {
		require.NoError(t, w.Identity.SetDisabled(t.Context(), "head", true))
	}},
	{"appointment ended", "right to see this camera has ended", func(t *testing.T, w *viewingtest.World, a identity.Appointment, _ *identity.Session) {
		require.NoError(t, w.Identity.End(t.Context(), a.ID, 0))
	}},
	{"policy narrowed", "", func(_ *testing.T, w *viewingtest.World, _ identity.Appointment, _ *identity.Session) {
		w.Policy(viewingtest.WithoutHeads)
	}},
	{"camera moved", "", func(_ *testing.T, w *viewingtest.World, _ identity.Appointment, _ *identity.Session) {
		files := viewingtest.Files(w.Moved)
		files[1].Data = strings.Replace(files[1].Data, "sections: [gomi]}], streams: {main: \"rtsp://127.0.0.1/c-moved",
			"sections: [zeimu]}], streams: {main: \"rtsp://127.0.0.1/c-moved", 1)
		w.Cameras(files)
	}},
	{"camera removed", "no such camera", func(_ *testing.T, w *viewingtest.World, _ identity.Appointment, _ *identity.Session) {
		files := viewingtest.Files(w.Moved)
		files[1].Data = strings.Replace(files[1].Data, "{id: c-moved,", "{id: c-other,", 1)
		files[2].Data = strings.Replace(files[2].Data, "{id: c-moved,", "{id: c-other,", 1) // its plan
		w.Cameras(files)
	}},
	{"session expired", "Not signed in", func(_ *testing.T, w *viewingtest.World, _ identity.Appointment, _ *identity.Session) {
		w.Pass(13 * time.Hour)
	}},
}

func TestRevocationEndsRunningViews(t *testing.T) {
	t.Parallel()
	for _, c := range causes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := viewingtest.New(t)
			w.Film("c-moved", "c-koseki")
			w.Record(vms.Feed{Camera: "c-moved", Stream: vms.Sub}, vms.Span{From: w.Moved.Add(time.Minute), To: w.Moved.Add(3 * time.Minute)})
			w.Add("head", "", "")
			a := w.Appoint(identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kankyo"})
			w.Add("other", identity.CrisisManagement, "")
			s := w.Session("head")
			now, then := open(t, w, s, live("c-moved")), open(t, w, s, past("c-moved", w.Moved.Add(90*time.Second)))
			read(t, now, 3)
			read(t, then, 3)
			if c.name == "session expired" {
				w.Pass(3 * time.Hour) // so that the other's session is younger
			}
			unaffected := open(t, w, w.Session("other"), live("c-koseki"))

			c.do(t, w, a, s)
			for _, v := range []*whep.View{now, then} {
				require.Contains(t, ended(t, v, atOnce), c.reason)
				v.Close()
			}
			for _, action := range []string{audit.ViewLive, audit.ViewPast} {
				end := w.End(w.Rows(action)[0].ID)
				require.NotEmpty(t, end.Ranges)
				require.NotEqual(t, "closed by the viewer", end.Detail)
			}
			if c.name != "session expired" {
				read(t, unaffected, 3)
				goesOn(t, unaffected)
			}
		})
	}
}

// TestPastAtAnotherTimeIsLostToo: what is taken away lies at another time of the footage than the
// picture shown; nobody may seek there any more.
func TestPastAtAnotherTimeIsLostToo(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Record(vms.Feed{Camera: "c-moved", Stream: vms.Sub}, vms.Span{From: w.Moved.Add(-2 * time.Minute), To: w.Moved.Add(2 * time.Minute)})
	w.Add("both", identity.GeneralManager, "koseki")
	gomi := w.Appoint(identity.Appointment{Login: "both", Post: identity.GeneralManager, Unit: "gomi"})
	v := open(t, w, w.Session("both"), past("c-moved", w.Moved.Add(-time.Minute)))
	read(t, v, 3)
	require.NoError(t, w.Identity.End(t.Context(), gomi.ID, 0))
	require.Contains(t, ended(t, v, atOnce), "has changed")
	v = open(t, w, w.Session("both"), past("c-moved", w.Moved.Add(-time.Minute)))
	read(t, v, 3)
	goesOn(t, v)
}

// TestAppointmentRunsOut: nothing changes but time.
func TestAppointmentRunsOut(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-gomi")
	w.Add("head", "", "")
	w.Appoint(identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kankyo", To: w.Now().Add(3 * time.Second)})
	v := open(t, w, w.Session("head"), live("c-gomi"))
	read(t, v, 3)
	require.Contains(t, ended(t, v, 3*time.Second+atOnce), "has ended")
}

// TestViewsOutliveTheDatabaseForAWhile closes the database under the room. Meanwhile what is known of
// rights still counts: an appointment runs out.
func TestViewsOutliveTheDatabaseForAWhile(t *testing.T) {
	t.Parallel()
	const grace = 5 * time.Second
	w := viewingtest.New(t)
	w.Film("c-gomi", "c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	w.Add("head", "", "")
	w.Appoint(identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kankyo", To: w.Now().Add(4 * time.Second)})
	room := w.OtherRoom()
	room.SetGrace(grace)
	w.Run(room.Run)
	s := w.Session("kiki")
	view := func(s *identity.Session, id vms.CameraID) *whep.View {
		v, err := room.For(s, here).Open(t.Context(), live(id))
		require.NoError(t, err)
		t.Cleanup(v.Close)
		read(t, v, 3)
		return v
	}
	heads, v := view(w.Session("head"), "c-gomi"), view(s, "c-koseki")

	require.NoError(t, w.DB.Close())
	w.Pass(11 * time.Second) // identity remembers nothing any more
	began := time.Now()
	_, err := room.For(s, here).Open(t.Context(), live("c-koseki"))
	require.Equal(t, "unavailable", vms.Code(err))
	require.Contains(t, ended(t, heads, 4*time.Second+atOnce), "has ended")
	read(t, v, 3)
	goesOn(t, v)
	require.Contains(t, ended(t, v, grace+atOnce), "can no longer be checked")
	require.Greater(t, time.Since(began), grace-time.Second/2)
}
