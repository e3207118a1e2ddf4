package viewing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// TestWhatWasSeenIsKnownAtEveryMoment: while a view runs and until its closing row is in the log the room
// knows what was seen; from then on the log does.
func TestWhatWasSeenIsKnownAtEveryMoment(t *testing.T) {
	t.Parallel()
	w := viewingtest.New(t)
	w.Film("c-koseki")
	w.Add("kiki", identity.CrisisManagement, "")
	require.Empty(t, w.Room.Seen("kiki", "c-koseki"))
	v := open(t, w, w.Session("kiki"), live("c-koseki"))
	require.Empty(t, w.Room.Seen("kiki", "c-koseki"), "what was read ahead was not handed out")
	first, last := read(t, v, 1)[0], read(t, v, 9)[8]
	running := w.Room.Seen("kiki", "c-koseki")
	require.Len(t, running, 1)
	require.True(t, running[0].Contains(first.At) && running[0].Contains(last.At))
	require.Empty(t, w.Room.Seen("kiki", "c-gomi"))
	require.Empty(t, w.Room.Seen("other", "c-koseki"))

	_, err := w.DB.Exec(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	require.NoError(t, err)
	v.Close()
	require.Equal(t, running, w.Room.Seen("kiki", "c-koseki"), "it cannot be written down yet")
	_, err = w.DB.Exec(t.Context(), `DROP TRIGGER full`)
	require.NoError(t, err)
	for written := false; !written; { // the room is asked first, as whoever wants to know must
		room := w.Room.Seen("kiki", "c-koseki")
		rows, err := w.Audit.Query(t.Context(), audit.Filter{Action: audit.ViewEnd, Actor: "kiki"})
		require.NoError(t, err)
		if written = len(rows) > 0; written {
			room = append(room, rows[0].Ranges...)
		}
		require.Equal(t, running, vms.Union(room))
	}
}
