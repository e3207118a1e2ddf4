package bookmark_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/bookmark"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const here = "192.0.2.7"

// ward is a small ward with a room of bookmarks.
type ward struct {
	*viewingtest.World
	room *bookmark.Room
	t    testing.TB
}

func newWard(t testing.TB, url string) *ward {
	w := &ward{World: viewingtest.NewOn(t, url), t: t}
	w.room = bookmark.New(bookmark.Config{DB: w.DB, Access: w.Access, Audit: w.Audit, Cameras: w.Set, Clock: w.Clock,
		Log: slog.New(slog.DiscardHandler)})
	return w
}

func databases(t testing.TB, name string) string {
	if name == "postgres" {
		return testserver.Postgres(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "yagura.db")
}

// onBoth tells a story on each database.
func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, newWard(t, databases(t, name)))
		})
	}
}

// who is a new session of a person.
func (w *ward) who(login string) bookmark.Who {
	return bookmark.Who{Session: w.Session(login), From: here}
}

// add keeps a note that may be kept.
func (w *ward) add(who bookmark.Who, n bookmark.Note) bookmark.Bookmark {
	w.t.Helper()
	b, err := w.room.Add(w.t.Context(), who, n)
	require.NoError(w.t, err)
	return b
}

// list gives camera and text of what a person sees.
func (w *ward) list(who bookmark.Who, f bookmark.Filter) []string {
	w.t.Helper()
	found, _, err := w.room.List(w.t.Context(), who.Session.Person, f)
	require.NoError(w.t, err)
	out := []string{}
	for _, b := range found {
		out = append(out, fmt.Sprintf("%s %s", b.Camera, b.Text))
	}
	return out
}

func note(camera vms.CameraID, at vms.Instant, text string) bookmark.Note {
	return bookmark.Note{Camera: camera, At: at, Text: text}
}
