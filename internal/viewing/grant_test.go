package viewing_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/media"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

// TestAGrantThatEndsEndsViews: however it ends, here or on another node, for the present, the past and single
// pictures; and the viewer hears why.
func TestAGrantThatEndsEndsViews(t *testing.T) {
	t.Parallel()
	anyone := func(*identity.Grant) error { return nil }
	for name, c := range map[string]struct {
		lasts  time.Duration
		reason string
		do     func(t *testing.T, people *identity.Registry, id string)
	}{
		"withdrawn": {time.Hour, "was withdrawn", func(t *testing.T, people *identity.Registry, id string) {
			_, err := people.EndGrant(t.Context(), id, "kiki", anyone)
			require.NoError(t, err)
		}},
		"denied": {time.Hour, "", func(t *testing.T, people *identity.Registry, _ string) {
			_, err := people.AddGrant(t.Context(), identity.Grant{Kind: identity.Denial, Login: "clerk", Unit: "gomi", State: "accepted"}, "kiki")
			require.NoError(t, err)
		}},
		"expired": {4 * time.Second, "has expired", func(*testing.T, *identity.Registry, string) {}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := viewingtest.New(t)
			w.Film("c-moved")
			at := w.Moved.Add(90 * time.Second)
			w.Record(vms.Feed{Camera: "c-moved", Stream: vms.Sub}, vms.Span{From: at.Add(-time.Minute), To: at.Add(time.Minute)})
			w.Add("clerk", identity.Clerk, "zeimu")
			g, err := w.Identity.AddGrant(t.Context(), identity.Grant{Kind: identity.Extra, Login: "clerk", Cameras: []vms.CameraID{"c-moved"},
				Actions: []string{"live", "past"}, To: w.Now().Add(c.lasts), State: "accepted"}, "head")
			require.NoError(t, err)
			s := w.Session("clerk")
			now, then := open(t, w, s, live("c-moved")), open(t, w, s, past("c-moved", at))
			read(t, now, 3)
			read(t, then, 3)
			_, err = w.Room.For(s, here).Picture(t.Context(), past("c-moved", at))
			require.NoError(t, err)

			d, err := db.Open(t.Context(), w.URL) // another node
			require.NoError(t, err)
			defer d.Close()
			c.do(t, identity.New(d, identity.Options{}), g.ID)
			within := atOnce
			if name == "expired" {
				within += c.lasts
			}
			for _, v := range []*whep.View{now, then} {
				require.Contains(t, ended(t, v, within), c.reason)
				v.Close()
			}
			_, err = w.Room.For(s, here).Picture(t.Context(), past("c-moved", at))
			require.ErrorContains(t, err, c.reason)
			require.True(t, slices.Contains([]string{"grant-ended", "no-camera"}, vms.Code(err)), vms.Code(err))
		})
	}
}

// TestWithoutLiveThePastBeginsLater: a grant for the past alone shows nothing younger than the rules say.
func TestWithoutLiveThePastBeginsLater(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Record(vms.Feed{Camera: "c-gomi", Stream: vms.Sub}, vms.Span{From: w.Now().Add(-18 * time.Minute), To: w.Now().Add(-10 * time.Second)})
	w.Add("clerk", identity.Clerk, "zeimu")
	_, err := w.Identity.AddGrant(t.Context(), identity.Grant{Kind: identity.Extra, Login: "clerk", Cameras: []vms.CameraID{"c-gomi"},
		Actions: []string{"past"}, To: w.Now().Add(time.Hour), State: "accepted"}, "head")
	require.NoError(t, err)
	s := w.Session("clerk")
	_, err = w.Room.For(s, here).Open(t.Context(), past("c-gomi", w.Now().Add(-time.Minute)))
	require.Equal(t, "too-recent", vms.Code(err))
	v := open(t, w, s, past("c-gomi", w.Now().Add(-16*time.Minute)))
	for _, u := range read(t, v, 10) {
		require.Less(t, u.At, w.Now().Add(-15*time.Minute))
	}
	goesOn(t, v)
	require.ErrorContains(t, v.Reader.(media.Seeker).Seek(t.Context(), w.Now().Add(-2*time.Minute)), "may not be seen")
}
