package camsim

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const tooLate = 10 * time.Second // frames overdue by more are left out; less is caught up

// feed plays one stream to its sessions.
type feed struct {
	vms.Feed
	camera *Camera
	stamp  bool

	mu       sync.Mutex
	sessions []*session
	paced    bool  // the pacer holds this feed
	reel     *reel // what is shown
	next     int64 // the reel's next frame; valid while paced
	base     int64 // stamps count reel frames + base
	shift    uint32
	lastTS   uint32
	sent     Sent
	rng      *rand.Rand

	garbage, noise, skip int      // see Camera
	filler               []packet // see Camera.Huge
	endless              bool     // the endless NAL unit has begun
	sei                  []byte
}

// clip returns what an SDP describes now.
func (f *feed) clip() *Clip {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, _ := f.reel.at(f.reel.number(vms.InstantOf(time.Now())))
	return c
}

// play is called with mu held.
func (f *feed) play(c *Clip) {
	next := f.reel.number(vms.InstantOf(time.Now()))
	if f.paced {
		next = f.next
	}
	f.base += next
	f.reel = loop(c, f.Stream, f.reel.ticks(next))
	f.next = 0
}

// attach adds a session.
func (f *feed) attach(s *session) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sessions = append(f.sessions, s)
	if !f.paced {
		f.paced = true
		f.next = f.reel.number(vms.InstantOf(time.Now()))
		f.camera.srv.pacer.add(f, f.reel.time(f.next))
	}
}

func (f *feed) detach(s *session) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, o := range f.sessions {
		if o == s {
			f.sessions = append(f.sessions[:i:i], f.sessions[i+1:]...)
			return
		}
	}
}

// emit sends what is due and returns when the next frame is; ok is false when nobody watches.
func (f *feed) emit(now vms.Instant, w *wire) (due vms.Instant, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.sessions) == 0 {
		f.paced = false
		return 0, false
	}
	if off := now.Sub(f.reel.time(f.next)); off > tooLate || off < -tooLate {
		f.next = f.reel.number(now) // the host slept, or its clock was set
		return f.reel.time(f.next), true
	}
	m := f.camera.mode.Load()
	c, i := f.reel.at(f.next)
	fr := &c.frames[i]
	ticks := f.reel.ticks(f.next) + fr.pts
	seq := uint64(f.next + f.base)
	f.next++
	for _, s := range f.sessions {
		s.expire(now)
	}
	if f.skip > 0 {
		f.skip--
	} else if !m.Silent && !(m.NoKey && fr.key) {
		f.disturb()
		f.build(w, m, c, fr, ticks, seq)
		for _, s := range f.sessions {
			begins := !s.started
			if !s.send(w, m, fr.key, now, f.shift) {
				continue
			}
			if begins {
				f.sent.First = seq
			}
			f.sent.Last = seq
		}
	}
	return f.reel.time(f.next), true
}

// build lays the unit out in w.
func (f *feed) build(w *wire, m *Mode, c *Clip, fr *frame, ticks int64, seq uint64) {
	w.reset()
	ts := f.shift + uint32(ticks)
	if m.SameTime && seq%2 == 1 {
		ts = f.lastTS
	}
	f.lastTS = ts
	if m.EndlessFU {
		f.buildEndless(w, c, fr, ts)
		return
	}
	f.endless = false
	if m.Duplicate {
		addAll(w, fr.packets[:fr.params], m.EarlyMarker, ts)
	}
	first := 0
	if m.OutOfBand {
		first = fr.params
	}
	addAll(w, fr.packets[first:fr.stamp], m.EarlyMarker, ts)
	if f.stamp {
		at := instant(ticks)
		f.sei = appendStamp(f.sei[:0], c.Track.Codec, Stamp{Feed: f.Feed, Seq: seq, At: at})
		w.add(&packet{body: f.sei}, m.EarlyMarker, ts)
	}
	rest := fr.packets[fr.stamp:]
	if f.filler == nil {
		addAll(w, rest, false, ts)
		return
	}
	for i := range rest {
		w.add(&rest[i], false, ts)
	}
	w.buf = slices.Grow(w.buf, len(f.filler)*(maxPayload+prefix+rtpHeader))
	addAll(w, f.filler, false, ts)
	f.filler = nil
}

func addAll(w *wire, packets []packet, marked bool, ts uint32) {
	for i := range packets {
		w.add(&packets[i], marked || packets[i].marker, ts)
	}
}

// buildEndless sends everything as fragments of one NAL unit whose end never comes.
func (f *feed) buildEndless(w *wire, c *Clip, fr *frame, ts uint32) {
	for i := range fr.packets {
		p := packet{n: 2, head: [3]byte{0x60 | 28, 1}, body: fr.packets[i].body}
		if c.Track.Codec == media.H265 {
			p.n, p.head = 3, [3]byte{49 << 1, 1, 1}
		}
		if !f.endless {
			p.head[p.n-1] |= 0x80
			f.endless = true
		}
		w.add(&p, false, ts)
	}
}

// filler is a NAL unit of n bytes of filler data, the last of its access unit.
func filler(codec media.Codec, n int) []packet {
	nal := bytes.Repeat([]byte{0xff}, n+3)
	nal[0], nal[1] = 12, 0xff
	if codec == media.H265 {
		nal[0], nal[1] = 38<<1, 1
	}
	nal[len(nal)-1] = 0x80
	packets := appendPackets(nil, codec, nal)
	packets[len(packets)-1].marker = true
	return packets
}

// disturb sends the garbage that was asked for.
func (f *feed) disturb() {
	if f.garbage > 0 {
		b := f.random(f.garbage)
		for _, s := range f.sessions {
			s.raw(b, b)
		}
		f.garbage = 0
	}
	if f.noise > 0 {
		b := append([]byte{'$', 0, byte(f.noise >> 8), byte(f.noise)}, f.random(f.noise)...)
		for _, s := range f.sessions {
			b[1] = s.channel
			s.raw(b, b[prefix:])
		}
		f.noise = 0
	}
}

func (f *feed) random(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(f.rng.Uint32())
	}
	return b
}
