package camsim

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Auth is how a camera asks for its credentials.
type Auth string

const (
	AuthBasic  Auth = "basic"
	AuthMD5    Auth = "digest"         // RFC 2617, as most cameras do
	AuthSHA256 Auth = "digest-sha-256" // RFC 7616
	AuthAny    Auth = "any"            // offers all three
)

// Mode is how a camera behaves. The zero value is a well-behaved camera without a password.
type Mode struct {
	User     string `json:"user,omitempty"` // "": no credentials are asked for
	Password string `json:"password,omitempty"`
	Auth     Auth   `json:"auth,omitempty"`   // "" is AuthMD5
	Refuse   bool   `json:"refuse,omitempty"` // 401, whatever the credentials

	Redirect  string `json:"redirect,omitempty"`  // DESCRIBE is answered with this Location ...
	Permanent bool   `json:"permanent,omitempty"` // ... and 301 instead of 302

	Down   bool `json:"down,omitempty"`   // a connection is reset as soon as it asks for this camera
	Deaf   bool `json:"deaf,omitempty"`   // no request is answered; the connection stays open
	Silent bool `json:"silent,omitempty"` // no RTP and RTCP; requests are answered
	NoTCP  bool `json:"noTCP,omitempty"`  // 461 for RTP over TCP
	NoUDP  bool `json:"noUDP,omitempty"`  // 461 for RTP over UDP

	MidGOP    bool   `json:"midGOP,omitempty"`    // a session begins at once, not at a key frame
	NoKey     bool   `json:"noKey,omitempty"`     // key frames are left out
	NoSprop   bool   `json:"noSprop,omitempty"`   // the SDP has no parameter sets
	OutOfBand bool   `json:"outOfBand,omitempty"` // the stream has none
	Duplicate bool   `json:"duplicate,omitempty"` // the stream has them twice
	Audio     bool   `json:"audio,omitempty"`     // the SDP offers an audio track too
	Announce  string `json:"announce,omitempty"`  // rtpmap the SDP announces instead, e.g. "JPEG/90000"

	Loss        float64       `json:"loss,omitempty"`        // share of RTP packets that are lost, 0 to 1
	EarlyMarker bool          `json:"earlyMarker,omitempty"` // the marker is also on what stands before the picture
	EndlessFU   bool          `json:"endlessFU,omitempty"`   // one fragmented NAL unit that never ends
	SameTime    bool          `json:"sameTime,omitempty"`    // every other frame has its predecessor's RTP time
	NoReports   bool          `json:"noReports,omitempty"`   // no RTCP sender reports
	ClockOffset time.Duration `json:"clockOffset,omitempty"` // how far the camera's own clock is off, seen in sender reports
}

// Camera is one simulated camera. Its methods steer it while it runs.
type Camera struct {
	ID vms.CameraID

	srv   *Server
	mode  atomic.Pointer[Mode]
	write sync.Mutex // serialises Change
	feeds map[vms.Stream]*feed
	count counters
}

func newCamera(s *Server, id vms.CameraID) *Camera {
	c := &Camera{ID: id, srv: s, feeds: map[vms.Stream]*feed{}}
	m := s.cfg.Mode
	c.mode.Store(&m)
	for _, st := range []vms.Stream{vms.Main, vms.Sub} {
		f := vms.Feed{Camera: id, Stream: st}
		if r := s.cfg.Schedule.reel(f); r != nil {
			h := hash(f.String())
			c.feeds[st] = &feed{
				Feed: f, camera: c, reel: r, shift: uint32(h), stamp: s.cfg.Schedule.Stamp,
				rng: rand.New(rand.NewPCG(s.cfg.Schedule.Seed, h)),
			}
		}
	}
	return c
}

// Mode returns how the camera behaves now.
func (c *Camera) Mode() Mode { return *c.mode.Load() }

// Change alters how the camera behaves, from the next request and the next frame on.
func (c *Camera) Change(f func(m *Mode)) {
	c.write.Lock()
	defer c.write.Unlock()
	m := *c.mode.Load()
	f(&m)
	c.mode.Store(&m)
}

// Stats returns the camera's counters.
func (c *Camera) Stats() Stats { return c.count.read() }

// Disconnect resets the camera's connections and returns how many there were.
func (c *Camera) Disconnect() int {
	conns := c.srv.connections(c)
	for _, conn := range conns {
		conn.reset()
	}
	return len(conns)
}

// Play shows another clip from the next frame on, in a loop: other parameter sets, another size,
// another codec (which only the next DESCRIBE announces). Stamps go on counting.
func (c *Camera) Play(st vms.Stream, clip *Clip) {
	c.each(st, func(f *feed) { f.play(clip) })
}

// Jump moves the RTP timestamps of both streams by d, once.
func (c *Camera) Jump(d time.Duration) {
	c.each("", func(f *feed) { f.shift += uint32(media.ToTicks(d)) })
}

// WrapIn sets the RTP timestamps of both streams so that they pass 2³² after d. Best called before PLAY.
func (c *Camera) WrapIn(d time.Duration) {
	c.each("", func(f *feed) { f.shift = -uint32(ticksOf(vms.InstantOf(time.Now().Add(d)))) })
}

// Huge adds filler data of n bytes (H.264 7.3.2.7, H.265 7.3.2.8) to the next unit of a stream, or of both
// where st is "".
func (c *Camera) Huge(st vms.Stream, n int) {
	for _, f := range c.feeds {
		if st == "" || st == f.Stream {
			packets := filler(f.clip().Track.Codec, n)
			f.mu.Lock()
			f.filler = packets
			f.mu.Unlock()
		}
	}
}

// Garbage sends n random bytes before the next unit of both streams: over TCP between the
// interleaved packets, so that the framing is lost; over UDP as a datagram.
func (c *Camera) Garbage(n int) {
	c.each("", func(f *feed) { f.garbage = n })
}

// Noise sends a packet of n random bytes before the next unit of both streams, correctly framed. n is
// cut to 65535 bytes.
func (c *Camera) Noise(n int) {
	c.each("", func(f *feed) { f.noise = min(n, 1<<16-1) })
}

// Skip leaves out the next n units of both streams; stamps count them.
func (c *Camera) Skip(n int) {
	c.each("", func(f *feed) { f.skip = n })
}

// Sessions is the number of sessions that play a stream now.
func (c *Camera) Sessions(st vms.Stream) int {
	n := 0
	c.each(st, func(f *feed) { n = len(f.sessions) })
	return n
}

// Sent tells by their stamps which units the session that began last was handed: those from First to
// Last, where it was not held back.
type Sent struct{ First, Last uint64 }

// Sent returns what was sent of a stream since a session last began to get it; zero where none did.
func (c *Camera) Sent(st vms.Stream) (s Sent) {
	c.each(st, func(f *feed) { s = f.sent })
	return s
}

// each calls f for a stream's feed, or for both where st is "", with the feed locked.
func (c *Camera) each(st vms.Stream, f func(*feed)) {
	for name, feed := range c.feeds {
		if st == "" || st == name {
			feed.mu.Lock()
			f(feed)
			feed.mu.Unlock()
		}
	}
}
