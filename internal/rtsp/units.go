package rtsp

import (
	"encoding/binary"
	"sync/atomic"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// units turns access units into media.Units and writes them. One goroutine at a time.
type units struct {
	codec  media.Codec
	clock  *vms.Clock
	count  *counters
	write  func(*media.Unit) error
	nested bool // the peer is another node and says each unit's times itself

	params  parameters
	track   *media.Track // in force since the last key frame
	times   arrival
	dts     decoding
	run     vms.Instant
	topPTS  int64
	needKey bool   // a reference is missing for good: wait for a key frame
	held    []unit // while an opening burst lasts
	heldFor int    // bytes in held
	damage  uint64 // access units dropped since the last one written
	report  atomic.Pointer[senderReport]
}

type unit struct {
	mark
	nals [][]byte
	key  bool
}

// senderReport says that the peer's wall clock stood at ntp when its RTP clock stood at rtp.
type senderReport struct {
	ntp vms.Instant
	rtp uint32
}

func newUnits(codec media.Codec, c *Client, w media.Writer) *units {
	return &units{codec: codec, clock: c.Clock, count: &c.count, write: w.WriteUnit, nested: c.NTP, needKey: true}
}

// take receives the next access unit off the wire.
func (u *units) take(au *accessUnit) error {
	now, epoch := u.clock.Now()
	u.times.reorder = u.params.maybe || u.params.track != nil && u.params.track.Reordered
	m := u.times.observe(au.ts, now, epoch)
	u.measure()
	key := false
	for _, nal := range au.nals {
		key = key || isKey(u.codec, nal)
	}
	if au.damaged {
		// What is missing may be a parameter set that the following pictures need.
		u.needKey = u.needKey || au.large || u.params.differ(u.codec, au.nals)
		u.drop()
		return nil
	}
	if key && u.params.keyFrame(u.codec, au.nals) {
		u.needKey = false
	} else if key {
		u.needKey = true
	}
	if u.needKey {
		u.count.dropped.Add(1)
		return nil
	}
	next := unit{m, own(au.nals), key}
	if u.nested {
		return u.relayed(next, au.ext)
	}
	return u.settle(next)
}

func (u *units) drop() {
	u.damage++
	u.count.dropped.Add(1)
}

// own copies the NAL units into one piece of memory of just their size.
func own(nals [][]byte) [][]byte {
	n := 0
	for _, nal := range nals {
		n += len(nal)
	}
	buf := make([]byte, 0, n)
	out := make([][]byte, len(nals))
	for i, nal := range nals {
		start := len(buf)
		buf = append(buf, nal...)
		out[i] = buf[start:len(buf):len(buf)]
	}
	return out
}

// settle holds units back until an opening burst is over, so that its pictures too get the time at
// which they were taken. Without a burst that is the second unit.
func (u *units) settle(next unit) error {
	if u.times.settled && u.held == nil {
		return u.emit(next)
	}
	u.held = append(u.held, next)
	for _, nal := range next.nals {
		u.heldFor += len(nal)
	}
	if !u.times.settled && u.heldFor < maxUnitSize {
		return nil
	}
	held := u.held
	u.held = nil
	for _, h := range held {
		if err := u.emit(h); err != nil {
			return err
		}
	}
	return nil
}

func (u *units) emit(next unit) error {
	if next.key {
		u.track = u.params.track
	}
	pts, at, run := u.times.stamp(next.mark, next.key)
	if run != u.run {
		u.run, u.topPTS = run, pts
		u.dts.restart()
	}
	if pts < runStart && leading(u.codec, next.nals) {
		u.count.dropped.Add(1) // it refers to pictures before the run
		return nil
	}
	if pts < u.topPTS {
		u.params.reordered()
	}
	u.topPTS = max(u.topPTS, pts)
	pts, dts := u.dts.next(u.track, next.nals, next.key, pts)
	return u.put(&media.Unit{Track: u.track, PTS: pts, DTS: dts, At: at, Run: run, Key: next.key, NALs: next.nals})
}

// leading reports whether the picture may refer to pictures before the key frame it follows
// (H.265 RASL).
func leading(codec media.Codec, nals [][]byte) bool {
	if codec != media.H265 {
		return false
	}
	for _, nal := range nals {
		if typ := nalType(codec, nal); typ == 8 || typ == 9 {
			return true
		}
	}
	return false
}

func (u *units) put(out *media.Unit) error {
	if err := u.write(out); err != nil {
		return err
	}
	u.damage = 0
	u.count.frames.Add(1)
	return nil
}

// measure compares the peer's wall clock, by its last sender report, with this node's.
func (u *units) measure() {
	if !u.times.settled {
		return
	}
	r := u.report.Swap(nil)
	if r == nil {
		return
	}
	u.count.offset.Store(int64(r.ntp - u.times.at(r.rtp)))
	u.count.offsets.Add(1)
}

// times of a relayed unit travel in an RTP header extension (RFC 3550 5.3.1) of its first packet:
// At, Run (µs) and DTS, PTS (90 kHz), big-endian.
const (
	extensionProfile = 0x5947
	extensionSize    = 32
)

func appendTimes(b []byte, u *media.Unit) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(u.At))
	b = binary.BigEndian.AppendUint64(b, uint64(u.Run))
	b = binary.BigEndian.AppendUint64(b, uint64(u.DTS))
	return binary.BigEndian.AppendUint64(b, uint64(u.PTS))
}

// relayed writes a unit with the times its node gave it.
func (u *units) relayed(next unit, ext []byte) error {
	if len(ext) < extensionSize {
		u.drop()
		return nil
	}
	if next.key {
		u.track = u.params.track
	}
	field := func(i int) int64 { return int64(binary.BigEndian.Uint64(ext[8*i:])) }
	return u.put(&media.Unit{
		Track: u.track, At: vms.Instant(field(0)), Run: vms.Instant(field(1)), DTS: field(2), PTS: field(3),
		Key: next.key, NALs: next.nals,
	})
}
