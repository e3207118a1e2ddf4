package gateway_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/health"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type event struct {
	name string
	data map[string]any
}

// listen opens the event stream; the channel is closed at its end.
func (h *house) listen(token string) (<-chan event, func()) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", h.srv.URL+"/api/events", nil)
	require.NoError(h.t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := h.srv.Client().Do(req)
	require.NoError(h.t, err)
	require.Equal(h.t, 200, res.StatusCode)
	require.Equal(h.t, "text/event-stream", res.Header.Get("Content-Type"))
	events, done := make(chan event, 256), make(chan struct{})
	go func() {
		defer close(done)
		defer close(events)
		defer res.Body.Close()
		var e event
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			switch name, value, _ := strings.Cut(lines.Text(), ": "); name {
			case "event":
				e.name = value
			case "data":
				e.data = map[string]any{}
				_ = json.Unmarshal([]byte(value), &e.data) // then it has no id, and the test fails
				events <- e
			}
		}
	}()
	leave := func() { cancel(); <-done }
	h.t.Cleanup(leave)
	return events, leave
}

// next is the next event that is not about the inbox, nil at the end of the stream.
func next(t *testing.T, events <-chan event) *event {
	t.Helper()
	return nextWhere(t, events, func(name string) bool { return name != "inbox" })
}

// unread is what the next event about the inbox says.
func unread(t *testing.T, events <-chan event) any {
	t.Helper()
	return nextWhere(t, events, func(name string) bool { return name == "inbox" }).data["unread"]
}

func nextWhere(t *testing.T, events <-chan event, wanted func(name string) bool) *event {
	t.Helper()
	for late := time.After(10 * time.Second); ; {
		select {
		case e, ok := <-events:
			if !ok {
				return nil
			}
			if wanted(e.name) {
				return &e
			}
		case <-late:
			require.Fail(t, "no event")
		}
	}
}

func (h *house) report(id vms.CameraID, s health.State, since vms.Instant) {
	h.t.Helper()
	require.NoError(h.t, h.board.Report(h.t.Context(), []health.Feed{{Feed: vms.Feed{Camera: id, Stream: vms.Main}, Node: "n1", State: s, Since: since,
		Cause: vms.Stalled, Reported: h.Now().Add(time.Minute)}}))
}

func TestEvents(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("head", "", "")
	a := h.Appoint(identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kankyo"})
	h.Appoint(identity.Appointment{Login: "head", Post: identity.GeneralManager, Unit: "zeimu"})
	since := h.Now()
	h.report("c-gomi", health.Recording, since)
	token := h.Token("head")
	events, leave := h.listen(token)
	first := map[any]*event{}
	for range 3 { // c-gomi, c-shared, c-moved
		e := next(t, events)
		require.Equal(t, "camera", e.name)
		first[e.data["id"]] = e
	}
	require.Equal(t, map[string]any{"id": "c-gomi", "state": "recording", "since": since.String(), "cause": "stalled"}, first["c-gomi"].data)
	require.Equal(t, "unknown", first["c-shared"].data["state"])

	h.report("c-koseki", health.Stopped, since+1) // not theirs: silence
	h.report("c-gomi", health.Stopped, since+2)
	require.Equal(t, &event{"camera", map[string]any{"id": "c-gomi", "state": "stopped", "since": (since + 2).String(), "cause": "stalled"}}, next(t, events))

	require.NoError(t, h.Identity.End(t.Context(), a.ID, 0))
	gone := map[any]bool{}
	for range 3 {
		e := next(t, events)
		require.Equal(t, "gone", e.name)
		gone[e.data["id"]] = true
	}
	require.Len(t, gone, 3)
	leave()
	require.Empty(t, events)
}

func TestEventsEndWithTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	token := h.Token("clerk")
	events, _ := h.listen(token) // answers at once, although there is nothing to tell
	require.Equal(t, 204, h.as(token, "DELETE", "/api/session", "").StatusCode)
	e := next(t, events)
	require.Equal(t, []any{"session", true}, []any{e.name, e.data["ended"]})
	require.NotEmpty(t, e.data["reason"])
	require.Nil(t, next(t, events))
}

func TestEventsSayThatTheSessionIsAboutToEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	token, err := h.Identity.AddToken(t.Context(), "clerk", "short", "tests", 4*time.Minute)
	require.NoError(t, err)
	events, _ := h.listen(token)
	e := next(t, events)
	require.Equal(t, []any{"session", false}, []any{e.name, e.data["ended"]})
	require.Regexp(t, instant, e.data["expires"])
}

func TestTwentyEventStreamsASignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	token := h.Token("clerk")
	var leave func()
	for range 20 {
		_, leave = h.listen(token)
	}
	problem(t, h.as(token, "GET", "/api/events", ""), 429, "too-many-sessions")
	leave()
	require.Eventually(t, func() bool { return h.as(token, "HEAD", "/api/events", "").StatusCode == 200 }, 5*time.Second, 10*time.Millisecond)
}
