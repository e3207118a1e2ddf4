package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"yagura/internal/health"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

const (
	feedEvery  = time.Second      // how often camera states are looked at while somebody listens
	beatEvery  = 15 * time.Second // so that proxies and browsers know the stream lives
	warnAhead  = 5 * time.Minute  // before a session ends
	inboxEvery = 15 * time.Second // how often what waits is asked for anew, besides at each change
	writeTime  = 10 * time.Second // a browser that does not read for so long is gone
)

// feed is the camera states, read once a second for all listeners together.
type feed struct {
	mu     sync.Mutex
	at     time.Time
	states map[vms.Feed]health.Feed
}

func newFeed() *feed { return &feed{} }

func (f *feed) read(ctx context.Context, g *Gateway) (map[vms.Feed]health.Feed, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.at) < feedEvery/2 {
		return f.states, nil
	}
	states, err := g.Health.Feeds(ctx, g.now())
	if err == nil {
		f.at, f.states = time.Now(), states
	}
	return states, err
}

// cameraEvent is the state of a camera after it changed.
type cameraEvent struct {
	ID    vms.CameraID `json:"id"`
	State health.State `json:"state"`
	Since vms.Instant  `json:"since"`
	Cause vms.Cause    `json:"cause"`
}

// listener is one event stream.
type listener struct {
	g    *Gateway
	out  http.ResponseWriter
	ctrl *http.ResponseController
	who  caller

	told   map[vms.CameraID]cameraEvent
	warned bool
	inbox  inboxState
}

// inboxState is what the listener was told of the inbox.
type inboxState struct {
	changed <-chan struct{} // nil: never asked
	asked   time.Time
	items   []inbox.Item
}

// events serves GET /api/events: `camera` for each camera the person may know of, at once and when
// its state changes, `inbox` with how much waits unread, and `session` when the session is about to
// end or has ended.
func (g *Gateway) events(w http.ResponseWriter, r *http.Request) {
	c := who(r.Context())
	if !g.streams.take(c.session.ID) {
		g.fail(w, r, tooMany(eventStreams))
		return
	}
	defer g.streams.give(c.session.ID)
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	l := &listener{g: g, out: w, ctrl: http.NewResponseController(w), who: c, told: map[vms.CameraID]cameraEvent{}}
	l.serve(r.Context())
}

// serve tells what changes until the session, the connection or ctx ends.
func (l *listener) serve(ctx context.Context) {
	tick := time.NewTicker(feedEvery)
	defer tick.Stop()
	beat := time.Time{} // the first comes at once, so that the browser knows the stream stands
	for {
		_ = l.ctrl.SetWriteDeadline(time.Now().Add(writeTime)) // not every writer can
		said, alive := l.look(ctx)
		if !said && time.Since(beat) >= beatEvery {
			_, err := fmt.Fprint(l.out, ": beat\n\n")
			said, alive = true, alive && err == nil
		}
		if said {
			beat = time.Now()
			alive = l.ctrl.Flush() == nil && alive
		}
		if !alive {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// look tells what is new. It reports whether anything was said and whether the stream goes on.
func (l *listener) look(ctx context.Context) (said, alive bool) {
	s, err := l.g.Identity.Look(ctx, l.who.session.ID)
	if err != nil {
		if vms.Code(err) != "" {
			l.send("session", map[string]any{"ended": true, "reason": err.Error()})
			return true, false
		}
		return false, true // the database is away; rights are checked where footage leaves
	}
	if left := s.Expires.Sub(l.g.now()); left < warnAhead && !l.warned {
		l.warned, said = true, true
		l.send("session", map[string]any{"ended": false, "expires": s.Expires})
	}
	said = l.tellInbox(ctx, s.Person) || said
	states, err := l.g.feed.read(ctx, l.g)
	if err != nil {
		return said, true
	}
	return l.tell(s.Person, states) || said, true
}

// tell says what changed of the cameras the person may know of.
func (l *listener) tell(p *identity.Person, states map[vms.Feed]health.Feed) (said bool) {
	now, seen := l.g.now(), map[vms.CameraID]cameraEvent{}
	for _, cam := range l.g.Cameras().Cameras {
		if len(l.g.Access.Actions(p, cam, now)) == 0 {
			continue
		}
		f := l.g.stateOf(cam, states, now)
		e := cameraEvent{cam.ID, f.State, f.Since, f.Cause}
		if seen[cam.ID] = e; l.told[cam.ID] != e {
			said = true
			l.send("camera", e)
		}
	}
	for id := range l.told {
		if _, ok := seen[id]; !ok {
			said = true
			l.send("gone", map[string]any{"id": id})
		}
	}
	l.told = seen
	return said
}

// tellInbox says how much waits unread for the person, at once and when what waits is something else:
// one may have come as another was read.
func (l *listener) tellInbox(ctx context.Context, p *identity.Person) (said bool) {
	first := l.inbox.changed == nil
	select {
	case <-l.inbox.changed:
	default:
		if !first && time.Since(l.inbox.asked) < inboxEvery {
			return false
		}
	}
	changed := l.g.Inbox.Changed() // before it is asked, so that no change falls in between
	items, err := l.g.Inbox.Items(ctx, p)
	if err != nil {
		return false // asked again at the next look
	}
	if said = first || !slices.Equal(items, l.inbox.items); said {
		l.send("inbox", map[string]any{"unread": inbox.Unread(items)})
	}
	l.inbox = inboxState{changed, time.Now(), items}
	return said
}

// send writes one event; a broken connection shows at the flush.
func (l *listener) send(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		l.g.Log.Error("event not written", "event", name, "err", err)
		return
	}
	_, _ = fmt.Fprintf(l.out, "event: %s\ndata: %s\n\n", name, data)
}
