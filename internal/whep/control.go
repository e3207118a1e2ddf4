package whep

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/pion/webrtc/v4"

	"yagura/internal/vms"
)

const (
	controlLabel = "control"
	messageMax   = 16 << 10  // bytes
	unsentMax    = 256 << 10 // bytes waiting for a browser that does not read; then messages are dropped
	rateMin      = 0.5
	rateMax      = 64
	playWithin   = time.Minute // how far ahead a synchronised start may lie
)

// command is a message from the browser: play {when, at}, pause, seek {at, pause}, rate {rate}, step {step: ±1},
// live, open {camera, stream, at, purpose}, keys {only}. A play that is put off until when may say which moment
// is due then, so that several viewers who start together show one moment, not each its next picture.
type command struct {
	Type    string       `json:"type"`
	When    vms.Instant  `json:"when"`
	At      vms.Instant  `json:"at"`
	Rate    float64      `json:"rate"`
	Step    int          `json:"step"`
	Only    *bool        `json:"only"`
	Camera  vms.CameraID `json:"camera"`
	Stream  vms.Stream   `json:"stream"`
	Purpose string       `json:"purpose"`
	Pause   bool         `json:"pause"`
}

// Messages to the browser.
type (
	positionMessage struct {
		Type   string       `json:"type"` // "position"
		RTP    uint32       `json:"rtp"`  // RTP timestamp of a picture
		At     vms.Instant  `json:"at"`   // its moment
		Rate   float64      `json:"rate"` // footage seconds per second from there; 0: paused
		Live   bool         `json:"live"`
		Camera vms.CameraID `json:"camera"`
		Stream vms.Stream   `json:"stream"`
		End    bool         `json:"end,omitempty"`   // no more footage in this direction
		Sought vms.Instant  `json:"sought,omitzero"` // this is the picture for that moment, which was asked for
	}
	gapMessage struct {
		Type string `json:"type"` // "gap"
		vms.Gap
	}
	replayMessage struct {
		Type string `json:"type"` // "replay": pictures were lost, and are sent again up to
		RTP  uint32 `json:"rtp"`  // this one
	}
	endedMessage struct {
		Type   string `json:"type"` // "ended"
		Reason string `json:"reason"`
	}
	deniedMessage struct {
		Type   string `json:"type"` // "denied"
		Code   string `json:"code,omitempty"`
		Reason string `json:"reason"`
	}
	qualityMessage struct {
		Type   string     `json:"type"` // "quality"
		Stream vms.Stream `json:"stream"`
		Mode   string     `json:"mode"` // "all" or "keys": which pictures are sent
		Reason string     `json:"reason"`
	}
)

func parseCommand(data []byte) (command, error) {
	var c command
	if len(data) > messageMax {
		return c, vms.Errorf(vms.Invalid, "bad-message", "a message has at most %d bytes", messageMax)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, vms.Errorf(vms.Invalid, "bad-message", "not a control message: %v", err)
	}
	return c, c.check()
}

func (c *command) check() error {
	bad := func(code, text string) error { return vms.Errorf(vms.Invalid, code, "%s", text) }
	switch c.Type {
	case "pause", "live":
	case "play":
		if time.Until(c.When.Time()) > playWithin {
			return bad("bad-time", "play: when lies more than a minute ahead")
		}
	case "seek":
		if c.At <= 0 {
			return bad("bad-time", "seek needs at")
		}
	case "rate":
		if r := max(c.Rate, -c.Rate); !(r >= rateMin && r <= rateMax) {
			return bad("bad-rate", "rate lies between 0.5 and 64; negative is reverse")
		}
	case "step":
		if c.Step != 1 && c.Step != -1 {
			return bad("bad-step", "step is 1 or -1")
		}
	case "keys":
		if c.Only == nil {
			return bad("bad-message", "keys needs only: true or false")
		}
	case "open":
		if !c.Camera.Valid() || c.Stream != "" && !c.Stream.Valid() || c.At < 0 {
			return bad("bad-message", "open needs a camera, and a stream that is main or sub")
		}
	default:
		return bad("bad-message", "no such control message")
	}
	return nil
}

// control is the data channel, once the browser has opened it.
type control struct {
	mu     sync.Mutex
	dc     *webrtc.DataChannel
	open   bool
	queued [][]byte // said before it was open; the last few
}

// onDataChannel takes the one channel we know and closes any other.
func (s *Session) onDataChannel(dc *webrtc.DataChannel) {
	if dc.Label() != controlLabel || !s.ctrl.adopt(dc) {
		s.srv.log.Debug("data channel refused", "session", s.id, "label", dc.Label())
		dc.OnOpen(func() { _ = dc.Close() }) // the browser sees it closed; there is no more to do
		return
	}
	dc.OnOpen(s.ctrl.opened)
	dc.OnMessage(func(m webrtc.DataChannelMessage) {
		c, err := parseCommand(m.Data)
		if err != nil {
			s.box.post(refused{err})
			return
		}
		if !s.box.post(c) {
			s.ctrl.send(denial(vms.Errorf(vms.Invalid, "too-many", "too many messages at once; this one was dropped")))
		}
	})
}

func (c *control) adopt(dc *webrtc.DataChannel) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dc != nil {
		return false
	}
	c.dc = dc
	return true
}

func (c *control) opened() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = true
	for _, b := range c.queued {
		_ = c.dc.SendText(string(b)) // fails only when the connection is gone, and it will be noticed
	}
	c.queued = nil
}

// send queues a message. It does not block; a browser that does not read loses messages.
func (c *control) send(msg any) {
	b, err := json.Marshal(msg)
	if err != nil {
		return // our own types always marshal
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.open:
		if len(c.queued) == 16 {
			c.queued = c.queued[1:]
		}
		c.queued = append(c.queued, b)
	case c.dc.BufferedAmount() < unsentMax:
		_ = c.dc.SendText(string(b)) // as above
	}
}

// drain waits until everything said has left: at most farewell, or greeting where the channel is still to be
// opened and coming says that it may be.
func (c *control) drain(coming func() bool) {
	limit := farewell
	if c.silent() {
		limit = greeting
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for c.unsent(coming) && vms.Sleep(ctx, time.Millisecond) {
	}
}

func (c *control) silent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.open
}

func (c *control) unsent(coming func() bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return len(c.queued) > 0 && coming()
	}
	return c.dc.ReadyState() == webrtc.DataChannelStateOpen && c.dc.BufferedAmount() > 0
}

// denial tells why something asked for does not happen.
func denial(err error) deniedMessage {
	return deniedMessage{Type: "denied", Code: vms.Code(err), Reason: reasonOf(err)}
}

// reasonOf is the text for people: of the error kinds that carry one, else nothing that would tell
// of our insides.
func reasonOf(err error) string {
	var e *vms.Error
	switch {
	case errors.As(err, &e):
		return e.Text
	case errors.Is(err, vms.Denied):
		return "not permitted"
	case errors.Is(err, vms.NotFound):
		return "not found"
	}
	return "this did not work; try again"
}

func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
